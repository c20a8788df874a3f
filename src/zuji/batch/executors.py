"""Three ways to compute the same chunks: here, in worker processes, on a Dask cluster."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from zuji.batch.failures import Cancelled, ChunkFailed, WorkersLost
from zuji.batch.plans import Arrays, Work
from zuji.errors import Problem, ZujiError, problem

WorkOf: TypeAlias = Callable[[int], Work]
Chunks: TypeAlias = Generator[tuple[int, Arrays], None, None]

_WINDOW = 3
"""Chunks in flight for each worker: the next is there when one ends, and memory stays bounded."""
_TICK = 0.2
"""Seconds between looks at whether somebody has cancelled."""
_TRIES = 3
"""Deaths in a row, without a single chunk finished between them, after which a batch gives up."""


class Executor(Protocol):
    """Computes chunks and yields each as it ends, in any order."""

    def compute(self, work: WorkOf, chunks: Sequence[int], cancelled: Callable[[], bool]) -> Chunks:
        """Yields (chunk, arrays); closing the generator leaves no process and no connection behind."""


@dataclass(frozen=True, slots=True)
class Serial:
    """One chunk after the other, in this process."""

    def compute(self, work: WorkOf, chunks: Sequence[int], cancelled: Callable[[], bool]) -> Chunks:
        for chunk in chunks:
            _unless(cancelled)
            yield chunk, _result(chunk, attempt(work(chunk)))


@dataclass(frozen=True, slots=True)
class Processes:
    """Worker processes on this machine (`workers` None: one a core). Killed ones are replaced.

    Workers are started afresh, not forked, so that threads of this process cannot hang them; they end with
    it, even if it is killed.
    """

    workers: int | None = None

    def compute(self, work: WorkOf, chunks: Sequence[int], cancelled: Callable[[], bool]) -> Chunks:
        if not chunks:
            return
        waiting = deque(chunks)
        deaths = 0
        while waiting:
            lost: list[int] = []
            finished = False
            for chunk, outcome in self._pool(work, waiting, lost, cancelled):
                finished = True
                yield chunk, _result(chunk, outcome)
            if lost:
                deaths = 1 if finished else deaths + 1
                if deaths >= _TRIES:
                    raise WorkersLost(_lost(lost))
                waiting.extendleft(reversed(lost))

    def _pool(
        self, work: WorkOf, waiting: deque[int], lost: list[int], cancelled: Callable[[], bool]
    ) -> Generator[tuple[int, "Outcome"], None, None]:
        """Chunks from one set of workers until none waits or a worker dies; `lost` is what died with it."""
        count = self.workers or len(os.sched_getaffinity(0))
        flying: dict[Future[Outcome], int] = {}
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(min(count, len(waiting)), mp_context=context, initializer=_end_with_parent)
        try:
            while waiting or flying:
                _unless(cancelled)
                try:
                    while waiting and len(flying) < _WINDOW * count:
                        flying[pool.submit(attempt, work(waiting[0]))] = waiting[0]
                        waiting.popleft()
                except BrokenProcessPool:
                    if not flying:  # otherwise those in flight tell it
                        lost.append(waiting.popleft())
                        return
                done, _ = wait(flying, _TICK, FIRST_COMPLETED)
                broken = any(isinstance(future.exception(), BrokenProcessPool) for future in done)
                if broken:
                    done, _ = wait(flying)
                for future in done:
                    chunk = flying.pop(future)
                    if isinstance(future.exception(), BrokenProcessPool):
                        lost.append(chunk)
                    else:
                        yield chunk, future.result()
                if broken:
                    lost.sort()
                    return
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of a Dask scheduler, such as tcp://10.0.0.5:8786.

    Files that a task names must be there for every worker under the same path. The scheduler sends the chunks
    of a worker that dies to others. Use machines of one kind: a processor without fused multiply-add rounds
    random amounts differently in the seventh digit. `patience`: seconds to wait for the scheduler's answer.
    """

    scheduler: str
    patience: float = 10.0

    def compute(self, work: WorkOf, chunks: Sequence[int], cancelled: Callable[[], bool]) -> Chunks:
        if not chunks:
            return
        import distributed

        waiting = deque(chunks)
        with ExitStack() as stack:
            client = stack.enter_context(_connected(self.scheduler, self.patience))
            stack.enter_context(client.as_current())
            flying: dict[Any, int] = {}
            while waiting or flying:
                _unless(cancelled)
                room = _WINDOW * max(1, sum(client.nthreads().values())) - len(flying)
                for _ in range(min(room, len(waiting))):
                    chunk = waiting.popleft()
                    flying[client.submit(attempt, work(chunk), pure=False)] = chunk
                try:
                    done = distributed.wait(list(flying), timeout=_TICK, return_when="FIRST_COMPLETED").done
                except TimeoutError:
                    continue
                for future in done:
                    chunk = flying.pop(future)
                    if isinstance(future.exception(), distributed.KilledWorker):
                        raise WorkersLost(_lost([chunk]))
                    yield chunk, _result(chunk, future.result())
                    future.release()


