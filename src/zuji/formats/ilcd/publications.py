"""Sources and contacts."""

from lxml import etree

from zuji.formats.ilcd.beyond import BEYOND, INTEGER, applied, stated
from zuji.formats.ilcd.fields import Box, Plain, References, Values, Words, words
from zuji.formats.ilcd.fragments import in_order, put_back
from zuji.formats.ilcd.headings import ADMINISTRATION, CLASSES, heading_of, information, values_of
from zuji.formats.ilcd.names import CONTACT, SOURCE
from zuji.formats.ilcd.reading import Reading
from zuji.formats.xml_tree import writable
from zuji.model.lci.publications import Contact, Source
from zuji.model.lci.references import Kind

_OF_SOURCE = {"year": INTEGER}
_WEB = ("http://", "https://")


class _DigitalFile:
    """referenceToDigitalFile: only its uri says anything."""

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        uri = element.get("uri", "").strip()
        files: list[str] = values.setdefault("files", [])
        reading.taken += 1 + ("uri" in element.attrib)
        if uri:
            files.append(uri)
        reading.leftover(element, path, max(len(files), 1), _URI)

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        for uri in values["files"]:
            etree.SubElement(parent, tag, uri=writable(uri))


_URI = frozenset(("uri",))

_SOURCE = Box(
    {
        "sourceInformation": Box(
            {
                "dataSetInformation": information(
                    {
                        "common:UUID": Plain("id"),
                        "common:shortName": Words("name"),
                        "classificationInformation": CLASSES,
                        "sourceCitation": Plain("citation"),
                        "publicationType": Plain("type"),
                        "sourceDescriptionOrComment": Words("description"),
                        "referenceToDigitalFile": _DigitalFile(),
                        "referenceToContact": References("contacts", Kind.CONTACT),
                    }
                )
            }
        ),
        "administrativeInformation": ADMINISTRATION,
    },
    {BEYOND: "beyond"},
)

_CONTACT = Box(
    {
        "contactInformation": Box(
            {
                "dataSetInformation": information(
                    {
                        "common:UUID": Plain("id"),
                        "common:shortName": Words("short"),
                        "common:name": Words("name"),
                        "classificationInformation": CLASSES,
                        "contactAddress": Words("address"),
                        "telephone": Plain("telephone"),
                        "telefax": Plain("telefax"),
                        "email": Plain("email"),
                        "WWWAddress": Plain("website"),
                        "contactDescriptionOrComment": Words("comment"),
                    }
                )
            }
        ),
        "administrativeInformation": ADMINISTRATION,
    }
)


def read_source(root: etree._Element, reading: Reading) -> Source:
    """A source data set. The last digital file on the web is its address, the others are files."""
    values: Values = {}
    _SOURCE.read(root, values, reading, "")
    files: list[str] = values.get("files", [])
    url = files[-1] if files and files[-1].lower().startswith(_WEB) else ""
    return Source(
        heading=heading_of(values),
        citation=values.get("citation", ""),
        type=values.get("type", ""),
        description=words(values, "description"),
        files=tuple(files[:-1] if url else files),
        url=url,
        contacts=tuple(values.get("contacts", ())),
        extras=in_order(reading.extras),
        **applied(values.get("beyond", ""), _OF_SOURCE),
    )


def write_source(source: Source, root: etree._Element) -> None:
    """Fills the root element of a source data set."""
    values = values_of(source.heading, "synonyms", "comment")
    values |= {
        "citation": source.citation,
        "type": source.type,
        "description": source.description,
        "files": (*source.files, source.url) if source.url else source.files,
        "contacts": source.contacts,
        "beyond": stated(source, _OF_SOURCE),
    }
    _SOURCE.fill(values, root)
    put_back(root, source.extras, SOURCE.namespace)


def read_contact(root: etree._Element, reading: Reading) -> Contact:
    """A contact data set."""
    values: Values = {}
    _CONTACT.read(root, values, reading, "")
    return Contact(
        heading=heading_of(values),
        short_name=words(values, "short"),
        address=words(values, "address"),
        email=values.get("email", ""),
        telephone=values.get("telephone", ""),
        telefax=values.get("telefax", ""),
        website=values.get("website", ""),
        extras=in_order(reading.extras),
    )


def write_contact(contact: Contact, root: etree._Element) -> None:
    """Fills the root element of a contact data set."""
    values = values_of(contact.heading, "synonyms")
    values |= {
        "short": contact.short_name,
        "address": contact.address,
        "telephone": contact.telephone,
        "telefax": contact.telefax,
        "email": contact.email,
        "website": contact.website,
    }
    _CONTACT.fill(values, root)
    put_back(root, contact.extras, CONTACT.namespace)
