"""What a person states about a study beside its inventory: choices, profiles, checks, conclusions.

Everything here is words and figures that ISO 14067:2018 and GB/T 24067-2024 ask for and that no calculation
can give. Nothing of it enters the total. An empty value means that nothing was stated, never zero.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from zuji.model.quantities import Quantity
from zuji.text import Text


class Switch(StrEnum):
    """Activities that product rules include or leave out; a line belongs to one by a tag of this name."""

    CAPITAL_GOODS = "capital_goods"
    STAFF_TRAVEL = "staff_travel"
    CONSUMER_TRANSPORT = "consumer_transport"
    STORAGE = "storage"


SWITCH_NAMES: dict[Switch, Text] = {
    Switch.CAPITAL_GOODS: Text("资本货物（厂房、设备）", "Capital goods"),
    Switch.STAFF_TRAVEL: Text("员工通勤与差旅", "Staff travel"),
    Switch.CONSUMER_TRANSPORT: Text("消费者购物运输", "Consumer transport"),
    Switch.STORAGE: Text("仓储", "Storage"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusions:
    """Whether each switch is inside the study; None where nobody said so."""

    capital_goods: bool | None = None
    staff_travel: bool | None = None
    consumer_transport: bool | None = None
    storage: bool | None = None

    def of(self, switch: Switch) -> bool | None:
        value: bool | None = getattr(self, switch.value)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A use profile or an end-of-life scenario: `id` as its rule names it, `source` where it is documented.

    `alternatives` are ids of scenarios of the study that test another profile.
    """

    id: str = ""
    description: str = ""
    source: str = ""
    alternatives: tuple[str, ...] = ()


class RecyclingProcedure(StrEnum):
    """How recycling is related to the product system (ISO 14067:2018, allocation for recycling)."""

    NOT_STATED = ""
    CLOSED_LOOP = "closed_loop"
    OPEN_LOOP = "open_loop"
    CUT_OFF = "cut_off"


class BalanceKind(StrEnum):
    """What is balanced."""

    MASS = "mass"
    ENERGY = "energy"
    CARBON = "carbon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What went into a process and what came out of it in the data period, in the same unit."""

    process: str
    kind: BalanceKind
    inputs: Quantity
    outputs: Quantity
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Results that are reported apart and never added to the total, kgCO2e per reference unit.

    `aviation_multiplier` is a radiative forcing factor that somebody wishes to mention.
    """

    indirect_land_use_change: float | None = None
    soil_carbon: float | None = None
    carbon_storage: float | None = None
    delayed_emissions: float | None = None
    aviation_multiplier: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """A credit bought elsewhere, kgCO2e per reference unit. It has no place in a footprint."""

    amount: float
    certificate: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """An earlier result that this one is compared with over time; `total` in kgCO2e per `unit`."""

    period: str
    total: float
    unit: Quantity
    rule: str = ""
    boundary: str = ""
    recalculated: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Another product that the study is compared with; `disclosed` where the public shall see it.

    `rule`, `boundary` and `gwp` are those of the other result, in the words of a study.
    """

    product: str
    total: float
    unit: Quantity
    rule: str = ""
    source: str = ""
    disclosed: bool = False
    boundary: str = ""
    gwp: str = ""


class ReviewKind(StrEnum):
    """Who looked at a study."""

    INTERNAL = "internal"
    CRITICAL_REVIEW = "critical_review"
    VERIFICATION = "verification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review or verification of the study; `date` is an ISO date, `level` the level of assurance."""

    kind: ReviewKind
    reviewer: str
    organisation: str = ""
    independent: bool = False
    date: str = ""
    level: str = ""
    standard: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """What the person concludes (ISO 14067:2018, interpretation)."""

    significant: str = ""
    completeness: str = ""
    consistency: str = ""
    sensitivity: str = ""
    conclusions: str = ""
    recommendations: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why the study departs from what is usual, one text for each departure; empty where it does not."""

    rule: str = ""  # no product rule, or another than the governing one
    boundary: str = ""  # effect of stages left out on the conclusions
    cut_off: str = ""  # effect of flows left out
    secondary_data: str = ""  # secondary data where one's own would be expected
    period: str = ""  # a data period that is not a whole year, and how seasons were averaged
    gwp: str = ""  # a GWP set that is not the latest
    electricity: str = ""  # the choice of grid factor and its limits
    scope_changes: str = ""
    value_choices: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Everything that a person states about a study beside its inventory.

    `gases` are those considered, all of the GWP set where empty.
    """

    inclusions: Inclusions = field(default_factory=Inclusions)
    reasons: Reasons = field(default_factory=Reasons)
    gases: tuple[str, ...] = ()
    use: Profile = field(default_factory=Profile)
    end_of_life: Profile = field(default_factory=Profile)
    recycling: RecyclingProcedure = RecyclingProcedure.NOT_STATED
    balances: tuple[Balance, ...] = ()
    apart: Apart = field(default_factory=Apart)
    offsets: tuple[Offset, ...] = ()
    tracking: Tracking | None = None
    comparison: Comparison | None = None
    reviews: tuple[Review, ...] = ()
    interpretation: Interpretation = field(default_factory=Interpretation)
