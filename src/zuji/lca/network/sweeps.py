"""The compiled hot loops: one pass over the links updates the intensity of every product.

Indices are unsigned, because the compiler otherwise guards every access against negative ones. Arrays are
those of `Prepared`: `start` uint64[n+1], `provider` uint32[m], `share` float64[m]; `k` categories stand side
by side, so that one pass over the links serves them all.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats

Starts = NDArray[np.uint64]
Places = NDArray[np.uint32]

# Sums may be fused; not-a-number and infinity keep their meaning, a diverging loop must show. Sums of a row
# are not regrouped for one category (gathering into vectors takes a quarter longer than one by one).
_compiled = njit(
    cache=True, nogil=True, boundscheck=False, error_model="numpy", fastmath={"contract", "nsz"}
)
_ONE = np.uint64(1)


@_compiled
def sweep(
    start: Starts, provider: Places, share: Floats, pivot: Floats, w: Floats, y: Floats, low: int, high: int
) -> float:
    """One Gauss-Seidel pass over positions low..high of y[j] = pivot[j] · (w[j] + Σ share · y[provider]).

    `w`[n]; `y`[n] is updated in place. Returns the largest relative change; infinite where a value became
    other than a number or left zero.
    """
    worst = 0.0
    e = start[np.uint64(low)]  # carried from row to row: one load less
    for i in range(np.uint64(low), np.uint64(high)):
        total = w[i]
        end = start[i + _ONE]
        while e < end:
            total += share[e] * y[provider[e]]
            e += _ONE
        total *= pivot[i]
        change = abs(total - y[i])
        if not change <= worst * abs(total):
            worst = change / abs(total) if total != 0.0 and change == change else np.inf
        y[i] = total
    return worst


@_compiled
def sweep_many(
    start: Starts, provider: Places, share: Floats, pivot: Floats, w: Floats, y: Floats, low: int, high: int
) -> float:
    """`sweep` for k categories at once: `w` and `y` are [n, k], contiguous."""
    worst = 0.0
    k = y.shape[1]
    total = np.empty(k)
    for i in range(np.uint64(low), np.uint64(high)):
        for c in range(k):
            total[c] = w[i, c]
        for e in range(start[i], start[i + _ONE]):
            factor = share[e]
            other = provider[e]
            for c in range(k):
                total[c] += factor * y[other, c]
        for c in range(k):
            value = total[c] * pivot[i]
            change = abs(value - y[i, c])
            if not change <= worst * abs(value):
                worst = change / abs(value) if value != 0.0 and change == change else np.inf
            y[i, c] = value
    return worst


@_compiled
def leap(oldest: Floats, older: Floats, y: Floats) -> float:
    """Steps along the slowest mode that three successive iterates [n, k] show (Aitken), `y` in place.

    The contraction of each category is the least-squares ratio of the two relative changes; only those
    between 0 and 0.98 are used. Returns the largest used.
    """
    n, k = y.shape
    across, along = np.zeros(k), np.zeros(k)
    for i in range(n):
        for c in range(k):
            if y[i, c] != 0.0:
                first = (older[i, c] - oldest[i, c]) / y[i, c]
                second = (y[i, c] - older[i, c]) / y[i, c]
                across[c] += first * second
                along[c] += first * first
    step, largest = np.zeros(k), 0.0
    for c in range(k):
        rate = across[c] / along[c] if along[c] > 0.0 else 0.0
        if 0.0 < rate < 0.98:
            step[c] = rate / (1.0 - rate)
            largest = max(largest, rate)
    for i in range(n):
        for c in range(k):
            y[i, c] += step[c] * (y[i, c] - older[i, c])
    return largest


@_compiled
def residual(
    start: Starts, provider: Places, share: Floats, own: Floats, w: Floats, y: Floats, r: Floats, s: Floats
) -> None:
    """`r`[n, k] = w + M y - y with what rounding may hide of it added, `s`[n, k] the size of its terms.

    The rounding of a sum of d terms of total size s is at most (d + 3) ε s; it is added to |r|, so that
    |true residual| ≤ |r|. The sign of `r` is kept.
    """
    n, k = y.shape
    for i in range(np.uint64(n)):
        for c in range(k):
            r[i, c] = w[i, c] - y[i, c] + own[i] * y[i, c]
            s[i, c] = abs(w[i, c]) + abs(y[i, c]) + abs(own[i] * y[i, c])
        for e in range(start[i], start[i + _ONE]):
            factor = share[e]
            other = provider[e]
            for c in range(k):
                term = factor * y[other, c]
                r[i, c] += term
                s[i, c] += abs(term)
        rounding = (start[i + _ONE] - start[i] + np.uint64(4)) * 2.3e-16
        for c in range(k):
            r[i, c] += rounding * s[i, c] if r[i, c] >= 0.0 else -rounding * s[i, c]


@_compiled
def residual_of_one(
    start: Starts, provider: Places, share: Floats, own: Floats, w: Floats, y: Floats, r: Floats, s: Floats
) -> None:
    """`residual` for one category: all [n]."""
    e = np.uint64(0)
    for i in range(np.uint64(len(y))):
        value = y[i]
        left = w[i] - value + own[i] * value
        size = abs(w[i]) + abs(value) + abs(own[i] * value)
        end = start[i + _ONE]
        rounding = (end - e + np.uint64(4)) * 2.3e-16
        while e < end:
            term = share[e] * y[provider[e]]
            left += term
            size += abs(term)
            e += _ONE
        rounding *= size
        r[i] = left + rounding if left >= 0.0 else left - rounding
        s[i] = size


@_compiled
def margin_of_one(start: Starts, provider: Places, share: Floats, own: Floats, s: Floats, u: Floats) -> float:
    """`margin` for one category: all [n]."""
    least = np.inf
    e = np.uint64(0)
    for i in range(np.uint64(len(u))):
        total = u[i] - abs(own[i]) * u[i]
        end = start[i + _ONE]
        while e < end:
            total -= abs(share[e]) * u[provider[e]]
            e += _ONE
        if s[i] > 0.0 and total == total:
            least = min(least, total / s[i])
    return least


@_compiled
def margin(
    start: Starts, provider: Places, share: Floats, own: Floats, s: Floats, u: Floats, least: Floats
) -> None:
    """`least`[k] = min over j of (u - |M| u)[j] / s[j]; rows without a positive `s` are passed over."""
    n, k = u.shape
    total = np.empty(k)
    for c in range(k):
        least[c] = np.inf
    for i in range(np.uint64(n)):
        for c in range(k):
            total[c] = u[i, c] - abs(own[i]) * u[i, c]
        for e in range(start[i], start[i + _ONE]):
            factor = abs(share[e])
            other = provider[e]
            for c in range(k):
                total[c] -= factor * u[other, c]
        for c in range(k):
            if s[i, c] > 0.0 and total[c] == total[c]:
                least[c] = min(least[c], total[c] / s[i, c])
