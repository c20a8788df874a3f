"""Reading the trail."""

from django.db import models
from django.db.models import QuerySet

from zuji_web.audit.actions import event_hash
from zuji_web.audit.models import AuditEvent


def of_organisation(organisation_key: str) -> QuerySet[AuditEvent]:
    """What happened in one organisation, newest first."""
    return AuditEvent.objects.filter(organisation_id=organisation_key).order_by("-sequence")


def of_object(subject: models.Model) -> QuerySet[AuditEvent]:
    """What happened to one object, newest first."""
    return AuditEvent.objects.filter(
        object_type=subject._meta.label_lower, object_id=str(subject.pk)
    ).order_by("-sequence")


def first_broken_link() -> AuditEvent | None:
    """The first event whose hash or predecessor does not agree, or None when the chain is whole."""
    previous = "0" * 64
    events = AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000)
    for sequence, event in enumerate(events, 1):
        if event.sequence != sequence or event.previous_hash != previous or event.hash != event_hash(event):
            return event
        previous = event.hash
    return None
