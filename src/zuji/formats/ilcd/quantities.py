"""Flow properties and unit groups."""

from lxml import etree

from zuji.formats.ilcd.beyond import BEYOND, FLAG, REF, TEXT, applied, many, stated
from zuji.formats.ilcd.fields import Box, Items, Plain, Reference, Values, Words, words, written_number
from zuji.formats.ilcd.fragments import in_order, put_back
from zuji.formats.ilcd.headings import ADMINISTRATION, CLASSES, heading_of, information, values_of
from zuji.formats.ilcd.names import FLOW_PROPERTY, OLCA, UNIT_GROUP, clark
from zuji.formats.ilcd.reading import Reading
from zuji.formats.ilcd.values import number
from zuji.model.lci.references import Kind
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.text import Text

_UNIT_ID = f"{{{OLCA}}}unitId"
_OF_PROPERTY = {"economic": FLAG}
_OF_UNIT = {"synonyms": many(TEXT)}
_OF_GROUP = {"default_property": REF}

_NO_FACTOR = Text(
    "单位没有可用的换算系数，未作为单位读入，原文保留",
    "the unit has no usable factor; it is kept as it stands but is not a unit",
)
_NO_REFERENCE = Text(
    "参考单位的编号在单位组里不存在", "the number of the reference unit occurs on no unit of the group"
)

_PROPERTY = Box(
    {
        "flowPropertiesInformation": Box(
            {
                "dataSetInformation": information(
                    {
                        "common:UUID": Plain("id"),
                        "common:name": Words("name"),
                        "common:synonyms": Words("synonyms"),
                        "classificationInformation": CLASSES,
                        "common:generalComment": Words("comment"),
                    }
                ),
                "quantitativeReference": Box(
                    {"referenceToReferenceUnitGroup": Reference("unit_group", Kind.UNIT_GROUP)}
                ),
            }
        ),
        "administrativeInformation": ADMINISTRATION,
    },
    {BEYOND: "beyond"},
)


def read_property(root: etree._Element, reading: Reading) -> FlowProperty:
    """A flow property data set."""
    values: Values = {}
    _PROPERTY.read(root, values, reading, "")
    return FlowProperty(
        heading=heading_of(values),
        unit_group=values.get("unit_group"),
        extras=in_order(reading.extras),
        **applied(values.get("beyond", ""), _OF_PROPERTY),
    )


def write_property(flow_property: FlowProperty, root: etree._Element) -> None:
    """Fills the root element of a flow property data set."""
    values = values_of(flow_property.heading)
    values |= {"unit_group": flow_property.unit_group, "beyond": stated(flow_property, _OF_PROPERTY)}
    _PROPERTY.fill(values, root)
    put_back(root, flow_property.extras, FLOW_PROPERTY.namespace)


def _read_unit(element: etree._Element, reading: Reading, path: str) -> Unit | None:
    factor = number(element.findtext(clark("meanValue", reading.namespace)))
    if factor is None:
        reading.defaulted("ilcd.unit-factor", _NO_FACTOR, reading.at(element, path))
        return None
    values: Values = {}
    with reading.inner() as extras:
        _UNIT.read(element, values, reading, "")
        internal, olca = values.get("number", ""), values.get("id", "")
        if internal and olca and internal != olca:
            # units elsewhere are named by openLCA's id; the format's own number is written back beside it
            reading.taken -= 1
            reading.keep_attribute("", "dataSetInternalID", internal)
    return Unit(
        id=olca or internal,
        name=values.get("name", ""),
        factor=factor,
        comment=words(values, "comment"),
        extras=in_order(extras),
        **applied(values.get("beyond", ""), _OF_UNIT),
    )


def _write_unit(unit: Unit, tag: str, parent: etree._Element) -> None:
    element = etree.SubElement(parent, tag)
    values = {
        "number": unit.id,
        "id": "" if unit.id.isdecimal() and _number_of(unit) == unit.id else unit.id,
        "name": unit.name,
        "factor": written_number(unit.factor),
        "comment": unit.comment,
        "beyond": stated(unit, _OF_UNIT),
    }
    _UNIT.fill(values, element)
    put_back(element, unit.extras, UNIT_GROUP.namespace)


_UNIT = Box(
    {"name": Plain("name"), "meanValue": Plain("factor"), "generalComment": Words("comment")},
    {"dataSetInternalID": "number", _UNIT_ID: "id", BEYOND: "beyond"},
)

_GROUP = Box(
    {
        "unitGroupInformation": Box(
            {
                "dataSetInformation": information(
                    {
                        "common:UUID": Plain("id"),
                        "common:name": Words("name"),
                        "classificationInformation": CLASSES,
                        "common:generalComment": Words("comment"),
                    }
                ),
                "quantitativeReference": Box({"referenceToReferenceUnit": Plain("number")}),
            }
        ),
        "administrativeInformation": ADMINISTRATION,
        "units": Box({"unit": Items("units", _read_unit, _write_unit)}),
    },
    {BEYOND: "beyond"},
)


def read_group(root: etree._Element, reading: Reading) -> UnitGroup:
    """A unit group data set; the reference is the id of the unit whose number is stated."""
    values: Values = {}
    _GROUP.read(root, values, reading, "")
    units: tuple[Unit, ...] = tuple(values.get("units", ()))
    stated_number = values.get("number", "")
    found = next((unit.id for unit in units if _number_of(unit) == stated_number), "")
    if not found:
        reading.remark("ilcd.reference-unit", _NO_REFERENCE, reading.at(root, "referenceToReferenceUnit"))
    return UnitGroup(
        heading=heading_of(values),
        units=units,
        reference=found or stated_number,
        extras=in_order(reading.extras),
        **applied(values.get("beyond", ""), _OF_GROUP),
    )


def write_group(group: UnitGroup, root: etree._Element) -> None:
    """Fills the root element of a unit group data set."""
    values = values_of(group.heading, "synonyms")
    reference = next((unit for unit in group.units if unit.id == group.reference), None)
    values |= {
        "number": group.reference if reference is None else _number_of(reference),
        "units": group.units,
        "beyond": stated(group, _OF_GROUP),
    }
    _GROUP.fill(values, root)
    put_back(root, group.extras, UNIT_GROUP.namespace)


def _number_of(unit: Unit) -> str:
    """The unit's dataSetInternalID as it is written."""
    return next((extra.content for extra in unit.extras if extra.place == "@dataSetInternalID"), unit.id)
