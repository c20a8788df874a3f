"""The page of statements: every answer comes back as it was given, nothing is lost, nobody is overwritten."""

import json
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.web.factories import accounts
from tests.web.factories.products import demonstration, line, modeller, study
from zuji.model import documents
from zuji.model.statements import Statements
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Role
from zuji_web.products.actions import edits
from zuji_web.products.models import ProductStudy
from zuji_web.products.statements_cells import Cell
from zuji_web.products.statements_form import answers_of
from zuji_web.products.statements_questions import EXCLUDED, QUESTIONS, TABLES

pytestmark = pytest.mark.django_db
SCENARIO = {"id": "S1", "name": "绿电", "changes": [{"line": "L1", "scale": 0.5}]}
# One answer of its kind for each question that is not answered in its own way.
OF_CELL: dict[Cell, tuple[str, Any]] = {
    Cell.TEXT: ("甲", "甲"),
    Cell.LONG: ("第一行\r\n第二行", "第一行\n第二行"),
    Cell.CHECK: ("on", True),
    Cell.TRUTH: ("false", False),
    Cell.NUMBER: ("1,234.5", 1234.5),
    Cell.UNIT: ("kg", "kg"),
    Cell.NAMES: ("CO2，CH4、N2O", ["CO2", "CH4", "N2O"]),
    Cell.SEVERAL: (["S1"], ["S1"]),  # type: ignore[dict-item]
}
OF_QUESTION: dict[str, tuple[str, Any]] = {
    "rule": ("gbt24067@1", "gbt24067@1"),
    "gwp": ("AR5", "AR5"),
    "period.start": ("2023-01-01", "2023-01-01"),
    "period.end": ("2023-12-31", "2023-12-31"),
    "statements.recycling": ("open_loop", "open_loop"),
}
# What the general rule offers no choice of.
OFFERED = {"statements.use.id", "statements.end_of_life.id"}


@pytest.fixture
def by() -> Actor:
    return modeller()


@pytest.fixture
def me(by: Actor) -> Browser:
    return accounts.browser(by)


def page(made: ProductStudy) -> str:
    return reverse("products:statements", args=[made.pk])


def stored(made: ProductStudy) -> dict[str, Any]:
    return ProductStudy.objects.get(pk=made.pk).document  # type: ignore[no-any-return]


def at(document: dict[str, Any], path: str) -> Any:
    node: Any = document
    for part in path.split("."):
        node = node.get(part) if isinstance(node, dict) else None
    return node


def filled(response: Any) -> dict[str, Any]:
    """What a browser would send back of the page when nobody touched it."""
    form = response.context["form"]
    values: dict[str, Any] = {"seen": form.seen_text}
    for bound in [*form, *(cell for table in form.tables.values() for row in table for cell in row)]:
        value = bound.value()
        if value not in (None, False, []):
            values[bound.html_name] = "on" if value is True else value
    for table in form.tables.values():
        held = table.management_form
        known = held.cleaned_data if held.is_bound else held.initial
        values |= {f"{table.prefix}-{key}": value for key, value in known.items()}
    return values


def answer_of(path: str) -> tuple[Any, Any]:
    return OF_QUESTION.get(path) or OF_CELL[QUESTIONS[path].cell]


def test_every_question_round_trips_alone(me: Browser, by: Actor) -> None:
    made = study(line(), scenarios=[SCENARIO], by=by)
    alone = [path for path in answers_of() if path in QUESTIONS and path not in OFFERED]
    for path in alone:
        given, kept = answer_of(path)
        before = stored(made)
        response = me.post(page(made), filled(me.get(page(made))) | {path: given})
        assert response.status_code == 302, (path, response.context["form"].errors)
        assert at(stored(made), path) == kept, path
        assert len(ProductStudy.objects.get(pk=made.pk).edits.all()) == alone.index(path) + 1
        # What is shown now is what was stored: sent back untouched, it changes nothing.
        me.post(page(made), filled(me.get(page(made))))
        assert len(ProductStudy.objects.get(pk=made.pk).edits.all()) == alone.index(path) + 1, path
        assert before != stored(made)


