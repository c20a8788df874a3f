"""From a thousand processes to a million: every configuration in its own process, until it stops."""

import math
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.lca import peers
from benchmarks.lca.confined import Confined, Limits, Run, Stopped
from benchmarks.lca.generator import Shape, network
from benchmarks.lca.peers import PRODUCT, Configuration
from benchmarks.lca.timing import PAUSE, shown
from zuji.lca.network import characterising, storage
from zuji.lca.network.prepared import prepare
from zuji.lca.network.solving import Intensities, intensities

SIZES = (1_000, 12_000, 24_000, 50_000, 200_000, 1_000_000)
ROUNDS = 5
LONG = 5.0  # seconds; what takes longer is run once
HEAD = (
    "| 过程 processes | 谁 who | 时间 time | 随规模 growth | 内存 memory | 说明 remarks |\n"
    "|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Own:
    """What a run of ours says of itself: one product's footprint, and how it was found."""

    score: float
    said: str


@dataclass(frozen=True)
class Point:
    """One configuration at one size: median `seconds` of `rounds`, or why it `stopped`.

    `peak` is the most memory its process held, in bytes; `growth` is k where the time went with n^k since the
    size before.
    """

    processes: int
    who: str
    seconds: float = math.nan
    rounds: int = 0
    peak: int = 0
    growth: float = math.nan
    said: str = ""
    stopped: str = ""

    def row(self) -> str:
        """As a row of the table in docs/benchmarks.md."""
        if self.stopped:
            return f"| {self.processes:,} | {self.who} | 停止 stopped | — | — | {self.stopped} |"
        growth = "—" if math.isnan(self.growth) else f"n^{self.growth:.2f}"
        once = "" if self.rounds > 1 else " (r=1)"
        return (
            f"| {self.processes:,} | {self.who} | {shown(self.seconds)}{once} | {growth} | "
            f"{self.peak / 1e9:.2f} GB | {self.said} |"
        )


def from_arrays(folder: Path, _: Path) -> Callable[[], Own]:
    """Characterises, orders and solves a database: every product with its certificate."""
    made = storage.open_saved(folder).network
    _compile()

    def run() -> Own:
        weights = np.ascontiguousarray(characterising.weights(made, [0])[:, 0])
        start = time.perf_counter()
        prepared = prepare(made)
        ordering = time.perf_counter() - start
        return _own(intensities(prepared, weights), f"排序 ordering {shown(ordering)}; ")

    return run


def prepared_again(folder: Path, _: Path) -> Callable[[], Own]:
    """Solves a database that is ordered and characterised."""
    prepared = storage.open_saved(folder)
    weights = np.ascontiguousarray(characterising.weights(prepared.network, [0])[:, 0])
    _compile()
    return lambda: _own(intensities(prepared, weights))


def _compile() -> None:
    """Compiles all, for mapped arrays too, before a run is timed: a long first run is the only one."""
    with tempfile.TemporaryDirectory() as there:
        storage.save(prepare(network(Shape(processes=1_000, categories=1))), Path(there) / "small")
        made = storage.open_saved(Path(there) / "small")
        weights = np.ascontiguousarray(characterising.weights(made.network, [0])[:, 0])
        for prepared in (made, prepare(made.network)):
            intensities(prepared, weights)


def _own(found: Intensities, said: str = "") -> Own:
    sure = found.certificate
    return Own(
        float(found.values[PRODUCT]), f"{said}{sure.sweeps} 次清扫 sweeps; 误差 error {sure.error:.0e}"
    )


def score(_: Path, folder: Path, kind: str) -> Callable[[], float]:
    """bw2calc: one product."""
    return peers.score(folder, PRODUCT, kind)


def all_products(_: Path, folder: Path) -> Callable[[], float]:
    """bw2calc: every product."""
    return peers.all_products(folder, PRODUCT)


FIRST = Configuration("Zuji，全部产品，从数组 every product, from arrays", "", from_arrays)
AGAIN = Configuration("Zuji，全部产品，已排序 every product, ordered", "", prepared_again)


def competitors() -> list[Configuration]:
    """Ours, and each configuration of bw2calc that is installed.

    IterativeLCA is not among them: its first solve is LCA's, so it stops where LCA does.
    """
    single = [replace(one, make=score) for one in peers.one_product()]
    return [FIRST, AGAIN, *single, *(replace(one, make=all_products) for one in peers.adjoint())]


def measured(sizes: tuple[int, ...], limits: Limits) -> Iterator[Point]:
    """Every competitor at every size; one that stopped is not tried at a larger size."""
    last: dict[str, Point] = {}
    for size in sizes:
        gone = {who: point for who, point in last.items() if point.stopped}
        running = [one for one in competitors() if one.label not in gone]
        for point in _at(size, running, limits):
            before = last.get(point.who)
            last[point.who] = point
            if before is not None and not point.stopped:
                steps = math.log(point.seconds / before.seconds) / math.log(size / before.processes)
                point = replace(point, growth=steps)
            yield point
        for who, point in gone.items():
            why = f"未试：已停在 not tried: stopped at {point.processes:,}"
            yield Point(size, who, stopped=why)


def _at(size: int, competing: list[Configuration], limits: Limits) -> Iterator[Point]:
    """All in turn, ROUNDS times after one to warm up; what takes long runs once and leaves."""
    with tempfile.TemporaryDirectory() as there, ExitStack() as stack:
        folders = Path(there) / "ours", Path(there) / "theirs"
        _write(size, *folders)
        rooms: dict[str, Confined] = {}
        runs: dict[str, list[Run]] = {one.label: [] for one in competing}
        stopped: dict[str, str] = {}
        for turn in range(ROUNDS + 1):
            for one in competing:
                who = one.label
                try:
                    if not turn:
                        rooms[who] = stack.enter_context(Confined(limits, one.hidden))
                        rooms[who].build(one.make, *folders, *one.arguments)
                    if who not in rooms:
                        continue
                    time.sleep(PAUSE)
                    run = rooms[who]()
                except Stopped as why:
                    stopped[who] = str(why)
                    rooms.pop(who).close()
                    continue
                if turn == 1:
                    runs[who].clear()  # the first warmed up
                runs[who].append(run)
                if run.seconds > LONG:
                    rooms.pop(who).close()
    ours = runs[FIRST.label]
    reference = ours[-1].value.score if ours else math.nan
    for one in competing:
        yield _point(size, one.label, runs[one.label], stopped.get(one.label, ""), reference)


def _write(size: int, ours: Path, theirs: Path) -> None:
    made = network(Shape(processes=size, categories=1))
    storage.save(prepare(made), ours)
    peers.written(made, theirs, categories=1)


def _point(size: int, who: str, runs: list[Run], stopped: str, reference: float) -> Point:
    if stopped:
        return Point(size, who, stopped=stopped)
    value = runs[-1].value
    if isinstance(value, Own):
        said = value.said
    else:
        said = f"与我方之差 difference from ours {abs(value / reference - 1):.0e}"
    taken = statistics.median(run.seconds for run in runs)
    return Point(size, who, taken, len(runs), max(run.peak for run in runs), said=said)
