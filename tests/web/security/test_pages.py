"""Every page of the site: policy headers, CSRF, no stack traces, no inline code."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client as Browser
from django.urls import reverse

from tests.web.factories import accounts
from tests.web.tenancy.routes import Route, all_routes
from zuji_web.accounts.models import Organisation

pytestmark = pytest.mark.django_db
PLAIN = [route for route in all_routes() if not route.parameters and not route.name.startswith("idp:")]
PAGES = [route for route in PLAIN if route.namespace != "api"]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}
TEMPLATES = [
    path
    for app in apps.get_app_configs()
    if app.name.startswith("zuji_web")
    for path in sorted(Path(app.path).glob("templates/**/*.html"))
]


@pytest.mark.parametrize("route", PAGES, ids=str)
@pytest.mark.parametrize("who", ["visitor", "owner"])
def test_every_page_carries_the_policy(route: Route, who: str) -> None:
    browser = accounts.browser(accounts.owner(accounts.organisation()) if who == "owner" else None)
    answer = browser.get(reverse(route.name))
    assert answer.status_code < 500
    parts = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert parts == POLICY
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_errors_carry_the_policy_too() -> None:
    answer = Browser().get("/no/such/page/")
    assert answer.status_code == 404
    assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_no_change_without_the_csrf_token(route: Route) -> None:
    home = accounts.organisation()
    browser = accounts.browser(accounts.owner(home), enforce_csrf_checks=True)
    answer = browser.post(reverse(route.name), {"name": "Changed", "language": "en"})
    assert answer.status_code in {403, 405}, route.name
    assert Organisation.objects.get(pk=home.pk).name == home.name


class Inline(HTMLParser):
    """Collects what a strict policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        data = given.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in given and not data):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or re.fullmatch(r"on[a-z]+", name) or (value or "").startswith("javascript:"):
                self.found.append(f"<{tag} {name}>")
            if name in {"src", "href", "action"} and tag != "a" and re.match(r"https?:|//", value or ""):
                self.found.append(f"<{tag} {name}={value}>")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_templates_hold_no_inline_code_and_no_foreign_address(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    parser = Inline()
    parser.feed(re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "x", source, flags=re.S))
    assert not parser.found


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_pages_as_served_hold_no_inline_code(route: Route) -> None:
    answer = accounts.browser(accounts.owner(accounts.organisation())).get(reverse(route.name), follow=True)
    if answer["Content-Type"].startswith("text/html"):
        parser = Inline()
        parser.feed(answer.content.decode())
        assert not parser.found


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt"])
def test_what_machines_ask_for_is_there(path: str) -> None:
    assert Browser().get(path).status_code == 200


def test_health_tells_of_the_database_and_the_queue() -> None:
    told = Browser().get("/healthz").json()
    assert told["database"] == "ok"
    assert told["oldest_job_wait_seconds"] == 0.0


def test_robots_stay_out_of_peoples_work() -> None:
    told = Browser().get("/robots.txt").content.decode()
    assert "Disallow: /products/" in told
    assert "Disallow: /factors/" not in told


def test_the_security_contact_is_published_where_there_is_one(settings: object) -> None:
    assert Browser().get("/.well-known/security.txt").status_code == 404
    settings.SITE = {**settings.SITE, "security_contact": "mailto:security@example.com"}  # type: ignore[attr-defined]
    told = Browser().get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@example.com" in told
    assert "Expires: " in told


def test_a_failure_shows_no_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_options: object) -> None:
        raise ZeroDivisionError("secret inside")

    monkeypatch.setattr("zuji_web.jobs.queries.jobs", fail)
    browser = accounts.browser(accounts.member(), raise_request_exception=False)
    page, answer = browser.get(reverse("jobs:list")), browser.get("/api/v1/jobs")
    assert (page.status_code, answer.status_code) == (500, 500)
    assert answer["Content-Type"] == "application/problem+json"
    assert b"secret" not in page.content + answer.content


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_an_address_with_a_sign_that_no_database_holds_names_nothing(route: Route) -> None:
    browser = accounts.browser(accounts.owner(accounts.organisation()))
    answer = browser.get(f"{reverse(route.name)}?q=%00&page=1%00")
    assert answer.status_code in {404, 405}, route.name


@pytest.mark.parametrize("path", ["/rules/key/a%00/", "/api/v1/rules/a%00", "/api/v1/rules?q=%00"])
def test_names_with_such_a_sign_are_not_found(path: str) -> None:
    answer = Browser().get(path)
    assert answer.status_code == 404
    if path.startswith("/api/"):
        assert answer["Content-Type"] == "application/problem+json"
