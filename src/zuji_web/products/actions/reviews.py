"""Internal review: submit, assign, declare, conclude, take back. Who submitted or wrote never reviews."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import IncompleteStudy, InvalidInput, Place
from zuji.rules.lifecycle.guards import reason_given
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import User
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.products.actions.transitions import check_open, locked, move
from zuji_web.products.models import Conclusion, Interest, ProductStudy, StudyReview, StudyState
from zuji_web.products.queries import conformity, results, reviews
from zuji_web.products.refusals import empty_study
from zuji_web.products.review_refusals import (
    author_reviews,
    concluded_already,
    digest_moved,
    musts_open,
    musts_unanswered,
    nobody_assigned,
    not_declared,
    not_eligible,
    not_met_unexplained,
)
from zuji_web.wording import said, told

MOST_TEXT = 4000


@transaction.atomic
def submit(*, study: ProductStudy, by: Actor, note: str = "") -> StudyReview:
    """Hands a calculable draft in for internal review; from now on nobody changes it.

    Raises `IncompleteStudy` with every located problem, and `Conflict` while a comment that must be settled
    has no answer.
    """
    by.require(Permission.STUDY_EDIT, study.organisation)
    draft = locked(study)
    check_open(draft, StudyState.IN_REVIEW)
    found = results.result(draft)
    if found.evaluated is None:
        raise IncompleteStudy(*(found.problems or (empty_study(),)))
    waiting = [thread for thread in reviews.open_musts(draft) if not thread.answered]
    if waiting:
        raise Conflict(musts_unanswered(len(waiting)))
    newest = reviews.last(draft)
    review = StudyReview.objects.create(
        study=draft,
        number=newest.number + 1 if newest else 1,
        submitter=by.name[:200],
        submitter_id=by.identity,
        note=_text(note, "note"),
        revision=draft.revision,
        digest=found.state,
    )
    move(
        draft,
        StudyState.IN_REVIEW,
        by=by,
        reason=note[:MOST_TEXT],
        digest=found.state,
        facts={"round": review.number},
    )
    return review


@transaction.atomic
def assign(*, study: ProductStudy, reviewer: User, by: Actor) -> StudyReview:
    """Asks a member to review: with the right to, without a hand in the study, and never oneself."""
    if not any(
        by.may(right, study.organisation) for right in (Permission.STUDY_EDIT, Permission.STUDY_FREEZE)
    ):
        raise Denied(Permission.STUDY_EDIT)
    review = _open(locked(study))
    if reviewer not in reviews.candidates(review.study, by=by):
        raise Conflict(not_eligible(str(reviewer)))
    review.reviewer, review.assigned_by, review.assigned_at = reviewer, by.user, timezone.now()
    review.interest, review.interest_text, review.declared_at = Interest.UNKNOWN, "", None
    review.save()
    record(
        action="study.review_assign",
        subject=review.study,
        by=by,
        payload={"reviewer": str(reviewer), "round": review.number},
    )
    return review


@transaction.atomic
def declare(*, study: ProductStudy, conflict: bool, by: Actor, text: str = "") -> StudyReview:
    """What the reviewer says about interests of their own; with a conflict somebody else has to be asked."""
    review = _mine(study, by)
    if conflict and (missing := reason_given(text)):
        raise InvalidInput(missing)
    review.interest = Interest.DECLARED if conflict else Interest.NONE
    review.interest_text, review.declared_at = _text(text, "text"), timezone.now()
    review.save()
    record(
        action="study.review_declare",
        subject=review.study,
        by=by,
        payload={"conflict": conflict, "round": review.number},
    )
    return review


@transaction.atomic
def pass_review(*, study: ProductStudy, by: Actor, reasons: str = "") -> StudyReview:
    """Concludes that the study may be frozen as it is.

    Every comment that must be settled is; where the conformity check has items unmet, the reviewer says why
    that is acceptable. Refused where the result is no longer the one that was submitted.
    """
    review = _declared(study, by)
    open_ones = reviews.open_musts(review.study)
    if open_ones:
        raise Conflict(musts_open(len(open_ones)))
    found = results.result(review.study)
    if found.state != review.digest:
        raise Conflict(digest_moved())
    checked = conformity.of_result(found, on=timezone.localdate())
    if not checked.passed and not reasons.strip():
        raise InvalidInput(not_met_unexplained())
    _conclude(review, Conclusion.PASSED, reasons)
    record(
        action="study.review_pass",
        subject=review.study,
        by=by,
        payload={"name": review.study.name, "round": review.number, "conforms": checked.passed},
    )
    return review


@transaction.atomic
def return_study(*, study: ProductStudy, by: Actor, reasons: str) -> StudyReview:
    """Gives the study back for correction, with reasons; it is a draft again."""
    review = _declared(study, by)
    if missing := reason_given(reasons):
        raise InvalidInput(missing)
    _conclude(review, Conclusion.RETURNED, reasons)
    move(
        review.study,
        StudyState.DRAFT,
        by=by,
        reason=reasons,
        digest=review.digest,
        facts={"round": review.number},
    )
    return review


@transaction.atomic
def recall(*, study: ProductStudy, by: Actor, reason: str) -> ProductStudy:
    """Takes a study back out of review, also after it passed; what was commented stays."""
    if not any(
        by.may(right, study.organisation) for right in (Permission.STUDY_EDIT, Permission.STUDY_FREEZE)
    ):
        raise Denied(Permission.STUDY_EDIT)
    present = locked(study)
    check_open(present, StudyState.DRAFT)
    if missing := reason_given(reason):
        raise InvalidInput(missing)
    review = reviews.current(present)
    if review is not None and review.conclusion == Conclusion.OPEN:
        _conclude(review, Conclusion.RECALLED, reason)
    move(present, StudyState.DRAFT, by=by, reason=reason)
    return present


def _conclude(review: StudyReview, conclusion: Conclusion, reasons: str) -> None:
    review.conclusion, review.reasons = conclusion, _text(reasons, "reasons")
    review.concluded_at = timezone.now()
    review.save()


def _open(study: ProductStudy) -> StudyReview:
    review = reviews.current(study)
    if review is None or review.conclusion != Conclusion.OPEN:
        raise Conflict(concluded_already())
    review.study = study
    return review


def _mine(study: ProductStudy, by: Actor) -> StudyReview:
    """The open review of which the actor is the reviewer, with the study locked."""
    by.require(Permission.STUDY_REVIEW, study.organisation)
    review = _open(locked(study))
    if review.reviewer_id is None:
        raise Conflict(nobody_assigned())
    if by.user is None or review.reviewer_id != by.user.pk:
        raise Conflict(
            told(
                "other-reviewer",
                said(_("%(who)s is asked to review this study, not you"), who=str(review.reviewer)),
                said(_("Whoever submitted it can ask somebody else")),
            )
        )
    if by.identity == review.submitter_id or by.identity in reviews.authors(review.study):
        raise Conflict(author_reviews())
    return review


def _declared(study: ProductStudy, by: Actor) -> StudyReview:
    review = _mine(study, by)
    if review.interest != Interest.NONE:
        raise Conflict(not_declared())
    return review


def _text(text: str, field: str) -> str:
    clean = text.strip()
    if len(clean) <= MOST_TEXT:
        return clean
    raise InvalidInput(
        told(
            "text-too-long",
            said(
                _("The text has %(length)s characters; %(most)s are possible"),
                length=len(clean),
                most=MOST_TEXT,
            ),
            said(_("Shorten it")),
            Place(field=field),
        )
    )
