"""`zuji rules`: rules are listed, shown with their origin, checked row by row, compared on an inventory."""

import json
import math
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zuji.formats import rules

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_every_shipped_rule_is_listed_with_its_standing(zuji: Run) -> None:
    listed = json.loads(zuji("rules", "list", "--json").stdout)
    assert [each["key"] for each in listed] == [rule.key for rule in rules.shipped()]
    standing = {each["key"]: each["standing"] for each in listed}
    assert standing["gbt24067@1"] == "method"
    assert standing["cement@1"] == "demonstration"
    assert "演示规则，不是标准" in zuji("rules", "list").stdout


def test_showing_tells_which_rule_an_item_comes_from(zuji: Run) -> None:
    shown = json.loads(zuji("rules", "show", "cement", "--json").stdout)
    assert shown["rule"]["cut_off"] == {
        "each": 0.01,
        "total": 0.05,
        "never": ["有毒", "剧毒", "稀有", "toxic", "scarce"],
    }
    assert shown["origins"]["cut_off.each"] == "gbt24067@1"
    assert shown["origins"]["unit.units"] == "cement@1"
    table = zuji("rules", "show", "cement", "--lang", "en").stdout
    assert "A demonstration, not a standard" in table
    assert "ISO 14067:2018 6.4.6" in table


def test_an_unknown_rule_is_refused_with_those_that_exist(zuji: Run) -> None:
    done = zuji("rules", "show", "cheese", "--lang", "en")
    assert done.returncode == 1
    assert "cheese" in done.stderr
    assert "cement@1" in done.stderr


def test_a_sound_file_passes_and_an_unsound_one_is_told_row_by_row(zuji: Run, tmp_path: Path) -> None:
    good = rules.dump(rules.shipped().get("cement")).decode()
    (tmp_path / "good.yaml").write_text(good, encoding="utf-8")
    assert zuji("rules", "validate", "good.yaml").returncode == 0
    assert json.loads(zuji("rules", "validate", "good.yaml", "--json").stdout) == {"problems": []}
    bad = (
        good.replace("- t\n", "- tt\n")
        .replace("scheme: PEF", "schem: PEF")
        .replace("version: '1'", "version: '2'", 1)
    )
    (tmp_path / "bad.yaml").write_text(bad, encoding="utf-8")
    done = zuji("rules", "validate", "bad.yaml", "--json", "--lang", "en")
    assert done.returncode == 1
    rows = bad.splitlines()
    found = json.loads(done.stdout)["problems"]
    assert {rows[each["place"]["row"] - 1].strip() for each in found} >= {"- tt", "schem: PEF"}
    assert "did you mean “scheme”?" in done.stderr


def test_one_inventory_under_two_rules(zuji: Run) -> None:
    asked = ("rules", "compare", EXAMPLES / "battery-electric-car.yaml", "--rule", "pact-v3", "--rule", "pef")
    answer = json.loads(zuji(*asked, "--json").stdout)
    under = {each["rule"]: each for each in answer["rules"]}
    assert under["pef@2021"]["total"] == pytest.approx(answer["total"])
    effects = under["pact-v3@3"]["effects"]
    assert math.fsum(each["amount"] for each in effects) == pytest.approx(
        under["pact-v3@3"]["total"] - answer["total"], abs=1e-9
    )
    assert effects[0]["item"] == "boundary"
    assert {"boundary.kinds", "recycling.methods", "quality.scheme"} <= {
        each["item"] for each in answer["differences"]
    }
    table = zuji(*asked).stdout
    assert "摇篮到大门" in table
    assert "规则之间的差异" in table


def test_a_rule_in_a_file_takes_part(zuji: Run, tmp_path: Path) -> None:
    text = rules.dump(rules.shipped().get("cement")).decode().replace("id: cement", "id: my-cement", 1)
    (tmp_path / "mine.yaml").write_text(text + "gwp: AR5\n", encoding="utf-8")
    done = zuji("rules", "compare", EXAMPLES / "cement-po425.yaml", "--rule", "mine.yaml", "--json")
    (column,) = json.loads(done.stdout)["rules"]
    assert column["rule"] == "my-cement@1"
    assert column["effects"][0]["item"] == "gwp"


def test_the_schema_is_printed(zuji: Run) -> None:
    assert json.loads(zuji("rules", "schema").stdout) == rules.schema()


def test_a_study_is_not_counted_under_an_unsound_rule_nor_with_unknown_potentials(
    zuji: Run, tmp_path: Path
) -> None:
    rule = "id: x\nversion: '1'\nname: 某\nstanding: demonstration\nsource: t\ncertainty: seen\ngwp: AR9\n"
    (tmp_path / "x.yaml").write_text(rule, encoding="utf-8")
    done = zuji("rules", "compare", EXAMPLES / "clinker.yaml", "--rule", "x.yaml", "--json")
    assert done.returncode == 1
    assert [each["code"] for each in json.loads(done.stdout)["problems"]] == ["gwp.unknown"]
    text = (EXAMPLES / "clinker.yaml").read_text(encoding="utf-8")
    (tmp_path / "study.yaml").write_text(text.replace("gwp: AR6", "") + "gwp: AR9\n", encoding="utf-8")
    answer = json.loads(zuji("rules", "compare", "study.yaml", "--rule", "cement-clinker", "--json").stdout)
    assert answer["total"] is None
    assert answer["problems"][0]["code"] == "gwp.unknown"
    assert answer["rules"][0]["total"] is not None
