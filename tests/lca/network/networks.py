"""Small databases written as a matrix, and their intensities in extended precision."""

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from zuji.lca.network.arrays import (
    CutOffs,
    Edges,
    Factors,
    Flows,
    Interventions,
    Network,
    Processes,
    Spreads,
    Strings,
)

Matrix = NDArray[np.float64]


def network(consumed: Matrix, direct: Matrix | None = None, production: Matrix | None = None) -> Network:
    """`consumed`[j, i]: what one run of process j takes of product i; `direct`[j, f]: elementary amounts."""
    n = len(consumed)
    consumer, provider = np.nonzero(consumed)
    texts = Strings.of(f"p{i}" for i in range(n))
    unsaid = Strings.of([""] * n)
    made = np.ones(n) if production is None else production
    processes = Processes(
        texts, unsaid, texts, texts, Strings.of(["CN"] * n), unsaid, texts, texts, texts,
        Strings.of(["kg"] * n), made, np.full(n, np.nan), np.zeros(n, np.bool_),
        np.arange(n, dtype=np.int32), np.ones(n),
    )  # fmt: skip
    edges = Edges(
        np.searchsorted(consumer, np.arange(n + 1)).astype(np.int64),
        provider.astype(np.int32),
        consumed[consumer, provider],
        np.zeros(len(consumer), np.int32),
        np.ones(len(consumer), np.uint8),
        np.ones(len(consumer)),
    )
    amounts = np.zeros((n, 1)) if direct is None else direct
    owner, flow = np.nonzero(amounts)
    names = Strings.of(f"f{i}" for i in range(amounts.shape[1]))
    blank = Strings.of([""] * amounts.shape[1])
    flows = Flows(names, names, names, blank, blank, blank, blank, np.zeros(amounts.shape[1], np.bool_))
    moved = Interventions(
        np.searchsorted(owner, np.arange(n + 1)).astype(np.int64),
        flow.astype(np.int32),
        amounts[owner, flow],
        np.zeros(len(owner), np.int32),
    )
    none = np.zeros(0, np.int32)
    empty = Strings.of([])
    return Network(
        processes, edges, flows, moved,
        Factors(empty, empty, empty, empty, empty, none, none, empty, np.zeros(0)),
        CutOffs(none, none, empty, empty, np.zeros(0), empty, empty),
        Spreads.none(), Spreads.none(), {"name": "test"},
    )  # fmt: skip


def exact(consumed: Matrix, weights: Matrix, production: Matrix | None = None) -> NDArray[np.longdouble]:
    """(I - M)⁻¹ w by factorisation and refinement with residuals in extended precision."""
    n = len(consumed)
    made = np.ones(n) if production is None else production
    wide = (
        np.eye(n, dtype=np.longdouble) - consumed.astype(np.longdouble) / made.astype(np.longdouble)[:, None]
    )
    factors = scipy.linalg.lu_factor(wide.astype(np.float64))
    found = np.zeros(weights.shape, np.longdouble)
    for _ in range(60):
        left = weights.astype(np.longdouble) - wide @ found
        found += scipy.linalg.lu_solve(factors, left.astype(np.float64))
    return found
