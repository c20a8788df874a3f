"""What data sets share: flows, units, properties, people, sources and places, each known once.

The first to describe something is right (master data come first). What a later one says otherwise stays
with it as an extra, so that it is written back there.
"""

from dataclasses import dataclass, field

from zuji.formats.ecospold2.identity import identity
from zuji.formats.ecospold2.nodes import LANGUAGE, Node
from zuji.formats.ecospold2.notes import FORMAT
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.publications import Contact, Location, Source
from zuji.model.lci.references import Category, Extra, Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.model.lci.wording import UNSAID, Wording
from zuji.units import conversion, dimension, known

COMPANY = Extra(FORMAT, "company", "true")
"""Marks a contact that the format files under companies, not under persons."""
_WASTE_SYSTEM = "by-product classification"


def group_id(unit: str) -> str:
    """The unit group that a unit has for itself."""
    return identity("unit group", unit)


def property_id(unit: str) -> str:
    """The flow property that amounts in that unit count."""
    return identity("flow property", unit)


@dataclass(slots=True)
class FlowDraft:
    """A flow while its data sets are read."""

    id: str
    elementary: bool
    unit: str = ""
    name: Wording = UNSAID
    synonyms: Wording = UNSAID
    comment: Wording = UNSAID
    categories: tuple[Category, ...] = ()
    compartment: tuple[str, ...] = ()
    placed: bool = False
    """Whether its compartment was stated."""
    cas: str = ""
    formula: str = ""
    location: str = ""
    infrastructure: bool = False
    properties: tuple[PropertyAmount, ...] = ()
    extras: tuple[Extra, ...] = ()
    treated: bool = False
    """Whether it is handed over as waste somewhere."""

    @property
    def type(self) -> FlowType:
        if self.elementary:
            return FlowType.ELEMENTARY
        return FlowType.WASTE if self.treated or waste_by_class(self.categories) else FlowType.PRODUCT


def waste_by_class(categories: tuple[Category, ...]) -> bool:
    """Whether ecoinvent's classification of by-products calls it a waste."""
    return any(
        category.system.strip().lower() == _WASTE_SYSTEM and category.path[:1] == ("Waste",)
        for category in categories
    )


def co_product_by_class(categories: tuple[Category, ...]) -> bool:
    """Whether ecoinvent's classification of by-products wants it to bear a share of the burdens."""
    return any(
        category.system.strip().lower() == _WASTE_SYSTEM
        and category.path[0].strip().lower() in ("allocatable product", "allocatable")
        for category in categories
        if category.path
    )


