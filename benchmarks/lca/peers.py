"""bw2calc on the same database: the same numbers as data packages, every solver that is installed."""

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.lca.confined import Confined, Limits, installed
from benchmarks.lca.generator import Shape, network
from zuji.lca.network import characterising
from zuji.lca.network.arrays import Network

PRODUCT = 5  # the one that is compared
FLOW = 10_000_000  # elementary flows are numbered from here
SOLVERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "PARDISO": ("pypardiso", ()),
    "UMFPACK": ("scikits.umfpack", ("pypardiso",)),
    "SuperLU": ("scipy", ("pypardiso", "scikits.umfpack")),
}
"""Direct solvers of bw2calc: the module that brings each, and those that must be hidden to have it used."""
COLD = """
import sys, warnings
warnings.simplefilter("ignore")
for name in {hidden!r}:
    sys.modules[name] = None
import bw2calc, bw_processing as bwp
from fsspec.implementations.dirfs import DirFileSystem
from fsspec.implementations.local import LocalFileSystem
packages = [
    bwp.load_datapackage(DirFileSystem(path={folder!r} + "/" + name, fs=LocalFileSystem()))
    for name in ("database", "method0")
]
lca = bw2calc.LCA({{{product}: 1.0}}, data_objs=packages)
lca.lci()
lca.lcia()
print(lca.score)
"""
"""What a new process does to have bw2calc's first score from packages on disk."""

Make = Callable[..., Callable[[], Any]]


@dataclass(frozen=True)
class Configuration:
    """One way of using bw2calc: a class with its direct solver, and what makes the work."""

    name: str
    solver: str
    make: Make
    arguments: tuple[Any, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.name}, {self.solver}" if self.solver else self.name

    @property
    def hidden(self) -> tuple[str, ...]:
        """Modules to hide so that this solver is used; without one, the best that is installed is."""
        return SOLVERS[self.solver][1] if self.solver else ()


def name_library() -> None:
    """Tells pypardiso where MKL is, by its own setting, for processes that are started from now on.

    Otherwise it searches the whole environment for every new LCA object, half a second each time.
    """
    for path in sorted((Path(sys.prefix) / "lib").glob("libmkl_rt.so*")):
        os.environ.setdefault("PYPARDISO_MKL_RT", str(path))


def solvers() -> list[str]:
    """The direct solvers that are installed here, the usual one first."""
    return [name for name, (module, _) in SOLVERS.items() if installed(module)]


@contextmanager
def running(
    configurations: list[Configuration], *arguments: object, limits: Limits | None = None
) -> Iterator[dict[str, Confined]]:
    """Every configuration in its own process, built with `arguments` and its own; by label."""
    with ExitStack() as stack:
        yield {
            one.label: stack.enter_context(Confined(limits or Limits(), one.hidden)).build(
                one.make, *arguments, *one.arguments
            )
            for one in configurations
        }


def one_product() -> list[Configuration]:
    """From packages in memory to the score of one product."""
    direct = [Configuration("LCA", name, score, ("LCA",)) for name in solvers()]
    return [*direct, Configuration("JacobiGMRESLCA", "", score, ("JacobiGMRESLCA",))]


def adjoint() -> list[Configuration]:
    """Every product at once; bw2calc refuses it with SuperLU."""
    return [
        Configuration("FastScoresOnlyMultiLCA adjoint", name, all_products)
        for name in solvers()
        if name != "SuperLU"
    ]


def iterations() -> list[Configuration]:
    """Monte Carlo iterations."""
    return [Configuration("IterativeLCA", name, draws) for name in solvers()]


def traversals() -> list[Configuration]:
    """Upstream paths."""
    return [Configuration("bw_graph_tools", name, traversal) for name in solvers()]


def written(made: Network, folder: Path, *, uncertain: bool = False, categories: int | None = None) -> Path:
    """The data packages of a network in a new folder; `uncertain` adds the spreads of the technosphere."""
    n = len(made)
    edges = made.edges
    number = np.arange(n)
    rows = np.concatenate([number, edges.provider])
    columns = np.concatenate([number, edges.consumer()])
    data = np.concatenate([made.processes.production, edges.amount])
    database = _package(folder / "database")
    database.add_persistent_vector(
        matrix="technosphere_matrix",
        indices_array=_indices(rows, columns),
        data_array=data,
        flip_array=np.concatenate([np.zeros(n, bool), np.ones(len(edges), bool)]),
        **({"distributions_array": _distributions(made, data)} if uncertain else {}),
    )
    moved = made.interventions
    owner = np.repeat(number, np.diff(moved.start))
    database.add_persistent_vector(
        matrix="biosphere_matrix",
        indices_array=_indices(moved.flow + FLOW, owner),
        data_array=np.asarray(moved.amount),
    )
    database.finalize_serialization()
    factors = made.factors
    for category in range(factors.categories if categories is None else categories):
        mine = np.flatnonzero(factors.category == category)
        listed = _package(folder / f"method{category}")
        listed.add_persistent_vector(
            matrix="characterization_matrix",
            indices_array=_indices(factors.flow[mine] + FLOW, factors.flow[mine] + FLOW),
            data_array=factors.value[mine],
            global_index=None,
            identifier=["made", str(category)],
        )
        listed.finalize_serialization()
    return folder


