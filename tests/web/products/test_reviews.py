"""Internal review: who may do what and when, comments and their threads, what a frozen study says of it."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.web.factories import accounts, products, reviews
from tests.web.factories.reviews import House, fresh
from zuji.errors import IncompleteStudy, InvalidInput, ZujiError
from zuji.trust.snapshot import from_bytes, verify
from zuji_web.accounts.actors import Actor, of_user
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.gateway import Conflict
from zuji_web.products.actions import comments, edits, snapshots, studies
from zuji_web.products.actions import reviews as acting
from zuji_web.products.actions.transitions import hash_of
from zuji_web.products.models import (
    Conclusion,
    ProductStudy,
    StudyConformity,
    StudyReview,
    StudyState,
    StudyTransition,
)
from zuji_web.products.models.reviews import FIRST_HASH
from zuji_web.products.queries import conformity
from zuji_web.products.queries import reviews as reading

pytestmark = pytest.mark.django_db
CHANGE = [{"op": "set", "path": ["lines", "L1", "quantity"], "value": {"amount": 3.0, "unit": "kWh"}}]


def code(refusal: pytest.ExceptionInfo[ZujiError]) -> str:
    return refusal.value.problems[0].code


def page(name: str, study: ProductStudy, *more: object) -> str:
    return reverse(f"products:{name}", args=[study.pk, *more])


def test_a_submitted_study_is_changed_by_nobody() -> None:
    house = House()
    study = reviews.submitted(house)
    for attempt in (
        lambda: edits.edit(study=study, operations=CHANGE, by=house.modeller),
        lambda: edits.replace(study=study, document=products.document(), by=house.owner),
        lambda: studies.delete(study=study, by=house.owner),
    ):
        with pytest.raises(Conflict) as refusal:
            attempt()
        assert code(refusal) == "study-in-review"
    with pytest.raises(DatabaseError, match=r"study in review|written once"), transaction.atomic():
        ProductStudy.objects.filter(pk=study.pk).update(document={})
    assert fresh(study).document == study.document


def test_only_a_countable_study_is_submitted() -> None:
    house = House()
    study = products.study(products.line(), products.bare("L2"), by=house.modeller)
    with pytest.raises(IncompleteStudy) as refusal:
        acting.submit(study=study, by=house.modeller)
    assert {problem.place.line for problem in refusal.value.problems} == {"L2"}
    assert fresh(study).state == StudyState.DRAFT
    assert not StudyReview.objects.exists()


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SIGNATORY, Role.VIEWER, Role.ADMIN])
def test_who_does_not_edit_does_not_submit(role: Role) -> None:
    house = House()
    study = products.study(by=house.modeller)
    with pytest.raises(Denied):
        acting.submit(study=study, by=accounts.member(role, of=house.organisation))
    assert fresh(study).state == StudyState.DRAFT


def test_nobody_asks_themselves_and_no_author_is_asked() -> None:
    house = House()
    clerk = accounts.member(Role.OWNER, of=house.organisation)
    study = products.study(by=house.modeller)
    edits.edit(study=study, operations=CHANGE, by=clerk)
    edits.undo(study=study, by=clerk)
    acting.submit(study=fresh(study), by=house.modeller)
    asked = {person.pk for person in reading.candidates(fresh(study), by=house.owner)}
    assert house.reviewer.user
    assert asked == {house.reviewer.user.pk}
    for person, by in ((clerk, house.modeller), (house.owner, house.owner), (house.signatory, house.owner)):
        assert person.user
        with pytest.raises(Conflict) as refusal:
            acting.assign(study=study, reviewer=person.user, by=by)
        assert code(refusal) == "reviewer-not-eligible"
    stranger = accounts.member(Role.REVIEWER).user
    assert stranger
    with pytest.raises(Conflict):
        acting.assign(study=study, reviewer=stranger, by=house.modeller)


@pytest.mark.parametrize("role", list(Role))
def test_whoever_submitted_never_reviews(role: Role) -> None:
    """Whatever role the submitter gets afterwards."""
    house = House()
    study = reviews.submitted(house)
    person = house.modeller.user
    assert person
    person.memberships.update(role=role)
    submitter = of_user(person, str(house.organisation.pk))
    assert person not in reading.candidates(study, by=house.owner)
    with pytest.raises(Conflict):
        acting.assign(study=study, reviewer=person, by=house.owner)
    # Not even where somebody wrote the name past the action.
    StudyReview.objects.filter(study=study).update(reviewer=person, interest="none")
    with pytest.raises((Conflict, Denied)):
        acting.pass_review(study=study, reasons=reviews.WHY, by=submitter)
    with pytest.raises((Conflict, Denied)):
        acting.return_study(study=study, reasons="No", by=submitter)
    assert fresh(study).state == StudyState.IN_REVIEW


def test_the_author_of_an_earlier_version_does_not_review_the_next() -> None:
    house = House()
    first = reviews.reviewed(house)
    other = accounts.member(Role.OWNER, of=house.organisation)
    later = studies.new_version(study=first, by=other)
    acting.submit(study=later, by=other)
    person = house.modeller.user
    assert person
    person.memberships.update(role=Role.REVIEWER)
    assert person not in reading.candidates(fresh(later), by=house.owner)


def test_only_the_reviewer_who_is_asked_comments_and_concludes() -> None:
    house = House()
    study = reviews.assigned(house)
    others = [
        house.modeller,
        house.signatory,
        house.owner,
        accounts.member(Role.REVIEWER, of=house.organisation),
    ]
    for somebody in others:
        for act in (
            lambda by: comments.add(study=study, text="?", by=by),
            lambda by: acting.pass_review(study=study, reasons=reviews.WHY, by=by),
            lambda by: acting.return_study(study=study, reasons="No", by=by),
            lambda by: acting.declare(study=study, conflict=False, by=by),
        ):
            with pytest.raises((Conflict, Denied)):
                act(somebody)
    assert fresh(study).state == StudyState.IN_REVIEW
    assert not reading.threads(study)


def test_a_reviewer_with_an_interest_does_not_review() -> None:
    house = House()
    study = reviews.submitted(house)
    person = house.reviewer.user
    assert person
    acting.assign(study=study, reviewer=person, by=house.modeller)
    with pytest.raises(Conflict) as refusal:
        acting.pass_review(study=study, reasons=reviews.WHY, by=house.reviewer)
    assert code(refusal) == "interest-not-declared"
    with pytest.raises(InvalidInput):
        acting.declare(study=study, conflict=True, by=house.reviewer)
    acting.declare(study=study, conflict=True, text="A relative supplies the steel", by=house.reviewer)
    with pytest.raises(Conflict) as refusal:
        comments.add(study=study, text="?", by=house.reviewer)
    assert code(refusal) == "interest-not-declared"
    second = accounts.member(Role.REVIEWER, of=house.organisation)
    assert second.user
    review = acting.assign(study=study, reviewer=second.user, by=house.modeller)
    assert (review.interest, review.interest_text) == ("", "")


def test_comments_stay_open_until_answered_and_settled() -> None:
    house = House()
    study = reviews.assigned(house)
    must = comments.add(study=study, line="L1", field="amount", text="Which meter?", by=house.reviewer)
    hint = comments.add(study=study, text="Say more of the plant", weight="should", by=house.reviewer)
    assert must.item == "电力"
    with pytest.raises(InvalidInput):
        comments.add(study=study, line="L9", text="?", by=house.reviewer)
    with pytest.raises(Conflict) as refusal:
        acting.pass_review(study=study, reasons=reviews.WHY, by=house.reviewer)
    assert code(refusal) == "comments-open"
    with pytest.raises(InvalidInput):
        acting.return_study(study=study, reasons=" ", by=house.reviewer)
    acting.return_study(study=study, reasons="Answer the comments", by=house.reviewer)
    study = fresh(study)
    assert study.state == StudyState.DRAFT
    edits.edit(study=study, operations=CHANGE, by=house.modeller)
    with pytest.raises(Conflict) as refusal:
        acting.submit(study=study, by=house.modeller)
    assert code(refusal) == "comments-unanswered"
    comments.answer(study=study, comment=must, text="Meter 7, corrected", by=house.modeller)
    assert acting.submit(study=study, by=house.modeller).number == 2
    reviews.ask(house, study)
    with pytest.raises((Conflict, Denied)):
        comments.settle(study=study, comment=must, by=house.modeller)
    comments.settle(study=study, comment=must, by=house.reviewer)
    with pytest.raises(Conflict):
        comments.answer(study=study, comment=must, text="Once more", by=house.modeller)
    acting.pass_review(study=study, reasons=reviews.WHY, by=house.reviewer)
    assert [thread.comment for thread in reading.threads(study) if thread.open] == [hint]


def test_open_comments_carry_over_to_the_next_version() -> None:
    house = House()
    study = reviews.assigned(house)
    hint = comments.add(study=study, text="Measure the steam", weight="should", by=house.reviewer)
    acting.pass_review(study=study, reasons=reviews.WHY, by=house.reviewer)
    snapshots.freeze(study=study, by=house.signatory)
    later = reviews.version_of(fresh(study), house)
    (thread,) = reading.threads(later)
    assert (thread.comment, thread.carried, thread.version) == (hint, True, 1)
    assert reading.comment(later, hint.pk) == hint


def test_a_review_in_progress_cannot_be_frozen_and_a_passed_one_says_who() -> None:
    house = House()
    study = reviews.assigned(house)
    with pytest.raises(Conflict) as refusal:
        snapshots.freeze(study=study, by=house.signatory)
    assert code(refusal) == "review-not-passed"
    acting.pass_review(study=study, reasons=reviews.WHY, by=house.reviewer)
    with pytest.raises(Denied):
        snapshots.freeze(study=study, by=house.reviewer)
    row = snapshots.freeze(study=study, by=house.signatory)
    snapshot = from_bytes(bytes(row.content))
    assert snapshot.reviewed_by == str(house.reviewer.user)
    assert verify(snapshot) == []
    review = reading.reviewed(fresh(study))
    assert review is not None
    assert review.conclusion == Conclusion.PASSED


def test_without_review_the_study_is_stamped() -> None:
    house = House()
    study = products.study(by=house.modeller)
    snapshots.freeze(study=study, by=house.signatory)
    study = fresh(study)
    step = StudyTransition.objects.get(study=study)
    assert (step.before, step.after, step.facts["reviewed"]) == ("draft", "frozen", False)
    assert from_bytes(bytes(study.snapshot.content)).reviewed_by == ""
    for name in ("review", "snapshot"):
        assert "未经内部复核" in accounts.browser(house.owner).get(page(name, study)).content.decode()


def test_freezing_keeps_the_check_of_that_day() -> None:
    house = House()
    study = reviews.reviewed(house)
    kept = StudyConformity.objects.get(study=study)
    found = conformity.read(kept)
    assert found.rule == kept.rule == "gbt24067@1"
    assert found.passed is kept.passed is False
    assert conformity.written(found) == kept.content
    with pytest.raises(PermissionError):
        kept.save()
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        StudyConformity.objects.update(passed=True)


def test_a_study_that_does_not_conform_passes_only_with_reasons() -> None:
    house = House()
    study = reviews.assigned(house)
    with pytest.raises(InvalidInput) as refusal:
        acting.pass_review(study=study, by=house.reviewer)
    assert code(refusal) == "unmet-unexplained"
    clean = reviews.conforming(house)
    assert StudyConformity.objects.get(study=clean).passed


def test_taking_back_ends_the_round() -> None:
    house = House()
    study = reviews.assigned(house)
    with pytest.raises(InvalidInput):
        acting.recall(study=study, reason="", by=house.modeller)
    with pytest.raises(Denied):
        acting.recall(study=study, reason="No", by=house.reviewer)
    acting.recall(study=study, reason="A line was forgotten", by=house.modeller)
    row = StudyReview.objects.get(study=study)
    assert (fresh(study).state, row.conclusion) == ("draft", "recalled")
    with pytest.raises(Conflict):
        acting.pass_review(study=study, reasons=reviews.WHY, by=house.reviewer)
    with pytest.raises(Conflict) as refusal:
        studies.delete(study=study, by=house.modeller)
    assert code(refusal) == "study-reviewed"


def test_steps_are_chained_and_never_rewritten() -> None:
    house = House()
    study = reviews.reviewed(house)
    steps = list(StudyTransition.objects.filter(study=study))
    assert [(step.before, step.after) for step in steps] == [("draft", "in_review"), ("in_review", "frozen")]
    before = FIRST_HASH
    for step in steps:
        assert (step.previous_hash, step.hash) == (before, hash_of(step))
        before = step.hash
    for statement in (
        "UPDATE products_studytransition SET actor = 'x'",
        "DELETE FROM products_studytransition",
        "UPDATE products_studyreview SET reasons = 'x'",
        "UPDATE products_productstudy SET state = 'draft'",
        "DELETE FROM products_studyreview",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(PermissionError):
        steps[0].save()
    assert list(StudyTransition.objects.filter(study=study)) == steps
    assert AuditEvent.objects.filter(action="study.submit").count() == 1


def test_waiting_for_my_review() -> None:
    house = House()
    study = reviews.submitted(house)
    assert list(reading.unassigned(by=house.owner)) == [study.reviews.get()]
    reviews.ask(house, study)
    assert [row.study for row in reading.waiting(by=house.reviewer)] == [study]
    assert not reading.waiting(by=house.owner)
    assert not reading.waiting(by=accounts.member(Role.REVIEWER))
    text = accounts.browser(house.reviewer).get(reverse("products:reviews")).content.decode()
    assert page("review", study) in text


def pressed(by: Actor, study: ProductStudy) -> str:
    answer = accounts.browser(by).get(page("review", study))
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("stage", "sees"),
    [
        (
            lambda house: products.study(by=house.modeller),
            {"modeller": "review_submit", "signatory": "freeze"},
        ),
        (reviews.submitted, {"modeller": "review_assign", "signatory": "review_recall"}),
        (reviews.assigned, {"reviewer": "review_conclude", "modeller": "review_recall"}),
        (reviews.passed, {"signatory": "freeze"}),
        (reviews.conforming, {"signatory": "disclose"}),
    ],
)
def test_the_page_offers_each_what_is_theirs_to_do(
    stage: Callable[[House], ProductStudy], sees: dict[str, str]
) -> None:
    house = House()
    study = stage(house)
    for name in ("modeller", "reviewer", "signatory"):
        text = pressed(getattr(house, name), study)
        for whose, what in sees.items():
            theirs = name == whose or (what == "review_recall" and name != "reviewer")
            shared = what == "review_assign" and name == "signatory"
            assert (f'action="{page(what, study)}"' in text) is (theirs or shared), (name, what)


def test_the_whole_way_through_the_forms() -> None:
    house = House()
    study = products.study(by=house.modeller)
    modeller, reviewer, signatory = map(accounts.browser, (house.modeller, house.reviewer, house.signatory))
    assert house.reviewer.user

    def post(browser: object, name: str, *more: object, **form: object) -> int:
        return int(browser.post(page(name, study, *more), form).status_code)  # type: ignore[attr-defined]

    assert post(modeller, "review_submit", note="First") == 302
    assert post(modeller, "review_assign", reviewer=house.modeller.user.pk) == 422  # type: ignore[union-attr]
    assert post(modeller, "review_assign", reviewer=house.reviewer.user.pk) == 302
    assert post(reviewer, "review_comment", line="L1", weight="must", text="Meter?") == 422
    assert post(reviewer, "review_declare", conflict="no") == 302
    assert post(reviewer, "review_comment", line="L1", weight="must", text="") == 422
    assert post(reviewer, "review_comment", line="L1", weight="must", text="Meter?") == 302
    said = reading.threads(study)[0].comment
    assert post(reviewer, "review_conclude", conclusion="pass", reasons=reviews.WHY) == 422
    assert post(reviewer, "review_conclude", conclusion="return", reasons="Say which meter") == 302
    assert post(modeller, "comment_answer", said.pk, text="Meter 7") == 302
    assert post(modeller, "review_submit") == 302
    assert post(modeller, "review_assign", reviewer=house.reviewer.user.pk) == 302
    assert post(reviewer, "review_declare", conflict="no") == 302
    assert post(reviewer, "comment_settle", said.pk) == 302
    assert post(reviewer, "review_conclude", conclusion="pass", reasons=reviews.WHY) == 302
    assert post(modeller, "freeze") == 403
    assert post(signatory, "freeze") == 302
    assert fresh(study).state == StudyState.FROZEN
    assert [row.conclusion for row in study.reviews.all()] == ["returned", "passed"]


@pytest.mark.parametrize(
    "name",
    [
        "review_submit",
        "review_assign",
        "review_declare",
        "review_comment",
        "review_conclude",
        "review_recall",
    ],
)
def test_worked_examples_have_no_review(name: str) -> None:
    study = products.demonstration()
    assert accounts.browser(accounts.member()).post(page(name, study)).status_code == 404
    assert accounts.browser(accounts.member()).get(page("review", study)).status_code == 404
