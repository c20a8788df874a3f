"""Small networks whose every result a dense inverse gives: the oracle of this room."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from zuji.lca.network.arrays import (
    CutOffs,
    Edges,
    Factors,
    Floats,
    Flows,
    Interventions,
    Network,
    Processes,
    Spreads,
    Strings,
)
from zuji.lca.network.prepared import Prepared, prepare


@dataclass(frozen=True)
class World:
    """A network, prepared, and its answers by numpy.linalg; amounts per unit of product."""

    prepared: Prepared
    inputs: Floats
    """inputs[i, j]: units of product i for one unit of product j, own consumption on the diagonal."""
    characterised: Floats
    """Indicator units per run of each intervention."""
    direct: Floats
    intensities: Floats

    def supply(self, demand: dict[int, float]) -> Floats:
        wanted = np.zeros(len(self.prepared))
        for process, amount in demand.items():
            wanted[process] += amount
        return np.linalg.solve(np.eye(len(wanted)) - self.inputs, wanted)

    def total(self, demand: dict[int, float]) -> float:
        return float(sum(amount * self.intensities[process] for process, amount in demand.items()))


def network(
    inputs: Floats, production: Floats, exchanged: Floats, places: list[str] | None = None
) -> Network:
    """A network of `inputs`[i, j] per unit of product and `exchanged`[j, f] flow amounts per unit of product.

    Every second input is written as two exchanges, as data sets do.
    """
    n, flows = exchanged.shape
    start, provider, amount, exchange = [0], [], [], []
    for j in range(n):
        for i in np.flatnonzero(inputs[:, j]).tolist():
            parts = (0.25, 0.75) if (i + j) % 2 else (1.0,)
            for part in parts:
                provider.append(i)
                amount.append(part * inputs[i, j] * production[j])
                exchange.append(len(exchange))
        start.append(len(provider))
    rows = csr_array(exchanged * production[:, None])
    names = Strings.of(f"process {j}" for j in range(n))
    empty = Strings.of("" for _ in range(n))
    flow_names = Strings.of(f"flow {f}" for f in range(flows))
    no_text = Strings.of("" for _ in range(flows))
    m = len(provider)
    return Network(
        Processes(
            id=names,
            version=empty,
            name=names,
            name_en=names,
            location=Strings.of(places or [f"place {j % 3}" for j in range(n)]),
            category=Strings.of(f"category {j % 2}" for j in range(n)),
            product=names,
            product_name=names,
            product_name_en=names,
            unit=Strings.of("kg" for _ in range(n)),
            production=production,
            volume=np.full(n, np.nan),
            treats=np.zeros(n, np.bool_),
            dataset=np.arange(n, dtype=np.int32),
            share=np.ones(n),
        ),
        Edges(
            np.array(start, np.int64),
            np.array(provider, np.int32),
            np.array(amount, np.float64),
            np.array(exchange, np.int32),
            np.ones(m, np.uint8),
            np.ones(m),
        ),
        Flows(
            flow_names,
            flow_names,
            flow_names,
            no_text,
            no_text,
            flow_names,
            no_text,
            np.zeros(flows, np.bool_),
        ),
        Interventions(
            rows.indptr.astype(np.int64),
            rows.indices.astype(np.int32),
            rows.data,
            np.arange(rows.nnz, dtype=np.int32),
        ),
        Factors(*(Strings.of(()),) * 5, *(np.zeros(0, np.int32),) * 2, Strings.of(()), np.zeros(0)),
        CutOffs(*(np.zeros(0, np.int32),) * 2, *(Strings.of(()),) * 2, np.zeros(0), *(Strings.of(()),) * 2),
        Spreads.none(),
        Spreads.none(),
        {},
    )


def world(
    seed: int,
    n: int = 12,
    *,
    credits_too: bool = True,
    loops: bool = True,
    clean: tuple[int, ...] = (),
) -> World:
    """A random productive network; `clean` processes have no elementary flow. Amounts over six decades."""
    random = np.random.default_rng(seed)
    value = random.random((n, n)) * (random.random((n, n)) < 0.4)
    if not loops:
        value = np.triu(value, 1)
    sums = value.sum(axis=0)
    value *= 0.85 / np.where(sums > 0, sums, 1.0)
    price = 10.0 ** random.uniform(-3, 3, n)
    inputs = value * price[None, :] / price[:, None]
    if credits_too:
        inputs *= np.where((random.random((n, n)) < 0.1) & ~np.eye(n, dtype=bool), -0.5, 1.0)
    exchanged = random.random((n, 4)) * (random.random((n, 4)) < 0.5) * price[:, None]
    exchanged[list(clean)] = 0.0
    if credits_too:
        exchanged[:, 1] *= -1.0  # uptake
    production = 10.0 ** random.uniform(-1, 2, n)
    net = network(inputs, production, exchanged)
    factor = np.array([1.0, 1.0, 28.0, 0.0])
    characterised = net.interventions.amount * factor[net.interventions.flow]
    direct = exchanged @ factor
    intensities = np.linalg.solve((np.eye(n) - inputs).T, direct)
    return World(prepare(net), inputs, characterised, direct, intensities)
