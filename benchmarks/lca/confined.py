"""Work in a process of its own, with a limit of memory and of time, so that it stops and we go on."""

import contextlib
import importlib.util
import multiprocessing
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

BUILDING = 600.0
"""Seconds that reading and compiling may take before a run; they are not measured."""
OUT_OF_MEMORY = ("not enough memory", "-2", "cannot allocate", "malloc")
"""What the peers' solvers say when they get no more memory; PARDISO says it with error -2."""


@dataclass(frozen=True)
class Limits:
    """How long one run may take, in seconds, and how much memory its process may hold, in bytes."""

    seconds: float = 120.0
    memory: int = 10 * 10**9

    def in_words(self) -> str:
        return f"{self.seconds:g} s, {self.memory / 1e9:g} GB"


@dataclass(frozen=True)
class Run:
    """One run: seconds within the process, what it returned, and the most memory the process ever held."""

    seconds: float
    value: Any
    peak: int


class Stopped(Exception):
    """A run did not end within its limits, or failed; the text says why."""


class Confined:
    """A Python process that keeps the work it was given; each call runs it once.

    `without` are modules that cannot be imported there, which is how bw2calc is made to use another solver.
    Use it as a context manager. After `Stopped` the process is gone.
    """

    def __init__(self, limits: Limits, without: tuple[str, ...] = ()) -> None:
        context = multiprocessing.get_context("spawn")
        self.limits = limits
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, limits.memory, without), daemon=True)
        self._process.start()
        there.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def build(self, make: Callable[..., Callable[[], Any]], *arguments: Any) -> Self:
        """Has `make(*arguments)` called there; what it returns is the work. Not counted in any time."""
        self._ask((make, arguments), BUILDING)
        return self

    def __call__(self) -> Run:
        """Runs the work once."""
        found: Run = self._ask(None, self.limits.seconds)
        return found

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _ask(self, message: object, seconds: float) -> Any:
        try:
            self._pipe.send(message)
            if not self._pipe.poll(seconds):
                raise self._stopped(f"> {seconds:g} s")
            fine, answer = self._pipe.recv()
        except (EOFError, ConnectionError):
            self._process.join()
            code = self._process.exitcode or 0
            name = signal.Signals(-code).name if code < 0 else f"exit {code}"
            raise self._stopped(f"进程中止 the process died ({name})") from None
        if fine:
            return answer
        if any(sign in answer.lower() for sign in OUT_OF_MEMORY) or "MemoryError" in answer:
            answer = f"> {self.limits.memory / 1e9:g} GB ({answer})"
        raise self._stopped(answer)

    def _stopped(self, why: str) -> Stopped:
        self.close()
        return Stopped(why)


def installed(module: str) -> bool:
    """Whether a module can be imported, without importing it."""
    with contextlib.suppress(ModuleNotFoundError):  # of its package
        return importlib.util.find_spec(module) is not None
    return False


def _serve(pipe: Connection, memory: int, without: tuple[str, ...]) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    for name in without:
        sys.modules[name] = None  # type: ignore[assignment]  # the documented way to forbid an import
    work: Callable[[], Any] | None = None
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        try:
            answer = None
            if asked is None:
                assert work is not None, "build first"
                start = time.perf_counter()
                value = work()
                answer = Run(time.perf_counter() - start, value, peak())
            else:
                make, arguments = asked
                work = make(*arguments)
        except BaseException as error:  # noqa: BLE001 - whatever a peer dies of is its result
            pipe.send((False, f"{type(error).__name__}: {error}"[:120]))
        else:
            pipe.send((True, answer))


def peak() -> int:
    """The most memory this process held, in bytes.

    Not `ru_maxrss`, which a new process takes over from the one that started it.
    """
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError("/proc/self/status has no VmHWM")
