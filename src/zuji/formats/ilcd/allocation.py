"""Allocation: how much of each exchange goes to each co-product.

ILCD states, on each exchange, percentages for co-products by internal number. Some write fractions of 1
instead; the sums over the co-products of an exchange tell which it is.
"""

from collections.abc import Iterable, Mapping, Sequence

from zuji.formats.ilcd.values import number, percent, share
from zuji.model.lci.processes import AllocationShare, Exchange

Shares = Sequence[tuple[str, str]]
"""(number of the co-product's exchange, fraction as written) of one exchange."""

_CLOSE = 0.005


def as_fractions(written: Iterable[Shares]) -> bool:
    """Whether the numbers are fractions of 1: every exchange's sum is 1, and none is 100."""
    sums = [sum(number(text) or 0.0 for _, text in shares) for shares in written if shares]
    return bool(sums) and all(abs(total - 1) <= _CLOSE for total in sums)


def complete(shares: Shares, *, fractions: bool) -> bool:
    """Whether the shares of an exchange add up to the whole of it."""
    whole = 1 if fractions else 100
    return abs(sum(number(text) or 0.0 for _, text in shares) - whole) <= _CLOSE * whole


def allocations(
    exchanges: Sequence[Exchange], written: Sequence[Shares], ids: Mapping[str, str] | None = None
) -> tuple[AllocationShare, ...]:
    """The shares of all exchanges; `ids` translates internal numbers where ids had to be changed.

    Products that state nothing but their own shares, which make up one whole, share the whole process so.
    """
    total = _of_products(exchanges, written, ids or {})
    fractions = as_fractions(written) if total is None else total <= 1 + _CLOSE
    found = []
    for exchange, shares in zip(exchanges, written, strict=True):
        for product, text in shares:
            part = number(text) if fractions else share(text)
            found.append(
                AllocationShare(
                    product=(ids or {}).get(product, product),
                    share=part or 0.0,
                    exchange=exchange.id if total is None else "",
                )
            )
    return tuple(found)


def _of_products(
    exchanges: Sequence[Exchange], written: Sequence[Shares], ids: Mapping[str, str]
) -> float | None:
    """The sum of the shares where each stands on its own product and all make up a whole (100 or 1)."""
    stated = [
        (ids.get(product, product) == exchange.id, number(text) or 0.0)
        for exchange, shares in zip(exchanges, written, strict=True)
        for product, text in shares
    ]
    total = sum(part for _, part in stated)
    whole = abs(total - 100) <= _CLOSE * 100 or abs(total - 1) <= _CLOSE
    return total if len(stated) > 1 and whole and all(own for own, _ in stated) else None


def written(exchanges: Sequence[Exchange], stated: Iterable[AllocationShare]) -> list[Shares]:
    """For each exchange what its element states, in percent.

    A share of the whole process stands on its product. An exchange can state one share a product; of
    several (physical, economic) the first is written.
    """
    by_exchange: dict[str, dict[str, str]] = {}
    for part in stated:
        by_exchange.setdefault(part.exchange or part.product, {}).setdefault(
            part.product, percent(part.share)
        )
    return [tuple(by_exchange.get(exchange.id, {}).items()) for exchange in exchanges]
