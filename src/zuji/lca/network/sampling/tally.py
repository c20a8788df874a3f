"""Statistics of all products in constant memory: moments, extremes and histograms that are filled block by
block.

A histogram has 256 bins on a grid of its product's own, laid out by the first draws. Where these all have one
sign, the grid is that of the floats themselves: bins are equally many float32 numbers wide, so they grow with
the value as on a logarithmic scale. Otherwise the bins are equally wide. A quantile lies in a known bin; the
width of that bin bounds its error.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats
from zuji.lca.network.sampling.blocks import CONVERGED, Block

BINS = 256
PILOT = 64
"""Draws that lay out the grids; always the first ones, so that grids do not depend on threads."""
_ROOM = 2.5  # the grid is so many times as wide as the range of the pilot draws


class Tally:
    """Running statistics of k categories of n products, in the scaled units of a `Plan`."""

    def __init__(self, k: int, n: int) -> None:
        self.count = 0
        self.mean = np.zeros((k, n))
        self.m2 = np.zeros((k, n))
        self.least = np.full((k, n), np.inf)
        self.most = np.full((k, n), -np.inf)
        self._pilot: list[Block] = []
        self._seen = 0
        self._bins = np.zeros((0, 0, 0), np.uint32)
        self._low = np.zeros((k, n))
        self._width = np.zeros((k, n))
        self._floats = np.zeros((k, n), np.bool_)

    def add(self, block: Block) -> None:
        """Takes a block in; blocks must come in the order of their draws."""
        self._moments(block)
        if self._bins.size:
            self._histogram(block)
            return
        copy = Block(
            block.first,
            block.u.copy(),
            block.state.copy(),
            block.error,
            block.residual,
            block.passes,
            block.alone,
        )
        self._pilot.append(copy)
        self._seen += int(np.count_nonzero(block.state == CONVERGED))
        if self._seen >= PILOT:
            self._lay_out()

    def _moments(self, block: Block) -> None:
        from zuji.lca.network.sampling import tallying

        live = np.flatnonzero(block.state == CONVERGED)
        if live.size:
            for c in range(len(block.u)):
                tallying.moments(
                    block.u[c], live, self.count, self.mean[c], self.m2[c], self.least[c], self.most[c]
                )
        self.count += live.size

    def _histogram(self, block: Block) -> None:
        from zuji.lca.network.sampling import tallying

        live = np.flatnonzero(block.state == CONVERGED)
        for c in range(len(block.u)):
            tallying.histogram(
                np.asarray(block.u[c], np.float32),
                live,
                self._low[c],
                self._width[c],
                self._floats[c],
                self._bins[c],
            )

    def _lay_out(self) -> None:
        """Grids from the pilot draws, then the pilot draws into them."""
        least, most = self.least.astype(np.float32), self.most.astype(np.float32)
        self._floats = (least > 0) | (most < 0)
        low = np.where(self._floats, ordinals(least), least.astype(np.float64))
        high = np.where(self._floats, ordinals(most), most.astype(np.float64))
        middle, half = (low + high) / 2, (high - low) / 2 * _ROOM
        narrow = np.where(self._floats, BINS / 2, np.maximum(np.abs(middle) * 1e-6, 1e-30))
        half = np.maximum(half, narrow)
        self._low = np.nan_to_num(middle - half)
        self._width = np.nan_to_num(2 * half / BINS, nan=1.0, posinf=1.0)
        k, n = self.mean.shape
        self._bins = np.zeros((k, n, BINS), np.uint32)
        for block in self._pilot:
            self._histogram(block)
        self._pilot.clear()

    def variance(self) -> Floats:
        """The sample variance, not a number for fewer than two draws."""
        return self.m2 / (self.count - 1) if self.count > 1 else np.full_like(self.m2, np.nan)

    def quantiles(self, wanted: tuple[float, ...]) -> tuple[Floats, Floats]:
        """(values, bounds of their error), each float64[k, n, q]: linear between the edges of the bin."""
        k, n = self.mean.shape
        values = np.full((k, n, len(wanted)), np.nan)
        bounds = np.full((k, n, len(wanted)), np.nan)
        if self.count == 0 or not wanted:
            return values, bounds
        if not self._bins.size:
            self._lay_out()
        for c in range(k):
            for low in range(0, n, 4096):
                part = slice(low, min(low + 4096, n))
                cumulated = np.cumsum(self._bins[c, part], axis=1, dtype=np.int64)
                for i, q in enumerate(wanted):
                    values[c, part, i], bounds[c, part, i] = self._quantile(c, part, cumulated, q)
        return values, bounds

    def _quantile(self, c: int, part: slice, cumulated: NDArray[np.int64], q: float) -> tuple[Floats, Floats]:
        rank = q * (self.count - 1) + 0.5  # draws below the quantile, half of its own counted
        at = (cumulated < rank).sum(axis=1).clip(0, BINS - 1)
        rows = np.arange(len(at))
        before = np.where(at > 0, cumulated[rows, np.maximum(at, 1) - 1], 0)
        inside = cumulated[rows, at] - before
        left, right = self._edge(c, part, at), self._edge(c, part, at + 1)
        least, most = self.least[c, part], self.most[c, part]
        left = np.where(at == 0, least, np.clip(left, least, most))
        right = np.where(at == BINS - 1, most, np.clip(right, least, most))
        share = np.clip((rank - before) / np.maximum(inside, 1), 0, 1)
        return left + share * (right - left), right - left

    def _edge(self, c: int, part: slice, at: NDArray[np.intp]) -> Floats:
        edge = self._low[c, part] + at * self._width[c, part]
        return np.where(self._floats[c, part], numbers(edge), edge)


def ordinals(x: NDArray[np.float32]) -> Floats:
    """The place of each float32 among all of them, negative numbers mirrored."""
    bits = x.view(np.int32).astype(np.int64)
    return np.where(bits >= 0, bits, -(bits & 0x7FFFFFFF)).astype(np.float64)


def numbers(ordinal: Floats) -> Floats:
    """The float32 at each place; the inverse of `ordinals` for whole numbers, as float64."""
    whole = np.clip(np.rint(ordinal), -0x7F7FFFFF, 0x7F7FFFFF).astype(np.int64)
    bits = np.where(whole >= 0, whole, -whole).astype(np.int32)
    size = bits.view(np.float32).astype(np.float64)
    return np.where(whole >= 0, size, -size)


def lanes_of(block: Block, positions: NDArray[np.intp]) -> Any:
    """float64[p, k, 16]: the draws of some products, not a number where a draw failed."""
    found = block.u[:, positions, :].astype(np.float64).transpose(1, 0, 2)
    found[:, :, block.state != CONVERGED] = np.nan
    return found
