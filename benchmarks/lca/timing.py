"""Timing two sides of a comparison in turn, so that both see the same machine."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """How often `ours` fits into the best `peer`: medians in seconds, and the spread of the paired ratios."""

    task: str
    ours: float
    peer: float
    peer_name: str
    ratio: float
    low: float
    high: float
    rounds: int
    goal: str
    said: str

    def row(self) -> str:
        """As a row of the table in docs/benchmarks.md."""
        reached = "" if not self.goal else self.goal
        return (
            f"| {self.task} | {shown(self.ours)} | {shown(self.peer)} ({self.peer_name}) | "
            f"**{self.ratio:.3g}×** ({self.low:.3g}–{self.high:.3g}) | {reached} | {self.said} |"
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
    """One run of `work`."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(works: Mapping[str, Work], rounds: int = 5) -> dict[str, list[float]]:
    """Every work once a round, in turn; the first round warms up and is not counted."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
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
    best = min(peers, key=lambda name: statistics.median(times[name]))
    own = [taken * scale for taken in times[""]]
    ratios = sorted(other / mine for mine, other in zip(own, times[best], strict=True))
    return Ratio(
        task,
        statistics.median(own),
        statistics.median(times[best]),
        best,
        statistics.median(ratios),
        ratios[0],
        ratios[-1],
        rounds,
        goal,
        said,
    )


def shown(taken: float) -> str:
    """Seconds in the unit that reads best."""
    if taken >= 1:
        return f"{taken:.3g} s"
    return f"{taken * 1e3:.3g} ms" if taken >= 1e-3 else f"{taken * 1e6:.3g} µs"
