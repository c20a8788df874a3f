"""One JSON object while it is read: keys are taken by meaning, what nobody took becomes extras."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zuji.errors import Place
from zuji.formats.jsonld.layout import DESCRIPTORS, FORMAT, KINDS, TYPES
from zuji.formats.jsonld.reasons import REASONS
from zuji.model.lci.ledger import LedgerBook, Outcome
from zuji.model.lci.references import Extra, Kind, Ref
from zuji.model.lci.wording import UNSAID, Wording

_HAN = re.compile("[\u4e00-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_IGNORED = ("@context", "@type")
_KIND_OF_TYPE: Mapping[str, Kind] = {**KINDS, "Result": Kind.RESULT}


def wording(text: str) -> Wording:
    """A text with the language it seems to be in, since the format states none: Chinese, else English."""
    if text.isascii():
        return Wording.of(text, "en")
    chinese = _HAN.search(text) is not None and _KANA.search(text) is None
    return Wording.of(text, "zh" if chinese else "en")


def json_text(value: object) -> str:
    """A value as compact JSON, keys in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pointer(*parts: str | int) -> str:
    """Where a key is in an object, as RFC 6901 writes it, without the leading slash."""
    return "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in parts)


@dataclass(slots=True)
class Account:
    """What all records of one reading share: the ledger, and which data sets the package holds."""

    book: LedgerBook = field(default_factory=LedgerBook)
    present: set[tuple[str, str]] = field(default_factory=set)
    """(type, id) of every data set that a reference can lead to."""

    def holds(self, reference: Mapping[str, object], assumed: str = "") -> bool:
        """Whether the target of a reference is in the package or among the built-in data."""
        type_ = reference.get("@type") or assumed
        return (type_, reference.get("@id")) in self.present


