"""Sources and contacts written, and where the files of sources go."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from zuji.formats.jsonld.pen import Json, Pen, filled, openlca_id
from zuji.model.lci.package import Package
from zuji.model.lci.publications import Contact, Source
from zuji.model.lci.references import Kind


def attached(package: Package) -> Mapping[str, str]:
    """Where a file of the package goes that a source names: old path -> bin/sources/<id>/<name>."""
    paths = [path for path, _ in package.files]
    by_name: dict[str, list[str]] = {}
    for path in paths:
        by_name.setdefault(PurePosixPath(path).name, []).append(path)
    moved: dict[str, str] = {}
    for source in package.sources:
        for file in source.files:
            name = PurePosixPath(file).name
            found = [path for path in by_name.get(name, []) if path == file or _same_end(path, file)]
            target = f"bin/sources/{openlca_id(Kind.SOURCE, source.heading.id)}/{name}"
            if found and found[0] not in moved:
                moved[found[0]] = target
    return moved


def write_source(source: Source, pen: Pen) -> Json:
    place = pen.place(Kind.SOURCE, source.heading)
    pen.lose_filled(source, ("type", "contacts"), place)
    if len(source.files) > 1:
        pen.lose("files", place)
    value = pen.heading(Kind.SOURCE, source.heading)
    if source.description and "description" not in value:
        value["description"] = pen.say(source.description, place)
    elif source.description and source.description != source.heading.comment:
        pen.lose("description", place)
    value |= filled(
        {
            "textReference": source.citation,
            "url": source.url,
            "year": source.year,
            "externalFile": PurePosixPath(source.files[0]).name if source.files else "",
        }
    )
    return pen.restore(value, source.extras)


def write_contact(contact: Contact, pen: Pen) -> Json:
    place = pen.place(Kind.CONTACT, contact.heading)
    if contact.short_name and contact.short_name != contact.heading.name:
        pen.lose("short_name", place)
    value = pen.heading(Kind.CONTACT, contact.heading)
    value |= filled(
        {
            "address": pen.say(contact.address, place),
            "email": contact.email,
            "telephone": contact.telephone,
            "telefax": contact.telefax,
            "website": contact.website,
        }
    )
    return pen.restore(value, contact.extras)


def _same_end(path: str, file: str) -> bool:
    """Whether a path such as ../external_docs/a.pdf means this file of the package."""
    parts = [part for part in PurePosixPath(file).parts if part not in ("..", ".", "/")]
    return list(PurePosixPath(path).parts[-len(parts) :]) == parts
