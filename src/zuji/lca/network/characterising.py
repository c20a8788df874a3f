"""From elementary flows to indicators: direct intensity of every process, and what no factor covers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zuji.errors import InvalidInput, Problem, problem
from zuji.lca.network.arrays import Factors, Floats, Ints, Longs, Network, Strings, Truths


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Which elementary flows a category counts.

    `covered`[f]: some factor applies to the row. `uncovered` lists the rows without one by how many exchanges
    carry them, most first; `exchanges` and `counted` are the numbers of exchanges in all and with a factor.
    `regional` of them used a factor for a place.
    """

    covered: Truths
    uncovered: Ints
    exchanges: int
    counted: int
    regional: int


def categories(network: Network, method: str = "", names: Sequence[str] = ()) -> list[int]:
    """Indices of the categories of a method (part of its name, any case), or those named or identified.

    A `method` that no method bears is looked for in the names of categories: the whole, then a part of it.
    Raises `InvalidInput` with what there is where nothing fits.
    """
    factors = network.factors
    rows = [
        tuple(text.casefold() for text in row)
        for row in zip(factors.method, factors.id, factors.name, factors.name_en, strict=True)
    ]
    asked, wanted = method.casefold(), {part.casefold() for part in names}
    among = [index for index, row in enumerate(rows) if not wanted or wanted & set(row[1:])]
    found = [index for index in among if asked in rows[index][0] or asked in rows[index][1:]]
    found = found or [index for index in among if any(asked in text for text in rows[index][2:])]
    if not found:
        raise InvalidInput(_absent(factors, method or ", ".join(names)))
    return found


def _absent(factors: Factors, asked: str) -> Problem:
    listed = [
        "；".join(
            dict.fromkeys(f"{own} {name}".strip() for own, name in zip(factors.method, each, strict=True))
        )
        for each in (factors.name, [en or zh for zh, en in zip(factors.name, factors.name_en, strict=True)])
    ]
    return problem(
        "network.method",
        f"数据库中没有评价方法或指标“{asked}”",
        f"the database has no method or category “{asked}”",
        cure_zh=f"可用的是：{listed[0] or '无，导入带评价方法的数据包'}",
        cure_en=f"there is: {listed[1].replace('；', '; ') or 'none; import a package that brings one'}",
    )


def weights(network: Network, chosen: Sequence[int]) -> Floats:
    """Direct intensity [n, k]: indicator units per unit of product that each process itself causes.

    Sum over its interventions of amount · factor / production (ISO 14044, characterisation). A factor for a
    place takes precedence over one for its country, and that over one without a place.
    """
    production = network.processes.production
    columns = [_direct(network, category)[0] for category in chosen]
    return np.stack(columns, axis=1) / production[:, None]


def coverage(network: Network, category: int) -> Coverage:
    """Which flows and exchanges the factors of a category cover."""
    _, used, regional = _direct(network, category)
    flow = network.interventions.flow
    covered = np.zeros(len(network.flows), np.bool_)
    covered[flow[used]] = True
    number = np.bincount(flow[~used], minlength=len(network.flows))
    listed = np.flatnonzero(number)
    ranked = listed[np.argsort(-number[listed], kind="stable")].astype(np.int32)
    return Coverage(covered, ranked, len(flow), int(used.sum()), int(regional))


def factor_values(network: Network, category: int) -> Floats:
    """The factor of each intervention in one category, indicator units per unit of flow; 0 where none is."""
    return _values(network, category)[0]


def _direct(network: Network, category: int) -> tuple[Floats, Truths, int]:
    """(indicator per run [n], which interventions have a factor, how many by place)."""
    values, used, regional = _values(network, category)
    moved = network.interventions
    owner = np.repeat(np.arange(len(network)), np.diff(moved.start))
    per_run = np.bincount(owner, values * moved.amount, len(network)).astype(np.float64, copy=False)
    return per_run, used, regional


def _values(network: Network, category: int) -> tuple[Floats, Truths, int]:
    factors = network.factors
    mine = np.flatnonzero(factors.category == category)
    placed = np.diff(factors.location.start)[mine] > 0
    general = mine[~placed]
    by_row = np.zeros(len(network.flows))
    known = np.zeros(len(network.flows), np.bool_)
    by_row[factors.flow[general]] = factors.value[general]
    known[factors.flow[general]] = True
    flow = network.interventions.flow
    values, used = by_row.take(flow), known.take(flow)
    regional = 0
    if placed.any():
        regional = _by_place(network, mine[placed], values, used)
    return values, used, regional


def _by_place(network: Network, placed: Longs, values: Floats, used: Truths) -> int:
    """Puts regional factors where they hold, in place; returns how many interventions have one."""
    factors, flows, moved = network.factors, network.flows, network.interventions
    table: dict[tuple[int, str], float] = {}
    for index in placed.tolist():
        table[int(factors.flow[index]), factors.location[index]] = float(factors.value[index])
    wanted = np.zeros(len(flows), np.bool_)
    wanted[factors.flow[placed]] = True
    entries = np.flatnonzero(wanted[moved.flow])
    owner = np.searchsorted(moved.start, entries, side="right") - 1
    number = 0
    for entry, process in zip(entries.tolist(), owner.tolist(), strict=True):
        row = int(moved.flow[entry])
        for place in nearer(flows.location[row] or network.processes.location[process]):
            value = table.get((row, place))
            if value is not None:
                values[entry] = value
                used[entry] = True
                number += 1
                break
    return number


def nearer(place: str) -> tuple[str, ...]:
    """A place and the wider ones that hold for it: CN-51 -> CN; SC-CN -> CN; SZ-JS-CN -> JS-CN -> CN."""
    if not place:
        return ()
    parts = place.split("-")
    if len(parts) == 1:
        return (place,)
    if len(parts[0]) == 2 and parts[1].isdigit():
        return place, parts[0]
    return tuple("-".join(parts[i:]) for i in range(len(parts)))


def labels(network: Network, chosen: Sequence[int], language: str = "zh") -> list[str]:
    """The names of categories for a table's head."""
    names: Strings = network.factors.name if language.startswith("zh") else network.factors.name_en
    return [names[index] or network.factors.id[index] for index in chosen]
