"""Unit groups, flow properties and flows, and what a package leaves to openLCA's reference data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zuji.errors import Place
from zuji.formats.jsonld.places import Places
from zuji.formats.jsonld.reasons import REASONS
from zuji.formats.jsonld.record import Account, Record
from zuji.formats.jsonld.reference import flow_properties, property_of_unit, unit_groups
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.impacts import ImpactCategory
from zuji.model.lci.processes import Process
from zuji.model.lci.references import Category, Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.model.lci.wording import Wording

_FLOW_TYPES: Mapping[str, FlowType] = {
    "ELEMENTARY_FLOW": FlowType.ELEMENTARY,
    "PRODUCT_FLOW": FlowType.PRODUCT,
    "WASTE_FLOW": FlowType.WASTE,
}
_ROOT_OF_NATURE = "elementary flows"
"""The category that openLCA files elementary flows under; it is no compartment."""


def read_heading(record: Record, id_: str, *, synonyms: Wording | None = None) -> Heading:
    path = record.path("category")
    record.text("@id")
    return Heading(
        id=id_,
        version=record.text("version"),
        name=record.wording("name"),
        synonyms=synonyms or Wording(),
        categories=(Category(path),) if path else (),
        comment=record.wording("description"),
        changed=record.text("lastChange"),
        tags=record.strings("tags"),
    )


def read_unit_group(record: Record, id_: str) -> UnitGroup:
    units: list[Unit] = []
    reference = ""
    for inner in record.inners("units"):
        factor = inner.number("conversionFactor")
        if factor is None:
            record.default("no-factor")
            factor = 1.0
        unit_id, name = inner.text("@id"), inner.text("name")
        if inner.flag("isRefUnit"):
            reference = unit_id or name
        units.append(
            Unit(
                id=unit_id or name,
                name=name,
                factor=factor,
                comment=inner.wording("description"),
                synonyms=inner.strings("synonyms"),
                extras=inner.extras(),
            )
        )
    if not reference:
        reference = next((unit.id for unit in units if unit.factor == 1), "")
        record.default("no-reference-unit" if reference else "no-reference-unit-at-all")
    group = UnitGroup(
        heading=read_heading(record, id_),
        units=tuple(units),
        reference=reference,
        default_property=record.ref("defaultFlowProperty", Kind.FLOW_PROPERTY),
        extras=record.extras(),
    )
    record.close(Kind.UNIT_GROUP)
    return group


def read_flow_property(record: Record, id_: str) -> FlowProperty:
    made = FlowProperty(
        heading=read_heading(record, id_),
        unit_group=record.ref("unitGroup", Kind.UNIT_GROUP),
        economic=record.text("flowPropertyType") == "ECONOMIC_QUANTITY",
        extras=record.extras(),
    )
    record.close(Kind.FLOW_PROPERTY)
    return made


def read_flow(record: Record, id_: str, places: Places) -> Flow:
    stated = record.text("flowType")
    type_ = _FLOW_TYPES.get(stated, FlowType.OTHER)
    if stated not in _FLOW_TYPES:
        record.default("no-flow-type")
    heading = read_heading(record, id_, synonyms=record.wording("synonyms"))
    properties, reference = _properties(record)
    flow = Flow(
        heading=heading,
        type=type_,
        properties=properties,
        reference=reference,
        compartment=_compartment(heading.categories) if type_ is FlowType.ELEMENTARY else (),
        cas=record.text("cas"),
        formula=record.text("formula"),
        location=places.code(record),
        infrastructure=record.flag("isInfrastructureFlow") or False,
        extras=record.extras(),
    )
    record.close(Kind.FLOW)
    return flow


def _properties(record: Record) -> tuple[tuple[PropertyAmount, ...], str]:
    properties: list[PropertyAmount] = []
    reference = ""
    for inner in record.inners("flowProperties"):
        found = inner.ref("flowProperty", Kind.FLOW_PROPERTY)
        factor = inner.number("conversionFactor")
        marked = inner.flag("isRefFlowProperty")
        if found is None:
            record.keep_dropped("flowProperties", inner)
            continue
        if factor is None:
            record.default("no-factor")
            factor = 1.0
        if marked:
            reference = found.id
        properties.append(PropertyAmount(property=found, amount=factor, extras=inner.extras()))
    if not reference:
        if len(properties) == 1:
            reference = properties[0].property.id
            record.default("no-reference-property")
        else:
            record.default("no-reference-property-at-all")
    return tuple(properties), reference


def _compartment(categories: tuple[Category, ...]) -> tuple[str, ...]:
    path = categories[0].path if categories else ()
    return path[1:] if path and path[0].lower() == _ROOT_OF_NATURE else path


@dataclass(frozen=True, slots=True)
class _Use:
    """What an exchange or factor says of the quantity of a flow: ids, and the name of the flow's own unit."""

    property: str
    unit: str
    reference_unit: str


