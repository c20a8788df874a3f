"""Amounts that look wrong by a unit: far above what others use of the same flow."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats, Network
from zuji.text import Text

LIMIT = 1e6
"""A coefficient above this many times its flow's median is listed."""
_LEAST = 5
"""Uses of a flow that a median needs."""
_ORDINARY = 100.0
"""Up to this ratio uses of a flow differ without anything being wrong."""
_NEAR = 0.35
"""How near to a unit factor, in powers of ten, a ratio must be to be called a likely slip."""
SLIPS: Mapping[float, Text] = MappingProxyType(
    {
        1e3: Text("千倍单位（如 g 与 kg、kg 与 t）", "units a thousand apart (g and kg, kg and t)"),
        3.6e3: Text("MWh 与 MJ", "MWh and MJ"),
        1e4: Text("万倍（如 元 与 万元）", "units ten thousand apart (CNY and 万元)"),
        1e6: Text("百万倍单位（如 mg 与 kg、g 与 t）", "units a million apart (mg and kg, g and t)"),
        3.6e6: Text("kWh 与 J", "kWh and J"),
        1e8: Text("亿倍（如 元 与 亿元）", "units a hundred million apart (CNY and 亿元)"),
        1e9: Text("十亿倍单位（如 mg 与 t）", "units a billion apart (mg and t)"),
        3.6e9: Text("MWh 与 J", "MWh and J"),
        1e12: Text("万亿倍单位（如 μg 与 t）", "units a trillion apart (μg and t)"),
    }
)


@dataclass(frozen=True, slots=True)
class Outlier:
    """One exchange far above the median of its flow.

    `coefficient` is the amount per unit of the process's product; `median` that of all processes whose
    product counts in the same unit; `ratio` their quotient. `slip` is the factor of `SLIPS` nearest to the
    ratio, None where none is near. `entry` indexes the links, or the interventions where `elementary`.
    """

    process: int
    exchange: int
    flow: str
    name: Text
    unit: str
    product_unit: str
    coefficient: float
    median: float
    ratio: float
    slip: float | None
    elementary: bool
    entry: int


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """How each link compares with the others of its flow.

    `coefficient`[m] = |amount| per unit of the consumer's product, `median`[m] that of the flow (NaN where
    too few use it), `ratio`[m] their quotient (then 1).
    """

    coefficient: Floats
    median: Floats
    ratio: Floats


def outliers(network: Network, used: Usage, limit: float = LIMIT) -> tuple[Outlier, ...]:
    """Links and interventions above `limit` times their flow's median, the largest ratio first.

    A flow is compared among processes whose products count in the same unit, where at least five use it.
    """
    found = [*_among_links(network, used, limit), *_among_interventions(network, limit)]
    return tuple(sorted(found, key=lambda outlier: (-outlier.ratio, outlier.process, outlier.exchange)))


def usage(network: Network) -> Usage:
    """Compares every link with the others of its flow among products that count in the same unit."""
    edges, processes = network.edges, network.processes
    _, product = np.unique(np.array(list(processes.product), object), return_inverse=True)
    consumer = edges.consumer()
    coefficient = _per_product(network, edges.amount, consumer)
    ratio, median = _ratios(product[edges.provider], _units(network)[consumer], coefficient)
    return Usage(coefficient, median, ratio)


def swallowing(network: Network) -> Floats:
    """What each process takes in, in the very unit of its product, per unit of it; float64[n].

    A product cannot be worth, and rarely weighs, a ten-thousandth of what goes into it: beyond that the
    reference amount belongs to other inputs (a table of sector totals per 10,000 CNY, say).
    """
    edges, unit = network.edges, _units(network)
    consumer = edges.consumer()
    share = _per_product(network, edges.amount, consumer)
    counted = (unit[consumer] == unit[edges.provider]) & np.isfinite(share)
    return np.bincount(consumer[counted], share[counted], minlength=len(network)).astype(np.float64)


