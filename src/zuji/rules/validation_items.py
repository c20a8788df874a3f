"""Contradictions between the items of a rule, and items that name what does not exist."""

import math
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from zuji.errors import UnknownUnit
from zuji.lca.publishing import as_stated, told
from zuji.model.amounts import share
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.documents import STAGES_OF
from zuji.model.factors import FACTOR_KIND_NAMES, FactorKind, FactorSource
from zuji.model.findings import Finding, Path
from zuji.model.lines import RecyclingMethod
from zuji.model.records import mistake
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.model.studies import BOUNDARY_NAMES, BoundaryKind, UnitKind
from zuji.units import dimension, same_dimension, unit_of

_MOST_CUT = 0.5
_WORST_SCORE = 5.0
_SHARES = (
    ("cut_off", "each"),
    ("cut_off", "total"),
    ("primary", "least_share"),
    ("recycling", "a"),
    ("recycling", "b"),
    ("quality", "coverage"),
)
_LISTS = (
    ("unit", "units"),
    ("boundary", "kinds"),
    ("boundary", "required"),
    ("allocation", "order"),
    ("primary", "kinds"),
    ("electricity", "accepted"),
    ("electricity", "grid_factors"),
    ("gwp", "accepted"),
    ("recycling", "methods"),
    ("report", "annexes"),
)


def item_findings(
    rule: ProductCategoryRule,
    whole: ProductCategoryRule,
    factors: FactorSource | None,
    *,
    gwp: Collection[str] | None,
    schemes: Collection[tuple[str, str]] | None,
) -> Iterator[Finding]:
    """Everything about the items; `rule` is as written, `whole` with what it takes over."""
    yield from _ranges(rule)
    for group, field in _LISTS:
        yield from repeated(getattr(getattr(rule, group), field), (group, field), "值", "value")
    yield from _unit(rule)
    yield from (_resting_on(each, ("boundary",), ("unit", "kind")) for each in _boundary(rule, whole))
    yield from _cut_off(rule, whole)
    yield from (_resting_on(each, ("boundary",)) for each in _required(rule, whole))
    yield from _recycling(rule, whole)
    for name in ("use", "end_of_life"):
        profiles = getattr(rule, name).profiles
        yield from repeated(
            (each.id for each in profiles), (name, "profiles"), "情景编号", "profile id", "id"
        )
    if factors is not None:
        for at, factor_id in enumerate(rule.electricity.grid_factors):
            yield from _grid_factor(factor_id, factors, ("electricity", "grid_factors", at))
    yield from _potentials(rule, gwp)
    yield from _quality(rule, whole, schemes)
    if rule.report.statements_en and len(rule.report.statements_en) != len(whole.report.statements):
        yield mistake(
            "statements",
            "声明的中英文条数不同",
            "the statements differ in number between the languages",
            "请逐条对应",
            "give one in English for each in Chinese",
        ).at("report", "statements_en")


def repeated(values: Iterable[object], place: Path, zh: str, en: str, key: str = "") -> Iterator[Finding]:
    """Entries of a list that are there twice; blank ids are left to other checks."""
    seen: set[object] = set()
    for at, value in enumerate(values):
        if value in seen and value:
            yield mistake(
                "repeated",
                f"{zh}“{value}”重复",
                f"the {en} “{value}” is there twice",
                "请删去一处",
                "remove one",
            ).at(*place, at, *([key] if key else []))
        seen.add(value)


def _resting_on(finding: Finding, *paths: Path) -> Finding:
    """A contradiction also follows from a mistake in the other part of it."""
    finding.depends = (*finding.depends, *paths)
    return finding


