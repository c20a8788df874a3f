"""How stated uncertainties reach the total: exact moments, first-order propagation, sensitivity.

Amounts are the medians of log-normal uncertainty and the nominal values of the others, as written in
`zuji.model.quantities.Uncertainty`. A factor that several lines use varies for all of them at once.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from zuji.errors import InvalidInput, Problem, problem
from zuji.lca.activities import Part
from zuji.lca.footprints import line_scale, product_intensities
from zuji.lca.preparation import PreparedSystem
from zuji.lca.prepared_lines import PreparedLine
from zuji.lca.systems import amounts
from zuji.model.footprints import SensitivityItem, UncertaintyResult
from zuji.model.quantities import Distribution, Uncertainty

_NORMAL_95 = 1.959963984540054
_WIDEST = 1000.0
"""Times the amount: beyond it a parameter says nothing, and its moments leave the range of numbers."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance of a multiplier with nominal value 1."""

    mean: float = 1.0
    variance: float = 0.0


def moments(uncertainty: Uncertainty | None) -> Moments:
    """Exact mean and variance of a stated relative uncertainty."""
    if uncertainty is None:
        return Moments()
    low, high = uncertainty.low, uncertainty.high
    match uncertainty.distribution:
        case Distribution.LOGNORMAL:
            squared = math.log(uncertainty.spread) ** 2
            return Moments(math.exp(squared / 2), math.expm1(squared) * math.exp(squared))
        case Distribution.NORMAL:
            return Moments(1.0, uncertainty.spread**2)
        case Distribution.TRIANGULAR:
            mean = (low + 1 + high) / 3
            variance = (low * low + 1 + high * high - low - low * high - high) / 18
            return Moments(mean, variance)
        case Distribution.UNIFORM:
            return Moments((low + high) / 2, (high - low) ** 2 / 12)


def check(uncertainty: Uncertainty, what: str) -> list[Problem]:
    """What is wrong with a stated uncertainty of `what`, if anything."""
    match uncertainty.distribution:
        case Distribution.LOGNORMAL:
            good = 1 <= uncertainty.spread <= _WIDEST
        case Distribution.NORMAL:
            good = 0 <= uncertainty.spread <= _WIDEST
        case Distribution.TRIANGULAR:
            good = -_WIDEST <= uncertainty.low <= 1 <= uncertainty.high <= _WIDEST
        case Distribution.UNIFORM:
            good = -_WIDEST <= uncertainty.low <= uncertainty.high <= _WIDEST
    if good:
        return []
    return [
        problem(
            "uncertainty.parameters",
            f"{what}的不确定性参数无效",
            f"the uncertainty of {what} is not valid",
            cure_zh="对数正态：几何标准差不小于 1；正态：变异系数不小于 0；"
            "三角、均匀：下限不大于上限，三角分布须包含 1；都不超过 1000",
            cure_en="log-normal: GSD of at least 1; normal: coefficient of variation of at least 0; "
            "triangular and uniform: low at most high, triangular around 1; none beyond 1000",
        )
    ]


def check_all(system: PreparedSystem) -> None:
    """Raises `InvalidInput` with every invalid uncertainty of lines and factors."""
    problems: list[Problem] = []
    for prepared in system.lines:
        line = prepared.line
        if line.uncertainty is not None:
            problems += check(line.uncertainty, f"清单行 {line.id} / line {line.id}")
        for part in prepared.activity.parts if prepared.activity else ():
            if part.uncertainty is not None:
                problems += check(part.uncertainty, f"因子 {part.factor} / factor {part.factor}")
    if problems:
        raise InvalidInput(*dict.fromkeys(problems))


@dataclass(frozen=True, slots=True)
class Influence:
    """What moves the total: `value` = d total / d ln(amount), kgCO2e, of one line.

    `amount` is the line's activity per reference unit, in the unit of its intensity; 0 for a sub-assembly.
    """

    prepared: PreparedLine
    value: float
    amount: float

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the line's intensity; they sum to `value` once multiplied by `amount`."""
        return self.prepared.activity.parts if self.prepared.activity else ()


def influences(system: PreparedSystem) -> list[Influence]:
    """The influence of every counted line.

    For ordinary lines it is their contribution; for a sub-assembly the amount times the intensity of
    what it consumes, which is exact to first order also inside loops.
    """
    inputs = system.inputs()
    needed = amounts(inputs, {0: system.demand}, system.names)
    per_product: list[float] | None = None
    found = []
    for prepared in system.lines:
        if not prepared.counted:
            continue
        scale = line_scale(prepared, needed)
        if prepared.supplies is not None:
            if per_product is None:
                per_product = product_intensities(system, inputs)
            value = scale * prepared.supplied * per_product[prepared.supplies]
            found.append(Influence(prepared, value, 0.0))
        else:
            amount = scale * prepared.activity.quantity.amount if prepared.activity else 0.0
            found.append(Influence(prepared, scale * prepared.emitted, amount))
    return found