class Record:
    """An object at `path` of `file`. Each take removes a key; `extras` gives what is left.

    A value of the wrong type is not taken: it stays as an extra, and the ledger says so.
    """

    __slots__ = ("_kept", "_path", "_rest", "account", "file", "notes", "whole")

    def __init__(self, value: Mapping[str, object], account: Account, file: str, path: str = "") -> None:
        self._rest = {key: one for key, one in value.items() if one is not None and key not in _IGNORED}
        self.whole = value
        self._kept: list[tuple[str, object]] = []
        self.notes: list[tuple[Outcome, str]] = []
        self._path = path
        self.account = account
        self.file = file

    def place(self, key: str = "") -> Place:
        """Where this object, or one of its keys, is."""
        return Place(file=self.file, field=".".join(part for part in (self._path, key) if part))

    def text(self, key: str) -> str:
        value = self._rest.pop(key, "")
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self._misfit(key, value)
        return ""

    def wording(self, key: str) -> Wording:
        text = self.text(key)
        return wording(text) if text else UNSAID

    def number(self, key: str) -> float | None:
        """A number; one that is written as text is read, too."""
        value = self._rest.pop(key, None)
        if value is None:
            return None
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            number = _finite(value)
            if number is not None:
                return number
        self._misfit(key, value)
        return None

    def integer(self, key: str) -> int | None:
        value = self._rest.get(key)
        number = self.number(key)
        if number is None:
            return None
        if not number.is_integer():
            self._misfit(key, value)
            return None
        return int(number)

    def flag(self, key: str) -> bool | None:
        value = self._rest.pop(key, None)
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
        if value is None or isinstance(value, bool):
            return value
        self._misfit(key, value)
        return None

    def strings(self, key: str) -> tuple[str, ...]:
        """An array of texts; older packages join synonyms by semicolons."""
        value = self._rest.pop(key, None)
        if value is None:
            return ()
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(";") if part.strip())
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._misfit(key, value)
        return ()

    def path(self, key: str) -> tuple[str, ...]:
        """A category: names joined by slashes."""
        text = self.text(key)
        return tuple(text.split("/")) if text else ()

    def ref(self, key: str, kind: Kind | None) -> Ref | None:
        """A reference. What it repeats of a target that the package does not hold is kept as an extra."""
        value = self._rest.pop(key, None)
        if value is None:
            return None
        found = reference(value, kind)
        if found is None or not isinstance(value, dict):
            self._misfit(key, value)
            return None
        assumed = TYPES.get(kind, "") if kind else ""
        if DESCRIPTORS & value.keys() and not self.account.holds(value, assumed):
            self.account.book.mapped(Kind.FIELD)
            self._kept.append((pointer(key), value))
        return found

    def ref_id(self, key: str) -> str:
        """The id of a reference to a part of another data set (a unit), or nothing."""
        value = self._rest.pop(key, None)
        if value is None:
            return ""
        found = reference(value, None)
        if found is None:
            self._misfit(key, value)
            return ""
        return found.id

    def refs(self, key: str, kind: Kind | None) -> tuple[Ref, ...]:
        found = []
        for value in self._array(key):
            one = reference(value, kind)
            if one is None:
                self.keep_item(key, value)
            else:
                found.append(one)
        return tuple(found)

    def raw(self, key: str) -> Mapping[str, object]:
        """An object as it is; empty where there is none."""
        value = self._rest.pop(key, None)
        if isinstance(value, dict):
            return value
        if value is not None:
            self._misfit(key, value)
        return {}

    def look(self, key: str) -> object:
        """A value that stays where it is."""
        return self._rest.get(key)

    def inner(self, key: str) -> "Record | None":
        """An object inside; give it back to `take_over` when its keys are taken."""
        value = self.raw(key)
        return Record(value, self.account, self.file, self._below(key)) if value else None

    def inners(self, key: str) -> Iterator["Record"]:
        """The objects of an array; anything else in it is kept and noted as a key."""
        for number, value in enumerate(self._array(key)):
            if isinstance(value, dict):
                yield Record(value, self.account, self.file, self._below(f"{key}[{number}]"))
            else:
                self.keep_item(key, value)

    def keep_item(self, key: str, value: object) -> None:
        """An item of an array that no noun can hold: written back at the array's end."""
        self.account.book.read(Kind.FIELD)
        self.account.book.remarked(Kind.FIELD, "wrong-item", REASONS["wrong-item"], self.place(key))
        self._keep_at_end(key, value)

    def keep_dropped(self, key: str, record: "Record") -> None:
        """An object of an array that was dropped, written back at the array's end."""
        record.leftovers()
        self._keep_at_end(key, record.whole)

    def take_over(self, other: "Record", *where: str | int) -> None:
        """What is left of an object inside becomes this one's, at `where`."""
        self._kept.extend((pointer(*where) + "/" + key, value) for key, value in other.leftovers())
        self.notes.extend(other.notes)

    def keep(self, key: str, value: object) -> None:
        """A value that was looked at and that no noun holds."""
        self._kept.append((pointer(key), value))

    def leftovers(self) -> list[tuple[str, object]]:
        """Where and what: the keys that nobody took."""
        self.account.book.mapped(Kind.FIELD, len(self._rest))
        left = [(pointer(key), value) for key, value in self._rest.items()]
        self._rest = {}
        return [*left, *self._kept]

    def extras(self) -> tuple[Extra, ...]:
        return tuple(Extra(FORMAT, place, json_text(value)) for place, value in self.leftovers())

    def remark(self, code: str) -> None:
        self.notes.append((Outcome.MAPPED, code))

    def default(self, code: str) -> None:
        self.notes.append((Outcome.DEFAULTED, code))

    def close(self, kind: Kind) -> None:
        """Enters the object into the ledger once, under its strongest note; further notes count as keys."""
        book, notes = self.account.book, self.notes
        if not notes:
            book.mapped(kind)
            return
        first = next((note for note in notes if note[0] is Outcome.DEFAULTED), notes[0])
        notes.remove(first)
        self._enter(kind, *first)
        for note in notes:
            book.read(Kind.FIELD)
            self._enter(Kind.FIELD, *note)
        self.notes = []

    def drop(self, kind: Kind, code: str) -> None:
        """Enters the object as left out."""
        self.account.book.dropped(kind, code, REASONS[code], self.place())

    def _enter(self, kind: Kind, outcome: Outcome, code: str) -> None:
        enter = self.account.book.defaulted if outcome is Outcome.DEFAULTED else self.account.book.remarked
        enter(kind, code, REASONS[code], self.place())

    def _array(self, key: str) -> list[object]:
        value = self._rest.pop(key, None)
        if isinstance(value, list):
            return value
        if value is not None:
            self._misfit(key, value)
        return []

    def _keep_at_end(self, key: str, value: object) -> None:
        for place, kept in self._kept:
            if place == pointer(key) and isinstance(kept, list):
                kept.append(value)
                return
        self._kept.append((pointer(key), [value]))

    def _misfit(self, key: str, value: object) -> None:
        self.account.book.read(Kind.FIELD)
        self.account.book.remarked(Kind.FIELD, "wrong-type", REASONS["wrong-type"], self.place(key))
        self._kept.append((pointer(key), value))

    def _below(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def reference(value: object, kind: Kind | None) -> Ref | None:
    """A reference as `{@type, @id, name}` writes it; its own type decides where it names one."""
    if not isinstance(value, dict):
        return None
    id_, name, type_ = value.get("@id"), value.get("name"), value.get("@type")
    if not isinstance(id_, str) or not id_:
        return None
    stated = _KIND_OF_TYPE.get(type_) if isinstance(type_, str) else None
    return Ref(id_, name=wording(name) if isinstance(name, str) and name else UNSAID, kind=stated or kind)


def _finite(value: float | str) -> float | None:
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < float("inf") else None
