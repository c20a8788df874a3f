"""Reading ILCD: what the elements mean, and that the ledger accounts for all of them."""

import io
import math
import zipfile
from pathlib import Path

import pytest

from tests.formats.ilcd import documents as doc
from zuji.errors import FileRefused, InvalidInput
from zuji.formats.ilcd import dump, load
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import FlowType
from zuji.model.lci.package import Loaded
from zuji.model.lci.processes import AllocationShare, Direction, Exchange, ProcessType
from zuji.model.lci.references import Kind


def read(*exchanges: str, **parts: str) -> Loaded:
    loaded = load(doc.package(processes=[doc.process("".join(exchanges), **parts)]))
    assert loaded.ledger.balanced, loaded.ledger.counts
    return loaded


def only(loaded: Loaded) -> Exchange:
    [exchange] = loaded.package.processes[0].exchanges
    return exchange


def test_a_process_reads_with_names_type_and_reference_flow() -> None:
    loaded = read(doc.exchange(0), doc.exchange(1, doc.CO2))
    [process] = loaded.package.processes
    assert process.heading.identity == (doc.FURNACE, "01.00.000")
    assert process.heading.name.texts == (("zh", "炼钢炉"), ("en", "furnace"))
    assert process.name_parts[0][0] == "mixAndLocationTypes"
    assert str(process.name_parts[0][1]) == "at plant"
    assert process.type is ProcessType.BLACK_BOX
    assert [exchange.reference for exchange in process.exchanges] == [True, False]
    assert process.exchanges[1].flow.name.in_language("en") == "flow 2222"
    assert loaded.ledger.counts[Kind.EXCHANGE].mapped == 2
    assert loaded.format == "ilcd"


def test_the_amount_is_the_resulting_one_else_the_mean_else_none() -> None:
    both = "<meanAmount>2</meanAmount><resultingAmount>6</resultingAmount>"
    loaded = read(
        doc.exchange(0, amount="", before=both),
        doc.exchange(1, amount="", before="<meanAmount>1.5e-3</meanAmount>"),
        doc.exchange(2, amount=""),
        doc.exchange(3, amount="", before="<meanAmount>1,5</meanAmount>"),
    )
    exchanges = loaded.package.processes[0].exchanges
    assert [one.amount for one in exchanges] == [6.0, 0.0015, None, None]
    assert exchanges[0].mean == 2.0
    # "1,5" is not guessed; it stays with the exchange as it was written
    assert ">1,5<" in exchanges[3].extras[0].content
    assert loaded.ledger.number("ilcd.no-amount") == 2


def test_a_wrong_reference_id_is_told_and_nothing_is_guessed() -> None:
    loaded = read(doc.exchange(0), reference="<referenceToReferenceFlow>9</referenceToReferenceFlow>")
    assert not loaded.package.processes[0].exchanges[0].reference
    assert loaded.ledger.number("ilcd.reference-flow") == 1
    assert loaded.ledger.number("ilcd.no-reference") == 1


def test_several_reference_flows_all_count() -> None:
    several = "".join(f"<referenceToReferenceFlow>{n}</referenceToReferenceFlow>" for n in (0, 2))
    loaded = read(*(doc.exchange(n) for n in range(3)), reference=several)
    assert [one.reference for one in loaded.package.processes[0].exchanges] == [True, False, True]


def test_a_zero_reference_amount_is_kept_and_told() -> None:
    loaded = read(doc.exchange(0, amount="0.0"))
    assert only(loaded).amount == 0
    assert loaded.ledger.number("ilcd.zero-reference") == 1


