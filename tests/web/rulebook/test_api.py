"""Rules over the API: read by anybody, checked for members."""

import hashlib
from typing import Any

import pytest

from tests.web.factories import accounts, rulebook
from zuji.formats import rules
from zuji_web.rulebook.actions import versions
from zuji_web.rulebook.models import RuleVersion

pytestmark = pytest.mark.django_db
BASE = "/api/v1/rules"


def read(path: str, **query: str) -> Any:
    answer = accounts.browser().get(f"{BASE}{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_list_has_the_newest_of_every_rule() -> None:
    rulebook.loaded()
    rulebook.draft(rulebook.text(id="secret"))
    listed = read("", limit="500")
    assert listed["count"] == len({rule.id for rule in rules.shipped()})
    assert [row["rule_id"] for row in read("", q="水泥")["items"]] == ["cement", "cement-clinker"]
    demonstrations = read("", standing="demonstration", limit="500")["items"]
    assert demonstrations
    assert {row["standing"] for row in demonstrations} == {"demonstration"}
    assert accounts.browser().get(BASE, {"standing": "golden"}).status_code == 422


def test_one_rule_by_its_key_with_items_in_words() -> None:
    rulebook.loaded()
    cement = read("/cement")
    assert cement["key"] == "cement@1"
    assert cement["products"] == ["zuji:cement"]
    assert cement["document"] == rules.to_dict(rules.shipped().get("cement"))
    items = {item["path"]: item for item in cement["items"]}
    assert items["quality.worst"]["origin"] == "cement@1"
    assert items["cut_off.each"]["origin"] == "gbt24067@1"
    assert items["unit.kind"]["value"] == {"zh": "声明单位", "en": "declared unit"}
    assert read("/cement@1") == cement
    text = accounts.browser().get(f"{BASE}/cement@1/yaml")
    assert text["Content-Type"].startswith("application/yaml")
    assert hashlib.sha256(text.content).hexdigest() == cement["digest"]
    assert rules.load(text.content) == rules.shipped().get("cement")
    for unknown in ("/nothing", "/cement@9", "/cement@9/yaml"):
        assert accounts.browser().get(f"{BASE}{unknown}").status_code == 404


def test_drafts_are_not_read_and_withdrawn_versions_say_why() -> None:
    draft = rulebook.draft(rulebook.text(id="brick"))
    assert accounts.browser().get(f"{BASE}/brick@1").status_code == 404
    versions.adopt(rule=draft, reason="Notice 1", by=rulebook.approver())
    row = RuleVersion.objects.get(rule_id="brick")
    versions.withdraw(rule=row, reason="Notice 2", by=rulebook.approver())
    found = read("/brick@1")
    assert (found["state"], found["adoption_reason"], found["withdrawal_reason"]) == (
        "withdrawn", "Notice 1", "Notice 2",
    )  # fmt: skip


def test_the_schema_is_the_librarys() -> None:
    assert read("/schema") == rules.schema()


def ask(text: str, caller: Any) -> Any:
    return caller.post(f"{BASE}/validate", {"text": text}, content_type="application/json")


def test_a_text_is_checked_with_rows_and_cures() -> None:
    caller = accounts.browser(accounts.member())
    found = ask(rulebook.text(id="brick", cut_off="{each: 1 %, totl: 5 %}"), caller).json()
    assert found["valid"] is False
    (problem,) = found["problems"]
    assert (problem["place"]["row"], problem["place"]["field"]) == (10, "cut_off.totl")
    assert "total" in problem["cure"]
    sound = ask(rulebook.text(id="brick"), caller).json()
    assert (sound["valid"], sound["key"], sound["problems"]) == (True, "brick@1", [])
    assert any(item["path"] == "cut_off.total" and item["origin"] == "brick@1" for item in sound["items"])


@pytest.mark.parametrize("text", ["", "[", "- 1", "id: [", "a: &a [*a]", "!!python/object:x {}", "x" * 500])
def test_any_text_is_answered_with_problems(text: str) -> None:
    answer = ask(text, accounts.browser(accounts.member()))
    assert answer.status_code == 200, answer.content
    assert answer.json()["valid"] is False
    assert answer.json()["problems"]


def test_who_may_check_a_text() -> None:
    assert ask("id: x", accounts.browser()).status_code == 401
    client, secret = accounts.api_client(scopes=["standards:read"])
    assert ask("id: x", accounts.caller(accounts.token(client, secret))).status_code == 200
    other, its = accounts.api_client(scopes=["factors:read"])
    assert ask("id: x", accounts.caller(accounts.token(other, its))).status_code == 403
    assert not RuleVersion.objects.exists()
