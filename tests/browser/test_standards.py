"""Standards in a real Chromium: a national standard over a live local one, seen by everybody concerned.

The national standard is fictitious and exists only in the database of this test.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
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

    before_it = standards.proposed(by=owner, name="在提的白酒", scope=(standards.STRONG_AROMA,))

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
    expect(page.get_by_text(f"{standards.DB51} (应于 {DAY})")).to_be_visible()
    expect(page.get_by_role("link", name=before_it.working_number)).to_be_visible()
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

    # A proposal from before cannot go on either; the step says so before anybody fills in the form.
    page = enter(offices.approver)
    page.goto(f"{base}/standards/{before_it.pk}/steps/approved/")
    expect(page.get_by_role("alert")).to_contain_text(f"国家标准 {standards.NATIONAL} 已覆盖拟立项范围")
    page.get_by_label("理由").fill("仍想立项")
    page.get_by_role("button", name="批准立项").click()
    expect(page.get_by_role("alert")).to_contain_text(standards.NATIONAL)
    expect(page.get_by_label("理由")).to_have_value("仍想立项")
    before_it.refresh_from_db()
    assert before_it.state == "proposed"

    # The approver withdraws the local standard on the day that is due.
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


def test_a_comment_is_answered_before_the_draft_goes_on(
    page: Page, live_server: Any, shelf: None, enter: Any, complaints: Any, accessible: Any
) -> None:
    base = live_server.url
    offices = standards.Offices()
    record = offices.consulted(standards.proposed())
    StandardRecord.objects.filter(pk=record.pk).update(comments_until=timezone.localdate())
    page = enter(accounts.owner(accounts.organisation("某协会")))
    page.goto(f"{base}/standards/{record.pk}/comments/")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_label("意见", exact=False).last).to_be_visible()
    page.locator("textarea[name=text]").fill("请写明一瓶多少毫升。")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_text("请写明一瓶多少毫升。")).to_be_visible()
    StandardRecord.objects.filter(pk=record.pk).update(
        comments_until=timezone.localdate() - timedelta(days=1)
    )

    page = enter(offices.secretary)
    page.goto(f"{base}/standards/{record.pk}/steps/examination/")
    expect(page.get_by_role("alert")).to_contain_text("1 条意见尚未答复")
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_role("alert")).to_contain_text("1 条意见尚未答复")
    page.goto(f"{base}/standards/{record.pk}/comments/")
    page.locator("select[name=answer]").select_option("refused")
    page.locator("textarea[name=reason]").fill("  ")
    page.get_by_role("button", name="保存答复").click()
    expect(page.get_by_role("alert")).to_contain_text("请写明答复的理由")
    expect(page.locator("select[name=answer]")).to_have_value("refused")
    accessible(page)
    page.locator("textarea[name=reason]").fill("瓶装容量由企业声明。")
    page.get_by_role("button", name="保存答复").click()
    expect(page.locator(".zs-said")).to_contain_text("瓶装容量由企业声明。")
    page.goto(f"{base}/standards/{record.pk}/steps/examination/")
    page.get_by_role("button", name="送审").click()
    record.refresh_from_db()
    assert record.state == "examination"
    assert not complaints


def test_the_products_of_a_year_are_entered_scored_decided_and_closed(
    page: Page, live_server: Any, enter: Any, complaints: Any, accessible: Any, no_sideways_scroll: Any
) -> None:
    base = f"{live_server.url}/standards/selections"
    offices = standards.Offices()
    page = enter(offices.secretary)
    page.goto(f"{base}/")
    page.get_by_label("年份").fill("2026")
    page.get_by_role("button", name="开启年度").click()
    page.get_by_role("link", name="2026").click()
    chosen = ("zuji:cement", "zuji:methanol", CODE)
    for code in chosen:
        page.locator("select[name=code]").select_option(code)
        page.get_by_role("button", name="登记为候选").click()
        candidate = page.locator("details").last
        candidate.locator("summary").click()
        for place, score in enumerate(candidate.locator("input[type=number]").all()):
            score.fill(str(3 + place % 3))
            candidate.get_by_label("理由").nth(place).fill("统计年鉴")
        first = candidate.get_by_label("理由").first
        first.fill("")
        candidate.get_by_role("button", name="保存评分").click()
        # A score without its reason: told, and nothing that was typed is lost.
        expect(page.get_by_role("alert")).to_contain_text("没有理由")
        open_form = page.locator("details[open]")
        expect(open_form.get_by_label("理由").nth(1)).to_have_value("统计年鉴")
        open_form.get_by_label("理由").first.fill("统计年鉴")
        open_form.get_by_role("button", name="保存评分").click()
        expect(page.get_by_role("alert")).to_have_count(0)
    accessible(page)

    page = enter(offices.approver)
    page.goto(f"{base}/2026/")
    for place in range(3):
        candidate = page.locator("details").nth(place)
        candidate.locator("summary").click()
        candidate.locator("input[name=reason]").fill("按评分选定" if place < 2 else "明年再议")
        candidate.locator("select[name=chosen]").select_option("yes" if place < 2 else "no")
        candidate.get_by_role("button", name="决定").click()
        expect(page.locator("tbody tr").nth(place)).to_contain_text("按评分选定" if place < 2 else "明年再议")
    page.locator("#closing-document").fill("会议纪要 1")
    page.get_by_role("button", name="结束本年度").click()
    expect(page.get_by_role("alert")).to_contain_text("选定 2 个产品，应为 3 至 5 个")
    expect(page.locator("#closing-document")).to_have_value("会议纪要 1")
    page.locator("#closing-reason").fill("其余产品数据基础不足")
    page.get_by_role("button", name="结束本年度").click()
    expect(page.get_by_text("其余产品数据基础不足")).to_be_visible()
    expect(page.get_by_role("button", name="决定")).to_have_count(0)
    sizes: tuple[Any, ...] = (DESKTOP, PHONE)
    for size in sizes:
        page.set_viewport_size(size)
        no_sideways_scroll(page)
        accessible(page)
    assert KeyProductSelection.objects.get(year=2026).closed
    assert not complaints


def test_on_a_phone_nothing_of_a_row_lies_out_of_sight(
    page: Page, live_server: Any, shelf: None, enter: Any, complaints: Any
) -> None:
    standards.registered()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    enter(standards.Offices().approver).goto(f"{live_server.url}/standards/withdrawals/")
    row = page.get_by_role("row").filter(has_text=standards.DB51)
    for part in (
        row.get_by_text(DAY),
        row.get_by_text("待办"),
        row.get_by_role("link", name="废止", exact=True),
    ):
        box = part.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]
    assert row.locator("td", has_text=DAY).get_attribute("data-label") == "期限"
    tab = page.locator(".nav-tabs [aria-current]").bounding_box()
    assert tab is not None
    assert tab["x"] + tab["width"] <= PHONE["width"]
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
