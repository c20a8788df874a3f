"""One inventory under several rules at once, and a draft of a rule beside the version before it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zuji.errors import InvalidInput, Problem
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.conformity import Conformity
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji.quality import evaluate
from zuji.rules.comparing import Column, Comparison, Row, compare, in_both_languages
from zuji_web.checks.queries.checking import Examined, Registry, examined, under
from zuji_web.checks.refusals import too_few_rules, too_many_rules, unknown_potentials
from zuji_web.factors.queries import Library, library
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries.calculation import unit_text

MOST_RULES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The study under one rule: what the rule does to the number, and whether the study conforms as it is."""

    column: Column
    conformity: Conformity

    @property
    def unit(self) -> str:
        """The unit of the column's total; a rule may ask for another reference unit."""
        return unit_text(self.column.study.unit.quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """An inventory under several rules."""

    comparison: Comparison
    columns: tuple[Shown, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """What the rules say differently, a text and its English wording in one row."""
        return in_both_languages(self.comparison.rows)


def several(row: ProductStudy, rules: Iterable[ProductCategoryRule], *, registry: Registry) -> Several:
    """A stored study under resolved rules. Raises `InvalidInput` for none or too many of them."""
    listed = tuple({rule.key: rule for rule in rules}.values())
    if not listed:
        raise InvalidInput(too_few_rules())
    if len(listed) > MOST_RULES:
        raise InvalidInput(too_many_rules(MOST_RULES))
    return beside(examined(row), listed, library(row.organisation_id), registry, row=row)


def beside(
    found: Examined,
    rules: tuple[ProductCategoryRule, ...],
    using: Library,
    registry: Registry,
    *,
    row: ProductStudy | None = None,
) -> Several:
    """An examined study, of a `row` where it is stored, under each rule."""
    counting = calculation(using) if found.whole else _refusing(found.problems)
    comparison = compare(found.study, rules, counting, using.source)
    return Several(
        comparison=comparison,
        columns=tuple(
            Shown(column=column, conformity=under(found, column.rule, using, registry, row=row).conformity)
            for column in comparison.columns
        ),
    )


def calculation(using: Library) -> Callable[[Study], Footprint]:
    """The calculation that every column is made with: the platform's one, without the band."""

    def calculate(study: Study) -> Footprint:
        potentials = using.gwp.get(study.gwp)
        if potentials is None:
            raise InvalidInput(unknown_potentials(study.gwp, using.gwp))
        return evaluate(study, using.source, potentials, using.fuels, uncertainty=None)

    return calculate


def _refusing(problems: tuple[Problem, ...]) -> Callable[[Study], Footprint]:
    """No number for a draft with unread lines: what can be read of it is not the whole."""

    def calculate(_study: Study) -> Footprint:
        raise InvalidInput(*problems)

    return calculate
