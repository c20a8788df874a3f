"""The rules in force on this platform: what was adopted here, over what comes with the software."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from zuji.errors import InvalidInput, Problem, ZujiError
from zuji.formats import rules
from zuji.model.category_rules import ProductCategoryRule
from zuji.rules.book import RuleBook
from zuji.rules.resolving import resolve
from zuji_web.rulebook import refusals
from zuji_web.rulebook.models import Origin, RuleState, RuleVersion

logger = logging.getLogger(__name__)
# What a study is checked against that names no rule.
GENERAL = "gbt24067"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A rule in force that this version of the software cannot read or resolve, and why.

    `row` is None for a shipped rule that was not loaded and takes over from such a one.
    """

    key: str
    row: RuleVersion | None
    problems: tuple[Problem, ...]

    @property
    def rule_id(self) -> str:
        return self.key.partition("@")[0]


class Shelf(RuleBook):
    """The rules in force as far as they can be read; the others stand aside under their keys.

    An id means its newest version also where that stands aside: an earlier one never takes its place unseen.
    """

    def __init__(
        self,
        rules: Iterable[ProductCategoryRule],
        unreadable: Iterable[Unreadable],
        newest: Mapping[str, str],
    ) -> None:
        """`newest` is the key of the newest version by id, readable or not."""
        super().__init__(rules)
        self.unreadable = tuple(unreadable)
        keys = {each.key for each in self.unreadable}
        self._aside = {key: key for key in keys} | {one: key for one, key in newest.items() if key in keys}

    def __contains__(self, key: object) -> bool:
        return key not in self._aside and super().__contains__(key)

    def get(self, key: str) -> ProductCategoryRule:
        """The rule as written; raises `InvalidInput` for an unknown key and for one that stands aside."""
        if key in self._aside:
            raise InvalidInput(refusals.unreadable(self._aside[key]))
        return super().get(key)

    def readable(self, rule_id: str) -> ProductCategoryRule:
        """The newest version of an id that can be read."""
        return super().get(rule_id)


def book() -> Shelf:
    """Adopted and shipped rules as written, oldest first, so that a bare id means the newest version.

    One small query; the rules are read again only when another version was adopted or withdrawn.
    A rule of the database goes before a shipped one of the same key, for it was never changed. One that this
    version of the software cannot read, or that takes over from such a one, is left out and told of.
    """
    held = RuleVersion.objects.exclude(state=RuleState.DRAFT).order_by("adopted_at", "created_at")
    return _book(tuple(held.values_list("pk", "digest", "state")))


@lru_cache(maxsize=4)
def _book(held: tuple[tuple[UUID, str, str], ...]) -> Shelf:
    rows = {row.pk: row for row in RuleVersion.objects.filter(pk__in=[pk for pk, _digest, _state in held])}
    kept = [rows[pk] for pk, _digest, _state in held if pk in rows]
    known = {row.key for row in kept}
    found = {rule.key: rule for rule in rules.shipped() if rule.key not in known}
    newest = {rule.id: rule.key for rule in found.values()}
    shipped = [row for row in kept if row.origin == Origin.SHIPPED and row.state == RuleState.ADOPTED]
    written = [row for row in kept if row.origin == Origin.WRITTEN and row.state == RuleState.ADOPTED]
    aside: dict[str, Unreadable] = {}
    for row in (*shipped, *written):
        newest[row.rule_id] = row.key
        try:
            found[row.key] = read(row)
        except ZujiError as refusal:
            aside[row.key] = Unreadable(key=row.key, row=row, problems=refusal.problems)
    by_key = {row.key: row for row in kept}
    found = _with_general(found)
    shelf = Shelf(found.values(), aside.values(), newest)
    for key, rule in tuple(found.items()):
        try:
            resolve(rule, shelf)
        except ZujiError as refusal:
            aside[key] = Unreadable(key=key, row=by_key.get(key), problems=refusal.problems)
            del found[key]
    found = _with_general(found)
    for each in aside.values():
        logger.warning("the adopted rule %s is left out: %s", each.key, "; ".join(map(str, each.problems)))
    return Shelf(found.values(), aside.values(), newest)


def _with_general(found: dict[str, ProductCategoryRule]) -> dict[str, ProductCategoryRule]:
    """The rules, with the software's own general one where none is left: it holds for whoever names none."""
    if any(rule.id == GENERAL for rule in found.values()):
        return found
    return {rule.key: rule for rule in rules.shipped() if rule.id == GENERAL} | found


def read(row: RuleVersion) -> ProductCategoryRule:
    """The rule of a row that was accepted; raises `InvalidInput` for a text with mistakes.

    Where a shipped rule was loaded in a form that is no longer read, the software's own text of that key
    says the same.
    """
    try:
        return rules.load(row.content, name=f"{row.key or 'rule'}.yaml")
    except ZujiError:
        again = {rule.key: rule for rule in rules.shipped()} if row.origin == Origin.SHIPPED else {}
        if row.key in again:
            return again[row.key]
        raise


def resolved(key: str = "") -> ProductCategoryRule:
    """The rule of a key with what it extends filled in, the general one for an empty key.

    A withdrawn version still answers to its full key, for studies were made under it. Raises `InvalidInput`
    for an unknown key.
    """
    shelf = book()
    if not key:
        return _resolved(shelf, shelf.readable(GENERAL).key)
    if key not in shelf and (row := withdrawn(key)) is not None:
        return resolve(_read_for_study(row), shelf)
    return _resolved(shelf, key)


def _read_for_study(row: RuleVersion) -> ProductCategoryRule:
    """The rule of a row; whoever names it learns that it cannot be read, not every mistake of its text."""
    try:
        return read(row)
    except ZujiError as refusal:
        raise InvalidInput(refusals.unreadable(row.key)) from refusal


@lru_cache(maxsize=256)
def _resolved(shelf: RuleBook, key: str) -> ProductCategoryRule:
    return resolve(shelf.get(key), shelf)


def withdrawn(key: str) -> RuleVersion | None:
    """The withdrawn version of a full key."""
    rule_id, _at, version = key.partition("@")
    return RuleVersion.objects.filter(rule_id=rule_id, version=version, state=RuleState.WITHDRAWN).first()


def known(key: str) -> bool:
    """Whether `resolved` answers to a key."""
    try:
        resolved(key)
    except ZujiError:
        return False
    return True


def newest() -> Iterator[ProductCategoryRule]:
    """The newest version of every rule that can be read, resolved, by name."""
    shelf = book()
    keys = {rule.id: rule.key for rule in shelf}
    yield from sorted((_resolved(shelf, key) for key in keys.values()), key=lambda rule: rule.id)
