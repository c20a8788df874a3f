"""What an editor wants to know of a text that is not yet a rule: its mistakes, and what it would mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem, ZujiError
from zuji.formats import rules
from zuji.model.category_rules import ProductCategoryRule
from zuji.rules.resolving import resolve
from zuji.rules.resolving_items import GROUP_NAMES
from zuji.text import Text
from zuji_web.accounts.actors import Actor
from zuji_web.factors.queries import library
from zuji_web.rulebook.models import RuleState, RuleVersion
from zuji_web.rulebook.queries import versions
from zuji_web.rulebook.queries.book import GENERAL, book, newest
from zuji_web.rulebook.queries.sheets import Group, sheet
from zuji_web.wording import said, told

_ID_ROW = re.compile(r"^id:[^\n#]*", re.MULTILINE)
_VERSION_ROW = re.compile(r"^version:[^\n#]*", re.MULTILINE)
# A key at the left margin and what belongs to it.
_SECTION = re.compile(r"^([a-z_]+):.*?(?=^[a-z]|\Z)", re.MULTILINE | re.DOTALL)

_FIRST = """\
id: my-product
version: "1"
name: {name}
name_en: My product
standing: demonstration
extends: {general}
source: {source}
certainty: unconfirmed
scope:
  products: []
unit: 1 kg
boundary: cradle_to_gate
cut_off: {{each: 1 %, total: 5 %}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A group that the text does not state, with rows to begin it, as the rule of `origin` says it.

    `taken` where that holds already, because this rule takes it over.
    """

    name: Text
    text: str
    origin: str
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A text as far as it can be read. `rule` is as written, `resolved` with what it extends.

    Both are None where the text has mistakes of form; `problems` holds every mistake, with its row.
    """

    rule: ProductCategoryRule | None
    resolved: ProductCategoryRule | None
    groups: tuple[Group, ...]
    beginnings: tuple[Beginning, ...] = ()
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
    return Drafted(
        rule=rule,
        resolved=whole,
        groups=sheet(rule, shelf),
        beginnings=tuple(_beginnings(text, rule, whole)),
        problems=tuple(problems),
    )


def beginning(like: str, *, by: Actor) -> str:
    """What a new rule begins with: the text of the rule of the key `like` under another id, or a short one.

    Raises `Http404` for an unknown key.
    """
    if like:
        row = versions.by_key(like, by=by)
        text = _ID_ROW.sub(f"id: {row.rule_id}-new", row.text, count=1)
        return _VERSION_ROW.sub('version: "1"', text, count=1)
    return _FIRST.format(
        name=gettext("Name of the product"),
        general=book().readable(GENERAL).key,
        source=gettext("Who wrote it, and what it rests on"),
    )


def _beginnings(text: str, rule: ProductCategoryRule, whole: ProductCategoryRule) -> Iterator[Beginning]:
    """Rows for every group that is not stated yet: what is taken over, else what another rule says."""
    own, held = {found[1] for found in _SECTION.finditer(text)}, _sections(whole)
    others = [(other.key, _sections(other)) for other in newest() if other.id != rule.id]
    for group, name in GROUP_NAMES.items():
        if group in own:
            continue
        if group in held:
            yield Beginning(name=name, text=held[group], origin=rule.extends, taken=True)
            continue
        for key, sections in others:
            if group in sections:
                yield Beginning(name=name, text=sections[group], origin=key, taken=False)
                break


def _sections(rule: ProductCategoryRule) -> dict[str, str]:
    """The rows of a rule's YAML by their key at the top."""
    return {found[1]: found[0] for found in _SECTION.finditer(rules.dump(rule).decode())}


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
