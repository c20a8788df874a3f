"""A network made ready to solve: scaled to one unit of product, ordered so that suppliers come first."""

from dataclasses import dataclass

from zuji.lca.network.arrays import Floats, Ints, Longs, Network


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Intensities y obey y[j] = pivot[j] · (w[j] + Σ share[e] · y[provider[e]]) over the links e of row j.

    Everything here is in *positions*: `order`[n] gives the process at a position, `position`[n] its inverse.
    Rows are consumers, `start`[n+1] bounds their links, `provider`[m] are positions, `share`[m] is amount per
    unit of the consumer's product (links to the same provider added up; self links are in the pivot).
    `link`[m_edges] maps each edge of the network to its place in `share`, or -1 - position for a self link.
    `pivot`[n] = 1 / (1 - own consumption). `block`[b+1] bounds the strongly connected components: links lead
    only into the same or an earlier block, so blocks of one process are solved by a single substitution.
    """

    network: Network
    order: Ints
    position: Ints
    start: Longs
    provider: Ints
    share: Floats
    pivot: Floats
    link: Ints
    block: Ints

    def __len__(self) -> int:
        return len(self.order)
