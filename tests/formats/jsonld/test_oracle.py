"""Beside the authors' own Python library: what it writes we read alike, and it reads what we write."""

from pathlib import Path
from typing import Any

import olca_schema as olca
import olca_schema.units as olca_units
import pytest
from hypothesis import HealthCheck, given, settings
from olca_schema import zipio

from tests.formats.jsonld.packages import CATEGORY, METHOD, PROCESS, package, schema_1
from tests.formats.jsonld.test_round_trip import packages
from tests.formats.jsonld.test_write import names_as_ids
from zuji.formats.jsonld import dump, load
from zuji.formats.jsonld.reference import flow_properties, property_of_unit, unit_groups
from zuji.model.lci.distributions import Shape
from zuji.model.lci.package import Package
from zuji.model.lci.processes import AllocationMethod, Direction


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A package written by the library: a plant with a co-product, a formula, a spread and a method."""
    kg, mj = olca_units.unit_ref("kg"), olca_units.unit_ref("MJ")
    mass, energy = olca_units.property_ref("kg"), olca_units.property_ref("MJ")
    steel = olca.new_product("steel", mass)
    heat = olca.new_product("heat", energy)
    gas = olca.new_elementary_flow("CO2", mass)
    plant = olca.new_process("plant")
    output = olca.new_output(plant, steel, 2.0, kg)
    output.is_quantitative_reference = True
    olca.new_output(plant, heat, 3.0, mj)
    emission = olca.new_output(plant, gas, 5.0, kg)
    emission.amount_formula = "2.5*k"
    emission.uncertainty = olca.Uncertainty(
        distribution_type=olca.UncertaintyType.LOG_NORMAL_DISTRIBUTION, geom_mean=5.0, geom_sd=1.3
    )
    loop = olca.new_input(plant, steel, 0.25, kg)
    loop.default_provider = plant.to_ref()
    plant.parameters = [olca.new_parameter("k", 2.0)]
    plant.default_allocation_method = olca.AllocationType.PHYSICAL_ALLOCATION
    plant.allocation_factors = [
        olca.new_physical_allocation_factor(plant, steel, 0.9),
        olca.new_physical_allocation_factor(plant, heat, 0.1),
        olca.new_causal_allocation_factor(plant, heat, 0.4, emission),
    ]
    category = olca.new_impact_category("warming")
    olca.new_impact_factor(category, gas, 1.0, kg)
    method = olca.new_impact_method("method", category)
    path = tmp_path / "theirs.zip"
    with zipio.ZipWriter(path) as writer:
        for one in (steel, heat, gas, plant, category, method):
            writer.write(one)
    return path


def test_their_package_is_read(theirs: Path) -> None:
    loaded = load(theirs)
    assert loaded.ledger.balanced
    (plant,) = loaded.package.processes
    rows = [(one.direction, one.amount, one.reference) for one in plant.exchanges]
    out, inward = Direction.OUTPUT, Direction.INPUT
    assert rows == [(out, 2.0, True), (out, 3.0, False), (out, 5.0, False), (inward, 0.25, False)]
    spread = plant.exchanges[2].spread
    assert spread is not None
    assert spread.shape is Shape.LOGNORMAL
    provider = plant.exchanges[3].provider
    assert provider is not None
    assert provider.id == plant.heading.id
    assert [(one.product, one.share, one.method, one.exchange) for one in plant.allocations] == [
        ("1", 0.9, AllocationMethod.PHYSICAL, ""),
        ("2", 0.1, AllocationMethod.PHYSICAL, ""),
        ("2", 0.4, AllocationMethod.CAUSAL, "3"),
    ]
    assert {str(one.heading.name) for one in loaded.package.flow_properties} == {"Mass", "Energy"}


def test_their_package_comes_back_as_it_was(theirs: Path, tmp_path: Path) -> None:
    """Every field that the library wrote is the same in what we write of it."""
    path = tmp_path / "ours.zip"
    path.write_bytes(dump(load(theirs).package).content)
    types = (olca.Flow, olca.Process, olca.ImpactCategory, olca.ImpactMethod)
    with zipio.ZipReader(theirs) as before, zipio.ZipReader(path) as after:
        for type_ in types:
            for one in before.read_each(type_):
                back = after.read(type_, one.id)
                assert back is not None
                missing = differences(one.to_dict(), back.to_dict())
                assert not missing, missing


def differences(wanted: Any, got: Any, at: str = "") -> list[str]:
    """Where `got` lacks or changes what `wanted` says; what `got` says besides is no matter."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        return [
            each
            for key, value in wanted.items()
            for each in (
                differences(value, got[key], f"{at}.{key}") if key in got else [f"{at}.{key} absent"]
            )
        ]
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        pairs = zip(wanted, got, strict=True)
        return [each for number, (a, b) in enumerate(pairs) for each in differences(a, b, f"{at}[{number}]")]
    same = wanted == pytest.approx(got) if isinstance(wanted, float) else wanted == got
    return [] if same else [f"{at}: {wanted!r} != {got!r}"]


