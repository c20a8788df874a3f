"""What a worker does with a job: claim it, run its task, write down what came out.

Every change of state is a compare-and-swap on the job's row, so that a job that is delivered twice,
cancelled meanwhile or taken over by another worker is never written by the wrong one.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django_q.exceptions import TimeoutException
from django_q.tasks import async_task

from zuji.errors import Problem, ZujiError
from zuji_web.accounts.permissions import Denied
from zuji_web.jobs.models import Job, JobState
from zuji_web.jobs.registry import kind_of
from zuji_web.wording import said, told

logger = logging.getLogger(__name__)
WRITE_EVERY = 0.5
MAX_ATTEMPTS = 3

_running: set[str] = set()


class Cancelled(Exception):
    """The job was cancelled, or another worker has taken it over."""


def run(job_id: str) -> str:
    """Runs a job that waits; anything else (already run, cancelled, gone) is left alone."""
    started = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, started_at=timezone.now(), alive_at=timezone.now()
    )
    if not started:
        return "nothing to do"
    job = Job.objects.select_related("organisation", "created_by", "client").get(pk=job_id)
    _running.add(job_id)
    try:
        url = kind_of(job.kind).task(job, _progress(job_id))
    except Cancelled:
        return "cancelled"
    except TimeoutException:
        _finish(job_id, JobState.FAILED, problems=[_took_too_long()])
        # The queue ends this worker, whose state is unknown, and starts a new one.
        raise
    except ZujiError as error:
        _finish(job_id, JobState.FAILED, problems=error.problems)
    except Denied:
        _finish(job_id, JobState.FAILED, problems=[_no_longer_allowed()])
    except Exception:  # whatever a task raises must end on the page, not in a queue's retry
        logger.exception("job %s %s failed", job.kind, job_id)
        _finish(job_id, JobState.FAILED, problems=[_unexpected(job_id)])
    else:
        _finish(job_id, JobState.DONE, result_url=url, progress=1.0)
    finally:
        _running.discard(job_id)
    return "done"


def _progress(job_id: str) -> Callable[[float, str], None]:
    written = 0.0

    def progress(share: float, step: str) -> None:
        nonlocal written
        now = time.monotonic()
        if now - written < WRITE_EVERY:
            return
        written = now
        mine = Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(
            progress=min(max(share, 0.0), 1.0), step=step[:200], alive_at=timezone.now()
        )
        if not mine:
            raise Cancelled

    return progress


def _finish(job_id: str, state: JobState, *, problems: Sequence[Problem] = (), **values: Any) -> None:
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(
        state=state,
        finished_at=timezone.now(),
        problems=[asdict(item) for item in problems],
        **values,
    )


def recover() -> int:
    """Queues again what silent workers left behind; after a few attempts a job fails. Returns how many."""
    silent = Job.objects.filter(
        state=JobState.RUNNING, alive_at__lt=timezone.now() - timedelta(seconds=settings.JOB_SILENT_AFTER)
    )
    found = 0
    for job in silent:
        mine = silent.filter(pk=job.pk, attempts=job.attempts)
        if job.attempts + 1 >= MAX_ATTEMPTS:
            found += mine.update(
                state=JobState.FAILED, finished_at=timezone.now(), problems=[asdict(_worker_died())]
            )
        elif mine.update(state=JobState.QUEUED, attempts=job.attempts + 1, progress=0.0, step=""):
            async_task("zuji_web.jobs.runner.run", str(job.pk), timeout=kind_of(job.kind).timeout)
            found += 1
    return found


def _pulse() -> None:
    while True:
        time.sleep(settings.JOB_PULSE_EVERY)
        try:
            Job.objects.filter(pk__in=list(_running), state=JobState.RUNNING).update(alive_at=timezone.now())
            recover()
        except Exception:  # a database that is away for a moment must not silence the worker for good
            logger.exception("the pulse of a job worker missed a beat")
            close_old_connections()
        finally:
            connection.close()


def start_pulse(**_signal: object) -> None:
    """In every worker process: signs of life for its job, and recovery of others'."""
    threading.Thread(target=_pulse, name="job-pulse", daemon=True).start()


def _took_too_long() -> Problem:
    return told(
        "job_timeout",
        said(_("The job took too long and was stopped")),
        said(_("Try again with less data, or ask the operator for a longer limit")),
    )


def _worker_died() -> Problem:
    return told(
        "job_worker_died",
        said(_("The process that ran the job stopped several times")),
        said(_("Ask the operator to look at memory and logs, then try again")),
    )


def _no_longer_allowed() -> Problem:
    return told(
        "job_not_allowed",
        said(_("Whoever started the job no longer has the right it needs")),
        said(_("Let a member with that right start it again")),
    )


def _unexpected(job_id: str) -> Problem:
    return told(
        "job_unexpected",
        said(_("Something unexpected went wrong, number %(number)s"), number=job_id[:8]),
        said(_("Try again, and tell the operator this number if it fails again")),
    )
