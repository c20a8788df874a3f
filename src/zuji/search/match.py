"""Ranked factors for an item as a factory writes it. A person confirms; nothing is taken by itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray

from zuji.model.factors import Factor, FactorKind
from zuji.model.lines import Line, LineKind
from zuji.model.stages import Stage
from zuji.search import shipped
from zuji.search.embed import Embedder, NameVectors
from zuji.search.lexical import LexicalIndex
from zuji.search.names import FactorNames, item_key, unbracketed
from zuji.search.rank import (
    GRID_CO2_BARRED,
    KINDS_OF_LINE,
    Candidate,
    Reason,
    ReasonKind,
    factor_year,
    flags,
    geography_fit,
    ordered,
    preference,
    unit_fit,
)
from zuji.search.semantic import MeaningIndex
from zuji.search.spelling import Spelling
from zuji.search.substances import Substances
from zuji.search.tokens import folded
from zuji.search.wording import ONE_MORE, Alias, AliasHit, Wording
from zuji.text import Text

FloatArray = NDArray[np.float64]

FLOOR = 0.15  # relevance below which a factor is not even listed
_CODE_LENGTH = 6  # characters from which the tail of an id counts as a code
_WORDS = 0.96
_SAME_WORDS = 0.995
_EXACT_NAME = 0.985  # the very name: a little less sure than the code, a little more than an alias
_MEANING = 0.65
_SUPPORT = 0.35  # what the weaker of words and meaning adds
_BRACKETS_LEFT_OUT = 0.97
_INFORMATION_ONLY = 0.8  # in an open search, what no line can be multiplied by comes later
_PREFERENCE_SPAN = 0.94


class Matcher:
    """Searches one set of factors. Build once, ask often; building takes a fraction of a second.

    `remembered` maps an item's wording to the factor that the organisation confirmed for it.
    `embedder` adds meaning; None leaves matching to words and aliases.
    """

    def __init__(
        self,
        factors: Iterable[Factor],
        embedder: Embedder | None = None,
        remembered: Mapping[str, str] | None = None,
        *,
        aliases: Iterable[Alias] | None = None,
        vectors: NameVectors | None = None,
    ) -> None:
        self.factors: tuple[Factor, ...] = tuple(factors)
        self._position = {factor.id: i for i, factor in enumerate(self.factors)}
        self._names = FactorNames(self.factors)
        self._words = LexicalIndex(self._names.texts, self._names.contexts)
        rows = shipped.aliases() if aliases is None else tuple(aliases)
        self._wording = Wording(self.factors, rows, shipped.qualifiers())
        self._spelling = Spelling((*self._names.texts, *self._wording.aliases), shipped.lookalikes())
        self._substances = Substances([factor.name.zh for factor in self.factors])
        self._remembered = {item_key(text): factor_id for text, factor_id in (remembered or {}).items()}
        self._meaning = _meaning_index(self._names.texts, embedder, vectors or shipped.name_vectors())
        self._newest = max((year for f in self.factors if (year := factor_year(f))), default=0)
        self._kinds = np.array([factor.kind.value for factor in self.factors])
        self._usable = np.array([f.usable or f.kind is FactorKind.GWP for f in self.factors], dtype=bool)

    def remembering(self, remembered: Mapping[str, str]) -> "Matcher":
        """This matcher with an organisation's confirmed matches; every index is shared."""
        other = copy(self)
        other._remembered = {item_key(text): factor_id for text, factor_id in remembered.items()}  # noqa: SLF001 - its own kind
        return other

    def search(
        self,
        text: str,
        *,
        kinds: Iterable[FactorKind] | None = None,
        limit: int = 20,
        geography: str | None = None,
    ) -> list[Candidate]:
        """Factors for a search box, best first; `geography` (CN, CN-SC) prefers and does not exclude."""
        allowed = np.ones(len(self.factors), dtype=bool)
        if kinds is not None:
            allowed = np.isin(self._kinds, [kind.value for kind in kinds])
        return self._ranked(text, allowed, _Asked(geography=geography or "CN", year=self._newest), limit)

    def match(
        self,
        item: Line | str,
        *,
        kind: LineKind | None = None,
        unit: str = "",
        stage: Stage | None = None,
        geography: str = "CN",
        year: int | None = None,
        limit: int = 8,
    ) -> list[Candidate]:
        """Factors that may carry an inventory line, best first.

        `item` is a line, whose kind, unit and stage then stand in for what is not given, or its
        wording. Grid CO2 factors are never among them. `year` is the year of the data, for the age.
        """
        if isinstance(item, Line):
            kind, unit = kind or item.kind, unit or item.quantity.unit
            stage, item = stage or item.stage, item.item
        allowed = self._usable & (self._kinds != FactorKind.GRID_CO2.value)
        if kind is not None:
            allowed &= np.isin(self._kinds, [k.value for k in _kinds_for(kind, stage)])
        return self._ranked(item, allowed, _Asked(geography, year or self._newest, unit, kind), limit)

    def _ranked(self, text: str, allowed: NDArray[np.bool_], asked: "_Asked", limit: int) -> list[Candidate]:
        if not item_key(text) or not allowed.any():
            return []
        evidence = self._evidence(text)
        relevance = np.where(self._usable, 1.0, _INFORMATION_ONLY) * evidence.relevance()
        relevance = np.where(allowed, relevance, 0.0)
        pool = np.flatnonzero(relevance >= FLOOR)
        best = pool[np.argsort(-relevance[pool], kind="stable")][: max(6 * limit, 60)]
        made = [self._candidate(int(i), float(relevance[i]), evidence, asked) for i in best]
        return ordered(made)[:limit]

    def _candidate(self, i: int, relevance: float, evidence: "_Evidence", asked: "_Asked") -> Candidate:
        factor = self.factors[i]
        year = factor_year(factor)
        age = None if year is None else max(asked.year - year, 0)
        fit = geography_fit(factor, asked.geography)
        unit_ok, unit_note = unit_fit(factor, asked.unit, asked.kind)
        score = relevance * _PREFERENCE_SPAN + preference(factor, fit, age)
        return Candidate(
            factor=factor,
            score=float(np.clip(score, 0.0, 1.0)),
            relevance=relevance,
            reasons=evidence.reasons(i),
            unit_ok=unit_ok,
            unit_note=unit_note,
            geography=fit,
            age=age,
            flags=flags(factor, fit, age),
            barred=GRID_CO2_BARRED if factor.kind is FactorKind.GRID_CO2 else None,
        )

    def _evidence(self, text: str) -> "_Evidence":
        said_here = text
        text = self._spelling.corrected(folded(text))
        bare = self._wording.without_qualifiers(text)
        short = unbracketed(bare)
        words = self._words.scores(bare)
        if short != bare:
            words = np.maximum(words, _BRACKETS_LEFT_OUT * self._words.scores(short))
        meaning = self._meaning.scores(short) if self._meaning else np.zeros(len(words))
        certain, said = self._certain(said_here, text)
        agreement = self._substances.agreement(text)
        return _Evidence(
            words=agreement * self._names.best(words),
            meaning=agreement * self._names.best(meaning),
            certain=certain,
            said=said,
            name_of=lambda i, by_words: self._names.leading(i, words if by_words else meaning),
        )

    def _certain(self, text: str, corrected: str) -> tuple[FloatArray, dict[int, list[Reason]]]:
        """Scores and reasons from memory, codes and aliases."""
        scores = np.zeros(len(self.factors))
        said: dict[int, list[Reason]] = {}
        for factor_id, reason in self._known(text, corrected):
            i = self._position.get(factor_id)
            if i is not None:
                scores[i] = max(scores[i], reason.score) + (ONE_MORE if scores[i] else 0.0)
                said.setdefault(i, []).append(reason)
        return scores, said

    def _known(self, text: str, corrected: str) -> list[tuple[str, Reason]]:
        found: list[tuple[str, Reason]] = []
        remembered = self._remembered.get(item_key(text))
        if remembered:
            found.append((remembered, _remembered_reason(text)))
        found += [(factor_id, _code_reason(factor_id)) for factor_id in self._coded(text)]
        for hit in self._wording.hits(corrected):
            found += [(factor_id, _alias_reason(hit)) for factor_id in hit.factors]
        return found

    def _coded(self, text: str) -> list[str]:
        code = text.strip().casefold()
        if len(code) < _CODE_LENGTH or " " in code:
            return []
        return [f for f in self._position if f.casefold() == code or f.casefold().endswith(f"_{code}")]


