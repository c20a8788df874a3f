"""What a reading gives: directions, amounts, references, allocation, and all that no noun holds."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from tests.formats.jsonld.packages import (
    CATEGORY,
    CO2,
    COAL,
    ENERGY,
    KG,
    KWH,
    MASS,
    MASS_UNITS,
    METHOD,
    MINE,
    MJ,
    PROCESS,
    SLAG,
    STEEL,
    SYSTEM,
    TONNE,
    exchange,
    flow,
    flows,
    package,
    process,
    ref,
    schema_1,
)
from zuji.errors import FileRefused
from zuji.formats.jsonld import dump, load
from zuji.model.lci.distributions import Shape
from zuji.model.lci.flows import FlowType
from zuji.model.lci.package import Loaded
from zuji.model.lci.processes import AllocationMethod, AllocationShare, Direction, Exchange
from zuji.model.lci.references import Extra, Kind


def read(entries: dict[str, Any], version: int | None = 5) -> Loaded:
    loaded = load(package(entries, version))
    assert loaded.ledger.balanced, {
        kind: count for kind, count in loaded.ledger.counts.items() if not count.balanced
    }
    return loaded


def read_exchange(**more: Any) -> tuple[Exchange, Loaded]:
    loaded = read({f"processes/{PROCESS}.json": process(exchange(1, STEEL, **more))})
    return loaded.package.processes[0].exchanges[0], loaded


def by_id(loaded: Loaded) -> dict[str, Exchange]:
    return {one.id: one for one in loaded.package.processes[0].exchanges}


def test_schema_1_keeps_directions_and_references() -> None:
    """Readers that know only the newer keys see neither inputs nor quantitative references here."""
    loaded = read(schema_1(), version=None)
    steel, coal, slag = loaded.package.processes[0].exchanges
    assert (steel.direction, coal.direction) == (Direction.OUTPUT, Direction.INPUT)
    assert [one.reference for one in (steel, coal, slag)] == [True, False, False]
    assert [one.avoided for one in (steel, coal, slag)] == [False, False, True]
    assert (steel.unit, steel.property, steel.amount) == (TONNE, MASS, 1.0)
    assert coal.quality == (2, 4, 2, 3, 1)
    assert coal.spread is not None
    assert coal.spread.base == pytest.approx(math.log(1.05))


def test_schema_1_is_upgraded() -> None:
    loaded = read(schema_1(), version=None)
    found = loaded.package
    plant = found.processes[0]
    assert plant.infrastructure
    assert plant.heading.categories[0].path == ("Metals", "Steel")
    assert plant.documentation.copyrighted is True
    (review,) = plant.documentation.reviews
    assert (str(review.details), review.reviewers[0].id) == ("looked at", "r1")
    assert plant.parameters[1].formula == "2*p"
    assert plant.allocations == (
        AllocationShare(product="1", share=0.7, method=AllocationMethod.CAUSAL, exchange="2"),
    )
    assert found.impact_categories[0].unit == "kg CO2-Eq"
    assert [one.name for one in found.impact_categories[0].parameters] == ["gwp"]
    assert found.impact_categories[0].factors[0].value == 28.0
    (weighting,) = found.impact_methods[0].weighting_sets
    assert (str(weighting.name), weighting.unit) == ("world", "pt")
    assert weighting.factors[0].category.id == CATEGORY
    assert (weighting.factors[0].normalisation, weighting.factors[0].weighting) == (8.1e3, 0.21)
    model = found.models[0]
    assert (model.reference, model.reference_exchange) == (PROCESS, "1")
    assert model.instances[0].parameters == (("p", "3.0"),)
    assert next(one for one in model.extras if one.place == "parameterSets")
    assert loaded.ledger.number("category-unused") == 1
    steel = next(one for one in found.flows if one.heading.id == STEEL)
    assert (steel.infrastructure, steel.reference) == (True, MASS)


def test_the_misspelt_key_of_openlcas_own_upgrade_is_read() -> None:
    parameters = [{"name": "p", "isIputParameter": False, "formula": "1+1", "value": 5.0}]
    entries = {
        f"lcia_categories/{CATEGORY}.json": {
            "@type": "ImpactCategory",
            "@id": CATEGORY,
            "parameters": parameters,
        }
    }
    loaded = read(entries)
    (parameter,) = loaded.package.impact_categories[0].parameters
    assert (parameter.formula, parameter.value, parameter.extras) == ("1+1", 2.0, ())


def test_old_keys_under_a_new_marker_are_read() -> None:
    loaded = read(schema_1(), version=5)
    assert [one.direction for one in loaded.package.processes[0].exchanges][1] is Direction.INPUT


def test_reference_data_that_the_package_leaves_out_is_built_in() -> None:
    loaded = read({f"processes/{PROCESS}.json": process(exchange(1, STEEL)), **flows()})
    found = loaded.package
    assert [str(one.heading.name) for one in found.flow_properties] == ["Mass"]
    (group,) = found.unit_groups
    assert group.heading.id == MASS_UNITS
    tonne, kilogram = group.unit(TONNE), group.unit("kg")
    assert tonne is not None
    assert (tonne.factor, kilogram and kilogram.id, group.reference) == (1000.0, KG, KG)
    assert loaded.ledger.number("built-in") == 2
    assert loaded.ledger.counts[Kind.UNIT_GROUP].defaulted == 1


def test_amounts_count_in_unit_and_property() -> None:
    """amount · unit.factor / property factor is the amount in the flow's reference unit (kWh of a fuel)."""
    fuel = flow(COAL, "coal")
    fuel["flowProperties"].append({"conversionFactor": 29.3, "flowProperty": ref("FlowProperty", ENERGY)})
    stated = exchange(1, COAL, 10.0, unit=ref("Unit", KWH), flowProperty=ref("FlowProperty", ENERGY))
    found = read({f"flows/{COAL}.json": fuel, f"processes/{PROCESS}.json": process(stated)}).package
    one = found.processes[0].exchanges[0]
    factor = next(each.amount for each in found.flows[0].properties if each.property.id == one.property)
    energy = next(each for each in found.flow_properties if each.heading.id == one.property)
    group = next(
        each for each in found.unit_groups if energy.unit_group and each.heading.id == energy.unit_group.id
    )
    unit = group.unit(one.unit)
    assert unit is not None
    assert one.amount is not None
    assert one.amount * unit.factor / factor == pytest.approx(10 * 3.6 / 29.3)


