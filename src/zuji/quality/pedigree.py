"""Uncertainty from data quality scores, where nobody stated it.

Uncertainty factors of the pedigree matrix: Weidema et al. 2013, Overview and methodology, Data quality
guideline for the ecoinvent database version 3 (ecoinvent report 1), with the default basic factor 1.05
of purchased inputs; they agree with those that openLCA holds for ecoinvent 3. Factors are contributions
to the square of the geometric standard deviation: GSD² = exp √(Σ ln² U). Precision takes the place of
reliability; completeness is not scored.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from zuji.model.factors import FactorSource
from zuji.model.lines import Line
from zuji.model.quality import DataQuality
from zuji.model.quantities import Distribution, Uncertainty
from zuji.model.studies import Study
from zuji.quality.evidence import factor_of

BASIC = 1.05
FACTORS: Mapping[str, Sequence[float]] = {
    "precision": (1.00, 1.05, 1.10, 1.20, 1.50),
    "time": (1.00, 1.03, 1.10, 1.20, 1.50),
    "geography": (1.00, 1.01, 1.02, 1.05, 1.10),
    "technology": (1.00, 1.05, 1.20, 1.50, 2.00),
}


def geometric_standard_deviation(quality: DataQuality) -> float | None:
    """The GSD that four scores imply; None unless all four are given within 1…5."""
    squares = [math.log(BASIC) ** 2]
    for name, factors in FACTORS.items():
        score: float | None = getattr(quality, name)
        if score is None or not 1 <= score <= 5:
            return None
        squares.append(_between(factors, score) ** 2)
    return math.exp(math.sqrt(math.fsum(squares)) / 2)


def _between(factors: Sequence[float], score: float) -> float:
    """ln U, linear between whole scores."""
    below = min(int(score), 4)
    low, high = math.log(factors[below - 1]), math.log(factors[below])
    return low + (score - below) * (high - low)


def with_uncertainty(line: Line, factors: FactorSource) -> Line:
    """The line with an uncertainty from its scores, or its factor's, where neither states one."""
    factor = factor_of(line, factors)
    if line.uncertainty is not None or (factor is not None and factor.uncertainty is not None):
        return line
    quality = line.quality or (factor.quality if factor else None)
    spread = geometric_standard_deviation(quality) if quality else None
    if spread is None:
        return line
    return replace(line, uncertainty=Uncertainty(distribution=Distribution.LOGNORMAL, spread=spread))


def study_with_uncertainty(study: Study, factors: FactorSource) -> Study:
    """The study with every line treated by `with_uncertainty`."""
    processes = tuple(
        replace(process, lines=tuple(with_uncertainty(line, factors) for line in process.lines))
        for process in study.processes
    )
    return replace(study, processes=processes)
