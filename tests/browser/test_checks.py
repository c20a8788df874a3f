"""Checks in a real Chromium: from a shortcoming to the place that mends it, and back."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.web.factories import accounts, checks, products
from zuji_web.checks.models import Recheck

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def shortcomings(page: Page) -> int:
    return int(page.locator("[data-shortcomings]").get_attribute("data-shortcomings") or -1)


@SIZES
def test_a_shortcoming_leads_to_the_field_that_mends_it(
    page: Page,
    live_server: Any,
    enter: Any,
    complaints: Any,
    accessible: Any,
    no_sideways_scroll: Any,
    size: Any,
) -> None:
    by = products.modeller()
    study = products.study(by=by)
    page.set_viewport_size(size)
    enter(by).goto(f"{live_server.url}/products/{study.pk}/check/")
    before = shortcomings(page)
    assert before > 0
    accessible(page)
    no_sideways_scroll(page)

    # A statement.
    page.locator("#item-V1").get_by_role("link", name="去改正").first.click()
    expect(page.locator("zuji-statements")).to_be_visible()
    expect(page.locator("[data-field^='goal.'] :focus")).to_have_count(1)
    page.keyboard.type("客户要求提供产品碳足迹")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="符合性", exact=True).click()
    expect(page.locator(".zk-said")).to_contain_text(f"由 {before} 个变为")
    after = shortcomings(page)
    assert after < before

    # A line of the inventory, and back with the browser's own button.
    link = page.locator(".zk-mendings a[href*='line='][href*='field=']").first
    wanted = link.get_attribute("href") or ""
    link.click()
    expect(page).to_have_url(f"{live_server.url}{wanted}")
    expect(page.locator("zuji-grid :focus, zuji-line :focus")).to_have_count(1)
    page.go_back()
    expect(page.locator("[data-shortcomings]")).to_be_visible()
    assert shortcomings(page) == after
    assert not complaints


def test_another_window_mends_and_the_page_follows(page: Page, live_server: Any, enter: Any) -> None:
    from zuji_web.products.actions import edits

    by = products.modeller()
    study = products.study(by=by)
    enter(by).goto(f"{live_server.url}/products/{study.pk}/check/")
    before = shortcomings(page)
    goal = {"op": "set", "path": ["goal"], "value": {"reason": "客户要求", "use": "提供给客户"}}
    edits.edit(study=study, operations=[goal], by=by)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator(".zk-said")).to_contain_text(f"由 {before} 个变为")
    assert shortcomings(page) < before


@SIZES
def test_every_page_fits(
    page: Page,
    live_server: Any,
    library: None,
    enter: Any,
    complaints: Any,
    accessible: Any,
    no_sideways_scroll: Any,
    size: Any,
    tmp_path: Path,
) -> None:
    by = products.modeller()
    study = checks.whole(by=by, product={"name": "熔铸托盘", "code": "zuji:primary-aluminium"})
    mine, everywhere = checks.recheck(by), Recheck.objects.get(organisation=None)
    rule = mine.rule
    approver = accounts.appointed("standards_approver", of=everywhere.home)
    page.set_viewport_size(size)
    for name, actor, where in (
        ("check", by, f"/products/{study.pk}/check/"),
        ("nothing", by, f"/products/{study.pk}/check/?outcome=not_applicable&severity=error"),
        ("several", by, f"/products/{study.pk}/rules/?rule=pef&rule=gbt24067&rule=pact-v3"),
        ("english", by, f"/en/products/{study.pk}/rules/?rule=pef&rule=gbt24067"),
        ("begin", by, f"/rules/{rule.pk}/begin/"),
        ("run", by, f"/rules/rechecks/{mine.pk}/"),
        ("everywhere", approver, f"/rules/rechecks/{everywhere.pk}/"),
    ):
        enter(actor).goto(f"{live_server.url}{where}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=tmp_path / f"{name}-{size['width']}.png", full_page=True)
        no_sideways_scroll(page)
        accessible(page)
    assert not complaints


@SIZES
def test_a_draft_is_tried_on_an_example(
    page: Page,
    live_server: Any,
    enter: Any,
    complaints: Any,
    accessible: Any,
    no_sideways_scroll: Any,
    size: Any,
) -> None:
    checks.adopted()
    products.demonstration()
    editor = accounts.appointed("rule_editor")
    draft = checks.draft("cut_off:\n  each: 30 %\n  total: 60 %\n", version="2", by=editor)
    page.set_viewport_size(size)
    enter(editor).goto(f"{live_server.url}/rules/{draft.pk}/edit/")
    beside = page.locator("select[name=against]")
    other = beside.locator("option", has_text="test-electricity@1").first
    beside.select_option(other.get_attribute("value"))
    page.get_by_role("button", name="试算").click()
    told = page.locator(".zb-previewed")
    expect(told.get_by_role("table").first).to_contain_text("按规则核算的总量")
    expect(told).to_contain_text("test-electricity@1")
    accessible(page)
    no_sideways_scroll(page)
    assert not complaints
