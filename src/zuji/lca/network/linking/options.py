"""What a person may decide about linking; everything else follows the decision table of docs/linking.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Allocation(StrEnum):
    """How a process with several products is divided (ISO 14044, 4.3.4)."""

    STATED = "stated"
    """As the data set states; where it states nothing, by `fallback`."""
    PHYSICAL = "physical"
    """By mass where all co-products have one, else by energy, else by another quantity they all share."""
    MASS = "mass"
    ENERGY = "energy"
    ECONOMIC = "economic"
    """By value: an economic flow property, else the cost of the exchanges in one currency."""
    EQUAL = "equal"
    SUBSTITUTION = "substitution"
    """The first reference product keeps everything and is credited with what its co-products displace."""
    REFERENCE = "reference"
    """The first reference product bears all; co-products are cut off, listed, and not supplied."""
    REFUSE = "refuse"
    """Not divided: such a process gets no footprint, and the health report names it."""


class Unknown(StrEnum):
    """What to do among several suppliers where an annual volume is unknown."""

    EQUAL = "equal"
    """All suppliers of the tie count equally: a volume is not guessed."""
    MEAN = "mean"
    """It counts as the mean of the known ones."""
    NOTHING = "nothing"
    """It supplies nothing as long as another volume is known."""


class Named(StrEnum):
    """How far providers that exchanges name are followed."""

    PREFER = "prefer"
    """Where named and present; otherwise the decision table."""
    ONLY = "only"
    """Exchanges without a named provider that is present are cut off, and listed."""
    IGNORE = "ignore"


class Preference(StrEnum):
    """Which of several suppliers comes first where both kinds offer a product."""

    NONE = "none"
    UNIT_PROCESS = "unit process"
    RESULT = "LCI result"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOptions:
    """All choices of linking. Processes and exchanges are named by their ids in the package.

    `choices`: (process, exchange) -> the process that supplies it. `cuts`: exchanges that a person cuts off.
    `models`: ids of life cycle models whose connections are followed, later ones over earlier ones.
    `residue`: a product flow that more than so many times as many data sets give off as take in is a residue
    and no co-product (flue gas typed as a product); infinity turns the rule off.
    """

    allocation: Allocation = Allocation.STATED
    fallback: Allocation = Allocation.PHYSICAL
    named: Named = Named.PREFER
    by_volume: bool = True
    unknown_volume: Unknown = Unknown.EQUAL
    prefer: Preference = Preference.NONE
    choices: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    cuts: frozenset[tuple[str, str]] = frozenset()
    models: tuple[str, ...] = ()
    residue: float = 3.0
