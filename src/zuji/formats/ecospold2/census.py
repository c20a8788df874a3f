"""How many things of each kind stand in the files, counted without the mapping."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from zuji.errors import Place
from zuji.formats.ecospold2.nodes import Node
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.references import Kind
from zuji.text import Text

_IDS: Mapping[str, Kind] = MappingProxyType(
    {
        "intermediateExchangeId": Kind.FLOW,
        "elementaryExchangeId": Kind.FLOW,
        "unitId": Kind.UNIT_GROUP,
        "propertyId": Kind.FLOW_PROPERTY,
        "personId": Kind.CONTACT,
        "reviewerId": Kind.CONTACT,
        "companyId": Kind.CONTACT,
        "sourceId": Kind.SOURCE,
        "publishedSourceId": Kind.SOURCE,
        "geographyId": Kind.LOCATION,
    }
)
_MASTER: Mapping[str, Kind] = MappingProxyType(
    {
        "intermediateExchange": Kind.FLOW,
        "elementaryExchange": Kind.FLOW,
        "unit": Kind.UNIT_GROUP,
        "units": Kind.UNIT_GROUP,
        "property": Kind.FLOW_PROPERTY,
        "person": Kind.CONTACT,
        "company": Kind.CONTACT,
        "source": Kind.SOURCE,
        "geography": Kind.LOCATION,
    }
)
_ITEMS: Mapping[str, Kind] = MappingProxyType(
    {
        "intermediateExchange": Kind.EXCHANGE,
        "elementaryExchange": Kind.EXCHANGE,
        "parameter": Kind.PARAMETER,
        "impactIndicator": Kind.RESULT,
    }
)


class Census:
    """Ids by kind over all files; numbers of items go into the ledger as each data set is met."""

    def __init__(self, book: LedgerBook) -> None:
        self._book = book
        self._ids: dict[Kind, set[str]] = {}

    def data_set(self, nodes: Iterable[Node]) -> dict[Kind, int]:
        """Counts the elements of one data set; the numbers of its items by kind."""
        numbers = {Kind.EXCHANGE: 0, Kind.PARAMETER: 0, Kind.RESULT: 0}
        items, ids = dict(_ITEMS), {name: self._ids.setdefault(kind, set()) for name, kind in _IDS.items()}
        for node in nodes:
            # one in another namespace counts: it is misplaced
            name = node.kind if node.kind[:1] != "{" else node.kind.rpartition("}")[2]
            if name in items:
                numbers[items[name]] += 1
            for name, value in node.attributes.items():
                if name in ids:
                    ids[name].add(value)
        for kind, number in numbers.items():
            if number:
                self._book.read(kind, number)
        return numbers

    def master(self, name: str, identifier: str) -> None:
        """Counts one entry of the master data."""
        kind = _MASTER.get(name)
        if kind is not None and identifier:
            self._ids.setdefault(kind, set()).add(identifier)

    def settle(self, kind: Kind, taken: Iterable[str]) -> None:
        """Compares what was counted with what was taken over, and writes both down."""
        stated = {each for each in self._ids.get(kind, set()) if each}
        found = set(taken)
        if not stated and not found:
            return
        self._book.read(kind, len(stated | found))
        self._book.mapped(kind, len(stated & found))
        for each in sorted(found - stated):
            self._book.defaulted(
                kind,
                "id-from-name",
                Text("没有标识，由名称生成", "it has no id; one was made from its name"),
                Place(field=each),
            )
        for each in sorted(stated - found):
            self._book.dropped(
                kind,
                "only-mentioned",
                Text("只在按原样保留的部分中出现", "it occurs only in what is kept word for word"),
                Place(field=each),
            )
