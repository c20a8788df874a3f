"""Numbers and quantities as people write them: "0.389 kg", "1,234.5", "１２ 吨".

Only what is unambiguous is read. "1,5" may be one and a half or fifteen, so it is not read at all.
"""

import math
import re

from zuji.model.quantities import Quantity

_WIDE = str.maketrans("０１２３４５６７８９．，＋－−％ｅＥ\u3000\u00a0\u202f", "0123456789.,+--%eE   ")
_NUMBER = re.compile(
    r"\s*(?P<number>[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?)\s*(?P<rest>.*)\Z",
    re.DOTALL,
)


def split_number(text: str) -> tuple[float, str] | None:
    """The leading number and what follows it, or None where there is no unambiguous finite number."""
    match = _NUMBER.match(text.translate(_WIDE))
    if match is None:
        return None
    # the rest is cut from the original text, so that units such as "m³" or "％" keep their letters
    rest = text[match.start("rest") :].strip()
    if rest and (rest[0].isdigit() or rest.translate(_WIDE)[0] in ",.^*×"):
        return None
    number = float(match["number"].replace(",", ""))
    return (number, rest) if math.isfinite(number) else None


def parse_number(text: str) -> float | None:
    """The number that `text` is, or None; "12 %" is 0.12, any other unit makes it not a number."""
    found = split_number(text)
    if found is None:
        return None
    number, rest = found
    if rest in {"%", "％"}:
        return number / 100
    return None if rest else number


def parse_quantity(text: str) -> Quantity | None:
    """A number followed by its unit ("0.389 kg"), or None where either is missing."""
    found = split_number(text)
    return Quantity(*found) if found is not None and found[1] else None


def write_quantity(quantity: Quantity) -> str | None:
    """The short form that `parse_quantity` reads back to the same, or None where there is none."""
    text = f"{written_number(quantity.amount)} {quantity.unit}"
    return text if parse_quantity(text) == quantity else None


def written_number(number: float) -> str:
    """The shortest text that reads back to the same number; whole numbers without ".0"."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