class _Asked:
    """What a person asked for beside the wording."""

    __slots__ = ("geography", "kind", "unit", "year")

    def __init__(self, geography: str, year: int, unit: str = "", kind: LineKind | None = None) -> None:
        self.geography, self.year, self.unit, self.kind = geography, year, unit, kind


class _Evidence:
    """What speaks for each factor: words, meaning, and what is certain. Arrays of shape (factors,)."""

    def __init__(
        self,
        words: FloatArray,
        meaning: FloatArray,
        certain: FloatArray,
        said: Mapping[int, Sequence[Reason]],
        name_of: Callable[[int, bool], str],
    ) -> None:
        self._words, self._meaning, self._certain = words, meaning, certain
        self._said, self._name_of = said, name_of

    def relevance(self) -> FloatArray:
        """The surest reason leads; words and meaning support each other only where both are real."""
        words = np.where(self._words >= _SAME_WORDS, _EXACT_NAME, _WORDS * self._words)
        meaning = _MEANING * self._meaning
        lead, second = np.maximum(words, meaning), np.minimum(words, meaning)
        blended = lead + _SUPPORT * second * (1 - lead)
        supported = self._certain + 0.02 * blended
        merged: FloatArray = np.where(self._certain > 0, np.maximum(supported, blended), blended)
        return np.minimum(merged, 1.0)

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """Reasons for factor `i`, strongest first."""
        found = list(self._said.get(i, ()))
        if self._words[i] >= FLOOR:
            found.append(_words_reason(float(self._words[i]), self._name_of(i, True)))  # noqa: FBT003 - reads as the index
        if self._meaning[i] >= FLOOR:
            found.append(_meaning_reason(float(self._meaning[i]), self._name_of(i, False)))  # noqa: FBT003 - as above
        return tuple(sorted(found, key=lambda reason: -reason.score))