@dataclass(slots=True)
class Registry:
    """Everything shared, by id, in the order first met."""

    units: dict[str, Unit] = field(default_factory=dict)
    flows: dict[str, FlowDraft] = field(default_factory=dict)
    properties: dict[str, tuple[Wording, str]] = field(default_factory=dict)
    property_extras: dict[str, tuple[Wording, tuple[Extra, ...]]] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)
    other_units: dict[str, dict[str, float]] = field(default_factory=dict)

    def unit(self, node: Node, language: str = "en") -> str:
        """The id of the unit that a node names by `unitId` and `unitName`; "" where it names none."""
        name_node = node.child("unitName")
        name = ""
        if name_node is not None:
            name_node.take_if(LANGUAGE, language)
            name = name_node.text()
        unit = node.take("unitId")
        if not unit and not name:
            if name_node is not None:
                node.leave(name_node)
            return ""
        unit = unit or identity("unit", name)
        registered = self.units.get(unit)
        if registered is None:
            self.units[unit] = registered = Unit(id=unit, name=name, factor=1.0)
        if name and not registered.name:
            self.units[unit] = Unit(id=unit, name=name, factor=1.0, extras=registered.extras)
        elif name_node is not None and registered.name != name:
            node.leave(name_node)
        return unit

    def unit_name(self, unit: str) -> str:
        """The name of a unit; its id where it has none."""
        registered = self.units.get(unit)
        return registered.name or unit if registered is not None else unit

    def flow(self, flow: str, unit: str, *, elementary: bool) -> FlowDraft:
        """The flow of that id; another unit of the same dimension is added to its units."""
        draft = self.flows.get(flow)
        if draft is None:
            self.flows[flow] = draft = FlowDraft(flow, elementary, unit)
        if not draft.unit:
            draft.unit = unit
        elif unit and unit != draft.unit:
            factor = self._factor(unit, draft.unit)
            if factor is not None:
                self.other_units.setdefault(draft.unit, {})[unit] = factor
        return draft

    def _factor(self, unit: str, into: str) -> float | None:
        first, second = self.unit_name(unit), self.unit_name(into)
        if not known(first) or not known(second) or dimension(first) != dimension(second):
            return None
        return conversion(first, second)

    def converts(self, unit: str, into: str) -> bool:
        """Whether amounts in `unit` are understood for a flow counted in `into`."""
        return unit == into or unit in self.other_units.get(into, {})

    def packaged_flows(self) -> tuple[Flow, ...]:
        """Products and wastes first, then elementary flows, each in the order met."""
        drafts = sorted(self.flows.values(), key=lambda draft: draft.elementary)
        return tuple(
            Flow(
                heading=Heading(
                    id=draft.id,
                    name=draft.name,
                    synonyms=draft.synonyms,
                    categories=draft.categories,
                    comment=draft.comment,
                ),
                type=draft.type,
                properties=(
                    PropertyAmount(
                        property=Ref(property_id(draft.unit), kind=Kind.FLOW_PROPERTY), amount=1.0
                    ),
                    *draft.properties,
                ),
                reference=property_id(draft.unit),
                compartment=draft.compartment,
                cas=draft.cas,
                formula=draft.formula,
                location=draft.location,
                infrastructure=draft.infrastructure,
                extras=draft.extras,
            )
            for draft in drafts
        )

    def packaged_properties(self) -> tuple[FlowProperty, ...]:
        """One for each unit that flows are counted in, then those the data sets name."""
        counted = dict.fromkeys(draft.unit for draft in self._ordered_drafts())
        own = [
            FlowProperty(
                heading=Heading(id=property_id(unit), name=_quantity(self.unit_name(unit))),
                unit_group=Ref(group_id(unit), kind=Kind.UNIT_GROUP),
            )
            for unit in counted
        ]
        named = [
            FlowProperty(
                heading=Heading(id=each, name=name, comment=self.property_extras.get(each, (UNSAID, ()))[0]),
                unit_group=Ref(group_id(unit), kind=Kind.UNIT_GROUP) if unit else None,
                extras=self.property_extras.get(each, (UNSAID, ()))[1],
            )
            for each, (name, unit) in self.properties.items()
        ]
        return (*own, *named)

    def _ordered_drafts(self) -> list[FlowDraft]:
        return sorted(self.flows.values(), key=lambda draft: draft.elementary)

    def packaged_groups(self) -> tuple[UnitGroup, ...]:
        """Each unit has its group; other units of flows counted in it convert there."""
        counted = {draft.unit for draft in self.flows.values()}
        if "" in counted:
            self.units.setdefault("", Unit(id="", name="", factor=1.0))
        return tuple(
            UnitGroup(
                heading=Heading(id=group_id(unit.id), name=Wording.of(f"Units of {unit.name}")),
                units=(
                    unit,
                    *(
                        Unit(id=other, name=self.unit_name(other), factor=factor)
                        for other, factor in self.other_units.get(unit.id, {}).items()
                    ),
                ),
                reference=unit.id,
                default_property=Ref(property_id(unit.id), kind=Kind.FLOW_PROPERTY)
                if unit.id in counted
                else None,
            )
            for unit in self.units.values()
        )

    def packaged_contacts(self) -> tuple[Contact, ...]:
        """Persons first, then companies."""
        return tuple(sorted(self.contacts.values(), key=lambda contact: COMPANY in contact.extras))


def _quantity(unit: str) -> Wording:
    if not known(unit):
        return Wording.of(f"Amount in {unit}")
    return Wording.of(dimension(unit).capitalize())
