"""The check page: outcomes, filters, rules to choose, who may do what with it."""

import re
from typing import Any

import pytest
from django.test import Client as Browser

from tests.web.factories import accounts, checks, products, standards
from zuji_web.accounts.permissions import Role
from zuji_web.products.actions import edits
from zuji_web.products.models import ProductStudy

pytestmark = pytest.mark.django_db


def read(browser: Browser, study: ProductStudy, query: str = "", *, language: str = "") -> str:
    answer = browser.get(f"{language}/products/{study.pk}/check/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def shown(page: str) -> list[str]:
    """Ids of the items on a page, in order."""
    return re.findall(r'id="item-([\w.]+)"', page)


def context(browser: Browser, study: ProductStudy, query: str = "") -> Any:
    return browser.get(f"/products/{study.pk}/check/{query}").context


def test_every_item_is_shown_and_the_unmet_ones_stand_first() -> None:
    by = products.modeller()
    page = read(accounts.browser(by), checks.whole(by=by))
    items = shown(page)
    assert {f"V{number}" for number in range(1, 38)} <= set(items)
    outcomes = [
        each.item.outcome.value for each in context(accounts.browser(by), checks.whole(by=by))["items"]
    ]
    order = ["not_met", "attention", "met", "not_applicable"]
    assert outcomes == sorted(outcomes, key=order.index)
    assert "不符合" in page


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_speaks_the_readers_language(language: str) -> None:
    by = products.modeller()
    page = read(accounts.browser(by), checks.whole(by=by), language=language)
    assert ("Does not conform yet" in page) == bool(language)
    assert ("尚不符合" in page) != bool(language)


def test_filters_leave_what_was_asked_for() -> None:
    by = products.modeller()
    browser, study = accounts.browser(by), checks.whole(by=by)
    whole = context(browser, study)["conformity"]
    for outcome in ("not_met", "met", "attention", "not_applicable"):
        wanted = {item.id for item in whole.items if item.outcome == outcome}
        assert set(shown(read(browser, study, f"?outcome={outcome}"))) == wanted
    found = context(browser, study, "?severity=error")["items"]
    assert found
    assert all(each.shortcoming.severity == "error" for item in found for each in item.mendings)
    assert len(shown(read(browser, study, "?outcome=nonsense&severity=nonsense"))) == len(whole.items)


def test_the_fragment_is_the_answer_alone() -> None:
    by = products.modeller()
    study = checks.whole(by=by)
    answer = accounts.browser(by).get(f"/products/{study.pk}/check/", headers={"x-zuji-part": "check"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "V37" in shown(page)


def test_the_rule_that_is_asked_for_is_the_one_that_checks() -> None:
    by = products.modeller()
    browser, study = accounts.browser(by), checks.whole(by=by)
    assert context(browser, study)["rule"].key == checks.GENERAL
    assert context(browser, study, "?rule=pef@2021")["rule"].key == "pef@2021"
    answer = context(browser, study, "?rule=nobody@7")
    assert [problem.code for problem in answer["problems"]] == ["unknown-rule"]
    assert answer["rule"].key == answer["offers"].first.rule.key


def test_the_rule_that_the_study_names_is_taken_and_demonstrations_never_govern() -> None:
    by = products.modeller()
    study = products.study(by=by, product={"name": "酒", "code": "zuji:baijiu-strong-aroma"}, rule="cement@1")
    answer = context(accounts.browser(by), study)
    assert answer["rule"].key == "cement@1"
    reasons = {offer.rule.id: offer.reason.en for offer in answer["offers"].offers}
    assert reasons["cement"] == "named by the study"
    assert reasons["baijiu-strong-aroma"] == "covers this product code"
    assert "governs this product" not in reasons.values()


def test_the_rule_of_the_governing_standard_is_offered_first() -> None:
    by = products.modeller()
    standards.registered(standards.standard(rule="baijiu-strong-aroma", in_force=standards.standard().issued))
    study = products.study(by=by, product={"name": "酒", "code": "zuji:baijiu-strong-aroma"})
    answer = context(accounts.browser(by), study)
    first = answer["offers"].first
    assert (first.rule.id, first.reason.en) == ("baijiu-strong-aroma", "governs this product")
    assert answer["checked"].governing.standard.rule == "baijiu-strong-aroma"


def test_a_newer_version_is_offered_beside_the_one_that_the_study_names() -> None:
    by = products.modeller()
    old, new = checks.adopted(), checks.adopted("period: 6\n", version="2")
    answer = context(accounts.browser(by), checks.naming(old.key, by=by))
    keys = [offer.rule.key for offer in answer["offers"].offers]
    assert answer["rule"].key == old.key
    assert {old.key, new.key} <= set(keys)


def test_an_unfinished_study_is_checked_as_far_as_it_goes() -> None:
    by = products.modeller()
    study = products.study(
        products.line(), products.bare("L2", quantity={"amount": 1.0, "unit": "kg"}), by=by
    )
    page = read(accounts.browser(by), study)
    assert "还没有结果" in page
    assert f"/products/{study.pk}/?line=L2&amp;field=factor" in page
    assert "第 2 行 水泥" in page


def test_mending_leaves_one_shortcoming_fewer() -> None:
    by = products.modeller()
    browser, study = accounts.browser(by), products.study(by=by)
    before = context(browser, study)["conformity"]
    assert any(item.id == "V1" and item.outcome == "not_met" for item in before.items)
    reason = {"op": "set", "path": ["goal"], "value": {"reason": "客户要求", "use": "提供给客户"}}
    edits.edit(study=study, operations=[reason], by=by)
    after = context(browser, study)["conformity"]
    assert len(after.shortcomings) < len(before.shortcomings)


@pytest.mark.parametrize("role", Role)
def test_every_role_reads_and_only_who_may_edit_is_told_to_mend(role: Role) -> None:
    home = accounts.organisation()
    study = products.study(by=accounts.owner(home))
    page = read(accounts.browser(accounts.member(role, of=home)), study)
    may_edit = role in {Role.OWNER, Role.DATA_CLERK, Role.MODELLER}
    assert ("去改正" in page) == may_edit
    assert ("查看所在处" in page) != may_edit


def test_strangers_and_visitors_see_demonstrations_only() -> None:
    study, example = products.study(), products.demonstration()
    for browser in (accounts.browser(), accounts.browser(accounts.member())):
        for page in ("check", "rules"):
            assert browser.get(f"/products/{study.pk}/{page}/").status_code == 404
            assert browser.get(f"/products/{example.pk}/{page}/").status_code == 200


def test_what_a_run_found_is_told_to_the_own_organisation() -> None:
    by = products.modeller()
    run = checks.recheck(by)
    study = ProductStudy.objects.get(organisation=by.organisation)
    assert context(accounts.browser(by), study)["kept"].rule == run.rule.key
