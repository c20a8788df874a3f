"""One walk through a prepared network, from suppliers to those they supply."""

import math

import numpy as np
import scipy.sparse

from zuji.lca.network import sweeps
from zuji.lca.network.arrays import Floats
from zuji.lca.network.certificates import LoopReport
from zuji.lca.network.loops import DENSE, SPARSE, Loop, factorised
from zuji.lca.network.prepared import Prepared

SETTLED = 1e-11
"""Relative change per sweep, allowing for its contraction, at which a loop counts as settled."""
_LEAPS = frozenset(
    (4, 12, 20)
)  # after so many sweeps a slowest mode stands alone; measured, two fifths fewer
_QUICK = 0.5  # a contraction better than this is not relied upon
_LIMIT = 20_000
_HIGH = 10.0  # where the bounding starts, in terms of s: from above it proves itself after four sweeps, from
_ENOUGH = 0.5  # below after seven; a larger θ would make the bound closer by less than a sweep costs
_EARLY = 8  # sweeps in which s is raised to a small part of u; burdens far upstream have arrived by then
_HOPELESS = -1e12  # u grows without end
_WATCH = 24  # sweeps between two looks at how fast a loop contracts


class Course:
    """Solves block by block and remembers what each loop needed. `w` and `y` are [n, k] in positions.

    A loop is swept while its measured contraction promises to be done sooner than a factorisation; otherwise
    it is factorised once and the factors serve the bound and the corrections too. A loop without any burden
    is examined all the same, because its zero would be no answer if it ate itself; `idle` lets it be.
    """

    def __init__(
        self,
        prepared: Prepared,
        categories: int,
        loops: dict[int, Loop] | None = None,
        *,
        idle: bool = False,
    ) -> None:
        self.prepared = prepared
        self._idle = idle
        self.loops: dict[int, Loop] = {} if loops is None else loops
        self.reports: list[LoopReport] = []
        self.sweeps = 0
        self._absolute: dict[int, Loop] = {}
        self._categories = categories
        self._rows = (prepared.start.view(np.uint64), prepared.provider.view(np.uint32), prepared.share)
        self._pivot = prepared.pivot
        sick = np.flatnonzero(~(prepared.own < 1.0))
        if sick.size:  # a process that consumes all it makes has no intensity, nor has what depends on it
            self._pivot = prepared.pivot.copy()
            self._pivot[sick] = np.nan
            size = np.diff(prepared.block)
            hungry = sick[np.isfinite(prepared.own[sick])]
            alone = hungry[size[np.searchsorted(prepared.block, hungry, side="right") - 1] == 1]
            self.reports += [LoopReport(int(at), 1, "refused", 0) for at in alone]

    @property
    def method(self) -> str:
        """The methods used, the most frequent kind first."""
        used = ["substitution", *dict.fromkeys(report.method for report in self.reports)]
        return "+".join(used)

    def run(self, w: Floats, y: Floats) -> None:
        """Solves `w` into `y`, which may start near the solution."""
        for low, high, loop in self.prepared.runs():
            if not loop:
                self._sweep(w, y, low, high)
            elif low in self.loops:
                self._direct(self.loops[low], w, y, 0)
            else:
                self._loop(w, y, low, high)

    def bounding(self, s: Floats) -> tuple[Floats, float]:
        """(u, θ) with u - |M| u ≥ θ s, all [n, k]: u near (I - |M|)⁻¹ s, rather above than below.

        θ is not above zero where no such u was found in a sensible time.
        """
        u = _HIGH * s
        pivot = self._absolute_pivot()
        theta = 1.0
        for low, high, _ in self.prepared.runs():
            if low in self.loops:
                self._absolute_loop(low, high).settle(s, u)
                continue
            found = -np.inf
            for taken in range(_LIMIT):
                found = _swept_above(self._rows, pivot, s, u, low, high, early=taken < _EARLY)
                if not _HOPELESS < found < _ENOUGH:
                    break
            theta = min(theta, found)
        if self.loops:  # factors say nothing of θ
            least = np.empty(u.shape[1])
            sweeps.margin(*self._rows, self.prepared.own, s, u, least)
            theta = min(float(least.min(initial=1.0)), 1.0)
        return u, theta

    def _loop(self, w: Floats, y: Floats, low: int, high: int) -> None:
        taken, settled = self._settle(w, y, low, high)
        self.sweeps = max(self.sweeps, taken)
        if settled and (self._idle or y[low:high].any() or self._productive(low, high)):
            self.reports.append(LoopReport(low, high - low, "sweeps", taken))
            return
        self.loops[low] = factorised(self.prepared, low, high)
        self._direct(self.loops[low], w, y, taken)

    def harder(self) -> bool:
        """Factorises the loops that were swept, for a second run; False where none is left to do."""
        swept = [report for report in self.reports if report.method == "sweeps" and report.size <= SPARSE]
        for report in swept:
            self.loops[report.first] = factorised(self.prepared, report.first, report.first + report.size)
        if swept:
            self.reports = [report for report in self.reports if report.size == 1]
        return bool(swept)

    def _direct(self, loop: Loop, w: Floats, y: Floats, taken: int) -> None:
        loop.settle(w, y)
        self.reports.append(LoopReport(loop.low, loop.high - loop.low, loop.method, taken))

    def _productive(self, low: int, high: int) -> bool:
        """Whether the loop at low..high would settle under some burden."""
        ones = np.zeros((len(self.prepared), 1))
        ones[low:high] = 1.0
        return self._settle(ones, np.zeros_like(ones), low, high)[1]

    def _settle(self, w: Floats, y: Floats, low: int, high: int) -> tuple[int, bool]:
        """Sweeps until settled, or until a factorisation looks cheaper; (sweeps taken, settled)."""
        last = best = np.inf
        taken, rate = 0, 1.0
        while taken < _LIMIT:
            if taken in _LEAPS:
                rate = self._leap(w, y, low, high) or 1.0
                taken, last = taken + 2, np.inf
            change = self._sweep(w, y, low, high)
            taken += 1
            if 0 < last < np.inf:
                rate = min(change / last, 1.0)
            if change == 0.0 or change * max(rate, _QUICK) <= SETTLED * (1.0 - rate):
                return taken, True  # what later sweeps would still change: a geometric series
            last = change
            if taken % _WATCH:
                continue
            if not np.isfinite(change):
                return taken, bool(np.all(np.isnan(y[low:high])))
            if change >= 0.9 * best and best < 1e-13:
                return taken, True  # rounding moves it now, nothing else; the certificate tells how much
            if taken >= 3 * _WATCH and self._dear(low, high, change, rate):
                return taken, False
            best = min(best, change)
        return _LIMIT, False

    def _leap(self, w: Floats, y: Floats, low: int, high: int) -> float:
        """Two sweeps, and a step along the slowest mode that they show (Aitken); returns its contraction.

        Only the way there is changed: what counts as settled is decided by plain sweeps after it.
        """
        oldest = y[low:high].copy()
        self._sweep(w, y, low, high)
        older = y[low:high].copy()
        self._sweep(w, y, low, high)
        if y.shape[1] == 1:
            return sweeps.leap_of_one(oldest.reshape(-1), older.reshape(-1), y[low:high].reshape(-1))
        return sweeps.leap(oldest, older, y[low:high])

    def _dear(self, low: int, high: int, change: float, rate: float) -> bool:
        """Whether the sweeps still to come cost more than a factorisation (rough measured costs)."""
        if not 0.0 < rate < 0.9999:
            return rate > 0.0
        left = math.log(SETTLED * (1 - rate) / change) / math.log(rate)
        links = int(self.prepared.start[high] - self.prepared.start[low])
        ahead = left * (links * self._categories * 1e-9 + 2e-6)
        size = high - low
        direct = 1e-10 * size**3 if size <= DENSE else 1e-8 * size**2 if size <= SPARSE else 60.0
        return ahead > direct + 1e-3

    def _sweep(self, w: Floats, y: Floats, low: int, high: int) -> float:
        return _swept(self._rows, self._pivot, w, y, low, high)

    def _absolute_pivot(self) -> Floats:
        if self.prepared.own.min(initial=0.0) >= 0.0:
            return self._pivot
        own = np.abs(self.prepared.own)
        return np.divide(1.0, 1.0 - own, out=np.full_like(own, np.nan), where=own < 1.0)

    def _absolute_loop(self, low: int, high: int) -> Loop:
        loop = self.loops[low]
        if loop.solve is None or not _has_credit(self.prepared, low, high):
            return loop
        if low not in self._absolute:
            self._absolute[low] = factorised(self.prepared, low, high, absolute=True)
        return self._absolute[low]