def _ranges(rule: ProductCategoryRule) -> Iterator[Finding]:
    for group, field in _SHARES:
        value = getattr(getattr(rule, group), field)
        if value is not None and not 0 <= value <= 1:
            yield share(value).at(group, field)
    worst = rule.quality.worst
    if worst is not None and not 1 <= worst <= _WORST_SCORE:
        yield mistake(
            "score-range",
            f"评级 {as_stated(worst)} 不在 1 到 5 之间",
            f"the rating {as_stated(worst)} is not between 1 and 5",
            "评级 1 最好、5 最差；请填写 1 到 5 之间的数",
            "1 is best and 5 worst: give a number between them",
        ).at("quality", "worst")
    months, years = rule.period.months, rule.period.oldest_years
    for field, number in (("months", months), ("oldest_years", years)):
        if number is not None and not (math.isfinite(number) and number > 0):
            yield mistake(
                "not-positive",
                f"期限 {as_stated(number)} 应大于 0",
                f"the period {as_stated(number)} must be above 0",
                "请填写大于 0 的数",
                "give a number above 0",
            ).at("period", field)


def _unit(rule: ProductCategoryRule) -> Iterator[Finding]:
    if rule.unit.amount is not None and not (math.isfinite(rule.unit.amount) and rule.unit.amount > 0):
        yield mistake(
            "not-positive",
            f"数量 {as_stated(rule.unit.amount)} 应大于 0",
            f"the amount {as_stated(rule.unit.amount)} must be above 0",
            "请填写大于 0 的数量",
            "give an amount above 0",
        ).at("unit", "amount")
    known = []
    for at, unit in enumerate(rule.unit.units):
        try:
            unit_of(unit)
            known.append((at, unit))
        except UnknownUnit as error:
            yield from (
                Finding(each.code, each.what, each.cure).at("unit", "units", at) for each in error.problems
            )
    for at, unit in known[1:]:
        first = known[0][1]
        if not same_dimension(first, unit):
            yield mistake(
                "unit-dimension",
                f"单位 {unit} 与 {first} 不是同一种量（{dimension(unit)}、{dimension(first)}），不能互换",
                f"the units {unit} and {first} are of different quantities and do not convert",
                "可互换的单位须属于同一种量；请为另一种单位另写一条规则",
                "units of one rule convert into each other: write another rule for the other unit",
            ).at("unit", "units", at)


def _own(rule: ProductCategoryRule, *paths: Path) -> Path:
    """The first of the paths that the rule itself states, or the line that says what it extends."""
    for path in paths:
        if getattr(getattr(rule, str(path[0])), str(path[1])) not in (None, "", ()):
            return path
    return ("extends",)


def spanned(kinds: Iterable[BoundaryKind]) -> frozenset[Stage]:
    """The stages inside any of the boundaries."""
    return frozenset(stage for kind in kinds for stage in STAGES_OF[kind])


def _boundary(rule: ProductCategoryRule, whole: ProductCategoryRule) -> Iterator[Finding]:
    kinds, boundary = whole.boundary.kinds, whole.boundary
    inside = spanned(kinds) if kinds else frozenset(Stage)
    for stage in boundary.required:
        if stage not in inside:
            name = STAGE_NAMES[stage]
            yield mistake(
                "stage-outside",
                f"必须包含的阶段“{name.zh}”在所允许的系统边界之外",
                f"the stage “{name.en}” is required but outside every boundary that is allowed",
                "请删去该阶段，或允许包含它的边界类型",
                "remove the stage, or allow a boundary that spans it",
            ).at(*_own(rule, ("boundary", "required"), ("boundary", "kinds")))
    seen: set[Stage] = set()
    for at, exclusion in enumerate(boundary.may_exclude):
        place = (*_own(rule, ("boundary", "may_exclude"), ("boundary", "required")), at)
        name = STAGE_NAMES[exclusion.stage]
        if exclusion.stage in boundary.required:
            yield mistake(
                "stage-in-and-out",
                f"阶段“{name.zh}”既必须包含又可以不含",
                f"the stage “{name.en}” is both required and may be left out",
                "请只保留一处",
                "keep one of the two",
            ).at(*place)
        if exclusion.stage in seen:
            yield mistake(
                "repeated",
                f"阶段“{name.zh}”重复",
                f"the stage “{name.en}” is there twice",
                "请删去一处",
                "remove one",
            ).at(*place)
        seen.add(exclusion.stage)
    kind = whole.unit.kind
    grave = BoundaryKind.CRADLE_TO_GRAVE
    contradiction = (kind is UnitKind.FUNCTIONAL and kinds and grave not in kinds) or (
        kind is UnitKind.DECLARED and set(kinds) == {grave}
    )
    if contradiction:
        allowed = "、".join(BOUNDARY_NAMES[each].zh for each in kinds)
        allowed_en = ", ".join(BOUNDARY_NAMES[each].en.lower() for each in kinds)
        yield mistake(
            "unit-and-boundary",
            f"单位类型与系统边界（{allowed}）矛盾：全生命周期用功能单位，部分碳足迹用声明单位",
            f"kind of unit and boundary ({allowed_en}) contradict each other: a whole life has a functional "
            "unit, a part of it a declared unit",
            "请改单位类型（functional 或 declared）或边界类型",
            "change the kind of unit (functional or declared) or the boundary",
        ).at(*_own(rule, ("unit", "kind"), ("boundary", "kinds")))


