"""Signs at lines of the inventory: what is doubtful and what a reviewer said can be seen and reached."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.web.factories import accounts, products
from tests.web.factories import reviews as people
from tests.web.factories.reviews import House
from zuji_web.products.actions import comments, edits, reviews
from zuji_web.products.models import ProductStudy

SAID = "电表读数与发票不一致"
CONTRACT = {
    "treatment": "contract",
    "attributes": True,
    "sole_claim": True,
    "tracked": True,
    "close_in_time": True,
    "same_market": True,
    "certificates": [{"number": "12", "kwh": 2.0}],
}


@pytest.fixture
def house(transactional_db: None) -> House:
    return House()


@pytest.fixture
def returned(house: House) -> ProductStudy:
    """A study that came back with a comment on its second line; its third has a doubtful certificate."""
    contract = products.line("c", item="绿电", electricity=CONTRACT)
    study = people.assigned(house, products.line("a"), products.line("b", item="空压机"), contract)
    comments.add(study=study, line="b", text=SAID, by=house.reviewer)
    reviews.return_study(study=study, reasons="请核对", by=house.reviewer)
    return people.fresh(study)


@pytest.fixture
def desk(enter: Any, live_server: Any, house: House, returned: ProductStudy, complaints: list[str]) -> Any:
    def open_it() -> Page:
        page: Page = enter(house.modeller)
        page.goto(f"{live_server.url}/products/{returned.pk}/")
        return page

    return open_it


def heading(page: Page, row: int) -> Any:
    return page.locator(f"zuji-grid tr[data-row='{row}'] th.zg-number")


def test_lines_bear_signs_that_lead_to_their_reason(
    desk: Any, accessible: Any, returned: ProductStudy
) -> None:
    page = desk()
    expect(heading(page, 0).locator(".zg-sign")).to_have_count(0)
    doubt = heading(page, 2).get_by_role("button", name="需要核对：")
    expect(doubt).to_have_attribute("title", page_text(doubt))
    comment = heading(page, 1).get_by_role("link", name=SAID)
    accessible(page)
    picture(page, "desk")
    doubt.focus()
    page.keyboard.press("Enter")
    expect(page.locator("zuji-line .zl-certificate.is-reached, zuji-line .is-reached")).to_be_visible()
    comment.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{returned.pk}/review/#comment-*")
    expect(page.locator("article.zv-comment:target")).to_contain_text(SAID)


def page_text(sign: Any) -> str:
    """The accessible name is the same as what hovering shows."""
    return str(sign.get_attribute("aria-label"))


def test_moving_to_a_line_tells_what_was_said(desk: Any) -> None:
    page = desk()
    page.locator("zuji-grid tr[data-row='1'] td.zg-amount").click()
    expect(page.locator(".zg-told")).to_contain_text(SAID)
    expect(page.locator("zuji-line")).to_contain_text(SAID)
    expect(page.locator("zuji-line").get_by_role("link", name="查看意见")).to_be_visible()


def test_lines_with_signs_are_listed_alone(desk: Any) -> None:
    page = desk()
    for choice, item in (("doubts", "绿电"), ("comments", "空压机")):
        page.locator("#line-filter").select_option(choice)
        expect(page.locator("zuji-grid tr[data-row]:not(.is-new) td.zg-item")).to_have_text([item])


def test_a_doubt_that_is_mended_loses_its_sign(desk: Any, house: House, returned: ProductStudy) -> None:
    page = desk()
    expect(heading(page, 2).locator(".zg-sign")).to_have_count(1)
    change = {"op": "set", "path": ["lines", "c", "electricity", "certificates"], "value": None}
    edits.edit(study=returned, operations=[change], by=house.modeller)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(heading(page, 2).locator(".zg-sign")).to_have_count(0)
    expect(heading(page, 1).locator(".zg-sign")).to_have_count(1)


def test_cards_say_it_in_words(desk: Any, page: Page, accessible: Any, no_sideways_scroll: Any) -> None:
    page.set_viewport_size(PHONE)
    desk()
    expect(page.locator("[data-line=b]")).to_contain_text(SAID)
    expect(page.locator("[data-line=c]")).to_contain_text("需要核对：")
    accessible(page)
    no_sideways_scroll(page)
    picture(page, "phone")


def test_others_see_no_comments(
    enter: Any, live_server: Any, returned: ProductStudy, complaints: list[str]
) -> None:
    """Comments are the organisation's own business: a worked example shows none."""
    returned.organisation.demonstration = True
    returned.organisation.save()
    page = enter(accounts.member())
    page.goto(f"{live_server.url}/products/{returned.pk}/")
    expect(page.locator("zuji-grid tr[data-row]")).to_have_count(3)
    assert SAID not in page.content()


def picture(page: Page, name: str) -> None:
    """A picture to be looked at, where somebody asks for it."""
    folder = os.environ.get("ZUJI_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"signs-{name}.png", full_page=True)
