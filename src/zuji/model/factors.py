"""Factors: what a unit of something emits, or a property from which that follows.

Enterprise factors, national factors, provincial factors and supplier footprints are all a product
with an intensity, a quality and a source, so there is one record for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from zuji.model.quality import DataQuality
from zuji.model.quantities import Uncertainty
from zuji.text import Text


class FactorKind(StrEnum):
    """What a factor is. Kinds are never interchangeable."""

    PRODUCT_FOOTPRINT = "product_footprint"  # life cycle, cradle to gate, kgCO2e per unit of product
    ELECTRICITY_FOOTPRINT = "electricity_footprint"  # life cycle, kgCO2e/kWh
    GRID_CO2 = "grid_co2"  # combustion CO2 only, kgCO2/kWh: never inside a footprint
    HEAT = "heat"  # heat and steam, per GJ or MJ
    TRANSPORT = "transport"  # per t·km
    WASTE_TREATMENT = "waste_treatment"  # per kg or m3 treated
    FUEL_COMBUSTION = "fuel_combustion"  # direct CO2, CH4, N2O per unit of fuel or of heat in it
    FUEL_PROPERTY = "fuel_property"  # net calorific value, carbon content, oxidation, density
    PROCESS_EMISSION = "process_emission"  # stoichiometric or default process emissions
    PROCESS_PARAMETER = "process_parameter"  # a number a process formula needs
    GWP = "gwp"  # characterisation factor of a gas
    ELECTRICITY_STATISTIC = "electricity_statistic"  # generation, consumption, balance
    GRID_PARAMETER = "grid_parameter"  # losses and link capacities
    ENERGY_LIMIT = "energy_limit"  # energy norm of a product


FACTOR_KIND_NAMES: dict[FactorKind, Text] = {
    FactorKind.PRODUCT_FOOTPRINT: Text("产品碳足迹因子", "Product footprint"),
    FactorKind.ELECTRICITY_FOOTPRINT: Text("电力碳足迹因子", "Electricity footprint"),
    FactorKind.GRID_CO2: Text("电力二氧化碳排放因子", "Grid CO2 factor"),
    FactorKind.HEAT: Text("热力因子", "Heat"),
    FactorKind.TRANSPORT: Text("运输因子", "Transport"),
    FactorKind.WASTE_TREATMENT: Text("水与废弃物处理因子", "Water and waste treatment"),
    FactorKind.FUEL_COMBUSTION: Text("燃料燃烧因子", "Fuel combustion"),
    FactorKind.FUEL_PROPERTY: Text("燃料特性参数", "Fuel property"),
    FactorKind.PROCESS_EMISSION: Text("过程排放因子", "Process emission"),
    FactorKind.PROCESS_PARAMETER: Text("过程参数", "Process parameter"),
    FactorKind.GWP: Text("全球增温潜势", "Global warming potential"),
    FactorKind.ELECTRICITY_STATISTIC: Text("电力统计", "Electricity statistics"),
    FactorKind.GRID_PARAMETER: Text("电网参数", "Grid parameter"),
    FactorKind.ENERGY_LIMIT: Text("能耗限额", "Energy limit"),
}


class Confidence(StrEnum):
    """How well a value is known. `LOW` is shown as such and is never a default."""

    HIGH = "high"
    MEDIUM = "medium"
    DERIVED = "derived"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a number comes from, so that a reader can find it again."""

    title: str
    table: str = ""
    document: str = ""
    publisher: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GasAmount:
    """Mass of one gas per unit, kg. `gas` is a key of the GWP table ("CO2", "CH4", "CF4")."""

    gas: str
    kg: float
    biogenic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One dataset of the factor library.

    `value` and `unit` are as published. For kinds that may carry a line, `per` is the unit of the
    thing ("kWh", "kg", "t·km") and `totals` its footprint in kgCO2e per `per`, in the order of
    `TOTAL_KINDS`; `gases` splits it where the source does, in kg of gas per `per`. Kinds that only
    inform (statistics, limits, properties) have an empty `per`.
    """

    id: str
    version: str
    kind: FactorKind
    name: Text
    category: str = ""
    value: float
    unit: str
    per: str = ""
    totals: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0)
    gases: tuple[GasAmount, ...] = ()
    year: str = ""
    geography: str = ""
    boundary: str = ""
    source: Source
    confidence: Confidence
    copies: int = 1
    notes: str = ""
    quality: DataQuality | None = None
    uncertainty: Uncertainty | None = None
    aliases: tuple[str, ...] = field(default=())

    @property
    def usable(self) -> bool:
        """Whether a line may be multiplied by it."""
        return bool(self.per)

    @property
    def total(self) -> float:
        """kgCO2e per `per`, all five kinds together."""
        return sum(self.totals)


class FactorSource(Protocol):
    """Anything that can hand out factors: the shipped catalogue, a tenant's library, a frozen snapshot."""

    def get(self, factor_id: str, version: str = "") -> Factor:
        """The factor, newest version unless one is named; raises `UnknownFactor`."""
        ...

    def __contains__(self, factor_id: object) -> bool: ...

    def __iter__(self) -> Iterator[Factor]: ...

    def __len__(self) -> int: ...