def agrees(given_package: Package, path: Path) -> None:
    """The library reads the same amounts, directions, references and units out of what we write."""
    path.write_bytes(dump(given_package).content)
    again = load(path).package
    with zipio.ZipReader(path) as reader:
        for process in again.processes:
            found = reader.read_process(process.heading.id)
            assert found is not None
            rows = found.exchanges or []
            assert len(rows) == len(process.exchanges)
            for row, one in zip(rows, process.exchanges, strict=True):
                assert row.amount == one.amount
                assert row.is_input is (one.direction is Direction.INPUT)
                assert row.is_quantitative_reference is one.reference
                assert row.is_avoided_product is one.avoided
                assert row.internal_id == int(one.id)
                assert (row.flow.id if row.flow else None) == one.flow.id
                assert (row.unit.id if row.unit else "") == one.unit
                assert (row.flow_property.id if row.flow_property else "") == one.property
            for factor, share in zip(found.allocation_factors or [], process.allocations, strict=False):
                assert factor.value == share.share
        for folder in (olca.Flow, olca.UnitGroup, olca.FlowProperty, olca.Source, olca.Location):
            assert all(one.id for one in reader.read_each(folder))


def test_schema_1_is_read_by_the_library_once_we_wrote_it(tmp_path: Path) -> None:
    """The library itself loses every direction and reference of schema 1."""
    old = tmp_path / "old.zip"
    old.write_bytes(package(schema_1(), None))
    with zipio.ZipReader(old) as reader:
        raw = reader.read_process(PROCESS)
        assert raw is not None
        assert {one.is_input for one in raw.exchanges or []} == {None}
    first = load(old).package
    agrees(first, tmp_path / "new.zip")
    with zipio.ZipReader(tmp_path / "new.zip") as reader:
        plant, method = reader.read_process(PROCESS), reader.read_impact_method(METHOD)
        category = reader.read_impact_category(CATEGORY)
    assert plant is not None
    assert method is not None
    assert category is not None
    assert [one.is_input for one in plant.exchanges or []] == [False, True, False]
    assert plant.category == "Metals/Steel"
    assert (category.ref_unit, [one.name for one in category.parameters or []]) == ("kg CO2-Eq", ["gwp"])
    assert [one.weighted_score_unit for one in method.nw_sets or []] == ["pt"]


def test_packages_of_names_are_read_by_the_library(tmp_path: Path) -> None:
    agrees(names_as_ids(), tmp_path / "names.zip")


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(packages())
def test_any_package_is_read_by_the_library(tmp_path: Path, entries: dict[str, Any]) -> None:
    agrees(load(package(entries)).package, tmp_path / "any.zip")


def test_built_in_units_are_those_of_the_library() -> None:
    """Ids of units, groups and properties against the table that the library ships."""
    known = {unit.id: (unit, group) for group in unit_groups().values() for unit in group.units}
    checked = 0
    for symbol in sorted({name for unit, _ in known.values() for name in (unit.name, *unit.synonyms)}):
        unit, group = olca_units.unit_ref(symbol), olca_units.group_ref(symbol)
        prop = olca_units.property_ref(symbol)
        if unit is None or group is None or prop is None or unit.id not in known:
            continue
        checked += 1
        assert group.id == known[unit.id][1].heading.id, symbol
        assert property_of_unit()[str(unit.id)] == prop.id
        assert flow_properties()[str(prop.id)].unit_group is not None
    assert checked > 200


def test_conversion_factors_are_those_of_physics() -> None:
    """A few factors against their definitions (SI brochure, international yard and pound of 1959)."""
    factors = {
        (group.heading.name.in_language("en"), unit.name): unit.factor
        for group in unit_groups().values()
        for unit in group.units
    }
    expected = {
        ("Units of mass", "t"): 1000.0,
        ("Units of mass", "lb av"): 0.45359237,
        ("Units of energy", "kWh"): 3.6,
        ("Units of energy", "TCE"): 29307.6,
        ("Units of length", "mi"): 1609.344,
        ("Units of mass*length", "kg*km"): 0.001,
        ("Units of volume", "l"): 0.001,
        ("Units of volume", "gal (US liq)"): 0.003785411784,
        ("Units of area", "ha"): 1e4,
        ("Units of time", "a"): 8760.0,
        ("Units of radioactivity", "Bq"): 1e-3,
    }
    assert {key: factors[key] for key in expected} == pytest.approx(expected)
    for group in unit_groups().values():
        reference = group.unit(group.reference)
        assert reference is not None
        assert reference.factor == 1.0
