"""`zuji factors`: what is found is what the library holds."""

import json

from tests.cli.conftest import Run
from zuji.formats import reference

CATALOGUE = reference.load().catalogue


def test_searching_finds_cement_with_value_unit_and_source(zuji: Run) -> None:
    answer = json.loads(zuji("factors", "search", "水泥", "--json", "--limit", 5).stdout)
    assert len(answer) == 5
    assert any("水泥" in found["name"] for found in answer[:3])
    for found in answer:
        factor = CATALOGUE.get(found["id"])
        assert (found["value"], found["unit"]) == (factor.value, factor.unit)
        assert found["source"]
        assert found["reasons"]
    assert [found["score"] for found in answer] == sorted((f["score"] for f in answer), reverse=True)


def test_searching_one_kind_finds_no_other(zuji: Run) -> None:
    answer = json.loads(zuji("factors", "search", "电力", "--kind", "electricity_footprint", "--json").stdout)
    assert answer
    assert {found["kind"] for found in answer} == {"electricity_footprint"}


def test_the_table_shows_ids_whole_so_that_they_can_be_copied(zuji: Run) -> None:
    asked = ("factors", "search", "全国电力", "--limit", 5)
    ids = [found["id"] for found in json.loads(zuji(*asked, "--json").stdout)]
    table = zuji(*asked).stdout
    assert all(factor_id in table for factor_id in ids)


def test_showing_a_factor_gives_its_source_and_quality(zuji: Run) -> None:
    factor = CATALOGUE.get("elec_cf_national_2024")
    done = zuji("factors", "show", factor.id)
    assert done.returncode == 0
    for text in ("0.5777 kgCO2e/kWh", factor.source.title, factor.year, factor.confidence.value):
        assert text in done.stdout
    answer = json.loads(zuji("factors", "show", factor.id, "--json").stdout)
    assert answer["value"] == factor.value
    assert answer["versions"] == [factor.version]


def test_an_unknown_factor_names_the_nearest(zuji: Run) -> None:
    done = zuji("factors", "show", "elec_cf_nationl_2024", "--json", "--lang", "en")
    assert done.returncode == 1
    assert "elec_cf_national_2024" in done.stderr
    assert json.loads(done.stdout)["problems"][0]["code"] == "unknown-factor"
