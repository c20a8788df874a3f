"""Identifiers that files of EcoSpold lack: the same words always give the same UUID."""

import re
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

_ROOM = uuid5(NAMESPACE_URL, "urn:zuji:ecospold")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def identity(kind: str, *words: str) -> str:
    """The UUID (version 5) of something that is known by words only."""
    return str(uuid5(_ROOM, "\x1f".join((kind, *words))))


def give_uuids(element: etree._Element) -> int:
    """Puts UUIDs where ids of a data set are none, the same for the same id; how many were not."""
    changed = 0
    for each in element.iter():
        for key, value in each.attrib.items():
            name = str(key)
            if (name == "id" or name.endswith("Id")) and value and not _UUID.fullmatch(str(value)):
                each.set(name, as_uuid(str(value)))
                changed += 1
    return changed


def as_uuid(identifier: str, *context: str) -> str:
    """`identifier` where it is a UUID, else one made from it (and from what it is unique in)."""
    return identifier if _UUID.fullmatch(identifier) else identity("id", *context, identifier)
