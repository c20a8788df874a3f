"""What a schema of EcoSpold allows, as tables: values, attributes, and children in their order."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

_DATE = re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?", re.ASCII)
_TIME = re.compile(r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|-?INF|NaN", re.ASCII)
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_SHORT_MONTHS = {"04", "06", "09", "11"}


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """A simple type. `filler` stands where one is required and there is none.

    A text that does not fit is cut to `limit` characters, or mended ("2015" is a day of that year).
    """

    fits: Callable[[str], bool]
    filler: str = ""
    limit: int = 0
    mend: Callable[[str], str] | None = None

    def nearest(self, text: str) -> str | None:
        """A text of this type for one that does not fit; None where there is none near it."""
        near = self.mend(text) if self.mend is not None else text[: self.limit]
        return near if (self.limit or self.mend) and self.fits(near) else None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """An element: its attributes (`required` among them), its children in order, its text.

    `open`: elements of other namespaces may follow the children. `mixed_order`: children in any order.
    """

    attributes: Mapping[str, Value] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    children: tuple["Part", ...] = ()
    text: Value | None = None
    open: bool = False
    mixed_order: bool = False

    by_name: Mapping[str, "Part"] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)

    def part(self, name: str) -> "Part | None":
        """The child of that name."""
        return self.by_name.get(name)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A child. Children of one `choice` stand for each other.

    `unique` names an attribute that may not repeat a value among these children; `needs` names grandchildren
    of which one must be there, or the child is left out.
    """

    name: str
    rule: Rule
    required: bool = False
    many: bool = False
    choice: str = ""
    unique: str = ""
    needs: tuple[str, ...] = ()


def rule(
    attributes: Mapping[str, Value] | None = None,
    *children: Part,
    text: Value | None = None,
    open: bool = False,  # noqa: A002 - the word of the schema
    mixed_order: bool = False,
) -> Rule:
    """A rule; names of attributes that end in "!" are required."""
    given = attributes or {}
    return Rule(
        {name.removesuffix("!"): value for name, value in given.items()},
        frozenset(name[:-1] for name in given if name.endswith("!")),
        children,
        text,
        open,
        mixed_order,
        {part.name: part for part in children},
        {part.name: place for place, part in enumerate(children)},
    )


def text(limit: int, filler: str = "") -> Value:
    """A text of at most `limit` characters."""
    return Value(lambda value: len(value) <= limit, filler, limit)


def matching(pattern: str, filler: str = "", mend: Callable[[str], str] | None = None) -> Value:
    """A text that matches `pattern` as a whole."""
    compiled = re.compile(pattern, re.ASCII)
    return Value(lambda value: compiled.fullmatch(value) is not None, filler, 0, mend)


def whole(low: int, high: int, filler: int | None = None) -> Value:
    """A whole number from `low` to `high`."""

    def fits(value: str) -> bool:
        return re.fullmatch(r"\s*[+-]?\d{1,18}\s*", value, re.ASCII) is not None and low <= int(value) <= high

    return Value(fits, str(low if filler is None else filler))


def one_of(codes: str, filler: str) -> Value:
    """One of the codes in `codes`, separated by blanks."""
    known = frozenset(codes.split())
    return Value(lambda value: value in known, filler)


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    year, month, day = (int(part) for part in re.findall(r"\d+", value)[:3])
    longest = 31
    if f"{month:02}" in _SHORT_MONTHS:
        longest = 30
    elif month == 2:
        longest = 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return day <= longest and year > 0


def _is_moment(value: str) -> bool:
    date, mark, _ = value.partition("T")
    return bool(mark) and _is_date(date) and _TIME.fullmatch(value[len(date) :]) is not None


def _day(value: str, in_year: str, in_month: str) -> str:
    """A day for a year, a month, or a day with more behind it."""
    found = re.match(r"\s*(\d{4})(-\d\d)?(-\d\d)?", value)
    if found is None:
        return ""
    year, month, day = found.groups()
    if month is None:
        return f"{year}{in_year}"
    return f"{year}{month}{in_month if day is None else day}"


NUMBER = Value(lambda value: _NUMBER.fullmatch(value.strip()) is not None, "0")
TRUTH = one_of("true false 1 0", "false")
DATE = Value(_is_date, "1900-01-01", mend=lambda value: _day(value, "-01-01", "-01"))
END = Value(_is_date, "1900-12-31", mend=lambda value: _day(value, "-12-31", "-28"))
MOMENT = Value(
    _is_moment, "1900-01-01T00:00:00", mend=lambda value: f"{_day(value, '-01-01', '-01')}T00:00:00"
)
LANGUAGE_CODE = Value(lambda value: not value or _LANGUAGE.fullmatch(value) is not None, "en")
LINK = matching(r"[^\s<>\"{}|\\^`\[\]%]*", "")
TAG_OF_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def worded(limit: int, attributes: Mapping[str, Value] | None = None, filler: str = "") -> Rule:
    """An element with a text in one language."""
    return rule({TAG_OF_LANGUAGE: LANGUAGE_CODE, **(attributes or {})}, text=text(limit, filler))


def schema_order(element: etree._Element, of: Rule, name_of: Callable[[etree._Element], str]) -> None:
    """Puts the children of `element` in the order of the schema; what it does not know comes last."""
    if of.mixed_order or len(element) < 2:
        return
    last = len(of.places)
    ranks = [of.places.get(name_of(child), last) for child in element]
    if any(first > second for first, second in pairwise(ranks)):
        children = sorted(zip(ranks, range(len(ranks)), element, strict=True), key=lambda item: item[:2])
        for _, _, child in children:
            element.append(child)  # moves it


def made(name: str, of: Rule, namespace: str) -> etree._Element:
    """An element that holds only what the schema demands."""
    element = etree.Element(f"{{{namespace}}}{name}")
    for attribute in of.attributes:
        if attribute in of.required:
            element.set(attribute, of.attributes[attribute].filler)
    if of.text is not None:
        element.text = of.text.filler
    settled: set[str] = set()
    for part in of.children:
        if part.required and not (part.choice and part.choice in settled):
            settled.add(part.choice)
            element.append(made(part.name, part.rule, namespace))
    return element
