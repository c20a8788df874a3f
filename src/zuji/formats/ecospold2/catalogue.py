"""What a writer looks up in a package: units, flows with their reference unit, providers, places."""

from dataclasses import dataclass

from zuji.formats.ecospold2.identity import as_uuid, identity
from zuji.formats.ecospold2.nodes import extra
from zuji.formats.ecospold2.notes import FORMAT
from zuji.formats.ecospold2.registry import waste_by_class
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Direction, Exchange, Process
from zuji.model.lci.references import Category
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup

_WASTE = Category(("Waste",), (), "By-product classification")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as it is written, and how many of the flow's own units one of the exchange's is."""

    id: str
    name: str
    factor: float = 1.0
    understood: bool = True


class Catalogue:
    """Data sets of a package by id; where versions repeat an id, the last one counts."""

    def __init__(self, package: Package) -> None:
        self.flows: dict[str, Flow] = {flow.heading.id: flow for flow in package.flows}
        self.processes: dict[str, Process] = {each.heading.id: each for each in package.processes}
        self.properties: dict[str, FlowProperty] = {each.heading.id: each for each in package.flow_properties}
        self.contacts = {contact.heading.id: contact for contact in package.contacts}
        self.sources = {source.heading.id: source for source in package.sources}
        self.locations = {place.code: place for place in reversed(package.locations)}
        self._groups: dict[str, UnitGroup] = {group.heading.id: group for group in package.unit_groups}
        self._units: dict[str, Unit] = {}
        for group in package.unit_groups:
            for unit in group.units:
                self._units.setdefault(unit.name, unit)
        self.treated = _treated(package)

    def categories_of(self, flow: Flow) -> tuple[Category, ...]:
        """The classes of a flow; a waste that nothing else shows to be one is classified so."""
        if flow.type is not FlowType.WASTE or flow.heading.id in self.treated:
            return flow.heading.categories
        return (
            flow.heading.categories
            if waste_by_class(flow.heading.categories)
            else (
                *flow.heading.categories,
                _WASTE,
            )
        )

    def group_of(self, property_id: str) -> UnitGroup | None:
        """The unit group of a flow property."""
        found = self.properties.get(property_id)
        return self._groups.get(found.unit_group.id) if found is not None and found.unit_group else None

    def unit_of_property(self, property_id: str) -> Measure:
        """The reference unit of a flow property; empty where there is none."""
        group = self.group_of(property_id)
        unit = None if group is None else group.unit(group.reference)
        return Measure("", "", understood=False) if unit is None else Measure(unit_uuid(unit), unit.name)

    def unit_named(self, name: str) -> Measure:
        """The unit of that name, wherever in the package it is."""
        unit = self._units.get(name)
        return Measure(identity("unit", name), name) if unit is None else Measure(unit_uuid(unit), name)

    def measure(self, exchange: Exchange) -> Measure:
        """The unit to write an exchange in: its flow's own, with the factor that takes the amount there."""
        flow = self.flows.get(exchange.flow.id)
        reference = "" if flow is None else flow.reference
        own = self.unit_of_property(reference)
        if not own.understood:
            named = self._anywhere(exchange.unit)
            return named if exchange.unit else own
        used = exchange.property or reference
        group = self.group_of(used)
        unit = None if group is None else group.unit(exchange.unit or group.reference)
        if unit is None:
            return self._anywhere(exchange.unit)
        # amounts without a unit count in the reference unit, whatever factor that one was given
        reference_unit = None if group is None else group.unit(group.reference)
        factor = unit.factor / (reference_unit.factor if reference_unit and reference_unit.factor else 1.0)
        if used != reference and flow is not None:
            per_unit = next((each.amount for each in flow.properties if each.property.id == used), 0.0)
            if not per_unit:
                return self._anywhere(exchange.unit)
            factor /= per_unit
        return Measure(own.id, own.name, factor)

    def _anywhere(self, unit: str) -> Measure:
        """A unit that does not belong to the flow: written as it is."""
        for group in self._groups.values():
            found = group.unit(unit)
            if found is not None:
                return Measure(unit_uuid(found), found.name, understood=False)
        return Measure(identity("unit", unit) if unit else "", unit, understood=False)

    def activity(self, process: str) -> str:
        """The id of the activity that a process stands for."""
        found = self.processes.get(process)
        own = "" if found is None else extra(found.extras, FORMAT, "activityDescription/activity/@id")
        return own or as_uuid(process)


def unit_uuid(unit: Unit) -> str:
    """The id of a unit where it is a UUID, else one made from its name (ILCD numbers units by group).

    Empty for the unit of a flow that has none.
    """
    if not unit.id and not unit.name:
        return ""
    return unit.id if as_uuid(unit.id) == unit.id else identity("unit", unit.name)


def _treated(package: Package) -> set[str]:
    """Flows that are visibly waste in what is written: treated by someone, or handed over for treatment."""
    waste = {flow.heading.id for flow in package.flows if flow.type is FlowType.WASTE}
    found = set()
    for process in package.processes:
        for exchange in process.exchanges:
            handed_over = exchange.direction is Direction.OUTPUT and not exchange.reference
            taken_in = exchange.reference and (
                exchange.direction is Direction.INPUT or (exchange.amount or 0.0) < 0
            )
            if exchange.flow.id in waste and (taken_in or (handed_over and exchange.group in ("", "3"))):
                found.add(exchange.flow.id)
    return found
