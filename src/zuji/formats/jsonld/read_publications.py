"""Sources, actors and locations."""

from zuji.formats.jsonld.read_quantities import read_heading
from zuji.formats.jsonld.record import Record
from zuji.model.lci.publications import Contact, Location, Source
from zuji.model.lci.references import Kind


def read_source(record: Record, id_: str, files: frozenset[str]) -> Source:
    """Its file is named by its path in the package where the package brought it."""
    name = record.text("externalFile")
    path = f"bin/sources/{id_}/{name}"
    source = Source(
        heading=read_heading(record, id_),
        citation=record.text("textReference"),
        url=record.text("url"),
        year=record.integer("year"),
        files=(path if path in files else name,) if name else (),
        extras=record.extras(),
    )
    record.close(Kind.SOURCE)
    return source


def read_contact(record: Record, id_: str) -> Contact:
    contact = Contact(
        heading=read_heading(record, id_),
        address=record.wording("address"),
        email=record.text("email"),
        telephone=record.text("telephone"),
        telefax=record.text("telefax"),
        website=record.text("website"),
        extras=record.extras(),
    )
    record.close(Kind.CONTACT)
    return contact


def read_location(record: Record, id_: str) -> Location:
    heading, code = read_heading(record, id_), record.text("code")
    if not code:
        record.default("no-code")
    place = Location(
        heading=heading,
        code=code or str(heading.name) or id_,
        latitude=record.number("latitude"),
        longitude=record.number("longitude"),
        extras=record.extras(),
    )
    record.close(Kind.LOCATION)
    return place
