"""Uncertainty as ILCD states it, and as openLCA does under the same names (engines.md 11.6).

relativeStandardDeviation95In is the square of the geometric standard deviation for log-normal and twice the
standard deviation for normal amounts. openLCA writes the GSD and the standard deviation themselves; such
exchanges are known by its extension attributes.
"""

import json
import math

from zuji.formats.ilcd.beyond import SPREAD, applied
from zuji.formats.ilcd.fields import Choice, Field, Number, Values, written_number
from zuji.formats.ilcd.names import ZUJI, clark
from zuji.formats.ilcd.reading import Reading
from zuji.model.lci.distributions import Shape, Spread

SHAPES = {
    "log-normal": Shape.LOGNORMAL,
    "normal": Shape.NORMAL,
    "triangular": Shape.TRIANGULAR,
    "uniform": Shape.UNIFORM,
    "undefined": None,
}
DISTRIBUTION: dict[str, Field] = {
    "uncertaintyDistributionType": Choice("distribution", SHAPES),
    "relativeStandardDeviation95In": Number("deviation"),
}
"""The fields that say how amounts deviate, but for their bounds, which each element names in its own way."""

EXACT = f"{{{ZUJI}}}spread"
"""The attribute that holds a spread exactly."""
_OF_SPREAD = {"spread": SPREAD}


def read_spread(values: Values, reading: Reading, *, openlca: bool = False) -> Spread | None:
    """The spread from the values "distribution", "deviation", "low", "high", "mode", or exact in "spread".

    None where nothing is said. A deviation that the distribution cannot have is given back as an extra.
    """
    exact = applied(values.get("spread", ""), _OF_SPREAD)
    if exact:
        return exact["spread"]  # type: ignore[no-any-return]
    spread = _stated(values, openlca=openlca)
    if values.get("deviation") is not None and (spread is None or spread.scale is None):
        tag = clark("relativeStandardDeviation95In", reading.namespace)
        reading.give_back("", tag, written_number(values["deviation"]))
    return spread


def write_spread(
    spread: Spread | None, factor: float = 1.0, *, openlca: bool = False, bounds: bool = True
) -> Values:
    """The values that state a spread of an amount that is written times `factor`.

    "spread" holds it exactly where the format's own fields do not read back to it: because they lack
    something, or because the element has openLCA's attributes and would be read as openLCA's. Without
    `bounds` the element has no minimum and maximum.
    """
    if spread is None:
        return {}
    times = {Shape.NORMAL: factor}.get(spread.shape, 1.0) if spread.shape else 1.0
    values: Values = {
        "distribution": spread.shape,
        "deviation": _deviation(spread.shape, None if spread.scale is None else spread.scale * times),
        "low": None if spread.low is None or not bounds else spread.low * factor,
        "high": None if spread.high is None or not bounds else spread.high * factor,
    }
    if openlca or _stated(values, openlca=False) != spread:
        values["spread"] = json.dumps({"spread": SPREAD.plain(spread)}, sort_keys=True)
    return values


def _stated(values: Values, *, openlca: bool) -> Spread | None:
    shape: Shape | None = values.get("distribution")
    low, high = values.get("low"), values.get("high")
    if shape is None and low is None and high is None:
        return None
    scale = _scale(shape, values.get("deviation"), openlca=openlca)
    centre = values.get("mode") if shape is Shape.TRIANGULAR else None
    return Spread(shape=shape, centre=centre, scale=scale, low=low, high=high)


def _scale(shape: Shape | None, deviation: float | None, *, openlca: bool) -> float | None:
    if deviation is None or shape not in (Shape.LOGNORMAL, Shape.NORMAL):
        return None
    if shape is Shape.NORMAL:
        if deviation < 0:
            return None
        return deviation if openlca else deviation / 2
    scale = scale_of(deviation)
    return scale if scale is None or openlca else scale / 2


def scale_of(deviation: float | None) -> float | None:
    """The standard deviation of ln x of a geometric one; None below 1, where it means nothing."""
    return math.log(deviation) if deviation is not None and deviation >= 1 else None


def gsd(scale: float | None) -> str:
    """The geometric standard deviation as openLCA writes it; empty for none."""
    try:
        return "" if scale is None or scale < 0 else written_number(math.exp(scale))
    except OverflowError:
        return ""


def _deviation(shape: Shape | None, scale: float | None) -> float | None:
    """The stated deviation: the shortest number that reads back to the same scale, if there is one."""
    if scale is None or shape not in (Shape.LOGNORMAL, Shape.NORMAL):
        return None
    if shape is Shape.NORMAL:
        return 2 * scale
    try:
        value = math.exp(2 * scale)
    except OverflowError:
        return None
    for digits in (4, 6, 9, 12, 15):
        short = float(f"{value:.{digits}g}")
        if _scale(shape, short, openlca=False) == scale:
            return short
    return value
