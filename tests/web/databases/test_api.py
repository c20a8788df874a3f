"""Databases over the API: the same actions as the pages."""

from typing import Any

import pytest

from tests.lci.worlds import world
from tests.web.factories import accounts, databases
from zuji_web.accounts.permissions import Role

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/databases"


def caller(role: Role = Role.MODELLER, **more: Any) -> Any:
    client, secret = accounts.api_client(role, **more)
    return accounts.caller(accounts.token(client, secret))


def test_a_system_imports_reads_repairs_and_offers() -> None:
    system = caller()
    form = {"name": "World", "licence": "CC0", "file": databases.upload(databases.package(world(sick=True)))}
    job = system.post(ROOT, form)
    assert job.status_code == 202, job.content
    assert job.json()["state"] == "done"
    (row,) = system.get(ROOT).json()["items"]
    assert (row["name"], row["newest"], row["visibility"]) == ("World", 1, "private")
    one = f"{ROOT}/{row['id']}/versions/1"
    assert system.get(one).json()["numbers"]["unsolved"] == 3
    assert system.get(f"{one}/certificate").json()["unsolved"] == 3
    assert system.get(f"{one}/ledger").json()["linking"]["exchanges"] > 0
    assert not system.get(f"{one}/health").json()["productive"]
    assert system.post(f"{one}/repair").json()["state"] == "done"
    two = f"{ROOT}/{row['id']}/versions/2"
    assert system.get(two).json()["repaired_from"] == 1
    told = system.get(f"{two}/changes").json()
    assert {each["name"]["en"] for each in told["changed"]} >= {"omelette process"}
    assert [each["number"] for each in system.get(f"{ROOT}/{row['id']}/versions").json()] == [2, 1]


def test_a_product_is_found_read_explained_and_offered() -> None:
    home = accounts.organisation()
    version = databases.imported(by=accounts.owner(home))
    system = caller(of=home)
    base = f"{ROOT}/{version.database_id}/versions/1/products"
    (row,) = system.get(base, {"q": "car process"}).json()["items"]
    product = system.get(f"{base}/{row['index']}").json()
    assert sum(product["totals"]) == pytest.approx(row["total"])
    assert product["proved"]
    assert {each["rule"] for each in product["inputs"]} == {"only", ""}
    parts = system.get(f"{base}/{row['index']}/contributions", {"by": "flow"}).json()
    assert sum(part["value"] for part in parts["parts"]) == pytest.approx(product["totals"][0], rel=1e-9)
    network = system.get(f"{base}/{row['index']}/network").json()
    assert network["total"] == pytest.approx(product["totals"][0], rel=1e-9)
    assert any(each["loop"] for each in network["supplies"])
    wrong = system.post(f"{base}/{row['index']}/factor", {"kind": "gwp"}, "application/json")
    assert wrong.status_code == 422
    steel = databases.index(version, "steel")
    made = system.post(f"{base}/{steel}/factor", {"kind": "product_footprint"}, "application/json")
    assert made.status_code == 201
    assert system.get(f"{ROOT}/factors").json()["items"][0]["code"] == made.json()["code"]
    assert system.get(f"{base}/999").status_code == 404


def test_refusals_name_the_field_and_the_cure() -> None:
    answer = caller().post(ROOT, {"name": "World", "file": databases.upload()})
    assert answer.status_code == 422
    assert [problem["place"]["field"] for problem in answer.json()["problems"]] == ["licence"]
    answer = caller().post(ROOT, {"name": "World", "licence": "CC0"})
    assert answer.json()["problems"][0]["cure"]


def test_a_token_without_the_scope_may_not() -> None:
    reader = caller(scopes=["databases:read"])
    assert reader.get(ROOT).status_code == 200
    assert reader.post(ROOT, {"name": "World", "licence": "CC0"}).status_code == 403
    assert caller(scopes=["studies:read"]).get(ROOT).status_code == 403


def test_a_package_is_written_and_downloaded() -> None:
    home = accounts.organisation()
    version = databases.imported(by=accounts.owner(home))
    system = caller(of=home)
    base = f"{ROOT}/{version.database_id}/versions/1"
    assert b"".join(system.get(f"{base}/package").streaming_content) == databases.package()
    assert system.get(f"{base}/files/simapro").status_code == 404
    assert system.post(f"{base}/files", {"format": "simapro"}, "application/json").status_code == 202
    assert b"{SimaPro" in b"".join(system.get(f"{base}/files/simapro").streaming_content)
    assert system.post(f"{base}/files", {"format": "word"}, "application/json").status_code == 422


def test_a_visitor_reads_public_databases_only() -> None:
    home = accounts.organisation()
    private = databases.imported(by=accounts.owner(home))
    public = databases.imported(by=accounts.owner(home), name="Open", visibility="public")
    visitor = accounts.browser()
    assert [row["name"] for row in visitor.get(ROOT).json()["items"]] == ["Open"]
    assert visitor.get(f"{ROOT}/{private.database_id}").status_code == 404
    assert visitor.get(f"{ROOT}/{public.database_id}/versions/1/products").json()["count"] == 5
    assert visitor.post(f"{ROOT}/{public.database_id}/versions/1/repair").status_code == 401
