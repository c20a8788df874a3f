"""The whole API against its own description: generated requests, as a system with a token and as a visitor.

Every generated request is also sent with identifiers of objects that exist, so that more than 404 is seen.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
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
BOUNDED = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
schema.config.generation.update(with_security_parameters=False)


@pytest.fixture
def home() -> Organisation:
    return accounts.organisation()


@pytest.fixture
def token(home: Organisation) -> str:
    return accounts.token(*accounts.api_client(Role.MODELLER, of=home))


def exchange(case: Any, home: Organisation, headers: dict[str, str]) -> Iterator[int]:
    """The status of the request as generated, then about objects that exist, where the route names some."""
    yield case.call_and_validate(headers=headers, checks=CHECKS).status_code
    makers = {name: MAKERS["api", name] for name in case.path_parameters or {} if ("api", name) in MAKERS}
    if makers:
        real = {name: str(maker(home, {})) for name, maker in makers.items()}
        case.path_parameters = {**case.path_parameters, **real}
        yield case.call_and_validate(headers=headers, checks=CHECKS).status_code


@schema.parametrize()
@BOUNDED
def test_a_system_is_answered_as_described(case: Any, home: Organisation, token: str) -> None:
    for status in exchange(case, home, {"Authorization": f"Bearer {token}"}):
        assert status != 401


@schema.parametrize()
@BOUNDED
def test_a_visitor_is_answered_as_described_and_changes_nothing(case: Any, home: Organisation) -> None:
    for status in exchange(case, home, {}):
        assert case.method == "GET" or status >= 400
