"""The inventory grid in a real browser: keyboard, clipboard, matching, two people, a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.web.factories import accounts
from tests.web.factories.products import CEMENT, bare, line, modeller, study
from zuji_web.accounts.actors import Actor
from zuji_web.products.actions import edits
from zuji_web.products.models import ProductStudy

WEIGHT = {"amount": 1.0, "unit": "kg"}


@pytest.fixture
def by(transactional_db: None) -> Actor:
    return modeller()


@pytest.fixture
def desk(enter: Any, live_server: Any, by: Actor, complaints: list[str]) -> Any:
    """Opens the workbench of a new draft with these lines."""

    def open_with(*lines: dict[str, Any]) -> tuple[Page, ProductStudy]:
        made = study(*lines, by=by)
        page = enter(by)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{live_server.url}/products/{made.pk}/")
        return page, made

    return open_with


def cell(page: Page, row: int, column: str) -> Any:
    return page.locator(f"zuji-grid tr[data-row='{row}'] td.zg-{column}")


def saved(page: Page) -> None:
    expect(page.locator("[data-live=state]")).to_have_attribute("data-state", "saved")


def lines_of(made: ProductStudy) -> list[dict[str, Any]]:
    return ProductStudy.objects.get(pk=made.pk).document["processes"][0]["lines"]  # type: ignore[no-any-return]


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def test_an_amount_is_typed_and_the_total_follows(desk: Any, accessible: Any) -> None:
    page, made = desk(line("a"), line("b"))
    expect(page.locator("[data-live=total]")).to_have_text("2.3108")
    cell(page, 0, "amount").click()
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    saved(page)
    expect(page.locator("[data-live=total]")).to_have_text("6.9324")
    expect(cell(page, 0, "contribution")).to_have_text("5.777")
    assert lines_of(made)[0]["quantity"]["amount"] == 10
    page.keyboard.press("Control+z")
    expect(page.locator("[data-live=total]")).to_have_text("2.3108")
    page.keyboard.press("Control+y")
    expect(page.locator("[data-live=total]")).to_have_text("6.9324")
    accessible(page)


def test_lines_are_entered_one_after_another_as_in_a_spreadsheet(desk: Any) -> None:
    page, made = desk(line("a"))
    cell(page, 1, "item").click()
    for item, amount in (("钢板", "1,200.5"), ("纸箱", "3")):
        page.keyboard.type(item)
        page.keyboard.press("Tab")
        page.keyboard.type(amount)
        page.keyboard.press("Tab")
        page.keyboard.type("公斤")
        page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    saved(page)
    assert [row["item"] for row in lines_of(made)[1:]] == ["钢板", "纸箱"]
    assert [row["quantity"]["amount"] for row in lines_of(made)[1:]] == [1200.5, 3]


def test_nothing_countable_is_no_footprint_of_zero(desk: Any) -> None:
    page, _made = desk(bare("a"))
    expect(page.locator("[data-live=total]")).to_have_text("—")


def test_escape_leaves_the_cell_as_it_was_and_f2_edits_it(desk: Any) -> None:
    page, made = desk(line("a"))
    cell(page, 0, "item").click()
    page.keyboard.type("另一个")
    page.keyboard.press("Escape")
    expect(cell(page, 0, "item")).to_have_text("电力")
    page.keyboard.press("F2")
    page.keyboard.type("（外购）")
    page.keyboard.press("Tab")
    saved(page)
    assert lines_of(made)[0]["item"] == "电力（外购）"


def test_a_choice_is_typed_by_its_name(desk: Any) -> None:
    page, made = desk(line("a"))
    cell(page, 0, "stage").click()
    page.keyboard.type("原材料获取")
    page.keyboard.press("Enter")
    saved(page)
    assert lines_of(made)[0]["stage"] == "raw_material"


def test_rows_from_a_spreadsheet_become_lines(desk: Any) -> None:
    page, made = desk(line("a"))
    cell(page, 1, "item").click()
    paste(page, '水泥\t1,200\tkg\t原材料获取\t原辅材料\r\n"钢筋 ""三级""\n盘条"\t3.5\tt\t原材料获取\r\n')
    saved(page)
    pasted = lines_of(made)[1:]
    assert [each["item"] for each in pasted] == ["水泥", '钢筋 "三级"\n盘条']
    assert [each["quantity"] for each in pasted] == [
        {"amount": 1200, "unit": "kg"},
        {"amount": 3.5, "unit": "t"},
    ]
    assert [each["kind"] for each in pasted] == ["material", "material"]
    expect(page.locator("[data-live=count]")).to_have_text("2 行暂不能计算")
    page.keyboard.press("Control+z")
    expect(page.locator("zuji-grid tr[data-row]")).to_have_count(2)
    assert len(lines_of(made)) == 1


def test_headings_tell_where_pasted_columns_go(desk: Any) -> None:
    page, made = desk(line("a"))
    cell(page, 1, "item").click()
    paste(page, "供应商\t单位 *\t项目 *\t数量 *\t不认识的列\n某厂\tkg\t水泥\t5\t略过\n")
    saved(page)
    (made_line,) = lines_of(made)[1:]
    assert (made_line["item"], made_line["supplier"], made_line["quantity"]) == (
        "水泥",
        "某厂",
        {"amount": 5, "unit": "kg"},
    )


def test_what_is_copied_can_be_pasted(desk: Any) -> None:
    page, _made = desk(line("a", item='有"引号"'), line("b"))
    cell(page, 0, "item").click()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == '"有""引号"""\t2\r\n电力\t2'


