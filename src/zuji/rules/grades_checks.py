"""What samples must be before values are derived from them, each as a check with its reason."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zuji.lca.publishing import publish
from zuji.model.quantities import Quantity
from zuji.rules.comparability import Comparand, Equivalence, gate_all
from zuji.rules.grades_methods import Threshold, ThresholdMethod
from zuji.text import Text
from zuji.units import conversion, same_dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A verified result with the production behind it in its data period.

    `id` names the stored, frozen study; `firm` is the maker by whom dominance is measured.
    """

    id: str
    result: Comparand
    production: Quantity | None = None

    @property
    def firm(self) -> str:
        return self.result.firm


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One condition on the samples or the values; `offending` are ids of samples, or firms for dominance."""

    id: str
    title: Text
    met: bool
    reason: Text
    offending: tuple[str, ...] = ()


def ranked(samples: Iterable[Sample]) -> list[Sample]:
    """The samples by result and id, the best first: the order in which everything is done with them."""
    return sorted(samples, key=lambda sample: (sample.result.value, sample.id))


def production_of(samples: Sequence[Sample]) -> list[float] | None:
    """Production by sample in one unit; None where some is not stated, not above zero or not convertible."""
    stated = [sample.production for sample in samples if sample.production is not None]
    if not stated or len(stated) < len(samples):
        return None
    unit = min(each.unit for each in stated)
    fit = all(same_dimension(each.unit, unit) or each.unit == unit for each in stated)
    if not fit or not all(0 < each.amount < math.inf for each in stated):
        return None
    return [each.amount * (1.0 if each.unit == unit else conversion(each.unit, unit)) for each in stated]


def checks(
    samples: Sequence[Sample],
    method: ThresholdMethod,
    production: Sequence[float] | None,
    values: Mapping[Threshold, float],
    equivalences: Sequence[Equivalence],
) -> tuple[Check, ...]:
    """Every check of ranked samples, their production in one unit and the values formed of them."""
    made = [
        _distinct(samples),
        _enough(samples, method),
        _firms(samples, method),
        _comparable(samples, equivalences),
        _dominance("sample_dominance", _SAMPLES, samples, [1.0] * len(samples), method.sample_dominance),
    ]
    if method.by_production:
        made.append(_production(samples, production))
    if production is not None:
        limit = method.production_dominance
        made.append(_dominance("production_dominance", _PRODUCTION, samples, production, limit))
    made.append(_ordered(values))
    return tuple(made)


_SAMPLES = Text("样本", "samples")
_PRODUCTION = Text("产量", "production")


def _distinct(samples: Sequence[Sample]) -> Check:
    twice = tuple(sorted(name for name, count in Counter(each.id for each in samples).items() if count > 1))
    reason = Text(f"重复：{'、'.join(twice)}", f"there twice: {', '.join(twice)}")
    return Check(
        id="distinct",
        title=Text("样本不重复", "Samples are distinct"),
        met=not twice,
        reason=reason if twice else Text("没有重复", "none is there twice"),
        offending=twice,
    )


def _enough(samples: Sequence[Sample], method: ThresholdMethod) -> Check:
    count = len(samples)
    return Check(
        id="samples",
        title=Text("最少样本数", "Minimum sample"),
        met=count >= method.samples,
        reason=Text(f"有 {count} 个样本，至少 {method.samples} 个", f"{count} of at least {method.samples}"),
    )


def _firms(samples: Sequence[Sample], method: ThresholdMethod) -> Check:
    nameless = tuple(each.id for each in samples if not each.firm.strip())
    count = len({each.firm for each in samples if each.firm.strip()})
    reason = Text(f"来自 {count} 家企业，至少 {method.firms} 家", f"{count} firms of at least {method.firms}")
    if nameless:
        reason = Text(f"有样本没有写明企业：{'、'.join(nameless)}", f"without a firm: {', '.join(nameless)}")
    return Check(
        id="firms",
        title=Text("不同企业数", "Distinct firms"),
        met=count >= method.firms and not nameless,
        reason=reason,
        offending=nameless,
    )


def _comparable(samples: Sequence[Sample], equivalences: Sequence[Equivalence]) -> Check:
    results: list[Comparand] = [each.result for each in samples]
    outcome = gate_all(results, equivalences=equivalences)
    blamed = {name for item in outcome.failing for name in item.offending}
    offending = [each.id for each in samples if each.result.id in blamed]
    return Check(
        id="comparable",
        title=Text("样本相互可比", "Samples are comparable"),
        met=outcome.comparable,
        reason=outcome.reason,
        offending=tuple(offending),
    )


def _production(samples: Sequence[Sample], production: Sequence[float] | None) -> Check:
    silent = tuple(each.id for each in samples if each.production is None or not each.production.amount > 0)
    reason = Text("均已填写且单位一致", "stated for all in one unit")
    if production is None:
        reason = Text("产量的单位不能换算", "units of production do not convert")
    if silent:
        reason = Text(f"没有填写产量：{'、'.join(silent)}", f"not stated: {', '.join(silent)}")
    return Check(
        id="production",
        title=Text("产量", "Production"),
        met=production is not None,
        reason=reason,
        offending=silent,
    )


def _dominance(
    key: str, what: Text, samples: Sequence[Sample], weights: Sequence[float], limit: float
) -> Check:
    held: dict[str, list[float]] = {}
    for each, weight in zip(samples, weights, strict=True):
        held.setdefault(each.firm, []).append(weight)
    whole = math.fsum(weights)
    shares = {firm: math.fsum(found) / whole for firm, found in held.items()}
    above = sorted((firm for firm in shares if shares[firm] > limit + 1e-12), key=lambda firm: -shares[firm])
    largest = max(shares.values(), default=0.0)
    reason = Text(
        f"单个企业最多占{what.zh}的 {largest:.1%}，上限 {limit:.0%}",
        f"one firm has at most {largest:.1%} of the {what.en}; the limit is {limit:.0%}",
    )
    return Check(
        id=key,
        title=Text(f"{what.zh}不被一家主导", f"No firm dominates the {what.en}"),
        met=not above,
        reason=reason,
        offending=tuple(above),
    )


def _ordered(values: Mapping[Threshold, float]) -> Check:
    """Benchmark ≤ base ≤ limit in published digits."""
    title = Text("标杆值 ≤ 基准值 ≤ 限定值", "Benchmark ≤ base ≤ limit")
    finite = values and all(math.isfinite(value) for value in values.values())
    if not finite:
        return Check(id="order", title=title, met=False, reason=Text("无法计算", "they cannot be formed"))
    digits = [publish(values[each]) for each in Threshold]
    met = float(digits[0]) <= float(digits[1]) <= float(digits[2])
    return Check(id="order", title=title, met=met, reason=Text(" / ".join(digits), " / ".join(digits)))
