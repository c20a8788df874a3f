"""TIDAS JSON objects as ILCD element trees, and back (engines.md 11.2).

Attributes are `@name`, text is `#text`, prefixes are written out (`common:UUID`), one element is an object
and several are an array, numbers are strings, and what is empty is absent. What XML cannot hold (a list of
lists, a key that is no XML name, a number or null among foreign extensions) travels as JSON text.
"""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import quote, unquote

from lxml import etree

from zuji.errors import Place, ZujiError
from zuji.formats.ilcd.names import COMMON, KINDS, LANG, OTHER, PREFIXES, ZUJI, DataSetKind
from zuji.formats.ilcd.structure import Element, structure
from zuji.formats.xml_tree import parse_xml, writable

TIDAS = "urn:zuji:tidas"
KEPT = f"{{{TIDAS}}}json"
"""An element whose text is the JSON [key, value] of what XML cannot hold."""
VERBATIM = "zuji:xml"
"""A key among extensions: XML that JSON cannot hold (mixed text, interleaved or empty elements), as text."""
BESIDE = "tidas:beside"
"""Among extensions: what stands in a document beside its data set (drawings of a model, for example)."""
_FOREIGN = "urn:zuji:tidas:prefix:"
"""Namespace of a prefix that a document uses without declaring it."""
_NAME = re.compile(r"[^\W\d][\w.-]*")
_KEY = re.compile(r"#text|@?(?!xmlns\b)(?:[^\W\d][\w.-]*:)?[^\W\d][\w.-]*")
_XML = "http://www.w3.org/XML/1998/namespace"
_BY_NAMESPACE = {uri: prefix for prefix, uri in PREFIXES.items()} | {_XML: "xml"}
_NEVER_MEANT = frozenset({"xmlns", "xml"})

_HOLDERS = frozenset({OTHER, f"{{{ZUJI}}}kept"})
"""Where elements of others stand."""

ROOTS: Mapping[str, DataSetKind] = {kind.root: kind for kind in KINDS}
"""Root key of a document -> the kind of data set it holds."""

ARRAYS = frozenset({"exchange", "common:category"})
"""Elements that are an array even where there is one."""
CLASS_ARRAYS = frozenset(
    {"processDataSet", "flowDataSet", "lifeCycleModelDataSet", "LCIAMethodDataSet", "contactDataSet"}
)
"""Data sets whose classes are an array even where there is one; in the others they are an object."""
_OPEN_CLASSES = frozenset({"processDataSet", "flowDataSet", "lifeCycleModelDataSet"})
"""Data sets whose classifications may be of any system, as an array of named ones."""
INTEGERS = frozenset({"common:referenceYear", "common:dataSetValidUntil", "referenceToReferenceProcess"})
BOOLEANS = frozenset({"normalisation", "weighting"})
"""The few values that TIDAS writes as JSON numbers and booleans."""


def element_of(root: str, body: Mapping[str, Any], *, empty: bool = False) -> etree._Element:
    """The ILCD element of a document `{root: body}`; `root` is one of `ROOTS`.

    `empty`: whether empty objects are elements, as in what we wrote ourselves, and not absent.
    """
    kind = ROOTS[root]
    element = etree.Element(kind.tag, nsmap={None: kind.namespace, "common": COMMON})
    _fill(element, body, _Scope(kind.namespace, PREFIXES, empty))
    return element


def object_of(element: etree._Element) -> dict[str, Any]:
    """The TIDAS document of an ILCD element: `{root: body}`."""
    root = etree.QName(element).localname
    kind = ROOTS[root]
    body: dict[str, Any] = {"@xmlns": kind.namespace, "@xmlns:common": COMMON}
    foreign: dict[str, str] = {}
    held = _object(element, kind, structure(kind), foreign)
    body |= {f"@xmlns:{prefix}": uri for uri, prefix in foreign.items()}
    body |= held if isinstance(held, dict) else {}
    return {root: body}


