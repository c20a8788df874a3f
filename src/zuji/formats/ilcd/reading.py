"""What is kept at hand while one data set is read: the ledger, and whatever no noun has taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from zuji.errors import Place
from zuji.formats.ilcd.fragments import fragment, join, leaf, size
from zuji.formats.ilcd.names import FORMAT
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.references import Extra, Kind
from zuji.text import Text

_EVERYTHING = etree.XPath("count(descendant-or-self::*) + count(descendant-or-self::*/@*)")


@dataclass(slots=True)
class Reading:
    """One data set being read. Every element and attribute is either taken by a noun or kept.

    `taken` and `kept` count elements and attributes as the mapping meets them; `close` enters what the
    document as a whole holds, so that the kind FIELD balances only if nothing was passed over.
    """

    namespace: str
    book: LedgerBook
    place: Place
    taken: int = 0
    kept: int = 0
    extras: list[Extra] = field(default_factory=list)
    resulting: dict[str, float] = field(default_factory=dict)
    """resultingAmount of exchanges whose amount is stated otherwise (openLCA): checked with the package."""

    def keep(self, element: etree._Element, path: str) -> None:
        """The whole element, which belongs into the element at `path`."""
        self.kept += size(element)
        self.extras.append(Extra(FORMAT, path, fragment(element)))

    def keep_attribute(self, path: str, name: str, value: str) -> None:
        """An attribute of the element at `path`."""
        self.kept += 1
        self.extras.append(Extra(FORMAT, f"{path}/@{name}" if path else f"@{name}", value))

    def give_back(self, path: str, tag: str, text: str) -> None:
        """A leaf that was taken turns out to mean nothing here: kept in the element at `path` after all."""
        self.taken -= 1
        self.kept += 1
        self.extras.append(Extra(FORMAT, path, leaf(tag, text)))

    def leftover(self, element: etree._Element, path: str, ordinal: int, known: frozenset[str]) -> None:
        """Attributes and children of a leaf that is itself taken: kept under the leaf's own path."""
        here = join(path, str(element.tag), self.namespace, ordinal)
        for name, value in element.attrib.items():
            if name not in known:
                self.keep_attribute(here, name, value)
        for child in element:
            self.keep(child, here)

    @contextmanager
    def inner(self) -> Iterator[list[Extra]]:
        """Extras met inside belong to a noun of their own (an exchange, a unit), paths count from it."""
        outer, self.extras = self.extras, []
        try:
            yield self.extras
        finally:
            self.extras = outer

    def at(self, element: etree._Element, what: str) -> Place:
        """Where an element is: its line in the file, and what it is called."""
        return Place(file=self.place.file, row=element.sourceline, field=what)

    def remark(self, code: str, why: Text, place: Place) -> None:
        """Something to say about one field that was taken over as written."""
        self.book.read(Kind.FIELD)
        self.book.remarked(Kind.FIELD, code, why, place)

    def defaulted(self, code: str, why: Text, place: Place) -> None:
        """One field that is needed was not given, or not usably, and got a value."""
        self.book.read(Kind.FIELD)
        self.book.defaulted(Kind.FIELD, code, why, place)

    def close(self, root: etree._Element) -> None:
        """Enters the fields of the document: all there are, and those that were kept."""
        everything = int(_EVERYTHING(root))
        self.book.read(Kind.FIELD, everything - self.taken)
        self.book.mapped(Kind.FIELD, self.kept)
