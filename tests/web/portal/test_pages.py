"""The portal's pages: numbers from the database, facts with references, one search."""

import re

import pytest
from django.test import Client

from tests.web.factories import accounts, factors, grades, rulebook, standards
from zuji.formats import reference
from zuji.model.factors import Confidence, Source
from zuji_web.accounts.models import Organisation
from zuji_web.portal.policies import PLANS, TASKS
from zuji_web.products.models import ProductStudy

pytestmark = pytest.mark.django_db


def page(path: str, client: Client | None = None) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == 200
    return response.content.decode()


def demonstration() -> Organisation:
    made = accounts.organisation("示范组织")
    made.demonstration = True
    made.save()
    return made


def study(organisation: Organisation, name: str) -> ProductStudy:
    return ProductStudy.objects.create(organisation=organisation, name=name, product_name=name)


def test_the_numbers_on_the_home_page_are_counted() -> None:
    factors.load(
        factors.factor("a"),
        factors.factor("b", confidence=Confidence.LOW, source=Source(title="Another")),
        factors.factor("c", per=""),
        factors.factor("d", version="1.0"),
        factors.factor("d", version="2.0"),
    )
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page("/")))
    assert "数据集 4 因子库当前版本" in shown
    assert "可用于清单行 3 " in shown
    assert "来源 2 " in shown
    assert "低可信 1 " in shown


def test_the_home_page_is_right_before_anything_is_loaded() -> None:
    shown = page("/")
    assert "本站未装入示例产品" in shown
    assert page("/learn/")
    assert page("/about/")


def test_worked_examples_are_shown_to_everybody_and_own_studies_to_nobody_else() -> None:
    study(demonstration(), "示范水泥")
    study(accounts.organisation("某厂"), "自家水泥")
    shown = page("/")
    assert "示范水泥" in shown
    assert "自家水泥" not in shown


def test_search_covers_factors_own_studies_examples_and_pages() -> None:
    factors.load_shipped()
    mine, theirs = accounts.organisation("我厂"), accounts.organisation("他厂")
    study(mine, "我家的水泥")
    study(theirs, "别家的水泥")
    study(demonstration(), "示范水泥")
    client = Client()
    client.force_login(accounts.owner(mine).user)  # type: ignore[arg-type]
    shown = page("/search?q=水泥", client)
    assert "普通硅酸盐水泥" in shown
    assert "我家的水泥" in shown
    assert "示范水泥" in shown
    assert "别家的水泥" not in shown
    assert "我家的水泥" not in page("/search?q=水泥")
    assert "四川省碳足迹管理体系建设实施方案" in page("/search?q=四川方案")


def test_search_leads_to_standards_rules_and_thresholds_of_a_product() -> None:
    standards.loaded()
    rulebook.loaded()
    offices = grades.Offices()
    offices.eleven()
    held, draft = offices.published(), offices.begun("best-available@1")
    proposal = standards.proposed(name="浓香型白酒新标准")
    shown = page("/search?q=浓香型白酒")
    assert f'href="/standards/governing/?product={grades.PRODUCT}"' in shown
    assert standards.DB51 in shown
    assert "baijiu-strong-aroma@1" in shown
    assert f"/grades/{held.pk}/" in shown
    assert f"/grades/{held.pk}/" in page("/search?q=白酒")
    # What is not public yet is not found by a visitor.
    assert f"/grades/{draft.pk}/" not in shown
    assert str(proposal.pk) not in shown


def test_a_search_without_hits_says_what_to_do() -> None:
    factors.load(factors.factor())
    shown = page("/search?q=zzqqxx")
    assert "没有找到" in shown
    assert "浏览因子库" in shown


def test_a_search_shows_what_was_typed_as_text() -> None:
    assert "<script>alert" not in page("/search?q=<script>alert(1)</script>")


def test_the_policy_page_gives_numbers_and_references() -> None:
    shown = page("/policy/")
    for words in ("川环函〔2025〕360号", "陕环发〔2025〕4号", "500+", "30+", "3–5", "环气候〔2024〕30号"):
        assert words in shown
    assert shown.count('class="tag tag-good"') == sum(task.now for task in TASKS)
    assert all(plan.goals for plan in PLANS)


def test_the_lesson_on_electricity_uses_the_librarys_own_numbers() -> None:
    factors.load_shipped()
    catalogue = reference.load().catalogue
    footprint = catalogue.get("elec_cf_national_2024").value
    co2 = catalogue.get("elec_co2_CN-SC_2023").value
    shown = page("/learn/")
    assert str(footprint) in shown
    assert str(co2) in shown
    assert f"1/{footprint / co2:.1f}" in shown


def test_the_method_page_lists_every_source() -> None:
    factors.load_shipped()
    shown = page("/about/")
    for title in {factor.source.title for factor in reference.load().catalogue}:
        assert title.replace("&", "&amp;").replace('"', "&quot;") in shown
