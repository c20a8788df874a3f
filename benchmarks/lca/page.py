"""docs/benchmarks.md: what a run writes into it, between its marks."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
PLOT = PAGE.with_name("benchmarks-scale.svg")
HEAD = (
    "| 任务 task | 我方 ours | 对方 peer | 倍数 ratio | 目标 goal | 各含什么 what is included |\n"
    "|---|---|---|---|---|---|"
)


def replaced(text: str, name: str, inside: Iterable[str]) -> str:
    """The page with other lines between `<!-- name -->` and `<!-- end name -->`.

    Raises `ValueError` where the page has no such marks.
    """
    block = "\n".join([f"<!-- {name} -->", *inside, f"<!-- end {name} -->"])
    found, count = re.subn(f"<!-- {name} -->.*?<!-- end {name} -->", lambda _: block, text, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{PAGE.name} has {count} places called {name}")
    return found


def write(name: str, head: str, said: Sequence[str], rows: Iterable[str]) -> None:
    """Puts a table and what is said above it into the page."""
    lines = [machine(), "", *said, "", head, *rows]
    PAGE.write_text(replaced(PAGE.read_text("utf-8"), name, lines), "utf-8")


def machine() -> str:
    """What it ran on: processor, cores, memory, versions."""
    described = Path("/proc/cpuinfo").read_text("utf-8")
    model = re.search(r"^model name\s*:\s*(.+)$", described, re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    names = ("numpy", "numba", "scipy", "bw2calc", "pypardiso")
    told = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"{model[1] if model else platform.machine()}, {cores()}, {memory:.0f} GB; "
        f"{platform.python_implementation()} {platform.python_version()}; {told}"
    )


def cores() -> str:
    """How many cores this process may use; two threads cannot do more than these allow."""
    count = len(os.sched_getaffinity(0))
    return f"本机 {count} 个核 {count} cores"
