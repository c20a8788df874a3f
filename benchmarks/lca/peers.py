"""bw2calc on the same database: the same numbers as data packages, every solver that is installed."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bw_processing as bwp
import numpy as np
from fsspec.implementations.dirfs import DirFileSystem
from fsspec.implementations.local import LocalFileSystem

from zuji.lca.network.arrays import Network

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it recommends faster solvers when imported
    import bw2calc as bc

FLOW = 10_000_000  # elementary flows are numbered from here
COLD = """
import warnings
warnings.simplefilter("ignore")
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


@dataclass(frozen=True)
class Peer:
    """A database as bw2calc reads it: technosphere, biosphere, and one package a category."""

    database: bwp.Datapackage
    methods: list[bwp.Datapackage]
    name: str


def installed() -> str:
    """The direct solver that bw2calc uses here."""
    if bc.PYPARDISO:
        return "PARDISO"
    return "UMFPACK" if bc.UMFPACK else "SuperLU"


def peer(
    network: Network, *, uncertain: bool = False, categories: int | None = None, folder: Path | None = None
) -> Peer:
    """The data packages of a network; `uncertain` adds the spreads of the technosphere.

    With `folder` the packages are written there, and `COLD` reads them.
    """
    n = len(network)
    edges = network.edges
    made = _package(folder, "database")
    number = np.arange(n)
    rows = np.concatenate([number, edges.provider])
    columns = np.concatenate([number, edges.consumer()])
    data = np.concatenate([network.processes.production, edges.amount])
    more = {}
    if uncertain:
        more["distributions_array"] = _distributions(network, data)
    made.add_persistent_vector(
        matrix="technosphere_matrix",
        indices_array=_indices(rows, columns),
        data_array=data,
        flip_array=np.concatenate([np.zeros(n, bool), np.ones(len(edges), bool)]),
        **more,
    )
    moved = network.interventions
    owner = np.repeat(number, np.diff(moved.start))
    made.add_persistent_vector(
        matrix="biosphere_matrix",
        indices_array=_indices(moved.flow + FLOW, owner),
        data_array=np.asarray(moved.amount),
    )
    factors = network.factors
    methods = []
    for category in range(factors.categories if categories is None else categories):
        mine = np.flatnonzero(factors.category == category)
        listed = _package(folder, f"method{category}")
        listed.add_persistent_vector(
            matrix="characterization_matrix",
            indices_array=_indices(factors.flow[mine] + FLOW, factors.flow[mine] + FLOW),
            data_array=factors.value[mine],
            global_index=None,
            identifier=["made", str(category)],
        )
        methods.append(listed)
    if folder is not None:
        for one in (made, *methods):
            one.finalize_serialization()
    return Peer(made, methods, installed())


def _package(folder: Path | None, name: str) -> bwp.Datapackage:
    if folder is None:
        return bwp.create_datapackage()
    path = folder / name
    path.mkdir(parents=True)
    return bwp.create_datapackage(fs=DirFileSystem(path=str(path), fs=LocalFileSystem()))


def _indices(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    found = np.empty(len(rows), dtype=bwp.INDICES_DTYPE)
    found["row"], found["col"] = rows, columns
    return found


def _distributions(network: Network, data: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """stats_arrays' lognormal is id 2 with loc = ln(median); production has none (id 0)."""
    n = len(network)
    spreads = network.edge_spreads
    found = np.zeros(len(data), dtype=bwp.UNCERTAINTY_DTYPE)
    found["loc"] = data
    found["minimum"] = found["maximum"] = np.nan
    at = n + spreads.entry
    found["uncertainty_type"][at] = 2
    found["loc"][at] = np.log(spreads.centre)
    found["scale"][at] = spreads.scale
    return found


def cold_score(which: Peer, product: int, method: int = 0) -> Callable[[], float]:
    """A new LCA object, matrices, factorisation, inventory and score of one product."""

    def run() -> float:
        lca = bc.LCA({product: 1.0}, data_objs=[which.database, which.methods[method]])
        lca.lci()
        lca.lcia()
        return float(lca.score)

    return run


def all_products(which: Peer) -> Callable[[], object]:
    """bw2calc's own adjoint: every product for all categories."""

    def run() -> object:
        methods = [("made", str(i)) for i in range(len(which.methods))]
        lca = bc.FastScoresOnlyMultiLCA(
            demands={"one": {0: 1.0}},
            method_config={"impact_categories": methods},
            data_objs=[which.database, *which.methods],
            direction="adjoint",
        )
        next(lca)
        return lca

    return run


def draws(which: Peer, product: int, kind: str) -> Callable[[], float]:
    """One Monte Carlo iteration of a standing object: new technosphere, one product, one score."""
    made = {"LCA": bc.LCA, "IterativeLCA": bc.IterativeLCA}[kind](
        {product: 1.0},
        data_objs=[which.database, which.methods[0]],
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
