"""The footprint of a prepared system: scaling, multiplying, and summing exactly.

Sums use `math.fsum`, which rounds once: they do not depend on the order of lines.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from zuji.errors import InvalidInput, Problem, UnitMismatch, UnknownUnit, problem, raise_all
from zuji.lca.characterisation import BIOGENIC, NO_TOTALS, REMOVALS, Totals
from zuji.lca.preparation import PreparedSystem
from zuji.lca.prepared_lines import PreparedLine
from zuji.lca.problems import line_problem
from zuji.lca.systems import amounts, transposed
from zuji.model.footprints import AllocationResult, CutOffResult, Footprint, LineResult
from zuji.model.lines import LineKind
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import AllocationMethod, BoundaryKind, Study, UnitProcess
from zuji.units import convert

Key = TypeVar("Key", bound=Hashable)
UNIT = "kgCO2e"
_ROUNDING = 1e-13
_LARGEST = 1e100


def footprint(system: PreparedSystem) -> Footprint:
    """The result per reference unit, without quality, uncertainty and scenarios.

    Raises `NonProductiveSystem`, and `InvalidInput` for lines that are no amounts of this world.
    """
    inputs = system.inputs()
    needed = amounts(inputs, {0: system.demand}, system.names)
    scales = [line_scale(line, needed) for line in system.lines]
    counted = [(line, scale) for line, scale in zip(system.lines, scales, strict=True) if line.counted]
    contributions = [contribution(line, scale) for line, scale in counted]
    _check_size(counted, contributions)
    total = _net(value for each in contributions for value in each)
    results = tuple(
        _result(line, scale, each, total) for (line, scale), each in zip(counted, contributions, strict=True)
    )
    cut = [(line, scale) for line, scale in zip(system.lines, scales, strict=True) if not line.counted]
    stage_totals = {stage: _column_sums(r.totals for r in results if r.stage is stage) for stage in Stage}
    notices = (*_line_notices(system), *_study_notices(system, results, needed))
    return Footprint(
        total=total,
        unit=UNIT,
        reference=system.study.unit,
        totals=_column_sums(contributions),
        stages={stage: _net(x for r in results if r.stage is stage for x in r.totals) for stage in Stage},
        stage_totals=stage_totals,
        gases=_sums(_gases(counted)),
        suppliers=_sums((r.supplier, r.total) for r in results),
        processes=_sums((r.process, r.total) for r in results),
        lines=results,
        cut_offs=tuple(_cut_off(line, scale, total) for line, scale in cut),
        allocations=_allocations(system, inputs),
        quality=(),
        primary_data_share=0.0,
        gwp=system.sources.gwp.id,
        biogenic_carbon_kg=system.study.product.biogenic_carbon_kg,
        warnings=tuple(str(notice) for notice in notices),
        notices=notices,
    )


def _check_size(
    counted: Sequence[tuple[PreparedLine, float]], contributions: Sequence[Sequence[float]]
) -> None:
    """Sums, squares and spreads of larger figures leave the range of numbers."""
    raise_all(
        [
            line_problem(
                "line.out_of_range",
                line.line.id,
                "quantity",
                f"“{line.line.item}”的排放量超出可以计算的范围",
                f"the emissions of “{line.line.item}” are beyond what can be calculated",
                cure_zh="请核对该行的数量与单位，以及所在过程的产出量",
                cure_en="check amount and unit of this line, and the outputs of its process",
            )
            for (line, _scale), values in zip(counted, contributions, strict=True)
            if not all(abs(value) <= _LARGEST for value in values)
        ],
        InvalidInput,
    )


def total_of(system: PreparedSystem) -> float:
    """Only the total, kgCO2e per reference unit."""
    needed = amounts(system.inputs(), {0: system.demand}, system.names)
    return math.fsum(
        line.emitted * weight * needed[k]
        for line in system.lines
        if line.emitted
        for k, weight in line.weights
    )


def line_scale(line: PreparedLine, needed: list[float]) -> float:
    """Runs of the line's process that the reference unit needs, as far as the line belongs to it."""
    return math.fsum(weight * needed[k] for k, weight in line.weights)


def contribution(line: PreparedLine, scale: float) -> Totals:
    """kgCO2e of a line in the order of `TOTAL_KINDS`."""
    if line.activity is None:
        return NO_TOTALS
    amount = scale * line.activity.quantity.amount
    return tuple(amount * value for value in line.activity.intensity.totals)


def product_intensities(system: PreparedSystem, inputs: list[dict[int, float]]) -> list[float]:
    """kgCO2e per unit of every product with all it consumes: the adjoint of the same system."""
    direct: list[list[float]] = [[] for _ in system.products]
    for line in system.lines:
        if line.emitted:
            for k, weight in line.weights:
                direct[k].append(weight * line.emitted)
    own = {k: math.fsum(values) for k, values in enumerate(direct)}
    return amounts(transposed(inputs), own, system.names)


def _result(line: PreparedLine, scale: float, totals: Totals, total: float) -> LineResult:
    stated, made = line.line, line.activity
    own = math.fsum(totals)
    if made is None:
        activity = Quantity(scale * stated.quantity.amount, stated.quantity.unit)
        formula, intensity = f"{stated.quantity}", 0.0
    else:
        activity = Quantity(scale * made.quantity.amount, made.quantity.unit)
        formula, intensity = made.formula, made.intensity.total
    return LineResult(
        line=stated.id,
        process=line.process,
        stage=stated.stage,
        kind=stated.kind,
        item=stated.item,
        supplier=stated.supplier,
        activity=activity,
        intensity=intensity,
        totals=totals,
        total=own,
        share=own / abs(total) if total else 0.0,
        factor=made.factor if made else "",
        factor_version=made.factor_version if made else "",
        formula=formula,
        primary=made is not None and stated.primary and made.factor_primary,
    )


