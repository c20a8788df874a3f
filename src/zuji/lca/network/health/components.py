"""Loops of processes: how much of themselves they consume, and what would have to go."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats, Network, Truths
from zuji.lca.network.health.consumption import Matrix, loops
from zuji.lca.network.health.cycles import gain, worst_cycle
from zuji.lca.network.health.radius import Radius, is_productive, perron, signed_radius

SUSPECT = 1e3
"""A link this many times above its flow's median is taken for the wrong one of its loop."""
SWALLOWED = 1e4
"""A process of a sick loop that takes in this many times its own output, in the same unit, is set aside."""
NEAR = 0.99
"""From this radius on a productive loop is named: small changes of an amount change its results much."""
_SINGLE = 32
_LARGE = 1000
_SINGLE_LARGE = 8
"""So many links are cut one by one (in a large component fewer); then the number doubles each round."""


@dataclass(frozen=True, slots=True)
class Component:
    """Processes that all supply each other, directly or not.

    `absolute` is the spectral radius of |M| among them, `radius` that of M with its credits; `sick` where
    the latter is not surely below one: then no finite footprint follows from it. `loop` is the cycle of
    processes with the largest gain, each consuming from the next and the last from the first; `gain` what
    a unit of product takes back of itself along it (a large component far from sick has none stated).

    `aside` are processes whose reference amount cannot belong to their inputs: they take in `SWALLOWED`
    times their output in its own unit. `cuts` are links (entries of the network's edges) among the others.
    Without both, only productive loops are left; `minimal`: restoring any one of the cuts brings a sick
    loop back.
    """

    processes: tuple[int, ...]
    absolute: Radius
    radius: Radius
    loop: tuple[int, ...]
    gain: float
    aside: tuple[int, ...] = ()
    cuts: tuple[int, ...] = ()
    minimal: bool = True

    @property
    def sick(self) -> bool:
        return not self.radius.productive


def components(
    network: Network, matrix: Matrix, suspicion: Floats, swallowed: Floats
) -> tuple[Component, ...]:
    """Every component with a loop, the largest first.

    `suspicion`[m] is the ratio that `usage` gives, `swallowed`[n] what `swallowing` gives.
    """
    return tuple(
        _component(network, matrix, members, suspicion, swallowed) for members in loops(matrix).members
    )


def _component(
    network: Network, matrix: Matrix, members: NDArray[np.intp], suspicion: Floats, swallowed: Floats
) -> Component:
    part = matrix[members][:, members].tocsr()
    size = abs(part)
    absolute = perron(size).radius
    radius = signed_radius(part, absolute)
    quiet = len(members) > _LARGE and radius.high < NEAR and absolute.high < 1
    cycle = () if quiet else worst_cycle(size)
    aside: Truths = np.zeros(len(members), bool)
    cuts, minimal = list[int](), True
    if not radius.productive:
        aside = swallowed[members] >= SWALLOWED
        plan = _Plan(part, _doubts(network, members, suspicion, part), aside)
        pairs, minimal = plan.cuts()
        cuts = [edge for pair in pairs for edge in _links(network, *members[list(pair)])]
    return Component(
        processes=tuple(members.tolist()),
        absolute=absolute,
        radius=radius,
        loop=tuple(int(members[node]) for node in cycle),
        gain=gain(size, cycle) if cycle else float("nan"),
        aside=tuple(members[aside].tolist()),
        cuts=tuple(cuts),
        minimal=minimal,
    )


def _doubts(network: Network, members: NDArray[np.intp], suspicion: Floats, part: Matrix) -> Floats:
    """For each entry of `part` the largest suspicion among its links."""
    place = {int(process): position for position, process in enumerate(members.tolist())}
    edges = network.edges
    worst: dict[tuple[int, int], float] = {}
    for position, consumer in enumerate(members.tolist()):
        for edge in range(int(edges.start[consumer]), int(edges.start[consumer + 1])):
            provider = place.get(int(edges.provider[edge]))
            if provider is not None:
                pair = (position, provider)
                worst[pair] = max(worst.get(pair, 1.0), float(suspicion[edge]))
    entries = part.tocoo()
    pairs = zip(entries.row.tolist(), entries.col.tolist(), strict=True)
    return np.array([worst.get(pair, 1.0) for pair in pairs])


