"""The supply network of a demand as a Sankey diagram: one node a process, edges that carry the footprint.

What enters a node (its own part and its inputs) equals what leaves it (to those it supplies, and to demand),
loops included; what is not drawn is stated at the node, so every drawn sum can be checked.
"""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from zuji.errors import Problem, problem, raise_all
from zuji.lca.network.arrays import Floats
from zuji.lca.network.paths.ranking import require_agreement, require_footprint
from zuji.lca.network.prepared import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How much to draw: at most `max_nodes` processes; edges of at least `min_share` (0…1) of the total."""

    max_nodes: int = 25
    min_share: float = 0.01

    def __post_init__(self) -> None:
        wrong: list[Problem] = []
        if self.max_nodes < 1:
            wrong.append(_out_of_range("max_nodes", self.max_nodes, "≥ 1"))
        if not 0.0 <= self.min_share < 1.0:
            wrong.append(_out_of_range("min_share", self.min_share, "0 … < 1"))
        raise_all(wrong)


@dataclass(frozen=True, slots=True)
class SankeyNode:
    """A process: `total` passes through it, `direct` is its own part, both in indicator units.

    total = direct + drawn edges in + `hidden_in` = drawn edges out + `demanded` + `hidden_out`. `supply` is
    how much of the product the system makes, own consumption included.
    """

    process: int
    supply: float
    total: float
    direct: float
    demanded: float
    hidden_in: float = 0.0
    hidden_out: float = 0.0


@dataclass(frozen=True, slots=True)
class SankeyEdge:
    """From a provider to a consumer (indices of nodes): `amount` units of product that carry `value`.

    `share` is `value` over all that passes through the consumer. `closes_loop` marks edges that lead from a
    node's own consumers back into it: a drawing without cycles leaves them out.
    """

    provider: int
    consumer: int
    amount: float
    value: float
    share: float
    closes_loop: bool = False


@dataclass(frozen=True, slots=True)
class Sankey:
    """Nodes (demanded products first, then by when they were drawn in) and edges, the largest first."""

    nodes: tuple[SankeyNode, ...]
    edges: tuple[SankeyEdge, ...]
    total: float


def sankey(
    prepared: Prepared,
    intensities: Floats,
    direct: Floats,
    supply: Floats,
    demand: Mapping[int, float],
    view: View | None = None,
) -> Sankey:
    """The most important processes behind `demand` (process -> units of product), each connected to it.

    Starting from the demanded products, the process through which most passes is drawn next, reached over
    edges that are large enough. `intensities`, `direct` and `supply` are [n], by process, of one category.
    Raises `InvalidInput` where Σ supply · direct is not Σ demand · intensity.
    """
    view = view or View()
    require_footprint(intensities[list(demand)])
    w, x = direct[prepared.order], supply[prepared.order]
    # what is not needed may have no finite footprint of its own
    y = np.where(x == 0.0, 0.0, intensities[prepared.order])
    demanded = np.zeros(len(prepared))
    for process, amount in demand.items():
        demanded[prepared.position[process]] += amount
    carried = demanded * y
    own = x * w
    require_agreement(float(own.sum()), float(carried.sum()), float(np.abs(own).sum()))
    total = float(carried.sum())
    # deliveries to others: a process's use of its own product stays inside its node
    through = x / prepared.pivot * y
    places, links = _drawn(prepared, x, y, through, np.flatnonzero(demanded).tolist(), view, abs(total))

    number = {place: i for i, place in enumerate(places)}
    edges: list[SankeyEdge] = []
    seen_in, seen_out = np.zeros(len(places)), np.zeros(len(places))
    for consumer, link in links:
        amount = float(x[consumer] * prepared.share[link])
        provider = int(prepared.provider[link])
        value = amount * float(y[provider])
        share = value / float(through[consumer]) if through[consumer] else 0.0
        edges.append(SankeyEdge(number[provider], number[consumer], amount, value, share))
        seen_in[number[consumer]] += value
        seen_out[number[provider]] += value
    edges.sort(key=lambda edge: (-abs(edge.value), edge.consumer, edge.provider))
    nodes = tuple(
        SankeyNode(
            process=int(prepared.order[place]),
            supply=float(x[place]),
            total=float(through[place]),
            direct=float(own[place]),
            demanded=float(carried[place]),
            hidden_in=float(through[place] - own[place] - seen_in[i]),
            hidden_out=float(through[place] - carried[place] - seen_out[i]),
        )
        for i, place in enumerate(places)
    )
    return Sankey(nodes, _loops_marked(edges, len(nodes)), total)


def _drawn(
    prepared: Prepared, x: Floats, y: Floats, through: Floats, roots: list[int], view: View, total: float
) -> tuple[list[int], list[tuple[int, int]]]:
    """The positions to draw, and the (consumer, link) pairs between them that are large enough."""
    least = view.min_share * total
    waiting = [(-abs(float(through[place])), place) for place in roots]
    heapq.heapify(waiting)
    known = {place for _, place in waiting}
    rows: dict[int, list[int]] = {}
    while waiting and len(rows) < view.max_nodes:
        _, place = heapq.heappop(waiting)
        low, high = prepared.start[place], prepared.start[place + 1]
        carried = np.abs(x[place] * prepared.share[low:high] * y[prepared.provider[low:high]])
        rows[place] = (low + np.flatnonzero((carried >= least) & (carried > 0.0))).tolist()
        for link in rows[place]:
            provider = int(prepared.provider[link])
            if provider not in known:
                known.add(provider)
                heapq.heappush(waiting, (-abs(float(through[provider])), provider))
    pairs = [
        (place, link)
        for place, links in rows.items()
        for link in links
        if int(prepared.provider[link]) in rows
    ]
    return list(rows), pairs


def _loops_marked(edges: list[SankeyEdge], n: int) -> tuple[SankeyEdge, ...]:
    """The same edges; those that lead back to a node from which they were reached are marked.

    Depth first from the first nodes along the largest edges, so that small edges close the loops.
    """
    inputs: list[list[int]] = [[] for _ in range(n)]
    for i, edge in enumerate(edges):
        inputs[edge.consumer].append(i)
    closing: set[int] = set()
    state = [0] * n  # 0 not met, 1 on the path, 2 done
    for first in range(n):
        if state[first]:
            continue
        state[first] = 1
        path = [(first, iter(inputs[first]))]
        while path:
            node, rest = path[-1]
            for i in rest:
                provider = edges[i].provider
                if state[provider] == 1:
                    closing.add(i)
                elif state[provider] == 0:
                    state[provider] = 1
                    path.append((provider, iter(inputs[provider])))
                    break
            else:
                state[node] = 2
                path.pop()
    return tuple(replace(edge, closes_loop=i in closing) for i, edge in enumerate(edges))


def _out_of_range(name: str, value: float, allowed: str) -> Problem:
    return problem(
        "paths.view_out_of_range",
        f"{name} = {value:g}，应为 {allowed}",
        f"{name} is {value:g}, allowed is {allowed}",
        cure_zh="请修改显示范围",
        cure_en="change the drawing option",
    )
