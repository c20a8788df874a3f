"""Slips of the pen put right: misspelt Latin words and Chinese characters taken for their likeness."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from zuji.search.tokens import is_cjk, pairs, runs

_WORD = re.compile(r"[a-z]{5,}")
_LIKENESS = 0.84


class Spelling:
    """What names and aliases know how to write. `lookalikes` are (written, meant) characters."""

    def __init__(self, texts: Iterable[str], lookalikes: Iterable[tuple[str, str]] = ()) -> None:
        known = [run for text in texts for run in runs(text)]
        self._words = sorted({word for run in known for word in _WORD.findall(run)})
        self._known = frozenset(self._words)
        self._pairs = frozenset(pair for run in known if is_cjk(run) for pair in pairs(run))
        self._meant: dict[str, list[str]] = defaultdict(list)
        for written, meant in lookalikes:
            self._meant[written].append(meant)

    def corrected(self, text: str) -> str:
        """`text` (folded) with words and characters that nothing here knows replaced by a near known one."""
        latin = _WORD.sub(lambda match: self._nearest(match[0]), text)
        return "".join(self._character(latin, i) for i in range(len(latin)))

    def _nearest(self, word: str) -> str:
        if word in self._known:
            return word
        near = get_close_matches(word, self._words, n=1, cutoff=_LIKENESS)
        return near[0] if near else word

    def _character(self, text: str, i: int) -> str:
        """The character at `i`, or what it was taken for where only that makes a known pair."""
        before, after = text[i - 1 : i] if i else "", text[i + 1 : i + 2]
        if self._fits(before, text[i], after):
            return text[i]
        meant = self._meant.get(text[i], ())
        return next((other for other in meant if self._fits(before, other, after)), text[i])

    def _fits(self, before: str, character: str, after: str) -> bool:
        return before + character in self._pairs or character + after in self._pairs
