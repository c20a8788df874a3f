"""Values from samples: by hand, against another implementation, and what must hold of every method."""

import random
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.rules.results import FLOOR, rating, result
from zuji.errors import FileRefused, InvalidInput
from zuji.formats import grades
from zuji.model.quantities import Quantity
from zuji.model.studies import Period
from zuji.rules.comparability import gate, gate_all
from zuji.rules.comparands import ElectricityBasis
from zuji.rules.grades_methods import percentile, statistic
from zuji.rules.grades_terms import common_terms
from zuji.rules.grading import (
    Grade,
    NotGraded,
    Sample,
    Statistic,
    StatisticKind,
    Threshold,
    adjusted,
    derive,
    grade,
    simulate,
    what_if,
)

METHODS = grades.shipped()
PERCENTILE = METHODS["percentile@1"]
BEST = METHODS["best-available@1"]
WEIGHTED = METHODS["production-weighted@1"]


def sample(name, value, tonnes=100.0, **rest):
    return Sample(id=name, result=result(name, value, **rest), production=Quantity(tonnes, "t"))


def eleven(**rest):
    """Results 1.0, 1.1 … 2.0 of eleven firms of equal size."""
    return [sample(f"s{n:02}", 1 + n / 10, **rest) for n in range(11)]


def unmet(derivation):
    return [check.id for check in derivation.refused]


def test_values_by_hand():
    """Of 1.0 … 2.0 in steps of 0.1: the percentiles 20, 50 and 80 fall on samples."""
    made = derive(eleven(), PERCENTILE).thresholds
    assert (made.benchmark, made.base, made.limit) == (1.2, 1.5, 1.8)
    assert (made.samples, made.firms, made.method) == (11, 11, "percentile@1")
    best = derive(eleven(), BEST).thresholds
    assert best.benchmark == 1.05  # a tenth of eleven is two samples: 1.0 and 1.1
    weighted = derive(eleven(), WEIGHTED).thresholds
    assert (weighted.benchmark, weighted.base, weighted.limit) == (1.2, 1.5, 1.8)


def test_production_moves_weighted_values_and_no_others():
    samples = [*eleven()[:-1], sample("big", 2.0, tonnes=900.0)]
    assert derive(samples, PERCENTILE).thresholds.base == 1.5
    made = derive(samples, WEIGHTED)
    assert made.values[Threshold.BASE] == 1.9  # 1000 t of 1900 t lie below 2.0


def test_a_margin_is_a_part_of_the_size():
    limit = Statistic(kind=StatisticKind.PERCENTILE, share=0.8, margin=0.1)
    assert statistic(limit, [1.0, 2.0], []) == pytest.approx(1.8 * 1.1)
    assert statistic(limit, [-2.0, -1.0], []) == pytest.approx(-1.2 * 0.9)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.floats(0, 1))
def test_percentiles_are_those_of_numpy(values, share):
    expected = float(np.quantile(values, share))
    assert percentile(sorted(values), share) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(
    st.lists(st.tuples(st.floats(0, 1e3), st.integers(1, 20)), min_size=1, max_size=15), st.floats(0.01, 1)
)
def test_weighted_percentiles_are_those_of_as_many_equal_samples(pairs, share):
    formula = Statistic(kind=StatisticKind.WEIGHTED_PERCENTILE, share=share)
    made = statistic(formula, [value for value, _n in pairs], [float(n) for _v, n in pairs])
    spread = sorted(value for value, n in pairs for _ in range(n))
    wanted = share * len(spread) * (1 - 1e-12)
    assert made == next(value for at, value in enumerate(spread, start=1) if at >= wanted)


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(0.1, 1e3)), min_size=1, max_size=20))
def test_means_lie_among_the_samples(pairs):
    values, amounts = [v for v, _a in pairs], [a for _v, a in pairs]
    for kind in (StatisticKind.WEIGHTED_MEAN, StatisticKind.BEST_MEAN):
        made = statistic(Statistic(kind=kind, share=0.4), values, amounts)
        assert min(values) - 1e-9 <= made <= max(values) + 1e-9


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.id)
def test_the_order_of_samples_changes_no_byte(method):
    samples = eleven()
    first = derive(samples, method)
    expected = grades.dump(samples, first)
    for seed in range(5):
        shuffled = samples[:]
        random.Random(seed).shuffle(shuffled)
        again = derive(shuffled, method)
        assert again.digest == first.digest
        assert grades.dump(shuffled, again) == expected


