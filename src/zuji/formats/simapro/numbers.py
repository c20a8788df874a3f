"""Numbers, expressions, and Yes and No of SimaPro CSV, read and written."""

import math
import re
from collections.abc import Callable

from zuji.formats.simapro.words import NO, YES
from zuji.model.lci.formulas import Dialect

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def number_in(text: str, dialect: Dialect) -> float | None:
    """The number a cell holds, or None where it is empty, an expression, or no finite number."""
    plain = text.replace(" ", "")
    if dialect.decimal_comma:
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        return None
    number = float(plain)
    return number if math.isfinite(number) else None


def expression_in(text: str, dialect: Dialect) -> str:
    """An expression with decimal points, and commas between arguments: what `Dialect.SIMAPRO` reads."""
    return text.replace(",", ".").replace(";", ",") if dialect.decimal_comma else text


def yes_in(text: str) -> bool | None:
    """Yes or No in the languages of the program; None for neither."""
    low = text.strip().lower()
    if low in YES:
        return True
    return False if low in NO else None


def written(number: float) -> str:
    """The shortest decimal that reads back as `number`; no `.0` after whole numbers."""
    text = repr(float(number))
    return text.removesuffix(".0")


def written_so_that(value: float, image: float, back: Callable[[float], float]) -> str:
    """A short decimal of `image` whose way back gives `value` exactly, where there is one."""
    for digits in (15, 16, 17):
        text = f"{image:.{digits}g}"
        try:
            if back(float(text)) == value:
                return text
        except (ValueError, ArithmeticError):
            break
    return written(image)
