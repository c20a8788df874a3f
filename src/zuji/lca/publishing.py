"""Published digits: one rounding for page, interface, command line and PDF.

A value is first taken to 12 significant digits and then rounded half up to the published ones, five
for totals. Two machines may differ in the sixteenth digit; after the first step they hold the same
decimal number, so they print the same. Parts are printed with the decimals of their total and by
largest remainder, so that the printed parts sum to the printed total.
"""

import math
from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

DIGITS = 5
MINUS = "−"
# half a unit of the twelfth digit on each side
_SETTLED = Decimal("1e-11")
# digits of a datum that count; what a conversion adds behind them is noise
_STATED_DIGITS = 12
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# a net sum below this part of what it is made of has no meaningful percentages
_SMALLEST_NET = 1e-9


def publish(value: float, digits: int = DIGITS) -> str:
    """The value with `digits` significant digits, without exponent: 0.57770, 1234.6, 12346000."""
    exact = _settled(value)
    return _printed(_rounded(exact, _quantum(exact, digits)))


def told(value: float, digits: int = DIGITS) -> str:
    """A result in running text: at most `digits` significant digits, thousands separated, no idle zeros."""
    return grouped(Decimal(publish(value, digits)).normalize()) if math.isfinite(value) else f"{value}"


def as_stated(value: float) -> str:
    """A datum in running text, with the digits it was stated with and thousands separated."""
    if not math.isfinite(value):
        return f"{value}"
    return grouped(Decimal(f"{value:.{_STATED_DIGITS - 1}e}").normalize())


def grouped(number: Decimal) -> str:
    """Thousands separated; below a millionth and from a thousand million on a power of ten (1.2×10⁻⁷)."""
    if not number:
        return "0"
    if -6 < number.adjusted() < 9:
        return f"{number:,f}".replace("-", MINUS)
    power = str(number.adjusted()).translate(_SUPERSCRIPT)
    return f"{number.scaleb(-number.adjusted()):f}×10{power}".replace("-", MINUS)


def publish_parts(values: Sequence[float], total: float, digits: int = DIGITS) -> tuple[str, ...]:
    """The parts of a total, printed so that they sum to `publish(total)` exactly.

    Where large parts cancel to a small total, the parts are not known as finely as the total is printed;
    what the settling leaves over then falls on the largest part. Raises `ValueError` where the values
    do not sum to the total.
    """
    exact = [_settled(value) for value in values]
    whole = _settled(total)
    quantum = _quantum(whole or max(exact, key=abs, default=Decimal(0)), digits)
    target = int(_rounded(whole, quantum) / quantum)
    floors = [int((value / quantum).to_integral_value(ROUND_FLOOR)) for value in exact]
    missing = target - sum(floors)
    left_over = min(missing, 0) or max(missing - len(exact), 0)
    if abs(left_over) > _SETTLED * sum(map(abs, exact)) / quantum:
        raise ValueError(f"parts sum to {math.fsum(values)!r}, not to {total!r}")
    if left_over:
        floors[max(range(len(exact)), key=lambda i: abs(exact[i]))] += left_over
        missing -= left_over
    remainders = [value / quantum - floor for value, floor in zip(exact, floors, strict=True)]
    order = sorted(range(len(exact)), key=lambda i: (-remainders[i], i))
    for i in order[:missing]:
        floors[i] += 1
    return tuple(_printed(_rounded(floor * quantum, quantum)) for floor in floors)


def publish_shares(values: Sequence[float], decimals: int = 1) -> tuple[str, ...]:
    """Percentages of the size of the sum of `values`: burdens above zero, credits below.

    They add up to 100 exactly, to -100 where the sum is negative; all are zero where the sum vanishes
    beside its parts.
    """
    whole = math.fsum(values)
    if abs(whole) <= _SMALLEST_NET * math.fsum(map(abs, values)):
        return tuple(f"{0:.{decimals}f}" for _ in values)
    target = math.copysign(100.0, whole)
    return publish_parts([100 * value / abs(whole) for value in values], target, decimals + 3)


def _settled(value: float) -> Decimal:
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be published")
    return Decimal(f"{value:.11e}")


def _quantum(value: Decimal, digits: int) -> Decimal:
    """The size of the last published digit."""
    if value == 0:
        return Decimal(1).scaleb(1 - digits)
    first = value.adjusted()
    rounded = _rounded(value, Decimal(1).scaleb(first + 1 - digits))
    return Decimal(1).scaleb(rounded.adjusted() + 1 - digits)


def _rounded(value: Decimal, quantum: Decimal) -> Decimal:
    return (value / quantum).to_integral_value(ROUND_HALF_UP) * quantum


def _printed(value: Decimal) -> str:
    text = f"{value:f}"
    return text.removeprefix("-") if value == 0 else text