@pytest.mark.parametrize(
    ("stated", "spread"),
    [
        # GSD 1.2: the field holds its square
        (("log-normal", "1.44", "", ""), Spread(shape=Shape.LOGNORMAL, scale=pytest.approx(math.log(1.2)))),
        # a standard deviation of 5: the field holds twice that
        (("normal", "10", "", ""), Spread(shape=Shape.NORMAL, scale=5.0)),
        (("triangular", "", "1", "4"), Spread(shape=Shape.TRIANGULAR, low=1.0, high=4.0)),
        (("uniform", "", "1", "4"), Spread(shape=Shape.UNIFORM, low=1.0, high=4.0)),
        (("undefined", "", "1", "4"), Spread(low=1.0, high=4.0)),
        (("log-normal", "", "", ""), Spread(shape=Shape.LOGNORMAL)),
        (("undefined", "", "", ""), None),
    ],
)
def test_uncertainty_means_what_ilcd_says(stated: tuple[str, ...], spread: Spread | None) -> None:
    kind, deviation, low, high = stated
    after = "".join(
        f"<{name}>{value}</{name}>"
        for name, value in (
            ("minimumAmount", low),
            ("maximumAmount", high),
            ("uncertaintyDistributionType", kind),
            ("relativeStandardDeviation95In", deviation),
        )
        if value
    )
    assert only(read(doc.exchange(after=after))).spread == spread


def test_openlca_writes_the_deviation_itself() -> None:
    after = (
        "<uncertaintyDistributionType>log-normal</uncertaintyDistributionType>"
        "<relativeStandardDeviation95In>1.2</relativeStandardDeviation95In>"
    )
    spread = only(read(doc.exchange(after=after, attributes='olca:amount="1.0"'))).spread
    assert spread is not None
    assert spread.scale == pytest.approx(math.log(1.2))


def test_openlcas_own_amount_goes_before_the_resulting_one_and_a_contradiction_is_told() -> None:
    energy = f"""<flowProperty dataSetInternalID="1">
      <referenceToFlowPropertyDataSet type="flow property data set" refObjectId="{doc.ENERGY}"/>
      <meanValue>40</meanValue></flowProperty>"""
    mj = '<unit dataSetInternalID="0"><name>MJ</name><meanValue>1</meanValue></unit>'
    # 80 MJ of a flow with 40 MJ/kg are 2 kg; openLCA multiplies instead and writes 3200
    bad = doc.exchange(0, amount="3200", attributes=f'olca:amount="80" olca:propertyId="{doc.ENERGY}"')
    good = doc.exchange(1, amount="2", attributes=f'olca:amount="80" olca:propertyId="{doc.ENERGY}"')
    tonnes = doc.exchange(2, amount="3000", attributes='olca:amount="3" olca:unitId="t-id"')
    loaded = load(
        doc.package(
            processes=[doc.process(bad + good + tonnes)],
            flows=[doc.flow(properties=energy)],
            flowproperties=[doc.flow_property(), doc.flow_property(doc.ENERGY, doc.ENERGY_UNITS, "Energy")],
            unitgroups=[doc.unit_group(), doc.unit_group(doc.ENERGY_UNITS, mj)],
        )
    )
    exchanges = loaded.package.processes[0].exchanges
    assert [(one.amount, one.property, one.unit) for one in exchanges] == [
        (80.0, doc.ENERGY, ""),
        (80.0, doc.ENERGY, ""),
        (3.0, "", "t-id"),
    ]
    assert loaded.ledger.number("ilcd.openlca-amount") == 1
    assert loaded.ledger.balanced


def test_openlca_extensions_of_an_exchange() -> None:
    attributes = (
        f'olca:defaultProvider="{doc.FURNACE}" olca:avoidedProduct="true" olca:formula="2*a"'
        ' olca:pedigreeUncertainty="(2;3;1;1;3)" olca:baseUncertainty="1.05"'
    )
    exchange = only(read(doc.exchange(direction="Output", attributes=attributes)))
    assert exchange.provider is not None
    assert exchange.provider.id == doc.FURNACE
    # openLCA turns an avoided product round when it writes
    assert (exchange.avoided, exchange.direction) == (True, Direction.INPUT)
    assert exchange.formula == "2*a"
    assert exchange.quality == (2, 3, 1, 1, 3)
    assert exchange.spread is not None
    assert exchange.spread.base == math.log(1.05)


def test_base_uncertainty_is_a_geometric_deviation_and_kept_where_it_is_none() -> None:
    """openLCA states the GSD; what is below 1 is written back and not used."""
    loaded = read(doc.exchange(0, attributes='olca:baseUncertainty="0.5"'))
    assert only(loaded).spread is None
    assert [each.content for each in only(loaded).extras] == ["0.5"]
    written = dump(read(doc.exchange(0, attributes='olca:baseUncertainty="1.05"')).package).content
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if "/processes/" in name]
    assert any('baseUncertainty="1.05"' in text for text in texts)


