"""The grade of a study: only through the gate, with the failing conditions named, by day."""

from datetime import timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from tests.web.factories import accounts, grades, products, results
from zuji.rules.grades_methods import Threshold
from zuji_web.grades.models import ThresholdSet
from zuji_web.grades.queries import simulations
from zuji_web.grades.queries.grading import grade_of
from zuji_web.grades.queries.sets import thresholds_of
from zuji_web.products.actions import publishing, snapshots
from zuji_web.products.models import ProductStudy

pytestmark = pytest.mark.django_db
# kgCO2e per kWh of the national mix, by which the studies of these tests are counted.
KWH = 0.5777


@pytest.fixture
def offices() -> grades.Offices:
    made = grades.Offices()
    made.eleven()
    return made


@pytest.fixture
def in_force(offices: grades.Offices) -> ThresholdSet:
    """1.2, 1.5 and 1.8 kgCO2e/L."""
    return offices.published()


def told(study: ProductStudy, days: int = 0) -> Any:
    return grade_of(study, timezone.localdate() + timedelta(days=days))


@pytest.mark.parametrize(
    ("value", "reached"),
    [
        (1.2, Threshold.BENCHMARK),
        (1.21, Threshold.BASE),
        (1.5, Threshold.BASE),
        (1.8, Threshold.LIMIT),
        (1.81, None),
    ],
)
def test_a_comparable_study_reaches_a_value(
    in_force: ThresholdSet, value: float, reached: Threshold | None
) -> None:
    found = told(grades.verified(value / KWH))
    assert found.set == in_force
    assert found.gate.comparable
    assert found.grade.reached == reached
    assert found.grade.value == pytest.approx(value, rel=1e-5)


def test_a_study_with_green_contracts_is_not_comparable_and_says_which_condition(
    in_force: ThresholdSet,
) -> None:
    line = products.line(
        quantity={"amount": 2.0, "unit": "kWh"},
        quality={"technology": 2, "geography": 2, "time": 2, "precision": 2},
        electricity={"treatment": "contract", "location_factor": products.ELECTRICITY},
    )
    litre = {"product": "baijiu", "quantity": {"amount": 1.0, "unit": "L"}}
    process = {"id": "main", "name": "Distillery", "outputs": [litre], "lines": [line]}
    found = told(grades.verified(processes=[process]))
    assert found.set == in_force
    assert found.grade is None
    assert [item.id for item in found.gate.failing] == ["electricity"]
    assert found.told.zh == "不可比"
    assert "含合同电量" in found.outcome.reasons[0].zh


def test_another_level_of_assurance_is_not_comparable(in_force: ThresholdSet) -> None:
    found = told(grades.verified(level="reasonable"))
    assert found.set == in_force
    assert [item.id for item in found.gate.failing] == ["verification"]


def test_an_unverified_study_is_not_graded(in_force: ThresholdSet) -> None:
    found = told(grades.frozen())
    assert found.set == in_force
    assert found.grade is None
    assert [item.id for item in found.gate.failing] == ["verification"]


def test_a_study_of_another_rule_fails_on_the_rule(in_force: ThresholdSet) -> None:
    found = told(grades.verified(rule="gbt24067@1"))
    assert found.set == in_force
    assert "rule" in {item.id for item in found.gate.failing}


@pytest.mark.usefixtures("in_force")
def test_drafts_unreviewed_and_withdrawn_studies_and_other_products_are_not_graded() -> None:
    draft = results.tray()
    assert told(draft).outcome is None
    unreviewed = products.study(by=(owner := accounts.member(of=accounts.organisation())))
    snapshots.freeze(study=unreviewed, by=accounts.owner(owner.organisation))  # type: ignore[arg-type]
    found = told(ProductStudy.objects.get(pk=unreviewed.pk))
    assert (found.outcome, "without internal review" in found.told.en) == (None, True)
    other = told(grades.verified(product={"name": "Tea", "code": "zuji:tea"}))
    assert (other.outcome, "No thresholds" in other.told.en) == (None, True)
    study = grades.verified()
    assert told(study).grade is not None
    owner = accounts.owner(study.organisation)
    publishing.withdraw(study=study, reason="A meter was wrong.", by=owner)
    assert told(ProductStudy.objects.get(pk=study.pk)).outcome is None


def test_grades_follow_the_thresholds_of_the_day(offices: grades.Offices) -> None:
    study = grades.verified(1.15 / KWH)
    assert told(study).outcome is None
    offices.published()
    assert told(study, days=-1).outcome is None
    assert told(study).grade.reached == Threshold.BENCHMARK
    newer = offices.published(
        offices.begun(parameters=grades.stricter()), on=timezone.localdate() + timedelta(days=7)
    )
    assert told(study, days=6).grade.reached == Threshold.BENCHMARK
    assert told(study, days=7).set == newer
    assert told(study, days=7).grade.reached == Threshold.BASE


@pytest.mark.usefixtures("in_force")
@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "达到标杆值"), ("en", "Meets the benchmark value")]
)
def test_the_tag_for_other_pages_shows_the_grade_in_words(language: str, words: str) -> None:
    study = grades.verified(1.0 / KWH)
    template = Template("{% load grades %}{% study_grade study %}")
    with translation.override(language):
        assert words in template.render(Context({"study": study}))
        not_verified = template.render(Context({"study": grades.frozen()}))
    assert words not in not_verified
    assert ("不可比" if language == "zh-hans" else "Not comparable") in not_verified


def test_a_trial_counts_what_passes(offices: grades.Offices) -> None:
    one = offices.begun()
    today = timezone.localdate()
    values = [1 + n / 10 for n in range(11)]
    own = simulations.trial(one, today, {})
    assert own is not None
    wanted = {Threshold.BENCHMARK: 1.05, Threshold.BASE: 1.35, Threshold.LIMIT: 1.95}
    tried = simulations.trial(one, today, wanted)
    assert tried is not None
    for found in (own, tried):
        for name in Threshold:
            at_or_below = sum(value <= found.thresholds.of(name) + 1e-9 for value in values)
            assert found.simulation.passing(name) == at_or_below
        assert found.simulation.beyond == 11 - found.simulation.passing(Threshold.LIMIT)
    assert (own.changed, tried.changed) == (False, True)
    assert tried.thresholds.digest == ""
    assert thresholds_of(one) == own.thresholds
    assert {each.method.key for each in own.alternatives} >= {
        "percentile@1",
        "best-available@1",
        "production-weighted@1",
    }


def test_a_trial_out_of_order_keeps_the_derived_values_and_says_why(offices: grades.Offices) -> None:
    tried = simulations.trial(offices.begun(), timezone.localdate(), {Threshold.BENCHMARK: 9.0})
    assert tried is not None
    assert len(tried.problems) == 1
    assert not tried.changed


def test_a_trial_needs_firms_that_consented_to_trials() -> None:
    offices = grades.Offices()
    firm = accounts.credit_code()
    for n in range(9):
        offices.confirmed(1 + n / 10, firm=firm)
    offices.confirmed(2.0)
    assert simulations.trial(offices.begun(), timezone.localdate(), {}) is None
