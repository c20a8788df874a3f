"""Worked figures that others have published, recomputed through the library."""

import pytest

from zuji.formats.reference import load
from zuji.lca.calculation import calculate
from zuji.model.lines import EmissionDetail, FuelDetail, Line, LineKind, TransportDetail
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import (
    BoundaryKind,
    Output,
    Period,
    Product,
    ReferenceUnit,
    Study,
    SystemBoundary,
    UnitKind,
    UnitProcess,
)

REFERENCE = load()
TONNE = Quantity(1.0, "t")


def kilograms(*lines: Line, gwp: str = "AR6") -> float:
    """kgCO2e of a product of 1 t with these lines."""
    outputs = (Output(product="算例", quantity=TONNE),)
    study = Study(
        id="worked",
        product=Product(name="算例"),
        unit=ReferenceUnit(kind=UnitKind.DECLARED, quantity=TONNE),
        boundary=SystemBoundary(kind=BoundaryKind.CRADLE_TO_GATE, stages=(Stage.MANUFACTURING,)),
        period=Period(start="2024-01-01", end="2024-12-31"),
        geography="CN",
        processes=(UnitProcess(id="p", name="算例", outputs=outputs, lines=lines),),
        gwp=gwp,
    )
    return calculate(study, REFERENCE.catalogue, REFERENCE.gwp[gwp], REFERENCE.fuels).total


def line(kind: LineKind, amount: float, unit: str, **more: object) -> Line:
    quantity = Quantity(amount, unit)
    return Line(
        id=f"{kind}-{amount}", stage=Stage.MANUFACTURING, kind=kind, item="算例", quantity=quantity, **more
    )


def burned(amount: float, unit: str, carbon: float, oxidation: float, **more: float) -> Line:
    """Fuel by its carbon, without CH4 and N2O unless stated."""
    detail = FuelDetail(carbon_content=carbon, oxidation=oxidation, ch4=0.0, n2o=0.0, **more)
    return line(LineKind.FUEL, amount, unit, detail=detail)


IPCC_FUELS = sorted(
    factor.id.removeprefix("fuel_ipcc2006_co2_")
    for factor in REFERENCE.catalogue
    if factor.id.startswith("fuel_ipcc2006_co2_")
)


@pytest.mark.parametrize("fuel", IPCC_FUELS)
def test_ipcc_2006_table_1_4_follows_from_table_1_3(fuel):
    """CO2 per TJ = carbon content × 44/12; the table prints three significant digits."""
    carbon = REFERENCE.catalogue.get(f"fuel_ipcc2006_cc_{fuel}").value
    printed = REFERENCE.catalogue.get(f"fuel_ipcc2006_co2_{fuel}").value
    assert kilograms(burned(1.0, "TJ", carbon, 1.0)) == pytest.approx(printed, rel=6e-3)


@pytest.mark.parametrize(
    ("fuel", "carbon", "oxidation"),
    [
        ("natural_gas", 15.3, 0.99),
        ("lpg", 17.2, 0.98),
        ("diesel", 20.2, 0.98),
        ("gasoline", 18.9, 0.98),
        ("fuel_oil", 21.1, 0.98),
        ("bituminous_coal", 26.1, 0.93),
    ],
)
def test_gbt_51366_annex_a_effective_factors(fuel, carbon, oxidation):
    """GB/T 51366-2019 table A.0.1 prints tCO2/TJ of carbon content × oxidation × 44/12, two decimals."""
    printed = REFERENCE.catalogue.get(f"fuel_gbt51366_{fuel}").value
    assert kilograms(burned(1.0, "TJ", carbon, oxidation)) / 1000 == pytest.approx(printed, abs=0.0051)


def test_gbt_51366_natural_gas_by_volume():
    """55.54 tCO2/TJ × 38.931 MJ/m3, printed as 2.16 kgCO2/m3."""
    gas = burned(1.0, "Nm3", 15.3, 0.99, ncv=389.31, ncv_per="万Nm3")
    assert round(kilograms(gas), 2) == 2.16


def test_a_tonne_of_coal_by_the_table():
    """1 t bituminous coal: 23.076 GJ × 26.18 kgC/GJ × 0.93 × 44/12, with CH4 10 and N2O 1.5 kg/TJ (AR6)."""
    coal = line(LineKind.FUEL, 1.0, "t", detail=FuelDetail(fuel="bituminous_coal"))
    carbon_dioxide = 23.076 * 26.18 * 0.93 * 44 / 12
    assert carbon_dioxide == pytest.approx(2060.08, abs=0.01)
    assert kilograms(coal) == pytest.approx(carbon_dioxide + 0.023076 * (10 * 29.8 + 1.5 * 273))


