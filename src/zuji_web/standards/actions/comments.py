"""Comments of the public on a draft, and the answers that each of them must get."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record as audit
from zuji_web.gateway import Conflict
from zuji_web.standards import refusals, states
from zuji_web.standards.actions.steps import locked
from zuji_web.standards.models import Answer, Comment, StandardRecord
from zuji_web.wording import said, told

MOST_LETTERS = 4000


@transaction.atomic
def comment(*, record: StandardRecord, text: str, by: Actor, clause: str = "", proposal: str = "") -> Comment:
    """A comment of the actor's organisation on a draft in consultation; its name is shown with it."""
    organisation = by.require(Permission.STANDARD_COMMENT)
    held = locked(record)
    if not states.open_for_comments(held, timezone.localdate()):
        raise Conflict(refusals.not_in_consultation())
    if not text.strip():
        raise InvalidInput(refusals.value_missing("text"))
    if max(len(text), len(proposal)) > MOST_LETTERS:
        raise InvalidInput(refusals.too_long("text", MOST_LETTERS))
    made = Comment.objects.create(
        record=held,
        organisation=organisation,
        author=by.user,
        clause=clause.strip()[:80],
        text=text.strip(),
        proposal=proposal.strip(),
    )
    audit(
        action="standard.comment",
        subject=held,
        by=by,
        payload={"number": held.label, "name": held.name, "comment": made.pk},
    )
    return made


@transaction.atomic
def answer(*, comment: Comment, answer: str, reason: str, by: Actor) -> Comment:
    """The comment with the secretariat's answer; an answer may be corrected until the standard is issued."""
    by.require(Permission.STANDARD_REGISTER)
    record = locked(comment.record)
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    if record.state not in states.ANSWERABLE:
        raise Conflict(
            told(
                "comments-closed",
                said(_("Comments of this standard are no longer answered")),
                said(_("What was answered stays as it is")),
            )
        )
    if answer not in Answer.values:
        raise InvalidInput(refusals.unknown_choice("answer", answer, Answer.values))
    if not reason.strip():
        raise InvalidInput(refusals.value_missing("reason"))
    held.answer = answer
    held.answer_reason = reason.strip()[:MOST_LETTERS]
    held.answered_by = by.user
    held.answered_at = timezone.now()
    held.save()
    audit(
        action="standard.answer",
        subject=record,
        by=by,
        payload={
            "number": record.label,
            "name": record.name,
            "comment": held.pk,
            "answer": answer,
            "reason": held.answer_reason,
        },
    )
    return held
