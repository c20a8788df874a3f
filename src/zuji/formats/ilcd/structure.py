"""What the schema of each kind of data set allows: sequence, number, types of values.

The files in `structure/` state it, one element a line, children indented:

    name[!+*] [type] [lang] [@attribute[!]:type …] [@*] [~]

`!` exactly one, `+` one or more, `*` any number, else at most one; `type` as in `values`, `=Name` one of the
values listed in `structure/values.txt`, `ref` a global reference; `lang` a text that may carry xml:lang;
`@*` attributes of other namespaces are welcome; `~` common:other may end the sequence.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from zuji.formats.ilcd.names import COMMON, DataSetKind, clark

_REFERENCE = (
    "@type!:=GlobalReferenceType",
    "@refObjectId:uuid",
    "@version:version",
    "@uri:uri",
    "@*",
    "~",
)


@dataclass(slots=True)
class Element:
    """One element of the schema. `type` is empty for elements that hold other elements."""

    tag: str
    required: bool = False
    many: bool = False
    type: str = ""
    words: bool = False
    attributes: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """Name -> (type, whether required)."""
    open: bool = False
    """Whether attributes of other namespaces may stand here."""
    other: bool = False
    """Whether common:other may end the sequence."""
    children: dict[str, "Element"] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)

    def add(self, child: "Element") -> None:
        self.children[child.tag] = child
        self.order[child.tag] = len(self.order)


@cache
def structure(kind: DataSetKind) -> Element:
    """The schema of a kind, from its root element down."""
    lines = _text(kind.structure.lower()).splitlines()
    above: list[Element] = []
    for line in lines:
        depth = (len(line) - len(line.lstrip())) // 2
        element = _element(line.split(), kind.namespace)
        if depth:
            above[depth - 1].add(element)
        above[depth:] = [element]
    return above[0]


@cache
def values(name: str) -> frozenset[str]:
    """The values that an enumeration of the schema allows."""
    return _values()[name]


@cache
def _values() -> dict[str, frozenset[str]]:
    pairs = (line.partition(":") for line in _text("values").splitlines())
    return {name: frozenset(value.strip() for value in listed.split("|")) for name, _, listed in pairs}


def _element(words: list[str], namespace: str) -> Element:
    name = words[0]
    mark = name[-1] if name[-1] in "!+*" else ""
    required, many = bool(mark) and mark in "!+", bool(mark) and mark in "+*"
    element = Element(clark(name.rstrip("!+*"), namespace), required, many)
    for word in (*words[1:], *(_REFERENCE if "ref" in words[1:] else ())):
        if word == "~":
            element.other = True
        elif word == "@*":
            element.open = True
        elif word == "lang":
            element.words = True
        elif word == "ref":
            element.add(Element(f"{{{COMMON}}}subReference", many=True, type="string"))
            element.add(Element(f"{{{COMMON}}}shortDescription", many=True, type="short", words=True))
        elif word.startswith("@"):
            attribute, _, kind = word[1:].partition(":")
            element.attributes[attribute.rstrip("!")] = (kind, attribute.endswith("!"))
        else:
            element.type = word
    return element


def _text(name: str) -> str:
    return (files("zuji.formats.ilcd") / "structure" / f"{name}.txt").read_text(encoding="utf-8")