def slip_of(ratio: float) -> float | None:
    """The unit factor that a ratio is nearest to; None where none is near, or the ratio is ordinary."""
    if not ratio > _ORDINARY or not np.isfinite(ratio):
        return None
    distance, factor = min((abs(np.log10(ratio / factor)), factor) for factor in SLIPS)
    return factor if distance <= _NEAR else None


def _among_links(network: Network, used: Usage, limit: float) -> list[Outlier]:
    edges, processes = network.edges, network.processes
    coefficient, median, ratio = used.coefficient, used.median, used.ratio
    consumer = edges.consumer()
    result = []
    for entry in np.flatnonzero(ratio > limit).tolist():
        process, provider = int(consumer[entry]), int(edges.provider[entry])
        result.append(
            Outlier(
                process=process,
                exchange=int(edges.exchange[entry]),
                flow=processes.product[provider],
                name=Text(processes.product_name[provider], processes.product_name_en[provider]),
                unit=processes.unit[provider],
                product_unit=processes.unit[process],
                coefficient=float(coefficient[entry]),
                median=float(median[entry]),
                ratio=float(ratio[entry]),
                slip=slip_of(float(ratio[entry])),
                elementary=False,
                entry=entry,
            )
        )
    return result


def _among_interventions(network: Network, limit: float) -> list[Outlier]:
    interventions, processes, flows = network.interventions, network.processes, network.flows
    if not len(interventions):
        return []
    consumer = np.repeat(np.arange(len(processes)), np.diff(interventions.start))
    coefficient = _per_product(network, interventions.amount, consumer)
    ratio, median = _ratios(interventions.flow, _units(network)[consumer], coefficient)
    result = []
    for entry in np.flatnonzero(ratio > limit).tolist():
        process, flow = int(consumer[entry]), int(interventions.flow[entry])
        result.append(
            Outlier(
                process=process,
                exchange=int(interventions.exchange[entry]),
                flow=flows.id[flow],
                name=Text(flows.name[flow], flows.name_en[flow]),
                unit=flows.unit[flow],
                product_unit=processes.unit[process],
                coefficient=float(coefficient[entry]),
                median=float(median[entry]),
                ratio=float(ratio[entry]),
                slip=slip_of(float(ratio[entry])),
                elementary=True,
                entry=entry,
            )
        )
    return result


def _per_product(network: Network, amount: Floats, process: NDArray[np.integer]) -> Floats:
    """|amount| per unit of the product of its process."""
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Floats = np.abs(amount / network.processes.production[process])
    return result


def _units(network: Network) -> NDArray[np.intp]:
    """A number for the unit of each process's product."""
    _, unit = np.unique(np.array(list(network.processes.unit), object), return_inverse=True)
    return unit


def _ratios(flow: NDArray[np.integer], unit: NDArray[np.intp], coefficient: Floats) -> tuple[Floats, Floats]:
    """(coefficient over the median of its group, that median); ratio 1 and median NaN in small groups."""
    ratio, medians = np.ones(len(coefficient)), np.full(len(coefficient), np.nan)
    usable = np.isfinite(coefficient) & (coefficient > 0)
    group = flow.astype(np.int64) * (int(unit.max(initial=0)) + 1) + unit
    order = np.flatnonzero(usable)
    order = order[np.lexsort((coefficient[order], group[order]))]
    sorted_ones = coefficient[order]
    bounds = np.flatnonzero(np.diff(group[order], prepend=-1, append=-1))
    low, size = bounds[:-1], np.diff(bounds)
    middle = (sorted_ones[low + (size - 1) // 2] + sorted_ones[low + size // 2]) / 2
    compared = np.repeat(size >= _LEAST, size)
    members = order[compared]
    medians[members] = np.repeat(middle, size)[compared]
    ratio[members] = coefficient[members] / medians[members]
    return ratio, medians
