"""The report as PDF/A-3u: tagged, bookmarked, with the machine-readable snapshot inside.

The same arguments give the same bytes on the same machine: every date comes from the issue, and the
document's identifier follows from its content.
"""
