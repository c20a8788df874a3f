"""One step of a standard: the only writer of states and of their history."""

import hashlib
from typing import Any

import rfc8785
from django.db import transaction
from django.utils import timezone

from zuji_web.accounts.actors import Actor
from zuji_web.audit.actions import record as audit
from zuji_web.standards.models import StandardDocument, StandardRecord, StandardTransition
from zuji_web.standards.models.procedures import FIRST_HASH


def locked(record: StandardRecord) -> StandardRecord:
    """The row as it is now, held until the transaction ends, so that two steps cannot cross."""
    return StandardRecord.objects.select_for_update().get(pk=record.pk)


def step_hash(step: StandardTransition) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of a step, its paper and the hash before it."""
    body = {
        "record": str(step.record_id),
        "number": step.number,
        "before": step.before,
        "after": step.after,
        "at": step.at.isoformat(),
        "actor": step.actor,
        "actor_id": step.actor_id,
        "organisation": step.organisation,
        "organisation_id": step.organisation_id_then,
        "reason": step.reason,
        "document": step.document,
        "file": step.file.sha256 if step.file else "",
        "facts": step.facts,
        "previous_hash": step.previous_hash,
    }
    return hashlib.sha256(rfc8785.dumps(body)).hexdigest()


def broken_steps(record: StandardRecord) -> list[int]:
    """Numbers of the steps whose hash does not fit; empty for a history as it was written."""
    broken, previous = [], FIRST_HASH
    for step in record.transitions.select_related("file"):
        if step.previous_hash != previous or step.hash != step_hash(step):
            broken.append(step.number)
        previous = step.hash
    return broken


def take(
    record: StandardRecord,
    after: str,
    *,
    by: Actor,
    reason: str = "",
    document: str = "",
    file: StandardDocument | None = None,
    facts: dict[str, Any] | None = None,
) -> StandardTransition:
    """The step of a locked record to `after`, with its state changed and the trail written.

    Belongs inside the transaction of an action that checked right and guards.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A step belongs inside the transaction of its action.")
    last = record.transitions.order_by("-number").first()
    step = StandardTransition(
        record=record,
        number=last.number + 1 if last else 1,
        before=record.state if last else "",
        after=after,
        at=timezone.now(),
        actor=by.name,
        actor_id=by.identity,
        organisation=by.organisation.name if by.organisation else "",
        organisation_id_then=by.organisation_key,
        reason=reason.strip(),
        document=document.strip(),
        file=file,
        facts=facts or {},
        previous_hash=last.hash if last else FIRST_HASH,
    )
    step.hash = step_hash(step)
    step.save()
    record.state = after
    record.save()
    audit(
        action="standard.step",
        subject=record,
        by=by,
        payload={
            "number": record.label,
            "name": record.name,
            "before": step.before,
            "after": after,
            "reason": step.reason,
            "document": step.document,
            "hash": step.hash,
        },
    )
    return step
