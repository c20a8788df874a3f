"""Many small product systems over the intensities of a database: recalculated, drawn, and one alone."""

import statistics
from collections.abc import Iterator

import numpy as np

from benchmarks.lca.timing import Figure, Row, seconds, shown
from zuji.batch import systems
from zuji.batch.systems import Systems
from zuji.lca.network.arrays import Floats, Spreads

LINES = 50
BACKGROUND = 24_000
DRAWS = 1_000
ROUNDS = 5


def batches() -> Iterator[Row]:
    """Systems of fifty lines a second, without and with a thousand draws each; one live system."""
    random = np.random.default_rng(0)
    intensities = random.random(BACKGROUND)
    yield _recalculated(_flat(random, 200_000), intensities)
    yield _drawn(_flat(random, 4_000, uncertain=True), intensities)
    yield _live(random, intensities)


def _flat(random: np.random.Generator, count: int, *, uncertain: bool = False) -> Systems:
    """`count` systems of LINES lines; `uncertain` makes every line lognormal, GSD between 1.05 and 1.65."""
    size = count * LINES
    amount = random.random(size) + 0.01
    zero = np.zeros(size)
    spreads = Spreads(
        np.arange(size, dtype=np.int64),
        np.ones(size, np.uint8),
        amount,
        random.uniform(0.05, 0.5, size),
        zero,
        zero,
    )
    return systems.flat(
        np.arange(0, size + 1, LINES, dtype=np.int64),
        random.integers(0, BACKGROUND, size).astype(np.int32),
        amount,
        spreads if uncertain else None,
        BACKGROUND,
    )


def _recalculated(made: Systems, intensities: Floats) -> Row:
    systems.evaluate(made, intensities)
    taken = statistics.median(seconds(lambda: systems.evaluate(made, intensities)) for _ in range(ROUNDS))
    return Figure(
        f"产品系统，{LINES} 行，一个类别 product systems of {LINES} lines, one category",
        f"{len(made) / taken / 1e6:.2f} M/s",
        "≥ 1 M/s",
        "两个线程 two threads",
    )


def _drawn(made: Systems, intensities: Floats) -> Row:
    systems.simulate(made, intensities, draws=2)

    def rate(threads: int) -> float:
        def drawn() -> object:
            return systems.simulate(made, intensities, draws=DRAWS, seed=1, threads=threads)

        return len(made) / statistics.median(seconds(drawn) for _ in range(ROUNDS))

    return Figure(
        f"产品系统，{LINES} 行都不确定，各抽 {DRAWS:,} 次 product systems of {LINES} uncertain lines, "
        f"{DRAWS:,} draws each",
        f"{rate(2):,.0f} /s",
        "≥ 1,500 /s",
        f"两个线程；一个线程 two threads; with one {rate(1):,.0f} /s; 均值、标准差、三个分位数 mean, SD, "
        "three quantiles",
    )


def _live(random: np.random.Generator, intensities: Floats) -> Row:
    """From plain lists to the result, as when a person changes a line."""
    lines = list(
        zip(random.integers(0, BACKGROUND, LINES).tolist(), random.random(LINES).tolist(), strict=True)
    )

    def alone() -> object:
        return systems.evaluate(systems.gather([[lines]], BACKGROUND), intensities)

    alone()
    taken = sorted(seconds(alone) for _ in range(200))
    return Figure(
        f"单个产品系统，{LINES} 行，从列表到结果 one system of {LINES} lines, from lists to its result",
        f"p50 {shown(statistics.median(taken))}, p95 {shown(taken[190])}",
        "< 1 ms",
        "含核对与排序 with checks and ordering",
    )
