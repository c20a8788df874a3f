"""How many things of each kind stand in the files, counted without the mapping."""

from collections.abc import Iterable

from lxml import etree

from zuji.errors import Place
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.references import Kind
from zuji.text import Text

_EXCHANGES = etree.XPath("count(.//*[local-name()='exchange'])")
_ALLOCATIONS = etree.XPath(
    "count(.//*[local-name()='allocation']/*) + count(.//*[local-name()='allocation'][not(*)])"
)
_SOURCES = etree.XPath(".//*[local-name()='source']")
_PERSONS = etree.XPath(".//*[local-name()='person']")
_UNITS = etree.XPath(".//*[local-name()='exchange' and (*)]/@unit")
_FACTOR_PLACES = etree.XPath(".//*[local-name()='exchange']/@location")
_PLACES = etree.XPath(".//*[local-name()='exchange' or local-name()='geography']/@location")


class Census:
    """Counts items as data sets are met, and distinct sources, persons, units and places over all."""

    def __init__(self, book: LedgerBook) -> None:
        self._book = book
        self._distinct: dict[Kind, set[object]] = {}

    def data_set(self, element: etree._Element, *, impact: bool) -> dict[Kind, int]:
        """Counts one data set; the numbers of its items by kind."""
        numbers = {
            Kind.FACTOR if impact else Kind.EXCHANGE: _number(_EXCHANGES(element)),
            Kind.ALLOCATION: _number(_ALLOCATIONS(element)),
        }
        for kind, number in numbers.items():
            if number:
                self._book.read(kind, number)
        for kind, find in ((Kind.SOURCE, _SOURCES), (Kind.CONTACT, _PERSONS)):
            if not impact:
                self._distinct.setdefault(kind, set()).update(_words(each) for each in _found(find(element)))
        for kind, find in ((Kind.UNIT_GROUP, _UNITS), (Kind.LOCATION, _FACTOR_PLACES if impact else _PLACES)):
            found = (str(each) for each in _found(find(element)))
            self._distinct.setdefault(kind, set()).update(each for each in found if each)
        return numbers

    def settle(self, kind: Kind, taken: Iterable[str]) -> None:
        """Compares the words counted with those taken over, and writes both down."""
        stated, found = self._distinct.get(kind, set()), set(taken)
        if not stated and not found:
            return
        self._book.read(kind, len(stated | found))
        self._book.mapped(kind, len(stated & found))
        for each in sorted(map(str, found - stated)):
            self._book.defaulted(kind, "not-stated", Text("没有写明", "it is not stated"), Place(field=each))
        for each in sorted(map(str, stated - found)):
            self._book.dropped(
                kind,
                "only-mentioned",
                Text("只在按原样保留的部分中出现", "it occurs only in what is kept word for word"),
                Place(field=each),
            )

    def settle_number(self, kind: Kind, taken: int) -> None:
        """Compares how many there are with how many were taken over."""
        counted = len(self._distinct.get(kind, ()))
        if counted or taken:
            self._book.read(kind, counted)
            self._book.mapped(kind, min(counted, taken))
        for _ in range(counted - taken):
            self._book.dropped(
                kind,
                "only-mentioned",
                Text("只在按原样保留的部分中出现", "it occurs only in what is kept word for word"),
                Place(),
            )


def _words(element: object) -> object:
    if not isinstance(element, etree._Element):  # noqa: SLF001 - the public name of lxml's type
        return element
    return frozenset((key, value) for key, value in element.attrib.items() if key != "number")


def _found(result: object) -> list[object]:
    return list(result) if isinstance(result, list) else []


def _number(result: object) -> int:
    return int(result) if isinstance(result, float) else 0
