"""A study to begin with: what a rule asks, as an inventory whose lines are gaps to be filled."""

import re
from collections.abc import Iterator

from zuji.model.category_rules import ProductCategoryRule, RequiredItem, SwitchChoice
from zuji.model.documents import MAIN_PROCESS, STAGES_OF
from zuji.model.lines import (
    BiogenicDetail,
    Detail,
    EmissionDetail,
    Line,
    LineKind,
    RecyclingDetail,
    TransportDetail,
)
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.statements import Inclusions, Profile, Statements
from zuji.model.studies import (
    BoundaryKind,
    Goal,
    Output,
    Period,
    Product,
    ReferenceUnit,
    StageExclusion,
    Study,
    SystemBoundary,
    UnitKind,
    UnitProcess,
)

GAP = "待补充：规则要求的清单项，请填写数量与因子后删去本说明"
"""Why a line of the skeleton is not counted yet; it is the line's `cut_off`."""
_GAS = re.compile(r"[A-Z][A-Z0-9]*[0-9]")
_UNITS: dict[LineKind, str] = {
    LineKind.ELECTRICITY: "kWh",
    LineKind.HEAT: "MJ",
    LineKind.TRANSPORT: "t·km",
    LineKind.LAND_USE_CHANGE: "kgCO2e",
}
_DETAILS: dict[LineKind, Detail] = {
    LineKind.BIOGENIC_CARBON: BiogenicDetail(),
    LineKind.TRANSPORT: TransportDetail(),
    LineKind.RECYCLING: RecyclingDetail(),
}


def template(
    rule: ProductCategoryRule,
    *,
    study_id: str,
    product: Product,
    period: Period,
    geography: str = "CN",
) -> Study:
    """A valid study of `product` under a resolved rule, without a single figure.

    One process makes one unit. Every required item is a line of amount 0 that is listed as a gap and not
    counted; items with a condition say it in their note. A stage that may be left out is inside only where
    the rule asks for something at it. Choices that the rule leaves open stay unstated.
    """
    boundary = _boundary(rule)
    unit = _unit(rule, boundary)
    lines = tuple(_lines(rule, boundary))
    process = UnitProcess(
        id=MAIN_PROCESS,
        name=product.name,
        outputs=(Output(product=product.name, quantity=unit.quantity),),
        lines=lines,
    )
    return Study(
        id=study_id,
        product=product,
        unit=unit,
        boundary=boundary,
        period=period,
        geography=geography,
        processes=(process,),
        goal=Goal(),
        gwp=rule.gwp.set or "AR6",
        rule=rule.key,
        statements=_statements(rule, boundary),
    )


def _boundary(rule: ProductCategoryRule) -> SystemBoundary:
    kind = rule.boundary.kinds[0] if rule.boundary.kinds else BoundaryKind.CRADLE_TO_GRAVE
    asked = {item.stage for item in rule.required}
    left_out = {each.stage: each.reason for each in rule.boundary.may_exclude if each.stage not in asked}
    stages = tuple(stage for stage in STAGES_OF[kind] if stage not in left_out)
    excluded = tuple(
        StageExclusion(stage=stage, reason=left_out.get(stage, "部分碳足迹，不在系统边界内"))
        for stage in Stage
        if stage not in stages
    )
    return SystemBoundary(kind=kind, stages=stages, excluded=excluded)


def _unit(rule: ProductCategoryRule, boundary: SystemBoundary) -> ReferenceUnit:
    whole = boundary.kind is BoundaryKind.CRADLE_TO_GRAVE
    kind = rule.unit.kind or (UnitKind.FUNCTIONAL if whole else UnitKind.DECLARED)
    unit = rule.unit.units[0] if rule.unit.units else "kg"
    return ReferenceUnit(
        kind=kind, quantity=Quantity(rule.unit.amount or 1.0, unit), description=rule.unit.description
    )


def _lines(rule: ProductCategoryRule, boundary: SystemBoundary) -> Iterator[Line]:
    for item in rule.required:
        stage = item.stage or _stage(item, boundary)
        if stage not in boundary.stages:
            continue
        kind = item.kind or LineKind.MATERIAL
        yield Line(
            id=item.id,
            stage=stage,
            kind=kind,
            item=_name(item),
            quantity=Quantity(0.0, _UNITS.get(kind, "kg")),
            detail=_detail(item, kind),
            cut_off=GAP,
            note=f"适用条件：{item.condition}" if item.condition else "",
        )


def _detail(item: RequiredItem, kind: LineKind) -> Detail:
    """What a kind of line needs; the gas is the formula among the item's words, else carbon dioxide."""
    if kind is LineKind.DIRECT_EMISSION:
        return EmissionDetail(gas=next(filter(_GAS.fullmatch, item.words), "CO2"))
    return _DETAILS.get(kind)


def _name(item: RequiredItem) -> str:
    """The item's name, with a word by which the rule finds the line where the name holds none."""
    found = any(word.casefold() in item.name.casefold() for word in item.words)
    return item.name if found or not item.words else f"{item.name}（{item.words[0]}）"


def _stage(item: RequiredItem, boundary: SystemBoundary) -> Stage:
    """Bought things at the first stage inside, everything else where things are made."""
    bought = item.kind in {None, LineKind.MATERIAL}
    first = boundary.stages[0]
    return first if bought or Stage.MANUFACTURING not in boundary.stages else Stage.MANUFACTURING


def _statements(rule: ProductCategoryRule, boundary: SystemBoundary) -> Statements:
    stated = {
        switch.value: choice is SwitchChoice.INCLUDE
        for switch, choice in rule.switches.items()
        if choice is not SwitchChoice.OPTIONAL
    }
    use, end = (
        Profile(id=ruled.profiles[0].id, description=ruled.profiles[0].name)
        if stage in boundary.stages and len(ruled.profiles) == 1
        else Profile()
        for stage, ruled in ((Stage.USE, rule.use), (Stage.END_OF_LIFE, rule.end_of_life))
    )
    return Statements(inclusions=Inclusions(**stated), use=use, end_of_life=end)
