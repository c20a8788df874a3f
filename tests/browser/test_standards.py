"""Standards in a real Chromium: a national standard over a live local one, seen by everybody concerned.

The national standard is fictitious and exists only in the database of this test.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.web.factories import accounts, products, standards
from zuji.trust import snapshot as snapshots
from zuji_web.products.actions import snapshots as freezing
from zuji_web.products.models import ProductStudy, StudySnapshot
from zuji_web.standards.models import KeyProductSelection, Notice, StandardRecord

CODE = str(standards.STRONG_AROMA)
DAY, EVE = "2027-01-01", "2026-12-31"


@pytest.fixture
def shelf(transactional_db: None) -> None:
    """The shipped registry, as after set-up."""
    standards.loaded()


def answer(page: Page, base: str, on: str) -> Any:
    """The governing rule for strong-aroma baijiu in Sichuan on a day."""
    page.goto(f"{base}/standards/governing/?product={CODE}&on={on}&region=CN-SC")
    return page.locator(".zs-answer")


def test_a_national_standard_takes_the_place_of_a_local_one(
    page: Page, live_server: Any, library: None, shelf: None, enter: Any, complaints: Any, accessible: Any
) -> None:
    base = live_server.url
    home = accounts.organisation("某酒厂")
    owner = accounts.owner(home)
    offices = standards.Offices()
    open_study = products.study(by=owner, product={"name": "在做的酒", "code": CODE}, rule=standards.DB51)
    frozen = products.study(by=owner, product={"name": "冻结的酒", "code": CODE}, rule=standards.DB51)
    before = freezing.freeze(study=frozen, by=owner)
    bytes_before, digits = bytes(before.content), before.published_total
    row_before = ProductStudy.objects.values().get(pk=frozen.pk)

    # Before: the local standard governs, and the enterprise may propose in other scopes.
    expect(answer(page, base, "2026-11-01")).to_contain_text(standards.DB51)
    expect(answer(page, base, DAY)).to_contain_text(standards.DB51)
    accessible(page)

    # The secretariat enters the national standard.
    page = enter(offices.secretary)
    page.goto(f"{base}/standards/")
    page.get_by_role("link", name="登记标准").click()
    page.get_by_label("标准编号").fill(standards.NATIONAL)
    page.get_by_label("名称", exact=False).first.fill("温室气体 产品碳足迹 量化 白酒")
    page.locator("select[name=level]").select_option("national")
    page.locator("select[name=products]").select_option("zuji:baijiu")
    page.locator("input[name=issued]").fill("2026-06-01")
    page.locator("input[name=in_force]").fill(DAY)
    page.get_by_label("来源").fill("虚构的公告，仅用于测试")
    page.locator("select[name=certainty]").select_option("seen")
    accessible(page)
    page.get_by_role("button", name="保存").click()

    # What changes: by date, with the withdrawal that is due, the stop, the studies told.
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{standards.NATIONAL} 带来的变化")
    row = page.get_by_role("row").filter(has_text="浓香型白酒").filter(has_text="四川省")
    expect(row).to_contain_text(DAY)
    expect(row.get_by_role("link").first).to_have_text(standards.DB51)
    expect(row.get_by_role("link").last).to_have_text(standards.NATIONAL)
    expect(page.get_by_text("应于 2027-01-01")).to_be_visible()
    expect(page.get_by_text("不予受理")).to_be_visible()
    expect(page.get_by_text("不变：保持冻结时的规则、因子和数值")).to_be_visible()
    accessible(page)
    new = StandardRecord.objects.get(number=standards.NATIONAL)
    page.goto(f"{base}/standards/withdrawals/")
    expect(page.get_by_role("row").filter(has_text=standards.DB51)).to_contain_text("待办")
    accessible(page)

    # The enterprise: a proposal in the scope is refused with the reason, the open study is told.
    page = enter(owner)
    page.goto(f"{base}/standards/procedures/propose/")
    page.get_by_label("名称", exact=False).first.fill("白酒产品碳足迹")
    page.locator("select[name=products]").select_option(CODE)
    page.locator("select[name=region]").select_option("CN-SC")
    page.get_by_label("立项理由").fill("本省产业")
    page.get_by_role("button", name="提交立项建议").click()
    expect(page.get_by_text(f"国家标准 {standards.NATIONAL} 已覆盖拟立项范围")).to_be_visible()
    accessible(page)
    page.goto(f"{base}/standards/notices/")
    expect(page.get_by_role("row").filter(has_text="在做的酒")).to_contain_text(standards.DB51)
    expect(page.get_by_text("冻结的酒")).to_have_count(0)
    accessible(page)
    page.goto(f"{base}/products/{open_study.pk}/")
    expect(page.get_by_text(f"{standards.NATIONAL} 代替本研究所采用的 {standards.DB51}")).to_be_visible()
    page.goto(f"{base}/products/{frozen.pk}/snapshot/")
    expect(page.get_by_text(standards.NATIONAL)).to_have_count(0)
    page.goto(f"{base}/standards/notices/")
    page.get_by_role("button", name="知悉").click()
    expect(page.get_by_text(re.compile("已知悉"))).to_be_visible()

    # The approver withdraws the local standard on the day that is due.
    page = enter(offices.approver)
    page.goto(f"{base}/standards/withdrawals/")
    page.get_by_role("link", name="废止", exact=True).click()
    expect(page.locator("input[name=withdrawn]")).to_have_value(DAY)
    page.get_by_label("理由").fill("国家标准实施")
    page.get_by_label("文件", exact=True).fill("公告 1")
    page.get_by_role("button", name="废止").click()
    expect(page.get_by_text("国家标准实施")).to_be_visible()
    page.goto(f"{base}/standards/withdrawals/")
    expect(page.get_by_role("row").filter(has_text=standards.DB51)).to_contain_text("已废止")

    # After: the answer changes with the date, and the past is answered as it was.
    expect(answer(page, base, EVE)).to_contain_text(standards.DB51)
    expect(answer(page, base, DAY)).to_contain_text(standards.NATIONAL)
    page.goto(f"{base}/standards/{new.pk}/changes/")
    row = page.get_by_role("row").filter(has_text="浓香型白酒").filter(has_text="四川省")
    row.get_by_role("link").first.click()
    expect(page.locator(".zs-answer")).to_contain_text(standards.DB51)

    # The frozen study: the same row, bytes, digest and digits.
    after = StudySnapshot.objects.get(study=frozen)
    assert ProductStudy.objects.values().get(pk=frozen.pk) == row_before
    assert (bytes(after.content), after.published_total) == (bytes_before, digits)
    assert snapshots.verify(snapshots.from_bytes(bytes(after.content))) == []
    assert [notice.study_id for notice in Notice.objects.all()] == [open_study.pk]
    assert not complaints


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_fits(
    page: Page,
    live_server: Any,
    shelf: None,
    enter: Any,
    complaints: Any,
    no_sideways_scroll: Any,
    accessible: Any,
    size: Any,
) -> None:
    offices = standards.Offices()
    drafted = offices.to_consultation(standards.proposed())
    offices.answered(offices.commented(drafted))
    offices.commented(drafted)
    standards.notice(of=accounts.organisation())
    new = StandardRecord.objects.get(number__startswith="GB/T 9")
    from zuji_web.standards.actions import selections

    chosen = selections.begin(year=2026, by=offices.secretary)
    selections.enter(selection=chosen, code=CODE, by=offices.secretary)
    assert KeyProductSelection.objects.exists()
    page.set_viewport_size(size)
    base = f"{live_server.url}/standards"
    for actor in (None, offices.secretary, offices.approver):
        shown = enter(actor) if actor else page
        for where in (
            "/",
            "/?q=nothing+of+that+name",
            f"/governing/?product={CODE}&region=CN-SC",
            "/governing/",
            "/coverage/",
            "/procedures/",
            "/withdrawals/",
            "/targets/",
            "/selections/",
            "/selections/2026/",
            f"/{new.pk}/",
            f"/{new.pk}/changes/",
            f"/{drafted.pk}/",
            f"/{drafted.pk}/comments/",
            *(("/register/", "/notices/") if actor is offices.secretary else ()),
        ):
            shown.goto(f"{base}{where}")
            shown.wait_for_load_state("networkidle")
            no_sideways_scroll(shown)
            accessible(shown)
    assert not complaints
