"""Reading jobs, always of one organisation."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.jobs.models import OPEN_STATES, Job, JobState


def jobs(*, by: Actor, state: str = "") -> QuerySet[Job]:
    """The organisation's jobs, newest first; with `state`, only those."""
    organisation = by.require(Permission.STUDY_VIEW)
    found = Job.objects.filter(organisation=organisation).select_related("created_by", "client__client")
    return found.filter(state=state) if state in JobState.values else found


def job(job_id: UUID, *, by: Actor) -> Job:
    """One job of the organisation; Http404 otherwise."""
    return get_object_or_404(jobs(by=by), pk=job_id)


def open_count(*, by: Actor) -> int:
    """How many jobs wait or run."""
    return jobs(by=by).filter(state__in=OPEN_STATES).count()


def oldest_wait() -> timedelta:
    """How long the longest waiting job has waited, over all organisations."""
    oldest = Job.objects.filter(state=JobState.QUEUED).order_by("created_at").first()
    return timezone.now() - oldest.created_at if oldest else timedelta()
