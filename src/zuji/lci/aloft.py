"""Emissions filed under the upper air, and which of them are an aircraft's.

ISO 14067:2018 reports aircraft emissions apart. A compartment alone does not make one: packages file field
emissions and chimneys under "lower stratosphere and upper troposphere". It counts as aircraft where the
process is air transport as well (`air_transport`); anything else aloft counts by its origin, like any other
emission to air. docs/databases.md states the rule.
"""

import re
from dataclasses import replace

import numpy as np

from zuji.lca.network.arrays import Factors, Flows, Ints, Longs, Network, Strings, Truths
from zuji.lca.network.health.findings import Finding, Severity, first, spot
from zuji.lci.gases import Kind, gas_of, is_aloft
from zuji.text import Text

_FUEL = re.compile(
    r"(aviation|jet|aircraft)[ -](turbine[ -])?(bio)?(fuel|kerosene|gasoline)"
    r"|航空(生物)?(燃油|燃料|煤油|汽油)|航煤",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"\bair transport|\bair ?(freight|cargo)\b|\b(transport(ation)?|freight|shipment) by air\b"
    r"|\b(transport|operation|combustion|burn(ed|t)|flight)[^;|/]*"
    r"\b(aircraft|air ?plane|aeroplane|helicopter|by air)\b"
    r"|\b(aircraft|air ?plane|aeroplane|helicopter)[^;|/]*\b(transport|operation|combustion|flight)"
    r"|\b(passenger|freight|cargo|long[- ]haul|short[- ]haul) flights?\b"
    r"|空运|航空(货物|旅客|客货)?运输|航空货运|航空客运|民航运输|(飞机|客机|货机|直升机)(运输|运行|飞行)",
    re.IGNORECASE,
)
_GROUND = re.compile(
    r"\b(production|manufactur\w*|construction|maintenance|disposal|airports?|auxiliary"
    r"|roads?|rail(way)?|trains?|trucks?|lorr(y|ies)|ships?|barges?|pipelines?|by sea)\b"
    r"|生产|制造|建造|建设|维修|处置|机场|公路|铁路|卡车|货车|船|水运|海运|管道",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"^([A-Z]?[\d.]+\s*:?\s*)?((passenger|freight|cargo) )?"
    r"(air transport(ation)?|air freight|airplanes?|aircraft|air|航空运输|空运|航空)$",
    re.IGNORECASE,
)
_TRANSPORT = re.compile(r"transport|运输", re.IGNORECASE)


def air_transport(names: str, category: str) -> bool:
    """Whether a process moves goods or people by aircraft, as its names or its classification say.

    `names` are all its names; `category` is its classification path, levels parted by " / ". The making of
    aircraft, airports and aviation fuel is not, nor is what names a road, a rail or a ship as well.
    """
    words = _FUEL.sub(" ", names)
    if _GROUND.search(words):
        return False
    levels = [level.strip() for level in category.split(" / ")]
    if any(_CLASS.match(level) for level in levels) and _TRANSPORT.search(category):
        return True
    return _MOVES.search(words) is not None


def divided(network: Network) -> Network:
    """The network in which no row of a greenhouse gas aloft is shared by aircraft and others.

    Where both emit one, the aircraft get a row of their own at the end, with the same factors. Nothing else
    changes: no amount, no order, no result of any category.
    """
    moved = network.interventions
    flying, owner = _flying(network), _owners(network)
    rows: Ints = moved.flow.copy()
    added: list[int] = []
    for row in np.flatnonzero(_gases_aloft(network)).tolist():
        entries = np.flatnonzero(moved.flow == row)
        theirs = entries[flying[owner[entries]]]
        if 0 < len(theirs) < len(entries):
            rows[theirs] = len(network.flows) + len(added)
            added.append(row)
    if not added:
        return network
    return replace(
        network,
        flows=_with_rows(network.flows, added),
        interventions=replace(moved, flow=rows),
        factors=_with_factors(network.factors, added, len(network.flows)),
    )


