"""Reading SimaPro CSV: what each part of a file becomes, and that the account of it adds up."""

import math
from pathlib import Path

import pytest

from tests.formats.simapro.samples import (
    HEADER,
    LANDFILL,
    LIME,
    LISTS,
    METHOD,
    MILL,
    SCENARIO,
    STAGES,
    WHOLE,
    file,
    line_of,
)
from zuji.errors import FileRefused, InvalidInput
from zuji.formats.archive import write_archive
from zuji.formats.simapro import load
from zuji.model.lci.distributions import Shape
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.ledger import Outcome
from zuji.model.lci.package import Loaded, Package
from zuji.model.lci.processes import Direction, Exchange, Process, ProcessType
from zuji.model.lci.references import Kind


def loaded(text: str = WHOLE) -> Loaded:
    result = load(file(text))
    assert result.ledger.balanced
    return result


def process(package: Package, product: str) -> Process:
    return next(
        each
        for each in package.processes
        if any(str(one.flow.name) == product and one.reference for one in each.exchanges)
    )


def exchange(of: Process, name: str, number: int = 0) -> Exchange:
    return [each for each in of.exchanges if str(each.flow.name) == name][number]


def flow(package: Package, one: Exchange) -> Flow:
    return next(each for each in package.flows if each.heading.id == one.flow.id)


def codes(result: Loaded) -> dict[str, int]:
    found: dict[str, int] = {}
    for reason in result.ledger.reasons:
        found[reason.code] = found.get(reason.code, 0) + reason.number
    return found


def test_every_item_of_a_whole_file_is_counted() -> None:
    counts = loaded().ledger.counts
    assert {kind.value: count.read for kind, count in counts.items()} == {
        "file": 1,
        "process": 6,
        "exchange": 12 + 3 + 2 + 4 + 3 + 3,
        "parameter": 3 + 1 + 4,
        "allocation": 3,
        "field": 26 + 4 + 2 + 2 + 1 + 1 + 9 + 1 + 1,
        "impact_method": 1,
        "impact_category": 3,
        "factor": 6 + 2 + 3,
        "source": 1,
        "flow_property": 3,
        "unit_group": 3,
        "flow": 5,
    }


def test_a_clean_file_says_nothing_but_what_it_cannot_calculate() -> None:
    assert codes(loaded(HEADER + MILL + LANDFILL + LIME + SCENARIO + METHOD + LISTS)) == {}
    assert codes(loaded()) == {"simapro.scenario": 1}


def test_products_and_shares() -> None:
    mill = process(loaded().package, "Steel, hot rolled {CN}")
    steel, slag = (each for each in mill.exchanges if each.reference)
    assert (steel.amount, steel.unit, steel.direction) == (1000.0, "kg", Direction.OUTPUT)
    assert slag.amount == 150.5
    # grid_factor is the database's, computed with the grid of the database
    assert [share.share for share in mill.allocations] == pytest.approx([0.9, 0.1])
    assert mill.allocations[0].formula == "(main_share)/100"
    assert [share.product for share in mill.allocations] == [steel.id, slag.id]


def test_expressions_and_parameters() -> None:
    package = loaded().package
    mill = process(package, "Steel, hot rolled {CN}")
    assert {each.name: each.value for each in mill.parameters} == pytest.approx(
        {"yield": 1.05, "Loss": 0.1, "main_share": 90.0}
    )
    assert [each.hidden for each in mill.parameters] == [False, True, False]
    scrap = exchange(mill, "Scrap")
    assert scrap.amount == pytest.approx(1.155)
    assert scrap.formula == "yield*1.1"
    power = exchange(mill, "Electricity, medium voltage {CN}")
    assert power.amount == 400.0
    assert power.formula == "Iff(yield > 1, 400, 450.5)"
    assert [(each.name, each.value) for each in package.parameters] == [
        ("grid", 0.5),
        ("grid_factor", 1.0),
        ("grid", 0.25),
        ("grid_squared", 0.0625),
    ]


