"""The ledger of an import or export: read = mapped + defaulted + dropped, by kind, with the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zuji.errors import Place
from zuji.model.lci.references import Kind
from zuji.text import Text

PLACES = 50
"""How many places a reason keeps; its number counts them all."""


class Outcome(StrEnum):
    """What became of an item."""

    MAPPED = "mapped"
    DEFAULTED = "defaulted"
    """Taken over with a value that the source did not give, or gave wrongly."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Count:
    """How many items of one kind were read, and what became of them."""

    read: int = 0
    mapped: int = 0
    defaulted: int = 0
    dropped: int = 0

    @property
    def balanced(self) -> bool:
        return self.read == self.mapped + self.defaulted + self.dropped


@dataclass(frozen=True, slots=True)
class Reason:
    """Why `number` items of a kind were defaulted or dropped (or mapped with a remark), with some places."""

    kind: Kind
    outcome: Outcome
    code: str
    why: Text
    number: int
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole account. `reasons` are in the order first met; each keeps its first places."""

    counts: Mapping[Kind, Count] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()

    @property
    def balanced(self) -> bool:
        """Whether every kind's sums equal its input."""
        return all(count.balanced for count in self.counts.values())

    def number(self, code: str) -> int:
        """How many items carry the reason `code`."""
        return sum(reason.number for reason in self.reasons if reason.code == code)


class LedgerBook:
    """Kept while reading: `read` where items are counted in the source, the others where they end."""

    def __init__(self) -> None:
        self._counts: dict[Kind, list[int]] = {}
        self._reasons: dict[tuple[Kind, Outcome, str, Text], tuple[list[int], list[Place]]] = {}

    def read(self, kind: Kind, number: int = 1) -> None:
        """`number` items of `kind` stand in the input."""
        self._count(kind)[0] += number

    def mapped(self, kind: Kind, number: int = 1) -> None:
        """They were taken over as written."""
        self._count(kind)[1] += number

    def remarked(self, kind: Kind, code: str, why: Text, place: Place) -> None:
        """One item was taken over as written, and there is something to say about it."""
        self._note(kind, Outcome.MAPPED, code, why, place)

    def defaulted(self, kind: Kind, code: str, why: Text, place: Place) -> None:
        """One item was taken over with a value the source did not give."""
        self._note(kind, Outcome.DEFAULTED, code, why, place)

    def dropped(self, kind: Kind, code: str, why: Text, place: Place) -> None:
        """One item was left out."""
        self._note(kind, Outcome.DROPPED, code, why, place)

    def ledger(self) -> Ledger:
        """The account so far."""
        return Ledger(
            {kind: Count(*numbers) for kind, numbers in self._counts.items()},
            tuple(
                Reason(kind, outcome, code, why, number[0], tuple(places))
                for (kind, outcome, code, why), (number, places) in self._reasons.items()
            ),
        )

    def _count(self, kind: Kind) -> list[int]:
        return self._counts.setdefault(kind, [0, 0, 0, 0])

    def _note(self, kind: Kind, outcome: Outcome, code: str, why: Text, place: Place) -> None:
        column = (Outcome.MAPPED, Outcome.DEFAULTED, Outcome.DROPPED).index(outcome) + 1
        self._count(kind)[column] += 1
        number, places = self._reasons.setdefault((kind, outcome, code, why), ([0], []))
        number[0] += 1
        if len(places) < PLACES:
            places.append(place)