def test_amounts_without_unit_count_in_that_of_the_flow() -> None:
    stated = exchange(1, STEEL)
    del stated["unit"], stated["flowProperty"]
    one = read({f"processes/{PROCESS}.json": process(stated), **flows()}).package.processes[0].exchanges[0]
    assert (one.unit, one.property) == (KG, MASS)


def test_flows_of_references_alone_are_made() -> None:
    told = ref("Flow", CO2, "CO2", flowType="ELEMENTARY_FLOW", category="Elementary flows/air", refUnit="kg")
    one, loaded = read_exchange(flow=told)
    (made,) = loaded.package.flows
    assert (made.type, made.compartment, made.reference) == (FlowType.ELEMENTARY, ("air",), MASS)
    assert one.extras == ()
    assert loaded.ledger.number("flow-from-reference") == 1


def test_elementary_flows_are_in_compartments() -> None:
    found = read({**flows(), f"processes/{PROCESS}.json": process()}).package
    compartments = {one.heading.id: one.compartment for one in found.flows}
    assert compartments[CO2] == ("Emission to air", "unspecified")
    assert compartments[STEEL] == ()


@pytest.mark.parametrize("stated", [None, "x", 3])
def test_a_missing_direction_is_told(stated: Any) -> None:
    one, loaded = read_exchange(isInput=stated)
    assert one.direction is Direction.OUTPUT
    assert loaded.ledger.number("no-direction") == 1


