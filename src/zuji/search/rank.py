"""What stands beside a match, and which of two equal matches a person should see first."""

import re
from dataclasses import dataclass
from enum import StrEnum

from zuji.errors import UnknownUnit
from zuji.model.factors import Confidence, Factor, FactorKind
from zuji.model.lines import LineKind
from zuji.text import Text
from zuji.units import same_dimension

GOOD = 0.5  # relevance from which a match is offered as one

KINDS_OF_LINE: dict[LineKind, frozenset[FactorKind]] = {
    LineKind.MATERIAL: frozenset({FactorKind.PRODUCT_FOOTPRINT}),
    LineKind.RECYCLING: frozenset({FactorKind.PRODUCT_FOOTPRINT}),
    LineKind.ELECTRICITY: frozenset({FactorKind.ELECTRICITY_FOOTPRINT}),
    LineKind.HEAT: frozenset({FactorKind.HEAT}),
    LineKind.FUEL: frozenset({FactorKind.FUEL_COMBUSTION}),
    LineKind.TRANSPORT: frozenset({FactorKind.TRANSPORT}),
    LineKind.PROCESS_EMISSION: frozenset({FactorKind.PROCESS_EMISSION}),
    LineKind.DIRECT_EMISSION: frozenset({FactorKind.GWP}),
    LineKind.WASTE: frozenset({FactorKind.WASTE_TREATMENT}),
}

# What else a line's quantity may be stated in, because its own formula converts: a mass with a
# distance, a fuel by its calorific value.
_ALSO_STATED_IN: dict[LineKind, tuple[str, ...]] = {
    LineKind.TRANSPORT: ("kg",),
    LineKind.FUEL: ("kg", "m3", "Nm3", "MJ"),
}


class ReasonKind(StrEnum):
    """Why a factor is offered."""

    REMEMBERED = "remembered"
    CODE = "code"
    ALIAS = "alias"
    WORDS = "words"
    MEANING = "meaning"