def test_uncertainty() -> None:
    mill = process(loaded().package, "Steel, hot rolled {CN}")
    scrap = exchange(mill, "Scrap").spread
    assert scrap is not None
    assert scrap.shape is Shape.LOGNORMAL
    # the first number is the square of the geometric standard deviation
    assert math.exp(scrap.scale or 0) ** 2 == pytest.approx(1.5)
    assert scrap.pedigree == (1, 2, 3, 0, 5)
    lime = exchange(mill, "Lime, at plant {CN}").spread
    assert lime is not None
    # the first number is twice the standard deviation
    assert (lime.shape, lime.scale) == (Shape.NORMAL, 3.0)
    ore = exchange(mill, "Iron ore").spread
    assert ore is not None
    assert (ore.shape, ore.low, ore.high) == (Shape.TRIANGULAR, 2.0, 5.0)
    water = exchange(mill, "Water, river").spread
    assert water is not None
    assert (water.shape, water.low, water.high) == (Shape.UNIFORM, 10.0, 15.0)
    assert exchange(mill, "COD").spread is None
    parameter = mill.parameters[0].spread
    assert parameter is not None
    assert parameter.scale == pytest.approx(math.log(1.1))


@pytest.mark.parametrize(
    "cells",
    [
        "Lognormal;0,5;0;0",
        "Lognormal;1;0;0",
        "Normal;-1;0;0",
        "Triangle;0;5;2",
        "Weibull;1;2;3",
        "Uniform;x;0;1",
    ],
)
def test_an_uncertainty_that_means_nothing_is_kept_and_told(cells: str) -> None:
    result = loaded(HEADER + MILL.replace("Lognormal;1,5;0;0", cells) + LISTS)
    assert codes(result) == {"simapro.uncertainty": 1}
    (reason,) = result.ledger.reasons
    assert reason.outcome is Outcome.DEFAULTED
    assert reason.places[0].row == line_of(HEADER + MILL, "Scrap;")


def test_directions_and_providers() -> None:
    package = loaded().package
    mill = process(package, "Steel, hot rolled {CN}")
    landfill = process(package, "Dust to landfill {CN}")
    lime = process(package, "Lime, at plant {CN}")
    assert exchange(mill, "Lime, at plant {CN}").direction is Direction.INPUT
    assert exchange(mill, "Lime, at plant {CN}").provider == exchange(mill, "Lime, at plant {CN}").provider
    provider = exchange(mill, "Lime, at plant {CN}").provider
    assert provider is not None
    assert provider.id == lime.heading.id
    dust = exchange(mill, "Dust to landfill {CN}")
    assert dust.direction is Direction.OUTPUT
    assert flow(package, dust).type is FlowType.WASTE
    assert dust.provider is not None
    assert dust.provider.id == landfill.heading.id
    treated = exchange(landfill, "Dust to landfill {CN}")
    assert (treated.direction, treated.reference) == (Direction.INPUT, True)
    gravel = exchange(mill, "Gravel /RER")
    assert gravel.avoided
    assert gravel.provider is None
    assert exchange(mill, "Water, river").direction is Direction.INPUT
    assert exchange(mill, "COD").direction is Direction.OUTPUT


def test_elementary_flows_are_told_apart_by_compartment() -> None:
    package = loaded().package
    mill = process(package, "Steel, hot rolled {CN}")
    high, plain = (exchange(mill, "Carbon dioxide, fossil", number) for number in (0, 1))
    low = exchange(process(package, "Lime, at plant {CN}"), "Carbon dioxide, fossil")
    assert [flow(package, each).compartment for each in (high, plain, low)] == [
        ("Emissions to air", "high. pop."),
        ("Emissions to air",),
        ("Emissions to air", "low. pop."),
    ]
    assert {flow(package, each).cas for each in (high, plain, low)} == {"000124-38-9"}
    # grams and kilograms of one substance are one flow
    assert (plain.unit, plain.amount) == ("g", 5.0)
    assert flow(package, plain).reference == flow(package, high).reference


def test_units_convert() -> None:
    package = loaded().package
    factors = {unit.name: unit.factor for group in package.unit_groups for unit in group.units}
    assert factors["kWh"] == 3.6
    assert factors["mg"] == 1e-6
    # p is used and not listed
    assert [str(each.heading.name) for each in package.flow_properties] == [
        "Mass",
        "Energy",
        "Volume",
        "Amount",
    ]


