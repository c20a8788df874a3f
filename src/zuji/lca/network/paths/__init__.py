"""Where a footprint comes from: exact splits of a total, and the supply chain paths that carry it.

    ranking     parts of a total by size, credits among them, what is left out beside them
    origins     by process, elementary flow, both at once, and any grouping
    tiers       own part and each direct input with its upstream, for one product or for all
    trees       upstream paths, the largest first, with stated coverage
    graphs      the same merged per process: a Sankey diagram whose sums agree
    zeros       which results are exactly zero, and why

Intensities y (indicator units per unit of product, upstream included) and direct weights w (the same, the
process alone) are float64[n] in the order of the network's processes; both come from `zuji.lca.network`.
Because y already holds every upstream total, no split here solves anything.
"""

from zuji.lca.network.paths.graphs import Sankey, SankeyEdge, SankeyNode, View, sankey
from zuji.lca.network.paths.origins import (
    Crossing,
    Groups,
    by_flow,
    by_flow_and_process,
    by_group,
    by_intervention,
    by_process,
)
from zuji.lca.network.paths.ranking import Ranking, ranked
from zuji.lca.network.paths.tiers import FirstTier, Shares, first_tier, shares
from zuji.lca.network.paths.trees import Search, UpstreamTree, upstream_tree
from zuji.lca.network.paths.zeros import Reach, ZeroReason, needed, reach

__all__ = [
    "Crossing",
    "FirstTier",
    "Groups",
    "Ranking",
    "Reach",
    "Sankey",
    "SankeyEdge",
    "SankeyNode",
    "Search",
    "Shares",
    "UpstreamTree",
    "View",
    "ZeroReason",
    "by_flow",
    "by_flow_and_process",
    "by_group",
    "by_intervention",
    "by_process",
    "first_tier",
    "needed",
    "ranked",
    "reach",
    "sankey",
    "shares",
    "upstream_tree",
]
