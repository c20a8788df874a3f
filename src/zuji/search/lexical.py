"""BM25 over short names, in memory, with scores that mean the same for every query.

A document is one name. Scores are divided by what the query would score against itself, so 1 is
"says the same" and a word that no name knows counts against every name.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zuji.search.tokens import is_cjk, pairs, runs, tokens

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_SATURATION = 1.2  # k1 of BM25: names are short, a repeated word says little more
_LENGTH = 0.45  # b of BM25: how much a longer name is held back
_CHARACTER = 0.18  # a single Chinese character says far less than a pair
_ALONE = "|"  # marks a character that is a word of its own; no tokenizer makes this sign
_BORDER_PAIR = 0.2  # an unknown pair of which both characters are explained by their other neighbour
_HEAD = 1.5  # the last pair of a Chinese wording is its noun
_UNKNOWN_CODE = 0.12  # grades and sizes are seldom in a name
_UNKNOWN_WORD = 0.6
_NUMBER = 0.5
_CONTEXT = 0.25  # weight of the category beside the name
_SAID_BY_QUERY = 0.75  # the rest of the score is how much of the name the query says


class LexicalIndex:
    """An inverted index of names; `scores` gives one number from 0 to 1 per name."""

    def __init__(self, names: Sequence[str], contexts: Sequence[str] = ()) -> None:
        """Index `names`; `contexts`, when given, are as many side texts of lower weight."""
        said = [_index_tokens(name) for name in names]
        beside = {context: _index_tokens(context) for context in set(contexts)}
        weights = [_weighted(said[i], beside[contexts[i]] if contexts else ()) for i in range(len(names))]
        self.size = len(names)
        self._number: dict[str, int] = {}
        columns = [self._number.setdefault(token, len(self._number)) for row in weights for token in row]
        lengths = np.array([_length(row) for row in said], dtype=np.float64)
        self._mean_length = float(lengths.mean()) if len(names) else 1.0
        self._postings(weights, np.array(columns, dtype=np.int64), lengths)

    def _postings(self, weights: list[dict[str, float]], columns: IntArray, lengths: FloatArray) -> None:
        rows = np.repeat(np.arange(self.size), [len(row) for row in weights])
        counts = np.array([count for row in weights for count in row.values()], dtype=np.float64)
        order = np.argsort(columns, kind="stable")
        self._rows = rows[order]
        frequency = np.bincount(columns, minlength=len(self._number)).astype(np.float64)
        self._starts = np.concatenate(([0], np.cumsum(frequency))).astype(np.int64)
        self._idf = np.log1p((self.size - frequency + 0.5) / (frequency + 0.5))
        self._is_name = counts[order] >= 1.0
        self._idf_unknown = float(np.log1p((self.size + 0.5) / 0.5))
        self._gains = self._saturated(counts[order], lengths[self._rows])
        self._shares = self._name_shares(
            np.array([_token_share(token) for token in self._number]), columns[order]
        )

    def _name_shares(self, by_kind: FloatArray, tokens_of: IntArray) -> FloatArray:
        """What part of its name each posting is, by rarity; the category is no part of the name."""
        part = (by_kind * self._idf)[tokens_of] * self._is_name
        whole = np.bincount(self._rows, weights=part, minlength=self.size)
        shares: FloatArray = part / np.where(whole, whole, 1.0)[self._rows]
        return shares

    def _saturated(self, count: FloatArray, length: FloatArray) -> FloatArray:
        """BM25 term weight without the inverse document frequency."""
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * length / self._mean_length)
        gain: FloatArray = count * (_SATURATION + 1) / (count + norm)
        return gain

    def scores(self, text: str) -> FloatArray:
        """How well each name says `text`, 0 to 1, shape (names,)."""
        said = np.zeros(self.size)
        covered = np.zeros(self.size)
        length = np.array([max(_length(_index_tokens(text)), 1.0)])
        gain = float(self._saturated(np.ones(1), length)[0])
        best = 0.0
        for token, weight in self._terms(text).items():
            best += weight * gain
            number = self._number.get(token)
            if number is not None:
                part = slice(self._starts[number], self._starts[number + 1])
                rows = self._rows[part]
                said[rows] += weight * self._gains[part]
                covered[rows] += self._shares[part]
        if not best:
            return said
        result: FloatArray = np.minimum(said / best, 1.0)
        return result * (_SAID_BY_QUERY + (1 - _SAID_BY_QUERY) * np.minimum(covered, 1.0))

    def _terms(self, text: str) -> dict[str, float]:
        """Query tokens with what each can contribute."""
        terms: dict[str, float] = {}
        for run in runs(text):
            weights = self._chinese(run) if is_cjk(run) else {t: self._latin(t) for t in tokens(run)}
            for token, weight in weights.items():
                terms[token] = max(terms.get(token, 0.0), weight)
        return terms

    def _chinese(self, run: str) -> dict[str, float]:
        if len(run) == 1:
            return {run: _CHARACTER * self._rarity(run), run + _ALONE: self._rarity(run + _ALONE)}
        neighbours = pairs(run)
        known = [pair in self._number for pair in neighbours]
        # Which characters stand in a pair that some name knows.
        explained = [any(known[max(i - 1, 0) : i + 1]) for i in range(len(run))]
        weights = {character: _CHARACTER * self._rarity(character) for character in run}
        for i, pair in enumerate(neighbours):
            border = not known[i] and explained[i] and explained[i + 1]
            head = _HEAD if i == len(neighbours) - 1 else 1.0
            weights[pair] = head * self._rarity(pair) * (_BORDER_PAIR if border else 1.0)
        return weights

    def _latin(self, token: str) -> float:
        has_digit = any(character.isdigit() for character in token)
        if token in self._number:
            return self._rarity(token) * (_NUMBER if has_digit else 1.0)
        return self._rarity(token) * (_UNKNOWN_CODE if has_digit else _UNKNOWN_WORD)

    def _rarity(self, token: str) -> float:
        """Inverse document frequency; a token of no name is the rarest."""
        number = self._number.get(token)
        return self._idf_unknown if number is None else float(self._idf[number])


def _index_tokens(text: str) -> list[str]:
    """Tokens of `text`, and a character that is a whole word (铜, 砂) once more as such."""
    return tokens(text) + [run + _ALONE for run in runs(text) if len(run) == 1 and is_cjk(run)]


def _token_share(token: str) -> float:
    return _CHARACTER if is_cjk(token) and len(token) == 1 else 1.0


def _weighted(name: Sequence[str], context: Sequence[str]) -> dict[str, float]:
    """How much each token counts: those of the name as often as they stand in it, those beside it less."""
    weights: dict[str, float] = {}
    for token in name:
        weights[token] = weights.get(token, 0.0) + 1.0
    for token in context:
        weights.setdefault(token, _CONTEXT)
    return weights


def _length(name: Sequence[str]) -> float:
    """Words in a name, a pair of characters counting as one."""
    return float(sum(1 for token in name if len(token) > 1 or token.isascii()))
