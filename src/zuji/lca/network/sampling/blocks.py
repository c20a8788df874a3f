"""Sixteen draws from beginning to end: numbers drawn, networks solved, every draw judged."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats
from zuji.lca.network.sampling import distributions, randomness, singly
from zuji.lca.network.sampling.options import Sampling
from zuji.lca.network.sampling.plan import Plan

LANES = 16
CONVERGED, SLOW, NON_PRODUCTIVE, NOT_FINITE, NOT_ASKED = 0, 1, 2, 3, 4
_ATTEMPTS = 3
_DOUBT = 1e-4  # a draw with a larger estimated error is solved again in double precision

Numbers = NDArray[np.floating]
Kind: TypeAlias = np.dtype[np.float32] | np.dtype[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Sixteen draws of everything: `u`[k, n, 16] scaled intensities in positions, `state`[16] of each draw,
    `error`[16] its estimated relative error, `residual`[16] its true relative residual, `passes` over all
    rows, and `alone`, how many draws were solved once more by themselves.
    """

    first: int
    u: Numbers
    state: NDArray[np.uint8]
    error: Floats
    residual: Floats
    passes: float
    alone: int


@dataclass(frozen=True, slots=True, eq=False)
class _Kernel:
    """One distribution's share of the drawn entries, as its compiled loop wants it."""

    shape: int
    target: NDArray[np.uint32]
    key: randomness.Words
    p: NDArray[np.float32]


