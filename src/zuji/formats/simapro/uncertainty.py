"""Uncertainty of SimaPro: a kind and three numbers after the amount.

The first number follows the same convention as `standardDeviation95` of EcoSpold 1, which SimaPro also reads
and writes. Lognormal: the square of the geometric standard deviation (95 % of the values lie between the
amount divided and multiplied by it), so sigma of ln x is ln(f1)/2. Normal: twice the standard deviation, half
the width of the 95 % range; openLCA takes it so too, while bw_simapro_csv takes it for a variance. Triangle
and Uniform hold their bounds in the second and third number; the amount is the mode of a triangle.
"""

import math
import re
from dataclasses import replace

from zuji.formats.simapro.numbers import number_in, written, written_so_that
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.formulas import Dialect

_PEDIGREE = re.compile(
    r"\(\s*((?:[1-5]|na|n\.a\.)(?:\s*[,;]\s*(?:[1-5]|na|n\.a\.)){4,})\s*[,;)]", re.IGNORECASE
)
NONE = ("Undefined", "0", "0", "0")


def spread_in(cells: tuple[str, ...], comment: str, dialect: Dialect) -> tuple[Spread | None, bool]:
    """The distribution that kind and three numbers mean, and whether they mean one at all.

    A pedigree is read from the beginning of the comment, where SimaPro keeps it.
    """
    spread, understood = _shape(cells, dialect)
    scores = pedigree_in(comment)
    if scores:
        spread = replace(spread or Spread(), pedigree=scores)
    return spread, understood


def pedigree_in(comment: str) -> tuple[int, ...]:
    """The first five scores of "(2,3,1,1,na,…)" at the beginning of a comment; 0 for na."""
    match = _PEDIGREE.match(comment)
    if match is None:
        return ()
    scores = re.split(r"\s*[,;]\s*", match[1])[:5]
    return tuple(int(score) if score.isdigit() else 0 for score in scores)


def plain_cells(cells: tuple[str, ...], dialect: Dialect) -> tuple[str, ...]:
    """Cells that mean no distribution, with decimal points, to be kept."""
    numbers = [number_in(cell, dialect) for cell in cells[1:]]
    kept = (
        cell if number is None else written(number) for cell, number in zip(cells[1:], numbers, strict=True)
    )
    return (cells[0], *kept)


def _shape(cells: tuple[str, ...], dialect: Dialect) -> tuple[Spread | None, bool]:
    kind = cells[0].lower()
    numbers = [0.0 if not cell else number_in(cell, dialect) for cell in cells[1:]]
    if kind in ("", "undefined"):
        return None, not any(numbers)
    if any(number is None for number in numbers):
        return None, False
    first, low, high = (number or 0.0 for number in numbers)
    if kind == "lognormal" and first > 1 and not (low or high):
        return Spread(shape=Shape.LOGNORMAL, scale=math.log(first) / 2), True
    if kind == "normal" and first > 0 and not (low or high):
        return Spread(shape=Shape.NORMAL, scale=first / 2), True
    if kind in ("triangle", "uniform") and low < high and not first:
        shape = Shape.TRIANGULAR if kind == "triangle" else Shape.UNIFORM
        return Spread(shape=shape, low=low, high=high), True
    return None, False


def spread_out(spread: Spread | None) -> tuple[str, str, str, str] | None:
    """Kind and three numbers; None where SimaPro has none for this distribution."""
    if spread is None or spread.shape is None:
        return NONE
    scale, low, high = spread.scale, spread.low, spread.high
    if spread.shape is Shape.LOGNORMAL and scale is not None and 0 < scale < 300:
        squared = written_so_that(scale, math.exp(2 * scale), lambda f: math.log(f) / 2)
        return ("Lognormal", squared, "0", "0")
    if spread.shape is Shape.NORMAL and scale is not None and scale > 0:
        return ("Normal", written(2 * scale), "0", "0")
    if low is None or high is None or not low < high:
        return None
    kind = {Shape.TRIANGULAR: "Triangle", Shape.UNIFORM: "Uniform"}.get(spread.shape)
    return None if kind is None else (kind, "0", written(low), written(high))
