"""Limit, base and benchmark values from stored, verified samples, and what they say of a product.

Only comparable results are graded (`zuji.rules.comparability`); others say why not. There are no grades
but the three values themselves: a product meets the benchmark, the base, the limit, or none of them.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from zuji.errors import InvalidInput, problem
from zuji.lca.publishing import as_stated, publish
from zuji.model.quantities import Quantity
from zuji.model.records import write_record
from zuji.model.studies import Period
from zuji.rules.comparability import Comparand, Equivalence, Gate, gate
from zuji.rules.grades_checks import Check, Sample, checks, production_of, ranked
from zuji.rules.grades_methods import (
    THRESHOLD_NAMES,
    Statistic,
    StatisticKind,
    Threshold,
    ThresholdMethod,
    check_method,
    statistic,
)
from zuji.rules.grades_terms import common_terms
from zuji.text import Text

__all__ = [
    "THRESHOLD_NAMES",
    "Check",
    "Derivation",
    "Grade",
    "NotGraded",
    "Sample",
    "Simulation",
    "Statistic",
    "StatisticKind",
    "Threshold",
    "ThresholdMethod",
    "Thresholds",
    "adjusted",
    "derive",
    "grade",
    "simulate",
    "what_if",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The three values, kgCO2e per `terms.unit`, in published digits, and the terms on which they hold.

    A product is graded against them where it is comparable with `terms`; the period of `terms` says for
    which data periods they hold. `digest` is that of the samples and the method, "" for values that were
    set by hand, which `note` explains.
    """

    limit: float
    base: float
    benchmark: float
    terms: Comparand
    method: str
    samples: int
    firms: int
    digest: str = ""
    note: str = ""

    def of(self, threshold: Threshold) -> float:
        value: float = getattr(self, threshold.value)
        return value

    @property
    def unit(self) -> Quantity:
        return self.terms.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """What followed from samples: thresholds, None where a check is not met, and every check.

    `values` are the three statistics before rounding, empty where none could be formed; they are shown
    to explain a refusal. `digest` (SHA-256) names samples, method and period whatever the samples' order.
    """

    thresholds: Thresholds | None
    checks: tuple[Check, ...]
    digest: str
    method: ThresholdMethod
    values: dict[Threshold, float]

    @property
    def refused(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.met)


def derive(
    samples: Iterable[Sample],
    method: ThresholdMethod,
    *,
    applies: Period | None = None,
    equivalences: Iterable[Equivalence] = (),
) -> Derivation:
    """The three values of samples by a method; the same samples give the same in any order.

    `applies` is the data period for which the values shall hold, the samples' common one where None.
    Raises `InvalidInput` for a method whose parameters cannot be.
    """
    check_method(method)
    each = ranked(samples)
    values: dict[Threshold, float] = {}
    production = production_of(each)
    if each and (production is not None or not method.by_production):
        results = [sample.result.value for sample in each]
        values = {
            name: statistic(formula, results, production or [1.0] * len(each))
            for name, formula in method.statistics.items()
        }
    found = checks(each, method, production, values, tuple(equivalences))
    digest = digest_of(each, method, applies)
    thresholds = None
    if all(check.met for check in found):
        terms = common_terms([sample.result for sample in each])
        thresholds = Thresholds(
            limit=float(publish(values[Threshold.LIMIT])),
            base=float(publish(values[Threshold.BASE])),
            benchmark=float(publish(values[Threshold.BENCHMARK])),
            terms=replace(terms, period=applies or terms.period),
            method=method.key,
            samples=len(each),
            firms=len({sample.firm for sample in each}),
            digest=digest,
        )
    return Derivation(thresholds=thresholds, checks=found, digest=digest, method=method, values=values)


