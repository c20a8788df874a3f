"""What a reader or writer says about one file: entries of the ledger with their place."""

from collections import Counter
from dataclasses import replace

from zuji.errors import Place
from zuji.formats.ecospold2.nodes import Node
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.references import Extra, Kind
from zuji.text import Text

FORMAT = "ecospold2"


class Notes:
    """The ledger, seen from one data set. Remarks on a detail count it as a field of its own."""

    def __init__(self, book: LedgerBook, place: Place) -> None:
        self.book = book
        self.place = place
        self.told: Counter[Kind] = Counter()
        """How many items got an outcome, by kind."""

    def mapped(self, kind: Kind) -> None:
        """One item was taken over as written."""
        self.told[kind] += 1
        self.book.mapped(kind)

    def defaulted(self, kind: Kind, code: str, why: Text, place: Place) -> None:
        """One item lacks a value."""
        self.told[kind] += 1
        self.book.defaulted(kind, code, why, place)

    def dropped(self, kind: Kind, code: str, why: Text, place: Place) -> None:
        """One item was left out."""
        self.told[kind] += 1
        self.book.dropped(kind, code, why, place)

    def at(self, node: Node | None = None, field: str = "") -> Place:
        """The place of a node, with its row."""
        row = node.line if node is not None else None
        return replace(self.place, row=row, field=field)

    def detail(self, code: str, zh: str, en: str, node: Node | None = None, field: str = "") -> None:
        """A detail was taken over as written, and something must be said about it."""
        self.book.read(Kind.FIELD)
        self.book.remarked(Kind.FIELD, code, Text(zh, en), self.at(node, field))

    def filled(self, code: str, zh: str, en: str, field: str = "") -> None:
        """A detail got a value that nobody stated."""
        self.book.read(Kind.FIELD)
        self.book.defaulted(Kind.FIELD, code, Text(zh, en), self.at(None, field))

    def lost(self, kind: Kind, code: str, zh: str, en: str, field: str = "") -> None:
        """Something could not be written."""
        self.book.read(kind)
        self.book.dropped(kind, code, Text(zh, en), self.at(None, field))

    def kept(self, extras: tuple[Extra, ...]) -> tuple[Extra, ...]:
        """Counts what is kept word for word."""
        if extras:
            self.book.read(Kind.FIELD, len(extras))
            self.book.mapped(Kind.FIELD, len(extras))
        return extras
