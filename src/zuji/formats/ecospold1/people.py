"""Sources and persons, which a data set lists with numbers and refers to by number."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from zuji.formats.ecospold1.words import FORMAT
from zuji.formats.ecospold2.identity import identity
from zuji.formats.ecospold2.nodes import Node, append, element_of, extra, graft
from zuji.formats.ecospold2.registry import Registry
from zuji.model.lci.publications import Contact, Source
from zuji.model.lci.references import Extra, Heading, Kind, Ref
from zuji.model.lci.wording import Wording

_TYPES = (
    "undefined",
    "article",
    "chapter in anthology",
    "separate publication",
    "measurement on site",
    "oral communication",
    "personal written communication",
    "questionnaire",
)
PERSON_PLACE = "metaInformation/administrativeInformation/person"


@dataclass(slots=True)
class Numbers:
    """What the numbers of one data set stand for."""

    sources: dict[str, Ref] = field(default_factory=dict)
    persons: dict[str, Contact] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    """Numbers of persons that something refers to."""

    def source(self, node: Node, name: str) -> Ref | None:
        """The source that an attribute refers to; an unknown number is left in the rest."""
        found = self.sources.get(node.seen(name).strip())
        if found is not None:
            node.take(name)
        return found

    def person(self, node: Node, name: str, registry: Registry) -> Ref | None:
        """The person that an attribute refers to; an unknown number is left in the rest.

        Persons are registered as they are referred to: their order in the list means nothing.
        """
        number = node.seen(name).strip()
        found = self.persons.get(number)
        if found is None:
            return None
        node.take(name)
        self.met.add(number)
        registry.contacts.setdefault(found.heading.id, found)
        return Ref(found.heading.id, name=found.heading.name, kind=Kind.CONTACT)


def _all(element: etree._Element) -> tuple[str, ...]:
    attributes = {key: str(value) for key, value in element.attrib.items() if key != "number"}
    return tuple(f"{key}={attributes[key]}" for key in sorted(map(str, attributes)) if attributes[key])


def read_source(node: Node, registry: Registry, language: str) -> tuple[str, Ref]:
    """A source with its number; the same words are the same source in every data set."""
    number, identifier = node.take("number").strip(), identity("source", *_all(node.element))
    title, year, kind = node.take("title"), node.seen("year"), node.seen("sourceType")
    authors = ", ".join(each for each in (node.seen("firstAuthor"), node.seen("additionalAuthors")) if each)
    text = node.take("text")
    if year.isdecimal() and len(year) == 4:
        node.take("year")
    known = kind.isdecimal() and int(kind[:3]) < len(_TYPES) and str(int(kind)) == kind
    if known:
        node.take("sourceType")
    source = Source(
        heading=Heading(id=identifier, name=Wording.of(title, language)),
        citation=_citation(authors, year, title),
        type=_TYPES[int(kind)] if known else "",
        description=Wording.of(text, language),
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        extras=node.rest(FORMAT),
    )
    registry.sources.setdefault(identifier, source)
    return number, Ref(identifier, name=source.heading.name, kind=Kind.SOURCE)


def _citation(authors: str, year: str, title: str) -> str:
    return " ".join(part for part in (authors, f"({year})" if year else "", title) if part)


def write_source(parent: etree._Element, source: Source, number: int) -> None:
    """A source under a number of the data set."""
    year = extra(source.extras, FORMAT, "@year") or ("" if source.year is None else str(source.year))
    title = str(source.heading.name)
    authors = ""
    native = any(each.format == FORMAT for each in source.extras)
    if not native and source.citation != _citation("", year, title):
        authors = source.citation
    node = append(
        parent,
        "source",
        number=str(number),
        sourceType=str(_TYPES.index(source.type)) if source.type in _TYPES else "",
        firstAuthor=authors,
        year=year,
        title=title,
        text=str(source.description),
    )
    graft(node, source.extras, FORMAT)


def read_person(node: Node, language: str) -> tuple[str, Contact]:
    """A person with its number."""
    number, identifier = node.take("number").strip(), identity("person", *_all(node.element))
    contact = Contact(
        heading=Heading(id=identifier, name=Wording.of(node.take("name"), language)),
        address=Wording.of(node.take("address"), language),
        email=node.take("email"),
        telephone=node.take("telephone"),
        telefax=node.take("telefax"),
        extras=node.rest(FORMAT),
    )
    return number, contact


def write_person(parent: etree._Element, contact: Contact, number: int) -> None:
    """A person under a number of the data set."""
    node = append(
        parent,
        "person",
        number=str(number),
        name=str(contact.heading.name),
        address=str(contact.address),
        telephone=contact.telephone,
        telefax=contact.telefax,
        email=contact.email,
        companyCode=str(contact.short_name)[:7],
    )
    graft(node, contact.extras, FORMAT)


def kept_persons(extras: tuple[Extra, ...]) -> set[str]:
    """Ids of persons that are kept word for word because nothing refers to them."""
    kept = [each for each in extras if each.format == FORMAT and each.place == PERSON_PLACE]
    return {identity("person", *_all(element_of(each.content, ""))) for each in kept}


def taken_numbers(extras: tuple[Extra, ...]) -> set[str]:
    """Numbers of persons that are kept word for word because nothing refers to them."""
    kept = [each for each in extras if each.format == FORMAT and each.place == PERSON_PLACE]
    return {str(element_of(each.content, "").get("number", "")) for each in kept}


class Numbering:
    """Numbers for what a data set refers to, given in the order of first use."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = frozenset(taken)
        self._numbers: dict[str, int] = {}
        self._next = 1

    def of(self, identifier: str) -> int:
        """The number of a data set."""
        if identifier not in self._numbers:
            while str(self._next) in self._taken:
                self._next += 1
            self._numbers[identifier] = self._next
            self._next += 1
        return self._numbers[identifier]

    def all(self) -> list[tuple[str, int]]:
        """Everything that has a number."""
        return list(self._numbers.items())
