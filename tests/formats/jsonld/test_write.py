"""What a writing gives: complete packages, the same bytes each time, and an account of what was lost."""

import dataclasses
import uuid
from typing import Any

import pytest

from tests.formats.jsonld.packages import (
    CATEGORY,
    CO2,
    COAL,
    KG,
    MASS,
    MASS_UNITS,
    PROCESS,
    STEEL,
    SYSTEM,
    exchange,
    flows,
    package,
    process,
    schema_1,
    written,
)
from zuji.formats.jsonld import dump, load
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory
from zuji.model.lci.models import Connection, LifeCycleModel, ProcessInstance
from zuji.model.lci.package import Package
from zuji.model.lci.processes import (
    AllocationMethod,
    AllocationShare,
    Direction,
    Documentation,
    Exchange,
    Parameter,
    Process,
)
from zuji.model.lci.publications import Location, Source
from zuji.model.lci.references import Category, Extra, Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.model.lci.wording import Wording


def put(given: Package) -> dict[str, Any]:
    result = dump(given)
    assert result.ledger.balanced
    assert result.content == dump(given).content
    return written(result.content)


def one_of(entries: dict[str, Any], folder: str) -> Any:
    (value,) = [value for name, value in entries.items() if name.startswith(f"{folder}/")]
    return value


def heading(id_: str, name: str = "", **more: Any) -> Heading:
    return Heading(id=id_, name=Wording.of(name or id_), **more)


def product(id_: str, amount: float = 1.0, **more: Any) -> Exchange:
    return Exchange(id=f"x-{id_}", flow=Ref(id_), direction=Direction.OUTPUT, amount=amount, **more)


def test_both_markers_are_written() -> None:
    entries = put(load(package(flows())).package)
    assert entries["openlca.json"] == {"schemaVersion": 5}
    assert entries["olca-schema.json"] == {"version": 2}


def test_schema_1_is_written_as_schema_5() -> None:
    first = load(package(schema_1(), None)).package
    again = load(dump(first).content, name=first.name).package
    assert again == first
    plant = one_of(put(first), "processes")
    assert plant["category"] == "Metals/Steel"
    assert [one["isInput"] for one in plant["exchanges"]] == [False, True, False]
    assert [one["isQuantitativeReference"] for one in plant["exchanges"]] == [True, False, False]
    assert plant["exchanges"][1]["dqEntry"] == "(2;4;2;3;1)"
    assert plant["exchanges"][1]["baseUncertainty"] == 1.05
    assert plant["processDocumentation"]["reviews"][0]["details"] == "looked at"


def names_as_ids() -> Package:
    """As a format without ids gives it: names for everything, units by name, no properties (SimaPro)."""
    return Package(
        processes=(
            Process(
                heading=heading("Steel {CN}| production, at plant | Cut-off, U"),
                location="CN",
                exchanges=(
                    product("steel", 1.0, unit="kg", reference=True),
                    Exchange(id="a", flow=Ref("power"), direction=Direction.INPUT, amount=2.0, unit="kWh"),
                    Exchange(id="b", flow=Ref("CO2"), direction=Direction.OUTPUT, amount=1.5, unit="lot"),
                    Exchange(id="b2", flow=Ref("steel"), direction=Direction.INPUT, amount=0.1, unit="t"),
                ),
            ),
        ),
        flows=(
            Flow(heading=heading("steel"), type=FlowType.PRODUCT),
            Flow(heading=heading("power"), type=FlowType.PRODUCT),
            Flow(heading=heading("CO2"), type=FlowType.ELEMENTARY, compartment=("air", "urban")),
        ),
    )


def test_units_by_name_become_complete_references() -> None:
    entries = put(names_as_ids())
    plant = one_of(entries, "processes")
    units = [(one["unit"]["name"], one["flowProperty"]["name"]) for one in plant["exchanges"]]
    assert units == [("kg", "Mass"), ("kWh", "Energy"), ("lot", "lot"), ("t", "Mass")]
    assert plant["exchanges"][0]["unit"]["@id"] == KG
    check_references(entries)


def check_references(entries: dict[str, Any]) -> None:
    """Every amount's unit is in the group of its property, and the flow has that property."""
    by_id = {value.get("@id"): value for name, value in entries.items() if name.count("/") == 1}
    for value in entries.values():
        for one in value.get("exchanges", []) + value.get("impactFactors", []):
            found = by_id[one["flow"]["@id"]]
            factors = {each["flowProperty"]["@id"]: each for each in found["flowProperties"]}
            assert one["flowProperty"]["@id"] in factors
            assert sum(each["isRefFlowProperty"] for each in factors.values()) == 1
            group = by_id[by_id[one["flowProperty"]["@id"]]["unitGroup"]["@id"]]
            units = {each["@id"]: each for each in group["units"]}
            assert one["unit"]["@id"] in units
            assert sum(each["isRefUnit"] for each in group["units"]) == 1


