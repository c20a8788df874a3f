"""The compiled loops that draw the uncertain lines of product systems, 128 draws side by side."""

from typing import Any, NamedTuple

import numpy as np

from zuji.batch.kernels import Rows, compiled, extent, inside
from zuji.lca.network.arrays import Bytes, Floats, Ints
from zuji.lca.network.sampling.transforms import exponential, normal, sides, threefry

LANES = 128


class Lots(NamedTuple):
    """Distributions: `place`[lines from `offset` on] tells which of them a line has, or -1."""

    offset: int
    place: Ints
    shape: Bytes
    centre: Floats
    scale: Floats
    low: Floats
    high: Floats


@compiled
def simulate(
    rows: Rows,
    lots: Lots,
    y: Floats,
    first: int,
    last: int,
    seed: int,
    draws: int,
    quantile: Floats,
    out: Floats,
    quantiles: Floats,
    failed: Ints,
) -> None:
    """Draws the uncertain lines of systems first…last - 1 `draws` times, one category (`y`[n]).

    `out`[s, 2] receives mean and standard deviation, `quantiles`[s, q] those at `quantile`[q], `failed`[s]
    how many draws had no finite result; statistics are over the others.
    """
    most, widest = extent(rows, first, last)
    score = np.empty((most, LANES))
    place = np.zeros(most, np.int32)
    matrix = np.empty((widest, widest, LANES))
    right = np.empty((widest, LANES))
    taken = np.empty(LANES)
    fine = np.empty(LANES, np.bool_)
    groups = -(-draws // LANES)
    values = np.empty(groups * LANES)
    for system in range(first, last):
        base, end = rows.node_start[system], rows.node_start[system + 1]
        for group in range(groups):
            fine[:] = True
            at = base
            while at < end:
                b = rows.size[at]
                _equations(rows, lots, y, seed, system, group, at, b, score, place, matrix, right, taken)
                _solve(matrix, right, b, fine)
                for i in range(b):
                    score[rows.sequence[at + i]] = right[i]
                at += b
            for d in range(LANES):
                values[group * LANES + d] = score[0, d] if fine[d] else np.nan
        row = system - first
        failed[row] = _summarise(values[:draws], quantile, out[row], quantiles[row])


@compiled
def _equations(
    rows: Rows,
    lots: Lots,
    y: Floats,
    seed: int,
    system: int,
    group: int,
    at: int,
    b: int,
    score: Floats,
    place: Ints,
    matrix: Floats,
    right: Floats,
    taken: Floats,
) -> None:
    """matrix[b, b] · x = right[b] in every lane, for the scores x of the `b` nodes at `at`."""
    base = rows.node_start[system]
    for i in range(b):
        place[rows.sequence[at + i]] = i
    for i in range(b):
        node = base + rows.sequence[at + i]
        right[i] = 0.0
        matrix[i, :b] = 0.0
        matrix[i, i] = 1.0
        for line in range(rows.line_start[node], rows.line_start[node + 1]):
            s = lots.place[line - lots.offset]
            if s < 0:
                taken[:] = rows.amount[line]
            else:
                _draw(taken, lots, s, seed, system, line - rows.line_start[base], group)
            other = rows.item[line]
            if other >= 0:
                intensity = y[other]
                for d in range(LANES):
                    right[i, d] += taken[d] * intensity
            elif inside(rows, at, b, place, -1 - other):
                cell = matrix[i, place[-1 - other]]
                for d in range(LANES):
                    cell[d] -= taken[d]
            else:
                known = score[-1 - other]
                for d in range(LANES):
                    right[i, d] += taken[d] * known[d]


@compiled
def _solve(matrix: Floats, right: Floats, b: int, fine: Any) -> None:
    """Eliminates without pivoting in every lane; where a pivot is not positive, the lane is not `fine`."""
    for i in range(b):
        for d in range(LANES):
            fine[d] = fine[d] and matrix[i, i, d] > 0.0
        for j in range(i + 1, b):
            for d in range(LANES):
                matrix[j, i, d] /= matrix[i, i, d]
            for m in range(i + 1, b):
                for d in range(LANES):
                    matrix[j, m, d] -= matrix[j, i, d] * matrix[i, m, d]
            for d in range(LANES):
                right[j, d] -= matrix[j, i, d] * right[i, d]
    for i in range(b - 1, -1, -1):
        for j in range(i + 1, b):
            for d in range(LANES):
                right[i, d] -= matrix[i, j, d] * right[j, d]
        for d in range(LANES):
            right[i, d] /= matrix[i, i, d]


@compiled
def _draw(taken: Floats, lots: Lots, s: int, seed: int, system: int, entry: int, group: int) -> None:
    """The amounts of one line in draws group · LANES …; distribution `s`.

    The key is threefry(seed, system and line), the counter the draw: draws i and i + LANES/2 of a group share
    one, and take its two words.
    """
    half = LANES // 2
    k0, k1 = threefry(
        np.uint32(seed & 0xFFFFFFFF), np.uint32(seed >> 32), np.uint32(system), np.uint32(entry)
    )
    word = np.empty(LANES, np.uint32)
    for i in range(half):
        word[i], word[i + half] = threefry(k0, k1, np.uint32(group * half + i), np.uint32(0))
    centre, scale, low, high = lots.centre[s], lots.scale[s], lots.low[s], lots.high[s]
    if lots.shape[s] == 1:
        for d in range(LANES):
            taken[d] = centre * np.float64(exponential(np.float32(scale) * normal(word[d])))
    elif lots.shape[s] == 2:
        for d in range(LANES):
            taken[d] = centre + scale * np.float64(normal(word[d]))
    elif lots.shape[s] == 3:
        for d in range(LANES):
            taken[d] = _triangular(word[d], low, centre, high)
    else:
        for d in range(LANES):
            below, _ = sides(word[d])
            taken[d] = low + (high - low) * np.float64(below)


@compiled
def _triangular(word: Any, low: float, mode: float, high: float) -> float:
    below, above = sides(word)
    u, v = np.float64(below), np.float64(above)
    width = high - low
    if u * width < mode - low:
        return float(low + np.sqrt(u * width * (mode - low)))
    return float(high - np.sqrt(v * width * (high - mode)))


@compiled
def _summarise(values: Floats, quantile: Floats, out: Floats, quantiles: Floats) -> int:
    """Mean, SD and quantiles (linear between order statistics) of the finite values; returns the others."""
    total = 0.0
    count = 0
    for i in range(len(values)):
        if np.isfinite(values[i]):
            total += values[i]
            count += 1
        else:
            values[i] = np.nan
    if count == 0:
        out[:] = np.nan
        quantiles[:] = np.nan
        return len(values)
    mean = total / count
    squares = 0.0
    for value in values:
        if np.isfinite(value):
            squares += (value - mean) * (value - mean)
    out[0] = mean
    out[1] = np.sqrt(squares / (count - 1)) if count > 1 else np.nan
    values.sort()  # what is not a number goes last
    for q in range(len(quantile)):
        at = quantile[q] * (count - 1)
        below = int(at)
        above = min(below + 1, count - 1)
        quantiles[q] = values[below] + (at - below) * (values[above] - values[below])
    return len(values) - count
