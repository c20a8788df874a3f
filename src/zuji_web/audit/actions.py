"""The only writer of the audit trail."""

import hashlib
from typing import Any, Protocol

import rfc8785
from django.db import models, transaction
from django.utils import timezone

from zuji_web.audit.models import AuditEvent, AuditHead


class Actor(Protocol):
    """Whoever acts: a person in an organisation, an API client, or the system itself."""

    @property
    def name(self) -> str: ...
    @property
    def identity(self) -> str: ...
    @property
    def organisation_key(self) -> str: ...


def type_name(subject: models.Model) -> str:
    """How the trail names the kind of an object."""
    return str(subject._meta.label_lower)  # noqa: SLF001  Django documents _meta as public


def event_hash(event: AuditEvent) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of the event and the hash before it."""
    body = {
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "actor": event.actor,
        "actor_id": event.actor_id,
        "organisation_id": event.organisation_id,
        "action": event.action,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "payload": event.payload,
        "previous_hash": event.previous_hash,
    }
    return hashlib.sha256(rfc8785.dumps(body)).hexdigest()


def record(
    *, action: str, subject: models.Model, by: Actor, payload: dict[str, Any] | None = None
) -> AuditEvent:
    """Append an event. Must run inside the transaction of the change it tells of."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit event belongs inside the transaction of its action.")
    AuditHead.objects.get_or_create(pk=1)
    head = AuditHead.objects.select_for_update().get(pk=1)
    event = AuditEvent(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=by.name,
        actor_id=by.identity,
        organisation_id=by.organisation_key,
        action=action,
        object_type=type_name(subject),
        object_id=str(subject.pk),
        payload=payload or {},
        previous_hash=head.hash,
    )
    event.hash = event_hash(event)
    event.save()
    AuditHead.objects.filter(pk=1).update(sequence=event.sequence, hash=event.hash)
    return event