def test_ids_are_derived_and_stay_the_same() -> None:
    entries = put(names_as_ids())
    plant = one_of(entries, "processes")
    assert uuid.UUID(plant["@id"]).version == 5
    assert plant["@id"] == one_of(put(names_as_ids()), "processes")["@id"]
    assert {one["flow"]["@id"] for one in plant["exchanges"]} <= {
        value["@id"] for name, value in entries.items() if name.startswith("flows/")
    }
    assert [one["internalId"] for one in plant["exchanges"]] == [1, 2, 3, 4]
    assert one_of(entries, "locations")["code"] == "CN"
    assert plant["location"]["@id"] == "7efdfc94-655a-35dc-aa3e-c85e9bb703fa"


def test_compartments_are_categories() -> None:
    entries = put(names_as_ids())
    assert {value.get("category") for name, value in entries.items() if name.startswith("flows/")} == {
        None,
        "Elementary flows/air/urban",
    }


def ilcd_like() -> Package:
    """Amounts in the reference unit with nothing said, internal ids as units, several versions, languages."""
    mass = Ref(MASS, name=Wording.of("Mass"), kind=Kind.FLOW_PROPERTY)
    names = Wording((("zh", "钢"), ("en", "steel")))
    steel = Flow(
        heading=Heading(id=STEEL, version="01.00.000", name=names),
        type=FlowType.PRODUCT,
        properties=(PropertyAmount(property=mass, amount=1.0, id="0"),),
        reference=MASS,
    )
    return Package(
        flows=(
            steel,
            dataclasses.replace(steel, heading=dataclasses.replace(steel.heading, version="01.00.010")),
            dataclasses.replace(steel, heading=heading(CO2, "CO2"), type=FlowType.ELEMENTARY),
        ),
        flow_properties=(
            FlowProperty(heading=heading(MASS, "Mass"), unit_group=Ref(MASS_UNITS, kind=Kind.UNIT_GROUP)),
            FlowProperty(heading=heading("p2"), unit_group=Ref("g2", kind=Kind.UNIT_GROUP)),
        ),
        unit_groups=(
            UnitGroup(
                heading=heading(MASS_UNITS, "Units of mass"),
                units=(Unit(id="0", name="kg", factor=1.0), Unit(id="1", name="t", factor=1000.0)),
                reference="0",
            ),
            UnitGroup(heading=heading("g2"), units=(Unit(id="0", name="MJ", factor=1.0),), reference="0"),
        ),
        processes=(
            Process(
                heading=heading(PROCESS, "plant", uri="http://x"),
                exchanges=(
                    product(STEEL, 3.0, reference=True),
                    Exchange(
                        id="7",
                        flow=Ref(CO2),
                        direction=Direction.OUTPUT,
                        amount=6.0,
                        variable="k",
                        mean=2.0,
                        spread=Spread(shape=Shape.LOGNORMAL, scale=0.25),
                    ),
                    product(COAL, 1.0, reminder=True),
                ),
                parameters=(Parameter(name="k", value=3.0),),
                allocations=(
                    AllocationShare(product=f"x-{STEEL}", share=0.7, exchange="7"),
                    AllocationShare(product="nobody", share=0.7),
                ),
                documentation=Documentation(licence="free", generators=(Ref("a"), Ref("b"))),
                production_volume=5.0,
                extras=(Extra("ilcd", "common:other", "<x/>"),),
            ),
        ),
        impact_categories=(
            ImpactCategory(
                heading=heading(CATEGORY),
                method="EF",
                unit_property=mass,
                factors=(
                    CharacterisationFactor(flow=Ref(CO2), value=1.0, direction=Direction.OUTPUT),
                    CharacterisationFactor(flow=Ref(CO2), value=-1.0, direction=Direction.INPUT),
                    CharacterisationFactor(flow=Ref(CO2), value=2.0, location="CN"),
                ),
            ),
        ),
        locations=(Location(heading=heading("cn", "China"), code="CN"),),
    )


def test_amounts_without_unit_get_the_reference_unit() -> None:
    entries = put(ilcd_like())
    check_references(entries)
    plant = one_of(entries, "processes")
    first, second = plant["exchanges"]
    assert (first["amount"], first["unit"]["name"], first["flowProperty"]["@id"]) == (3.0, "kg", MASS)
    assert (second["internalId"], second["amountFormula"]) == (7, "2.0*k")
    assert second["uncertainty"]["geomSd"] == pytest.approx(1.2840254166877414)
    assert plant["defaultAllocationMethod"] == "CAUSAL_ALLOCATION"
    assert plant["allocationFactors"][0]["exchange"]["internalId"] == 7
    units = [unit["@id"] for name, one in entries.items() if name[:4] == "unit" for unit in one["units"]]
    assert len(set(units)) == 3


