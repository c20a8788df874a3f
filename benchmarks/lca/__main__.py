"""Runs the comparisons and prints them as tables.

    python -m benchmarks.lca                    everything
    python -m benchmarks.lca solving sampling   some of it
    python -m benchmarks.lca --write            both tables and the plot in docs/benchmarks.md

Every configuration of bw2calc that is installed runs in a process of its own, and a ratio is against the best
of them: `pip install -r requirements/bench.txt` brings PARDISO, SuperLU comes with SciPy. `OMP_NUM_THREADS`
decides about threads of the peers' linear algebra; our solves use as many threads as each row says.
"""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.lca import batches, measures, page, peers, plot, scale
from benchmarks.lca.confined import Limits
from benchmarks.lca.generator import Shape, network
from benchmarks.lca.timing import Row

TIANGONG = Path(__file__).parents[2].parent / "shared" / "data" / "lci" / "tiangong-ilcd.zip"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made = network(Shape())
    parts: dict[str, Callable[[], Iterable[Row]]] = {
        "correctness": lambda: measures.correctness(made),
        "solving": lambda: measures.solving(made),
        "changes": lambda: measures.changes(made),
        "sampling": lambda: measures.sampling(made),
        "starting": lambda: measures.starting(made),
        "paths": lambda: measures.paths(4_000),
        "batches": batches.batches,
        "reading": lambda: measures.reading(TIANGONG) if TIANGONG.exists() else (),
        "bandwidth": lambda: measures.bandwidth(1_000_000),
    }
    every = ["scale", *parts]
    asked.add_argument("parts", nargs="*", metavar="part", help=" ".join(every))
    asked.add_argument("--write", action="store_true", help="put what was measured into docs/benchmarks.md")
    asked.add_argument("--limit", type=float, default=Limits().seconds, help="seconds of one run in scale")
    asked.add_argument("--largest", type=int, default=scale.SIZES[-1], help="the largest database in scale")
    said = asked.parse_args()
    peers.name_library()
    wanted: list[str] = said.parts or every
    if unknown := set(wanted) - set(every):
        asked.error(f"no such part: {', '.join(sorted(unknown))}")
    if said.write and wanted not in (every, ["scale"]):
        asked.error("--write takes everything, or scale alone")
    if "scale" in wanted:
        _scale(Limits(seconds=said.limit), said.largest, write=said.write)
    rows = []
    for name in parts:
        for row in parts[name]() if name in wanted else ():
            rows.append(row.row())
            print(rows[-1], flush=True)
    if said.write and rows:
        size = f"{len(made):,} 个过程 processes, {len(made.edges):,} 条关系 links"
        page.write("table", page.HEAD, [size], rows)


def _scale(limits: Limits, largest: int, *, write: bool) -> None:
    points = []
    for point in scale.measured(tuple(size for size in scale.SIZES if size <= largest), limits):
        points.append(point)
        print(point.row(), flush=True)
    if write:
        said = f"每次运行的上限 limits of a run: {limits.in_words()}"
        page.write("scale", scale.HEAD, [said], [point.row() for point in points])
        page.PLOT.write_text(plot.drawn(points, limits), "utf-8")


if __name__ == "__main__":
    main()
