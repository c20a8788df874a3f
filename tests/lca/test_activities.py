"""Each kind of line against a result worked out by hand."""

from dataclasses import replace

import pytest

from tests.lca.build import AR5, AR6, LIBRARY, Library, factor, line, one
from zuji.errors import IncompleteStudy, InvalidInput, UnitMismatch, UnknownFactor, WrongFactorKind
from zuji.lca import Fuel, FuelTable, calculate
from zuji.model.factors import Confidence, Factor, FactorKind, GasAmount, Source
from zuji.model.lines import (
    BiogenicDetail,
    EmissionDetail,
    FuelDetail,
    LineKind,
    StatedFactor,
    TransportDetail,
)
from zuji.model.quantities import Quantity
from zuji.model.stages import TOTAL_KINDS, TotalKind
from zuji.text import Text

FUELS = FuelTable(
    {
        "coal": Fuel(
            id="coal",
            name=Text("烟煤"),
            source="test",
            ncv=20.0,
            carbon_content=26.0,
            oxidation=0.98,
            ch4=1.0,
            n2o=1.5,
        ),
        "gas": Fuel(
            id="gas",
            name=Text("天然气"),
            source="test",
            ncv=389.31,
            ncv_per="万Nm3",
            carbon_content=15.3,
            oxidation=0.99,
            ch4=1.0,
            n2o=0.1,
        ),
        "diesel": Fuel(
            id="diesel",
            name=Text("柴油"),
            source="test",
            ncv=43.0,
            carbon_content=20.2,
            oxidation=0.98,
            ch4=3.0,
            n2o=0.6,
            density=840.0,
        ),
        "straw": Fuel(
            id="straw",
            name=Text("秸秆"),
            source="test",
            ncv=14.0,
            carbon_content=27.0,
            oxidation=1.0,
            ch4=30.0,
            n2o=4.0,
            biogenic=True,
        ),
    }
)


def result(*lines, gwp=AR6, library=LIBRARY):
    return calculate(one(*lines), library, gwp, FUELS)


def kind_total(footprint, kind):
    return footprint.totals[TOTAL_KINDS.index(kind)]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (line("a", LineKind.MATERIAL, 3, "t", factor="steel"), 6000.0),
        (line("a", LineKind.ELECTRICITY, 1, "万千瓦时", factor="power"), 5777.0),
        (line("a", LineKind.ELECTRICITY, 3.6, "MJ", factor="power"), 0.5777),
        (line("a", LineKind.HEAT, 1, "tce", factor="steam"), 110 * 29.3076),
        (line("a", LineKind.WASTE, 5, "m3", factor="sewage"), 2.0),
        (line("a", LineKind.PROCESS_EMISSION, 100, "kg", factor="limestone"), 44.0),
        (line("a", LineKind.TRANSPORT, 7, "t·km", factor="truck"), 0.7),
        (
            line(
                "a",
                LineKind.TRANSPORT,
                500,
                "kg",
                factor="truck",
                detail=TransportDetail(distance=Quantity(300, "公里")),
            ),
            15.0,
        ),
        (line("a", LineKind.DIRECT_EMISSION, 2, "g", detail=EmissionDetail(gas="SF6")), 50.4),
        (line("a", LineKind.DIRECT_EMISSION, 1, "kg", detail=EmissionDetail(gas="CH4")), 29.8),
        (
            line("a", LineKind.DIRECT_EMISSION, 1, "kg", detail=EmissionDetail(gas="CH4", biogenic=True)),
            27.0,
        ),
        (line("a", LineKind.LAND_USE_CHANGE, 2, "tCO2e"), 2000.0),
        (line("a", LineKind.BIOGENIC_CARBON, 2, "kg", detail=BiogenicDetail(removal=True)), -2.0),
        (line("a", LineKind.BIOGENIC_CARBON, 2, "kgCO2", detail=BiogenicDetail(removal=False)), 2.0),
        (line("a", stated=StatedFactor(value=1.5, per="t", source="supplier")), 0.0015),
    ],
)
def test_kinds_by_hand(made, expected):
    assert result(made).total == pytest.approx(expected, rel=1e-12)


