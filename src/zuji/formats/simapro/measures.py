"""Units of a package by name: SimaPro knows no ids, no flow properties, and one quantity for each flow."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from zuji.formats.simapro.identity import content_of
from zuji.formats.simapro.numbers import written
from zuji.model.lci.flows import Flow
from zuji.model.lci.package import Package
from zuji.model.lci.references import Extra
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit by name, and what an amount is multiplied by to count in it; `unsure`: nothing defines it."""

    unit: str
    factor: float = 1.0
    unsure: bool = False


class Measures:
    """The units of a package under names that occur once.

    Unit groups that share their reference unit are one quantity: to SimaPro a kilogram is a kilogram.
    """

    def __init__(self, package: Package) -> None:
        self._flows = {flow.heading.id: flow for flow in package.flows}
        self._properties = {each.heading.id: each for each in package.flow_properties}
        self._groups = {group.heading.id: group for group in package.unit_groups}
        self._lead: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._rows: dict[str, dict[str, float]] = {}
        quantities = _quantities(package)
        self._quantities: dict[str, str] = {}
        taken: dict[str, tuple[str, float]] = {}
        leads: dict[str, str] = {}
        for identity, group in self._groups.items():
            reference = self._reference(group)
            lead = leads.setdefault(reference.name.strip() if reference else identity, identity)
            self._lead[identity] = lead
            if lead == identity:
                self._quantities[identity] = quantities[identity]
            scale = reference.factor if reference else 1.0
            for unit in group.units:
                meaning = (lead, unit.factor / scale)
                name = unit.name.strip() or unit.id
                if not math.isclose(taken.setdefault(name, meaning)[1], meaning[1]) or taken[name][0] != lead:
                    name = f"{name} ({quantities[identity]})"
                    taken.setdefault(name, meaning)
                self._names[identity, unit.id] = name
                self._rows.setdefault(lead, {}).setdefault(name, meaning[1])

    def of(self, flow_id: str, property_id: str, unit: str) -> Measure | None:
        """How an amount in `unit` of a property (empty: the flow's own) is written; None where nobody knows.

        An amount in another property than the flow's reference is converted to it: in SimaPro a flow has one.
        """
        flow = self._flows.get(flow_id)
        own = flow.reference if flow else ""
        property_id = property_id or own
        group = self._group(property_id)
        found = group.unit(unit) if group and unit else self._reference(group)
        if group is None or found is None:
            return Measure(unit, unsure=True) if unit and not _is_id(unit) else None
        if flow is None or property_id == own:
            return Measure(self._names[group.heading.id, found.id])
        amount = _amount_of(flow, property_id)
        own_group = self._group(own)
        reference = self._reference(own_group)
        if amount is None or own_group is None or reference is None:
            return Measure(self._names[group.heading.id, found.id], unsure=True)
        return Measure(self._names[own_group.heading.id, reference.id], found.factor / amount)

    def reference_unit(self, flow: Flow) -> str:
        """The unit that a list of substances shows; `p` where the flow has none."""
        measure = self.of(flow.heading.id, "", "")
        return measure.unit if measure else "p"

    def quantity_rows(self) -> list[tuple[str, str]]:
        """name; whether it has a dimension."""
        return [
            (quantity, content_of(self._extras(group), "dimension") or "Yes")
            for group, quantity in self._quantities.items()
        ]

    def unit_rows(self) -> list[tuple[str, str, str, str]]:
        """name; quantity; factor; reference unit."""
        rows: list[tuple[str, str, str, str]] = []
        for identity, quantity in self._quantities.items():
            reference = self._reference(self._groups[identity])
            shown = self._names[identity, reference.id] if reference else ""
            units = self._rows.get(identity, {})
            rows.extend((name, quantity, written(factor), shown) for name, factor in units.items())
        return rows

    def joined(self, group: UnitGroup) -> bool:
        """Whether the group is written as part of another one."""
        return self._lead[group.heading.id] != group.heading.id

    def renamed(self, group: UnitGroup) -> bool:
        """Whether a unit of the group had to be told apart from one of another quantity."""
        return any(self._names[group.heading.id, unit.id] != unit.name.strip() for unit in group.units)

    def shown(self, property_: FlowProperty) -> bool:
        """Whether the property gives a quantity its name: SimaPro has one for all that share their units."""
        group = property_.unit_group
        return group is not None and self._quantities.get(group.id) == str(property_.heading.name)

    def _group(self, property_id: str) -> UnitGroup | None:
        property_ = self._properties.get(property_id)
        if property_ is None or property_.unit_group is None:
            return None
        return self._groups.get(property_.unit_group.id)

    def _reference(self, group: UnitGroup | None) -> Unit | None:
        return group.unit(group.reference) if group else None

    def _extras(self, group_id: str) -> tuple[Extra, ...]:
        return next(
            (
                each.extras
                for each in self._properties.values()
                if each.unit_group and each.unit_group.id == group_id and each.extras
            ),
            (),
        )


def _quantities(package: Package) -> Mapping[str, str]:
    """A name for each unit group that occurs once: of its default or first property, else its own."""
    names = {each.heading.id: str(each.heading.name) for each in package.flow_properties}
    first: dict[str, str] = {}
    for each in package.flow_properties:
        if each.unit_group is not None:
            first.setdefault(each.unit_group.id, str(each.heading.name))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for group in package.unit_groups:
        default = names.get(group.default_property.id, "") if group.default_property else ""
        name = default or first.get(group.heading.id, "") or str(group.heading.name) or group.heading.id
        if name in taken:
            name = f"{name} ({group.heading.name})"
        while name in taken:
            name += "'"
        taken.add(name)
        found[group.heading.id] = name
    return found


def _amount_of(flow: Flow, property_id: str) -> float | None:
    """How much of a property is in one unit of the flow's own; None where the flow does not say."""
    return next(
        (each.amount for each in flow.properties if each.property.id == property_id and each.amount), None
    )


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
