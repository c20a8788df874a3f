"""Units and flow properties: what an amount counts, and how it converts."""

from dataclasses import dataclass

from zuji.model.lci.references import Extra, Heading, Ref
from zuji.model.lci.wording import UNSAID, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit of a group: `factor` reference units are one of it (1 t = 1000 kg, so factor 1000)."""

    id: str
    name: str
    factor: float
    comment: Wording = UNSAID
    synonyms: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGroup:
    """Units that convert by a factor alone; `reference` is the id of the unit with factor 1."""

    heading: Heading
    units: tuple[Unit, ...]
    reference: str
    default_property: Ref | None = None
    extras: tuple[Extra, ...] = ()

    def unit(self, id_or_name: str) -> Unit | None:
        """The unit with that id, name or synonym."""
        for unit in self.units:
            if id_or_name in (unit.id, unit.name):
                return unit
        return next((unit for unit in self.units if id_or_name in unit.synonyms), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowProperty:
    """A quantity that flows are measured by: mass, energy, area·time, or the unit of an indicator."""

    heading: Heading
    unit_group: Ref | None
    economic: bool = False
    extras: tuple[Extra, ...] = ()
