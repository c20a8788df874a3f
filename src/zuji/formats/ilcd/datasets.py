"""One data set of any kind: from its root element to a noun, and back.

Whoever has ILCD in another notation (TIDAS is ILCD as JSON) makes the same element tree and calls these.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from zuji.errors import Place
from zuji.formats.ilcd.flows import read_flow, write_flow
from zuji.formats.ilcd.fragments import make
from zuji.formats.ilcd.methods import read_category, write_category
from zuji.formats.ilcd.models import read_model, write_model
from zuji.formats.ilcd.names import (
    COMMON,
    CONTACT,
    EPD,
    FLOW,
    FLOW_PROPERTY,
    METHOD,
    MODEL,
    PREFIXES,
    PROCESS,
    SOURCE,
    UNIT_GROUP,
    DataSetKind,
    kind_of,
)
from zuji.formats.ilcd.processes import read_process, write_process
from zuji.formats.ilcd.publications import read_contact, read_source, write_contact, write_source
from zuji.formats.ilcd.quantities import read_group, read_property, write_group, write_property
from zuji.formats.ilcd.reading import Reading
from zuji.formats.ilcd.restoring import restore
from zuji.formats.ilcd.surroundings import ALONE, Surroundings
from zuji.model.lci.flows import Flow
from zuji.model.lci.impacts import ImpactCategory
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.models import LifeCycleModel
from zuji.model.lci.processes import Process
from zuji.model.lci.publications import Contact, Source
from zuji.model.lci.references import Kind
from zuji.model.lci.units import FlowProperty, UnitGroup
from zuji.text import Text

Dataset: TypeAlias = (
    Process | Flow | FlowProperty | UnitGroup | ImpactCategory | LifeCycleModel | Source | Contact
)

_VERSION = "1.1"
_READERS: dict[Kind, Callable[[etree._Element, Reading], Dataset]] = {
    Kind.PROCESS: read_process,
    Kind.FLOW: read_flow,
    Kind.FLOW_PROPERTY: read_property,
    Kind.UNIT_GROUP: read_group,
    Kind.IMPACT_CATEGORY: read_category,
    Kind.MODEL: read_model,
    Kind.SOURCE: read_source,
    Kind.CONTACT: read_contact,
}
_NAMESPACES = {"p": PROCESS.namespace, "m": METHOD.namespace, "c": COMMON, "e": EPD[0], "f": EPD[1]}
_COUNTED = {
    kind: etree.XPath(path, namespaces=_NAMESPACES)
    for kind, path in {
        Kind.EXCHANGE: "count(p:exchanges/p:exchange)",
        Kind.ALLOCATION: "count(p:exchanges/p:exchange/p:allocations/p:allocation)",
        Kind.PARAMETER: "count(p:processInformation/p:mathematicalRelations/p:variableParameter)",
        Kind.RESULT: "count(p:LCIAResults/p:LCIAResult/c:other/*[self::e:amount or self::f:amount])"
        " + count(p:LCIAResults/p:LCIAResult[not(c:other/e:amount or c:other/f:amount)])"
        " + count(p:exchanges/p:exchange/c:other/*[self::e:amount or self::f:amount])",
        Kind.FACTOR: "count(m:characterisationFactors/m:factor)",
    }.items()
}
"""What a data set holds, counted in the document itself and not by the mapping."""

_STALE = Text(
    "文件在写出之后被改过，这里以现在的内容为准",
    "the file was changed after it was written; what it says now is used",
)


def read_dataset(root: etree._Element, book: LedgerBook, place_file: str) -> Dataset | None:
    """The data set of a root element, or None where it is none of ILCD's.

    Enters everything inside it into `book`: exchanges, parameters, allocations, factors, results and the
    fields that no noun holds. The data set itself is entered by the collection, which sees duplicates.
    `root` is changed: what `fit` did to it is undone first.
    """
    found = prepared(root)
    return None if found is None else found.read(book, place_file)[0]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A data set as its author wrote it, not yet read; `stale` are changes of ours that others overwrote."""

    kind: DataSetKind
    root: etree._Element
    stale: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, str]:
        """(id, version) as stated."""
        information = self.root.find(f"{{*}}*/{{*}}dataSetInformation/{{{COMMON}}}UUID")
        version = self.root.find(f"{{*}}*/{{*}}publicationAndOwnership/{{{COMMON}}}dataSetVersion")
        return tuple(  # type: ignore[return-value]
            "" if leaf is None else (leaf.text or "").strip() for leaf in (information, version)
        )

    def read(self, book: LedgerBook, place_file: str) -> tuple[Dataset, Reading]:
        """The data set, and what was at hand while it was read. What it holds is counted before that."""
        root = self.root
        reading = Reading(self.kind.namespace, book, Place(file=place_file))
        for at in self.stale:
            reading.remark("ilcd.changed", _STALE, reading.at(root, at))
        for item, count in _COUNTED.items():
            number = int(count(root))
            if number:
                book.read(item, number)
        version = root.attrib.pop("version", None) if root.get("version") == _VERSION else None
        dataset = _READERS[self.kind.kind](root, reading)
        if version is not None:
            root.set("version", version)
            reading.taken += 1
        reading.close(root)
        return dataset, reading


def prepared(root: etree._Element) -> Prepared | None:
    """The data set of a root element with what `fit` did undone; None where it is none of ILCD's."""
    kind = kind_of(str(root.tag))
    if kind is None:
        return None
    if root.tag != kind.tag:
        _respell(root, kind)
    return Prepared(kind, root, tuple(restore(root, kind.namespace)))


def _respell(root: etree._Element, kind: DataSetKind) -> None:
    """Some exports spell the root or its namespace a little differently; from here on it is ILCD's own."""
    other = str(root.tag).partition("}")[0] + "}"
    for element in root.iter():
        tag = str(element.tag)
        if tag.startswith(other):
            element.tag = f"{{{kind.namespace}}}{tag.removeprefix(other)}"
    root.tag = kind.tag


def write_dataset(dataset: Dataset, surroundings: Surroundings = ALONE) -> etree._Element:
    """The root element of a data set, lossless; `fit` then makes it valid against the schema."""
    kind = kind_to_write(dataset)
    root = etree.Element(kind.tag, nsmap={None: kind.namespace, "common": COMMON})
    root.set("version", _VERSION)
    match dataset:
        case Process():
            write_process(dataset, root, surroundings.units)
        case Flow():
            write_flow(dataset, root)
        case FlowProperty():
            write_property(dataset, root)
        case UnitGroup():
            write_group(dataset, root)
        case ImpactCategory():
            write_category(dataset, root, surroundings.units, surroundings.direction)
        case LifeCycleModel():
            write_model(dataset, root)
        case Source():
            write_source(dataset, root)
        case Contact():
            write_contact(dataset, root)
    # so that a missing version is filled where every tool looks for it
    make(root, "administrativeInformation/publicationAndOwnership", kind.namespace)
    return root


def kind_to_write(dataset: Dataset) -> DataSetKind:
    """The kind of data set that a noun is written as."""
    return _KINDS[type(dataset)]


_KINDS: dict[type, DataSetKind] = {
    Process: PROCESS,
    Flow: FLOW,
    FlowProperty: FLOW_PROPERTY,
    UnitGroup: UNIT_GROUP,
    ImpactCategory: METHOD,
    LifeCycleModel: MODEL,
    Source: SOURCE,
    Contact: CONTACT,
}


def content(root: etree._Element) -> bytes:
    """The document of a root element: indented UTF-8 with the usual prefixes, the same bytes every time."""
    etree.cleanup_namespaces(root, top_nsmap=dict(PREFIXES))
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"