def test_documentation() -> None:
    mill = process(loaded().package, "Steel, hot rolled {CN}")
    assert str(mill.heading.name) == "Steel mill, electric"
    assert mill.location == "CN"
    assert mill.heading.categories[0].path == ("Metals", "Ferrous")
    assert str(mill.heading.comment) == "first line\nsecond line"
    assert mill.heading.changed == "01.02.2024"
    about = mill.documentation
    assert (str(about.time), str(about.geography)) == ("2020-2024", "China, Sichuan")
    assert str(about.technology) == "Average technology"
    assert str(about.collection) == "questionnaire"
    assert str(about.method) == "by mass"
    assert str(about.reviews[0].details) == "checked by a third party"
    assert about.documentor is not None
    assert str(about.documentor.name) == "data entry by: Li"
    assert [str(source.name) for source in about.sources] == ["Handbook of steel", "Yearbook"]
    kept = {extra.place: extra.content for extra in mill.extras}
    assert kept["Representativeness"] == '[["Data from a specific process and company"]]'
    assert kept["System description"] == '[["Mills", "national"]]'
    assert "Capital goods" not in kept
    assert process(loaded().package, "Dust to landfill {CN}").type is ProcessType.RESULT


def test_literature() -> None:
    package = loaded().package
    (source,) = package.sources
    assert source.citation == "Zhang et al., 2019"
    assert source.url == "https://example.org/steel"
    mill = process(package, "Steel, hot rolled {CN}")
    assert mill.documentation.sources[0].id == source.heading.id


@pytest.mark.parametrize(
    ("name", "location"),
    [
        ("Steel {CN}| market for | Cut-off, U", "CN"),
        ("Steel {Europe without Switzerland}", "Europe without Switzerland"),
        ("Wheat, at farm//[FR] market", "FR"),
        ("Gravel, at mine/RER U", "RER"),
        ("Gravel, at mine/CN-SC", "CN-SC"),
        ("Gravel, per m/s", ""),
        ("Steel", ""),
    ],
)
def test_places_in_names(name: str, location: str) -> None:
    text = LIME.replace("Lime, at plant {CN}", name)
    assert loaded(HEADER + text).package.processes[0].location == location


def test_a_waste_scenario_splits_what_it_takes() -> None:
    scenario = process(loaded().package, "Dust, all ways {CN}")
    amounts = {str(each.flow.name): each.amount for each in scenario.exchanges}
    assert amounts == pytest.approx(
        {
            "Dust, all ways {CN}": 2.0,
            "Dust to recycling {CN}": 0.8,
            "Dust to landfill {CN}": 2 * 0.6 * 0.75,
            "Dust to incineration {CN}": 2 * 0.6 * 0.25,
        }
    )
    assert not any(each.reminder for each in scenario.exchanges)


def test_a_waste_scenario_by_type_of_waste_is_listed_only() -> None:
    text = SCENARIO.replace("All waste types;40", "Steel;40")
    scenario = loaded(HEADER + text).package.processes[0]
    parts = [each for each in scenario.exchanges if not each.reference]
    assert [each.amount for each in parts] == [None, None, None]
    assert all(each.reminder for each in parts)


def test_product_stages() -> None:
    package = loaded().package
    machine = process(package, "Machine")
    steel = exchange(machine, "Steel, hot rolled {CN}")
    assert steel.amount == 100.0
    assert steel.provider is not None
    life = process(package, "Life of a machine")
    assert exchange(life, "Machine").provider is not None
    assert exchange(life, "Dust, all ways {CN}").reminder


def test_a_service_among_materials_and_a_product_among_wastes_follow_who_makes_them() -> None:
    text = MILL.replace(
        "Waste to treatment\nDust to landfill {CN}", "Waste to treatment\nLime, at plant {CN}"
    )
    text = text.replace("Materials/fuels\n", "Materials/fuels\nDust to landfill {CN};kg;1;Undefined;0;0;0;\n")
    mill = process(loaded(HEADER + text + LANDFILL + LIME).package, "Steel, hot rolled {CN}")
    assert exchange(mill, "Dust to landfill {CN}").direction is Direction.OUTPUT
    assert exchange(mill, "Lime, at plant {CN}", 1).direction is Direction.INPUT


