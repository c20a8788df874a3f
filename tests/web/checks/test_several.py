"""One inventory under several rules: what each does to the number, and why."""

import math
from typing import Any

import pytest

from tests.web.factories import accounts, checks, products
from zuji.errors import InvalidInput
from zuji_web.checks.queries import columns
from zuji_web.checks.queries.checking import Registry, today
from zuji_web.rulebook.queries import book

pytestmark = pytest.mark.django_db
RULES = ("gbt24067@1", "pef@2021", "pact-v3@3")


def several(study: Any, *keys: str) -> columns.Several:
    return columns.several(study, [book.resolved(key) for key in keys], registry=Registry(today()))


def test_the_effects_of_the_items_are_the_whole_difference() -> None:
    made = several(checks.whole(), *RULES)
    assert made.comparison.base is not None
    moved = 0
    for shown in made.columns:
        column = shown.column
        amounts = [effect.amount for effect in column.effects]
        assert column.difference is not None
        assert column.total is not None
        assert None not in amounts
        together = math.fsum(amount for amount in amounts if amount is not None)
        assert together == pytest.approx(column.difference, rel=1e-12, abs=1e-15)
        assert made.comparison.base.total + together == pytest.approx(column.total, rel=1e-12)
        moved += bool(column.effects)
    assert moved, "no rule changes anything, so nothing was asked"


def test_the_stated_total_is_the_one_of_the_result_page() -> None:
    by = products.modeller()
    study = checks.whole(by=by)
    page = accounts.browser(by).get(f"/products/{study.pk}/result/")
    made = several(study, checks.GENERAL)
    assert made.comparison.base is not None
    assert page.context["material"].footprint.total == pytest.approx(made.comparison.base.total, rel=1e-12)


def test_columns_stand_in_the_order_asked_for_and_once() -> None:
    made = several(checks.whole(), "pef@2021", "gbt24067@1", "pef")
    assert [shown.column.rule.key for shown in made.columns] == ["pef@2021", "gbt24067@1"]


def test_none_and_too_many_are_refused() -> None:
    study = checks.whole()
    with pytest.raises(InvalidInput) as none:
        several(study)
    assert none.value.problems[0].code == "too-few-rules"
    keys = [rule.key for rule in book.book()][: columns.MOST_RULES + 1]
    with pytest.raises(InvalidInput) as many:
        several(study, *keys)
    assert many.value.problems[0].code == "too-many-rules"


def test_what_can_be_read_of_a_draft_is_not_taken_for_the_whole() -> None:
    study = products.study(products.line(), products.line("L2", quantity={"amount": "many", "unit": "kWh"}))
    made = several(study, *RULES)
    assert made.comparison.base is None
    assert all(shown.column.total is None for shown in made.columns)


def test_the_page_offers_rules_and_explains_the_difference() -> None:
    by = products.modeller()
    study = checks.whole(by=by)
    browser = accounts.browser(by)
    first = browser.get(f"/products/{study.pk}/rules/")
    assert len(first.context["made"].columns) >= 1
    page = browser.get(f"/products/{study.pk}/rules/?rule=pef@2021&rule=gbt24067@1")
    text = page.content.decode()
    assert page.status_code == 200
    assert "按所声明" in text
    assert "合计" in text
    for shown in page.context["made"].columns:
        for effect in shown.column.effects:
            assert effect.name.zh in text
            assert all(change.what.zh[:12] in text for change in effect.changes)
        assert all(point.cure.zh[:12] in text for point in shown.column.open_points)


def test_an_unknown_rule_is_told_on_the_page() -> None:
    by = products.modeller()
    study = checks.whole(by=by)
    page = accounts.browser(by).get(f"/en/products/{study.pk}/rules/?rule=nobody@3")
    assert page.status_code == 200
    assert [problem.code for problem in page.context["problems"]] == ["unknown-rule"]
