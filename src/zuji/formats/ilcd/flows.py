"""Flows."""

from lxml import etree

from zuji.formats.ilcd.beyond import BEYOND, FLAG, applied, stated
from zuji.formats.ilcd.fields import (
    Box,
    Choice,
    Items,
    Plain,
    Reference,
    Values,
    Words,
    written_number,
)
from zuji.formats.ilcd.fragments import in_order, put_back
from zuji.formats.ilcd.headings import (
    ADMINISTRATION,
    NAMED,
    heading_of,
    information,
    name_parts,
    parts_of,
    read_class,
    read_compartment,
    values_of,
    write_class,
    write_compartment,
)
from zuji.formats.ilcd.names import FLOW, LANG, ZUJI, clark
from zuji.formats.ilcd.reading import Reading
from zuji.formats.ilcd.values import number
from zuji.formats.xml_tree import writable
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.references import Category, Kind, Ref
from zuji.text import Text

PARTS = ("treatmentStandardsRoutes", "mixAndLocationTypes", "flowProperties")
TYPES = {
    "Elementary flow": FlowType.ELEMENTARY,
    "Product flow": FlowType.PRODUCT,
    "Waste flow": FlowType.WASTE,
    "Other flow": FlowType.OTHER,
}
_OF_FLOW = {"infrastructure": FLAG}
_UNNUMBERED = f"{{{ZUJI}}}unnumbered"

_NO_AMOUNT = Text(
    "流属性没有可用的数值，未作为换算系数读入，原文保留",
    "a flow property without a usable value; kept as it stands but not as a conversion",
)
_NO_REFERENCE = Text(
    "参考流属性的编号在流里不存在",
    "the number of the reference flow property occurs on no property of the flow",
)
_NO_TYPE = Text("流没有可用的类型，按“其他流”读入", "the flow has no usable type; read as an other flow")


class _Place:
    """locationOfSupply: a place is a code, so only one English text is one; others are kept."""

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        text = (element.text or "").strip()
        if "location" in values or (text and element.get(LANG, "en") != "en") or set(element.attrib) - {LANG}:
            reading.keep(element, path)
            return
        reading.taken += 1 + len(element.attrib)
        if text:
            values["location"] = text

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        if values["location"]:
            leaf = etree.SubElement(parent, tag)
            leaf.set(LANG, "en")
            leaf.text = writable(values["location"])


def _read_amount(element: etree._Element, reading: Reading, path: str) -> tuple[str, PropertyAmount] | None:
    amount = number(element.findtext(clark("meanValue", reading.namespace)))
    if amount is None:
        reading.defaulted("ilcd.property-amount", _NO_AMOUNT, reading.at(element, path))
        return None
    values: Values = {}
    with reading.inner() as extras:
        _AMOUNT.read(element, values, reading, "")
    internal = values.get("number", "")
    return internal, PropertyAmount(
        property=values.get("property") or Ref("", kind=Kind.FLOW_PROPERTY),
        amount=amount,
        id="" if values.get("unnumbered") else internal,
        extras=in_order(extras),
    )


def _write_amount(numbered: tuple[str, PropertyAmount], tag: str, parent: etree._Element) -> None:
    element = etree.SubElement(parent, tag)
    internal, amount = numbered
    values = {
        "number": internal,
        "property": amount.property,
        "amount": written_number(amount.amount),
        "unnumbered": "true" if internal and not amount.id else "",
    }
    _AMOUNT.fill(values, element)
    put_back(element, amount.extras, FLOW.namespace)


def _numbered(flow: Flow) -> tuple[list[tuple[str, PropertyAmount]], str]:
    """Each amount with its internal number, and the reference's, which gets one where it has none."""
    numbered = [(amount.id, amount) for amount in flow.properties]
    at = next((n for n, one in enumerate(flow.properties) if one.property.id == flow.reference), None)
    if not flow.reference or at is None:
        return numbered, ""
    if not numbered[at][0]:
        used = {amount.id for amount in flow.properties}
        free = next(str(n) for n in range(len(used) + 1) if str(n) not in used)
        numbered[at] = free, flow.properties[at]
    return numbered, numbered[at][0]


_AMOUNT = Box(
    {
        "referenceToFlowPropertyDataSet": Reference("property", Kind.FLOW_PROPERTY),
        "meanValue": Plain("amount"),
    },
    {"dataSetInternalID": "number", _UNNUMBERED: "unnumbered"},
)

_FLOW = Box(
    {
        "flowInformation": Box(
            {
                "dataSetInformation": information(
                    {
                        "common:UUID": Plain("id"),
                        "name": Box({"baseName": Words("name"), **{part: Words(part) for part in PARTS}}),
                        "common:synonyms": Words("synonyms"),
                        "classificationInformation": Box(
                            {
                                "common:elementaryFlowCategorization": Items(
                                    "compartments", read_compartment, write_compartment
                                ),
                                "common:classification": Items("categories", read_class, write_class),
                            }
                        ),
                        "CASNumber": Plain("cas"),
                        "sumFormula": Plain("formula"),
                        "common:generalComment": Words("comment"),
                    }
                ),
                "quantitativeReference": Box({"referenceToReferenceFlowProperty": Plain("number")}),
                "geography": Box({"locationOfSupply": _Place()}),
            }
        ),
        "modellingAndValidation": Box({"LCIMethod": Box({"typeOfDataSet": Choice("type", TYPES)})}),
        "administrativeInformation": ADMINISTRATION,
        "flowProperties": Box({"flowProperty": Items("properties", _read_amount, _write_amount)}),
    },
    {BEYOND: "beyond"},
)


def read_flow(root: etree._Element, reading: Reading) -> Flow:
    """A flow data set; the reference is the id of the property whose number is stated."""
    values: Values = {}
    _FLOW.read(root, values, reading, "")
    properties: list[tuple[str, PropertyAmount]] = values.get("properties", [])
    stated_number = values.get("number", "")
    found = next((amount.property.id for n, amount in properties if n and n == stated_number), "")
    if not found and (properties or stated_number):
        reading.remark("ilcd.reference-property", _NO_REFERENCE, reading.at(root, stated_number))
        if stated_number:
            tag = clark("referenceToReferenceFlowProperty", FLOW.namespace)
            reading.give_back("flowInformation/quantitativeReference", tag, stated_number)
    if "type" not in values:
        reading.defaulted("ilcd.flow-type", _NO_TYPE, reading.at(root, "typeOfDataSet"))
    compartments = values.get("compartments", ())
    return Flow(
        heading=heading_of(values),
        type=values.get("type", FlowType.OTHER),
        properties=tuple(amount for _, amount in properties),
        reference=found,
        compartment=compartments[0].path if compartments else (),
        cas=values.get("cas", ""),
        formula=values.get("formula", ""),
        location=values.get("location", ""),
        extras=in_order(reading.extras),
        **({"name_parts": name_parts(values, PARTS)} | applied(values.get("beyond", ""), _OF_FLOW | NAMED)),
    )


def write_flow(flow: Flow, root: etree._Element) -> None:
    """Fills the root element of a flow data set."""
    numbered, reference = _numbered(flow)
    named, codecs = parts_of(flow.name_parts, PARTS)
    values = values_of(flow.heading) | named
    values |= {
        "type": flow.type,
        "properties": numbered,
        "number": reference,
        "compartments": (Category(flow.compartment),) if flow.compartment else (),
        "cas": flow.cas,
        "formula": flow.formula,
        "location": flow.location,
        "beyond": stated(flow, _OF_FLOW | codecs),
    }
    _FLOW.fill(values, root)
    put_back(root, flow.extras, FLOW.namespace)