def flown(network: Network) -> Truths:
    """Of a `divided` network: which flow rows are greenhouse gases aloft that only aircraft emit, [f]."""
    moved = network.interventions
    used = np.bincount(moved.flow, minlength=len(network.flows))
    theirs = np.bincount(moved.flow[_flying(network)[_owners(network)]], minlength=len(network.flows))
    result: Truths = _gases_aloft(network) & (used > 0) & (used == theirs)
    return result


def aloft_findings(network: Network) -> list[Finding]:
    """What is filed under the upper air and how it was counted; nothing where nothing is."""
    flying, owner = _flying(network), _owners(network)
    entries: Longs = np.flatnonzero(_gases_aloft(network)[network.interventions.flow])
    if not len(entries):
        return []
    on_ground = entries[~flying[owner[entries]]]
    aircraft = len(entries) - len(on_ground)
    places = list(dict.fromkeys(owner[on_ground].tolist())) or list(dict.fromkeys(owner[entries].tolist()))
    return [
        Finding(
            "health.aloft",
            Severity.NOTE,
            Text(
                f"{len(entries)} 个温室气体排放归在平流层与对流层上部：{aircraft} 个属于航空运输，"
                f"计入航空排放；{len(on_ground)} 个不属于，按来源计入其他合计",
                f"{len(entries)} greenhouse gas emissions are filed under the stratosphere and upper "
                f"troposphere: {aircraft} of air transport count as aircraft emissions, {len(on_ground)} of "
                "other processes count by their origin",
            ),
            Text(
                "如果列出的过程确是航空运输，请在名称或分类中写明；否则请改正排放的去向",
                "where a listed process is air transport, its name or classification must say so; "
                "otherwise correct the compartment",
            ),
            len(entries),
            first([spot(network, process) for process in places]),
        )
    ]


def _owners(network: Network) -> Longs:
    return np.repeat(np.arange(len(network)), np.diff(network.interventions.start))


def _flying(network: Network) -> Truths:
    """Which processes are air transport, [n]; only those that emit a gas aloft are looked at."""
    result = np.zeros(len(network), np.bool_)
    asked = np.unique(_owners(network)[_gases_aloft(network)[network.interventions.flow]])
    own = network.processes
    for process in asked.tolist():
        names = (own.name, own.name_en, own.product_name, own.product_name_en)
        result[process] = air_transport("\n".join(each[process] for each in names), own.category[process])
    return result


def _gases_aloft(network: Network) -> Truths:
    """Rows whose kind depends on who emits them, [f]."""
    table = network.flows
    rows = zip(table.name_en, table.name, table.cas, table.compartment, table.inward.tolist(), strict=True)
    found = np.zeros(len(table), np.bool_)
    for row, (english, name, number, compartment, inward) in enumerate(rows):
        if is_aloft(compartment):
            gas = gas_of(english, name, number, compartment, inward=inward)
            found[row] = gas is not None and gas.kind is Kind.FOSSIL
    return found


def _with_rows(flows: Flows, added: list[int]) -> Flows:
    def longer(texts: Strings) -> Strings:
        return Strings.of([*texts, *(texts[row] for row in added)])

    return Flows(
        id=longer(flows.id),
        name=longer(flows.name),
        name_en=longer(flows.name_en),
        compartment=longer(flows.compartment),
        cas=longer(flows.cas),
        unit=longer(flows.unit),
        location=longer(flows.location),
        inward=np.concatenate([flows.inward, flows.inward[added]]),
    )


def _with_factors(factors: Factors, added: list[int], size: int) -> Factors:
    """Whatever characterises a row characterises the row parted from it."""
    entries = [
        (entry, size + at) for at, row in enumerate(added) for entry in np.flatnonzero(factors.flow == row)
    ]
    again = np.array([entry for entry, _ in entries], np.int64)
    return replace(
        factors,
        category=np.concatenate([factors.category, factors.category[again]]),
        flow=np.concatenate([factors.flow, np.array([row for _, row in entries], np.int32)]),
        location=Strings.of([*factors.location, *(factors.location[entry] for entry in again.tolist())]),
        value=np.concatenate([factors.value, factors.value[again]]),
    )
