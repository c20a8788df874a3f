"""What people state, in a real browser: electricity, addresses of fields, the page of statements."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.web.factories import accounts
from tests.web.factories.products import line, modeller, study
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Role
from zuji_web.products.models import ProductStudy

WIND = "elec_cf_wind_2024"


@pytest.fixture
def by(transactional_db: None) -> Actor:
    return modeller()


@pytest.fixture
def desk(enter: Any, live_server: Any, by: Actor, complaints: list[str]) -> Any:
    """Opens a page of a new draft with these lines, by default its inventory."""

    def open_with(*lines: dict[str, Any], at: str = "", **values: Any) -> tuple[Page, ProductStudy]:
        product = {"name": "电池包", "manufacturer": "某厂", "code": "3901"}
        made = study(*lines, by=by, **{"product": product, **values})
        page = enter(by)
        page.goto(f"{live_server.url}/products/{made.pk}/{at}")
        return page, made

    return open_with


def electricity_of(made: ProductStudy) -> dict[str, Any]:
    document = ProductStudy.objects.get(pk=made.pk).document
    return document["processes"][0]["lines"][0].get("electricity", {})  # type: ignore[no-any-return]


def saved(page: Page) -> None:
    expect(page.locator("[data-live=state]")).to_have_attribute("data-state", "saved")


def picture(page: Page, name: str) -> None:
    """A picture to be looked at, where somebody asks for it."""
    folder = os.environ.get("ZUJI_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_contract_is_stated_with_its_certificates(desk: Any, accessible: Any) -> None:
    page, made = desk(line(factor=WIND))
    expect(page.locator("[data-live=total]")).not_to_be_empty()
    page.get_by_label("供电方式").select_option(label="合同或绿证")
    for label in ("写明机组", "只有本企业可以声明", "已追踪并为本企业核销", "发电时间与用电相近", "同一市场"):
        page.locator("zuji-line").get_by_label(label).check()
    saved(page)
    page.get_by_role("button", name="添加一张绿证").click()
    page.keyboard.type("123")
    page.keyboard.press("Tab")
    saved(page)
    # A certificate without its kWh is a gap at its own field; nothing that was typed is lost.
    expect(page.locator("#line-electricity-certificates-0-kwh")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#line-electricity-certificates-0-number")).to_have_value("123")
    expect(page.locator("#line-electricity-certificates-0-kwh")).to_be_focused()
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    saved(page)
    expect(page.locator("#line-electricity-certificates-0-kwh")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator(".zl-doubt").first).to_contain_text("应为 32 位")
    expect(page.locator(".zl-certificates .form-hint.number")).to_have_text("绿证覆盖 2 / 2 kWh")
    page.locator("#line-electricity-certificates-0-number").fill("7" * 32)
    page.locator("#line-electricity-certificates-0-cancelled_on").fill("2024-06-30")
    page.locator("#line-electricity-certificates-0-cancelled_for").fill("某厂")
    page.locator("#line-electricity-certificates-0-generated").fill("2024-05")
    page.keyboard.press("Tab")
    expect(page.locator(".zl-doubt")).to_have_count(0)
    saved(page)
    page.locator("#line-electricity-location_factor").click()
    page.locator("zuji-candidates .zc-choose").first.click()
    expect(page.locator("[data-live=location]")).to_contain_text("基于位置")
    expect(page.locator("[data-live=location] .number")).to_contain_text("1.155")
    saved(page)
    accessible(page)
    picture(page, "electricity-1280")
    assert electricity_of(made) == {
        "treatment": "contract",
        "attributes": True,
        "sole_claim": True,
        "tracked": True,
        "close_in_time": True,
        "same_market": True,
        "certificates": [
            {
                "number": "7" * 32,
                "kwh": 2,
                "cancelled_on": "2024-06-30",
                "cancelled_for": "某厂",
                "generated": "2024-05",
            }
        ],
        "location_factor": "elec_cf_national_2024",
    }
    page.get_by_role("button", name="删去绿证").click()
    saved(page)
    assert "certificates" not in electricity_of(made)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#line-electricity-certificates-0-number")).to_have_value("7" * 32)


def test_a_grid_co2_factor_of_the_place_cannot_be_chosen(desk: Any) -> None:
    page, _made = desk(line(factor=WIND, electricity={"treatment": "own"}))
    page.locator("#line-electricity-location_factor").click()
    page.locator("zuji-candidates input").fill("四川 电力二氧化碳排放因子")
    refused = page.locator("zuji-candidates .zc-choose[disabled]").first
    expect(refused).to_contain_text("不得用于产品碳足迹核算")


def test_marks_and_kind_of_supply_in_the_cell(desk: Any) -> None:
    page, made = desk(line("L1"))
    page.locator("zuji-grid tr[data-row='0'] td.zg-detail").click()
    page.keyboard.type("自发自用")
    page.keyboard.press("Enter")
    saved(page)
    assert electricity_of(made) == {"treatment": "own"}
    page.locator("zuji-grid tr[data-row='0'] td.zg-item").click()
    page.locator(".zl-scope summary").click()
    for mark in ("仓储", "资本货物（厂房、设备）"):
        with page.expect_response(lambda answer: answer.request.method != "GET"):
            page.get_by_label(mark).check()
        saved(page)
    kept = ProductStudy.objects.get(pk=made.pk).document["processes"][0]["lines"][0]
    assert kept["tags"] == ["storage", "capital_goods"]
    # Another kind of line has no supply of electricity.
    page.locator("zuji-grid tr[data-row='0'] td.zg-kind").click()
    page.keyboard.type("原辅材料")
    page.keyboard.press("Enter")
    saved(page)
    assert electricity_of(made) == {}


@pytest.mark.parametrize(
    ("field", "focused"),
    [
        ("electricity.certificates", "line-electricity-certificates"),
        ("electricity.certificates[0].kwh", "line-electricity-certificates"),
        ("electricity.treatment", "line-electricity-treatment"),
        ("electricity.attributes_sold", "line-electricity-attributes_sold"),
        ("electricity.location_factor", "line-electricity-location_factor"),
        ("quality", "line-quality-technology"),
        ("quality.time", "line-quality-time"),
        ("cut_off", "line-cut_off"),
        ("tags", "line-tags-capital_goods"),
        ("source", "line-source"),
        ("uncertainty", "line-uncertainty-distribution"),
    ],
)
def test_an_address_reaches_a_field_of_the_panel(desk: Any, field: str, focused: str) -> None:
    page, _made = desk(line("L1"), line("L2"), at=f"?line=L2&field={field}")
    expect(page.locator(f"#{focused}")).to_be_focused()
    expect(page.locator(f"#{focused}")).to_be_in_viewport()
    expect(page.locator("zuji-grid tr.is-active-row")).to_have_attribute("data-row", "1")


def test_candidates_that_come_in_leave_the_field_in_sight(desk: Any, library: None) -> None:
    bare = {"id": "L2", "stage": "raw_materials", "kind": "material", "item": "水泥", "cut_off": "量小"}
    page, _made = desk(line("L1"), bare, at="?line=L2&field=cut_off")
    expect(page.locator("zuji-candidates li").nth(4)).to_be_attached()
    expect(page.locator("#line-cut_off")).to_be_focused()
    expect(page.locator("#line-cut_off")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("quantity", "amount"),
        ("quantity.unit", "unit"),
        ("data_source", "data_source"),
        ("factor", "factor"),
        ("", "item"),
    ],
)
def test_an_address_reaches_a_cell(desk: Any, field: str, column: str) -> None:
    page, made = desk(line("L1"), line("L2"), at=f"?line=L2&field={field}")
    active = page.locator(f"zuji-grid tr[data-row='1'] td.zg-{column}.is-active")
    expect(active.locator(".zg-editor")).to_be_focused()
    expect(active).to_be_in_viewport()
    if column == "amount":
        page.keyboard.type("7")
        page.keyboard.press("Enter")
        saved(page)
        document = ProductStudy.objects.get(pk=made.pk).document
        assert document["processes"][0]["lines"][1]["quantity"]["amount"] == 7


def test_an_address_of_a_line_that_is_gone_says_so(desk: Any) -> None:
    page, _made = desk(line("L1"), at="?line=L9&field=quantity")
    expect(page.locator("[data-live=messages]")).to_contain_text("已不在清单中")
    expect(page.locator("zuji-grid tr[data-row='0']")).to_be_visible()


def test_on_a_phone_an_address_opens_the_line_at_its_field(desk: Any, page: Page, accessible: Any) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    detail = {"treatment": "contract", "certificates": [{"number": "123", "kwh": 2}]}
    at = "?line=L1&field=electricity.certificates[0].kwh"
    desk(line("L1", factor=WIND, electricity=detail), at=at)
    expect(page.locator("#line-electricity-certificates-0-kwh")).to_be_focused()
    expect(page.locator("#line-panel")).to_have_class("zw-panel is-open")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    accessible(page)
    picture(page, "electricity-390")


def test_fields_of_product_and_process_are_reached(desk: Any, live_server: Any) -> None:
    page, made = desk(line("L1"), at="product/#id_product__code")
    expect(page.locator("#id_product__code")).to_be_focused()
    page.goto(f"{live_server.url}/products/{made.pk}/product/#id_boundary__stages")
    page.reload()
    expect(page.locator("#id_boundary__stages_0")).to_be_focused()
    page.goto(f"{live_server.url}/products/{made.pk}/processes/#process-0.controlled")
    expect(page.get_by_label("本企业自己运行这道工序")).to_be_focused()
    expect(page.get_by_label("本企业自己运行这道工序")).to_be_checked()


@pytest.mark.parametrize("size", ["1280", "390"])
def test_the_page_of_statements(desk: Any, page: Page, accessible: Any, size: str) -> None:
    if size == "390":
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    _page, made = desk(line("L1"), at="statements/#statements.interpretation.conclusions")
    conclusions = page.locator("[data-field='statements.interpretation.conclusions'] textarea")
    expect(conclusions).to_be_focused()
    expect(conclusions).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= int(size)
    accessible(page)
    picture(page, f"statements-{size}")
    conclusions.fill("电芯决定结果。")
    expect(page.get_by_text("尚未保存")).to_be_visible()
    # A wrong answer elsewhere keeps everything on the page, and is shown.
    multiplier = page.locator("[data-field='statements.apart.aviation_multiplier'] input")
    multiplier.fill("1,5")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("[data-wrong]")).to_be_visible()
    expect(multiplier).to_be_focused()
    expect(multiplier).to_have_value("1,5")
    expect(conclusions).to_have_value("电芯决定结果。")
    picture(page, f"statements-wrong-{size}")
    multiplier.fill("1.5")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("[data-wrong]")).to_have_count(0)
    expect(conclusions).to_have_value("电芯决定结果。")
    said = ProductStudy.objects.get(pk=made.pk).document["statements"]
    assert said["interpretation"]["conclusions"] == "电芯决定结果。"
    assert said["apart"]["aviation_multiplier"] == 1.5


def test_records_are_added_and_removed(desk: Any, page: Page) -> None:
    _page, made = desk(line("L1"), at="statements/#statements.reviews")
    table = page.locator("[data-field='statements.reviews']")
    table.get_by_role("button", name="添加一行").click()
    page.keyboard.press("Escape")
    picture(page, "statements-rows")
    row = table.locator(".zs-rows > *").last
    row.locator("[name$=-kind]").select_option("critical_review")
    row.locator("[name$=-reviewer]").fill("王工")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    reviews = ProductStudy.objects.get(pk=made.pk).document["statements"]["reviews"]
    assert reviews == [{"kind": "critical_review", "reviewer": "王工"}]


def test_who_only_reads_sees_the_answers_and_changes_nothing(
    enter: Any, live_server: Any, by: Actor, page: Page, complaints: list[str]
) -> None:
    made = study(line(electricity={"treatment": "own"}), by=by, goal={"reason": "客户要求"})
    viewer = accounts.member(Role.VIEWER, of=by.organisation)
    page = enter(viewer)
    page.goto(f"{live_server.url}/products/{made.pk}/statements/")
    expect(page.locator("[data-field='goal.reason'] textarea")).to_be_disabled()
    expect(page.get_by_role("button", name="保存")).to_have_count(0)
    page.goto(f"{live_server.url}/products/{made.pk}/?line=L1&field=electricity.attributes_sold")
    expect(page.locator("#line-electricity-attributes_sold")).to_be_disabled()
    expect(page.locator("#line-electricity-attributes_sold")).to_be_in_viewport()
