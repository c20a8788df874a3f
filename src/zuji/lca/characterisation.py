"""Gases to kgCO2e by 100-year global warming potentials, kept apart by total kind and by gas.

ISO 14067:2018, impact assessment and biogenic carbon; GB/T 24067-2024 follows it.
Methane uses the value of its origin (IPCC AR6 WG1, table 7.15).
"""

import math
from dataclasses import dataclass
from difflib import get_close_matches

from zuji.errors import InvalidInput, Place, Problem, problem
from zuji.model.factors import Factor
from zuji.model.gwp import GwpSet
from zuji.model.stages import TOTAL_KINDS, TotalKind

Totals = tuple[float, ...]

NO_TOTALS: Totals = (0.0,) * len(TOTAL_KINDS)
FOSSIL, BIOGENIC, REMOVALS, LAND_USE, AIRCRAFT = range(len(TOTAL_KINDS))
UNSPLIT = "CO2e"
# What a complete gas split may miss of the published total: the rounding of the source, and for gases other
# than CO2 the change of their potentials from one assessment report to the next.
_ROUNDED, _POTENTIALS = 0.02, 0.25


@dataclass(frozen=True, slots=True)
class Intensity:
    """kgCO2e per unit of something, in the order of `TOTAL_KINDS`, and the same by gas."""

    totals: Totals = NO_TOTALS
    gases: tuple[tuple[str, float], ...] = ()

    @property
    def total(self) -> float:
        return math.fsum(self.totals)

    def scaled(self, by: float) -> "Intensity":
        return Intensity(tuple(by * x for x in self.totals), tuple((gas, by * x) for gas, x in self.gases))

    def __add__(self, other: "Intensity") -> "Intensity":
        gases = dict(self.gases)
        for gas, amount in other.gases:
            gases[gas] = gases.get(gas, 0.0) + amount
        totals = tuple(a + b for a, b in zip(self.totals, other.totals, strict=True))
        return Intensity(totals, tuple(gases.items()))

    def flown(self) -> "Intensity":
        """The same with the fossil part moved to the aircraft total (ISO 14067:2018, aircraft emissions)."""
        totals = list(self.totals)
        totals[AIRCRAFT] += totals[FOSSIL]
        totals[FOSSIL] = 0.0
        return Intensity(tuple(totals), self.gases)


def unsplit(kind: TotalKind, value: float, gas: str = UNSPLIT) -> Intensity:
    """`value` kgCO2e under one total kind."""
    totals = tuple(value if each is kind else 0.0 for each in TOTAL_KINDS)
    return Intensity(totals, ((gas, value),) if value else ())


def warming_potential(gas: str, gwp: GwpSet, *, biogenic: bool = False, place: Place | None = None) -> float:
    """kgCO2e per kg of gas; raises `InvalidInput` naming similar gases where the set has none."""
    if gas == "CH4":
        return gwp.biogenic_ch4 if biogenic else gwp.fossil_ch4
    if gas in gwp.values:
        return gwp.values[gas]
    near = get_close_matches(gas.upper(), list(gwp.values), n=3, cutoff=0.4)
    raise InvalidInput(
        problem(
            "gas.unknown",
            f"{gwp.id} 中没有气体“{gas}”的全球增温潜势",
            f"{gwp.id} has no global warming potential for “{gas}”",
            cure_zh=f"请使用化学式，例如 {'、'.join(near) or 'CO2、CH4、N2O、SF6'}",
            cure_en=f"use the chemical name, for example {', '.join(near) or 'CO2, CH4, N2O, SF6'}",
            place=place,
        )
    )


def gas_intensity(
    gas: str, kg: float, gwp: GwpSet, *, biogenic: bool = False, place: Place | None = None
) -> Intensity:
    """`kg` of a gas as kgCO2e, fossil or biogenic."""
    value = kg * warming_potential(gas, gwp, biogenic=biogenic, place=place)
    kind = TotalKind.BIOGENIC_EMISSIONS if biogenic else TotalKind.FOSSIL
    return unsplit(kind, value, gas)


def factor_intensity(factor: Factor, gwp: GwpSet) -> tuple[Intensity, tuple[Problem, ...]]:
    """A factor per unit under a chosen set, with notices.

    Where the source splits by gas, fossil and biogenic emissions follow from the masses and the chosen
    potentials; removals, land-use change and aircraft stay as published. A split that misses more of
    the published emissions than rounding and other potentials explain is partial: then the published
    total stands and the rest is shown as unsplit kgCO2e.
    """
    published = factor.totals
    if not factor.gases:
        kinds = zip(TOTAL_KINDS, published, strict=True)
        return _sum([unsplit(kind, value) for kind, value in kinds if value]), ()
    split = _sum([gas_intensity(g.gas, g.kg, gwp, biogenic=g.biogenic) for g in factor.gases])
    kept = (TotalKind.BIOGENIC_REMOVALS, TotalKind.LAND_USE_CHANGE, TotalKind.AIRCRAFT)
    whole = split
    for kind in kept:
        value = published[TOTAL_KINDS.index(kind)]
        if value:
            whole += unsplit(kind, value)
    stated = published[FOSSIL] + published[BIOGENIC]
    missing = stated - split.total
    other_gases = math.fsum(value for gas, value in split.gases if gas != "CO2")
    if missing > _ROUNDED * stated + _POTENTIALS * other_gases:
        return whole + unsplit(TotalKind.FOSSIL, missing), (_partial_split(factor, split.total / stated),)
    return whole, ()


def _sum(parts: list[Intensity]) -> Intensity:
    whole = Intensity()
    for part in parts:
        whole += part
    return whole


def _partial_split(factor: Factor, explained: float) -> Problem:
    return problem(
        "factor.partial_gas_split",
        f"因子 {factor.id} 的气体分解只解释了总值的 {explained:.0%}",
        f"the gas split of factor {factor.id} explains only {explained:.0%} of its total",
        cure_zh="结果采用公布总值，差额列为未分解的 CO2e",
        cure_en="the published total is used and the rest shown as unsplit CO2e",
    )
