"""Draws solved side by side against direct double solves of the same draws."""

import numpy as np
import pytest

from tests.lca.network.sampling import build
from tests.lca.network.sampling.runs import chain, drawn, everything, oracle, weights
from zuji.lca.network.prepared import prepare
from zuji.lca.network.sampling.options import (
    Sampling,
)
from zuji.lca.network.sampling.simulation import simulate


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


def test_it_stops_once_the_products_asked_for_are_known() -> None:
    net = chain(edge_spreads=build.lognormal([0], [2.0], [0.2]))
    asked = Sampling(draws=100_000, products=(0,), standard_error=0.01)
    seen: list[tuple[int, int]] = []
    found = simulate(prepare(net), np.array([0.0, 1.0, 5.0]), asked, progress=lambda *x: seen.append(x))
    assert 300 < found.account.done < 600
    assert found.convergence(0)[-1].standard_error <= 0.01 * found.mean[0]
    assert seen[-1] == (found.account.done, 100_000)
    assert found.samples.shape == (1, found.account.done) == (1, len(found.state))


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