def test_stored_samples_give_the_same_thresholds_again():
    applies = Period(start="2024-01-01", end="2027-12-31")
    samples = eleven(quality=(rating(1.5), rating(2.0, scheme="other")))
    first = derive(samples, WEIGHTED, applies=applies)
    data = grades.dump(samples, first, applies)
    stored = grades.load(data)
    again = derive(stored.samples, stored.method, applies=stored.applies)
    assert stored.digest == again.digest
    assert stored.thresholds == again.thresholds == first.thresholds
    assert grades.dump(stored.samples, again, stored.applies) == data
    assert grades.thresholds(grades.to_dict(first.thresholds)) == first.thresholds
    assert grades.sample(grades.to_dict(samples[0])) == samples[0]
    assert grades.method(grades.to_dict(WEIGHTED)) == WEIGHTED


def test_any_change_of_a_sample_or_parameter_changes_the_digest():
    samples = eleven()
    digests = {
        derive(samples, PERCENTILE).digest,
        derive(samples, replace(PERCENTILE, samples=9)).digest,
        derive([sample("s00", 1.0 + 1e-12), *samples[1:]], PERCENTILE).digest,
        derive([sample("s00", 1.0, tonnes=101), *samples[1:]], PERCENTILE).digest,
        derive(samples, PERCENTILE, applies=Period(start="2024-01-01", end="2025-12-31")).digest,
    }
    assert len(digests) == 5


def test_too_few_samples_are_refused_with_the_reason():
    made = derive(eleven()[:9], PERCENTILE)
    assert made.thresholds is None
    (check,) = made.refused
    assert check.id == "samples"
    assert check.reason.zh == "有 9 个样本，至少 10 个"
    assert set(made.values) == set(Threshold)


def test_nothing_at_all_is_refused():
    made = derive([], PERCENTILE)
    assert made.thresholds is None
    assert made.values == {}
    assert set(unmet(made)) >= {"samples", "firms", "order"}


def test_one_firm_may_not_dominate_samples():
    samples = [replace(each, result=replace(each.result, firm="甲")) for each in eleven()[:6]] + eleven()[6:]
    made = derive(samples, PERCENTILE)
    assert unmet(made) == ["sample_dominance", "production_dominance"]
    assert made.refused[0].offending == ("甲",)


def test_one_firm_may_not_dominate_production():
    made = derive([*eleven()[:-1], sample("big", 1.5, tonnes=1001.0)], PERCENTILE)
    assert unmet(made) == ["production_dominance"]
    assert derive([*eleven()[:-1], sample("big", 1.5, tonnes=1000.0)], PERCENTILE).thresholds


def test_few_or_nameless_firms_are_refused():
    two = [replace(each, result=replace(each.result, firm="甲乙"[n % 2])) for n, each in enumerate(eleven())]
    assert "firms" in unmet(derive(two, PERCENTILE))
    nameless = [*eleven(), sample("x", 1.0, firm=" ")]
    assert derive(nameless, PERCENTILE).refused[0].offending == ("x",)


def test_a_sample_that_is_not_comparable_is_refused_and_named():
    made = derive([*eleven(), sample("x", 1.0, gwp="AR5")], PERCENTILE)
    assert unmet(made) == ["comparable"]
    assert made.refused[0].offending == ("x",)
    assert "AR5" in made.refused[0].reason.zh


def test_an_unverified_sample_is_refused():
    made = derive([*eleven(), sample("x", 1.0, verification="")], PERCENTILE)
    assert made.refused[0].offending == ("x",)