def test_combustion_by_carbon_balance():
    burned = result(line("a", LineKind.FUEL, 10, "t", detail=FuelDetail(fuel="coal")))
    co2 = 10 * 20.0 * 26.0 * 0.98 * 44 / 12
    ch4, n2o = 0.2 * 1.0 * 29.8, 0.2 * 1.5 * 273
    assert burned.gases == pytest.approx({"CO2": co2, "CH4": ch4, "N2O": n2o}, rel=1e-12)
    assert burned.total == pytest.approx(co2 + ch4 + n2o, rel=1e-12)
    assert "44/12" in burned.lines[0].formula


def test_combustion_of_gas_by_standard_volume():
    burned = result(line("a", LineKind.FUEL, 2, "万Nm3", detail=FuelDetail(fuel="gas")))
    assert burned.gases["CO2"] == pytest.approx(2 * 389.31 * 15.3 * 0.99 * 44 / 12, rel=1e-12)
    billed = result(line("a", LineKind.FUEL, 1000, "m3(20℃)", detail=FuelDetail(fuel="gas")))
    assert billed.total == pytest.approx(burned.total / 20 * 273.15 / 293.15, rel=1e-12)
    with pytest.raises(UnitMismatch):
        result(line("a", LineKind.FUEL, 1000, "m3", detail=FuelDetail(fuel="gas")))


def test_combustion_of_liquid_by_volume_uses_density():
    by_volume = result(line("a", LineKind.FUEL, 1000, "L", detail=FuelDetail(fuel="diesel")))
    by_mass = result(line("a", LineKind.FUEL, 840, "kg", detail=FuelDetail(fuel="diesel")))
    assert by_volume.total == pytest.approx(by_mass.total, rel=1e-12)


def test_heat_in_fuel_needs_no_calorific_value():
    by_heat = result(line("a", LineKind.FUEL, 20, "GJ", detail=FuelDetail(fuel="coal")))
    by_mass = result(line("a", LineKind.FUEL, 1, "t", detail=FuelDetail(fuel="coal")))
    assert by_heat.total == pytest.approx(by_mass.total, rel=1e-12)


def test_stated_parameters_win_over_the_table():
    own = FuelDetail(fuel="coal", ncv=25.0, oxidation=1.0)
    burned = result(line("a", LineKind.FUEL, 1, "t", detail=own))
    assert burned.gases["CO2"] == pytest.approx(25 * 26 * 44 / 12, rel=1e-12)


def test_biogenic_fuel_goes_to_the_biogenic_total_and_asks_for_uptake():
    burned = result(line("a", LineKind.FUEL, 1, "t", detail=FuelDetail(fuel="straw")))
    assert kind_total(burned, TotalKind.FOSSIL) == 0
    assert burned.gases["CH4"] == pytest.approx(0.014 * 30 * 27.0, rel=1e-12)
    assert "biogenic.no_uptake" in {notice.code for notice in burned.notices}


def test_upstream_of_fuel_is_added():
    alone = result(line("a", LineKind.FUEL, 1, "t", detail=FuelDetail(fuel="coal")))
    both = result(line("a", LineKind.FUEL, 1, "t", factor="coal-supply", detail=FuelDetail(fuel="coal")))
    assert both.total - alone.total == pytest.approx(200.0, rel=1e-9)


def test_combustion_factor_replaces_carbon_balance():
    burned = result(line("a", LineKind.FUEL, 1, "t", factor="coal-heat", detail=FuelDetail(fuel="coal")))
    assert burned.gases["CO2"] == pytest.approx(20 * 94.6, rel=1e-12)
    assert burned.gases["N2O"] == pytest.approx(0.02 * 1.5 * 273, rel=1e-12)
    bare = result(line("a", LineKind.FUEL, 20, "GJ", factor="coal-heat"))
    assert bare.total == pytest.approx(20 * 94.6, rel=1e-12)
    assert "factor.only_co2" in {notice.code for notice in bare.notices}
    assert "factor.only_co2" not in {notice.code for notice in burned.notices}
    with pytest.raises(InvalidInput) as refusal:
        result(
            line(
                "a",
                LineKind.FUEL,
                1,
                "t",
                factor="coal-heat",
                detail=FuelDetail(ncv=20, carbon_content=26, oxidation=1),
            )
        )
    assert next(iter(refusal.value)).code == "fuel.two_methods"


