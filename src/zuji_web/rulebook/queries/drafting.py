"""What an editor wants to know of a text that is not yet a rule: its mistakes, and what it would mean."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem, ZujiError
from zuji.formats import rules
from zuji.model.category_rules import ProductCategoryRule
from zuji.rules.resolving import resolve
from zuji_web.factors.queries import library
from zuji_web.rulebook.models import RuleState, RuleVersion
from zuji_web.rulebook.queries.book import book
from zuji_web.rulebook.queries.sheets import Group, sheet
from zuji_web.wording import said, told

FILE = "rule.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A text as far as it can be read. `rule` is as written, `resolved` with what it extends.

    Both are None where the text has mistakes of form; `problems` holds every mistake, with its row.
    """

    rule: ProductCategoryRule | None
    resolved: ProductCategoryRule | None
    groups: tuple[Group, ...]
    problems: tuple[Problem, ...]


def drafted(text: str) -> Drafted:
    """The text read and checked against the book and the factor library. Raises nothing."""
    shelf = book()
    data = text.encode("utf-8", "replace")
    problems = list(rules.mistakes(data, book=shelf, factors=library().source))
    try:
        rule = rules.load(data)
    except ZujiError:
        return Drafted(rule=None, resolved=None, groups=(), problems=tuple(problems))
    problems += _used(rule, problems)
    try:
        whole = resolve(rule, shelf)
    except ZujiError:
        return Drafted(rule=rule, resolved=None, groups=(), problems=tuple(problems))
    return Drafted(rule=rule, resolved=whole, groups=sheet(rule, shelf), problems=tuple(problems))


def _used(rule: ProductCategoryRule, found: list[Problem]) -> list[Problem]:
    """A key that another version has is not free, not even where that was withdrawn."""
    taken = RuleVersion.objects.filter(rule_id=rule.id, version=rule.version).exclude(state=RuleState.DRAFT)
    if any(problem.code == "rule-changed" for problem in found) or not taken.exists():
        return []
    return [
        told(
            "rule-key-used",
            said(_("The version %(key)s exists already"), key=rule.key),
            said(_("A version that was used is never changed: raise “version”")),
            Place(field="version"),
        )
    ]
