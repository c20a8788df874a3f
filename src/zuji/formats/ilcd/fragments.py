"""Pieces of XML that no noun holds: kept as canonical text with a path, and put back there."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from xml.sax.saxutils import escape

from lxml import etree

from zuji.errors import Place
from zuji.formats.ilcd.names import FORMAT, clark, plain, steps
from zuji.formats.xml_tree import parse_xml, writable
from zuji.model.lci.references import Extra


def fragment(element: etree._Element) -> str:
    """The element as canonical XML: prefixes by order of occurrence, no white space around texts."""
    if not len(element) and not element.attrib:
        return leaf(element.tag, (element.text or "").strip())
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    canonical = etree.canonicalize(text, strip_text=True, rewrite_prefixes=True)
    return str(canonical)


def element_of(content: str) -> etree._Element:
    """The element that a fragment states. Raises `InvalidInput` where it is no XML."""
    return parse_xml(content.encode(), Place())


def size(element: etree._Element) -> int:
    """How many elements and attributes a piece holds."""
    if not len(element):
        return 1 + len(element.attrib)
    return sum(1 + len(inner.attrib) for inner in element.iter())


def find(root: etree._Element, path: str, namespace: str) -> etree._Element | None:
    """The element at `path` below `root`, or None."""
    at: etree._Element | None = root
    for name, ordinal in steps(path):
        if at is None:
            return None
        at = next(islice(at.iterchildren(clark(name, namespace)), ordinal - 1, None), None)
    return at


def make(root: etree._Element, path: str, namespace: str) -> etree._Element:
    """The element at `path` below `root`, made where it is missing."""
    at = root
    for name, ordinal in steps(path):
        tag = clark(name, namespace)
        found = next(islice(at.iterchildren(tag), ordinal - 1, None), None)
        at = etree.SubElement(at, tag) if found is None else found
    return at


def put_back(root: etree._Element, extras: Iterable[Extra], namespace: str) -> None:
    """Every piece of this format at its place below `root`."""
    for extra in extras:
        if extra.format != FORMAT:
            continue
        path, mark, attribute = extra.place.rpartition("@")
        if not mark:
            make(root, extra.place, namespace).append(element_of(extra.content))
            continue
        make(root, path.rstrip("/"), namespace).set(attribute, writable(extra.content))


def join(path: str, tag: str, namespace: str, ordinal: int = 1) -> str:
    """`path` one step longer."""
    name = plain(tag, namespace)
    step = name if ordinal == 1 else f"{name}[{ordinal}]"
    return f"{path}/{step}" if path else step


@lru_cache(maxsize=65536)
def leaf(tag: str, text: str) -> str:
    """The canonical fragment of an element that holds only a text."""
    namespace, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    if not namespace:
        return f"<{local}>{escape(text)}</{local}>"
    return f'<n0:{local} xmlns:n0="{escape(namespace)}">{escape(text)}</n0:{local}>'
