"""What a reader makes of EcoSpold 2: nouns, links, uncertainty, formulas, and the account of it all."""

import math
import re
from pathlib import Path

import pytest
from lxml import etree

from tests.formats.ecospold2 import spold_files as files
from zuji.errors import FileRefused, InvalidInput
from zuji.formats.archive import open_archive, write_archive
from zuji.formats.ecospold2 import dump, load
from zuji.model.lci.distributions import Shape
from zuji.model.lci.flows import FlowType
from zuji.model.lci.package import Loaded
from zuji.model.lci.processes import AllocationMethod, Direction, Process
from zuji.model.lci.references import Kind


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(write_archive(files.entries()), name="test")


@pytest.fixture(scope="module")
def steel(loaded: Loaded) -> Process:
    return loaded.package.processes[0]


def test_the_ledger_balances_with_the_elements_counted(loaded: Loaded) -> None:
    assert loaded.ledger.balanced
    text = "".join(content.decode() for _, content in files.entries())
    for kind, pattern in (
        (Kind.PROCESS, r"<activityDataset>"),
        (Kind.EXCHANGE, r"<(intermediate|elementary)Exchange id=\"\d0000000"),
        (Kind.PARAMETER, r"<parameter "),
        (Kind.RESULT, r"<impactIndicator "),
    ):
        assert loaded.ledger.counts[kind].read == len(re.findall(pattern, text)), kind
        assert loaded.ledger.counts[kind].mapped == loaded.ledger.counts[kind].read, kind


def test_an_activity(steel: Process) -> None:
    assert steel.heading.id == files.ACTIVITY
    assert steel.heading.name.texts == (("en", "steel making"), ("zh", "工序"))
    assert steel.heading.version == "3.8.1.0"
    assert steel.heading.changed == "2024-06-02T10:00:00"
    assert steel.heading.comment.texts == (
        ("en", "first {{share}} paragraph"),
        ("en", "second paragraph"),
    ), "paragraphs by their index, not by their place"
    assert steel.heading.tags == ("steel",)
    assert steel.heading.categories[0].system == "ISIC rev.4 ecoinvent"
    assert steel.location == "CN-SC"
    assert steel.production_volume == 5000
    documentation = steel.documentation
    assert (documentation.valid_from, documentation.valid_until) == ("2020-01-01", "2024-12-31")
    assert str(documentation.starts_with) == "from the gate"
    assert str(documentation.includes) == "to the gate"
    assert str(documentation.sampling) == "all meters"
    assert documentation.copyrighted is True
    assert documentation.documentor is not None
    assert documentation.documentor.id == files.PERSON
    assert documentation.publication is not None
    assert documentation.publication.id == files.SOURCE
    assert str(documentation.reviews[0].details) == "looked at"


def test_exchanges_in_order_with_their_providers(loaded: Loaded, steel: Process) -> None:
    product, power, carbon, iron = steel.exchanges
    assert (product.reference, product.direction, product.amount) == (True, Direction.OUTPUT, 2)
    assert power.provider is not None
    assert power.provider.id == files.POWER_ACTIVITY
    assert str(power.provider.name) == "electricity, coal"
    assert (power.group, power.direction) == ("2", Direction.INPUT)
    assert (carbon.direction, iron.direction) == (Direction.OUTPUT, Direction.INPUT)
    flows = {each.heading.id: each for each in loaded.package.flows}
    assert flows[files.CARBON].compartment == ("air", "urban air close to ground")
    assert flows[files.CARBON].cas == "124-38-9"
    assert str(flows[files.CARBON].heading.comment) == "a greenhouse gas"
    assert [str(each.property.name) for each in product.properties] == ["dry mass"]


