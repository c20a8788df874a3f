"""First-order (delta) propagation: how uncertain one product is and what makes it so, without a draw.

One forward solve gives how much of every product stands behind the demand (x), the adjoint gives what a unit
of each carries (y). So the derivative of the footprint by the amount of a link is x[consumer] / production ·
y[provider], by an intervention x / production · factor, and by a factor Σ x / production · amount. Entries
that share their random number add up before they are squared.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats, Ints, Longs
from zuji.lca.network.prepared import Prepared
from zuji.lca.network.sampling import distributions
from zuji.lca.network.sampling.entries import Entries, Uncertain, owners, uncertain
from zuji.lca.network.sampling.options import Amounts, Sampling, UncertainFactors

if TYPE_CHECKING:
    from zuji.lca.network.loops import Loop


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """An entry, or entries that vary as one, and its part of the variance.

    `entries` index the array `of`; `elasticity` is the relative change of the footprint for a relative change
    of the entry; `share` is the part of the variance of the footprint (all contributors together: 1).
    """

    of: Amounts
    entries: tuple[int, ...]
    elasticity: float
    share: float


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FirstOrder:
    """The footprint of a demand as a random number, to first order.

    `value` at the nominal amounts, `mean` with every amount at its mean, `sd` of the footprint; `ln_sd` of
    its logarithm, from elasticities, which is nearer the truth where lognormal entries dominate (not a number
    where the footprint is not positive). `contributors`, largest first; `covered` is their part of the
    variance and `entries` how many uncertain entries there are in all.
    """

    value: float
    mean: float
    sd: float
    ln_sd: float
    contributors: tuple[Contributor, ...]
    covered: float
    entries: int


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Entries of one array: their effect is `per_run`[u] · runs[`row`[u]], relative to their own spread.

    `per_run` is the derivative of the footprint by one standard deviation of the entry per run of `row`;
    `log_run` by one standard deviation of its logarithm; `shift_run` by moving it from nominal to mean;
    `own_run` by its whole nominal amount. `group`[u] numbers
    the identities of `Propagation`, `by_group` sorts them; `room` is how many there were before presampled
    ones were taken out.
    """

    of: Amounts
    entry: Longs
    row: Ints
    per_run: Floats
    log_run: Floats
    shift_run: Floats
    own_run: Floats
    group: NDArray[np.intp]
    by_group: NDArray[np.intp]
    room: int


