"""The bounding vector of a certificate is what it says, whatever system it is swept in."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lca.network.networks import Matrix, exact, network
from tests.lca.network.test_solving import productive
from zuji.lca.network.courses import Course
from zuji.lca.network.ordering import ordered
from zuji.lca.network.prepared import Prepared, prepare
from zuji.lca.network.solving import intensities


def absolute(prepared: Prepared) -> Matrix:
    """|M| of a prepared system, dense, own consumption included."""
    n = len(prepared)
    dense = np.diag(np.abs(prepared.own))
    rows = np.repeat(np.arange(n), np.diff(prepared.start))
    np.add.at(dense, (rows, prepared.provider), np.abs(prepared.share))
    return dense


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32 - 1),
    n=st.integers(1, 60),
    density=st.floats(0.02, 0.5),
    spent=st.sampled_from([0.3, 0.7, 0.95]),
    credit=st.floats(0, 0.3),
    categories=st.sampled_from([1, 3]),
    idle=st.floats(0, 0.9),
)
def test_the_margin_that_a_sweep_claims_is_there(
    seed: int, n: int, density: float, spent: float, credit: float, categories: int, idle: float
) -> None:
    random = np.random.default_rng(seed)
    consumed = productive(random, n, density, spent, 6)
    consumed *= np.where(random.random((n, n)) < credit, -1.0, 1.0)
    consumed[np.diag_indices(n)] = random.random(n) * 0.04
    prepared = prepare(network(consumed))
    s = random.random((n, categories)) * (random.random((n, categories)) >= idle)
    u, theta = Course(prepared, categories).bounding(s)
    assert theta > 0.0
    left = u - absolute(prepared) @ u
    assert np.all(left >= theta * s - 1e-13 * u)


def test_a_hungry_pair_has_no_bounding_vector() -> None:
    consumed = np.array([[0.0, 2.0], [0.6, 0.0]])
    _, theta = Course(prepare(network(consumed)), 1).bounding(np.ones((2, 1)))
    assert not theta > 0.0


@pytest.mark.parametrize("share", [0.5, 0.3])
@pytest.mark.parametrize("categories", [1, 2])
def test_a_provider_that_cancels_to_zero_still_hands_on_its_error(categories: int, share: float) -> None:
    """p2 burdens 1 and is credited 1: its value is 0, its error need not be, and p3 consumes it."""
    consumed = np.zeros((4, 4))
    consumed[1, 0] = share
    consumed[2, 1] = -1.0 / share
    consumed[3, 2] = 5.0
    weights = np.zeros((4, categories))
    weights[0] = weights[2] = 1.0
    prepared = prepare(network(consumed))
    found = intensities(prepared, weights)
    assert np.all(np.abs(found.values - exact(consumed, weights)) <= found.error)
    assert found.certificate.proved
    assert np.all(found.error[2:] > 0.0)


def test_neighbours_in_a_loop_are_equally_long() -> None:
    random = np.random.default_rng(2)
    n = 500
    made = network(productive(random, n, 0.02, 0.7, 2))
    order, position, block = ordered(made.edges)
    assert np.array_equal(np.sort(order), np.arange(n))
    assert np.array_equal(position[order], np.arange(n))
    length = np.diff(made.edges.start)[order]
    sizes = np.diff(block)
    low = int(block[np.argmax(sizes)])
    assert sizes.max() > 256
    for first in (low, low + 128):
        assert np.all(np.diff(length[first : first + 128]) <= 0)
