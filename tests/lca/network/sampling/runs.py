"""Simulations of small networks, and the same draws solved directly in double precision."""

import numpy as np

from tests.lca.network.sampling import build
from zuji.lca.network.arrays import Network, Spreads
from zuji.lca.network.prepared import prepare
from zuji.lca.network.sampling import distributions, entries, randomness
from zuji.lca.network.sampling.options import (
    Sampling,
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


def chain(**spread: Spreads) -> Network:
    """0 buys 2 of 1, 1 buys 3 of 2, 2 emits 5: 30; 1 emits 1 too: 32."""
    return build.network([(0, 1, 2.0), (1, 2, 3.0)], [1.0, 1.0, 1.0], [(1, 1.0), (2, 5.0)], **spread)
