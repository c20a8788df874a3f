"""First-order propagation against calculus, finite differences and Monte Carlo."""

import numpy as np
import pytest

from tests.lca.network.sampling import build
from zuji.lca.network.arrays import Network, Spreads
from zuji.lca.network.prepared import prepare
from zuji.lca.network.sampling import (
    Amounts,
    Method,
    Presampled,
    Propagation,
    Sampling,
    Together,
    UncertainFactors,
    simulate,
)
from zuji.lca.network.solving import intensities


def propagation(net: Network, factors: np.ndarray, asked: Sampling | None = None) -> Propagation:
    prepared = prepare(net)
    direct = build.direct(net, net.interventions.amount, factors) / net.processes.production
    return Propagation(prepared, intensities(prepared, direct).values, factors=factors, asked=asked)


def chain(**spread: Spreads) -> Network:
    """0 buys 2 of 1, 1 buys 3 of 2, 2 emits 5 and 1 emits 1: 32."""
    return build.network([(0, 1, 2.0), (1, 2, 3.0)], [1.0, 1.0, 1.0], [(1, 1.0), (2, 5.0)], **spread)


def test_a_product_of_lognormals_is_exact_in_its_logarithm() -> None:
    net = build.network(
        [(0, 1, 2.0), (1, 2, 3.0)], [1.0] * 3, [(2, 5.0)],
        build.lognormal([0, 1], [2.0, 3.0], [0.3, 0.4]), build.lognormal([0], [5.0], [0.2]),
    )  # fmt: skip
    found = propagation(net, np.ones(1)).of(0, 10.0)
    assert found.value == pytest.approx(300)
    assert found.ln_sd == pytest.approx((0.3**2 + 0.4**2 + 0.2**2) ** 0.5)
    assert [(c.of, c.entries) for c in found.contributors] == [
        (Amounts.EDGES, (1,)),
        (Amounts.EDGES, (0,)),
        (Amounts.INTERVENTIONS, (0,)),
    ]
    assert [c.elasticity for c in found.contributors] == pytest.approx([1, 1, 1])
    assert found.covered == pytest.approx(1)
    assert found.entries == 3


def test_a_sum_of_normals_is_exact() -> None:
    zero = np.zeros(2)
    normal = Spreads(
        np.array([0, 1]), np.full(2, 2, np.uint8), np.array([1.0, 5.0]), np.array([0.3, 0.4]), zero, zero
    )
    found = propagation(chain(intervention_spreads=normal), np.array([10.0, 1.0])).of(0)
    assert found.value == found.mean == pytest.approx(2 * (10 + 15))
    assert found.sd == pytest.approx(((20 * 0.3) ** 2 + (6 * 0.4) ** 2) ** 0.5)
    assert found.contributors[0].share == pytest.approx(36 / (36 + 2.4**2))


@pytest.mark.parametrize("seed", range(4))
def test_elasticities_equal_finite_differences(seed: int) -> None:
    net = build.tangled(seed=seed)
    factors = np.random.default_rng(seed).uniform(1, 2, len(net.interventions))
    base = build.solved(net, net.edges.amount, build.direct(net, net.interventions.amount, factors))
    product = int(np.argmax(np.abs(base)))
    found = propagation(net, factors).of(product, most=1000)
    for contributor in found.contributors[:25]:
        entry = contributor.entries[0]
        values = []
        for step in (1e-6, -1e-6):
            edge, moved = net.edges.amount.copy(), net.interventions.amount.copy()
            (edge if contributor.of is Amounts.EDGES else moved)[entry] *= 1 + step
            values.append(build.solved(net, edge, build.direct(net, moved, factors))[product])
        slope = (values[0] - values[1]) / 2e-6 / base[product]
        assert contributor.elasticity == pytest.approx(slope, rel=1e-4, abs=1e-8)
    assert sum(c.share for c in found.contributors) == pytest.approx(1)
    assert [c.share for c in found.contributors] == sorted(
        (c.share for c in found.contributors), reverse=True
    )


@pytest.mark.parametrize("seed", range(3))
def test_small_spreads_agree_with_monte_carlo(seed: int) -> None:
    net = build.tangled(seed=seed, credits_share=0.0, strength=0.4)
    factors = np.ones(len(net.interventions))
    prepared = prepare(net)
    direct = build.direct(net, net.interventions.amount, factors) / net.processes.production
    asked = Sampling(draws=4096, products=(3, 30))
    drawn = simulate(prepared, direct, asked, factors=factors)
    for at, product in enumerate((3, 30)):
        found = propagation(net, factors, asked).of(product)
        if found.value == 0:
            continue
        assert found.mean == pytest.approx(drawn.mean[product], rel=0.03)
        assert found.sd == pytest.approx(drawn.sd[product], rel=0.08)
        assert found.ln_sd == pytest.approx(np.log(drawn.samples[at]).std(), rel=0.08)


