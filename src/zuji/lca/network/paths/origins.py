"""A total by where it arises: process, elementary flow, both at once, place or category."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats, Ints, Network
from zuji.lca.network.paths.ranking import ranked

Indices = NDArray[np.signedinteger]


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """The largest meetings of an elementary flow and a process; |value| descends, Σ value + rest = total.

    `flow`[r] is a row of the network's flows, `process`[r] a process, `value`[r] in indicator units.
    """

    flow: Ints
    process: Ints
    value: Floats
    total: float
    rest: float

    def __len__(self) -> int:
        return len(self.value)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """A total by group, the largest first: `label`[g] and `value`[g]; Σ value = total."""

    label: tuple[str, ...]
    value: Floats
    total: float


def by_process(supply: Floats, direct: Floats) -> Floats:
    """What each process itself causes in the system: float64[n], or [n, k] for `direct` of k categories.

    `supply`[n] is how much of each product the system makes, own consumption included, in the product's
    unit; `direct` is per unit of product.
    """
    return supply[:, None] * direct if direct.ndim > 1 else supply * direct


def by_intervention(network: Network, supply: Floats, characterised: Floats) -> Floats:
    """What each elementary exchange causes: float64[k] in the order of the network's interventions.

    `characterised`[k] is the exchange's amount per run times its characterisation factor
    (`characterising.factor_values`; 0 where no factor covers it); `supply`[n] as in `by_process`.
    """
    runs = supply / network.processes.production
    return np.repeat(runs, np.diff(network.interventions.start)) * characterised


def by_flow(network: Network, caused: Floats) -> Floats:
    """`caused`[k] of `by_intervention`, added up per flow row: float64[f]."""
    return _added_up(network.interventions.flow, caused, len(network.flows))


def by_flow_and_process(network: Network, caused: Floats, limit: int | None = None) -> Crossing:
    """The largest flow-and-process pairs of `caused`[k] (by_intervention); repeats add up."""
    n = len(network)
    process = np.repeat(np.arange(n, dtype=np.int64), np.diff(network.interventions.start))
    happens = np.flatnonzero(caused)
    pair, place = np.unique(
        network.interventions.flow[happens].astype(np.int64) * n + process[happens], return_inverse=True
    )
    ranking = ranked(_added_up(place, caused[happens], len(pair)), limit)
    flow, at = np.divmod(pair[ranking.index], n)
    return Crossing(flow.astype(np.int32), at.astype(np.int32), ranking.value, ranking.total, ranking.rest)


def by_group(values: Floats, labels: Sequence[str]) -> Groups:
    """`values`[n] added up by `labels`[n] (places, categories, sectors…), the largest group first.

    Groups whose parts are all exactly zero are left out; a group whose parts cancel is kept.
    """
    parts: dict[str, list[float]] = {}
    texts = list(labels)
    for i in np.flatnonzero(values).tolist():
        parts.setdefault(texts[i], []).append(float(values[i]))
    sums = sorted(((label, math.fsum(found)) for label, found in parts.items()), key=_by_size)
    return Groups(
        tuple(label for label, _ in sums), np.array([value for _, value in sums]), math.fsum(values)
    )


def _by_size(group: tuple[str, float]) -> tuple[float, str]:
    return (-abs(group[1]), group[0])


def _added_up(index: Indices, values: Floats, n: int) -> Floats:
    return np.bincount(index, values, minlength=n).astype(np.float64, copy=False)