Rows = tuple[sweeps.Starts, sweeps.Places, Floats]


def _swept(rows: Rows, pivot: Floats, w: Floats, y: Floats, low: int, high: int) -> float:
    if y.shape[1] == 1:
        return sweeps.sweep(*rows, pivot, w.reshape(-1), y.reshape(-1), low, high)
    return sweeps.sweep_many(*rows, pivot, w, y, low, high)


def _swept_above(
    rows: Rows, pivot: Floats, s: Floats, u: Floats, low: int, high: int, *, early: bool
) -> float:
    if u.shape[1] == 1:
        return sweeps.sweep_above(*rows, pivot, s.reshape(-1), u.reshape(-1), low, high, early)
    return sweeps.sweep_above_many(*rows, pivot, s, u, low, high, early)


def product(prepared: Prepared, y: Floats) -> Floats:
    """M y without the own consumption, [n, k] in positions."""
    n = len(prepared)
    rows = scipy.sparse.csr_array((prepared.share, prepared.provider, prepared.start), shape=(n, n))
    return np.asarray(rows @ y)


def _has_credit(prepared: Prepared, low: int, high: int) -> bool:
    share = prepared.share[prepared.start[low] : prepared.start[high]]
    return bool((share < 0).any() or (prepared.own[low:high] < 0).any())
