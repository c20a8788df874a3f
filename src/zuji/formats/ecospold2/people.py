"""Persons, companies, sources and geographies: named in data sets by id, described in master data."""

from dataclasses import replace

from lxml import etree

from zuji.formats.ecospold2.identity import identity
from zuji.formats.ecospold2.nodes import LANGUAGE, Node, append, append_words, digits, extra
from zuji.formats.ecospold2.notes import FORMAT
from zuji.formats.ecospold2.registry import COMPANY, Registry
from zuji.formats.ecospold2.texts import read_story, write_story
from zuji.model.lci.publications import Contact, Location, Source
from zuji.model.lci.references import Extra, Heading, Kind, Ref
from zuji.model.lci.wording import UNSAID, Wording

_SOURCE_TYPES = (
    "undefined",
    "article",
    "chapter in anthology",
    "separate publication",
    "measurement on site",
    "oral communication",
    "personal written communication",
    "questionnaire",
)


def read_person(node: Node, registry: Registry, prefix: str = "person") -> Ref | None:
    """The person a node names by `<prefix>Id`, `<prefix>Name` and `<prefix>Email`."""
    name, email = node.seen(f"{prefix}Name"), node.seen(f"{prefix}Email")
    identifier = node.take(f"{prefix}Id")
    if not identifier and not name and not email:
        return None
    identifier = identifier or identity("person", name, email)
    known = registry.contacts.setdefault(
        identifier, Contact(heading=Heading(id=identifier, name=Wording.of(name)), email=email)
    )
    node.take_if(f"{prefix}Name", str(known.heading.name))
    node.take_if(f"{prefix}Email", known.email)
    return Ref(identifier, name=known.heading.name, kind=Kind.CONTACT)


def read_company(node: Node, registry: Registry) -> Ref | None:
    """The company a node names by `companyId` and `companyCode`."""
    code = node.seen("companyCode")
    identifier = node.take("companyId")
    if not identifier and not code:
        return None
    identifier = identifier or identity("company", code)
    known = registry.contacts.setdefault(
        identifier,
        Contact(heading=Heading(id=identifier), short_name=Wording.of(code), extras=(COMPANY,)),
    )
    node.take_if("companyCode", str(known.short_name))
    return Ref(identifier, name=known.heading.name or known.short_name, kind=Kind.CONTACT)


def read_source(node: Node, registry: Registry, prefix: str = "source") -> Ref | None:
    """The source a node names by `<prefix>Id`, `<prefix>Year` and `<prefix>FirstAuthor`."""
    year, author = node.seen(f"{prefix}Year"), node.seen(f"{prefix}FirstAuthor")
    identifier = node.take(f"{prefix}Id")
    if not identifier and not author:
        return None
    identifier = identifier or identity("source", author, year)
    if identifier not in registry.sources:
        registry.sources[identifier] = source_of(identifier, "", year, {"firstAuthor": author}, UNSAID)
    known = registry.sources[identifier]
    node.take_if(f"{prefix}Year", year_of(known))
    node.take_if(f"{prefix}FirstAuthor", author_of(known))
    return Ref(identifier, name=known.heading.name, kind=Kind.SOURCE)


def source_of(identifier: str, title: str, year: str, others: dict[str, str], description: Wording) -> Source:
    """A source; attributes without a noun are kept, and a citation is made of all."""
    number = int(year) if year.isdecimal() and len(year) == 4 else None
    kept = {key: value for key, value in others.items() if value}
    if year and number is None:
        kept["year"] = year
    authors = ", ".join(kept[key] for key in ("firstAuthor", "additionalAuthors") if key in kept)
    citation = _citation(authors, year, title)
    kind = kept.pop("sourceType", "")
    word = _SOURCE_TYPES[int(kind)] if kind.isdecimal() and int(kind[:3]) < len(_SOURCE_TYPES) else ""
    if kind and not word:
        kept["sourceType"] = kind
    return Source(
        heading=Heading(id=identifier, name=Wording.of(title)),
        citation=citation,
        type=word,
        description=description,
        year=number,
        extras=tuple(Extra(FORMAT, f"@{key}", value) for key, value in kept.items()),
    )


def source_type(source: Source) -> str:
    """The code of a source's type; empty for the words of other formats."""
    return str(_SOURCE_TYPES.index(source.type)) if source.type in _SOURCE_TYPES else ""


def year_of(source: Source) -> str:
    """The year as written."""
    return extra(source.extras, FORMAT, "@year") or ("" if source.year is None else str(source.year))