def test_a_negative_deviation_is_no_uncertainty() -> None:
    stated = (
        "<uncertaintyDistributionType>normal</uncertaintyDistributionType>"
        "<relativeStandardDeviation95In>-3</relativeStandardDeviation95In>"
    )
    exchange = only(read(doc.exchange(0, after=stated)))
    assert exchange.spread == Spread(shape=Shape.NORMAL)
    assert [">-3.0</" in each.content for each in exchange.extras] == [True]


@pytest.mark.parametrize(("first", "second"), [("60", "40"), ("0.6", "0.4")])
def test_allocation_in_percent_or_as_fractions_is_told_by_its_sum(first: str, second: str) -> None:
    shares = f"""<allocations>
      <allocation internalReferenceToCoProduct="0" allocatedFraction="{first}"/>
      <allocation internalReferenceToCoProduct="1" allocatedFraction="{second}"/></allocations>"""
    loaded = read(doc.exchange(0), doc.exchange(1, doc.SLAG), doc.exchange(2, doc.CO2, after=shares))
    assert loaded.package.processes[0].allocations == (
        AllocationShare(product="0", share=0.6, exchange="2"),
        AllocationShare(product="1", share=0.4, exchange="2"),
    )
    assert loaded.ledger.counts[Kind.ALLOCATION].mapped == 2


def test_allocation_that_is_not_the_whole_is_told() -> None:
    share = '<allocations><allocation internalReferenceToCoProduct="0" allocatedFraction="70"/></allocations>'
    loaded = read(doc.exchange(0), doc.exchange(1, doc.CO2, after=share))
    assert loaded.package.processes[0].allocations[0].share == 0.7
    assert loaded.ledger.number("ilcd.allocation-sum") == 1


def test_parameters_are_evaluated_and_carry_amounts() -> None:
    relations = """<mathematicalRelations>
      <variableParameter name="load"><formula>capacity * 0.5</formula><meanValue>999</meanValue>
      </variableParameter>
      <variableParameter name="capacity"><meanValue>8</meanValue></variableParameter>
      <variableParameter name="lost"><formula>nobody + 1</formula><meanValue>3</meanValue></variableParameter>
    </mathematicalRelations>"""
    variable = "<referenceToVariable>load</referenceToVariable><meanAmount>2.5</meanAmount>"
    wrong = f"{variable}<resultingAmount>11</resultingAmount>"
    loaded = read(
        doc.exchange(0, amount="", before=variable),
        doc.exchange(1, amount="", before=wrong),
        information=relations,
    )
    [process] = loaded.package.processes
    assert [(one.name, one.value) for one in process.parameters] == [
        ("load", 4.0),
        ("capacity", 8.0),
        ("lost", 3.0),
    ]
    assert [one.amount for one in process.exchanges] == [10.0, 11.0]
    ledger = loaded.ledger
    assert (ledger.number("ilcd.formula-differs"), ledger.number("ilcd.formula")) == (1, 1)
    assert ledger.number("ilcd.resulting-amount") == 1
    assert ledger.counts[Kind.PARAMETER].read == 3


def test_results_by_module_read_with_their_unit() -> None:
    result = f"""<LCIAResults><LCIAResult>
      <referenceToLCIAMethodDataSet type="LCIA method data set" refObjectId="{doc.CO2}"/>
      <meanAmount>0</meanAmount>
      <common:other>
        <epd:amount epd:module="A1-A3">15.5</epd:amount>
        <epd:amount epd:module="C4" epd:scenario="landfill">2</epd:amount>
        <epd:amount module="D">ND</epd:amount>
        <epd:referenceToUnitGroupDataSet type="unit group data set" refObjectId="{doc.MASS_UNITS}">
          <common:shortDescription xml:lang="en">kg CO2 eq.</common:shortDescription>
        </epd:referenceToUnitGroupDataSet>
      </common:other></LCIAResult></LCIAResults>"""
    loaded = read(doc.exchange(), results=result)
    results = loaded.package.processes[0].results
    assert [(one.module, one.scenario, one.amount, one.unit) for one in results] == [
        ("A1-A3", "", 15.5, "kg CO2 eq."),
        ("C4", "landfill", 2.0, "kg CO2 eq."),
        ("D", "", None, "kg CO2 eq."),
    ]
    assert loaded.ledger.counts[Kind.RESULT].read == 3


