"""Rows of the workbook pasted into the grid: every column reaches its field, or is named."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.web.factories import products
from zuji.formats import document, excel
from zuji_web.accounts.actors import Actor
from zuji_web.products.models import ProductStudy

QUALITY = {"technology": 1, "geography": 2, "time": 3, "precision": 4}
KG = {"amount": 2.0, "unit": "kg"}
LINES: dict[str, list[dict[str, Any]]] = {
    "清单": [
        products.line(
            "a",
            supplier="电力公司",
            evidence="发票 7",
            source="台账",
            note="含两次换行",
            data_source="calculated",
            quality=QUALITY,
            tags=["infrastructure", "自定"],
            uncertainty={"distribution": "lognormal", "spread": 1.2},
            electricity={
                "treatment": "contract",
                "attributes": True,
                "sole_claim": True,
                "tracked": True,
                "close_in_time": False,
                "same_market": True,
                "location_factor": products.ELECTRICITY,
            },
        ),
        products.bare(
            "b",
            item="钢材",
            quantity=KG,
            stated={
                "value": 1.5,
                "per": "kg",
                "source": "供应商报告",
                "year": "2024",
                "geography": "CN",
                "primary": True,
                "primary_share": 0.35,
                "life_cycle": True,
            },
        ),
        products.bare("c", item="小件", quantity=KG, factor=products.CEMENT, cut_off="不足 1 %"),
        products.bare("d", item="半成品", kind="sub_assembly", quantity=KG, sub_assembly={"process": "part"}),
    ],
    "运输": [
        products.bare(
            "a",
            kind="transport",
            item="公路",
            quantity={"amount": 3.0, "unit": "t"},
            transport={"distance": {"amount": 120.0, "unit": "km"}, "aircraft": True},
        )
    ],
    "燃料": [
        products.bare(
            "a",
            kind="fuel",
            item="锅炉",
            quantity={"amount": 3.0, "unit": "t"},
            fuel={"fuel": "anthracite", "ncv": 25.5, "ncv_per": "t", "oxidation": 0.94},
        )
    ],
    "过程与直接排放": [
        products.bare(
            "a",
            kind="direct_emission",
            item="泄漏",
            quantity={"amount": 0.5, "unit": "kg"},
            direct_emission={"gas": "SF6"},
        ),
        products.bare(
            "b",
            kind="biogenic_carbon",
            item="木材固碳",
            quantity={"amount": 4.0, "unit": "kgCO2"},
            biogenic_carbon={"removal": True},
        ),
    ],
    "循环利用": [
        products.bare(
            "a",
            kind="recycling",
            item="铝",
            quantity=KG,
            recycling={
                "method": "cff",
                "r1": 0.4,
                "r2": 0.5,
                "a": 0.2,
                "qs_out": 0.9,
                "virgin": products.CEMENT,
            },
        )
    ],
}


@pytest.fixture
def by(transactional_db: None) -> Actor:
    return products.modeller()


@pytest.fixture
def desk(enter: Any, live_server: Any, by: Actor, complaints: list[str]) -> Any:
    """Opens the workbench of a new draft with two processes and one line."""

    def open_it() -> tuple[Page, ProductStudy]:
        made = products.study(by=by, processes=processes())
        page = enter(by)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{live_server.url}/products/{made.pk}/")
        return page, made

    return open_it


def processes(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    """The process that makes the product, and one that makes a part of it."""
    part = {"product": "半成品", "quantity": {"amount": 1.0, "unit": "kg"}}
    whole = {"product": "样品", "quantity": {"amount": 1.0, "unit": "kg"}}
    first = {"id": "main", "name": "装配", "outputs": [whole], "lines": [products.line("first")]}
    second = {"id": "part", "name": "冲压", "outputs": [part], "lines": list(lines)}
    return [first, second]


def block(sheet: str, *lines: dict[str, Any]) -> list[list[str]]:
    """Heading row and rows of a sheet of the workbook that is written of a study with these lines."""
    content = excel.dump(document.from_dict(products.document(processes=processes(*lines))))
    rows = openpyxl.load_workbook(BytesIO(content))[sheet].iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows if any(row)]


def pasted(page: Page, rows: list[list[str]], row: int = 1) -> None:
    page.locator(f"zuji-grid tr[data-row='{row}'] td.zg-item").click()
    text = "\n".join("\t".join(row) for row in rows)
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")
    expect(page.locator("[data-live=state]")).to_have_attribute("data-state", "saved")


def lines_of(made: ProductStudy, process: str) -> list[dict[str, Any]]:
    stored = ProductStudy.objects.get(pk=made.pk).document["processes"]
    return next(list(each["lines"]) for each in stored if each["id"] == process)


@pytest.mark.parametrize("sheet", list(LINES))
def test_every_column_of_the_workbook_reaches_its_field(desk: Any, sheet: str) -> None:
    """What is pasted is what the workbook reader makes of the same rows."""
    page, made = desk()
    rows = block(sheet, *LINES[sheet])
    if sheet == "清单":  # the line of the first process is there already
        rows = [row for row in rows if "first" not in row]
    pasted(page, rows)
    found = lines_as_read(ProductStudy.objects.get(pk=made.pk).document)
    assert found == lines_as_read(products.document(processes=processes(*LINES[sheet])))
    # The ids of the workbook are the only thing that finds no place.
    expect(page.locator("[data-live=messages]")).to_contain_text("未能粘贴的列：行编号。")


def lines_as_read(written: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of the second process without their ids, as the calculation understands them."""
    _first, second = document.to_dict(document.from_dict(written))["processes"]
    return [{key: value for key, value in line.items() if key != "id"} for line in second["lines"]]


