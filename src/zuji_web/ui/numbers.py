"""Numbers as people read them."""

import math
from decimal import Decimal

from zuji.lca.publishing import DIGITS, publish

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SETTLED = 12
MINUS = "−"
ABSENT = "—"


def shown(value: float | None, digits: int | None = None) -> str:
    """A result with so many significant digits, or a datum as it was stated."""
    return stated(value) if digits is None else published(value, digits)


def stated(value: float | None) -> str:
    """A datum with the digits it was stated with, thousands separated; noise of conversion is dropped."""
    if value is None or not math.isfinite(value):
        return ABSENT
    return _grouped(Decimal(f"{value:.{_SETTLED - 1}e}").normalize())


def published(value: float | None, digits: int = DIGITS) -> str:
    """A result with so many significant digits, as `zuji.lca.publishing` rounds it everywhere."""
    if value is None or not math.isfinite(value):
        return ABSENT
    return _grouped(Decimal(publish(value, digits)))


def _grouped(number: Decimal) -> str:
    """Thousands separated; very small and very large numbers as a power of ten (1.2×10⁻⁷)."""
    if not number:
        return "0"
    if -6 < number.adjusted() < 9:
        return f"{number:,f}".replace("-", MINUS)
    power = str(number.adjusted()).translate(_SUPERSCRIPT)
    return f"{number.scaleb(-number.adjusted()):f}×10{power}".replace("-", MINUS)


def share(value: float | None, places: int = 1) -> str:
    """A fraction as per cent; what rounds to nothing but is not says so (<0.1%)."""
    if value is None or not math.isfinite(value):
        return ABSENT
    least = 10.0**-places
    percent = value * 100
    if percent and abs(percent) < least / 2:
        return f"<{least:.{places}f}%"
    return f"{percent:,.{places}f}%".replace("-", MINUS)
