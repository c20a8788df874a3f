"""The compiled loops over product systems: put in order once, then evaluated.

A foreground node's line takes `amount` units of something per unit of the node's own product: of background
product `item` where item ≥ 0, of node -1 - item of the same system where item < 0.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from zuji.lca.network.arrays import Bytes, Floats, Ints, Longs
from zuji.lca.network.ordering import strong_components

# no fast-math: sums are taken in one order, so that results are the same bytes on every worker
compiled = njit(cache=True, nogil=True, boundscheck=False, error_model="numpy")

FINE, NOT_PRODUCTIVE, NO_NUMBER = 0, 1, 2
UNKNOWN_BACKGROUND, UNKNOWN_NODE, NO_AMOUNT, LARGE_LOOP = 1, 2, 3, 4


class Rows(NamedTuple):
    """The arrays of `Systems` that every loop reads."""

    node_start: Longs
    line_start: Longs
    item: Ints
    amount: Floats
    sequence: Ints
    size: Ints


@compiled
def fault(node_start: Longs, line_start: Longs, item: Ints, amount: Floats, n: int) -> tuple[int, int]:
    """(what is wrong, line) of the first line that makes no sense, or (0, 0); n < 0: any background."""
    for system in range(len(node_start) - 1):
        nodes = node_start[system + 1] - node_start[system]
        for line in range(line_start[node_start[system]], line_start[node_start[system + 1]]):
            if not np.isfinite(amount[line]):
                return NO_AMOUNT, line
            if 0 <= n <= item[line]:
                return UNKNOWN_BACKGROUND, line
            if -1 - item[line] >= nodes:
                return UNKNOWN_NODE, line
    return 0, 0


@compiled
def ordered(node_start: Longs, line_start: Longs, item: Ints, largest: int) -> tuple[Ints, Ints, int]:
    """Suppliers first: `sequence`[nodes] (local numbers) and `size`[nodes] of the loop that begins there.

    Inside a loop `size` is 0 after its first node. Last comes the first system that has a loop of more than
    `largest` nodes, or -1.
    """
    sequence = np.empty(len(line_start) - 1, np.int32)
    size = np.ones(len(line_start) - 1, np.int32)
    for system in range(len(node_start) - 1):
        base, end = node_start[system], node_start[system + 1]
        nodes = end - base
        links, downward = _links(line_start, item, base, nodes)
        if downward:  # every node uses later ones only: the last comes first
            for place in range(nodes):
                sequence[base + place] = nodes - 1 - place
            continue
        start = np.zeros(nodes + 1, np.int64)
        provider = np.empty(links, np.int32)
        at = 0
        for node in range(nodes):
            for line in range(line_start[base + node], line_start[base + node + 1]):
                if item[line] < 0:
                    provider[at] = -1 - item[line]
                    at += 1
            start[node + 1] = at
        order, block = strong_components(start, provider)
        sequence[base:end] = order
        for b in range(len(block) - 1):
            if block[b + 1] - block[b] > largest:
                return sequence, size, system
            size[base + block[b] : base + block[b + 1]] = 0
            size[base + block[b]] = block[b + 1] - block[b]
    return sequence, size, -1


@compiled
def _links(line_start: Longs, item: Ints, base: int, nodes: int) -> tuple[int, bool]:
    """How many lines lead to nodes of the same system, and whether all lead to later ones."""
    links = 0
    downward = True
    for node in range(nodes):
        for line in range(line_start[base + node], line_start[base + node + 1]):
            if item[line] < 0:
                links += 1
                downward = downward and -1 - item[line] > node
    return links, downward


@compiled
def evaluate(rows: Rows, y: Floats, first: int, last: int, out: Floats, state: Bytes) -> None:
    """Results of systems first…last - 1: `out`[s, k] per unit of each one's first node, `state`[s].

    `y`[n, k] are the intensities. A loop is eliminated without pivoting. Where a pivot is not positive, it
    uses at least as much as it makes (for amounts without credits the pivots are positive exactly if it does
    not), and the result is not a number.
    """
    k = y.shape[1]
    most, widest = extent(rows, first, last)
    score = np.empty((most, k))
    place = np.zeros(most, np.int32)
    matrix = np.empty((widest, widest))
    right = np.empty((widest, k))
    for system in range(first, last):
        base, end = rows.node_start[system], rows.node_start[system + 1]
        fine = True
        at = base
        while at < end:
            b = rows.size[at]
            _equations(rows, base, at, b, y, score, place, matrix, right)
            fine = _solve(matrix, right, b) and fine
            for i in range(b):
                for c in range(k):
                    score[rows.sequence[at + i], c] = right[i, c]
            at += b
        row = system - first
        state[row] = FINE if fine else NOT_PRODUCTIVE
        for c in range(k):
            out[row, c] = score[0, c] if fine else np.nan
            if fine and not np.isfinite(score[0, c]):
                state[row] = NO_NUMBER


@compiled
def extent(rows: Rows, first: int, last: int) -> tuple[int, int]:
    """The most nodes of a system, and of a loop."""
    most, widest = 1, 1
    for system in range(first, last):
        most = max(most, rows.node_start[system + 1] - rows.node_start[system])
    for at in range(rows.node_start[first], rows.node_start[last]):
        widest = max(widest, rows.size[at])
    return most, widest


@compiled
def inside(rows: Rows, at: int, b: int, place: Ints, node: int) -> bool:
    """Whether a node belongs to the loop of `b` nodes that begins at `at`; `place` is right if it does."""
    return bool(place[node] < b and rows.sequence[at + place[node]] == node)


@compiled
def _equations(
    rows: Rows,
    base: int,
    at: int,
    b: int,
    y: Floats,
    score: Floats,
    place: Ints,
    matrix: Floats,
    right: Floats,
) -> None:
    """matrix · x = right for the scores x of the `b` nodes at `at`; all that they use is known in `score`."""
    k = y.shape[1]
    for i in range(b):
        place[rows.sequence[at + i]] = i
    for i in range(b):
        node = base + rows.sequence[at + i]
        for c in range(k):
            right[i, c] = 0.0
        for j in range(b):
            matrix[i, j] = 0.0
        matrix[i, i] = 1.0
        for line in range(rows.line_start[node], rows.line_start[node + 1]):
            other = rows.item[line]
            amount = rows.amount[line]
            if other >= 0:
                for c in range(k):
                    right[i, c] += amount * y[other, c]
            elif inside(rows, at, b, place, -1 - other):
                matrix[i, place[-1 - other]] -= amount
            else:
                for c in range(k):
                    right[i, c] += amount * score[-1 - other, c]


@compiled
def _solve(matrix: Floats, right: Floats, b: int) -> bool:
    """Solves in place; False where a pivot is not positive."""
    fine = True
    for i in range(b):
        fine = fine and matrix[i, i] > 0.0
        for j in range(i + 1, b):
            factor = matrix[j, i] / matrix[i, i]
            if factor != 0.0:
                for m in range(i + 1, b):
                    matrix[j, m] -= factor * matrix[i, m]
                for c in range(right.shape[1]):
                    right[j, c] -= factor * right[i, c]
    for i in range(b - 1, -1, -1):
        for c in range(right.shape[1]):
            value = right[i, c]
            for j in range(i + 1, b):
                value -= matrix[i, j] * right[j, c]
            right[i, c] = value / matrix[i, i]
    return fine
