"""The nouns of ISO 14067 / GB/T 24067 as frozen data.

Nothing here computes a footprint; `zuji.lca` does. A `Study` is everything a person states about a
product; a `Footprint` is everything that follows from it.
"""
