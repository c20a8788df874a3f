"""The shipped reference data: complete, traceable, and safe to multiply by."""

import csv
import hashlib
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from zuji import units
from zuji.errors import InvalidInput, UnknownFactor
from zuji.formats.reference import default_directory, load
from zuji.formats.reference.catalogue import Catalogue, version_order
from zuji.model.factors import Confidence, FactorKind
from zuji.model.stages import TOTAL_KINDS, TotalKind

DATA = default_directory()
TABLES = sorted(
    path for folder in ("factors", "gwp", "inventories") for path in (DATA / folder).glob("*.csv")
)
AIRCRAFT = TOTAL_KINDS.index(TotalKind.AIRCRAFT)
BIOGENIC = TOTAL_KINDS.index(TotalKind.BIOGENIC_EMISSIONS)

# Rows as converted, plus what was derived: 30 provincial electricity estimates, 117 well-to-wheel sums.
ROWS = {
    "electricity_footprint.csv": 22 + 30,
    "grid_co2.csv": 120,
    "electricity_statistics.csv": 904,
    "grid_parameters.csv": 93,
    "fuel_properties.csv": 273,
    "fuel_combustion_co2.csv": 100,
    "fuel_combustion_ch4_n2o.csv": 467,
    "process_emissions.csv": 122,
    "transport.csv": 308 + 117,
    "materials.csv": 227,
    "heat.csv": 16,
    "water_and_waste.csv": 127,
    "energy_limits.csv": 84,
    "ar4.csv": 59,
    "ar5.csv": 88,
    "ar6.csv": 90,
    "ar6_gwp20.csv": 87,
    "products.csv": 253,
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_has_its_rows_and_no_other():
    assert {path.name: len(rows_of(path)) for path in TABLES} == ROWS


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_provenance_stands_beside_the_table_and_is_true(path):
    provenance = yaml.safe_load(path.with_suffix(".provenance.yaml").read_text(encoding="utf-8"))
    rows = rows_of(path)
    assert provenance["file"] == path.name
    assert provenance["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert provenance["rows"] == len(rows)
    assert provenance["confidence"] == Counter(row["confidence"] for row in rows)
    assert {source["id"] for source in provenance["sources"]} == {row["source"] for row in rows}
    assert all(
        source["title"] and source["publisher"] and source["licence"] for source in provenance["sources"]
    )


def test_every_factor_says_where_when_what_and_how_sure():
    catalogue = load().catalogue
    assert len(catalogue) == sum(ROWS.values()) - ROWS["products.csv"]
    for factor in catalogue:
        assert factor.name.zh, factor.id
        assert factor.name.en, factor.id
        assert factor.source.title, factor.id
        assert factor.source.publisher, factor.id
        assert factor.source.licence, factor.id
        assert factor.year, factor.id
        assert factor.geography, factor.id
        assert factor.boundary, factor.id
        assert factor.unit, factor.id
        assert factor.confidence in Confidence


def test_no_row_speaks_of_somebodys_disk():
    spoken = re.compile(r"file ids?\b|\.xlsx|\.sql|/(home|root|work)\b|C:\\", re.IGNORECASE)
    for path in [*TABLES, DATA / "sources.csv"]:
        assert not spoken.search(path.read_text(encoding="utf-8")), path.name


def test_identifiers_are_plain_and_unique():
    identifiers = [row["id"] for path in TABLES for row in rows_of(path)]
    assert len(set(identifiers)) == len(identifiers)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", identifier) for identifier in identifiers)


def test_geographies_are_codes():
    known = re.compile(r"GLO|GB|CN|CN-[A-Z]{2}(>CN-([A-Z]{2}|grid-[A-Z][a-z]+))?|CN-grid-[A-Z][a-z]+")
    assert all(known.fullmatch(factor.geography) for factor in load().catalogue)


def test_grid_co2_is_never_usable_and_electricity_footprints_always_are():
    catalogue = load().catalogue
    assert len(catalogue.of_kind(FactorKind.GRID_CO2)) == 120
    assert not any(factor.usable for factor in catalogue.of_kind(FactorKind.GRID_CO2))
    electricity = catalogue.of_kind(FactorKind.ELECTRICITY_FOOTPRINT)
    assert all(factor.per == "kWh" for factor in electricity)
    assert catalogue.get("elec_cf_national_2024").total == 0.5777
    assert catalogue.get("elec_co2_CN-SC_2023").value == 0.1564


def test_only_some_kinds_may_stand_on_a_line():
    usable = {factor.kind for factor in load().catalogue if factor.usable}
    assert usable == {
        FactorKind.PRODUCT_FOOTPRINT,
        FactorKind.ELECTRICITY_FOOTPRINT,
        FactorKind.HEAT,
        FactorKind.TRANSPORT,
        FactorKind.WASTE_TREATMENT,
        FactorKind.FUEL_COMBUSTION,
        FactorKind.PROCESS_EMISSION,
    }


def test_what_is_not_usable_carries_no_totals():
    assert not any(any(factor.totals) for factor in load().catalogue if not factor.usable)


def test_gases_add_up_to_the_totals_under_ar6():
    reference = load()
    warming = reference.gwp["AR6"].values
    checked = 0
    for factor in reference.catalogue:
        if factor.gases:
            total = sum(amount.kg * warming[amount.gas] for amount in factor.gases)
            assert factor.total == pytest.approx(total, rel=1e-9), factor.id
            checked += 1
    assert checked > 200


def test_published_values_return_from_unit_and_totals():
    """Where the unit is kgCO2e per the line's unit, the total is the published value itself."""
    checked = 0
    for factor in load().catalogue:
        if factor.usable and factor.unit == f"kgCO2e/{factor.per}":
            assert factor.total == pytest.approx(factor.value, rel=1e-6), factor.id
            checked += 1
    assert checked > 700


def test_biogenic_fuels_stand_under_biogenic_emissions():
    wood = load().catalogue.get("fuel_ipcc2006_co2_wood_wood_waste")
    assert wood.totals[BIOGENIC] == 112.0
    assert wood.total == 112.0
    assert all(amount.biogenic for amount in wood.gases)


def test_flights_stand_under_aircraft_and_forcing_multipliers_are_kept_out():
    catalogue = load().catalogue
    flown = catalogue.get("tr_cpcd_65319x0012024c")
    assert flown.totals[AIRCRAFT] == flown.total == 0.921
    whole = catalogue.get("tr_defra_freight_flights_long_haul_to_from_uk_without_rf_wtw")
    assert whole.totals == (0.13516, 0.0, 0.0, 0.0, 0.5313)
    forced = [
        factor
        for factor in catalogue
        if factor.name.en.startswith("Freight flights") and ", With RF" in factor.name.en
    ]
    assert len(forced) == 12
    assert not any(factor.usable for factor in forced)


def test_well_to_wheel_rows_are_the_sums_of_the_rows_they_name():
    catalogue = load().catalogue
    sums = [factor for factor in catalogue if factor.id.endswith("_wtw")]
    assert len(sums) == 117
    for factor in sums:
        first, second = factor.source.document.split(" + ")
        assert factor.value == pytest.approx(
            catalogue.get(first).value + catalogue.get(second).value, abs=1e-8
        )
        assert factor.confidence is Confidence.DERIVED


def test_the_provincial_estimate_follows_from_the_shipped_rows():
    """The formula of data/README.md, recomputed: the nation returns 0.6205, Sichuan 0.193, Shaanxi 0.739."""
    catalogue = load().catalogue
    types = {
        name: catalogue.get(f"elec_cf_{code}_2023").value
        for name, code in {"hydro": "hydro", "nuclear": "nuclear", "wind": "wind", "solar": "pv"}.items()
    }
    fossil = catalogue.get("elec_co2_nation_fossil_2023").value

    def non_fossil(area):
        rows = {name: f"pow_{area}_{name}_2023" for name in types}
        mix = {name: catalogue.get(row).value for name, row in rows.items() if row in catalogue}
        return sum(mix[name] * types[name] for name in mix) / sum(mix.values())

    nation = catalogue.get("elec_co2_nation_2023").value / fossil
    average = catalogue.get("elec_cf_national_2023").value
    fossil_intensity = (average - (1 - nation) * non_fossil("CN")) / nation
    assert fossil_intensity == pytest.approx(0.9544, abs=5e-5)
    for area, published in {"CN-SC": 0.193, "CN-SN": 0.739, "CN-YN": 0.168, "CN-CQ": 0.650}.items():
        share = catalogue.get(f"elec_co2_{area}_2023").value / fossil
        estimate = share * fossil_intensity + (1 - share) * non_fossil(area)
        shipped = catalogue.get(f"elec_cf_model_{area}_2023")
        assert shipped.value == pytest.approx(estimate, abs=5e-5)
        assert shipped.value == pytest.approx(published, abs=5e-4)
        assert shipped.confidence is Confidence.DERIVED
        assert "not an official factor" in shipped.notes


def test_low_confidence_is_shown_as_such():
    low = {factor.id for factor in load().catalogue if factor.confidence is Confidence.LOW}
    assert "elec_cf_td_incl_2023_candidate" in low
    assert "mat_cpcd_41421x0012021a" in low
    assert len(low) == 55


def test_gwp_sets_hold_the_published_values():
    sets = load().gwp
    assert set(sets) == {"AR4", "AR5", "AR6", "AR6-GWP20"}
    ar6 = sets["AR6"]
    assert (ar6.values["CH4"], ar6.fossil_ch4, ar6.biogenic_ch4) == (27.9, 29.8, 27.0)
    assert (ar6.values["N2O"], ar6.values["HFC-134a"], ar6.values["CF4"]) == (273.0, 1530.0, 7380.0)
    assert ar6.values["SF6"] == 25200.0
    assert ar6.alternatives == {"SF6": 24300.0}
    assert "24300" in ar6.notes
    ar5 = sets["AR5"]
    assert (ar5.values["CH4"], ar5.fossil_ch4, ar5.values["N2O"], ar5.values["SF6"]) == (
        28.0,
        30.0,
        265.0,
        23500.0,
    )
    assert (sets["AR4"].values["CH4"], sets["AR4"].values["N2O"]) == (25.0, 298.0)
    assert all(one.values["CO2"] == 1.0 for one in sets.values())


def test_an_unknown_factor_is_named_with_its_nearest():
    with pytest.raises(UnknownFactor, match="elec_cf_national_2024"):
        load().catalogue.get("elec_cf_natonal_2024")
    with pytest.raises(UnknownFactor, match=r"1\.0"):
        load().catalogue.get("elec_cf_national_2024", "9.9")


def test_the_newest_version_is_the_default_and_older_ones_stay():
    first = load().catalogue.get("elec_cf_hydro_2024")
    revised = replace(first, version="1.10", value=0.02)
    middle = replace(first, version="1.9")
    catalogue = Catalogue([revised, first, middle])
    assert len(catalogue) == 1
    assert catalogue.get(first.id) is revised
    assert catalogue.get(first.id, "1.0") is first
    assert catalogue.versions(first.id) == ("1.0", "1.9", "1.10")
    assert version_order("2.0") < version_order("2.0.1")


def test_the_digest_follows_the_content(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    same = load(copy)
    assert same.digest == load().digest
    assert same.edition == load().edition
    changed = tmp_path / "changed"
    shutil.copytree(DATA, changed)
    table = changed / "factors" / "heat.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",77.6,", ",77.7,"), encoding="utf-8")
    assert load(changed).digest != same.digest


def test_damaged_rows_are_all_named_with_file_and_row(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    table = copy / "factors" / "heat.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace(",heat,", ",warmth,")
    lines[4] = lines[4].replace(",ncsc,", ",nobody,")
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        load(copy)
    assert [(problem.place.file, problem.place.row) for problem in refused.value] == [
        ("heat.csv", 3),
        ("heat.csv", 5),
    ]


def test_a_missing_file_is_named(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    (copy / "gwp" / "ar5.csv").unlink()
    with pytest.raises(InvalidInput, match=r"ar5\.csv"):
        load(copy)


def test_every_usable_factor_has_a_unit_that_the_unit_table_knows():
    unknown = {factor.per for factor in load().catalogue if factor.usable and not units.known(factor.per)}
    assert unknown == set()


def test_battery_capacity_is_not_energy():
    """A footprint per kWh of capacity may not be multiplied by kWh of electricity."""
    pack = load().catalogue.get("mat_cpcd_46420x0172021c")
    assert not units.same_dimension(pack.per, "kWh")


def test_every_gas_of_a_factor_is_characterised_in_every_set():
    reference = load()
    gases = {amount.gas for factor in reference.catalogue for amount in factor.gases}
    assert {"CO2", "N2O", "CF4", "C2F6", "SF6", "HFC-23"} <= gases
    for one in reference.gwp.values():
        assert gases <= one.values.keys()


def test_fuels_take_the_newest_chinese_guideline_then_older_ones_then_ipcc():
    fuels = load().fuels
    gas = fuels.get("天然气")
    assert (gas.ncv, gas.ncv_per) == (389.31, "万Nm3")
    assert (gas.carbon_content, gas.oxidation) == (15.32, 0.99)
    assert "ncv: fuel_B_ncv_natural_gas" in gas.source
    coal = fuels.get("bituminous_coal")
    assert (coal.ncv, coal.carbon_content, coal.oxidation) == (23.076, 26.18, 0.93)
    assert "fuel_A_cc_bituminous_coal" in coal.source
    kerosene = fuels.get("jet_kerosene")
    assert kerosene.carbon_content == pytest.approx(71.5 * 12 / 44)
    assert kerosene.oxidation == 1.0
    assert "fuel_ncsc_co2_jet_kerosene" in kerosene.source
    assert fuels.get("peat").carbon_content == 28.9


def test_methane_traces_count_as_little_twice_as_the_method_page_says():
    """A carbon balance holds the carbon of CH4 too: 44/16 kg of CO2 per kg of fossil methane at most."""
    twice = {
        fuel.id: fuel.ch4 * 44 / 16 / (fuel.carbon_content * 1000 * 44 / 12)
        for fuel in load().fuels
        if not fuel.biogenic and fuel.ch4 and fuel.carbon_content
    }
    assert twice["natural_gas"] == pytest.approx(4.9e-5, abs=1e-6)
    assert twice["diesel"] == pytest.approx(1.1e-4, abs=1e-5)
    assert twice["bituminous_coal"] == pytest.approx(2.9e-4, abs=1e-5)
    assert max(twice.values()) < 1.2e-3


def test_fuels_never_read_a_row_of_low_confidence():
    catalogue = load().catalogue
    for fuel in load().fuels:
        for part in fuel.source.split("; "):
            assert catalogue.get(part.split(": ")[1]).confidence is not Confidence.LOW, fuel.id


def test_biogenic_fuels_are_marked_and_what_no_source_gives_stays_open():
    fuels = load().fuels
    assert {fuel.id for fuel in fuels if fuel.biogenic} >= {"wood", "biogas", "biodiesel", "charcoal"}
    assert not fuels.get("coke").biogenic
    assert {fuel.id for fuel in fuels if fuel.oxidation is None} == {"coal_gangue", "coal_slime"}
    assert len(fuels) == 53


def test_fuel_parameters_agree_with_the_ipcc_within_the_spread_of_guidelines():
    """Carbon per heat is chemistry: no chosen value lies 15 % off, as one guideline's furnace gas does."""
    catalogue = load().catalogue
    pairs = {
        "anthracite": "anthracite",
        "bituminous_coal": "other_bituminous_coal",
        "lignite": "lignite",
        "coke": "coke_oven_coke_and_lignite_coke",
        "diesel": "diesel_oil",
        "gasoline": "motor_gasoline",
        "natural_gas": "natural_gas",
        "blast_furnace_gas": "blast_furnace_gas",
        "coke_oven_gas": "coke_oven_gas",
        "wood": "wood_wood_waste",
    }
    for fuel, ipcc in pairs.items():
        published = catalogue.get(f"fuel_ipcc2006_cc_{ipcc}").value
        assert load().fuels.get(fuel).carbon_content == pytest.approx(published, rel=0.15), fuel