def test_what_is_lost_is_told() -> None:
    ledger = dump(ilcd_like()).ledger
    told = {(reason.kind, reason.code): reason.number for reason in ledger.reasons}
    assert told[Kind.FLOW, "older-version"] == 1
    assert told[Kind.FIELD, "other-language"] == 1
    assert told[Kind.EXCHANGE, "reminder"] == 1
    assert told[Kind.ALLOCATION, "no-co-product"] == 1
    assert told[Kind.ALLOCATION, "unstated-method"] == 1
    assert told[Kind.FACTOR, "no-direction-of-factors"] == 2  # 1 emitted, -1 taken in: one factor there
    assert told[Kind.FIELD, "other-format"] == 1
    lost = {str(reason.why.en) for reason in ledger.reasons if reason.code == "no-place"}
    assert {"uri", "licence", "generators", "production_volume"} == {
        each.split("“")[1].rstrip("”") for each in lost
    }


def directed(*factors: tuple[Direction | None, float]) -> tuple[dict[str, Any], dict[str, int]]:
    """The category written for factors of one flow, and how many factors carry which remark."""
    category = ImpactCategory(
        heading=heading(CATEGORY),
        unit="kg",
        factors=tuple(
            CharacterisationFactor(flow=Ref(CO2), value=value, direction=side) for side, value in factors
        ),
    )
    made = dump(dataclasses.replace(ilcd_like(), impact_categories=(category,)))
    assert made.ledger.balanced
    remarks = {each.code: each.number for each in made.ledger.reasons if each.kind is Kind.FACTOR}
    return one_of(written(made.content), "lcia_categories"), remarks


@pytest.mark.parametrize(
    ("factors", "direction", "values", "remarks"),
    [
        ([(Direction.OUTPUT, 1.0)], "OUTPUT", [1.0], {}),
        ([(Direction.INPUT, 2.0)], "INPUT", [2.0], {}),
        ([(None, 2.0)], None, [2.0], {}),
        (
            [(Direction.OUTPUT, 1.0), (Direction.INPUT, -1.0)],
            None,
            [1.0],
            {"no-direction-of-factors": 2},
        ),
        (
            [(Direction.OUTPUT, 1.0), (Direction.INPUT, 1.0)],
            None,
            [1.0],
            {"no-direction-of-factors": 1, "both-directions": 1},
        ),
    ],
)
def test_directions_of_factors(
    factors: list[tuple[Direction | None, float]],
    direction: str | None,
    values: list[float],
    remarks: dict[str, int],
) -> None:
    category, told = directed(*factors)
    assert category.get("direction") == direction
    assert [each["value"] for each in category["impactFactors"]] == values
    assert told == remarks


def test_methods_are_made_from_what_categories_say() -> None:
    entries = put(ilcd_like())
    method, category = one_of(entries, "lcia_methods"), one_of(entries, "lcia_categories")
    assert (method["name"], [one["@id"] for one in method["impactCategories"]]) == ("EF", [CATEGORY])
    assert category["refUnit"] == "kg"
    assert [one["value"] for one in category["impactFactors"]] == [1.0, 2.0]
    assert category["impactFactors"][1]["location"]["@id"] == "cn"


def test_the_newest_version_is_written() -> None:
    versions = [value["version"] for value in put(ilcd_like()).values() if value.get("@id") == STEEL]
    assert versions == ["01.00.010"]


def test_files_of_sources_go_where_openlca_looks() -> None:
    given = Package(
        sources=(Source(heading=heading("s"), files=("../external_docs/report 1.pdf",)),),
        files=(("external_docs/report 1.pdf", b"%PDF"), ("ILCD/readme.txt", b"read")),
    )
    entries = put(given)
    assert entries["sources/s.json"]["externalFile"] == "report 1.pdf"
    assert entries["bin/sources/s/report 1.pdf"] == b"%PDF"
    assert entries["ILCD/readme.txt"] == b"read"
    assert load(dump(given).content).package.sources[0].files == ("bin/sources/s/report 1.pdf",)


