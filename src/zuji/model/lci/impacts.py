"""Impact assessment: categories with their characterisation factors, normalisation and weighting."""

from dataclasses import dataclass

from zuji.model.lci.distributions import Spread
from zuji.model.lci.processes import Direction, Parameter
from zuji.model.lci.references import Extra, Heading, Ref
from zuji.model.lci.wording import UNSAID, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterisationFactor:
    """`value` indicator units per one `unit` of a flow (its reference unit where `unit` is empty).

    `direction` None: the format does not tell; the factor then stands for the direction that its category
    counts, else for the one the flow is filed under, and counts the other way round with the opposite sign.
    `location` empty: everywhere else.
    """

    flow: Ref
    value: float | None
    direction: Direction | None = None
    location: str = ""
    unit: str = ""
    property: str = ""
    formula: str = ""
    spread: Spread | None = None
    comment: Wording = UNSAID
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactCategory:
    """One indicator of one method, for example climate change, fossil. `unit` as the field writes it."""

    heading: Heading
    unit: str = ""
    unit_property: Ref | None = None
    factors: tuple[CharacterisationFactor, ...] = ()
    method: str = ""
    """Name of the method it belongs to, as the data set itself says (ILCD methodology)."""
    parameters: tuple[Parameter, ...] = ()
    extras: tuple[Extra, ...] = ()
    direction: Direction | None = None
    """Of factors that state none: the direction that counts with the sign as written (openLCA)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightingFactor:
    """Normalisation and weighting of one category; None where the set has no such number."""

    category: Ref
    normalisation: float | None = None
    weighting: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightingSet:
    """A normalisation and weighting set of a method."""

    id: str
    name: Wording
    unit: str = ""
    factors: tuple[WeightingFactor, ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactMethod:
    """A method: the categories that belong together."""

    heading: Heading
    categories: tuple[Ref, ...] = ()
    weighting_sets: tuple[WeightingSet, ...] = ()
    extras: tuple[Extra, ...] = ()
