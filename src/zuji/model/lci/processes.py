"""Unit processes: exchanges, parameters, allocation, and what is documented about them."""

from dataclasses import dataclass, field
from enum import StrEnum

from zuji.model.lci.distributions import Spread
from zuji.model.lci.flows import PropertyAmount
from zuji.model.lci.references import Extra, Heading, Ref
from zuji.model.lci.wording import UNSAID, Wording


class Direction(StrEnum):
    """Into the process or out of it."""

    INPUT = "input"
    OUTPUT = "output"


class ProcessType(StrEnum):
    """What the data set stands for (ILCD typeOfDataSet; other formats use the first or the third)."""

    UNIT = "unit process, single operation"
    BLACK_BOX = "unit process, black box"
    RESULT = "LCI result"
    PARTLY_TERMINATED = "partly terminated system"
    AVOIDED = "avoided product system"


class AllocationMethod(StrEnum):
    """By what co-products share."""

    PHYSICAL = "physical"
    ECONOMIC = "economic"
    CAUSAL = "causal"
    NONE = "none"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationShare:
    """`share` (0…1) of an exchange, or of the whole process where `exchange` is empty, for one co-product.

    `product` is the id of the co-product's exchange.
    """

    product: str
    share: float
    method: AllocationMethod = AllocationMethod.UNSTATED
    exchange: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One flow into or out of a process.

    `amount` is evaluated and counts in `unit` of `property`; where those are empty, in the reference unit of
    the flow's reference property. None: the source gives no number; such an exchange is listed, not used.
    `formula` is the source's expression; `variable` and `mean` are ILCD's (amount = mean · variable).
    `id` is unique in its process. `reminder` marks what the source says is no part of the inventory.
    """

    id: str
    flow: Ref
    direction: Direction
    amount: float | None
    unit: str = ""
    """Id of the unit, or its name where the format has no ids."""
    property: str = ""
    formula: str = ""
    variable: str = ""
    mean: float | None = None
    spread: Spread | None = None
    reference: bool = False
    avoided: bool = False
    reminder: bool = False
    provider: Ref | None = None
    location: str = ""
    production_volume: float | None = None
    group: str = ""
    """The section the source files it under: an EcoSpold group number, a SimaPro block."""
    quality: tuple[int, ...] = ()
    comment: Wording = UNSAID
    sources: tuple[Ref, ...] = ()
    cost: float | None = None
    currency: str = ""
    properties: tuple[PropertyAmount, ...] = ()
    """Properties of the flow as it is here, per unit of the exchange (EcoSpold 2: price, dry mass …)."""
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A named number, or a formula over others; `value` is the evaluated number."""

    name: str
    value: float | None
    formula: str = ""
    spread: Spread | None = None
    unit: str = ""
    comment: Wording = UNSAID
    id: str = ""
    hidden: bool = False
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review or validation of a data set."""

    type: str = ""
    details: Wording = UNSAID
    reviewers: tuple[Ref, ...] = ()
    report: Ref | None = None
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Documentation:
    """What is written about a process, under the words most formats share. Dates as written."""

    valid_from: str = ""
    valid_until: str = ""
    time: Wording = UNSAID
    geography: Wording = UNSAID
    technology: Wording = UNSAID
    starts_with: Wording = UNSAID
    """Where the included activities start (EcoSpold 2)."""
    includes: Wording = UNSAID
    """What is included, and where it ends (EcoSpold 1 and 2)."""
    applicability: Wording = UNSAID
    intended_use: Wording = UNSAID
    method: Wording = UNSAID
    method_principle: str = ""
    method_approaches: tuple[str, ...] = ()
    modelling_constants: Wording = UNSAID
    completeness: Wording = UNSAID
    selection: Wording = UNSAID
    treatment: Wording = UNSAID
    sampling: Wording = UNSAID
    collection: Wording = UNSAID
    use_advice: Wording = UNSAID
    restrictions: Wording = UNSAID
    project: Wording = UNSAID
    sources: tuple[Ref, ...] = ()
    reviews: tuple[Review, ...] = ()
    compliance: tuple[Ref, ...] = ()
    commissioner: Ref | None = None
    generators: tuple[Ref, ...] = ()
    documentor: Ref | None = None
    owner: Ref | None = None
    publication: Ref | None = None
    publication_status: str = ""
    created: str = ""
    copyrighted: bool | None = None
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """A result that the source states: `amount` of an indicator, by module (A1-A3 …) where it names one."""

    indicator: Ref
    amount: float | None
    module: str = ""
    scenario: str = ""
    unit: str = ""
    spread: Spread | None = None
    comment: Wording = UNSAID
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A unit process or an aggregated result.

    Every exchange with `reference` is a product of it (or a waste it treats); several make it multi-output.
    `production_volume` is the annual supply in the reference unit.
    """

    heading: Heading
    type: ProcessType = ProcessType.UNIT
    location: str = ""
    exchanges: tuple[Exchange, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    allocations: tuple[AllocationShare, ...] = ()
    allocation_method: AllocationMethod = AllocationMethod.UNSTATED
    results: tuple[IndicatorResult, ...] = ()
    documentation: Documentation = field(default_factory=Documentation)
    production_volume: float | None = None
    production_volume_text: Wording = UNSAID
    infrastructure: bool = False
    functional_unit: Wording = UNSAID
    name_parts: tuple[tuple[str, Wording], ...] = ()
    extras: tuple[Extra, ...] = ()