def test_formulas_count_and_differences_are_told() -> None:
    parameters = [
        {"name": "P", "isInputParameter": True, "value": 3.0},
        {"name": "area ", "isInputParameter": False, "formula": "p^2", "value": 9.0 + 1e-12},
        {"name": "old", "isInputParameter": False, "formula": "area+g", "value": 1.0},
        {"name": "rests", "isInputParameter": True, "formula": "1/0", "value": 7.0},
        {"name": "broken", "isInputParameter": False, "formula": "nobody*2", "value": 5.0},
        {"name": "above", "isInputParameter": False, "formula": "broken+1", "value": 0.0},
    ]
    rows = [
        exchange(1, STEEL, 8.0, amountFormula="old-2"),
        exchange(2, COAL, 9.0, amountFormula="area"),
        exchange(3, SLAG, 4.0, amountFormula="nobody"),
        exchange(4, CO2, None, amountFormula="rests"),
    ]
    entries = {
        f"processes/{PROCESS}.json": process(*rows, parameters=parameters),
        "parameters/g.json": {
            "@type": "Parameter",
            "@id": "g",
            "name": "g",
            "value": 1.0,
            "isInputParameter": True,
        },
    }
    loaded = read(entries)
    plant = loaded.package.processes[0]
    values = {one.name: one.value for one in plant.parameters}
    assert values == {"P": 3.0, "area ": 9.0 + 1e-12, "old": 10.0, "rests": 7.0, "broken": 5.0, "above": 6.0}
    assert [one.amount for one in plant.exchanges] == [8.0, 9.0, 4.0, 7.0]
    assert loaded.ledger.number("formula-differs") == 2
    assert loaded.ledger.number("formula-failed") == 2
    rests = plant.parameters[3]
    assert (rests.formula, rests.extras) == ("", (Extra("jsonld", "formula", '"1/0"'),))


def test_allocation_of_all_three_methods() -> None:
    factors = [
        {"allocationType": f"{method}_ALLOCATION", "product": ref("Flow", id_), "value": value, **more}
        for method, id_, value, more in (
            ("PHYSICAL", STEEL, 0.8, {}),
            ("PHYSICAL", SLAG, 0.2, {}),
            ("ECONOMIC", STEEL, 0.95, {"formula": "1-0.05"}),
            ("CAUSAL", SLAG, 0.4, {"exchange": {"@type": "Exchange", "internalId": 7}}),
            ("CAUSAL", SLAG, 0.4, {"exchange": {"@type": "Exchange", "internalId": 99}}),
            ("PHYSICAL", MINE, 0.4, {}),
        )
    ]
    rows = (exchange(3, STEEL, isQuantitativeReference=True), exchange(5, SLAG), exchange(7, CO2))
    stated = process(*rows, allocationFactors=factors, defaultAllocationMethod="ECONOMIC_ALLOCATION")
    loaded = read({f"processes/{PROCESS}.json": stated, **flows()})
    plant = loaded.package.processes[0]
    assert plant.allocation_method is AllocationMethod.ECONOMIC
    assert [one.id for one in plant.exchanges if one.reference] == ["3"]
    assert plant.allocations == (
        AllocationShare(product="3", share=0.8, method=AllocationMethod.PHYSICAL),
        AllocationShare(product="5", share=0.2, method=AllocationMethod.PHYSICAL),
        AllocationShare(product="3", share=0.95, method=AllocationMethod.ECONOMIC, formula="1-0.05"),
        AllocationShare(product="5", share=0.4, method=AllocationMethod.CAUSAL, exchange="7"),
    )
    assert loaded.ledger.counts[Kind.ALLOCATION].dropped == 2
    kept = next(one for one in plant.extras if one.place == "allocationFactors")
    assert json.loads(kept.content) == factors[4:]


@pytest.mark.parametrize(
    ("stated", "shape", "centre", "scale", "low", "high"),
    [
        (
            {"distributionType": "LOG_NORMAL_DISTRIBUTION", "geomMean": 2.0, "geomSd": 1.2},
            Shape.LOGNORMAL,
            2.0,
            math.log(1.2),
            None,
            None,
        ),
        (
            {"distributionType": "NORMAL_DISTRIBUTION", "mean": 2.0, "sd": 0.3},
            Shape.NORMAL,
            2.0,
            0.3,
            None,
            None,
        ),
        (
            {"distributionType": "TRIANGLE_DISTRIBUTION", "minimum": 1, "mode": 2, "maximum": 4},
            Shape.TRIANGULAR,
            2.0,
            None,
            1.0,
            4.0,
        ),
        (
            {"distributionType": "UNIFORM_DISTRIBUTION", "minimum": 1, "maximum": 4},
            Shape.UNIFORM,
            None,
            None,
            1.0,
            4.0,
        ),
    ],
)
def test_uncertainty(stated: Any, shape: Shape, centre: Any, scale: Any, low: Any, high: Any) -> None:
    one, _ = read_exchange(uncertainty=stated)
    assert one.spread is not None
    assert (one.spread.shape, one.spread.centre, one.spread.scale) == (shape, centre, scale)
    assert (one.spread.low, one.spread.high) == (low, high)


