"""Small seeded networks with what is hard: loops, credits, self consumption, parallel links."""

import dataclasses

import numpy as np
import scipy.sparse
import scipy.sparse.linalg

from zuji.lca.network.arrays import (
    CutOffs,
    Edges,
    Factors,
    Flows,
    Interventions,
    Network,
    Processes,
    Spreads,
    Strings,
)


def network(
    links: list[tuple[int, int, float]],
    production: list[float],
    interventions: list[tuple[int, float]],
    edge_spreads: Spreads | None = None,
    intervention_spreads: Spreads | None = None,
    shares: list[float] | None = None,
    exchanges: list[int] | None = None,
    names: list[str] | None = None,
) -> Network:
    """(consumer, provider, amount) links and (process, amount) interventions, both in the order of
    processes.
    """
    n = len(production)
    consumer = np.array([link[0] for link in links], np.int32)
    owner = np.array([row[0] for row in interventions], np.int32)
    named = Strings.of(names or [f"process {i}" for i in range(n)])
    blank = Strings.of([""] * n)
    none = np.zeros(0, np.int32)
    nothing = Strings.of([])
    return Network(
        Processes(
            named, blank, named, named, blank, blank, named, named, named, Strings.of(["kg"] * n),
            np.array(production, float), np.full(n, np.nan), np.zeros(n, bool), np.arange(n, dtype=np.int32),
            np.ones(n),
        ),
        Edges(
            np.searchsorted(consumer, np.arange(n + 1)).astype(np.int64),
            np.array([link[1] for link in links], np.int32),
            np.array([link[2] for link in links], float),
            np.array(exchanges if exchanges is not None else np.arange(len(links)) + 1000, np.int32),
            np.ones(len(links), np.uint8),
            np.array(shares if shares is not None else np.ones(len(links)), float),
        ),
        Flows(
            *[Strings.of(["CO2"])] * 3, Strings.of([""]), Strings.of([""]), Strings.of(["kg"]),
            Strings.of([""]),
            np.zeros(1, bool),
        ),
        Interventions(
            np.searchsorted(owner, np.arange(n + 1)).astype(np.int64),
            np.zeros(len(owner), np.int32),
            np.array([row[1] for row in interventions], float),
            np.arange(len(owner), dtype=np.int32),
        ),
        Factors(nothing, nothing, nothing, nothing, nothing, none, none, nothing, np.zeros(0)),
        CutOffs(none, none, nothing, nothing, np.zeros(0), nothing, nothing),
        edge_spreads or Spreads.none(),
        intervention_spreads or Spreads.none(),
        {"name": "made up"},
    )  # fmt: skip


def lognormal(entry: list[int], median: list[float], sigma: list[float]) -> Spreads:
    zero = np.zeros(len(entry))
    return Spreads(
        np.array(entry, np.int64), np.ones(len(entry), np.uint8), np.array(median, float),
        np.array(sigma, float),
        zero, zero,
    )  # fmt: skip


def spreads_of(amount: np.ndarray, seed: int, share: float = 0.7) -> Spreads:
    """All four distributions over a part of the amounts, signs kept."""
    random = np.random.default_rng(seed)
    entry = np.flatnonzero((random.random(len(amount)) < share) & (amount != 0))
    value = amount[entry]
    shape = random.integers(1, 5, len(entry)).astype(np.uint8)
    sigma = random.uniform(0.02, 0.3, len(entry))
    scale = np.where(shape == 1, sigma, np.where(shape == 2, np.abs(value) * sigma, 0.0))
    low = np.where(shape >= 3, np.minimum(value * (1 - sigma), value * (1 + sigma)), 0.0)
    high = np.where(shape >= 3, np.maximum(value * (1 - sigma), value * (1 + sigma)), 0.0)
    return Spreads(entry.astype(np.int64), shape, value.copy(), scale, low, high)


def tangled(n: int = 60, seed: int = 1, credits_share: float = 0.1, strength: float = 0.6) -> Network:
    """A connected tangle over many decades; parallel links, self links, a few credits and direct uptakes."""
    random = np.random.default_rng(seed)
    price = np.exp(random.normal(0, 5, n))
    links: list[tuple[int, int, float]] = []
    for consumer in range(n):
        providers = np.sort(random.integers(0, n, random.integers(1, 7)))
        value = random.random(len(providers))
        value *= strength * random.random() / value.sum()
        sign = np.where(random.random(len(providers)) < credits_share, -1.0, 1.0)
        links += [
            (consumer, int(p), float(s * v * price[consumer] / price[p]))
            for p, v, s in zip(providers, value, sign, strict=True)
        ]
    production = np.exp(random.normal(0, 2, n))
    links = [(c, p, a * float(production[c])) for c, p, a in links]
    moved = [
        (process, float(price[process] * production[process] * np.exp(random.normal(0, 1))))
        for process in range(n)
        for _ in range(int(random.integers(0, 3)))
    ]
    if credits_share:
        moved = [(p, -0.3 * a if random.random() < 0.1 else a) for p, a in moved]
    found = network(links, production.tolist(), moved)
    return dataclasses.replace(
        found,
        edge_spreads=spreads_of(found.edges.amount, seed + 1),
        intervention_spreads=spreads_of(found.interventions.amount, seed + 2),
    )


def solved(net: Network, edge: np.ndarray, direct: np.ndarray) -> np.ndarray:
    """Intensities by a sparse direct solve in double precision: `edge` amounts, `direct` per run."""
    n = len(net)
    production = net.processes.production
    own = scipy.sparse.csr_array((edge, (net.edges.consumer(), net.edges.provider)), shape=(n, n))
    matrix = scipy.sparse.diags_array(production) - own
    return scipy.sparse.linalg.spsolve(matrix.tocsc(), direct)


def owners(net: Network) -> np.ndarray:
    return np.repeat(np.arange(len(net)), np.diff(net.interventions.start))


def direct(net: Network, amount: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Direct indicator per run."""
    return np.bincount(owners(net), amount * factors, len(net))