def author_of(source: Source) -> str:
    """The first author; for a source of another format, its citation or title."""
    author = extra(source.extras, FORMAT, "@firstAuthor")
    if author or source.citation == _citation("", year_of(source), str(source.heading.name)):
        return author
    return source.citation or str(source.heading.name)


def _citation(authors: str, year: str, title: str) -> str:
    return " ".join(part for part in (authors, f"({year})" if year else "", title) if part)


def read_place(node: Node, registry: Registry, language: str) -> str:
    """The short name of a geography; its id is kept where another place has that short name."""
    names = node.child("shortname")
    code = ""
    if names is not None:
        names.take_if(LANGUAGE, language)
        code = names.text()
    identifier = node.seen("geographyId") or identity("geography", code)
    if not code:
        return ""
    if identifier not in registry.locations:
        registry.locations[identifier] = Location(
            heading=Heading(id=identifier, name=Wording.of(code)), code=code
        )
    named = next((each for each in registry.locations.values() if each.code == code), None)
    if named is not None and named.heading.id == identifier:
        node.take("geographyId")
    return code


def read_master_place(node: Node, registry: Registry, language: str) -> None:
    """A geography of the master data."""
    identifier = node.take("id")
    name = node.words("name", language)
    short = node.child("shortname")
    code = ""
    if short is not None:
        short.take_if(LANGUAGE, language)
        code = short.text()
    latitude, longitude = node.number("latitude"), node.number("longitude")
    comment = read_story(node, "comment", language)
    registry.locations.setdefault(
        identifier or identity("geography", code),
        Location(
            heading=Heading(id=identifier or identity("geography", code), name=name, comment=comment),
            code=code,
            latitude=latitude,
            longitude=longitude,
            extras=node.rest(FORMAT),
        ),
    )


def write_place(parent: etree._Element, place: Location) -> etree._Element:
    """The master data of a geography."""
    node = append(
        parent,
        "geography",
        id=place.heading.id,
        longitude=digits(place.longitude),
        latitude=digits(place.latitude),
    )
    append_words(node, "name", place.heading.name)
    append(node, "shortname", place.code).set(LANGUAGE, "en")
    write_story(node, "comment", place.heading.comment, place.extras, "comment")
    return node


def read_master_person(node: Node, registry: Registry) -> None:
    """A person of the master data."""
    identifier = node.take("id") or identity("person", node.seen("name"), node.seen("email"))
    contact = Contact(
        heading=Heading(id=identifier, name=Wording.of(node.take("name"))),
        address=Wording.of(node.take("address")),
        email=node.take("email"),
        telephone=node.take("telephone"),
        telefax=node.take("telefax"),
    )
    registry.contacts.setdefault(identifier, replace(contact, extras=node.rest(FORMAT)))


def read_master_company(node: Node, registry: Registry, language: str) -> None:
    """A company of the master data."""
    identifier = node.take("id") or identity("company", node.seen("code"))
    contact = Contact(
        heading=Heading(
            id=identifier, name=node.words("name", language), comment=node.words("comment", language)
        ),
        short_name=Wording.of(node.take("code")),
        website=node.take("website"),
    )
    registry.contacts.setdefault(identifier, replace(contact, extras=(COMPANY, *node.rest(FORMAT))))


def read_master_source(node: Node, registry: Registry, language: str) -> None:
    """A source of the master data."""
    identifier = node.take("id") or identity("source", node.seen("firstAuthor"), node.seen("year"))
    title, year = node.take("title"), node.take("year")
    description = node.words("comment", language)
    others = {name: node.take(name) for name in ("sourceType", "firstAuthor", "additionalAuthors")}
    source = source_of(identifier, title, year, others, description)
    registry.sources.setdefault(identifier, replace(source, extras=(*source.extras, *node.rest(FORMAT))))


def write_contact(parent: etree._Element, contact: Contact, *, company: bool) -> etree._Element:
    """The master data of a person or a company."""
    if not company:
        return append(
            parent,
            "person",
            id=contact.heading.id,
            name=str(contact.heading.name),
            address=str(contact.address),
            telephone=contact.telephone,
            telefax=contact.telefax,
            email=contact.email,
        )
    node = append(
        parent, "company", id=contact.heading.id, code=str(contact.short_name), website=contact.website
    )
    append_words(node, "name", contact.heading.name)
    append_words(node, "comment", contact.heading.comment)
    return node


def write_source(parent: etree._Element, source: Source) -> etree._Element:
    """The master data of a source."""
    node = append(
        parent,
        "source",
        id=source.heading.id,
        sourceType=source_type(source),
        year=year_of(source),
        firstAuthor=author_of(source),
        title=str(source.heading.name),
    )
    append_words(node, "comment", source.description)
    return node
