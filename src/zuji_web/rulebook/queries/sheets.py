"""A rule laid out for reading: every item in words, with its clause and where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass

from zuji.model.category_rules import ProductCategoryRule, RuleItem
from zuji.model.standards import Certainty
from zuji.rules.book import RuleBook
from zuji.rules.resolving import origins, resolve
from zuji.rules.resolving_items import FIELD_NAMES, GROUP_NAMES, item_names, items, stated
from zuji.rules.resolving_words import words
from zuji.text import Text

# What is written twice, once in each language, is shown in the reader's.
_ENGLISH = "_en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item: `origin` is the key of the rule whose value holds, `own` whether that is this one."""

    path: str
    name: Text
    value: Text
    clause: str
    certainty: Certainty
    note: str
    origin: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items that belong together; `unstated` names those on which the rule is silent."""

    path: str
    name: Text
    items: tuple[Item, ...]
    unstated: tuple[Text, ...]


def sheet(rule: ProductCategoryRule, book: RuleBook) -> tuple[Group, ...]:
    """The resolved rule group by group. Raises `InvalidInput` where what it extends is unknown."""
    whole, source = resolve(rule, book), origins(rule, book)
    values = items(whole)
    clauses = {each.item: each for each in reversed(whole.clauses)}
    groups = []
    for path, name in GROUP_NAMES.items():
        inside = {key: value for key, value in values.items() if key.startswith(f"{path}.")}
        shown = {key: value for key, value in inside.items() if not key.endswith(_ENGLISH)}
        groups.append(
            Group(
                path=path,
                name=name,
                items=tuple(
                    _item(rule, whole, key, _said(key, value, inside), clauses, source.get(key, rule.key))
                    for key, value in shown.items()
                    if stated(value)
                ),
                unstated=tuple(_short(whole, key) for key, value in shown.items() if not stated(value)),
            )
        )
    return tuple(groups)


def _said(path: str, value: object, inside: dict[str, object]) -> Text:
    """The value in words; a text that has an English twin is shown in both languages."""
    twin = inside.get(f"{path}{_ENGLISH}")
    if isinstance(value, str) and isinstance(twin, str) and twin:
        return Text(value, twin)
    if isinstance(value, tuple) and isinstance(twin, tuple) and twin:
        return Text("；".join(_open(value)), "; ".join(_open(twin)))
    return words(path, value)


def _open(sentences: tuple[object, ...]) -> Iterator[str]:
    """Sentences without the stop that the next one would stand behind."""
    return (str(each).rstrip("。.") for each in sentences)


def _item(
    rule: ProductCategoryRule,
    whole: ProductCategoryRule,
    path: str,
    value: Text,
    clauses: dict[str, RuleItem],
    origin: str,
) -> Item:
    clause = clauses.get(path) or clauses.get(path.partition(".")[0])
    return Item(
        path=path,
        name=_short(whole, path),
        value=value,
        clause=clause.clause if clause else "",
        certainty=clause.certainty if clause else whole.certainty,
        note=clause.note if clause else "",
        origin=origin,
        own=origin == rule.key,
    )


def _short(rule: ProductCategoryRule, path: str) -> Text:
    """The name of an item without that of its group."""
    if path in FIELD_NAMES:
        return FIELD_NAMES[path]
    full = item_names(rule, path)
    return Text(full.zh.partition("：")[2] or full.zh, full.en.partition(": ")[2] or full.en)
