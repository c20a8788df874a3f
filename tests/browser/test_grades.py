"""Grades in a real Chromium: from samples to thresholds in force to a grade, on a desk and on a phone."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.web.factories import accounts, grades
from zuji_web.accounts.permissions import Role
from zuji_web.grades.models import ThresholdSet
from zuji_web.grades.queries import sets as reading

# Where screenshots go when somebody wants to look at them.
SHOTS = os.environ.get("ZUJI_SCREENSHOTS", "")


def shot(page: Page, name: str) -> None:
    if SHOTS:
        width = page.viewport_size["width"]  # type: ignore[index]
        page.screenshot(path=Path(SHOTS) / f"grades-{name}-{width}.png", full_page=True)


def test_thresholds_come_into_force_and_grade_a_product(
    page: Page, live_server: Any, library: None, enter: Any, complaints: Any, accessible: Any
) -> None:
    base, today = f"{live_server.url}/grades", timezone.localdate()
    offices = grades.Offices()
    offices.eleven()
    study = grades.verified(2.0)
    firm = accounts.owner(study.organisation)

    # The firm lends its result; the secretariat confirms the verification.
    enter(firm)
    page.goto(f"{base}/products/{study.pk}/")
    expect(page.get_by_text("这一产品没有实施中的阈值")).to_be_visible()
    page.get_by_role("link", name="提供为样本").click()
    page.get_by_label("数据期内产量").fill("80")
    page.get_by_label("用途").select_option("trials")
    page.get_by_label("我有权代表本组织").check()
    accessible(page)
    page.get_by_role("button", name="提供样本").click()
    expect(page.get_by_text("核查待确认")).to_be_visible()
    enter(offices.second)
    page.goto(f"{base}/samples/")
    page.get_by_label("凭什么确认核查存在").fill("机构网站可查")
    accessible(page)
    page.get_by_role("button", name="确认", exact=True).click()
    expect(page.get_by_text("待确认的核查")).to_have_count(0)

    # The secretariat derives, tries other values, proposes and consults.
    enter(offices.deriver)
    page.goto(f"{base}/new/")
    page.get_by_label("产品与规则").select_option(f"{grades.RULE}|{grades.PRODUCT}")
    page.get_by_label("方法", exact=False).first.select_option("percentile@1")
    page.get_by_role("button", name="测算", exact=True).click()
    one = ThresholdSet.objects.get()
    expect(page.get_by_text("12 家企业的 12 个经过核查的结果")).to_be_visible()
    page.get_by_role("link", name="试算").click()
    expect(page.locator("zuji-chart[drawn] svg").first).to_be_visible()
    counts = page.locator("#simulated .stat-value")
    before = counts.nth(2).inner_text()
    page.locator("zuji-slider input[type=range]").nth(2).press("End")
    page.locator("zuji-slider input[type=range]").nth(2).dispatch_event("change")
    expect(counts.nth(2)).not_to_have_text(before)
    expect(counts.nth(2)).to_contain_text("12")
    expect(page.locator("zuji-chart[drawn] svg").first).to_be_visible()
    assert "limit=" in page.url
    accessible(page)
    assert reading.thresholds_of(ThresholdSet.objects.get()).limit != 2.0  # type: ignore[union-attr]
    page.goto(f"{base}/{one.pk}/")
    page.get_by_role("link", name="拟定").click()
    page.get_by_label("理由").fill("十二个样本")
    page.get_by_role("button", name="拟定").click()
    page.get_by_role("link", name="征求意见", exact=True).click()
    page.get_by_label("理由").fill("公开征求意见")
    page.get_by_label("文件", exact=True).fill("征求意见稿 1")
    page.get_by_label("征求意见截止").fill((today + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="征求意见").click()

    # A firm comments; without an answer nothing is published; somebody else publishes.
    enter(firm)
    page.goto(f"{base}/{one.pk}/comments/")
    page.get_by_label("意见", exact=False).last.fill("限定值偏严。")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_text("未答复")).to_be_visible()
    ThresholdSet.objects.update(comments_until=today - timedelta(days=1))

    def publish() -> None:
        enter(offices.approver)
        page.goto(f"{base}/{one.pk}/steps/published/")
        page.get_by_label("理由").fill("会议决定")
        page.get_by_label("文件", exact=True).fill("公告 3")
        page.get_by_label("实施日期").fill(today.isoformat())
        page.get_by_role("button", name="发布").click()

    publish()
    expect(page.get_by_role("alert")).to_be_visible()
    enter(offices.deriver)
    page.goto(f"{base}/{one.pk}/comments/")
    page.locator("select[name=answer]").select_option("refused")
    page.locator("article textarea[name=reason]").fill("按样本 80% 分位。")
    page.get_by_role("button", name="保存答复").click()
    publish()
    expect(page.locator(".page-head .tag")).to_have_text("实施")
    page.get_by_role("button", name="由保存的样本重算").click()
    expect(page.get_by_text("字节相同")).to_be_visible()
    accessible(page)

    # The firm's product is graded, with all ten conditions.
    enter(firm)
    page.goto(f"{base}/products/{study.pk}/")
    expect(page.locator(".zg-grade")).to_contain_text("达到标杆值")
    expect(page.get_by_role("region", name="比较的条件").get_by_text("满足", exact=True)).to_have_count(10)
    accessible(page)
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
    offices = grades.Offices()
    offices.eleven()
    offices.entered()
    held = offices.published()
    open_one = offices.consulted(offices.begun("best-available@1"))
    offices.commented(open_one)
    draft = offices.begun("production-weighted@1")
    sample = grades.lent()
    other = grades.verified(level="reasonable", of=sample.organisation)
    firm = accounts.owner(sample.organisation)  # type: ignore[arg-type]
    chosen = f"?rule={grades.RULE}&product={grades.PRODUCT}"
    pages = {
        None: {"list": "/", "public": f"/{held.pk}/", "comments": f"/{open_one.pk}/comments/"},
        offices.deriver: {
            "officer-list": "/",
            "samples": f"/samples/{chosen}",
            "enter": "/samples/enter/",
            "begin": "/new/",
            "derive": f"/{draft.pk}/derive/",
            "set": f"/{draft.pk}/",
            "simulation": f"/{draft.pk}/simulation/",
            "step": f"/{draft.pk}/steps/proposed/",
            "answers": f"/{open_one.pk}/comments/",
        },
        firm: {
            "products": "/products/",
            "graded": f"/products/{sample.study_id}/",
            "not-comparable": f"/products/{other.pk}/",
            "offer": f"/products/{other.pk}/lend/",
            "sample": f"/lent/{sample.pk}/",
            "revoke": f"/lent/{sample.pk}/revoke/",
        },
        accounts.member(Role.OWNER): {"no-products": "/products/"},
    }
    page.set_viewport_size(size)
    for actor, addresses in pages.items():
        shown = enter(actor) if actor else page
        for name, where in addresses.items():
            shown.goto(f"{live_server.url}/grades{where}")
            shown.wait_for_load_state("networkidle")
            shot(shown, name)
            no_sideways_scroll(shown)
            accessible(shown)
    shown.goto(f"{live_server.url}/en/grades/{held.pk}/")
    shot(shown, "english")
    assert not complaints