# What is wrong, missing or unknown


def test_an_expression_that_fails_leaves_no_number() -> None:
    result = loaded(HEADER + MILL.replace("yield*1,1", "nowhere*1,1") + LISTS)
    scrap = exchange(process(result.package, "Steel, hot rolled {CN}"), "Scrap")
    assert scrap.amount is None
    assert scrap.formula == "nowhere*1.1"
    (reason,) = result.ledger.reasons
    assert (reason.kind, reason.code) == (Kind.EXCHANGE, "formula.unknown_name")
    assert reason.places[0].row == line_of(HEADER + MILL, "Scrap;")
    assert reason.places[0].column == "Materials/fuels"


def test_parameters_in_a_circle_lose_their_number_and_no_other() -> None:
    text = MILL.replace("Loss;0,1;", "Loss;main_share;")
    result = loaded(HEADER + text + LISTS)
    mill = process(result.package, "Steel, hot rolled {CN}")
    assert {each.name: each.value for each in mill.parameters} == {
        "yield": 1.05,
        "Loss": None,
        "main_share": None,
    }
    assert exchange(mill, "Scrap").amount == pytest.approx(1.155)
    assert result.ledger.number("formula.cycle") >= 1


def test_shares_that_do_not_add_up_are_told() -> None:
    text = LIME.replace("kg;1;100;", "kg;1;90;")
    result = loaded(HEADER + text)
    assert codes(result) == {"simapro.shares": 1}
    assert result.package.processes[0].allocations[0].share == 0.9


def test_two_processes_with_one_product_leave_the_provider_open() -> None:
    result = loaded(HEADER + MILL + LIME + LIME + LISTS)
    assert codes(result) == {"simapro.product.twice": 2}
    mill = process(result.package, "Steel, hot rolled {CN}")
    assert exchange(mill, "Lime, at plant {CN}").provider is None
    assert len({each.heading.id for each in result.package.processes}) == 3


def test_unknown_labels_and_blocks_are_kept() -> None:
    text = LIME.replace("Products\n", "Colour\ngrey\x7fwhite;dull\n\nProducts\n")
    text += "\nColours\ngrey;1;2\nwhite\n\nEnd\n"
    result = loaded(HEADER + text)
    assert codes(result) == {"simapro.label.unknown": 1, "simapro.block.unknown": 1}
    kept = {extra.place: extra.content for extra in result.package.processes[0].extras}
    assert kept["Colour"] == r'[["grey\nwhite", "dull"]]'
    assert ("block:Colours", '[["grey", "1", "2"], ["white"]]') in {
        (extra.place, extra.content) for extra in result.package.extras
    }


def test_a_label_is_a_value_right_below_a_label() -> None:
    text = LIME.replace("Category type\nmaterial\n", "Category type\nmaterial\n\nComment\nProducts\n")
    lime = loaded(HEADER + text).package.processes[0]
    assert str(lime.heading.comment) == "Products"
    assert len(lime.exchanges) == 2


def test_blocks_without_an_end() -> None:
    text = HEADER + MILL.replace("\nEnd\n", "\n") + LIME.replace("\nEnd\n", "\n") + "\nQuantities\nMass;Yes\n"
    result = loaded(text)
    assert len(result.package.processes) == 2
    assert str(result.package.flow_properties[0].heading.name) == "Mass"


@pytest.mark.parametrize("missing", ["{SimaPro 9", "{processes", "{CSV separator", "{Decimal"])
def test_a_missing_header_line_is_told_from_the_rest(missing: str) -> None:
    text = "\n".join(line for line in WHOLE.split("\n") if not line.startswith(missing))
    result = load(file(text), name="Mill")
    assert result.ledger.number("simapro.header.missing") == 1
    assert result.package.processes == loaded().package.processes


def test_no_header_at_all_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        load(file(LIME), name="lime.csv")
    assert caught.value.problems[0].code == "simapro.header"
    assert caught.value.problems[0].place.file == "lime.csv"


