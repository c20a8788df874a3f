"""What is asked for: a process by number, identity or words, and how much of its product."""

import operator
from collections.abc import Sequence
from typing import SupportsIndex

from zuji.errors import InvalidInput, Problem, problem
from zuji.lca.network.arrays import Processes, Strings
from zuji.text import Text

MOST = 1e100
"""The largest amount of a product that is asked for; far beyond it footprints overflow."""
_LISTED = 8  # candidates that a refusal names


class Finder:
    """Looks through ids, names, products and places of a database."""

    def __init__(self, processes: Processes) -> None:
        self._own = processes
        own = processes
        parts = zip(
            own.id, own.name, own.name_en, own.product_name, own.product_name_en, own.location, strict=True
        )
        self._lines = ["\n".join(part).casefold() for part in parts]

    def find(self, text: str, limit: int) -> list[int]:
        """Indices of the processes that hold every word of `text`, the shortest descriptions first."""
        exact = [index for index, key in enumerate(self._own.id) if key == text]
        if exact:
            return exact[:limit]
        words = text.casefold().split()
        found = [index for index, line in enumerate(self._lines) if all(word in line for word in words)]
        return sorted(found, key=lambda index: len(self._lines[index]))[:limit]

    def one(self, text: str | SupportsIndex) -> int:
        """The one process that is meant; raises `InvalidInput` with the candidates otherwise."""
        if not isinstance(text, str):  # any whole number, also one out of an array
            index = operator.index(text)
            if 0 <= index < len(self._own):
                return index
            raise InvalidInput(self._which(str(index), []))
        if text.isdecimal() and int(text) < len(self._own):
            return int(text)
        found = self.find(text, limit=_LISTED + 1) if text.strip() else []
        if len(found) == 1:
            return found[0]
        raise InvalidInput(self._which(text, found))

    def _which(self, text: str, found: list[int]) -> Problem:
        if not found:
            return problem(
                "database.process",
                f"数据库中没有过程“{text}”",
                f"the database has no process “{text}”",
                cure_zh="用过程编号、UUID，或名称、产品、地点中的词",
                cure_en="give its number, its UUID, or words of its name, product or place",
            )
        more = len(found) > _LISTED
        zh, en = (sep.join(self._told(found[:_LISTED], lang)) for sep, lang in (("；", "zh"), ("; ", "en")))
        products = len({self._own.id[index] for index in found}) == 1  # one process of several products
        kinds = ("产品", "products", "") if products else ("过程", "processes", "或 UUID")
        return problem(
            "database.process_ambiguous",
            f"“{text}”可指多个{kinds[0]}：{zh}{'……' if more else ''}",
            f"“{text}” fits several {kinds[1]}: {en}{' …' if more else ''}",
            cure_zh=f"写出其中一个的编号{kinds[2]}",
            cure_en=f"give the number {'or the UUID ' if kinds[2] else ''}of one of them",
        )

    def _told(self, found: list[int], language: str) -> list[str]:
        """Each as number, name, product where that says more, and place."""
        own, told = self._own, []
        for index in found:
            name, product = Text(own.name[index], own.name_en[index]), product_of(own, index)
            words = dict.fromkeys((name.in_language(language), product.in_language(language)))
            told.append(f"{index}: {' → '.join(filter(None, words))} [{own.location[index] or '—'}]")
        return told


def product_of(own: Processes, index: int) -> Text:
    """What a process makes."""
    return Text(own.product_name[index], own.product_name_en[index])


def in_language(zh: Strings, en: Strings, language: str) -> Sequence[str]:
    """A column of names in a language, in the other one where a name is missing."""
    if language.startswith("zh"):
        return zh
    return [english or chinese for chinese, english in zip(zh, en, strict=True)]


def checked_amount(amount: float) -> float:
    """The amount; raises `InvalidInput` where it is no number, or too large to calculate with."""
    if abs(amount) <= MOST:
        return amount
    raise InvalidInput(
        problem(
            "database.amount",
            f"产品数量 {amount} 不能计算",
            f"an amount of {amount} cannot be calculated with",
            cure_zh=f"给出不超过 {MOST:g} 的数",
            cure_en=f"give a number of at most {MOST:g}",
        )
    )
