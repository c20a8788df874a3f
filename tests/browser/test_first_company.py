"""A small company that has never seen Zuji: from registration to a report in its hands."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
from playwright.sync_api import Page, expect

from tests.web.factories import accounts
from zuji.formats import excel, reference
from zuji.quality import evaluate


def _register(page: Page, url: str) -> None:
    page.goto(f"{url}/")
    page.get_by_role("link", name="注册").first.click()
    page.locator("input[name=display_name]").fill("王会计")
    page.locator("input[name=email]").fill("wang@example.com")
    page.locator("input[name=password1]").fill("walnut river 2026")
    page.locator("input[name=password2]").fill("walnut river 2026")
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(f"{url}/organisation/register/")
    page.locator("input[name=credit_code]").fill("91510100MA0000000X")
    page.locator("input[name=name]").fill("绵阳小支架有限公司")
    page.locator("select[name=region]").select_option("CN-SC")
    page.locator("main button[type=submit]").click()
    # A wrong check character is told at its field and nothing is lost.
    expect(page.locator("input[name=credit_code]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name=name]")).to_have_value("绵阳小支架有限公司")
    page.locator("input[name=credit_code]").fill(accounts.credit_code(4711))
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(f"{url}/products/")


def _filled(template: bytes) -> bytes:
    """The template as an accountant leaves it: another product, and one item without a factor."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book["产品"]
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value == "示例：铝型材支架":
                cell.value = "铝支架 A1"
    lines = book["清单"]
    for row in lines.iter_rows():
        for cell in row:
            if cell.value == "mat_cpcd_32151x0012019c":
                cell.value = None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_from_registration_to_the_report(
    page: Page, live_server: Any, library: None, complaints: list[str], tmp_path: Path
) -> None:
    url = live_server.url
    _register(page, url)

    with page.expect_download() as started:
        page.locator("a[href='/products/template.xlsx']").first.click()
    template = started.value.path().read_bytes()
    filled = tmp_path / "铝支架.xlsx"
    filled.write_bytes(_filled(template))

    page.goto(f"{url}/products/import/")
    page.locator("input[type=file]").set_input_files(filled)
    page.locator("main form button[type=submit]").click()

    # One line has no factor yet: a person confirms one.
    page.wait_for_url("**/match/")
    row = page.locator("tr.zm-row", has_text="瓦楞纸箱")
    expect(row).to_have_count(1)
    row.locator("input[type=radio]:not([disabled])").first.check()
    row.locator("input[type=checkbox]").check()
    page.locator("main .page-actions.mt-3 button[type=submit]").click()
    page.wait_for_load_state()
    study = page.url.split("/products/")[1].split("/")[0]

    page.goto(f"{url}/products/{study}/result/")
    total = page.locator(".figure-large").first.inner_text().split()[0]
    page.screenshot(path=tmp_path / "result.png", full_page=True)

    page.locator("form[action$='/freeze/'] button").click()
    page.locator("dialog button[value=yes]").click()
    page.wait_for_url("**/snapshot/**")
    page.locator("form[action$='/verify/'] button").click()
    expect(page.locator(".notice-good")).to_be_visible()

    page.goto(f"{url}/products/{study}/report/")
    page.get_by_role("button", name="生成 PDF").click()
    page.goto(f"{url}/products/{study}/report/")
    with page.expect_download() as report:
        page.locator("a[href*='report.pdf']").first.click()
    document = pypdf.PdfReader(report.value.path())
    text = "".join(sheet.extract_text() for sheet in document.pages)
    assert total.replace(",", "") in text.replace(",", "")
    assert "绵阳小支架有限公司" in text or "铝支架 A1" in text
    assert "zuji-snapshot.json" in document.attachments


def test_the_page_shows_what_the_library_calculates(
    page: Page, live_server: Any, library: None, complaints: list[str]
) -> None:
    page.goto(f"{live_server.url}/products/?q=磷酸铁锂电芯")
    page.get_by_role("link", name="磷酸铁锂电芯", exact=True).first.click()
    shown = page.locator("[data-live=total]")
    expect(shown).not_to_be_empty()
    total = shown.inner_text()
    from zuji.formats import document
    from zuji.lca.publishing import publish

    data = reference.load()
    study = document.load((Path(__file__).parents[2] / "examples" / "lfp-cell.yaml").read_bytes())
    expected = publish(evaluate(study, data.catalogue, data.gwp[study.gwp], data.fuels).total)
    assert total.replace(",", "") == expected


def test_a_workbook_with_mistakes_imports_nothing(
    page: Page, live_server: Any, library: None, enter: Any, complaints: list[str], tmp_path: Path
) -> None:
    page = enter(accounts.owner(accounts.organisation()))
    book = openpyxl.load_workbook(io.BytesIO(excel.template()))
    sheet = book["清单"]
    numbers = [
        cell for row in sheet.iter_rows(min_row=3) for cell in row if isinstance(cell.value, (int, float))
    ]
    numbers[0].value = "约一千"
    broken = tmp_path / "错.xlsx"
    book.save(broken)
    page.goto(f"{live_server.url}/products/import/")
    page.locator("input[type=file]").set_input_files(broken)
    page.locator("main form button[type=submit]").click()
    alert = page.locator(".notice-bad")
    expect(alert).to_be_visible()
    table = page.locator("main table").first
    expect(table).to_contain_text("清单")
    expect(table).to_contain_text("约一千")
    page.goto(f"{live_server.url}/products/")
    expect(page.locator("main")).not_to_contain_text("铝型材支架")
