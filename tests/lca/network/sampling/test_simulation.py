"""Draws solved side by side against direct double solves of the same draws."""

import dataclasses

import numpy as np
import pytest

from tests.lca.network.sampling import build
from zuji.errors import InvalidInput
from zuji.lca.network.arrays import Network, Spreads
from zuji.lca.network.prepared import prepare
from zuji.lca.network.sampling import distributions, entries, randomness
from zuji.lca.network.sampling.options import (
    Amounts,
    Method,
    Presampled,
    Sampling,
    Together,
    UncertainFactors,
)
from zuji.lca.network.sampling.simulation import Simulation, simulate


def drawn(net: Network, asked: Sampling) -> tuple[np.ndarray, np.ndarray]:
    """Amounts of all links and interventions in every draw, [entries, draws], from public parts alone."""
    found = entries.uncertain(net, asked)
    result = []
    for part, amount in ((found.edges, net.edges.amount), (found.interventions, net.interventions.amount)):
        values = np.repeat(amount[:, None], asked.draws, axis=1)
        u = randomness.uniforms(randomness.keys(asked.seed, part.identity), np.arange(asked.draws))
        values[part.spreads.entry] = distributions.inverse(part.spreads, u)
        result.append(values)
    return result[0], result[1]


def oracle(net: Network, asked: Sampling, factors: np.ndarray) -> np.ndarray:
    edge, moved = drawn(net, asked)
    columns = [
        build.solved(net, edge[:, i], build.direct(net, moved[:, i], factors)) for i in range(asked.draws)
    ]
    return np.stack(columns, axis=1)


def weights(net: Network, factors: np.ndarray) -> np.ndarray:
    return build.direct(net, net.interventions.amount, factors) / net.processes.production


def everything(net: Network, **more: object) -> tuple[Simulation, Sampling, np.ndarray]:
    factors = np.random.default_rng(5).uniform(0.5, 2, len(net.interventions))
    asked = Sampling(products=tuple(range(len(net))), **more)  # type: ignore[arg-type]
    return simulate(prepare(net), weights(net, factors), asked, factors=factors), asked, factors


@pytest.mark.parametrize("seed", range(6))
def test_every_draw_equals_a_direct_solve_in_double(seed: int) -> None:
    net = build.tangled(seed=seed)
    found, asked, factors = everything(net, draws=40, seed=seed, double=True, tolerance=1e-12)
    expected = oracle(net, asked, factors)
    assert found.account.counted == 40
    size = np.abs(expected).max(axis=1)
    apart = np.abs(found.samples - expected).max(axis=1)
    some = found.nominal != 0
    assert np.all(apart[some] <= 1e-9 * size[some])
    assert np.all(found.samples[~some] == 0)  # what no emission reaches is exactly zero, not 1e-18


@pytest.mark.parametrize("seed", range(6))
def test_single_precision_stays_within_its_stated_error(seed: int) -> None:
    net = build.tangled(seed=seed, credits_share=0.0)
    found, asked, factors = everything(net, draws=64, seed=seed, tolerance=2e-6)
    expected = oracle(net, asked, factors)
    some = found.nominal != 0
    relative = np.abs(found.samples[some] / expected[some] - 1)
    assert relative.max() < 5e-6
    assert relative.max() <= found.account.error * 1.5
    assert found.account.error < 5e-6


def test_the_result_is_the_same_bits_on_any_number_of_threads_and_any_length() -> None:
    net = build.tangled(seed=3)
    one, _, _ = everything(net, draws=200, threads=1)
    for threads in (2, 5):
        more, _, _ = everything(net, draws=200, threads=threads)
        for name in ("mean", "sd", "least", "most", "quantiles", "quantile_error", "samples", "state"):
            np.testing.assert_array_equal(getattr(one, name), getattr(more, name))
    shorter, _, _ = everything(net, draws=75)
    np.testing.assert_array_equal(shorter.samples, one.samples[:, :75])
    other, _, _ = everything(net, draws=200, seed=1)
    assert not np.array_equal(other.samples, one.samples)


def test_statistics_are_those_of_all_draws() -> None:
    net = build.tangled(seed=4)
    found, _, _ = everything(net, draws=1000)
    some = found.sd > 0
    np.testing.assert_allclose(found.mean, found.samples.mean(axis=1), rtol=1e-10, atol=0)
    np.testing.assert_allclose(found.sd[some], found.samples.std(axis=1, ddof=1)[some], rtol=1e-9)
    np.testing.assert_allclose(found.least, found.samples.min(axis=1), rtol=1e-12)
    np.testing.assert_allclose(found.most, found.samples.max(axis=1), rtol=1e-12)
    apart = np.abs(found.quantiles - found.exact_quantiles())
    assert np.all(apart <= found.quantile_error + 1e-6 * np.abs(found.mean)[:, None])
    assert np.all(found.quantile_error[some, 1:4] < 0.35 * found.sd[some, None])
    steps = found.convergence(7)
    assert [step.draws for step in steps] == [16, 32, 64, 128, 256, 512, 1000]
    assert steps[-1].mean == pytest.approx(found.mean[7])
    assert steps[-1].standard_error == pytest.approx(found.sd[7] / 1000**0.5)


