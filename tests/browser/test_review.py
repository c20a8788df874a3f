"""Review, freezing and versions in a real Chromium, seen by everybody who has a part in them."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.web.factories import accounts, reviews
from tests.web.factories.reviews import PDF, House, fresh
from zuji_web.products.actions import edits


@pytest.fixture
def opinion(tmp_path: Path) -> Path:
    """An opinion as a body sends it."""
    file = tmp_path / "核查意见书.pdf"
    file.write_bytes(PDF)
    return file


def test_a_study_from_draft_to_its_second_version(
    page: Page,
    live_server: Any,
    library: None,
    enter: Any,
    complaints: Any,
    accessible: Any,
    no_sideways_scroll: Any,
    opinion: Path,
) -> None:
    house = House(accounts.organisation("示范水泥厂"))
    study = reviews.clean(house)
    base = f"{live_server.url}/products"
    review = f"{base}/{study.pk}/review/"

    def seen() -> None:
        accessible(page)
        page.set_viewport_size(PHONE)
        no_sideways_scroll(page)
        page.set_viewport_size(DESKTOP)

    # The modeller submits and asks somebody else; their own name is not offered.
    enter(house.modeller)
    page.goto(review)
    page.locator("#submit-note").fill("电耗取自七号表")
    seen()
    page.get_by_role("button", name="提交复核").click()
    chooser = page.locator("#assign-reviewer")
    expect(chooser).not_to_contain_text(str(house.modeller.user))
    chooser.select_option(label=str(house.reviewer.user))
    page.get_by_role("button", name="指派复核").click()
    expect(page.get_by_text("尚未声明利益关系")).to_be_visible()

    # The reviewer finds it, declares, comments on a line and returns it.
    enter(house.reviewer)
    page.goto(f"{base}/reviews/")
    seen()
    page.get_by_role("link", name=study.name).click()
    page.locator("#declare-conflict_0").check()
    page.locator("form[action$='/review/declare/'] button").click()
    first = study.document["processes"][0]["lines"][0]
    page.locator("#comment-line").select_option(first["id"])
    page.locator("#comment-field").fill("数量")
    page.locator("#comment-text").fill("这个数量与发票不符")
    page.locator("form[action$='/review/comment/'] button").click()
    expect(page.locator(".zv-comment")).to_contain_text("这个数量与发票不符")
    page.locator("#conclude-conclusion_1").check()
    page.locator("#conclude-reasons").fill("请核对数量")
    seen()
    page.get_by_role("button", name="给出结论").click()

    # The modeller corrects, answers and submits again.
    amount = first["quantity"]
    corrected = {"amount": amount["amount"] * 1.02, "unit": amount["unit"]}
    path = ["lines", first["id"], "quantity"]
    edits.edit(study=study, operations=[{"op": "set", "path": path, "value": corrected}], by=house.modeller)
    enter(house.modeller)
    page.goto(review)
    page.get_by_role("button", name="提交复核").click()
    expect(page.get_by_text("没有答复")).to_be_visible()
    page.locator(".zv-answer textarea").fill("已按发票改正")
    page.locator(".zv-answer button").click()
    expect(page.locator(".zv-answers")).to_contain_text("已按发票改正")
    page.get_by_role("button", name="提交复核").click()
    page.locator("#assign-reviewer").select_option(label=str(house.reviewer.user))
    page.get_by_role("button", name="指派复核").click()

    # The reviewer settles the comment and passes the study; the signatory freezes it.
    enter(house.reviewer)
    page.goto(review)
    page.locator("#declare-conflict_0").check()
    page.locator("form[action$='/review/declare/'] button").click()
    page.get_by_role("button", name="关闭意见").click()
    page.locator("#conclude-conclusion_0").check()
    page.get_by_role("button", name="给出结论").click()
    enter(house.signatory)
    page.goto(review)
    seen()
    page.locator("form[action$='/freeze/'] button").click()
    page.get_by_role("dialog").get_by_role("button", name="冻结").click()
    expect(page.get_by_text("研究已冻结")).to_be_visible()
    frozen = fresh(study).snapshot.digest

    # An opinion makes it verified; it is disclosed and everybody can read it.
    page.goto(review)
    page.locator("summary").filter(has_text="附上意见书").click()
    page.locator("#opinion-body").fill("某核查机构")
    page.locator("#opinion-standard").fill("ISO 14064-3:2019")
    page.locator("#opinion-level").select_option("limited")
    page.locator("#opinion-date").fill(fresh(study).updated_at.astimezone().date().isoformat())
    page.locator("#opinion-text").fill("没有发现重大差错")
    page.locator("#opinion-file").set_input_files(opinion)
    page.locator("#opinion-independent").check()
    seen()
    page.locator("form[action$='/opinions/'] button").click()
    expect(page.get_by_role("heading", name="研究状态")).to_contain_text("已核查")
    page.locator("summary").filter(has_text="披露").click()
    page.locator("#disclose-audience_0").check()
    page.locator("form[action$='/disclose/'] button").click()
    seen()
    page.get_by_role("link", name="公开页").click()
    expect(page.locator("code").filter(has_text=frozen)).to_be_visible()
    seen()

    # A new version, and what changed the number.
    later = reviews.version_of(fresh(study), house)
    doubled = {"amount": amount["amount"] * 2, "unit": amount["unit"]}
    edits.edit(study=later, operations=[{"op": "set", "path": path, "value": doubled}], by=house.modeller)
    enter(house.modeller)
    page.goto(f"{base}/{later.pk}/review/")
    page.locator("a[href*='/changes/']").first.click()
    expect(page.locator("zuji-chart[drawn]")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=first["item"])).to_contain_text("→")
    seen()
    assert fresh(study).snapshot.digest == frozen
