"""Accounting rules in a real Chromium: mistakes told while one types, tried, adopted by another person."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.web.factories import rulebook
from zuji_web.products.models import ProductStudy
from zuji_web.rulebook.models import RuleState, RuleVersion


@pytest.fixture
def book(transactional_db: None) -> None:
    """The shipped rules, as after set-up."""
    rulebook.loaded()


def test_a_rule_is_written_tried_and_adopted(
    page: Page, live_server: Any, library: None, book: None, enter: Any, complaints: Any, accessible: Any
) -> None:
    base = live_server.url
    author, approver = rulebook.editor(), rulebook.approver()
    page = enter(author)
    page.goto(f"{base}/rules/key/cement@1/")
    page.get_by_role("button", name="新建版本").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("通用硅酸盐水泥")
    text, told = page.get_by_label("规则文本（YAML）"), page.locator(".zb-beside")
    expect(told).to_contain_text("没有错误，可以发布")
    expect(told).to_contain_text("沿用自 gbt24067@1")
    accessible(page)

    # A slip is told with its row and cure, and leads there.
    sound = text.input_value()
    row = next(i for i, each in enumerate(sound.split("\n"), 1) if each.startswith("quality:"))
    text.fill(sound.replace("worst: 4", "wrst: 4"))
    problem = told.get_by_role("listitem").filter(has_text="wrst")
    expect(problem).to_contain_text("worst")
    expect(told.locator("[data-part=outline]")).to_be_visible()
    problem.get_by_role("button", name=f"第 {row} 行").click()
    assert text.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)").startswith(
        "quality: {scheme"
    )
    assert page.locator(".zb-numbers .is-wrong").all_inner_texts() == [str(row)]
    accessible(page)

    # Mended with another floor; a group that is taken over is put in and changed.
    text.fill(sound.replace("worst: 4", "worst: 3"))
    expect(told).to_contain_text("没有错误，可以发布")
    told.get_by_role("button", name="取舍准则").click()
    expect(text).to_have_value(re.compile(r"\ncut_off:\n {2}each: 0\.01\n"))
    text.fill(text.input_value().replace("each: 0.01", "each: 2 %"))
    expect(told.get_by_role("button", name="取舍准则")).to_have_count(0)
    expect(told).to_contain_text("没有错误，可以发布")

    # Tried on an example, beside the version before.
    cement = ProductStudy.objects.get(demonstration=True, product_name__contains="P·O 42.5")
    preview = page.locator(".zb-preview")
    preview.locator("select[name=study]").select_option(str(cement.pk))
    preview.get_by_role("button").click()
    expect(preview.get_by_role("columnheader").nth(1)).to_contain_text("cement@2")
    expect(preview.get_by_role("columnheader").nth(2)).to_contain_text("cement@1")
    expect(preview).to_contain_text("cut_off.each")
    accessible(page)

    # Kept; what is not kept is asked about before leaving.
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("草稿已保存")).to_be_visible()
    draft = RuleVersion.objects.get(rule_id="cement", version="2")
    assert "each: 2 %" in draft.text
    page.goto(f"{base}/rules/{draft.pk}/")
    expect(page.get_by_role("link", name="发布", exact=True)).to_have_count(0)

    # Somebody else sees what changes and adopts it.
    page = enter(approver)
    page.goto(f"{base}/rules/{draft.pk}/")
    page.get_by_role("link", name="发布", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="cut_off.each")).to_contain_text("2")
    expect(page.get_by_role("row").filter(has_text="quality.worst")).to_contain_text("3")
    accessible(page)
    page.get_by_label("理由或文件").fill("虚构的公告，仅用于测试")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("虚构的公告，仅用于测试")).to_be_visible()
    draft.refresh_from_db()
    assert draft.state == RuleState.ADOPTED
    page.goto(f"{base}/rules/")
    expect(page.get_by_role("row").filter(has_text="通用硅酸盐水泥")).to_contain_text("2")
    assert not complaints


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_fits(
    page: Page,
    live_server: Any,
    library: None,
    book: None,
    enter: Any,
    complaints: Any,
    no_sideways_scroll: Any,
    accessible: Any,
    size: Any,
) -> None:
    author, approver = rulebook.editor(), rulebook.approver()
    cement = RuleVersion.objects.get(rule_id="cement")
    broken = cement.text.replace("version: '1'", "version: '2'").replace("worst: 4", "wrst: 4")
    draft = rulebook.draft(broken, by=author)
    page.set_viewport_size(size)
    base = f"{live_server.url}/rules"
    visitor = ("/", "/?q=nothing+of+that+name", f"/{cement.pk}/", f"/{draft.pk}/difference/{cement.pk}/")
    for actor, places in (
        (None, visitor[:3]),
        (author, (*visitor, "/new/", f"/{draft.pk}/", f"/{draft.pk}/edit/")),
        (approver, (*visitor, f"/{draft.pk}/", f"/{draft.pk}/adopt/", f"/{cement.pk}/withdraw/")),
    ):
        shown = enter(actor) if actor else page
        for where in places:
            answer = shown.goto(f"{base}{where}")
            assert answer is not None
            assert answer.ok, where
            shown.wait_for_load_state("networkidle")
            no_sideways_scroll(shown)
            accessible(shown)
    assert not complaints
