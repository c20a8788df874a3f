"""Pages of rules: read by everybody, drafts by those who write or adopt, in both languages."""

import json
from html import unescape
from typing import Any

import pytest
from django.urls import reverse as django_reverse
from django.utils.translation import override

from tests.web.factories import accounts, rulebook
from zuji.formats import rules
from zuji_web.accounts.permissions import WORK_AREAS, Permission, Role
from zuji_web.rulebook.actions import versions
from zuji_web.rulebook.models import RuleState, RuleVersion
from zuji_web.rulebook.queries.drafting import drafted

pytestmark = pytest.mark.django_db


def reverse(name: str, *args: Any) -> str:
    with override("zh-hans"):
        return django_reverse(f"rulebook:{name}", args=args)


def read(browser: Any, address: str, **query: str) -> str:
    answer = browser.get(address, query)
    assert answer.status_code == 200, (address, answer.status_code)
    return unescape(answer.content.decode())


@pytest.mark.parametrize("language", ["", "/en"])
def test_everybody_reads_the_list_and_every_rule(language: str) -> None:
    rulebook.loaded()
    rulebook.draft(rulebook.text(id="secret", name="秘密"))
    visitor = accounts.browser()
    page = read(visitor, language + reverse("list"))
    for row in RuleVersion.objects.filter(state=RuleState.ADOPTED):
        assert row.rule_id in page
        one = read(visitor, language + reverse("rule", row.pk))
        demonstration = row.standing == "demonstration"
        assert (
            ("Demonstration, not a standard" if language else "演示规则，不是标准") in one
        ) is demonstration
    assert "秘密" not in page
    assert "新建版本" not in page
    assert reverse("create") not in page


def test_a_rule_is_told_in_words_with_clause_certainty_and_origin() -> None:
    rulebook.loaded()
    visitor = accounts.browser()
    key = visitor.get(reverse("key", "cement"))
    page = read(visitor, key["Location"])
    assert "声明单位" in page
    assert "(EU) 2021/2279 附件 I" in page
    assert "80 % 覆盖率为 PEF 与 CIFA 指南的做法" in page
    assert "gbt24067@1" in page
    english = read(visitor, "/en" + key["Location"])
    assert "declared unit" in english
    assert "taken over from gbt24067@1" in english
    assert visitor.get(reverse("key", "nothing@1")).status_code == 404


def test_the_list_is_searched_and_filtered() -> None:
    rulebook.loaded()
    visitor = accounts.browser()
    assert "steel-eaf" not in read(visitor, reverse("list"), q="水泥")
    assert "cement-clinker" in read(visitor, reverse("list"), q="水泥")
    assert "pact-v3" not in read(visitor, reverse("list"), standing="demonstration")
    assert "没有符合条件的规则" in read(visitor, reverse("list"), q="nothing of that name")
    for wrong in ({"standing": "golden"}, {"q": "%_'\""}):
        assert visitor.get(reverse("list"), wrong).status_code == 200
    assert visitor.get(reverse("list"), {"q": "\0"}).status_code == 404


def test_downloads() -> None:
    rulebook.loaded()
    row = RuleVersion.objects.get(rule_id="cement")
    visitor = accounts.browser()
    answer = visitor.get(reverse("yaml", row.pk))
    assert 'filename="cement-1.yaml"' in answer["Content-Disposition"]
    assert answer.content == row.content
    assert rules.load(answer.content) == rules.shipped().get("cement")
    assert json.loads(visitor.get(reverse("schema")).content) == rules.schema()


def call(browser: Any, name: str, *args: Any) -> list[int]:
    address = reverse(name, *args)
    return [
        browser.get(address).status_code,
        browser.post(address, {"text": "id: x", "reason": "x"}).status_code,
    ]


STEPS = ("edit", "new_version", "delete", "adopt", "withdraw")


@pytest.mark.parametrize("role", list(Role))
def test_no_role_by_itself_reaches_a_draft_or_a_step(role: Role) -> None:
    draft, adopted = rulebook.draft(), rulebook.adopted()
    before = list(RuleVersion.objects.values())
    member = accounts.browser(accounts.member(role))
    for browser in (accounts.browser(), member):
        for name in ("rule", "yaml"):
            assert browser.get(reverse(name, draft.pk)).status_code == 404
            assert browser.get(reverse(name, adopted.pk)).status_code == 200
        assert browser.get(reverse("difference", adopted.pk, draft.pk)).status_code == 404
        assert browser.get(reverse("difference", draft.pk, adopted.pk)).status_code == 404
        for row in (draft, adopted):
            for step in STEPS:
                assert set(call(browser, step, row.pk)) <= {302, 403, 405}, step
        assert set(call(browser, "create")) <= {302, 403}
        assert browser.post(reverse("problems"), {"text": "id: x"}).status_code in {302, 403}
    assert list(RuleVersion.objects.values()) == before


@pytest.mark.parametrize("area", sorted(WORK_AREAS))
def test_each_area_does_what_it_is_appointed_to(area: str) -> None:
    grants = WORK_AREAS[area].permissions
    actor = accounts.appointed(area)
    browser = accounts.browser(actor)
    foreign, adopted = rulebook.draft(), rulebook.adopted()
    assert (browser.get(reverse("create")).status_code == 200) is (Permission.RULE_EDIT in grants)
    assert (browser.get(reverse("adopt", foreign.pk)).status_code == 200) is (Permission.RULE_ADOPT in grants)
    assert (browser.get(reverse("withdraw", adopted.pk)).status_code == 200) is (
        Permission.RULE_ADOPT in grants
    )
    assert browser.get(reverse("edit", foreign.pk)).status_code != 200
    assert browser.post(reverse("delete", foreign.pk)).status_code in {403, 404}
    assert RuleVersion.objects.filter(pk=foreign.pk).exists()