def test_uncertainty_of_each_shape(steel: Process) -> None:
    _, power, carbon, iron = (exchange.spread for exchange in steel.exchanges)
    assert power is not None
    assert carbon is not None
    assert iron is not None
    assert power.shape is Shape.LOGNORMAL
    assert power.scale == pytest.approx(math.sqrt(0.0625)), "with the pedigree"
    assert power.base == pytest.approx(0.2), "without it"
    assert power.pedigree == (2, 3, 1, 1, 4)
    assert (carbon.shape, carbon.scale) == (Shape.NORMAL, pytest.approx(0.1))
    assert (iron.shape, iron.low, iron.high) == (Shape.TRIANGULAR, 2, 5)
    (demand,) = steel.parameters
    assert demand.spread is not None
    assert (demand.spread.shape, demand.spread.low, demand.spread.high) == (Shape.UNIFORM, 0.5, 1)


def test_waste_is_what_someone_takes_with_a_negative_amount(loaded: Loaded) -> None:
    ash = next(each for each in loaded.package.flows if each.heading.id == files.WASTE)
    assert ash.type is FlowType.WASTE
    treatment = loaded.package.processes[2]
    assert [(each.reference, each.amount) for each in treatment.exchanges] == [(True, -1)]


def test_a_relation_that_gives_the_stored_amount_is_silent(loaded: Loaded) -> None:
    assert loaded.ledger.number("formula-contradicts-amount") == 0
    assert loaded.ledger.number("formula-not-evaluated") == 0


@pytest.mark.parametrize(
    ("relation", "code"),
    [("steel*demand*2", "formula-contradicts-amount"), ("steel*nobody", "formula-not-evaluated")],
)
def test_a_relation_that_does_not_is_told_and_the_amount_kept(relation: str, code: str) -> None:
    text = files.STEEL.replace('mathematicalRelation="steel*demand"', f'mathematicalRelation="{relation}"')
    loaded = load(text.encode())
    assert loaded.ledger.number(code) == 1
    assert loaded.package.processes[0].exchanges[1].amount == 1.5
    assert loaded.package.processes[0].exchanges[1].formula == relation


def test_relations_may_use_properties_and_production_volumes_and_references() -> None:
    relation = (
        "dry_steel*0.75*2 + APV_steel*0 + Ref('10000000-0000-4000-8000-000000000003')*0"
        " + Ref('10000000-0000-4000-8000-000000000001', 'ProductionVolume')*0"
    )
    text = files.STEEL.replace("steel*demand", relation)
    assert load(text.encode()).ledger.number("formula-not-evaluated") == 0


def test_allocated_data_sets_share_an_activity() -> None:
    """ecoinvent's allocated releases: one file a product, the other product listed with 0."""
    other = files.POWER

    def allocated(product: float, heat: float) -> str:
        flows = "".join(
            f"""<intermediateExchange id="4{place}000000-0000-4000-8000-000000000000" unitId="{files.KG}"
            amount="{amount}" intermediateExchangeId="{flow}"><name>{flow}</name><unitName>kg</unitName>
            <outputGroup>0</outputGroup></intermediateExchange>"""
            for place, (flow, amount) in enumerate(((files.PRODUCT, product), (other, heat)))
        )
        return files.activity(files.ACTIVITY, "joint", flows)

    user = files.activity(
        files.POWER_ACTIVITY,
        "user",
        f"""<intermediateExchange id="50000000-0000-4000-8000-000000000000" unitId="{files.KG}" amount="1"
        intermediateExchangeId="{other}" activityLinkId="{files.ACTIVITY}"><name>x</name>
        <unitName>kg</unitName><inputGroup>5</inputGroup></intermediateExchange>""",
    )
    entries = [
        ("a.spold", allocated(1, 0).encode()),
        ("b.spold", allocated(0, 1).encode()),
        ("c.spold", user.encode()),
    ]
    loaded = load(write_archive(entries))
    first, second, third = loaded.package.processes
    assert first.heading.id != second.heading.id
    assert [[each.reference for each in process.exchanges] for process in (first, second)] == [
        [True, False],
        [False, True],
    ]
    assert third.exchanges[0].provider is not None
    assert third.exchanges[0].provider.id == second.heading.id, "the one that makes this product"
    assert loaded.ledger.number("co-product-of-zero") == 2
    written = dump(loaded.package)
    assert load(written.content).package == loaded.package.__class__(
        **{**_fields(loaded.package), "name": ""}
    )
    names = [name for name in open_archive(written.content).names if name.startswith("datasets/")]
    assert names[:2] == [
        f"datasets/{files.ACTIVITY}_{files.PRODUCT}.spold",
        f"datasets/{files.ACTIVITY}_{other}.spold",
    ]


