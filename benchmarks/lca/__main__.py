"""Runs the comparisons and prints them as a table.

    python -m benchmarks.lca                    everything, about twenty minutes
    python -m benchmarks.lca solving sampling   some of it
    python -m benchmarks.lca --write            puts the table into docs/benchmarks.md

bw2calc uses the best direct solver that is installed: `pip install -r requirements/bench.txt` brings PARDISO.
Without it SuperLU is used; run both and quote the better one. `OMP_NUM_THREADS` decides about threads of the
peers' linear algebra; our solves use as many threads as each row says.
"""

import argparse
import platform
import re
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path

from benchmarks.lca import measures, peers
from benchmarks.lca.generator import Shape, network
from benchmarks.lca.timing import Row

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
TIANGONG = Path(__file__).parents[2].parent / "shared" / "data" / "lci" / "tiangong-ilcd.zip"
HEAD = "| 任务 task | 我方 ours | 对方 peer | 倍数 ratio | 目标 goal | 各含什么 what is included |"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument(
        "parts", nargs="*", help="correctness solving changes sampling starting scale paths batches reading"
    )
    asked.add_argument("--processes", type=int, default=Shape().processes)
    asked.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    said = asked.parse_args()
    made = network(Shape(processes=said.processes))
    parts: dict[str, Callable[[], Iterable[Row]]] = {
        "correctness": lambda: measures.correctness(made),
        "solving": lambda: measures.solving(made),
        "changes": lambda: measures.changes(made),
        "sampling": lambda: measures.sampling(made),
        "starting": lambda: measures.starting(made),
        "paths": lambda: measures.paths(network(Shape(processes=4000))),
        "batches": measures.batches,
        "reading": lambda: measures.reading(TIANGONG) if TIANGONG.exists() else (),
        "scale": lambda: measures.scale((1_000, 12_000, 50_000, 200_000, 1_000_000)),
        "bandwidth": lambda: measures.bandwidth(1_000_000),
    }
    rows = []
    for name in said.parts or parts:
        for row in parts[name]():
            rows.append(row.row())
            print(rows[-1], flush=True)
    if said.write:
        _write(rows, len(made), len(made.edges))


def _write(rows: list[str], processes: int, links: int) -> None:
    machine = f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}"
    told = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "scipy", "bw2calc"))
    table = "\n".join(
        [
            "<!-- table -->",
            f"{machine}; {told}; 对方的直接求解器 solver of the peer: {peers.installed()}",
            f"{processes:,} 个过程 processes, {links:,} 条关系 links\n",
            HEAD,
            "|---|---|---|---|---|---|",
            *rows,
            "<!-- end -->",
        ]
    )
    page = PAGE.read_text("utf-8")
    PAGE.write_text(re.sub(r"<!-- table -->.*?<!-- end -->", lambda _: table, page, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
