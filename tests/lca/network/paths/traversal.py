"""bw_graph_tools as an independent search: the same network as technosphere and biosphere matrices."""

import warnings
from typing import Any

import bw_processing
import numpy as np

from zuji.lca.network.arrays import Floats, Network

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it recommends faster solvers when imported, and imports old packages
    import bw2calc
    from bw_graph_tools.graph_traversal import GraphTraversalSettings, NewNodeEachVisitGraphTraversal


def assessed(network: Network, direct: Floats, demand: dict[int, float]) -> Any:
    """The score of `demand`; processes are called by index + 1, one flow carries `direct` per unit."""
    n = len(network)
    production = network.processes.production
    package = bw_processing.create_datapackage()
    edges = network.edges
    cells = np.column_stack(
        [
            np.concatenate([edges.provider, np.arange(n)]),
            np.concatenate([edges.consumer(), np.arange(n)]),
        ]
    )
    values = np.concatenate([edges.amount, production])
    flip = np.concatenate([np.ones(len(edges), bool), np.zeros(n, bool)])
    flow = n + 1
    _add(package, "technosphere_matrix", cells + 1, values, flip)
    emitted = np.column_stack([np.full(n, flow), np.arange(1, n + 1)])
    _add(package, "biosphere_matrix", emitted, direct * production)
    _add(package, "characterization_matrix", np.array([[flow, flow]]), np.ones(1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lca = bw2calc.LCA({process + 1: amount for process, amount in demand.items()}, data_objs=[package])
        lca.lci(factorize=True)
        lca.lcia()
    return lca


def traversed(lca: Any, max_nodes: int, cutoff: float) -> Any:
    """The nodes found after about `max_nodes` calculations, the demand's own node left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of its budget
        search = NewNodeEachVisitGraphTraversal(
            lca,
            GraphTraversalSettings(cutoff=cutoff, max_calc=max_nodes, separate_biosphere_flows=False),
        )
        search.traverse()
    return [node for node in search.nodes.values() if node.unique_id != -1]


def _add(package: Any, matrix: str, cells: Any, values: Floats, flip: Any = None) -> None:
    indices = np.empty(len(cells), bw_processing.INDICES_DTYPE)
    indices["row"], indices["col"] = cells[:, 0], cells[:, 1]
    package.add_persistent_vector(
        matrix=matrix, name=matrix, indices_array=indices, data_array=np.asarray(values), flip_array=flip
    )
