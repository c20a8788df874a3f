"""Packages of other formats as EcoSpold 2: complete, valid, and stable once they are EcoSpold."""

import math
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.formats.ecospold2 import packages
from tests.formats.ecospold2.test_round_trip import mistakes, schema
from zuji.formats import ecospold1, ecospold2
from zuji.formats.ecospold2 import dump, load
from zuji.model.lci.distributions import Shape
from zuji.model.lci.flows import FlowType
from zuji.model.lci.package import Package
from zuji.model.lci.processes import AllocationMethod, AllocationShare, Direction, Exchange, Process
from zuji.model.lci.references import Heading, Kind, Ref
from zuji.model.lci.wording import Wording

__all__ = ["schema"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(package=packages.packages())
def test_any_package_is_written_validly_and_completely(schema: etree.XMLSchema, package: Package) -> None:
    written = dump(package)
    assert written.ledger.balanced
    assert mistakes(schema, written.content) == []
    loaded = load(written.content, name="made")
    assert loaded.ledger.balanced
    assert loaded.ledger.counts[Kind.PROCESS].mapped == len(package.processes)
    for before, after in zip(package.processes, loaded.package.processes, strict=True):
        assert after.heading.name == before.heading.name, "long names come back whole"
        assert after.documentation.valid_from == before.documentation.valid_from
        assert [share.share for share in after.allocations] == pytest.approx(
            [share.share for share in before.allocations]
        )
        expected = sorted(_signed(package, exchange) for exchange in before.exchanges)
        found = sorted(_balance(exchange) for exchange in after.exchanges)
        assert found == pytest.approx(expected, rel=1e-12)
    assert load(dump(loaded.package).content, name="made").package == loaded.package


def _signed(package: Package, exchange: Exchange) -> float:
    """What leaves the process, in the flow's reference unit; an avoided input is an output."""
    sign = -1.0 if exchange.direction is Direction.INPUT and not exchange.avoided else 1.0
    return sign * packages.in_reference_units(package, exchange)


def _balance(exchange: Exchange) -> float:
    assert exchange.amount is not None
    return exchange.amount if exchange.direction is Direction.OUTPUT else -exchange.amount


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(package=packages.packages())
def test_uncertainty_keeps_its_meaning_in_another_unit(package: Package) -> None:
    loaded = load(dump(package).content, name="made").package
    for before, after in zip(package.processes, loaded.processes, strict=True):
        twins = {exchange.id: exchange for exchange in after.exchanges}
        for exchange in before.exchanges:
            spread = exchange.spread
            if spread is None or exchange.avoided or exchange.amount is None:
                continue
            twin = twins[_id_of(before, exchange)]
            assert twin.spread is not None
            assert twin.amount is not None
            assert twin.spread.shape is spread.shape
            assert twin.spread.pedigree == spread.pedigree
            if spread.shape is Shape.LOGNORMAL:
                assert twin.spread.scale == pytest.approx(spread.scale)
            factor = twin.amount / exchange.amount
            if spread.shape is Shape.NORMAL:
                assert spread.scale is not None
                assert twin.spread.scale == pytest.approx(spread.scale * abs(factor))
            if spread.low is not None:
                bounds = sorted((twin.spread.low or 0.0, twin.spread.high or 0.0))
                assert bounds == pytest.approx(sorted((spread.low * factor, (spread.high or 0.0) * factor)))


def _id_of(process: Process, exchange: Exchange) -> str:
    from zuji.formats.ecospold2.identity import as_uuid

    return as_uuid(exchange.id, process.heading.id)


def _package(*exchanges: Exchange, **fields: object) -> Package:
    process = Process(heading=Heading(id="p", name=Wording.of("making")), exchanges=exchanges)
    return Package(
        processes=(replace(process, **fields),),  # type: ignore[arg-type]
        flows=(
            packages.flow("steel", FlowType.PRODUCT, Wording.of("steel")),
            packages.flow("slag", FlowType.PRODUCT, Wording.of("slag")),
            packages.flow("ash", FlowType.WASTE, Wording.of("ash")),
        ),
        flow_properties=packages.PROPERTIES,
        unit_groups=(packages.MASS, packages.ENERGY),
    )


def test_grams_become_the_unit_of_the_flow() -> None:
    steel = Exchange(
        id="1", flow=Ref("steel"), direction=Direction.OUTPUT, amount=500, unit="1", reference=True
    )
    loaded = load(dump(_package(steel)).content).package
    (exchange,) = loaded.processes[0].exchanges
    assert exchange.amount == pytest.approx(0.5)
    (group,) = [group for group in loaded.unit_groups if group.reference == exchange.unit]
    assert group.units[0].name == "kg"


def test_an_amount_without_a_unit_counts_in_the_reference_unit_whatever_its_factor() -> None:
    """Real unit groups give their reference unit another factor than 1 (days as parts of a year)."""
    package = _package(
        Exchange(id="1", flow=Ref("steel"), direction=Direction.OUTPUT, amount=7, reference=True),
        Exchange(id="2", flow=Ref("slag"), direction=Direction.INPUT, amount=7, unit="1"),
        Exchange(
            id="3", flow=Ref("nowhere", name=Wording.of("nowhere")), direction=Direction.INPUT, amount=7
        ),
    )
    odd = replace(
        packages.MASS, units=(replace(packages.MASS.units[0], factor=10.0), *packages.MASS.units[1:])
    )
    loaded = load(dump(replace(package, unit_groups=(odd, packages.ENERGY))).content, name="x").package
    assert [exchange.amount for exchange in loaded.processes[0].exchanges] == [7, pytest.approx(0.0007), 7]
    assert load(dump(loaded).content, name="x").package == loaded, "a flow without a unit stays without"


def test_an_amount_of_energy_of_a_flow_of_mass() -> None:
    steel = Exchange(
        id="1",
        flow=Ref("steel"),
        direction=Direction.INPUT,
        amount=10,
        unit="1",
        property="energy",
    )
    (exchange,) = load(dump(_package(steel)).content).package.processes[0].exchanges
    assert exchange.amount == pytest.approx(10 * 3.6 / 20)


def test_shares_of_co_products_become_a_property_that_others_can_allocate_by() -> None:
    steel = Exchange(id="1", flow=Ref("steel"), direction=Direction.OUTPUT, amount=4, reference=True)
    slag = Exchange(id="2", flow=Ref("slag"), direction=Direction.OUTPUT, amount=2, reference=True)
    shares = (
        AllocationShare(product="1", share=0.9, method=AllocationMethod.ECONOMIC),
        AllocationShare(product="2", share=0.1, method=AllocationMethod.ECONOMIC),
    )
    written = dump(_package(steel, slag, allocations=shares))
    assert Kind.ALLOCATION not in written.ledger.counts
    process = load(written.content).package.processes[0]
    assert [share.share for share in process.allocations] == pytest.approx([0.9, 0.1])
    assert {share.method for share in process.allocations} == {AllocationMethod.ECONOMIC}
    weights = [exchange.properties[0].amount * (exchange.amount or 0) for exchange in process.exchanges]
    assert weights == pytest.approx([0.9, 0.1])


def test_shares_of_single_exchanges_are_told_to_be_lost() -> None:
    steel = Exchange(id="1", flow=Ref("steel"), direction=Direction.OUTPUT, amount=4, reference=True)
    slag = Exchange(id="2", flow=Ref("slag"), direction=Direction.OUTPUT, amount=2, reference=True)
    shares = (AllocationShare(product="1", share=0.9, exchange="2"),)
    written = dump(_package(steel, slag, allocations=shares))
    assert written.ledger.number("shares-by-exchange") == 1
    assert written.ledger.counts[Kind.ALLOCATION].dropped == 1


def test_treated_waste_is_a_negative_reference_product() -> None:
    ash = Exchange(id="1", flow=Ref("ash"), direction=Direction.INPUT, amount=3, reference=True)
    loaded = load(dump(_package(ash)).content).package
    (exchange,) = loaded.processes[0].exchanges
    assert (exchange.direction, exchange.amount, exchange.reference) == (Direction.OUTPUT, -3, True)
    assert next(each for each in loaded.flows if str(each.heading.name) == "ash").type is FlowType.WASTE


@pytest.mark.parametrize("module", [ecospold1, ecospold2])
def test_a_process_that_is_run_for_an_elementary_flow_keeps_its_reference(module: ModuleType) -> None:
    """As some real data sets have it: the reference flow of a mine is "iron ore, in ground"."""
    ore = Exchange(id="1", flow=Ref("ore"), direction=Direction.OUTPUT, amount=5, reference=True)
    package = _package(ore)
    flow = packages.flow("ore", FlowType.ELEMENTARY, Wording.of("iron ore"))
    written = module.dump(replace(package, flows=(*package.flows, flow)))
    loaded = module.load(written.content, name="x").package
    assert [(each.reference, each.amount) for each in loaded.processes[0].exchanges] == [(True, 5)]
    assert written.ledger.number("elementary-reference") == 1
    assert module.load(module.dump(loaded).content, name="x").package == loaded


def test_what_the_format_has_no_place_for_is_in_the_ledger() -> None:
    steel = Exchange(
        id="1",
        flow=Ref("steel"),
        direction=Direction.OUTPUT,
        amount=4,
        reference=True,
        location="CN",
        cost=3.0,
        quality=(1, 2, 3, 4, 5),
    )
    reminder = Exchange(id="2", flow=Ref("slag"), direction=Direction.OUTPUT, amount=1, reminder=True)
    ledger = dump(_package(steel, reminder)).ledger
    for code in ("no-place-for-location", "no-place-for-cost", "no-place-for-quality", "reminder-flow"):
        assert ledger.number(code) == 1, code


def test_a_mean_is_its_own_logarithm() -> None:
    from zuji.formats.archive import open_archive
    from zuji.model.lci.distributions import Spread

    steel = Exchange(
        id="1",
        flow=Ref("steel"),
        direction=Direction.INPUT,
        amount=-2.0,
        spread=Spread(shape=Shape.LOGNORMAL, scale=0.3),
    )
    archive = open_archive(dump(_package(steel)).content)
    root = etree.fromstring(archive.read(next(each for each in archive.names if each.endswith(".spold"))))
    (lognormal,) = [each for each in root.iter() if str(each.tag).endswith("}lognormal")]
    assert float(lognormal.get("meanValue", "")) == -2.0
    assert float(lognormal.get("mu", "")) == pytest.approx(math.log(2))
    assert float(lognormal.get("varianceWithPedigreeUncertainty", "")) == pytest.approx(0.09)