def _cut_off(rule: ProductCategoryRule, whole: ProductCategoryRule) -> Iterator[Finding]:
    each, total = whole.cut_off.each, whole.cut_off.total
    if each is not None and total is not None and each > total:
        yield mistake(
            "cut-off-order",
            f"单项取舍上限 {told(each, 4)} 大于合计上限 {told(total, 4)}",
            f"the limit for one flow, {told(each, 4)}, is above the limit for all, {told(total, 4)}",
            "请核对：合计上限不小于单项上限，例如 1 % 与 5 %",
            "the limit for all is at least that for one, for example 1 % and 5 %",
        ).at(*_own(rule, ("cut_off", "each"), ("cut_off", "total")))
    for field in ("each", "total"):
        value = getattr(rule.cut_off, field)
        if value is not None and _MOST_CUT < value <= 1:
            yield mistake(
                "cut-off-large",
                f"取舍上限 {value:.0%} 过大",
                f"a cut-off of {value:.0%} is too large",
                f"是否想写 {as_stated(value)} %？比例须带百分号或写成小数",
                f"did you mean {as_stated(value)} %? write the per cent sign, or a fraction",
            ).at("cut_off", field)


def _required(rule: ProductCategoryRule, whole: ProductCategoryRule) -> Iterator[Finding]:
    yield from repeated((item.id for item in rule.required), ("required",), "必填项编号", "id", "id")
    inside = spanned(whole.boundary.kinds) if whole.boundary.kinds else frozenset(Stage)
    for at, item in enumerate(rule.required):
        if not item.id.strip() or "." in item.id or " " in item.id:
            yield mistake(
                "required-id",
                f"必填项编号“{item.id}”不能用",
                f"the id “{item.id}” cannot be used",
                "请用不含点和空格的短词，例如 electricity",
                "use a short word without points and blanks, such as electricity",
            ).at("required", at, "id")
        if item.kind is None and not any(word.strip() for word in item.words):
            yield mistake(
                "required-unfindable",
                f"必填项“{item.name}”既没有类别也没有词语，无法在清单中查找",
                f"“{item.name_en or item.name}” has neither kind nor words, so that no line can be found",
                "请填写 kind（清单行类别）或 words（名称中的词语）",
                "give its kind of line, or words of its name",
            ).at("required", at)
        if item.stage is not None and item.stage not in inside:
            name = STAGE_NAMES[item.stage]
            yield mistake(
                "stage-outside",
                f"必填项“{item.name}”所在阶段“{name.zh}”在系统边界之外",
                f"“{item.name_en or item.name}” is demanded at the stage “{name.en}”, outside the boundary",
                "请改阶段，或删去该项",
                "change the stage, or remove the item",
            ).at("required", at, "stage")


