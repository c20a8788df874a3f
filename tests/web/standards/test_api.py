"""Standards over the API: the registry's answers for programs, for anybody."""

from typing import Any

import pytest

from tests.web.factories import accounts, standards
from zuji.formats.standards import registry, tree
from zuji_web.standards.models import StandardRecord

pytestmark = pytest.mark.django_db
BASE = "/api/v1/standards"


def read(path: str, **query: str) -> Any:
    answer = accounts.browser().get(f"{BASE}{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_list_and_one_standard() -> None:
    standards.loaded()
    everything = read("", demonstrations="true", limit="500")
    assert everything["count"] == len(registry())
    found = read("", product="zuji:baijiu-strong-aroma", level="local", limit="1")
    one = next(row for row in everything["items"] if row["number"] == standards.DB51)
    assert found["items"] == [one]
    whole = read(f"/{one['id']}")
    assert whole["state"] == "in_force"
    assert whole["scope"] == ["zuji:baijiu-strong-aroma"]
    assert whole["source"]
    assert accounts.browser().get(BASE, {"product": "hs:x"}).status_code == 422


def test_one_answer_or_none_with_the_reason() -> None:
    standards.loaded()
    here = {"product": "zuji:baijiu-strong-aroma", "on": "2026-03-01", "region": "CN-SC"}
    assert read("/governing", **here)["standard"]["number"] == standards.DB51
    none = read("/governing", **{**here, "on": "2024-12-28"})
    assert none["standard"] is None
    assert none["general"]["number"] == "GB/T 24067-2024"
    assert none["reason"]["zh"]
    assert none["reason"]["en"]
    for wrong in ({"product": "zuji:nonsense"}, {**here, "on": "2026-02-30"}):
        answer = accounts.browser().get(f"{BASE}/governing", wrong)
        assert answer.status_code == 422
        assert answer["Content-Type"].startswith("application/problem+json")


def test_coverage_and_targets_are_the_pages_numbers() -> None:
    standards.loaded()
    found = read("/coverage", on="2026-06-01", region="CN-SC")
    assert [row["product"] for row in found["rows"]] == [str(node.code) for node in tree()]
    empty = sum(cell["cover"] == "gap" for row in found["rows"] for cell in row["cells"])
    assert found["gaps"] == empty
    counted = read("/targets", region="CN-SC", on="2026-06-01")
    assert [(each["number"], each["reached"]) for each in counted["standings"]] == [
        (20, len(counted["counted"])),
        (50, len(counted["counted"])),
    ]


def test_a_client_reads_with_the_scope_and_a_proposal_is_its_organisations() -> None:
    home = accounts.organisation()
    record = standards.proposed(by=accounts.owner(home))
    client, secret = accounts.api_client(of=home)
    own = accounts.caller(accounts.token(client, secret))
    assert own.get(f"{BASE}/{record.pk}").json()["state"] == "proposed"
    narrow, secret = accounts.api_client(of=home, scopes=["factors:read"])
    assert accounts.caller(accounts.token(narrow, secret)).get(BASE).status_code == 403
    other, secret = accounts.api_client()
    assert accounts.caller(accounts.token(other, secret)).get(f"{BASE}/{record.pk}").status_code == 404
    assert accounts.browser().get(f"{BASE}/{record.pk}").status_code == 404
    assert read("")["count"] == StandardRecord.objects.exclude(number="").count() == 0
