"""Pages of the workbench: what they show, whom they let in, what their forms change."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from tests.web.factories import accounts
from tests.web.factories.products import (
    CEMENT,
    ELECTRICITY,
    bare,
    demonstration,
    document,
    line,
    modeller,
    study,
)
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Role
from zuji_web.products.actions import edits
from zuji_web.products.models import ConfirmedMatch, ProductStudy

pytestmark = pytest.mark.django_db
TABS = ["workbench", "product", "statements", "processes", "scenarios"]


@pytest.fixture
def by() -> Actor:
    return modeller()


@pytest.fixture
def me(by: Actor) -> Browser:
    return accounts.browser(by)


def page(name: str, made: ProductStudy | None = None) -> str:
    return reverse(f"products:{name}", args=[made.pk] if made else [])


def stored(made: ProductStudy) -> dict[str, Any]:
    return ProductStudy.objects.get(pk=made.pk).document


def filled(response: Any, form: str = "form") -> dict[str, Any]:
    """What a browser would send back of a form that nobody touched."""
    fields = response.context[form]
    values: dict[str, Any] = {}
    for bound in fields:
        value = bound.value()
        if value not in (None, False):
            values[bound.html_name] = "on" if value is True else value
    return values


def test_a_newcomer_is_told_how_to_begin(me: Browser) -> None:
    text = me.get(page("list")).content.decode()
    for name in ("template", "import", "create"):
        assert page(name) in text


def test_the_list_shows_ones_own_and_the_examples(me: Browser, by: Actor) -> None:
    mine, example, foreign = study(product={"name": "自家产品"}, by=by), demonstration(), study()
    text = me.get(page("list")).content.decode()
    assert page("workbench", mine) in text
    assert page("copy", example) in text
    assert page("workbench", foreign) not in text
    assert page("workbench", mine) not in me.get(page("list"), {"q": "别的"}).content.decode()


def test_a_visitor_sees_examples_and_is_sent_to_login_for_the_rest() -> None:
    example, visitor = demonstration(), Browser()
    assert page("workbench", example) in visitor.get(page("list")).content.decode()
    for name in TABS:
        assert visitor.get(page(name, example)).status_code == 200
        assert visitor.get(page(name, study())).status_code == 404
    for name in ("create", "import"):
        assert visitor.get(page(name)).status_code == 302
    assert visitor.post(page("copy", example)).status_code == 302
    assert not json.loads(_data(visitor.get(page("workbench", example))))["editable"]


def test_the_forms_of_an_example_change_nothing(me: Browser) -> None:
    example = demonstration()
    before = example.document
    sent = filled(me.get(page("product", example))) | {"product__name": "x"}
    assert me.post(page("product", example), sent).status_code == 403
    assert me.post(page("processes", example), {"add": "1"}).status_code == 403
    assert me.post(page("delete", example)).status_code in {403, 404}
    assert stored(example) == before


def test_a_few_answers_open_the_workbench(me: Browser, by: Actor) -> None:
    answers = {
        "product": "钢瓶",
        "unit_amount": "1",
        "unit": "kg",
        "boundary": "cradle_to_gate",
        "start": "2024-01-01",
        "end": "2024-12-31",
        "region": "CN-SC",
        "basis": "unit",
    }
    refused = me.post(page("create"), {**answers, "unit": "桶哇"})
    assert refused.status_code == 422
    assert not ProductStudy.objects.exists()
    answer = me.post(page("create"), answers)
    made = ProductStudy.objects.get()
    assert answer["Location"] == page("workbench", made)
    assert made.organisation == by.organisation
    assert made.document["id"]


def test_the_workbench_carries_what_its_elements_need(me: Browser, by: Actor) -> None:
    made = study(line("a"), bare("b"), by=by)
    data = json.loads(_data(me.get(page("workbench", made))))
    assert data["editable"]
    assert data["document"] == made.document
    assert data["live"]["uncounted"] == 1
    assert data["vocabulary"]["units"]["of_kind"]["electricity"][0] == "kWh"
    assert {choice["value"] for choice in data["vocabulary"]["kinds"]} >= {"material", "recycling"}
    assert all(data["strings"].values())


def test_a_viewer_reads_the_workbench(by: Actor) -> None:
    made = study(by=by)
    viewer = accounts.browser(accounts.member(Role.VIEWER, of=by.organisation))
    assert not json.loads(_data(viewer.get(page("workbench", made))))["editable"]
    assert viewer.post(page("processes", made), {"add": "1"}).status_code == 403


def test_the_product_form_changes_only_what_was_touched(me: Browser, by: Actor) -> None:
    made = study(by=by)
    sent = filled(me.get(page("product", made))) | {"product__model": "甲型"}
    note = {"op": "set", "path": ["product", "site"], "value": "成都"}
    edits.edit(study=made, operations=[note], by=accounts.member(of=by.organisation))
    answer = me.post(page("product", made), sent)
    assert answer.status_code == 302
    assert stored(made)["product"] == {"name": "样品", "model": "甲型", "site": "成都"}
    untouched = ProductStudy.objects.get(pk=made.pk).revision
    me.post(page("product", made), filled(me.get(page("product", made))))
    assert ProductStudy.objects.get(pk=made.pk).revision == untouched


def test_the_product_form_does_not_overwrite_somebody_else(me: Browser, by: Actor) -> None:
    made = study(by=by)
    sent = filled(me.get(page("product", made))) | {"product__name": "我的名字"}
    theirs = {"op": "set", "path": ["product", "name"], "value": "他们的名字"}
    edits.edit(study=made, operations=[theirs], by=accounts.member(of=by.organisation))
    answer = me.post(page("product", made), sent)
    assert answer.status_code == 422
    assert stored(made)["product"]["name"] == "他们的名字"
    assert answer.context["problems"][0].code == "changed-meanwhile"


def test_a_stage_left_out_keeps_its_reason(me: Browser, by: Actor) -> None:
    made = study(by=by)
    sent = filled(me.get(page("product", made))) | {"use": "止于出厂", "raw_material": "不会保存：在边界内"}
    assert me.post(page("product", made), sent).status_code == 302
    assert stored(made)["boundary"]["excluded"] == [{"stage": "use", "reason": "止于出厂"}]


def _outputs(prefix: str, *rows: dict[str, str]) -> dict[str, str]:
    sent = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "1"}
    for number, row in enumerate(rows):
        sent |= {f"{prefix}-{number}-{key}": value for key, value in row.items()}
    return sent


def test_a_process_gets_a_by_product_with_an_allocation(me: Browser, by: Actor) -> None:
    made = study(by=by)
    card = me.get(page("processes", made)).context["cards"][0]
    rows = _outputs(
        "main-outputs",
        {"product": "样品", "amount": "1", "unit": "kg", "property_value": "10"},
        {"product": "副产品", "amount": "0.5", "unit": "kg", "property_value": "2"},
        {"product": "", "amount": "", "unit": ""},
    )
    sent = {"save": "main", "main-seen": card["form"]["seen"].value(), "main-name": "合成"} | rows
    answer = me.post(page("processes", made), sent | {"main-allocation": "economic"})
    assert answer.status_code == 302, answer.content.decode()
    process = stored(made)["processes"][0]
    assert (process["name"], process["allocation"]) == ("合成", "economic")
    assert process["outputs"][1] == {
        "product": "副产品",
        "quantity": {"amount": 0.5, "unit": "kg"},
        "property_value": 2.0,
    }
    assert ProductStudy.objects.get(pk=made.pk).total == pytest.approx(2 * 0.5777 * 10 / 11)


def test_mistakes_in_outputs_are_shown_and_nothing_is_saved(me: Browser, by: Actor) -> None:
    made = study(by=by)
    rows = _outputs("main-outputs", {"product": "样品", "amount": "-1", "unit": "桶哇"})
    sent = {"save": "main", "main-name": "生产", "main-allocation": "none"} | rows
    answer = me.post(page("processes", made), sent)
    assert answer.status_code == 422
    assert stored(made) == made.document


def test_processes_are_added_moved_and_deleted(me: Browser, by: Actor) -> None:
    made = study(by=by)
    me.post(page("processes", made), {"add": "1"})
    second = stored(made)["processes"][1]["id"]
    me.post(page("processes", made), {"first": second})
    assert [each["id"] for each in stored(made)["processes"]] == [second, "main"]
    me.post(page("processes", made), {"remove": second})
    assert stored(made) == made.document


def test_a_scenario_is_compared_with_the_base(me: Browser, by: Actor) -> None:
    made = study(line("a"), by=by)
    me.post(page("scenarios", made), {"add": "1"})
    scenario = stored(made)["scenarios"][0]["id"]
    rows = _outputs(f"{scenario}-changes", {"line": "a", "factor": "elec_cf_hydro_2024"})
    rows[f"{scenario}-changes-INITIAL_FORMS"] = "0"
    card = me.get(page("scenarios", made)).context["cards"][0]
    sent = {"save": scenario, f"{scenario}-seen": card["form"]["seen"].value(), f"{scenario}-name": "水电"}
    answer = me.post(page("scenarios", made), sent | rows)
    assert answer.status_code == 302, answer.content.decode()
    assert stored(made)["scenarios"][0]["changes"] == [{"line": "a", "factor": "elec_cf_hydro_2024"}]
    comparison = me.get(page("scenarios", made)).context["comparison"]
    assert comparison["base"] == pytest.approx(2 * 0.5777)
    assert comparison["results"][scenario].difference < 0


@pytest.mark.parametrize(
    "change",
    [
        {"line": "a"},
        {"line": "nowhere", "scale": "0.9"},
        {"line": "a", "amount": "1", "scale": "2"},
        {"line": "a", "factor": "no_such_code"},
        {"line": "a", "scale": "1,5"},
    ],
)
def test_a_scenario_with_mistakes_is_not_saved(me: Browser, by: Actor, change: dict[str, str]) -> None:
    made = study(line("a"), scenarios=[{"id": "s", "name": "一", "changes": []}], by=by)
    rows = _outputs("s-changes", change)
    rows["s-changes-INITIAL_FORMS"] = "0"
    answer = me.post(page("scenarios", made), {"save": "s", "s-name": "一"} | rows)
    assert answer.status_code == 422
    assert stored(made) == made.document


def test_the_review_takes_only_what_was_ticked(me: Browser, by: Actor) -> None:
    weight = {"quantity": {"amount": 1, "unit": "kg"}}
    made = study(bare("a", item="砌筑水泥", **weight), bare("b", item="砌筑水泥", **weight), by=by)
    shown = me.get(page("match", made))
    assert [row["line"]["id"] for row in shown.context["rows"]] == ["a", "b"]
    sent = {"line": ["a"], "factor-a": CEMENT, "factor-b": CEMENT}
    assert me.post(page("match", made), sent).status_code == 302
    first, second = stored(made)["processes"][0]["lines"]
    assert first["factor"] == CEMENT
    assert "factor" not in second
    assert ConfirmedMatch.objects.count() == 1


def test_the_review_refuses_what_may_not_stand(me: Browser, by: Actor) -> None:
    made = study(bare("a", quantity={"amount": 1, "unit": "kg"}), by=by)
    answer = me.post(page("match", made), {"line": ["a"], "factor-a": ELECTRICITY})
    assert answer.status_code == 422
    assert stored(made) == made.document


def test_an_upload_with_mistakes_shows_all_of_them_and_imports_nothing(me: Browser) -> None:
    wrong = document(line("a", stage="nowhere"), line("b", quantity={"amount": "?", "unit": "kWh"}))
    upload = SimpleUploadedFile("study.json", json.dumps(wrong).encode())
    answer = me.post(page("import"), {"file": upload})
    assert answer.status_code == 422
    assert len(answer.context["problems"]) == 2
    assert not ProductStudy.objects.exists()


def test_an_upload_goes_on_to_matching_where_factors_are_missing(me: Browser) -> None:
    lines = [line("a"), bare("b", quantity={"amount": 1, "unit": "kg"})]
    upload = SimpleUploadedFile("study.json", json.dumps(document(*lines)).encode())
    answer = me.post(page("import"), {"file": upload})
    made = ProductStudy.objects.get()
    assert answer["Location"] == page("match", made)


def test_a_file_replaces_a_draft_as_one_step(me: Browser, by: Actor) -> None:
    made = study(by=by)
    upload = SimpleUploadedFile("study.json", json.dumps(document(line("z"))).encode())
    assert me.post(page("import_into", made), {"file": upload}).status_code == 302
    assert stored(made)["processes"][0]["lines"][0]["id"] == "z"
    edits.undo(study=made, by=by)
    assert stored(made) == made.document


def test_export_and_its_refusal(me: Browser, by: Actor) -> None:
    whole, gaps = study(by=by), study(bare(), by=by)
    answer = me.get(reverse("products:export", args=[whole.pk, "yaml"]))
    assert "attachment" in answer["Content-Disposition"]
    assert me.get(reverse("products:export", args=[whole.pk, "exe"])).status_code == 404
    assert me.get(reverse("products:export", args=[gaps.pk, "xlsx"])).status_code == 422
    assert me.get(reverse("products:export", args=[gaps.pk, "json"])).status_code == 200


def test_copy_delete_and_new_version(me: Browser, by: Actor) -> None:
    made = study(by=by)
    assert me.post(page("copy", made)).status_code == 302
    assert me.post(page("delete", made)).status_code == 302
    assert ProductStudy.objects.count() == 1
    left = ProductStudy.objects.get()
    assert me.post(page("new_version", left)).status_code == 409
    assert me.get(page("delete", left)).status_code == 405


def _data(response: Any) -> str:
    text: str = response.content.decode()
    begin = text.index("application/json", text.index('id="workbench-data"')) + len('application/json">')
    return text[begin : text.index("</script>", begin)]
