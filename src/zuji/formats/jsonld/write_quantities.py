"""Units and flow properties while a package is written: every amount gets both, whatever its source had."""

from collections.abc import Iterable

from zuji.errors import Place
from zuji.formats.jsonld.pen import Json, Pen, derived_id, filled, openlca_id, repeated
from zuji.formats.jsonld.reference import flow_properties, property_of_unit, unit_groups
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.package import Package
from zuji.model.lci.references import Category, Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.model.lci.wording import Wording

_FLOW_TYPES = {
    FlowType.ELEMENTARY: "ELEMENTARY_FLOW",
    FlowType.PRODUCT: "PRODUCT_FLOW",
    FlowType.WASTE: "WASTE_FLOW",
    FlowType.OTHER: "PRODUCT_FLOW",
}
_ROOT_OF_NATURE = "Elementary flows"


class Quantities:
    """Finds units; adds built-in or made-up groups and properties where the package lacks them."""

    def __init__(self, package: Package, pen: Pen) -> None:
        self._pen = pen
        groups = pen.newest(Kind.UNIT_GROUP, package.unit_groups)
        self.groups = {group.heading.id: group for group in groups}
        self.properties = {
            one.heading.id: one for one in pen.newest(Kind.FLOW_PROPERTY, package.flow_properties)
        }
        self.added_groups: list[UnitGroup] = []
        self.added_properties: list[FlowProperty] = []
        self.flows = {flow.heading.id: flow for flow in pen.newest(Kind.FLOW, package.flows)}
        self._shared_units = repeated(unit.id for group in groups for unit in group.units)
        self._names = {
            one.property.id: one.property.name for flow in package.flows for one in flow.properties
        }
        self._chosen: dict[str, str] = {}
        self._choose(package)

    def flow_type(self, flow_id: str) -> str:
        flow = self.flows.get(flow_id)
        return _FLOW_TYPES[flow.type] if flow else ""

    def references(self, flow: Flow) -> list[tuple[str, float]]:
        """(property, factor) of a flow; for a flow without any, the one that its uses count in."""
        if flow.properties:
            return [(one.property.id, one.amount) for one in flow.properties]
        chosen = self._chosen.get(flow.heading.id, "")
        return [(chosen, 1.0)] if chosen else []

    def reference(self, flow: Flow) -> str:
        """The id of the property a flow is counted in."""
        known = [id_ for id_, _ in self.references(flow)]
        return flow.reference if flow.reference in known else (known[0] if known else "")

    def reference_unit(self, flow_id: str) -> str:
        """The name of the unit a flow is counted in."""
        flow = self.flows.get(flow_id)
        group = self.group_of(self.reference(flow)) if flow else None
        unit = group.unit(group.reference) if group else None
        return unit.name if unit else ""

    def of(self, flow_id: str, unit: str, property_id: str, place: Place) -> tuple[Json, Json]:
        """References to the unit and the flow property that an amount of a flow counts in."""
        flow = self.flows.get(flow_id)
        if flow is None and not property_id:
            property_id = self._chosen.get(flow_id, "")
        candidates = [property_id] if property_id else []
        if flow is not None and not property_id:
            reference = self.reference(flow)
            candidates = [reference, *(id_ for id_, _ in self.references(flow) if id_ != reference)]
        for candidate in candidates:
            found = self._found(candidate, unit)
            if found is not None:
                return self._unit_ref(found), self._property_ref(candidate)
        if flow is None and not unit and not property_id:
            self._pen.note(Kind.FIELD, "unwritten-flow", place, dropped=False)
            return {}, {}
        self._pen.note(Kind.FIELD, "no-property", place, dropped=False)
        if property_id:
            return filled({"@type": "Unit", "@id": unit}) if unit else {}, self._property_ref(property_id)
        if not unit:
            return {}, {}
        made = self._made_up(unit)
        group = self.group_of(made)
        return (self._unit_ref((group, group.units[0])) if group else {}), self._property_ref(made)

    def group_of(self, property_id: str) -> UnitGroup | None:
        """The unit group of a property; both become part of what is written."""
        property_ = self._property(property_id)
        if property_ is None or property_.unit_group is None:
            return None
        id_ = property_.unit_group.id
        if id_ not in self.groups and id_ in unit_groups():
            self._add_group(unit_groups()[id_])
        return self.groups.get(id_)

    def unit_id(self, group: UnitGroup, unit: Unit) -> str:
        """Units are found by id in the whole database, so an id that two groups use is made its own."""
        if unit.id in self._shared_units or openlca_id(Kind.UNIT_GROUP, unit.id) != unit.id:
            return derived_id("unit", f"{group.heading.id}/{unit.id or unit.name}")
        return unit.id

    def _choose(self, package: Package) -> None:
        """For flows without a property: that of the unit which their first use counts in."""
        uses: list[tuple[str, str, str]] = []
        for process in package.processes:
            uses += [(one.flow.id, one.property, one.unit) for one in process.exchanges]
        for category in package.impact_categories:
            uses += [(one.flow.id, one.property, one.unit) for one in category.factors]
        for flow_id, property_id, unit in uses:
            flow = self.flows.get(flow_id)
            if flow_id in self._chosen or (flow is not None and flow.properties):
                continue
            if unit and not property_id:
                self._chosen[flow_id] = self._property_of(unit)

    def _property_of(self, unit: str) -> str:
        for property_ in self.properties.values():
            group = self.group_of(property_.heading.id)
            if group is not None and group.unit(unit) is not None:
                return property_.heading.id
        return property_of_unit().get(unit) or self._made_up(unit)

    def _found(self, property_id: str, unit: str) -> tuple[UnitGroup, Unit] | None:
        group = self.group_of(property_id)
        if group is None:
            return None
        found = group.unit(unit or group.reference)
        return (group, found) if found else None

    def _property(self, id_: str) -> FlowProperty | None:
        if id_ in self.properties:
            return self.properties[id_]
        if id_ in flow_properties():
            self._add_property(flow_properties()[id_])
        return self.properties.get(id_)

    def _made_up(self, unit: str) -> str:
        """A property of its own for a unit that nobody knows."""
        id_ = derived_id("flow property", unit)
        if id_ not in self.properties:
            group_id = derived_id("unit group", unit)
            unit_id = derived_id("unit", unit)
            wording = Wording.of(unit)
            self._add_group(
                UnitGroup(
                    heading=Heading(id=group_id, name=wording),
                    units=(Unit(id=unit_id, name=unit, factor=1.0),),
                    reference=unit_id,
                    default_property=Ref(id_, name=wording, kind=Kind.FLOW_PROPERTY),
                )
            )
            self._add_property(
                FlowProperty(
                    heading=Heading(id=id_, name=wording),
                    unit_group=Ref(group_id, name=wording, kind=Kind.UNIT_GROUP),
                )
            )
        return id_

    def _add_group(self, group: UnitGroup) -> None:
        self.groups[group.heading.id] = group
        self.added_groups.append(group)
        self._pen.add(Kind.UNIT_GROUP, self._pen.place(Kind.UNIT_GROUP, group.heading))

    def _add_property(self, property_: FlowProperty) -> None:
        self.properties[property_.heading.id] = property_
        self.added_properties.append(property_)
        self._pen.add(Kind.FLOW_PROPERTY, self._pen.place(Kind.FLOW_PROPERTY, property_.heading))

    def _unit_ref(self, found: tuple[UnitGroup, Unit]) -> Json:
        group, unit = found
        return {"@type": "Unit", "@id": self.unit_id(group, unit), "name": unit.name}

    def _property_ref(self, id_: str) -> Json:
        known = self.properties.get(id_)
        name = known.heading.name if known else self._names.get(id_, Wording())
        return self._pen.refer(Ref(id_, name=name, kind=Kind.FLOW_PROPERTY))


