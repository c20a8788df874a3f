"""A made-up inventory database with the shape of a real one. It is not ecoinvent and holds no real figure.

What is imitated (the properties were measured on published databases): about twelve inputs a process, one
strongly connected core of some three quarters of all processes, hubs that a third of all processes buy from
(electricity, heat, transport), recipes shared by the regional variants of a product, markets, losses as self
consumption, imports of electricity as loops, wastes handed to treatment, and coefficients over many decades.
It is productive by construction: the value of what a process buys is less than the value of what it sells.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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

VARIANTS = 7  # regional variants of a product, on average
REGIONS = 40
GRIDS = 3  # high, medium and low voltage
HUBS = 60
# where a recipe buys: hubs, anywhere, its neighbourhood, further down; calibrated on published factorisations
HUB, FAR, POWER, NEAR, LOCAL = 0.58, 0.585, 3.0, 2.5, 0.2


@dataclass(frozen=True)
class Shape:
    """How large and how dense."""

    processes: int = 23_794
    inputs: float = 13.8
    seed: int = 7
    categories: int = 24
    interventions: int = 14


def network(shape: Shape) -> Network:
    """A seeded database; the same shape gives the same arrays."""
    random = np.random.default_rng(shape.seed)
    n = shape.processes
    kind, region, first = _variants(random, n)
    consumer, provider, weight = _links(random, shape, kind, region, first)
    consumer, provider, weight = _merged(n, consumer, provider, weight)
    treats = random.random(n) < 0.05
    treats[: GRIDS * REGIONS] = False
    price = np.exp(random.normal(0, 4.2, int(kind.max()) + 1))[kind] * np.exp(random.normal(0, 0.1, n))
    spent = random.beta(7, 3.4, n)
    spent[: GRIDS * REGIONS] = 0.85
    total = np.bincount(consumer, weight, n)
    share = weight / total[consumer] * spent[consumer]
    amount = share * price[consumer] / price[provider]
    number = random.permutation(n).astype(np.int32)
    consumer, provider = number[consumer], number[provider]
    back = np.argsort(number)
    order = np.lexsort((provider, consumer))
    production = np.ones(n)
    edges = Edges(
        np.searchsorted(consumer[order], np.arange(n + 1)).astype(np.int64),
        provider[order],
        amount[order],
        np.zeros(len(order), np.int32),
        np.ones(len(order), np.uint8),
        np.ones(len(order)),
    )
    return _named(random, shape, edges, production, price[back], treats[back])


Index = NDArray[np.int32]


def _variants(random: np.random.Generator, n: int) -> tuple[Index, Index, Index]:
    """Product kind and region of each process, and the first process of each kind; kinds are contiguous."""
    grids = GRIDS * REGIONS
    left = n - grids
    drawn = np.minimum(1 + random.geometric(1 / VARIANTS, left), REGIONS)
    ends = np.cumsum(drawn)
    number = int(np.searchsorted(ends, left))
    sizes: NDArray[np.int64] = np.array([*[REGIONS] * GRIDS, *drawn[:number]], dtype=np.int64)
    if sizes.sum() < n:
        sizes = np.append(sizes, n - sizes.sum())
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    kind = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    within = np.arange(n, dtype=np.int32) - first[kind]
    start = random.integers(0, REGIONS, len(sizes))
    start[:GRIDS] = 0
    return kind, ((start[kind] + within) % REGIONS).astype(np.int32), first


def _links(
    random: np.random.Generator, shape: Shape, kind: Index, region: Index, first: Index
) -> tuple[Index, Index, NDArray[np.float64]]:
    """Recipes by kind, copied to every regional variant with its own suppliers and deviations."""
    kinds = len(first) - 1
    count = 2 + random.poisson(shape.inputs - 2, kinds)
    owner = np.repeat(np.arange(kinds), count)
    total = len(owner)
    hub = (random.zipf(1.3, total) - 1) % HUBS + GRIDS - 1
    far = (random.random(total) ** POWER * kinds).astype(np.int64)
    near = owner - random.geometric(1 / NEAR, total)
    loop = owner + random.geometric(1 / 200, total)
    draw = random.random(total)
    wanted = np.select([draw < HUB, draw < FAR, draw < 0.97], [hub, far, near], loop)
    core = int(0.78 * kinds)  # what comes after it is bought by nobody in the core
    wanted = np.where((wanted >= core) & (owner < core), far % core, wanted)
    wanted = np.clip(wanted, GRIDS - 1, kinds - 1)
    weight = np.exp(random.normal(0, 2.0, total))
    bounds = np.concatenate([[0], np.cumsum(count)])
    repeat = count[kind]
    consumer = np.repeat(np.arange(len(kind), dtype=np.int32), repeat)
    entry = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat) + bounds[kind[consumer]]
    supplier = wanted[entry]
    size = first[supplier + 1] - first[supplier]
    offset = (region[consumer] - region[first[supplier]]) % REGIONS
    market = first[supplier]  # the first variant of a kind is its market
    local = (offset < size) | (random.random(len(entry)) < LOCAL)
    provider = np.where(local, first[supplier] + offset % size, market).astype(np.int32)
    value = weight[entry] * np.exp(random.normal(0, 0.3, len(entry)))
    keep = (consumer >= GRIDS * REGIONS) & (provider != consumer)
    extra = [_grids(random, kinds, first), _markets(random, first)]
    return (
        np.concatenate([consumer[keep], *(part[0] for part in extra)]).astype(np.int32),
        np.concatenate([provider[keep], *(part[1] for part in extra)]).astype(np.int32),
        np.concatenate([value[keep], *(part[2] for part in extra)]),
    )


def _grids(random: np.random.Generator, kinds: int, first: Index) -> tuple[Index, Index, NDArray[np.float64]]:
    """Each region's voltage levels: losses, the level above, its neighbours, and power stations."""
    rows: list[tuple[int, int, float]] = []
    for place in range(REGIONS):
        high, medium, low = place, REGIONS + place, 2 * REGIONS + place
        rows += [(medium, high, 1.0), (low, medium, 1.0), (low, low, 0.03), (medium, medium, 0.01)]
        rows += [(high, (place + step) % REGIONS, 0.05) for step in (1, 3, REGIONS - 1)]
        stations = GRIDS + random.integers(0, min(400, kinds - GRIDS), 8)
        for station in stations:
            size = first[station + 1] - first[station]
            rows.append((high, int(first[station] + random.integers(size)), float(random.random())))
    return tuple(np.array(column) for column in zip(*rows, strict=True))  # type: ignore[return-value]


