"""Classifications and compartments, as exchanges, master data and activities write them."""

from collections.abc import Iterable

from lxml import etree

from zuji.formats.ecospold2.identity import as_uuid, identity
from zuji.formats.ecospold2.nodes import LANGUAGE, Node, append, extra
from zuji.formats.ecospold2.notes import FORMAT
from zuji.formats.ecospold2.registry import FlowDraft
from zuji.model.lci.flows import Flow
from zuji.model.lci.references import Category, Extra

SUBCOMPARTMENT = "compartment/@subcompartmentId"


def read_classes(node: Node, language: str) -> tuple[Category, ...]:
    """All classifications; names in further languages stay in the rest."""
    return tuple(_class(child, language) for child in node.children("classification"))


def _class(node: Node, language: str) -> Category:
    system, value = node.child("classificationSystem"), node.child("classificationValue")
    for each in (system, value):
        if each is not None:
            each.take_if(LANGUAGE, language)
    identifier = node.take("classificationId")
    path = "" if value is None else value.text()
    name = "" if system is None else system.text()
    if identifier == identity("class", name, path):
        identifier = ""
    return Category((path,), (identifier,) if identifier else (), name)


def read_known_classes(node: Node, language: str, draft: FlowDraft) -> None:
    """Classifications of a flow: the first to state some is right, others stay in the rest."""
    nodes = node.children("classification")
    found = tuple(_class(child, language) for child in nodes)
    if found and not draft.categories:
        draft.categories = found
    for child, category in zip(nodes, found, strict=True):
        if category not in draft.categories:
            node.leave(child)


def write_classes(parent: etree._Element, categories: Iterable[Category], language: str = "en") -> None:
    """Each category as a system with one value; deeper paths are joined by slashes."""
    for category in categories:
        value = "/".join(category.path)
        code = category.codes[-1] if category.codes else ""
        own = as_uuid(code, category.system) if code else identity("class", category.system, value)
        node = append(parent, "classification", classificationId=own)
        append(node, "classificationSystem", category.system).set(LANGUAGE, language)
        append(node, "classificationValue", value).set(LANGUAGE, language)


def read_compartment(node: Node, draft: FlowDraft, language: str) -> None:
    """Where an elementary flow comes from or goes; kept with the exchange where it contradicts the flow."""
    compartment = node.child("compartment")
    if compartment is None:
        return
    path, parts = [], []
    for name in ("compartment", "subcompartment"):
        part = compartment.child(name)
        if part is not None:
            parts.append(part)
            path.append(part.text())
    if not draft.placed:
        draft.compartment, draft.placed = tuple(path), True
        identifier = compartment.seen("subcompartmentId")
        if identifier not in ("", identity("compartment", *path)):
            draft.extras = (*draft.extras, Extra(FORMAT, SUBCOMPARTMENT, identifier))
    if tuple(path) != draft.compartment:
        node.leave(compartment)
        return
    for part in parts:
        part.take_if(LANGUAGE, language)
    own = extra(draft.extras, FORMAT, SUBCOMPARTMENT) or identity("compartment", *path)
    compartment.take_if("subcompartmentId", own)


def write_compartment(parent: etree._Element, flow: Flow, language: str = "en") -> None:
    """The last two names of the path."""
    names = flow.compartment[-2:]
    own = extra(flow.extras, FORMAT, SUBCOMPARTMENT) or identity("compartment", *names)
    node = append(parent, "compartment", subcompartmentId=own)
    for name, text in zip(("compartment", "subcompartment"), names, strict=False):
        append(node, name, text).set(LANGUAGE, language)