def score(folder: Path, product: int, kind: str) -> Callable[[], float]:
    """A new LCA object, matrices, factorisation or iteration, inventory and score of one product."""
    bc = _bw2calc()
    packages = _packages(folder)[:2]

    def run() -> float:
        lca = getattr(bc, kind)({product: 1.0}, data_objs=packages)
        lca.lci()
        lca.lcia()
        return float(lca.score)

    return run


def all_products(folder: Path, product: int) -> Callable[[], float]:
    """bw2calc's own adjoint: every product for all categories; returns one product's first score."""
    bc = _bw2calc()
    packages = _packages(folder)
    methods = [("made", str(i)) for i in range(len(packages) - 1)]

    def run() -> float:
        lca = bc.FastScoresOnlyMultiLCA(
            demands={"one": {product: 1.0}},
            method_config={"impact_categories": methods},
            data_objs=packages,
            direction="adjoint",
        )
        next(lca)
        return float(lca.scores[0, 0])

    return run


def draws(folder: Path, product: int) -> Callable[[], float]:
    """One Monte Carlo iteration of a standing object: new technosphere, one product, one score."""
    made = _bw2calc().IterativeLCA(
        {product: 1.0},
        data_objs=_packages(folder)[:2],
        use_distributions=True,
        selective_use={
            "biosphere_matrix": {"use_distributions": False},
            "characterization_matrix": {"use_distributions": False},
        },
    )
    made.lci()
    made.lcia()

    def run() -> float:
        next(made)
        return float(made.score)

    return run


def traversal(processes: int, product: int, nodes: int) -> Callable[[], float]:
    """bw_graph_tools on a standing factorisation: `nodes` of the upstream tree; returns how many it found."""
    from tests.lca.network.paths.traversal import assessed, traversed

    made = network(Shape(processes=processes))
    direct = np.ascontiguousarray(characterising.weights(made, [0])[:, 0])
    lca = assessed(made, direct, {product: 1.0})
    return lambda: float(len(traversed(lca, nodes, 1e-9)))


def _bw2calc() -> Any:
    warnings.simplefilter("ignore")  # it recommends faster solvers when imported
    import bw2calc

    return bw2calc


def _packages(folder: Path) -> list[Any]:
    """The database and its methods, read into memory."""
    import bw_processing as bwp

    methods = sorted(folder.glob("method*"), key=lambda path: int(path.name[6:]))
    return [bwp.load_datapackage(_files(path)) for path in (folder / "database", *methods)]


def _package(folder: Path) -> Any:
    import bw_processing as bwp

    folder.mkdir(parents=True)
    return bwp.create_datapackage(fs=_files(folder))


def _files(folder: Path) -> Any:
    from fsspec.implementations.dirfs import DirFileSystem
    from fsspec.implementations.local import LocalFileSystem

    return DirFileSystem(path=str(folder), fs=LocalFileSystem())


def _indices(rows: NDArray[Any], columns: NDArray[Any]) -> NDArray[Any]:
    import bw_processing as bwp

    found = np.empty(len(rows), dtype=bwp.INDICES_DTYPE)
    found["row"], found["col"] = rows, columns
    return found


def _distributions(made: Network, data: NDArray[Any]) -> NDArray[Any]:
    """stats_arrays' lognormal is id 2 with loc = ln(median); production has none (id 0)."""
    import bw_processing as bwp

    spreads = made.edge_spreads
    found = np.zeros(len(data), dtype=bwp.UNCERTAINTY_DTYPE)
    found["loc"] = data
    found["minimum"] = found["maximum"] = np.nan
    at = len(made) + spreads.entry
    found["uncertainty_type"][at] = 2
    found["loc"][at] = np.log(spreads.centre)
    found["scale"][at] = spreads.scale
    return found
