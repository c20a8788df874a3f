"""What the API says of checks."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from zuji.errors import Problem
from zuji.model.category_rules import RuleStanding
from zuji.model.conformity import CheckedItem, Outcome, Severity
from zuji.text import Text
from zuji_web.checks.models import Recheck
from zuji_web.checks.presenting import mended_at
from zuji_web.checks.queries.checking import Checked
from zuji_web.checks.queries.columns import MOST_RULES, Several, Shown
from zuji_web.gateway import PlaceOut, ProblemDetail, described
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries.calculation import unit_text


class InWords(Schema):
    """A text in Chinese and English."""

    zh: str
    en: str


class ShortcomingOut(Schema):
    """One thing that is not as it should be; `url` is the page and field where it is mended."""

    severity: Severity
    code: str
    what: InWords
    cure: InWords
    place: PlaceOut
    url: str


class CheckedItemOut(Schema):
    """One requirement: V1 to V37, or `rule.…` for what the study's rule asks beside them."""

    id: str
    title: InWords
    clause: str
    outcome: Outcome
    reason: InWords
    shortcomings: list[ShortcomingOut]


class CheckIn(Schema):
    """Which rule a study is checked against; without one the study's own, else the first that is offered."""

    rule: str = Field(
        default="", max_length=200, description="Key of a rule, id@version, or an id for its newest"
    )


class CheckOut(Schema):
    """A conformity. `total` is kgCO2e in `total_unit`, null where the study cannot be calculated."""

    study: UUID
    revision: int
    rule: str
    standing: RuleStanding
    on: date
    passed: bool
    counts: dict[Severity, int]
    total: float | None
    total_unit: str
    governing: str | None = Field(
        description="Number of the standard that governs the product, if there is one"
    )
    items: list[CheckedItemOut]


class SeveralIn(Schema):
    """The rules that one inventory is counted under."""

    rule: list[str] = Field(min_length=1, max_length=MOST_RULES, description="Keys of rules")


class RuleChangeOut(Schema):
    what: InWords
    why: InWords
    clause: str
    lines: list[str]


class EffectOut(Schema):
    """What an item of a rule does to the total, kgCO2e per reference unit; null where it is not known."""

    item: str
    name: InWords
    amount: float | None
    total: float | None
    changes: list[RuleChangeOut]


class OpenPointOut(Schema):
    """What a rule demands and the data do not answer."""

    item: str
    what: InWords
    cure: InWords
    clause: str
    lines: list[str]


class RuleColumnOut(Schema):
    """The study under one rule. The amounts of `effects` sum to `difference`."""

    rule: str
    standing: RuleStanding
    passed: bool
    total: float | None
    total_unit: str
    difference: float | None
    effects: list[EffectOut]
    open_points: list[OpenPointOut]
    problems: list[ProblemDetail]


class RuleRowOut(Schema):
    """An item on which the rules differ, in the order of the rules."""

    item: str
    name: InWords
    cells: list[InWords]


class SeveralOut(Schema):
    """One inventory under several rules; `total` is the study as stated."""

    study: UUID
    on: date
    total: float | None
    total_unit: str
    problems: list[ProblemDetail]
    columns: list[RuleColumnOut]
    rows: list[RuleRowOut]


class RecheckIn(Schema):
    """The rule whose open studies are checked again."""

    rule: str = Field(
        max_length=200, description="Key of an adopted rule, id@version, or an id for its newest"
    )
    everywhere: bool = Field(
        default=False,
        description="Of all organisations, counts only; for those who adopt rules",
    )


class RecheckOut(Schema):
    """A run over open studies; the counts are those of a finished one. `items` counts unmet items by id."""

    id: UUID
    rule: str
    everywhere: bool
    job: UUID | None
    studies: int
    organisations: int
    passed: int
    not_met: int
    uncalculable: int
    newly_not_met: int
    newly_passed: int
    items: dict[str, int]
    started_at: datetime
    finished_at: datetime | None

    @staticmethod
    def resolve_rule(run: Recheck) -> str:
        return run.rule.key

    @staticmethod
    def resolve_everywhere(run: Recheck) -> bool:
        return run.organisation_id is None

    @staticmethod
    def resolve_job(run: Recheck) -> UUID | None:
        return run.job_id


def both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en or text.zh}


def problems(found: Iterable[Problem]) -> list[dict[str, Any]]:
    return [described(problem) for problem in found]


def check_answer(study: ProductStudy, checked: Checked) -> dict[str, Any]:
    """A check as `CheckOut` says."""
    conformity, footprint = checked.conformity, checked.examined.footprint
    governing = checked.governing.standard if checked.governing else None
    return {
        "study": study.pk,
        "revision": study.revision,
        "rule": conformity.rule,
        "standing": checked.rule.standing,
        "on": checked.on,
        "passed": conformity.passed,
        "counts": {severity: conformity.count(severity) for severity in Severity},
        "total": footprint.total if footprint else None,
        "total_unit": unit_text(checked.examined.study.unit.quantity) if footprint else "",
        "governing": governing.number if governing else None,
        "items": [_item(study, item) for item in conformity.items],
    }


def _item(study: ProductStudy, item: CheckedItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": both(item.title),
        "clause": item.clause,
        "outcome": item.outcome,
        "reason": both(item.reason),
        "shortcomings": [
            {
                **described(each.problem),
                "severity": each.severity,
                "what": both(each.problem.what),
                "cure": both(each.problem.cure),
                "url": mended_at(study.pk, each.problem.place),
            }
            for each in item.shortcomings
        ],
    }


def several_answer(study: ProductStudy, made: Several, on: date) -> dict[str, Any]:
    """One inventory under several rules as `SeveralOut` says."""
    comparison = made.comparison
    base = comparison.base
    return {
        "study": study.pk,
        "on": on,
        "total": base.total if base else None,
        "total_unit": unit_text(comparison.study.unit.quantity) if base else "",
        "problems": problems(comparison.problems),
        "columns": [_column(shown) for shown in made.columns],
        "rows": [
            {"item": row.item, "name": both(row.name), "cells": [both(cell) for cell in row.cells]}
            for row in comparison.rows
        ],
    }


def _column(shown: Shown) -> dict[str, Any]:
    column = shown.column
    return {
        "rule": column.rule.key,
        "standing": column.rule.standing,
        "passed": shown.conformity.passed,
        "total": column.total,
        "total_unit": unit_text(column.study.unit.quantity) if column.footprint else "",
        "difference": column.difference,
        "effects": [
            {
                "item": effect.item,
                "name": both(effect.name),
                "amount": effect.amount,
                "total": effect.total,
                "changes": [
                    {
                        "what": both(change.what),
                        "why": both(change.why),
                        "clause": change.clause,
                        "lines": list(change.lines),
                    }
                    for change in effect.changes
                ],
            }
            for effect in column.effects
        ],
        "open_points": [
            {
                "item": point.item,
                "what": both(point.what),
                "cure": both(point.cure),
                "clause": point.clause,
                "lines": list(point.lines),
            }
            for point in column.open_points
        ],
        "problems": problems(column.problems),
    }
