"""Checks over the API: the same answers as the pages and the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.web.factories import accounts, checks, products
from zuji.cli.program import app
from zuji.formats import document
from zuji_web.accounts.permissions import Role
from zuji_web.products import drafts

pytestmark = pytest.mark.django_db
API = "/api/v1/studies"


def test_a_check_says_the_same_as_the_command_line(tmp_path: Path) -> None:
    by = products.modeller()
    study = checks.whole(by=by)
    file = tmp_path / "study.yaml"
    file.write_bytes(document.dump(drafts.read(study.document).study))
    told = CliRunner().invoke(app, ["check", str(file), "--rule", "pef", "--json"])
    line = json.loads(told.stdout)
    answer = accounts.browser(by).get(f"{API}/{study.pk}/check?rule=pef").json()
    assert answer["rule"] == line["rule"]
    assert answer["passed"] == line["passed"]
    assert answer["counts"] == line["counts"]
    plain = [
        {
            **item,
            "shortcomings": [
                {
                    key: {name: said for name, said in value.items() if said} if key == "place" else value
                    for key, value in each.items()
                    if key != "url"
                }
                for each in item["shortcomings"]
            ],
        }
        for item in answer["items"]
    ]
    stated = [
        {**item, "shortcomings": [{"place": {}, **each} for each in item["shortcomings"]]}
        for item in line["items"]
    ]
    assert plain == stated


def test_every_shortcoming_has_an_address_that_answers() -> None:
    by = products.modeller()
    browser, study = accounts.browser(by), checks.whole(by=by)
    answer = browser.get(f"{API}/{study.pk}/check").json()
    found = [each for item in answer["items"] for each in item["shortcomings"]]
    assert found
    for url in {each["url"] for each in found}:
        assert browser.get(url).status_code == 200


def test_several_rules_explain_the_difference() -> None:
    by = products.modeller()
    study = checks.whole(by=by)
    answer = accounts.browser(by).get(f"{API}/{study.pk}/rules?rule=pef&rule=gbt24067@1").json()
    assert [column["rule"] for column in answer["columns"]] == ["pef@2021", "gbt24067@1"]
    for column in answer["columns"]:
        together = sum(effect["amount"] for effect in column["effects"])
        assert together == pytest.approx(column["difference"], rel=1e-12, abs=1e-15)
        assert answer["total"] + together == pytest.approx(column["total"])
    assert all(len(row["cells"]) == 2 for row in answer["rows"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("check?rule=nobody@1", 422),
        ("rules", 422),
        ("rules?rule=nobody@1", 422),
        ("rules?" + "&".join(f"rule={n}" for n in range(9)), 422),
        (f"check?rule={'x' * 300}", 422),
    ],
)
def test_what_is_not_understood_is_refused(path: str, status: int) -> None:
    by = products.modeller()
    answer = accounts.browser(by).get(f"{API}/{checks.whole(by=by).pk}/{path}")
    assert answer.status_code == status
    assert answer.json()["problems"]


def post(caller: Any, **body: Any) -> Any:
    return caller.post(f"{API}/rechecks", body, content_type="application/json")


def test_open_studies_are_checked_again_by_a_system() -> None:
    home = accounts.organisation()
    rule = checks.adopted()
    checks.naming(rule.key, by=accounts.owner(home))
    caller = accounts.caller(accounts.token(*accounts.api_client(of=home)))
    answer = post(caller, rule=rule.rule_id)
    assert answer.status_code == 202
    run = answer.json()
    assert (run["rule"], run["studies"], run["everywhere"]) == (rule.key, 1, False)
    assert caller.get(f"{API}/rechecks/{run['id']}").json() == run
    assert caller.get(f"/api/v1/jobs/{run['job']}").json()["state"] == "done"


def test_runs_over_everybody_are_for_those_who_adopt() -> None:
    rule = checks.adopted()
    assert post(accounts.browser(products.modeller()), rule=rule.key, everywhere=True).status_code == 403
    assert post(accounts.browser(), rule=rule.key).status_code in {401, 403}
    assert post(accounts.browser(products.modeller()), rule="nobody").status_code == 404
    approver = accounts.browser(accounts.appointed("standards_approver"))
    answer = post(approver, rule=rule.key, everywhere=True)
    assert answer.status_code == 202
    assert answer.json()["everywhere"]


def test_a_run_of_others_is_not_found() -> None:
    run = checks.recheck(products.modeller())
    assert accounts.browser(accounts.member(Role.OWNER)).get(f"{API}/rechecks/{run.pk}").status_code == 404
