"""The compiled hot loops: one pass over the links updates the intensity of every product.

Indices are unsigned, because the compiler otherwise guards every access against negative ones. Arrays are
those of `Prepared`: `start` uint64[n+1], `provider` uint32[m], `share` float64[m]; `k` categories stand side
by side, so that one pass over the links serves them all.

A database that does not fit into the cache waits for memory at every gathered value. The kernels of one
category then ask for a value `_AHEAD` links before they need it: a pass over a million processes takes two
thirds of the time, half of it on a busy machine. Inside the cache the asking would cost a third.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats
from zuji.lca.network.fetching import fetch

Starts = NDArray[np.uint64]
Places = NDArray[np.uint32]

# Sums may be fused; not-a-number and infinity keep their meaning, a diverging loop must show. Sums of a row
# are not regrouped for one category (gathering into vectors takes a quarter longer than one by one).
_compiled = njit(cache=True, nogil=True, boundscheck=False, error_model="numpy", fastmath={"contract", "nsz"})
_regrouped = njit(  # sums over all rows, where the order of addition is a matter of taste: in vectors
    cache=True, nogil=True, boundscheck=False, error_model="numpy", fastmath={"contract", "nsz", "reassoc"}
)
_LEAST = 1e-4  # of u: what s is at least; u is raised with it, so that the margin holds for the raised s
_ONE, _TWO = np.uint64(1), np.uint64(2)
_CACHED = 4_000_000  # from so many links on a pass waits for memory
_AHEAD = np.uint64(128)  # links; 64 to 384 measure alike


@_compiled
def _ahead(provider: Places) -> np.uint64:
    """How many links before its use a value is asked for, 0 for never."""
    return _AHEAD if len(provider) > _CACHED else np.uint64(0)


@_compiled
def sweep(
    start: Starts, provider: Places, share: Floats, pivot: Floats, w: Floats, y: Floats, low: int, high: int
) -> float:
    """One Gauss-Seidel pass over positions low..high of y[j] = pivot[j] · (w[j] + Σ share · y[provider]).

    `w`[n]; `y`[n] is updated in place. Returns the largest relative change; infinite where a value became
    other than a number or left zero.
    """
    worst = 0.0
    e = start[np.uint64(low)]  # carried from row to row, and two sums side by side: a fifth less time
    ahead, last = _ahead(provider), start[np.uint64(high)] - _TWO
    for i in range(np.uint64(low), np.uint64(high)):
        total, beside = w[i], 0.0
        end = start[i + _ONE]
        while e + _ONE < end:
            if ahead:
                later = min(e + ahead, last)
                fetch(y, provider[later])
                fetch(y, provider[later + _ONE])
            total += share[e] * y[provider[e]]
            beside += share[e + _ONE] * y[provider[e + _ONE]]
            e += _TWO
        if e < end:
            total += share[e] * y[provider[e]]
            e += _ONE
        total = (total + beside) * pivot[i]
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
                scale = 1.0 / y[i, c]
                first = (older[i, c] - oldest[i, c]) * scale
                across[c] += first * ((y[i, c] - older[i, c]) * scale)
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


@_regrouped
def leap_of_one(oldest: Floats, older: Floats, y: Floats) -> float:
    """`leap` for one category: all [n]."""
    across = along = 0.0
    for i in range(len(y)):
        if y[i] != 0.0:
            scale = 1.0 / y[i]
            first = (older[i] - oldest[i]) * scale
            across += first * ((y[i] - older[i]) * scale)
            along += first * first
    rate = across / along if along > 0.0 else 0.0
    if not 0.0 < rate < 0.98:
        return 0.0
    step = rate / (1.0 - rate)
    for i in range(len(y)):
        y[i] += step * (y[i] - older[i])
    return rate


@_compiled
def residual(
    start: Starts, provider: Places, share: Floats, own: Floats, w: Floats, y: Floats, s: Floats, rho: Floats
) -> None:
    """`s`[n, k], the size of the terms of w + M y - y, and `rho`[k], the largest |residual| / s.

    The rounding of a sum of d terms of total size s is at most (d + 3) ε s; it is added to the residual, so
    that rho is a bound of the true one. Rows without a number count for nothing.
    """
    n, k = y.shape
    left, size = np.empty(k), np.empty(k)
    rho[:] = 0.0
    for i in range(np.uint64(n)):
        for c in range(k):
            kept = own[i] * y[i, c]
            left[c] = w[i, c] - y[i, c] + kept
            size[c] = abs(w[i, c]) + abs(y[i, c]) + abs(kept)
        for e in range(start[i], start[i + _ONE]):
            factor = share[e]
            other = provider[e]
            for c in range(k):
                term = factor * y[other, c]
                left[c] += term
                size[c] += abs(term)
        rounding = (start[i + _ONE] - start[i] + np.uint64(4)) * 2.3e-16
        for c in range(k):
            s[i, c] = size[c]
            if abs(left[c]) > (rho[c] - rounding) * size[c]:
                rho[c] = abs(left[c]) / size[c] + rounding


@_compiled
def residual_of_one(
    start: Starts, provider: Places, share: Floats, own: Floats, w: Floats, y: Floats, s: Floats
) -> float:
    """`residual` for one category: all [n]; returns rho."""
    rho = 0.0
    e = np.uint64(0)
    ahead, last = _ahead(provider), np.uint64(len(provider)) - _ONE
    for i in range(np.uint64(len(y))):
        value = y[i]
        kept = own[i] * value
        left = w[i] - value + kept
        size = abs(w[i]) + abs(value) + abs(kept)
        end = start[i + _ONE]
        rounding = (end - e + np.uint64(4)) * 2.3e-16
        while e < end:
            if ahead:
                fetch(y, provider[min(e + ahead, last)])
            term = share[e] * y[provider[e]]
            left += term
            size += abs(term)
            e += _ONE
        s[i] = size
        if abs(left) > (rho - rounding) * size:
            rho = abs(left) / size + rounding
    return rho


@_compiled
def sweep_above(
    start: Starts,
    provider: Places,
    share: Floats,
    pivot: Floats,
    s: Floats,
    u: Floats,
    low: int,
    high: int,
    early: bool,  # noqa: FBT001 - compiled functions take no keywords
) -> float:
    """One pass of u[j] = pivot[j] · (s[j] + Σ |share| · u[provider]), [n] in place, that judges itself.

    Returns θ such that u - |M| u ≥ θ s on the rows low..high. What a row has used of later rows is their
    value before the pass: (u - |M| u)[j] = s[j] + Σ over later i of |M[j, i]| · (before - after)[i]. Where no
    value has grown, θ = 1; where one has grown by the part g of itself, θ = 1 - g · max(u / s), because the
    sum is at least -g · u[j]. What rounding may hide of u[j] counts as growth. Where the terms of a
    row have nearly cancelled upstream, an `early` pass raises `s` in place to a small part of u (a larger
    size only makes the bound larger); max(u / s) would have no end otherwise.
    """
    growth = highest = 0.0
    longest = np.uint64(0)
    e = start[np.uint64(low)]
    ahead, last = _ahead(provider), start[np.uint64(high)] - _TWO
    for i in range(np.uint64(low), np.uint64(high)):
        total, beside = s[i], 0.0
        end = start[i + _ONE]
        longest = max(longest, end - e)
        while e + _ONE < end:
            if ahead:
                later = min(e + ahead, last)
                fetch(u, provider[later])
                fetch(u, provider[later + _ONE])
            total += abs(share[e]) * u[provider[e]]
            beside += abs(share[e + _ONE]) * u[provider[e + _ONE]]
            e += _TWO
        if e < end:
            total += abs(share[e]) * u[provider[e]]
            e += _ONE
        total = (total + beside) * pivot[i]
        if s[i] == 0.0 or (early and s[i] < _LEAST * total):
            raised = _LEAST * total
            total += (raised - s[i]) * pivot[i]
            s[i] = raised
        if total - u[i] > growth * total:
            growth = (total - u[i]) / total
        if total > highest * s[i]:
            highest = total / s[i]
        u[i] = total
    return 1.0 - (growth + (longest + np.uint64(4)) * 2.3e-16) * highest


@_compiled
def sweep_above_many(
    start: Starts,
    provider: Places,
    share: Floats,
    pivot: Floats,
    s: Floats,
    u: Floats,
    low: int,
    high: int,
    early: bool,  # noqa: FBT001 - compiled functions take no keywords
) -> float:
    """`sweep_above` for k categories, [n, k]: the least θ."""
    k = u.shape[1]
    growth, highest, total = np.zeros(k), np.zeros(k), np.empty(k)
    longest = np.uint64(0)
    for i in range(np.uint64(low), np.uint64(high)):
        longest = max(longest, start[i + _ONE] - start[i])
        for c in range(k):
            total[c] = s[i, c]
        for e in range(start[i], start[i + _ONE]):
            factor = abs(share[e])
            other = provider[e]
            for c in range(k):
                total[c] += factor * u[other, c]
        for c in range(k):
            value = total[c] * pivot[i]
            if s[i, c] == 0.0 or (early and s[i, c] < _LEAST * value):
                raised = _LEAST * value
                value += (raised - s[i, c]) * pivot[i]
                s[i, c] = raised
            if value - u[i, c] > growth[c] * value:
                growth[c] = (value - u[i, c]) / value
            if value > highest[c] * s[i, c]:
                highest[c] = value / s[i, c]
            u[i, c] = value
    rounding = (longest + np.uint64(4)) * 2.3e-16
    least = 1.0
    for c in range(k):
        least = min(least, 1.0 - (growth[c] + rounding) * highest[c])
    return least


@_compiled
def largest(part: Floats, whole: Floats) -> Floats:
    """The largest part / |whole| of each column of two [n, k], passing over what is no number or over 0."""
    n, k = whole.shape
    found = np.zeros(k)
    for i in range(n):
        for c in range(k):
            if part[i, c] > found[c] * abs(whole[i, c]) and whole[i, c] != 0.0:
                found[c] = part[i, c] / abs(whole[i, c])
    return found


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
