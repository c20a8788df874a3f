"""Threshold sets: derived from what counts, consulted, published by somebody else, in force by date."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.web.factories import accounts, grades
from zuji.errors import InvalidInput
from zuji.rules.grades_methods import Threshold
from zuji.rules.lifecycle import THRESHOLD_LIFECYCLE
from zuji_web.accounts.actors import of_user
from zuji_web.accounts.models import Appointment
from zuji_web.accounts.permissions import Denied
from zuji_web.audit.models import AuditEvent
from zuji_web.gateway import Conflict
from zuji_web.grades import states
from zuji_web.grades.actions import comments, samples, sets
from zuji_web.grades.actions.sets import Parameters
from zuji_web.grades.actions.steps import broken_steps
from zuji_web.grades.models import SetComment, SetDerivation, StoredSample, ThresholdSet
from zuji_web.grades.queries import sets as reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices() -> grades.Offices:
    return grades.Offices()


def unmet(one: ThresholdSet) -> list[str]:
    row = reading.derivation_of(one)
    assert row is not None
    return [check["id"] for check in row.checks if not check["met"]]


def codes(caught: Any) -> set[str]:
    return {problem.code for problem in caught.value.problems}


def test_the_whole_way_into_force_with_the_values_of_the_samples(offices: grades.Offices) -> None:
    offices.eleven()
    one = offices.published()
    thresholds = reading.thresholds_of(one)
    assert thresholds is not None
    assert [thresholds.of(each) for each in Threshold] == [1.2, 1.5, 1.8]
    today = timezone.localdate()
    assert reading.in_force(grades.RULE, grades.PRODUCT, today) == one
    assert reading.in_force(grades.RULE, grades.PRODUCT, today - timedelta(days=1)) is None
    assert [step.after for step in one.transitions.all()] == ["sampled", "proposed", "consulted", "published"]
    assert broken_steps(one) == []
    assert AuditEvent.objects.filter(action="grades.set.step").count() == 4


def test_too_few_samples_give_no_values_and_cannot_be_proposed(offices: grades.Offices) -> None:
    for n in range(9):
        offices.confirmed(1 + n / 10)
    one = offices.begun()
    assert unmet(one) == ["samples"]
    assert reading.thresholds_of(one) is None
    with pytest.raises(InvalidInput) as caught:
        offices.take(one, "proposed")
    assert codes(caught) == {"no-derivation"}
    offices.confirmed(2.0)
    sets.derive_again(one=one, by=offices.deriver)
    assert unmet(one) == []
    assert offices.take(one, "proposed").state == "proposed"


def test_nothing_at_all_is_a_refusal_and_no_error(offices: grades.Offices) -> None:
    one = offices.begun()
    assert {"samples", "firms", "order"} <= set(unmet(one))


def test_a_firm_that_dominates_stops_the_derivation(offices: grades.Offices) -> None:
    big = accounts.credit_code()
    for n in range(7):
        offices.confirmed(1 + n / 10, firm=big)
    for n in range(4):
        offices.confirmed(2 + n / 10)
    assert "sample_dominance" in unmet(offices.begun())


def test_a_firm_with_most_of_the_production_stops_it_too(offices: grades.Offices) -> None:
    offices.eleven()
    offices.confirmed(1.5, tonnes=5000.0)
    assert unmet(offices.begun()) == ["production_dominance"]


def test_a_sample_without_production_stops_only_the_weighted_method(offices: grades.Offices) -> None:
    offices.eleven()
    offices.confirmed(1.5, tonnes=None)
    assert unmet(offices.begun()) == []
    assert unmet(offices.begun("production-weighted@1")) == ["production", "order"]


def test_samples_that_are_not_comparable_are_named(offices: grades.Offices) -> None:
    offices.eleven()
    odd = offices.confirmed(1.0, accounting="market")
    one = offices.begun()
    assert unmet(one) == ["comparable"]
    row = reading.derivation_of(one)
    assert row is not None
    check = next(each for each in row.checks if each["id"] == "comparable")
    assert check["offending"] == [odd.alias]


def test_deriving_again_from_the_store_gives_the_same_bytes(offices: grades.Offices) -> None:
    offices.eleven()
    for method in ("percentile@1", "best-available@1", "production-weighted@1"):
        one = offices.begun(method)
        row = reading.derivation_of(one)
        assert row is not None
        assert reading.recomputed(row).same
        again = sets.derive_again(one=one, by=offices.second)
        assert (again.sha256, again.number) == (row.sha256, 2)


def test_a_changed_sample_is_found_out_and_not_published(offices: grades.Offices) -> None:
    offices.eleven()
    one = offices.over()
    row = reading.derivation_of(one)
    assert row is not None
    use = row.uses.first()
    assert use is not None
    use.sample.content["result"]["value"] = 9.0
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredSample.objects.filter(pk=use.sample.pk).update(content=use.sample.content)
    with pytest.raises(DatabaseError), transaction.atomic():
        SetDerivation.objects.filter(pk=row.pk).update(content=b"{}")


def test_every_comment_is_answered_before_publishing(offices: grades.Offices) -> None:
    offices.eleven()
    one = offices.consulted()
    comment = offices.commented(one)
    with pytest.raises(InvalidInput) as caught:
        offices.take(one, "published", in_force=timezone.localdate())
    assert codes(caught) == {"comments-unanswered", "consultation-open"}
    comments.answer(
        comment=comment, answer="refused", reason="It is the 80th percentile.", by=offices.deriver
    )
    ThresholdSet.objects.filter(pk=one.pk).update(comments_until=timezone.localdate() - timedelta(days=1))
    assert offices.take(one, "published", in_force=timezone.localdate()).state == "published"
    with pytest.raises(Conflict):
        comments.answer(comment=comment, answer="accepted", reason="Yes", by=offices.deriver)


def test_a_published_set_and_what_was_said_on_it_cannot_be_rewritten(offices: grades.Offices) -> None:
    offices.eleven()
    one = offices.consulted()
    comment = offices.commented(one)
    ThresholdSet.objects.filter(pk=one.pk).update(applies_from=None, applies_until=None)  # still between them
    comments.answer(comment=comment, answer="refused", reason="No.", by=offices.deriver)
    for change in ({"text": "I agree"}, {"about": "limit"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SetComment.objects.filter(pk=comment.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        SetComment.objects.filter(pk=comment.pk).delete()
    yesterday = timezone.localdate() - timedelta(days=1)
    ThresholdSet.objects.filter(pk=one.pk).update(comments_until=yesterday)
    one.refresh_from_db()
    one = offices.take(one, "published", in_force=timezone.localdate())
    later = timezone.localdate() + timedelta(days=90)
    for change in ({"in_force": later}, {"product": "gb7635:01"}, {"method": {"name": "percentile"}}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ThresholdSet.objects.filter(pk=one.pk).update(**change)
    ThresholdSet.objects.filter(pk=one.pk).update(product=one.product, revised=later)  # the same, and its end


def test_comments_belong_to_the_consultation(offices: grades.Offices) -> None:
    offices.eleven()
    one = offices.begun()
    with pytest.raises(Conflict):
        offices.commented(one)
    offices.over(one)
    with pytest.raises(Conflict):
        offices.commented(one)
    with pytest.raises(Denied):
        comments.comment(one=one, text="x", by=offices.approver)


def test_who_derived_does_not_publish_even_with_both_appointments(offices: grades.Offices) -> None:
    offices.eleven()
    one = offices.over()
    with pytest.raises(Denied):
        offices.take(one, "published", by=offices.deriver, in_force=timezone.localdate())
    assert offices.deriver.user is not None
    assert offices.deriver.organisation is not None
    Appointment.objects.create(
        user=offices.deriver.user,
        organisation=offices.deriver.organisation,
        area="standards_approver",
        reason="Letter",
    )
    both = of_user(offices.deriver.user, str(offices.deriver.organisation.pk))
    with pytest.raises(InvalidInput) as caught:
        offices.take(one, "published", by=both, in_force=timezone.localdate())
    assert codes(caught) == {"own-derivation"}


@pytest.mark.parametrize("area", ["standards_expert", "rule_editor", "system_administrator"])
def test_others_neither_derive_nor_publish(offices: grades.Offices, area: str) -> None:
    offices.eleven()
    stranger = accounts.appointed(area)
    plan = sets.Plan(rule=grades.RULE, product=grades.PRODUCT, method="percentile@1")
    with pytest.raises(Denied):
        sets.begin(plan=plan, by=stranger)
    one = offices.over()
    with pytest.raises(Denied):
        offices.take(one, "published", by=stranger, in_force=timezone.localdate())
    with pytest.raises(Denied):
        samples.enter(declared=grades.declared(), by=stranger)


def test_only_the_steps_of_the_table_are_open(offices: grades.Offices) -> None:
    offices.eleven()
    one = offices.begun()
    for state in THRESHOLD_LIFECYCLE.states:
        if THRESHOLD_LIFECYCLE.may("sampled", state) is None:
            with pytest.raises(Conflict):
                offices.take(one, state)
    offices.take(one, "proposed")
    with pytest.raises(Conflict):
        sets.derive_again(one=one, by=offices.deriver)
    assert offices.take(one, "sampled").state == "sampled"


def test_a_step_needs_reason_and_document(offices: grades.Offices) -> None:
    offices.eleven()
    one = offices.begun()
    with pytest.raises(InvalidInput) as caught:
        offices.take(one, "proposed", reason=" ")
    assert codes(caught) == {"reason-missing"}
    offices.take(one, "proposed")
    with pytest.raises(InvalidInput) as caught:
        offices.take(one, "consulted", document="")
    assert [problem.place.field for problem in caught.value.problems] == ["document", "comments_until"]


def test_a_newer_set_ends_the_older_on_its_day(offices: grades.Offices) -> None:
    offices.eleven()
    today = timezone.localdate()
    old = offices.published()
    new = offices.published(on=today + timedelta(days=10))
    old.refresh_from_db()
    assert new.replaces == old
    assert (new.number, old.number) == (2, 1)
    for days, holds, state in ((0, old, "in_force"), (9, old, "in_force"), (10, new, "revised")):
        day = today + timedelta(days=days)
        assert reading.in_force(grades.RULE, grades.PRODUCT, day) == holds
        assert states.on(old, day) == state
    last = old.transitions.last()
    assert last is not None
    assert (last.before, last.after, last.facts["replaced_by"]) == ("in_force", "revised", str(new.pk))


def test_thresholds_are_not_dated_back_nor_before_those_they_replace(offices: grades.Offices) -> None:
    offices.eleven()
    today = timezone.localdate()
    one = offices.over()
    with pytest.raises(InvalidInput):
        offices.take(one, "published", in_force=today - timedelta(days=1))
    offices.take(one, "published", in_force=today + timedelta(days=5))
    other = offices.over(offices.begun())
    with pytest.raises(InvalidInput):
        offices.take(other, "published", in_force=today + timedelta(days=5))


def test_parameters_change_only_with_a_reason_and_never_below_anonymity() -> None:
    with pytest.raises(InvalidInput):
        sets.method_with("percentile@1", Parameters(samples=5))
    with pytest.raises(InvalidInput):
        sets.method_with("percentile@1", Parameters(firms=2, note="few"))
    with pytest.raises(InvalidInput):
        sets.method_with("percentile@1", Parameters(shares={Threshold.BASE: 1.5}, note="x"))
    with pytest.raises(InvalidInput):
        sets.method_with("invented@1", Parameters())
    made = sets.method_with("percentile@1", Parameters(samples=5, note="A small industry"))
    assert (made.key, made.samples, made.note) == ("percentile@1+", 5, "A small industry")
    assert sets.method_with("percentile@1", Parameters(samples=10)).key == "percentile@1"