class Propagation:
    """Everything about a network and a category that does not depend on the demand; each question is then
    fast.

    `nominal`[n], the intensities of one category, and `factors`[interventions] as in `simulate`, one
    category. On 24,000 processes a question takes about 10 ms, most of it the forward solve.
    """

    def __init__(
        self,
        prepared: Prepared,
        nominal: Floats,
        *,
        factors: Floats | None = None,
        asked: Sampling | None = None,
        found: Uncertain | None = None,
    ) -> None:
        from zuji.lca.network.solving import transposed

        options = asked or Sampling()
        known = found or uncertain(prepared.network, options)
        self._prepared = prepared
        self._nominal = nominal
        nominal = np.nan_to_num(nominal)
        made = prepared.network.processes.production
        self._per_unit = np.divide(1.0, made, out=np.zeros(len(made)), where=made > 0)
        self._backward = transposed(prepared)
        self._loops: dict[int, Loop] = {}
        taken = {of: [given.entry for given in options.presampled if given.of is of] for of in Amounts}
        parts = [_edges(prepared, nominal, known.edges)]
        if factors is not None:
            parts.append(_interventions(prepared, factors, known.interventions))
            if options.factors is not None:
                parts.append(_factors(prepared, factors, known.factors, options.factors))
        identity = np.concatenate([part[1] for part in parts])
        lengths = np.cumsum([len(part[1]) for part in parts])[:-1]
        unique, group = np.unique(identity, return_inverse=True)
        self._alone = len(unique) == len(identity)
        self._groups = len(unique)
        if self._alone:  # in their own order, so that nothing needs to be gathered
            group = np.arange(len(identity))
        self._parts = [
            _without(_Part(*part[0], own, np.argsort(own, kind="stable"), len(own)), taken)
            for part, own in zip(parts, np.split(group, lengths), strict=True)
        ]

    def of(
        self,
        process: int,
        amount: float = 1.0,
        *,
        most: int = 20,
        supply: Floats | None = None,
    ) -> FirstOrder:
        """The uncertainty of `amount` units of the product of `process`, with the `most` largest
        contributors.

        `supply`[n]: the total supply for this demand, solved here if not given.
        """
        if supply is None:
            demand = np.zeros(len(self._prepared))
            demand[process] = amount
            supply = self._supply(demand)
        value = float(amount * self._nominal[process])
        runs = np.nan_to_num(supply) * self._per_unit
        effect, log_effect, shift = self._effects(runs)
        variance = effect * effect
        total = float(variance.sum())
        ln_sd = float(np.sqrt((log_effect**2).sum()) / value) if value > 0 else float("nan")
        top = _largest(variance, total, most)
        return FirstOrder(
            value=value,
            mean=value + shift,
            sd=float(np.sqrt(total)),
            ln_sd=ln_sd,
            contributors=tuple(
                Contributor(
                    of=self._at(group)[0][0].of,
                    entries=next(iter(self.members(group).values())),
                    elasticity=self._whole(group, runs) / value if value else float("nan"),
                    share=float(variance[group]) / total,
                )
                for group in top.tolist()
            ),
            covered=float(variance[top].sum()) / total if total else 0.0,
            entries=sum(len(part.entry) for part in self._parts),
        )

    def importance(self, demand: Floats) -> Floats:
        """float64[groups]: variance that each identity brings to Σ demand · y, to first order."""
        effect = self._effects(self._supply(demand) * self._per_unit)[0]
        return np.asarray(effect * effect)

    def members(self, group: int) -> dict[Amounts, tuple[int, ...]]:
        """The entries of an identity, by array."""
        return {part.of: tuple(np.unique(part.entry[at]).tolist()) for part, at in self._at(group)}

    def _at(self, group: int) -> list[tuple[_Part, NDArray[np.intp]]]:
        """Where an identity's entries stand."""
        found = []
        for part in self._parts:
            low, high = np.searchsorted(part.group, [group, group + 1], sorter=part.by_group)
            if high > low:
                found.append((part, part.by_group[low:high]))
        return found

    def _whole(self, group: int, runs: Floats) -> float:
        """The part of the footprint that is proportional to an identity's entries."""
        return sum(float(runs[part.row[at]] @ part.own_run[at]) for part, at in self._at(group))

    def _supply(self, demand: Floats) -> Floats:
        """x = demand + Mᵀ x to about 1e-8, more than a first-order answer is worth.

        Loops that a few sweeps cannot settle are factorised once for all questions.
        """
        from zuji.lca.network.courses import Course
        from zuji.lca.network.sweeps import sweep

        backward = self._backward
        start, provider = backward.start.view(np.uint64), backward.provider.view(np.uint32)
        wanted = demand[backward.order]
        x = np.zeros_like(wanted)
        settled = np.isfinite(backward.pivot).all() and not self._loops
        for low, high, loop in backward.runs() if settled else ():
            for _ in range(_SWEEPS if loop else 1):
                change = sweep(start, provider, backward.share, backward.pivot, wanted, x, low, high)
                if change <= _SETTLED:
                    break
            settled &= not loop or change <= _SETTLED
        if not settled:
            column = np.zeros((len(wanted), 1))
            Course(backward, 1, self._loops).run(np.ascontiguousarray(wanted[:, None]), column)
            x = column[:, 0]
        return np.asarray(x[backward.position])

    def _effects(self, runs: Floats) -> tuple[Floats, Floats, float]:
        """By identity: effect of one SD, and of one SD of the logarithm; and by how much means shift the
        whole.

        `runs`[n]: how often each process runs.
        """
        effect, log_effect = np.zeros(self._groups), np.zeros(self._groups)
        shift, low = 0.0, 0
        for part in self._parts:
            at = runs[part.row]
            shift += float(at @ part.shift_run)
            if self._alone and len(part.entry) == part.room:
                high = low + part.room
                np.multiply(at, part.per_run, out=effect[low:high])
                np.multiply(at, part.log_run, out=log_effect[low:high])
            else:
                effect += np.bincount(part.group, at * part.per_run, self._groups)
                log_effect += np.bincount(part.group, at * part.log_run, self._groups)
            low += part.room
        return effect, log_effect, shift


