"""Databases in a real Chromium: import, examine, repair, explain a product, use it on a line."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.lci.worlds import world
from tests.web.factories import accounts, databases, products


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_modeller_imports_repairs_and_uses_a_product(
    page: Page, live_server: Any, library: None, enter: Any, complaints: Any, accessible: Any, tmp_path: Path
) -> None:
    home = accounts.organisation()
    by = accounts.owner(home)
    study = products.study(products.bare(item="steel process", quantity={"amount": 2.0, "unit": "kg"}), by=by)
    page = enter(by)
    page.goto(f"{live_server.url}/databases/")
    page.get_by_role("link", name="导入数据库").first.click()
    package = tmp_path / "world.zip"
    package.write_bytes(databases.package(world(sick=True)))
    page.set_input_files("input[name=file]", package)
    page.get_by_label("数据库名称").fill("小世界")
    page.get_by_label("许可").fill("仅供测试")
    accessible(page)
    page.get_by_role("button", name="导入", exact=True).click()
    page.get_by_role("link", name="打开结果").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("小世界")
    accessible(page)

    page.get_by_role("link", name="健康", exact=True).click()
    expect(page.get_by_text("消耗自身").first).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="生成修复版本").click()
    page.get_by_role("link", name="打开结果").click()
    expect(page.get_by_text("已修复：").first).to_be_visible()

    page.get_by_role("link", name="查找产品").click()
    page.get_by_label("搜索产品").fill("steel process")
    page.get_by_role("link", name="steel process").click()
    expect(page.get_by_text("已证明").first).to_be_visible()
    expect(page.get_by_text("周围的过程网络").first).to_be_visible()
    expect(page.locator("zuji-chart[drawn] svg").first).to_be_visible()
    accessible(page)
    page.get_by_text("以表格查看").click()
    expect(page.get_by_text("构成循环，图中不画").first).to_be_visible()
    page.locator("select[name=by]").select_option("flow")
    expect(page.get_by_text("carbon dioxide (fossil)").first).to_be_visible()
    page.get_by_role("button", name="用作因子").click()
    expect(page.get_by_text(re.compile("现在可用于清单行"))).to_be_visible()

    page.goto(f"{live_server.url}/products/{study.pk}/match/")
    expect(page.get_by_text("steel process").first).to_be_visible()
    assert not complaints


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_fits(
    page: Page,
    live_server: Any,
    library: None,
    enter: Any,
    complaints: Any,
    no_sideways_scroll: Any,
    accessible: Any,
    size: Any,
) -> None:
    by = accounts.owner(accounts.organisation())
    first = databases.imported(by=by, made=world(sick=True))
    databases.imported(by=by, made=databases.scaled(world(), "steel", 2.0), database=first.database)
    page = enter(by)
    page.set_viewport_size(size)
    base = f"{live_server.url}/databases/{first.database_id}"
    car = databases.index(first, "car")
    omelette = databases.index(first, "omelette")
    for where in (
        f"{live_server.url}/databases/",
        f"{live_server.url}/databases/new/",
        f"{base}/new-version/",
        f"{base}/describe/",
        *(f"{base}/1/{tab}" for tab in ("", "products/", "health/", "ledger/", "changes/", "files/")),
        f"{base}/2/changes/",
        f"{base}/1/products/{car}/",
        f"{base}/1/products/{omelette}/",
    ):
        page.goto(where)
        page.wait_for_load_state("networkidle")
        no_sideways_scroll(page)
        accessible(page)
    assert not complaints
