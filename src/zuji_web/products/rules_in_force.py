"""Which accounting rules there are, and which of them governs a product, for whoever works on a study.

Without more it is what ships with the library. The apps that hold the platform's own rules and its registry
of standards stand above this one and put their sources in its place when they are ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from zuji.formats import rules
from zuji.formats.standards import registry, tree
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.standards import Governing
from zuji.rules.book import RuleBook
from zuji.rules.checks.ruled_frame import codes_of
from zuji.rules.governing import governing
from zuji.rules.resolving import resolve

GENERAL_RULE = "gbt24067"
BookSource = Callable[[], RuleBook]
GoverningSource = Callable[[str, date, str], Governing]


def _shipped_governing(codes: str, on: date, region: str) -> Governing:
    return governing(registry(), tree(), codes_of(codes), on, region)


@dataclass(slots=True)
class _Sources:
    book: BookSource = rules.shipped
    governing: GoverningSource = _shipped_governing


_sources = _Sources()


def provide(*, book: BookSource | None = None, governing: GoverningSource | None = None) -> None:
    """Puts other sources in place: a shelf of rules, and the answer for codes, a day and a region."""
    _sources.book = book or _sources.book
    _sources.governing = governing or _sources.governing


def book() -> RuleBook:
    """Every rule that a study may follow."""
    return _sources.book()


def governing_standard(codes: str, on: date, region: str) -> Governing:
    """Which standard governs a product with the codes that a study states, on a day, in a region."""
    return _sources.governing(codes, on, region)


def rule_of(named: str) -> ProductCategoryRule:
    """The rule that a study names, else the general one, with what it extends filled in.

    Raises `InvalidInput` for a rule that nobody holds, or that this software cannot read.
    """
    shelf = book()
    return resolve(shelf.get(named) if named else _general(shelf), shelf)


def _general(shelf: RuleBook) -> ProductCategoryRule:
    """The newest general rule on the shelf, though one that cannot be read may be newer."""
    held = [rule for rule in shelf if rule.id == GENERAL_RULE]
    return held[-1] if held else shelf.get(GENERAL_RULE)


def rule_following(answer: Governing) -> ProductCategoryRule | None:
    """The machine-readable rule of the standard that governs, else of the general one; None without any."""
    shelf = book()
    for standard in (answer.standard, answer.general):
        if standard is not None and standard.rule in shelf:
            return shelf.get(standard.rule)
        named = (rule for rule in shelf if standard is not None and standard.number in rule.basis)
        found = next(named, None)
        if found is not None:
            return found
    return None