def chain(**spread: Spreads) -> Network:
    """0 buys 2 of 1, 1 buys 3 of 2, 2 emits 5: 30; 1 emits 1 too: 32."""
    return build.network([(0, 1, 2.0), (1, 2, 3.0)], [1.0, 1.0, 1.0], [(1, 1.0), (2, 5.0)], **spread)


def test_moments_of_a_chain_of_independent_lognormals_are_exact() -> None:
    """y0 = a (b1 + c e): the mean of a product of independent factors is the product of their means."""
    s = [0.2, 0.3, 0.1, 0.25]
    net = chain(
        edge_spreads=build.lognormal([0, 1], [2.0, 3.0], s[:2]),
        intervention_spreads=build.lognormal([0, 1], [1.0, 5.0], s[2:]),
    )
    factors = np.ones(2)
    draws = 1 << 16
    found = simulate(
        prepare(net), weights(net, factors), Sampling(draws=draws, products=(0,)), factors=factors
    )
    m1, m2 = [np.exp(x * x / 2) for x in s], [np.exp(2 * x * x) for x in s]
    inner = 1 * m1[2] + 3 * 5 * m1[1] * m1[3]
    inner2 = m2[2] + 2 * m1[2] * 15 * m1[1] * m1[3] + 225 * m2[1] * m2[3]
    mean = 2 * m1[0] * inner
    variance = 4 * m2[0] * inner2 - mean**2
    assert found.mean[0] == pytest.approx(mean, abs=4 * (variance / draws) ** 0.5)
    assert found.sd[0] == pytest.approx(variance**0.5, rel=0.02)
    assert found.nominal.tolist() == [32.0, 16.0, 5.0]
    assert abs(found.account.mean_error) < 0.01 * found.account.noise


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


def test_it_stops_once_the_products_asked_for_are_known() -> None:
    net = chain(edge_spreads=build.lognormal([0], [2.0], [0.2]))
    asked = Sampling(draws=100_000, products=(0,), standard_error=0.01)
    seen: list[tuple[int, int]] = []
    found = simulate(prepare(net), np.array([0.0, 1.0, 5.0]), asked, progress=lambda *x: seen.append(x))
    assert 300 < found.account.done < 600
    assert found.convergence(0)[-1].standard_error <= 0.01 * found.mean[0]
    assert seen[-1] == (found.account.done, 100_000)
    assert found.samples.shape == (1, found.account.done) == (1, len(found.state))


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


def test_memory_does_not_grow_with_the_draws() -> None:
    import tracemalloc

    net = build.tangled(seed=1, n=400)
    prepared, direct = prepare(net), weights(net, np.ones(len(net.interventions)))
    simulate(prepared, direct, Sampling(draws=128, threads=1))
    peaks = []
    for draws in (256, 4096):
        tracemalloc.start()
        simulate(prepared, direct, Sampling(draws=draws, threads=1))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]


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


def test_a_draw_equals_bw2calc() -> None:
    """The amounts of one draw handed to bw2calc as a database of its own."""
    import bw_processing as bwp

    from tests.lca import oracle as peer

    net = build.tangled(seed=11, n=80)
    found, asked, factors = everything(net, draws=20, double=True, tolerance=1e-12)
    edge, moved = drawn(net, asked)
    matrix = np.zeros((80, 80))
    np.add.at(matrix, (net.edges.provider, net.edges.consumer()), -edge[:, 17])
    matrix[np.diag_indices(80)] += net.processes.production
    row, column = np.nonzero(matrix)
    package = bwp.create_datapackage()

    def add(name: str, index: list[tuple[int, int]], values: np.ndarray) -> None:
        package.add_persistent_vector(
            matrix=name, indices_array=np.array(index, dtype=bwp.INDICES_DTYPE), data_array=values
        )

    add("technosphere_matrix", list(zip(row.tolist(), column.tolist(), strict=True)), matrix[row, column])
    add("biosphere_matrix", [(1000, i) for i in range(80)], build.direct(net, moved[:, 17], factors))
    add("characterization_matrix", [(1000, 1000)], np.ones(1))
    for product in (0, 33, 79):
        lca = peer.bw2calc.LCA({product: 1.0}, data_objs=[package])
        lca.lci()
        lca.lcia()
        assert found.samples[product, 17] == pytest.approx(lca.score, rel=1e-8)