@pytest.mark.parametrize(
    "stated",
    [
        {"distributionType": "LOG_NORMAL_DISTRIBUTION", "geomMean": 2.0, "geomSd": 0.0},
        {"distributionType": "NORMAL_DISTRIBUTION", "mean": 2.0, "sd": -1.0},
        {"distributionType": "TRIANGLE_DISTRIBUTION", "minimum": 5, "mode": 2, "maximum": 4},
        {"distributionType": "UNIFORM_DISTRIBUTION", "minimum": 5},
        {"distributionType": "GAMMA", "shape": 5},
    ],
)
def test_impossible_uncertainty_is_kept_but_not_used(stated: Any) -> None:
    one, loaded = read_exchange(uncertainty=stated)
    assert one.spread is None
    assert [(each.place, json.loads(each.content)) for each in one.extras] == [("uncertainty", stated)]
    assert loaded.ledger.number("uncertainty-incomplete") == 1


def test_unknown_keys_are_kept_where_they_were() -> None:
    row = exchange(1, STEEL, costFormula="1+2", myNote={"a": [1, None]}, dqEntry="unclear")
    documentation = {
        "flowCompleteness": [{"aspect": "x", "value": "y"}],
        "complianceDeclarations": [{"system": ref("Source", "s1"), "comment": "fine"}],
        "reviews": [{"reviewType": "t", "scopes": [{"name": "raw"}]}],
    }
    loaded = read(
        {
            f"processes/{PROCESS}.json": process(
                row, processDocumentation=documentation, dqSystem=ref("DQSystem", "d"), socialAspects=[{}]
            )
        }
    )
    plant = loaded.package.processes[0]
    assert {(one.place, one.content) for one in plant.exchanges[0].extras} == {
        ("costFormula", '"1+2"'),
        ("myNote", '{"a":[1,null]}'),
        ("dqEntry", '"unclear"'),
    }
    assert plant.exchanges[0].cost == 3.0
    assert {one.place for one in plant.extras} == {
        "dqSystem",
        "socialAspects",
        "processDocumentation/flowCompleteness",
        "processDocumentation/complianceDeclarations/0/comment",
    }
    assert [one.place for one in plant.documentation.reviews[0].extras] == ["scopes"]
    assert loaded.ledger.number("pedigree-unreadable") == 1


def test_wrongly_typed_values_are_kept_and_told() -> None:
    row = exchange(1, STEEL, amount=[1], description={"en": "x"}, internalId=1.5)
    loaded = read({f"processes/{PROCESS}.json": process(row) | {"tags": "a;b", "exchanges": [row, 5]}})
    one = loaded.package.processes[0].exchanges[0]
    assert one.amount is None
    assert {each.place for each in one.extras} == {"amount", "description", "internalId"}
    assert loaded.ledger.number("wrong-type") == 3
    assert loaded.ledger.number("wrong-item") == 1
    assert loaded.package.processes[0].heading.tags == ("a", "b")


def test_places_become_codes() -> None:
    china = "7efdfc94-655a-35dc-aa3e-c85e9bb703fa"
    one, loaded = read_exchange(location=ref("Location", china, "China"))
    assert one.location == "CN"
    assert loaded.ledger.number("built-in-place") == 1
    entries = {
        "locations/a.json": {
            "@type": "Location",
            "@id": "a",
            "name": "Shaanxi",
            "code": "CN-SN",
            "latitude": 35.2,
            "geometry": {"type": "Point"},
        },
        "locations/b.json": {"@type": "Location", "@id": "b", "name": "Here"},
        f"processes/{PROCESS}.json": process(location=ref("Location", "a")),
        f"processes/{MINE}.json": process(id_=MINE, location=ref("Location", "stranger", "There")),
    }
    found = read(entries).package
    assert [one.location for one in found.processes] == ["CN-SN", "There"]
    assert [one.code for one in found.locations] == ["CN-SN", "Here", "There"]


def test_providers_outside_the_package_keep_what_is_told_of_them() -> None:
    stranger = ref("Process", MINE, "mine", category="Mining", library="lib 1")
    one, _ = read_exchange(defaultProvider=stranger)
    assert one.provider is not None
    assert (one.provider.id, str(one.provider.name), one.provider.kind) == (MINE, "mine", Kind.PROCESS)
    assert [(each.place, json.loads(each.content)) for each in one.extras] == [("defaultProvider", stranger)]


