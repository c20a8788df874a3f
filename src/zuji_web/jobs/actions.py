"""Starting and cancelling jobs."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django_q.tasks import async_task

from zuji_web.accounts.actors import Actor, of_client, of_user
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.jobs import runner
from zuji_web.jobs.models import OPEN_STATES, Job, JobState
from zuji_web.jobs.registry import kind_of
from zuji_web.wording import said, told


@transaction.atomic
def enqueue(*, kind: str, title: str, arguments: dict[str, Any], by: Actor, idempotency_key: str = "") -> Job:
    """A job that starts after the transaction, in a worker (at once where JOBS_RUN_AT_ONCE).

    With an idempotency key the organisation's earlier job of that kind and key is returned instead;
    one that failed or was cancelled is started anew.
    """
    timeout = kind_of(kind).timeout
    organisation = by.require(Permission.STUDY_VIEW)
    values = {"title": title[:200], "arguments": arguments, "created_by": by.user, "client": by.client}
    if idempotency_key:
        job, created = Job.objects.select_for_update().get_or_create(
            organisation=organisation, kind=kind, idempotency_key=idempotency_key, defaults=values
        )
        if not created and (job.open or job.state == JobState.DONE):
            return job
        if not created:
            _reset(job, values)
    else:
        job = Job.objects.create(organisation=organisation, kind=kind, **values)
    record(action="job.start", subject=job, by=by, payload={"kind": kind, "title": job.title})
    if settings.JOBS_RUN_AT_ONCE:
        runner.run(str(job.pk))
        job.refresh_from_db()
    else:
        transaction.on_commit(lambda: send(job, timeout))
    return job


def send(job: Job, timeout: int) -> None:
    """Puts the job into the workers' queue."""
    async_task(
        "zuji_web.jobs.runner.run", str(job.pk), timeout=timeout, task_name=f"{job.kind} {job.pk}"[:100]
    )


def _reset(job: Job, values: dict[str, Any]) -> None:
    fresh = {
        "state": JobState.QUEUED,
        "progress": 0.0,
        "step": "",
        "problems": [],
        "result_url": "",
        "started_at": None,
        "finished_at": None,
        "alive_at": None,
        "attempts": 0,
    }
    for name, value in (values | fresh).items():
        setattr(job, name, value)
    job.save()


def may_cancel(job: Job, by: Actor) -> bool:
    """Whoever started it may cancel it, and so may those who manage the organisation."""
    own = (by.user is not None and job.created_by_id == by.user.pk) or (
        by.client is not None and job.client_id == by.client.pk
    )
    permission = Permission.STUDY_VIEW if own else Permission.MEMBER_MANAGE
    return by.may(permission, job.organisation)


@transaction.atomic
def cancel(*, job: Job, by: Actor) -> Job:
    """The job, cancelled. A running task notices at its next sign of progress."""
    if not may_cancel(job, by):
        raise Denied(Permission.MEMBER_MANAGE)
    changed = Job.objects.filter(pk=job.pk, state__in=OPEN_STATES).update(
        state=JobState.CANCELLED, finished_at=timezone.now()
    )
    job.refresh_from_db()
    if not changed:
        raise Conflict(
            told("job_finished", said(_("This job has already ended")), said(_("There is nothing to cancel")))
        )
    record(action="job.cancel", subject=job, by=by)
    return job


def author(job: Job) -> Actor:
    """Who a job acts for, with the rights they have now; raises `Denied` when they left."""
    if job.client is not None:
        return of_client(job.client)
    if job.created_by is None:
        raise Denied(Permission.STUDY_VIEW)
    actor = of_user(job.created_by, str(job.organisation_id))
    actor.require(Permission.STUDY_VIEW, job.organisation)
    return actor
