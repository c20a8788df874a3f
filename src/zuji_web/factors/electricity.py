"""Electricity: what a kilowatt hour's footprint is, what its CO2 factor is, and where it comes from."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from zuji.model.factors import Factor, FactorKind
from zuji_web.factors.queries import library

SOURCES = ("thermal", "hydro", "nuclear", "wind", "solar")
TYPES = ("coal", "gas", "hydro", "nuclear", "wind", "pv", "csp", "biomass")
_TYPE = re.compile(r"elec_cf_([a-z]+)_(\d{4})$")
_MODEL = re.compile(r"elec_cf_model_(CN-[A-Z]{2})_(\d{4})$")
_CO2 = re.compile(r"elec_co2_(CN-[A-Z]{2}|nation)_(\d{4})$")
_GENERATION = re.compile(rf"pow_(CN-[A-Z]{{2}})_({'|'.join(SOURCES)})_(\d{{4}})$")
_ALWAYS_STATED = {"thermal", "wind", "solar"}
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Mix:
    """Where a province's electricity was generated in a year; `shares` in the order of `SOURCES`, 0…1."""

    region: str
    total: float
    unit: str
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Electricity:
    """The electricity datasets of the library, by what they are and by year."""

    types: Mapping[str, Mapping[str, Factor]]
    delivery: tuple[Factor, ...]
    models: Mapping[str, Factor]
    co2: Mapping[str, Mapping[str, Factor]]
    mixes: Mapping[str, tuple[Mix, ...]]

    @property
    def years(self) -> list[str]:
        """Years of footprint factors by type, newest first."""
        return sorted({year for held in self.types.values() for year in held}, reverse=True)

    @property
    def co2_years(self) -> list[str]:
        """Years of CO2 factors, newest first."""
        return sorted(self.co2, reverse=True)

    @property
    def mix_years(self) -> list[str]:
        """Years of generation statistics, newest first."""
        return sorted(self.mixes, reverse=True)


def electricity() -> Electricity:
    """The library's electricity datasets."""
    return _electricity(library().digest)


@lru_cache(maxsize=2)
def _electricity(_digest: str) -> Electricity:
    factors = list(library().source)
    footprints = [factor for factor in factors if factor.kind is FactorKind.ELECTRICITY_FOOTPRINT]
    types: dict[str, dict[str, Factor]] = defaultdict(dict)
    for factor in footprints:
        if found := _TYPE.match(factor.id):
            types[found[1]][found[2]] = factor
    return Electricity(
        types=types,
        delivery=tuple(factor for factor in footprints if factor.id.startswith("elec_cf_td_")),
        models={found[1]: factor for factor in footprints if (found := _MODEL.match(factor.id))},
        co2=_co2(factors),
        mixes=_mixes(factors),
    )


def _co2(factors: Iterable[Factor]) -> Mapping[str, Mapping[str, Factor]]:
    """CO2 factors by year and region; "nation" is the national average."""
    held: dict[str, dict[str, Factor]] = defaultdict(dict)
    for factor in factors:
        if factor.kind is FactorKind.GRID_CO2 and (found := _CO2.match(factor.id)):
            held[found[2]][found[1]] = factor
    return held


def _mixes(factors: Iterable[Factor]) -> Mapping[str, tuple[Mix, ...]]:
    """Generation by year, for provinces whose statistics name every source they can have, cleanest first.

    Nuclear and hydro power are left out of the statistics where there are none; a missing thermal, wind
    or solar row is a gap, and shares of an incomplete total would mislead.
    """
    held: dict[tuple[str, str], dict[str, Factor]] = defaultdict(dict)
    for factor in factors:
        if factor.kind is FactorKind.ELECTRICITY_STATISTIC and (found := _GENERATION.match(factor.id)):
            held[found[3], found[1]][found[2]] = factor
    mixes: dict[str, list[Mix]] = defaultdict(list)
    for (year, region), parts in held.items():
        total = sum(factor.value for factor in parts.values())
        if parts.keys() >= _ALWAYS_STATED and total > 0:
            shares = tuple(parts[source].value / total if source in parts else 0.0 for source in SOURCES)
            mixes[year].append(Mix(region, total, parts["thermal"].unit, shares))
    return {year: tuple(sorted(rows, key=lambda mix: mix.shares[0])) for year, rows in mixes.items()}


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the grid of squares; `step` 1…5 from low to high, 0 without a value."""

    region: str
    factor: Factor | None
    step: int


def tiles(regions: Iterable[str], values: Mapping[str, Factor]) -> list[Tile]:
    """Every region with its factor and a step of equal width between the least and the greatest."""
    known = [values[region].value for region in regions if region in values]
    low, width = (min(known), (max(known) - min(known)) / _STEPS or 1.0) if known else (0.0, 1.0)
    made = []
    for region in regions:
        factor = values.get(region)
        step = 0 if factor is None else min(int((factor.value - low) / width) + 1, _STEPS)
        made.append(Tile(region, factor, step))
    return made
