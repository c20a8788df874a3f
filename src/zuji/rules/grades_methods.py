"""How limit, base and benchmark values follow from samples: methods as versioned data.

The plan (陕环发[2025]4号 二（二）4) names the three values, 限定值、基准值、标杆值, and no formula. Every
number of a method is a parameter of the province and not of any law.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zuji.errors import InvalidInput, Problem, problem
from zuji.text import Text


class Threshold(StrEnum):
    """The three values, the most ambitious first."""

    BENCHMARK = "benchmark"
    BASE = "base"
    LIMIT = "limit"


THRESHOLD_NAMES: Mapping[Threshold, Text] = {
    Threshold.BENCHMARK: Text("标杆值", "Benchmark value"),
    Threshold.BASE: Text("基准值", "Base value"),
    Threshold.LIMIT: Text("限定值", "Limit value"),
}


class StatisticKind(StrEnum):
    """What is taken of the sampled results, lowest first; `share` is 0…1."""

    PERCENTILE = "percentile"  # share of the samples at or below, linear between neighbours
    WEIGHTED_PERCENTILE = "weighted_percentile"  # the least result at or below which share of production lies
    BEST_MEAN = "best_mean"  # mean of the best share of the samples, at least of one
    WEIGHTED_MEAN = "weighted_mean"  # mean by production; share has no part in it


STATISTIC_NAMES: Mapping[StatisticKind, Text] = {
    StatisticKind.PERCENTILE: Text("样本分位数", "Percentile of the samples"),
    StatisticKind.WEIGHTED_PERCENTILE: Text("按产量加权的分位数", "Percentile by production"),
    StatisticKind.BEST_MEAN: Text("最优样本均值", "Mean of the best samples"),
    StatisticKind.WEIGHTED_MEAN: Text("按产量加权的均值", "Mean by production"),
}
_BY_PRODUCTION = frozenset({StatisticKind.WEIGHTED_PERCENTILE, StatisticKind.WEIGHTED_MEAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One value's formula; `margin` is added as a part of its size, 0.1 for ten per cent more."""

    kind: StatisticKind
    share: float = 0.0
    margin: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdMethod:
    """How the three values are formed and what the samples must be.

    At least `samples` samples of at least `firms` firms; no firm may hold more than `sample_dominance` of the
    samples or `production_dominance` of the production (0…1), the latter asked where production is stated.
    """

    id: str
    version: str
    name: str
    name_en: str = ""
    limit: Statistic
    base: Statistic
    benchmark: Statistic
    samples: int
    firms: int
    sample_dominance: float
    production_dominance: float
    source: str
    note: str = ""
    note_en: str = ""

    @property
    def key(self) -> str:
        return f"{self.id}@{self.version}"

    @property
    def by_production(self) -> bool:
        """Whether production must be stated for every sample."""
        return any(each.kind in _BY_PRODUCTION for each in self.statistics.values())

    @property
    def statistics(self) -> Mapping[Threshold, Statistic]:
        return {
            Threshold.BENCHMARK: self.benchmark,
            Threshold.BASE: self.base,
            Threshold.LIMIT: self.limit,
        }


def check_method(method: ThresholdMethod) -> None:
    """Raises `InvalidInput` with everything about a method that cannot be."""
    shares = {f"{name.value}.share": statistic.share for name, statistic in method.statistics.items()} | {
        "sample_dominance": method.sample_dominance,
        "production_dominance": method.production_dominance,
    }
    problems = [
        _wrong(name, "应在 0 到 1 之间", "must be between 0 and 1")
        for name, share in shares.items()
        if not 0 <= share <= 1
    ]
    problems += [
        _wrong(f"{name.value}.margin", "应大于 -1", "must be above -1")
        for name, statistic in method.statistics.items()
        if not -1 < statistic.margin < math.inf
    ]
    problems += [
        _wrong(name, "应不小于 1", "must be at least 1")
        for name, least in (("samples", method.samples), ("firms", method.firms))
        if least < 1
    ]
    if problems:
        raise InvalidInput(*problems)


def _wrong(field: str, zh: str, en: str) -> Problem:
    return problem(
        "grading.parameter",
        f"定级方法的参数 {field} {zh}",
        f"the parameter {field} of the method {en}",
        cure_zh="请改正该参数",
        cure_en="correct it",
    )


def statistic(of: Statistic, values: Sequence[float], production: Sequence[float]) -> float:
    """The statistic of sampled results with their production; both in the same order, not empty.

    The order of the samples makes no difference. `production` is needed by the weighted kinds only.
    """
    value = _plain(of, values, production)
    return value + of.margin * abs(value)


def _plain(of: Statistic, values: Sequence[float], production: Sequence[float]) -> float:
    ranked = sorted(values)
    if of.kind is StatisticKind.PERCENTILE:
        return percentile(ranked, of.share)
    if of.kind is StatisticKind.BEST_MEAN:
        # a share such as 0.1 of 30 is 3 and not 4 for the sake of the last binary digit
        count = max(1, math.ceil(of.share * len(ranked) - 1e-9))
        return math.fsum(ranked[:count]) / count
    pairs = sorted(zip(values, production, strict=True))
    whole = math.fsum(amount for _value, amount in pairs)
    if of.kind is StatisticKind.WEIGHTED_MEAN:
        mean = math.fsum(value * amount for value, amount in pairs) / whole
        return min(max(mean, ranked[0]), ranked[-1])
    wanted = of.share * whole * (1 - 1e-12)
    made = [amount for _value, amount in pairs]
    reached = (at for at in range(len(pairs)) if math.fsum(made[: at + 1]) >= wanted)
    return pairs[next(reached, -1)][0]


def percentile(ranked: Sequence[float], share: float) -> float:
    """Linear between neighbours: the value at position share · (n − 1) of `ranked`, counted from 0."""
    position = share * (len(ranked) - 1)
    below = min(int(position), len(ranked) - 1)
    above = min(below + 1, len(ranked) - 1)
    low, high = ranked[below], ranked[above]
    return min(low + (position - below) * (high - low), high)
