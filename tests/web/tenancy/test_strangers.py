"""No route shows or changes an object of another organisation, whoever calls it.

Routes are discovered: a new one that takes an identifier fails here until `registry.py` says what it names.
"""

import hashlib
from typing import Any

import pytest
from django.apps import apps
from django.test import Client as Browser
from django.urls import reverse

from tests.web.factories import accounts
from tests.web.tenancy.registry import BODIES, LIBRARIES, MAKERS, PUBLIC, SPECIAL
from tests.web.tenancy.routes import Route, all_routes
from zuji_web.accounts.models import Organisation
from zuji_web.accounts.permissions import Role

HOME = "Heimat Aluminium"
pytestmark = pytest.mark.django_db

ROUTES = [route for route in all_routes() if route.parameters and not route.name.startswith(LIBRARIES)]
OWNED = [
    route for route in ROUTES if any((route.namespace, parameter) in MAKERS for parameter in route.parameters)
]
# What stands for the parts of an address that nobody owns.
PLAIN = {"line": "L1", "format": "json", "number": 1, "index": 0, "table": "counts"}
UNCHANGED = ("accounts", "jobs", "audit", "products", "factors", "databases", "standards", "grades")
# Redirection to the login page, 401, 403, 404 and 405 give nothing away and do nothing.
REFUSED = {401, 403, 404, 405}


@pytest.fixture(autouse=True)
def _jobs_wait(settings: Any) -> None:
    # Whether somebody may start a job is asked here, not what it makes.
    settings.JOBS_RUN_AT_ONCE = False


def made(route: Route, of: Organisation) -> str:
    """The route's address with objects of the organisation."""
    values: dict[str, object] = {}
    for parameter in route.parameters:
        maker = SPECIAL.get((route.name, parameter)) or MAKERS.get((route.namespace, parameter))
        values[parameter] = maker(of, values) if maker else PLAIN[parameter]
    return reverse(route.name, kwargs=values)


def state() -> dict[str, str]:
    """A digest of every row of the project."""
    digests = {}
    for model in apps.get_models():
        if model._meta.app_label in UNCHANGED:
            rows = model._default_manager.order_by("pk").values_list()
            digests[model._meta.label] = hashlib.sha256(repr(list(rows)).encode()).hexdigest()
    return digests


def call(browser: Browser, route: Route, method: str, address: str) -> Any:
    options: dict[str, Any] = {"data": BODIES.get((route.name, method), {})}
    if route.namespace == "api" and method != "get":
        options["content_type"] = "application/json"
    response = getattr(browser, method)(address, **options)
    if response.streaming:
        # A file stays open until somebody has read it.
        b"".join(response.streaming_content)
    return response


def strangers() -> dict[str, Browser]:
    """Everybody of another organisation, somebody of none, and a visitor; a person and a system each."""
    other = accounts.organisation("Strangers")
    client, secret = accounts.api_client(of=other)
    return {
        **{role.value: accounts.browser(accounts.member(role, of=other)) for role in Role},
        "system": accounts.caller(accounts.token(client, secret)),
        "homeless": accounts.browser(accounts.user()),
        "visitor": accounts.browser(),
    }


def test_every_route_with_an_identifier_is_covered() -> None:
    named = {(route.namespace, parameter) for route in ROUTES for parameter in route.parameters}
    missing = named - set(MAKERS) - set(PUBLIC)
    assert not missing, f"tests/web/tenancy/registry.py must say what these name: {sorted(missing)}"


def test_the_registry_names_only_what_exists() -> None:
    named = {(route.namespace, parameter) for route in ROUTES for parameter in route.parameters}
    assert not (set(MAKERS) | set(PUBLIC)) - named
    assert not {name for name, _part in (*BODIES, *SPECIAL)} - {route.name for route in ROUTES}


@pytest.mark.parametrize("route", OWNED, ids=str)
def test_strangers_see_and_change_nothing(route: Route) -> None:
    home = accounts.organisation(HOME)
    address = made(route, home)
    callers = strangers()
    before = state()
    for name, browser in callers.items():
        for method in route.methods:
            response = call(browser, route, method, address)
            to_login = response.status_code in {302, 204} and "/accounts/login/" in (
                response.get("Location", "") + response.get("HX-Redirect", "")
            )
            to_registration = response.status_code == 302 and name == "homeless"
            refused = response.status_code in REFUSED or to_login or to_registration
            assert refused, f"{name} {method} {address}: {response.status_code}"
            assert HOME.encode() not in response.content, (
                f"{name} {method} {address} shows the organisation's name"
            )
    assert state() == before


@pytest.mark.parametrize("route", OWNED, ids=str)
def test_the_owner_reaches_the_same_route(route: Route) -> None:
    # Otherwise the test above would pass with makers that make nothing.
    home = accounts.organisation(HOME)
    address = made(route, home)
    owner = accounts.browser(accounts.owner(home))
    answers = {method: call(owner, route, method, address).status_code for method in route.methods}
    assert set(answers.values()) - REFUSED, answers
    assert 404 not in answers.values(), answers


@pytest.mark.parametrize("role", Role)
def test_lists_show_the_own_organisations_rows_only(role: Role) -> None:
    home, other = accounts.organisation(HOME), accounts.organisation(HOME[::-1])
    for maker in MAKERS.values():
        maker(other, {})
    browser = accounts.browser(accounts.member(role, of=home))
    for route in all_routes():
        if route.parameters or route.name.startswith(LIBRARIES) or "get" not in route.methods:
            continue
        response = browser.get(reverse(route.name))
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code < 500, route.name
        assert HOME[::-1].encode() not in content, route.name
        assert str(other.pk).encode() not in content, route.name
