"""The compiled loops of this room: best-first growth of an upstream tree, and reachability."""

import heapq

import numpy as np
from numba import njit

from zuji.lca.network.arrays import Bytes, Floats, Ints, Longs

_compiled = njit(cache=True, nogil=True, boundscheck=False, error_model="numpy")


@_compiled
def grow(
    start: Longs,
    provider: Ints,
    share: Floats,
    pivot: Floats,
    w: Floats,
    y: Floats,
    root: Ints,
    demanded: Floats,
    least: float,
    max_nodes: int,
    max_depth: int,
    enough: float,
) -> tuple[int, Ints, Ints, Longs, Ints, Floats, float]:
    """Takes the largest open branch, lists it, opens its inputs, until nothing or no room is left.

    Branches are compared by |amount · y|, the upstream total they carry; equal ones by who was listed first.
    `least` is the smallest such total worth opening, `enough` the coverage (0…1) at which to stop. Returns
    the number of nodes, then by node: parent (-1), position, link (-1), depth, amount; and the sum of sizes
    of all branches that were not listed.
    """
    parent = np.empty(max_nodes, np.int32)
    place = np.empty(max_nodes, np.int32)
    link = np.empty(max_nodes, np.int64)
    depth = np.empty(max_nodes, np.int32)
    amount = np.empty(max_nodes, np.float64)
    # (-size, parent, link or root): the smallest tuple is the largest branch
    branches = [(0.0, np.int64(0), np.int64(0)) for _ in range(0)]
    closed = 0.0
    waiting = 0.0
    listed = 0.0
    for r in range(len(root)):
        size = abs(demanded[r] * y[root[r]])
        heapq.heappush(branches, (-size, np.int64(-1), np.int64(r)))
        waiting += size
    nodes = 0
    while len(branches) > 0 and nodes < max_nodes:
        left = closed + max(waiting, 0.0)
        if nodes > 0 and listed > 0.0 and listed >= enough * (listed + left):
            break
        key, above, which = heapq.heappop(branches)
        waiting += key
        if above < 0:
            at = root[which]
            taken = demanded[which]
            level = 0
            link[nodes] = -1
        else:
            at = provider[which]
            taken = amount[above] * pivot[place[above]] * share[which]
            level = depth[above] + 1
            link[nodes] = which
        parent[nodes] = above
        place[nodes] = at
        depth[nodes] = level
        amount[nodes] = taken
        gross = taken * pivot[at]
        listed += abs(gross * w[at])
        for e in range(start[at], start[at + 1]):
            size = abs(gross * share[e] * y[provider[e]])
            if size == 0.0:
                continue
            if level < max_depth and size >= least:
                heapq.heappush(branches, (-size, np.int64(nodes), np.int64(e)))
                waiting += size
            else:
                closed += size
        nodes += 1
    # added anew: the running sum has lost digits to what came and went
    left = closed
    for i in range(len(branches)):
        left -= branches[i][0]
    return (
        nodes,
        parent[:nodes].copy(),
        place[:nodes].copy(),
        link[:nodes].copy(),
        depth[:nodes].copy(),
        amount[:nodes].copy(),
        left,
    )


@_compiled
def upstream_has(start: Longs, provider: Ints, share: Floats, has: Bytes) -> Bytes:
    """Whether a row, or any row upstream of it over links that are not zero, has the property: uint8[n].

    Suppliers stand first, so that one pass settles everything but loops, which take a few more.
    """
    found = has.copy()
    changed = True
    while changed:
        changed = False
        for j in range(len(found)):
            if found[j]:
                continue
            for e in range(start[j], start[j + 1]):
                if share[e] != 0.0 and found[provider[e]]:
                    found[j] = 1
                    changed = True
                    break
    return found


@_compiled
def downstream_reaches(start: Longs, provider: Ints, share: Floats, from_rows: Bytes) -> Bytes:
    """Which rows supply, directly or not, the rows marked in `from_rows` (themselves included): uint8[n]."""
    found = from_rows.copy()
    n = len(found)
    stack = np.empty(n, np.int64)
    top = 0
    for j in range(n):
        if found[j]:
            stack[top] = j
            top += 1
    while top > 0:
        top -= 1
        j = stack[top]
        for e in range(start[j], start[j + 1]):
            i = provider[e]
            if share[e] != 0.0 and not found[i]:
                found[i] = 1
                stack[top] = i
                top += 1
    return found
