"""Which process is solved first: suppliers before those they supply, loops kept together."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from zuji.lca.network.arrays import Edges, Floats, Ints, Longs

_compiled = njit(cache=True, nogil=True, boundscheck=False, error_model="numpy")


@_compiled
def strong_components(start: Longs, provider: Ints) -> tuple[Ints, Ints]:  # noqa: C901 - one algorithm
    """Order and blocks of the strongly connected components of a graph of consumers and their providers.

    Tarjan's algorithm without recursion. Returns `order`[n], processes so that a component comes after every
    component it buys from and, inside one, in depth-first post-order, which brings the providers of most
    links first; and `block`[b+1], where the components begin in that order.
    """
    n = len(start) - 1
    unseen = np.int32(-1)
    number = np.full(n, unseen, np.int32)
    low = np.empty(n, np.int32)
    component = np.full(n, unseen, np.int32)
    finished = np.empty(n, np.int32)
    open_ones = np.empty(n, np.int32)
    path = np.empty(n, np.int32)
    cursor = np.empty(n, np.int64)
    block = np.zeros(n + 1, np.int32)
    opened = done = blocks = seen = 0
    for root in range(n):
        if number[root] != unseen:
            continue
        depth = 0
        path[0] = root
        while depth >= 0:
            node = path[depth]
            if number[node] == unseen:
                number[node] = low[node] = seen
                seen += 1
                cursor[node] = start[node]
                open_ones[opened] = node
                opened += 1
            deeper = False
            edge = cursor[node]
            end = start[node + 1]
            while edge < end:
                other = provider[edge]
                edge += 1
                if number[other] == unseen:
                    depth += 1
                    path[depth] = other
                    deeper = True
                    break
                if component[other] == unseen and number[other] < low[node]:
                    low[node] = number[other]
            cursor[node] = edge
            if deeper:
                continue
            finished[done] = node
            done += 1
            depth -= 1
            if depth >= 0 and low[node] < low[path[depth]]:
                low[path[depth]] = low[node]
            if low[node] == number[node]:
                size = 0
                while True:
                    opened -= 1
                    member = open_ones[opened]
                    component[member] = blocks
                    size += 1
                    if member == node:
                        break
                block[blocks + 1] = block[blocks] + size
                blocks += 1
    place = block[:blocks].copy()
    order = np.empty(n, np.int32)
    for i in range(n):
        node = finished[i]
        order[place[component[node]]] = node
        place[component[node]] += 1
    return order, block[: blocks + 1].copy()


@_compiled
def scaled_rows(
    start: Longs, provider: Ints, amount: Floats, production: Floats, order: Ints, position: Ints
) -> tuple[Longs, Ints, Floats, Floats, Ints]:
    """The rows of `Prepared`: links in positions, per unit of product, parallel links added, zeros left out.

    Returns (`start`[n+1], `provider`[m'], `share`[m'], `own`[n] (own consumption per unit), `link`[m]).
    """
    n = len(order)
    size = len(provider)
    starts = np.zeros(n + 1, np.int64)
    providers = np.empty(size, np.int32)
    shares = np.empty(size, np.float64)
    own = np.zeros(n, np.float64)
    link = np.empty(size, np.int32)
    place = np.int64(0)
    for at in range(n):
        consumer = order[at]
        scale = 1.0 / production[consumer]
        previous = np.int32(-1)
        for edge in range(start[consumer], start[consumer + 1]):
            other = provider[edge]
            share = amount[edge] * scale
            if other == consumer:
                own[at] += share
                link[edge] = -1 - at
                continue
            if other == previous:
                shares[place - 1] += share
            else:
                providers[place] = position[other]
                shares[place] = share
                place += 1
                previous = other
            link[edge] = place - 1
        starts[at + 1] = place
    return starts, providers[:place].copy(), shares[:place].copy(), own, link


def ordered(edges: Edges) -> tuple[Ints, Ints, Ints]:
    """(`order`, `position`, `block`) of a database's links."""
    order, block = strong_components(edges.start, edges.provider)
    position: NDArray[np.int32] = np.empty(len(order), np.int32)
    position[order] = np.arange(len(order), dtype=np.int32)
    return order, position, block
