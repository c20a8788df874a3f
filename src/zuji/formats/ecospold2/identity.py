"""Identifiers that files of EcoSpold lack: the same words always give the same UUID."""

import re
from collections.abc import Iterable
from functools import lru_cache
from uuid import NAMESPACE_URL, uuid5

from zuji.formats.ecospold2.nodes import Node

_ROOM = uuid5(NAMESPACE_URL, "urn:zuji:ecospold")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@lru_cache(maxsize=1 << 16)
def identity(kind: str, *words: str) -> str:
    """The UUID (version 5) of something that is known by words only."""
    return str(uuid5(_ROOM, "\x1f".join((kind, *words))))


def give_uuids(nodes: Iterable[Node]) -> int:
    """Puts UUIDs where ids are none, the same for the same id; how many were not."""
    changed = 0
    sound: set[str] = set()
    for node in nodes:
        for name, value in node.attributes.items():
            if value in sound or not value or not (name[-2:] == "Id" or name == "id"):
                continue
            if _UUID.fullmatch(value):
                sound.add(value)
            else:
                node.attributes[name] = made = as_uuid(value)
                node.element.set(name, made)
                changed += 1
    return changed


def as_uuid(identifier: str, *context: str) -> str:
    """`identifier` where it is a UUID, else one made from it (and from what it is unique in)."""
    return identifier if _UUID.fullmatch(identifier) else identity("id", *context, identifier)
