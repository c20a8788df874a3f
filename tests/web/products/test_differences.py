"""What changed between two versions: effects that sum to the whole difference, on page and interface."""

import math

import pytest
from django.urls import reverse

from tests.web.factories import accounts, products
from tests.web.factories.products import CEMENT, bare, line
from tests.web.factories.reviews import House, fresh, version_of
from zuji_web.products.actions import edits, snapshots
from zuji_web.products.models import ProductStudy
from zuji_web.products.operations import Operation
from zuji_web.products.queries import differences, results

pytestmark = pytest.mark.django_db


def frozen(house: House) -> ProductStudy:
    study = products.study(
        line(), bare("L2", quantity={"amount": 0.5, "unit": "kg"}, factor=CEMENT), by=house.modeller
    )
    snapshots.freeze(study=study, by=house.signatory)
    return fresh(study)


def changed(study: ProductStudy, house: House, *operations: Operation) -> ProductStudy:
    later = version_of(study, house)
    edits.edit(study=later, operations=list(operations), by=house.modeller)
    return fresh(later)


def amount(at: int, kwh: float) -> Operation:
    return {"op": "set", "path": ["lines", f"L{at}", "quantity"], "value": {"amount": kwh, "unit": "kWh"}}


AMOUNT = amount(1, 3.0)
REMOVED: Operation = {"op": "remove", "path": ["lines", "L2"]}
WORDS: Operation = {"op": "set", "path": ["lines", "L2", "supplier"], "value": "水泥厂"}


def total(study: ProductStudy) -> float:
    evaluated = results.result(study).evaluated
    assert evaluated is not None
    return evaluated.footprint.total


def test_the_effects_sum_to_the_difference_of_both_results() -> None:
    house = House()
    first = frozen(house)
    later = changed(first, house, AMOUNT, REMOVED)
    found = differences.between(first, later).difference
    assert found.before == pytest.approx(total(first))
    assert found.after == pytest.approx(total(later))
    assert [step.alterations[0].line for step in found.steps] == ["L1", "L2"]
    assert math.fsum(step.effect or 0 for step in found.steps) == pytest.approx(total(later) - total(first))
    back = differences.between(later, first).difference
    assert back.effect == pytest.approx(-(found.effect or 0))


def test_words_have_no_effect() -> None:
    house = House()
    first = frozen(house)
    found = differences.between(first, changed(first, house, WORDS)).difference
    assert (found.steps, found.effect) == ((), 0)
    assert "lines.L2" in found.words


def test_a_draft_with_mistakes_has_no_number_to_compare() -> None:
    house = House()
    first = frozen(house)
    later = changed(first, house, {"op": "set", "path": ["lines", "L1", "quantity"], "value": "plenty"})
    found = differences.between(first, later).difference
    assert found.before is not None
    assert found.after is None
    text = accounts.browser(house.modeller).get(reverse("products:changes", args=[later.pk]))
    assert text.status_code == 200


def test_the_page_shows_chart_and_table() -> None:
    house = House()
    first = frozen(house)
    later = changed(first, house, AMOUNT, REMOVED, {**WORDS, "path": ["lines", "L1", "supplier"]})
    browser = accounts.browser(house.signatory)
    address = reverse("products:changes", args=[later.pk])
    text = browser.get(f"{address}?against={first.pk}").content.decode()
    assert "<zuji-chart" in text
    assert "3 kWh" in text
    assert browser.get(f"{address}?against={later.pk}").status_code == 404
    assert browser.get(f"{address}?against={products.study().pk}").status_code == 404
    alone = browser.get(reverse("products:changes", args=[products.study(by=house.modeller).pk]))
    assert alone.status_code == 200
    assert "<zuji-chart" not in alone.content.decode()


def test_the_bars_of_the_waterfall_meet() -> None:
    house = House()
    first = frozen(house)
    found = differences.between(first, changed(first, house, AMOUNT, REMOVED)).difference
    option = differences.waterfall(found, list("abcd"), ["+1", "-1"], ("x", "y"))
    assert option is not None
    base, rise, _fall = ([bar["value"] for bar in series["data"]] for series in option["series"])
    tops = [low + high for low, high in zip(base, rise, strict=True)]
    assert tops[0] == pytest.approx(found.before)
    assert base[1] == pytest.approx(found.before)
    assert tops[2] == pytest.approx(tops[1])
    assert tops[3] == pytest.approx(base[2])


def test_many_small_changes_become_one_bar() -> None:
    house = House()
    rows = [line(f"L{at}", quantity={"amount": float(at), "unit": "kWh"}) for at in range(1, 31)]
    study = products.study(*rows, by=house.modeller)
    snapshots.freeze(study=study, by=house.signatory)
    later = changed(
        fresh(study),
        house,
        *(amount(at, at * 2.0) for at in range(1, 31)),
    )
    steps = differences.between(fresh(study), later).difference.steps
    kept, rest = differences.condensed(steps)
    assert (len(kept), len(rest)) == (differences.MOST_BARS - 1, 30 - differences.MOST_BARS + 1)
    assert min(abs(step.effect or 0) for step in kept) >= max(abs(step.effect or 0) for step in rest)
    text = accounts.browser(house.modeller).get(reverse("products:changes", args=[later.pk]))
    assert text.status_code == 200
