"""A network made ready to solve: scaled to one unit of product, ordered so that suppliers come first."""

from dataclasses import dataclass

import numpy as np

from zuji.errors import InvalidInput, Problem, problem
from zuji.lca.network.arrays import Floats, Ints, Longs, Network


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Intensities y obey y[j] = pivot[j] · (w[j] + Σ share[e] · y[provider[e]]) over the links e of row j.

    Everything here is in *positions*: `order`[n] gives the process at a position, `position`[n] its inverse.
    Rows are consumers, `start`[n+1] bounds their links, `provider`[m] are positions, `share`[m] is amount per
    unit of the consumer's product (links to the same provider added up; self links are in `own`[n], and
    `pivot`[n] = 1 / (1 - own)). `link`[m_edges] maps each edge of the network to its place in `share`, or
    -1 - position for a self link. `block`[b+1] bounds the strongly connected components: links lead only into
    the same or an earlier block, so blocks of one process are solved by a single substitution.
    """

    network: Network
    order: Ints
    position: Ints
    start: Longs
    provider: Ints
    share: Floats
    own: Floats
    pivot: Floats
    link: Ints
    block: Ints

    def __len__(self) -> int:
        return len(self.order)

    def runs(self) -> list[tuple[int, int, bool]]:
        """(low, high, loop): neighbouring blocks of one process make one run, every larger block its own."""
        size = np.diff(self.block)
        loops = np.flatnonzero(size > 1)
        runs: list[tuple[int, int, bool]] = []
        at = 0
        for low, high in zip(self.block[loops].tolist(), self.block[loops + 1].tolist(), strict=True):
            if low > at:
                runs.append((at, low, False))
            runs.append((low, high, True))
            at = high
        if at < len(self):
            runs.append((at, len(self), False))
        return runs


def prepare(network: Network) -> Prepared:
    """Orders and scales a network.

    A process whose product has no positive amount or no known part of its data set (not allocated, no
    reference) has no intensity: its `own` and `pivot` are NaN, and so is what depends on it. Raises
    `InvalidInput` where the amount of a link is no finite number.
    """
    from zuji.lca.network.ordering import ordered, scaled_rows

    edges, production = network.edges, network.processes.production
    supplied = (production > 0) & np.isfinite(network.processes.share)
    bad = np.flatnonzero(~np.isfinite(edges.amount))
    if bad.size:
        raise InvalidInput(_no_number(network, int(edges.consumer()[bad[0]]), len(bad)))
    order, position, block = ordered(edges)
    start, provider, share, own, link = scaled_rows(
        edges.start,
        edges.provider,
        edges.amount,
        np.where(supplied, production, 1.0),
        order,
        position,
    )
    own[~supplied[order]] = np.nan
    with np.errstate(divide="ignore"):
        pivot = 1.0 / (1.0 - own)
    return Prepared(network, order, position, start, provider, share, own, pivot, link, block)


def _no_number(network: Network, process: int, number: int) -> Problem:
    name = network.processes.name[process]
    return problem(
        "network.amount",
        f"{number} 条供应关系的数量不是有限的数，第一条在过程“{name}”中",
        f"{number} links have an amount that is no finite number, the first in process “{name}”",
        cure_zh="先运行健康检查（zuji lci health），改正或切断这些关系",
        cure_en="run the health check first (zuji lci health), then mend or cut these links",
    )
