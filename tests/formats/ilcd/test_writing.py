"""Writing ILCD: valid against the schema, the same bytes twice, and equal when read again."""

import io
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.formats.ilcd import documents as doc
from tests.formats.ilcd import packages as generated
from zuji.formats.ilcd import check, dump, load
from zuji.formats.ilcd.collection import methods_of
from zuji.formats.ilcd.schema import schemas
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.impacts import ImpactMethod, WeightingSet
from zuji.model.lci.ledger import Outcome
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Direction, Exchange, Parameter, Process
from zuji.model.lci.publications import Contact
from zuji.model.lci.references import Extra, Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.model.lci.wording import Wording


@cache
def need_schemas() -> None:
    if schemas() is None:
        pytest.skip("no package with the ILCD schemas is installed")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(generated.packages)
def test_any_package_comes_back_equal(package: Package) -> None:
    package = replace(package, impact_methods=methods_of(package.impact_categories))
    written = dump(package)
    assert written.ledger.balanced
    assert dump(package).content == written.content
    loaded = load(written.content, name=package.name)
    assert loaded.ledger.balanced
    assert loaded.package == package
    assert dump(loaded.package).content == written.content


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(generated.packages)
def test_any_package_is_written_valid(package: Package) -> None:
    need_schemas()
    assert [str(one) for one in check(dump(package).content)] == []


def test_amounts_are_written_in_reference_units_with_openlcas_own_beside_them() -> None:
    energy = PropertyAmount(property=Ref(doc.ENERGY, kind=Kind.FLOW_PROPERTY), amount=40.0, id="1")
    mass = PropertyAmount(property=Ref(doc.MASS, kind=Kind.FLOW_PROPERTY), amount=1.0, id="0")
    fuel = Flow(
        heading=Heading(id=doc.STEEL, version="00.00.001"),
        type=FlowType.PRODUCT,
        properties=(mass, energy),
        reference=doc.MASS,
    )
    exchanges = tuple(
        Exchange(id=n, flow=Ref(doc.STEEL, kind=Kind.FLOW), direction=Direction.INPUT, amount=amount, **more)
        for n, amount, more in (
            ("0", 3.0, {"unit": "t-id", "property": doc.MASS}),
            # 80 MJ of a fuel with 40 MJ/kg are 2 kg: divided by the property's amount, not multiplied
            ("1", 80.0, {"unit": "mj-id", "property": doc.ENERGY}),
            ("2", 5.0, {"unit": "nobody knows"}),
        )
    )
    package = Package(
        name="p",
        processes=(Process(heading=Heading(id=doc.FURNACE), exchanges=exchanges),),
        flows=(fuel,),
        flow_properties=tuple(
            FlowProperty(heading=Heading(id=of), unit_group=Ref(units, kind=Kind.UNIT_GROUP))
            for of, units in ((doc.MASS, doc.MASS_UNITS), (doc.ENERGY, doc.ENERGY_UNITS))
        ),
        unit_groups=(
            UnitGroup(
                heading=Heading(id=doc.MASS_UNITS),
                units=(Unit(id="kg-id", name="kg", factor=1.0), Unit(id="t-id", name="t", factor=1000.0)),
                reference="kg-id",
            ),
            UnitGroup(
                heading=Heading(id=doc.ENERGY_UNITS),
                units=(Unit(id="mj-id", name="MJ", factor=1.0),),
                reference="mj-id",
            ),
        ),
    )
    written = dump(package)
    assert written.ledger.number("ilcd.unknown-unit") == 1
    with zipfile.ZipFile(io.BytesIO(written.content)) as archive:
        [name] = [name for name in archive.namelist() if "/processes/" in name]
        root = etree.fromstring(archive.read(name))
    resulting = [float(leaf.text or "") for leaf in root.iter(f"{{{doc.ILCD}/Process}}resultingAmount")]
    assert resulting == [3000.0, 2.0, 5.0]
    stated = [one.get(f"{{{doc.OLCA}}}amount") for one in root.iter(f"{{{doc.ILCD}/Process}}exchange")]
    assert stated == ["3.0", "80.0", "5.0"]
    assert load(written.content, name="p").package == package


def test_what_ilcd_cannot_hold_is_said() -> None:
    method = ImpactMethod(
        heading=Heading(id="m", name=Wording.of("EF")),
        weighting_sets=(WeightingSet(id="w", name=Wording.of("EF weighting")),),
    )
    package = Package(
        contacts=(Contact(heading=Heading(id=doc.CO2), extras=(Extra("jsonld", "library", '"lib"'),)),),
        impact_methods=(method,),
        parameters=(Parameter(name="global", value=1.0),),
    )
    ledger = dump(package).ledger
    assert ledger.balanced
    assert {reason.code for reason in ledger.reasons if reason.outcome is Outcome.DROPPED} == {
        "ilcd.other-format",
        "ilcd.weighting",
        "ilcd.no-place",
    }


def test_without_schemas_the_check_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zuji.formats.ilcd.schema.find_spec", lambda _: None)
    [told] = check(doc.package(processes=[doc.process()]))
    assert told.code == "ilcd.no-schemas"


def test_the_check_reports_mistakes_with_their_lines() -> None:
    need_schemas()
    wrong = doc.process(doc.exchange()).replace("<exchangeDirection>Output", "<exchangeDirection>Sideways")
    [told] = check(doc.package(processes=[doc.process(doc.exchange()), wrong]))
    assert told.place.file.endswith("1.xml")
    assert told.place.row is not None
    assert "Sideways" in told.what.en
