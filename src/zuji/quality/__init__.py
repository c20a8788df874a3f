"""Data quality: ratings under versioned schemes, primary data share, and uncertainty from scores.

`evaluate` is the front door for pages, interface and command line.
"""

from zuji.quality.evaluation import analyse, assess, edited, evaluate, prepare
from zuji.quality.schemes import LEVEL_NAMES, PACT_3, PEF, SCHEMES, Scheme

__all__ = [
    "LEVEL_NAMES",
    "PACT_3",
    "PEF",
    "SCHEMES",
    "Scheme",
    "analyse",
    "assess",
    "edited",
    "evaluate",
    "prepare",
]