class Strangers:
    """Flows that references tell of and the package lacks, in the order first met."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._told: dict[str, tuple[Record, list[_Use]]] = {}

    def gather(self, objects: Iterable[tuple[str, str, Mapping[str, object]]]) -> None:
        """Looks through (type, file, object); flows found count as present from here on."""
        for type_, file, value in objects:
            key = {"Process": "exchanges", "ImpactCategory": "impactFactors"}.get(type_, "")
            inner = value.get(key)
            for one in inner if isinstance(inner, list) else ():
                if isinstance(one, dict) and isinstance(one.get("flow"), dict):
                    self._hear(one, one["flow"], file)
        self._account.present |= {("Flow", id_) for id_ in self._told}

    def _hear(self, owner: Mapping[str, object], flow: Mapping[str, object], file: str) -> None:
        id_ = flow.get("@id")
        if not isinstance(id_, str) or not id_ or ("Flow", id_) in self._account.present:
            return
        if flow.get("flowType") not in _FLOW_TYPES:
            return
        stranger = {**flow, "@id": id_}
        _, uses = self._told.setdefault(id_, (Record(stranger, self._account, file), []))
        reference_unit = flow.get("refUnit")
        use = _Use(
            _id(owner.get("flowProperty")),
            _id(owner.get("unit")),
            reference_unit if isinstance(reference_unit, str) else "",
        )
        if use not in uses:
            uses.append(use)

    def flows(self, properties: Mapping[str, FlowProperty], groups: Mapping[str, UnitGroup]) -> list[Flow]:
        """Each with its reference property: one with the flow's reference unit, or that of a bare unit."""
        made = []
        for id_, (record, uses) in self._told.items():
            reference = next(
                (
                    one.property
                    for one in uses
                    if one.reference_unit
                    and _reference_unit(one.property, properties, groups) == one.reference_unit
                ),
                "",
            )
            bare = next((one.unit for one in uses if one.unit and not one.property), "")
            if not reference and bare:
                reference = _property_of(bare, properties, groups)
            path = record.path("category")
            type_ = _FLOW_TYPES[record.text("flowType")]
            categories = (Category(path),) if path else ()
            known = properties.get(reference) or flow_properties().get(reference)
            ref = Ref(reference, name=known.heading.name, kind=Kind.FLOW_PROPERTY) if known else None
            made.append(
                Flow(
                    heading=Heading(id=id_, name=record.wording("name"), categories=categories),
                    type=type_,
                    properties=(PropertyAmount(property=ref, amount=1.0),) if ref else (),
                    reference=reference,
                    compartment=_compartment(categories) if type_ is FlowType.ELEMENTARY else (),
                )
            )
            self._account.book.read(Kind.FLOW)
            self._account.book.defaulted(
                Kind.FLOW, "flow-from-reference", REASONS["flow-from-reference"], record.place()
            )
        return made


def _reference_unit(
    property_id: str, properties: Mapping[str, FlowProperty], groups: Mapping[str, UnitGroup]
) -> str:
    property_ = properties.get(property_id)
    group = groups.get(property_.unit_group.id) if property_ and property_.unit_group else None
    unit = group.unit(group.reference) if group else None
    return unit.name if unit else ""


def _property_of(unit: str, properties: Mapping[str, FlowProperty], groups: Mapping[str, UnitGroup]) -> str:
    """The property that a unit is of: in the package, else in the built-in data."""
    for id_, property_ in properties.items():
        group = groups.get(property_.unit_group.id) if property_.unit_group else None
        if group is not None and group.unit(unit) is not None:
            return id_
    return property_of_unit().get(unit, "")


def _id(reference: object) -> str:
    id_ = reference.get("@id") if isinstance(reference, dict) else None
    return id_ if isinstance(id_, str) else ""


def complete_properties(
    account: Account, given: Iterable[FlowProperty], used: Iterable[tuple[str, Place]]
) -> list[FlowProperty]:
    """The given flow properties and the built-in ones that are used without being given."""
    found = {one.heading.id: one for one in given}
    told: set[str] = set()
    for id_, place in used:
        if id_ in found or id_ in told:
            continue
        told.add(id_)
        if id_ in flow_properties():
            found[id_] = flow_properties()[id_]
            account.book.read(Kind.FLOW_PROPERTY)
            account.book.defaulted(Kind.FLOW_PROPERTY, "built-in", REASONS["built-in"], place)
        else:
            account.book.read(Kind.FIELD)
            account.book.remarked(Kind.FIELD, "dangling-property", REASONS["dangling-property"], place)
    return list(found.values())


def complete_groups(
    account: Account, given: Iterable[UnitGroup], properties: Iterable[FlowProperty]
) -> list[UnitGroup]:
    """The given unit groups and the built-in ones that `properties` need without being given."""
    found = {one.heading.id: one for one in given}
    told: set[str] = set()
    for property_ in properties:
        id_ = property_.unit_group.id if property_.unit_group else ""
        if not id_ or id_ in found or id_ in told:
            continue
        told.add(id_)
        place = Place(
            field=f"{property_.heading.name} → {property_.unit_group.name}" if property_.unit_group else ""
        )
        if id_ in unit_groups():
            found[id_] = unit_groups()[id_]
            account.book.read(Kind.UNIT_GROUP)
            account.book.defaulted(Kind.UNIT_GROUP, "built-in", REASONS["built-in"], place)
        else:
            account.book.read(Kind.FIELD)
            account.book.remarked(Kind.FIELD, "dangling-group", REASONS["dangling-group"], place)
    return list(found.values())


def used_properties(
    flows: Iterable[Flow], processes: Iterable[Process], categories: Iterable[ImpactCategory]
) -> Iterable[tuple[str, Place]]:
    """Ids of flow properties with where they are used: flows, exchanges, factors."""
    for flow in flows:
        place = Place(file=f"flows/{flow.heading.id}.json", field="flowProperties")
        for one in flow.properties:
            yield one.property.id, place
    for process in processes:
        place = Place(file=f"processes/{process.heading.id}.json", field="exchanges")
        for id_ in dict.fromkeys(exchange.property for exchange in process.exchanges if exchange.property):
            yield id_, place
    for category in categories:
        place = Place(file=f"lcia_categories/{category.heading.id}.json", field="impactFactors")
        for id_ in dict.fromkeys(factor.property for factor in category.factors if factor.property):
            yield id_, place
