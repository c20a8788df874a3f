"""Scenarios of a study beside its base, on the same random numbers.

Two runs of the same number differ only by what the scenario changes, so that the interval of their
difference is that of the change and not of everything else.
"""

import math
from dataclasses import replace

import numpy as np

from zuji.errors import InvalidInput
from zuji.lca.footprints import footprint
from zuji.lca.montecarlo import Simulation, simulate
from zuji.lca.preparation import PreparedSystem
from zuji.lca.problems import Collected, line_problem
from zuji.lca.sources import KINDS_OF_LINE
from zuji.model.footprints import Footprint, ScenarioResult
from zuji.model.lines import Line, StatedFactor
from zuji.model.quantities import Quantity
from zuji.model.studies import LineChange, Scenario


def changed(system: PreparedSystem, scenario: Scenario) -> PreparedSystem:
    """The system with the scenario's changes; raises every refusal of its lines."""
    collected = Collected()
    lines: dict[str, Line] = {}
    for change in scenario.changes:
        with collected.collect():
            line = lines.get(change.line) or system.line(change.line).line
            lines[change.line] = _changed_line(line, change, system)
    collected.raise_if_any()
    return system.replacing(lines.values())


def _changed_line(line: Line, change: LineChange, system: PreparedSystem) -> Line:
    amount = line.quantity.amount if change.amount is None else change.amount
    if change.scale is not None:
        amount *= change.scale
    if not math.isfinite(amount):
        raise InvalidInput(
            line_problem(
                "scenario.amount",
                line.id,
                "quantity",
                "情景改后的数量不是有限的数",
                "the scenario's amount is not a finite number",
                cure_zh="请核对数量和倍数",
                cure_en="check amount and scale",
            )
        )
    if line.kind not in KINDS_OF_LINE and (change.factor is not None or change.stated_value is not None):
        raise InvalidInput(
            line_problem(
                "scenario.no_factor",
                line.id,
                "factor",
                f"“{line.item}”这类行不乘因子，情景中换因子不起作用",
                f"“{line.item}” is of a kind without a factor; a scenario cannot give it another one",
                cure_zh="请改变它的数量或倍数",
                cure_en="change its amount or scale instead",
            )
        )
    line = replace(line, quantity=Quantity(amount, line.quantity.unit))
    if change.factor is not None:
        line = replace(line, factor=change.factor, factor_version="", stated=None)
    if change.stated_value is not None:
        line = replace(line, factor="", factor_version="", stated=_stated(line, change.stated_value, system))
    return line


def _stated(line: Line, value: float, system: PreparedSystem) -> StatedFactor:
    if line.stated is not None:
        return replace(line.stated, value=value)
    made = system.line(line.id).activity
    per = made.quantity.unit if made else line.quantity.unit
    return StatedFactor(value=value, per=per, source="scenario")


def compare(
    system: PreparedSystem,
    base: Footprint,
    simulation: Simulation | None = None,
) -> tuple[ScenarioResult, ...]:
    """Every scenario of the study beside its base.

    With a simulation of the base, `low` and `high` are the 95 % interval of the difference (scenario minus
    base) on common random numbers and `probability_lower` the share of runs in which the scenario is lower.
    Raises the refusals of all scenarios together.
    """
    collected = Collected()
    results = []
    for scenario in system.study.scenarios:
        with collected.collect():
            results.append(_result(system, scenario, base, simulation))
    collected.raise_if_any()
    return tuple(results)


def _result(
    system: PreparedSystem, scenario: Scenario, base: Footprint, simulation: Simulation | None
) -> ScenarioResult:
    other = changed(system, scenario)
    result = footprint(other)
    difference = result.total - base.total
    plain = ScenarioResult(
        id=scenario.id,
        name=scenario.name,
        total=result.total,
        stages=result.stages,
        difference=difference,
        relative=difference / abs(base.total) if base.total else 0.0,
    )
    if simulation is None:
        return plain
    theirs = simulate(other, simulation.totals.size, simulation.seed).totals
    gaps = theirs - simulation.totals
    gaps = gaps[~np.isnan(gaps)]
    low, high = np.quantile(gaps, (0.025, 0.975))
    return replace(plain, low=float(low), high=float(high), probability_lower=float(np.mean(gaps < 0)))