def test_entries_that_vary_as_one_add_up_before_they_are_squared() -> None:
    spread = build.lognormal([0, 1], [0.5, 0.5], [0.3, 0.3])
    links, moved = [(0, 1, 0.5), (0, 2, 0.5)], [(1, 1.0), (2, 1.0)]
    one = build.network(links, [1.0] * 3, moved, spread, shares=[0.5, 0.5], exchanges=[7, 7])
    found = propagation(one, np.ones(2)).of(0)
    assert found.ln_sd == pytest.approx(0.3)
    assert found.contributors[0].entries == (0, 1)
    two = build.network(links, [1.0] * 3, moved, spread, exchanges=[7, 8])
    assert propagation(two, np.ones(2)).of(0).ln_sd == pytest.approx(0.3 / 2**0.5)
    group = Sampling(together=(Together(Amounts.EDGES, np.array([0, 1])),))
    assert propagation(two, np.ones(2), group).of(0).ln_sd == pytest.approx(0.3)


def test_a_credit_that_varies_with_its_supply_takes_its_spread_away() -> None:
    spread = build.lognormal([0, 1], [1.0, -0.6], [0.3, 0.3])
    net = build.network([(0, 1, 1.0), (0, 2, -0.6)], [1.0] * 3, [(1, 1.0), (2, 1.0)], spread)
    apart = propagation(net, np.ones(2)).of(0)
    group = Sampling(together=(Together(Amounts.EDGES, np.array([0, 1])),))
    as_one = propagation(net, np.ones(2), group).of(0)
    assert apart.value == as_one.value == pytest.approx(0.4)
    assert as_one.ln_sd == pytest.approx(0.3)
    assert apart.ln_sd == pytest.approx((1 + 0.36) ** 0.5 * 0.3 / 0.4)


def test_uncertain_factors_and_presampled_entries() -> None:
    spread = build.lognormal([0], [10.0], [0.2])
    used = np.array([[0], [0]], np.int32)
    asked = Sampling(factors=UncertainFactors(np.array([10.0]), spread, used))
    net = chain(edge_spreads=build.lognormal([0], [2.0], [0.1]))
    found = propagation(net, np.array([10.0, 10.0]), asked).of(0)
    assert found.ln_sd == pytest.approx((0.2**2 + 0.1**2) ** 0.5)
    assert found.contributors[0].of is Amounts.FACTORS
    assert found.contributors[0].entries == (0,)
    given = Sampling(presampled=(Presampled(Amounts.EDGES, np.array([0]), np.ones((1, 1000))),))
    none = propagation(net, np.array([10.0, 10.0]), given).of(0)
    assert none.sd == 0
    assert none.contributors == ()


def test_nothing_uncertain_and_nothing_emitted() -> None:
    found = propagation(chain(), np.ones(2)).of(0)
    assert (found.sd, found.ln_sd, found.contributors, found.covered) == (0.0, 0.0, (), 0.0)
    still = propagation(chain(edge_spreads=build.lognormal([0], [2.0], [0.1])), np.zeros(2)).of(0)
    assert still.value == still.sd == 0.0
    assert np.isnan(still.ln_sd)


@pytest.mark.parametrize("method", [Method.LATIN_HYPERCUBE, Method.SOBOL])
def test_designed_draws_know_the_mean_much_better(method: Method) -> None:
    """Errors of the mean over 20 seeds, 64 draws, against a long plain run."""
    net = build.tangled(seed=6, credits_share=0.0)
    factors = np.ones(len(net.interventions))
    prepared = prepare(net)
    direct = build.direct(net, net.interventions.amount, factors) / net.processes.production
    long = simulate(prepared, direct, Sampling(draws=1 << 15, products=(10,)), factors=factors)
    truth = long.mean[10]

    def error(how: Method) -> float:
        means = [
            simulate(
                prepared, direct, Sampling(draws=64, seed=seed, products=(10,), method=how, designed=60),
                factors=factors,
            ).mean[10]
            for seed in range(20)
        ]  # fmt: skip
        return float(np.sqrt(np.mean((np.array(means) - truth) ** 2)))

    assert error(method) < 0.45 * error(Method.RANDOM)
    one = simulate(
        prepared, direct, Sampling(draws=64, products=(10,), method=method, designed=7), factors=factors
    )
    assert one.account.designed >= 7
    assert one.account.method is method
    assert one.account.counted == 64


def test_a_latin_hypercube_puts_one_draw_in_every_stratum() -> None:
    net = chain(edge_spreads=build.lognormal([0], [2.0], [0.3]))
    asked = Sampling(draws=50, products=(0,), method=Method.LATIN_HYPERCUBE)
    found = simulate(prepare(net), np.array([0.0, 1.0, 5.0]), asked)
    import scipy.stats

    u = scipy.stats.norm.cdf(np.log(found.samples[0] / 32) / 0.3)
    assert sorted(np.floor(u * 50).astype(int).tolist()) == list(range(50))
