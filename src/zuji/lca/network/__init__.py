"""Whole inventory databases as arrays: linked, examined, solved, explained.

    linking     a package of data sets -> a Network, every link with its reason
    health      what is wrong with a Network before any number is given
    solving     all products at once, one product, edits; each result with an accuracy certificate
    paths       where a footprint comes from
    sampling    how uncertain it is

A Network has n processes with one product each; process j and its product share the index j.
"""
