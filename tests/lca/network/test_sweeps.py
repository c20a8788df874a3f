"""The compiled passes over databases that do not fit into the cache."""

import numpy as np
import pytest
import scipy.sparse

from zuji.lca.network import sweeps

PROCESSES = 200_000


@pytest.fixture(scope="module")
def rows():
    """(start, provider, share) of a contracting system whose rows have 0 to 43 links, the last row none."""
    rng = np.random.default_rng(5)
    count = rng.integers(0, 44, PROCESSES)
    count[-1] = 0
    start = np.concatenate([[0], np.cumsum(count)]).astype(np.uint64)
    links = int(count.sum())
    assert links > 4_200_000  # a pass does not hold them in the cache
    provider = rng.integers(0, PROCESSES, links).astype(np.uint32)
    return start, provider, rng.uniform(0, 0.8 / count.max(), links)


def test_a_pass_that_asks_ahead_is_a_gauss_seidel_pass(rows):
    start, provider, share = rows
    w, pivot = np.linspace(1, 2, PROCESSES), np.linspace(0.9, 1.1, PROCESSES)
    wide = np.zeros((PROCESSES, 1))
    sweeps.sweep_many(*rows, pivot, w[:, None].copy(), wide, 0, PROCESSES)
    one = np.zeros(PROCESSES)
    sweeps.sweep(start, provider, share, pivot, w, one, 0, PROCESSES)
    assert one == pytest.approx(wide[:, 0], rel=1e-13)
    half = np.zeros(PROCESSES)
    for low, high in (
        (0, 7),
        (7, PROCESSES // 2),
        (PROCESSES // 2, PROCESSES - 1),
        (PROCESSES - 1, PROCESSES),
    ):
        sweeps.sweep(start, provider, share, pivot, w, half, low, high)
    assert np.array_equal(half, one)


def test_the_residual_and_the_bounding_pass_of_a_large_database(rows):
    start, provider, share = rows
    ones = np.ones(PROCESSES)
    w, own = np.linspace(1, 2, PROCESSES), np.linspace(0, 0.1, PROCESSES)
    matrix = scipy.sparse.csr_array(
        (share, provider.astype(np.int32), start.astype(np.int64)), shape=(PROCESSES, PROCESSES)
    )
    s = np.empty(PROCESSES)
    sweeps.residual_of_one(*rows, own, w, ones, s)
    assert s == pytest.approx(w + 1 + own + matrix @ ones, rel=1e-12)
    u, wide = 10 * ones, 10 * ones[:, None]
    theta = sweeps.sweep_above(*rows, 1 / (1 - own), s.copy(), u, 0, PROCESSES, True)
    least = sweeps.sweep_above_many(*rows, 1 / (1 - own), s[:, None].copy(), wide, 0, PROCESSES, True)
    assert u == pytest.approx(wide[:, 0], rel=1e-13)
    assert theta == pytest.approx(least, rel=1e-9)