def test_columns_without_a_place_are_named(desk: Any) -> None:
    page, made = desk()
    rows = [
        ["项目 *", "数量 *", "单位 *", "我的备忘", "空的一列", "工序", "明细", "kgCO2e"],
        ["水泥", "5", "kg", "问老张", "", "喷漆", "R1 40%", "12"],
    ]
    pasted(page, rows)
    (line,) = lines_of(made, "main")[1:]
    assert (line["item"], line["quantity"]) == ("水泥", {"amount": 5, "unit": "kg"})
    told = page.locator("[data-live=messages]")
    for name in ("我的备忘", "工序", "明细", "kgCO2e"):
        expect(told).to_contain_text(name)
    expect(told).not_to_contain_text("空的一列")
    expect(told.get_by_role("alert")).to_be_visible()


def test_rows_copied_in_the_grid_bring_their_factor_along(desk: Any) -> None:
    page, made = desk()
    page.locator("zuji-grid tr[data-row='0'] th.zg-number").click()
    page.keyboard.press("Control+c")
    page.locator("zuji-grid tr[data-row='1'] td.zg-item").click()
    page.keyboard.press("Control+v")
    expect(page.locator("[data-live=state]")).to_have_attribute("data-state", "saved")
    first, second = lines_of(made, "main")
    assert second["factor"] == first["factor"]
    assert page.locator("[data-live=messages]").inner_text() == ""


def test_pasted_headings_fill_lines_that_exist(desk: Any) -> None:
    page, made = desk()
    pasted(page, [["电力处理方式", "备注", "技术代表性"], ["自发自用", "屋顶", "2"]], row=0)
    (line,) = lines_of(made, "main")
    assert line["electricity"]["treatment"] == "own"
    assert (line["note"], line["quality"]) == ("屋顶", {"technology": 2})
    assert line["item"] == "电力"


def test_a_text_that_is_no_number_stays_and_is_told(desk: Any) -> None:
    page, made = desk()
    pasted(page, [["项目", "技术代表性", "含机组属性"], ["电力", "很好", "也许"]], row=0)
    (line,) = lines_of(made, "main")
    assert line["quality"]["technology"] == "很好"
    expect(page.locator("zuji-grid tr[data-row='0'] th.is-wrong")).to_have_count(1)
