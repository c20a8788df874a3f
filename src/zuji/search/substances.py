"""Lithium hydroxide is not sodium hydroxide, however alike the names read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zuji.search.tokens import is_cjk

FloatArray = NDArray[np.float64]

# Characters that name an element or a carbon chain. Those that stand in everyday words as well
# (金, 水, 氧, 氢, 碳) say nothing about the substance and are left out.
_TELLING = (
    "锂钠钾镁钙锶钡铝硅磷硫氯氟溴碘氮氨钛钒铬锰铁钴镍铜锌镓锗砷硒锆铌钼银"
    "镉铟锡锑碲铯镧铈镨钕钨铂汞铅铋甲乙丙丁戊己苯"
)
_BIT = {character: np.uint64(1 << place) for place, character in enumerate(_TELLING)}

_MISSING = 0.55  # the text names an element that the factor's name lacks
_OTHER = 0.62  # the factor's name has one more than the text
_NONE = 0.7  # the factor's name has none at all


class Substances:
    """Which elements and carbon chains the Chinese names of factors mention, one bit each."""

    def __init__(self, names: Sequence[str]) -> None:
        self._mentioned = np.array([_bits(name) for name in names], dtype=np.uint64)
        self._chinese = np.array([any(map(is_cjk, name)) for name in names], dtype=bool)

    def agreement(self, text: str) -> FloatArray:
        """A multiplier for what words and meaning say, shape (names,); 1 where nothing speaks against.

        English names are given no opinion.
        """
        asked = _bits(text)
        if not asked:
            return np.ones(len(self._mentioned))
        missing = (self._mentioned != 0) & ((asked & ~self._mentioned) != 0)
        none = self._chinese & (self._mentioned == 0)
        other = self._mentioned & ~asked != 0
        result: FloatArray = np.select([missing, none, other], [_MISSING, _NONE, _OTHER], 1.0)
        return result


def _bits(text: str) -> np.uint64:
    bits = np.uint64(0)
    for character in set(text):
        bits |= _BIT.get(character, np.uint64(0))
    return bits