@pytest.mark.parametrize("missing", ["ncv", "carbon_content", "oxidation"])
def test_missing_fuel_parameter_is_named(missing):
    parameters = {"ncv": 20.0, "carbon_content": 26.0, "oxidation": 1.0, missing: None}
    with pytest.raises(IncompleteStudy) as refusal:
        result(line("a", LineKind.FUEL, 1, "t", detail=FuelDetail(**parameters)))
    (problem,) = refusal.value
    assert problem.place.field == missing
    assert problem.place.line == "a"


def test_missing_trace_gases_are_noticed():
    detail = FuelDetail(ncv=20.0, carbon_content=26.0, oxidation=1.0)
    notices = {notice.code for notice in result(line("a", LineKind.FUEL, 1, "t", detail=detail)).notices}
    assert "fuel.trace_gases_missing" in notices


def test_aircraft_has_its_own_total():
    flown = line("a", LineKind.TRANSPORT, 7, "t·km", factor="truck", detail=TransportDetail(aircraft=True))
    flight = result(flown)
    assert kind_total(flight, TotalKind.AIRCRAFT) == pytest.approx(0.7)
    assert kind_total(flight, TotalKind.FOSSIL) == 0


def test_gas_split_follows_the_chosen_set():
    library = Library(factor("x", 32.0, gases=(GasAmount(gas="CO2", kg=4.0), GasAmount(gas="N2O", kg=0.1))))
    use = line("a", factor="x", amount=1)
    assert result(use, library=library).total == pytest.approx(4 + 27.3)
    assert result(use, gwp=AR5, library=library).total == pytest.approx(4 + 26.5)


def test_partial_gas_split_keeps_the_published_total():
    library = Library(factor("x", 10.0, gases=(GasAmount(gas="CO2", kg=4.0),)))
    footprint = result(line("a", factor="x"), library=library)
    assert footprint.total == pytest.approx(10.0)
    assert footprint.gases == pytest.approx({"CO2": 4.0, "CO2e": 6.0})
    assert "factor.partial_gas_split" in {notice.code for notice in footprint.notices}


def test_a_split_that_names_only_carbon_dioxide_does_not_hide_the_rest():
    """Other potentials cannot explain what a split of CO2 alone misses."""
    library = Library(factor("x", 10.0, gases=(GasAmount(gas="CO2", kg=8.5),)))
    footprint = result(line("a", factor="x"), library=library)
    assert footprint.total == pytest.approx(10.0)
    assert footprint.gases == pytest.approx({"CO2": 8.5, "CO2e": 1.5})


def test_a_complete_split_of_methane_may_fall_with_its_potential():
    """1 kg of fossil methane published under AR6 and characterised with AR4: 29.8 becomes 25."""
    library = Library(factor("x", 29.8, gases=(GasAmount(gas="CH4", kg=1.0),)))
    ar4 = replace(AR6, id="AR4", fossil_ch4=25.0, biogenic_ch4=25.0)
    footprint = result(line("a", factor="x"), gwp=ar4, library=library)
    assert footprint.total == pytest.approx(25.0)
    assert footprint.notices == ()


def test_published_five_totals_are_kept_apart():
    library = Library(factor("x", 1.0, totals=(1.0, 0.5, -2.0, 0.25, 0.125)))
    assert result(line("a", factor="x", amount=2), library=library).totals == (2.0, 1.0, -4.0, 0.5, 0.25)


