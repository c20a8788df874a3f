"""Numbers as a report writes them: published digits, parts that sum, shares that sum to 100 %."""

from collections.abc import Sequence
from math import fsum

from zuji.model.quantities import Quantity
from zuji.model.written import written_number

INTERIM = True


def number(value: float) -> str:
    return f"{value:.5g}"


def parts(values: Sequence[float], total: float) -> tuple[str, ...]:
    return tuple(f"{value:.5g}" for value in values)


def share(fraction: float) -> str:
    return f"{fraction * 100:.1f} %"


def shares(values: Sequence[float]) -> tuple[str, ...]:
    total = fsum(values)
    return tuple(share(value / total if total else 0.0) for value in values)


def amount(quantity: Quantity) -> str:
    return f"{quantity.amount:.5g} {quantity.unit}"


def stated(quantity: Quantity) -> str:
    return f"{written_number(quantity.amount)} {quantity.unit}"
