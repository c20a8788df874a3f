"""What became of one item of a file: taken over as written, with a remark, or with something missing."""

from zuji.errors import Place
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.references import Kind
from zuji.text import Text


class Item:
    """One item on its way from the file into the package; `settle` enters it once, with its gravest note."""

    def __init__(self, book: LedgerBook, kind: Kind, place: Place) -> None:
        self._book, self._kind, self._place = book, kind, place
        self._remark: tuple[str, Text, Place] | None = None
        self._default: tuple[str, Text, Place] | None = None

    def remark(self, code: str, zh: str, en: str) -> None:
        """It is taken over as written, and there is something to say."""
        self._remark = self._remark or (code, Text(zh, en), self._place)

    def default(self, code: str, zh: str, en: str, place: Place | None = None) -> None:
        """Something of it is missing or was put in its place."""
        self._default = self._default or (code, Text(zh, en), place or self._place)

    def settle(self) -> None:
        if self._default:
            self._book.defaulted(self._kind, *self._default)
        elif self._remark:
            self._book.remarked(self._kind, *self._remark)
        else:
            self._book.mapped(self._kind)
