"""BM25 over short names, in memory, with scores that mean the same for every query.

A document is one name. Scores are divided by what the query would score against itself, so 1 is
"says the same" and a word that no name knows counts against every name.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from zuji.search.tokens import is_cjk, tokens

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_SATURATION = 1.2  # k1 of BM25: names are short, a repeated word says little more
_LENGTH = 0.45  # b of BM25: how much a longer name is held back
_CHARACTER = 0.18  # a single Chinese character says far less than a pair
_UNKNOWN_PAIR = 0.45  # pairs across word borders occur in no name
_UNKNOWN_CODE = 0.12  # grades and sizes are seldom in a name
_UNKNOWN_WORD = 0.6
_NUMBER = 0.5
_CONTEXT = 0.25  # weight of the category beside the name
_TYPO_FROM = 5  # letters a Latin word needs before a misspelling is looked for
_TYPO_LIKENESS = 0.84


class LexicalIndex:
    """An inverted index of names; `scores` gives one number from 0 to 1 per name."""

    def __init__(self, names: Sequence[str], contexts: Sequence[str] = ()) -> None:
        """Index `names`; `contexts`, when given, are as many side texts of lower weight."""
        weights = [_weighted(name, contexts[i] if contexts else "") for i, name in enumerate(names)]
        self.size = len(names)
        self._number: dict[str, int] = {}
        columns = [self._number.setdefault(token, len(self._number)) for row in weights for token in row]
        lengths = np.array([_length(name) for name in names], dtype=np.float64)
        self._mean_length = float(lengths.mean()) if len(names) else 1.0
        self._postings(weights, np.array(columns, dtype=np.int64), lengths)
        self._latin = [token for token in self._number if token.isascii() and token.isalpha()]

    def _postings(self, weights: list[dict[str, float]], columns: IntArray, lengths: FloatArray) -> None:
        rows = np.repeat(np.arange(self.size), [len(row) for row in weights])
        counts = np.array([count for row in weights for count in row.values()], dtype=np.float64)
        order = np.argsort(columns, kind="stable")
        self._rows = rows[order]
        frequency = np.bincount(columns, minlength=len(self._number)).astype(np.float64)
        self._starts = np.concatenate(([0], np.cumsum(frequency))).astype(np.int64)
        self._idf = np.log1p((self.size - frequency + 0.5) / (frequency + 0.5))
        self._idf_unknown = float(np.log1p((self.size + 0.5) / 0.5))
        self._gains = self._saturated(counts[order], lengths[self._rows])

    def _saturated(self, count: FloatArray, length: FloatArray) -> FloatArray:
        """BM25 term weight without the inverse document frequency."""
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * length / self._mean_length)
        gain: FloatArray = count * (_SATURATION + 1) / (count + norm)
        return gain

    def __contains__(self, token: object) -> bool:
        return token in self._number

    def scores(self, text: str) -> FloatArray:
        """How well each name says `text`, 0 to 1, shape (names,)."""
        result = np.zeros(self.size)
        terms = self._terms(text)
        length = np.array([max(_length(text), 1.0)])
        best = 0.0
        for token, weight in terms.items():
            best += weight * float(self._saturated(np.ones(1), length)[0])
            number = self._number.get(token)
            if number is not None:
                part = slice(self._starts[number], self._starts[number + 1])
                result[self._rows[part]] += weight * self._gains[part]
        return np.minimum(result / best, 1.0) if best else result

    def _terms(self, text: str) -> Mapping[str, float]:
        """Query tokens with what each can contribute; misspelt Latin words as the word they resemble."""
        terms: dict[str, float] = {}
        for token in dict.fromkeys(tokens(text)):
            known = self._known(token)
            terms[known] = max(terms.get(known, 0.0), self._weight(known))
        return terms

    def _known(self, token: str) -> str:
        if token in self._number or len(token) < _TYPO_FROM or not (token.isascii() and token.isalpha()):
            return token
        close = get_close_matches(token, self._latin, n=1, cutoff=_TYPO_LIKENESS)
        return close[0] if close else token

    def _weight(self, token: str) -> float:
        number = self._number.get(token)
        idf = self._idf_unknown if number is None else float(self._idf[number])
        has_digit = any(character.isdigit() for character in token)
        if is_cjk(token):
            share = _CHARACTER if len(token) == 1 else 1.0
            return idf * share * (_UNKNOWN_PAIR if number is None and len(token) > 1 else 1.0)
        if number is None:
            return idf * (_UNKNOWN_CODE if has_digit else _UNKNOWN_WORD)
        return idf * (_NUMBER if has_digit else 1.0)


def _weighted(name: str, context: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for token in tokens(name):
        weights[token] = weights.get(token, 0.0) + 1.0
    for token in tokens(context):
        weights.setdefault(token, _CONTEXT)
    return weights


def _length(name: str) -> float:
    """Words in a name, a pair of characters counting as one."""
    return sum(1.0 for token in tokens(name) if not (is_cjk(token) and len(token) == 1))
