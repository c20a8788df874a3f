"""The rules in force on this platform: what was adopted here, over what comes with the software."""

from collections.abc import Iterator
from functools import lru_cache
from uuid import UUID

from zuji.errors import ZujiError
from zuji.formats import rules
from zuji.model.category_rules import ProductCategoryRule
from zuji.rules.book import RuleBook
from zuji.rules.resolving import resolve
from zuji_web.rulebook.models import Origin, RuleState, RuleVersion

# What a study is checked against that names no rule.
GENERAL = "gbt24067"


def book() -> RuleBook:
    """Adopted and shipped rules as written, oldest first, so that a bare id means the newest version.

    One small query; the rules are read again only when another version was adopted or withdrawn.
    A rule of the database goes before a shipped one of the same key, for it was never changed.
    """
    held = RuleVersion.objects.exclude(state=RuleState.DRAFT).order_by("adopted_at", "created_at")
    return _book(tuple(held.values_list("pk", "digest", "state")))


@lru_cache(maxsize=4)
def _book(held: tuple[tuple[UUID, str, str], ...]) -> RuleBook:
    rows = {row.pk: row for row in RuleVersion.objects.filter(pk__in=[pk for pk, _digest, _state in held])}
    kept = [rows[pk] for pk, _digest, _state in held if pk in rows]
    known = {row.key for row in kept}
    rest = (rule for rule in rules.shipped() if rule.key not in known)
    shipped = (row for row in kept if row.origin == Origin.SHIPPED and row.state == RuleState.ADOPTED)
    written = (row for row in kept if row.origin == Origin.WRITTEN and row.state == RuleState.ADOPTED)
    return RuleBook([*rest, *map(read, shipped), *map(read, written)])


def read(row: RuleVersion) -> ProductCategoryRule:
    """The rule of a row that was accepted; raises `InvalidInput` for a draft with mistakes."""
    return rules.load(row.content, name=f"{row.key or 'rule'}.yaml")


def resolved(key: str = "") -> ProductCategoryRule:
    """The rule of a key with what it extends filled in, the general one for an empty key.

    A withdrawn version still answers to its full key, for studies were made under it. Raises `InvalidInput`
    for an unknown key.
    """
    shelf = book()
    if key and key not in shelf and (row := withdrawn(key)) is not None:
        return resolve(read(row), shelf)
    return _resolved(shelf, key or GENERAL)


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
    """The newest version of every rule, resolved, by name."""
    shelf = book()
    ids = dict.fromkeys(rule.id for rule in shelf)
    yield from sorted((_resolved(shelf, each) for each in ids), key=lambda rule: rule.id)