def test_a_range_is_emptied_filled_and_its_lines_deleted(desk: Any) -> None:
    page, made = desk(line("a", supplier="甲"), line("b"), line("c"))
    cell(page, 0, "supplier").click()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    saved(page)
    assert [each.get("supplier") for each in lines_of(made)] == ["甲"] * 3
    page.keyboard.press("Delete")
    saved(page)
    assert not any("supplier" in each for each in lines_of(made))
    page.keyboard.press("Control+Delete")
    saved(page)
    assert lines_of(made) == []


def test_a_cell_that_is_wrong_is_red_and_says_why(desk: Any) -> None:
    page, _made = desk(line("a"))
    cell(page, 0, "amount").click()
    page.keyboard.type("1,5")
    page.keyboard.press("Enter")
    saved(page)
    expect(cell(page, 0, "amount")).to_have_attribute("aria-invalid", "true")
    cell(page, 0, "amount").click()
    expect(page.locator(".zg-told")).to_contain_text("1,5")
    expect(page.locator("[data-live=bar]")).to_have_class("zw-total is-incomplete")


def test_a_factor_is_found_and_confirmed_with_the_keyboard(desk: Any, accessible: Any) -> None:
    page, made = desk(bare("a", item="M32.5 砌筑水泥", quantity=WEIGHT))
    cell(page, 0, "factor").click()
    page.keyboard.press("Enter")
    expect(page.locator(".zc-choose").first).to_be_visible(timeout=20_000)
    accessible(page)
    page.keyboard.press("Enter")
    expect(page.locator(".zc-choose").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-live=count]")).to_have_text("所有行均已计入")
    assert lines_of(made)[0]["factor"] == CEMENT


def test_another_persons_change_is_neither_lost_nor_overwritten(desk: Any, by: Actor) -> None:
    page, made = desk(line("a"), line("b"))
    colleague = accounts.member(of=by.organisation)

    def theirs(row: str, value: float) -> None:
        step = {"op": "set", "path": ["lines", row, "quantity", "amount"], "value": value}
        edits.edit(study=made, operations=[step], by=colleague)

    theirs("b", 7.0)
    cell(page, 0, "amount").click()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "amount")).to_have_text("7")
    assert [each["quantity"]["amount"] for each in lines_of(made)] == [5, 7]

    theirs("a", 8.0)
    cell(page, 0, "amount").click()
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    expect(page.locator("[data-live=messages]")).to_contain_text("您填写的内容：6")
    expect(cell(page, 0, "amount")).to_have_text("8")
    assert lines_of(made)[0]["quantity"]["amount"] == 8


def test_without_the_server_nothing_typed_is_lost(desk: Any) -> None:
    page, made = desk(line("a"))
    page.context.set_offline(True)
    cell(page, 0, "amount").click()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.locator("[data-live=state]")).to_have_attribute("data-state", "offline")
    expect(cell(page, 0, "amount")).to_have_text("5")
    page.context.set_offline(False)
    saved(page)
    assert lines_of(made)[0]["quantity"]["amount"] == 5


