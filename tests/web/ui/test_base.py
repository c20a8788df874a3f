"""Every page's furniture, and the pages for when something is wrong."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.views import csrf, defaults

from tests.web.factories import accounts

pytestmark = pytest.mark.django_db
WEB = Path(settings.ROOT) / "src" / "zuji_web"
PAGES = [
    "/",
    "/search",
    "/policy/",
    "/learn/",
    "/about/",
    "/factors/",
    "/factors/electricity/",
    "/factors/gwp/",
]


def body(path: str, client: Client | None = None) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_a_skip_link_and_both_languages(path: str) -> None:
    for address, language in ((path, "zh-Hans"), (f"/en{path}", "en")):
        shown = body(address)
        assert shown.count("<h1") == 1
        assert 'href="#main"' in shown
        assert f'<html lang="{language}"' in shown
        assert f'href="{path}"' in shown or f'href="/en{path}"' in shown


def test_an_english_page_shows_no_chinese_furniture() -> None:
    furniture = re.sub(r"<main.*</main>", "", body("/en/about/"), flags=re.S)
    furniture = re.sub(r'lang="zh-Hans">.*?</a>|<span>足迹</span>', "", furniture, flags=re.S)
    assert not re.findall(r"[\u4e00-\u9fff]+", furniture)


@pytest.mark.parametrize("path", [*PAGES, "/accounts/login/", "/accounts/signup/"])
def test_no_page_needs_what_the_content_security_policy_forbids(path: str) -> None:
    shown = body(path)
    assert not re.findall(r"\sstyle=", shown)
    assert not re.findall(r"\son[a-z]+=", shown)
    assert not re.findall(r"<style", shown)
    inline = [tag for tag in re.findall(r"<script[^>]*>", shown) if "src=" not in tag]
    assert all('type="application/json"' in tag for tag in inline)
    header = Client().get(path).headers["Content-Security-Policy"]
    assert "unsafe" not in header
    assert "script-src 'self'" in header
    assert "style-src 'self'" in header


def test_templates_hold_no_inline_style_or_handler() -> None:
    guilty = [
        str(path.relative_to(WEB))
        for path in WEB.rglob("templates/**/*.html")
        if re.search(
            r"\sstyle=|\son(click|change|input|submit|load|keyup|keydown)=|hx-on|javascript:",
            path.read_text("utf-8"),
        )
    ]
    assert not guilty


@override_settings(SITE={"operator": "某单位", "icp": "蜀ICP备1号", "police": "", "code": "5100000000"})
def test_the_footer_names_the_operator_and_leaves_out_what_is_empty() -> None:
    shown = body("/about/")
    for words in ("某单位", "蜀ICP备1号", "5100000000"):
        assert words in shown
    assert "beian.mps.gov.cn" not in shown


def test_a_member_sees_their_organisation_and_can_sign_out() -> None:
    organisation = accounts.organisation("川某水泥厂")
    client = Client()
    client.force_login(accounts.owner(organisation).user)  # type: ignore[arg-type]
    shown = body("/about/", client)
    assert "川某水泥厂" in shown
    assert "退出登录" in shown
    assert "代表的组织" not in shown


def test_a_member_of_two_organisations_can_change_between_them() -> None:
    person = accounts.user()
    accounts.organisation("甲厂", owner=person)
    accounts.organisation("乙厂", owner=person)
    client = Client()
    client.force_login(person)
    shown = body("/about/", client)
    assert "甲厂" in shown
    assert "乙厂" in shown
    assert 'name="organisation"' in shown


def test_a_missing_page_says_so_in_words() -> None:
    response = Client().get("/en/nowhere/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_a_bad_request_and_a_forbidden_one_say_so_in_words() -> None:
    request = RequestFactory().get("/")
    assert "无法读取此请求" in defaults.bad_request(request, ValueError()).content.decode()
    assert "请联系本组织的所有者" in defaults.permission_denied(request, PermissionError()).content.decode()


def test_an_expired_form_says_what_to_do() -> None:
    shown = csrf.csrf_failure(RequestFactory().post("/")).content.decode()
    assert "表单打开时间过长" in shown
    assert Client(enforce_csrf_checks=True).post("/accounts/logout/").status_code == 403


def test_the_page_for_faults_needs_nothing_that_can_fail() -> None:
    assert "出错了" in render_to_string("500.html")
    assert defaults.server_error(RequestFactory().get("/")).status_code == 500
