"""Exchanges, parameters and impact results as elements of EcoSpold 2."""

from dataclasses import replace

from lxml import etree

from zuji.formats.ecospold2.catalogue import Catalogue, Measure
from zuji.formats.ecospold2.classes import write_classes, write_compartment
from zuji.formats.ecospold2.identity import as_uuid, identity
from zuji.formats.ecospold2.nodes import append, append_words, digits, extra, graft
from zuji.formats.ecospold2.notes import FORMAT, Notes
from zuji.formats.ecospold2.people import author_of, year_of
from zuji.formats.ecospold2.registry import co_product_by_class
from zuji.formats.ecospold2.uncertainty import write_spread
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.processes import Direction, Exchange, IndicatorResult, Parameter, Process
from zuji.model.lci.references import Kind
from zuji.model.lci.wording import Wording

_INPUTS = ("1", "2", "3", "5")


def side_of(exchange: Exchange, flow: Flow | None) -> tuple[str, str, float]:
    """The element, the number of the group, and the sign of the amount.

    Treatment of waste is a negative reference product; an avoided product is a negative input.
    """
    if is_elementary(exchange, flow):
        return ("inputGroup" if exchange.direction is Direction.INPUT else "outputGroup"), "4", 1.0
    if exchange.avoided:
        return "inputGroup", "5", -1.0
    if exchange.direction is Direction.INPUT:
        if exchange.reference:
            return "outputGroup", "0", -1.0
        return "inputGroup", exchange.group if exchange.group in _INPUTS else "5", 1.0
    return "outputGroup", _output_group(exchange, flow), 1.0


def is_elementary(exchange: Exchange, flow: Flow | None) -> bool:
    """Whether an exchange passes between nature and technology; what a process is run for does not."""
    return flow is not None and flow.type is FlowType.ELEMENTARY and not exchange.reference


def _output_group(exchange: Exchange, flow: Flow | None) -> str:
    if exchange.reference:
        by_class = flow is not None and co_product_by_class(flow.heading.categories)
        return "2" if exchange.group == "2" and by_class else "0"
    if exchange.group == "0" and exchange.amount == 0:
        return "0"
    if exchange.group in ("2", "3", "5"):
        return exchange.group
    return "3" if flow is not None and flow.type is FlowType.WASTE else "2"


def write_exchange(
    parent: etree._Element, process: Process, exchange: Exchange, catalogue: Catalogue, notes: Notes
) -> None:
    """One exchange in the unit of its flow."""
    flow = catalogue.flows.get(exchange.flow.id)
    measure = catalogue.measure(exchange)
    side, group, sign = side_of(exchange, flow)
    elementary = is_elementary(exchange, flow)
    scaled = _scaled(exchange, sign * measure.factor)
    node = append(
        parent,
        "elementaryExchange" if elementary else "intermediateExchange",
        **_attributes(process, scaled, flow, measure, catalogue, elementary=elementary),
    )
    names = exchange.flow.name or (flow.heading.name if flow is not None else Wording())
    append_words(node, "name", names)
    if measure.name:
        append_words(node, "unitName", [("en", measure.name)])
    append_words(node, "comment", exchange.comment)
    if not write_spread(node, scaled.spread, scaled.amount, exchange.extras):
        notes.lost(
            Kind.FIELD,
            "pedigree",
            "谱系评分不是五个 1 到 5 的整数，未写出",
            "the pedigree is not five scores from 1 to 5; it was not written",
            str(names),
        )
    if flow is not None:
        append_words(node, "synonym", flow.heading.synonyms)
    for each in exchange.properties:
        write_property(node, each, catalogue)
    if elementary and flow is not None:
        write_compartment(node, flow)
    elif flow is not None:
        write_classes(node, catalogue.categories_of(flow))
    append(node, side, group)
    graft(node, exchange.extras, FORMAT)
    _tell(exchange, flow, measure, notes, str(names))


def _attributes(
    process: Process,
    exchange: Exchange,
    flow: Flow | None,
    measure: Measure,
    catalogue: Catalogue,
    *,
    elementary: bool,
) -> dict[str, str]:
    attributes = {
        "id": as_uuid(exchange.id, process.heading.id),
        "unitId": measure.id,
        "elementaryExchangeId" if elementary else "intermediateExchangeId": as_uuid(exchange.flow.id),
        "amount": digits(exchange.amount),
        "mathematicalRelation": exchange.formula,
        "isCalculatedAmount": "true" if exchange.formula else "",
    }
    if flow is not None:
        attributes["casNumber"] = flow.cas
        attributes["formula"] = flow.formula
    if exchange.sources:
        source = catalogue.sources.get(exchange.sources[0].id)
        attributes["sourceId"] = as_uuid(exchange.sources[0].id)
        if source is not None:
            attributes["sourceYear"] = year_of(source)
            attributes["sourceFirstAuthor"] = author_of(source)
    if not elementary:
        volume = exchange.production_volume
        if volume is None and exchange.reference and _sole(process):
            volume = process.production_volume
        attributes["productionVolumeAmount"] = digits(volume)
        if exchange.provider is not None:
            attributes["activityLinkId"] = catalogue.activity(exchange.provider.id)
    return attributes


def _sole(process: Process) -> bool:
    return sum(exchange.reference for exchange in process.exchanges) == 1


