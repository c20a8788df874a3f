"""Comments of the public on proposed thresholds, and the answers that each of them must get."""

from django.db import transaction
from django.utils import timezone

from zuji.errors import InvalidInput
from zuji.rules.grades_methods import Threshold
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record as audit
from zuji_web.gateway import Conflict
from zuji_web.grades import refusals, states
from zuji_web.grades.actions.steps import locked
from zuji_web.grades.models import SetAnswer, SetComment, ThresholdSet

MOST_LETTERS = 4000


@transaction.atomic
def comment(*, one: ThresholdSet, text: str, by: Actor, about: str = "") -> SetComment:
    """A comment of the actor's organisation during the consultation; its name is shown with it."""
    organisation = by.require(Permission.STANDARD_COMMENT)
    held = locked(one)
    if not states.open_for_comments(held, timezone.localdate()):
        raise Conflict(refusals.not_in_consultation())
    if not text.strip():
        raise InvalidInput(refusals.value_missing("text"))
    if len(text) > MOST_LETTERS:
        raise InvalidInput(refusals.too_long("text", MOST_LETTERS))
    values = [each.value for each in Threshold]
    if about and about not in values:
        raise InvalidInput(refusals.unknown_choice("about", about, values))
    made = SetComment.objects.create(
        set=held, organisation=organisation, author=by.user, about=about, text=text.strip()
    )
    audit(action="grades.set.comment", subject=held, by=by, payload=_payload(held, made))
    return made


@transaction.atomic
def answer(*, comment: SetComment, answer: str, reason: str, by: Actor) -> SetComment:
    """The comment with its answer, which may be corrected until the set is published."""
    by.require(Permission.THRESHOLD_DERIVE)
    one = locked(comment.set)
    held = SetComment.objects.select_for_update().get(pk=comment.pk)
    if one.state not in states.ANSWERABLE:
        raise Conflict(refusals.not_open(states.name(states.on(one, timezone.localdate()))))
    if answer not in SetAnswer.values:
        raise InvalidInput(refusals.unknown_choice("answer", answer, SetAnswer.values))
    if not reason.strip():
        raise InvalidInput(refusals.value_missing("reason"))
    held.answer, held.answer_reason = answer, reason.strip()[:MOST_LETTERS]
    held.answered_by, held.answered_at = by.user, timezone.now()
    held.save()
    audit(
        action="grades.set.answer",
        subject=one,
        by=by,
        payload=_payload(one, held) | {"answer": answer, "reason": held.answer_reason},
    )
    return held


def _payload(one: ThresholdSet, made: SetComment) -> dict[str, object]:
    return {"product": one.product, "rule": one.rule, "number": one.number, "comment": made.pk}