@dataclass(frozen=True, slots=True)
class _Spread:
    """The mean of the total, and its variance by line and by factor."""

    mean: float
    by_line: Mapping[str, float]
    by_factor: Mapping[str, float]

    @property
    def variance(self) -> float:
        return math.fsum(self.by_line.values()) + math.fsum(self.by_factor.values())


def _factor_key(part: Part) -> str:
    """What varies as one; empty where the part varies by nothing of its own."""
    return f"{part.factor}@{part.version}" if part.uncertainty is not None and part.factor else ""


def _spread(found: list[Influence]) -> _Spread:
    """How the uncertainties of lines and factors reach the total.

    For a factor shared by lines: Var(S F) = Var(S) E[F]² + E[S]² Var(F) + Var(S) Var(F), S independent of F.
    """
    by_line: dict[str, float] = {}
    sums: dict[str, list[float]] = {}
    spreads: dict[str, tuple[Moments, float]] = {}
    mean = 0.0
    for each in found:
        own = moments(each.prepared.line.uncertainty)
        line = each.prepared.line.id
        if each.prepared.supplies is not None:
            by_line[line] = own.variance * each.value**2
            mean += each.value * (own.mean - 1)
            continue
        expected = 0.0
        for part in each.parts:
            share = each.amount * part.total
            key = _factor_key(part)
            if not key:
                expected += share
                continue
            factor = moments(part.uncertainty)
            expected += share * factor.mean
            sums.setdefault(key, []).append(share * own.mean)
            extra = own.variance * share**2
            spreads[key] = (factor, spreads.get(key, (factor, 0.0))[1] + extra)
        mean += own.mean * expected
        by_line[line] = own.variance * expected**2
    by_factor = {
        key: spreads[key][0].variance * (math.fsum(parts) ** 2 + spreads[key][1])
        for key, parts in sums.items()
    }
    return _Spread(mean, by_line, by_factor)


def sensitivity(system: PreparedSystem) -> tuple[SensitivityItem, ...]:
    """Lines by their share of the variance, then by their effect; a shared factor's part is split.

    The variance of a factor is given to its lines in proportion to their contribution.
    """
    found = influences(system)
    return _ranked(found, _spread(found))


def _ranked(found: list[Influence], spread: _Spread) -> tuple[SensitivityItem, ...]:
    whole = spread.variance
    whole_of: dict[str, float] = {}
    for each in found:
        for part in each.parts:
            key = _factor_key(part)
            whole_of[key] = whole_of.get(key, 0.0) + abs(each.amount * part.total)
    items = []
    for each in found:
        line = each.prepared.line
        variance = spread.by_line.get(line.id, 0.0)
        for part in each.parts:
            key = _factor_key(part)
            if key and whole_of[key]:
                variance += spread.by_factor[key] * abs(each.amount * part.total) / whole_of[key]
        items.append(
            SensitivityItem(
                line=line.id,
                item=line.item,
                variance_share=variance / whole if whole else 0.0,
                plus_ten_percent=0.1 * each.value,
            )
        )
    return tuple(sorted(items, key=lambda i: (-i.variance_share, -abs(i.plus_ten_percent), i.line)))


def first_order(system: PreparedSystem) -> UncertaintyResult | None:
    """Mean and spread without simulation; None where nothing has an uncertainty.

    Mean and standard deviation are exact while only activity data and factors vary, and first order in
    the amounts of sub-assemblies. The interval is log-normal with these moments where no line is a
    credit, otherwise normal (error propagation as in IPCC 2006 Guidelines vol. 1, uncertainties;
    the shape of the interval is this library's choice).
    """
    check_all(system)
    found = influences(system)
    spread = _spread(found)
    mean, variance = spread.mean, spread.variance
    if not variance > 0:
        return None
    sd = math.sqrt(variance)
    if mean > 0 and all(each.value >= 0 for each in found):
        log_variance = math.log1p(variance / mean**2)
        median = mean * math.exp(-log_variance / 2)
        width = math.exp(_NORMAL_95 * math.sqrt(log_variance))
        low, high = median / width, median * width
    else:
        median, low, high = mean, mean - _NORMAL_95 * sd, mean + _NORMAL_95 * sd
    return UncertaintyResult(
        method="first_order",
        mean=mean,
        sd=sd,
        low=low,
        median=median,
        high=high,
        runs=0,
        seed=0,
        sensitivity=_ranked(found, spread),
    )
