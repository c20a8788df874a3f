"""The library as a list: what was asked for, what was found, and what else could be asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import overload

from django.db.models import Count, Q, QuerySet

from zuji.model.factors import Confidence, Factor, FactorKind
from zuji.search.tokens import query_terms
from zuji_web.accounts.actors import Actor
from zuji_web.factors import search
from zuji_web.factors.models import FactorDataset
from zuji_web.factors.queries import matcher, own_factors, own_matcher

_LONGEST = 200
_RANKED = 60
_HITS = 400
_ENOUGH_WORDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader asked for; empty parts exclude nothing."""

    text: str = ""
    kind: str = ""
    category: str = ""
    region: str = ""
    year: str = ""
    confidence: str = ""
    usable: str = ""

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "Wanted":
        """From an address; what cannot be meant is left out."""
        given = {field.name: parameters.get(field.name, "").strip()[:_LONGEST] for field in fields(cls)}
        given["text"] = parameters.get("q", "").strip()[:_LONGEST].replace("\0", "")
        if given["kind"] not in set(FactorKind):
            given["kind"] = ""
        if given["confidence"] not in set(Confidence):
            given["confidence"] = ""
        if not given["year"].isdecimal() or len(given["year"]) > 4:
            given["year"] = ""
        given["usable"] = "1" if given["usable"] == "1" else ""
        return cls(**given)

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the wording is asked for."""
        return replace(self, text="") != Wanted()

    def query(self) -> Q:
        """The filters, without the wording."""
        found = Q(current=True)
        for column, value in (
            ("kind", self.kind),
            ("category", self.category),
            ("geography", self.region),
            ("last_year", self.year),
            ("confidence", self.confidence),
        ):
            if value:
                found &= Q(**{column: value})
        return found & Q(usable=True) if self.usable else found


def own(wanted: Wanted, *, by: Actor) -> list[Factor]:
    """Own factors of the reader's organisation that fit what is asked for, best first; nobody else's."""
    fitting = {factor.id: factor for factor in own_factors(by) if _fits(factor, wanted)}
    ranked = own_matcher(by.organisation.pk) if by.organisation and fitting and wanted.text else None
    if ranked is None:
        return list(fitting.values())
    found = [each.factor.id for each in ranked.search(wanted.text, limit=_RANKED) if each.good]
    exact = [id_ for id_ in fitting if wanted.text.casefold() == id_.casefold()]
    return [fitting[id_] for id_ in dict.fromkeys([*exact, *found]) if id_ in fitting]


def _fits(factor: Factor, wanted: Wanted) -> bool:
    asked = (
        (wanted.kind, factor.kind.value),
        (wanted.category, factor.category),
        (wanted.region, factor.geography),
        (wanted.year, factor.year),
        (wanted.confidence, factor.confidence.value),
    )
    return all(not value or value == has for value, has in asked)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that would still find something, and how much."""

    value: str
    count: int
    chosen: bool


class Ranked(Sequence[FactorDataset]):
    """Datasets in a given order, read a page at a time."""

    def __init__(self, keys: Sequence[int]) -> None:
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, part: int) -> FactorDataset: ...
    @overload
    def __getitem__(self, part: slice) -> list[FactorDataset]: ...
    def __getitem__(self, part: int | slice) -> FactorDataset | list[FactorDataset]:
        if isinstance(part, int):
            return FactorDataset.objects.get(pk=self._keys[part])
        keys = self._keys[part]
        held = FactorDataset.objects.select_related("edition").in_bulk(keys)
        return [held[key] for key in keys]

    def __iter__(self) -> Iterator[FactorDataset]:
        return iter(self[:])


def found(wanted: Wanted) -> Sequence[FactorDataset] | QuerySet[FactorDataset]:
    """The datasets asked for: by rank where there is a wording, else in the order of the library."""
    rows = FactorDataset.objects.filter(wanted.query()).select_related("edition")
    if not wanted.text:
        return rows
    order = ranked_keys(wanted.text)
    allowed = set(rows.filter(pk__in=order).values_list("pk", flat=True))
    return Ranked([key for key in order if key in allowed])


_COLUMNS = {
    "kind": "kind",
    "category": "category",
    "region": "geography",
    "year": "last_year",
    "confidence": "confidence",
}


def choices(wanted: Wanted) -> dict[str, list[Choice]]:
    """By each filter, which values would find how much when the others stay as they are."""
    told = {}
    order = ranked_keys(wanted.text) if wanted.text else []
    for name, column in _COLUMNS.items():
        others = replace(wanted, **{name: ""})
        if name == "kind":
            others = replace(others, category="")
        rows = FactorDataset.objects.filter(others.query())
        if wanted.text:
            rows = rows.filter(pk__in=order)
        counted = (
            rows.order_by().exclude(**{f"{column}__isnull": True}).values_list(column).annotate(Count("pk"))
        )
        chosen = getattr(wanted, name)
        told[name] = [Choice(str(value), count, str(value) == chosen) for value, count in counted]
    told["year"].sort(key=lambda choice: choice.value, reverse=True)
    for name in ("category", "region"):
        told[name].sort(key=lambda choice: (-choice.count, choice.value))
    kinds, confidences = list(FactorKind), list(Confidence)
    told["kind"].sort(key=lambda choice: kinds.index(FactorKind(choice.value)))
    told["confidence"].sort(key=lambda choice: confidences.index(Confidence(choice.value)))
    return told


def ranked_keys(text: str) -> list[int]:
    """Primary keys for a wording, the best first: what the ranking is sure of, then what has the words."""
    good = _good(text)
    held = dict(FactorDataset.objects.filter(current=True, code__in=good).values_list("code", "pk"))
    first = [held[code] for code in good if code in held]
    return list(dict.fromkeys([*first, *_by_words(text)]))


@lru_cache(maxsize=256)
def _good(text: str) -> tuple[str, ...]:
    """Codes that the ranking of the shipped library is sure of; the same for every request."""
    return tuple(c.factor.id for c in matcher().search(text, limit=_RANKED) if c.good)


def _by_words(text: str) -> list[int]:
    """Datasets that have most of the words, however they rank otherwise."""
    terms = query_terms(text)
    hits = search.ranked(text, _HITS)
    words = dict(FactorDataset.objects.filter(pk__in=hits).values_list("pk", "tokens"))
    enough = _ENOUGH_WORDS * len(terms)
    return [key for key in hits if len(set(terms).intersection(words[key].split())) >= enough]
