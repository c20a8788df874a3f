"""What one unit of an inventory line emits: one function for each kind of line.

Every function returns an `Activity`: the amount in the unit of its factor, the intensity per that
unit, and the equation in figures. Amounts are per the outputs of the line's process as stated.
Standards are cited by document: their clause numbers were not checked against the texts.

material, electricity, heat, waste   activity × factor (ISO 14067:2018)
fuel                                 Q · NCV · CC · OF · 44/12 + CH4 + N2O (`zuji.lca.fuels`)
transport                            mass · distance · factor (ISO 14083:2023)
process emission                     mass · stoichiometric factor (IPCC 2006 vol. 3; GB/T 32151)
direct emission                      mass of gas · GWP (ISO 14067:2018)
biogenic carbon                      uptake -1, release +1 kgCO2e per kg CO2 (ISO 14067:2018)
land-use change                      kgCO2e as stated, in its own total (ISO 14067:2018)
recycling                            Circular Footprint Formula or cut-off (`zuji.lca.recycling`)
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from zuji.errors import IncompleteStudy, InvalidInput, Problem
from zuji.lca import fuels, recycling
from zuji.lca.characterisation import Intensity, gas_intensity, unsplit
from zuji.lca.problems import line_place, line_problem
from zuji.lca.sources import ONLY_CO2, Found, Sources, find_for_line
from zuji.model.factors import FactorKind
from zuji.model.lines import (
    BiogenicDetail,
    EmissionDetail,
    FuelDetail,
    Line,
    LineKind,
    RecyclingDetail,
    TransportDetail,
)
from zuji.model.quantities import Quantity, Uncertainty
from zuji.model.stages import TotalKind
from zuji.units import conversion, dimension, tonne_kilometres, unit_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A share of an intensity that varies as one: kgCO2e per unit, by which factor, how uncertain."""

    factor: str
    version: str
    total: float
    uncertainty: Uncertainty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A line ready to be multiplied: amount in the factor's unit, intensity per that unit.

    `parts` sum to the intensity's total; `factor_primary` says whether the intensity is primary data.
    """

    quantity: Quantity
    intensity: Intensity
    formula: str
    parts: tuple[Part, ...]
    factor: str = ""
    factor_version: str = ""
    factor_primary: bool = False
    notices: tuple[Problem, ...] = ()


def activity(line: Line, sources: Sources) -> Activity:
    """The activity of a line that is not a sub-assembly; raises every kind of located refusal."""
    check_amount(line)
    return _KINDS[line.kind](line, sources)


def check_amount(line: Line) -> None:
    """Raises `InvalidInput` for amounts that are not finite or are negative where they may not be."""
    amount = line.quantity.amount
    if not math.isfinite(amount):
        raise InvalidInput(
            line_problem(
                "line.amount_not_finite",
                line.id,
                "quantity",
                f"“{line.item}”的数量不是有限的数",
                f"the amount of “{line.item}” is not a finite number",
                cure_zh="请填写数字",
                cure_en="write a number",
            )
        )
    if amount < 0 and line.kind is not LineKind.LAND_USE_CHANGE:
        raise InvalidInput(
            line_problem(
                "line.amount_negative",
                line.id,
                "quantity",
                f"“{line.item}”的数量为负（{amount:g} {line.quantity.unit}）",
                f"the amount of “{line.item}” is negative ({amount:g} {line.quantity.unit})",
                cure_zh="废弃物请按正数填写；副产品请列为该工序的产出并选择分配方法；回收用“回收”行",
                cure_en="state waste as a positive amount; make a by-product an output of its process "
                "with an allocation; use a recycling line for recycling",
            )
        )


def times(found: Found, amount: float, text: str) -> Activity:
    """amount (in `found.per`) × factor."""
    return Activity(
        quantity=Quantity(amount, found.per),
        intensity=found.intensity,
        formula=f"{text} × {found.intensity.total:g} kgCO2e/{found.per}",
        parts=(_part(found),),
        factor=found.factor,
        factor_version=found.version,
        factor_primary=found.primary,
        notices=found.notices,
    )


def _part(found: Found) -> Part:
    return Part(
        factor=found.factor,
        version=found.version,
        total=found.intensity.total,
        uncertainty=found.uncertainty,
    )


def _in_unit_of(line: Line, found: Found) -> tuple[float, str]:
    unit = line.quantity.unit
    factor = conversion(unit, found.per, place=line_place(line.id, "quantity"))
    text = f"{line.quantity.amount:g} {unit}"
    if factor != 1:
        text += f" × {factor:g} {found.per}/{unit}"
    return line.quantity.amount * factor, text


def _times_factor(line: Line, sources: Sources) -> Activity:
    found = find_for_line(line, sources)
    return times(found, *_in_unit_of(line, found))


def _transport(line: Line, sources: Sources) -> Activity:
    detail = line.detail if isinstance(line.detail, TransportDetail) else TransportDetail()
    found = find_for_line(line, sources)
    quantity, place = line.quantity, line_place(line.id, "quantity")
    if detail.distance is None:
        amount, text = _in_unit_of(line, found)
    else:
        distance = detail.distance
        if not (math.isfinite(distance.amount) and distance.amount >= 0):
            raise InvalidInput(
                line_problem(
                    "transport.distance",
                    line.id,
                    "distance",
                    f"运输距离 {distance.amount:g} 无效",
                    f"the distance {distance.amount:g} is not valid",
                    cure_zh="请填写不小于 0 的单程距离",
                    cure_en="state the one-way distance, 0 or more",
                )
            )
        work = tonne_kilometres(quantity.amount, quantity.unit, distance.amount, distance.unit, place=place)
        amount = work * conversion("t·km", found.per, place=place)
        text = f"{quantity} × {distance} = {amount:g} {found.per}"
    if detail.aircraft:
        found = replace(found, intensity=found.intensity.flown())
    return times(found, amount, text)


def _fuel(line: Line, sources: Sources) -> Activity:
    detail = line.detail if isinstance(line.detail, FuelDetail) else None
    found = find_for_line(line, sources) if line.factor or line.stated else None
    burns_by_factor = found is not None and found.kind is FactorKind.FUEL_COMBUSTION
    if found is not None and burns_by_factor:
        return _fuel_by_factor(line, detail, found, sources)
    if detail is None:
        if found is None or line.stated is None:
            raise IncompleteStudy(_no_fuel(line))
        return times(found, *_in_unit_of(line, found))
    burned = fuels.combustion(line, detail, sources.fuels, sources.gwp)
    unit = line.quantity.unit
    parts = [Part(factor="", version="", total=burned.intensity.total)]
    intensity, text, notices = burned.intensity, f"{line.quantity} × {burned.equation}", burned.notices
    if found is not None:
        upstream = found.in_unit(unit, line_place(line.id, "quantity"))
        intensity += upstream
        parts.append(replace(_part(found), total=upstream.total))
        text += f" + {line.quantity} × {upstream.total:g} kgCO2e/{unit}"
        notices = (*notices, *found.notices)
    return Activity(
        quantity=line.quantity,
        intensity=intensity,
        formula=text,
        parts=tuple(parts),
        factor=found.factor if found else "",
        factor_version=found.version if found else "",
        factor_primary=burned.primary and (found is None or found.primary),
        notices=notices,
    )


def _fuel_by_factor(line: Line, detail: FuelDetail | None, found: Found, sources: Sources) -> Activity:
    """A combustion factor per heat or per amount replaces carbon content and oxidation."""
    if detail is None:
        return times(found, *_in_unit_of(line, found))
    if detail.carbon_content is not None or detail.oxidation is not None:
        raise InvalidInput(
            line_problem(
                "fuel.two_methods",
                line.id,
                "factor",
                "同时给出了燃烧因子和含碳量或氧化率，CO2 会有两个数",
                "both a combustion factor and a carbon content or oxidation are given",
                cure_zh="请只保留其中一种方法",
                cure_en="keep one of the two ways",
            )
        )
    fuel = fuels.parameters(line, detail, sources.fuels)
    if dimension(found.per) == "energy":
        heat, heat_text = fuels.heat_per_unit(line, fuel)
        per_unit = found.in_unit("GJ").scaled(heat)
    else:
        heat, heat_text = 0.0, "1"
        per_unit = found.in_unit(line.quantity.unit, line_place(line.id, "quantity"))
    own = {gas for gas, _ in found.intensity.gases}
    bare = replace(fuel, ch4=None if "CH4" in own else fuel.ch4, n2o=None if "N2O" in own else fuel.n2o)
    traces, trace_text, notices = fuels.trace_gases(line, bare, heat, sources.gwp)
    factor_text = f"{found.intensity.total:g} kgCO2e/{found.per}"
    return Activity(
        quantity=line.quantity,
        intensity=per_unit + traces,
        formula=f"{line.quantity} × {heat_text} × {factor_text}{trace_text}",
        parts=(
            replace(_part(found), total=per_unit.total),
            Part(factor="", version="", total=traces.total),
        ),
        factor=found.factor,
        factor_version=found.version,
        # the traces are added here, and the fuel's supply is a line of its own as for every fuel
        notices=(
            *(notice for notice in found.notices if notice.code != ONLY_CO2),
            *(notices if not {"CH4", "N2O"} <= own else ()),
        ),
    )


def _no_fuel(line: Line) -> Problem:
    return line_problem(
        "fuel.not_named",
        line.id,
        "detail",
        f"“{line.item}”没有说明是哪种燃料",
        f"“{line.item}” does not say which fuel it is",
        cure_zh="请选择燃料表中的燃料，或填写热值、含碳量和氧化率",
        cure_en="choose a fuel of the table, or state NCV, carbon content and oxidation",
    )


def _in_kilograms(line: Line) -> float:
    """A mass of gas in kg; kgCO2 counts as kg of CO2."""
    unit, place = line.quantity.unit, line_place(line.id, "quantity")
    target = "kgCO2" if dimension(unit, place=place) == "greenhouse gas" else "kg"
    return line.quantity.amount * conversion(unit, target, place=place)


def _own_activity(line: Line, amount: Quantity, intensity: Intensity) -> Activity:
    """A line whose intensity is a convention or a characterisation, not a factor."""
    return Activity(
        quantity=amount,
        intensity=intensity,
        formula=f"{line.quantity} × {intensity.total:g} kgCO2e/{amount.unit}",
        parts=(Part(factor="", version="", total=intensity.total),),
        factor_primary=True,
    )


def _direct_emission(line: Line, sources: Sources) -> Activity:
    if not isinstance(line.detail, EmissionDetail) or not line.detail.gas:
        raise IncompleteStudy(_no_detail(line, "排放的气体", "which gas is emitted", "gas"))
    gas, biogenic = line.detail.gas, line.detail.biogenic
    unit = line.quantity.unit
    if dimension(unit, place=line_place(line.id, "quantity")) == "greenhouse gas" and gas != "CO2":
        raise InvalidInput(
            line_problem(
                "gas.mass_expected",
                line.id,
                "quantity",
                f"{gas} 的排放量要填气体质量，而不是 {unit}",
                f"an emission of {gas} is stated as a mass of the gas, not in {unit}",
                cure_zh="请填写 kg、g 或 t",
                cure_en="write kg, g or t",
            )
        )
    place = line_place(line.id, "gas")
    intensity = gas_intensity(gas, 1.0, sources.gwp, biogenic=biogenic, place=place)
    return _own_activity(line, Quantity(_in_kilograms(line), "kg"), intensity)


def _biogenic(line: Line, sources: Sources) -> Activity:
    del sources
    if not isinstance(line.detail, BiogenicDetail):
        raise IncompleteStudy(_no_detail(line, "是吸收还是释放", "whether it is uptake or release", "detail"))
    if line.detail.removal:
        intensity = unsplit(TotalKind.BIOGENIC_REMOVALS, -1.0, "CO2")
    else:
        intensity = unsplit(TotalKind.BIOGENIC_EMISSIONS, 1.0, "CO2")
    return _own_activity(line, Quantity(_in_kilograms(line), "kg"), intensity)


def _land_use_change(line: Line, sources: Sources) -> Activity:
    del sources
    amount = line.quantity.amount * conversion(
        line.quantity.unit, "kgCO2e", place=line_place(line.id, "quantity")
    )
    return _own_activity(line, Quantity(amount, "kgCO2e"), unsplit(TotalKind.LAND_USE_CHANGE, 1.0))


def _recycling(line: Line, sources: Sources) -> Activity:
    if not isinstance(line.detail, RecyclingDetail):
        raise IncompleteStudy(_no_detail(line, "循环足迹公式的参数", "the recycling parameters", "detail"))
    unit_of(line.quantity.unit, place=line_place(line.id, "quantity"))
    terms = recycling.terms(line, line.detail, sources)
    intensity = Intensity()
    for term in terms:
        intensity += term.intensity
    used = list(dict.fromkeys((term.found.factor, term.found.version) for term in terms))
    return Activity(
        quantity=line.quantity,
        intensity=intensity,
        formula=f"{line.quantity} × [{recycling.equation(line.detail)}]",
        parts=tuple(replace(_part(term.found), total=term.intensity.total) for term in terms),
        factor="+".join(factor for factor, _version in used),
        factor_version="+".join(version for _factor, version in used),
        notices=tuple(notice for term in terms for notice in term.found.notices),
    )


def _no_detail(line: Line, zh: str, en: str, field: str) -> Problem:
    return line_problem(
        "line.detail_missing",
        line.id,
        field,
        f"“{line.item}”没有说明{zh}",
        f"“{line.item}” does not say {en}",
        cure_zh="请补充这一项",
        cure_en="add it",
    )


_KINDS: Mapping[LineKind, Callable[[Line, Sources], Activity]] = {
    LineKind.MATERIAL: _times_factor,
    LineKind.ELECTRICITY: _times_factor,
    LineKind.HEAT: _times_factor,
    LineKind.WASTE: _times_factor,
    LineKind.PROCESS_EMISSION: _times_factor,
    LineKind.FUEL: _fuel,
    LineKind.TRANSPORT: _transport,
    LineKind.DIRECT_EMISSION: _direct_emission,
    LineKind.BIOGENIC_CARBON: _biogenic,
    LineKind.LAND_USE_CHANGE: _land_use_change,
    LineKind.RECYCLING: _recycling,
}
