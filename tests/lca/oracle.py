"""bw2calc as an independent engine: the same study as technosphere and biosphere matrices.

Matrices are written here from the study itself, with output amounts on the diagonal and allocation by
its own arithmetic, so that nothing of the tested engine takes part.
"""

import warnings

import bw_processing
import numpy as np

from zuji.model.lines import LineKind
from zuji.model.studies import AllocationMethod, Study, UnitProcess

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it recommends faster solvers when imported
    import bw2calc

_EMISSION = 10_000


def score(study: Study, intensities: dict[str, float]) -> float:
    """The total of a study whose units agree; `intensities` per unit by factor id."""
    products = [(process, i) for process in study.processes for i in range(len(process.outputs))]
    number = {(process.id, process.outputs[i].product): n + 1 for n, (process, i) in enumerate(products)}
    technosphere: dict[tuple[int, int], float] = {}
    emissions: dict[int, float] = {}
    for process, i in products:
        column = number[process.id, process.outputs[i].product]
        technosphere[column, column] = process.outputs[i].quantity.amount
        for line in process.lines:
            share = _share(process, i, line.allocate_to)
            if line.kind is LineKind.SUB_ASSEMBLY:
                wanted = line.detail.product or _only(study, line.detail.process)
                row = number[line.detail.process, wanted]
                technosphere[row, column] = (
                    technosphere.get((row, column), 0.0) - share * line.quantity.amount
                )
            else:
                emitted = share * line.quantity.amount * intensities[line.factor]
                emissions[column] = emissions.get(column, 0.0) + emitted
        emissions[column] = emissions.get(column, 0.0) + _substituted(process, i, intensities)
    demand = study.unit.quantity.amount
    return _solve(technosphere, emissions, demand)


def _only(study: Study, process_id: str) -> str:
    return next(process for process in study.processes if process.id == process_id).outputs[0].product


def _share(process: UnitProcess, i: int, allocate_to: str) -> float:
    if allocate_to:
        return 1.0 if process.outputs[i].product == allocate_to else 0.0
    if process.allocation in (AllocationMethod.SUBSTITUTION, AllocationMethod.NONE):
        return 1.0 if i == 0 else 0.0
    weights = [o.quantity.amount * (o.property_value or 0.0) for o in process.outputs]
    return weights[i] / sum(weights)


def _substituted(process: UnitProcess, i: int, intensities: dict[str, float]) -> float:
    if process.allocation is not AllocationMethod.SUBSTITUTION:
        return 0.0
    avoided = [o.quantity.amount * intensities[o.avoided_factor] for o in process.outputs[1:]]
    return -sum(avoided) if i == 0 else avoided[i - 1]


def _solve(technosphere: dict[tuple[int, int], float], emissions: dict[int, float], demand: float) -> float:
    package = bw_processing.create_datapackage()
    cells = [(cell, value) for cell, value in technosphere.items() if value]
    _add(package, "technosphere_matrix", [c for c, _ in cells], [v for _, v in cells])
    columns = list(emissions)
    _add(
        package,
        "biosphere_matrix",
        [(_EMISSION, column) for column in columns],
        [emissions[column] for column in columns],
    )
    _add(package, "characterization_matrix", [(_EMISSION, _EMISSION)], [1.0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lca = bw2calc.LCA({1: demand}, data_objs=[package])
        lca.lci()
        lca.lcia()
    return float(lca.score)


def _add(package, matrix: str, cells, values) -> None:
    package.add_persistent_vector(
        matrix=matrix,
        name=matrix,
        indices_array=np.array(cells, dtype=bw_processing.INDICES_DTYPE),
        data_array=np.array(values, dtype=float),
    )
