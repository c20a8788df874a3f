"""Allocation as a data set states it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zuji.model.lci.processes import AllocationMethod, AllocationShare, Process

_TOLERANCE = 1e-3
"""How far stated shares may be from summing to one; they are then scaled to one."""
_ORDER = (
    AllocationMethod.CAUSAL,
    AllocationMethod.PHYSICAL,
    AllocationMethod.ECONOMIC,
    AllocationMethod.UNSTATED,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """Shares of the products: `overall` for every exchange that `by_exchange` (exchange id) does not name."""

    overall: tuple[float, ...] | None
    by_exchange: Mapping[str, tuple[float, ...]]


def stated(process: Process, product: Mapping[str, int], products: int) -> Stated | None:
    """What the data set states for its `products`; None where nothing, or nothing that adds up.

    `product`: exchange id of a product -> its index. The data set's own method counts where it has shares
    for it, else the first of causal, physical, economic and unnamed ones.
    """
    by_method: dict[AllocationMethod, list[AllocationShare]] = {}
    for share in process.allocations:
        by_method.setdefault(share.method, []).append(share)
    wanted = (process.allocation_method, *_ORDER)
    for method in wanted:
        found = _add_up(by_method.get(method, ()), product, products)
        if found is not None:
            return found
    return None


def _add_up(shares: Sequence[AllocationShare], product: Mapping[str, int], products: int) -> Stated | None:
    vectors: dict[str, list[float]] = {}
    for share in shares:
        index = product.get(share.product)
        if index is None:
            return None
        vectors.setdefault(share.exchange, [0.0] * products)[index] += share.share
    scaled = {}
    for exchange, vector in vectors.items():
        total = sum(vector)
        if min(vector) < 0 or abs(total - 1.0) > _TOLERANCE:
            return None
        scaled[exchange] = tuple(value / total for value in vector)
    overall = scaled.pop("", None)
    if overall is None and not scaled:
        return None
    return Stated(overall, scaled)
