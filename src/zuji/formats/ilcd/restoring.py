"""Undoes what `fit` did to a document, as far as nobody has changed it since."""

import zlib
from dataclasses import dataclass

from lxml import etree

from zuji.errors import ZujiError
from zuji.formats.ilcd.fragments import element_of, find, parted
from zuji.formats.ilcd.names import OTHER, ZUJI

RECORD, EXACT, ABSENT, KEPT = (f"{{{ZUJI}}}{name}" for name in ("record", "exact", "absent", "kept"))


def restore(root: etree._Element, namespace: str) -> list[str]:
    """Undoes `fit`; returns the paths of changes that no longer match the file and were left."""
    other = root.find(OTHER)
    record = None if other is None else other.find(RECORD)
    if other is None or record is None:
        return []
    changes = [_Change.of(entry, root, namespace) for entry in record]
    other.remove(record)
    # backwards, so that what was filled inside something filled goes first
    stale = [change.at for change in reversed(changes) if change.entry.tag != KEPT and not change.undone()]
    # forwards, so that each piece finds its index as it was
    stale += [change.at for change in changes if change.entry.tag == KEPT and not change.brought_back()]
    if not len(other) and not other.attrib:
        root.remove(other)
    return stale


@dataclass(frozen=True, slots=True)
class _Change:
    entry: etree._Element
    at: str
    target: etree._Element | None
    attribute: str

    @classmethod
    def of(cls, entry: etree._Element, root: etree._Element, namespace: str) -> "_Change":
        at = entry.get("at", "")
        path, attribute = parted(at)
        return cls(entry, at, find(root, path, namespace), attribute)

    def undone(self) -> bool:
        """Puts the exact value back, or takes the filled one out; False where the file says another."""
        target = self.target
        if target is None or str(zlib.crc32(said(target, self.attribute).encode())) != self.entry.get("for"):
            return False
        if self.entry.tag == EXACT:
            if self.attribute:
                target.set(self.attribute, self.entry.text or "")
            else:
                target.text = self.entry.text
        elif self.attribute:
            del target.attrib[self.attribute]
        elif not len(target) and (parent := target.getparent()) is not None:
            parent.remove(target)
        return True

    def brought_back(self) -> bool:
        """Puts the piece, the attribute or the text back."""
        target = self.target
        if target is None:
            return False
        index = self.entry.get("index")
        if self.attribute:
            target.set(self.attribute, self.entry.text or "")
        elif index is None:
            target.text = self.entry.text
        else:
            try:
                target.insert(int(index), element_of(self.entry.text or ""))
            except (ValueError, ZujiError):
                return False
        return True


def said(target: etree._Element, attribute: str) -> str:
    """What an element, or an attribute of it, says now."""
    return target.get(attribute, "") if attribute else (target.text or "").strip()