def test_product_systems() -> None:
    system = {
        "@type": "ProductSystem",
        "@id": SYSTEM,
        "refProcess": ref("Process", PROCESS, "steel making"),
        "refExchange": {"internalId": 1},
        "targetAmount": 2.0,
        "targetUnit": ref("Unit", TONNE),
        "targetFlowProperty": ref("FlowProperty", MASS),
        "processes": [ref("Process", PROCESS), ref("Result", "r")],
        "processLinks": [
            {
                "provider": ref("Process", MINE, "mine"),
                "flow": ref("Flow", COAL),
                "process": ref("Process", PROCESS),
                "exchange": {"internalId": 2},
            },
            {"provider": ref("Process", MINE, "mine"), "process": ref("Process", PROCESS)},
        ],
        "analysisGroups": [{"name": "own", "color": "#ff0000", "processes": [ref("Process", PROCESS)]}],
        "cutoff": 1e-5,
    }
    loaded = read({f"product_systems/{SYSTEM}.json": system})
    (model,) = loaded.package.models
    assert [(one.id, one.process.kind, one.groups) for one in model.instances] == [
        (PROCESS, Kind.PROCESS, ("own",)),
        ("r", Kind.RESULT, ()),
        (MINE, Kind.PROCESS, ()),
    ]
    (link,) = model.connections
    assert (link.source, link.target, link.flow, link.exchange) == (MINE, PROCESS, COAL, "2")
    assert (model.reference, model.reference_exchange, model.target_amount) == (PROCESS, "1", 2.0)
    assert (model.target_unit, model.target_property) == (TONNE, MASS)
    assert {one.place for one in model.extras} == {"cutoff", "processLinks", "analysisGroups/0/color"}
    assert loaded.ledger.number("link-incomplete") == 1


def test_kinds_without_a_noun_and_files_stay_as_they_are() -> None:
    kept = {
        f"{folder}/x.json": {"@type": type_, "@id": "x", "name": "kept", "odd": 1.50}
        for folder, type_ in (
            ("currencies", "Currency"),
            ("dq_systems", "DQSystem"),
            ("epds", "Epd"),
            ("projects", "Project"),
            ("results", "Result"),
            ("social_indicators", "SocialIndicator"),
        )
    }
    files = {
        "bin/sources/s/report.pdf": b"%PDF",
        "bin/processes/p/data.json": b"{not json",
        "LICENSE.txt": b"CC0",
    }
    source = {
        "@type": "Source",
        "@id": "s",
        "externalFile": "report.pdf",
        "year": 2024,
        "textReference": "Someone 2024",
    }
    loaded = read({**kept, **files, "sources/s.json": source})
    assert {one.place: json.loads(one.content) for one in loaded.package.extras} == kept
    assert dict(loaded.package.files) == files
    (found,) = loaded.package.sources
    assert (found.files, found.year, found.citation) == (("bin/sources/s/report.pdf",), 2024, "Someone 2024")
    assert loaded.ledger.counts[Kind.FILE].mapped == len(kept) + len(files) + 2


def test_broken_files_are_told_and_the_rest_is_read() -> None:
    entries = {
        **flows(),
        "flows/broken.json": b'{"@type": "Flow",',
        "flows/copy.json": flow(STEEL, "steel again"),
        "flows/nameless.json": {"@type": "Flow", "name": "nameless", "flowType": "WASTE_FLOW"},
    }
    loaded = read(entries)
    assert {one.heading.id for one in loaded.package.flows} == {STEEL, SLAG, COAL, CO2, "nameless"}
    assert [path for path, _ in loaded.package.files] == ["flows/broken.json", "flows/copy.json"]
    reasons = {one.code: one for one in loaded.ledger.reasons}
    assert reasons["not-json"].places[0].row == 1
    assert reasons["second-of-its-id"].number == reasons["no-id"].number == 1


def test_nan_says_nothing() -> None:
    stated = json.dumps(process(exchange(1, STEEL, float("nan"), description="NaN \\ NaN")))
    loaded = load(package({f"processes/{PROCESS}.json": stated.encode()}))
    (one,) = loaded.package.processes[0].exchanges
    assert (one.amount, str(one.comment)) == (None, "NaN \\ NaN")
    assert loaded.ledger.balanced
    assert loaded.ledger.number("nan") == 1