def test_grid_co2_factor_is_refused_everywhere_with_the_difference_explained():
    for kind in (LineKind.ELECTRICITY, LineKind.MATERIAL, LineKind.HEAT):
        with pytest.raises(WrongFactorKind) as refusal:
            result(line("a", kind, 1, "kWh", factor="grid"))
        (problem,) = refusal.value
        assert problem.code == "factor.grid_co2"
        assert "0.1564" in problem.what.zh
        assert "0.5777" in problem.cure.zh
        assert "0.5777" in problem.cure.en


@pytest.mark.parametrize(
    ("kind", "unit", "wrong"),
    [
        (LineKind.MATERIAL, "kWh", "power"),
        (LineKind.ELECTRICITY, "kg", "steel"),
        (LineKind.TRANSPORT, "t·km", "steel"),
        (LineKind.WASTE, "t·km", "truck"),
        (LineKind.PROCESS_EMISSION, "kg", "steel"),
        (LineKind.FUEL, "kWh", "power"),
        (LineKind.HEAT, "GJ", "coal-heat"),
    ],
)
def test_wrong_kinds_of_factors_are_refused(kind, unit, wrong):
    with pytest.raises(WrongFactorKind):
        result(line("a", kind, 1, unit, factor=wrong))


@pytest.mark.parametrize("kind", [k for k in FactorKind if k is not FactorKind.PRODUCT_FOOTPRINT])
def test_kinds_that_only_inform_never_carry_a_line(kind):
    only = Factor(
        id="x",
        version="1",
        kind=kind,
        name=Text("x"),
        value=1.0,
        unit="?",
        source=Source(title="t"),
        confidence=Confidence.HIGH,
    )
    with pytest.raises(WrongFactorKind):
        result(line("a", factor="x"), library=Library(only))


def test_electricity_stated_without_life_cycle_is_refused():
    stated = StatedFactor(value=0.1564, per="kWh", source="grid notice", life_cycle=False)
    with pytest.raises(WrongFactorKind):
        result(line("a", LineKind.ELECTRICITY, 1, "kWh", stated=stated))


def test_low_confidence_is_allowed_and_said():
    notices = result(line("a", factor="weak")).notices
    assert [notice.code for notice in notices] == ["factor.low_confidence"]
    assert notices[0].place.line == "a"


def test_heat_of_combustion_co2_alone_is_said_to_be_less_than_a_life_cycle():
    co2 = (GasAmount(gas="CO2", kg=110.0),)
    library = Library(
        factor("plant", 110.0, "GJ", FactorKind.HEAT, gases=co2),
        factor("whole", 120.0, "GJ", FactorKind.HEAT),
    )
    plant = result(line("a", LineKind.HEAT, 1, "GJ", factor="plant"), library=library)
    assert [notice.code for notice in plant.notices] == ["factor.only_co2"]
    assert plant.notices[0].place.line == "a"
    assert result(line("a", LineKind.HEAT, 1, "GJ", factor="whole"), library=library).notices == ()


def test_two_factors_on_one_line_are_refused():
    stated = StatedFactor(value=1.0, per="kg", source="s")
    with pytest.raises(IncompleteStudy):
        result(line("a", factor="steel", stated=stated))


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), -1.0])
def test_impossible_amounts_are_refused(amount):
    with pytest.raises(InvalidInput) as refusal:
        result(line("a", amount=amount))
    assert next(iter(refusal.value)).place.line == "a"


def test_unknown_gas_suggests_names():
    with pytest.raises(InvalidInput) as refusal:
        result(line("a", LineKind.DIRECT_EMISSION, 1, "kg", detail=EmissionDetail(gas="SF-6")))
    assert "SF6" in next(iter(refusal.value)).cure.en


def test_unknown_factor_and_fuel_are_located():
    for made in (
        line("a", factor="nothing"),
        line("a", LineKind.FUEL, 1, "t", detail=FuelDetail(fuel="nothing")),
    ):
        with pytest.raises(UnknownFactor) as refusal:
            result(made)
        assert next(iter(refusal.value)).place.line == "a"
