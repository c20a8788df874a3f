"""The worst loop of a component: the cycle whose links have the largest geometric mean."""

import numpy as np
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats
from zuji.lca.network.health.consumption import Matrix

_ROUNDS = 1000
_LEAST = 1e-9


def worst_cycle(matrix: Matrix) -> tuple[int, ...]:
    """The cycle of an irreducible nonnegative matrix with the largest geometric mean, as its nodes in order.

    Howard's policy iteration on the logarithms: each node follows one link; the best cycle of these is
    kept, and links are exchanged while that improves a node's way, until a better cycle closes or none
    can. Empty where there is no cycle.
    """
    matrix = matrix.tocsr()
    if matrix.nnz == 0 or (np.diff(matrix.indptr) == 0).any():
        return ()
    weight = np.log(matrix.data)
    start, target = matrix.indptr[:-1], matrix.indices
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    policy = _best(weight, start, row)
    potential = np.zeros(matrix.shape[0])
    mean, cycle = -np.inf, list[int]()
    for _ in range(_ROUNDS):
        found, nodes = _best_cycle(target[policy], weight[policy])
        if found > mean:
            mean, cycle = found, nodes
            _settle(potential, target[policy], weight[policy] - mean, cycle[0])
        value = weight - mean + potential[target]
        best = _best(value, start, row)
        better = value[best] > potential + _LEAST * (1 + np.abs(potential))
        if not better.any():
            break  # no link leads higher: by summing around it, no cycle has a larger mean
        policy = np.where(better, best, policy)
        potential = np.where(better, value[best], potential)
    return tuple(cycle)


def gain(matrix: Matrix, cycle: tuple[int, ...]) -> float:
    """What one unit of product takes back of itself along the cycle: the product of its links."""
    result = 1.0
    for node, following in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
        result *= float(matrix[node, following])
    return result


def _best(value: Floats, start: NDArray[np.int32], row: NDArray[np.intp]) -> NDArray[np.intp]:
    """The position of the largest value of each row; the first of equals."""
    largest = np.maximum.reduceat(value, start)
    hits = np.flatnonzero(value == largest[row])
    _, first = np.unique(row[hits], return_index=True)
    return hits[first]


def _best_cycle(following: NDArray[np.int32], weight: Floats) -> tuple[float, list[int]]:
    """The cycle with the largest mean where every node has one link."""
    state = [0] * len(following)
    ways, weights = following.tolist(), weight.tolist()
    best: tuple[float, list[int]] = (-np.inf, [])
    for begin in range(len(ways)):
        node, path = begin, []
        while state[node] == 0:
            state[node] = begin + 1
            path.append(node)
            node = ways[node]
        if path and state[node] == begin + 1:
            cycle = path[path.index(node) :]
            mean = sum(weights[i] for i in cycle) / len(cycle)
            if mean > best[0]:
                best = (mean, cycle)
    return best


def _settle(potential: Floats, following: NDArray[np.int32], weight: Floats, root: int) -> None:
    """Sets the potential of every node whose way leads to `root` to the weight of that way."""
    order = np.argsort(following, kind="stable")
    bounds = np.searchsorted(following[order], np.arange(len(following) + 1))
    potential[root] = 0.0
    front, seen = [root], {root}
    while front:
        node = front.pop()
        for other in order[bounds[node] : bounds[node + 1]].tolist():
            if other not in seen:
                seen.add(other)
                potential[other] = potential[node] + weight[other]
                front.append(other)
