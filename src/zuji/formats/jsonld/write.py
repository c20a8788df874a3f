"""A package written as openLCA JSON-LD, schema 5."""

import json
from collections.abc import Iterable, Iterator

from zuji.errors import Place
from zuji.formats.archive import write_archive
from zuji.formats.jsonld.layout import (
    APP_MARKER,
    FORMAT,
    LIBRARY_MARKER,
    OLCA_SCHEMA_VERSION,
    SCHEMA_VERSION,
)
from zuji.formats.jsonld.pen import Json, Pen, derived_id, entry_name
from zuji.formats.jsonld.reasons import REASONS
from zuji.formats.jsonld.record import json_text
from zuji.formats.jsonld.write_impacts import methods_by_name, write_category, write_method
from zuji.formats.jsonld.write_models import write_model
from zuji.formats.jsonld.write_places import WrittenPlaces, write_location
from zuji.formats.jsonld.write_processes import Desk, write_parameter, write_process
from zuji.formats.jsonld.write_publications import attached, write_contact, write_source
from zuji.formats.jsonld.write_quantities import (
    Quantities,
    write_flow,
    write_flow_property,
    write_unit_group,
)
from zuji.model.lci.package import Package, Written
from zuji.model.lci.references import Kind


def dump(package: Package) -> Written:
    """A zip of schema 5 with both markers; the same package always gives the same bytes.

    Amounts get their unit and flow property, places and identifiers openLCA cannot hold are made up in the
    same way each time; the ledger tells what was added and what the format could not hold.
    """
    pen = Pen(package)
    quantities = Quantities(package, pen)
    desk = Desk(pen, quantities, WrittenPlaces(package, pen))
    objects = list(_data_sets(package, desk))
    kept, markers = _kept(package, pen)
    entries: dict[str, bytes] = dict(markers)
    for value in (*objects, *desk.places.added_currencies.values()):
        entries[entry_name(value["@type"], value["@id"])] = json_text(value).encode()
    _add_files(entries, kept, pen)
    _add_files(entries, _files(package), pen, count=True)
    return Written(content=write_archive(entries.items()), ledger=pen.book.ledger())


def _data_sets(package: Package, desk: Desk) -> Iterator[Json]:
    """Every object. What others need (units, places) comes after those that need it, and is complete then."""
    pen, quantities, places = desk.pen, desk.quantities, desk.places
    processes = pen.newest(Kind.PROCESS, package.processes)
    by_id = {one.heading.id: one for one in processes}
    categories = pen.newest(Kind.IMPACT_CATEGORY, package.impact_categories)
    methods = pen.newest(Kind.IMPACT_METHOD, package.impact_methods)
    flows = list(quantities.flows.values())
    yield from _counted(pen, Kind.PROCESS, (write_process(one, desk) for one in processes))
    yield from _counted(
        pen,
        Kind.FLOW,
        (write_flow(one, quantities, pen, places.refer(one.location, one.extras)) for one in flows),
    )
    yield from _counted(pen, Kind.IMPACT_CATEGORY, (write_category(one, desk) for one in categories))
    yield from _counted(pen, Kind.IMPACT_METHOD, (write_method(one, pen) for one in methods))
    for made in methods_by_name(categories, methods, pen):
        yield write_method(made, pen)
    models = pen.newest(Kind.MODEL, package.models)
    yield from _counted(pen, Kind.MODEL, (write_model(one, by_id, desk) for one in models))
    sources = pen.newest(Kind.SOURCE, package.sources)
    yield from _counted(pen, Kind.SOURCE, (write_source(one, pen) for one in sources))
    contacts = pen.newest(Kind.CONTACT, package.contacts)
    yield from _counted(pen, Kind.CONTACT, (write_contact(one, pen) for one in contacts))
    place = Place(file="parameters")
    taken: set[str] = set()
    for parameter in package.parameters:
        value = write_parameter(parameter, "GLOBAL_SCOPE", pen, place, own=True)
        if value["@id"] in taken:
            value["@id"] = derived_id("parameter", f"{value['@id']}/{len(taken)}")
        taken.add(value["@id"])
        yield value
    added = {one.heading.id for one in quantities.added_properties}
    for property_ in list(quantities.properties.values()):
        yield write_flow_property(property_, quantities, pen)
        if property_.heading.id not in added:
            pen.book.read(Kind.FLOW_PROPERTY)
            pen.book.mapped(Kind.FLOW_PROPERTY)
    added = {one.heading.id for one in quantities.added_groups}
    for group in list(quantities.groups.values()):
        yield write_unit_group(group, quantities, pen)
        if group.heading.id not in added:
            pen.book.read(Kind.UNIT_GROUP)
            pen.book.mapped(Kind.UNIT_GROUP)
    locations = pen.newest(Kind.LOCATION, package.locations)
    yield from _counted(pen, Kind.LOCATION, (write_location(one, pen) for one in locations))
    for one in places.added:
        yield write_location(one, pen)


def _counted(pen: Pen, kind: Kind, objects: Iterable[Json]) -> Iterator[Json]:
    for value in objects:
        pen.book.read(kind)
        pen.book.mapped(kind)
        yield value


def _kept(package: Package, pen: Pen) -> tuple[list[tuple[str, bytes]], dict[str, bytes]]:
    """Data sets kept whole, and the markers with what they said besides the version."""
    app: Json = {"schemaVersion": SCHEMA_VERSION}
    kept: list[tuple[str, bytes]] = []
    rest = []
    for extra in package.extras:
        if extra.format == FORMAT and extra.place.endswith(".json"):
            pen.book.read(Kind.FILE)
            pen.book.mapped(Kind.FILE)
            kept.append((extra.place, extra.content.encode()))
        else:
            rest.append(extra)
    marker = f"{APP_MARKER}#/"
    for extra in rest:
        if extra.format == FORMAT and extra.place.startswith(marker):
            pen.book.read(Kind.FIELD)
            pen.book.mapped(Kind.FIELD)
            key = extra.place[len(marker) :].replace("~1", "/").replace("~0", "~")
            app.setdefault(key, json.loads(extra.content))
        else:
            pen.restore({}, [extra])
    library = {"version": OLCA_SCHEMA_VERSION}
    markers = {APP_MARKER: json_text(app).encode(), LIBRARY_MARKER: json_text(library).encode()}
    return kept, markers


def _files(package: Package) -> list[tuple[str, bytes]]:
    moved = attached(package)
    return [(moved.get(path, path), content) for path, content in package.files]


def _add_files(
    entries: dict[str, bytes], files: Iterable[tuple[str, bytes]], pen: Pen, *, count: bool = False
) -> None:
    """Adds files where no data set stands."""
    for path, content in files:
        if count:
            pen.book.read(Kind.FILE)
        if path in entries:
            if count:
                pen.book.dropped(Kind.FILE, "file-in-the-way", REASONS["file-in-the-way"], Place(file=path))
            continue
        entries[path] = content
        if count:
            pen.book.mapped(Kind.FILE)
