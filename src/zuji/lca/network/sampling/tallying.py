"""The compiled loops of `Tally`."""

from typing import Any

import numpy as np

from zuji.lca.network.sampling.transforms import bits, compiled


@compiled
def moments(u: Any, live: Any, count: int, mean: Any, m2: Any, least: Any, most: Any) -> None:
    """Merges the samples `live` of u[n, 16] into mean and sum of squares of `count` earlier draws (Chan)."""
    size = len(live)
    part = size / (count + size)
    for j in range(len(u)):
        total = 0.0
        low, high = least[j], most[j]
        for i in range(size):
            value = np.float64(u[j, live[i]])
            total += value
            low = min(low, value)
            high = max(high, value)
        average = total / size
        squares = 0.0
        for i in range(size):
            apart = np.float64(u[j, live[i]]) - average
            squares += apart * apart
        shift = average - mean[j]
        mean[j] += shift * part
        m2[j] += squares + shift * shift * count * part
        least[j] = low
        most[j] = high


@compiled
def _place(value: Any, ordinal: Any) -> Any:
    """The coordinate of a float32 on its grid: its place among all float32, or itself."""
    whole = bits(value)
    mirrored = -np.int32(whole & np.int32(0x7FFFFFFF))
    return np.float64(whole if whole >= np.int32(0) else mirrored) if ordinal else np.float64(value)


@compiled
def histogram(u: Any, live: Any, low: Any, width: Any, floats: Any, bins: Any) -> None:
    """Counts the samples `live` of u[n, 16] in bins[n, 256]; what lies outside, in the outermost bins."""
    last = np.float64(bins.shape[1] - 1)
    at = np.empty(u.shape[1], np.int32)
    for j in range(len(u)):
        begin, by, ordinal = low[j], 1.0 / width[j], floats[j]
        for lane in range(16):
            at[lane] = np.int32(min(max((_place(u[j, lane], ordinal) - begin) * by, 0.0), last))
        for i in range(len(live)):
            bins[j, np.uint64(at[live[i]])] += np.uint32(1)
