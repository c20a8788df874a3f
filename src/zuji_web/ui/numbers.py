"""Numbers as people read them."""

import math
from decimal import Context, Decimal

from zuji.lca.publishing import DIGITS, MINUS, as_stated, grouped, publish

ABSENT = "—"
_LARGE = 9  # power of ten from which `grouped` writes one


def shown(value: float | None, digits: int | None = None) -> str:
    """A result with so many significant digits, or a datum as it was stated."""
    return stated(value) if digits is None else published(value, digits)


def stated(value: float | None) -> str:
    """A datum with the digits it was stated with, thousands separated; noise of conversion is dropped."""
    if value is None or not math.isfinite(value):
        return ABSENT
    return as_stated(value)


def published(value: float | None, digits: int = DIGITS) -> str:
    """A result with so many significant digits, as `zuji.lca.publishing` rounds it everywhere."""
    if value is None or not math.isfinite(value):
        return ABSENT
    number = Decimal(publish(value, digits))
    # written without exponent, a large number ends in zeros that are no digits of it
    return grouped(Context(prec=digits).plus(number) if number.adjusted() >= _LARGE else number)


def share(value: float | None, places: int = 1) -> str:
    """A fraction as per cent; what rounds to nothing but is not says so (<0.1%)."""
    if value is None or not math.isfinite(value):
        return ABSENT
    least = 10.0**-places
    percent = value * 100
    if percent and abs(percent) < least / 2:
        return f"<{least:.{places}f}%"
    return f"{percent:,.{places}f}%".replace("-", MINUS)