REASON_NAMES: dict[ReasonKind, Text] = {
    ReasonKind.REMEMBERED: Text("本单位确认过", "confirmed before"),
    ReasonKind.CODE: Text("编码", "code"),
    ReasonKind.ALIAS: Text("别名", "alias"),
    ReasonKind.WORDS: Text("文字", "words"),
    ReasonKind.MEANING: Text("语义", "meaning"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason with its explanation and its own strength from 0 to 1."""

    kind: ReasonKind
    score: float
    text: Text


class GeographyFit(StrEnum):
    """How a factor's place relates to the place asked for."""

    SAME = "same"
    NATIONAL = "national"
    PROVINCIAL = "provincial"
    OTHER_PROVINCE = "other_province"
    WORLD = "world"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


GEOGRAPHY_NAMES: dict[GeographyFit, Text] = {
    GeographyFit.SAME: Text("同一地区", "same region"),
    GeographyFit.NATIONAL: Text("全国", "national"),
    GeographyFit.PROVINCIAL: Text("某一省份", "one province"),
    GeographyFit.OTHER_PROVINCE: Text("其他省份", "another province"),
    GeographyFit.WORLD: Text("全球", "world"),
    GeographyFit.FOREIGN: Text("国外", "foreign"),
    GeographyFit.UNKNOWN: Text("地区不详", "region unknown"),
}


class QualityFlag(StrEnum):
    """What a person should know before taking a factor."""

    LOW_CONFIDENCE = "low_confidence"
    DERIVED = "derived"
    OLD = "old"
    FOREIGN = "foreign"
    OTHER_PROVINCE = "other_province"
    NOT_FOR_FOOTPRINT = "not_for_footprint"
    FOR_INFORMATION = "for_information"


FLAG_NAMES: dict[QualityFlag, Text] = {
    QualityFlag.LOW_CONFIDENCE: Text("可信度低，不作默认值", "low confidence, never a default"),
    QualityFlag.DERIVED: Text("推算值", "derived value"),
    QualityFlag.OLD: Text("数据已超过十年", "data older than ten years"),
    QualityFlag.FOREIGN: Text("国外数据", "foreign data"),
    QualityFlag.OTHER_PROVINCE: Text("其他省份的数据", "data of another province"),
    QualityFlag.NOT_FOR_FOOTPRINT: Text("不得用于产品碳足迹", "may not be used in a product footprint"),
    QualityFlag.FOR_INFORMATION: Text(
        "仅供参考，不能直接相乘", "for information, no line can be multiplied by it"
    ),
}

GRID_CO2_BARRED = Text(
    "这是电力二氧化碳排放因子（发电燃烧直接排放），不是全生命周期的电力碳足迹因子，不得用于产品碳足迹核算",
    "This is a grid CO2 factor (direct emissions of power generation), not a life-cycle electricity "
    "footprint factor; it may not be used in a product footprint",
)

_OLD_AFTER_YEARS = 10
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORLD = frozenset({"WORLD", "GLO", "GLOBAL", "ROW"})
# Ministries and standards; the collection of the ministry's planning institute (CPCD) is not official.
_OFFICIAL = re.compile(r"生态环境部(?!环境规划院)|国家统计局|国家标准化|住房和城乡建设部|国家应对气候变化|GB")
# Half of a transport footprint, a time horizon that ISO 14067 does not use, an estimate that nobody
# announced: offered, but later.
_SECOND_CHOICE = re.compile(r"well-to-tank|\(operation\)|GWP20|model estimate", re.IGNORECASE)
_FIT_VALUE = {
    GeographyFit.SAME: 0.03,
    GeographyFit.NATIONAL: 0.025,
    GeographyFit.PROVINCIAL: -0.01,
    GeographyFit.OTHER_PROVINCE: -0.02,
    GeographyFit.WORLD: 0.01,
    GeographyFit.FOREIGN: -0.02,
    GeographyFit.UNKNOWN: 0.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A factor offered for an item; a person confirms it, nothing is taken by itself.

    `score` 0…1 orders candidates, `relevance` 0…1 says how surely the item is meant, `good` whether
    that is enough to offer it as a match. `unit_ok` is None where no unit was asked about. `age` in
    years before the year asked for. `barred` says why it may not stand in a footprint at all.
    """

    factor: Factor
    score: float
    relevance: float
    reasons: tuple[Reason, ...]
    unit_ok: bool | None
    unit_note: Text | None
    geography: GeographyFit
    age: int | None
    flags: tuple[QualityFlag, ...]
    barred: Text | None = None

    @property
    def confidence(self) -> Confidence:
        return self.factor.confidence

    @property
    def good(self) -> bool:
        return self.relevance >= GOOD

    @property
    def may_be_default(self) -> bool:
        """Whether a page may show it chosen before the person confirms."""
        return (
            self.good
            and self.unit_ok is not False
            and self.barred is None
            and (self.factor.usable or self.factor.kind is FactorKind.GWP)
            and self.confidence is not Confidence.LOW
        )


def factor_year(factor: Factor) -> int | None:
    """The last year that a factor's year text names."""
    years = _YEAR.findall(factor.year)
    return int(years[-1]) if years else None


def geography_fit(factor: Factor, asked: str) -> GeographyFit:
    """How `factor.geography` (CN, CN-SC, World, GB) relates to `asked`."""
    place = factor.geography.strip().upper()
    if not place:
        return GeographyFit.UNKNOWN
    if place in _WORLD:
        return GeographyFit.WORLD
    wanted = asked.strip().upper()
    if place == wanted:
        return GeographyFit.SAME
    if place.split("-")[0] != wanted.split("-")[0]:
        return GeographyFit.FOREIGN
    if "-" not in place:
        return GeographyFit.NATIONAL
    return GeographyFit.OTHER_PROVINCE if "-" in wanted else GeographyFit.PROVINCIAL


def unit_fit(factor: Factor, unit: str, kind: LineKind | None) -> tuple[bool | None, Text | None]:
    """Whether a quantity in `unit` can be multiplied by `factor`, and why not."""
    if not unit or not factor.per:
        return None, None
    accepted = (factor.per, *(_ALSO_STATED_IN.get(kind, ()) if kind else ()))
    try:
        fits = any(same_dimension(unit, other) for other in accepted)
    except UnknownUnit:
        return False, Text(
            f"不认识单位“{unit}”，请改用“{factor.per}”", f"unit “{unit}” is not known; use {factor.per}"
        )
    if fits:
        return True, None
    return False, Text(
        f"单位不符：清单为“{unit}”，因子按“{factor.per}”计",
        f"units differ: the line has {unit}, the factor is per {factor.per}",
    )


def preference(factor: Factor, fit: GeographyFit, age: int | None) -> float:
    """A small value that only decides between equal matches: own country, official, newer, better known."""
    value = _FIT_VALUE[fit]
    value += (
        0.008
        if _OFFICIAL.search(f"{factor.source.publisher} {factor.source.title} {factor.category}")
        else 0.0
    )
    value += 0.012 * (1 - min(max(age, 0), 20) / 20) if age is not None else 0.0
    value += 0.004 if factor.confidence is Confidence.HIGH else 0.0
    value -= 0.03 if _SECOND_CHOICE.search(f"{factor.id} {factor.category} {factor.name.en}") else 0.0
    return value


def flags(factor: Factor, fit: GeographyFit, age: int | None) -> tuple[QualityFlag, ...]:
    """What a person should know before taking `factor`."""
    truths = {
        QualityFlag.NOT_FOR_FOOTPRINT: factor.kind is FactorKind.GRID_CO2,
        QualityFlag.FOR_INFORMATION: not factor.usable
        and factor.kind not in (FactorKind.GRID_CO2, FactorKind.GWP),
        QualityFlag.LOW_CONFIDENCE: factor.confidence is Confidence.LOW,
        QualityFlag.DERIVED: factor.confidence is Confidence.DERIVED,
        QualityFlag.OLD: age is not None and age > _OLD_AFTER_YEARS,
        QualityFlag.FOREIGN: fit is GeographyFit.FOREIGN,
        QualityFlag.OTHER_PROVINCE: fit is GeographyFit.OTHER_PROVINCE,
    }
    return tuple(flag for flag, true in truths.items() if true)


def ordered(candidates: list[Candidate]) -> list[Candidate]:
    """Best first. What may not be used or has another unit stands after every good match that has not.

    A factor of low confidence never stands before a comparable one of better confidence.
    """
    ranked = sorted(candidates, key=lambda c: (_band(c), -c.score, c.factor.id))
    if ranked and ranked[0].confidence is Confidence.LOW:
        enough = ranked[0].relevance * 0.7
        better = next((c for c in ranked if _sound(c) and c.relevance >= enough), None)
        if better is not None:
            ranked.remove(better)
            ranked.insert(0, better)
    return ranked


def _sound(candidate: Candidate) -> bool:
    return candidate.may_be_default


def _band(candidate: Candidate) -> int:
    if not candidate.good:
        return 3
    if candidate.barred is not None:
        return 2
    return 1 if candidate.unit_ok is False else 0
