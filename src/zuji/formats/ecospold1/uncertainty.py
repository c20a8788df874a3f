"""Uncertainty of EcoSpold 1: standardDeviation95 is the square of GSD, or twice the SD (engines.md 11.6)."""

import math
import re
from collections.abc import Callable
from math import nextafter

from zuji.formats.ecospold1.words import FORMAT
from zuji.formats.ecospold2.nodes import Node, digits, extra, number_of
from zuji.formats.ecospold2.notes import Notes
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.references import Extra

_TYPES = {"1": Shape.LOGNORMAL, "2": Shape.NORMAL, "3": Shape.TRIANGULAR, "4": Shape.UNIFORM}
_SCORE = r"\s*([1-5]|na|n\.a\.)\s*"
_PEDIGREE = re.compile(rf"\s*\({_SCORE},{_SCORE},{_SCORE},{_SCORE},{_SCORE}(?:,[^()]*)?\)")
_STEPS = 8


def read_spread(node: Node, comment: str, notes: Notes) -> Spread | None:
    """The uncertainty of an exchange; as in ecoinvent 2, the comment begins with the pedigree."""
    pedigree = pedigree_in(comment)
    kind = node.seen("uncertaintyType").strip()
    shape = _TYPES.get(kind)
    if kind in ("", "0"):
        node.take_if("uncertaintyType", kind)
        low, high = node.number("minValue"), node.number("maxValue")
        if pedigree or low is not None or high is not None:
            return Spread(low=low, high=high, pedigree=pedigree)
        return None
    spread = None if shape is None else _spread(node, shape, pedigree)
    if spread is None:
        notes.detail(
            "uncertainty-incomplete",
            "不确定性的参数不全或不可能，按原样保留但不使用",
            "the parameters of an uncertainty are missing or impossible; kept, but not used",
            node,
        )
        return Spread(pedigree=pedigree) if pedigree else None
    node.take("uncertaintyType")
    return spread


def _spread(node: Node, shape: Shape, pedigree: tuple[int, ...]) -> Spread | None:
    stated = number_of(node.seen("standardDeviation95"))
    low, high = number_of(node.seen("minValue")), number_of(node.seen("maxValue"))
    scale = centre = None
    if shape is Shape.LOGNORMAL:
        if stated is None or stated < 1:
            return None
        scale = gsd_squared(stated)
    elif shape is Shape.NORMAL:
        if stated is None or stated < 0:
            return None
        scale = stated / 2
    elif low is None or high is None or low > high:
        return None
    if shape in (Shape.LOGNORMAL, Shape.NORMAL):
        node.take("standardDeviation95")
    elif shape is Shape.TRIANGULAR:
        centre = node.number("mostLikelyValue")
    low, high = node.number("minValue"), node.number("maxValue")
    return Spread(shape=shape, centre=centre, scale=scale, low=low, high=high, pedigree=pedigree)


def gsd_squared(stated: float) -> float:
    """sigma of ln x from the square of the geometric standard deviation."""
    return math.log(stated) / 2


def spread_attributes(spread: Spread | None, extras: tuple[Extra, ...]) -> dict[str, str]:
    """The attributes of an exchange for its uncertainty."""
    if spread is None:
        return {}
    bounds = {"minValue": digits(spread.low), "maxValue": digits(spread.high)}
    if spread.shape is None or extra(extras, FORMAT, "@uncertaintyType"):
        return bounds
    kind = next(code for code, shape in _TYPES.items() if shape is spread.shape)
    attributes = {"uncertaintyType": kind, **bounds}
    if spread.shape is Shape.LOGNORMAL:
        scale = spread.scale or 0.0
        exponential = math.exp(min(2 * scale, 700.0))
        attributes["standardDeviation95"] = digits(undoing(gsd_squared, scale, exponential))
    elif spread.shape is Shape.NORMAL:
        attributes["standardDeviation95"] = digits(2 * (spread.scale or 0.0))
    elif spread.shape is Shape.TRIANGULAR:
        attributes["mostLikelyValue"] = digits(spread.centre)
    return attributes


def undoing(read: Callable[[float], float], wanted: float, near: float) -> float:
    """The number beside `near` that `read` turns into `wanted`; `near` itself where rounding allows none."""
    below = above = near
    for _ in range(_STEPS):
        for each in (below, above):
            if each > 0 and read(each) == wanted:
                return each
        below, above = nextafter(below, -math.inf), nextafter(above, math.inf)
    return near


def pedigree_in(comment: str) -> tuple[int, ...]:
    """The five scores in brackets at the beginning of a comment; 0 for those not given."""
    found = _PEDIGREE.match(comment)
    return () if found is None else tuple(int(score) if score.isdecimal() else 0 for score in found.groups())


def with_pedigree(comment: str, pedigree: tuple[int, ...]) -> str:
    """The comment with the scores before it, unless they stand there already."""
    if len(pedigree) != 5 or pedigree_in(comment) == pedigree or not all(0 <= each <= 5 for each in pedigree):
        return comment
    scores = ",".join(str(score) if score else "na" for score in pedigree)
    return f"({scores}){'; ' if comment else ''}{comment}"
