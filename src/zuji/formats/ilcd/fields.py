"""How a piece of an ILCD document becomes a value, and back.

A data set's form is a tree of these fields by element name, declared once and used in both directions:
reading fills a dictionary of values by key, writing makes elements from such a dictionary. What a form does
not name is kept as an extra at its path.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from lxml import etree

from zuji.formats.ilcd.fragments import join
from zuji.formats.ilcd.names import COMMON, LANG, REFERENCE_TYPES, TYPE_OF_REFERENCE, clark
from zuji.formats.ilcd.reading import Reading
from zuji.formats.ilcd.values import number
from zuji.formats.xml_tree import writable
from zuji.model.lci.references import Kind, Ref
from zuji.model.lci.wording import UNSAID, Wording

Values: TypeAlias = dict[str, Any]
"""What a form states, by key."""

_ONLY_LANG = frozenset((LANG,))
_NOTHING: frozenset[str] = frozenset()
_SHORT = f"{{{COMMON}}}shortDescription"
_OF_REFERENCE = frozenset(("type", "refObjectId", "version", "uri"))


class Field(Protocol):
    """One element of a form."""

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None: ...

    def write(self, values: Values, tag: str, parent: etree._Element) -> None: ...


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by language; repeats. The value is a list of (language, text)."""

    key: str

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        attributes = element.items()
        language = element.get(LANG) if attributes else None
        reading.taken += 1 if language is None else 2
        text = element.text
        said: list[tuple[str, str]] = values.setdefault(self.key, [])
        if text and (text := text.strip()):
            said.append(("en" if language is None else language, text))
        if len(attributes) > (language is not None) or len(element):
            reading.leftover(element, path, max(len(said), 1), _ONLY_LANG)

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        for language, text in values.get(self.key, ()):
            leaf = etree.SubElement(parent, tag)
            leaf.set(LANG, writable(language))
            leaf.text = writable(text)


@dataclass(frozen=True, slots=True)
class Plain:
    """One text. A second one is kept as an extra."""

    key: str

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        if self.key in values:
            reading.keep(element, path)
            return
        reading.taken += 1
        text = (element.text or "").strip()
        if text:
            values[self.key] = text
        if element.attrib or len(element):
            reading.leftover(element, path, 1, _NOTHING)

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        if values.get(self.key):
            etree.SubElement(parent, tag).text = writable(values[self.key])


@dataclass(frozen=True, slots=True)
class Plains:
    """Any number of texts. The value is a list."""

    key: str

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        reading.taken += 1
        text = (element.text or "").strip()
        said: list[str] = values.setdefault(self.key, [])
        if text:
            said.append(text)
        if element.attrib or len(element):
            reading.leftover(element, path, max(len(said), 1), _NOTHING)

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        for text in values.get(self.key, ()):
            etree.SubElement(parent, tag).text = writable(text)


@dataclass(frozen=True, slots=True)
class Number:
    """One number; what is none is kept as an extra."""

    key: str

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        text = (element.text or "").strip()
        value = number(text)
        if self.key in values or (text and value is None) or element.attrib or len(element):
            reading.keep(element, path)
            return
        reading.taken += 1
        if value is not None:
            values[self.key] = value

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        if values.get(self.key) is not None:
            etree.SubElement(parent, tag).text = written_number(values[self.key])


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    key: str

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        text = (element.text or "").strip()
        if self.key in values or text not in _FLAGS or element.attrib or len(element):
            reading.keep(element, path)
            return
        reading.taken += 1
        values[self.key] = _FLAGS[text]

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        if values.get(self.key) is not None:
            etree.SubElement(parent, tag).text = "true" if values[self.key] else "false"


_FLAGS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words, each with a meaning; any other word is kept as an extra."""

    key: str
    meanings: Mapping[str, Any]

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        text = (element.text or "").strip()
        if self.key in values or (text and text not in self.meanings) or element.attrib or len(element):
            reading.keep(element, path)
            return
        reading.taken += 1
        if text:
            values[self.key] = self.meanings[text]

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        said = values.get(self.key)
        if said is not None:
            word = next(word for word, meaning in self.meanings.items() if meaning == said)
            etree.SubElement(parent, tag).text = word


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference to another data set, normally of `kind`. A second one is kept as an extra."""

    key: str
    kind: Kind

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        if self.key in values:
            reading.keep(element, path)
            return
        ref = read_reference(element, self.kind, reading, path, 1)
        if ref is not None:
            values[self.key] = ref

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        if values.get(self.key) is not None:
            write_reference(values[self.key], tag, parent, self.kind)


@dataclass(frozen=True, slots=True)
class References:
    """Any number of references. The value is a list."""

    key: str
    kind: Kind

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        refs: list[Ref] = values.setdefault(self.key, [])
        ref = read_reference(element, self.kind, reading, path, len(refs) + 1)
        if ref is not None:
            refs.append(ref)

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        for ref in values.get(self.key, ()):
            write_reference(ref, tag, parent, self.kind)


