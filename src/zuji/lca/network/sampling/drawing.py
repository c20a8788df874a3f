"""The compiled loops that fill sixteen draws of every uncertain entry, and add up what belongs together.

Rows of `x`[rows, 16]: first the shares of `Prepared`, then one row of ones, then amounts that are parts of
sums. Every kernel of a distribution writes row `target`[i] from the parameters `p`[i] under the key `key`[i];
`first` is the counter of the block's first pair of draws.
"""

from typing import Any

import numpy as np

from zuji.lca.network.sampling.lanes import add, load, multiply, multiply_add, spread, store
from zuji.lca.network.sampling.transforms import compiled, exponential, normal, sides, threefry

_HALF = 8


@compiled
def lognormals(x: Any, target: Any, key: Any, p: Any, first: Any) -> None:
    """p = (median, SD of ln)."""
    for i in range(len(target)):
        row, k0, k1 = np.uint64(target[i]), key[i, 0], key[i, 1]
        median, width = p[i, 0], p[i, 1]
        for lane in range(_HALF):
            a, b = threefry(k0, k1, np.uint32(first + np.uint32(lane)), np.uint32(0))
            x[row, lane] = median * exponential(width * normal(a))
            x[row, lane + _HALF] = median * exponential(width * normal(b))


@compiled
def normals(x: Any, target: Any, key: Any, p: Any, first: Any) -> None:
    """p = (mean, SD)."""
    for i in range(len(target)):
        row, k0, k1 = np.uint64(target[i]), key[i, 0], key[i, 1]
        mean, width = p[i, 0], p[i, 1]
        for lane in range(_HALF):
            a, b = threefry(k0, k1, np.uint32(first + np.uint32(lane)), np.uint32(0))
            x[row, lane] = mean + width * normal(a)
            x[row, lane + _HALF] = mean + width * normal(b)


@compiled
def _triangular(word: Any, low: Any, rise: Any, high: Any, fall: Any, split: Any) -> Any:
    u, rest = sides(word)
    return low + rise * np.sqrt(u) if u < split else high - fall * np.sqrt(rest)


@compiled
def triangulars(x: Any, target: Any, key: Any, p: Any, first: Any) -> None:
    """p = (low, sqrt of width by rise, high, sqrt of width by fall, probability of the mode)."""
    for i in range(len(target)):
        row, k0, k1 = np.uint64(target[i]), key[i, 0], key[i, 1]
        low, rise, high, fall, split = p[i, 0], p[i, 1], p[i, 2], p[i, 3], p[i, 4]
        for lane in range(_HALF):
            a, b = threefry(k0, k1, np.uint32(first + np.uint32(lane)), np.uint32(0))
            x[row, lane] = _triangular(a, low, rise, high, fall, split)
            x[row, lane + _HALF] = _triangular(b, low, rise, high, fall, split)


@compiled
def _uniform(word: Any, low: Any, high: Any, width: Any) -> Any:
    u, rest = sides(word)
    return low + width * u if u < np.float32(0.5) else high - width * rest


@compiled
def uniforms(x: Any, target: Any, key: Any, p: Any, first: Any) -> None:
    """p = (low, high, width)."""
    for i in range(len(target)):
        row, k0, k1 = np.uint64(target[i]), key[i, 0], key[i, 1]
        low, high, width = p[i, 0], p[i, 1], p[i, 2]
        for lane in range(_HALF):
            a, b = threefry(k0, k1, np.uint32(first + np.uint32(lane)), np.uint32(0))
            x[row, lane] = _uniform(a, low, high, width)
            x[row, lane + _HALF] = _uniform(b, low, high, width)


@compiled
def given(x: Any, target: Any, factor: Any, values: Any, column: int) -> None:
    """Rows from presampled columns column..column+15; past the last column the last is repeated."""
    last = values.shape[1] - 1
    for i in range(len(target)):
        if target[i] < 0:
            continue
        row = np.uint64(target[i])
        for lane in range(2 * _HALF):
            x[row, lane] = factor[i] * values[i, min(column + lane, last)]


@compiled
def sums(x: Any, row: Any, base: Any, start: Any, source: Any) -> None:
    """x[row[i]] = base[i] + the rows source[start[i]:start[i+1]] of x: links to one provider, added up."""
    for i in range(len(row)):
        total = spread(base[i])
        for s in range(start[i], start[i + 1]):
            total = add(total, load(x, source[s]))
        store(x, row[i], total)


@compiled
def pivots(x: Any, pivot: Any, row: Any, base: Any, start: Any, source: Any, state: Any, sick: int) -> None:
    """pivot[row[i]] = 1 / (1 - own consumption); a sample that consumes all it makes gets the state
    `sick`.
    """
    for i in range(len(row)):
        at = np.uint64(row[i])
        for lane in range(2 * _HALF):
            own = base[i]
            for s in range(start[i], start[i + 1]):
                own += x[np.uint64(source[s]), lane]
            room = 1.0 - own
            if room > 0.0:
                pivot[at, lane] = 1.0 / room
            else:
                pivot[at, lane] = 0.0
                if state[lane] == 0:
                    state[lane] = sick


@compiled
def directs(x: Any, w: Any, row: Any, base: Any, start: Any, source: Any, by: Any, coefficient: Any) -> None:
    """w[row[i]] = base[i] + Σ coefficient · x[source] · x[by]: drawn interventions times drawn factors."""
    for i in range(len(row)):
        total = spread(base[i])
        for s in range(start[i], start[i + 1]):
            part = multiply(load(x, source[s]), load(x, by[s]))
            total = multiply_add(spread(coefficient[s]), part, total)
        store(w, row[i], total)
