"""Electricity as a rule accepts it: what it does not accept is counted as electricity of the grid.

Contracts, own generation and direct lines stay only where the rule accepts them and the conditions of
ISO 14067:2018 hold (electricity); otherwise the grid factor of the consuming region or of the rule is used.
"""

from dataclasses import replace

from zuji.lca.electricity import treatment_of
from zuji.lca.publishing import told
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.factors import FactorKind, FactorSource
from zuji.model.lines import ElectricityDetail, ElectricityTreatment, Line
from zuji.model.studies import Study
from zuji.rules.applying_changes import Change, OpenPoint, Outcome, change, open_point
from zuji.rules.certificates import certified_kwh
from zuji.rules.checks.limits import LIMITS
from zuji.rules.resolving_words import TREATMENT_NAMES
from zuji.text import Text
from zuji.units import convert, same_dimension

_CONDITIONS = ("attributes", "sole_claim", "tracked", "close_in_time", "same_market")


def electricity(study: Study, rule: ProductCategoryRule, factors: FactorSource) -> Outcome:
    """Every counted line of electricity as the rule wants it."""
    changes: list[Change] = []
    open_points: list[OpenPoint] = []
    counted: dict[str, Line] = {}
    for line in study.lines:
        treatment = treatment_of(line)
        if treatment is None or line.cut_off:
            continue
        reason = _refused(line, treatment, rule)
        if reason is None:
            short = _uncovered(line, treatment)
            open_points += [_short(line, short, rule)] if short and rule.electricity.accepted else []
            continue
        factor = _grid_factor(line, study, rule, factors)
        if factor:
            item = "electricity.accepted" if treatment is not ElectricityTreatment.GRID else _GRID_ITEM
            zh, en = f"“{line.item}”{reason.zh}，按 {factor} 计", f"“{line.item}” {reason.en}: {factor}"
            counted[line.id] = _at(line, factor)
            changes.append(change(rule, item, zh, en, lines=(line.id,)))
        else:
            open_points.append(_without_factor(line, reason, rule))
    processes = tuple(
        replace(process, lines=tuple(counted.get(line.id, line) for line in process.lines))
        for process in study.processes
    )
    done = replace(study, processes=processes) if counted else study
    return Outcome(done, tuple(changes), tuple(open_points))


_GRID_ITEM = "electricity.grid_factors"


def _refused(line: Line, treatment: ElectricityTreatment, rule: ProductCategoryRule) -> Text | None:
    """Why the line is not counted as it stands; None where it is."""
    ruled, name = rule.electricity, TREATMENT_NAMES[treatment]
    if treatment is ElectricityTreatment.GRID:
        if not ruled.grid_factors or (line.factor in ruled.grid_factors and line.stated is None):
            return None
        return Text("不用规则所列的电网因子", "has no grid factor of the rule")
    if not ruled.accepted:
        return None
    if treatment not in ruled.accepted:
        return Text(f"的“{name.zh}”不为规则所接受", f"is “{name.en}”, which the rule does not accept")
    detail = line.detail
    assert isinstance(detail, ElectricityDetail)  # noqa: S101 - only a detail has another treatment than grid
    if treatment is ElectricityTreatment.CONTRACT:
        if all(getattr(detail, each) for each in _CONDITIONS) and detail.certificates:
            return None
        return Text(
            "的合同不满足五项条件或没有注销凭证",
            "has a contract without the five conditions or a certificate",
        )
    if treatment is not ElectricityTreatment.RESIDUAL and detail.attributes_sold:
        return Text(f"的“{name.zh}”已出售环境属性", f"is “{name.en}” whose attributes were sold")
    return None


def _uncovered(line: Line, treatment: ElectricityTreatment) -> float:
    """kWh of a contract for which there are no certificates; 0 within the tolerance of the check."""
    used = line.quantity
    if treatment is not ElectricityTreatment.CONTRACT or not same_dimension(used.unit, "kWh"):
        return 0.0
    whole = convert(used.amount, used.unit, "kWh")
    rest = whole - certified_kwh(line)
    return rest if rest > whole * LIMITS.declared_kwh else 0.0


def _short(line: Line, kwh: float, rule: ProductCategoryRule) -> OpenPoint:
    what = Text(
        f"“{line.item}”有 {told(kwh, 6)} kWh 没有凭证，仍按合同计",
        f"“{line.item}” has no certificates for {told(kwh, 6)} kWh and is still counted by its contract",
    )
    cure = Text(
        "请补足凭证，或把不足部分另列一行按电网计",
        "add certificates, or count the rest on its own line as grid",
    )
    return open_point(rule, "electricity.accepted", what, cure, lines=(line.id,))


def _grid_factor(line: Line, study: Study, rule: ProductCategoryRule, factors: FactorSource) -> str:
    """The life-cycle factor for electricity of the grid, "" where neither rule nor line gives one.

    The line's location factor where the rule leaves the choice or lists it, else the first of the rule's
    that holds where the study is.
    """
    at_location = line.detail.location_factor if isinstance(line.detail, ElectricityDetail) else ""
    listed = rule.electricity.grid_factors
    if at_location and (not listed or at_location in listed) and _is_footprint(at_location, factors):
        return at_location
    fitting = (each for each in listed if _is_footprint(each, factors) and _holds(each, study, factors))
    return next(fitting, "")


def _is_footprint(factor_id: str, factors: FactorSource) -> bool:
    return factor_id in factors and factors.get(factor_id).kind is FactorKind.ELECTRICITY_FOOTPRINT


def _holds(factor_id: str, study: Study, factors: FactorSource) -> bool:
    """Whether the factor's region contains that of the study."""
    region = factors.get(factor_id).geography
    return region == "GLO" or study.geography == region or study.geography.startswith(f"{region}-")


def _at(line: Line, factor: str) -> Line:
    location = line.detail.location_factor if isinstance(line.detail, ElectricityDetail) else ""
    detail = (
        ElectricityDetail(location_factor=location) if isinstance(line.detail, ElectricityDetail) else None
    )
    return replace(line, factor=factor, factor_version="", stated=None, detail=detail)


def _without_factor(line: Line, reason: Text, rule: ProductCategoryRule) -> OpenPoint:
    what = Text(
        f"“{line.item}”{reason.zh}，而规则与清单都没有适用于当地的电网因子",
        f"“{line.item}” {reason.en}, and neither rule nor line has a grid factor for its place",
    )
    cure = Text(
        "请在该行填写用电地的电力碳足迹因子（location_factor）",
        "give the electricity footprint factor of the consuming region as the line's location_factor",
    )
    return open_point(rule, "electricity.accepted", what, cure, lines=(line.id,))
