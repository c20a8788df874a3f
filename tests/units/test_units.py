"""Units: spellings, conversions against published figures, and refusals that help."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.errors import Place, UnitMismatch, UnknownUnit
from zuji.units import (
    MULTIPLES,
    UNITS,
    canonical,
    conversion,
    convert,
    dimension,
    known,
    same_dimension,
    shown_unit,
    suggestions,
    tonne_kilometres,
)

ALL = [(group.dimension, unit.symbol) for group in UNITS for unit in group.units]
PAIRS = [(a.symbol, b.symbol) for group in UNITS for a in group.units for b in group.units]


@pytest.mark.parametrize(
    ("spelling", "symbol"),
    [
        ("KG", "kg"),
        ("ｋｇ", "kg"),
        ("㎏", "kg"),
        ("千克", "kg"),
        ("公斤", "kg"),
        ("吨", "t"),
        ("T", "t"),
        ("lb", "lb"),
        ("mg", "mg"),
        ("KWH", "kWh"),
        ("kW·h", "kWh"),
        ("kW•h", "kWh"),
        ("度", "kWh"),
        ("千瓦时", "kWh"),
        ("万千瓦时", "万kWh"),
        ("亿千瓦时", "亿kWh"),
        ("万吨", "万t"),
        ("10⁴ Nm³", "万Nm3"),
        ("10^4Nm3", "万Nm3"),
        ("万标准立方米", "万Nm3"),
        ("Nm³", "Nm3"),
        ("标方", "Nm3"),
        ("㎥", "m3"),
        ("立方米", "m3"),
        ("M3", "m3"),
        ("m^3", "m3"),
        ("升", "L"),
        ("ml", "mL"),
        ("tkm", "t·km"),
        ("t.km", "t·km"),
        ("t・km", "t·km"),
        ("t km", "t·km"),
        ("吨公里", "t·km"),
        ("吨标准煤", "tce"),
        ("百万千卡", "Gcal"),
        ("公里", "km"),
        ("㎡", "m2"),
        ("件", "piece"),
        ("个", "piece"),
        ("辆", "vehicle"),
        ("瓶", "bottle"),
        ("kwp", "kWp"),
        ("kWh容量", "kWh-capacity"),
        ("m³(20 ℃)", "m3(20℃)"),
        ("kgCO₂e", "kgCO2e"),
        ("tCO2-eq", "tCO2e"),
    ],
)
def test_spellings_that_people_write(spelling, symbol):
    assert canonical(spelling) == symbol
    assert known(spelling)


@pytest.mark.parametrize(
    ("amount", "source", "target", "expected"),
    [
        (1, "tce", "GJ", 29.3076),  # GB/T 2589-2020: 7000 kcal/kg at 4.1868 kJ/kcal
        (1, "kgce", "kcal", 7000),
        (1, "kWh", "MJ", 3.6),
        (1, "万千瓦时", "kWh", 10_000),
        (1, "万千瓦时", "tce", 36 / 29.3076),
        (1, "lb", "kg", 0.45359237),
        (2.5, "t", "kg", 2500),
        (1, "Wh", "kWh", 0.001),
        (3, "kg·km", "t·km", 0.003),
        (1, "m3(20℃)", "Nm3", 273.15 / 293.15),
        (1, "a", "d", 365),
        (1, "亩", "ha", 1 / 15),
        (1, "海里", "km", 1.852),
        (1, "千度", "kWh", 1000),
    ],
)
def test_conversions_against_published_figures(amount, source, target, expected):
    assert convert(amount, source, target) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("symbol", [symbol for _, symbol in ALL])
def test_every_unit_is_its_own_normal_spelling(symbol):
    assert canonical(symbol) == symbol
    assert conversion(symbol, symbol) == 1.0


def test_no_spelling_means_two_units():
    """Each spelling of the table leads back to the unit on whose line it stands."""
    from pathlib import Path

    import zuji.units

    table = Path(zuji.units.__file__).with_name("units.txt").read_text(encoding="utf-8")
    body = table.partition("[mass]")[2].partition("[ambiguous]")[0]
    for row in body.splitlines():
        cells = [cell.strip() for cell in row.split("|")]
        if len(cells) == 5:
            for spelling in cells[4].split():
                assert canonical(spelling) == cells[0], spelling


@given(st.sampled_from(PAIRS), st.floats(1e-6, 1e6))
def test_there_and_back(pair, amount):
    there = convert(amount, *pair)
    assert convert(there, pair[1], pair[0]) == pytest.approx(amount, rel=1e-14)


@given(st.sampled_from([s for _, s in ALL]), st.sampled_from(sorted(MULTIPLES)))
def test_multiples_stand_before_any_unit(symbol, prefix):
    assert conversion(prefix + symbol, symbol) == pytest.approx(MULTIPLES[prefix])
    assert dimension(prefix + symbol) == dimension(symbol)


@given(st.sampled_from(ALL), st.sampled_from(ALL))
def test_only_one_dimension_converts(first, second):
    if first[0] == second[0]:
        assert math.isfinite(conversion(first[1], second[1]))
        assert same_dimension(first[1], second[1])
    else:
        assert not same_dimension(first[1], second[1])
        with pytest.raises(UnitMismatch):
            conversion(first[1], second[1])


@pytest.mark.parametrize("spelling", ["Mg", "MG", "mJ", "mWh", "mW", "Sm3", "卡", "加仑"])
def test_ambiguous_spellings_are_refused_with_the_choice(spelling):
    assert not known(spelling)
    with pytest.raises(UnknownUnit) as refusal:
        canonical(spelling)
    (problem,) = refusal.value
    assert problem.code == "unit.ambiguous"
    assert "请写" in problem.cure.zh


def test_unknown_unit_suggests_the_nearest():
    assert "kWh" in suggestions("kWhh")
    with pytest.raises(UnknownUnit) as refusal:
        conversion("kWhh", "kWh", place=Place(line="7"))
    (problem,) = refusal.value
    assert problem.place.line == "7"
    assert "kWh" in problem.cure.en


def test_missing_unit_is_said_to_be_missing():
    with pytest.raises(UnknownUnit) as refusal:
        canonical("  ")
    assert next(iter(refusal.value)).code == "unit.missing"


def test_gas_volumes_need_a_state():
    """A bill in m3 at 20 °C is 7 % less gas than the same number of Nm3, so neither is guessed."""
    with pytest.raises(UnitMismatch) as refusal:
        conversion("m3", "Nm3")
    (problem,) = refusal.value
    assert "m3(20℃)" in problem.cure.zh
    assert "m3(20℃)" in problem.cure.en


def test_battery_capacity_is_not_energy():
    with pytest.raises(UnitMismatch):
        conversion("kWh-capacity", "kWh")


def test_transport_work():
    assert tonne_kilometres(500, "kg", 20, "公里") == pytest.approx(10.0)
    with pytest.raises(UnitMismatch):
        tonne_kilometres(1, "m3", 20, "km")


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("kWh-capacity", "kWh 电池容量", "kWh of battery capacity"),
        ("kwh容量", "kWh 电池容量", "kWh of battery capacity"),
        ("m2", "m²", "m²"),
        ("km2", "km²", "km²"),
        ("Nm3", "Nm³", "Nm³"),
        ("万Nm3", "万Nm³", "10⁴ Nm³"),
        ("10^3 m3", "10^3m³", "10³ m³"),
        ("m3(20℃)", "m³（20 ℃）", "m³ (20 °C)"),
        ("vehicle", "辆", "vehicle"),
        ("件", "件", "piece"),
        ("t·km", "t·km", "t·km"),
        ("kgCO2e", "kgCO2e", "kgCO2e"),
        ("furlong", "furlong", "furlong"),
    ],
)
def test_units_are_shown_as_people_read_them(unit, zh, en):
    assert (shown_unit(unit), shown_unit(unit, "zh-hans"), shown_unit(unit, "en")) == (zh, zh, en)


def test_every_shown_unit_has_no_code_spelling():
    for group in UNITS:
        for unit in group.units:
            assert not re.search(r"-capacity|m[23]\b", shown_unit(unit.symbol, "zh")), unit.symbol


def test_a_quotient_is_shown_side_by_side():
    assert shown_unit("kgCO2e/kWh-capacity") == "kgCO2e/kWh 电池容量"
    assert shown_unit("kgCO2e/m2", "en") == "kgCO2e/m²"
    assert shown_unit("something/else") == "something/else"
