"""A study made ready: every line resolved, every process shared out, the technosphere built.

Preparing reads factors and checks everything once; after that an edit of one line costs only that
line (`PreparedSystem.replacing`), and Monte Carlo varies the numbers without looking at words again.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from zuji.errors import IncompleteStudy, InvalidInput, Place, Problem, ZujiError, problem
from zuji.lca import allocation
from zuji.lca.activities import Activity, activity, check_amount, times
from zuji.lca.allocation import Shares
from zuji.lca.fuels import FuelTable
from zuji.lca.problems import Collected, line_place, line_problem
from zuji.lca.sources import AVOIDED_KINDS, Sources, find_factor
from zuji.model.factors import FactorSource
from zuji.model.gwp import GwpSet
from zuji.model.lines import DataSource, Line, LineKind, SubAssemblyDetail
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import AllocationMethod, Output, Study, UnitProcess
from zuji.units import conversion

Weights = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductNode:
    """One output of one process: a column of the technosphere. `amount` is made per stated run."""

    process: str
    product: str
    name: str
    amount: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedLine:
    """A line with what it needs to be multiplied.

    `weights` are (product, share / output amount): the line's scale is the sum of share times the
    amount of that product needed. `activity` is None for a sub-assembly, whose `supplies` and
    `supplied` are the product consumed and its amount per run, and for a cut-off line without estimate.
    `credit` marks the lines that substitution adds. `emitted` is kgCO2e per run of the process, 0 where
    the line is not counted.
    """

    process: str
    line: Line
    weights: Weights
    activity: Activity | None = None
    supplies: int | None = None
    supplied: float = 0.0
    credit: bool = False
    emitted: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        if self.activity is not None and self.counted:
            emitted = self.activity.quantity.amount * self.activity.intensity.total
            object.__setattr__(self, "emitted", emitted)

    @property
    def counted(self) -> bool:
        return not self.line.cut_off


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
    notices: tuple[Problem, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(node.name for node in self.products)

    def inputs(self) -> list[dict[int, float]]:
        """inputs[k][j]: product j per unit of product k."""
        needs: list[dict[int, list[float]]] = [{} for _ in self.products]
        for prepared in self.lines:
            if prepared.supplies is not None and prepared.counted:
                for k, weight in prepared.weights:
                    needs[k].setdefault(prepared.supplies, []).append(prepared.supplied * weight)
        return [{j: math.fsum(found) for j, found in row.items() if any(found)} for row in needs]

    def line(self, line_id: str) -> PreparedLine:
        """The prepared line; raises `InvalidInput`."""
        for prepared in self.lines:
            if prepared.line.id == line_id and not prepared.credit:
                return prepared
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
        index = {(node.process, node.product): k for k, node in enumerate(self.products)}
        processes = {process.id: process for process in self.study.processes}
        new: list[PreparedLine] = []
        for old in self.lines:
            line = None if old.credit else edited.get(old.line.id)
            if line is None:
                new.append(old)
                continue
            with collected.collect():
                process = processes[old.process]
                new.append(_prepared(line, process, self.shares[process.id], self, index))
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
        _check_identities(study)
    collected.raise_if_any()
    shares: dict[str, Shares] = {}
    for process in study.processes:
        with collected.collect():
            shares[process.id] = allocation.shares(process)
    products = _products(study)
    demand = 0.0
    with collected.collect():
        demand = _demand(study)
    bare = PreparedSystem(
        study=study,
        sources=Sources(factors=factors, gwp=gwp, fuels=fuels),
        products=products,
        shares=shares,
        lines=(),
        demand=demand,
    )
    index = {(node.process, node.product): k for k, node in enumerate(products)}
    lines: list[PreparedLine] = []
    for process in study.processes:
        known = shares.get(process.id, Shares(shared=(1.0,) * len(process.outputs), basis=""))
        for line in process.lines:
            with collected.collect():
                lines.append(_prepared(line, process, known, bare, index))
    for process in study.processes:
        substitutes = process.allocation is AllocationMethod.SUBSTITUTION and len(process.outputs) > 1
        if substitutes and process.id in shares:
            with collected.collect():
                lines += _credits(process, bare, index, lines)
    collected.raise_if_any()
    return replace(bare, lines=tuple(lines))


def _check_identities(study: Study) -> None:
    problems: list[Problem] = []
    if not study.processes:
        raise IncompleteStudy(
            problem(
                "study.no_process",
                "研究还没有任何工序",
                "the study has no process yet",
                cure_zh="请至少建立一个生产所研究产品的工序",
                cure_en="add the process that makes the studied product",
            )
        )
    for name, ids in (
        ("工序 / process", [process.id for process in study.processes]),
        ("清单行 / line", [line.id for line in study.lines]),
    ):
        problems += [_twice(name, each) for each, count in Counter(ids).items() if count > 1]
    for process in study.processes:
        made = Counter(output.product for output in process.outputs)
        problems += [_twice("产出 / output", each) for each, count in made.items() if count > 1]
        if not process.outputs:
            problems.append(_bad_output(process, "没有产出", "has no output"))
        problems += [
            _bad_output(
                process,
                f"的产出“{output.product}”数量必须大于 0",
                f"makes “{output.product}” in an amount that is not above 0",
            )
            for output in process.outputs
            if not (math.isfinite(output.quantity.amount) and output.quantity.amount > 0)
        ]
    if problems:
        raise InvalidInput(*problems)


def _twice(name: str, each: str) -> Problem:
    zh, _, en = name.partition(" / ")
    return problem(
        "study.duplicate",
        f"{zh}“{each}”出现了不止一次",
        f"the {en} “{each}” occurs more than once",
        cure_zh="请改成唯一的编号或名称",
        cure_en="make ids and names unique",
    )


def _bad_output(process: UnitProcess, zh: str, en: str) -> Problem:
    return problem(
        "process.output",
        f"工序“{process.name}”{zh}",
        f"the process “{process.name}” {en}",
        cure_zh="请填写该工序在统计期内的产量",
        cure_en="state what the process makes in the data period",
        place=Place(field=f"process {process.id}"),
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


def _weights(
    line: Line, process: UnitProcess, shares: Shares, index: Mapping[tuple[str, str], int]
) -> Weights:
    if line.allocate_to:
        parts = [1.0 if output.product == line.allocate_to else 0.0 for output in process.outputs]
    else:
        parts = list(shares.shared)
    return tuple(
        (index[process.id, output.product], part / output.quantity.amount)
        for output, part in zip(process.outputs, parts, strict=True)
        if part
    )


def _prepared(
    line: Line,
    process: UnitProcess,
    shares: Shares,
    system: PreparedSystem,
    index: Mapping[tuple[str, str], int],
) -> PreparedLine:
    weights = _weights(line, process, shares, index)
    bare = PreparedLine(process=process.id, line=line, weights=weights)
    if line.kind is LineKind.SUB_ASSEMBLY:
        check_amount(line)
        target = _supplier(line, system, index)
        unit = system.products[target].unit
        amount = line.quantity.amount * conversion(
            line.quantity.unit, unit, place=line_place(line.id, "quantity")
        )
        return replace(bare, supplies=target, supplied=amount)
    if line.cut_off:
        # a cut-off flow needs no factor; it is estimated where one happens to fit (V6)
        check_amount(line)
        try:
            return replace(bare, activity=activity(line, system.sources))
        except ZujiError:
            return bare
    return replace(bare, activity=activity(line, system.sources))


def _supplier(line: Line, system: PreparedSystem, index: Mapping[tuple[str, str], int]) -> int:
    detail = line.detail
    wanted = detail.process if isinstance(detail, SubAssemblyDetail) else ""
    product = detail.product if isinstance(detail, SubAssemblyDetail) else ""
    made = [node.product for node in system.products if node.process == wanted]
    if not made:
        others = "、".join(dict.fromkeys(node.process for node in system.products))
        raise IncompleteStudy(
            line_problem(
                "sub_assembly.process",
                line.id,
                "detail",
                f"没有工序“{wanted}”",
                f"there is no process “{wanted}”",
                cure_zh=f"请选择本研究中的工序：{others}",
                cure_en=f"choose a process of this study: {others}",
            )
        )
    if not product and len(made) == 1:
        product = made[0]
    if product not in made:
        raise IncompleteStudy(
            line_problem(
                "sub_assembly.product",
                line.id,
                "detail",
                f"没有说明用的是工序“{wanted}”的哪种产出"
                if not product
                else f"工序“{wanted}”不产出“{product}”",
                f"process “{wanted}” has several outputs"
                if not product
                else f"process “{wanted}” does not make “{product}”",
                cure_zh=f"可选：{'、'.join(made)}",
                cure_en=f"choose from {', '.join(made)}",
            )
        )
    return index[wanted, product]


def _credits(
    process: UnitProcess,
    system: PreparedSystem,
    index: Mapping[tuple[str, str], int],
    lines: list[PreparedLine],
) -> list[PreparedLine]:
    """What substitution adds: a credit to the main product for every co-product.

    A co-product that another process of the study consumes carries what it replaces, so that the
    credit and this burden cancel and nothing is counted twice (V15).
    """
    consumed = {prepared.supplies for prepared in lines}
    main = index[process.id, process.outputs[0].product]
    added = []
    for output in process.outputs[1:]:
        own = index[process.id, output.product]
        added.append(_avoided(process, output, -1.0, main, system))
        if own in consumed:
            added.append(_avoided(process, output, 1.0, own, system))
    return added


def _avoided(
    process: UnitProcess, output: Output, sign: float, bears: int, system: PreparedSystem
) -> PreparedLine:
    line_id = f"{process.id}:{output.product}" + ("" if sign < 0 else ":used")
    place = f"{process.id}:{output.product}"
    found = find_factor(output.avoided_factor, AVOIDED_KINDS, system.sources, place, where="avoided_factor")
    per_factor = conversion(output.quantity.unit, found.per, place=line_place(place, "avoided_factor"))
    amount = sign * output.quantity.amount
    line = Line(
        id=line_id,
        stage=Stage.MANUFACTURING,
        kind=LineKind.MATERIAL,
        item=output.product,
        quantity=Quantity(amount, output.quantity.unit),
        factor=output.avoided_factor,
        data_source=DataSource.ESTIMATED,
    )
    resolved = times(found, amount * per_factor, str(line.quantity))
    weight = 1.0 / system.products[bears].amount
    return PreparedLine(
        process=process.id, line=line, weights=((bears, weight),), activity=resolved, credit=True
    )


def _with_lines(study: Study, edited: Mapping[str, Line]) -> Study:
    processes = tuple(
        replace(process, lines=tuple(edited.get(line.id, line) for line in process.lines))
        if any(line.id in edited for line in process.lines)
        else process
        for process in study.processes
    )
    return replace(study, processes=processes)
