"""Amounts that do not vary each for itself: presampled, grouped, of one exchange, of one factor."""

import numpy as np
import pytest

from tests.lca.network.sampling import build
from tests.lca.network.sampling.runs import chain, drawn, everything, weights
from zuji.errors import InvalidInput
from zuji.lca.network.arrays import Network
from zuji.lca.network.prepared import prepare
from zuji.lca.network.sampling.options import (
    Amounts,
    Presampled,
    Sampling,
    Together,
    UncertainFactors,
)
from zuji.lca.network.sampling.simulation import simulate


def test_presampled_values_are_used_where_they_lie(tmp_path: object) -> None:
    net = build.tangled(seed=8)
    random = np.random.default_rng(1)
    which = np.array([3, 10, 40])
    values = net.edges.amount[which, None] * random.uniform(0.8, 1.2, (3, 70))
    values[1] = net.edges.amount[10] * values[0] / net.edges.amount[3]  # perfectly correlated
    file = np.memmap(f"{tmp_path}/values", np.float64, "w+", shape=values.shape)
    file[:] = values
    found, asked, factors = everything(
        net, draws=50, double=True, tolerance=1e-12, presampled=(Presampled(Amounts.EDGES, which, file),)
    )
    edge, moved = drawn(net, asked)
    edge[which] = values[:, :50]
    for i in range(50):
        wanted = build.solved(net, edge[:, i], build.direct(net, moved[:, i], factors))
        some = found.nominal != 0
        assert np.all(np.abs(found.samples[some, i] - wanted[some]) <= 1e-8 * np.abs(wanted[some]).max())
    single, _, _ = everything(net, draws=50, presampled=(Presampled(Amounts.EDGES, which, file),))
    np.testing.assert_allclose(
        single.samples, found.samples, rtol=1e-3, atol=1e-5 * np.abs(found.samples).max()
    )


def test_presampled_interventions() -> None:
    net = chain()
    values = np.array([[2.0, 0.0, -1.0, 4.0]])
    asked = Sampling(
        draws=4, products=(0,), presampled=(Presampled(Amounts.INTERVENTIONS, np.array([1]), values),)
    )
    factors = np.array([1.0, 10.0])
    found = simulate(prepare(net), weights(net, factors), asked, factors=factors)
    np.testing.assert_allclose(found.samples[0], 2 * (1 + 3 * 10 * values[0]), rtol=1e-6)


def test_entries_together_and_the_links_of_one_exchange_vary_as_one() -> None:
    """A market buys half and half from two suppliers: one exchange, so one random number."""
    spread = build.lognormal([0, 1], [0.5, 0.5], [0.3, 0.3])
    moved = [(1, 1.0), (2, 1.0)]
    links = [(0, 1, 0.5), (0, 2, 0.5)]

    def sd(net: Network, **more: object) -> float:
        asked = Sampling(draws=4096, products=(0,), **more)  # type: ignore[arg-type]
        return float(simulate(prepare(net), np.array([0.0, 1.0, 1.0]), asked).sd[0])

    one = build.network(links, [1.0] * 3, moved, spread, shares=[0.5, 0.5], exchanges=[7, 7])
    two = build.network(links, [1.0] * 3, moved, spread, exchanges=[7, 8])
    untold = build.network(links, [1.0] * 3, moved, spread, exchanges=[0, 0])
    group = Together(Amounts.EDGES, np.array([0, 1]))
    as_one = (np.exp(0.09) * (np.exp(0.09) - 1)) ** 0.5
    assert sd(one) == pytest.approx(as_one, rel=0.05)
    assert sd(two, together=(group,)) == pytest.approx(as_one, rel=0.05)
    assert sd(two) == pytest.approx(as_one / 2**0.5, rel=0.05)
    assert sd(untold) == pytest.approx(as_one / 2**0.5, rel=0.05)
    asked = Sampling(together=(Together(Amounts.EDGES, np.array([5])),))
    with pytest.raises(InvalidInput, match="第 5 项"):
        simulate(prepare(two), np.array([0.0, 1.0, 1.0]), asked)


def test_uncertain_factors_move_all_their_users_together() -> None:
    net = chain()
    used = np.array([[0], [0]], np.int32)
    spread = build.lognormal([0], [10.0], [0.2])
    asked = Sampling(draws=2048, products=(0, 2), factors=UncertainFactors(np.array([10.0]), spread, used))
    factors = np.array([10.0, 10.0])
    found = simulate(prepare(net), weights(net, factors), asked, factors=factors)
    np.testing.assert_allclose(found.samples[0] / found.samples[1], 32 / 5, rtol=1e-5)
    assert np.log(found.samples[0]).std() == pytest.approx(0.2, rel=0.05)


def test_several_categories_share_their_draws() -> None:
    net = build.tangled(seed=9)
    random = np.random.default_rng(4)
    factors = random.uniform(0.5, 2, (len(net.interventions), 3)) * [1.0, 1e-9, 1e6]
    both = np.stack([weights(net, column) for column in factors.T], axis=1)
    asked = Sampling(draws=48, products=(0, 5))
    found = simulate(prepare(net), both, asked, factors=factors)
    assert found.mean.shape == (60, 3)
    assert found.quantiles.shape == (60, 3, 5)
    assert found.samples.shape == (2, 3, 48)
    for c in range(3):
        alone = simulate(prepare(net), both[:, c], asked, factors=factors[:, c])
        np.testing.assert_allclose(
            found.mean[:, c], alone.mean, rtol=1e-4, atol=1e-5 * np.abs(alone.mean).max()
        )
        np.testing.assert_allclose(found.samples[:, c], alone.samples, rtol=1e-4, atol=0)
