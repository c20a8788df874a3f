"""Exchanges of EcoSpold 2: intermediate and elementary, with properties and production volumes."""

from dataclasses import dataclass

from zuji.formats.ecospold2.classes import read_compartment, read_known_classes
from zuji.formats.ecospold2.identity import as_uuid, identity
from zuji.formats.ecospold2.nodes import Node, number_of
from zuji.formats.ecospold2.notes import FORMAT, Notes
from zuji.formats.ecospold2.people import read_source
from zuji.formats.ecospold2.registry import FlowDraft, Registry, co_product_by_class
from zuji.formats.ecospold2.uncertainty import read_spread
from zuji.model.lci.flows import PropertyAmount
from zuji.model.lci.processes import Direction, Exchange
from zuji.model.lci.references import Kind, Ref
from zuji.model.lci.wording import Wording
from zuji.text import Text

REFERENCE, BY_PRODUCT, FOR_TREATMENT = "0", "2", "3"
_GROUPS = {
    ("inputGroup", False): ("1", "2", "3", "5"),
    ("outputGroup", False): ("0", "2", "3", "5"),
    ("inputGroup", True): ("4",),
    ("outputGroup", True): ("4",),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One exchange read: the noun, and what happened to it for the ledger ("" where nothing did)."""

    exchange: Exchange
    code: str = ""
    why: Text | None = None


def read_exchange(
    node: Node, registry: Registry, notes: Notes, own: tuple[str, str], language: str
) -> Reading | None:
    """An exchange, under an id made from `own` where it has none; None without a group for its direction."""
    elementary = node.kind == "elementaryExchange"
    side = node.child("inputGroup") or node.child("outputGroup")
    group = "" if side is None else side.text().strip()
    if side is None or group not in _GROUPS[side.kind, elementary]:
        return None
    direction = Direction.INPUT if side.kind == "inputGroup" else Direction.OUTPUT
    draft, names, unit = _flow(node, registry, notes, elementary=elementary, language=language)
    if direction is Direction.OUTPUT and group == FOR_TREATMENT:
        draft.treated = True
    amount = node.number("amount")
    formula = node.take("mathematicalRelation")
    node.take_if("isCalculatedAmount", "true" if formula else "false")
    exchange = Exchange(
        id=node.take("id") or as_uuid(*own),
        flow=Ref(draft.id, name=names, kind=Kind.FLOW),
        direction=direction,
        amount=amount,
        unit=unit,
        formula=formula,
        spread=read_spread(node, amount, notes),
        provider=_provider(node),
        production_volume=node.number("productionVolumeAmount"),
        group=group,
        comment=node.words("comment", language),
        sources=tuple(source for source in (read_source(node, registry),) if source is not None),
        properties=_properties(node, registry, notes, language),
        reference=direction is Direction.OUTPUT
        and not elementary
        and (group == REFERENCE or (group == BY_PRODUCT and co_product_by_class(draft.categories))),
        extras=notes.kept(node.rest(FORMAT)),
    )
    if amount is None:
        return Reading(
            exchange,
            "amount-missing",
            Text("交换没有数量，列出但不参与计算", "the exchange has no amount; listed, not used"),
        )
    return Reading(exchange)


def _flow(
    node: Node, registry: Registry, notes: Notes, *, elementary: bool, language: str
) -> tuple[FlowDraft, Wording, str]:
    names = node.words("name", language)
    unit = registry.unit(node, language)
    identifier = node.take("elementaryExchangeId" if elementary else "intermediateExchangeId")
    draft = registry.flow(
        identifier or identity("flow", str(names), registry.unit_name(unit)), unit, elementary=elementary
    )
    if not registry.converts(unit, draft.unit):
        notes.detail(
            "unit-contradicts-flow",
            "交换的单位与该流在别处的单位不能换算",
            "the unit of the exchange does not convert to the one its flow has elsewhere",
            node,
        )
    describe(draft, node, names, language)
    return draft, names, unit


def describe(draft: FlowDraft, node: Node, names: Wording, language: str) -> None:
    """What an exchange (or its master data) says about the flow itself."""
    draft.name = draft.name or names
    draft.cas = draft.cas or node.seen("casNumber")
    node.take_if("casNumber", draft.cas)
    draft.formula = draft.formula or node.seen("formula")
    node.take_if("formula", draft.formula)
    synonyms = node.children("synonym")
    said = Wording(tuple((each.language(language), each.text()) for each in synonyms))
    if said and not draft.synonyms:
        draft.synonyms = said
    if said and said != draft.synonyms:
        for each in synonyms:
            node.leave(each)
    if draft.elementary:
        read_compartment(node, draft, language)
    else:
        read_known_classes(node, language, draft)


def _provider(node: Node) -> Ref | None:
    link = node.take("activityLinkId")
    return Ref(link, kind=Kind.PROCESS) if link else None


def _properties(node: Node, registry: Registry, notes: Notes, language: str) -> tuple[PropertyAmount, ...]:
    """Properties with a number; the unit of the first to name a property is the property's own."""
    found = []
    for child in node.children("property"):
        said = read_property(child, registry, notes, language)
        if said is None:
            node.leave(child)
            notes.detail(
                "property-kept-apart",
                "流的特性没有数值、没有标识，或与别处单位不同，按原样保留",
                "a property has no number, no id, or another unit than elsewhere; kept word for word",
                child,
            )
        else:
            found.append(said)
    return tuple(found)


def read_property(node: Node, registry: Registry, notes: Notes, language: str) -> PropertyAmount | None:
    """A property of a flow per unit of it."""
    identifier, amount = node.seen("propertyId"), number_of(node.seen("amount"))
    if not identifier or amount is None:
        return None
    registered = registry.properties.get(identifier)
    peeked = node.seen("unitId")
    if registered is not None and peeked and registered[1] != peeked:
        return None
    names = node.words("name", language)
    unit = registry.unit(node, language)
    if registered is None:
        registry.properties[identifier] = (names, unit)
    elif registered[1] != unit:
        return None
    node.take("propertyId")
    node.take("amount")
    formula = node.seen("mathematicalRelation")
    node.take_if("isCalculatedAmount", "true" if formula else "false")
    node.take_if("isDefiningValue", "false")
    return PropertyAmount(
        property=Ref(identifier, name=names, kind=Kind.FLOW_PROPERTY),
        amount=amount,
        extras=notes.kept(node.rest(FORMAT)),
    )
