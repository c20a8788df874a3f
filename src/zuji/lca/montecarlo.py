"""Seeded Monte Carlo over lines and factors, vectorised over runs.

Every line and every factor draws from a stream of its own, seeded by the study's seed and its id. So
adding a line leaves the draws of all others as they were, scenarios of one study share their random numbers,
and results do not depend on the size of the chunks in which runs are made.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zuji.errors import InvalidInput, NonProductiveSystem, Problem, problem
from zuji.lca.preparation import PreparedSystem
from zuji.lca.prepared_lines import PreparedLine
from zuji.lca.systems import amounts, amounts_of_runs
from zuji.lca.uncertainty import check_all, sensitivity
from zuji.model.footprints import FloatArray, UncertaintyResult
from zuji.model.quantities import Distribution, Uncertainty

CHUNK = 4096
MOST_RUNS = 1_000_000
_LARGEST_FAILED_SHARE = 0.05


class Streams:
    """Random multipliers by id; the same seed and id always give the same sequence."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._streams: dict[str, np.random.Generator] = {}

    def draw(self, key: str, uncertainty: Uncertainty, runs: int) -> FloatArray:
        """The next `runs` multipliers around 1 of a stream, shape (runs,)."""
        if key not in self._streams:
            digest = hashlib.sha256(key.encode()).digest()
            entropy = (self._seed, int.from_bytes(digest[:16], "big"))
            self._streams[key] = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))
        return _multipliers(self._streams[key], uncertainty, runs)


def _multipliers(stream: np.random.Generator, uncertainty: Uncertainty, runs: int) -> FloatArray:
    low, high = uncertainty.low, uncertainty.high
    match uncertainty.distribution:
        case Distribution.LOGNORMAL:
            return np.exp(math.log(uncertainty.spread) * stream.standard_normal(runs))
        case Distribution.NORMAL:
            return 1.0 + uncertainty.spread * stream.standard_normal(runs)
        case Distribution.UNIFORM:
            return low + (high - low) * stream.random(runs)
        case Distribution.TRIANGULAR:
            # by the inverse of the distribution, so that every run takes one number from the stream
            drawn = stream.random(runs)
            width = high - low
            if width == 0:
                return np.ones(runs)
            rising = low + np.sqrt(drawn * width * (1.0 - low))
            falling = high - np.sqrt((1.0 - drawn) * width * (high - 1.0))
            return np.where(drawn < (1.0 - low) / width, rising, falling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """Totals of all runs, kgCO2e per reference unit, shape (runs,); failed runs are NaN.

    A run fails where drawn amounts make an internal loop consume all it produces.
    """

    totals: FloatArray
    seed: int

    @property
    def failed(self) -> int:
        return int(np.isnan(self.totals).sum())


def simulate(system: PreparedSystem, runs: int, seed: int = 0) -> Simulation:
    """Simulated totals; raises `NonProductiveSystem` where more than 5 % of runs have no finite result."""
    if not 1 <= runs <= MOST_RUNS:
        raise InvalidInput(
            problem(
                "uncertainty.runs",
                f"模拟次数 {runs} 不在 1 到 {MOST_RUNS} 之间",
                f"{runs} runs are not between 1 and {MOST_RUNS}",
                cure_zh="通常 1000 到 10000 次即可",
                cure_en="1,000 to 10,000 runs are usual",
            )
        )
    if seed < 0:
        raise InvalidInput(
            problem(
                "uncertainty.seed",
                f"随机种子 {seed} 不能为负",
                f"the seed {seed} is negative",
                cure_zh="请填写不小于 0 的整数",
                cure_en="use a whole number of at least 0",
            )
        )
    check_all(system)
    streams = Streams(seed)
    inputs = system.inputs()
    # an impossible base system is refused by name before anything is drawn
    needed = amounts(inputs, {0: system.demand}, system.names)
    flexible = any(p.supplies is not None and p.counted and p.line.uncertainty for p in system.lines)
    totals = np.empty(runs)
    for start in range(0, runs, CHUNK):
        size = min(CHUNK, runs - start)
        own = {
            prepared.line.id: streams.draw(f"line:{prepared.line.id}", prepared.line.uncertainty, size)
            for prepared in system.lines
            if prepared.line.uncertainty is not None and prepared.counted
        }
        levels: FloatArray | list[float] = needed
        if flexible:
            levels = amounts_of_runs(_drawn_inputs(system, own), {0: system.demand}, size)
        totals[start : start + size] = _totals(system, levels, own, streams, size)
    simulation = Simulation(totals=totals, seed=seed)
    if simulation.failed > _LARGEST_FAILED_SHARE * runs:
        raise NonProductiveSystem(_unstable(simulation.failed, runs))
    return simulation


def summary(system: PreparedSystem, simulation: Simulation) -> UncertaintyResult:
    """Mean, spread and 95 % interval of the runs that have a result."""
    totals = simulation.totals[~np.isnan(simulation.totals)]
    low, median, high = np.quantile(totals, (0.025, 0.5, 0.975))
    return UncertaintyResult(
        method="monte_carlo",
        mean=float(np.mean(totals)),
        sd=float(np.std(totals, ddof=1)) if totals.size > 1 else 0.0,
        low=float(low),
        median=float(median),
        high=float(high),
        runs=int(totals.size),
        seed=simulation.seed,
        sensitivity=sensitivity(system),
        failed=simulation.failed,
    )


def _drawn_inputs(
    system: PreparedSystem, own: Mapping[str, FloatArray]
) -> list[dict[int, FloatArray | float]]:
    needs: list[dict[int, FloatArray | float]] = [{} for _ in system.products]
    for prepared in system.lines:
        if prepared.supplies is None or not prepared.counted or not prepared.supplied:
            continue
        drawn = own.get(prepared.line.id, 1.0)
        for k, weight in prepared.weights:
            row = needs[k]
            row[prepared.supplies] = row.get(prepared.supplies, 0.0) + prepared.supplied * weight * drawn
    return needs


def _totals(
    system: PreparedSystem,
    levels: FloatArray | list[float],
    own: Mapping[str, FloatArray],
    streams: Streams,
    size: int,
) -> FloatArray:
    factors: dict[str, FloatArray] = {}
    fixed: list[float] = []
    totals = np.zeros(size)
    for prepared in system.lines:
        made = prepared.activity
        if made is None or not prepared.counted:
            continue
        scale = _scale(prepared, levels)
        intensity: FloatArray | float = 0.0
        for part in made.parts:
            if part.uncertainty is None or not part.factor:
                intensity = intensity + part.total
                continue
            key = f"factor:{part.factor}@{part.version}"
            if key not in factors:
                factors[key] = streams.draw(key, part.uncertainty, size)
            intensity = intensity + part.total * factors[key]
        value = scale * made.quantity.amount * intensity * own.get(prepared.line.id, 1.0)
        if isinstance(value, float):
            fixed.append(value)
        else:
            totals += value
    return totals + math.fsum(fixed)


def _scale(prepared: PreparedLine, levels: FloatArray | list[float]) -> FloatArray | float:
    scale: FloatArray | float = 0.0
    for k, weight in prepared.weights:
        scale = scale + weight * levels[k]
    return scale


def _unstable(failed: int, runs: int) -> Problem:
    return problem(
        "system.unstable",
        f"{runs} 次模拟中有 {failed} 次内部循环消耗的不少于产出的，没有有限的结果",
        f"in {failed} of {runs} runs an internal loop consumes at least what it makes",
        cure_zh="请核对循环中“部件”行的数量和不确定性",
        cure_en="check amounts and uncertainties of the sub-assembly lines in the loop",
    )