def _fields(package: object) -> dict[str, object]:
    return {name: getattr(package, name) for name in package.__dataclass_fields__}  # type: ignore[attr-defined]


def test_a_master_property_gives_shares_of_co_products() -> None:
    def product(place: int, flow: str, amount: float, price: float) -> str:
        return f"""<intermediateExchange id="4{place}000000-0000-4000-8000-000000000000" unitId="{files.KG}"
            amount="{amount}" intermediateExchangeId="{flow}"><name>{flow}</name><unitName>kg</unitName>
            <property propertyId="{files.DRY_MASS}" amount="{price}"><name>price</name></property>
            <outputGroup>0</outputGroup></intermediateExchange>"""

    text = files.activity(
        files.ACTIVITY,
        "joint",
        product(1, files.PRODUCT, 2, 30) + product(2, files.POWER, 4, 10),
        attributes=f'masterAllocationPropertyId="{files.DRY_MASS}"',
    )
    loaded = load(text.encode(), name="x")
    (process,) = loaded.package.processes
    assert [share.share for share in process.allocations] == pytest.approx([0.6, 0.4])
    assert {share.method for share in process.allocations} == {AllocationMethod.ECONOMIC}
    written = dump(loaded.package)
    assert b"allocation share" not in open_archive(written.content).read(
        open_archive(written.content).names[0]
    )
    assert load(written.content, name="x").package == loaded.package


def test_a_child_data_set_and_its_user_master_data() -> None:
    text = files.STEEL.replace("activityDataset>", "childActivityDataset>").replace(
        "</ecoSpold>",
        f"""<usedUserMasterData xmlns="http://www.EcoInvent.org/UsedUserMasterData">
        <geography id="eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee" latitude="30"><name xml:lang="en">Sichuan</name>
        <shortname xml:lang="en">CN-SC</shortname></geography>
        <systemModel id="{files.SOURCE}"><name xml:lang="en">Undefined</name></systemModel>
        </usedUserMasterData></ecoSpold>""",
    )
    loaded = load(text.encode(), name="x")
    assert loaded.ledger.balanced
    (place,) = loaded.package.locations
    assert (str(place.heading.name), place.latitude) == ("Sichuan", 30)
    written = dump(loaded.package)
    archive = open_archive(written.content)
    assert b"<childActivityDataset>" in archive.read(archive.names[0])
    assert load(written.content, name="x").package == loaded.package


def test_unknown_parts_come_back_where_they_stood() -> None:
    text = files.STEEL.replace(
        '<technology technologyLevel="3">',
        '<technology technologyLevel="3" novel="yes"><zz:deep xmlns:zz="urn:zz"> a <b/> </zz:deep>',
    )
    loaded = load(text.encode(), name="x")
    archive = open_archive(dump(loaded.package).content)
    content = archive.read(archive.names[0])
    (deep,) = etree.fromstring(content).iter("{urn:zz}deep")
    parent = deep.getparent()
    assert parent is not None
    assert str(parent.tag).endswith("}technology")
    assert (deep.text, len(deep), deep[0].tail) == (" a ", 1, " ")
    assert b'place="activityDescription/technology/@novel">yes<' in content, "noted: the schema has no place"
    assert load(dump(loaded.package).content, name="x").package == loaded.package


