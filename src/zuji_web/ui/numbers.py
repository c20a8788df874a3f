"""Numbers as people read them."""

import math
from decimal import Decimal

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
MINUS = "−"
ABSENT = "—"


def shown(value: float | Decimal | None, digits: int | None = None) -> str:
    """`value` with thousands separators; `digits` significant digits, or all that were stated.

    Very small and very large numbers are written as a power of ten (1.2×10⁻⁷).
    """
    if value is None or not math.isfinite(value):
        return ABSENT
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if digits is not None and number:
        number = round(number, digits - 1 - number.adjusted())
    number = number.normalize()
    if not number:
        return "0"
    if -5 < number.adjusted() < 9:
        return f"{number:,f}".replace("-", MINUS)
    mantissa = number.scaleb(-number.adjusted())
    power = str(number.adjusted()).translate(_SUPERSCRIPT)
    return f"{mantissa:f}×10{power}".replace("-", MINUS)


def share(value: float | None, places: int = 1) -> str:
    """A fraction as per cent; what rounds to nothing but is not says so (<0.1%)."""
    if value is None or not math.isfinite(value):
        return ABSENT
    least = 10.0**-places
    percent = value * 100
    if percent and abs(percent) < least / 2:
        return f"<{least:.{places}f}%"
    return f"{percent:,.{places}f}%".replace("-", MINUS)
