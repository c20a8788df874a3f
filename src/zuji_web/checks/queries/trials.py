"""A draft of a rule tried out on a study, beside the version before it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from zuji.errors import Problem
from zuji.model.category_rules import ProductCategoryRule
from zuji.rules.comparing import Difference, difference
from zuji.text import Text
from zuji_web.accounts.actors import Actor
from zuji_web.checks.queries.checking import Registry, examined
from zuji_web.checks.queries.columns import Shown, beside
from zuji_web.factors.queries import library
from zuji_web.products.models import ProductStudy
from zuji_web.rulebook.queries import book, versions
from zuji_web.rulebook.queries.drafting import drafted

_DRAFT = "draft:"
_MOST_DRAFTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An item whose effect on the total is another one under the draft, in kgCO2e per reference unit."""

    name: Text
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a draft makes of a study. `before` is None where there is no version to compare with.

    `draft` is None, and `problems` say why, where the text cannot be read. `stated` is the total of the
    study as it stands, kgCO2e per reference unit.
    """

    draft: Shown | None
    before: Shown | None
    stated: float | None
    differences: tuple[Difference, ...]
    moved: tuple[Moved, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A rule that a draft may be tried beside: its key, or `draft:` and the id of a draft."""

    value: str
    rule: ProductCategoryRule


def rules_beside(named: str, *, by: Actor) -> tuple[list[Beside], list[Beside]]:
    """The rules in force, with the one named though it was withdrawn, and the drafts that `by` may read."""
    held = [Beside(value=rule.key, rule=rule) for rule in book.newest()]
    if named and all(each.value != named for each in held) and book.known(named):
        held.insert(0, Beside(value=named, rule=book.resolved(named)))
    drafts = [
        Beside(value=f"{_DRAFT}{row.pk}", rule=rule)
        for row in versions.drafts(by=by).defer(None)[:_MOST_DRAFTS]
        if (rule := versions.whole(row)) is not None
    ]
    return held, drafts


def rule_beside(named: str, *, by: Actor) -> ProductCategoryRule | None:
    """The rule of a key, or of a draft that `by` may read; None where there is none that can be read.

    Raises `Http404` for a draft of others.
    """
    if named.startswith(_DRAFT):
        try:
            return versions.whole(versions.version(UUID(named.removeprefix(_DRAFT)), by=by))
        except ValueError as unreadable:
            raise Http404 from unreadable
    return book.resolved(named) if named and book.known(named) else None


def trial(text: str, row: ProductStudy, earlier: ProductCategoryRule | None, *, registry: Registry) -> Trial:
    """The draft in `text` and the rule `earlier`, if there is one, on a stored study."""
    made = drafted(text)
    if made.resolved is None:
        return Trial(draft=None, before=None, stated=None, differences=(), moved=(), problems=made.problems)
    rules: tuple[ProductCategoryRule, ...] = (made.resolved,)
    if earlier is not None:
        rules = (made.resolved, earlier)
    found = beside(examined(row), rules, library(row.organisation_id), registry, row=row)
    draft, *others = found.columns
    before = others[0] if others else None
    base = found.comparison.base
    return Trial(
        draft=draft,
        before=before,
        stated=base.total if base is not None else None,
        differences=difference(earlier, made.resolved) if earlier is not None else (),
        moved=_moved(before, draft) if before is not None else (),
        problems=made.problems,
    )


def _moved(before: Shown, after: Shown) -> tuple[Moved, ...]:
    """Items whose effect on the total differs between two rules."""
    one = {each.item: each.amount for each in before.column.effects}
    other = {each.item: each.amount for each in after.column.effects}
    names = {each.item: each.name for each in (*before.column.effects, *after.column.effects)}
    return tuple(
        Moved(name=name, before=one.get(path, 0.0), after=other.get(path, 0.0))
        for path, name in names.items()
        if one.get(path, 0.0) != other.get(path, 0.0)
    )
