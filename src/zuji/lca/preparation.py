"""A study made ready: every line resolved, every process shared out, the technosphere built.

Preparing reads factors and checks everything once; after that an edit of one line costs only that
line (`PreparedSystem.replacing`), and Monte Carlo varies the numbers without looking at words again.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from zuji.errors import IncompleteStudy, InvalidInput, Place, problem
from zuji.lca import allocation
from zuji.lca.allocation import Shares
from zuji.lca.credits import credit_lines
from zuji.lca.fuels import FuelTable
from zuji.lca.identities import check_identities
from zuji.lca.prepared_lines import PreparedLine, ProductNode, Setting, prepared
from zuji.lca.problems import Collected, line_problem
from zuji.lca.sources import Sources
from zuji.model.factors import FactorSource
from zuji.model.gwp import GwpSet
from zuji.model.lines import Line
from zuji.model.studies import AllocationMethod, Study
from zuji.units import conversion


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedSystem:
    """Everything that a result follows from; products[0] is the studied one.

    `demand` is the amount of products[0] in one reference unit.
    """

    study: Study
    sources: Sources
    products: tuple[ProductNode, ...]
    shares: Mapping[str, Shares]
    lines: tuple[PreparedLine, ...]
    demand: float

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(node.name for node in self.products)

    def inputs(self) -> list[dict[int, float]]:
        """inputs[k][j]: product j per unit of product k."""
        needs: list[dict[int, list[float]]] = [{} for _ in self.products]
        for each in self.lines:
            if each.supplies is not None and each.counted:
                for k, weight in each.weights:
                    needs[k].setdefault(each.supplies, []).append(each.supplied * weight)
        return [{j: math.fsum(found) for j, found in row.items() if any(found)} for row in needs]

    def line(self, line_id: str) -> PreparedLine:
        """The prepared line; raises `InvalidInput`."""
        for each in self.lines:
            if each.line.id == line_id and not each.credit:
                return each
        raise InvalidInput(
            line_problem(
                "line.unknown",
                line_id,
                "line",
                f"没有清单行“{line_id}”",
                f"there is no line “{line_id}”",
                cure_zh="请核对行号",
                cure_en="check the line's id",
            )
        )

    def replacing(self, lines: Iterable[Line]) -> "PreparedSystem":
        """The same system with some lines edited; only these are resolved again.

        Raises `InvalidInput` for an unknown line and what resolving raises. A line stays in its process.
        """
        edited = {line.id: line for line in lines}
        for line_id in edited:
            self.line(line_id)
        collected = Collected()
        setting = Setting(products=self.products, sources=self.sources)
        processes = {process.id: process for process in self.study.processes}
        new: list[PreparedLine] = []
        for old in self.lines:
            line = None if old.credit else edited.get(old.line.id)
            if line is None:
                new.append(old)
                continue
            with collected.collect():
                process = processes[old.process]
                new.append(prepared(line, process, self.shares[process.id], setting))
        collected.raise_if_any()
        return replace(self, study=_with_lines(self.study, edited), lines=tuple(new))


def prepare(
    study: Study, factors: FactorSource, gwp: GwpSet, fuels: FuelTable | None = None
) -> PreparedSystem:
    """Resolve a study against factors, potentials and fuels.

    Raises one `ZujiError` with the problems of all lines and processes: of their common class
    (`UnitMismatch`, `WrongFactorKind`, ...), or `InvalidInput` when they are of several.
    """
    collected = Collected()
    with collected.collect():
        check_identities(study)
    collected.raise_if_any()
    shares: dict[str, Shares] = {}
    for process in study.processes:
        with collected.collect():
            shares[process.id] = allocation.shares(process)
    products = _products(study)
    demand = 0.0
    with collected.collect():
        demand = _demand(study)
    setting = Setting(products=products, sources=Sources(factors=factors, gwp=gwp, fuels=fuels))
    lines: list[PreparedLine] = []
    for process in study.processes:
        known = shares.get(process.id, Shares(shared=(1.0,) * len(process.outputs), basis=""))
        for line in process.lines:
            with collected.collect():
                lines.append(prepared(line, process, known, setting))
    consumed = {each.supplies for each in lines}
    for process in study.processes:
        substitutes = process.allocation is AllocationMethod.SUBSTITUTION and len(process.outputs) > 1
        if substitutes and process.id in shares:
            with collected.collect():
                lines += credit_lines(process, setting, consumed)
    collected.raise_if_any()
    return PreparedSystem(
        study=study,
        sources=setting.sources,
        products=products,
        shares=shares,
        lines=tuple(lines),
        demand=demand,
    )


def _products(study: Study) -> tuple[ProductNode, ...]:
    return tuple(
        ProductNode(
            process=process.id,
            product=output.product,
            name=process.name if len(process.outputs) == 1 else f"{process.name}/{output.product}",
            amount=output.quantity.amount,
            unit=output.quantity.unit,
        )
        for process in study.processes
        for output in process.outputs
    )


def _demand(study: Study) -> float:
    made, unit = study.processes[0].outputs[0].quantity, study.unit.quantity
    place = Place(field="functional unit")
    if not (math.isfinite(unit.amount) and unit.amount > 0):
        raise IncompleteStudy(
            problem(
                "study.unit_amount",
                "功能单位（声明单位）的数量必须大于 0",
                "the amount of the functional or declared unit must be above 0",
                cure_zh="例如 1 kg 或 1 kWh",
                cure_en="for example 1 kg or 1 kWh",
                place=place,
            )
        )
    return unit.amount * conversion(unit.unit, made.unit, place=place)


def _with_lines(study: Study, edited: Mapping[str, Line]) -> Study:
    processes = tuple(
        replace(process, lines=tuple(edited.get(line.id, line) for line in process.lines))
        if any(line.id in edited for line in process.lines)
        else process
        for process in study.processes
    )
    return replace(study, processes=processes)
