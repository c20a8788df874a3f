"""The names under which factors can be found, each indexed once although many factors bear it."""

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from zuji.model.factors import Factor, FactorKind
from zuji.search.tokens import folded

FloatArray = NDArray[np.float64]

_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[.·\-](?=[^\W\d_])")
_MARKS = re.compile(r"[^\w%]+")

# "Diesel combustion (CO2)" is looked for as "diesel".
_COMBUSTION = ("燃烧", " combustion")


def without_brackets(text: str) -> str:
    """`text` with a space where a bracketed remark stood."""
    return _BRACKETS.sub(" ", text)


def item_key(text: str) -> str:
    """The form under which a confirmed item is remembered: one width, one case, no spacing marks."""
    return _MARKS.sub(" ", folded(text)).strip()


def plain_name(text: str) -> str:
    """A name without what stands in brackets and without marks: 石灰(市场平均) is 石灰."""
    return item_key(without_brackets(text)) or item_key(text)


def unbracketed(text: str) -> str:
    """`text` without bracketed remarks; the whole text where nothing else would be left."""
    return without_brackets(text).strip() or text


def joined(text: str) -> str:
    """`text` folded, with letters that a dot or hyphen parts put together: PP-R is ppr."""
    return _BETWEEN_LETTERS.sub("", folded(text))


def factor_names(factor: Factor) -> Iterator[str]:
    """Every wording of a factor's name: as published, without brackets, and its own aliases."""
    for name in (factor.name.zh, factor.name.en):
        if name:
            yield name
            yield from _shorter(plain_name(name), factor.kind)
    yield from factor.aliases


def _shorter(plain: str, kind: FactorKind) -> Iterator[str]:
    yield plain
    if kind is FactorKind.FUEL_COMBUSTION:
        for ending in _COMBUSTION:
            if plain.endswith(ending):
                yield plain.removesuffix(ending)


def embedded_names(factors: Iterable[Factor]) -> list[str]:
    """Distinct names, folded, of factors that can stand on a line: those worth a vector."""
    return list(dict.fromkeys(folded(name) for f in factors if f.usable for name in factor_names(f)))


class FactorNames:
    """Distinct names with their category beside them, and which factors bear them."""

    def __init__(self, factors: Sequence[Factor]) -> None:
        numbers: dict[tuple[str, str], int] = {}
        owners: list[int] = []
        borne: list[int] = []
        for i, factor in enumerate(factors):
            for name in dict.fromkeys(folded(name) for name in factor_names(factor)):
                owners.append(i)
                borne.append(numbers.setdefault((name, factor.category), len(numbers)))
        self.texts: list[str] = [name for name, _ in numbers]
        self.contexts: list[str] = [category for _, category in numbers]
        self._borne = np.array(borne, dtype=np.int64)
        self._starts = np.searchsorted(np.array(owners), np.arange(len(factors) + 1))

    def best(self, scores: FloatArray) -> FloatArray:
        """The highest score among each factor's names, shape (factors,). Every factor has a name."""
        if not len(self._borne):
            return np.zeros(0)
        best: FloatArray = np.maximum.reduceat(scores[self._borne], self._starts[:-1])
        return best

    def leading(self, factor: int, scores: FloatArray) -> str:
        """The name of `factor` (its position) that scores highest."""
        names = self._borne[self._starts[factor] : self._starts[factor + 1]]
        return self.texts[int(names[np.argmax(scores[names])])]
