"""Uncertainty in openLCA's words (engines.md 11.6): geomSd is the GSD, sd the standard deviation."""

import math
import re
from collections.abc import Mapping
from dataclasses import replace

from zuji.formats.jsonld.record import Record
from zuji.model.lci.distributions import Shape, Spread

_SCORES = re.compile(r"\(\s*([^()]*)\)")
_SHAPES: Mapping[str, Shape] = {
    "LOG_NORMAL_DISTRIBUTION": Shape.LOGNORMAL,
    "NORMAL_DISTRIBUTION": Shape.NORMAL,
    "TRIANGLE_DISTRIBUTION": Shape.TRIANGULAR,
    "UNIFORM_DISTRIBUTION": Shape.UNIFORM,
}
_LARGEST_SCALE = 709.0
"""exp of more is no finite number."""
_NAMES = {shape: name for name, shape in _SHAPES.items()}


def read_spread(owner: Record, amount: float | None) -> Spread | None:
    """The distribution of the `amount` that `owner` holds; what cannot be one is kept as it is."""
    stated = owner.look("uncertainty")
    record = owner.inner("uncertainty")
    if record is None:
        return None
    spread = _spread(record)
    spread = _centred(spread, amount) if spread else None
    if spread is not None and whole(spread):
        owner.take_over(record, "uncertainty")
        return spread
    record.leftovers()
    owner.keep("uncertainty", stated)
    owner.remark("uncertainty-incomplete")
    return None


def _spread(record: Record) -> Spread | None:
    shape = _SHAPES.get(record.text("distributionType"))
    numbers = {
        key: record.number(key) for key in ("geomMean", "geomSd", "mean", "sd", "minimum", "mode", "maximum")
    }
    low, high = numbers["minimum"], numbers["maximum"]
    if shape is Shape.LOGNORMAL:
        gsd, centre = numbers["geomSd"], numbers["geomMean"]
        if gsd is None or gsd < 1 or centre == 0:
            return None
        return Spread(shape=shape, centre=centre, scale=math.log(gsd), low=low, high=high)
    if shape is Shape.NORMAL:
        deviation = numbers["sd"]
        if deviation is None or deviation < 0:
            return None
        return Spread(shape=shape, centre=numbers["mean"], scale=deviation, low=low, high=high)
    if shape is None or low is None or high is None or low > high:
        return None
    mode = numbers["mode"] if shape is Shape.TRIANGULAR else None
    if mode is not None and not low <= mode <= high:
        return None
    return Spread(shape=shape, centre=mode, low=low, high=high)


def _centred(spread: Spread, amount: float | None) -> Spread:
    """With the amount for a centre that is not stated; a uniform distribution has none."""
    if spread.centre is not None or spread.shape is Shape.UNIFORM:
        return spread
    return replace(spread, centre=amount)


def whole(spread: Spread) -> bool:
    """Whether openLCA can compute with it: every parameter of the shape is there and possible."""
    if spread.shape in (Shape.LOGNORMAL, Shape.NORMAL):
        most = _LARGEST_SCALE if spread.shape is Shape.LOGNORMAL else math.inf
        return spread.scale is not None and 0 <= spread.scale < most
    if spread.low is None or spread.high is None:
        return False
    mode = spread.centre if spread.shape is Shape.TRIANGULAR else None
    return spread.low <= (spread.low if mode is None else mode) <= spread.high


def write_spread(spread: Spread | None, amount: float | None) -> dict[str, object]:
    """The distribution of `amount` as openLCA writes it; empty where there is none that is whole."""
    shape = spread.shape if spread else None
    if spread is None or shape is None:
        return {}
    spread = _centred(spread, amount)
    if not whole(spread):
        return {}
    value: dict[str, object] = {"@type": "Uncertainty", "distributionType": _NAMES[shape]}
    if spread.shape is Shape.LOGNORMAL:
        value |= {"geomMean": spread.centre, "geomSd": gsd(spread.scale)}
    elif spread.shape is Shape.NORMAL:
        value |= {"mean": spread.centre, "sd": spread.scale}
    elif spread.shape is Shape.TRIANGULAR:
        value["mode"] = spread.centre
    value |= {"minimum": spread.low, "maximum": spread.high}
    return {key: one for key, one in value.items() if one is not None}


def gsd(scale: float | None) -> float | None:
    """exp(scale), chosen among its neighbours so that its logarithm is `scale` again if any does that."""
    if scale is None or scale >= _LARGEST_SCALE:
        return None
    value = math.exp(scale)
    below = above = value
    for _ in range(4):
        for one in (below, above):
            if one >= 1 and math.log(one) == scale:
                return one
        below, above = math.nextafter(below, 0.0), math.nextafter(above, math.inf)
    return max(value, 1.0)


def read_scores(text: str) -> tuple[int, ...] | None:
    """ "(2;3;n.a.;1;3)" as (2, 3, 0, 1, 3); None where it is nothing like that."""
    found = _SCORES.fullmatch(text.strip())
    if found is None:
        return None
    scores = []
    for part in re.split(r"[;,]", found[1]):
        one = part.strip().lower()
        if one in ("", "0", "n.a.", "n.a", "na"):
            scores.append(0)
        elif one.isascii() and one.isdigit() and len(one) < 4:
            scores.append(int(one))
        else:
            return None
    return tuple(scores)


def write_scores(scores: tuple[int, ...]) -> str:
    """(2, 3, 0, 1, 3) as "(2;3;n.a.;1;3)"; empty for no scores."""
    return f"({';'.join(str(score) if score else 'n.a.' for score in scores)})" if scores else ""
