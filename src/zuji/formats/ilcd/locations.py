"""ILCDLocations.xml as we write it: the places of packages of other formats, with what they know of them."""

from collections.abc import Sequence

from lxml import etree

from zuji.errors import Place
from zuji.formats.ilcd.beyond import CATEGORY, NUMBER, TEXT, WORDS, applied, many, stated
from zuji.formats.ilcd.names import ILCD, ZUJI
from zuji.formats.xml_tree import parse_xml, writable
from zuji.model.lci.publications import Location
from zuji.model.lci.references import Heading

LOCATIONS_FILE = "ILCDLocations.xml"
_NAMESPACE = f"{ILCD}/Locations"
_HEADING, _PLACE = f"{{{ZUJI}}}heading", f"{{{ZUJI}}}beyond"
_OF_PLACE = {"latitude": NUMBER, "longitude": NUMBER}
_OF_HEADING = {
    "id": TEXT,
    "version": TEXT,
    "name": WORDS,
    "synonyms": WORDS,
    "categories": many(CATEGORY),
    "comment": WORDS,
    "changed": TEXT,
    "uri": TEXT,
    "tags": many(TEXT),
}


def read_locations(content: bytes, place: Place) -> tuple[Location, ...]:
    """The locations of a file of ours; none for anybody else's, which is kept as it is."""
    if ZUJI.encode() not in content:
        return ()
    root = parse_xml(content, place)
    found = []
    for element in root.iterchildren(f"{{{_NAMESPACE}}}location"):
        heading = applied(element.get(_HEADING, ""), _OF_HEADING)
        if "id" in heading:
            beyond = applied(element.get(_PLACE, ""), _OF_PLACE)
            found.append(Location(heading=Heading(**heading), code=element.get("value", ""), **beyond))
    return tuple(found)


def write_locations(locations: Sequence[Location]) -> bytes:
    """The file."""
    root = etree.Element(f"{{{_NAMESPACE}}}ILCDLocations", nsmap={None: _NAMESPACE, "zuji": ZUJI})
    for location in locations:
        element = etree.SubElement(root, f"{{{_NAMESPACE}}}location", value=writable(location.code))
        element.text = writable(str(location.heading.name))
        element.set(_HEADING, writable(stated(location.heading, _OF_HEADING)))
        beyond = stated(location, _OF_PLACE)
        if beyond:
            element.set(_PLACE, beyond)
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"
