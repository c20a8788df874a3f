"""Spectral radii and worst loops against brute force."""

import itertools

import numpy as np
import pytest
import scipy.sparse
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zuji.lca.network.health.consumption import Matrix
from zuji.lca.network.health.cycles import gain, worst_cycle
from zuji.lca.network.health.radius import Certainty, perron, signed_radius


def irreducible(seed: int, size: int, density: float, decades: float) -> Matrix:
    """A strongly connected nonnegative matrix: a ring with chords, in units that differ by decades."""
    random = np.random.default_rng(seed)
    dense = np.where(random.random((size, size)) < density, random.random((size, size)), 0.0)
    ring = np.arange(size)
    dense[ring, np.roll(ring, -1)] += 0.1 + random.random(size)
    unit = 10 ** random.uniform(-decades, decades, size)
    return scipy.sparse.csr_matrix(dense * unit[:, None] / unit[None, :])


matrices = st.builds(
    irreducible,
    st.integers(0, 10**6),
    st.integers(2, 12),
    st.floats(0, 0.5),
    st.sampled_from([0.0, 3.0, 12.0]),
)


@given(matrices)
def test_the_bounds_hold_the_radius_whatever_the_units(matrix: Matrix) -> None:
    """Oracle: eigenvalues of the matrix in like units, which a change of units does not alter."""
    found = perron(matrix)
    exact = float(np.abs(np.linalg.eigvals(in_like_units(matrix))).max())
    assert found.radius.certainty is Certainty.PROVEN
    assert found.radius.low * (1 - 1e-9) <= exact <= found.radius.high * (1 + 1e-9)
    assert found.radius.high - found.radius.low <= 1e-6 * found.radius.high
    assert (found.right > 0).all()
    assert (found.left > 0).all()
    assert matrix @ found.right == pytest.approx(found.radius.value * found.right, rel=1e-3)
    assert matrix.T @ found.left == pytest.approx(found.radius.value * found.left, rel=1e-3)


def in_like_units(matrix: Matrix) -> np.ndarray:
    """The matrix with its ring, the only links that are surely there, scaled to equal size."""
    dense = matrix.toarray()
    unit = np.ones(len(dense))
    for i in range(len(dense) - 1):
        unit[i + 1] = unit[i] / dense[i, i + 1]
    return dense * unit[None, :] / unit[:, None]


def test_a_periodic_loop_does_not_mislead_the_iteration() -> None:
    ring = scipy.sparse.csr_matrix(np.array([[0, 4.0], [9.0, 0]]))
    assert perron(ring).radius.value == pytest.approx(6.0)


def test_a_slowly_mixing_ring_is_still_bounded_closely() -> None:
    size = 400
    dense = np.diag(np.linspace(0.5, 1.4, size - 1), 1)
    dense[-1, 0] = 0.7
    ring: Matrix = scipy.sparse.csr_matrix(dense)
    found = perron(ring).radius
    exact = float(np.exp((np.log(np.linspace(0.5, 1.4, size - 1)).sum() + np.log(0.7)) / size))
    assert found.low <= exact * (1 + 1e-9)
    assert found.high >= exact * (1 - 1e-9)
    assert found.high - found.low < 1e-6


@given(matrices, st.integers(0, 10**6))
def test_credits_never_raise_the_radius(matrix: Matrix, seed: int) -> None:
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], matrix.nnz)
    signed = scipy.sparse.csr_matrix((matrix.data * signs, matrix.indices, matrix.indptr), shape=matrix.shape)
    assume((signed.data < 0).any())
    absolute = perron(matrix).radius
    found = signed_radius(signed, absolute)
    assert found.value <= absolute.high * (1 + 1e-6)
    assert found.certainty is Certainty.COMPUTED


@settings(max_examples=300, deadline=None)
@given(st.builds(irreducible, st.integers(0, 10**6), st.integers(2, 5), st.floats(0, 0.9), st.just(0.0)))
def test_the_worst_loop_is_the_one_with_the_largest_geometric_mean(matrix: Matrix) -> None:
    """Oracle: every simple cycle of a small graph."""
    dense = matrix.toarray()
    best = 0.0
    for length in range(1, len(dense) + 1):
        for nodes in itertools.permutations(range(len(dense)), length):
            product = np.prod([dense[a, b] for a, b in zip(nodes, (*nodes[1:], nodes[0]), strict=True)])
            best = max(best, float(product) ** (1 / length))
    cycle = worst_cycle(matrix)
    assert gain(matrix, cycle) ** (1 / len(cycle)) == pytest.approx(best)