def _scaled(exchange: Exchange, factor: float) -> Exchange:
    """The exchange counted in a unit of which one old is `factor`."""
    if factor == 1.0:
        return exchange
    formula = f"({exchange.formula})*{digits(factor)}" if exchange.formula else ""
    return replace(
        exchange,
        amount=None if exchange.amount is None else exchange.amount * factor,
        formula=formula,
        spread=None if exchange.spread is None else scaled_spread(exchange.spread, factor),
    )


def scaled_spread(spread: Spread, factor: float) -> Spread:
    """The distribution of `factor` times what it was of."""
    bounds = [None if each is None else each * factor for each in (spread.low, spread.high)]
    low, high = reversed(bounds) if factor < 0 else bounds
    scale = spread.scale
    if scale is not None and spread.shape is Shape.NORMAL:
        scale *= abs(factor)
    centre = None if spread.centre is None else spread.centre * factor
    return replace(spread, centre=centre, low=low, high=high, scale=scale)


def write_property(parent: etree._Element, said: PropertyAmount, catalogue: Catalogue) -> None:
    """A property of a flow, in the property's own unit."""
    known = catalogue.properties.get(said.property.id)
    unit = catalogue.unit_of_property(said.property.id)
    formula = extra(said.extras, FORMAT, "@mathematicalRelation")
    node = append(
        parent,
        "property",
        propertyId=as_uuid(said.property.id),
        amount=digits(said.amount),
        unitId=unit.id,
        isCalculatedAmount="true" if formula else "",
    )
    append_words(node, "name", said.property.name or (known.heading.name if known is not None else ()))
    if unit.name:
        append_words(node, "unitName", [("en", unit.name)])
    graft(node, said.extras, FORMAT)


def write_parameter(
    parent: etree._Element, process: Process, parameter: Parameter, catalogue: Catalogue
) -> None:
    """A parameter with its variable name."""
    unit = catalogue.unit_named(parameter.unit)
    node = append(
        parent,
        "parameter",
        parameterId=as_uuid(parameter.id, process.heading.id)
        if parameter.id
        else identity("parameter", parameter.name),
        variableName=parameter.name,
        mathematicalRelation=parameter.formula,
        isCalculatedAmount="true" if parameter.formula else "",
        amount=digits(parameter.value),
        unitId=unit.id if parameter.unit else "",
    )
    if not extra(parameter.extras, FORMAT, "name"):
        append_words(node, "name", [("en", parameter.name)])
    if parameter.unit:
        append_words(node, "unitName", [("en", parameter.unit)])
    write_spread(node, parameter.spread, parameter.value, parameter.extras)
    append_words(node, "comment", parameter.comment)
    graft(node, parameter.extras, FORMAT)


def write_indicator(parent: etree._Element, result: IndicatorResult, catalogue_method: str) -> None:
    """A stated impact result; method and category come from the extras where they were read from there."""
    native = any(each.format == FORMAT for each in result.extras)
    names = result.indicator.name or (Wording() if native else Wording.of(result.indicator.id))
    node = append(
        parent,
        "impactIndicator",
        impactIndicatorId=as_uuid(result.indicator.id) if result.indicator.id else "",
        amount=digits(result.amount),
    )
    if not native:
        method = catalogue_method or "unspecified"
        node.set("impactMethodId", identity("impact method", method))
        node.set("impactCategoryId", identity("impact category", method, str(names)))
        append_words(node, "impactMethodName", [("en", method)])
        append_words(node, "impactCategoryName", names)
    append_words(node, "name", names)
    append_words(node, "unitName", [("en", result.unit)] if result.unit else [])
    graft(node, result.extras, FORMAT)


_LOST = (
    ("location", "交换的地点", "the location of an exchange"),
    ("quality", "交换的数据质量评分", "the data quality scores of an exchange"),
    ("cost", "交换的费用", "the cost of an exchange"),
    ("variable", "与变量相乘的关系", "the variable that a mean amount is multiplied by"),
)


def _tell(exchange: Exchange, flow: Flow | None, measure: Measure, notes: Notes, where: str) -> None:
    """What of the exchange the format has no place for."""
    for name, zh, en in _LOST:
        if getattr(exchange, name) not in (None, "", ()):
            notes.lost(
                Kind.FIELD, f"no-place-for-{name}", f"{zh}无处可写", f"there is no place for {en}", where
            )
    for _ in exchange.sources[1:]:
        notes.lost(
            Kind.FIELD, "one-source", "一个交换只能有一个来源", "an exchange can have one source only", where
        )
    if exchange.avoided:
        notes.detail(
            "avoided-as-negative-input",
            "避免的产品写为负的投入",
            "an avoided product is written as a negative input",
            field=where,
        )
    if flow is None or not measure.understood:
        notes.detail(
            "unit-not-known",
            "流或其单位不在数据包中，数量按原样写出",
            "the flow or its unit is not in the package; the amount is written as it is",
            field=where,
        )
    if flow is not None and flow.type is FlowType.ELEMENTARY and exchange.reference:
        notes.detail(
            "elementary-reference",
            "基准流是基本流，写为产品",
            "the reference flow is an elementary flow; it is written as a product",
            field=where,
        )
    if flow is not None and flow.type is FlowType.OTHER:
        notes.detail(
            "flow-of-other-type",
            "“其他”类型的流写为产品",
            "a flow of type “other” is written as a product",
            field=where,
        )
