"""Sharing the burdens of a process between its products (ISO 14067:2018, allocation).

Subdivision gives each line to one product; physical and economic allocation give shares that sum to
one; substitution gives everything to the main product and credits what the others replace.
"""

import math
from dataclasses import dataclass

from zuji.errors import AllocationError, Place, Problem, problem
from zuji.model.studies import AllocationMethod, UnitProcess
from zuji.units import conversion


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """`shared` is each output's part of the lines not given to one product; it sums to one.

    `basis` says in figures what the shares follow from.
    """

    shared: tuple[float, ...]
    basis: str


def shares(process: UnitProcess) -> Shares:
    """The shares of a process; raises `AllocationError` naming process and output."""
    count = len(process.outputs)
    names = {output.product for output in process.outputs}
    problems = [
        _refused(
            process,
            "allocation.unknown_product",
            f"行 {line.id} 指定的产品“{line.allocate_to}”不是该工序的产出",
            f"line {line.id} belongs to “{line.allocate_to}”, which is no output of the process",
            f"可选：{'、'.join(sorted(names))}",
            f"choose from {', '.join(sorted(names))}",
            line=line.id,
        )
        for line in process.lines
        if line.allocate_to and line.allocate_to not in names
    ]
    if problems:
        raise AllocationError(*problems)
    if count == 1:
        return Shares(shared=(1.0,), basis="")
    method = process.allocation
    if method is AllocationMethod.NONE:
        raise AllocationError(_no_method(process))
    if method is AllocationMethod.SUBSTITUTION:
        _check_avoided(process)
        return Shares(shared=(1.0, *(0.0,) * (count - 1)), basis="substitution")
    if method is AllocationMethod.SUBDIVISION:
        _check_subdivided(process)
        return Shares(shared=(1.0, *(0.0,) * (count - 1)), basis="subdivision")
    return _by_weight(process)


def _by_weight(process: UnitProcess) -> Shares:
    weights = _weights(process)
    whole = math.fsum(weights)
    if not whole > 0:
        raise AllocationError(
            _refused(
                process,
                "allocation.no_weight",
                "各产出的分配依据合计为 0",
                "the allocation properties of the outputs sum to zero",
                "请填写质量、热值或价格",
                "state mass, energy content or price",
            )
        )
    parts = [weight / whole for weight in weights]
    # the main product takes the rounding, so that shares sum to one exactly
    parts[0] = 1.0 - math.fsum(parts[1:])
    basis = ", ".join(f"{o.product} {w:g}" for o, w in zip(process.outputs, weights, strict=True))
    return Shares(shared=tuple(parts), basis=basis)


def _weights(process: UnitProcess) -> list[float]:
    values = [output.property_value for output in process.outputs]
    if process.allocation is AllocationMethod.PHYSICAL and all(value is None for value in values):
        # amounts of one dimension are their own physical relation
        unit = process.outputs[0].quantity.unit
        return [
            output.quantity.amount * conversion(output.quantity.unit, unit, place=_place(process))
            for output in process.outputs
        ]
    problems: list[Problem] = []
    weights = []
    for output, value in zip(process.outputs, values, strict=True):
        if value is None or not math.isfinite(value) or value < 0:
            problems.append(
                _refused(
                    process,
                    "allocation.property_missing",
                    f"产出“{output.product}”没有可用的分配依据",
                    f"the output “{output.product}” has no usable allocation property",
                    "请填写每单位产出的物理量（质量、热值）或价格，不小于 0",
                    "state its physical property (mass, energy) or price per unit, 0 or more",
                )
            )
        else:
            weights.append(output.quantity.amount * value)
    if problems:
        raise AllocationError(*problems)
    return weights


def _check_subdivided(process: UnitProcess) -> None:
    loose = [line.id for line in process.lines if not line.allocate_to and not line.cut_off]
    if loose:
        raise AllocationError(
            _refused(
                process,
                "allocation.not_subdivided",
                f"选择了细分，但这些行没有归属产品：{'、'.join(loose[:10])}",
                f"subdivision is chosen but these lines belong to no product: {', '.join(loose[:10])}",
                "请为每一行选择归属产品，或改用物理分配",
                "give every line its product, or choose physical allocation",
                line=loose[0],
            )
        )


def _check_avoided(process: UnitProcess) -> None:
    problems = [
        _refused(
            process,
            "allocation.avoided_missing",
            f"副产品“{output.product}”没有填写被替代产品的因子",
            f"the co-product “{output.product}” names no factor of the product it replaces",
            "请选择被替代产品的因子，或改用物理、经济分配",
            "choose the factor of what it replaces, or allocate physically or economically",
        )
        for output in process.outputs[1:]
        if not output.avoided_factor
    ]
    if problems:
        raise AllocationError(*problems)


def _no_method(process: UnitProcess) -> Problem:
    return _refused(
        process,
        "allocation.method_missing",
        f"工序“{process.name}”有 {len(process.outputs)} 种产出，但没有选择分配方法",
        f"the process “{process.name}” has {len(process.outputs)} outputs and no allocation",
        "请优先细分；不能细分时选择物理分配，其次经济分配，并写明理由",
        "subdivide first; otherwise allocate physically, then economically, and give the reason",
    )


def _place(process: UnitProcess) -> Place:
    return Place(field=f"process {process.id}")


def _refused(
    process: UnitProcess, code: str, zh: str, en: str, cure_zh: str, cure_en: str, *, line: str = ""
) -> Problem:
    place = Place(line=line, field=f"process {process.id}")
    return problem(code, zh, en, cure_zh=cure_zh, cure_en=cure_en, place=place)
