"""Upstream paths, the largest first: best-first search guided by intensities, with stated coverage."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zuji.errors import InvalidInput, Problem, problem, raise_all
from zuji.lca.network.arrays import Floats, Ints, Longs
from zuji.lca.network.paths.ranking import require_agreement, require_footprint
from zuji.lca.network.prepared import Prepared

_NO_LIMIT = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How far to look.

    `max_nodes` ends the list; `max_depth` (root = 0, None = any) ends a path; `cutoff` leaves out branches
    that carry less than this part of the total; `coverage` stops as soon as that much is explained (1 = never
    early). Whatever is not listed is stated in the tree as rest.
    """

    max_nodes: int = 1000
    max_depth: int | None = None
    cutoff: float = 0.0
    coverage: float = 1.0

    def __post_init__(self) -> None:
        wrong: list[Problem] = []
        if self.max_nodes < 1:
            wrong.append(_out_of_range("max_nodes", self.max_nodes, "≥ 1"))
        if self.max_depth is not None and self.max_depth < 0:
            wrong.append(_out_of_range("max_depth", self.max_depth, "≥ 0"))
        if not 0.0 <= self.cutoff < 1.0:
            wrong.append(_out_of_range("cutoff", self.cutoff, "0 … < 1"))
        if not 0.0 < self.coverage <= 1.0:
            wrong.append(_out_of_range("coverage", self.coverage, "> 0 … 1"))
        raise_all(wrong)


@dataclass(frozen=True, slots=True, eq=False)
class UpstreamTree:
    """r occurrences of processes on supply chain paths; a process may occur often, on loops again and again.

    Parents stand before their children, the largest branch first. By node: `parent`[r] (index of a node, -1
    for a demanded product), `process`[r], `link`[r] (place in `Prepared.share`, -1 for a demanded product),
    `depth`[r], `amount`[r] (units of product on this path), `upstream`[r] (all it carries), `direct`[r] (its
    own part), `rest`[r] (inputs that are not listed): upstream = direct + rest + Σ upstream of its children.

    `total` = Σ direct + `remainder`. `unlisted` is the sum of the sizes of all branches left out, so that
    burdens and credits in them do not hide each other.
    """

    parent: Ints
    process: Ints
    link: Longs
    depth: Ints
    amount: Floats
    upstream: Floats
    direct: Floats
    rest: Floats
    total: float
    remainder: float
    unlisted: float

    def __len__(self) -> int:
        return len(self.parent)

    @property
    def explained(self) -> float:
        """Σ of the direct parts of the listed nodes, in indicator units."""
        return math.fsum(self.direct)

    @property
    def coverage(self) -> float:
        """Part explained, 0…1: Σ|direct| / (Σ|direct| + unlisted). Without credits: explained / total.

        An unlisted branch counts by its net size, so where burdens and credits meet inside it, by too little.
        """
        listed = math.fsum(np.abs(self.direct))
        whole = listed + self.unlisted
        return listed / whole if whole else 1.0

    def children(self, node: int) -> Ints:
        """The listed inputs of a node, the largest first."""
        found = np.flatnonzero(self.parent == node).astype(np.int32)
        return found[np.argsort(-np.abs(self.upstream[found]), kind="stable")]

    def path(self, node: int) -> tuple[int, ...]:
        """The nodes from the demanded product to `node`."""
        found = [node]
        while self.parent[found[-1]] >= 0:
            found.append(int(self.parent[found[-1]]))
        return tuple(reversed(found))

    def paths(self, limit: int | None = None) -> tuple[tuple[int, ...], ...]:
        """Paths that end in the largest direct parts, burdens and credits alike, the largest first."""
        order = np.argsort(-np.abs(self.direct), kind="stable")
        return tuple(self.path(int(node)) for node in order[:limit] if self.direct[node] != 0.0)


def upstream_tree(
    prepared: Prepared,
    intensities: Floats,
    direct: Floats,
    demand: Mapping[int, float],
    search: Search | None = None,
) -> UpstreamTree:
    """The paths that carry the footprint of `demand` (process -> units of its product).

    `intensities`[n] and `direct`[n] of one category, by process. The own consumption of a process is part of
    its node. Where a branch's burdens and credits cancel exactly it looks empty and is not opened.
    Raises `InvalidInput` for a demand outside the network, and for intensities that do not fit.
    """
    from zuji.lca.network.paths.growing import grow

    search = search or Search()
    process = np.array(list(demand), np.int64)
    demanded = np.array(list(demand.values()), np.float64)
    _check_demand(process, demanded, len(prepared))
    y, w = intensities[prepared.order], direct[prepared.order]
    root = prepared.position[process]
    require_footprint(y[root])
    for at in root.tolist():
        links = slice(prepared.start[at], prepared.start[at + 1])
        inputs = prepared.share[links] * y[prepared.provider[links]]
        pivot = prepared.pivot[at]
        parts, size = pivot * (w[at] + inputs.sum()), abs(pivot) * (abs(w[at]) + np.abs(inputs).sum())
        require_agreement(float(parts), float(y[at]), float(size))
    total = math.fsum(demanded * y[root])
    _, parent, place, link, depth, amount, unlisted = grow(
        prepared.start,
        prepared.provider,
        prepared.share,
        prepared.pivot,
        w,
        y,
        root,
        demanded,
        search.cutoff * abs(total),
        search.max_nodes,
        _NO_LIMIT if search.max_depth is None else search.max_depth,
        search.coverage if search.coverage < 1.0 else np.inf,
    )
    upstream = amount * y[place]
    own = amount * prepared.pivot[place] * w[place]
    inside = parent >= 0
    listed = np.bincount(parent[inside], upstream[inside], minlength=len(parent))
    return UpstreamTree(
        parent,
        prepared.order[place],
        link,
        depth,
        amount,
        upstream,
        own,
        upstream - own - listed,
        total,
        total - math.fsum(own),
        float(unlisted),
    )


def _check_demand(process: Longs, amount: Floats, n: int) -> None:
    if not len(process) or process.min() < 0 or process.max() >= n:
        raise InvalidInput(
            problem(
                "paths.demand_unknown",
                f"需求必须是网络中 {n} 个过程的产品，至少一个",
                f"a demand names at least one of the {n} processes of the network",
                cure_zh="请核对过程编号",
                cure_en="check the process index",
            )
        )
    if not np.isfinite(amount).all():
        raise InvalidInput(
            problem(
                "paths.demand_not_finite",
                "需求量不是有限的数",
                "the demanded amount is not a finite number",
                cure_zh="请填写数值",
                cure_en="give a number",
            )
        )


def _out_of_range(name: str, value: float, allowed: str) -> Problem:
    return problem(
        "paths.search_out_of_range",
        f"{name} = {value:g}，应为 {allowed}",
        f"{name} is {value:g}, allowed is {allowed}",
        cure_zh="请修改搜索范围",
        cure_en="change the search option",
    )
