"""A real Chromium against a live server. A page that logs an error or breaks the CSP fails its test."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

# Playwright's sync API runs its own loop, which Django takes for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=False))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return {"executable_path": "/usr/bin/chromium", "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": DESKTOP, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "accept_downloads": True}


class Complaints(list[str]):
    """What the browser complained about."""


@pytest.fixture
def complaints(page: Page) -> Iterator[Complaints]:
    heard = Complaints()

    def on_console(message: ConsoleMessage) -> None:
        # A refused request (422 and the like) is logged by Chromium itself and is part of some walks.
        if message.type == "error" and "Failed to load resource" not in message.text:
            heard.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert not heard, heard


@pytest.fixture
def accessible() -> Any:
    """Fails on serious and critical findings of axe."""

    def examine(page: Page) -> None:
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        grave = [
            f"{item['id']}: {[node['html'][:160] for node in item['nodes'][:3]]}"
            for item in found
            if item["impact"] in {"serious", "critical"}
        ]
        assert not grave, grave

    return examine


@pytest.fixture
def no_sideways_scroll() -> Any:
    """A phone page must not be wider than the phone."""

    def examine(page: Page) -> None:
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"] + 1, f"{page.url} is {width} px wide"  # type: ignore[index]

    return examine


@pytest.fixture
def library(transactional_db: None) -> None:
    """The shipped factors and the example products, as after set-up."""
    from django.core.management import call_command

    call_command("load_reference", verbosity=0)
    call_command("load_examples", verbosity=0)


@pytest.fixture
def enter(page: Page, live_server: Any) -> Any:
    """Signs a page in as somebody, without walking through the login form each time."""
    from django.conf import settings

    from tests.web.factories import accounts

    def sign_in(actor: Any) -> Page:
        cookie = accounts.browser(actor).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}]
        )
        return page

    return sign_in