def test_the_same_study_twice_is_refused():
    made = derive([*eleven(), eleven()[3]], PERCENTILE)
    assert unmet(made) == ["distinct"]


def test_production_must_be_stated_in_one_unit_for_a_weighted_method():
    silent = replace(eleven()[0], production=None)
    made = derive([silent, *eleven()[1:]], WEIGHTED)
    assert unmet(made) == ["production", "order"]
    assert made.refused[0].offending == ("s00",)
    litres = replace(eleven()[0], production=Quantity(1.0, "m3"))
    assert "production" in unmet(derive([litres, *eleven()[1:]], WEIGHTED))
    kilograms = replace(eleven()[0], production=Quantity(100_000.0, "kg"))
    assert derive([kilograms, *eleven()[1:]], WEIGHTED).thresholds.base == 1.5


def test_values_out_of_order_are_refused():
    backwards = replace(PERCENTILE, limit=PERCENTILE.benchmark, benchmark=PERCENTILE.limit)
    assert unmet(derive(eleven(), backwards)) == ["order"]


def test_parameters_that_cannot_be_are_all_named():
    wrong = replace(PERCENTILE, limit=Statistic(kind=StatisticKind.PERCENTILE, share=1.2), samples=0)
    with pytest.raises(InvalidInput) as caught:
        derive(eleven(), wrong)
    assert len(caught.value.problems) == 2


values_of_samples = st.lists(st.floats(0.001, 1e6), min_size=10, max_size=30)


@settings(max_examples=60)
@given(values_of_samples, st.sampled_from(list(METHODS.values())), st.randoms(use_true_random=False))
def test_derived_values_are_ordered_reproducible_and_reached_by_a_sample(values, method, shuffle):
    samples = [sample(f"s{n:02}", value, tonnes=1 + n % 7) for n, value in enumerate(values)]
    first = derive(samples, method)
    shuffle.shuffle(samples)
    again = derive(samples, method)
    assert again == first
    if first.thresholds is None:
        # the mean of the best tenth may print above a percentile only where values are as good as equal
        assert unmet(first) == ["order"]
        return
    made = first.thresholds
    assert made.benchmark <= made.base <= made.limit
    simulated = simulate([each.result for each in samples], made)
    assert simulated.graded == len(samples)
    assert simulated.passing(Threshold.BENCHMARK) >= 1
    assert simulated.beyond < len(samples)


def test_what_a_product_reaches():
    made = derive(eleven(), PERCENTILE).thresholds
    expected = {1.2: Threshold.BENCHMARK, 1.2001: Threshold.BASE, 1.5: Threshold.BASE, 1.8: Threshold.LIMIT}
    for value, reached in expected.items():
        assert grade(result("x", value), made).reached is reached
    beyond = grade(result("x", 1.8001), made)
    assert beyond.reached is None
    assert beyond.told.zh == "超过限定值"
    assert grade(result("x", 1.0), made).told.zh == "达到标杆值"
    assert grade(result("x", 1.2), made).distances[Threshold.BASE] == pytest.approx(-0.2)


def test_what_prints_equal_is_equal():
    made = derive(eleven(), PERCENTILE).thresholds
    assert grade(result("x", 1.2 + 1e-9), made).reached is Threshold.BENCHMARK


def test_a_result_on_other_terms_is_not_graded_and_says_why():
    made = derive(eleven(), PERCENTILE).thresholds
    refused = grade(result("x", 1.0, gwp="AR5", verification=""), made)
    assert isinstance(refused, NotGraded)
    assert [item.id for item in refused.gate.failing] == ["gwp", "verification"]
    assert len(refused.reasons) == 2


def test_values_hold_for_the_period_they_are_made_for():
    later = result("x", 1.0, period=Period(start="2026-01-01", end="2026-12-31"))
    assert isinstance(grade(later, derive(eleven(), PERCENTILE).thresholds), NotGraded)
    applies = Period(start="2024-01-01", end="2027-12-31")
    assert isinstance(grade(later, derive(eleven(), PERCENTILE, applies=applies).thresholds), Grade)


