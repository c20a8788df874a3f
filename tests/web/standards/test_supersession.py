"""A national standard over a live local one: every effect of it, and nothing beyond (R02)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse as django_reverse
from django.utils import timezone
from django.utils.translation import override

from tests.web.factories import accounts, products, standards
from zuji.errors import InvalidInput
from zuji.model.standards import Certainty, StandardLevel
from zuji.trust import snapshot as snapshots
from zuji_web.audit.models import AuditEvent
from zuji_web.products.actions import snapshots as freezing
from zuji_web.products.models import ProductStudy, StudySnapshot
from zuji_web.standards.actions import notices, procedures, registry
from zuji_web.standards.models import Notice, StandardRecord, WithdrawalTask
from zuji_web.standards.queries.effects import of_study
from zuji_web.standards.queries.supersession import changes_of

pytestmark = pytest.mark.django_db
CODE = str(standards.STRONG_AROMA)


def reverse(name: str, *args: Any) -> str:
    with override("zh-hans"):
        return django_reverse(name, args=args)


@pytest.fixture
def local() -> StandardRecord:
    standards.loaded()
    return StandardRecord.objects.get(number=standards.DB51)


def national(**values: Any) -> StandardRecord:
    return standards.registered(standards.standard(number=standards.NATIONAL, **values))


def test_the_local_standard_is_to_be_withdrawn_when_the_national_one_comes_into_force(
    local: StandardRecord,
) -> None:
    new = national()
    task = WithdrawalTask.objects.get()
    local.refresh_from_db()
    assert (task.record, task.because_of, task.due, task.done) == (local, new, date(2027, 1, 1), False)
    assert local.state == "to_be_withdrawn"
    assert local.withdrawn is None, "the decision is still to be taken"
    assert [step.after for step in local.transitions.all()] == ["to_be_withdrawn"]
    assert AuditEvent.objects.get(action="standard.supersede").payload["displaced"] == standards.DB51


def test_new_local_proposals_in_its_scope_are_refused_with_the_reason(local: StandardRecord) -> None:
    by = accounts.owner(accounts.organisation())
    before = standards.proposed(by=by, scope=(standards.BAIJIU,))
    national()
    for scope in ((standards.BAIJIU,), (standards.STRONG_AROMA,)):
        with pytest.raises(InvalidInput, match=standards.NATIONAL):
            standards.proposed(by=by, scope=scope)
    assert standards.proposed(by=by).working_number, "another product is not concerned"
    # What was proposed before cannot go on either.
    with pytest.raises(InvalidInput, match=standards.NATIONAL):
        standards.Offices().take(before, "approved", by=accounts.appointed("standards_approver"))


def test_open_studies_are_told_once_and_frozen_ones_are_not_touched(local: StandardRecord) -> None:
    home = accounts.organisation()
    by = accounts.owner(home)
    by_rule = products.study(by=by, rule=f"{local.rule}@1.0", name="By rule") if local.rule else None
    by_number = products.study(by=by, rule=standards.DB51)
    by_code = products.study(by=by, product={"name": "酒", "code": CODE})
    by_customs = products.study(by=by, product={"name": "酒", "code": "hs:220890"})
    other = products.study(by=by, product={"name": "水泥", "code": "zuji:cement"})
    frozen = products.study(by=by, rule=standards.DB51, product={"name": "酒", "code": CODE})
    snapshot = freezing.freeze(study=frozen, by=by)
    before = (list(ProductStudy.objects.values()), bytes(snapshot.content))
    new = national()
    told = {notice.study_id: notice.kind for notice in Notice.objects.all()}
    expected = {by_number.pk: "rule", by_code.pk: "scope"}
    if by_rule:
        expected[by_rule.pk] = "rule"
    # A customs code that holds more than baijiu is not certainly covered.
    assert by_customs.pk not in told
    assert told == expected
    assert other.pk not in told
    # The frozen study: not told, byte for byte the same, and it still gives the same digits.
    assert not of_study(frozen)
    after = StudySnapshot.objects.get(pk=snapshot.pk)
    assert (list(ProductStudy.objects.values()), bytes(after.content)) == before
    kept = snapshots.from_bytes(bytes(after.content))
    assert kept.digest == snapshot.digest
    assert snapshots.verify(kept) == []
    # Amending the new standard tells nobody twice and moves the due day.
    later = standards.standard(number=standards.NATIONAL, in_force=date(2027, 6, 1))
    registry.amend(
        record=new, standard=later, reason="Corrected", by=accounts.appointed("standards_secretariat")
    )
    assert Notice.objects.count() == len(expected)
    assert WithdrawalTask.objects.get().due == date(2027, 6, 1)


def test_an_organisation_sees_its_own_notices_alone_and_takes_note(local: StandardRecord) -> None:
    home, elsewhere = accounts.organisation(), accounts.organisation()
    own = products.study(by=accounts.owner(home), product={"name": "Ours", "code": CODE}, name="Ours")
    products.study(by=accounts.owner(elsewhere), product={"name": "Theirs", "code": CODE}, name="Theirs")
    new = national()
    browser = accounts.browser(accounts.member(of=home))
    page = browser.get(reverse("standards:notices")).content.decode()
    assert "Ours" in page
    assert "Theirs" not in page
    notice = Notice.objects.get(study=own)
    assert standards.NATIONAL in browser.get(reverse("products:workbench", own.pk)).content.decode()
    stranger = accounts.browser(accounts.member(of=elsewhere))
    assert stranger.post(reverse("standards:note", notice.pk)).status_code == 404
    browser.post(reverse("standards:note", notice.pk))
    notice.refresh_from_db()
    assert notice.read_at is not None
    at = notice.read_at
    notices.read(notice=notice, by=accounts.owner(home))
    notice.refresh_from_db()
    assert notice.read_at == at
    # A visitor sees how many, never whose.
    public = accounts.browser().get("/en" + reverse("standards:changes", new.pk)).content.decode()
    assert "Ours" not in public
    assert "Theirs" not in public


@pytest.mark.parametrize(
    "values",
    [
        {"demonstration": True},
        {"certainty": Certainty.UNCONFIRMED},
        {"issued": None, "in_force": None},
        {"scope": ()},
    ],
)
def test_what_is_no_law_sets_nothing_off(local: StandardRecord, values: dict[str, Any]) -> None:
    products.study(product={"name": "酒", "code": CODE})
    new = national(**values)
    assert not WithdrawalTask.objects.exists()
    assert not Notice.objects.exists()
    local.refresh_from_db()
    assert local.state == "in_force"
    assert standards.proposed(scope=(standards.BAIJIU,)).state == "proposed"
    # It can still be looked at as if it governed.
    for language in ("", "/en"):
        assert accounts.browser().get(language + reverse("standards:changes", new.pk)).status_code == 200


def test_the_difference_names_the_day_from_which_another_rule_governs(local: StandardRecord) -> None:
    new = national()
    turns = {
        (str(each.product), each.region): (each.day, each.before, each.after)
        for each in changes_of(new).changes
    }
    assert turns[CODE, "CN-SC"] == (date(2027, 1, 1), standards.DB51, standards.NATIONAL)
    assert turns[CODE, ""] == (date(2027, 1, 1), "", standards.NATIONAL)
    visitor = accounts.browser()
    page = visitor.get(reverse("standards:changes", new.pk))
    assert "2027-01-01" in page.content.decode()
    for period in page.context["periods"]:
        if period.code == CODE:
            before = visitor.get(period.before_address).context["answer"].record
            after = visitor.get(period.after_address).context["answer"].record
            assert (before.number if before else "") == period.before
            assert after.number == period.after == standards.NATIONAL


def test_the_approver_withdraws_by_the_due_day_and_the_past_stays_as_it_was(local: StandardRecord) -> None:
    new = national()
    offices = standards.Offices()
    with pytest.raises(InvalidInput):
        offices.take(local, "withdrawn", by=offices.approver, withdrawn=date(2027, 1, 2))
    with pytest.raises(InvalidInput):
        offices.take(local, "withdrawn", by=offices.approver, withdrawn=date(2027, 1, 1), reason=" ")
    offices.take(local, "withdrawn", by=offices.approver, withdrawn=date(2027, 1, 1))
    assert local.withdrawn == date(2027, 1, 1)
    assert local.state == ("to_be_withdrawn" if timezone.localdate() < date(2027, 1, 1) else "withdrawn")
    assert WithdrawalTask.objects.get().done
    # The difference is told as before the decision.
    assert any(each.before == standards.DB51 for each in changes_of(new).changes)
    asked = {"product": CODE, "region": "CN-SC"}
    visitor = accounts.browser()

    def governing(on: str) -> str:
        return str(
            visitor.get(reverse("standards:governing"), {**asked, "on": on}).context["answer"].record.number
        )

    assert governing("2026-12-31") == standards.DB51
    assert governing("2027-01-01") == standards.NATIONAL


def test_one_task_each_however_often_it_is_called(local: StandardRecord) -> None:
    first = national()
    second = standards.registered(standards.standard(number="QB/T 99902-2026", level=StandardLevel.INDUSTRY))
    assert {task.because_of for task in WithdrawalTask.objects.all()} == {first, second}
    assert WithdrawalTask.objects.filter(record=local).count() == 2
    offices = standards.Offices()
    offices.take(local, "withdrawn", by=offices.approver, withdrawn=date(2026, 12, 1))
    assert all(task.done for task in WithdrawalTask.objects.filter(record=local))


def test_a_provincial_issue_over_nothing_sets_nothing_off() -> None:
    offices = standards.Offices()
    record = standards.proposed()
    offices.consulted(record)
    offices.reviewed(record)
    today = timezone.localdate()
    procedures.step(
        record=record,
        after="issued",
        by=offices.approver,
        given=standards.given(number="DB51/T 9999-2026", issued=today, in_force=today + timedelta(days=30)),
    )
    record.refresh_from_db()
    assert record.number == "DB51/T 9999-2026"
    assert not WithdrawalTask.objects.exists()