def write_unit_group(group: UnitGroup, quantities: Quantities, pen: Pen) -> Json:
    place = pen.place(Kind.UNIT_GROUP, group.heading)
    value = pen.heading(Kind.UNIT_GROUP, group.heading)
    value["units"] = [
        pen.restore(
            filled(
                {
                    "@type": "Unit",
                    "@id": quantities.unit_id(group, unit),
                    "name": unit.name,
                    "description": pen.say(unit.comment, place),
                    "conversionFactor": pen.number(unit.factor, place),
                    "isRefUnit": unit.id == group.reference,
                    "synonyms": list(unit.synonyms),
                }
            ),
            unit.extras,
        )
        for unit in group.units
    ]
    value |= filled({"defaultFlowProperty": pen.refer(group.default_property, Kind.FLOW_PROPERTY)})
    return pen.restore(value, group.extras)


def write_flow_property(property_: FlowProperty, quantities: Quantities, pen: Pen) -> Json:
    quantities.group_of(property_.heading.id)
    value = pen.heading(Kind.FLOW_PROPERTY, property_.heading)
    value["flowPropertyType"] = "ECONOMIC_QUANTITY" if property_.economic else "PHYSICAL_QUANTITY"
    value |= filled({"unitGroup": pen.refer(property_.unit_group, Kind.UNIT_GROUP)})
    return pen.restore(value, property_.extras)


def write_flow(flow: Flow, quantities: Quantities, pen: Pen, location: Json) -> Json:
    place = pen.place(Kind.FLOW, flow.heading)
    if flow.type is FlowType.OTHER:
        pen.note(Kind.FIELD, "flow-type-other", place, dropped=False)
    if flow.name_parts:
        pen.lose("name_parts", place)
    value = pen.heading(Kind.FLOW, flow.heading, category=_category(flow))
    value |= filled(
        {
            "flowType": _FLOW_TYPES[flow.type],
            "cas": flow.cas,
            "formula": flow.formula,
            "synonyms": pen.say(flow.heading.synonyms, place),
            "isInfrastructureFlow": flow.infrastructure,
            "location": location,
            "flowProperties": list(_factors(flow, quantities, pen, place)),
        }
    )
    return pen.restore(value, flow.extras)


def _factors(flow: Flow, quantities: Quantities, pen: Pen, place: Place) -> Iterable[Json]:
    reference = quantities.reference(flow)
    for number, (id_, factor) in enumerate(quantities.references(flow)):
        quantities.group_of(id_)
        given = flow.properties[number] if flow.properties else None
        known = quantities.properties.get(id_)
        ref = given.property if given else Ref(id_, name=known.heading.name if known else Wording())
        value = filled(
            {
                "@type": "FlowPropertyFactor",
                "conversionFactor": pen.number(factor, place),
                "isRefFlowProperty": id_ == reference,
                "flowProperty": pen.refer(ref, Kind.FLOW_PROPERTY),
            }
        )
        yield pen.restore(value, given.extras) if given else value


def _category(flow: Flow) -> tuple[str, ...] | None:
    """Elementary flows are filed by compartment."""
    first = flow.heading.categories[0] if flow.heading.categories else Category(())
    if flow.type is not FlowType.ELEMENTARY or not flow.compartment:
        return None
    if first.path[-len(flow.compartment) :] == flow.compartment:
        return first.path
    return (_ROOT_OF_NATURE, *flow.compartment)
