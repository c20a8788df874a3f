"""What every writer of a data set needs: ids, texts, references, and what the noun kept beside its fields."""

import json
import math
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeVar

from zuji.errors import Place
from zuji.formats.jsonld.layout import FOLDER_OF, FORMAT, TYPES
from zuji.formats.jsonld.reasons import REASONS, unheld
from zuji.formats.jsonld.spreads import write_spread
from zuji.model.lci.distributions import Spread
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.package import Package
from zuji.model.lci.references import Extra, Heading, Kind, Ref
from zuji.model.lci.wording import Wording

Json = dict[str, Any]
_Noun = TypeVar("_Noun")
_PLAIN_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,34}[A-Za-z0-9])?")
_NAMESPACE = uuid.UUID("5b2f6c9e-6f0a-5d0e-9c63-0d9d5c1f7a10")
"""Of the ids derived from identifiers that openLCA cannot hold; never changes."""


def derived_id(kind: str, name: str) -> str:
    """The id that an identifier of another format always becomes."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{name}"))


def openlca_id(kind: Kind, id_: str) -> str:
    """`id_` where openLCA can hold it (36 plain characters), else the id derived from it."""
    return id_ if _PLAIN_ID.fullmatch(id_) else derived_id(kind, id_)


class Pen:
    """Writes into a ledger what the format cannot hold. One for each package that is written."""

    def __init__(self, package: Package) -> None:
        self.book = LedgerBook()
        self._flow_types = {flow.heading.id: flow.type for flow in package.flows}

    def heading(self, kind: Kind, heading: Heading, *, category: tuple[str, ...] | None = None) -> Json:
        """@type, @id and what every data set has; `category` where another path than the first counts."""
        place = self.place(kind, heading)
        if heading.uri:
            self.lose("uri", place)
        paths = [one.path for one in heading.categories]
        path = category if category is not None else (paths[0] if paths else ())
        if any(one != path for one in paths):
            self.note(Kind.FIELD, "other-category", place)
        if any("/" in part for part in path):
            self.note(Kind.FIELD, "category-slash", place, dropped=False)
        id_ = openlca_id(kind, heading.id)
        if id_ != heading.id:
            self.note(Kind.FIELD, "new-id", place, dropped=False)
        return filled(
            {
                "@type": TYPES[kind],
                "@id": id_,
                "name": self.say(heading.name, place),
                "description": self.say(heading.comment, place),
                "category": "/".join(path),
                "version": heading.version,
                "lastChange": heading.changed,
                "tags": list(heading.tags),
            }
        )

    def say(self, wording: Wording, place: Place | None = None) -> str:
        """One text of a wording: English where there is some, else the first language."""
        if len(wording.texts) > 1 and len({language.split("-")[0] for language, _ in wording.texts}) > 1:
            self.note(Kind.FIELD, "other-language", place or Place())
        return wording.in_language("en")

    def refer(self, ref: Ref | None, kind: Kind | None = None) -> Json:
        """A reference; empty for none."""
        if ref is None or not ref.id:
            return {}
        known = ref.kind or kind
        value: Json = {"@type": TYPES[known]} if known and known in TYPES else {}
        value["@id"] = openlca_id(known, ref.id) if known else ref.id
        if ref.name:
            value["name"] = ref.name.in_language("en")
        return value

    def restore(self, value: Json, extras: Iterable[Extra]) -> Json:
        """`value` with what the noun kept of this format; what other formats kept is left out, and told."""
        for extra in extras:
            self.book.read(Kind.FIELD)
            if extra.format == FORMAT and _put(value, extra):
                self.book.mapped(Kind.FIELD)
            else:
                place = Place(field=extra.place)
                self.book.dropped(Kind.FIELD, "other-format", REASONS["other-format"], place)
        return value

    def number(self, value: float | None, place: Place) -> float | None:
        """A number that JSON can hold, or None."""
        if value is not None and not math.isfinite(value):
            self.note(Kind.FIELD, "not-a-number", place)
            return None
        return value

    def spread(self, spread: Spread | None, amount: float | None, place: Place) -> Json:
        """The distribution of an amount; one that openLCA could not compute with is left out, and told."""
        value = write_spread(spread, amount)
        if spread is not None and spread.shape is not None and not value:
            self.note(Kind.FIELD, "spread-incomplete", place)
        return value

    def lose(self, field: str, place: Place) -> None:
        """A field that the format has no place for."""
        self.book.read(Kind.FIELD)
        self.book.dropped(Kind.FIELD, "no-place", unheld(field), place)

    def lose_filled(self, noun: object, fields: Iterable[str], place: Place) -> None:
        """Those of `fields` that say something."""
        for field in fields:
            if getattr(noun, field):
                self.lose(field, place)

    def note(self, kind: Kind, code: str, place: Place, *, dropped: bool = True) -> None:
        """One more item of `kind`, left out or written with a remark."""
        self.book.read(kind)
        enter = self.book.dropped if dropped else self.book.remarked
        enter(kind, code, REASONS[code], place)

    def add(self, kind: Kind, place: Place) -> None:
        """A data set that the package did not have and that is written all the same."""
        self.book.read(kind)
        self.book.defaulted(kind, "generated", REASONS["generated"], place)

    def place(self, kind: Kind, heading: Heading) -> Place:
        name = heading.name.in_language("en") or heading.id
        return Place(file=f"{FOLDER_OF[TYPES[kind]]}/{openlca_id(kind, heading.id)}.json", field=name)

    def newest(self, kind: Kind, nouns: Sequence[_Noun]) -> list[_Noun]:
        """One data set for each @id: the newest version, in the order given."""
        best: dict[str, tuple[tuple[tuple[int, str], ...], int]] = {}
        for number, noun in enumerate(nouns):
            heading = _heading(noun)
            id_ = openlca_id(kind, heading.id)
            rank = (version_key(heading.version), -number)
            if id_ not in best or rank > best[id_]:
                best[id_] = rank
        chosen = {-number for _, number in best.values()}
        for number, noun in enumerate(nouns):
            if number not in chosen:
                self.note(kind, "older-version", self.place(kind, _heading(noun)))
        return [noun for number, noun in enumerate(nouns) if number in chosen]


def version_key(version: str) -> tuple[tuple[int, str], ...]:
    """Versions in order: 01.02.010 after 01.02.009."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in version.split("."))