@dataclass(frozen=True, slots=True)
class Items:
    """Elements that are nouns of their own. `take` returns None for what it cannot use: then it is kept."""

    key: str
    take: Callable[[etree._Element, Reading, str], Any]
    make: Callable[[Any, str, etree._Element], None]

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        items: list[Any] = values.setdefault(self.key, [])
        item = self.take(element, reading, join(path, str(element.tag), reading.namespace, len(items) + 1))
        if item is None:
            reading.keep(element, path)
        else:
            items.append(item)

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        for item in values.get(self.key, ()):
            self.make(item, tag, parent)


@dataclass(frozen=True, slots=True)
class Box:
    """An element that holds other elements. `attributes` name the keys that its attributes fill."""

    fields: Mapping[str, Field]
    attributes: Mapping[str, str] = field(default_factory=dict)
    _by_namespace: dict[str, dict[str, Field]] = field(default_factory=dict, compare=False, repr=False)

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        """Fills `values`; whatever the form does not know is kept under `path`, this element's own."""
        reading.taken += 1
        for name, value in element.items():
            key = self.attributes.get(name)
            if key is None or key in values:
                reading.keep_attribute(path, name, value)
                continue
            reading.taken += 1
            if value := value.strip():
                values[key] = value
        known = self._known(reading.namespace)
        ordinals: dict[str, int] = {}
        for child in element:
            tag = str(child.tag)
            inner = known.get(tag)
            if inner is None:
                reading.keep(child, path)
            elif isinstance(inner, Box):
                ordinal = ordinals[tag] = ordinals.get(tag, 0) + 1
                inner.read(child, values, reading, join(path, tag, reading.namespace, ordinal))
            else:
                inner.read(child, values, reading, path)

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        """Makes the element where anything is inside it."""
        element = etree.SubElement(parent, tag)
        self.fill(values, element)
        if not len(element) and not element.attrib:
            parent.remove(element)

    def fill(self, values: Values, element: etree._Element) -> None:
        """Makes what is inside `element`."""
        for name, key in self.attributes.items():
            if values.get(key):
                element.set(name, writable(values[key]))
        namespace = etree.QName(element.getroottree().getroot()).namespace or ""
        for tag, inner in self._known(namespace).items():
            inner.write(values, tag, element)

    def _known(self, namespace: str) -> dict[str, Field]:
        known = self._by_namespace.get(namespace)
        if known is None:
            known = {clark(name, namespace): inner for name, inner in self.fields.items()}
            self._by_namespace[namespace] = known
        return known


def read_reference(
    element: etree._Element, kind: Kind, reading: Reading, path: str, ordinal: int
) -> Ref | None:
    """The reference an element states, or None for one that says nothing; empty elements are common."""
    stated = dict(element.items())
    texts: list[tuple[str, str]] = []
    foreign: list[etree._Element] = []
    odd: dict[str, str] = {}
    if not _OF_REFERENCE.issuperset(stated):
        odd = {name: value for name, value in stated.items() if name not in _OF_REFERENCE}
    found = REFERENCE_TYPES.get(stated.get("type", ""))
    if found is not None:
        kind = found
    elif "type" in stated:
        odd["type"] = stated["type"]
    taken = 1 + len(stated) - len(odd)
    for child in element:
        said = child.items()
        if child.tag == _SHORT and (not said or (len(said) == 1 and said[0][0] == LANG)) and not len(child):
            taken += 1 + len(said)
            if (text := child.text) and (text := text.strip()):
                texts.append((said[0][1] if said else "en", text))
        else:
            foreign.append(child)
    reading.taken += taken
    ref = Ref(
        stated.get("refObjectId", "").strip(),
        stated.get("version", "").strip(),
        Wording(tuple(texts)) if texts else UNSAID,
        kind,
        stated.get("uri", "").strip(),
    )
    if foreign or odd:
        here = join(path, str(element.tag), reading.namespace, ordinal)
        for name, value in odd.items():
            reading.keep_attribute(here, name, value)
        for child in foreign:
            reading.keep(child, here)
    return ref if ref.id or ref.uri or ref.version or ref.name or foreign or odd else None


def write_reference(ref: Ref, tag: str, parent: etree._Element, kind: Kind | None = None) -> etree._Element:
    """The element that states a reference."""
    element = etree.SubElement(parent, tag)
    element.set("type", TYPE_OF_REFERENCE.get(ref.kind or kind or Kind.FILE, "other external file"))
    for name, value in (("refObjectId", ref.id), ("version", ref.version), ("uri", ref.uri)):
        if value:
            element.set(name, writable(value))
    for language, text in ref.name:
        leaf = etree.SubElement(element, _SHORT)
        leaf.set(LANG, writable(language))
        leaf.text = writable(text)
    return element


def written_number(value: float) -> str:
    """The shortest text that reads back to the same number."""
    return repr(float(value))


def words(values: Values, key: str) -> Wording:
    """The wording under `key`, or nothing said."""
    said = values.get(key)
    return Wording(tuple(said)) if said else UNSAID


def refs(values: Values, key: str) -> tuple[Ref, ...]:
    """The references under `key`."""
    return tuple(values.get(key, ()))
