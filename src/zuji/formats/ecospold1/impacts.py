"""Impact categories as data sets of EcoSpold 1: exchanges are factors, the category names the method."""

from collections.abc import Sequence

from lxml import etree

from zuji.formats.ecospold1.exchanges import FlowKey, flow_of, key_of
from zuji.formats.ecospold1.uncertainty import read_spread, spread_attributes
from zuji.formats.ecospold1.words import FORMAT, Languages, category_of, read_categories, written_categories
from zuji.formats.ecospold2.identity import identity
from zuji.formats.ecospold2.nodes import Node, append, digits, graft
from zuji.formats.ecospold2.notes import Notes
from zuji.formats.ecospold2.registry import Registry
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory, ImpactMethod
from zuji.model.lci.processes import Direction
from zuji.model.lci.references import Heading, Kind, Ref
from zuji.model.lci.wording import Wording
from zuji.text import Text


def read_category(node: Node, registry: Registry, notes: Notes) -> ImpactCategory:
    """The impact category that a data set describes; what is written about it stays as extras."""
    function = node.down("metaInformation", "processInformation", "referenceFunction")
    languages = Languages()
    name, unit, comment = Wording(), "", ""
    path: tuple[str, ...] = ()
    if function is not None:
        name = languages.read(function, "name", "localName")
        path = read_categories(function)
        unit, comment = function.take("unit"), function.take("generalComment")
    factors = [
        _factor(child, registry, notes)
        for data in node.children("flowData")
        for child in data.children("exchange")
    ]
    return ImpactCategory(
        heading=Heading(
            id=identity("impact category", str(name), *path, unit),
            name=name,
            categories=category_of(path),
            comment=Wording.of(comment),
        ),
        unit=unit,
        factors=tuple(factors),
        method=path[0] if path else "",
        extras=notes.kept(node.rest(FORMAT)),
    )


def _factor(node: Node, registry: Registry, notes: Notes) -> CharacterisationFactor:
    languages = Languages()
    text = node.seen("name")
    names = languages.read(node, "name", "localName")
    key = FlowKey(elementary=True, name=text, path=read_categories(node), unit=node.take("unit"))
    draft = flow_of(registry, key, names)
    draft.cas = draft.cas or node.seen("CASNumber")
    node.take_if("CASNumber", draft.cas)
    draft.formula = draft.formula or node.seen("formula")
    node.take_if("formula", draft.formula)
    value = node.number("meanValue")
    side = node.child("inputGroup") or node.child("outputGroup")
    direction = None
    if side is not None:
        direction = Direction.INPUT if side.kind == "inputGroup" else Direction.OUTPUT
        if side.text().strip() != "4":
            node.leave(side)
            direction = None
    comment = node.take("generalComment")
    spread = read_spread(node, comment, notes)
    factor = CharacterisationFactor(
        flow=Ref(draft.id, name=names, kind=Kind.FLOW),
        value=value,
        direction=direction,
        location=node.take("location"),
        spread=spread,
        comment=Wording.of(comment),
        extras=notes.kept(node.rest(FORMAT)),
    )
    if value is None:
        notes.defaulted(
            Kind.FACTOR,
            "factor-without-amount",
            Text("特征化因子没有数值", "the characterisation factor has no amount"),
            notes.at(node, text),
        )
    else:
        notes.mapped(Kind.FACTOR)
    return factor


def methods_of(categories: Sequence[ImpactCategory]) -> tuple[ImpactMethod, ...]:
    """The methods that the categories name, in the order met."""
    methods: dict[str, list[Ref]] = {}
    for each in categories:
        ref = Ref(each.heading.id, name=each.heading.name, kind=Kind.IMPACT_CATEGORY)
        methods.setdefault(each.method, []).append(ref)
    return tuple(
        ImpactMethod(
            heading=Heading(id=identity("impact method", name), name=Wording.of(name)), categories=tuple(refs)
        )
        for name, refs in methods.items()
    )


def write_category(
    root: etree._Element,
    category: ImpactCategory,
    number: int,
    flows: dict[str, tuple[Flow, str]],
    notes: Notes,
) -> etree._Element:
    """The data set of a category; `flows` are flows with the name of their unit, by id."""
    languages = Languages()
    dataset = append(root, "dataset", number=str(number))
    information = append(append(dataset, "metaInformation"), "processInformation")
    name, local_name = languages.written(category.heading.name)
    native = any(each.format == FORMAT for each in category.extras)
    own = category.heading.categories[0].path if category.heading.categories else ()
    path = written_categories(own if native or own[:1] == (category.method,) else (category.method, *own))
    append(
        information,
        "referenceFunction",
        name=name,
        localName=local_name,
        amount="" if native else "1",
        unit=category.unit,
        category=path[0],
        subCategory=path[1],
        localCategory=path[0],
        localSubCategory=path[1],
        generalComment=category.heading.comment.in_language(languages.main),
    )
    if not native:
        append(information, "dataSetInformation", type="4")
    data = append(dataset, "flowData")
    for ordinal, factor in enumerate(category.factors, start=1):
        _write_factor(data, factor, ordinal, flows, notes)
    graft(dataset, [each for each in category.extras if each.place != "@number"], FORMAT)
    return dataset


def _write_factor(
    data: etree._Element,
    factor: CharacterisationFactor,
    ordinal: int,
    flows: dict[str, tuple[Flow, str]],
    notes: Notes,
) -> None:
    languages = Languages()
    flow, unit = flows.get(factor.flow.id, (None, factor.unit))
    names = factor.flow.name or (flow.heading.name if flow is not None else Wording())
    name, local_name = languages.written(names)
    path: tuple[str, ...] = ()
    if flow is not None:
        key = key_of(flow, unit)
        path = key.path[-2:] if flow.type is FlowType.ELEMENTARY else key.path
    category, sub = written_categories(path)
    comment = factor.comment.in_language(languages.main)
    node = append(
        data,
        "exchange",
        number=str(ordinal),
        name=name,
        localName=local_name if local_name != name else "",
        category=category,
        subCategory=sub,
        CASNumber="" if flow is None else flow.cas,
        formula="" if flow is None else flow.formula,
        unit=unit,
        meanValue=digits(factor.value),
        location=factor.location,
        generalComment=comment,
        **spread_attributes(factor.spread, factor.extras),
    )
    if factor.direction is not None:
        append(node, "inputGroup" if factor.direction is Direction.INPUT else "outputGroup", "4")
    graft(node, factor.extras, FORMAT)
    if factor.unit and factor.unit != unit:
        notes.detail(
            "factor-unit",
            "因子的单位与流的单位不同，数值按原样写出",
            "the factor is per another unit than the flow is counted in; the number is written as it is",
            field=name,
        )
