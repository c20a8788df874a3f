"""The whole API against its own description: generated requests, as a system with a token and as a visitor.

Every generated request is also sent with identifiers of objects that exist, so that more than 404 is seen.
"""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.factories import accounts
from tests.web.tenancy.registry import MAKERS
from zuji_web.accounts.models import Organisation
from zuji_web.accounts.permissions import Role
from zuji_web.wsgi import application

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# Few examples a route: the many routes times two callers must stay well below a minute.
BOUNDED = hypothesis.settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)
# Questions too long for an address; they change nothing, so visitors may ask them.
ASKING = {"/api/v1/factors/match"}
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
schema.config.generation.update(with_security_parameters=False)


@pytest.fixture(autouse=True)
def _jobs_wait(settings: Any) -> None:
    # A report for every generated request would take minutes; that they run is tested elsewhere.
    settings.JOBS_RUN_AT_ONCE = False


@pytest.fixture
def home() -> Organisation:
    return accounts.organisation()


@pytest.fixture
def token(home: Organisation) -> str:
    return accounts.token(*accounts.api_client(Role.MODELLER, of=home))


def sent(case: Any, headers: dict[str, str]) -> int:
    """The status of the request, sent inside the test's transaction as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        return int(case.call_and_validate(headers=headers, checks=CHECKS).status_code)
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def exchange(case: Any, home: Organisation, headers: dict[str, str]) -> Iterator[int]:
    """The status of the request as generated, then about objects that exist, where the route names some."""
    yield sent(case, headers)
    makers = {name: MAKERS["api", name] for name in case.path_parameters or {} if ("api", name) in MAKERS}
    if makers:
        real = {name: str(maker(home, {})) for name, maker in makers.items()}
        case.path_parameters = {**case.path_parameters, **real}
        yield sent(case, headers)


@schema.parametrize()
@BOUNDED
def test_a_system_is_answered_as_described(case: Any, home: Organisation, token: str) -> None:
    for status in exchange(case, home, {"Authorization": f"Bearer {token}"}):
        assert status != 401


@schema.parametrize()
@BOUNDED
def test_a_visitor_is_answered_as_described_and_changes_nothing(case: Any, home: Organisation) -> None:
    for status in exchange(case, home, {}):
        assert case.method == "GET" or status >= 400 or case.operation.path in ASKING
