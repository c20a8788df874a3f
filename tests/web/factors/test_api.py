"""The library over the API, as a visitor and as a client."""

from typing import Any

import pytest
from django.test import Client

from tests.web.factories import accounts, factors
from zuji.formats import reference
from zuji.model.factors import FactorKind
from zuji.units import UNITS

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


def read(path: str, **asked: object) -> Any:
    response = Client().get(f"{ROOT}{path}", asked)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.usefixtures("shipped")
def test_a_list_is_ranked_filtered_and_paged() -> None:
    found = read("/factors", q="水泥", kind="product_footprint", limit=2)
    assert found["count"] > 2
    assert len(found["items"]) == 2
    assert {item["kind"] for item in found["items"]} == {"product_footprint"}
    rest = read("/factors", q="水泥", kind="product_footprint", limit=500, offset=2)
    codes = [item["id"] for item in found["items"] + rest["items"]]
    assert len(set(codes)) == found["count"]
    assert read("/factors", limit=1)["count"] == len(reference.load().catalogue)
    assert all(item["per"] for item in read("/factors", usable=True, region="CN-SC", limit=500)["items"])


@pytest.mark.usefixtures("shipped")
def test_a_dataset_is_what_the_library_holds() -> None:
    factor = reference.load().catalogue.get("elec_cf_national_2024")
    told = read("/factors/elec_cf_national_2024")
    assert (told["value"], told["unit"], told["per"]) == (factor.value, factor.unit, factor.per)
    assert tuple(told["totals"]) == factor.totals
    assert told["source"]["title"] == factor.source.title


def test_versions_are_read_one_by_one_and_together() -> None:
    factors.load(factors.factor(version="1.0"), factors.factor(version="1.1", value=3.0))
    assert read("/factors/mat_test")["version"] == "1.1"
    assert read("/factors/mat_test", version="1.0")["value"] == 2.0
    assert [row["version"] for row in read("/factors/mat_test/versions")] == ["1.1", "1.0"]


@pytest.mark.parametrize(
    "path", ["/factors/nothing", "/factors/nothing/versions", "/factors/mat_test?version=9"]
)
def test_what_is_not_there_is_a_problem_document(path: str) -> None:
    factors.load(factors.factor())
    response = Client().get(f"{ROOT}{path}")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "asked", [{"kind": "nothing"}, {"limit": 0}, {"limit": 501}, {"year": "soon"}, {"q": "x" * 201}]
)
def test_a_filter_that_cannot_be_meant_is_refused(asked: dict[str, object]) -> None:
    assert Client().get(f"{ROOT}/factors", asked).status_code == 422


def test_matching_gives_reasons_and_never_a_grid_factor() -> None:
    found = read("/factors/match", text="PVC颗粒", kind="material", unit="kg")
    assert "聚氯乙烯" in found[0]["name"]["zh"]
    assert found[0]["reasons"][0]["text"]
    assert found[0]["unit_ok"] is True
    assert read("/factors/match", text="PVC颗粒", kind="material", unit="kWh")[0]["unit_ok"] is False
    for item in read("/factors/match", text="四川电力二氧化碳排放因子", limit=50):
        assert item["kind"] != FactorKind.GRID_CO2


def test_several_items_are_matched_in_their_order_by_anybody_who_may_read() -> None:
    body = {"items": [{"text": "烧碱", "kind": "material"}, {"text": "铝锭", "limit": 1}]}
    answers = Client().post(f"{ROOT}/factors/match", body, content_type="application/json")
    assert answers.status_code == 200
    assert [answer["text"] for answer in answers.json()] == ["烧碱", "铝锭"]
    assert len(answers.json()[1]["candidates"]) == 1
    too_many = {"items": [{"text": "a"}] * 21}
    refused = Client().post(f"{ROOT}/factors/match", too_many, content_type="application/json")
    assert refused.status_code == 422


def test_a_signed_in_page_needs_its_csrf_token_to_ask_by_post() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(accounts.user())
    body = {"items": [{"text": "烧碱"}]}
    assert client.post(f"{ROOT}/factors/match", body, content_type="application/json").status_code == 403


@pytest.mark.usefixtures("shipped")
def test_kinds_are_named_in_the_callers_language_and_counted() -> None:
    kinds = {row["kind"]: row for row in read("/factors/kinds")}
    assert set(kinds) == set(FactorKind)
    assert kinds["grid_co2"]["name"] == "电力二氧化碳排放因子"
    assert sum(row["count"] for row in kinds.values()) == len(reference.load().catalogue)
    english = Client().get(f"{ROOT}/factors/kinds", headers={"Accept-Language": "en"}).json()
    assert "Grid CO2 factor" in {row["name"] for row in english}


def test_potentials_and_units_are_the_librarys() -> None:
    sets = {row["id"]: row for row in read("/gwp")}
    assert sets["AR6"]["values"]["SF6"] == 25200
    assert sets["AR6"]["alternatives"]["SF6"] == 24300
    units = {row["dimension"]: row for row in read("/units")}
    assert set(units) == {group.dimension for group in UNITS}
    assert {unit["symbol"]: unit["factor"] for unit in units["energy"]["units"]}["kWh"] == 3.6


def test_nothing_of_the_library_can_be_changed_over_the_api() -> None:
    factors.load(factors.factor())
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(f"{ROOT}/factors/mat_test").status_code == 405
