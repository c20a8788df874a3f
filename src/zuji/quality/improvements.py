"""Which data to better first, and what that would do to the rating of the whole."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from zuji.model.factors import FactorSource
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji.quality.evidence import gather
from zuji.quality.rating import Rated, rated_lines
from zuji.quality.schemes import PEF, Scheme

WORST = 5.0
BEST = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """One line at `target` in every indicator where it is worse, everything else as it is.

    `share` is the line's weight in the rating, 0…1 of all lines. `mean` and `indicators` are its scores now,
    None and empty where nobody rated it; `weakest` the keys of its worst indicators. `before` and `after` are
    the score of the whole (None where the scheme has none or nothing is rated), `level` its new level and
    `coverage` the share of the result rated then; `whole` are the indicators of the whole then.
    `gain` is share times the distance to the target, an unrated line counting as worst.
    """

    line: str
    item: str
    share: float
    target: float
    mean: float | None
    indicators: Mapping[str, float]
    weakest: tuple[str, ...]
    gain: float
    before: float | None
    after: float | None
    level: str
    coverage: float
    whole: Mapping[str, float]


def improvements(
    footprint: Footprint,
    study: Study,
    factors: FactorSource,
    scheme: Scheme = PEF,
    *,
    target: float = BEST,
) -> tuple[Improvement, ...]:
    """Every line that could be better than `target` (1 best, 5 worst), largest gain first.

    A line that is rated for the first time may worsen the score of the whole while it raises the coverage:
    what was silent is now said. Raises `ValueError` for a target that is no score.
    """
    if not BEST <= target <= WORST:
        raise ValueError(f"a score lies between 1 and 5, not {target}")
    rated = rated_lines(scheme, footprint, gather(study, factors))
    if not rated:
        return ()
    sums = _Sums(rated, scheme)
    items = {result.line: result.item for result in footprint.lines}
    found = [_improvement(each, items[each.line], sums, target) for each in rated]
    return tuple(sorted((each for each in found if each.gain > 0), key=lambda each: (-each.gain, each.line)))


class _Sums:
    """Weights and weighted scores of all rated lines, so that one line more or less costs nothing."""

    def __init__(self, rated: list[Rated], scheme: Scheme) -> None:
        known = [each for each in rated if each.scores]
        self.scheme = scheme
        self.every = math.fsum(each.weight for each in rated)
        self.known = math.fsum(each.weight for each in known)
        self.scores = {
            indicator.key: math.fsum(each.weight * each.scores[indicator.key] for each in known)
            for indicator in scheme.indicators
        }
        self.before = self.overall(
            {key: total / self.known for key, total in self.scores.items()} if known else {}
        )

    def overall(self, whole: Mapping[str, float]) -> float | None:
        return math.fsum(whole.values()) / len(whole) if whole and self.scheme.overall else None


def _improvement(line: Rated, item: str, sums: _Sums, target: float) -> Improvement:
    bettered = {
        indicator.key: min(line.scores.get(indicator.key, WORST), target)
        for indicator in sums.scheme.indicators
    }
    known = sums.known if line.scores else sums.known + line.weight
    whole = {
        key: _within((total + line.weight * (bettered[key] - line.scores.get(key, 0.0))) / known)
        for key, total in sums.scores.items()
    }
    after, coverage = sums.overall(whole), known / sums.every
    share = line.weight / sums.every
    distance = math.fsum(line.scores.get(key, WORST) - score for key, score in bettered.items()) / len(
        bettered
    )
    worst = max(line.scores.values(), default=WORST)
    return Improvement(
        line=line.line,
        item=item,
        share=share,
        target=target,
        mean=line.mean if line.scores else None,
        indicators=dict(line.scores),
        weakest=tuple(key for key in bettered if line.scores.get(key, WORST) == worst and worst > target),
        gain=share * distance,
        before=sums.before,
        after=after,
        level=sums.scheme.level(after, coverage),
        coverage=coverage,
        whole=whole,
    )


def _within(score: float) -> float:
    return min(max(score, BEST), WORST)
