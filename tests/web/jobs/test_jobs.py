"""Jobs: started once, seen while they run, ended in words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_q.exceptions import TimeoutException
from django_q.models import OrmQ

from tests.web.factories import accounts
from zuji.errors import InvalidInput, problem
from zuji_web.accounts.actions import members
from zuji_web.accounts.actors import VISITOR
from zuji_web.accounts.models import Membership
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.gateway import Conflict
from zuji_web.jobs import actions, queries, registry, runner
from zuji_web.jobs.models import Job, JobState
from zuji_web.jobs.registry import Progress, job

pytestmark = pytest.mark.django_db
KIND = "test.work"


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Callable[[registry.Task], None]:
    """Lets a test say what the job does."""
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    return lambda function: registry._kinds.__setitem__(KIND, registry.Kind(function, 60))


def start(by: Any = None, **options: Any) -> Job:
    return actions.enqueue(kind=KIND, title="Work", arguments={}, by=by or accounts.member(), **options)


def test_a_job_that_runs_through_has_its_result(task: Callable[[registry.Task], None]) -> None:
    task(lambda job, _progress: f"/results/{job.arguments.get('x', 1)}")
    done = start()
    assert (done.state, done.result_url, done.progress) == (JobState.DONE, "/results/1", 1.0)
    assert done.started_at
    assert done.finished_at


def test_problems_of_the_input_are_kept_in_both_languages(task: Callable[[registry.Task], None]) -> None:
    def refuse(_job: Job, _progress: Progress) -> str:
        raise InvalidInput(problem("bad", "单位不对", "Wrong unit", cure_zh="改为 kg", cure_en="Use kg"))

    task(refuse)
    failed = start()
    assert failed.state == JobState.FAILED
    assert failed.problems[0]["what"] == {"zh": "单位不对", "en": "Wrong unit"}


def test_an_unexpected_error_ends_in_words_without_its_inside(
    task: Callable[[registry.Task], None], caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(_job: Job, _progress: Progress) -> str:
        raise ZeroDivisionError("secret inside")

    task(stumble)
    failed = start()
    assert failed.problems[0]["code"] == "job_unexpected"
    assert str(failed.pk)[:8] in failed.problems[0]["what"]["en"]
    assert "secret" not in str(failed.problems)
    assert "secret inside" in caplog.text


def test_a_hung_job_fails_and_its_worker_is_given_up(task: Callable[[registry.Task], None]) -> None:
    def hang(_job: Job, _progress: Progress) -> str:
        raise TimeoutException("hung")

    task(hang)
    waiting = Job.objects.create(organisation=accounts.organisation(), kind=KIND, title="Work")
    with pytest.raises(TimeoutException):
        runner.run(str(waiting.pk))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problems[0]["code"]) == (JobState.FAILED, "job_timeout")


def test_progress_is_written_at_most_every_half_second(
    task: Callable[[registry.Task], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(100.0 + 0.1 * step for step in range(20))
    monkeypatch.setattr(runner.time, "monotonic", lambda: next(clock))
    seen: list[float] = []

    def work(job: Job, progress: Progress) -> str:
        for step in range(20):
            progress(step / 20, f"step {step}")
            seen.append(Job.objects.get(pk=job.pk).progress)
        return ""

    task(work)
    start()
    assert sorted(set(seen)) == seen[::5] == [0.0, 0.25, 0.5, 0.75]


def test_a_job_that_was_cancelled_stops_at_its_next_step(task: Callable[[registry.Task], None]) -> None:
    by = accounts.member()
    steps = []

    def work(job: Job, progress: Progress) -> str:
        steps.append("begun")
        actions.cancel(job=Job.objects.get(pk=job.pk), by=by)
        progress(0.5, "half")
        steps.append("never")
        return "/result"

    task(work)
    stopped = start(by)
    assert steps == ["begun"]
    assert (stopped.state, stopped.result_url) == (JobState.CANCELLED, "")


def test_a_job_is_not_run_twice(task: Callable[[registry.Task], None]) -> None:
    runs = []
    task(lambda job, _progress: runs.append(job.pk) or "")
    done = start()
    runner.run(str(done.pk))
    assert runs == [done.pk]


def test_the_same_key_is_the_same_job(task: Callable[[registry.Task], None]) -> None:
    task(lambda _job, _progress: "/result")
    by = accounts.member()
    first, second = start(by, idempotency_key="report-1"), start(by, idempotency_key="report-1")
    assert first == second
    assert start(by, idempotency_key="report-2") != first
    assert start(accounts.member(), idempotency_key="report-1") != first
    assert AuditEvent.objects.filter(action="job.start").count() == 3


def test_a_failed_job_is_started_anew_by_its_key(task: Callable[[registry.Task], None]) -> None:
    def fail(_job: Job, _progress: Progress) -> str:
        raise InvalidInput(problem("bad", "错", "Wrong", cure_zh="改", cure_en="Mend"))

    by = accounts.member()
    task(fail)
    failed = start(by, idempotency_key="report-1")
    task(lambda _job, _progress: "/result")
    again = start(by, idempotency_key="report-1")
    assert again.pk == failed.pk
    assert (again.state, again.problems) == (JobState.DONE, [])


def test_a_job_waits_for_the_transaction_and_for_a_worker(
    task: Callable[[registry.Task], None],
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.JOBS_RUN_AT_ONCE = False
    task(lambda _job, _progress: "/result")
    with django_capture_on_commit_callbacks(execute=True):
        waiting = start()
        assert not OrmQ.objects.exists()
    assert waiting.state == JobState.QUEUED
    queued = OrmQ.objects.get().task
    assert (queued["func"], queued["args"]) == ("zuji_web.jobs.runner.run", (str(waiting.pk),))
    assert queued["timeout"] == 60


def silent(attempts: int = 0) -> Job:
    """A job whose worker gave its last sign of life a minute ago."""
    long_ago = timezone.now() - timedelta(minutes=1)
    return Job.objects.create(
        organisation=accounts.organisation(),
        kind=KIND,
        title="Work",
        state=JobState.RUNNING,
        alive_at=long_ago,
        attempts=attempts,
        progress=0.7,
    )


def test_what_a_dead_worker_left_is_queued_again(task: Callable[[registry.Task], None]) -> None:
    task(lambda _job, _progress: "/result")
    left = silent()
    assert runner.recover() == 1
    left.refresh_from_db()
    assert (left.state, left.attempts, left.progress) == (JobState.QUEUED, 1, 0.0)
    assert OrmQ.objects.count() == 1
    runner.run(str(left.pk))
    left.refresh_from_db()
    assert left.state == JobState.DONE


def test_a_job_that_kills_its_workers_is_given_up(task: Callable[[registry.Task], None]) -> None:
    task(lambda _job, _progress: "")
    left = silent(attempts=runner.MAX_ATTEMPTS - 1)
    runner.recover()
    left.refresh_from_db()
    assert (left.state, left.problems[0]["code"]) == (JobState.FAILED, "job_worker_died")


def test_a_job_that_lives_is_left_alone() -> None:
    alive = silent()
    Job.objects.update(alive_at=timezone.now())
    assert runner.recover() == 0
    alive.refresh_from_db()
    assert alive.state == JobState.RUNNING


def test_visitors_start_nothing(task: Callable[[registry.Task], None]) -> None:
    task(lambda _job, _progress: "")
    with pytest.raises(Denied):
        start(VISITOR)


def test_an_unknown_kind_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        actions.enqueue(kind="no.such", title="x", arguments={}, by=accounts.member())


def test_two_modules_cannot_do_the_same_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", {})

    def task(_job: Job, _progress: Progress) -> str:
        return ""

    job("test.other")(task)
    task.__module__ = "elsewhere"
    job("test.other")(task)

    def rival(_job: Job, _progress: Progress) -> str:
        return ""

    with pytest.raises(ValueError, match=r"test\.other"):
        job("test.other")(rival)


def test_who_started_it_and_who_manages_may_cancel() -> None:
    home = accounts.organisation()
    starter = accounts.member(Role.DATA_CLERK, of=home)
    waiting = Job.objects.create(organisation=home, kind=KIND, title="Work", created_by=starter.user)
    assert actions.may_cancel(waiting, starter)
    assert actions.may_cancel(waiting, accounts.member(Role.ADMIN, of=home))
    assert not actions.may_cancel(waiting, accounts.member(Role.MODELLER, of=home))
    with pytest.raises(Denied):
        actions.cancel(job=waiting, by=accounts.member(Role.MODELLER, of=home))
    with pytest.raises(Denied):
        actions.cancel(job=waiting, by=accounts.owner(accounts.organisation()))
    assert actions.cancel(job=waiting, by=starter).state == JobState.CANCELLED
    with pytest.raises(Conflict):
        actions.cancel(job=waiting, by=starter)


def test_a_job_acts_with_the_rights_its_author_has_now() -> None:
    home = accounts.organisation()
    modeller = accounts.member(Role.MODELLER, of=home)
    waiting = Job.objects.create(organisation=home, kind=KIND, title="Work", created_by=modeller.user)
    assert actions.author(waiting) == modeller
    members.remove(membership=Membership.objects.get(user=modeller.user), by=accounts.owner(home))
    with pytest.raises(Denied):
        actions.author(waiting)


def test_a_job_of_a_client_acts_as_the_client(task: Callable[[registry.Task], None]) -> None:
    task(lambda _job, _progress: "")
    client = accounts.client_actor()
    assert actions.author(start(client)).identity == client.identity


def test_the_oldest_wait_is_known() -> None:
    assert queries.oldest_wait() == timedelta()
    Job.objects.create(organisation=accounts.organisation(), kind=KIND, title="Work")
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    assert timedelta(minutes=5) <= queries.oldest_wait() < timedelta(minutes=6)
