"""Probability distributions of `Spreads`: inverses, moments, and what is refused.

The codes of `Spreads.shape`: 1 lognormal, 2 normal, 3 triangular, 4 uniform.
"""

import numpy as np
from numpy.typing import NDArray

from zuji.errors import InvalidInput, problem
from zuji.lca.network.arrays import Floats, Longs, Spreads

LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM = 1, 2, 3, 4
WIDEST = 12.0
"""Largest SD of ln x: a factor of e¹² a standard deviation is a mistake of units, not an uncertainty."""


def chosen(spreads: Spreads, which: NDArray[np.intp]) -> Spreads:
    """Some of the spreads."""
    return Spreads(
        spreads.entry[which],
        spreads.shape[which],
        spreads.centre[which],
        spreads.scale[which],
        spreads.low[which],
        spreads.high[which],
    )


def inverse(spreads: Spreads, u: Floats) -> Floats:
    """The values at the probabilities `u`[n, d], float64[n, d].

    A credit is mirrored: its lognormal centre is negative, so a high `u` is a large credit.
    """
    from scipy.special import ndtri

    centre, scale = spreads.centre[:, None], spreads.scale[:, None]
    low, high = spreads.low[:, None], spreads.high[:, None]
    values = np.empty(u.shape)
    for shape in np.unique(spreads.shape):
        rows = np.flatnonzero(spreads.shape == shape)
        p = u[rows]
        if shape == LOGNORMAL:
            values[rows] = centre[rows] * np.exp(scale[rows] * ndtri(p))
        elif shape == NORMAL:
            values[rows] = centre[rows] + scale[rows] * ndtri(p)
        elif shape == TRIANGULAR:
            values[rows] = _triangular(low[rows], centre[rows], high[rows], p)
        else:
            values[rows] = low[rows] + (high[rows] - low[rows]) * p
    return values


def _triangular(low: Floats, mode: Floats, high: Floats, u: Floats) -> Floats:
    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1.0 - u) * width * (high - mode))
    return np.where(u * width < mode - low, rising, falling)


def moments(spreads: Spreads) -> tuple[Floats, Floats]:
    """(mean, variance) of each, exact."""
    c, s, low, high = spreads.centre, spreads.scale, spreads.low, spreads.high
    shape = spreads.shape
    s2 = np.where(shape == LOGNORMAL, s * s, 0.0)
    mean = np.select(
        [shape == LOGNORMAL, shape == NORMAL, shape == TRIANGULAR],
        [c * np.exp(s2 / 2), c, (low + c + high) / 3],
        (low + high) / 2,
    )
    variance = np.select(
        [shape == LOGNORMAL, shape == NORMAL, shape == TRIANGULAR],
        [
            c * c * np.exp(s2) * np.expm1(s2),
            s * s,
            (low * low + c * c + high * high - low * c - low * high - c * high) / 18,
        ],
        (high - low) ** 2 / 12,
    )
    return mean, variance


def magnitude(spreads: Spreads) -> Floats:
    """A size near which the values lie, never negative; 0 only where all values are 0."""
    bounded = spreads.shape >= TRIANGULAR
    ends = np.maximum(np.abs(spreads.low), np.abs(spreads.high))
    wide = np.where(spreads.shape == NORMAL, spreads.scale, 0.0)
    return np.where(bounded, ends, np.maximum(np.abs(spreads.centre), wide))


def never_negative(spreads: Spreads) -> bool:
    """Whether no value below zero can be drawn."""
    normal = spreads.shape == NORMAL
    bounded = spreads.shape >= TRIANGULAR
    return not bool(
        np.any(normal & (spreads.scale > 0))
        or np.any(spreads.centre[~bounded] < 0)
        or np.any(spreads.low[bounded] < 0)
    )


def check(spreads: Spreads, length: int, what_zh: str, what_en: str) -> None:
    """Raises `InvalidInput` where a spread is none, or belongs to no entry of an array of `length`."""
    entry: Longs = spreads.entry
    shape, c, s, low, high = spreads.shape, spreads.centre, spreads.scale, spreads.low, spreads.high
    wrong = (entry < 0) | (entry >= length) | (shape < LOGNORMAL) | (shape > UNIFORM)
    wrong[1:] |= np.diff(entry) <= 0
    free = shape <= NORMAL
    wrong |= free & ~(np.isfinite(c) & np.isfinite(s) & (s >= 0))
    wrong |= (shape == LOGNORMAL) & ((s > WIDEST) | (c == 0))
    wrong |= ~free & ~(np.isfinite(low) & np.isfinite(high) & (low <= high))
    wrong |= (shape == TRIANGULAR) & ~((low <= c) & (c <= high))
    bad = np.flatnonzero(wrong)
    if bad.size:
        first = int(bad[0])
        shown = f"{shape[first]}; {c[first]:g}, {s[first]:g}, {low[first]:g}, {high[first]:g}"
        raise InvalidInput(
            problem(
                "sampling.spread",
                f"{what_zh}中有 {bad.size} 个不确定性参数不成立，第一个属于第 {entry[first]} 项（{shown}）",
                f"{bad.size} uncertainties of {what_en} make no sense, the first is that of entry "
                f"{entry[first]} ({shown})",
                cure_zh="请核对分布类型与参数（对数正态：中位数不为 0、标准差不超过 12；"
                "三角：低 ≤ 众数 ≤ 高），条目序号应递增",
                cure_en="check kind and parameters (lognormal: median not 0, SD of ln at most 12; "
                "triangular: low ≤ mode ≤ high); entries ascend",
            )
        )