def test_indicators_that_are_exchanges_are_results_and_reminders() -> None:
    modules = """<common:other><epd:amount epd:module="A1-A3">7</epd:amount></common:other>"""
    reminder = "<functionType>General reminder flow</functionType>"
    loaded = read(doc.exchange(0), doc.exchange(1, doc.SLAG, before=reminder, after=modules))
    [process] = loaded.package.processes
    assert process.exchanges[1].reminder
    [result] = process.results
    assert (result.indicator.id, result.indicator.kind, result.amount) == (doc.SLAG, Kind.FLOW, 7.0)


def test_methods_are_categories_grouped_by_methodology() -> None:
    location = "<location>CN</location>"
    factors = doc.factor(value="29.8", after="") + doc.factor(doc.STEEL, "2", direction="Input").replace(
        "<exchangeDirection>", f"{location}<exchangeDirection>"
    )
    other = "66666666-6666-4666-8666-666666666666"
    loaded = load(
        doc.package(
            lciamethods=[doc.method(factors), doc.method(doc.factor(), id_=other)],
            flowproperties=[doc.flow_property()],
            unitgroups=[doc.unit_group()],
        )
    )
    [method] = loaded.package.impact_methods
    assert str(method.heading.name) == "EF 3.1"
    assert [ref.id for ref in method.categories] == ["55555555-5555-4555-8555-555555555555", other]
    category = loaded.package.impact_categories[0]
    # the property is plain mass; the words beside the reference say what is meant
    assert category.unit == "kg CO2-Equivalents"
    assert [(one.value, one.direction, one.location) for one in category.factors] == [
        (29.8, Direction.OUTPUT, ""),
        (2.0, Direction.INPUT, "CN"),
    ]
    assert loaded.ledger.counts[Kind.FACTOR].mapped == 3
    assert loaded.ledger.balanced


def test_flows_and_units() -> None:
    elementary = doc.flow(doc.CO2, type_="Elementary flow").replace(
        "</dataSetInformation>",
        """<classificationInformation><common:elementaryFlowCategorization>
          <common:category level="1" catId="1.3">Emissions to air</common:category>
          <common:category level="0" catId="1">Emissions</common:category>
        </common:elementaryFlowCategorization></classificationInformation>
        <CASNumber>000124-38-9</CASNumber></dataSetInformation>""",
    )
    loaded = load(doc.package(flows=[elementary, doc.flow(reference="5")], unitgroups=[doc.unit_group()]))
    carbon, steel = loaded.package.flows
    assert carbon.type is FlowType.ELEMENTARY
    assert carbon.compartment == ("Emissions", "Emissions to air")
    assert carbon.cas == "000124-38-9"
    assert (carbon.reference, carbon.properties[0].amount) == (doc.MASS, 1.0)
    assert steel.reference == ""
    assert loaded.ledger.number("ilcd.reference-property") == 1
    [group] = loaded.package.unit_groups
    assert (group.reference, [unit.id for unit in group.units]) == ("0", ["0", "t-id"])
    assert loaded.ledger.balanced


def test_multi_output_without_allocation_and_dangling_flows_are_told() -> None:
    exchanges = doc.exchange(0) + doc.exchange(1, doc.SLAG) + doc.exchange(2, doc.CO2, direction="Input")
    loaded = load(doc.package(processes=[doc.process(exchanges)], flows=[doc.flow(), doc.flow(doc.SLAG)]))
    assert loaded.ledger.number("ilcd.no-allocation") == 1
    assert loaded.ledger.number("ilcd.dangling-flow") == 1
    assert loaded.package.processes[0].exchanges[2].flow.name.in_language("en") == "flow 2222"
    assert loaded.ledger.balanced