def test_mee_electricity_of_2023_and_2024():
    """1000 kWh at the national footprint factors of the two announcements."""
    for year, printed in {"2023": 620.5, "2024": 577.7}.items():
        power = line(LineKind.ELECTRICITY, 1000.0, "kWh", factor=f"elec_cf_national_{year}")
        assert kilograms(power) == pytest.approx(printed)


def test_clinker_of_845_kilograms():
    """100 kgce of coal at 94.6 kgCO2/GJ, 57 kWh at 0.5777, 0.535 t/t of process CO2: 845 kg/t."""
    lines = (
        line(LineKind.FUEL, 100.0, "kgce", factor="fuel_ncsc_co2_general_bituminous_coal"),
        line(LineKind.ELECTRICITY, 57.0, "kWh", factor="elec_cf_national_2024"),
        line(LineKind.PROCESS_EMISSION, 1.0, "t", factor="proc_clinker"),
    )
    assert round(kilograms(*lines)) == 845


def test_perfluorocarbons_of_aluminium_under_ar5():
    """0.034 kg CF4 × 6630 + 0.0034 kg C2F6 × 11100 = 0.2632 tCO2e per t, the guideline's own example."""
    lines = (
        line(LineKind.PROCESS_EMISSION, 1.0, "t", factor="proc_al_cf4"),
        line(LineKind.DIRECT_EMISSION, 0.0034, "kg", detail=EmissionDetail(gas="C2F6")),
    )
    assert kilograms(*lines, gwp="AR5") / 1000 == pytest.approx(0.2632, abs=5e-5)
    assert REFERENCE.catalogue.get("proc_al_pfc_co2e").value == 0.2632


def test_process_gases_follow_the_chosen_report():
    """Nitric acid, 9 kg N2O/t: 298 in AR4, 265 in AR5, 273 in AR6."""
    acid = line(LineKind.PROCESS_EMISSION, 1.0, "t", factor="proc_ipcc_hno3_high")
    assert [kilograms(acid, gwp=gwp) for gwp in ("AR4", "AR5", "AR6")] == pytest.approx([2682, 2385, 2457])


@pytest.mark.parametrize(
    ("route", "heat", "carbon"),
    [
        ("natural_gas_conventional_reforming_modern", 30.2, 15.3),
        ("natural_gas_excess_air_reforming", 29.7, 15.3),
        ("partial_oxidation_heavy_oil", 36.0, 21.0),
        ("natural_gas_average_modern_and_older", 37.5, 15.3),
        ("partial_oxidation_average_modern_and_older", 42.5, 21.0),
    ],
)
def test_ammonia_of_ipcc_table_3_1(route, heat, carbon):
    """Fuel requirement × carbon content × 44/12, printed with three decimals."""
    assert REFERENCE.catalogue.get(f"proc_ipcc_nh3_fuel_{route}").value == heat
    printed = REFERENCE.catalogue.get(f"proc_ipcc_nh3_{route}").value
    assert kilograms(burned(heat, "GJ", carbon, 1.0)) / 1000 == pytest.approx(printed, abs=6e-4)


@pytest.mark.parametrize(
    ("carbonate", "molar_mass", "carbon_dioxides"),
    [("caco3", 100.087, 1), ("mgco3", 84.314, 1), ("na2co3", 105.988, 1), ("camg_co3_2", 184.401, 2)],
)
def test_carbonates_by_stoichiometry(carbonate, molar_mass, carbon_dioxides):
    """GB/T 32151.34-2024 table C.2 from molar masses."""
    calcined = line(LineKind.PROCESS_EMISSION, 1.0, "t", factor=f"proc_carbonate_{carbonate}")
    assert kilograms(calcined) == pytest.approx(1000 * 44.0095 * carbon_dioxides / molar_mass, abs=0.6)


def test_a_truck_of_gbt_51366():
    """10 t over 500 km in a 30 t diesel truck at 0.078 kgCO2e/t·km."""
    leg = line(
        LineKind.TRANSPORT,
        10.0,
        "t",
        factor="tr_gbt51366_dsl_heavy_30t",
        detail=TransportDetail(distance=Quantity(500.0, "km")),
    )
    assert kilograms(leg) == pytest.approx(390.0)


def test_methane_by_origin_under_ar6():
    """IPCC AR6 WG1 table 7.15: fossil 29.8, non-fossil 27.0."""
    fossil = line(LineKind.DIRECT_EMISSION, 1.0, "kg", detail=EmissionDetail(gas="CH4"))
    grown = line(LineKind.DIRECT_EMISSION, 1.0, "kg", detail=EmissionDetail(gas="CH4", biogenic=True))
    assert (kilograms(fossil), kilograms(grown)) == pytest.approx((29.8, 27.0))
