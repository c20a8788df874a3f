"""bw_simapro_csv, an independent reader, finds the same numbers in what we write.

Normal distributions are left out: it takes twice the standard deviation for a variance.
"""

import importlib
import io
import math
import warnings
from types import ModuleType
from typing import Any

import pytest

from tests.formats.simapro.samples import HEADER, LANDFILL, LIME, LISTS, METHOD, MILL, SCENARIO, file
from zuji.formats.simapro import dump, load
from zuji.model.lci.distributions import Shape
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Exchange, Process

# Where a project hides a name of the database, the other reader computes the database's own parameters with
# that of the project; no name is hidden here.
PLAIN_LISTS = LISTS.replace("grid;0,25;", "net;0,25;").replace("grid^2", "net^2+grid")


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    with warnings.catch_warnings():
        # what it imports warns of its own affairs
        warnings.simplefilter("ignore")
        return importlib.import_module("bw_simapro_csv")


def blocks(oracle: ModuleType, package: Package) -> list[Any]:
    text = dump(package).content.decode("cp1252").replace("\r\n", "\n")
    return list(oracle.SimaProCSV(io.StringIO(text), stderr_logs=False, write_logs=False).blocks)


def of_kind(found: list[Any], kind: str) -> list[Any]:
    return [block for block in found if type(block).__name__ == kind]


def rows(process: Any) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (section, row["name"] if "name" in row else row["waste_treatment"]): row
        for section, block in process.blocks.items()
        for row in block.parsed
        if not section.endswith("parameters")
    }


def reference(package: Package, unit: str) -> tuple[str, float]:
    """The reference unit of a unit, to which they convert, and the factor."""
    for units in package.unit_groups:
        found = units.unit(unit)
        if found is not None:
            lead = units.unit(units.reference)
            assert lead is not None
            return lead.name, found.factor
    raise AssertionError(unit)


def check_spread(ours: Exchange, theirs: dict[str, Any], factor: float) -> None:
    """Their codes are those of stats_arrays: 2 lognormal, 4 uniform, 5 triangular."""
    spread = ours.spread
    assert spread is not None
    if spread.shape is Shape.LOGNORMAL:
        assert theirs["uncertainty type"] == 2
        assert theirs["scale"] == pytest.approx(spread.scale)
        assert theirs["loc"] == pytest.approx(math.log((ours.amount or math.nan) * factor))
    elif spread.shape in (Shape.UNIFORM, Shape.TRIANGULAR):
        assert theirs["uncertainty type"] == (4 if spread.shape is Shape.UNIFORM else 5)
        assert (spread.low, spread.high) != (None, None)
        bounds = ((spread.low or 0.0) * factor, (spread.high or 0.0) * factor)
        assert (theirs["minimum"], theirs["maximum"]) == pytest.approx(bounds)


def check(package: Package, ours: Process, theirs: Any) -> int:
    found = rows(theirs)
    compared = 0
    for exchange in ours.exchanges:
        row = found[exchange.group, str(exchange.flow.name)]
        if exchange.group in ("Separated waste", "Remaining waste"):
            continue
        unit, factor = reference(package, exchange.unit)
        assert row["amount"] == pytest.approx((exchange.amount or math.nan) * factor), exchange
        assert row["unit"] == unit
        if exchange.spread is not None and exchange.spread.shape is not None:
            check_spread(exchange, row, factor)
        compared += 1
    for share in ours.allocations:
        product = next(each for each in ours.exchanges if each.id == share.product)
        assert found["Products", str(product.flow.name)]["allocation"] == pytest.approx(share.share * 100)
    values = {
        row["original_name"]: row["amount"]
        for section, block in theirs.blocks.items()
        if section.endswith("parameters")
        for row in block.parsed
    }
    assert values == pytest.approx({each.name: each.value for each in ours.parameters})
    return compared


def test_processes(oracle: ModuleType) -> None:
    # one row a name and section, so that rows can be looked up by name
    mill = MILL.replace("Carbon dioxide, fossil;(unspecified);g", "Carbon monoxide;(unspecified);g")
    package = load(file(HEADER + mill + LANDFILL + LIME + SCENARIO + PLAIN_LISTS)).package
    theirs = of_kind(blocks(oracle, package), "Process")
    assert len(theirs) == len(package.processes)
    assert (
        sum(check(package, *pair) for pair in zip(package.processes, theirs, strict=True)) == 12 + 3 + 2 + 1
    )


def test_global_parameters_and_units(oracle: ModuleType) -> None:
    package = load(file(HEADER + MILL + PLAIN_LISTS)).package
    found = blocks(oracle, package)
    values = [
        (row["original_name"], row["amount"])
        for block in found
        if type(block).__name__.endswith("Parameters")
        for row in block.parsed
    ]
    assert values == [(each.name, each.value) for each in package.parameters]
    (units,) = of_kind(found, "Units")
    factors = {row["name"]: row["conversion"] for row in units.parsed}
    assert factors == {unit.name: unit.factor for group in package.unit_groups for unit in group.units}


def test_methods(oracle: ModuleType) -> None:
    package = load(file(HEADER.replace("{processes}", "{methods}") + METHOD)).package
    found = blocks(oracle, package)
    assert [block.parsed["name"] for block in of_kind(found, "ImpactCategory")] == [
        "Climate change",
        "Toxicity",
    ]
    factors = [
        (row["name"], row["factor"])
        for block in of_kind(found, "ImpactCategory")
        for row in block.parsed["cfs"]
    ]
    assert ("Methane", 29.8) in factors
    assert len(factors) == 6
    (weighting,) = of_kind(found, "NormalizationWeightingSet")
    assert weighting.parsed["normalization"][0]["factor"] == 0.02
    (damage,) = of_kind(found, "DamageCategory")
    assert damage.parsed["unit"] == "DALY"
