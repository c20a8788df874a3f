"""Every page a person meets: no script errors, no CSP violation, accessible, and no wider than a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE
from tests.web.factories import accounts
from zuji_web.products.models import ProductStudy

PUBLIC = [
    "/",
    "/learn/",
    "/policy/",
    "/about/",
    "/search?q=水泥",
    "/factors/",
    "/factors/?q=螺纹钢",
    "/factors/datasets/elec_cf_national_2024/",
    "/factors/electricity/",
    "/factors/gwp/",
    "/factors/fuels/",
    "/products/",
    "/accounts/login/",
    "/accounts/signup/",
    "/en/",
    "/en/factors/",
]
OF_A_STUDY = ["", "product/", "processes/", "scenarios/", "goal/", "result/", "result/lines/", "report/"]
OF_A_MEMBER = [
    "/products/",
    "/products/new/",
    "/products/import/",
    "/jobs/",
    "/organisation/",
    "/organisation/members/",
    "/organisation/clients/",
    "/organisation/trail/",
]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["zh", "en"])
def test_pages_of_a_study(
    page: Page,
    live_server: Any,
    library: None,
    complaints: list[str],
    accessible: Any,
    no_sideways_scroll: Any,
    size: dict[str, int],
    language: str,
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for name in ("电解铝", "磷酸铁锂电池包"):
        study = ProductStudy.objects.get(name=name)
        for path in OF_A_STUDY:
            answer = page.goto(f"{live_server.url}{language}/products/{study.pk}/{path}")
            assert answer is not None
            assert answer.status == 200, page.url
            no_sideways_scroll(page)
            accessible(page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_public_pages(
    page: Page,
    live_server: Any,
    library: None,
    complaints: list[str],
    accessible: Any,
    no_sideways_scroll: Any,
    size: dict[str, int],
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for path in PUBLIC:
        answer = page.goto(live_server.url + path)
        assert answer is not None
        assert answer.status == 200, path
        no_sideways_scroll(page)
        accessible(page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_of_a_member(
    page: Page,
    live_server: Any,
    library: None,
    complaints: list[str],
    accessible: Any,
    no_sideways_scroll: Any,
    enter: Any,
    size: dict[str, int],
) -> None:
    page = enter(accounts.owner(accounts.organisation()))
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for path in OF_A_MEMBER:
        answer = page.goto(live_server.url + path)
        assert answer is not None
        assert answer.status == 200, path
        no_sideways_scroll(page)
        accessible(page)


def test_nothing_is_fetched_from_elsewhere(page: Page, live_server: Any, library: None) -> None:
    foreign: list[str] = []
    page.on("request", lambda request: foreign.append(request.url))
    study = ProductStudy.objects.get(name="电解铝")
    for path in ["/", "/factors/", f"/products/{study.pk}/", f"/products/{study.pk}/result/", "/api/v1/docs"]:
        page.goto(live_server.url + path)
    assert not [url for url in foreign if not url.startswith((live_server.url, "data:", "blob:"))]
