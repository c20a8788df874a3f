"""Where every drawn number goes: a simulation as rows, ready for the compiled loops."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats, Longs, Spreads, Truths
from zuji.lca.network.prepared import Prepared
from zuji.lca.network.sampling import distributions, randomness
from zuji.lca.network.sampling.entries import Entries, Uncertain, owners, per_run, without
from zuji.lca.network.sampling.options import Amounts, Presampled, Sampling

_LEAST = 1e-32  # beside the row's own size this is nothing in any precision used here
_SAME = 1e-9  # weights and factors agree to so much, relative to the gross direct intensity


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Entries drawn from spreads: row `target`[u] of x becomes `factor`[u] times the value."""

    spreads: Spreads
    key: randomness.Words
    target: Longs
    factor: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Presampled entries: row `target`[p] of x becomes `factor`[p] times a column of `values`; -1 is
    unused.
    """

    values: NDArray[np.floating]
    target: Longs
    factor: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Row (or position) `row`[i] is `base`[i] plus the rows `source`[start[i]:start[i+1]] of x."""

    row: Longs
    base: Floats
    start: Longs
    source: Longs


@dataclass(frozen=True, slots=True, eq=False)
class Directs:
    """Direct intensities of one category that vary: as `Sums`, each part times row `by` and `coefficient`."""

    sums: Sums
    by: Longs
    coefficient: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Scaled to u = y / (`scale`[n] · `typical`[k]), in positions; `scale` and `typical` are powers of two.

    `share`[m] and `w`[n, k] are the nominal values, `u`[n, k] the nominal solution, `weight`[n, k] the
    inverse of each product's nominal gross flow: what changes are measured by. `rows` is the length of x; row
    m of x is one. `dead`[n]: products without a nominal footprint; everything in their rows is zero,
    `pivot`[n] too. `positive`: no draw can bring a negative number. `by_exchange`: see `Uncertain`.
    """

    prepared: Prepared
    scale: Floats
    typical: Floats
    share: Floats
    w: Floats
    u: Floats
    weight: Floats
    pivot: Floats
    dead: Truths
    rows: int
    drawn: Drawn
    given: tuple[Given, ...]
    shares: Sums
    own: Sums
    directs: tuple[Directs, ...]
    positive: bool
    by_exchange: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """Entries of one array that one kernel fills: drawn or given, and the rows and factors they get."""

    of: Amounts
    entry: Longs
    size: Floats
    drawn: Entries | None
    given: Presampled | None
    target: Longs
    factor: Floats

    @classmethod
    def of_entries(cls, found: Entries) -> "_Source":
        size = distributions.magnitude(found.spreads)
        return cls(found.of, found.spreads.entry, size, found, None, *_blank(len(found)))

    @classmethod
    def of_given(cls, given: Presampled) -> "_Source":
        size = np.abs(given.values[:, :16]).max(axis=1, initial=0.0).astype(np.float64)
        size[size == 0] = 1.0
        return cls(given.of, np.asarray(given.entry, np.int64), size, None, given, *_blank(len(given.entry)))


def _blank(size: int) -> tuple[Longs, Floats]:
    return np.full(size, -1, np.int64), np.zeros(size)


def plan(
    prepared: Prepared,
    weights: Floats,
    nominal: Floats,
    factors: Floats | None,
    found: Uncertain,
    asked: Sampling,
    presampled: tuple[Presampled, ...],
) -> Plan:
    """Lays a simulation out: `weights` and `nominal` [n, k], `factors`[interventions, k] as in `simulate`."""
    gone: Truths = np.asarray(~np.isfinite(nominal).all(axis=1))
    weights, nominal = np.where(gone[:, None], 0.0, weights), np.where(gone[:, None], 0.0, nominal)
    per_unit = np.divide(1.0, prepared.network.processes.production, out=np.zeros(len(gone)), where=~gone)
    left = []
    for part in found.parts():
        taken = [given.entry for given in presampled if given.of is part.of]
        left.append(without(part, np.concatenate(taken)) if taken else part)
    sources = [_Source.of_entries(part) for part in left] + [_Source.of_given(given) for given in presampled]
    if factors is None:
        sources = [source for source in sources if source.of is Amounts.EDGES]
    gross = _gross(prepared, per_unit, nominal, weights, factors, sources)
    typical = _power(np.array([np.median(g[g > 0]) if np.any(g > 0) else 1.0 for g in gross.T]))
    scale = _power((gross / typical).max(axis=1))
    m = len(prepared.share)
    shares, own, rows = _edges(
        prepared, per_unit, scale, [s for s in sources if s.of is Amounts.EDGES], m + 1
    )
    directs: tuple[Directs, ...] = ()
    if factors is not None:
        rows = _interventions(sources, factors, asked, rows)
        directs = _directs(prepared, per_unit, scale[:, None] * typical, weights, factors, sources, asked)
    dead = gone[prepared.order]
    consumer = np.repeat(np.arange(len(prepared)), np.diff(prepared.start))
    unit = scale[:, None] * typical
    return Plan(
        prepared=prepared,
        scale=scale,
        typical=typical,
        share=_flushed(
            np.where(dead[consumer], 0.0, prepared.share) * scale[prepared.provider] / scale[consumer]
        ),
        w=_flushed(weights[prepared.order] / unit),
        u=nominal[prepared.order] / unit,
        weight=np.divide(unit, gross, out=np.zeros_like(gross), where=gross > 0),
        pivot=np.where(dead, 0.0, prepared.pivot),
        dead=dead,
        rows=rows,
        drawn=_drawn(sources, asked.seed),
        given=tuple(
            Given(source.given.values, source.target, source.factor)
            for source in sources
            if source.given is not None
        ),
        shares=shares,
        own=own,
        directs=directs,
        positive=_positive(prepared, weights, factors, left, presampled),
        by_exchange=found.by_exchange,
    )


def _drawn(sources: list[_Source], seed: int) -> Drawn:
    """All drawn entries, by distribution and then by row, so that rows are written one after another."""
    drawn = [source for source in sources if source.drawn is not None]
    spreads = [source.drawn.spreads for source in drawn if source.drawn is not None]
    together = Spreads(
        *(
            np.concatenate([getattr(s, name) for s in spreads])
            for name in ("entry", "shape", "centre", "scale")
        ),
        *(np.concatenate([getattr(s, name) for s in spreads]) for name in ("low", "high")),
    )
    identity = np.concatenate([source.drawn.identity for source in drawn if source.drawn is not None])
    target = np.concatenate([source.target for source in drawn])
    factor = np.concatenate([source.factor for source in drawn])
    order = np.lexsort((target, together.shape))
    order = order[target[order] >= 0]
    return Drawn(
        distributions.chosen(together, order),
        randomness.keys(seed, identity[order]),
        target[order],
        factor[order],
    )


def _edges(
    prepared: Prepared, per_unit: Floats, scale: Floats, sources: list[_Source], rows: int
) -> tuple[Sums, Sums, int]:
    """Gives the links their rows: the share itself where a link is alone there, else a row to be added up."""
    network = prepared.network
    consumer = network.edges.consumer()
    at = prepared.position[consumer]
    place = prepared.link.astype(np.int64)
    loop = place < 0
    ratio = scale[prepared.position[network.edges.provider]] / scale[at]
    factor = np.where(loop, 1.0, ratio) * per_unit[consumer]
    alone = np.zeros(len(place), np.bool_)
    alone[~loop] = np.bincount(place[~loop], minlength=len(prepared.share))[place[~loop]] == 1
    certain = np.ones(len(place), np.bool_)
    parts: list[tuple[Longs, Longs]] = []
    for source in sources:
        entry = source.entry
        certain[entry] = False
        row = np.where(alone[entry], place[entry], 0)
        scratch = np.flatnonzero(~alone[entry])
        row[scratch] = np.arange(rows, rows + len(scratch))
        rows += len(scratch)
        source.target[:] = row
        source.factor[:] = factor[entry]
        parts.append((place[entry[scratch]], row[scratch]))
    where = np.concatenate([part[0] for part in parts])
    row = np.concatenate([part[1] for part in parts])
    amount = np.where(certain, network.edges.amount * factor, 0.0)
    base: Floats = np.bincount(place[~loop], amount[~loop], len(prepared.share)).astype(np.float64)
    base_own: Floats = np.bincount(at[loop], amount[loop], len(prepared)).astype(np.float64)
    inner = where >= 0
    return (
        _sums(where[inner], row[inner], base),
        _sums(-1 - where[~inner], row[~inner], base_own),
        rows,
    )


def _sums(where: Longs, row: Longs, base: Floats) -> Sums:
    order = np.argsort(where, kind="stable")
    unique, count = np.unique(where, return_counts=True)
    start = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    return Sums(unique.astype(np.int64), base[unique.astype(np.int64)], start, row[order])


def _interventions(sources: list[_Source], factors: Floats, asked: Sampling, rows: int) -> int:
    """Gives interventions and factors rows of their own, relative to their size; what no category uses,
    none.
    """
    counted = np.any(factors != 0, axis=1)
    for source in sources:
        if source.of is Amounts.EDGES:
            continue
        used = (
            counted[source.entry] if source.of is Amounts.INTERVENTIONS else np.ones(len(source.entry), bool)
        )
        used &= source.size > 0
        source.target[used] = np.arange(rows, rows + int(used.sum()))
        rows += int(used.sum())
        size = source.size
        if source.of is Amounts.FACTORS and asked.factors is not None:
            size = asked.factors.value[source.entry]
        source.factor[used] = 1.0 / size[used]
    return rows


def _directs(
    prepared: Prepared,
    per_unit: Floats,
    unit: Floats,
    weights: Floats,
    factors: Floats,
    sources: list[_Source],
    asked: Sampling,
) -> tuple[Directs, ...]:
    """By category, the direct intensities that vary; everything certain is in their base."""
    network = prepared.network
    one = len(prepared.share)
    source = np.full(len(network.interventions), one, np.int64)
    amount = network.interventions.amount.copy()
    factor_row = np.full((len(asked.factors.value) if asked.factors else 0) + 1, one, np.int64)
    for given in sources:
        used = given.target >= 0
        if given.of is Amounts.INTERVENTIONS:
            source[given.entry[used]] = given.target[used]
            amount[given.entry[used]] = given.size[used]
            amount[given.entry[~used]] = 0.0
        elif given.of is Amounts.FACTORS:
            factor_row[given.entry[used]] = given.target[used]
    owner = owners(network)
    at = prepared.position[owner].astype(np.int64)
    rest = _rest(prepared, per_unit, weights, factors)
    found = []
    for c in range(factors.shape[1]):
        by = (
            np.full(len(source), one, np.int64)
            if asked.factors is None
            else factor_row[asked.factors.used[:, c]]
        )
        term = amount * factors[:, c] * per_unit[owner] / unit[at, c]
        varies = (factors[:, c] != 0) & ((source != one) | (by != one))
        base = np.bincount(at[~varies], term[~varies], len(prepared)) + rest[prepared.order, c] / unit[:, c]
        which = np.flatnonzero(varies)
        which = which[np.argsort(at[which], kind="stable")]
        sums = _sums(at[which], source[which], base)
        found.append(Directs(sums, by[which], _flushed(term[which])))
    return tuple(found)


def _rest(prepared: Prepared, per_unit: Floats, weights: Floats, factors: Floats) -> Floats:
    """What `weights` hold beyond the interventions; rounding is taken for nothing."""
    network = prepared.network
    rest = weights - per_run(network, network.interventions.amount, factors) * per_unit[:, None]
    size = _direct_size(prepared, per_unit, factors)
    return np.where(np.abs(rest) <= _SAME * size, 0.0, rest)


def _direct_size(prepared: Prepared, per_unit: Floats, factors: Floats) -> Floats:
    """float64[n, k]: the gross direct intensity, nothing cancelled."""
    network = prepared.network
    return per_run(network, np.abs(network.interventions.amount), np.abs(factors)) * per_unit[:, None]


def _gross(
    prepared: Prepared,
    per_unit: Floats,
    nominal: Floats,
    weights: Floats,
    factors: Floats | None,
    sources: list[_Source],
) -> Floats:
    """float64[n, k] in positions: what flows through each product before anything cancels, near enough.

    Zero only where no draw can bring anything but zero, or where that only arrives through products whose
    nominal flow is zero; then the scale is one.
    """
    import scipy.sparse

    own = np.abs(weights)
    if factors is not None:
        own = np.maximum(own, _direct_size(prepared, per_unit, factors))
        owner = owners(prepared.network)
        for source in sources:
            if source.of is Amounts.INTERVENTIONS:
                rows = owner[source.entry]
                for c, f in enumerate(factors.T):
                    size = source.size * np.abs(f[source.entry]) * per_unit[rows]
                    np.maximum.at(own[:, c], rows, size)
    n = len(prepared)
    links = scipy.sparse.csr_array((np.abs(prepared.share), prepared.provider, prepared.start), shape=(n, n))
    pivot = np.abs(np.nan_to_num(prepared.pivot))[:, None]
    gross = np.abs(nominal[prepared.order])
    for _ in range(2):
        gross = np.maximum(gross, pivot * (own[prepared.order] + links @ gross))
    return gross


def _power(x: Floats) -> Floats:
    """The power of two near each positive number; 1 for 0."""
    known = np.where((x > 0) & np.isfinite(x), x, 1.0)
    return np.exp2(np.clip(np.round(np.log2(known)), -1000, 1000))


def _flushed(x: Floats) -> Floats:
    return np.where(np.abs(x) < _LEAST, 0.0, x)


def _positive(
    prepared: Prepared,
    weights: Floats,
    factors: Floats | None,
    left: list[Entries],
    presampled: tuple[Presampled, ...],
) -> bool:
    """Whether no link and no direct intensity can be negative in any draw."""
    network = prepared.network
    if presampled or np.any(prepared.share < 0) or np.any(prepared.own < 0) or np.any(weights < 0):
        return False
    if not all(distributions.never_negative(part.spreads) for part in left if part.of is not Amounts.FACTORS):
        return False
    if factors is None:
        return True
    return bool(np.all(network.interventions.amount >= 0) and np.all(factors >= 0) and len(left[2]) == 0)
