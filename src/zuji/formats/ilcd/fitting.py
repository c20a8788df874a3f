"""Makes a data set valid against the schema without losing anything, and undoes it.

`fit` puts elements into the schema's sequence, shortens what is too long, rounds what has too many
digits, fills what is required and sets aside what may not stand where it stands. Each such change is
written into the data set's own common:other, in a record that other programs skip and `restore` reads:

    <zuji:record>
      <zuji:exact at="PATH">the value before</zuji:exact>      a value that the schema refuses
      <zuji:absent at="PATH"/>                                 filled only because the schema wants it
      <zuji:kept at="PATH" index="4">…</zuji:kept>             a piece without a place in the schema, as text
    </zuji:record>

`restore` undoes a change only while the file still says what `fit` wrote, so that an edit by another
program wins.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from lxml import etree

from zuji.formats.ilcd.fragments import fragment, join
from zuji.formats.ilcd.keys import ONCE_BY, POINTERS
from zuji.formats.ilcd.names import COMMON, LANG, OTHER, ZUJI, DataSetKind, clark, kind_of
from zuji.formats.ilcd.restoring import ABSENT, EXACT, KEPT, RECORD, said
from zuji.formats.ilcd.structure import Element, structure
from zuji.formats.ilcd.values import INTEGERS, fallback, nearest, valid

__all__ = ["RECORD", "Filled", "fit"]

Filled: TypeAlias = Callable[[str], None]
"""Told the path of each element or attribute that was filled with a neutral value."""


def fit(root: etree._Element, filled: Filled | None = None) -> None:
    """Makes the data set valid; `filled` is told what had to be filled in."""
    kind = kind_of(str(root.tag))
    if kind is None:
        raise ValueError(root.tag)
    _Fitting(kind, root, filled).run()


@dataclass(slots=True)
class _Fitting:
    kind: DataSetKind
    root: etree._Element
    filled: Filled | None
    record: etree._Element = field(default_factory=lambda: etree.Element(RECORD, nsmap={"zuji": ZUJI}))
    integers: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    refused: set[etree._Element] = field(default_factory=set)
    unkeyed: set[etree._Element] = field(default_factory=set)
    """Elements without the number that the schema wants as a key, or with another's."""
    paragraphs: dict[etree._Element, list[str]] = field(default_factory=dict)

    def run(self) -> None:
        schema = structure(self.kind)
        self._collect_integers(self.root, schema)
        self._refuse_wrong_references()
        self._element(self.root, schema, "")
        if len(self.record):
            other = self.root.find(OTHER)
            if other is None:
                other = etree.SubElement(self.root, OTHER)
            other.append(self.record)

    def _collect_integers(self, element: etree._Element, schema: Element) -> None:
        """All valid internal numbers, so that a number given to another id is free."""
        for name, (kind, _) in schema.attributes.items():
            value = element.get(name)
            if kind in INTEGERS and value is not None:
                self.used.add(value)
        if schema.type in INTEGERS:
            self.used.add((element.text or "").strip())
        for child in element:
            known = schema.children.get(str(child.tag))
            if known is not None:
                self._collect_integers(child, known)

    def _refuse_wrong_references(self) -> None:
        """Pointers to a number that nothing has; and elements whose own number is missing or another's."""
        for pointer in POINTERS.get(self.kind.structure, ()):
            known: set[str | None] = set()
            for element in self._all(self.root, pointer.keys):
                if pointer.attribute != "name" and element.get(pointer.attribute) in (None, "", *known):
                    self.unkeyed.add(element)
                known.add(element.get(pointer.attribute))
            found = set()
            for element in self._all(self.root, pointer.path):
                named = element.get(pointer.said) if pointer.said else said(element, "")
                parent = element.getparent()
                if named not in known and named is not None:
                    self.refused.add(parent if pointer.needed and parent is not None else element)
                found.add(parent)
            if pointer.needed:
                # without its pointer the parent would have to be filled with one, and nothing says which
                parents = self._all(self.root, pointer.path.rpartition("/")[0])
                self.refused.update(parent for parent in parents if parent not in found)

    def _all(self, root: etree._Element, path: str) -> list[etree._Element]:
        return root.findall("/".join(clark(name, self.kind.namespace) for name in path.split("/")))

    def _element(self, element: etree._Element, schema: Element, path: str) -> None:
        self._attributes(element, schema, path)
        if schema.type:
            self._leaf(element, schema, path)
            return
        self._children(element, schema, path)
        if element.text and element.text.strip():
            self._keep_text(element, path)
        ordinals: dict[str, int] = {}
        for child in element:
            ordinal = ordinals[str(child.tag)] = ordinals.get(str(child.tag), 0) + 1
            known = schema.children.get(str(child.tag))
            if known is not None:
                self._element(child, known, join(path, str(child.tag), self.kind.namespace, ordinal))

    def _attributes(self, element: etree._Element, schema: Element, path: str) -> None:
        for name, value in list(element.attrib.items()):
            foreign = name.startswith("{") and not name.startswith(f"{{{self.kind.namespace}}}")
            if name in schema.attributes:
                if element in self.unkeyed:
                    continue
                self._value(element, name, value, schema.attributes[name], path)
            elif not (foreign and schema.open) and not (name == LANG and schema.words):
                kept = etree.SubElement(self.record, KEPT, at=f"{path}/@{name}")
                kept.text = value
                del element.attrib[name]
        if element in self.unkeyed:
            self._number(
                element, next(name for name in ("dataSetInternalID", "id") if name in schema.attributes), path
            )
        for name, (kind, required) in schema.attributes.items():
            if required and name not in element.attrib:
                element.set(name, fallback(kind))
                self._absent(element, f"{path}/@{name}", name)

    def _number(self, element: etree._Element, name: str, path: str) -> None:
        """A number of its own for an element that has none, or has another's."""
        before = element.get(name)
        element.set(name, self._free())
        if before is None:
            self._absent(element, f"{path}/@{name}", name)
        else:
            self._exact(f"{path}/@{name}", before, element.get(name, ""))

    def _value(
        self, element: etree._Element, name: str, value: str, allowed: tuple[str, bool], path: str
    ) -> None:
        kind, required = allowed
        if valid(value, kind):
            return
        near = self._nearest(value, kind)
        if near is None and not required:
            kept = etree.SubElement(self.record, KEPT, at=f"{path}/@{name}")
            kept.text = value
            del element.attrib[name]
            return
        element.set(name, fallback(kind) if near is None else near)
        self._exact(f"{path}/@{name}", value, element.get(name, ""))

    def _leaf(self, element: etree._Element, schema: Element, path: str) -> None:
        for index, child in reversed(list(enumerate(element))):
            self._keep(element, child, path, index)
        value = (element.text or "").strip()
        whole = "\n".join([value, *self.paragraphs.get(element, ())])
        if valid(whole, schema.type):
            element.text = whole
        else:
            near = self._nearest(whole, schema.type)
            element.text = fallback(schema.type) if near is None else near
        if element.text != value:
            self._exact(path, value, element.text)

    def _children(self, element: etree._Element, schema: Element, path: str) -> None:
        """Sorts, sets aside what may not stand here, fills what must."""
        last = len(schema.order)
        order = {**schema.order, OTHER: last}
        children = list(element)
        places = [order.get(str(child.tag), last + 1) for child in children]
        if any(left > right for left, right in pairwise(places)):
            children.sort(key=lambda child: order.get(str(child.tag), last + 1))
            element[:] = children
        for index in reversed(self._out_of_place(children, schema)):
            self._keep(element, children[index], path, index)
        for place, (tag, known) in enumerate(schema.children.items()):
            if known.required and element.find(tag) is None:
                self._fill(element, known, path, place, order)

    def _out_of_place(self, children: list[etree._Element], schema: Element) -> list[int]:
        """Indices of what the schema does not allow here, or not once more."""
        seen: dict[tuple[str, str], etree._Element] = {}
        out = []
        for index, child in enumerate(children):
            known = schema.children.get(str(child.tag))
            if child.tag == OTHER:
                allowed = schema.other and _only_foreign(child)
            else:
                allowed = known is not None and child not in self.refused and self._can_be_told(child, known)
            once = self._once(child, known)
            if not allowed or (once and once in seen):
                out.append(index)
                if allowed and known is not None and known.words and known.many and once:
                    # others read the paragraphs of a language in its one element
                    self.paragraphs.setdefault(seen[once], []).append((child.text or "").strip())
            elif once:
                seen[once] = child
        return out

    def _once(self, child: etree._Element, known: Element | None) -> tuple[str, str] | None:
        """What may occur only once among brothers: the element, or the element in one language."""
        if known is None or not known.many:
            return str(child.tag), ""
        tag = str(child.tag)
        if known.words:
            return tag, child.get(LANG, "en")
        attribute = ONCE_BY.get(tag.rpartition("}")[2], "")
        if not attribute or attribute not in known.attributes:
            return None
        value, (kind, required) = child.get(attribute), known.attributes[attribute]
        if value is None:  # what the schema demands is filled in later, and must not meet a brother's
            return (tag, fallback(kind)) if required else None
        return tag, value if valid(value, kind) else self._nearest(value, kind) or fallback(kind)

    def _can_be_told(self, child: etree._Element, known: Element) -> bool:
        """Whether its value is valid, near to a valid one, or at least demanded."""
        value = (child.text or "").strip()
        if not known.type or known.required or valid(value, known.type):
            return True
        return self._nearest(value, known.type) is not None

    def _fill(
        self, element: etree._Element, known: Element, path: str, place: int, order: dict[str, int]
    ) -> None:
        made = etree.Element(known.tag)
        if known.type:
            made.text = fallback(known.type)
        if "dataSetInternalID" in known.attributes:
            self.unkeyed.add(made)
        at = sum(1 for child in element if order.get(str(child.tag), place + 1) < place)
        element.insert(at, made)
        self._absent(made, join(path, known.tag, self.kind.namespace), "")

    def _nearest(self, value: str, kind: str) -> str | None:
        if kind not in INTEGERS:
            near = nearest(value, kind)
            return near if near is not None and valid(near, kind) else None
        if not value:
            return None
        if value not in self.integers:
            self.integers[value] = self._free()
        return self.integers[value]

    def _free(self) -> str:
        """An internal number that nothing in the document has."""
        free = next(str(n) for n in range(10**5) if str(n) not in self.used)
        self.used.add(free)
        return free

    def _keep(self, parent: etree._Element, child: etree._Element, path: str, index: int) -> None:
        kept = etree.SubElement(self.record, KEPT, at=path, index=str(index))
        # as text: a validator looks into elements it knows wherever they stand
        kept.text = fragment(child)
        parent.remove(child)
        # read in this order, each piece finds its index as it was
        self.record.insert(0, kept)

    def _keep_text(self, element: etree._Element, path: str) -> None:
        kept = etree.SubElement(self.record, KEPT, at=path)
        kept.text = element.text
        element.text = None

    def _exact(self, at: str, value: str, written: str) -> None:
        entry = etree.SubElement(self.record, EXACT, at=at)
        entry.text = value
        entry.set("for", str(zlib.crc32(written.strip().encode())))

    def _absent(self, element: etree._Element, at: str, attribute: str) -> None:
        entry = etree.SubElement(self.record, ABSENT, at=at)
        entry.set("for", str(zlib.crc32(said(element, attribute).encode())))
        if self.filled is not None:
            self.filled(at)


def _only_foreign(other: etree._Element) -> bool:
    """Whether common:other holds nothing but elements of other namespaces, as it must.

    A validator also looks at elements of ILCD deeper inside; only texts of references are harmless there.
    """
    if not len(other) or other.attrib or (other.text and other.text.strip()):
        return False
    if any((child.tail and child.tail.strip()) or not _is_foreign(str(child.tag)) for child in other):
        return False
    return all(_is_foreign(str(inner.tag)) or inner.tag in _HARMLESS for inner in other.iterdescendants())


def _is_foreign(tag: str) -> bool:
    return tag.startswith("{") and "/ILCD/" not in tag.partition("}")[0] + "/"


_HARMLESS = {f"{{{COMMON}}}shortDescription", f"{{{COMMON}}}subReference"}