@pytest.mark.parametrize("root", ["", "export/", "a/b/"])
def test_a_root_folder_is_no_matter(root: str) -> None:
    entries = {f"{root}{name}": value for name, value in {**flows(), "bin/flows/x/y.txt": b"z"}.items()}
    loaded = read(
        {**entries, f"{root}openlca.json": {"schemaVersion": 5, "libraries": [{"id": "lib"}]}}, None
    )
    assert len(loaded.package.flows) == 4
    assert loaded.package.files == (("bin/flows/x/y.txt", b"z"),)
    assert loaded.package.extras == (Extra("jsonld", "openlca.json#/libraries", '[{"id":"lib"}]'),)


def test_a_folder_and_a_single_file_are_read(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    file = tmp_path / "flows" / f"{STEEL}.json"
    file.write_text(json.dumps(flow(STEEL, "steel")))
    assert load(tmp_path).package.flows == load(file).package.flows
    assert load(file.read_bytes()).package.flows[0].heading.id == STEEL


@pytest.mark.parametrize("content", [b"", b"{}", b"no json", b'{"@type": "Nothing"}'])
def test_what_is_no_package_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        load(content)


def test_chinese_texts_are_known_as_chinese() -> None:
    loaded = read({"flows/a.json": flow("a", "钢坯"), "flows/b.json": flow("b", "steel")})
    assert [one.heading.name.texts for one in loaded.package.flows] == [(("zh", "钢坯"),), (("en", "steel"),)]


def test_methods_and_factors() -> None:
    factors = [
        {
            "flow": ref("Flow", CO2),
            "value": 1.0,
            "unit": ref("Unit", TONNE),
            "flowProperty": ref("FlowProperty", MASS),
            "location": ref("Location", "l", "L"),
            "note": 1,
        },
        {"value": 3.0},
        {"flow": ref("Flow", COAL), "value": 4.0},
    ]
    entries = {
        **flows(),
        f"lcia_categories/{CATEGORY}.json": {
            "@type": "ImpactCategory",
            "@id": CATEGORY,
            "direction": "OUTPUT",
            "code": "GWP",
            "impactFactors": factors,
        },
        f"lcia_methods/{METHOD}.json": {
            "@type": "ImpactMethod",
            "@id": METHOD,
            "impactCategories": [ref("ImpactCategory", CATEGORY)],
        },
    }
    loaded = read(entries)
    (category,) = loaded.package.impact_categories
    first, second = category.factors
    assert (first.value, first.unit, first.property, first.location) == (1.0, TONNE, MASS, "L")
    assert (second.unit, second.property) == (KG, MASS)
    assert {one.place for one in category.extras} == {"code", "impactFactors"}
    assert category.direction is Direction.OUTPUT
    assert loaded.ledger.counts[Kind.FACTOR].dropped == 1
    assert loaded.package.impact_methods[0].categories[0].id == CATEGORY


@pytest.mark.parametrize(
    ("stated", "direction", "kept"),
    [("INPUT", Direction.INPUT, set()), (None, None, set()), ("UPWARD", None, {"direction"})],
)
def test_the_direction_a_category_counts(
    stated: str | None, direction: Direction | None, kept: set[str]
) -> None:
    category = {"@type": "ImpactCategory", "@id": CATEGORY, "direction": stated, "impactFactors": []}
    loaded = read({f"lcia_categories/{CATEGORY}.json": category})
    (found,) = loaded.package.impact_categories
    assert found.direction is direction
    assert {one.place for one in found.extras} == kept
    assert load(dump(loaded.package).content).package.impact_categories == loaded.package.impact_categories


def test_amounts_that_cannot_be_converted_are_told() -> None:
    _, loaded = read_exchange(unit=ref("Unit", MJ, "MJ"))
    assert loaded.ledger.number("unknown-unit") == 1
    rows = exchange(1, STEEL, unit=ref("Unit", MJ), flowProperty=ref("FlowProperty", ENERGY))
    loaded = read({f"processes/{PROCESS}.json": process(rows), **flows()})
    assert loaded.ledger.number("foreign-property") == 1
