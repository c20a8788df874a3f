"""Data quality: ratings under versioned schemes, primary data share, and uncertainty from scores.

`evaluate` is the front door for pages, interface and command line.
"""

from zuji.quality.evaluation import analyse, assess, edited, evaluate, prepare, rated_under
from zuji.quality.improvements import Improvement, improvements
from zuji.quality.schemes import CIFA, LEVEL_NAMES, PACT_3, PEF, SCHEMES, Scheme

__all__ = [
    "CIFA",
    "LEVEL_NAMES",
    "PACT_3",
    "PEF",
    "SCHEMES",
    "Improvement",
    "Scheme",
    "analyse",
    "assess",
    "edited",
    "evaluate",
    "improvements",
    "prepare",
    "rated_under",
]
