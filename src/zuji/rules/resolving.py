"""A rule with everything that it takes over from the rule it extends.

An item that a rule does not state is taken from its base; required items and clauses are joined by id and
by item. What a rule is (id, version, names, standing, source, certainty, notes) is its own.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from zuji.errors import InvalidInput, Place, ZujiError, problem
from zuji.model.category_rules import ProductCategoryRule, RequiredItem, RuleItem
from zuji.rules.book import RuleBook
from zuji.rules.resolving_items import GROUP_NAMES, items, stated

_JOINED = frozenset({"required", "switches"})


def chain(rule: ProductCategoryRule, book: RuleBook) -> tuple[ProductCategoryRule, ...]:
    """The rule, the rule that it extends, and so on to the one that extends nothing.

    Raises `InvalidInput` where a base is not in the book or the chain comes back to a rule in it.
    """
    found = [rule]
    while base := found[-1].extends:
        try:
            found.append(book.get(base))
        except ZujiError as unknown:
            raise InvalidInput(
                *(replace(each, place=Place(field="extends", line=found[-1].key)) for each in unknown)
            ) from unknown
        if found[-1].key in {each.key for each in found[:-1]}:
            way = " → ".join(each.key for each in found)
            raise InvalidInput(
                problem(
                    "rule-cycle",
                    f"规则互相引用，没有起点：{way}",
                    f"the rules extend one another in a circle: {way}",
                    cure_zh="请让其中一条规则不再引用其他规则（删去 extends）",
                    cure_en="let one of them extend nothing: remove its “extends”",
                    place=Place(field="extends"),
                )
            )
    return tuple(found)


def resolve(rule: ProductCategoryRule, book: RuleBook) -> ProductCategoryRule:
    """The rule with every item filled in from what it extends; `extends` still names its base.

    Resolving a resolved rule changes nothing. Raises `InvalidInput` for an unknown base or a cycle.
    """
    resolved, *bases = reversed(chain(rule, book))
    for each in bases:
        resolved = _over(each, resolved)
    return resolved


def origins(rule: ProductCategoryRule, book: RuleBook) -> dict[str, str]:
    """For each item that is stated anywhere in the chain, the key of the rule whose value holds."""
    found: dict[str, str] = {}
    for each in reversed(chain(rule, book)):
        found |= {path: each.key for path, value in items(each).items() if stated(value)}
    return found


def _over(rule: ProductCategoryRule, base: ProductCategoryRule) -> ProductCategoryRule:
    """`rule` with what it does not state taken from `base`."""
    groups = {
        name: _group(getattr(rule, name), getattr(base, name)) for name in GROUP_NAMES if name not in _JOINED
    }
    whole = replace(
        rule,
        **groups,
        basis=(*rule.basis, *(each for each in base.basis if each not in rule.basis)),
        required=_required(rule.required, base.required),
        switches=base.switches | rule.switches,
    )
    return replace(whole, clauses=_clauses(rule, whole, base))


def _group(own: Any, base: Any) -> Any:
    taken = {
        field.name: getattr(base, field.name) for field in fields(own) if not stated(getattr(own, field.name))
    }
    return replace(own, **taken) if taken else own


def _required(own: tuple[RequiredItem, ...], base: tuple[RequiredItem, ...]) -> tuple[RequiredItem, ...]:
    """The base's items, each replaced where the rule has one of the same id, then the rule's further ones."""
    ours: Mapping[str, RequiredItem] = {item.id: item for item in own}
    known = {item.id for item in base}
    return (*(ours.get(item.id, item) for item in base), *(item for item in own if item.id not in known))


def _clauses(
    rule: ProductCategoryRule, whole: ProductCategoryRule, base: ProductCategoryRule
) -> tuple[RuleItem, ...]:
    """The rule's clauses, and the base's for items of which the rule neither speaks nor states another value.

    A clause of the base never stands beside a value that the base did not give: one for a whole group of
    which the rule changes a part is said of the other items one by one.
    """
    spoken = {clause.item for clause in rule.clauses}
    now, then = items(whole), items(base)
    changed = {path for path, value in now.items() if value != then.get(path)}
    kept: list[RuleItem] = []
    for clause in base.clauses:
        inside = [path for path, value in now.items() if path.startswith(f"{clause.item}.") and stated(value)]
        if changed.isdisjoint(inside) and clause.item not in changed:
            kept.append(clause)
        else:
            kept += (replace(clause, item=path) for path in inside if path not in changed)
    return (*rule.clauses, *(clause for clause in kept if clause.item not in spoken))
