"""Timing the sides of a comparison in turn, so that all of them see the same machine."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.lca.confined import Run

Work = Callable[[], object]

PAUSE = 0.25
"""Seconds of rest before a run: MKL's threads keep a core busy for a fifth of a second after their work."""


@dataclass(frozen=True)
class Ratio:
    """How often `ours` fits into the best peer: medians in seconds, and the spread of the paired ratios.

    `others` are the other peers: name, median, median ratio.
    """

    task: str
    ours: float
    peer: float
    peer_name: str
    ratio: float
    low: float
    high: float
    others: tuple[tuple[str, float, float], ...]
    goal: str
    said: str

    def row(self) -> str:
        """As a row of the table in docs/benchmarks.md."""
        rest = "".join(f"<br>{shown(median)} ({name}): {ratio:.3g}×" for name, median, ratio in self.others)
        return (
            f"| {self.task} | {shown(self.ours)} | {shown(self.peer)} ({self.peer_name}){rest} | "
            f"**{self.ratio:.3g}×** ({self.low:.3g}–{self.high:.3g}) | {self.goal} | {self.said} |"
        )


@dataclass(frozen=True)
class Figure:
    """A number without a peer: `value` as text, and the goal it is held against."""

    task: str
    value: str
    goal: str
    said: str

    def row(self) -> str:
        return f"| {self.task} | {self.value} | — | — | {self.goal} | {self.said} |"


Row = Ratio | Figure


def seconds(work: Work) -> float:
    """One run of `work`; what runs in another process says itself how long it took there."""
    start = time.perf_counter()
    found = work()
    taken = time.perf_counter() - start
    return found.seconds if isinstance(found, Run) else taken


def interleaved(works: Mapping[str, Work], rounds: int = 5) -> dict[str, list[float]]:
    """Every work once a round, in turn; the first round warms up and is not counted."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            time.sleep(PAUSE)
            taken = seconds(work)
            if turn:
                found[name].append(taken)
    return found


def compared(
    task: str,
    ours: Work,
    peers: Mapping[str, Work],
    *,
    goal: str,
    said: str,
    rounds: int = 5,
    scale: float = 1.0,
) -> Ratio:
    """`ours` beside the best of `peers`; `scale` turns our time into that of one unit of theirs."""
    times = interleaved({"": ours, **peers}, rounds)
    own = [taken * scale for taken in times[""]]
    best, *rest = sorted(peers, key=lambda name: statistics.median(times[name]))

    def ratios(name: str) -> list[float]:
        return sorted(other / mine for mine, other in zip(own, times[name], strict=True))

    return Ratio(
        task,
        statistics.median(own),
        statistics.median(times[best]),
        best,
        statistics.median(ratios(best)),
        ratios(best)[0],
        ratios(best)[-1],
        tuple((name, statistics.median(times[name]), statistics.median(ratios(name))) for name in rest),
        goal,
        said,
    )


def shown(taken: float) -> str:
    """Seconds in the unit that reads best."""
    if taken >= 1:
        return f"{taken:.3g} s"
    return f"{taken * 1e3:.3g} ms" if taken >= 1e-3 else f"{taken * 1e6:.3g} µs"