def test_files_are_found_by_their_folder_whatever_stands_above_or_is_capital() -> None:
    entries = {
        "Some root/PROCESSES/wrong-name.xml": doc.process(doc.exchange()),
        "Some root/external_docs/figure.png": b"\x89PNG",
        "LICENSE": b"MIT",
    }
    loaded = load(doc.archive(entries))
    assert len(loaded.package.processes) == 1
    assert loaded.package.files == (("external_docs/figure.png", b"\x89PNG"), ("LICENSE", b"MIT"))
    assert loaded.ledger.counts[Kind.FILE].read == 3


def test_a_single_data_set_is_a_package(tmp_path: Path) -> None:
    path = tmp_path / "furnace.xml"
    path.write_text(doc.process(doc.exchange()), encoding="utf-8")
    assert load(path).package.name == "furnace"
    assert load(path.read_bytes(), name="x").package.processes[0].heading.id == doc.FURNACE


def test_the_same_identity_twice_is_told_and_the_first_kept() -> None:
    other = doc.process(doc.exchange(amount="2"))
    loaded = load(doc.package(processes=[doc.process(doc.exchange()), doc.process(doc.exchange()), other]))
    assert only(loaded).amount == 1
    assert loaded.ledger.number("ilcd.duplicate") == 2
    assert len({reason.why for reason in loaded.ledger.reasons if reason.code == "ilcd.duplicate"}) == 2
    assert loaded.ledger.balanced
    assert loaded.ledger.counts[Kind.EXCHANGE].read == 1


def test_unknown_pieces_are_kept_where_they_stood() -> None:
    pictogramme = "<referenceToTechnologyPictogramme type='source data set' uri='a.png'/>"
    odd = '<common:other><x:a xmlns:x="urn:x" k="1">text</x:a></common:other>'
    loaded = read(
        doc.exchange(after=f"<dataDerivationTypeStatus>Measured</dataDerivationTypeStatus>{odd}"),
        attributes='xmlns:y="urn:y" y:z="7"',
        information=f"<technology>{pictogramme}</technology>",
    )
    exchange = only(loaded)
    assert {extra.place for extra in exchange.extras} == {""}
    assert any("Measured" in extra.content for extra in exchange.extras)
    places = {extra.place for extra in loaded.package.processes[0].extras}
    assert places == {"@{urn:y}z", "processInformation/technology"}


def test_a_broken_file_is_dropped_with_its_place_and_the_others_are_read() -> None:
    entity = '<!DOCTYPE p [<!ENTITY a "b">]>' + doc.process(doc.exchange()).partition("?>")[2]
    loaded = load(
        doc.package(
            processes={"a.xml": doc.process(doc.exchange()), "b.xml": "<p>\n<q></p>", "c.xml": entity}
        )
    )
    assert len(loaded.package.processes) == 1
    file = loaded.ledger.counts[Kind.FILE]
    assert (file.read, file.mapped, file.dropped) == (3, 1, 2)
    broken, unsafe = (reason for reason in loaded.ledger.reasons if reason.kind is Kind.FILE)
    assert broken.places[0].row == 2
    assert broken.places[0].file.endswith("b.xml")
    assert unsafe.code == "ilcd.unsafe-xml"


def test_what_is_no_ilcd_is_refused() -> None:
    with pytest.raises(FileRefused):
        load(doc.archive({"a.txt": b"hello"}))
    with pytest.raises(InvalidInput):
        load(doc.package(processes=["<not closed"]))


@pytest.mark.parametrize(("first", "second"), [("60", "40"), ("0.6", "0.4")])
def test_products_that_state_only_their_own_shares_share_the_whole_process(first: str, second: str) -> None:
    """What the writer makes of shares of the whole process, and openLCA of its physical allocation."""
    own = '<allocations><allocation internalReferenceToCoProduct="{}" allocatedFraction="{}"/></allocations>'
    loaded = read(
        doc.exchange(0, after=own.format(0, first)), doc.exchange(1, doc.SLAG, after=own.format(1, second))
    )
    shares = loaded.package.processes[0].allocations
    assert shares == (AllocationShare(product="0", share=0.6), AllocationShare(product="1", share=0.4))
    assert loaded.ledger.number("ilcd.allocation-sum") == 0
    assert load(dump(loaded.package).content).package.processes[0].allocations == shares
