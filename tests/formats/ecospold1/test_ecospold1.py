"""EcoSpold 1: read, written validly, and read again as the same package."""

import math
import re
from pathlib import Path

import pyecospold
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.formats.ecospold1 import spold1_files as files
from tests.formats.ecospold2 import packages
from zuji.errors import InvalidInput
from zuji.formats.archive import open_archive, write_archive
from zuji.formats.ecospold1 import dump, load
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import FlowType
from zuji.model.lci.package import Loaded, Package
from zuji.model.lci.processes import AllocationMethod, Direction, Exchange, Process, ProcessType
from zuji.model.lci.references import Heading, Kind, Ref
from zuji.model.lci.wording import Wording

SCHEMAS = Path(pyecospold.__file__).parent / "schemas" / "v1"


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "EcoSpold01Dataset.xsd")))


@pytest.fixture(scope="session")
def impact_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "EcoSpold01ImpactDataset.xsd")))


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(files.THREE.encode(), name="three")


def mistakes(schema: etree.XMLSchema, content: bytes) -> list[str]:
    schema.validate(etree.fromstring(content))
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def again(package: Package) -> Package:
    return load(dump(package).content, name=package.name).package


def test_the_files_of_the_tests_are_valid_themselves(
    schema: etree.XMLSchema, impact_schema: etree.XMLSchema
) -> None:
    assert mistakes(schema, files.THREE.encode()) == []
    assert mistakes(impact_schema, files.IMPACT.encode()) == []


def test_many_data_sets_come_back_equal_and_valid(schema: etree.XMLSchema, loaded: Loaded) -> None:
    written = dump(loaded.package)
    assert mistakes(schema, written.content) == []
    assert not written.ledger.reasons, "a valid file needs no change to be written"
    assert load(written.content, name="three").package == loaded.package
    assert dump(again(loaded.package)).content == written.content


def test_the_ledger_balances_with_the_elements_counted(loaded: Loaded) -> None:
    assert loaded.ledger.balanced
    for kind, number in ((Kind.PROCESS, 3), (Kind.EXCHANGE, 13), (Kind.ALLOCATION, 4), (Kind.SOURCE, 1)):
        assert loaded.ledger.counts[kind].read == number, kind
    assert loaded.ledger.counts[Kind.CONTACT].read == 3


def test_a_data_set(loaded: Loaded) -> None:
    steel = loaded.package.processes[0]
    assert steel.heading.name.texts == (("en", "steel"), ("de", "steel lokal"))
    assert steel.heading.categories[0].path == ("metals", "steel")
    assert (steel.heading.version, steel.heading.changed) == ("2.1", "2005-06-07T08:09:10")
    assert steel.type is ProcessType.UNIT
    assert steel.location == "CN-SC"
    documentation = steel.documentation
    assert (documentation.valid_from, documentation.valid_until) == ("2000-01-01", "2004-12-31")
    assert str(documentation.includes) == "gate to gate"
    assert str(steel.production_volume_text) == "5 Mt in 2004"
    sources = {each.heading.id: each for each in loaded.package.sources}
    assert documentation.publication is not None
    assert sources[documentation.publication.id].citation == "Wang, Zhao (2004) Steel"
    assert documentation.documentor is not None
    assert str(documentation.documentor.name) == "Li Ming"
    assert str(documentation.reviews[0].reviewers[0].name) == "Zhou Hua"
    assert loaded.package.processes[2].infrastructure


def test_exchanges_by_their_groups(loaded: Loaded) -> None:
    product, power, carbon, iron, water, slag, heat, _ = loaded.package.processes[0].exchanges
    assert (product.reference, product.amount) == (True, 2)
    assert (power.direction, power.group) == (Direction.INPUT, "2")
    assert (carbon.direction, iron.direction, water.direction) == (
        Direction.OUTPUT,
        Direction.INPUT,
        Direction.INPUT,
    )
    assert (heat.avoided, heat.direction) == (True, Direction.OUTPUT)
    kinds = {str(each.heading.name): each.type for each in loaded.package.flows}
    assert kinds["slag"] is FlowType.WASTE
    assert slag.direction is Direction.OUTPUT
    assert power.sources[0].id == loaded.package.sources[0].heading.id


