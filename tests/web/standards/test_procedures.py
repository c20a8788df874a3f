"""A standard from the proposal to its issue: rights, guards, comments, reviews, history."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse as django_reverse
from django.utils import timezone
from django.utils.translation import override

from tests.web.factories import accounts, standards
from zuji.errors import InvalidInput, ZujiError
from zuji.model.standards import StandardLevel
from zuji.rules.lifecycle import RULE_LIFECYCLE
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Membership
from zuji_web.accounts.permissions import Denied, Permission, Role
from zuji_web.gateway import Conflict
from zuji_web.standards.actions import comments, procedures, reviews
from zuji_web.standards.actions.steps import broken_steps
from zuji_web.standards.models import Comment, Review, StandardRecord, StandardTransition
from zuji_web.standards.moves import RIGHTS, move

pytestmark = pytest.mark.django_db


def reverse(name: str, *args: Any) -> str:
    with override("zh-hans"):
        return django_reverse(f"standards:{name}", args=args)


@pytest.fixture
def offices() -> standards.Offices:
    return standards.Offices()


@pytest.fixture
def record() -> StandardRecord:
    return standards.proposed()


def issue(offices: standards.Offices, record: StandardRecord, **values: Any) -> StandardRecord:
    today = timezone.localdate()
    given = {"number": "DB51/T 9001-2026", "issued": today, "in_force": today + timedelta(days=30)}
    return offices.take(record, "issued", by=offices.approver, **{**given, **values})


def test_from_the_proposal_to_the_issue(offices: standards.Offices, record: StandardRecord) -> None:
    offices.to_consultation(record)
    comment = offices.commented(record)
    offices.answered(comment)
    StandardRecord.objects.filter(pk=record.pk).update(
        comments_until=timezone.localdate() - timedelta(days=1)
    )
    offices.reviewed(record)
    issue(offices, record)
    steps = list(record.transitions.all())
    assert [step.after for step in steps] == [
        *("proposed", "approved", "drafting", "consultation", "examination", "approval", "issued")
    ]
    assert steps[1].reason == "Reason"
    assert steps[1].document == "Minutes 1"
    assert steps[1].actor_id == offices.approver.identity
    assert steps[-1].facts["number"] == "DB51/T 9001-2026"
    assert broken_steps(record) == []
    assert record.to_standard().level is StandardLevel.LOCAL
    visitor = accounts.browser()
    for language in ("", "/en"):
        page = visitor.get(language + reverse("standard", record.pk)).content.decode()
        assert steps[-1].hash in page
        assert str(offices.approver.user) not in page, "people's names are for the work areas"
    assert visitor.get(reverse("list"), {"q": "9001"}).context["page"].paginator.count == 1


def test_only_the_steps_of_the_table_are_taken(offices: standards.Offices, record: StandardRecord) -> None:
    """Any other pair is refused as a conflict, whoever asks, and changes nothing."""
    pairs = [(before, after) for before in RULE_LIFECYCLE.states for after in RULE_LIFECYCLE.states]
    for before, after in pairs:
        StandardRecord.objects.filter(pk=record.pk).update(state=before)
        known = move(before, after)
        assert (known is not None) == (RULE_LIFECYCLE.may(before, after) is not None and after != "in_force")
        if known is not None:
            continue
        for actor in (offices.secretary, offices.approver):
            with pytest.raises(Conflict):
                procedures.step(record=record, after=after, by=actor, given=standards.given())
        record.refresh_from_db()
        assert record.state == before, (before, after)
    assert record.transitions.count() == 1


def test_each_step_needs_its_right(offices: standards.Offices, record: StandardRecord) -> None:
    """Nobody without it takes the step: no role, no other work area, no client."""
    outsiders: list[Actor] = [accounts.member(role) for role in Role]
    outsiders.append(accounts.client_actor(Role.MODELLER))
    holders = [offices.secretary, offices.expert, offices.approver, accounts.appointed("rule_editor")]
    for step in RULE_LIFECYCLE.steps:
        found = move(step.source, step.target)
        if found is None:
            assert step.target == "in_force"
            continue
        StandardRecord.objects.filter(pk=record.pk).update(state=step.source)
        without = [actor for actor in holders if not actor.may(RIGHTS[step.who])]
        for actor in (*outsiders, *without):
            with pytest.raises(Denied):
                procedures.step(record=record, after=step.target, by=actor, given=standards.given())
        record.refresh_from_db()
        assert record.state == step.source


def test_whoever_submitted_neither_reviews_nor_decides(offices: standards.Offices) -> None:
    home = offices.approver.organisation
    assert home is not None
    record = standards.proposed(by=accounts.owner(home))
    with pytest.raises(InvalidInput) as refused:
        offices.take(record, "approved", by=offices.approver)
    assert [problem.code for problem in refused.value] == ["own-proposal"]
    # The expert of the submitting organisation is not even offered.
    record = standards.proposed(by=accounts.owner(offices.expert.organisation))  # type: ignore[arg-type]
    offices.consulted(record)
    offices.take(record, "examination", by=offices.secretary)
    with pytest.raises(InvalidInput):
        reviews.assign(
            record=record,
            expert=Membership.objects.get(user=offices.expert.user),
            by=offices.secretary,
        )
    page = accounts.browser(offices.secretary).get(reverse("standard", record.pk))
    assert list(page.context["experts"]) == []


def test_no_issue_while_a_comment_has_no_answer(offices: standards.Offices, record: StandardRecord) -> None:
    offices.to_consultation(record)
    comment = offices.commented(record)
    StandardRecord.objects.filter(pk=record.pk).update(
        comments_until=timezone.localdate() - timedelta(days=1)
    )
    with pytest.raises(InvalidInput) as refused:
        offices.take(record, "examination", by=offices.secretary)
    assert [problem.code for problem in refused.value] == ["comments-unanswered"]
    with pytest.raises(InvalidInput):
        comments.answer(comment=comment, answer="refused", reason=" ", by=offices.secretary)
    for actor in (offices.approver, offices.expert, accounts.member(Role.OWNER)):
        with pytest.raises(Denied):
            comments.answer(comment=comment, answer="refused", reason="No", by=actor)
    offices.answered(comment)
    offices.reviewed(record)
    Comment.objects.filter(pk=comment.pk).update(answer="", answer_reason="", answered_at=None)
    with pytest.raises(InvalidInput) as refused:
        issue(offices, record)
    assert [problem.code for problem in refused.value] == ["comments-unanswered"]


def test_a_consultation_runs_until_its_last_day(offices: standards.Offices, record: StandardRecord) -> None:
    offices.take(record, "approved", by=offices.approver)
    offices.take(record, "drafting", by=offices.secretary)
    yesterday = timezone.localdate() - timedelta(days=1)
    for values in ({"comments_until": None}, {"comments_until": yesterday}):
        with pytest.raises(InvalidInput):
            offices.take(record, "consultation", by=offices.secretary, **values)
    offices.take(record, "consultation", by=offices.secretary, comments_until=timezone.localdate())
    with pytest.raises(InvalidInput) as refused:
        offices.take(record, "examination", by=offices.secretary)
    assert [problem.code for problem in refused.value] == ["consultation-open"]
    comments.comment(record=record, text="On the last day.", by=accounts.member())
    StandardRecord.objects.filter(pk=record.pk).update(comments_until=yesterday)
    with pytest.raises(Conflict):
        comments.comment(record=record, text="Too late.", by=accounts.member())


@pytest.mark.parametrize("role", Role)
def test_who_may_comment_and_propose(role: Role, offices: standards.Offices) -> None:
    record = offices.to_consultation(standards.proposed())
    actor = accounts.member(role)
    if actor.may(Permission.STANDARD_COMMENT):
        made = comments.comment(record=record, text="A remark", clause="4.1", by=actor)
        assert made.organisation == actor.organisation
        assert "A remark" in accounts.browser().get(reverse("comments", record.pk)).content.decode()
    else:
        with pytest.raises(Denied):
            comments.comment(record=record, text="A remark", by=actor)
        answer = accounts.browser(actor).post(reverse("comments", record.pk), {"text": "A remark"})
        assert answer.status_code == 403
    assert actor.may(Permission.STANDARD_PROPOSE) == (role in (Role.OWNER, Role.SIGNATORY))
    if not actor.may(Permission.STANDARD_PROPOSE):
        with pytest.raises(Denied):
            procedures.propose(proposal=standards.proposal(), by=actor)


def test_a_proposal_is_private_until_it_is_accepted(offices: standards.Offices) -> None:
    home = accounts.organisation("Heimat")
    record = standards.proposed(by=accounts.owner(home), name="Secret product")
    address = reverse("standard", record.pk)
    for browser in (accounts.browser(), accounts.browser(accounts.member(Role.OWNER))):
        assert browser.get(address).status_code == 404
        assert browser.get(reverse("changes", record.pk)).status_code == 404
        assert browser.get(reverse("comments", record.pk)).status_code == 404
        assert "Secret product" not in browser.get(reverse("board")).content.decode()
    for actor in (accounts.member(of=home), offices.secretary, offices.approver, offices.expert):
        assert "Secret product" in accounts.browser(actor).get(address).content.decode()
    offices.take(record, "approved", by=offices.approver)
    assert "Secret product" in accounts.browser().get(reverse("board")).content.decode()


def test_a_refused_proposal_stays_private_with_its_reason(
    offices: standards.Offices, record: StandardRecord
) -> None:
    with pytest.raises(InvalidInput):
        offices.take(record, "refused", by=offices.approver, reason="")
    offices.take(record, "refused", by=offices.approver, reason="Covered by GB/T 1")
    assert accounts.browser().get(reverse("standard", record.pk)).status_code == 404
    own = accounts.browser(accounts.member(of=record.submitter))
    assert "Covered by GB/T 1" in own.get(reverse("standard", record.pk)).content.decode()


def test_what_was_said_on_a_draft_cannot_be_rewritten(
    offices: standards.Offices, record: StandardRecord
) -> None:
    comment = offices.answered(offices.commented(offices.to_consultation(record)))
    for change in ({"text": "I agree"}, {"clause": "9"}, {"proposal": "Another"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).delete()


def test_the_history_cannot_be_rewritten(offices: standards.Offices, record: StandardRecord) -> None:
    offices.take(record, "approved", by=offices.approver)
    step = record.transitions.get(number=2)
    step.reason = "Something else"
    with pytest.raises(PermissionError):
        step.save()
    with pytest.raises(PermissionError):
        step.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        StandardTransition.objects.filter(pk=step.pk).update(reason="Something else")
    assert broken_steps(record) == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER standards_standardtransition_no_update")
            StandardTransition.objects.filter(pk=step.pk).update(reason="Something else")
            assert broken_steps(record) == [2]
            page = accounts.browser().get("/en" + reverse("standard", record.pk)).content.decode()
            assert "outside of the platform" in page


def test_a_paper_is_kept_as_it_came(offices: standards.Offices, record: StandardRecord) -> None:
    offices.take(record, "approved", by=offices.approver)
    offices.take(record, "drafting", by=offices.secretary)
    until = timezone.localdate() + timedelta(days=30)
    for name, content in (("draft.html", b"<script>"), ("draft.pdf", b""), ("draft.exe", b"MZ")):
        with pytest.raises(InvalidInput):
            procedures.step(
                record=record,
                after="consultation",
                by=offices.secretary,
                given=standards.given(comments_until=until, has_file=True),
                file=(name, content),
            )
    procedures.step(
        record=record,
        after="consultation",
        by=offices.secretary,
        given=standards.given(document="", comments_until=until, has_file=True),
        file=("../草案.pdf", b"%PDF-1.7 draft"),
    )
    paper = record.documents.get()
    assert paper.name == "草案.pdf"
    answer = accounts.browser().get(reverse("paper", record.pk, paper.pk))
    assert answer.content == b"%PDF-1.7 draft"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    other = standards.registered()
    assert accounts.browser().get(reverse("paper", other.pk, paper.pk)).status_code == 404


def test_a_conversion_is_known_from_both_ends(offices: standards.Offices) -> None:
    group = standards.registered(
        standards.standard(
            number="T/TEST 1-2024",
            level=StandardLevel.GROUP,
            scope=standards.proposal().scope,
            in_force=timezone.localdate() - timedelta(days=100),
            issued=timezone.localdate() - timedelta(days=120),
        )
    )
    with pytest.raises(InvalidInput):
        standards.proposed(converted_from="T/NOBODY 1-2024")
    record = standards.proposed(converted_from=group.number)
    offices.consulted(record)
    offices.reviewed(record)
    issue(offices, record)
    visitor = accounts.browser()
    assert group.number in visitor.get(reverse("standard", record.pk)).content.decode()
    assert record.number in visitor.get(reverse("standard", group.pk)).content.decode()


def test_an_issue_needs_a_free_number_and_dates_in_order(
    offices: standards.Offices, record: StandardRecord
) -> None:
    offices.consulted(record)
    offices.reviewed(record)
    taken = standards.registered()
    today = timezone.localdate()
    for values in (
        {"number": ""},
        {"number": taken.number},
        {"issued": None},
        {"in_force": today - timedelta(days=1)},
    ):
        with pytest.raises(InvalidInput):
            issue(offices, record, **values)
    record.refresh_from_db()
    assert record.number == ""
    assert record.state == "approval"


def test_the_pages_lead_a_procedure_from_office_to_office(offices: standards.Offices) -> None:
    """The same walk by the forms: every page opens in both languages and says what holds a step back."""
    owner = accounts.browser(accounts.owner(accounts.organisation()))
    form = {
        "name": "钒钛",
        "level": "local",
        "kind": "product",
        "products": ["zuji:vanadium-titanium"],
        "region": "CN-SC",
        "purpose": "None yet",
    }
    assert owner.get(reverse("propose")).status_code == 200
    assert owner.post(reverse("propose"), {**form, "purpose": ""}).status_code == 422
    assert owner.post(reverse("propose"), form).status_code == 302
    record = StandardRecord.objects.get()
    secretary, approver = accounts.browser(offices.secretary), accounts.browser(offices.approver)
    assert approver.post(reverse("move", record.pk, "approved"), {"reason": "Yes"}).status_code == 302
    assert secretary.post(reverse("move", record.pk, "drafting"), {}).status_code == 302
    assert secretary.get(reverse("move", record.pk, "consultation")).status_code == 200
    refused = secretary.post(reverse("move", record.pk, "consultation"), {"comments_until": "2099-01-01"})
    assert refused.status_code == 422
    given = {"comments_until": "2099-01-01", "document": "Draft 1"}
    assert secretary.post(reverse("move", record.pk, "consultation"), given).status_code == 302
    assert approver.get(reverse("move", record.pk, "examination")).status_code == 403
    assert approver.get(reverse("move", record.pk, "issued")).status_code == 302
    assert approver.get(reverse("move", record.pk, "nonsense")).status_code == 302
    answer = owner.post(reverse("comments", record.pk), {"text": "Say what a bottle is"})
    assert answer.status_code == 302
    comment = Comment.objects.get()
    for language in ("", "/en"):
        page = secretary.get(language + reverse("comments", record.pk)).content.decode()
        assert reverse("answer", record.pk, comment.pk) in page
    secretary.post(reverse("answer", record.pk, comment.pk), {"answer": "partly", "reason": "See 3"})
    comment.refresh_from_db()
    assert comment.answer == "partly"
    StandardRecord.objects.update(comments_until=timezone.localdate() - timedelta(days=1))
    secretary.post(reverse("move", record.pk, "examination"), {})
    held = Membership.objects.get(user=offices.expert.user)
    secretary.post(reverse("assign", record.pk), {"expert": str(held.pk)})
    review = Review.objects.get()
    expert = accounts.browser(offices.expert)
    assert str(record.working_number) in expert.get(reverse("board")).content.decode()
    expert.post(reverse("declare", record.pk, review.pk), {"conflict": "none"})
    expert.post(reverse("opinion", record.pk, review.pk), {"opinion": "pass", "text": "Sound"})
    assert expert.post(reverse("move", record.pk, "approval"), {}).status_code == 302
    today = timezone.localdate().isoformat()
    issued = {"number": "DB51/T 9002-2026", "issued": today, "in_force": today}
    answer = approver.post(reverse("move", record.pk, "issued"), issued)
    assert answer.status_code == 302
    record.refresh_from_db()
    assert (record.state, record.number) == ("issued", "DB51/T 9002-2026")
    assert (
        "in_force" in {row.state for row in [record]}
        or accounts.browser().get(reverse("list"), {"state": "in_force"}).context["page"].paginator.count == 1
    )


def test_an_unknown_state_is_a_conflict_not_a_crash(record: StandardRecord) -> None:
    with pytest.raises(ZujiError):
        procedures.step(
            record=record,
            after="nonsense",
            by=accounts.appointed("standards_approver"),
            given=standards.given(),
        )
