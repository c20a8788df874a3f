"""Draws, products and requests without an answer: said, counted, never dropped."""

import dataclasses

import numpy as np
import pytest

from tests.lca.network.sampling import build
from tests.lca.network.sampling.runs import chain, drawn, everything, oracle, weights
from zuji.errors import InvalidInput
from zuji.lca.network.prepared import prepare
from zuji.lca.network.sampling.options import (
    Amounts,
    Method,
    Presampled,
    Sampling,
)
from zuji.lca.network.sampling.simulation import simulate


def test_draws_without_a_footprint_are_reported_and_never_counted() -> None:
    """Two processes buy 0.9 and 1.0 of each other: a loop of 0.9, above one in a known share of the draws."""
    net = build.network(
        [(0, 1, 0.9), (1, 0, 1.0), (2, 0, 1.0)],
        [1.0, 1.0, 1.0],
        [(0, 1.0)],
        build.lognormal([0], [0.9], [0.1]),
    )
    factors = np.ones(1)
    asked = Sampling(draws=800, products=(0, 1, 2))
    found = simulate(prepare(net), weights(net, factors), asked, factors=factors)
    edge, _ = drawn(net, asked)
    loop = edge[0] * edge[1]
    account = found.account
    assert account.asked == account.done == 800
    assert account.counted + account.non_productive + account.slow + account.not_finite == 800
    assert np.array_equal(found.state == 2, loop >= 1)
    assert account.failed_share == pytest.approx(np.mean(loop >= 1))
    assert np.all(np.isnan(found.samples[:, found.state != 0]))
    counted = found.state == 0
    np.testing.assert_allclose(found.samples[0, counted], 1 / (1 - loop[counted]), rtol=2e-4)
    np.testing.assert_allclose(found.mean, found.samples[:, counted].mean(axis=1), rtol=1e-9)
    assert str(account.non_productive) in account.in_words("zh")
    assert f"non-productive {account.non_productive}" in account.in_words("en")


def test_a_process_that_may_consume_all_it_makes() -> None:
    net = build.network([(0, 0, 0.8)], [1.0], [(0, 1.0)], build.lognormal([0], [0.8], [0.2]))
    asked = Sampling(draws=320, products=(0,))
    found = simulate(prepare(net), np.ones(1), asked)
    own = drawn(net, asked)[0][0]
    assert np.array_equal(found.state == 2, own >= 1)
    counted = found.state == 0
    np.testing.assert_allclose(found.samples[0, counted], 1 / (1 - own[counted]), rtol=1e-4)


def test_all_draws_failing_leaves_no_number() -> None:
    net = build.network(
        [(0, 1, 0.9), (1, 0, 0.9)], [1.0, 1.0], [(0, 1.0)],
    )  # fmt: skip
    given = Presampled(Amounts.EDGES, np.array([0]), np.full((1, 32), 1.5))
    found = simulate(
        prepare(net), np.array([1.0, 0.0]), Sampling(draws=32, presampled=(given,), products=(0,))
    )
    assert found.account.counted == 0
    assert found.account.non_productive == 32
    assert np.all(np.isnan(found.mean))
    assert np.all(np.isnan(found.quantiles))
    assert np.all(np.isnan(found.convergence(0)[0].mean))


def test_zero_and_cancelling_intensities_are_safe() -> None:
    """1 emits nothing; 2 has a credit that cancels what it buys; 3 lives on 2 alone."""
    net = build.network(
        [(1, 1, 0.1), (2, 0, 1.0), (2, 4, -1.0), (3, 2, 2.0)],
        [1.0, 1.0, 1.0, 1.0, 1.0],
        [(0, 7.0), (4, 7.0)],
        build.lognormal([0, 1, 2, 3], [0.1, 1.0, -1.0, 2.0], [0.1, 0.2, 0.2, 0.1]),
    )
    factors = np.ones(2)
    found = simulate(
        prepare(net), weights(net, factors), Sampling(draws=640, products=(0, 1, 2, 3)), factors=factors
    )
    assert found.account.counted == 640
    assert np.all(found.samples[1] == 0)
    assert found.nominal[2] == found.nominal[3] == 0
    asked = Sampling(draws=640, products=(2,))
    edge, _ = drawn(net, asked)
    np.testing.assert_allclose(found.samples[2], 7 * (edge[1] + edge[2]), atol=2e-5)
    np.testing.assert_allclose(found.samples[3], 7 * (edge[1] + edge[2]) * edge[3], atol=5e-5)
    assert found.least[2] < 0 < found.most[2]
    assert np.all(np.abs(found.quantiles[2] - found.exact_quantiles()[2]) <= found.quantile_error[2] + 1e-5)


