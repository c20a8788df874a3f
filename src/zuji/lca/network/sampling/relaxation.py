"""Sixteen perturbed networks solved at once: Gauss-Seidel passes over the ordered rows, checked at the end.

The unknowns are u[j] = y[j] / d[j] with a power of two d[j] near the nominal size of y[j]. So all of them are
near one, float32 neither overflows nor underflows, no row is divided by a footprint that may be zero, and the
scaling itself rounds nothing. Arrays are [rows, 16].
"""

from typing import Any

import numpy as np

from zuji.lca.network.sampling.lanes import (
    LANES,
    add,
    divide,
    larger,
    load,
    multiply,
    multiply_add,
    size,
    smaller,
    spread,
    store,
    subtract,
)
from zuji.lca.network.sampling.transforms import compiled

CONVERGED, SLOW, NON_PRODUCTIVE, NOT_FINITE = 0, 1, 2, 3
_AGO = 32  # growth is judged over so many passes


@compiled
def _pass(
    low: Any,
    high: Any,
    start: Any,
    provider: Any,
    share: Any,
    pivot: Any,
    w: Any,
    u: Any,
    weight: Any,
    small: Any,
    step: Any,
) -> Any:
    """One pass over rows low..high; `step` (where not empty) gets Δu.

    Rows 0 and 5 of `small` get max |Δu| · weight[j] and max |u| · weight[j] of each sample.
    """
    worst = spread(u.dtype.type(0.0))
    largest = spread(u.dtype.type(0.0))
    keep = len(step) > 0
    for j in range(np.uint64(low), np.uint64(high)):
        total = load(w, j)
        for e in range(start[j], start[j + np.uint64(1)]):
            total = multiply_add(load(share, e), load(u, provider[e]), total)
        total = multiply(total, load(pivot, j))
        moved = subtract(total, load(u, j))
        store(u, j, total)
        by = spread(weight[j])
        worst = larger(worst, multiply(size(moved), by))
        largest = larger(largest, multiply(size(total), by))
        if keep:
            store(step, j, moved)
    store(small, 0, worst)
    store(small, 5, largest)


@compiled
def _leap(low: Any, high: Any, u: Any, step: Any, factor: Any) -> Any:
    """u += factor · step, a factor for each sample: the geometric rest of the slowest mode (Aitken)."""
    by = load(factor, 0)
    for j in range(np.uint64(low), np.uint64(high)):
        store(u, j, multiply_add(by, load(step, j), load(u, j)))


@compiled
def _judge(k: Any, small: Any, state: Any, error: Any, tolerance: Any, floor: Any, leaping: Any) -> Any:
    """Looks at every sample after pass `k`: (whether any needs more passes, whether any should leap).

    Rows of `small`: last change, the change before, contraction ρ, change 32 passes ago, length of the leap,
    size; and in row 8 the slowest contraction seen, since a leap or faster modes may hide it. Changes below
    `floor` times size are rounding; so are somewhat larger ones that do not shrink either.
    """
    waiting = leap = False
    for lane in range(LANES):
        small[4, lane] = 0.0
        if state[lane] != CONVERGED:
            continue
        moved, before, rate = small[0, lane], small[1, lane], small[2, lane]
        if not np.isfinite(moved):
            state[lane] = NON_PRODUCTIVE if rate >= 1.0 else NOT_FINITE
            continue
        measured = rate if before < 0.0 else moved / before if before > 0.0 else 0.0
        steady = abs(measured - rate) < 0.1 * (1.0 - measured)
        least = floor * max(small[5, lane], 1.0)
        if moved > 8 * least or k < 4:
            rate = measured
        if steady and before > 0.0 and k >= 6 and moved > 8 * least:
            small[8, lane] = max(small[8, lane], measured)
        slowest = max(rate, small[8, lane])
        rest = moved * slowest / (1.0 - slowest) if slowest < 1.0 else np.inf
        small[1, lane], small[2, lane] = moved, rate
        rounding = moved <= least and measured >= 0.5
        if k % _AGO == 0:
            rounding |= moved <= 64 * least and moved > 0.5 * small[3, lane]
            if moved > 64 * least and moved >= 1.2 * small[3, lane] and rate > 1.0:
                state[lane] = NON_PRODUCTIVE  # nothing but a loop above one grows for so long
            small[3, lane] = moved
        if k >= 3 and (rest <= tolerance or rounding or moved == 0.0):
            slack = 1.0 - slowest if slowest < 1.0 else 1e-4
            error[lane] = max(error[lane], (moved * slowest + 4 * least) / slack)  # rounding is amplified too
            continue
        waiting = True
        if leaping and steady and 0.2 < rate < 0.9995 and rest > tolerance:
            small[4, lane] = rate / (1.0 - rate)
            small[1, lane] = -1.0  # the next change tells nothing about the contraction
            small[3, lane] = np.inf  # nor does growth over a leap prove anything
            leap = True
    return waiting, leap


