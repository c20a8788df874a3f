"""The description of the API: reviewed as a snapshot, complete, and without contradictions."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from ninja.openapi.schema import OpenAPISchema

from tests.web.factories import accounts
from zuji_web.api import api

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"


def description() -> dict[str, Any]:
    said = StringIO()
    call_command("openapi", stdout=said)
    return dict(json.loads(said.getvalue()))


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_snapshot_is_up_to_date() -> None:
    # After a change that is meant: python -m zuji_web openapi > docs/openapi.json, and review the difference.
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == description()


def test_every_route_documents_every_refusal() -> None:
    for path, method, operation in operations():
        refusals = {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}
        assert set(refusals) >= {"400", "401", "403", "404", "409", "413", "422", "429"}, (path, method)
        for answer in refusals.values():
            assert list(answer["content"]) == ["application/problem+json"], (path, method)


def test_every_route_has_a_summary_a_description_and_a_tag() -> None:
    for path, method, operation in operations():
        assert operation["summary"], (path, method)
        assert operation.get("description"), (path, method)
        assert operation["tags"], (path, method)


def test_names_of_operations_are_unique() -> None:
    names = [operation["operationId"] for _path, _method, operation in operations()]
    assert len(names) == len(set(names))


def test_two_schemas_never_share_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    # The generator would silently keep the last one and describe the other's routes wrongly.
    seen: dict[str, set[str]] = {}

    def collect(self: OpenAPISchema, definitions: dict[str, Any]) -> None:
        for name, schema in definitions.items():
            seen.setdefault(name, set()).add(
                json.dumps(sorted(schema.get("properties", schema.get("enum", []))))
            )
        self.schemas.update(definitions)

    monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", collect)
    api.get_openapi_schema()
    assert not {name: shapes for name, shapes in seen.items() if len(shapes) > 1}


def test_systems_and_browsers_are_both_told_how_to_sign_in() -> None:
    schemes = description()["components"]["securitySchemes"]
    flow = schemes["OAuth2"]["flows"]["clientCredentials"]
    assert flow["tokenUrl"] == "/identity/o/api/token"
    assert set(flow["scopes"]) == {
        "studies:read",
        "studies:write",
        "factors:read",
        "databases:read",
        "databases:write",
        "organisation:read",
        "standards:read",
        "standards:write",
    }
    assert schemes["Session"]["in"] == "cookie"


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "接口"), ("en", "footprints")])
def test_the_reference_page_needs_nothing_from_elsewhere(language: str, word: str) -> None:
    answer = accounts.browser().get("/api/v1/docs", headers={"accept-language": language})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert word in page
    assert "https://" not in page.replace("http://testserver", "")
    for path, _method, _operation in operations():
        assert path in page
