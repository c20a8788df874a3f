"""What every data set says about itself: identity, names, classes; and who is answerable for it."""

from typing import Any

from lxml import etree

from zuji.formats.ilcd.beyond import NAMED_WORDS, TEXT, WORDS, Codec, applied, many, stated
from zuji.formats.ilcd.fields import (
    Box,
    Field,
    Flag,
    Items,
    Plain,
    Reference,
    References,
    Values,
    Words,
    read_reference,
    words,
    write_reference,
)
from zuji.formats.ilcd.fragments import in_order, put_back
from zuji.formats.ilcd.names import COMMON, ZUJI
from zuji.formats.ilcd.reading import Reading
from zuji.formats.xml_tree import writable
from zuji.model.lci.processes import Review
from zuji.model.lci.references import Category, Heading, Kind, Ref
from zuji.model.lci.wording import Wording

_HEADING = f"{{{ZUJI}}}heading"
_BEYOND = {"tags": many(TEXT)}
_LACKING = {"synonyms": WORDS, "comment": WORDS}
_CLASS = f"{{{COMMON}}}class"
_CATEGORY = f"{{{COMMON}}}category"
_SYSTEM = f"{{{COMMON}}}referenceToComplianceSystem"


def read_class(element: etree._Element, reading: Reading, path: str) -> Category | None:
    """A classification: its classes from general to special, whatever order they stand in."""
    return _read_levels(element, reading, path, _CLASS, "classId")


def write_class(category: Category, tag: str, parent: etree._Element) -> None:
    """The classification as an element."""
    element = etree.SubElement(parent, tag)
    if category.system:
        element.set("name", writable(category.system))
    codes = category.codes or ("",) * len(category.path)
    for level, (name, code) in enumerate(zip(category.path, codes, strict=False)):
        leaf = etree.SubElement(element, _CLASS, level=str(level))
        if code:
            leaf.set("classId", writable(code))
        leaf.text = writable(name)


def read_compartment(element: etree._Element, reading: Reading, path: str) -> Category | None:
    """An elementary flow's first categorisation; the flow holds its path, codes and name are extras."""
    if next(element.itersiblings(str(element.tag), preceding=True), None) is not None:
        return None
    category = _read_levels(element, reading, path, _CATEGORY, "catId")
    if category is not None:
        codes = ((f"{path}/common:category[{n}]", "catId", code) for n, code in enumerate(category.codes, 1))
        for at, name, value in ((path, "name", category.system), *codes):
            if value:
                reading.taken -= 1
                reading.keep_attribute(at, name, value)
    return category


def write_compartment(category: Category, tag: str, parent: etree._Element) -> None:
    """The categorisation as an element."""
    element = etree.SubElement(parent, tag)
    for level, name in enumerate(category.path):
        etree.SubElement(element, _CATEGORY, level=str(level)).text = writable(name)


def _read_levels(
    element: etree._Element, reading: Reading, path: str, tag: str, code: str
) -> Category | None:
    """None where the levels are not 0, 1, 2…, for then nothing says what they mean."""
    classes = [child for child in element if child.tag == tag]
    levels = [child.get("level", "").strip() for child in classes]
    if not classes or set(levels) != {str(n) for n in range(len(classes))}:
        return None
    classes.sort(key=lambda child: int(child.get("level", "0")))
    reading.taken += 1
    for name, value in element.attrib.items():
        if name == "name":
            reading.taken += 1
        else:
            reading.keep_attribute(path, name, value)
    known = frozenset(("level", code))
    for ordinal, child in enumerate(classes, 1):
        reading.taken += 1 + sum(name in known for name in child.attrib)
        reading.leftover(child, path, ordinal, known)
    for child in element:
        if child.tag != tag:
            reading.keep(child, path)
    codes = tuple(child.get(code, "").strip() for child in classes)
    return Category(
        tuple((child.text or "").strip() for child in classes),
        codes if any(codes) else (),
        element.get("name", "").strip(),
    )


CLASSES = Box({"common:classification": Items("categories", read_class, write_class)})


def information(fields: dict[str, Field]) -> Box:
    """dataSetInformation with `fields`; what the heading says beyond them is an attribute of ours."""
    return Box(fields, {_HEADING: "heading"})