def _largest(variance: Floats, total: float, most: int) -> NDArray[np.intp]:
    """The places of the `most` largest, in falling order; nothing that is zero."""
    some = np.flatnonzero(variance > 1e-6 * total)  # nearly always enough, and few
    if len(some) < most:
        some = np.flatnonzero(variance)
    return some[np.argsort(-variance[some], kind="stable")[:most]]


_SETTLED, _SWEEPS = 3e-9, 60

_Raw = tuple[Amounts, Longs, Ints, Floats, Floats, Floats, Floats]


def _raw(of: Amounts, found: Entries, row: Ints, price: Floats, nominal: Floats) -> _Raw:
    """`price`[u]: derivative of the footprint by the entry, per run of `row`; `nominal`[u] the entry's
    amount.
    """
    spreads = found.spreads
    mean, variance = distributions.moments(spreads)
    lognormal = spreads.shape == distributions.LOGNORMAL
    sign = np.where(lognormal, np.sign(spreads.centre), 1.0)
    sd = np.sqrt(variance) * sign
    step = np.where(lognormal, spreads.centre * spreads.scale, sd)
    return of, spreads.entry, row, price * sd, price * step, price * (mean - nominal), price * nominal


def _edges(prepared: Prepared, nominal: Floats, found: Entries) -> tuple[_Raw, NDArray[np.uint64]]:
    edges = prepared.network.edges
    entry = found.spreads.entry
    price = nominal[edges.provider[entry]]
    raw = _raw(Amounts.EDGES, found, edges.consumer()[entry], price, edges.amount[entry])
    return raw, found.identity


def _interventions(prepared: Prepared, factors: Floats, found: Entries) -> tuple[_Raw, NDArray[np.uint64]]:
    counted = found.only(np.flatnonzero(factors[found.spreads.entry] != 0))
    entry = counted.spreads.entry
    amount = prepared.network.interventions.amount[entry]
    raw = _raw(Amounts.INTERVENTIONS, counted, owners(prepared.network)[entry], factors[entry], amount)
    return raw, counted.identity


def _factors(
    prepared: Prepared, factors: Floats, found: Entries, spread: UncertainFactors
) -> tuple[_Raw, NDArray[np.uint64]]:
    """Every intervention that uses an uncertain factor, with the identity of the factor."""
    used = spread.used[:, 0]
    at = np.full(len(spread.value) + 1, -1, np.int64)
    at[found.spreads.entry] = np.arange(len(found))
    users = np.flatnonzero((at[used] >= 0) & (factors != 0))
    each = found.only(at[used[users]])
    value = spread.value[used[users]]
    price = prepared.network.interventions.amount[users] * factors[users] / value
    return _raw(Amounts.FACTORS, each, owners(prepared.network)[users], price, value), each.identity


def _without(part: _Part, taken: dict[Amounts, list[Longs]]) -> _Part:
    """Presampled entries have no spread of their own any more."""
    gone = taken[part.of]
    if not gone:
        return part
    keep = ~np.isin(part.entry, np.concatenate(gone))
    return _Part(
        part.of, part.entry[keep], part.row[keep], part.per_run[keep], part.log_run[keep],
        part.shift_run[keep], part.own_run[keep], part.group[keep],
        np.argsort(part.group[keep], kind="stable"), part.room,
    )  # fmt: skip


def ranked(
    prepared: Prepared,
    factors: Floats | None,
    nominal: Floats,
    found: Uncertain,
    asked: Sampling,
) -> list[dict[Amounts, tuple[int, ...]]]:
    """The most important identities, most first, each with its entries by array.

    Arrays are [n, k]; the first category decides. The demand weighs every product asked for by 1 / |y|, so
    that it is the sum of their logarithms whose variance is ranked.
    """
    y = nominal[:, 0]
    propagation = Propagation(
        prepared, y, factors=None if factors is None else factors[:, 0], asked=asked, found=found
    )
    products = np.array(asked.products, np.intp) if asked.products else np.arange(len(y))
    demand = np.zeros(len(y))
    demand[products] = np.divide(
        1.0, np.abs(y[products]), out=np.zeros(len(products)), where=y[products] != 0
    )
    importance = propagation.importance(demand)
    number = min(asked.designed, int(np.count_nonzero(importance)))
    order = np.argsort(-importance, kind="stable")[:number]
    return [propagation.members(group) for group in order.tolist()]