@dataclass(frozen=True, slots=True)
class Failure:
    """An error of a chunk on its way home: ours by its kind and problems, any other by its text."""

    kind: type[ZujiError] | None
    problems: tuple[Problem, ...]
    text: str


Outcome: TypeAlias = Arrays | Failure


def attempt(work: Work) -> Outcome:
    """Runs a chunk; an error is an outcome like any other, and travels back as plain data."""
    try:
        return work()
    except ZujiError as error:
        return Failure(type(error), error.problems, str(error))
    except Exception as error:  # noqa: BLE001 - whatever a task raises is told where the batch was started
        return Failure(None, (), f"{type(error).__name__}: {error}")


def _result(chunk: int, outcome: Outcome) -> Arrays:
    if not isinstance(outcome, Failure):
        return outcome
    if outcome.kind is not None:
        raise outcome.kind(*outcome.problems)
    raise ChunkFailed(
        problem(
            "batch.chunk_failed",
            f"第 {chunk + 1} 块计算出错：{outcome.text}",
            f"chunk {chunk + 1} failed: {outcome.text}",
            cure_zh="请修正输入后重新运行；已完成的块不会重算",
            cure_en="mend the input and run again; finished chunks are not computed anew",
        )
    )


def _unless(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled(
            problem(
                "batch.cancelled",
                "批量计算已取消",
                "the batch was cancelled",
                cure_zh="再次运行同一计划即可继续",
                cure_en="run the same plan again to go on",
            )
        )


def _lost(chunks: list[int]) -> Problem:
    numbers = "、".join(str(chunk + 1) for chunk in chunks[:5])
    return problem(
        "batch.workers_lost",
        f"工作进程接连退出，未完成的块：{numbers}",
        f"workers died again and again; unfinished chunks: {numbers.replace('、', ', ')}",
        cure_zh="通常是内存不足：请减小分块或减少工作进程，再次运行即可继续",
        cure_en="mostly memory has run out: use smaller chunks or fewer workers, then run again to go on",
    )


def _connected(scheduler: str, patience: float) -> Any:
    import distributed

    try:
        return distributed.Client(scheduler, set_as_default=False, timeout=patience)
    except (OSError, ValueError) as error:
        raise WorkersLost(
            problem(
                "batch.no_scheduler",
                f"无法连接调度器 {scheduler}",
                f"the scheduler {scheduler} cannot be reached",
                cure_zh="请确认地址，并先启动 dask scheduler 与 dask worker",
                cure_en="check the address, and start dask scheduler and dask worker first",
            )
        ) from error


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for chunks for ever."""
    parent = multiprocessing.parent_process()

    def leave() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=leave, daemon=True).start()
