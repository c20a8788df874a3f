"""Whether a result's data quality is at or above the floor that a rule sets."""

from collections.abc import Iterable
from dataclasses import dataclass

from zuji.lca.publishing import as_stated
from zuji.model.category_rules import QualityFloor
from zuji.model.footprints import QualityResult
from zuji.text import Text

NO_FLOOR = Text("规则未设数据质量底线", "the rule sets no floor for data quality")


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorOutcome:
    """Whether the floor is met, why, and the rating that was looked at."""

    met: bool
    reason: Text
    rating: QualityResult | None = None


def meets(floor: QualityFloor, ratings: Iterable[QualityResult]) -> FloorOutcome:
    """A footprint's ratings (`Footprint.quality`) against a floor; 1 is best and 5 worst.

    Where the scheme has no overall score, its worst indicator counts. A rule that sets no number is met;
    a number without a scheme is not, because nobody could say which score it means.
    """
    if floor.worst is None and floor.coverage is None:
        return FloorOutcome(met=True, reason=NO_FLOOR)
    if not floor.scheme:
        return FloorOutcome(
            met=False,
            reason=Text(
                "规则设了数据质量底线，但没有写明按哪个方案评级", "the rule sets a floor but names no scheme"
            ),
        )
    name = f"{floor.scheme} {floor.version}".strip()
    rating = next(
        (each for each in ratings if each.scheme == floor.scheme and floor.version in ("", each.version)),
        None,
    )
    if rating is None:
        return FloorOutcome(met=False, reason=Text(f"没有按 {name} 评级", f"there is no rating under {name}"))
    return _against(floor, rating, name)


def _against(floor: QualityFloor, rating: QualityResult, name: str) -> FloorOutcome:
    if floor.coverage is not None and rating.coverage < floor.coverage:
        covered, asked = f"{rating.coverage:.1%}", f"{floor.coverage:.0%}"
        reason = Text(
            f"{name} 只评价了结果的 {covered}，要求不少于 {asked}",
            f"{name} covers {covered} of the result; {asked} is asked for",
        )
        return FloorOutcome(met=False, reason=reason, rating=rating)
    if floor.worst is None:
        reason = Text(f"{name} 评价范围达到要求", f"{name} covers enough of the result")
        return FloorOutcome(met=True, reason=reason, rating=rating)
    score = overall(rating)
    if score is None:
        reason = Text(f"{name} 没有得分", f"{name} gives no score")
        return FloorOutcome(met=False, reason=reason, rating=rating)
    met = score <= floor.worst
    reason = Text(
        f"{name} 得分 {score:.2f}，底线 {as_stated(floor.worst)}（1 最好，5 最差）",
        f"{name} scores {score:.2f}, the floor is {as_stated(floor.worst)} (1 best, 5 worst)",
    )
    return FloorOutcome(met=met, reason=reason, rating=rating)


def overall(rating: QualityResult) -> float | None:
    """The score of a rating, or its worst indicator where the scheme defines no score; None without any."""
    if rating.score is not None:
        return rating.score
    if rating.level:  # a scheme with an overall score that could not be formed
        return None
    return max((value for value in rating.indicators.values() if value is not None), default=None)
