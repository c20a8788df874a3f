"""How fast a large study recalculates, beside bw2calc on the same system in the same run.

A study of 500 lines in 20 processes, with internal loops and a log-normal uncertainty on every line.

    python benchmarks/studies.py

Both engines do, in turn, the median of several rounds:

one edit      ours: one line is resolved again, the system solved, and the whole footprint assembled
              (stages, gases, suppliers, 500 line results, notices). bw2calc: the least it can do, the
              changed value is put into the standing matrix, inventory and score are solved again.
total only    ours: the same edit without assembling the footprint; this is what bw2calc returns.
first time    ours: `prepare` and `footprint` from the study. bw2calc: data package, LCA object,
              `lci`, `lcia`.
simulation    1,000 runs. Ours: `simulate`. bw2calc: `LCA(use_distributions=True)`, `next` and the score.

bw2calc builds its matrices and returns one score; it does not convert units, characterise
combustion or assemble contributions. Both use one thread.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version

import bw_processing
import numpy as np

from zuji.errors import UnknownFactor, problem
from zuji.lca import footprint, prepare
from zuji.lca.footprints import total_of
from zuji.lca.montecarlo import simulate
from zuji.model.factors import Confidence, Factor, FactorKind, Source
from zuji.model.gwp import GwpSet
from zuji.model.lines import Line, LineKind, SubAssemblyDetail
from zuji.model.quantities import Distribution, Quantity, Uncertainty
from zuji.model.stages import Stage
from zuji.model.studies import (
    BoundaryKind,
    Output,
    Period,
    Product,
    ReferenceUnit,
    Study,
    SystemBoundary,
    UnitKind,
    UnitProcess,
)
from zuji.text import Text

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it recommends faster solvers when imported
    import bw2calc

PROCESSES, LINES, FACTORS, RUNS, ROUNDS = 20, 500, 60, 1000, 7
GSD = 1.2
SPREAD = Uncertainty(distribution=Distribution.LOGNORMAL, spread=GSD)
GWP = GwpSet(
    id="AR6",
    version="bench",
    name=Text("AR6"),
    values={"CO2": 1.0},
    fossil_ch4=29.8,
    biogenic_ch4=27.0,
    source="IPCC AR6",
)


class Library:
    """Invented factors; only their number matters here."""

    def __init__(self) -> None:
        self._factors = {f"f{i}": _factor(i) for i in range(FACTORS)}

    def get(self, factor_id: str, version: str = "") -> Factor:
        if version not in ("", "1") or factor_id not in self._factors:
            raise UnknownFactor(problem("x", factor_id, factor_id, cure_zh="", cure_en=""))
        return self._factors[factor_id]

    def __contains__(self, factor_id: object) -> bool:
        return factor_id in self._factors

    def __iter__(self) -> Iterator[Factor]:
        return iter(self._factors.values())

    def __len__(self) -> int:
        return len(self._factors)


def _factor(i: int) -> Factor:
    value = 0.1 + 0.37 * (i % 17)
    return Factor(
        id=f"f{i}",
        version="1",
        kind=FactorKind.PRODUCT_FOOTPRINT,
        name=Text(f"f{i}"),
        value=value,
        unit="kgCO2e/kg",
        per="kg",
        totals=(value, 0.0, 0.0, 0.0, 0.0),
        source=Source(title="benchmark"),
        confidence=Confidence.HIGH,
    )


def make_study() -> Study:
    """Each process consumes the next one, and every fourth feeds back into an earlier one."""
    stream = np.random.default_rng(11)
    processes = []
    count = 0
    for i in range(PROCESSES):
        lines = []
        for target, amount in _suppliers(i):
            detail = SubAssemblyDetail(process=f"p{target}")
            lines.append(_line(count, LineKind.SUB_ASSEMBLY, amount, detail=detail))
            count += 1
        while len(lines) < LINES // PROCESSES:
            amount = float(stream.uniform(0.01, 5))
            lines.append(_line(count, LineKind.MATERIAL, amount, factor=f"f{stream.integers(FACTORS)}"))
            count += 1
        outputs = (Output(product=f"p{i}", quantity=Quantity(1.0, "kg")),)
        processes.append(UnitProcess(id=f"p{i}", name=f"p{i}", outputs=outputs, lines=tuple(lines)))
    return Study(
        id="benchmark",
        product=Product(name="benchmark"),
        unit=ReferenceUnit(kind=UnitKind.DECLARED, quantity=Quantity(1.0, "kg")),
        boundary=SystemBoundary(kind=BoundaryKind.CRADLE_TO_GATE, stages=tuple(Stage)),
        period=Period(start="2024-01-01", end="2024-12-31"),
        geography="CN",
        processes=tuple(processes),
    )


def _suppliers(i: int) -> list[tuple[int, float]]:
    suppliers = [(i + 1, 0.6)] if i + 1 < PROCESSES else []
    if i % 4 == 3:
        suppliers.append((i - 2, 0.05))
    return suppliers


def _line(
    number: int, kind: LineKind, amount: float, *, factor: str = "", detail: SubAssemblyDetail | None = None
) -> Line:
    return Line(
        id=f"l{number}",
        stage=tuple(Stage)[number % 5],
        kind=kind,
        item=f"item {number}",
        quantity=Quantity(amount, "kg"),
        uncertainty=SPREAD,
        factor=factor,
        detail=detail,
    )


class Package:
    """The same study as a bw2calc data package: products 1…20, one elementary flow per line."""

    def __init__(self, study: Study, library: Library) -> None:
        rows: list[tuple[int, int, float, bool, int]] = []
        flows: list[tuple[int, int, float]] = []
        self.weights: list[float] = []
        for i, process in enumerate(study.processes):
            rows.append((i + 1, i + 1, 1.0, False, 0))
            for line in process.lines:
                if isinstance(line.detail, SubAssemblyDetail):
                    row = int(line.detail.process.removeprefix("p")) + 1
                    rows.append((row, i + 1, line.quantity.amount, True, 2))
                else:
                    flows.append((1000 + len(flows), i + 1, line.quantity.amount))
                    self.weights.append(library.get(line.factor).total)
        self.rows, self.flows = rows, flows

    def build(self) -> object:
        package = bw_processing.create_datapackage()
        technosphere = np.array([(r, c) for r, c, *_ in self.rows], dtype=bw_processing.INDICES_DTYPE)
        values = np.array([value for _, _, value, _, _ in self.rows])
        package.add_persistent_vector(
            matrix="technosphere_matrix",
            name="technosphere",
            indices_array=technosphere,
            data_array=values,
            flip_array=np.array([flip for *_, flip, _ in self.rows]),
            distributions_array=_distributions(values, [kind for *_, kind in self.rows]),
        )
        emitted = np.array([value for *_, value in self.flows])
        package.add_persistent_vector(
            matrix="biosphere_matrix",
            name="biosphere",
            indices_array=np.array([(r, c) for r, c, _ in self.flows], dtype=bw_processing.INDICES_DTYPE),
            data_array=emitted,
            distributions_array=_distributions(emitted, [2] * len(emitted)),
        )
        package.add_persistent_vector(
            matrix="characterization_matrix",
            name="characterization",
            indices_array=np.array([(r, r) for r, *_ in self.flows], dtype=bw_processing.INDICES_DTYPE),
            data_array=np.array(self.weights),
        )
        return package

    def solved(self, package: object, *, distributions: bool = False) -> "bw2calc.LCA":
        lca = bw2calc.LCA({1: 1.0}, data_objs=[package], use_distributions=distributions, seed_override=1)
        lca.lci()
        lca.lcia()
        return lca


def _distributions(values: np.ndarray, kinds: list[int]) -> np.ndarray:
    """bw_processing's record for each value: 2 is log-normal by logarithms, 0 unknown (certain)."""
    table = np.zeros(len(values), dtype=bw_processing.UNCERTAINTY_DTYPE)
    table["uncertainty_type"] = kinds
    for name in ("scale", "shape", "minimum", "maximum"):
        table[name] = np.nan
    lognormal = table["uncertainty_type"] == 2
    table["loc"] = np.where(lognormal, np.log(values), values)
    table["scale"][lognormal] = np.log(GSD)
    return table