@dataclass(frozen=True, slots=True)
class _Scope:
    """What names mean at one place of a document, and whether empty objects are elements."""

    namespace: str
    prefixes: Mapping[str, str]
    empty: bool

    def inside(self, body: Mapping[str, Any]) -> "_Scope":
        """The scope of an object that may declare prefixes of its own; no XML namespace declares nothing."""
        declared = {
            key.partition(":")[2]: value
            for key, value in body.items()
            if key.startswith("@xmlns:") and isinstance(value, str) and value and _is_valid(f"{{{value}}}n")
        }
        if not declared:
            return self
        meant = {prefix: uri for prefix, uri in declared.items() if prefix not in _NEVER_MEANT}
        return replace(self, prefixes={**self.prefixes, **meant})


def _fill(element: etree._Element, body: Mapping[str, Any], outer: _Scope) -> None:
    scope = outer.inside(body)
    foreign = element.tag == OTHER
    for key, value in body.items():
        if key == "@xmlns" or key.startswith("@xmlns:"):
            continue
        if key == "#text":
            if value is not None:
                element.text = _text(value)
            continue
        if key == VERBATIM and _add_verbatim(element, value):
            continue
        attribute = key.startswith("@")
        tag = _tag(key.removeprefix("@"), "" if attribute else scope.namespace, scope.prefixes)
        if tag is None or (attribute and isinstance(value, dict | list)):
            _keep(element, key, value)
        elif attribute:
            if value is not None:
                element.set(tag, _text(value))
        elif foreign and not _exact(value) and etree.QName(tag).namespace not in _BY_NAMESPACE:
            _keep(element, key, value)
        else:
            _add(element, tag, key, value, scope)


def _add(parent: etree._Element, tag: str, key: str, value: Any, scope: _Scope) -> None:
    if isinstance(value, list) and any(isinstance(one, list) for one in value):
        _keep(parent, key, value)
        return
    for one in value if isinstance(value, list) else [value]:
        if one is None or one == "" or (one == {} and not scope.empty):
            continue
        child = etree.SubElement(parent, tag)
        if isinstance(one, dict):
            _fill(child, one, scope)
        else:
            child.text = _text(one)
        if not scope.empty and len(child) == 0 and not child.attrib and not child.text:
            parent.remove(child)


def _add_verbatim(parent: etree._Element, value: Any) -> bool:
    """Appends the elements of `VERBATIM`; False where they are no XML, so that the value is kept as it is."""
    texts = value if isinstance(value, list) else [value]
    try:
        made = [parse_xml(text.encode("utf-8"), Place()) for text in texts if isinstance(text, str)]
    except ZujiError:
        return False
    if len(made) != len(texts):
        return False
    parent.extend(made)
    return True


def _keep(parent: etree._Element, key: str, value: Any) -> None:
    child = etree.SubElement(parent, KEPT)
    child.text = json.dumps([key, value])


def _must_be_verbatim(child: etree._Element, parent: etree._Element) -> bool:
    """Whether a foreign element would come back changed from JSON."""
    if child.tag == KEPT:
        return not _kept(child.text or "")
    return parent.tag in _HOLDERS and not all(_speakable(one) for one in child.iter())


def _speakable(element: etree._Element) -> bool:
    tags = [child.tag for child in element]
    together = sum(1 for left, right in pairwise(tags) if left != right) + bool(tags) == len(set(tags))
    something = bool(tags or element.attrib or element.text)
    return together and something and str(element.tag).startswith("{") and not (element.tail or "").strip()


def _verbatim(element: etree._Element) -> str:
    alone = copy.deepcopy(element)
    alone.tail = None
    return etree.tostring(alone, encoding="unicode")


def _kept(text: str) -> dict[str, Any]:
    """What `_keep` wrote; nothing where somebody else's element merely bears the name."""
    try:
        key, value = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return {}
    return {key: value} if isinstance(key, str) else {}


def _exact(value: Any) -> bool:
    """Whether a value of a foreign extension survives as XML: strings, no lists of one, nothing empty."""
    if isinstance(value, str):
        return bool(value) and writable(value) == value
    if isinstance(value, list):
        return len(value) > 1 and all(not isinstance(one, list) and _exact(one) for one in value)
    if isinstance(value, dict):
        return (
            bool(value)
            and value.keys() != {"#text"}
            and bool(str(value.get("#text", "-")).strip())
            and all(_KEY.fullmatch(key) and _exact(one) for key, one in value.items())
        )
    return False


