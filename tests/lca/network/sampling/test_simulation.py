"""Draws solved side by side against direct double solves of the same draws."""

import numpy as np
import pytest

from tests.lca.network.sampling import build
from zuji.lca.network.arrays import Network
from zuji.lca.network.prepared import prepare
from zuji.lca.network.sampling import distributions, entries, randomness
from zuji.lca.network.sampling.options import Sampling
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
