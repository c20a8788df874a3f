"""Inventory lines: what goes into a process and what comes out of it, one kind at a time.

A line has what every line has (stage, item, quantity, evidence, quality) and a `Detail` of its kind,
which names the formula. The formulas and their sources are in `zuji.lca.activities`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from zuji.model.quality import DataQuality
from zuji.model.quantities import Quantity, Uncertainty
from zuji.model.stages import Stage


class LineKind(StrEnum):
    """First-class kinds of inventory lines."""

    MATERIAL = "material"  # a bought product, times a product footprint
    ELECTRICITY = "electricity"  # kWh, times an electricity footprint factor
    HEAT = "heat"  # steam, hot water, times a heat factor
    FUEL = "fuel"  # burned here: NCV x carbon content x oxidation
    TRANSPORT = "transport"  # mass x distance
    PROCESS_EMISSION = "process_emission"  # carbonates, electrodes, anodes: mass x stoichiometric factor
    DIRECT_EMISSION = "direct_emission"  # a gas released: mass x GWP
    WASTE = "waste"  # treated waste or waste water
    SUB_ASSEMBLY = "sub_assembly"  # an output of another process of this study
    RECYCLING = "recycling"  # a material by the Circular Footprint Formula or by cut-off
    BIOGENIC_CARBON = "biogenic_carbon"  # uptake or release of biogenic CO2
    LAND_USE_CHANGE = "land_use_change"  # direct land-use change, kgCO2e stated by a recognised method


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelDetail:
    """Combustion parameters. What is None is read from the fuel table `fuel`; a stated value wins.

    `ncv` GJ per unit of the quantity (per t or per 10⁴ Nm³ as `ncv_per` says), `carbon_content`
    tC/TJ, `oxidation` fraction 0…1, `ch4` and `n2o` kg/TJ.
    """

    fuel: str = ""
    ncv: float | None = None
    ncv_per: str = "t"
    carbon_content: float | None = None
    oxidation: float | None = None
    ch4: float | None = None
    n2o: float | None = None
    biogenic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportDetail:
    """A freight leg: the line's quantity is the mass; `distance` is one way in km.

    Where the quantity is already in t·km, `distance` stays None. `aircraft` sends the result to the
    aircraft total (ISO 14067:2018).
    """

    distance: Quantity | None = None
    aircraft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EmissionDetail:
    """A released gas: a key of the GWP table, and whether its carbon is biogenic."""

    gas: str
    biogenic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAssemblyDetail:
    """An output of another process of the same study; `product` is needed where it has several."""

    process: str
    product: str = ""


class RecyclingMethod(StrEnum):
    """How recycled content and recycling at end of life share burdens."""

    CFF = "cff"  # Circular Footprint Formula, Commission Recommendation (EU) 2021/2279
    CUT_OFF = "cut_off"  # recycled content without upstream burden, no credit at end of life


@dataclass(frozen=True, slots=True, kw_only=True)
class RecyclingDetail:
    """Parameters of the Circular Footprint Formula; factors are ids of the factor library.

    `r1` recycled content, `r2` recycling output rate, `r3` energy recovery share, all fractions;
    `a`, `b` allocation of burdens and credits; `qs_in`, `qs_out` quality ratios Qsin/Qp, Qsout/Qp.
    Factors: `virgin` Ev, `recycled` Erecycled, `end_recycling` ErecyclingEoL, `avoided` E*v,
    `energy_recovery` EER, `disposal` ED, `avoided_heat` ESE,heat, `avoided_electricity` ESE,elec.
    `lhv` MJ/kg with efficiencies `heat_efficiency` and `electricity_efficiency`.
    """

    method: RecyclingMethod = RecyclingMethod.CFF
    r1: float = 0.0
    r2: float = 0.0
    r3: float = 0.0
    a: float = 0.5
    b: float = 0.0
    qs_in: float = 1.0
    qs_out: float = 1.0
    virgin: str = ""
    recycled: str = ""
    end_recycling: str = ""
    avoided: str = ""
    energy_recovery: str = ""
    disposal: str = ""
    avoided_heat: str = ""
    avoided_electricity: str = ""
    lhv: float = 0.0
    heat_efficiency: float = 0.0
    electricity_efficiency: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BiogenicDetail:
    """Biogenic CO2: `removal` true for uptake (−1), false for release (+1)."""

    removal: bool = True


class ElectricityTreatment(StrEnum):
    """How electricity is accounted for (ISO 14067:2018, electricity)."""

    GRID = "grid"  # consumption mix of the region
    RESIDUAL = "residual"  # the mix left after attributes that were sold
    OWN = "own"  # generated on site
    DIRECT_LINE = "direct_line"  # a dedicated line from a generator
    CONTRACT = "contract"  # an instrument over the grid


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyCertificate:
    """A cancelled certificate: its number, the kWh of it that this line uses, for whom it was cancelled.

    `generated` is the month (2024-07) or day in which its electricity was generated, "" where not known.
    """

    number: str
    kwh: float
    cancelled_on: str = ""
    cancelled_for: str = ""
    generated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectricityDetail:
    """How a line of electricity is accounted for.

    The five flags are conditions of a contract: it carries the `attributes` of the generating unit, is the
    `sole_claim` on them, is `tracked` and cancelled for this user, is `close_in_time`, and comes from the
    `same_market`. `attributes_sold` says for own generation and direct lines whether certificates of it
    were sold to others. `location_factor` is the grid factor of the consuming region for the
    location-based result.
    """

    treatment: ElectricityTreatment = ElectricityTreatment.GRID
    attributes: bool = False
    sole_claim: bool = False
    tracked: bool = False
    close_in_time: bool = False
    same_market: bool = False
    certificates: tuple[EnergyCertificate, ...] = ()
    attributes_sold: bool | None = None
    location_factor: str = ""


Detail = (
    FuelDetail
    | TransportDetail
    | EmissionDetail
    | SubAssemblyDetail
    | RecyclingDetail
    | BiogenicDetail
    | ElectricityDetail
    | None
)


class DataSource(StrEnum):
    """Where the activity datum comes from."""

    MEASURED = "measured"  # primary: meter, invoice, weighbridge
    CALCULATED = "calculated"  # primary: from measured data of the same site
    SUPPLIER = "supplier"  # primary: stated by the supplier
    LITERATURE = "literature"  # secondary
    ESTIMATED = "estimated"  # secondary


PRIMARY_SOURCES = frozenset({DataSource.MEASURED, DataSource.CALCULATED, DataSource.SUPPLIER})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFactor:
    """A factor typed on the line itself: a supplier's footprint or a plant's own value.

    `value` kgCO2e per `per`; `primary` true where the supplier calculated it for this very product;
    `primary_share` 0…1 is the supplier's own primary data share.
    """

    value: float
    per: str
    source: str
    year: str = ""
    geography: str = ""
    primary: bool = False
    primary_share: float = 0.0
    life_cycle: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the inventory.

    `factor` is a library id ("" where `stated` or the kind's own formula gives the intensity);
    `factor_version` "" means the newest. `cut_off` lines are listed and estimated but not counted.
    `allocate_to` subdivides: the line belongs to one product of a multi-output process alone.
    """

    id: str
    stage: Stage
    kind: LineKind
    item: str
    quantity: Quantity
    factor: str = ""
    factor_version: str = ""
    stated: StatedFactor | None = None
    detail: Detail = None
    supplier: str = ""
    evidence: str = ""
    source: str = ""
    data_source: DataSource = DataSource.MEASURED
    quality: DataQuality | None = None
    uncertainty: Uncertainty | None = None
    cut_off: str = ""
    allocate_to: str = ""
    note: str = ""
    tags: tuple[str, ...] = field(default=())

    @property
    def primary(self) -> bool:
        """Whether the activity datum is primary."""
        return self.data_source in PRIMARY_SOURCES
