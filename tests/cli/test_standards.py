"""`zuji standards`: the same answers as the library, in words, in JSON, and refused where unclear."""

import json

import pytest

from tests.cli.conftest import Run
from zuji.formats import standards

DAY = ("--on", "2026-01-01")


def test_finding_by_product_number_and_word(zuji: Run) -> None:
    for words in ("浓香型白酒", "3209", "Sichuan"):
        answer = json.loads(zuji("standards", "find", words, "--json").stdout)
        assert any("四川" in each["name"] or each["number"] == "DB51/T 3209-2024" for each in answer), words
    one = json.loads(zuji("standards", "find", "3209", "--json").stdout)[0]
    assert (one["level"], one["region"], one["in_force"]) == ("local", "CN-SC", "2024-12-29")
    assert one["source"]
    assert "DB51/T 3209-2024" in zuji("standards", "find", "3209").stdout
    assert "没有找到" in zuji("standards", "find", "不存在的标准").stdout


def test_the_governing_rule_with_its_reason_in_both_languages(zuji: Run) -> None:
    chinese = zuji("standards", "governing", "浓香型白酒", "--region", "SC", *DAY)
    assert chinese.returncode == 0
    assert "✓ DB51/T 3209-2024" in chinese.stdout
    assert "地方标准" in chinese.stdout
    english = zuji("standards", "governing", "hs:7601", "--lang", "en", *DAY)
    assert "no product rule governs" in english.stdout
    assert "in part: GB/T 44905-2024" in english.stdout
    assert "GB/T 24067-2024" in english.stdout


@pytest.mark.parametrize(
    ("day", "region", "number"),
    [("2024-12-28", "SC", None), ("2024-12-29", "CN-SC", "DB51/T 3209-2024"), ("2026-01-01", "SN", None)],
)
def test_past_days_and_regions(zuji: Run, day: str, region: str, number: str | None) -> None:
    asked = ("standards", "governing", "zuji:baijiu-strong-aroma", "--on", day, "--region", region, "--json")
    answer = json.loads(zuji(*asked).stdout)
    assert (answer["standard"] and answer["standard"]["number"]) == number
    assert answer["reason"]["zh"]
    assert (answer["general"] is None) == (number is not None)


@pytest.mark.parametrize(
    ("product", "code"),
    [("hs:76x", "product-code"), ("锂离子", "which-product"), ("石头", "which-product")],
)
def test_an_unclear_product_is_refused_with_a_choice(zuji: Run, product: str, code: str) -> None:
    done = zuji("standards", "governing", product, "--json", *DAY)
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["code"] == code


def test_another_name_of_a_product_is_understood(zuji: Run) -> None:
    answer = json.loads(zuji("standards", "governing", "动力电池", "--json", *DAY).stdout)
    assert answer["product"] == "zuji:battery-traction"


def test_wrong_options_are_wrong_usage(zuji: Run) -> None:
    assert zuji("standards", "governing", "水泥", "--on", "tomorrow").returncode == 2
    assert zuji("standards", "governing", "水泥", "--region", "Atlantis").returncode == 2


def test_the_matrix_has_a_row_for_each_product_and_its_gaps(zuji: Run) -> None:
    answer = json.loads(zuji("standards", "coverage", "--json", *DAY).stdout)
    assert len(answer["rows"]) == len(standards.tree())
    assert {"product": "shale-gas", "kind": "product"} in answer["gaps"]
    row = next(row for row in answer["rows"] if row["product"] == "aluminium-primary")
    assert row["kinds"]["product"] == {"cover": "in_force", "standards": ["GB/T 44905-2024"]}
    shown = zuji("standards", "coverage", "--gaps", *DAY).stdout
    assert "页岩气" in shown
    assert "电解铝" not in shown


def test_the_targets_show_the_rows_behind_every_figure(zuji: Run) -> None:
    answer = json.loads(zuji("standards", "targets", "--region", "SC", "--json", *DAY).stdout)
    assert [(each["number"], each["missing"]) for each in answer["targets"]] == [(20, 20), (50, 50)]
    assert answer["developed"] == len(answer["rows"]) == 0
    assert all(each["because"]["zh"] for each in answer["not_counted"])
    shown = zuji("standards", "targets", "--lang", "en", *DAY).stdout
    assert "0 developed" in shown
    assert "附表3" in shown
