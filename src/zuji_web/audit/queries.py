"""Reading the trail."""

from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet

from zuji_web.audit.actions import event_hash, type_name
from zuji_web.audit.models import FIRST_HASH, AuditEvent, AuditHead


def of_organisation(organisation_key: str) -> QuerySet[AuditEvent]:
    """What happened in one organisation, newest first."""
    return AuditEvent.objects.filter(organisation_id=organisation_key).order_by("-sequence")


def of_object(subject: models.Model) -> QuerySet[AuditEvent]:
    """What happened to one object, newest first."""
    return AuditEvent.objects.filter(object_type=type_name(subject), object_id=str(subject.pk)).order_by(
        "-sequence"
    )


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """How many events the chain has, its last hash, and where it breaks if it does."""

    events: int
    last_hash: str
    broken_at: int | None


def verify() -> ChainCheck:
    """Recomputes every hash, and compares the end with the head, so that a cut-off tail shows as well."""
    previous, count = FIRST_HASH, 0
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000):
        whole = (event.sequence, event.previous_hash, event.hash) == (count + 1, previous, event_hash(event))
        if not whole:
            return ChainCheck(count, previous, event.sequence)
        previous, count = event.hash, count + 1
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    agrees = (head.sequence, head.hash) == (count, previous)
    return ChainCheck(count, previous, None if agrees else count + 1)
