"""Packages written as TIDAS: the documents of the ILCD writer as JSON, with what TIDAS requires beyond."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from typing import Any

from lxml import etree

from zuji.errors import Place
from zuji.formats import ilcd
from zuji.formats.archive import Archive, open_archive, write_archive
from zuji.formats.ilcd.datasets import Dataset
from zuji.formats.ilcd.fitting import RECORD
from zuji.formats.ilcd.fragments import find, parted
from zuji.formats.ilcd.names import KINDS, ZUJI, kind_of
from zuji.formats.ilcd.names import OTHER as OTHER_TAG
from zuji.formats.tidas.required import OTHER, complete
from zuji.formats.tidas.trees import BESIDE, object_of
from zuji.formats.xml_tree import parse_xml
from zuji.model.lci.ledger import Count, Ledger, LedgerBook
from zuji.model.lci.package import Package, Written
from zuji.model.lci.references import Heading, Kind
from zuji.text import Text

_FOLDERS = frozenset(kind.folder for kind in KINDS)
_ABSENT = f"{{{ZUJI}}}absent"
_OTHERWISE = frozenset({"locations", "type"})
"""Attributes that ILCD fills neutrally: TIDAS wants one certain value, or a whole reference."""
_FILLED = Text("TIDAS 要求而来源没有，写为“未说明”", "required by TIDAS and not said; written as not stated")


def dump(package: Package) -> Written:
    """The package as a zip of `<folder>/<uuid>_<version>.json`; the same package gives the same bytes.

    What ILCD cannot hold is in the ledger as the ILCD writer says it; what TIDAS requires beyond ILCD and the
    package does not say is filled visibly (`zuji.formats.tidas.required`), entered as defaulted fields, and
    taken out again by our reader.
    """
    written = ilcd.dump(package)
    archive = open_archive(written.content)
    known = _known(package)
    book = LedgerBook()
    entries = list(_entries(archive, known, book))
    return Written(content=write_archive(entries), ledger=_sum(written.ledger, book.ledger()))


def _entries(
    archive: Archive, known: Mapping[str, tuple[str, Any]], book: LedgerBook
) -> Iterator[tuple[str, bytes]]:
    for name in archive.names:
        content = archive.read(name)
        path = name.partition("/")[2] or name
        if path.partition("/")[0] in _FOLDERS and path.endswith(".xml"):
            root = parse_xml(content, Place(file=name))
            if kind_of(str(root.tag)) is not None:
                _unfill(root)
                document = object_of(root)
                place = Place(file=f"{path.removesuffix('.xml')}.json")
                for filled in complete(document, known):
                    book.read(Kind.FIELD)
                    book.defaulted(Kind.FIELD, "tidas.filled", _FILLED, Place(file=place.file, field=filled))
                yield place.file, _json(document)
                continue
        yield path, content


def _unfill(root: etree._Element) -> None:
    """Takes out what the ILCD writer filled where TIDAS wants something else in the same place."""
    other = root.find(OTHER_TAG)
    record = None if other is None else other.find(RECORD)
    if other is None or record is None:
        return
    namespace = etree.QName(root).namespace or ""
    for entry in reversed(record.findall(_ABSENT)):
        path, attribute = parted(entry.get("at", ""))
        target = find(root, path, namespace)
        if target is None:
            continue
        if attribute in _OTHERWISE:
            target.attrib.pop(attribute, None)
        elif attribute or len(target) or target.attrib or (target.text or "").strip():
            continue
        elif (parent := target.getparent()) is not None:
            parent.remove(target)
        record.remove(entry)
    if not len(record):
        other.remove(record)
    if not len(other):
        root.remove(other)


def _json(document: dict[str, Any]) -> bytes:
    ((_, body),) = document.items()
    other = body.get(OTHER)
    beside = other.pop(BESIDE, None) if isinstance(other, dict) else None
    if other == {}:
        del body[OTHER]
    if isinstance(beside, dict):
        document = document | {key: value for key, value in beside.items() if key not in document}
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _known(package: Package) -> dict[str, tuple[str, Any]]:
    """Version and name of every data set by its id, for references that do not say them."""
    datasets: tuple[Dataset, ...] = (
        *package.processes,
        *package.flows,
        *package.flow_properties,
        *package.unit_groups,
        *package.impact_categories,
        *package.models,
        *package.sources,
        *package.contacts,
    )
    return {one.heading.id: (one.heading.version or "00.00.000", _name(one.heading)) for one in datasets}


def _name(heading: Heading) -> dict[str, str]:
    texts = sorted(heading.name, key=lambda text: not text[0].startswith("en"))
    language, text = texts[0] if texts else ("en", heading.id)
    return {"@xml:lang": language, "#text": text}


def _sum(left: Ledger, right: Ledger) -> Ledger:
    """One account of both."""
    counts = {
        kind: Count(*(sum(numbers) for numbers in zip(*map(astuple, both), strict=True)))
        for kind in {**left.counts, **right.counts}
        if (both := [ledger.counts.get(kind, Count()) for ledger in (left, right)])
    }
    return Ledger(counts, left.reasons + right.reasons)
