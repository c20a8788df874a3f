"""Elements while they are read and written: what no noun takes is kept, and put back where it stood.

Both versions of EcoSpold use it. Names are compared without the namespaces of EcoSpold, so that files of
either schema, of child data sets and of user master data read alike; names of other namespaces stay whole.
"""

import math
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import lru_cache

from lxml import etree

from zuji.errors import Place
from zuji.formats.xml_tree import parse_xml, writable
from zuji.model.lci.references import Extra
from zuji.model.lci.wording import UNSAID, Wording

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_OWN = "http://www.EcoInvent.org/"
_STEP = re.compile(r"(?P<attribute>@)?(?P<name>(?:\{[^}]*\})?[^/{}\[\]@]+)(?:\[(?P<number>\d+)\])?")


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """The name without a namespace of EcoSpold; a name of another namespace as it is."""
    namespace, brace, name = tag[1:].partition("}")
    return name if brace and namespace.startswith(_OWN) else tag


def namespace_of(element: etree._Element) -> str:
    """The namespace of an element; a data set of child elements has theirs."""
    inner = next((child.tag for child in element if not local(str(child.tag)).startswith("{")), element.tag)
    return str(inner)[1:].partition("}")[0] if str(inner).startswith("{") else ""


class Node:
    """An element that is read. Whoever takes a part marks it; `rest` is what nobody took.

    The whole element is looked at once, when it is made; what changes it goes before.
    """

    __slots__ = ("_text", "attributes", "claimed", "element", "kind", "nodes", "settled", "text_taken")

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        # lxml gives text where the document is text, which parse_xml makes sure of
        self.kind = local(element.tag)  # type: ignore[arg-type]
        """The name of the element."""
        self.attributes: dict[str, str] = dict(element.items())
        """Those that nobody took."""
        self._text = element.text or ""
        self.nodes: list[Node] | tuple[()] = [Node(child) for child in element] if len(element) else ()
        """All that stand in it."""
        self.claimed = False
        """Whether somebody took it."""
        self.text_taken = False
        self.settled = False

    @property
    def line(self) -> int | None:
        """The row of the file where it begins."""
        return self.element.sourceline

    def seen(self, name: str) -> str:
        """The attribute, not taken; empty where there is none."""
        return self.attributes.get(name, "")

    def take(self, name: str) -> str:
        """The attribute; empty where there is none."""
        return self.attributes.pop(name, "")

    def take_if(self, name: str, expected: str) -> None:
        """Takes the attribute where it says what is known anyway."""
        if self.attributes.get(name) == expected:
            del self.attributes[name]

    def number(self, name: str) -> float | None:
        """The attribute as a finite number. One that is none stays for `rest`."""
        text = self.attributes.get(name)
        value = None if text is None else number_of(text)
        if value is not None:
            del self.attributes[name]
        return value

    def truth(self, name: str) -> bool | None:
        """The attribute as xsd:boolean; None where it is absent or no truth value."""
        value = {"true": True, "1": True, "false": False, "0": False}.get(self.seen(name).strip())
        if value is not None:
            del self.attributes[name]
        return value

    def within(self) -> "list[Node]":
        """This element and all below it, in no particular order."""
        found = [self]
        for node in found:
            found += node.nodes
        return found

    def child(self, name: str) -> "Node | None":
        """The first child of that name that nobody took."""
        for node in self.nodes:
            if node.kind == name and not node.claimed:
                node.claimed = True
                return node
        return None

    def seen_child(self, name: str) -> bool:
        """Whether there is a child of that name that nobody took."""
        return any(node.kind == name and not node.claimed for node in self.nodes)

    def children(self, *names: str) -> "list[Node]":
        """All children of those names, in the order written."""
        nodes = [node for node in self.nodes if node.kind in names and not node.claimed]
        for node in nodes:
            node.claimed = True
        return nodes

    def taken(self, name: str) -> "list[Node]":
        """The children of that name that somebody took."""
        return [node for node in self.nodes if node.claimed and node.kind == name]

    def down(self, *path: str) -> "Node | None":
        """The first grandchild along `path`; nodes on the way are taken once and met again."""
        node: Node | None = self
        for name in path:
            if node is None:
                return None
            node = node.met(name)
        return node

    def met(self, name: str) -> "Node | None":
        """The first child of that name, whether somebody took it or not."""
        for node in self.nodes:
            if node.claimed and node.kind == name:
                return node
        return self.child(name)

    def leave(self, node: "Node") -> None:
        """Gives a child back: it will be part of the rest, whole."""
        self.nodes = [Node(each.element) if each is node else each for each in self.nodes]
        node.settled = False

    def text(self) -> str:
        """The text in the element."""
        self.text_taken = True
        return self._text.strip() if self.nodes else self._text

    def language(self, default: str) -> str:
        """The language of its text."""
        return self.take(LANGUAGE) or default

    def words(self, name: str, language: str = "en") -> Wording:
        """The texts of all children of that name, each with its language."""
        texts = []
        for node in self.nodes:
            if node.kind == name and not node.claimed:
                node.claimed = True
                code = node.attributes.pop(LANGUAGE, "") or language
                text = node.text()
                if text:
                    texts.append((code, text))
        return Wording(tuple(texts)) if texts else UNSAID

    def rest(self, format_name: str, place: str = "") -> tuple[Extra, ...]:
        """What nobody took, as extras with places relative to this element. It is given out once."""
        kept: list[Extra] = []
        self.keep(format_name, place, kept)
        self.settled = True
        # by place, so that the order of attributes and of misplaced children makes no difference
        return tuple(sorted(kept, key=lambda each: each.place)) if kept else ()

    def keep(self, format_name: str, place: str, kept: list[Extra]) -> None:
        """Adds to `kept` what nobody took and no noun below keeps already."""
        if self.settled:
            return
        if self.attributes:
            kept += [Extra(format_name, f"{place}@{name}", value) for name, value in self.attributes.items()]
        if not self.text_taken and (text := self._text.strip()):
            kept.append(Extra(format_name, f"{place}text()", text))
        numbers: dict[str, int] = {}
        for node in self.nodes:
            name = node.kind
            if not node.claimed:
                kept.append(Extra(format_name, place + name, content_of(node.element)))
                continue
            numbers[name] = number = numbers.get(name, 0) + 1
            if node.nodes or node.attributes or not node.text_taken:
                step = name if number == 1 else f"{name}[{number}]"
                node.keep(format_name, f"{place}{step}/", kept)


