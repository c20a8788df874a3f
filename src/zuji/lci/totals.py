"""The five totals of a product footprint as categories of any database, whatever method it came with."""

from dataclasses import replace

import numpy as np

from zuji import units
from zuji.errors import ZujiError
from zuji.lca.network.arrays import Factors, Network, Strings
from zuji.lci import aloft
from zuji.lci.gases import GasFlow, Kind, gas_of
from zuji.model.gwp import GwpSet

METHOD = "GWP100 AR6"
_NAMES = {
    Kind.FOSSIL: ("化石温室气体排放", "Fossil greenhouse gas emissions"),
    Kind.BIOGENIC_EMISSIONS: ("生物源温室气体排放", "Biogenic greenhouse gas emissions"),
    Kind.BIOGENIC_REMOVALS: ("生物源温室气体清除", "Biogenic greenhouse gas removals"),
    Kind.LAND_USE: ("直接土地利用变化", "Direct land use change"),
    Kind.AIRCRAFT: ("航空排放", "Aircraft emissions"),
}


def with_totals(network: Network, gwp: GwpSet | None = None) -> Network:
    """The network with five more categories of the method "GWP100 AR6", kgCO2e (ISO 14067:2018, 6.4.9).

    `gwp` defaults to the shipped AR6 set. Flows are recognised by `zuji.lci.gases`, aircraft by
    `zuji.lci.aloft`; what is not recognised is found with `characterising.coverage`.
    """
    if gwp is None:
        from zuji.formats import reference

        gwp = reference.load().gwp["AR6"]
    network = aloft.divided(network)
    flown = aloft.flown(network).tolist()
    kinds = list(Kind)
    category, flow, value = [], [], []
    table = network.flows
    rows = zip(table.name_en, table.name, table.cas, table.compartment, table.unit, table.inward, strict=True)
    for row, (english, name, number, compartment, unit, inward) in enumerate(rows):
        found = gas_of(english, name, number, compartment, inward=bool(inward), flown=flown[row])
        kilograms = _kilograms(unit)
        if found is None or kilograms is None:
            continue
        category.append(network.factors.categories + kinds.index(found.kind))
        flow.append(row)
        value.append(found.sign * _potential(gwp, found) * kilograms)
    return replace(network, factors=_extended(network.factors, kinds, gwp, category, flow, value))


def _extended(
    factors: Factors, kinds: list[Kind], gwp: GwpSet, category: list[int], flow: list[int], value: list[float]
) -> Factors:
    return Factors(
        method=Strings.of(
            [*factors.method, *[METHOD if gwp.id == "AR6" else f"GWP100 {gwp.id}"] * len(kinds)]
        ),
        name=Strings.of([*factors.name, *(_NAMES[kind][0] for kind in kinds)]),
        name_en=Strings.of([*factors.name_en, *(_NAMES[kind][1] for kind in kinds)]),
        id=Strings.of([*factors.id, *(f"gwp100-{gwp.id.lower()}-{kind}" for kind in kinds)]),
        unit=Strings.of([*factors.unit, *["kgCO2e"] * len(kinds)]),
        category=np.concatenate([factors.category, np.array(category, np.int32)]),
        flow=np.concatenate([factors.flow, np.array(flow, np.int32)]),
        location=Strings.of([*factors.location, *[""] * len(category)]),
        value=np.concatenate([factors.value, np.array(value, np.float64)]),
    )


def _potential(gwp: GwpSet, found: GasFlow) -> float:
    if found.gas == "CH4" and found.stated:
        fossil = found.kind in (Kind.FOSSIL, Kind.AIRCRAFT)
        return gwp.fossil_ch4 if fossil else gwp.biogenic_ch4
    return gwp.values.get(found.gas, 0.0)


def _kilograms(unit: str) -> float | None:
    try:
        return units.conversion(unit, "kg")
    except ZujiError:
        return None