def test_the_distance_of_a_transport_is_typed_in_its_cell(desk: Any) -> None:
    page, made = desk(bare("a", kind="transport", item="公路运输", quantity={"amount": 2.0, "unit": "t"}))
    cell(page, 0, "detail").click()
    page.keyboard.type("500公里")
    page.keyboard.press("Enter")
    saved(page)
    assert lines_of(made)[0]["transport"] == {"distance": {"amount": 500, "unit": "公里"}}


def test_another_kind_takes_the_parameters_of_the_old_one_away(desk: Any) -> None:
    page, made = desk(
        bare("a", kind="transport", quantity=WEIGHT, transport={"distance": {"amount": 5.0, "unit": "km"}})
    )
    cell(page, 0, "kind").click()
    page.keyboard.type("原辅材料")
    page.keyboard.press("Enter")
    saved(page)
    assert "transport" not in lines_of(made)[0]


def test_five_hundred_rows_are_pasted_at_once(desk: Any) -> None:
    page, made = desk(line("a"))
    cell(page, 1, "item").click()
    paste(page, "\n".join(f"物料 {i}\t{i}\tkg" for i in range(1, 501)))
    saved(page)
    assert len(lines_of(made)) == 501
    expect(page.locator("[data-live=count]")).to_have_text("500 行暂不能计算")


def test_an_example_is_read_only(enter: Any, live_server: Any, library: None, complaints: list[str]) -> None:
    page = enter(modeller())
    example = ProductStudy.objects.filter(organisation__demonstration=True)[0]
    page.goto(f"{live_server.url}/products/{example.pk}/")
    before = cell(page, 0, "amount").inner_text()
    cell(page, 0, "amount").click()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(cell(page, 0, "amount")).to_have_text(before)
    expect(page.locator("zuji-grid [role=grid]")).to_have_attribute("aria-readonly", "true")


def test_on_a_phone_lines_are_cards_and_a_sheet(desk: Any, accessible: Any, no_sideways_scroll: Any) -> None:
    page, made = desk(line("a"), bare("b"))
    page.set_viewport_size(PHONE)
    expect(page.locator(".zk-card")).to_have_count(2)
    no_sideways_scroll(page)
    accessible(page)
    page.locator(".zk-card").first.click()
    page.locator("#line-quantity-amount").fill("10")
    page.locator("#line-quantity-amount").press("Tab")
    saved(page)
    accessible(page)
    no_sideways_scroll(page)
    page.locator("[data-do=close]").click()
    expect(page.locator(".zk-card").first).to_contain_text("5.777")
    assert lines_of(made)[0]["quantity"]["amount"] == 10


CELLS = [
    ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
    ("a\n", [["a"]]),
    ("", [[""]]),
    ("a\t\tc", [["a", "", "c"]]),
    ('"a\tb\nc"\td', [["a\tb\nc", "d"]]),
    ('"say ""yes"""', [['say "yes"']]),
    ('5" pipe\tx', [['5" pipe', "x"]]),
    ("a\n\nb", [["a"], [""], ["b"]]),
    (" 1,234.5 \t", [["1,234.5", ""]]),
]


@pytest.mark.parametrize(("text", "rows"), CELLS)
def test_the_clipboard_is_read_as_spreadsheets_write_it(desk: Any, text: str, rows: list[list[str]]) -> None:
    page, _made = desk(line("a"))
    module = page.locator("script[src*='workbench.js']").get_attribute("src").replace("workbench", "tsv")
    read = "([path, text]) => import(path).then(module => module.parse(text))"
    assert page.evaluate(read, [module, text]) == rows
    again = "([path, rows]) => import(path).then(module => module.parse(module.write(rows)))"
    assert page.evaluate(again, [module, rows]) == rows


NUMBERS = [
    ("1,234.5", 1234.5),
    ("１２．５", 12.5),
    (" 3e-2 ", 0.03),
    (".5", 0.5),
    ("−4", -4),
    ("1,5", None),
    ("12 kg", None),
    ("1.2.3", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_only_unambiguous_numbers_are_numbers(desk: Any, text: str, number: float | None) -> None:
    page, _made = desk(line("a"))
    module = page.locator("script[src*='workbench.js']").get_attribute("src").replace("workbench", "columns")
    read = "([path, text]) => import(path).then(module => module.readNumber(text))"
    assert page.evaluate(read, [module, text]) == number