class Workspace:
    """The arrays of one thread, made once: about 64 bytes for every link and every drawn entry."""

    def __init__(self, plan: Plan, asked: Sampling) -> None:
        self._plan = plan
        self._asked = asked
        self._kind: Kind = precision(asked)
        prepared = plan.prepared
        n, k = plan.u.shape
        m = len(plan.share)
        self._x = aligned((plan.rows, LANES), self._kind)
        self._x[:m] = plan.share[:, None]
        self._x[m:] = 1.0
        self._w = aligned((k, n, LANES), self._kind)
        self._w[:] = plan.w.T[:, :, None]
        self._pivot = aligned((n, LANES), self._kind)
        self._pivot[:] = plan.pivot[:, None]
        self._step = aligned((n, LANES), self._kind)
        self._small = aligned((9, LANES), self._kind)
        self._u = plan.u.T.astype(self._kind)
        self._weight = np.ascontiguousarray(plan.weight.T.astype(self._kind))
        self._start = prepared.start.view(np.uint64)
        self._provider = prepared.provider.view(np.uint32)
        self._runs = np.array(prepared.runs(), np.uint32).reshape(-1, 3)
        self._kernels = () if asked.double else _kernels(plan)
        sums = [plan.shares, plan.own, *(direct.sums for direct in plan.directs)]
        self._bases = [total.base.astype(self._kind) for total in sums]
        self._coefficients = [direct.coefficient.astype(self._kind) for direct in plan.directs]

    def run(self, first: int, u: Numbers) -> Block:
        """Draws `first`…`first` + 15; `u`[k, n, 16] receives the intensities."""
        asked = self._asked
        state = np.zeros(LANES, np.uint8)
        self._draw(first)
        self._add_up(state)
        error, residual = np.zeros(LANES), np.zeros(LANES)
        rows = 0
        for category in range(len(u)):
            rows += self._solve(category, u[category], state, error, residual)
        alone = self._doubtful(first, u, state, error, residual)
        # solved all the same, so that a draw does not depend on how many follow it
        state[max(0, asked.draws - first) :] = NOT_ASKED
        return Block(first, u, state, error, residual, rows / max(1, self._step.shape[0]), alone)

    def _doubtful(
        self, first: int, u: Numbers, state: NDArray[np.uint8], error: Floats, residual: Floats
    ) -> int:
        """Solves draws again that are slow, or so near the edge that rounding matters; returns how many."""
        doubtful = np.flatnonzero((state == SLOW) | ((state == CONVERGED) & (error > _DOUBT)))
        doubtful = doubtful[first + doubtful < self._asked.draws]
        for lane in doubtful.tolist():
            found = singly.solved(self._plan, first + lane)
            state[lane] = NON_PRODUCTIVE if found is None else CONVERGED
            error[lane] = residual[lane] = 0.0
            if found is not None:
                u[:, :, lane], error[lane] = found
        return len(doubtful)

    def _draw(self, first: int) -> None:
        from zuji.lca.network.sampling import drawing

        if self._asked.double:
            self._draw_double(first)
        loops = (drawing.lognormals, drawing.normals, drawing.triangulars, drawing.uniforms)
        counter = np.uint32(first // 2)
        for kernel in self._kernels:
            loops[kernel.shape - 1](self._x, kernel.target, kernel.key, kernel.p, counter)
        for given in self._plan.given:
            drawing.given(self._x, given.target, given.factor, given.values, first)

    def _draw_double(self, first: int) -> None:
        """The same draws in double precision, by another road: NumPy and SciPy."""
        drawn = self._plan.drawn
        draws = np.arange(first, first + LANES)
        for low in range(0, len(drawn.target), 65_536):
            part = np.arange(low, min(low + 65_536, len(drawn.target)))
            u = randomness.uniforms(drawn.key[part], draws)
            values = distributions.inverse(distributions.chosen(drawn.spreads, part), u)
            self._x[drawn.target[part]] = values * drawn.factor[part, None]

    def _add_up(self, state: NDArray[np.uint8]) -> None:
        from zuji.lca.network.sampling import drawing

        plan = self._plan
        shares, own = plan.shares, plan.own
        drawing.sums(self._x, shares.row, self._bases[0], shares.start, shares.source)
        drawing.pivots(
            self._x, self._pivot, own.row, self._bases[1], own.start, own.source, state, NON_PRODUCTIVE
        )
        for c, direct in enumerate(plan.directs):
            total = direct.sums
            drawing.directs(
                self._x, self._w[c], total.row, self._bases[2 + c],
                total.start, total.source, direct.by, self._coefficients[c],
            )  # fmt: skip

    def _solve(
        self, category: int, u: Numbers, state: NDArray[np.uint8], error: Floats, residual: Floats
    ) -> int:
        """One category from the nominal solution, until the true residual agrees; returns rows passed."""
        from zuji.lca.network.sampling.relaxation import examine, relax

        asked, x, w = self._asked, self._x, self._w[category]
        floor = float(np.finfo(self._kind).eps)
        u[:] = self._u[category][:, None]
        found = np.zeros(LANES)
        rows = 0
        tolerance = asked.tolerance
        for _ in range(_ATTEMPTS):
            found[:] = 0.0
            rows += relax(
                self._runs, self._start, self._provider, x, self._pivot, w, u, self._weight[category],
                tolerance, floor, asked.passes, state, found, self._step, self._small,
            )  # fmt: skip
            examine(self._start, self._provider, x, self._pivot, w, u, self._small[6:7], self._small[7:8])
            wrong = self._small[6].astype(np.float64)
            live = state == CONVERGED
            state[live & ~np.isfinite(wrong)] = NOT_FINITE
            rough = (state == CONVERGED) & (wrong > max(asked.tolerance, 16 * floor))
            if not rough.any():
                break
            tolerance /= 10
        state[rough] = SLOW
        if self._plan.positive:  # a negative footprint without anything negative: more is consumed than made
            state[(state == CONVERGED) & (self._small[7] < -asked.tolerance)] = NON_PRODUCTIVE
        live = state == CONVERGED
        error[live] = np.maximum(error, found + wrong)[live]
        residual[live] = np.maximum(residual, wrong)[live]
        return rows


def _kernels(plan: Plan) -> tuple[_Kernel, ...]:
    """Parameters in the rows' own scale, float32."""
    found = []
    spreads, factor = plan.drawn.spreads, plan.drawn.factor
    for shape in np.unique(spreads.shape).tolist():
        rows = np.flatnonzero(spreads.shape == shape)
        c, s, low, high = (
            getattr(spreads, name)[rows].astype(np.float64) for name in ("centre", "scale", "low", "high")
        )
        f = factor[rows]
        if shape == distributions.LOGNORMAL:
            p = [c * f, s]
        elif shape == distributions.NORMAL:
            p = [c * f, s * f]
        elif shape == distributions.TRIANGULAR:
            width = high - low
            split = np.divide(c - low, width, out=np.zeros_like(width), where=width > 0)
            p = [low * f, np.sqrt(width * (c - low)) * f, high * f, np.sqrt(width * (high - c)) * f, split]
        else:
            p = [low * f, high * f, (high - low) * f]
        found.append(
            _Kernel(
                int(shape),
                plan.drawn.target[rows].astype(np.uint32),
                np.ascontiguousarray(plan.drawn.key[rows]),
                np.stack(p, axis=1).astype(np.float32),
            )
        )
    return tuple(found)


def precision(asked: Sampling) -> Kind:
    """The number type of a simulation."""
    return np.dtype(np.float64) if asked.double else np.dtype(np.float32)


def aligned(shape: tuple[int, ...], kind: Kind) -> Numbers:
    """An array of zeros whose rows of sixteen begin at cache lines."""
    size = int(np.prod(shape)) * kind.itemsize
    room = np.zeros(size + 64, np.uint8)
    skip = -room.ctypes.data % 64
    return room[skip : skip + size].view(kind).reshape(shape)