def _recycling(rule: ProductCategoryRule, whole: ProductCategoryRule) -> Iterator[Finding]:
    methods = whole.recycling.methods
    for field in ("a", "b"):
        if getattr(rule.recycling, field) is not None and methods and RecyclingMethod.CFF not in methods:
            yield mistake(
                "recycling-factor",
                f"给出了循环足迹公式的系数 {field.upper()}，但规则不用该公式",
                f"factor {field.upper()} of the Circular Footprint Formula is given but not the formula",
                "请删去系数，或在 methods 中加入 cff",
                "remove the factor, or add cff to methods",
            ).at("recycling", field)


def _grid_factor(factor_id: str, factors: FactorSource, place: Path) -> Iterator[Finding]:
    if factor_id not in factors:
        near = get_close_matches(factor_id, [factor.id for factor in factors], n=1)
        yield mistake(
            "factor-unknown",
            f"因子库中没有“{factor_id}”",
            f"the factor library has no “{factor_id}”",
            f"是否为“{near[0]}”？" if near else "请在因子库中查找电力碳足迹因子的编号",
            f"did you mean “{near[0]}”?" if near else "look up the id of an electricity footprint factor",
        ).at(*place)
        return
    kind = factors.get(factor_id).kind
    if kind is not FactorKind.ELECTRICITY_FOOTPRINT:
        name = FACTOR_KIND_NAMES[kind]
        yield mistake(
            "factor-kind",
            f"“{factor_id}”是{name.zh}，不是电力碳足迹因子",
            f"“{factor_id}” is of the kind “{name.en}”, not an electricity footprint factor",
            "请改用全生命周期的电力碳足迹因子（kgCO2e/kWh）；电力二氧化碳排放因子只含燃烧排放",
            "use a life-cycle electricity footprint factor (kgCO2e/kWh), not a grid CO2 factor of combustion",
        ).at(*place)


def _potentials(rule: ProductCategoryRule, gwp: Collection[str] | None) -> Iterator[Finding]:
    named: list[tuple[str, Path]] = [(rule.gwp.set, ("gwp", "set"))] if rule.gwp.set else []
    named += [(each, ("gwp", "accepted", at)) for at, each in enumerate(rule.gwp.accepted)]
    for name, place in named:
        if gwp is not None and name not in gwp:
            near = get_close_matches(name, list(gwp), n=1)
            yield mistake(
                "gwp.unknown",
                f"没有全球增温潜势“{name}”",
                f"there is no set of potentials “{name}”",
                f"是否为“{near[0]}”？" if near else f"可选：{'、'.join(gwp)}",
                f"did you mean “{near[0]}”?" if near else f"choose one of {', '.join(gwp)}",
            ).at(*place)


def _quality(
    rule: ProductCategoryRule, whole: ProductCategoryRule, schemes: Collection[tuple[str, str]] | None
) -> Iterator[Finding]:
    floor = whole.quality
    if (rule.quality.worst is not None or rule.quality.coverage is not None) and not floor.scheme:
        yield mistake(
            "scheme-missing",
            "设了数据质量下限，但没有指明评级方案",
            "a floor for data quality is set without naming the rating scheme",
            "请填写 scheme 与 version，例如 PEF 与 2021",
            "give scheme and version, such as PEF and 2021",
        ).at("quality")
    if schemes is None or not floor.scheme or (rule.quality.scheme, rule.quality.version) == ("", ""):
        return
    if (floor.scheme, floor.version) not in schemes:
        listing = [f"{name} {version}" for name, version in schemes]
        yield mistake(
            "scheme-unknown",
            f"没有评级方案“{floor.scheme} {floor.version}”",
            f"there is no rating scheme “{floor.scheme} {floor.version}”",
            f"可选：{'、'.join(listing)}",
            f"choose one of {', '.join(listing)}",
        ).at("quality", "scheme")
