"""LCIA methods: one data set is one indicator with its characterisation factors."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from lxml import etree

from zuji.formats.ilcd.beyond import BEYOND, NUMBER, TEXT, applied, stated
from zuji.formats.ilcd.exchanges import DIRECTIONS
from zuji.formats.ilcd.fields import (
    Box,
    Choice,
    Items,
    Number,
    Plain,
    Reference,
    Values,
    Words,
    words,
)
from zuji.formats.ilcd.fragments import in_order, put_back
from zuji.formats.ilcd.headings import CLASSES, heading_of, information, publication, values_of
from zuji.formats.ilcd.names import METHOD, OLCA, ZUJI
from zuji.formats.ilcd.reading import Reading
from zuji.formats.ilcd.spreads import DISTRIBUTION, EXACT, read_spread, write_spread
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory
from zuji.model.lci.references import Kind, Ref
from zuji.text import Text

_UNIT = f"{{{OLCA}}}olca_category_unit"
_UNSTATED = f"{{{ZUJI}}}direction"
_OF_FACTOR = {"unit": TEXT, "property": TEXT, "formula": TEXT, "value": NUMBER}

ReferenceUnits: TypeAlias = Callable[[CharacterisationFactor], float | None]
"""How many reference units of the flow one unit of the factor is; None where nothing tells."""

_NO_VALUE = Text(
    "特征化因子没有可用的数值，保留但不参与计算",
    "the characterisation factor has no usable value; it is kept and takes no part in calculation",
)

_FACTOR = Box(
    {
        "referenceToFlowDataSet": Reference("flow", Kind.FLOW),
        "location": Plain("location"),
        "exchangeDirection": Choice("direction", DIRECTIONS),
        "meanValue": Number("value"),
        "minimumValue": Number("low"),
        "maximumValue": Number("high"),
        **DISTRIBUTION,
        "generalComment": Words("comment"),
    },
    {BEYOND: "beyond", EXACT: "spread", _UNSTATED: "unstated"},
)


def _read_factor(element: etree._Element, reading: Reading, path: str) -> CharacterisationFactor:
    values: Values = {}
    with reading.inner() as extras:
        _FACTOR.read(element, values, reading, "")
        spread = read_spread(values, reading)
    value = values.get("value")
    if value is None:
        reading.book.remarked(Kind.FACTOR, "ilcd.no-value", _NO_VALUE, reading.at(element, path))
    else:
        reading.book.mapped(Kind.FACTOR)
    said: Values = {"value": value} | applied(values.get("beyond", ""), _OF_FACTOR)
    return CharacterisationFactor(
        flow=values.get("flow") or Ref("", kind=Kind.FLOW),
        direction=None if "unstated" in values else values.get("direction"),
        location=values.get("location", ""),
        spread=spread,
        comment=words(values, "comment"),
        extras=in_order(extras),
        **said,
    )


def _write_factor(item: tuple[CharacterisationFactor, float, str], tag: str, parent: etree._Element) -> None:
    """(factor, reference units in one of its unit, direction to state where the factor has none)."""
    factor, units, neutral = item
    per_reference = None if factor.value is None else factor.value / units
    codecs = (
        _OF_FACTOR if per_reference != factor.value else {k: v for k, v in _OF_FACTOR.items() if k != "value"}
    )
    values: Values = {
        "flow": factor.flow,
        "location": factor.location,
        "direction": factor.direction or DIRECTIONS[neutral],
        "unstated": "" if factor.direction else "true",
        "value": per_reference,
        "comment": factor.comment,
        "beyond": stated(factor, codecs),
    }
    values |= write_spread(factor.spread, 1 / units)
    element = etree.SubElement(parent, tag)
    _FACTOR.fill(values, element)
    put_back(element, factor.extras, METHOD.namespace)


_METHOD = Box(
    {
        "LCIAMethodInformation": Box(
            {
                "dataSetInformation": Box(
                    {
                        **information(
                            {
                                "common:UUID": Plain("id"),
                                "common:name": Words("name"),
                                "methodology": Plain("method"),
                                "classificationInformation": CLASSES,
                                "common:generalComment": Words("comment"),
                            }
                        ).fields
                    },
                    {**information({}).attributes, _UNIT: "unit"},
                ),
                "quantitativeReference": Box(
                    {"referenceQuantity": Reference("quantity", Kind.FLOW_PROPERTY)}
                ),
            }
        ),
        "administrativeInformation": Box(
            {
                "dataEntryBy": Box({}),
                "publicationAndOwnership": Box(
                    {
                        name: inner
                        for name, inner in publication(process=True).items()
                        if name
                        in (
                            "common:dataSetVersion",
                            "common:permanentDataSetURI",
                            "common:dateOfLastRevision",
                        )
                    }
                ),
            }
        ),
        "characterisationFactors": Box({"factor": Items("factors", _read_factor, _write_factor)}),
    },
    {BEYOND: "beyond"},
)


def read_category(root: etree._Element, reading: Reading) -> ImpactCategory:
    """An LCIA method data set. Its unit is what it states itself; the package may tell more."""
    values: Values = {}
    _METHOD.read(root, values, reading, "")
    return ImpactCategory(
        heading=heading_of(values),
        unit=values.get("unit", ""),
        unit_property=values.get("quantity"),
        factors=tuple(values.get("factors", ())),
        method=values.get("method", ""),
        extras=in_order(reading.extras),
    )


def write_category(
    category: ImpactCategory,
    root: etree._Element,
    units: ReferenceUnits,
    neutral: Callable[[CharacterisationFactor], str],
) -> None:
    """Fills the root element of an LCIA method data set; `neutral` gives "Input" or "Output"."""
    values = values_of(category.heading, "synonyms")
    values |= {
        "unit": category.unit,
        "quantity": category.unit_property,
        "method": category.method,
        "factors": [
            (_directed(factor, category), units(factor) or 1.0, neutral(factor))
            for factor in category.factors
        ],
    }
    _METHOD.fill(values, root)
    put_back(root, category.extras, METHOD.namespace)


def _directed(factor: CharacterisationFactor, category: ImpactCategory) -> CharacterisationFactor:
    """The factor with the direction that its category states for all (openLCA)."""
    if factor.direction is not None or category.direction is None:
        return factor
    return replace(factor, direction=category.direction)
