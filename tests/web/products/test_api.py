"""Studies over the API: the same actions, problem documents with places, revisions as ETags."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.web.factories import accounts
from tests.web.factories.products import (
    CEMENT,
    bare,
    demonstration,
    document,
    line,
    many_lines,
    modeller,
    study,
)
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Role
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries.calculation import live

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/studies"


def send(browser: Browser, method: str, path: str, body: Any = None, **headers: str) -> Any:
    options: dict[str, Any] = {"headers": headers}
    if body is not None:
        options |= {"data": json.dumps(body), "content_type": "application/json"}
    return getattr(browser, method)(f"{ROOT}{path}", **options)


@pytest.fixture
def by() -> Actor:
    return modeller()


@pytest.fixture
def me(by: Actor) -> Browser:
    return accounts.browser(by)


def test_a_whole_document_becomes_a_study(me: Browser) -> None:
    answer = send(me, "post", "", {"document": document(line())})
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert made["document"]["processes"][0]["lines"][0]["id"] == "L1"
    read = send(me, "get", f"/{made['id']}")
    assert read["ETag"] == '"0"'
    assert read.json()["document"] == made["document"]


def test_a_document_with_mistakes_is_refused_with_all_of_them(me: Browser) -> None:
    wrong = document(
        line(stage="nowhere"), line("b", quantity={"amount": "?", "unit": "kWh"}), geography=None
    )
    answer = send(me, "post", "", {"document": wrong})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    places = {(each["place"]["line"], each["place"]["field"]) for each in answer.json()["problems"]}
    assert ("b", "processes[0].lines[1].quantity.amount") in places
    assert len(places) >= 3
    assert not ProductStudy.objects.exists()


def test_the_list_pages_and_searches(me: Browser, by: Actor) -> None:
    for name in ("电芯", "电池包", "组件"):
        study(product={"name": name}, by=by)
    answer = send(me, "get", "?search=电&limit=1").json()
    assert (answer["count"], len(answer["items"])) == (2, 1)
    assert "document" not in answer["items"][0]


def test_a_line_is_added_changed_and_deleted(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    added = send(me, "post", f"/{made.pk}/lines", {"line": bare("", quantity={"amount": 2, "unit": "kg"})})
    assert added.status_code == 201, added.content
    fresh = added.json()
    assert (fresh["line"], fresh["revision"], fresh["live"]["uncounted"]) == ("L2", 1, 1)
    changed = send(me, "patch", f"/{made.pk}/lines/L2", {"factor": CEMENT, "quantity": {"amount": 3}}).json()
    assert changed["live"]["lines"]["L2"]["total"] == pytest.approx(3 * 0.539)
    assert changed["live"]["complete"]
    gone = send(me, "delete", f"/{made.pk}/lines/L2").json()
    assert set(gone["live"]["lines"]) == {"L1"}
    for method in ("patch", "delete"):
        assert send(me, method, f"/{made.pk}/lines/L2", {}).status_code == 404


def test_a_new_line_stands_where_it_was_asked_for(me: Browser, by: Actor) -> None:
    made = study(line("a"), line("b"), by=by)
    send(me, "post", f"/{made.pk}/lines", {"line": bare("x"), "after": "a"})
    kept = ProductStudy.objects.get(pk=made.pk).document["processes"][0]["lines"]
    assert [each["id"] for each in kept] == ["a", "x", "b"]


def test_a_revision_that_is_not_the_newest_is_refused(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    first = send(me, "patch", f"/{made.pk}", {"note": "一"}, **{"If-Match": '"0"'})
    assert first.status_code == 200, first.content
    second = send(me, "patch", f"/{made.pk}", {"note": "二"}, **{"If-Match": '"0"'})
    assert second.status_code == 409
    assert second.json()["problems"][0]["code"] == "study-changed"
    assert send(me, "patch", f"/{made.pk}", {"note": "二"}, **{"If-Match": '"1"'}).status_code == 200
    assert send(me, "patch", f"/{made.pk}", {"note": "三"}, **{"If-Match": "yesterday"}).status_code == 422


def test_different_cells_are_merged_and_the_editor_gets_the_whole(me: Browser, by: Actor) -> None:
    made = study(line("a"), line("b"), by=by)
    path = ["lines", "a", "quantity", "amount"]
    step = {"op": "set", "path": path, "value": 5, "was": 2.0}
    send(me, "post", f"/{made.pk}/edits", {"operations": [step]}, **{"If-Match": '"0"'})
    path[1] = "b"
    answer = send(me, "post", f"/{made.pk}/edits", {"operations": [step]}, **{"If-Match": '"0"'}).json()
    assert answer["merged"]
    amounts = [each["quantity"]["amount"] for each in answer["document"]["processes"][0]["lines"]]
    assert amounts == [5, 5]


def test_undo_and_redo(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    send(me, "patch", f"/{made.pk}", {"note": "一"})
    undone = send(me, "post", f"/{made.pk}/undo").json()
    assert (undone["undo"], undone["redo"], undone["document"].get("note")) == (False, True, None)
    redone = send(me, "post", f"/{made.pk}/redo").json()
    assert (redone["undo"], redone["redo"], redone["document"]["note"]) == (True, False, "一")
    assert send(me, "post", f"/{made.pk}/redo").status_code == 409


def test_put_replaces_the_document_as_one_step(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    answer = send(me, "put", f"/{made.pk}", {"document": document(line("z"), geography="CN-SC")})
    assert answer.status_code == 200
    assert ProductStudy.objects.get(pk=made.pk).document["geography"] == "CN-SC"
    assert send(me, "put", f"/{made.pk}", {"document": {"id": "x"}}).status_code == 422


@pytest.mark.parametrize("ending", ["json", "yaml", "xlsx"])
def test_what_is_exported_imports_to_the_same_study(me: Browser, by: Actor, ending: str) -> None:
    made = study(*many_lines(12), by=by)
    content = send(me, "get", f"/{made.pk}/export?format={ending}")
    assert content.status_code == 200
    file = SimpleUploadedFile(f"study.{ending}", content.content)
    answer = me.post(f"{ROOT}/import", {"file": file})
    assert answer.status_code == 201, answer.content
    assert answer.json()["document"] == made.document


def test_a_draft_with_gaps_is_exported_as_it_stands(me: Browser, by: Actor) -> None:
    made = study(bare(), by=by)
    assert json.loads(send(me, "get", f"/{made.pk}/export?format=json").content) == made.document


def test_an_import_takes_all_or_nothing(me: Browser) -> None:
    file = SimpleUploadedFile("study.json", json.dumps(document(line(), line(unit="?"))).encode())
    answer = me.post(f"{ROOT}/import", {"file": file})
    assert answer.status_code == 422
    assert not ProductStudy.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("study.exe", b"MZ"), ("study.json", b"\xff\xfe"), ("study.yaml", b"[")]
)
def test_files_that_are_none_are_refused(me: Browser, name: str, content: bytes) -> None:
    answer = me.post(f"{ROOT}/import", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"]["file"] == name


def test_a_file_above_the_limit_is_refused(me: Browser, settings: Any) -> None:
    settings.INVENTORY_UPLOAD_LIMIT = 10
    answer = me.post(f"{ROOT}/import", {"file": SimpleUploadedFile("study.json", b"{" + b" " * 20)})
    assert answer.json()["problems"][0]["code"] == "file-too-large"


def test_live_numbers_and_located_problems(me: Browser, by: Actor) -> None:
    made = study(line("a"), bare("b"), by=by)
    answer = send(me, "get", f"/{made.pk}/live", **{"Accept-Language": "en"}).json()
    numbers = answer["live"]
    assert (answer["revision"], numbers["uncounted"], numbers["complete"]) == (0, 1, False)
    assert numbers["total"] == live(made).total
    assert numbers["total_text"] == "1.1554"
    assert {each["field"] for each in numbers["problems"] if each["line"] == "b"} == {"quantity"}
    assert numbers["problems"][0]["text"] == "“Amount” is still empty. Fill it in."


def test_candidates_and_confirmation(me: Browser, by: Actor) -> None:
    made = study(bare(item="砌筑水泥", quantity={"amount": 1, "unit": "kg"}), by=by)
    offered = send(me, "get", f"/{made.pk}/candidates?line=L1").json()["candidates"]
    assert offered[0]["reasons"]
    body = {"choices": [{"line": "L1", "factor": offered[0]["id"]}]}
    answer = send(me, "post", f"/{made.pk}/matches", body, **{"If-Match": '"0"'}).json()
    assert answer["live"]["complete"]
    assert answer["live"]["factors"][offered[0]["id"]]["source"]
    assert send(me, "get", f"/{made.pk}/candidates?line=nothing").status_code == 404


def test_a_visitor_reads_examples_and_changes_nothing() -> None:
    example, visitor = demonstration(), Browser()
    assert send(visitor, "get", f"/{example.pk}").status_code == 200
    assert send(visitor, "get", f"/{example.pk}/live").status_code == 200
    assert send(visitor, "get", "?demonstrations=true").json()["count"] == 1
    assert send(visitor, "get", "").json()["count"] == 0
    assert send(visitor, "get", f"/{study().pk}").status_code == 404
    for method, path in (
        ("patch", ""),
        ("delete", ""),
        ("post", "/undo"),
        ("post", "/copy"),
        ("delete", "/lines/L1"),
    ):
        assert send(visitor, method, f"/{example.pk}{path}", {}).status_code == 401


def test_members_copy_examples_but_do_not_change_them(me: Browser, by: Actor) -> None:
    example = demonstration()
    assert send(me, "patch", f"/{example.pk}", {"note": "x"}).status_code == 403
    copied = send(me, "post", f"/{example.pk}/copy")
    assert copied.status_code == 201
    assert ProductStudy.objects.get(pk=copied.json()["id"]).organisation == by.organisation


def test_a_viewer_reads_and_does_not_write(by: Actor) -> None:
    made = study(by=by)
    viewer = accounts.browser(accounts.member(Role.VIEWER, of=by.organisation))
    assert send(viewer, "get", f"/{made.pk}").status_code == 200
    assert send(viewer, "patch", f"/{made.pk}", {"note": "x"}).status_code == 403
    assert send(viewer, "delete", f"/{made.pk}").status_code == 403


def test_a_draft_is_deleted(me: Browser, by: Actor) -> None:
    made = study(by=by)
    assert send(me, "delete", f"/{made.pk}").status_code == 204
    assert send(me, "get", f"/{made.pk}").status_code == 404


def test_records_in_lists_are_not_patched_whole(me: Browser, by: Actor) -> None:
    made = study(by=by)
    assert send(me, "patch", f"/{made.pk}", {"processes": []}).status_code == 422
    deep: Any = {}
    for levels in range(60):
        deep = {"a": deep}
        if levels == 30:
            assert send(me, "patch", f"/{made.pk}", {"note": deep}).status_code == 422
    assert send(me, "patch", f"/{made.pk}", {"note": deep}).status_code == 400