def number_of(text: str) -> float | None:
    """The finite number that a text is; a decimal comma is understood."""
    try:
        value = float(text)
    except ValueError:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            return None
    return value if math.isfinite(value) and "_" not in text else None


def content_of(element: etree._Element) -> str:
    """An element as text that always reads the same: canonical XML, own names without their namespace."""
    copy = deepcopy(element)
    copy.tail = None
    for part in copy.iter():
        own = local(str(part.tag))
        if not own.startswith("{"):
            part.tag = own
            if not (part.text or "").strip():
                part.text = None
            for inner in part:
                if not (inner.tail or "").strip():
                    inner.tail = None
    return bytes(etree.tostring(_with_plain_prefixes(copy), method="c14n")).decode()


def _with_plain_prefixes(element: etree._Element) -> etree._Element:
    """The same element with the prefixes n1, n2 … in the order in which namespaces occur."""
    names = [str(name) for part in element.iter() for name in (part.tag, *part.attrib)]
    spaces = dict.fromkeys(name[1:].partition("}")[0] for name in names if name.startswith("{"))
    spaces.pop("http://www.w3.org/XML/1998/namespace", None)
    root = etree.Element(
        element.tag, nsmap={f"n{place}": space for place, space in enumerate(spaces, start=1)}
    )
    root.text = element.text
    for key, value in element.attrib.items():
        root.set(key, value)
    root.extend(list(element))
    etree.cleanup_namespaces(root, keep_ns_prefixes=[f"n{place + 1}" for place in range(len(spaces))])
    return root


def element_of(content: str, namespace: str) -> etree._Element:
    """The element that `content_of` wrote, in the namespace of the file it goes into.

    Raises `InvalidInput` where it is no XML.
    """
    element = parse_xml(content.encode(), Place())
    for part in element.iter():
        if not str(part.tag).startswith("{"):
            part.tag = f"{{{namespace}}}{local(str(part.tag))}"
    return element


def append(parent: etree._Element, element_name: str, text: str = "", /, **attributes: str) -> etree._Element:
    """A new last child in the namespace of its parent; empty attributes are left out."""
    namespace = namespace_of(parent)
    element = etree.SubElement(parent, f"{{{namespace}}}{element_name}")
    for key, value in attributes.items():
        if value:
            element.set(key, writable(value))
    if text:
        element.text = writable(text)
    return element


def append_words(parent: etree._Element, name: str, words: Iterable[tuple[str, str]]) -> None:
    """A child for each text, with its language."""
    for language, text in words:
        append(parent, name, text).set(LANGUAGE, writable(language))


def graft(element: etree._Element, extras: Sequence[Extra], format_name: str) -> None:
    """Puts back what `rest` kept. Elements go to the end of their parent; `conform` sorts them."""
    for extra in extras:
        if extra.format == format_name:
            _graft(element, extra)


def _graft(element: etree._Element, extra: Extra) -> None:
    if extra.place.endswith("text()"):
        target = _reach(element, extra.place.removesuffix("text()").rstrip("/"))
        target.text = writable(extra.content)
        return
    steps = list(_STEP.finditer(extra.place))
    if not steps:
        return
    last = steps[-1]
    target = _reach(element, extra.place[: last.start()].rstrip("/"))
    if last["attribute"]:
        target.set(last["name"], writable(extra.content))
    else:
        target.append(element_of(extra.content, namespace_of(target)))


def _reach(element: etree._Element, path: str) -> etree._Element:
    """The element along the path, made where it is missing."""
    for step in _STEP.finditer(path):
        number = int(step["number"] or 1)
        found = [child for child in element if local(str(child.tag)) == step["name"]]
        element = found[number - 1] if number <= len(found) else append(element, step["name"])
    return element


def extra(extras: Iterable[Extra], format_name: str, place: str) -> str:
    """The content kept at a place; empty where there is none."""
    return next((each.content for each in extras if each.place == place and each.format == format_name), "")


def digits(value: float | None) -> str:
    """The shortest text that reads back to the same number; empty for None."""
    if value is None or not math.isfinite(value):
        return ""
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 and value != 0 else repr(value)
