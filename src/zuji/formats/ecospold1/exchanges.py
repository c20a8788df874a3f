"""Exchanges of EcoSpold 1. A flow is known by its words: name, category, unit; a product by its place too."""

from dataclasses import dataclass, replace

from zuji.formats.ecospold1.people import Numbers
from zuji.formats.ecospold1.uncertainty import read_spread
from zuji.formats.ecospold1.words import FORMAT, Languages, category_of, read_categories
from zuji.formats.ecospold2.identity import identity
from zuji.formats.ecospold2.nodes import Node
from zuji.formats.ecospold2.notes import Notes
from zuji.formats.ecospold2.registry import FlowDraft, Registry
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.processes import Direction, Exchange
from zuji.model.lci.references import Kind, Ref
from zuji.model.lci.units import Unit
from zuji.model.lci.wording import Wording
from zuji.text import Text

REFERENCE, AVOIDED, CO_PRODUCT, WASTE, NATURE = "0", "1", "2", "3", "4"
_GROUPS = {
    "inputGroup": ("1", "2", "3", NATURE, "5"),
    "outputGroup": (REFERENCE, AVOIDED, CO_PRODUCT, WASTE, NATURE),
}


@dataclass(frozen=True, slots=True)
class FlowKey:
    """The words a flow is known by. Elementary flows have no place and are no infrastructure."""

    elementary: bool
    name: str
    path: tuple[str, ...]
    unit: str
    location: str = ""
    infrastructure: bool = False
    sure: bool = True
    """Whether the exchange says if it is infrastructure."""

    @property
    def id(self) -> str:
        """The flow's UUID."""
        if self.elementary:
            return identity("elementary flow", self.name, *self.path, self.unit)
        built = "infrastructure" if self.infrastructure else ""
        return identity("product", self.name, *self.path, self.unit, self.location, built)

    def may_be(self, other: "FlowKey") -> bool:
        """Whether everything this key says is true of the other one."""
        return (
            self.name == other.name
            and self.unit == other.unit
            and self.path in ((), other.path)
            and self.location in ("", other.location)
            and (not self.sure or self.infrastructure == other.infrastructure)
        )


def key_of(flow: Flow, unit: str) -> FlowKey:
    """The words a flow of any format would be known by here."""
    elementary = flow.type is FlowType.ELEMENTARY
    path = (
        flow.compartment
        if elementary
        else (flow.heading.categories[0].path if flow.heading.categories else ())
    )
    return FlowKey(
        elementary,
        str(flow.heading.name),
        tuple(path),
        unit,
        "" if elementary else flow.location,
        flow.infrastructure and not elementary,
    )


def unit_of(registry: Registry, name: str) -> str:
    """The id of a unit, made from its name."""
    identifier = identity("unit", name)
    registry.units.setdefault(identifier, Unit(id=identifier, name=name, factor=1.0))
    return identifier


def flow_of(registry: Registry, key: FlowKey, names: Wording) -> FlowDraft:
    """The flow of these words."""
    draft = registry.flow(key.id, unit_of(registry, key.unit), elementary=key.elementary)
    draft.name = draft.name or names
    if key.elementary:
        draft.compartment = key.path
    else:
        draft.categories = category_of(key.path)
        draft.location, draft.infrastructure = key.location, key.infrastructure
    return draft


@dataclass(frozen=True, slots=True)
class Reading:
    """An exchange with the words of its flow; `why` where something was missing."""

    exchange: Exchange
    key: FlowKey
    code: str = ""
    why: Text | None = None


def read_exchange(
    node: Node, registry: Registry, notes: Notes, numbers: Numbers, languages: Languages
) -> Reading | None:
    """An exchange; None where no group of the schema tells its direction."""
    side = node.child("inputGroup") or node.child("outputGroup")
    group = "" if side is None else side.text().strip()
    if side is None or group not in _GROUPS[side.kind]:
        return None
    direction = Direction.INPUT if side.kind == "inputGroup" else Direction.OUTPUT
    elementary = group == NATURE
    text = node.seen("name")
    names = languages.read(node, "name", "localName")
    location = node.take("location")
    key = FlowKey(
        elementary,
        text,
        read_categories(node),
        node.take("unit"),
        "" if elementary else location,
        *(_infrastructure(node, elementary=elementary)),
    )
    draft = flow_of(registry, key, names)
    draft.cas = draft.cas or node.seen("CASNumber")
    node.take_if("CASNumber", draft.cas)
    draft.formula = draft.formula or node.seen("formula")
    node.take_if("formula", draft.formula)
    amount = node.number("meanValue")
    if direction is Direction.OUTPUT and (
        group == WASTE or (group in (REFERENCE, CO_PRODUCT) and (amount or 0.0) < 0)
    ):
        draft.treated = True
    comment = node.take("generalComment")
    source = numbers.source(node, "referenceToSource")
    output = direction is Direction.OUTPUT
    exchange = Exchange(
        id=node.take("number").strip(),
        flow=Ref(draft.id, name=names, kind=Kind.FLOW),
        direction=direction,
        amount=amount,
        unit=draft.unit,
        spread=read_spread(node, comment, notes),
        reference=output and group in (REFERENCE, CO_PRODUCT),
        avoided=output and group == AVOIDED,
        location=location,
        group=group,
        comment=Wording.of(comment, languages.main),
        sources=() if source is None else (source,),
    )
    exchange = replace(exchange, extras=notes.kept(node.rest(FORMAT)))
    if amount is None:
        return Reading(
            exchange,
            key,
            "amount-missing",
            Text("交换没有数量，列出但不参与计算", "the exchange has no amount; listed, not used"),
        )
    return Reading(exchange, key)


def _infrastructure(node: Node, *, elementary: bool) -> tuple[bool, bool]:
    """Whether a product is infrastructure, and whether the exchange says so."""
    if elementary:
        node.take_if("infrastructureProcess", "false")
        return False, True
    said = node.truth("infrastructureProcess")
    return bool(said), said is not None
