"""Which task does which kind of job. A task takes the job and a progress function, and returns
where the result is.

    @job("products.report")
    def report(job: Job, progress: Progress) -> str: ...

A task may run more than once (a worker can be killed), so it must be idempotent.
"""

from collections.abc import Callable
from dataclasses import dataclass

from zuji_web.jobs.models import Job

Progress = Callable[[float, str], None]
Task = Callable[[Job, Progress], str]
DEFAULT_TIMEOUT = 900


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its task, and after how many seconds it counts as hung."""

    task: Task
    timeout: int


_kinds: dict[str, Kind] = {}


def job(kind: str, *, timeout: int = DEFAULT_TIMEOUT) -> Callable[[Task], Task]:
    """Registers a task for `kind`; `timeout` in seconds."""

    def register(task: Task) -> Task:
        known = _kinds.get(kind)
        if known and known.task.__module__ != task.__module__:
            raise ValueError(f"two tasks for the job kind {kind}")
        _kinds[kind] = Kind(task, timeout)
        return task

    return register


def kind_of(name: str) -> Kind:
    """The registered kind; KeyError when nothing does it."""
    return _kinds[name]