def publication(*, process: bool = False) -> dict[str, Field]:
    """publicationAndOwnership; only processes and methods state when they were last revised."""
    fields: dict[str, Field] = {
        "common:dataSetVersion": Plain("version"),
        "common:permanentDataSetURI": Plain("uri"),
    }
    if process:
        fields |= {
            "common:dateOfLastRevision": Plain("changed"),
            "common:workflowAndPublicationStatus": Plain("status"),
            "common:referenceToUnchangedRepublication": Reference("publication", Kind.SOURCE),
            "common:referenceToOwnershipOfDataSet": Reference("owner", Kind.CONTACT),
            "common:copyright": Flag("copyrighted"),
            "common:licenseType": Plain("licence"),
            "common:accessRestrictions": Words("restrictions"),
        }
    return fields


ADMINISTRATION = Box(
    {
        "dataEntryBy": Box({"common:timeStamp": Plain("changed")}),
        "publicationAndOwnership": Box(publication()),
    }
)
"""administrativeInformation of every data set but the process."""

REVIEW = Box(
    {
        "common:reviewDetails": Words("details"),
        "common:referenceToNameOfReviewerAndInstitution": References("reviewers", Kind.CONTACT),
        "common:referenceToCompleteReviewReport": Reference("report", Kind.SOURCE),
    },
    {"type": "type"},
)


def read_review(element: etree._Element, reading: Reading, _path: str) -> Review:
    """One review; paths of its extras count from it."""
    values: Values = {}
    with reading.inner() as extras:
        REVIEW.read(element, values, reading, "")
    return Review(
        type=values.get("type", ""),
        details=words(values, "details"),
        reviewers=tuple(values.get("reviewers", ())),
        report=values.get("report"),
        extras=in_order(extras),
    )


def write_review(review: Review, tag: str, parent: etree._Element) -> None:
    """The review as an element; one that says nothing but that it is one stays."""
    element = etree.SubElement(parent, tag)
    REVIEW.fill(
        {
            "type": review.type,
            "details": review.details,
            "reviewers": review.reviewers,
            "report": review.report,
        },
        element,
    )
    put_back(element, review.extras, etree.QName(tag).namespace or "")


def read_compliance(element: etree._Element, reading: Reading, path: str) -> Ref | None:
    """The system that compliance is declared with; the single statements are kept."""
    systems = element.findall(_SYSTEM)
    if len(systems) != 1 or not (systems[0].get("refObjectId") or systems[0].get("uri")):
        return None
    reading.taken += 1
    for name, value in element.attrib.items():
        reading.keep_attribute(path, name, value)
    ref = None
    for child in element:
        if child is systems[0]:
            ref = read_reference(child, Kind.SOURCE, reading, path, 1)
        else:
            reading.keep(child, path)
    return ref


def write_compliance(ref: Ref, tag: str, parent: etree._Element) -> None:
    """A declaration of compliance."""
    write_reference(ref, _SYSTEM, etree.SubElement(parent, tag), Kind.SOURCE)


def heading_of(values: Values) -> Heading:
    """The heading that a form's values state."""
    said = {
        "id": values.get("id", ""),
        "version": values.get("version", ""),
        "name": words(values, "name"),
        "synonyms": words(values, "synonyms"),
        "categories": tuple(values.get("categories", ())),
        "comment": words(values, "comment"),
        "changed": values.get("changed", ""),
        "uri": values.get("uri", ""),
    }
    return Heading(**(said | applied(values.get("heading", ""), _BEYOND | _LACKING)))


def values_of(heading: Heading, *lacking: str) -> dict[str, Any]:
    """The reverse of `heading_of`; `lacking` are fields that this kind of data set has no element for."""
    codecs = _BEYOND | {name: _LACKING[name] for name in lacking}
    return {
        "id": heading.id,
        "version": heading.version,
        "name": heading.name,
        "synonyms": heading.synonyms,
        "categories": heading.categories,
        "comment": heading.comment,
        "changed": heading.changed,
        "uri": heading.uri,
        "heading": stated(heading, codecs),
    }


def name_parts(values: Values, names: tuple[str, ...]) -> tuple[tuple[str, Wording], ...]:
    """The parts of the name that were given, under the format's own words."""
    return tuple((name, words(values, name)) for name in names if values.get(name))


NAMED = {"name_parts": many(NAMED_WORDS)}


def parts_of(
    parts: tuple[tuple[str, Wording], ...], names: tuple[str, ...]
) -> tuple[dict[str, Wording], dict[str, Codec]]:
    """The parts as values of a form; where a form has no such names, all travel beyond it."""
    given = [name for name, wording in parts if wording]
    if given == [name for name in names if name in given] and len(given) == len(parts):
        return dict(parts), {}
    return {}, NAMED
