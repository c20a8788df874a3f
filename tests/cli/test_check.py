"""`zuji check` as a person's shell runs it: verdict, items, places, exit codes."""

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "conformity"
CLEAN = GOLDEN / "clean" / "aluminium.yaml"
RULE = GOLDEN / "rules" / "golden-general.yaml"
ON = ("--on", "2026-06-30")


@pytest.fixture
def faulty(tmp_path):
    study = yaml.safe_load(CLEAN.read_text(encoding="utf-8"))
    study["processes"][0]["lines"][1]["factor"] = "elec_co2_nation_2021"
    path = tmp_path / "faulty.yaml"
    path.write_text(yaml.safe_dump(study, allow_unicode=True), encoding="utf-8")
    return path


def test_a_clean_study_passes(zuji: Run):
    done = zuji("check", CLEAN, "--rule", RULE, *ON)
    assert done.returncode == 0, done.stderr
    assert "通过" in done.stdout
    assert "错误 0" in done.stdout
    for item in ("V1", "V24", "V37", "rule.gwp"):
        assert item in done.stdout


def test_a_grid_co2_factor_is_found_with_line_clause_and_cure(zuji: Run, faulty):
    done = zuji("check", faulty, "--rule", RULE, *ON, "--lang", "en")
    assert done.returncode == 1
    assert "Not passed" in done.stdout
    at = done.stdout.index("V24 Error")
    told = done.stdout[at : at + 700]
    assert "line power" in told
    assert "6.4.9.4 (R)" in told
    assert "choose an electricity footprint factor" in told


def test_json_holds_every_item_in_order_and_both_languages(zuji: Run, faulty):
    done = zuji("check", faulty, "--rule", RULE, *ON, "--json")
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert answer["passed"] is False
    assert answer["rule"] == "golden-general@1"
    assert answer["on"] == "2026-06-30"
    assert [item["id"] for item in answer["items"][:37]] == [f"V{number}" for number in range(1, 38)]
    electricity = answer["items"][23]
    assert electricity["outcome"] == "not_met"
    (found,) = electricity["shortcomings"]
    assert found["code"] == "electricity.grid_co2"
    assert found["severity"] == "error"
    assert found["place"] == {"field": "factor", "line": "power"}
    assert found["what"]["zh"]
    assert found["cure"]["en"]


def test_the_general_rule_is_taken_where_a_study_names_none(zuji: Run):
    done = zuji("check", ROOT / "examples" / "ferrosilicon.yaml", "--rule", "gbt24067", *ON, "--json")
    assert json.loads(done.stdout)["rule"].startswith("gbt24067@")


def test_an_unknown_rule_is_named_with_those_there_are(zuji: Run):
    done = zuji("check", CLEAN, "--rule", "no-such-rule", *ON)
    assert done.returncode == 1
    assert "gbt24067" in done.stderr


def test_a_day_that_is_none_is_wrong_usage(zuji: Run):
    assert zuji("check", CLEAN, "--rule", RULE, "--on", "yesterday").returncode == 2
