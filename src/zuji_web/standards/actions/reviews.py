"""Expert reviews: assigned by the secretariat, begun with a declaration, never of one's own organisation."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput
from zuji_web.accounts.actors import Actor, of_user
from zuji_web.accounts.models import Membership
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record as audit
from zuji_web.gateway import Conflict
from zuji_web.standards import refusals, states
from zuji_web.standards.actions.steps import locked
from zuji_web.standards.models import Conflict as Interest
from zuji_web.standards.models import Opinion, Review, StandardRecord
from zuji_web.standards.queries.reviews import examination_of
from zuji_web.wording import said, told


@transaction.atomic
def assign(*, record: StandardRecord, expert: Membership, by: Actor) -> Review:
    """The review that an expert is asked for; the one there is where they were asked before."""
    by.require(Permission.STANDARD_REGISTER)
    held = locked(record)
    if held.state not in states.REVIEWABLE:
        raise Conflict(refusals.wrong_state(states.name(held.state)))
    if not of_user(expert.user, str(expert.organisation_id)).may(Permission.STANDARD_REVIEW):
        raise InvalidInput(
            told(
                "no-expert",
                said(_("%(name)s is not appointed as an expert"), name=expert.user),
                said(_("Choose somebody who holds the work area, or have them appointed")),
            )
        )
    if expert.organisation_id == held.submitter_id:
        raise InvalidInput(refusals.own_proposal())
    if by.user is not None and expert.user_id == by.user.pk:
        raise InvalidInput(
            told(
                "self-chosen-reviewer",
                said(_("Nobody assigns a review to themselves")),
                said(_("Ask a colleague of the secretariat")),
            )
        )
    review, made = Review.objects.get_or_create(
        record=held,
        reviewer=expert.user,
        examination=examination_of(held),
        defaults={"organisation": expert.organisation, "assigned_by": by.user},
    )
    if made:
        audit(
            action="standard.review.assign",
            subject=held,
            by=by,
            payload={"number": held.label, "name": held.name, "reviewer": str(expert.user)},
        )
    return review


@transaction.atomic
def declare(*, review: Review, conflict: str, text: str, by: Actor) -> Review:
    """The reviewer's declaration of interests; with a conflict the review ends without an opinion."""
    held = _own(review, by)
    if held.opinion:
        raise Conflict(refusals.review_given())
    _present(held)
    if conflict not in (Interest.NONE, Interest.DECLARED):
        raise InvalidInput(refusals.unknown_choice("conflict", conflict, ["none", "declared"]))
    if conflict == Interest.DECLARED and not text.strip():
        raise InvalidInput(refusals.value_missing("conflict_text"))
    held.conflict, held.conflict_text = conflict, text.strip()
    held.save()
    _trail(held, "standard.review.declare", by, conflict=conflict)
    return held


@transaction.atomic
def give(*, review: Review, opinion: str, text: str, by: Actor) -> Review:
    """The reviewer's opinion with its reasons; given once."""
    held = _own(review, by)
    if held.opinion:
        raise Conflict(refusals.review_given())
    _present(held)
    if held.conflict != Interest.NONE:
        raise Conflict(
            told(
                "conflict-not-cleared",
                said(_("An opinion needs the declaration that there is no conflict of interest")),
                said(_("Declare your interests first; with a conflict somebody else reviews")),
            )
        )
    if opinion not in Opinion.values:
        raise InvalidInput(refusals.unknown_choice("opinion", opinion, Opinion.values))
    if not text.strip():
        raise InvalidInput(refusals.value_missing("text"))
    held.opinion, held.text, held.given_at = opinion, text.strip(), timezone.now()
    held.save()
    _trail(held, "standard.review.give", by, opinion=opinion)
    return held


def _own(review: Review, by: Actor) -> Review:
    """The review, locked, for the reviewer alone."""
    by.require(Permission.STANDARD_REVIEW)
    locked(review.record)
    held = Review.objects.select_for_update().select_related("record").get(pk=review.pk)
    if by.user is None or held.reviewer_id != by.user.pk or by.organisation is None:
        raise InvalidInput(
            told(
                "not-your-review",
                said(_("This review is assigned to somebody else")),
                said(_("Reviews assigned to you are listed on the board")),
            )
        )
    if by.organisation.pk == held.record.submitter_id:
        raise InvalidInput(refusals.own_proposal())
    return held


def _present(review: Review) -> None:
    """A draft that went back is no longer reviewed; the one that comes again is asked for anew."""
    record = review.record
    if record.state not in states.REVIEWABLE or review.examination != examination_of(record):
        raise Conflict(refusals.wrong_state(states.name(record.state)))


def _trail(review: Review, action: str, by: Actor, **more: str) -> None:
    record = review.record
    audit(action=action, subject=record, by=by, payload={"number": record.label, "name": record.name, **more})