def _links(network: Network, consumer: int, provider: int) -> list[int]:
    low, high = network.edges.start[consumer : consumer + 2]
    found: list[int] = (np.flatnonzero(network.edges.provider[low:high] == provider) + low).tolist()
    return found


class _Plan:
    """Which entries of a sick matrix to cut so that every loop left is productive.

    The worst entry of the worst loop goes first: one far above its flow's median where there is one, else
    the one that carries most of the radius. Afterwards every cut that is not needed is taken back.
    """

    def __init__(self, part: Matrix, doubt: Floats, aside: Truths) -> None:
        entries = part.tocoo()
        self._row, self._column, self._value = entries.row, entries.col, entries.data
        self._doubt = doubt
        self._size = part.shape[0]
        self._single = _SINGLE if self._size <= _LARGE else _SINGLE_LARGE
        self._kept: Truths = ~(aside[self._row] | aside[self._column])

    def cuts(self) -> tuple[list[tuple[int, int]], bool]:
        """(consumer, provider) of each cut, and whether none of them is in vain."""
        cut: list[int] = []
        while (sick := self._sick()) is not None:
            many = 1 if len(cut) < self._single else len(cut)
            worst = self._worst(*sick, many)
            self._kept[worst] = False
            cut.extend(worst)
        minimal = len(cut) <= 2 * self._single
        if minimal:
            for entry in sorted(cut, key=lambda entry: float(self._doubt[entry])):
                self._kept[entry] = True
                if self._sick() is None:
                    cut.remove(entry)
                else:
                    self._kept[entry] = False
        return [(int(self._row[entry]), int(self._column[entry])) for entry in cut], minimal

    def _matrix(self) -> Matrix:
        kept = self._kept
        matrix = scipy.sparse.csr_matrix(
            (self._value[kept], (self._row[kept], self._column[kept])), shape=(self._size, self._size)
        )
        matrix.sort_indices()
        return matrix

    def _sick(self) -> tuple[NDArray[np.intp], Matrix] | None:
        """The first component that is not surely productive."""
        matrix = self._matrix()
        for members in loops(matrix).members:
            part = matrix[members][:, members].tocsr()
            if not is_productive(part):
                return members, part
        return None

    def _worst(self, members: NDArray[np.intp], part: Matrix, many: int) -> list[int]:
        inside = np.zeros(self._size, bool)
        inside[members] = True
        place = np.zeros(self._size, np.intp)
        place[members] = np.arange(len(members))
        entries = np.flatnonzero(self._kept & inside[self._row] & inside[self._column])
        row, column = place[self._row[entries]], place[self._column[entries]]
        cycle = worst_cycle(abs(part))
        around = set(zip(cycle, (*cycle[1:], cycle[0]), strict=True)) if cycle else set()
        if many == 1:
            pairs = zip(row.tolist(), column.tolist(), strict=True)
            on_loop = [entry for entry, pair in zip(entries.tolist(), pairs, strict=True) if pair in around]
            doubted = max(on_loop, key=lambda entry: float(self._doubt[entry]), default=None)
            if doubted is not None and self._doubt[doubted] >= SUSPECT:
                return [doubted]
        vectors = perron(abs(part))
        carried = vectors.left[row] * np.abs(self._value[entries]) * vectors.right[column]
        carried = np.where(np.isfinite(carried), carried, 0.0)
        heaviest: list[int] = entries[np.argsort(-carried, kind="stable")[:many]].tolist()
        return heaviest
