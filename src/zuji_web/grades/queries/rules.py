"""Rules and product codes as grades name them."""

from collections.abc import Iterable
from functools import lru_cache

from zuji.errors import ZujiError
from zuji.formats.standards import tree
from zuji.model.category_rules import ProductCategoryRule
from zuji.rules.book import RuleBook
from zuji.rules.classification import code_of
from zuji.rules.resolving import resolve
from zuji.text import Text
from zuji_web.products.rules_in_force import book


def rule(key: str) -> ProductCategoryRule | None:
    """The rule of a key with what it extends filled in; None where it is unknown."""
    rules = book()
    return _resolved(rules, key) if key and key in rules else None


@lru_cache(maxsize=64)
def _resolved(rules: RuleBook, key: str) -> ProductCategoryRule:
    return resolve(rules.get(key), rules)


def rule_name(key: str) -> Text:
    """A rule's name with its version; the key alone where it is unknown."""
    return _named(key, rule(key))


def rule_names(keys: Iterable[str]) -> dict[str, Text]:
    """The names of many rules, from one look at the book."""
    held = book()
    return {key: _named(key, _resolved(held, key) if key and key in held else None) for key in set(keys)}


def _named(key: str, found: ProductCategoryRule | None) -> Text:
    return (
        Text(f"{found.name}（{key}）", f"{found.name_en or found.name} ({key})") if found else Text(key, key)
    )


def product_key(code: str) -> str:
    """A product code as `scheme:code`; what the tree cannot read stays as it is written."""
    try:
        return str(tree().parse(code)) if code.strip() else ""
    except ZujiError:
        return code.strip()


def product_name(code: str) -> Text:
    """A product code in words: a node of the tree by its name, else the code."""
    try:
        return tree().name(code_of(code))
    except ZujiError:
        return Text(code, code)


def pairs() -> list[tuple[ProductCategoryRule, str]]:
    """Rules with each product that they are about, in the order of the book."""
    rules = book()
    return [
        (made, str(code))
        for made in (_resolved(rules, each.key) for each in rules)
        for code in made.scope.products
    ]