def test_models_of_numbered_instances_become_product_systems() -> None:
    base = names_as_ids().processes[0]
    mill = dataclasses.replace(base, heading=heading("mill"))
    model = LifeCycleModel(
        heading=heading(SYSTEM),
        instances=(
            ProcessInstance(id="1", process=Ref(base.heading.id), parameters=(("k", "2.5"),)),
            ProcessInstance(id="2", process=Ref("mill"), groups=("g",)),
            ProcessInstance(id="3", process=Ref("mill")),
        ),
        connections=(Connection(source="1", target="2", flow="steel"),),
        reference="2",
        groups=(("g", Wording.of("gate")),),
    )
    given = dataclasses.replace(names_as_ids(), processes=(base, mill), models=(model,))
    entries = put(given)
    system = one_of(entries, "product_systems")
    assert len(system["processes"]) == 2
    (link,) = system["processLinks"]
    assert link["exchange"]["internalId"] == 4
    assert (system["refExchange"]["internalId"], system["targetAmount"]) == (1, 1.0)
    assert system["targetUnit"]["@id"] == KG
    assert system["parameterSets"][0]["parameters"][0]["value"] == 2.5
    (group,) = system["analysisGroups"]
    assert (group["name"], [one["@id"] for one in group["processes"]]) == ("gate", ["mill"])
    again = load(dump(given).content).package.models[0]
    assert [(one.source, one.target, one.exchange) for one in again.connections] == [
        (system["processes"][0]["@id"], "mill", "4")
    ]


def test_several_references_are_told() -> None:
    rows = (product("a", unit="kg", reference=True), product("b", unit="kg", reference=True))
    given = Package(processes=(Process(heading=heading("p"), exchanges=rows),))
    entries = put(given)
    flags = [one["isQuantitativeReference"] for one in entries["processes/p.json"]["exchanges"]]
    assert flags == [True, False]
    assert dump(given).ledger.number("co-reference") == 1


def test_numbers_json_cannot_hold_are_left_out() -> None:
    rows = (product("a", float("nan"), unit="kg"), product("b", float("inf"), unit="kg"))
    given = Package(processes=(Process(heading=heading("p"), exchanges=rows),))
    assert all("amount" not in one for one in put(given)["processes/p.json"]["exchanges"])
    assert dump(given).ledger.number("not-a-number") == 2


def test_categories_are_paths() -> None:
    categories = (Category(("a/b", "c")), Category(("d",)))
    given = Package(processes=(Process(heading=heading("p", categories=categories)),))
    assert put(given)["processes/p.json"]["category"] == "a/b/c"
    ledger = dump(given).ledger
    assert (ledger.number("other-category"), ledger.number("category-slash")) == (1, 1)


def test_an_edited_field_goes_before_what_was_kept() -> None:
    loaded = load(
        package(
            {
                f"processes/{PROCESS}.json": process(
                    exchange(
                        1, STEEL, uncertainty={"distributionType": "LOG_NORMAL_DISTRIBUTION", "geomSd": 0}
                    )
                )
            }
        )
    )
    plant = loaded.package.processes[0]
    spread = Spread(shape=Shape.UNIFORM, low=1.0, high=2.0)
    edited = dataclasses.replace(plant.exchanges[0], spread=spread)
    given = dataclasses.replace(loaded.package, processes=(dataclasses.replace(plant, exchanges=(edited,)),))
    (row,) = one_of(put(given), "processes")["exchanges"]
    assert row["uncertainty"]["distributionType"] == "UNIFORM_DISTRIBUTION"


@pytest.mark.parametrize("method", [AllocationMethod.PHYSICAL, AllocationMethod.ECONOMIC])
def test_shares_of_the_whole_process(method: AllocationMethod) -> None:
    rows = (product("a", unit="kg", reference=True), product("b", unit="kg"))
    shares = tuple(AllocationShare(product=one.id, share=0.5, method=method) for one in rows)
    given = Package(
        processes=(
            Process(heading=heading("p"), exchanges=rows, allocations=shares, allocation_method=method),
        )
    )
    again = load(dump(given).content).package.processes[0]
    assert [(one.product, one.share, one.method) for one in again.allocations] == [
        ("1", 0.5, method),
        ("2", 0.5, method),
    ]
    assert again.allocation_method is method


def test_distributions_are_written_whole_or_not_at_all() -> None:
    whole = Spread(shape=Shape.LOGNORMAL, scale=0.5)
    half = Spread(shape=Shape.UNIFORM, low=1.0)
    rows = (product("a", 4.0, unit="kg", spread=whole), product("b", unit="kg", spread=half))
    given = Package(processes=(Process(heading=heading("p"), exchanges=rows),))
    first, second = put(given)["processes/p.json"]["exchanges"]
    assert first["uncertainty"]["geomMean"] == 4.0
    assert "uncertainty" not in second
    assert dump(given).ledger.number("spread-incomplete") == 1


def test_exchanges_of_unknown_flows_are_told() -> None:
    rows = (product("stranger"), product(""))
    given = Package(processes=(Process(heading=heading("p"), exchanges=rows),))
    (row,) = put(given)["processes/p.json"]["exchanges"]
    assert "unit" not in row
    ledger = dump(given).ledger
    assert (ledger.number("unwritten-flow"), ledger.number("no-flow")) == (1, 1)
