"""Uncertainty of exchanges turned into arrays, scaled with the amount they belong to."""

import math
from collections.abc import Sequence

import numpy as np

from zuji.lca.network.arrays import Spreads
from zuji.model.lci.distributions import Shape, Spread

_CODES = {Shape.LOGNORMAL: 1, Shape.NORMAL: 2, Shape.TRIANGULAR: 3, Shape.UNIFORM: 4}

Row = tuple[int, float, float, float, float]
"""Shape code, centre, scale, low, high; in the unit of the amount they stand for."""


def scaled(spread: Spread, amount: float, by: float) -> Row | None:
    """The distribution of `by` times an amount, None where the spread names no complete distribution.

    A negative `by` (a credit, a changed sign) mirrors it: bounds change places, a lognormal has a negative
    centre. Scale 0 and equal bounds are no distribution.
    """
    if spread.shape is None or by == 0:
        return None
    centre = amount if spread.centre is None else spread.centre
    low, high = sorted((_number(spread.low) * by, _number(spread.high) * by))
    if spread.shape is Shape.LOGNORMAL:
        if spread.scale is None or not spread.scale > 0 or centre == 0 or not math.isfinite(spread.scale):
            return None
        return 1, math.copysign(centre, amount) * by, spread.scale, low, high
    if spread.shape is Shape.NORMAL:
        if spread.scale is None or not spread.scale > 0 or not math.isfinite(spread.scale):
            return None
        return 2, centre * by, spread.scale * abs(by), low, high
    if not low < high:
        return None
    if spread.shape is Shape.TRIANGULAR:
        mode = centre * by
        return (3, mode, math.nan, low, high) if low <= mode <= high else None
    return 4, (low + high) / 2, math.nan, low, high


def arrays(rows: Sequence[tuple[int, Row]]) -> Spreads:
    """(entry, distribution) pairs as arrays, ascending by entry."""
    if not rows:
        return Spreads.none()
    ordered = sorted(rows, key=lambda pair: pair[0])
    table = np.array([row for _, row in ordered], np.float64)
    return Spreads(
        np.array([entry for entry, _ in ordered], np.int64),
        table[:, 0].astype(np.uint8),
        table[:, 1].copy(),
        table[:, 2].copy(),
        table[:, 3].copy(),
        table[:, 4].copy(),
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else value