def _meaning_index(
    names: Sequence[str], embedder: Embedder | None, vectors: NameVectors | None
) -> MeaningIndex | None:
    """The index of meaning where there is an encoder and vectors that it made."""
    if embedder is None or vectors is None or not vectors.made_by(embedder):
        return None
    return MeaningIndex(names, embedder, vectors)


def _kinds_for(kind: LineKind, stage: Stage | None) -> frozenset[FactorKind]:
    """Kinds of factor for a kind of line; a material at its end of life may also be treated as waste."""
    kinds = KINDS_OF_LINE.get(kind, frozenset())
    if kind is LineKind.MATERIAL and stage is Stage.END_OF_LIFE:
        return kinds | {FactorKind.WASTE_TREATMENT}
    return kinds


def _remembered_reason(text: str) -> Reason:
    said = Text(f"本单位曾为“{text}”确认过此因子", f"confirmed before for “{text}”")
    return Reason(kind=ReasonKind.REMEMBERED, score=1.0, text=said)


def _code_reason(factor_id: str) -> Reason:
    return Reason(
        kind=ReasonKind.CODE, score=1.0, text=Text(f"编码 {factor_id} 一致", f"code {factor_id} is the same")
    )


def _alias_reason(hit: AliasHit) -> Reason:
    said = Text(f"“{hit.alias}”是它的别名", f"“{hit.alias}” is another name of it")
    return Reason(kind=ReasonKind.ALIAS, score=hit.score, text=said)


def _words_reason(score: float, name: str) -> Reason:
    said = Text(f"与“{name}”文字相近（{score:.0%}）", f"words like “{name}” ({score:.0%})")
    return Reason(kind=ReasonKind.WORDS, score=_WORDS * score, text=said)


def _meaning_reason(score: float, name: str) -> Reason:
    said = Text(f"与“{name}”含义相近（{score:.0%}）", f"means much the same as “{name}” ({score:.0%})")
    return Reason(kind=ReasonKind.MEANING, score=_MEANING * score, text=said)
