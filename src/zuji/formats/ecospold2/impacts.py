"""Impact assessment methods as openLCA and older releases of ecoinvent write them into EcoSpold 2 files.

The schema has no such element; the form is `impactMethod/category/indicator/factor`.
"""

from collections.abc import Sequence

from lxml import etree

from zuji.formats.ecospold2.classes import SUBCOMPARTMENT, read_compartment, write_compartment
from zuji.formats.ecospold2.identity import as_uuid, identity
from zuji.formats.ecospold2.nodes import Node, append, append_words, digits, graft
from zuji.formats.ecospold2.notes import FORMAT, Notes
from zuji.formats.ecospold2.registry import Registry
from zuji.model.lci.flows import Flow
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory, ImpactMethod
from zuji.model.lci.references import Category, Heading, Kind, Ref
from zuji.model.lci.wording import Wording
from zuji.text import Text

_LANGUAGE = "en"


def read_method(node: Node, registry: Registry, notes: Notes) -> tuple[ImpactMethod, list[ImpactCategory]]:
    """A method and its indicators, each an impact category under the category it is filed in."""
    name = node.words("name", _LANGUAGE)
    identifier = node.take("id") or identity("impact method", str(name))
    categories = []
    for filed in node.children("category"):
        category_name = filed.words("name", _LANGUAGE)
        category = Category((str(category_name),), (filed.take("id"),))
        for child in filed.children("indicator"):
            categories.append(_indicator(child, registry, notes, category, str(name)))
            notes.book.read(Kind.IMPACT_CATEGORY)
            notes.book.mapped(Kind.IMPACT_CATEGORY)
    return (
        ImpactMethod(
            heading=Heading(id=identifier, name=name),
            categories=tuple(
                Ref(each.heading.id, name=each.heading.name, kind=Kind.IMPACT_CATEGORY) for each in categories
            ),
            extras=notes.kept(node.rest(FORMAT)),
        ),
        categories,
    )


def _indicator(
    node: Node, registry: Registry, notes: Notes, category: Category, method: str
) -> ImpactCategory:
    name = node.words("name", _LANGUAGE)
    unit = node.child("unitName")
    text = "" if unit is None else unit.text()
    identifier = node.take("id") or identity("impact indicator", method, *category.path, str(name))
    return ImpactCategory(
        heading=Heading(id=identifier, name=name, categories=(category,)),
        unit=text,
        factors=tuple(_factor(child, registry, notes) for child in node.children("factor")),
        method=method,
        extras=notes.kept(node.rest(FORMAT)),
    )


def _factor(node: Node, registry: Registry, notes: Notes) -> CharacterisationFactor:
    name = node.words("exchangeName", _LANGUAGE)
    unit = registry.unit(node)
    identifier = node.take("elementaryExchangeId") or identity("flow", str(name), registry.unit_name(unit))
    draft = registry.flow(identifier, unit, elementary=True)
    draft.name = draft.name or name
    read_compartment(node, draft, _LANGUAGE)
    value = node.number("amount")
    notes.book.read(Kind.FACTOR)
    if value is None:
        notes.book.defaulted(
            Kind.FACTOR,
            "factor-without-amount",
            Text("特征化因子没有数值", "the characterisation factor has no amount"),
            notes.at(node, str(name)),
        )
    else:
        notes.book.mapped(Kind.FACTOR)
    return CharacterisationFactor(
        flow=Ref(identifier, name=name, kind=Kind.FLOW),
        value=value,
        unit=unit,
        extras=notes.kept(node.rest(FORMAT)),
    )


def write_method(
    root: etree._Element,
    method: ImpactMethod,
    categories: Sequence[ImpactCategory],
    flows: dict[str, Flow],
    unit_name: dict[str, str],
) -> None:
    """A method with its categories, in the order it names them."""
    node = append(root, "impactMethod", id=as_uuid(method.heading.id))
    append_words(node, "name", method.heading.name)
    filed: etree._Element | None = None
    last: Category | None = None
    for each in categories:
        under = (each.heading.categories or (Category((str(each.heading.name),)),))[0]
        if filed is None or under != last:
            own = identity("impact category", str(method.heading.name), *under.path)
            code = under.codes[-1] if under.codes else ""
            filed = append(node, "category", id=as_uuid(code, "impact category") if code else own)
            append(filed, "name", "/".join(under.path))
            last = under
        indicator = append(filed, "indicator", id=as_uuid(each.heading.id))
        append_words(indicator, "name", each.heading.name)
        append(indicator, "unitName", each.unit)
        for factor in each.factors:
            _write_factor(indicator, factor, flows, unit_name)
        graft(indicator, each.extras, FORMAT)
    graft(node, method.extras, FORMAT)


def _write_factor(
    parent: etree._Element, factor: CharacterisationFactor, flows: dict[str, Flow], unit_name: dict[str, str]
) -> None:
    flow = flows.get(factor.flow.id)
    node = append(
        parent,
        "factor",
        elementaryExchangeId=as_uuid(factor.flow.id),
        amount=digits(factor.value),
        unitId=factor.unit if factor.unit in unit_name else "",
    )
    names = factor.flow.name or (flow.heading.name if flow is not None else Wording())
    append_words(node, "exchangeName", names)
    if flow is not None:
        write_compartment(node, flow)
    append(node, "unitName", unit_name.get(factor.unit, factor.unit))
    graft(node, [each for each in factor.extras if each.place != SUBCOMPARTMENT], FORMAT)