def _markets(random: np.random.Generator, first: Index) -> tuple[Index, Index, NDArray[np.float64]]:
    """The first variant of every larger kind buys from all the others, as a market does."""
    size = np.diff(first)
    large = np.flatnonzero((size > 2) & (np.arange(len(size)) >= GRIDS))
    repeat = size[large] - 1
    consumer = np.repeat(first[large], repeat)
    within = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat) + 1
    return consumer, (consumer + within).astype(np.int32), 12 * random.random(len(consumer))


def _merged(
    n: int, consumer: Index, provider: Index, weight: NDArray[np.float64]
) -> tuple[Index, Index, NDArray[np.float64]]:
    key = consumer.astype(np.int64) * n + provider
    unique, inverse = np.unique(key, return_inverse=True)
    rows, columns = (unique // n).astype(np.int32), (unique % n).astype(np.int32)
    return rows, columns, np.bincount(inverse, weight).astype(np.float64, copy=False)


def _named(
    random: np.random.Generator,
    shape: Shape,
    edges: Edges,
    production: NDArray[np.float64],
    price: NDArray[np.float64],
    treats: NDArray[np.bool_],
) -> Network:
    n = len(production)
    flows = 1_200
    number = random.poisson(shape.interventions, n)
    start = np.concatenate([[0], np.cumsum(number)]).astype(np.int64)
    flow = np.minimum(random.zipf(1.25, start[-1]) - 1, flows - 1).astype(np.int32)
    owner = np.repeat(np.arange(n), number)
    amount = price[owner] * np.exp(random.normal(-4, 3, len(flow)))
    keys = Strings.of(f"process {i}" for i in range(n))
    unsaid = Strings.of([""] * n)
    processes = Processes(
        keys, unsaid, keys, keys, unsaid, unsaid, keys, keys, keys,
        Strings.of(["kg"] * n), production, np.full(n, np.nan), treats,
        np.arange(n, dtype=np.int32), np.ones(n),
    )  # fmt: skip
    names = Strings.of(f"flow {i}" for i in range(flows))
    blank = Strings.of([""] * flows)
    listed = np.flatnonzero(random.random((shape.categories, flows)) < 0.25)
    labels = Strings.of(f"category {i}" for i in range(shape.categories))
    factors = Factors(
        Strings.of(["generated"] * shape.categories), labels, labels, labels,
        Strings.of(["kg"] * shape.categories),
        (listed // flows).astype(np.int32), (listed % flows).astype(np.int32),
        Strings.of([""] * len(listed)), np.exp(random.normal(0, 2, len(listed))),
    )  # fmt: skip
    table = Flows(
        names, names, names, blank, blank, Strings.of(["kg"] * flows), blank, np.zeros(flows, np.bool_)
    )
    none = np.zeros(0, np.int32)
    return Network(
        processes,
        edges,
        table,
        Interventions(start, flow, amount, np.zeros(len(flow), np.int32)),
        factors,
        CutOffs(none, none, Strings.of([]), Strings.of([]), np.zeros(0), Strings.of([]), Strings.of([])),
        _spreads(random, edges.amount),
        _spreads(random, amount),
        {"name": f"generated, {n} processes", "licence": "none: no real figure"},
    )


def _spreads(random: np.random.Generator, amount: NDArray[np.float64]) -> Spreads:
    """Lognormal everywhere, GSD between 1.05 and 1.65."""
    size = len(amount)
    zero = np.zeros(size)
    return Spreads(
        np.arange(size, dtype=np.int64),
        np.ones(size, np.uint8),
        amount,
        random.uniform(0.05, 0.5, size),
        zero,
        zero,
    )