def test_all_answers_at_once_are_one_step_that_undo_takes_back(me: Browser, by: Actor) -> None:
    made = study(line(), scenarios=[SCENARIO], by=by)
    before = stored(made)
    given = {path: answer_of(path)[0] for path in QUESTIONS if path not in OFFERED}
    rows = {
        "balances-0-process": "main",
        "balances-0-kind": "mass",
        "balances-0-inputs": "1.2",
        "balances-0-inputs_unit": "t",
        "balances-0-outputs": "1,180",
        "balances-0-outputs_unit": "kg",
        "balances-0-note": "差额为水分",
        "offsets-0-amount": "5",
        "offsets-0-source": "登记机构",
        "reviews-0-kind": "critical_review",
        "reviews-0-reviewer": "王工",
        "reviews-0-independent": "on",
        "reviews-0-date": "2025-03-01",
        "boundary.excluded.use": "去向未知",
    }
    assert me.post(page(made), filled(me.get(page(made))) | given | rows).status_code == 302
    document = stored(made)
    for path in QUESTIONS.keys() - OFFERED:
        assert at(document, path) == answer_of(path)[1], path
    assert document["boundary"]["excluded"] == [{"stage": "use", "reason": "去向未知"}]
    assert document["statements"]["balances"] == [
        {
            "process": "main",
            "kind": "mass",
            "inputs": {"amount": 1.2, "unit": "t"},
            "outputs": {"amount": 1180.0, "unit": "kg"},
            "note": "差额为水分",
        }
    ]
    assert document["statements"]["offsets"] == [{"amount": 5.0, "source": "登记机构"}]
    assert document["statements"]["reviews"] == [
        {"kind": "critical_review", "reviewer": "王工", "independent": True, "date": "2025-03-01"}
    ]
    # The library reads every one of them.
    reading = documents.read(document)
    assert not reading.findings
    assert reading.study.statements != Statements()
    edits.undo(study=ProductStudy.objects.get(pk=made.pk), by=by)
    assert stored(made) == before


def test_the_questions_are_all_that_the_model_knows() -> None:
    def leaves(record: dict[str, Any], before: str = "") -> set[str]:
        found: set[str] = set()
        for key, value in record.items():
            path = f"{before}{key}"
            inner = isinstance(value, dict) and path not in TABLES
            found |= leaves(value, f"{path}.") if inner else {path}
        return found

    whole = documents.to_dict(documents.read({"lines": []}).study, complete=True)["statements"]
    known = {path.removeprefix("statements.") for path in (*QUESTIONS, *TABLES)}
    flat = leaves(whole) - {"comparison", "tracking"}
    assert flat <= known
    from dataclasses import fields

    from zuji.model.statements import Comparison, Tracking

    for name, record in (("comparison", Comparison), ("tracking", Tracking)):
        for field in fields(record):
            assert any(
                path == f"{name}.{field.name}" or path.startswith(f"{name}.{field.name}.") for path in known
            )


def test_answers_are_taken_away_again(me: Browser, by: Actor) -> None:
    said = {
        "interpretation": {"conclusions": "好"},
        "inclusions": {"storage": True},
        "offsets": [{"amount": 1.0}, {"amount": 2.0}],
        "tracking": {"period": "2022", "total": 2.0, "unit": {"amount": 1.0, "unit": "kg"}},
    }
    made = study(line(), statements=said, goal={"comparison": True}, by=by)
    sent = filled(me.get(page(made)))
    for path in ("statements.interpretation.conclusions", "goal.comparison", "statements.inclusions.storage"):
        sent.pop(path)
    for path in [key for key in sent if key.startswith("statements.tracking")]:
        sent.pop(path)
    assert me.post(page(made), sent | {"offsets-0-DELETE": "on"}).status_code == 302
    document = stored(made)
    assert document["statements"]["offsets"] == [{"amount": 2.0}]
    assert "tracking" not in document["statements"]
    assert at(document, "statements.interpretation.conclusions") is None
    assert at(document, "statements.inclusions.storage") is None
    assert at(document, "goal.comparison") is None
    assert documents.read(document).study.statements.tracking is None


WRONG: dict[str, dict[str, str]] = {
    "statements.apart.soil_carbon": {"statements.apart.soil_carbon": "1,5"},
    "statements.gases": {"statements.gases": "CO2, 氧气"},
    "period.end": {"period.start": "2024-06-01", "period.end": "2024-01-01"},
    "rule": {"rule": "no-such-rule@9"},
    "statements.comparison.unit.unit": {
        "statements.comparison.product": "乙",
        "statements.comparison.total": "3",
        "statements.comparison.unit.amount": "1",
        "statements.comparison.unit.unit": "桶哇",
    },
    "statements.tracking.total": {"statements.tracking.period": "2022"},
    "statements.inclusions.storage": {"statements.inclusions.storage": "perhaps"},
}


