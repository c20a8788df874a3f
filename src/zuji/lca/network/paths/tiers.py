"""The first tier: what a process causes itself, and each of its inputs with all that lies upstream of it.

Adjoint formula: y[j] = pivot[j] · (w[j] + Σ share[e] · y[provider[e]]), so each summand is one part, and the
parts of every product of the database follow from y at the cost of one multiplication a link.
"""

from dataclasses import dataclass

import numpy as np

from zuji.lca.network.arrays import Floats, Ints, Longs
from zuji.lca.network.paths.ranking import require_agreement, require_footprint
from zuji.lca.network.prepared import Prepared


@dataclass(frozen=True, slots=True, eq=False)
class FirstTier:
    """One product's total: `own` + Σ value = `total`. Inputs by size, the largest first, credits among them.

    `provider`[r] are processes, `amount`[r] what is taken of their product (in its unit), `value`[r] what
    that carries, upstream included. A process's use of its own product is inside `own` and the inputs.
    """

    process: int
    own: float
    provider: Ints
    amount: Floats
    value: Floats
    total: float


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """The first tier of every product at once, per unit of product, in rows by consumer.

    Row r is process `consumer`[r]; its inputs are `start`[r]:`start`[r+1], from processes `provider`, and
    carry `value` indicator units each. `own` and `whole` are by process: own[j] + Σ value of j's row =
    whole[j], the intensity. With k categories `own`, `whole` are [n, k] and `value` is [m, k].
    """

    consumer: Ints
    start: Longs
    provider: Ints
    value: Floats
    own: Floats
    whole: Floats

    def fractions(self) -> tuple[Floats, Floats]:
        """(own part[n], part of each input[m]) of the whole; 0 where the whole is zero: see `value` there."""
        whole = np.where(self.whole == 0.0, np.inf, self.whole)
        rows = np.repeat(self.consumer, np.diff(self.start))
        return self.own / whole, self.value / whole[rows]


def first_tier(
    prepared: Prepared, intensities: Floats, direct: Floats, process: int, amount: float = 1.0
) -> FirstTier:
    """The first tier of `amount` units of a process's product; `intensities`[n] and `direct`[n].

    Raises `InvalidInput` where the product has no footprint or the parts do not add up to it.
    """
    at = prepared.position[process]
    links = slice(prepared.start[at], prepared.start[at + 1])
    gross = amount * float(prepared.pivot[at])
    provider = prepared.order[prepared.provider[links]]
    taken = gross * prepared.share[links]
    value = taken * intensities[provider]
    own = gross * float(direct[process])
    total = amount * float(intensities[process])
    require_footprint(intensities[process])
    require_agreement(own + float(value.sum()), total, abs(own) + float(np.abs(value).sum()))
    order = np.argsort(-np.abs(value), kind="stable")
    return FirstTier(process, own, provider[order], taken[order], value[order], total)


def shares(prepared: Prepared, intensities: Floats, direct: Floats) -> Shares:
    """The first tier of all products; `intensities` and `direct` are [n] or [n, k]."""
    y, w = intensities[prepared.order], direct[prepared.order]
    per_link = np.repeat(prepared.pivot, np.diff(prepared.start)) * prepared.share
    pivot = prepared.pivot
    if y.ndim > 1:
        per_link, pivot = per_link[:, None], pivot[:, None]
    own = np.empty_like(direct)
    own[prepared.order] = pivot * w
    return Shares(
        prepared.order,
        prepared.start,
        prepared.order[prepared.provider],
        per_link * y[prepared.provider],
        own,
        intensities,
    )
