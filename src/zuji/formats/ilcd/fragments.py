"""Pieces of XML that no noun holds: kept as canonical text with a path, and put back there."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from xml.sax.saxutils import escape

from lxml import etree

from zuji.errors import Place
from zuji.formats.ilcd.names import FORMAT, OTHER, PREFIXES, clark, plain, steps
from zuji.formats.xml_tree import parse_xml, writable
from zuji.model.lci.references import Extra

XML = "http://www.w3.org/XML/1998/namespace"

_ATTRIBUTE = re.compile(r"(?:(.*)/)?@((?:\{[^{}]*\})?[^/@{}]+)")


def fragment(element: etree._Element) -> str:
    """The element as canonical XML: prefixes by order of occurrence, no white space around texts.

    Brothers in ILCD's own elements stand in the order of their names, those of one name as written.
    """
    if not len(element) and not element.attrib:
        return leaf(str(element.tag), (element.text or "").strip())
    prefixes: dict[str, str] = {XML: "xml"}
    parts: list[str] = []
    _serialise(element, prefixes, parts)
    declared = "".join(
        f' xmlns:{prefix}="{_attribute(uri)}"' for uri, prefix in prefixes.items() if prefix != "xml"
    )
    return f"{parts[0]}{declared}{''.join(parts[1:])}"


def _serialise(element: etree._Element, prefixes: dict[str, str], parts: list[str]) -> None:
    name = _prefixed(str(element.tag), prefixes)
    parts.append(f"<{name}")
    parts.extend(
        f' {_prefixed(str(attribute), prefixes)}="{_attribute(value)}"'
        for attribute, value in sorted(element.attrib.items())
    )
    parts.append(f">{escape((element.text or '').strip())}")
    children: Iterable[etree._Element] = element
    if len(element) > 1 and element.tag != OTHER and "/ILCD/" in str(element.tag):
        # ILCD's sequences carry no meaning of their own, and written again they are the schema's
        children = sorted(element, key=lambda child: str(child.tag))
    for child in children:
        _serialise(child, prefixes, parts)
        parts.append(escape((child.tail or "").strip()))
    parts.append(f"</{name}>")


def _prefixed(tag: str, prefixes: dict[str, str]) -> str:
    if not tag.startswith("{"):
        return tag
    uri, _, local = tag[1:].partition("}")
    return f"{prefixes.setdefault(uri, f'n{len(prefixes) - 1}')}:{local}"


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def element_of(content: str) -> etree._Element:
    """The element that a fragment states. Raises `InvalidInput` where it is no XML."""
    return parse_xml(content.encode(), Place())


def size(element: etree._Element) -> int:
    """How many elements and attributes a piece holds."""
    if not len(element):
        return 1 + len(element.attrib)
    return sum(1 + len(inner.attrib) for inner in element.iter())


def find(root: etree._Element, path: str, namespace: str) -> etree._Element | None:
    """The element at `path` below `root`, or None; a path of a damaged file may name no element at all."""
    at: etree._Element | None = root
    for name, ordinal in steps(path):
        prefix = "" if name.startswith("{") else name.rpartition(":")[0]
        if at is None or not 1 <= ordinal < 10**9 or (prefix and prefix not in PREFIXES):
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


def parted(place: str) -> tuple[str, str]:
    """(path of the element, name of the attribute or nothing); a namespace may hold the mark itself."""
    found = _ATTRIBUTE.fullmatch(place)
    return (found[1] or "", found[2]) if found else (place, "")


def put_back(root: etree._Element, extras: Iterable[Extra], namespace: str) -> None:
    """Every piece of this format at its place below `root`."""
    for extra in extras:
        if extra.format != FORMAT:
            continue
        path, attribute = parted(extra.place)
        if attribute:
            make(root, path, namespace).set(attribute, writable(extra.content))
        else:
            make(root, path, namespace).append(element_of(extra.content))


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


def in_order(extras: Iterable[Extra]) -> tuple[Extra, ...]:
    """Extras by place and name: the same whether elements stood in the schema's sequence or not."""
    found = list(extras)
    if len(found) > 1:
        found.sort(key=_name)
    return tuple(found)


def _name(extra: Extra) -> tuple[str, str]:
    content = extra.content
    return extra.place, content[: content.find(" ")].partition(">")[0] if content.startswith("<") else ""
