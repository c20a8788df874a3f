"""Where a footprint comes from: hot spots, credits, what flows between processes, exact to the total."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from zuji.lca.footprints import contribution, line_scale, product_intensities
from zuji.lca.preparation import PreparedSystem
from zuji.lca.systems import amounts
from zuji.model.footprints import Footprint, LineResult
from zuji.model.stages import Stage


@dataclass(frozen=True, slots=True)
class Flow:
    """kgCO2e carried from a source to a process, per reference unit; for Sankey diagrams.

    `source` is a line id for an emission or a bought product, and a process id for what one process hands on.
    `stage` is that of a line; None between processes.
    """

    source: str
    target: str
    value: float
    stage: Stage | None = None


def ranked(lines: Iterable[LineResult]) -> tuple[LineResult, ...]:
    """Lines by the size of their contribution, burdens and credits alike."""
    return tuple(sorted(lines, key=lambda line: (-abs(line.total), line.line)))


def credits_of(footprint: Footprint) -> tuple[LineResult, ...]:
    """Lines that lower the result, largest credit first."""
    return ranked(line for line in footprint.lines if line.total < 0)


def hot_spots(footprint: Footprint, coverage: float = 0.8) -> tuple[LineResult, ...]:
    """The fewest lines that make up `coverage` of the sum of absolute contributions."""
    whole = math.fsum(abs(line.total) for line in footprint.lines)
    chosen: list[LineResult] = []
    reached = 0.0
    for line in ranked(footprint.lines):
        if not whole or reached >= coverage * whole or line.total == 0:
            break
        chosen.append(line)
        reached += abs(line.total)
    return tuple(chosen)


def flows(system: PreparedSystem) -> tuple[Flow, ...]:
    """Lines into their process, and processes into the processes that consume their products.

    What enters a process equals what leaves it, loops included; what leaves the first process
    beyond the others' use is the footprint.
    """
    inputs = system.inputs()
    needed = amounts(inputs, {0: system.demand}, system.names)
    carried = product_intensities(system, inputs)
    found: list[Flow] = []
    between: dict[tuple[str, str], list[float]] = {}
    for prepared in system.lines:
        if not prepared.counted:
            continue
        scale = line_scale(prepared, needed)
        if prepared.supplies is None:
            value = math.fsum(contribution(prepared, scale))
            found.append(Flow(prepared.line.id, prepared.process, value, prepared.line.stage))
        else:
            key = (system.products[prepared.supplies].process, prepared.process)
            between.setdefault(key, []).append(scale * prepared.supplied * carried[prepared.supplies])
    found += [Flow(source, target, math.fsum(values)) for (source, target), values in between.items()]
    return tuple(flow for flow in found if flow.value)