def test_uncertainty_of_each_type(loaded: Loaded) -> None:
    _, power, carbon, iron, water = (each.spread for each in loaded.package.processes[0].exchanges[:5])
    assert power is not None
    assert (power.shape, power.pedigree) == (Shape.LOGNORMAL, (2, 3, 0, 1, 4))
    assert power.scale == pytest.approx(math.log(1.25)), "standardDeviation95 is the square of GSD"
    assert carbon == Spread(shape=Shape.NORMAL, scale=0.1, low=0.5, high=1.3)
    assert iron == Spread(shape=Shape.TRIANGULAR, low=2, centre=3, high=5)
    assert water == Spread(shape=Shape.UNIFORM, low=3, high=5)


def test_a_flow_is_its_words_and_a_product_its_place_too(loaded: Loaded) -> None:
    steel, power, furnace = loaded.package.processes
    assert steel.exchanges[1].flow.id == power.exchanges[0].flow.id, (
        "the power it uses is the power they make"
    )
    assert steel.exchanges[2].flow.id == power.exchanges[3].flow.id, "one carbon dioxide"
    assert steel.exchanges[7].flow.id == furnace.exchanges[0].flow.id, "the only furnace there is"
    assert loaded.ledger.number("product-completed") == 1
    text = files.THREE.replace('location="CN" unit="kWh"', 'location="DE" unit="kWh"', 1)
    other = load(text.encode()).package.processes
    assert other[0].exchanges[1].flow.id != other[1].exchanges[0].flow.id, "power of another country"


def test_allocation_by_exchange_in_percent(loaded: Loaded) -> None:
    power = loaded.package.processes[1]
    assert [(share.product, share.exchange, share.share) for share in power.allocations] == [
        ("12", "14", 0.7),
        ("12", "15", 0.7),
        ("13", "14", 0.3),
        ("13", "15", 0.3),
    ]
    assert {share.method for share in power.allocations} == {AllocationMethod.ECONOMIC}


def test_fractions_that_sum_to_one_are_parts_of_one() -> None:
    text = files.THREE.replace('fraction="70"', 'fraction="0.7"').replace('fraction="30"', 'fraction="0.3"')
    loaded = load(text.encode(), name="x")
    assert [share.share for share in loaded.package.processes[1].allocations] == [0.7, 0.7, 0.3, 0.3]
    assert loaded.ledger.number("fractions-of-one") == 1
    assert again(loaded.package) == loaded.package


def test_a_missing_reference_exchange_is_made_from_the_reference_function() -> None:
    text = re.sub(r'<exchange number="1" name="furnace".*?</exchange>', "", files.THREE, flags=re.DOTALL)
    text = text.replace("<flowData></flowData>", "<flowData/>")
    loaded = load(text.encode(), name="x")
    assert loaded.ledger.number("reference-from-function") == 1
    (exchange,) = loaded.package.processes[2].exchanges
    assert (exchange.reference, exchange.amount) == (True, 1)
    assert exchange.flow.id == loaded.package.processes[0].exchanges[7].flow.id
    assert again(loaded.package) == loaded.package


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('firstAuthor="Wang"', f'firstAuthor="{"National Renewable Energy Laboratory, many partners"}"'),
        ('year="2004"', 'year=""'),
        (' year="2004"', ""),
        ('CASNumber="124-38-9"', 'CASNumber="000124-38-9"'),
        ('countryCode="CN"', 'countryCode="China"'),
        ('localName="Kohlendioxid"', f'localName="{"Kohlen" * 20}"'),
        ("<startDate>2000-01-01</startDate>", "<startYear>2000</startYear>"),
        ("<endDate>2004-12-31</endDate>", ""),
        ('<technology text="furnace"/>', ""),
        ('timestamp="2005-06-07T08:09:10"', ""),
        ('timestamp="2005-06-07T08:09:10"', 'timestamp="2005-06-07"'),
        ('dataEntryBy person="41"', 'dataEntryBy person="99"'),
        ('location="CN-SC"', 'location="CN-Sichuan"'),
        ('version="2.1"', 'version="02.01.000"'),
        ('unit="MJ"', 'unit="megajoule of useful heat"'),
        ('percent="95.5"', 'percent="95"'),
        ('meanValue="4"', 'meanValue="four"'),
        ('generator="a tool 1.0"', 'generator="a tool 1.0" colour="red"'),
        ("<flowData>", '<flowData><x:note xmlns:x="urn:x">kept <b/></x:note>'),
        ('referenceToSource="7"', 'referenceToSource="8"'),
        ('<exchange number="5"', '<exchange number="4"'),
    ],
)
def test_what_the_schema_forbids_is_read_written_validly_and_read_again(
    schema: etree.XMLSchema, old: str, new: str
) -> None:
    assert old in files.THREE
    loaded = load(files.THREE.replace(old, new).encode(), name="x")
    assert len(loaded.package.processes) == 3
    assert loaded.ledger.balanced
    written = dump(loaded.package)
    assert mistakes(schema, written.content) == []
    assert load(written.content, name="x").package == loaded.package


