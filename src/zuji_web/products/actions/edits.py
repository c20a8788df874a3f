"""Editing a draft: every change is one `StudyEdit` that can be taken back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.products import drafts
from zuji_web.products.actions.mirror import mirror
from zuji_web.products.actions.transitions import locked
from zuji_web.products.models import ProductStudy, StudyEdit, StudyState
from zuji_web.products.operations import Document, Operation, apply
from zuji_web.products.review_refusals import in_review
from zuji_web.wording import said, told

MOST_OPERATIONS = 20_000
_GUARDED = frozenset({"set", "remove"})


@transaction.atomic
def edit(
    *, study: ProductStudy, operations: Sequence[Operation], by: Actor, base: int | None = None
) -> ProductStudy:
    """The study with the operations applied as one step.

    `base` is the revision that the editor saw. When it is not the newest, the change is merged if every
    `set` and `remove` says what it `was`; otherwise nothing happens and `Conflict` is raised.
    """
    draft = locked_draft(study=study, by=by)
    if not operations or len(operations) > MOST_OPERATIONS:
        raise InvalidInput(
            told(
                "operations-count",
                said(_("From 1 to %(most)s operations can be done at once"), most=MOST_OPERATIONS),
                said(_("Split the change into smaller ones")),
            )
        )
    if base is not None and base != draft.revision and not all(map(_guarded, operations)):
        raise stale(draft)
    changed, backward = apply(draft.document, operations)
    return _write(draft, changed, list(operations), backward, by)


@transaction.atomic
def replace(*, study: ProductStudy, document: Document, by: Actor, base: int | None = None) -> ProductStudy:
    """The study with a whole new document, as one step that can be taken back."""
    draft = locked_draft(study=study, by=by)
    if base is not None and base != draft.revision:
        raise stale(draft)
    forward: list[Operation] = [{"op": "replace", "value": drafts.tidy(document)}]
    changed, backward = apply(draft.document, forward)
    return _write(draft, changed, forward, backward, by)


@transaction.atomic
def undo(*, study: ProductStudy, by: Actor, base: int | None = None, of_others: bool = False) -> ProductStudy:
    """The study without its newest edit in force. Another person's is taken back only when asked for."""
    draft = locked_draft(study=study, by=by)
    _check_base(draft, base)
    step = StudyEdit.objects.filter(study=draft, number=draft.applied).first()
    if step is None:
        raise Conflict(
            told(
                "nothing-to-undo",
                said(_("There is nothing to undo")),
                said(_("Every change has been taken back")),
            )
        )
    _check_author(step, by, of_others=of_others)
    draft.document, _redo = apply(draft.document, step.backward)
    draft.applied = step.number - 1
    return _save(draft, "study.undo", {"edit": step.number}, by)


@transaction.atomic
def redo(*, study: ProductStudy, by: Actor, base: int | None = None) -> ProductStudy:
    """The study with the edit that was undone last."""
    draft = locked_draft(study=study, by=by)
    _check_base(draft, base)
    step = StudyEdit.objects.filter(study=draft, number=draft.applied + 1).first()
    if step is None:
        raise Conflict(
            told("nothing-to-redo", said(_("There is nothing to redo")), said(_("Go on with a new change")))
        )
    draft.document, _undo = apply(draft.document, step.forward)
    draft.applied = step.number
    return _save(draft, "study.redo", {"edit": step.number}, by)


def locked_draft(*, study: ProductStudy, by: Actor) -> ProductStudy:
    """The draft as it stands now, locked until the transaction ends; refuses studies in review or frozen."""
    by.require(Permission.STUDY_EDIT, study.organisation)
    draft = locked(study)
    if draft.state == StudyState.IN_REVIEW:
        raise Conflict(in_review())
    if draft.state != StudyState.DRAFT:
        raise Conflict(
            told(
                "study-frozen",
                said(_("The study is frozen and can no longer be changed")),
                said(_("Make a new version of it and change that one")),
            )
        )
    return draft


def stale(draft: ProductStudy) -> Conflict:
    """Somebody else wrote after the editor read."""
    newest = draft.edits.order_by("-at").first()
    who = newest.author if newest else ""
    return Conflict(
        told(
            "study-changed",
            said(
                _("The study was changed meanwhile (revision %(revision)s, %(who)s)"),
                revision=draft.revision,
                who=who,
            ),
            said(_("Load the study again and repeat your change")),
        )
    )


def _guarded(operation: Operation) -> bool:
    return operation.get("op") not in _GUARDED or "was" in operation


def _check_base(draft: ProductStudy, base: int | None) -> None:
    if base is not None and base != draft.revision:
        raise stale(draft)


def _check_author(step: StudyEdit, by: Actor, *, of_others: bool) -> None:
    if of_others or step.author_id == by.identity:
        return
    raise Conflict(
        told(
            "edit-of-another",
            said(_("The newest change is by %(who)s, not by you"), who=step.author),
            said(_("Undo it only if you mean to take back the other person's change")),
        )
    )


def _write(
    draft: ProductStudy, changed: Document, forward: list[Operation], backward: list[Operation], by: Actor
) -> ProductStudy:
    drafts.check_size(changed)
    StudyEdit.objects.filter(study=draft, number__gt=draft.applied).delete()
    draft.applied += 1
    draft.document = changed
    StudyEdit.objects.create(
        study=draft,
        number=draft.applied,
        forward=forward,
        backward=backward,
        author=by.name,
        author_id=by.identity,
    )
    return _save(draft, "study.edit", {"edit": draft.applied, "places": drafts.places(forward)}, by)


def _save(draft: ProductStudy, action: str, payload: dict[str, Any], by: Actor) -> ProductStudy:
    draft.revision += 1
    mirror(draft)
    draft.save()
    record(action=action, subject=draft, by=by, payload={**payload, "revision": draft.revision})
    return draft
