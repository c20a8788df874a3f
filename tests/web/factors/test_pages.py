"""The library's pages, read as a visitor."""

import csv
import io
import json
from urllib.parse import quote

import pytest
from django.test import Client

from tests.web.factories import factors
from zuji.formats import reference
from zuji.model.factors import Confidence, FactorKind, Source
from zuji.text import Text

pytestmark = pytest.mark.django_db


def page(path: str, **headers: str) -> str:
    response = Client().get(path, headers=headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.usefixtures("shipped")
def test_the_list_shows_value_unit_and_confidence() -> None:
    shown = page("/factors/?q=elec_cf_national_2024")
    assert "0.5777" in shown
    assert "kgCO2e/kWh" in shown
    assert "全国电力平均" in shown
    assert "National average" in page("/en/factors/?q=elec_cf_national_2024")


@pytest.mark.usefixtures("shipped")
def test_a_script_gets_only_the_results() -> None:
    part = page("/factors/?q=水泥", **{"HX-Request": "true", "HX-Target": "results"})
    assert "<html" not in part
    assert "水泥" in part
    assert "<html" in page("/factors/?q=水泥", **{"HX-Request": "true"})


@pytest.mark.usefixtures("shipped")
def test_a_grid_factor_says_why_it_may_not_stand_in_a_footprint() -> None:
    shown = page("/factors/datasets/elec_co2_CN-SC_2023/")
    assert "不可用于产品碳足迹" in shown
    assert "燃料开采与运输" in shown
    assert "不可用于碳足迹" in page("/factors/?kind=grid_co2")


@pytest.mark.usefixtures("shipped")
def test_low_confidence_is_marked_everywhere() -> None:
    low = next(f for f in reference.load().catalogue if f.confidence is Confidence.LOW)
    assert "低可信" in page(f"/factors/datasets/{low.id}/")
    assert "低可信" in page(f"/factors/?q={low.id}")


@pytest.mark.usefixtures("shipped")
def test_every_kind_of_dataset_has_a_page_in_both_languages() -> None:
    catalogue = reference.load().catalogue
    for kind in FactorKind:
        code = quote(catalogue.of_kind(kind)[0].id)
        assert "SHA-256" in page(f"/factors/datasets/{code}/")
        assert "SHA-256" in page(f"/en/factors/datasets/{code}/")


def test_a_replaced_version_stays_readable_and_says_so() -> None:
    factors.load(factors.factor(version="1.0"), factors.factor(version="2.0", value=3.0))
    assert "当前版本" in page("/factors/datasets/mat_test/1.0/")
    assert "这不是当前版本" in page("/factors/datasets/mat_test/1.0/")
    assert "这不是当前版本" not in page("/factors/datasets/mat_test/")


def test_an_unknown_dataset_is_a_page_in_words() -> None:
    response = Client().get("/factors/datasets/nothing/")
    assert response.status_code == 404
    assert "没有此页面" in response.content.decode()


def test_conversions_keep_the_digits_of_the_datum() -> None:
    factors.load(factors.factor(value=0.5777, totals=(0.5777, 0, 0, 0, 0), per="kWh", unit="kgCO2e/kWh"))
    shown = page("/factors/datasets/mat_test/")
    assert "577.7<" in shown
    assert "5,777<" in shown


def test_comparing_needs_the_same_quantity() -> None:
    factors.load(
        factors.factor("a", value=1.0, totals=(1.0, 0, 0, 0, 0)),
        factors.factor("b", value=3000.0, totals=(3000.0, 0, 0, 0, 0), per="t", unit="kgCO2e/t"),
        factors.factor("c", kind=FactorKind.GRID_CO2, per="", unit="kgCO2/kWh"),
    )
    together = page("/factors/compare/?id=a&id=b")
    assert "最大值是最小值的 3.00 倍" in together
    apart = page("/factors/compare/?id=a&id=c")
    assert "数值不是同一个量" in apart
    assert "zuji-chart" not in apart.split("<main")[1]
    assert "请选择 2 至 6 个数据集" in page("/factors/compare/?id=a")


def test_a_download_carries_what_the_list_shows_and_no_formulas() -> None:
    factors.load(
        factors.factor("a", name=Text("=1+1", "@x"), source=Source(title="-2")),
        factors.factor("b", geography="GB"),
    )
    response = Client().get("/factors/download.csv?region=CN")
    text = b"".join(response).decode("utf-8-sig")  # type: ignore[arg-type]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["id"] for row in rows] == ["a"]
    assert rows[0]["name"] == "'=1+1"
    assert rows[0]["name_en"] == "'@x"
    assert rows[0]["source"] == "'-2"
    assert float(rows[0]["fossil"]) == 2.0


@pytest.mark.usefixtures("shipped")
def test_the_json_download_holds_every_factor_as_it_is() -> None:
    from zuji.model.records import write_record

    document = json.loads(b"".join(Client().get("/factors/download.json")))  # type: ignore[arg-type]
    assert document["factors"] == [write_record(factor) for factor in reference.load().catalogue]


@pytest.mark.usefixtures("shipped")
def test_the_electricity_page_keeps_the_two_kinds_apart() -> None:
    shown = page("/factors/electricity/")
    footprint, co2 = shown.index("0.5777"), shown.index("0.1564")
    assert footprint < shown.index("仅燃烧二氧化碳 · 不可用于碳足迹") < co2
    assert "模型估算" in shown
    assert page("/factors/electricity/?co2_year=2021") != page("/factors/electricity/?co2_year=2023")
    assert page("/factors/electricity/?co2_year=1066")


@pytest.mark.usefixtures("shipped")
def test_the_gas_page_shows_both_values_of_sf6_and_says_why() -> None:
    shown = page("/factors/gwp/")
    assert "25,200" in shown
    assert "24,300" in shown
    assert "表7.SM.7" in shown


@pytest.mark.usefixtures("shipped")
def test_the_fuel_page_follows_from_its_parameters() -> None:
    shown = page("/factors/fuels/")
    # anthracite: 22.867 GJ/t · 27.49 tC/TJ · 0.94 · 44/12
    assert f"{22.867 * 27.49 / 1000 * 0.94 * 44 / 12:.3f}" in shown