def test_a_broken_file_is_told_by_row_and_column_and_the_others_are_read() -> None:
    broken = files.THREE.replace("</flowData>", "</flowDate>", 1)
    loaded = load(write_archive([("good.xml", files.THREE.encode()), ("bad.xml", broken.encode())]))
    assert len(loaded.package.processes) == 3
    (reason,) = [each for each in loaded.ledger.reasons if each.kind is Kind.FILE]
    assert reason.places[0].row == broken[: broken.index("</flowDate>")].count("\n") + 1
    assert reason.places[0].column


def test_impact_categories(impact_schema: etree.XMLSchema) -> None:
    loaded = load(files.IMPACT.encode(), name="impact")
    (category,) = loaded.package.impact_categories
    assert (str(category.heading.name), category.unit, category.method) == (
        "GWP 100a",
        "kg CO2-Eq",
        "IPCC 2001",
    )
    carbon, methane = category.factors
    assert (carbon.value, carbon.direction) == (1, Direction.OUTPUT)
    assert (methane.value, methane.direction, methane.location) == (23, None, "CN")
    assert str(loaded.package.impact_methods[0].heading.name) == "IPCC 2001"
    content = dump(loaded.package).content
    assert mistakes(impact_schema, content) == []
    assert load(content, name="impact").package == loaded.package
    both = load(write_archive([("a.xml", files.THREE.encode()), ("b.xml", files.IMPACT.encode())]), name="b")
    assert (
        both.package.impact_categories[0].factors[0].flow.id == both.package.processes[0].exchanges[2].flow.id
    )
    assert open_archive(dump(both.package).content).names == ("processes.xml", "impacts.xml")
    assert again(both.package) == both.package


@pytest.mark.parametrize("content", [b"<ecoSpold xmlns='http://www.EcoInvent.org/EcoSpold02'/>", b"<other/>"])
def test_what_is_no_ecospold_1_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        load(content, name="x")
    assert next(iter(caught.value)).code == "not-ecospold1"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(package=packages.packages())
def test_any_package_is_written_validly_and_completely(schema: etree.XMLSchema, package: Package) -> None:
    written = dump(package)
    assert written.ledger.balanced
    assert mistakes(schema, written.content) == []
    loaded = load(written.content, name="made")
    assert loaded.ledger.balanced
    for before, after in zip(package.processes, loaded.package.processes, strict=True):
        assert after.documentation.valid_from == before.documentation.valid_from
        expected = [_signed(package, exchange) for exchange in before.exchanges]
        assert [exchange.amount for exchange in after.exchanges] == pytest.approx(expected, rel=1e-12)
        assert [share.share for share in after.allocations] == pytest.approx(
            [share.share for share in before.allocations], rel=1e-12
        )
        for old, new in zip(before.exchanges, after.exchanges, strict=True):
            if old.spread is not None and old.spread.shape is Shape.LOGNORMAL:
                assert new.spread is not None
                assert new.spread.scale == pytest.approx(old.spread.scale, rel=1e-9)
                assert new.spread.pedigree == old.spread.pedigree
    assert again(loaded.package) == loaded.package


def _signed(package: Package, exchange: Exchange) -> float:
    """Treated waste is a negative reference product."""
    treats = exchange.reference and exchange.direction is Direction.INPUT
    return packages.in_reference_units(package, exchange) * (-1.0 if treats else 1.0)


def test_a_chinese_name_is_the_local_name(schema: etree.XMLSchema) -> None:
    steel = Exchange(id="1", flow=Ref("steel"), direction=Direction.OUTPUT, amount=1, reference=True)
    name = Wording((("zh", "钢"), ("en", "steel")))
    package = Package(
        processes=(Process(heading=Heading(id="p", name=name), exchanges=(steel,)),),
        flows=(packages.flow("steel", FlowType.PRODUCT, name),),
        flow_properties=packages.PROPERTIES,
        unit_groups=(packages.MASS,),
    )
    content = dump(package).content
    assert mistakes(schema, content) == []
    (process,) = load(content).package.processes
    assert process.heading.name.texts == (("en", "steel"), ("zh", "钢"))
