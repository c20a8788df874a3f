"""Parameters of a process: mathematicalRelations, evaluated."""

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from zuji.formats.ilcd.beyond import BEYOND, FLAG, TEXT, applied, stated
from zuji.formats.ilcd.fields import Box, Number, Plain, Values, Words, words
from zuji.formats.ilcd.fragments import in_order, put_back
from zuji.formats.ilcd.names import OLCA, PROCESS
from zuji.formats.ilcd.reading import Reading
from zuji.formats.ilcd.spreads import DISTRIBUTION, EXACT, read_spread, write_spread
from zuji.model.lci.formulas import settle
from zuji.model.lci.processes import Parameter
from zuji.model.lci.references import Kind
from zuji.text import Text

_UUID = f"{{{OLCA}}}uuid"
_BEYOND = {"unit": TEXT, "hidden": FLAG}
_CLOSE = 1e-6

_NO_NAME = Text("参数没有名称，原文保留但不使用", "a parameter without a name; kept as it stands, not used")

_PARAMETER = Box(
    {
        "formula": Plain("formula"),
        "meanValue": Number("value"),
        "minimumValue": Number("low"),
        "maximumValue": Number("high"),
        **DISTRIBUTION,
        "comment": Words("comment"),
    },
    {"name": "name", _UUID: "id", BEYOND: "beyond", EXACT: "spread"},
)


def read_parameter(element: etree._Element, reading: Reading, path: str) -> Parameter | None:
    """One variableParameter; None where it has no name, for then nothing can use it."""
    if not element.get("name", "").strip():
        reading.book.dropped(Kind.PARAMETER, "ilcd.no-name", _NO_NAME, reading.at(element, path))
        return None
    values: Values = {}
    with reading.inner() as extras:
        _PARAMETER.read(element, values, reading, "")
        spread = read_spread(values, reading)
    return Parameter(
        name=values["name"],
        value=values.get("value"),
        formula=values.get("formula", ""),
        spread=spread,
        comment=words(values, "comment"),
        id=values.get("id", ""),
        extras=in_order(extras),
        **applied(values.get("beyond", ""), _BEYOND),
    )


def write_parameter(parameter: Parameter, tag: str, parent: etree._Element) -> None:
    """One variableParameter."""
    values: Values = {
        "name": parameter.name,
        "formula": parameter.formula,
        "value": parameter.value,
        "comment": parameter.comment,
        "id": parameter.id,
        "beyond": stated(parameter, _BEYOND),
    }
    values |= write_spread(parameter.spread)
    element = etree.SubElement(parent, tag)
    _PARAMETER.fill(values, element)
    put_back(element, parameter.extras, PROCESS.namespace)


def evaluated(
    parameters: Sequence[Parameter], reading: Reading, root: etree._Element
) -> tuple[Parameter, ...]:
    """The parameters with the numbers of their formulas; each is entered into the ledger here."""
    book = reading.book
    values: dict[str, float] = {}
    if any(parameter.formula for parameter in parameters):
        values, _ = settle(parameters, place=reading.place)
    result = []
    for parameter in parameters:
        number = values.get(parameter.name) if parameter.formula else parameter.value
        place = reading.at(root, f"mathematicalRelations: {parameter.name}")
        if not parameter.formula:
            book.mapped(Kind.PARAMETER)
        elif number is None:
            number = parameter.value
            book.defaulted(Kind.PARAMETER, "ilcd.formula", _NOT_EVALUATED, place)
        elif parameter.value is not None and differs(number, parameter.value):
            book.remarked(Kind.PARAMETER, "ilcd.formula-differs", _DIFFERS, place)
        else:
            book.mapped(Kind.PARAMETER)
        result.append(replace(parameter, value=number))
    return tuple(result)


def differs(one: float, other: float) -> bool:
    """Whether two numbers that should be the same are not, beyond rounding."""
    return abs(one - other) > _CLOSE * max(abs(one), abs(other))


_NOT_EVALUATED = Text(
    "公式无法计算，采用文件给出的数值",
    "the formula cannot be evaluated; the stated value is used, if there is one",
)
_DIFFERS = Text(
    "公式的结果与文件给出的数值不同，采用公式的结果",
    "the formula gives another number than the one stated; the formula's is used",
)