def filled(value: Json) -> Json:
    """Without keys that say nothing; False and 0 do."""
    return {key: one for key, one in value.items() if one is not None and one not in ("", [], {})}


def repeated(names: Iterable[str]) -> frozenset[str]:
    """Those that occur more than once."""
    return frozenset(name for name, number in Counter(names).items() if number > 1)


def entry_name(type_: str, id_: str) -> str:
    """Where a data set is written."""
    return str(PurePosixPath(FOLDER_OF[type_]) / f"{id_}.json")


def _heading(noun: object) -> Heading:
    heading: Heading = noun.heading  # type: ignore[attr-defined]
    return heading


def _put(value: Json, extra: Extra) -> bool:
    """Sets a kept value where it belongs; a field of the noun that says otherwise goes before."""
    try:
        content = json.loads(extra.content)
    except ValueError:
        return False
    *above, last = (part.replace("~1", "/").replace("~0", "~") for part in extra.place.split("/"))
    node: Any = value
    for part in above:
        if isinstance(node, list):
            node = node[int(part)] if part.isdecimal() and int(part) < len(node) else None
        elif isinstance(node, dict):
            node = node.setdefault(part, {})
        else:
            return False
    if not isinstance(node, dict):
        return False
    standing = node.get(last)
    if standing is None or (
        isinstance(standing, dict)
        and isinstance(content, dict)
        and standing.get("@id") is not None
        and standing["@id"] == content.get("@id")
    ):
        node[last] = content
    elif isinstance(standing, list) and isinstance(content, list):
        standing.extend(content)
    return True