def digest_of(samples: Sequence[Sample], method: ThresholdMethod, applies: Period | None) -> str:
    """SHA-256 over samples (sorted), method and period as JSON with sorted keys; defaults are left out."""
    content = {
        "samples": [write_record(sample) for sample in ranked(samples)],
        "method": write_record(method),
        "applies": None if applies is None else write_record(applies),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What a comparable result reaches: the most ambitious value that it meets, None beyond the limit.

    `value` in published digits; `distances` are its distance from each value as a part of that value's size,
    below zero where it is better, and None from a value of zero.
    """

    reached: Threshold | None
    value: float
    distances: dict[Threshold, float | None]
    gate: Gate

    def passes(self, threshold: Threshold) -> bool:
        order = list(Threshold)
        return self.reached is not None and order.index(self.reached) <= order.index(threshold)

    @property
    def told(self) -> Text:
        """达到标杆值 and so on, or that the limit is exceeded."""
        if self.reached is None:
            return Text("超过限定值", "Beyond the limit value")
        name = THRESHOLD_NAMES[self.reached]
        return Text(f"达到{name.zh}", f"Meets the {name.en.lower()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotGraded:
    """A result that is not comparable with the thresholds, and why."""

    gate: Gate

    @property
    def reasons(self) -> tuple[Text, ...]:
        return tuple(
            Text(f"{item.title.zh}：{item.reason.zh}", f"{item.title.en}: {item.reason.en}")
            for item in self.gate.failing
        )


def grade(
    result: Comparand, thresholds: Thresholds, *, equivalences: Iterable[Equivalence] = ()
) -> Grade | NotGraded:
    """The result against the thresholds, both in published digits, so that what is printed equal is equal."""
    outcome = gate(thresholds.terms, result, equivalences=equivalences)
    if not outcome.comparable:
        return NotGraded(gate=outcome)
    value = float(publish(result.value))
    reached = next((each for each in Threshold if value <= thresholds.of(each)), None)
    distances = {each: _distance(value, thresholds.of(each)) for each in Threshold}
    return Grade(reached=reached, value=value, distances=distances, gate=outcome)


def _distance(value: float, threshold: float) -> float | None:
    return (value - threshold) / abs(threshold) if threshold else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What thresholds would do to products: how many pass each value, exceed the limit or are not graded."""

    thresholds: Thresholds
    grades: tuple[tuple[str, Grade | NotGraded], ...]

    @property
    def graded(self) -> int:
        return sum(isinstance(each, Grade) for _id, each in self.grades)

    def passing(self, threshold: Threshold) -> int:
        """Products at or below a value."""
        return sum(isinstance(each, Grade) and each.passes(threshold) for _id, each in self.grades)

    @property
    def beyond(self) -> int:
        return self.graded - self.passing(Threshold.LIMIT)

    @property
    def not_graded(self) -> tuple[tuple[str, NotGraded], ...]:
        return tuple((name, each) for name, each in self.grades if isinstance(each, NotGraded))


def simulate(
    results: Iterable[Comparand], thresholds: Thresholds, *, equivalences: Iterable[Equivalence] = ()
) -> Simulation:
    """Every result against the thresholds, in the order given."""
    pairs = tuple(equivalences)
    grades = tuple((one.id, grade(one, thresholds, equivalences=pairs)) for one in results)
    return Simulation(thresholds=thresholds, grades=grades)


def what_if(
    results: Iterable[Comparand],
    alternatives: Iterable[Thresholds],
    *,
    equivalences: Iterable[Equivalence] = (),
) -> tuple[Simulation, ...]:
    """The same results under several thresholds."""
    each, pairs = tuple(results), tuple(equivalences)
    return tuple(simulate(each, thresholds, equivalences=pairs) for thresholds in alternatives)


def adjusted(
    thresholds: Thresholds,
    *,
    limit: float | None = None,
    base: float | None = None,
    benchmark: float | None = None,
    note: str,
) -> Thresholds:
    """Thresholds set by hand in the place of derived ones, with the reason; they lose the samples' digest.

    Raises `InvalidInput` where benchmark ≤ base ≤ limit would not hold.
    """
    made = replace(
        thresholds,
        limit=thresholds.limit if limit is None else float(publish(limit)),
        base=thresholds.base if base is None else float(publish(base)),
        benchmark=thresholds.benchmark if benchmark is None else float(publish(benchmark)),
        digest="",
        note=note,
    )
    if not made.benchmark <= made.base <= made.limit:
        best, middle, worst = map(as_stated, (made.benchmark, made.base, made.limit))
        raise InvalidInput(
            problem(
                "grading.order",
                f"标杆值 {best}、基准值 {middle}、限定值 {worst} 的顺序不成立",
                f"benchmark {best}, base {middle} and limit {worst} are out of order",
                cure_zh="请使标杆值不大于基准值、基准值不大于限定值",
                cure_en="make benchmark ≤ base ≤ limit",
            )
        )
    return made
