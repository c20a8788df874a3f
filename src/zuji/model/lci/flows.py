"""Flows: products, wastes, and what passes between nature and technology."""

from dataclasses import dataclass
from enum import StrEnum

from zuji.model.lci.references import Extra, Heading, Ref
from zuji.model.lci.wording import Wording


class FlowType(StrEnum):
    """ISO 14040, terms: elementary flow, product, waste."""

    ELEMENTARY = "elementary"
    PRODUCT = "product"
    WASTE = "waste"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyAmount:
    """`amount` of a flow property in one unit of the flow's reference property (both in reference units)."""

    property: Ref
    amount: float
    id: str = ""
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A flow with its properties; `reference` is the id of the flow property that amounts are counted in.

    `compartment` is the path of an elementary flow ("Emissions", "Emissions to air", "…urban air").
    """

    heading: Heading
    type: FlowType
    properties: tuple[PropertyAmount, ...] = ()
    reference: str = ""
    compartment: tuple[str, ...] = ()
    cas: str = ""
    """CAS number as written; `zuji.model.lci.names.cas` gives the form that compares."""
    formula: str = ""
    location: str = ""
    infrastructure: bool = False
    name_parts: tuple[tuple[str, Wording], ...] = ()
    """Parts of the name that ILCD keeps apart (treatment, mix and location, flow properties)."""
    extras: tuple[Extra, ...] = ()