def test_a_simulation_counts_everybody_once():
    made = derive(eleven(), PERCENTILE).thresholds
    results = [*(each.result for each in eleven()), result("x", 1.0, gwp="AR5")]
    simulated = simulate(results, made)
    counts = [simulated.passing(each) for each in Threshold]
    assert counts == [3, 6, 9]
    assert (simulated.graded, simulated.beyond, len(simulated.not_graded)) == (11, 2, 1)


@given(st.floats(0.5, 1.2), st.floats(1.8, 4.0), st.floats(0, 1))
def test_a_looser_value_never_passes_fewer(benchmark, limit, more):
    made = derive(eleven(), PERCENTILE).thresholds
    strict = adjusted(made, benchmark=benchmark, limit=limit, note="试算")
    loose = adjusted(strict, benchmark=min(benchmark + more, 1.5), limit=limit + more, note="试算")
    results = [each.result for each in eleven()]
    first, second = what_if(results, [strict, loose])
    assert all(first.passing(each) <= second.passing(each) for each in Threshold)
    assert strict.digest == ""


def test_values_set_by_hand_keep_their_order():
    made = derive(eleven(), PERCENTILE).thresholds
    with pytest.raises(InvalidInput):
        adjusted(made, benchmark=1.6, note="试算")
    assert adjusted(made, benchmark=1.0, note="征求意见后").base == made.base


VARIANTS = [
    {},
    {"electricity": ElectricityBasis()},
    {"electricity": ElectricityBasis(accounting="physical", grid=("country",))},
    {"electricity": ElectricityBasis(accounting="location", grid=("country",))},
    {"allocation": ("economic",)},
    {"recycling": ("cff",)},
    {"period": Period(start="2024-06-01", end="2025-06-30")},
    {"period": Period(start="2024-12-01", end="2025-12-31")},
    {"period": Period(start="2023-01-01", end="2024-06-15")},
    {"quality": (rating(2.9),)},
    {"gwp": "AR5"},
    {"cut_share": 0.04},
]


@given(st.lists(st.sampled_from(VARIANTS), min_size=1, max_size=5), st.sampled_from(VARIANTS), st.randoms())
def test_common_terms_stand_for_every_sample(variants, other, shuffle):
    each = [result(f"r{n}", 1.0 + n, **variant) for n, variant in enumerate(variants)]
    assume(gate_all(each).comparable)
    new = result("new", 5.0, **other)
    pairs = [gate(one, new).comparable for one in each]
    terms = common_terms(each)
    if gate(terms, new).comparable:
        assert all(pairs)
    # a period may overlap every sample's and not the days that all of them share
    elif all(pairs):
        assert [item.id for item in gate(terms, new).failing] == ["period"]
    shuffle.shuffle(each)
    assert common_terms(each) == terms
    assert all(gate(one, two).comparable for one, two in combinations(each, 2))


def test_a_stricter_floor_of_an_equivalent_rule_is_asked_of_the_weakest_sample():
    each = [result("a", 1.0), result("b", 2.0, quality=(rating(2.9),))]
    strict = result("c", 1.0, floor=replace(FLOOR, worst=2.5))
    assert [item.id for item in gate(common_terms(each), strict).failing] == ["quality"]


def test_shipped_methods_say_that_they_are_no_law():
    for method in METHODS.values():
        assert "不是法定" in method.note
        assert "not law" in method.note_en
        assert method.firms >= 3


def test_files_that_are_something_else_are_refused():
    with pytest.raises(FileRefused):
        grades.load(b"{}")
    with pytest.raises(FileRefused):
        grades.load(b"\xff")
    with pytest.raises(InvalidInput) as caught:
        grades.load_methods(b"methods:\n  - id: a\n    samples: few\n", name="m.yaml")
    assert {problem.place.row for problem in caught.value.problems} >= {3}
