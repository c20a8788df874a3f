"""Contributions as tables: by process, flow, direct input, place or category."""

from typing import TYPE_CHECKING, Any

import numpy as np

from zuji.errors import InvalidInput, problem
from zuji.lca.network import characterising, solving
from zuji.lca.network.paths import (
    by_flow,
    by_group,
    by_intervention,
    by_process,
    first_tier,
    ranked,
)
from zuji.lci.tables import Table
from zuji.text import Text

if TYPE_CHECKING:
    from zuji.lca.network.arrays import Floats, Network, Strings
    from zuji.lca.network.paths import UpstreamTree
    from zuji.lci.database import Database
    from zuji.lci.results import OneCategory

OWN, REST = "(自身 own)", "(其余 rest)"
_NAMED = ("name", "flow", "place", "category")


def contributions(
    database: "Database",
    process: int,
    method: str,
    *,
    by: str,
    amount: float,
    limit: int,
    language: str = "zh",
) -> Table:
    """See `Database.contributions`. The values of all rows sum to the footprint (1e-9 relative, tested)."""
    from zuji.lci.database import WAYS

    if by not in WAYS:
        raise InvalidInput(
            problem(
                "contributions.by",
                f"不能按“{by}”拆分",
                f"cannot split by “{by}”",
                cure_zh=f"可以按 {'、'.join(WAYS)}",
                cure_en=f"split by {', '.join(WAYS)}",
            )
        )
    one = database.one(method)
    if not np.isfinite(one.total[process]):
        raise database.unsolved(process)
    if by == "input":
        return _inputs(database, one, process, amount, limit, language)
    supply = solving.supply(database.prepared, {process: amount}).values
    # what is not needed may have no number of its own
    direct = np.where(supply == 0.0, 0.0, one.direct)
    if by == "flow":
        return _flows(database, one, supply, limit, language)
    values = by_process(supply, direct)
    own = database.network.processes
    if by in ("place", "category"):
        groups = by_group(values, list(own.location if by == "place" else own.category))
        shown = {by: list(groups.label[:limit]), "value": groups.value[:limit].tolist()}
        return _finished(shown, groups.total, float(groups.value[limit:].sum()))
    ranking = ranked(values, limit)
    rows: dict[str, list[Any]] = {
        "process": ranking.index.tolist(),
        "name": _named(own.name, own.name_en, ranking.index.tolist(), language),
        "location": [own.location[index] for index in ranking.index.tolist()],
        "value": ranking.value.tolist(),
    }
    return _finished(rows, ranking.total, ranking.rest)


def path_table(network: "Network", tree: "UpstreamTree", language: str = "zh") -> Table:
    """See `Database.path_table`. `upstream` is all that a row carries, `direct` its own part of it."""
    own, listed = network.processes, tree.process.tolist()
    share = tree.upstream / tree.total if tree.total else np.zeros_like(tree.upstream)
    return Table(
        {
            "depth": tree.depth,
            "process": tree.process,
            "name": _named(own.name, own.name_en, listed, language),
            "location": [own.location[index] for index in listed],
            "amount": tree.amount,
            "unit": [own.unit[index] for index in listed],
            "upstream": tree.upstream,
            "direct": tree.direct,
            "share": share,
        }
    )


def _inputs(
    database: "Database", one: "OneCategory", process: int, amount: float, limit: int, language: str
) -> Table:
    tier = first_tier(database.prepared, one.total, one.direct, process, amount)
    own = database.network.processes
    shown = tier.provider[:limit].tolist()
    rows: dict[str, list[Any]] = {
        "process": [process, *shown],
        "name": [OWN, *_named(own.name, own.name_en, shown, language)],
        "location": [own.location[process], *(own.location[index] for index in shown)],
        "amount": [amount, *tier.amount[:limit].tolist()],
        "unit": [own.unit[process], *(own.unit[index] for index in shown)],
        "value": [tier.own, *tier.value[:limit].tolist()],
    }
    return _finished(rows, tier.total, float(tier.value[limit:].sum()))


def _flows(database: "Database", one: "OneCategory", supply: "Floats", limit: int, language: str) -> Table:
    network = database.network
    factors = characterising.factor_values(network, one.category)
    runs = np.where(supply == 0.0, 0.0, supply)
    usable = np.isfinite(network.processes.production)
    caused = by_intervention(network, np.where(usable, runs, 0.0), factors * network.interventions.amount)
    values = by_flow(network, np.nan_to_num(caused))
    ranking = ranked(values, limit)
    flows = network.flows
    rows: dict[str, list[Any]] = {
        "flow": _named(flows.name, flows.name_en, ranking.index.tolist(), language),
        "compartment": [flows.compartment[index] for index in ranking.index.tolist()],
        "value": ranking.value.tolist(),
    }
    return _finished(rows, ranking.total, ranking.rest)


def _named(zh: "Strings", en: "Strings", indices: list[int], language: str) -> list[str]:
    return [Text(zh[index], en[index]).in_language(language) for index in indices]


def _finished(rows: dict[str, list[Any]], total: float, rest: float) -> Table:
    """The rows with the rest as the last one, so that they sum to the total, and each row's share."""
    for name, column in rows.items():
        column.append(rest if name == "value" else REST if name in _NAMED else _blank(column))
    values = np.array(rows["value"])
    share = values / total if total else np.zeros_like(values)
    return Table({**rows, "value": values, "share": share})


def _blank(column: list[Any]) -> Any:
    return None if column and isinstance(column[0], int | float) else ""
