"""Consumption per unit of product as a matrix, and its strongly connected components."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from scipy.sparse.csgraph import breadth_first_order, connected_components

from zuji.lca.network.arrays import Ints, Network, Truths

Matrix = scipy.sparse.csr_matrix


def consumption(network: Network) -> Matrix:
    """M[j, p], units of p that one unit of j consumes; links of a pair added up, zeros left out.

    Intensities obey y = w + M y. Links that are not finite are left out: `examine` names them.
    """
    edges, size = network.edges, len(network)
    consumer = edges.consumer()
    with np.errstate(divide="ignore", invalid="ignore"):
        share = edges.amount / network.processes.production[consumer]
    good = np.isfinite(share)
    matrix = scipy.sparse.csr_matrix(
        (share[good], (consumer[good], edges.provider[good])), shape=(size, size)
    )
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix


@dataclass(frozen=True, slots=True, eq=False)
class Loops:
    """The components with a loop: processes in several, or one that consumes its own product."""

    members: tuple[NDArray[np.intp], ...]
    """Process indices of each, ascending; the largest component first."""


def loops(matrix: Matrix) -> Loops:
    """The strongly connected components that hold a loop."""
    count, label = connected_components(matrix, directed=True, connection="strong")
    size = np.bincount(label, minlength=count)
    own = np.zeros(count, bool)
    own[label[matrix.diagonal() != 0]] = True
    order = np.argsort(label, kind="stable")
    bounds = np.concatenate(([0], np.cumsum(size)))
    chosen = np.flatnonzero((size > 1) | own)
    found = [np.sort(order[bounds[c] : bounds[c + 1]]) for c in chosen]
    return Loops(tuple(sorted(found, key=lambda members: (-len(members), members[0]))))


def dependants(matrix: Matrix, sick: Truths) -> Ints:
    """For each process one of the `sick` ones that it is or depends on, -1 for none; int32[n]."""
    size = matrix.shape[0]
    sources = np.flatnonzero(sick)
    origin = np.full(size + 1, -1, np.int32)
    origin[sources] = sources
    # one extra node that leads to every sick process, and links turned towards the consumers
    links = matrix.tocoo()
    rows: NDArray[np.int64] = np.concatenate((links.col, np.full(len(sources), size)))
    columns: NDArray[np.int64] = np.concatenate((links.row, sources))
    graph: Matrix = scipy.sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size + 1, size + 1))
    order, before = breadth_first_order(graph, size, directed=True, return_predecessors=True)
    for node in order[1:].tolist():
        if origin[node] < 0:
            origin[node] = origin[before[node]]
    return origin[:size]
