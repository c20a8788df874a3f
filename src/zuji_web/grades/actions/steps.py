"""One step of a threshold set: the only writer of states and of their history."""

import hashlib
from pathlib import PurePath
from typing import Any

import rfc8785
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, Place
from zuji_web.accounts.actors import Actor
from zuji_web.audit.actions import record as audit
from zuji_web.grades.models import SetPaper, SetTransition, ThresholdSet
from zuji_web.grades.models.sets import FIRST_HASH
from zuji_web.wording import said, told

MOST_BYTES = 10 * 1024 * 1024
ENDINGS = (".pdf", ".docx", ".doc", ".odt", ".xlsx", ".txt")


def locked(one: ThresholdSet) -> ThresholdSet:
    """The row as it is now, held until the transaction ends, so that two steps cannot cross."""
    return ThresholdSet.objects.select_for_update().get(pk=one.pk)


def keep(*, one: ThresholdSet, name: str, content: bytes) -> SetPaper:
    """The paper with its digest, inside the transaction of the step that rests on it."""
    short = PurePath(name.replace("\\", "/")).name[-200:]
    if not short.lower().endswith(ENDINGS) or not content or len(content) > MOST_BYTES:
        raise InvalidInput(
            told(
                "paper-refused",
                said(_("“%(name)s” is empty, too large or of another kind"), name=short),
                said(
                    _("Hand in one file of at most %(most)s MB: %(endings)s"),
                    most=MOST_BYTES // 1024 // 1024,
                    endings=" ".join(ENDINGS),
                ),
                Place(field="file"),
            )
        )
    digest = hashlib.sha256(content).hexdigest()
    return SetPaper.objects.create(set=one, name=short, content=content, size=len(content), sha256=digest)


def step_hash(step: SetTransition) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of a step, its paper and the hash before it."""
    body = {
        "set": str(step.set_id),
        "number": step.number,
        "before": step.before,
        "after": step.after,
        "at": step.at.isoformat(),
        "actor": step.actor,
        "actor_id": step.actor_id,
        "organisation": step.organisation,
        "reason": step.reason,
        "document": step.document,
        "file": step.file.sha256 if step.file else "",
        "facts": step.facts,
        "previous_hash": step.previous_hash,
    }
    return hashlib.sha256(rfc8785.dumps(body)).hexdigest()


def broken_steps(one: ThresholdSet) -> list[int]:
    """Numbers of the steps whose hash does not fit; empty for a history as it was written."""
    broken, previous = [], FIRST_HASH
    for step in one.transitions.select_related("file"):
        if step.previous_hash != previous or step.hash != step_hash(step):
            broken.append(step.number)
        previous = step.hash
    return broken


def take(
    one: ThresholdSet,
    after: str,
    *,
    by: Actor,
    before: str = "",
    reason: str = "",
    document: str = "",
    file: SetPaper | None = None,
    facts: dict[str, Any] | None = None,
) -> SetTransition:
    """A step of a locked set in its history, with the trail written; the caller saves the set.

    Belongs inside the transaction of an action that checked right and guards.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A step belongs inside the transaction of its action.")
    last = one.transitions.order_by("-number").first()
    step = SetTransition(
        set=one,
        number=last.number + 1 if last else 1,
        before=before,
        after=after,
        at=timezone.now(),
        actor=by.name,
        actor_id=by.identity,
        organisation=by.organisation.name if by.organisation else "",
        reason=reason.strip(),
        document=document.strip()[:300],
        file=file,
        facts=facts or {},
        previous_hash=last.hash if last else FIRST_HASH,
    )
    step.hash = step_hash(step)
    step.save()
    audit(
        action="grades.set.step",
        subject=one,
        by=by,
        payload={
            "product": one.product,
            "rule": one.rule,
            "number": one.number,
            "before": before,
            "after": after,
            "reason": step.reason,
            "document": step.document,
            "hash": step.hash,
        },
    )
    return step
