"""Master data: what data sets name by id, described once, in files of their own or beside a data set."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from zuji.formats.ecospold2.exchanges import describe, read_property
from zuji.formats.ecospold2.nodes import LANGUAGE, Node
from zuji.formats.ecospold2.notes import FORMAT, Notes
from zuji.formats.ecospold2.people import (
    read_master_company,
    read_master_person,
    read_master_place,
    read_master_source,
)
from zuji.formats.ecospold2.registry import FlowDraft, Registry
from zuji.model.lci.flows import PropertyAmount
from zuji.model.lci.units import Unit

LANGUAGE_OF_MASTER = "en"
FILES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "unit": ("Units.xml", "validUnits"),
        "property": ("Properties.xml", "validProperties"),
        "intermediateExchange": ("IntermediateExchanges.xml", "validIntermediateExchanges"),
        "elementaryExchange": ("ElementaryExchanges.xml", "validElementaryExchanges"),
        "geography": ("Geographies.xml", "validGeographies"),
        "company": ("Companies.xml", "validCompanies"),
        "person": ("Persons.xml", "validPersons"),
        "source": ("Sources.xml", "validSources"),
        "activityName": ("ActivityNames.xml", "validActivityNames"),
    }
)
"""Kind of entry -> its file and the root of that file."""
ROOTS = {root: entry for entry, (_, root) in FILES.items()}


def read_entry(node: Node, registry: Registry, notes: Notes) -> bool:
    """Takes an entry into the registry; False for kinds that are kept word for word."""
    reader = _READERS.get("unit" if node.kind == "units" else node.kind)
    if reader is None:
        return False
    reader(node, registry, notes)
    return True


def _unit(node: Node, registry: Registry, notes: Notes) -> None:
    identifier = node.take("id")
    first = node.child("name")
    name = ""
    if first is not None:
        first.take_if(LANGUAGE, LANGUAGE_OF_MASTER)
        name = first.text()
    comment = node.words("comment", LANGUAGE_OF_MASTER)
    if identifier:
        registry.units.setdefault(
            identifier,
            Unit(id=identifier, name=name, factor=1.0, comment=comment, extras=notes.kept(node.rest(FORMAT))),
        )


def _flow(node: Node, registry: Registry, notes: Notes) -> None:
    elementary = node.kind == "elementaryExchange"
    identifier = node.take("id")
    if not identifier or identifier in registry.flows:
        return
    names = node.words("name", LANGUAGE_OF_MASTER)
    draft = registry.flow(identifier, registry.unit(node), elementary=elementary)
    describe(draft, node, names, LANGUAGE_OF_MASTER)
    draft.comment = node.words("comment", LANGUAGE_OF_MASTER)
    draft.properties = _properties(node, registry, notes)
    _keep(draft, node, notes)


def _properties(node: Node, registry: Registry, notes: Notes) -> tuple[PropertyAmount, ...]:
    found = []
    for child in node.children("property"):
        said = read_property(child, registry, notes, LANGUAGE_OF_MASTER)
        if said is None:
            node.leave(child)
        else:
            found.append(said)
    return tuple(found)


def _keep(draft: FlowDraft, node: Node, notes: Notes) -> None:
    draft.extras = (*draft.extras, *notes.kept(node.rest(FORMAT)))


def _property(node: Node, registry: Registry, notes: Notes) -> None:
    identifier = node.take("id")
    if not identifier or identifier in registry.properties:
        return
    names = node.words("name", LANGUAGE_OF_MASTER)
    registry.properties[identifier] = (names, registry.unit(node))
    comment = node.words("comment", LANGUAGE_OF_MASTER)
    registry.property_extras[identifier] = (comment, notes.kept(node.rest(FORMAT)))


def _geography(node: Node, registry: Registry, notes: Notes) -> None:  # noqa: ARG001 - one signature
    read_master_place(node, registry, LANGUAGE_OF_MASTER)


def _person(node: Node, registry: Registry, notes: Notes) -> None:  # noqa: ARG001
    read_master_person(node, registry)


def _company(node: Node, registry: Registry, notes: Notes) -> None:  # noqa: ARG001
    read_master_company(node, registry, LANGUAGE_OF_MASTER)


def _source(node: Node, registry: Registry, notes: Notes) -> None:  # noqa: ARG001
    read_master_source(node, registry, LANGUAGE_OF_MASTER)


_READERS: Mapping[str, Callable[[Node, Registry, Notes], None]] = MappingProxyType(
    {
        "unit": _unit,
        "intermediateExchange": _flow,
        "elementaryExchange": _flow,
        "property": _property,
        "geography": _geography,
        "person": _person,
        "company": _company,
        "source": _source,
    }
)