def median_of(rounds: int, *tasks: Callable[[], object]) -> list[float]:
    """Median seconds of each task; the tasks take turns, so that a busy moment touches all alike."""
    seconds: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for task, found in zip(tasks, seconds, strict=True):
            start = time.perf_counter()
            task()
            found.append(time.perf_counter() - start)
    return [statistics.median(found) for found in seconds]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of which the median is taken")
    rounds = max(5, parser.parse_args().rounds)
    warnings.simplefilter("ignore")
    library, study = Library(), make_study()
    system = prepare(study, library, GWP)
    peer = Package(study, library)
    package = peer.build()
    lca = peer.solved(package)
    ours = footprint(system).total
    print(f"{len(study.lines)} lines, {len(study.processes)} processes; bw2calc {version('bw2calc')}")
    print(f"same system: zuji {ours:.12g}, bw2calc {lca.score:.12g} kgCO2e")
    if abs(ours - lca.score) > 1e-9 * abs(ours):
        raise SystemExit("the two engines disagree")
    edits = iter(range(10**9))
    edited = next(line for line in study.lines if line.kind is LineKind.MATERIAL)

    def change() -> Line:
        return replace(edited, quantity=Quantity(1.0 + next(edits) * 1e-3, "kg"))

    def their_edit() -> float:
        lca.biosphere_matrix.data[0] = 1.0 + next(edits) * 1e-3
        lca.lci_calculation()
        lca.lcia_calculation()
        return float(lca.score)

    edit, edit_total, their_edit_s = median_of(
        rounds * 5,
        lambda: footprint(system.replacing([change()])),
        lambda: total_of(system.replacing([change()])),
        their_edit,
    )
    first, their_first = median_of(
        rounds,
        lambda: footprint(prepare(study, library, GWP)),
        lambda: peer.solved(peer.build()),
    )
    results: dict[str, np.ndarray] = {}
    simulated, their_simulated = median_of(
        max(5, rounds // 2),
        lambda: results.update(ours=simulate(system, RUNS, 1).totals),
        lambda: results.update(theirs=_their_runs(peer, package)),
    )
    print(f"{'':32}{'zuji':>12}{'bw2calc':>12}{'ratio':>9}")
    _row("one edit, whole footprint, ms", 1e3 * edit, 1e3 * their_edit_s)
    _row("one edit, total only, ms", 1e3 * edit_total, 1e3 * their_edit_s)
    _row("first time, ms", 1e3 * first, 1e3 * their_first)
    _row(f"{RUNS} runs, s", simulated, their_simulated)
    print("medians of the totals: " + ", ".join(f"{k} {np.median(v):.5g}" for k, v in results.items()))


def _their_runs(peer: Package, package: object) -> np.ndarray:
    lca = peer.solved(package, distributions=True)
    scores = []
    for _ in range(RUNS):
        next(lca)
        scores.append(lca.score)
    return np.array(scores)


def _row(name: str, ours: float, theirs: float) -> None:
    print(f"{name:32}{ours:12.3f}{theirs:12.3f}{theirs / ours:8.1f}x")


if __name__ == "__main__":
    main()
