"""Monte Carlo for all products at once."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from zuji.errors import InvalidInput, NonProductiveSystem, problem
from zuji.lca.network.arrays import Floats, Ints
from zuji.lca.network.prepared import Prepared
from zuji.lca.network.sampling.blocks import (
    CONVERGED,
    LANES,
    NON_PRODUCTIVE,
    NOT_FINITE,
    SLOW,
    Block,
    Workspace,
    aligned,
    precision,
)
from zuji.lca.network.sampling.designs import design
from zuji.lca.network.sampling.entries import uncertain
from zuji.lca.network.sampling.options import Method, Sampling
from zuji.lca.network.sampling.plan import Plan, plan
from zuji.lca.network.sampling.tally import Tally, lanes_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a simulation is worth.

    Of `asked` draws, `done` were made (fewer where it stopped early) and `counted` are in the statistics. The
    others have no finite footprint and are reported, not replaced: in `non_productive` ones a loop consumed
    at least as much as it made, `slow` ones did not converge within the passes allowed, `not_finite` ones
    overflowed. `error` is the largest estimated relative error of a counted draw, its true residual included
    (`residual`), and `mean_error` the mean over draws, which is what the solver can do to a mean; `noise` is
    the median relative standard error of a mean among products that vary. `entries` were drawn or given,
    `designed` of them spread by `method`; `by_exchange` tells whether entries of one exchange share their
    numbers. `passes`: mean passes over the links for a block of sixteen draws; `alone`: draws near the edge
    of what can be solved, which were solved once more by themselves in double precision.
    """

    asked: int
    done: int
    counted: int
    non_productive: int
    slow: int
    not_finite: int
    error: float
    mean_error: float
    residual: float
    noise: float
    entries: int
    designed: int
    method: Method
    by_exchange: bool
    passes: float
    alone: int

    @property
    def failed_share(self) -> float:
        """Share of the draws made that have no finite footprint."""
        return 1 - self.counted / self.done if self.done else 0.0

    def in_words(self, language: str) -> str:
        """One line for a page or a terminal."""
        if language.startswith("zh"):
            return (
                f"抽样 {self.done} 次（要求 {self.asked} 次），计入 {self.counted} 次，"
                f"不可产 {self.non_productive}、未收敛 {self.slow}、溢出 {self.not_finite}；"
                f"求解误差不超过 {self.error:.1e}，抽样标准误差中位数 {self.noise:.1e}"
            )
        return (
            f"{self.done} draws of {self.asked}, {self.counted} counted; "
            f"non-productive {self.non_productive}, not converged {self.slow}, "
            f"overflowed {self.not_finite}; solver error at most {self.error:.1e} (estimate), "
            f"median sampling noise {self.noise:.1e}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Convergence of one product and category: running mean and its standard error after so many draws."""

    draws: int
    mean: float
    standard_error: float


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Simulation:
    """Distributions of all intensities, in the order of processes, in the units of `weights`.

    `nominal`, `mean`, `sd`, `least`, `most` have the shape of the weights, [n] or [n, k]; `quantiles` and
    `quantile_error` one axis more, as long as `Sampling.quantiles`. A quantile is off the sample's own by
    `quantile_error` at most. `samples`[p, draws] or [p, k, draws] are the draws of `products`[p], not a
    number where a draw failed. All statistics are over `account.counted` draws. `state`[draws] is 0 for a
    counted draw, else 1 slow, 2 non-productive, 3 not finite.
    """

    asked: Sampling
    nominal: Floats
    mean: Floats
    sd: Floats
    least: Floats
    most: Floats
    quantiles: Floats
    quantile_error: Floats
    products: Ints
    samples: Floats
    state: NDArray[np.uint8]
    account: Account

    def exact_quantiles(self, wanted: tuple[float, ...] | None = None) -> Floats:
        """Quantiles of the kept products from all their draws, [p, q] or [p, k, q]; no histogram."""
        counted = self.samples[..., self.state == CONVERGED]
        return np.moveaxis(np.quantile(counted, wanted or self.asked.quantiles, axis=-1), 0, -1)

    def convergence(self, product: int, category: int = 0) -> tuple[Step, ...]:
        """Mean and standard error of a kept product at 16, 32, 64… draws, failed ones left out."""
        at = int(np.flatnonzero(self.products == product)[0])
        draws = self.samples[at] if self.samples.ndim == 2 else self.samples[at, category]
        ends = [LANES << i for i in range(40) if LANES << i < len(draws)] + [len(draws)]
        steps = []
        for end in ends:
            part = draws[:end][self.state[:end] == CONVERGED]
            spread = float(part.std(ddof=1) / np.sqrt(len(part))) if len(part) > 1 else np.nan
            steps.append(
                Step(draws=end, mean=float(part.mean()) if len(part) else np.nan, standard_error=spread)
            )
        return tuple(steps)


def simulate(
    prepared: Prepared,
    weights: Floats,
    asked: Sampling,
    *,
    factors: Floats | None = None,
    nominal: Floats | None = None,
    partial: bool = False,
    progress: Progress | None = None,
) -> Simulation:
    """Draws all uncertain amounts `asked.draws` times and solves every draw for all products.

    `weights`[n] or [n, k]: direct intensity per unit of product. `factors`[interventions] or [interventions,
    k]: the characterisation factor of every intervention, so that `weights` = Σ amount · factor / production;
    without them interventions stay as they are. `nominal`: intensities at the nominal amounts, solved here if
    not given; with `partial`, products that have none are left out, and no number in every result.
    `progress(done, asked)` is called from the calling thread.

    Sixteen draws are solved side by side in float32 from the nominal intensities; on 24,000 processes and
    287,000 uncertain links a draw takes 1.5 to 2.3 ms of one thread, where a factorisation takes 600. Memory
    does not grow with draws, but for `asked.products`. The result does not depend on the number of threads.

    Raises `InvalidInput` for options or spreads that make no sense, and `NonProductiveSystem` where the
    nominal network has no finite footprint; draws that have none are counted in `account` instead.
    """
    flat = weights.ndim == 1
    wide = np.asarray(weights if not flat else weights[:, None], np.float64)
    each = factors if factors is None or factors.ndim == 2 else factors[:, None]
    _check(prepared, wide, each, asked)
    base = _nominal(prepared, wide, nominal, partial=partial)
    found = uncertain(prepared.network, asked)
    designed = design(prepared, each, base, found, asked)
    laid_out = plan(prepared, wide, base, each, found, asked, (*asked.presampled, *designed))
    record = _Record(laid_out, asked)
    for block in _blocks(laid_out, asked):
        record.add(block)
        if progress is not None:
            progress(record.done, asked.draws)
        if record.enough():
            break
    size = np.where(laid_out.dead, np.nan, laid_out.scale)[:, None] * laid_out.typical
    numbers = {
        name: values[prepared.position, 0] if flat else values[prepared.position]
        for name, values in record.statistics(size).items()
    }
    samples = record.samples[:, :, : record.done]
    return Simulation(
        asked=asked,
        nominal=base[:, 0] if flat else base,
        products=np.array(asked.products, np.int32),
        samples=samples[:, 0] if flat else samples,
        state=record.state[: record.done],
        account=record.account(designed=sum(len(given.entry) for given in designed)),
        **numbers,
    )


class _Record:
    """What is kept of a simulation while it runs."""

    def __init__(self, laid_out: Plan, asked: Sampling) -> None:
        prepared, k = laid_out.prepared, laid_out.u.shape[1]
        self.tally = Tally(k, len(prepared))
        self.state = np.zeros(asked.draws, np.uint8)
        self.samples = np.full((len(asked.products), k, asked.draws), np.nan)
        self.done = 0
        self._laid_out = laid_out
        self._asked = asked
        self._kept = prepared.position[np.array(asked.products, np.intp)].astype(np.intp)
        live = np.where(laid_out.dead, np.nan, laid_out.scale)[self._kept]
        self._unit = live[:, None] * laid_out.typical
        self._error = np.zeros(asked.draws)
        self._residual = 0.0
        self._passes = 0.0
        self._alone = 0

    def add(self, block: Block) -> None:
        """Takes the next block in."""
        self.tally.add(block)
        end = min(block.first + LANES, self._asked.draws)
        part, lanes = slice(block.first, end), slice(0, end - block.first)
        self.state[part] = block.state[lanes]
        self.samples[:, :, part] = (lanes_of(block, self._kept) * self._unit[:, :, None])[:, :, lanes]
        self._error[part] = block.error[lanes]
        self._residual = max(self._residual, float(block.residual.max()))
        self._passes += block.passes
        self._alone += block.alone
        self.done = end

    def enough(self) -> bool:
        """Whether every kept product is known as well as asked for; looked at after each sixteen draws."""
        asked, samples = self._asked, self.samples[:, :, : self.done]
        if asked.standard_error <= 0 or samples.size == 0 or self.done < 4 * LANES:
            return False
        counted = samples[:, :, self.state[: self.done] == CONVERGED]
        if counted.shape[2] < 2:
            return False
        mean = np.abs(counted.mean(axis=2))
        spread = counted.std(axis=2, ddof=1) / np.sqrt(counted.shape[2])
        return bool(np.all(spread <= asked.standard_error * mean))

    def statistics(self, size: Floats) -> dict[str, Floats]:
        """The arrays of `Simulation` in positions, [n, k] or [n, k, q]; `size`[n, k] is the unit of u."""
        tally = self.tally
        quantiles, bounds = tally.quantiles(self._asked.quantiles)
        known = size if tally.count else np.full_like(size, np.nan)
        with np.errstate(invalid="ignore"):  # infinite extremes of nothing
            return {
                "mean": tally.mean.T * known,
                "sd": np.sqrt(tally.variance().T) * known,
                "least": tally.least.T * known,
                "most": tally.most.T * known,
                "quantiles": quantiles.transpose(1, 0, 2) * known[:, :, None],
                "quantile_error": bounds.transpose(1, 0, 2) * known[:, :, None],
            }

    def account(self, designed: int) -> Account:
        """What the simulation is worth."""
        asked, laid_out, tally = self._asked, self._laid_out, self.tally
        state = self.state[: self.done]
        error = self._error[: self.done][state == CONVERGED]
        blocks = -(-self.done // LANES)
        return Account(
            asked=asked.draws,
            done=self.done,
            counted=tally.count,
            non_productive=int(np.count_nonzero(state == NON_PRODUCTIVE)),
            slow=int(np.count_nonzero(state == SLOW)),
            not_finite=int(np.count_nonzero(state == NOT_FINITE)),
            error=float(error.max(initial=0.0)),
            mean_error=float(error.mean()) if error.size else 0.0,
            residual=self._residual,
            noise=_noise(tally.mean, np.sqrt(tally.variance()), tally.count),
            entries=len(laid_out.drawn.target)
            + sum(int((given.target >= 0).sum()) for given in laid_out.given),
            designed=designed,
            method=asked.method,
            by_exchange=laid_out.by_exchange,
            passes=self._passes / blocks / laid_out.u.shape[1],
            alone=self._alone,
        )


def _blocks(laid_out: Plan, asked: Sampling) -> Iterator[Block]:
    """Blocks in the order of their draws, computed by threads a little ahead."""
    threads = asked.threads or len(os.sched_getaffinity(0))
    starts = range(0, asked.draws, LANES)
    threads = max(1, min(threads, len(starts)))
    n, k = laid_out.u.shape
    kind = precision(asked)
    spaces: SimpleQueue[Workspace] = SimpleQueue()
    rooms: SimpleQueue[NDArray[np.floating]] = SimpleQueue()
    for _ in range(threads):
        spaces.put(Workspace(laid_out, asked))
    for _ in range(threads + 2):
        rooms.put(aligned((k, n, LANES), kind))

    def one(first: int, room: NDArray[np.floating]) -> Block:
        space = spaces.get()
        try:
            return space.run(first, room)
        finally:
            spaces.put(space)

    waiting: deque[Future[Block]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        ahead = iter(starts)
        try:
            for first in ahead:
                waiting.append(pool.submit(one, first, rooms.get()))
                if len(waiting) <= threads:
                    continue
                block = waiting.popleft().result()
                yield block
                rooms.put(block.u)
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _check(prepared: Prepared, weights: Floats, factors: Floats | None, asked: Sampling) -> None:
    n, k = weights.shape
    amounts = len(prepared.network.interventions)
    wrong = n != len(prepared) or (factors is not None and factors.shape != (amounts, k))
    wrong = wrong or any(not 0 <= product < len(prepared) for product in asked.products)
    wrong = wrong or (factors is not None and not np.isfinite(factors).all())
    if asked.factors is not None:
        wrong = wrong or factors is None or asked.factors.used.shape != (amounts, k)
        used = asked.factors.value[asked.factors.spreads.entry]
        wrong = wrong or not np.all(np.isfinite(used) & (used != 0))
    if wrong:
        raise InvalidInput(
            problem(
                "sampling.shapes",
                f"数据库有 {len(prepared)} 个过程、{amounts} 条基本流交换；"
                "给出的权重、因子或产品序号与之不符，或不是有限的数",
                f"the database has {len(prepared)} processes and {amounts} interventions; "
                "the weights, factors or products given do not fit, or are no finite numbers",
                cure_zh="用同一数据库算出的权重与因子",
                cure_en="use weights and factors made from the same database",
            )
        )


def _nominal(prepared: Prepared, weights: Floats, given: Floats | None, *, partial: bool) -> Floats:
    from zuji.lca.network.solving import intensities

    if given is None:
        return intensities(prepared, weights, partial=partial).values
    wide = np.asarray(given if given.ndim == 2 else given[:, None], np.float64)
    if wide.shape != weights.shape or not (partial or np.isfinite(wide).all()):
        raise NonProductiveSystem(
            problem(
                "sampling.nominal",
                "名义强度与权重的形状不同，或含有非有限的数",
                "the nominal intensities have another shape than the weights, or are not all finite",
                cure_zh="先修复网络，使每个产品都有足迹；或只模拟其余产品（partial）",
                cure_en="repair the network first, so that every product has a footprint; "
                "or simulate the other products only (partial)",
            )
        )
    return wide


def _noise(mean: Floats, sd: Floats, count: int) -> float:
    """The median relative standard error of a mean among products that vary; infinite where none does."""
    size = np.abs(mean)
    varies = (sd > 1e-5 * size) & (size > 0)
    if count < 2 or not varies.any():
        return float("inf")
    return float(np.median(sd[varies] / size[varies]) / np.sqrt(count))