def test_a_translated_header() -> None:
    text = HEADER.replace("{processes}", "{processus}").replace("{Project: Mill}", "{Projet: Moulin}")
    package = loaded(text + LIME.replace("Category type\nmaterial", "Infrastructure\nOui")).package
    assert package.name == "Moulin"
    assert package.processes[0].infrastructure


@pytest.mark.parametrize("separator", [",", "\t"])
def test_other_separators(separator: str) -> None:
    name = {",": "Comma", "\t": "Tab"}[separator]
    header = HEADER.replace("CSV separator: Semicolon", f"CSV separator: {name}")
    header = header.replace("Decimal separator: ,", "Decimal separator: .")
    rows = LIME.replace("0,8", "0.8").replace("Lime, at plant {CN}", "Lime {CN}")
    rows = rows.replace("Carbon dioxide, fossil", '"Carbon dioxide, fossil"').replace(";", separator)
    package = loaded(header + rows).package
    assert exchange(package.processes[0], "Carbon dioxide, fossil").amount == 0.8


def test_quoted_cells() -> None:
    text = LIME.replace(
        "0,8;Undefined;0;0;0;", '0,8;Undefined;0;0;0;"a ""quoted"" word; a mark\nand a second line"'
    ).replace("Lime, at plant {CN}", 'Lime 3" {CN}')
    lime = loaded(HEADER + text).package.processes[0]
    assert str(lime.exchanges[1].comment) == 'a "quoted" word; a mark\nand a second line'
    assert str(lime.exchanges[0].flow.name) == 'Lime 3" {CN}'


def test_a_quotation_mark_without_end_is_refused_where_it_begins() -> None:
    text = HEADER + LIME.replace("Minerals;", 'Minerals;"no end')
    with pytest.raises(InvalidInput) as caught:
        load(file(text), name="lime.csv")
    assert caught.value.problems[0].place.row == line_of(text, "no end")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = HEADER + LIME.replace("Minerals", "Minéraux µ €")
    package = load(file(text, encoding)).package
    assert package.processes[0].heading.categories[0].path == ("Minéraux µ €",)


def test_chinese_names() -> None:
    package = load(file(HEADER + LIME.replace("Lime, at plant {CN}", "石灰 {CN}"), "utf-8")).package
    assert package.processes[0].heading.name.texts == (("zh", "石灰 {CN}"),)


def test_several_files_are_one_package(tmp_path: Path) -> None:
    parts = [
        ("mill.csv", file(HEADER + MILL)),
        ("others.csv", file(HEADER + LANDFILL + LIME + LISTS)),
        ("readme.txt", b"not SimaPro"),
    ]
    result = load(write_archive(parts), name="mill.zip")
    assert result.ledger.balanced
    mill = process(result.package, "Steel, hot rolled {CN}")
    assert exchange(mill, "Lime, at plant {CN}").provider is not None
    assert result.package.files == (("readme.txt", b"not SimaPro"),)
    for name, content in parts:
        (tmp_path / name).write_bytes(content)
    assert load(tmp_path, name="mill.zip").package == result.package


def test_a_zip_that_leads_outside_is_refused() -> None:
    content = write_archive([("a.csv", file())]).replace(b"a.csv", b"../ab")
    with pytest.raises(FileRefused):
        load(content, name="a.zip")


def test_the_same_names_in_two_files_are_the_same_flow() -> None:
    first, second = loaded(HEADER + LIME).package, loaded(HEADER + MILL + LISTS).package
    ids = {each.heading.id for each in first.flows} & {each.heading.id for each in second.flows}
    assert exchange(first.processes[0], "Lime, at plant {CN}").flow.id in ids


def test_amounts_of_a_file_with_points_and_with_commas_are_the_same() -> None:
    points = HEADER.replace("Decimal separator: ,", "Decimal separator: .")
    text = LIME.replace("0,8", "0.8")
    assert loaded(points + text).package.processes == loaded(HEADER + LIME).package.processes


def test_stage_blocks_alone() -> None:
    package = loaded(HEADER + STAGES).package
    assert [str(each.heading.name) for each in package.processes] == ["Machine", "Life of a machine"]


def test_method_alone() -> None:
    package = loaded(HEADER.replace("{processes}", "{methods}") + METHOD).package
    assert len(package.impact_categories) == 3
