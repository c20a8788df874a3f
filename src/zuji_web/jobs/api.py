"""Jobs over the API."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema

from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.gateway import ProblemDetail, described, paged
from zuji_web.jobs import actions, queries
from zuji_web.jobs.models import Job, JobState
from zuji_web.jobs.written import read_problem

router = gateway.router("jobs")


class JobOut(Schema):
    """A job: `progress` from 0 to 1; `result_url` once it is done; `problems` when it failed."""

    id: UUID
    kind: str
    title: str
    state: JobState
    progress: float
    step: str
    result_url: str
    problems: list[ProblemDetail]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @staticmethod
    def resolve_problems(job: Job) -> list[dict[str, Any]]:
        return [described(read_problem(item)) for item in job.problems]


@router.get("", response=list[JobOut], summary="List jobs")
@paged
def list_jobs(request: HttpRequest, state: JobState | None = None) -> QuerySet[Job]:
    """Jobs of the organisation, newest first."""
    return queries.jobs(by=actor_of(request), state=state or "")


@router.get("/{uuid:job_id}", response=JobOut, summary="Read a job")
def read_job(request: HttpRequest, job_id: UUID) -> Job:
    """One job; ask again until `state` is done, failed or cancelled."""
    return queries.job(job_id, by=actor_of(request))


@router.post("/{uuid:job_id}/cancel", response=JobOut, summary="Cancel a job")
def cancel_job(request: HttpRequest, job_id: UUID) -> Job:
    """Cancels a job that waits or runs; 409 when it has ended."""
    actor = actor_of(request)
    return actions.cancel(job=queries.job(job_id, by=actor), by=actor)
