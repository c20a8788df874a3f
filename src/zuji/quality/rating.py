"""Ratings of a footprint under a scheme, weighted by what each line contributes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zuji.model.footprints import Footprint, LineResult, QualityResult
from zuji.model.stages import TOTAL_KINDS, TotalKind
from zuji.quality.evidence import Evidence
from zuji.quality.schemes import Scheme

WEAKEST = 5
_REMOVALS = TOTAL_KINDS.index(TotalKind.BIOGENIC_REMOVALS)


@dataclass(frozen=True, slots=True)
class Rated:
    """A line's weight and its scores by indicator; an empty mapping where it is not rated."""

    line: str
    weight: float
    scores: Mapping[str, float]

    @property
    def mean(self) -> float:
        return math.fsum(self.scores.values()) / len(self.scores)


def weighted(values: Sequence[float], weights: Sequence[float]) -> float:
    """Σ |weight| · value / Σ |weight|, with equal weights where all are zero; `values` is not empty."""
    sizes = [abs(weight) for weight in weights]
    whole = math.fsum(sizes)
    if not whole:
        return math.fsum(values) / len(values)
    mean = math.fsum(value * size for value, size in zip(values, sizes, strict=True)) / whole
    # a mean of equal values is that value, whatever the rounding of the weights
    return min(max(mean, min(values)), max(values))


def weight(result: LineResult) -> float:
    """What a line counts for: the size of its contribution without biogenic uptake."""
    return abs(result.total - result.totals[_REMOVALS])


def rated_lines(scheme: Scheme, footprint: Footprint, evidence: Mapping[str, Evidence]) -> list[Rated]:
    """Every line that counts, with its scores under the scheme; `evidence` by line id."""
    return [
        Rated(result.line, weight(result), scores(scheme, evidence.get(result.line)))
        for result in footprint.lines
        if weight(result)
    ]


def rate(scheme: Scheme, footprint: Footprint, evidence: Mapping[str, Evidence]) -> QualityResult:
    """The scheme's result for a footprint; `evidence` by line id."""
    rated = rated_lines(scheme, footprint, evidence)
    whole = math.fsum(each.weight for each in rated)
    known = [each for each in rated if each.scores]
    covered = math.fsum(each.weight for each in known) / whole if whole else 0.0
    indicators: dict[str, float | None] = {}
    for indicator in scheme.indicators:
        values = [each.scores[indicator.key] for each in known]
        weights = [each.weight for each in known]
        indicators[indicator.key] = weighted(values, weights) if values else None
    stated = [value for value in indicators.values() if value is not None]
    score = math.fsum(stated) / len(stated) if scheme.overall and stated else None
    return QualityResult(
        scheme=scheme.id,
        version=scheme.version,
        score=score,
        level=scheme.level(score, covered),
        indicators=indicators,
        coverage=covered,
        weakest=weakest(rated),
    )


def scores(scheme: Scheme, evidence: Evidence | None) -> Mapping[str, float]:
    """A line's score for every indicator, or nothing where the scheme leaves unrated lines out."""
    found: dict[str, float] = {}
    for indicator in scheme.indicators:
        value = evidence.score(indicator, scheme) if evidence else None
        if value is None:
            value = scheme.unknown
        if value is None:
            return {}
        found[indicator.key] = value
    return found


def weakest(rated: Sequence[Rated], count: int = WEAKEST) -> tuple[str, ...]:
    """Lines whose improvement helps most: weight times the distance from the best; unrated count as worst."""
    gains = {each.line: each.weight * ((each.mean if each.scores else 5.0) - 1) for each in rated}
    order = sorted((line for line, gain in gains.items() if gain > 0), key=lambda line: (-gains[line], line))
    return tuple(order[:count])