def _net(values: Iterable[float]) -> float:
    """The exact sum; 0 where it is only what rounding leaves when burdens and credits cancel."""
    known = tuple(values)
    net = math.fsum(known)
    return 0.0 if abs(net) <= _ROUNDING * math.fsum(map(abs, known)) else net


def _column_sums(rows: Iterable[Totals]) -> Totals:
    columns = list(zip(*rows, strict=True))
    return tuple(_net(column) for column in columns) if columns else NO_TOTALS


def _sums(pairs: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    found: dict[Key, list[float]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: _net(values) for key, values in found.items()}


def _gases(counted: Iterable[tuple[PreparedLine, float]]) -> Iterable[tuple[str, float]]:
    for line, scale in counted:
        if line.activity is not None:
            amount = scale * line.activity.quantity.amount
            for gas, value in line.activity.intensity.gases:
                yield gas, amount * value


def _cut_off(line: PreparedLine, scale: float, total: float) -> CutOffResult:
    estimate = None if line.activity is None else math.fsum(contribution(line, scale))
    try:
        mass = scale * convert(line.line.quantity.amount, line.line.quantity.unit, "kg")
    except (UnitMismatch, UnknownUnit):
        mass = None
    return CutOffResult(
        line=line.line.id,
        item=line.line.item,
        reason=line.line.cut_off,
        estimate=estimate,
        share=None if estimate is None or not total else estimate / abs(total),
        mass_kg=mass,
    )


def _allocations(system: PreparedSystem, inputs: list[dict[int, float]]) -> tuple[AllocationResult, ...]:
    shared = [process for process in system.study.processes if len(process.outputs) > 1]
    if not shared:
        return ()
    intensities = product_intensities(system, inputs)
    return tuple(
        AllocationResult(
            process=process.id,
            method=process.allocation.value,
            shares=_shares(system, process, intensities),
            reason=process.allocation_reason,
        )
        for process in shared
    )


def _shares(system: PreparedSystem, process: UnitProcess, intensities: list[float]) -> Mapping[str, float]:
    """The stated shares; under subdivision the part of the burdens that each product came to carry."""
    names = [output.product for output in process.outputs]
    if process.allocation is AllocationMethod.SUBDIVISION:
        nodes = [k for k, node in enumerate(system.products) if node.process == process.id]
        carried = [intensities[k] * system.products[k].amount for k in nodes]
        whole = math.fsum(carried)
        if whole:
            parts = [value / whole for value in carried]
            parts[0] = 1.0 - math.fsum(parts[1:])
            return dict(zip(names, parts, strict=True))
    return dict(zip(names, system.shares[process.id].shared, strict=True))


def _line_notices(system: PreparedSystem) -> list[Problem]:
    found = [
        notice
        for line in system.lines
        if line.activity is not None and line.counted
        for notice in line.activity.notices
    ]
    return list(dict.fromkeys(found))


def _study_notices(
    system: PreparedSystem, results: tuple[LineResult, ...], needed: list[float]
) -> list[Problem]:
    study, notices = system.study, []
    idle = [
        process.name
        for process in study.processes
        if not any(needed[k] for k, node in enumerate(system.products) if node.process == process.id)
    ]
    if idle:
        notices.append(
            problem(
                "process.unused",
                f"这些工序没有参与所研究产品：{'、'.join(idle)}",
                f"these processes do not contribute to the product: {', '.join(idle)}",
                cure_zh="请在使用它的工序里加一行“部件”，或删去该工序",
                cure_en="add a sub-assembly line where they are used, or remove them",
            )
        )
    inside = frozenset(study.boundary.stages)
    outside = [r.line for r in results if r.stage not in inside and r.total]
    if outside:
        notices.append(
            problem(
                "line.outside_boundary",
                f"这些行属于边界之外的阶段，但计入了结果：{'、'.join(outside[:10])}",
                f"these lines are counted though their stage is outside: {', '.join(outside[:10])}",
                cure_zh="请调整系统边界或删去这些行",
                cure_en="adjust the system boundary or remove the lines",
            )
        )
    return notices + _biogenic_notices(study, results)


def _biogenic_notices(study: Study, results: tuple[LineResult, ...]) -> list[Problem]:
    released = math.fsum(r.totals[BIOGENIC] for r in results)
    removed = math.fsum(r.totals[REMOVALS] for r in results)
    burned = any(r.kind is LineKind.FUEL and r.totals[BIOGENIC] for r in results)
    notices = []
    if burned and not removed:
        notices.append(
            problem(
                "biogenic.no_uptake",
                "生物质燃料的释放计为 +1，但清单里没有对应的吸收",
                "the release from biogenic fuel counts +1 but the inventory has no uptake",
                cure_zh="请加一行“生物源碳”记录植物生长的吸收（−1）",
                cure_en="add a biogenic carbon line for the uptake of growth (−1)",
            )
        )
    if removed + released < 0 and study.boundary.kind is not BoundaryKind.CRADLE_TO_GRAVE:
        notices.append(
            problem(
                "biogenic.partial",
                "部分碳足迹中含生物源碳净吸收，不得视为整个生命周期的减排",
                "this partial footprint holds a net biogenic uptake: no reduction over the life cycle",
                cure_zh="请单独报告产品中的生物源碳含量（ISO 14067:2018）",
                cure_en="report the biogenic carbon content of the product apart (ISO 14067:2018)",
            )
        )
    return notices