def _tag(name: str, namespace: str, prefixes: Mapping[str, str]) -> str | None:
    """A key as lxml writes names; None where it is no XML name."""
    prefix, _, local = name.rpartition(":")
    if not _NAME.fullmatch(local) or (prefix and not _NAME.fullmatch(prefix)) or prefix == "xmlns":
        return None
    if prefix == "xml":
        return f"{{{_XML}}}{local}"
    uri = prefixes.get(prefix, _FOREIGN + quote(prefix)) if prefix else namespace
    tag = f"{{{uri}}}{local}" if uri else local
    return tag if _is_valid(tag) else None


@lru_cache(maxsize=4096)
def _is_valid(tag: str) -> bool:
    """Whether name and namespace are such as XML allows: only making an element tells."""
    try:
        etree.Element(tag)
    except ValueError:
        return False
    return True


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return writable(value if isinstance(value, str) else repr(value))


def _object(
    element: etree._Element, kind: DataSetKind, schema: Element | None, foreign: dict[str, str]
) -> dict[str, Any] | str:
    """An element as an object, or as a string where it has nothing but text."""
    made: dict[str, Any] = {
        f"@{_key(str(name), '', foreign)}": str(value) for name, value in element.attrib.items()
    }
    if schema is not None and schema.words and element.text:
        made.setdefault("@xml:lang", "en")
    # between elements, and in what may only hold elements, white space means nothing
    leaf = not len(element) and (schema is None or bool(schema.type))
    if element.text and (leaf or element.text.strip()):
        made["#text"] = element.text
    for key, children in _grouped(element, kind, foreign):
        values = [_value(child, key, kind, schema, foreign) for child in children]
        array = (
            key in ARRAYS
            or (key == "common:class" and kind.root in CLASS_ARRAYS)
            or (key == "common:classification" and kind.root in _OPEN_CLASSES and not _own(values[0]))
        )
        made[key] = values if array or len(values) > 1 else values[0]
    for child in element.iterchildren(KEPT):
        made |= _kept(child.text or "")
    if verbatim := [_verbatim(child) for child in element if _must_be_verbatim(child, element)]:
        made[VERBATIM] = verbatim
    return made["#text"] if made.keys() == {"#text"} else made


def _own(classification: Any) -> bool:
    """Whether a classification is TIDAS's own: without a name, every class with its id."""
    classes = classification.get("common:class") if isinstance(classification, dict) else None
    return (
        isinstance(classes, list)
        and "@name" not in classification
        and all(isinstance(one, dict) and "@classId" in one for one in classes)
    )


def _grouped(
    element: etree._Element, kind: DataSetKind, foreign: dict[str, str]
) -> Iterator[tuple[str, list[etree._Element]]]:
    """Children under their keys, in the order in which each key first occurs."""
    groups: dict[str, list[etree._Element]] = {}
    for child in element.iterchildren("*"):
        if child.tag != KEPT and not _must_be_verbatim(child, element):
            groups.setdefault(_key(str(child.tag), kind.namespace, foreign), []).append(child)
    yield from groups.items()


def _value(
    child: etree._Element,
    key: str,
    kind: DataSetKind,
    schema: Element | None,
    foreign: dict[str, str],
) -> Any:
    inner = schema.children.get(str(child.tag)) if schema is not None else None
    value = _object(child, kind, inner, foreign)
    if inner is not None and isinstance(value, str):
        if key in INTEGERS and re.fullmatch(r"-?\d{1,9}", value):
            return int(value)
        if key in BOOLEANS and value in ("true", "false", "1", "0"):
            return value in ("true", "1")
    return value


def _key(tag: str, namespace: str, foreign: dict[str, str]) -> str:
    """A name of lxml as a key; namespaces that the format does not know are noted in `foreign`."""
    uri, bracket, local = tag.rpartition("}")
    uri = uri.removeprefix("{")
    if not bracket or uri == namespace:
        return local
    if uri.startswith(_FOREIGN):
        return f"{unquote(uri.removeprefix(_FOREIGN))}:{local}"
    if uri == COMMON or f"{{{uri}}}lang" == LANG:
        return f"{_BY_NAMESPACE[uri]}:{local}"
    prefix = foreign.setdefault(uri, _BY_NAMESPACE.get(uri) or f"ns{len(foreign) + 1}")
    return f"{prefix}:{local}"
