"""What people call things: curated aliases, and words that say nothing about what a thing is."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zuji.model.factors import Factor
from zuji.search.names import factor_names, item_key, joined, plain_name, without_brackets
from zuji.search.tokens import CJK, folded

_CHINESE = re.compile(f"[{CJK}]")
_WORD = re.compile(rf"[{CJK}]|[a-z]{{3,}}")

EXACT = 0.92  # the alias is the whole text
ONE_MORE = 0.015  # each further alias that points to the same factor
_AFTER_MODIFIER = 0.82  # "modified PP": the alias is the noun, something unknown stands before it
_BEFORE_NOUN = 0.45  # "PVC cable": the alias only modifies another noun


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One curated row: `target` is a factor id or the name that factors bear."""

    alias: str
    target: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasHit:
    """An alias found in a text: how surely the text means it, and the factors it stands for."""

    alias: str
    score: float
    factors: tuple[str, ...]


class Wording:
    """Aliases resolved against factors, and the qualifiers to leave out of a text."""

    def __init__(
        self, factors: Iterable[Factor], aliases: Iterable[Alias], qualifiers: Iterable[str]
    ) -> None:
        self._targets = _resolved(factors, aliases)
        longest_first = sorted(self._targets, key=len, reverse=True)
        # A single character is a word of its own only where it stands alone: 水 is not in 双氧水.
        self._patterns = {alias: _pattern(alias) for alias in longest_first if len(alias) > 1}
        words = sorted({folded(word) for word in qualifiers}, key=len, reverse=True)
        self._qualifiers = re.compile("|".join(map(re.escape, words))) if words else None

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every alias that points to a factor here."""
        return tuple(self._targets)

    def without_qualifiers(self, text: str) -> str:
        """`text` without words such as "bought" or "in bulk"; unchanged where nothing else would be left."""
        if self._qualifiers is None:
            return folded(text)
        rest = self._qualifiers.sub(" ", folded(text)).strip()
        return rest if _WORD.search(rest) or not _WORD.search(folded(text)) else folded(text)

    def hits(self, text: str) -> list[AliasHit]:
        """Aliases in `text`, longest first, none inside another."""
        bare = self.without_qualifiers(text)
        for form in (text, bare, without_brackets(bare)):
            key = item_key(joined(form))
            if key in self._targets:
                return [AliasHit(alias=key, score=EXACT, factors=self._targets[key])]
        found: list[AliasHit] = []
        rest = joined(bare)
        for alias, pattern in self._patterns.items():
            place = pattern.search(rest)
            if place:
                score = _certainty(rest[: place.start()], rest[place.end() :])
                found.append(AliasHit(alias=alias, score=score, factors=self._targets[alias]))
                rest = f"{rest[: place.start()]}\x00{rest[place.end() :]}"
        return found


def _resolved(factors: Iterable[Factor], aliases: Iterable[Alias]) -> Mapping[str, tuple[str, ...]]:
    """Alias to factor ids; an alias without any factor falls away."""
    named: dict[str, list[str]] = defaultdict(list)
    for factor in factors:
        for key in {factor.id, *(item_key(name) for name in factor_names(factor))}:
            named[key].append(factor.id)
    targets: dict[str, dict[str, None]] = defaultdict(dict)
    for row in aliases:
        ids = (
            named.get(row.target)
            or named.get(item_key(row.target))
            or named.get(plain_name(row.target))
            or ()
        )
        targets[item_key(joined(row.alias))].update(dict.fromkeys(ids))
    return {alias: tuple(ids) for alias, ids in targets.items() if ids}


def _pattern(alias: str) -> re.Pattern[str]:
    """Chinese anywhere, Latin words only as whole words; any mark may stand for a space."""
    body = r"[\W_]*".join(map(re.escape, alias.split()))
    before = "" if _CHINESE.match(alias) else r"(?<![a-z0-9])"
    after = "" if _CHINESE.match(alias[-1]) else r"(?![a-z])"
    return re.compile(before + body + after)


def _certainty(before: str, after: str) -> float:
    """How surely a text means the alias inside it; the noun of a Chinese or English name comes last."""
    if _WORD.search(_next_word(after)):
        return _BEFORE_NOUN
    return _AFTER_MODIFIER if _WORD.search(before) else EXACT - 0.03


def _next_word(text: str) -> str:
    """What follows, without remarks in brackets and without what follows a space or a comma."""
    return re.split(r"[\s,，;；/(（]", without_brackets(text), maxsplit=1)[0]