def test_products_without_a_nominal_footprint_are_left_out() -> None:
    net = build.tangled(seed=2)
    production = net.processes.production.copy()
    production[4] = 0.0
    net = dataclasses.replace(net, processes=dataclasses.replace(net.processes, production=production))
    factors = np.ones(len(net.interventions))
    prepared = prepare(net)
    with np.errstate(divide="ignore", invalid="ignore"):
        direct = weights(net, factors)
    with pytest.raises(InvalidInput):
        simulate(prepared, direct, Sampling(draws=16), factors=factors)
    found = simulate(prepared, direct, Sampling(draws=16, products=(4,)), factors=factors, partial=True)
    assert np.isnan(found.mean[4])
    assert np.all(np.isnan(found.samples))
    assert np.array_equal(np.isnan(found.mean), np.isnan(found.nominal))
    assert np.isfinite(found.mean).any()
    assert found.account.counted == 16


@pytest.mark.parametrize("gain", [0.5, 0.9, 0.97])
@pytest.mark.parametrize("seed", range(4))
def test_strong_loops_are_solved_to_the_error_that_is_stated(gain: float, seed: int) -> None:
    """A loop of the given gain, its links uncertain by 1 %: draws come near a gain of 1 and exceed it."""
    random = np.random.default_rng(seed)
    n = 12
    links = [(i, (i + 1) % n, gain ** (1 / n)) for i in range(n)] + [
        (i, (i * 5) % n, 0.001) for i in range(n)
    ]
    links.sort()
    amount = [link[2] for link in links]
    net = build.network(
        links, [1.0] * n, [(i, float(random.random())) for i in range(n)],
        build.lognormal(list(range(len(links))), amount, [0.01] * len(links)),
    )  # fmt: skip
    found, asked, factors = everything(net, draws=160, seed=seed)
    expected = oracle(net, asked, factors)
    counted = found.state == 0
    assert np.array_equal(counted, np.all(expected > 0, axis=0))
    apart = np.abs(found.samples[:, counted] / expected[:, counted] - 1).max()
    assert apart <= 3 * found.account.error  # an estimate, not a bound
    assert found.account.mean_error <= found.account.error < 2e-4
    assert found.account.slow == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"draws": 0}, {"seed": -1}, {"seed": 2**64}, {"tolerance": 1e-9}, {"quantiles": (0.0,)},
        {"method": "sobol", "draws": 1000}, {"draws": 9, "presampled": "short"},
    ],
)  # fmt: skip
def test_options_without_sense_are_refused(wrong: dict[str, object]) -> None:
    if "presampled" in wrong:
        wrong = wrong | {"presampled": (Presampled(Amounts.EDGES, np.array([0]), np.ones((1, 8))),)}
    if "method" in wrong:
        wrong = wrong | {"method": Method(wrong["method"])}
    with pytest.raises(InvalidInput, match="模拟选项"):
        Sampling(**wrong)  # type: ignore[arg-type]


def test_shapes_that_do_not_fit_are_refused() -> None:
    net = chain()
    prepared = prepare(net)
    for direct, more in (
        (np.ones(4), {}),
        (np.ones(3), {"factors": np.ones(5)}),
        (np.ones((3, 2)), {"factors": np.ones((2, 1))}),
    ):
        with pytest.raises(InvalidInput, match="不符"):
            simulate(prepared, direct, Sampling(draws=16), **more)
    with pytest.raises(InvalidInput, match="不符"):
        simulate(prepared, np.ones(3), Sampling(draws=16, products=(3,)))