@pytest.mark.parametrize("path", WRONG)
def test_a_mistake_is_told_at_its_question_and_nothing_is_lost(path: str, me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    before = stored(made)
    other = {"statements.interpretation.conclusions": "电力占大头"}
    response = me.post(page(made), filled(me.get(page(made))) | other | WRONG[path])
    assert response.status_code == 422
    form = response.context["form"]
    assert path in form.errors
    assert stored(made) == before
    text = response.content.decode()
    assert "电力占大头" in text
    assert f'id="{path}_error"' in text
    assert WRONG[path].get(path, "") in text
    # Mended, it is saved with everything else.
    again = filled(response) | {key: "" for key in WRONG[path] if not key.startswith("period")}
    again |= {"period.start": "2024-01-01", "period.end": "2024-12-31"}
    assert me.post(page(made), again).status_code == 302
    assert at(stored(made), "statements.interpretation.conclusions") == "电力占大头"


def test_a_wrong_row_is_told_in_its_row(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    wrong = {"balances-0-process": "main", "balances-0-kind": "mass", "balances-0-inputs": "viel"}
    response = me.post(page(made), filled(me.get(page(made))) | wrong)
    assert response.status_code == 422
    (row,) = response.context["form"].tables["statements.balances"]
    assert {"inputs", "outputs", "inputs_unit", "outputs_unit"} <= set(row.errors)
    assert "viel" in response.content.decode()


def test_nobody_overwrites_what_they_have_not_seen(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    sent = filled(me.get(page(made)))
    path = ["statements", "interpretation", "conclusions"]
    edits.edit(study=made, operations=[{"op": "set", "path": path, "value": "同事的结论"}], by=by)
    mine = {"statements.interpretation.conclusions": "我的结论", "goal.reason": "客户要求"}
    response = me.post(page(made), sent | mine)
    assert response.status_code == 422
    text = response.content.decode()
    assert "同事的结论" in text
    assert "我的结论" in text
    assert at(stored(made), "statements.interpretation.conclusions") == "同事的结论"
    assert at(stored(made), "goal.reason") is None
    # Who has read it and saves once more means it.
    assert me.post(page(made), filled(response)).status_code == 302
    assert at(stored(made), "statements.interpretation.conclusions") == "我的结论"
    assert at(stored(made), "goal.reason") == "客户要求"


def test_answers_to_different_questions_merge(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    sent = filled(me.get(page(made)))
    edits.edit(study=made, operations=[{"op": "set", "path": ["goal", "use"], "value": "同事写的"}], by=by)
    assert me.post(page(made), sent | {"goal.reason": "我写的"}).status_code == 302
    assert stored(made)["goal"] == {"use": "同事写的", "reason": "我写的"}


def test_rows_that_somebody_else_changed_are_not_overwritten(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    sent = filled(me.get(page(made)))
    path = ["statements", "offsets"]
    edits.edit(study=made, operations=[{"op": "set", "path": path, "value": [{"amount": 9.0}]}], by=by)
    response = me.post(page(made), sent | {"offsets-0-amount": "1"})
    assert response.status_code == 422
    assert "statements.offsets" in response.context["form"].overtaken
    assert at(stored(made), "statements.offsets") == [{"amount": 9.0}]


def test_a_request_without_what_was_seen_changes_nothing(me: Browser, by: Actor) -> None:
    made = study(line(), goal={"reason": "原因"}, by=by)
    sent = filled(me.get(page(made)))
    for seen in ("", "[]", "{", "null"):
        me.post(page(made), sent | {"seen": seen, "goal.reason": "别的"})
    assert stored(made)["goal"] == {"reason": "原因"}


def test_who_may_read_sees_and_who_may_not_edit_changes_nothing(by: Actor) -> None:
    made, example = study(line(), by=by), demonstration()
    visitor = Browser()
    assert visitor.get(page(example)).status_code == 200
    assert visitor.get(page(made)).status_code == 404
    assert accounts.browser(modeller()).get(page(made)).status_code == 404
    viewer = accounts.browser(accounts.member(Role.VIEWER, of=by.organisation))
    shown = viewer.get(page(made))
    assert shown.status_code == 200
    assert '<fieldset class="stack" disabled>' in shown.content.decode()
    sent = filled(shown) | {"goal.reason": "x"}
    assert viewer.post(page(made), sent).status_code == 403
    before = stored(example)
    assert (
        accounts.browser(by)
        .post(page(example), filled(visitor.get(page(example))) | {"goal.reason": "x"})
        .status_code
        == 403
    )
    assert stored(example) == before
    assert "goal" not in stored(made)


def test_the_progress_is_what_the_check_asks(me: Browser, by: Actor) -> None:
    made = study(line(), rule="gbt24067@1", by=by)
    asked = me.get(page(made)).context["asked"]
    assert {"goal.reason", "goal.use", "statements.interpretation.conclusions", "limitations"} <= asked.asked
    assert "statements.inclusions.storage" in asked.open
    assert asked.answered == 0
    # What lies after the gate is not asked of a study that ends there.
    assert "statements.inclusions.consumer_transport" not in asked.asked
    assert "statements.use.description" not in asked.asked
    sent = filled(me.get(page(made))) | {"goal.reason": "客户要求", "statements.inclusions.storage": "false"}
    assert me.post(page(made), sent).status_code == 302
    again = me.get(page(made)).context["asked"]
    assert again.asked == asked.asked
    assert again.answered == 2
    assert "statements.inclusions.storage" not in again.open


def test_an_unknown_rule_is_told_and_may_be_replaced(me: Browser, by: Actor) -> None:
    made = study(line(), rule="我们的老规则", by=by)
    response = me.get(page(made))
    assert response.context["asked"].unknown
    assert 'value="我们的老规则" selected' in response.content.decode()
    sent = filled(response)
    assert me.post(page(made), sent | {"note": "x"}).status_code == 302
    assert stored(made)["rule"] == "我们的老规则"
    assert me.post(page(made), sent | {"rule": "gbt24067@1"}).status_code == 302
    assert stored(made)["rule"] == "gbt24067@1"


def test_rules_are_offered_with_what_they_are_worth(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    choices = me.get(page(made)).context["form"].fields["rule"].choices
    groups = {label: dict(rules) for label, rules in choices if isinstance(rules, list)}
    demonstrations = next(rules for label, rules in groups.items() if "lithium-battery-pack@1" in rules)
    assert all("gbt24067@1" not in rules for rules in (demonstrations,))
    assert "演示" in demonstrations["lithium-battery-pack@1"]


def test_profiles_of_the_rule_are_offered(me: Browser, by: Actor) -> None:
    made = study(line(), rule="battery-electric-car@1", by=by)
    offered = dict(me.get(page(made)).context["form"].fields["statements.use.id"].choices)
    from zuji.formats.rules import shipped

    assert {each.id for each in shipped().get("battery-electric-car@1").use.profiles} <= offered.keys()


def test_after_saving_the_page_opens_where_one_was(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    sent = filled(me.get(page(made))) | {"goal.reason": "x", "at": "statements.offsets"}
    assert me.post(page(made), sent)["Location"] == f"{page(made)}#statements.offsets"
    evil = filled(me.get(page(made))) | {"goal.reason": "y", "at": "//evil.example"}
    assert me.post(page(made), evil)["Location"] == page(made)


def test_the_old_address_of_the_goal_leads_here(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    answer = me.get(reverse("products:goal", args=[made.pk]))
    assert answer["Location"] == f"{page(made)}#goal.reason"


def test_reasons_for_stages_are_asked_only_of_stages_outside(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    form = me.get(page(made)).context["form"]
    names = {name.removeprefix(f"{EXCLUDED}.") for name in form.fields if name.startswith(EXCLUDED)}
    assert names == {"distribution", "use", "end_of_life"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_speaks_the_readers_language(language: str) -> None:
    english = language == "en"
    text = Browser().get(("/en" if english else "") + page(demonstration())).content.decode()
    assert ("Why is the study made?" in text) is english
    assert ("为什么做这项研究" in text) is not english
    assert ("员工通勤与差旅" in text) is not english


def test_damaged_documents_are_shown_all_the_same(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    broken = {
        "interpretation": "ein Satz",
        "balances": "keine",
        "offsets": [7, {"amount": "x"}],
        "gases": "CO2",
    }
    edits.edit(study=made, operations=[{"op": "set", "path": ["statements"], "value": broken}], by=by)
    edits.edit(
        study=ProductStudy.objects.get(pk=made.pk),
        operations=[{"op": "set", "path": ["boundary", "excluded"], "value": "alles"}],
        by=by,
    )
    response = me.get(page(made))
    assert response.status_code == 200
    assert json.loads(response.context["form"].seen_text)["statements.gases"] == "CO2"