def test_out_of_order_and_too_long_is_read_and_written_in_order_and_short(tmp_path: Path) -> None:
    """As real USLCI files are: the group first, and an author of more than 40 characters."""
    author = "National Renewable Energy Laboratory and many partners"
    text = files.STEEL.replace('FirstAuthor="Wang"', f'FirstAuthor="{author}"')
    text = text.replace(
        f'intermediateExchangeId="{files.POWER}" activityLinkId',
        f'intermediateExchangeId="{files.POWER}" casNumber="0007732-18-5" activityLinkId',
    )
    text = text.replace('<name xml:lang="en">electricity</name>', "").replace(
        "<inputGroup>2</inputGroup>", '<inputGroup>2</inputGroup><name xml:lang="en">electricity</name>'
    )
    (tmp_path / "one.spold").write_text(text, encoding="utf-8")
    loaded = load(tmp_path / "one.spold")
    assert str(loaded.package.processes[0].exchanges[1].flow.name) == "electricity"
    written = dump(loaded.package)
    archive = open_archive(written.content)
    content = archive.read(archive.names[0]).decode()
    assert f'publishedSourceFirstAuthor="{author[:40]}"' in content
    assert written.ledger.number("fitted-to-schema") > 0
    again = load(written.content, name="one.spold").package
    assert again == loaded.package
    assert again.sources[0].extras[0].content == author


def test_a_broken_file_is_told_by_row_and_column_and_the_others_are_read() -> None:
    broken = files.POWER_SET.replace("</flowData>", "</flowDate>")
    loaded = load(write_archive([("good.spold", files.STEEL.encode()), ("bad.spold", broken.encode())]))
    assert len(loaded.package.processes) == 1
    assert loaded.ledger.counts[Kind.FILE].dropped == 1
    (reason,) = [each for each in loaded.ledger.reasons if each.kind is Kind.FILE]
    assert reason.code == "malformed-xml"
    assert reason.places[0].file.endswith("bad.spold")
    assert reason.places[0].row == broken[: broken.index("</flowDate>")].count("\n") + 1
    assert reason.places[0].column


def test_an_exchange_without_a_direction_is_left_out_and_kept() -> None:
    text = files.STEEL.replace("<inputGroup>2</inputGroup>", "")
    loaded = load(text.encode(), name="x")
    assert loaded.ledger.number("exchange-without-group") == 1
    assert len(loaded.package.processes[0].exchanges) == 3
    assert loaded.ledger.balanced
    assert load(dump(loaded.package).content, name="x").package == loaded.package


def test_an_edited_file_is_read_as_edited() -> None:
    text = files.STEEL.replace('Name="Li Ming"', f'Name="{"Li Ming " * 9}"')
    content = dump(load(text.encode()).package).content
    archive = open_archive(content)
    short = ("Li Ming " * 9)[:40].encode()
    edited = archive.read(archive.names[0]).replace(b'Name="' + short, b'Name="Wu')
    loaded = load(edited)
    assert {str(each.heading.name) for each in loaded.package.contacts} >= {"Wu"}
    assert loaded.ledger.number("changed-since") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"<ecoSpold xmlns='http://www.EcoInvent.org/EcoSpold01'><dataset/></ecoSpold>",
        b"<other/>",
        write_archive([("a.txt", b"x"), ("b.txt", b"y")]),
    ],
)
def test_what_is_no_ecospold_2_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        load(content, name="x")
    assert next(iter(caught.value)).code == "not-ecospold2"


def test_an_unsafe_archive_is_refused() -> None:
    with pytest.raises(FileRefused):
        load(b"\x1f\x8b" + b"0" * 20, name="x.gz")
    with pytest.raises(InvalidInput):
        load(b"<!DOCTYPE a [<!ENTITY b 'c'>]><ecoSpold>&b;</ecoSpold>", name="x")
