"""Jobs as people watch them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.gateway import Conflict
from zuji_web.jobs import actions, queries
from zuji_web.jobs.models import Job, JobState
from zuji_web.jobs.written import read_problem

PAGE_SIZE = 25


@require_GET
@needs(Permission.STUDY_VIEW)
def job_list(request: HttpRequest) -> HttpResponse:
    """The organisation's jobs."""
    state = request.GET.get("state", "")
    found = queries.jobs(by=actor_of(request), state=state)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "jobs/list.html", {"page": page, "state": state, "states": JobState.choices})


def _context(request: HttpRequest, job: Job) -> dict[str, object]:
    return {
        "job": job,
        "problems": [read_problem(item) for item in job.problems],
        "may_cancel": job.open and actions.may_cancel(job, actor_of(request)),
    }


@require_GET
@needs(Permission.STUDY_VIEW)
def detail(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job, watched."""
    return render(request, "jobs/detail.html", _context(request, queries.job(job_id, by=actor_of(request))))


@require_GET
@needs(Permission.STUDY_VIEW)
def fragment(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Only the progress, for pages that include it; it asks again by itself while the job is open."""
    return render(request, "jobs/fragment.html", _context(request, queries.job(job_id, by=actor_of(request))))


@require_POST
@needs(Permission.STUDY_VIEW)
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Cancels, then shows what is."""
    actor = actor_of(request)
    job = queries.job(job_id, by=actor)
    try:
        job = actions.cancel(job=job, by=actor)
    except Conflict as conflict:
        messages.info(request, conflict.in_language(get_language() or ""))
    if request.headers.get("HX-Request"):
        return render(request, "jobs/fragment.html", _context(request, job))
    return redirect("jobs:detail", job_id=job.pk)