def test_the_way_of_a_rule_over_the_pages() -> None:
    rulebook.loaded()
    author = rulebook.editor()
    editor, approver = accounts.browser(author), accounts.browser(rulebook.approver())
    # Written: with a mistake first, which is kept and told.
    text = rulebook.text(id="brick", cut_off="{each: 1 %, totl: 5 %}")
    made = editor.post(reverse("create"), {"text": text})
    draft = RuleVersion.objects.get(rule_id="brick")
    assert made["Location"] == reverse("edit", draft.pk)
    page = read(editor, made["Location"])
    assert 'data-row="10"' in page
    assert "cut_off.totl" in page
    refused = approver.post(reverse("adopt", draft.pk), {"reason": "Notice 4"})
    assert refused.status_code == 422
    assert "totl" in refused.content.decode()
    # Mended.
    mended = {"text": text.replace("totl", "total"), "revision": "1"}
    assert editor.post(reverse("edit", draft.pk), mended).status_code == 302
    stale = editor.post(reverse("edit", draft.pk), {"text": "id: other", "revision": "1"})
    assert stale.status_code == 422
    assert "id: other" in stale.content.decode(), "nothing typed is lost"
    # Adopted, which the author cannot.
    assert editor.post(reverse("adopt", draft.pk), {"reason": "Mine"}).status_code == 403
    assert approver.post(reverse("adopt", draft.pk), {"reason": ""}).status_code == 422
    assert approver.post(reverse("adopt", draft.pk), {"reason": "Notice 4"})["Location"] == reverse(
        "rule", draft.pk
    )
    assert "Notice 4" in read(accounts.browser(), reverse("rule", draft.pk))
    assert editor.get(reverse("edit", draft.pk))["Location"] == reverse("rule", draft.pk)
    # Continued, with what it changes.
    second = editor.post(reverse("new_version", draft.pk))["Location"]
    fresh = RuleVersion.objects.get(rule_id="brick", version="2")
    assert second == reverse("edit", fresh.pk)
    changed = {"text": fresh.text.replace("total: 5 %", "total: 4 %"), "revision": "1"}
    editor.post(second, changed)
    page = read(approver, reverse("adopt", fresh.pk))
    assert "cut_off.total" in page
    assert "cut_off.each" not in page
    assert "cut_off.total" in read(editor, reverse("difference", fresh.pk, draft.pk))
    # A third, dropped; the first withdrawn.
    third = editor.post(reverse("new_version", draft.pk))["Location"]
    assert RuleVersion.objects.filter(rule_id="brick", version="3").exists()
    editor.post(third.replace("edit", "delete"))
    assert not RuleVersion.objects.filter(rule_id="brick", version="3").exists()
    approver.post(reverse("withdraw", draft.pk), {"reason": "Notice 5"})
    assert "Notice 5" in read(accounts.browser(), reverse("rule", draft.pk))


def test_what_is_typed_is_answered_with_rows_cures_and_an_outline() -> None:
    rulebook.loaded()
    editor = accounts.browser(rulebook.editor())

    def ask(text: str) -> str:
        answer = editor.post(reverse("problems"), {"text": text})
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    sound = ask(rulebook.text(extends="cement@1"))
    assert "沿用自 cement@1" in sound
    assert "沿用自 gbt24067@1" in sound
    assert "data-rows=" in sound
    nearest = ask(rulebook.text(standing="demonstratoin"))
    assert 'data-row="5"' in nearest
    assert "demonstration" in nearest
    for text in ("", "[", "a: &a [*a]", "- 1", "x" * 300_000, "id: [", "\0"):
        assert "data-row" in ask(text) or "is-bad" in ask(text)


def test_rows_that_are_put_in_keep_the_rule_sound_and_what_holds() -> None:
    rulebook.loaded()
    text = rulebook.text(id="brick", unit="", cut_off="")
    found = drafted(text)
    assert not found.problems
    taken = [each for each in found.beginnings if each.taken]
    assert taken
    whole = drafted(text + "".join(each.text for each in taken))
    assert not whole.problems
    assert whole.resolved == found.resolved
    assert not [each for each in whole.beginnings if each.taken]
    for each in found.beginnings:
        assert drafted(text + each.text).rule is not None, each.name


def test_a_rule_begins_as_another_one() -> None:
    rulebook.loaded()
    editor = accounts.browser(rulebook.editor())
    page = read(editor, reverse("create"), like="cement@1")
    assert "id: cement-new\n" in page
    assert "粉磨与熟料用电" in page
    assert "extends: gbt24067@1" in read(editor, reverse("create"))
    assert editor.get(reverse("create"), {"like": "nothing"}).status_code == 404


def test_the_first_text_has_no_mistakes_but_those_a_person_must_mend() -> None:
    rulebook.loaded()
    page = accounts.browser(rulebook.editor()).get(reverse("create"))
    assert page.context["drafted"].problems == ()


def test_a_withdrawn_rule_says_so_and_refusals_are_told() -> None:
    rulebook.loaded()
    approver = accounts.browser(rulebook.approver())
    general = RuleVersion.objects.get(rule_id="gbt24067")
    refused = approver.post(reverse("withdraw", general.pk), {"reason": "Old"})
    assert refused.status_code == 422
    assert "cement@1" in refused.content.decode()
    row = rulebook.adopted()
    versions.withdraw(rule=row, reason="Replaced by law", by=rulebook.approver())
    again = approver.post(reverse("withdraw", row.pk), {"reason": "Again"})
    assert again.status_code == 422
