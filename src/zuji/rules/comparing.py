"""One inventory under several rules, and one rule beside another (R53).

Under each rule the total is recounted after every step of `zuji.rules.applying`, so that the effects of the
items sum to the whole difference. A joint effect of two items falls to the later one of `STEPS`.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from zuji.errors import Problem, ZujiError
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.factors import FactorSource
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji.rules.applying import Change, OpenPoint, Step, steps
from zuji.rules.resolving_items import item_names, items
from zuji.rules.resolving_items import stated as says
from zuji.rules.resolving_words import UNSTATED, words
from zuji.text import Text

Calculate = Callable[[Study], Footprint]
# how items are called that word another one in English
_ENGLISH = "_en"
_Calculated = tuple[Footprint | None, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one item of a rule does to the total: kgCO2e per reference unit, None where it is not known.

    `total` is the total after it. The effect of the unit holds the change of scale.
    """

    item: str
    name: Text
    changes: tuple[Change, ...]
    amount: float | None
    total: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The study under one rule. `problems` say why there is no number where `footprint` is None.

    The amounts of `effects` sum to `difference`, the total under the rule less the total as stated.
    """

    rule: ProductCategoryRule
    study: Study
    footprint: Footprint | None
    difference: float | None
    effects: tuple[Effect, ...]
    open_points: tuple[OpenPoint, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def total(self) -> float | None:
        return self.footprint.total if self.footprint is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An item on which the rules differ: what each says of it, in the order of the rules."""

    item: str
    name: Text
    cells: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A study as stated (`base`, None with `problems` where it has no number) and under each rule."""

    study: Study
    base: Footprint | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An item on which two rules differ, in words; a required item that one lacks is not ruled there."""

    item: str
    name: Text
    before: Text
    after: Text


def compare(
    study: Study, rules: Iterable[ProductCategoryRule], calculate: Calculate, factors: FactorSource
) -> Comparison:
    """The footprint of one inventory under each of the resolved `rules`, with the effect of every item.

    `calculate` is asked for the study as stated and after every step that changes something.
    """
    stated = base, problems = _calculated(study, calculate)
    listed = tuple(rules)
    columns = tuple(_column(study, stated, rule, calculate, factors) for rule in listed)
    return Comparison(study=study, base=base, columns=columns, rows=table(listed), problems=problems)


def table(rules: Iterable[ProductCategoryRule]) -> tuple[Row, ...]:
    """The items on which resolved rules differ, rule by item, in words."""
    listed = tuple(rules)
    values = [items(rule) for rule in listed]
    paths = dict.fromkeys(path for each in values for path in each)
    rows = []
    for path in paths:
        said = [each.get(path) for each in values]
        if any(one != said[0] for one in said[1:]):
            knowing = next(rule for rule, one in zip(listed, said, strict=True) if says(one))
            cells = tuple(words(path, one) for one in said)
            rows.append(Row(item=path, name=item_names(knowing, path), cells=cells))
    return tuple(rows)


def in_both_languages(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows for a reader of one language: a text and its English wording are one row, not two."""
    listed = tuple(rows)
    known = {row.item: row for row in listed}
    return tuple(
        replace(row, cells=_with_english(row, known.get(f"{row.item}{_ENGLISH}")))
        for row in listed
        if not (row.item.endswith(_ENGLISH) and row.item.removesuffix(_ENGLISH) in known)
    )


def _with_english(row: Row, english: Row | None) -> tuple[Text, ...]:
    if english is None:
        return row.cells
    return tuple(
        plain if wording == UNSTATED else Text(plain.zh, wording.en)
        for plain, wording in zip(row.cells, english.cells, strict=True)
    )


def difference(before: ProductCategoryRule, after: ProductCategoryRule) -> tuple[Difference, ...]:
    """Item by item, what another resolved rule, or another version of the same, says otherwise."""
    return tuple(
        Difference(item=row.item, name=row.name, before=row.cells[0], after=row.cells[1])
        for row in table((before, after))
    )


def _column(
    study: Study,
    stated: _Calculated,
    rule: ProductCategoryRule,
    calculate: Calculate,
    factors: FactorSource,
) -> Column:
    effects: list[Effect] = []
    open_points: list[OpenPoint] = []
    (base, problems), current = stated, study
    found = last = base
    for step in steps(study, rule, factors):
        open_points += step.open_points
        current = step.study
        if step.changes:
            found, problems = _calculated(current, calculate)
            effects.append(_effect(step, rule, last, found))
            last = found or last
    return Column(
        rule=rule,
        study=current,
        footprint=found,
        difference=found.total - base.total if found is not None and base is not None else None,
        effects=tuple(effects),
        open_points=tuple(open_points),
        problems=problems if found is None else (),
    )


def _effect(step: Step, rule: ProductCategoryRule, last: Footprint | None, now: Footprint | None) -> Effect:
    """`last` is the last result that there was: an effect takes with it those of steps without a result."""
    return Effect(
        item=step.item,
        name=item_names(rule, step.item),
        changes=step.changes,
        amount=None if last is None or now is None else now.total - last.total,
        total=None if now is None else now.total,
    )


def _calculated(study: Study, calculate: Calculate) -> _Calculated:
    try:
        found = calculate(study)
    except ZujiError as error:
        return None, error.problems
    return (found, ()) if math.isfinite(found.total) else (None, found.notices)