@compiled
def _loop(
    low: Any,
    high: Any,
    start: Any,
    provider: Any,
    share: Any,
    pivot: Any,
    w: Any,
    u: Any,
    weight: Any,
    tolerance: Any,
    floor: Any,
    most: Any,
    state: Any,
    error: Any,
    step: Any,
    small: Any,
) -> Any:
    """Passes over one strongly connected component until each sample's estimated error is below `tolerance`.

    The error of a sample is its last change times ρ / (1 - ρ) with ρ its measured contraction. What is still
    moving after `most` passes is slow, what grows non-productive. Returns the number of passes.
    """
    none = step[:0]
    small[1:4] = np.inf
    small[2] = 1.0
    small[8] = 0.0
    for k in range(1, most + 1):
        leaping = k >= 6 and k % 4 == 2
        _pass(low, high, start, provider, share, pivot, w, u, weight, small, step if leaping else none)
        waiting, leap = _judge(k, small, state, error, tolerance, floor, leaping)
        if not waiting:
            return k
        if leap:
            _leap(low, high, u, step, small[4:5])
    for lane in range(LANES):
        moved, rate = small[0, lane], small[2, lane]
        settled = moved <= 64 * floor * max(small[5, lane], 1.0) or (
            rate < 1.0 and moved * rate <= tolerance * (1.0 - rate)
        )
        if state[lane] == CONVERGED and not settled:
            state[lane] = SLOW
    return most


@compiled
def relax(
    runs: Any,
    start: Any,
    provider: Any,
    share: Any,
    pivot: Any,
    w: Any,
    u: Any,
    weight: Any,
    tolerance: Any,
    floor: Any,
    most: Any,
    state: Any,
    error: Any,
    step: Any,
    small: Any,
) -> Any:
    """Solves u = pivot · (w + share u) for sixteen samples, in place from the u given.

    `runs` uint32[r, 3] are (low, high, loop) of `Prepared.runs`; `state` uint8[16] tells how each sample
    fared (those not `CONVERGED` at the start are passed over), `error`[16] its estimated error relative to
    the nominal gross flow. Returns the number of passes over the links of loops, in rows.
    """
    rows = 0
    for r in range(len(runs)):
        low, high = int(runs[r, 0]), int(runs[r, 1])
        if runs[r, 2]:
            passes = _loop(
                low, high, start, provider, share, pivot, w, u, weight,
                tolerance, floor, most, state, error, step, small,
            )  # fmt: skip
            rows += passes * (high - low)
        else:
            _pass(low, high, start, provider, share, pivot, w, u, weight, small, step[:0])
            rows += high - low
    return rows


@compiled
def examine(
    start: Any, provider: Any, share: Any, pivot: Any, w: Any, u: Any, residual: Any, least: Any
) -> Any:
    """The true residual of every sample and its smallest value.

    `residual`[1, 16] = max over rows of |u - pivot (w + Σ share u)| / |pivot| (|w| + Σ |share u|): relative
    to what flows through the row in this very sample, before credits cancel anything; not a number where u is
    none. `least`[1, 16] = min of u.
    """
    tiny = spread(u.dtype.type(1e-30))
    worst = spread(u.dtype.type(0.0))
    lowest = spread(u.dtype.type(np.inf))
    for j in range(np.uint64(len(start) - 1)):
        total = load(w, j)
        gross = size(total)
        for e in range(start[j], start[j + np.uint64(1)]):
            term = multiply(load(share, e), load(u, provider[e]))
            total = add(total, term)
            gross = add(gross, size(term))
        own = load(u, j)
        by = load(pivot, j)
        wrong = size(subtract(multiply(total, by), own))
        worst = larger(worst, divide(wrong, add(size(multiply(gross, by)), tiny)))
        lowest = smaller(lowest, own)
    store(residual, 0, worst)
    store(least, 0, lowest)
