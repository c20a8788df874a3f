"""Parameters and stated impact results."""

from zuji.formats.ecospold2.identity import identity
from zuji.formats.ecospold2.nodes import LANGUAGE, Node
from zuji.formats.ecospold2.notes import FORMAT, Notes
from zuji.formats.ecospold2.registry import Registry
from zuji.formats.ecospold2.uncertainty import read_spread
from zuji.model.lci.processes import IndicatorResult, Parameter
from zuji.model.lci.references import Kind, Ref
from zuji.text import Text


def read_parameter(node: Node, registry: Registry, notes: Notes, language: str) -> Parameter:
    """A parameter by its variable name, else by its name."""
    name = node.take("variableName")
    first = node.child("name")
    if first is not None:
        first.take_if(LANGUAGE, language)
        words = first.text()
        name = name or words
        if words != name:
            node.leave(first)
    formula = node.take("mathematicalRelation")
    node.take_if("isCalculatedAmount", "true" if formula else "false")
    unit = registry.unit(node, language)
    unit_name = registry.unit_name(unit) if unit else ""
    value = node.number("amount")
    parameter = Parameter(
        name=name,
        value=value,
        formula=formula,
        spread=read_spread(node, value, notes),
        unit=unit_name,
        comment=node.words("comment", language),
        id=node.take("parameterId") or identity("parameter", name),
        extras=notes.kept(node.rest(FORMAT)),
    )
    if value is None:
        notes.defaulted(
            Kind.PARAMETER,
            "parameter-without-amount",
            Text("参数没有数值", "the parameter has no amount"),
            notes.at(node, name),
        )
    else:
        notes.mapped(Kind.PARAMETER)
    return parameter


def read_indicator(node: Node, notes: Notes, language: str) -> IndicatorResult:
    """A result of an impact assessment that the data set states; method and category stay as extras."""
    name = node.words("name", language)
    unit = node.child("unitName")
    text = ""
    if unit is not None:
        unit.take_if(LANGUAGE, language)
        text = unit.text()
    amount = node.number("amount")
    result = IndicatorResult(
        indicator=Ref(node.take("impactIndicatorId"), name=name, kind=Kind.IMPACT_CATEGORY),
        amount=amount,
        unit=text,
        extras=notes.kept(node.rest(FORMAT)),
    )
    if amount is None:
        notes.defaulted(
            Kind.RESULT,
            "result-without-amount",
            Text("影响结果没有数值", "the impact result has no amount"),
            notes.at(node, str(name)),
        )
    else:
        notes.mapped(Kind.RESULT)
    return result
