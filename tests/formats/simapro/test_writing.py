"""Writing packages of other formats: names instead of ids, one quantity a flow, shares that add up."""

import math
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

import pytest

from zuji.formats.simapro import dump, load
from zuji.formats.simapro.places import spot_of
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.impacts import (
    CharacterisationFactor,
    ImpactCategory,
    ImpactMethod,
    WeightingFactor,
    WeightingSet,
)
from zuji.model.lci.ledger import Outcome
from zuji.model.lci.models import LifeCycleModel
from zuji.model.lci.package import Package, Written
from zuji.model.lci.processes import (
    AllocationMethod,
    AllocationShare,
    Direction,
    Documentation,
    Exchange,
    Parameter,
    Process,
)
from zuji.model.lci.publications import Location
from zuji.model.lci.references import Category, Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.model.lci.wording import Wording


def uid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


def heading(name: str, key: str = "", **more: object) -> Heading:
    return replace(Heading(id=uid(key or name), name=Wording.of(name)), **more)  # type: ignore[arg-type]


def group(name: str, **units: float) -> UnitGroup:
    return UnitGroup(
        heading=heading(name),
        units=tuple(
            Unit(id=uid(f"{name}/{unit}"), name=unit, factor=factor) for unit, factor in units.items()
        ),
        reference=uid(f"{name}/{next(iter(units))}"),
    )


MASS = group("Units of mass", kg=1, t=1000, g=0.001)
ENERGY = group("Units of energy", MJ=1, kWh=3.6)
VOLUME = group("Units of volume", m3=1, l=0.001)
PROPERTIES = tuple(
    FlowProperty(heading=heading(name), unit_group=Ref(units.heading.id))
    for name, units in (("Mass", MASS), ("Energy", ENERGY), ("Volume", VOLUME))
)


def flow(name: str, type_: FlowType = FlowType.PRODUCT, key: str = "", **more: object) -> Flow:
    return Flow(
        heading=heading(name, key),
        type=type_,
        properties=(
            PropertyAmount(property=Ref(uid("Mass")), amount=1.0),
            PropertyAmount(property=Ref(uid("Energy")), amount=42.0),
        ),
        reference=uid("Mass"),
        **more,  # type: ignore[arg-type]
    )


STEEL = flow("Steel")
SCRAP = flow("Scrap", FlowType.WASTE)
SLAG = flow("Slag")
OIL = flow("Oil")
CO2 = flow(
    "Carbon dioxide", FlowType.ELEMENTARY, compartment=("Emissions", "Emissions to air"), cas="124-38-9"
)
WATER = flow("Water", FlowType.ELEMENTARY, compartment=("Resources", "Resources from water"))
LOST = flow("Lost", FlowType.ELEMENTARY, compartment=("Elsewhere",))


def exchange(
    number: int, of: Flow, amount: float | None, direction: Direction = Direction.INPUT, **more: object
) -> Exchange:
    more.setdefault("unit", uid("Units of mass/kg"))
    return Exchange(
        id=str(number),
        flow=Ref(of.heading.id, name=of.heading.name),
        direction=direction,
        amount=amount,
        **more,  # type: ignore[arg-type]
    )


def makes(of: Flow, *inputs: Exchange, name: str = "", amount: float = 1.0, **more: object) -> Process:
    product = exchange(0, of, amount, Direction.OUTPUT, reference=True)
    return Process(
        heading=heading(name or f"Making {of.heading.name}"),
        exchanges=(product, *inputs),
        **more,  # type: ignore[arg-type]
    )


def package(*processes: Process, flows: tuple[Flow, ...] = (), **more: object) -> Package:
    return Package(
        name="Test",
        processes=processes,
        flows=(STEEL, SCRAP, SLAG, OIL, CO2, WATER, *flows),
        flow_properties=PROPERTIES,
        unit_groups=(MASS, ENERGY, VOLUME),
        **more,  # type: ignore[arg-type]
    )


def codes(written: Written) -> dict[str, int]:
    assert written.ledger.balanced
    found: dict[str, int] = {}
    for reason in written.ledger.reasons:
        if reason.code == "simapro.flow.reduced":
            continue
        found[reason.code] = found.get(reason.code, 0) + reason.number
    return found


def again(written: Written) -> Package:
    result = load(written.content)
    assert result.ledger.balanced
    assert not [reason for reason in result.ledger.reasons if reason.outcome is Outcome.DEFAULTED]
    return result.package


def amounts(process: Process) -> dict[str, tuple[float | None, str]]:
    return {str(each.flow.name): (each.amount, each.unit) for each in process.exchanges}


def test_units_are_written_by_name() -> None:
    tonnes = exchange(1, SLAG, 2.0, unit=uid("Units of mass/t"))
    plain = exchange(2, CO2, 3.0, Direction.OUTPUT, unit="")
    written = dump(package(makes(STEEL, tonnes, plain)))
    (steel,) = again(written).processes
    assert amounts(steel) == {"Steel": (1.0, "kg"), "Slag": (2.0, "t"), "Carbon dioxide": (3.0, "kg")}
    factors = {unit.name: unit.factor for each in again(written).unit_groups for unit in each.units}
    assert factors == {"kg": 1, "t": 1000, "g": 0.001, "MJ": 1, "kWh": 3.6, "m3": 1, "l": 0.001}


def test_an_amount_in_another_property_is_converted_with_all_that_belongs_to_it() -> None:
    spread = Spread(shape=Shape.NORMAL, scale=4.2)
    energy = exchange(
        1,
        OIL,
        21.0,
        unit=uid("Units of energy/kWh"),
        property=uid("Energy"),
        spread=spread,
        formula="half*42",
    )
    parameters = (Parameter(name="half", value=0.5),)
    written = dump(package(makes(STEEL, energy, parameters=parameters)))
    oil = again(written).processes[0].exchanges[1]
    # 21 kWh = 75.6 MJ, and 42 MJ are in a kilogram
    assert oil.amount == pytest.approx(1.8)
    assert oil.unit == "kg"
    assert oil.formula
    assert oil.spread is not None
    assert oil.spread.scale == pytest.approx(4.2 * 3.6 / 42)


def test_an_amount_without_a_unit_is_left_out_and_told() -> None:
    written = dump(package(makes(STEEL, exchange(1, flow("Gone"), 1.0, unit=uid("nothing")))))
    assert codes(written) == {"simapro.no_unit": 1}


def test_units_of_one_name_and_different_meaning_are_told_apart() -> None:
    odd = group("Units of odd mass", kg=1)
    pounds = group("Units of pounds", lb=1, t=2000)
    held = package(makes(STEEL))
    written = dump(replace(held, unit_groups=(*held.unit_groups, odd, pounds)))
    assert codes(written) == {"simapro.quantity.joined": 1, "simapro.unit.renamed": 1}
    assert b"t (Units of pounds);Units of pounds;2000;lb" in written.content
    assert again(written)


def test_products_of_one_name_get_the_place_then_the_process_then_the_id() -> None:
    other = flow("Steel", key="another steel")
    sichuan = replace(makes(STEEL, name="Mill A"), location="CN-SC")
    shaanxi = replace(makes(STEEL, name="Mill B"), location="CN-SN")
    third = replace(makes(STEEL, name="Mill C"), location="CN-SC")
    user = makes(
        SLAG,
        exchange(1, STEEL, 2.0, provider=Ref(shaanxi.heading.id)),
        exchange(2, other, 3.0),
        exchange(3, STEEL, 4.0),
    )
    written = dump(package(sichuan, shaanxi, third, makes(other, name="Mill D"), user, flows=(other,)))
    found = again(written).processes
    assert [str(each.exchanges[0].flow.name) for each in found] == [
        "Steel {CN-SC} | Mill A",
        "Steel {CN-SN}",
        "Steel {CN-SC} | Mill C",
        "Steel",
        "Slag",
    ]
    used = {each.amount: (str(each.flow.name), each.provider) for each in found[4].exchanges[1:]}
    assert used[2.0][1] is not None
    assert used[2.0][1].id == found[1].heading.id
    assert used[3.0][0] == "Steel"
    # three mills make it and the data name none: the row leads to none of them, nor to the other steel
    assert used[4.0] == (f"Steel | {STEEL.heading.id[:8]}", None)
    assert codes(written) == {"simapro.name.told_apart": 3, "simapro.supplier.open": 1}


def test_a_name_is_plain_where_it_is_the_only_one() -> None:
    written = dump(package(replace(makes(STEEL), location="CN")))
    steel = again(written).processes[0]
    assert str(steel.exchanges[0].flow.name) == "Steel"
    assert str(steel.documentation.geography) == "CN"
    assert codes(written) == {}


def test_a_waste_taken_in_becomes_a_treatment() -> None:
    taken = exchange(0, SCRAP, 5.0, Direction.INPUT, reference=True)
    treatment = Process(heading=heading("Sorting"), exchanges=(taken, exchange(1, OIL, 0.1)))
    maker = makes(STEEL, exchange(1, SCRAP, 0.2, Direction.OUTPUT))
    found = again(dump(package(treatment, maker))).processes
    assert found[0].exchanges[0].group == "Waste treatment"
    assert (found[0].exchanges[0].direction, found[0].exchanges[0].amount) == (Direction.INPUT, 5.0)
    handed = found[1].exchanges[1]
    assert (handed.group, handed.direction, handed.amount) == ("Waste to treatment", Direction.OUTPUT, 0.2)
    assert handed.provider is not None


def test_a_negative_waste_product_is_a_treatment_too() -> None:
    """EcoSpold 2 writes the treatment of a waste as its negative product."""
    given = exchange(0, SCRAP, -1.0, Direction.OUTPUT, reference=True)
    treatment = Process(heading=heading("Sorting"), exchanges=(given,))
    found = again(dump(package(treatment))).processes[0].exchanges[0]
    assert (found.group, found.amount) == ("Waste treatment", 1.0)


def test_waste_used_as_an_input_counts_the_other_way() -> None:
    found = again(dump(package(makes(STEEL, exchange(1, SCRAP, 0.7))))).processes[0].exchanges[1]
    assert (found.group, found.direction, found.amount) == ("Waste to treatment", Direction.OUTPUT, -0.7)


def test_avoided_products() -> None:
    found = again(dump(package(makes(STEEL, exchange(1, SLAG, 0.3, Direction.OUTPUT, avoided=True)))))
    avoided = found.processes[0].exchanges[1]
    assert (avoided.group, avoided.avoided, avoided.amount) == ("Avoided products", True, 0.3)


def share(product: int, part: float, method: AllocationMethod, exchange_: str = "") -> AllocationShare:
    return AllocationShare(product=str(product), share=part, method=method, exchange=exchange_)


def two_products(*shares: AllocationShare, **more: object) -> Process:
    second = exchange(1, SLAG, 1.0, Direction.OUTPUT, reference=True)
    return makes(STEEL, second, amount=3.0, allocations=shares, **more)


def percents(written: Written) -> list[float]:
    found = [each.share for each in again(written).processes[0].allocations]
    assert math.fsum(found) == pytest.approx(1, abs=1e-12)
    return found


def test_shares_of_the_chosen_method() -> None:
    physical, economic = AllocationMethod.PHYSICAL, AllocationMethod.ECONOMIC
    shares = (
        share(0, 0.8, physical),
        share(1, 0.2, physical),
        share(0, 0.07, economic),
        share(1, 0.93, economic),
        share(0, 0.5, AllocationMethod.CAUSAL, exchange_="7"),
    )
    written = dump(package(two_products(*shares, allocation_method=economic)))
    assert percents(written) == [0.07, 0.93]
    assert b";3;7;not defined;" in written.content
    assert codes(written) == {"simapro.allocation": 3}


def test_shares_that_do_not_add_up_are_scaled() -> None:
    physical = AllocationMethod.PHYSICAL
    written = dump(package(two_products(share(0, 0.5, physical), share(1, 1.0, physical))))
    assert percents(written) == pytest.approx([1 / 3, 2 / 3])
    assert codes(written) == {"simapro.shares.scaled": 1}


def test_without_shares_products_of_one_unit_share_by_amount() -> None:
    written = dump(package(two_products()))
    assert percents(written) == [0.75, 0.25]
    assert codes(written) == {"simapro.shares.assumed": 1}


def test_a_co_product_without_a_share_gets_nothing() -> None:
    written = dump(package(makes(STEEL, exchange(1, SLAG, 1.0, Direction.OUTPUT))))
    assert percents(written) == [1.0, 0.0]
    assert codes(written) == {"simapro.shares.assumed": 1}


def test_a_co_product_never_takes_the_name_of_what_somebody_makes() -> None:
    mill = makes(STEEL, exchange(1, SLAG, 1.0, Direction.OUTPUT), name="Mill")
    user = makes(OIL, exchange(1, SLAG, 5.0))
    found = again(dump(package(mill, makes(SLAG, name="Slag works"), user))).processes
    assert [str(each.flow.name) for each in found[0].exchanges] == ["Steel", "Slag | Mill"]
    assert found[2].exchanges[1].provider is not None
    assert found[2].exchanges[1].provider.id == found[1].heading.id


@pytest.mark.parametrize(
    ("path", "section", "sub"),
    [
        (
            "Emissions > Emissions to air > Emissions to urban air close to ground",
            "Emissions to air",
            "high. pop.",
        ),
        (
            "Emissions > Emissions to air > Emissions to non-urban air or from high stacks",
            "Emissions to air",
            "low. pop.",
        ),
        ("Emissions > Emissions to air > Emissions to air, unspecified (long-term)", "Emissions to air", ""),
        ("Emissions > Emissions to water > Emissions to sea water", "Emissions to water", "ocean"),
        ("Emissions > Emissions to water > Emissions to fresh water", "Emissions to water", ""),
        (
            "Emissions > Emissions to soil > Emissions to agricultural soil",
            "Emissions to soil",
            "agricultural",
        ),
        ("Emissions > Emissions to soil > Emissions to non-agricultural soil", "Emissions to soil", ""),
        ("Resources > Resources from ground > Renewable", "Resources", "in ground"),
        ("Land use > Land occupation", "Resources", "land"),
        (
            "Elementary flows > Emission to air > low population density, long-term",
            "Emissions to air",
            "low. pop., long-term",
        ),
        ("Elementary flows > Emission to water > ground water", "Emissions to water", "groundwater"),
        ("Elementary flows > Resource > in water", "Resources", "in water"),
        ("air > urban air close to ground", "Emissions to air", "high. pop."),
        ("natural resource > biotic", "Resources", "biotic"),
        ("soil > industrial", "Emissions to soil", "industrial"),
        ("Emissions to air > odd place", "Emissions to air", "odd place"),
        ("Air > (unspecified)", "Emissions to air", "(unspecified)"),
    ],
)
def test_compartments_of_other_formats(path: str, section: str, sub: str) -> None:
    spot = spot_of(flow("x", FlowType.ELEMENTARY, compartment=tuple(path.split(" > "))))
    assert spot is not None
    assert (spot.compartment.value, spot.sub) == (section, sub)


def test_a_compartment_that_says_nothing_is_left_out_unless_it_flows_in() -> None:
    written = dump(
        package(
            makes(STEEL, exchange(1, LOST, 1.0, Direction.OUTPUT), exchange(2, WATER, 1.0)), flows=(LOST,)
        )
    )
    assert codes(written) == {"simapro.no_compartment": 2}
    assert spot_of(LOST, Direction.INPUT) is not None
    assert [each.group for each in again(written).processes[0].exchanges] == ["Products", "Resources"]


def test_expressions_are_written_where_simapro_gets_the_same_number() -> None:
    parameters = (
        Parameter(name="a", value=2.0),
        Parameter(name="b", value=5.0, formula="if(a > 1; 5; 1)"),
        Parameter(name="c", value=64.0, formula="2^3^a"),
        Parameter(name="d", value=None),
        Parameter(name="A", value=7.0),
    )
    inputs = (
        exchange(1, SLAG, 10.0, formula="a*b"),
        exchange(2, OIL, 3.0, formula="log(1000)"),
        exchange(3, CO2, 65.0, Direction.OUTPUT, formula="c+1"),
    )
    written = dump(package(makes(STEEL, *inputs, parameters=parameters)))
    process = again(written).processes[0]
    assert {each.name: (each.value, each.formula) for each in process.parameters} == {
        "a": (2.0, ""),
        "b": (5.0, "Iff(a > 1, 5, 1)"),
        "c": (64.0, ""),
    }
    assert {each.amount: each.formula for each in process.exchanges[1:]} == {
        10.0: "a*b",
        3.0: "",
        65.0: "c+1",
    }
    # openLCA reads 2^3^2 from the left, and its log has base 10
    assert codes(written) == {"simapro.expression": 2, "simapro.parameter": 2}


def test_uncertainty_in_the_numbers_of_simapro() -> None:
    inputs = (
        exchange(
            1, SLAG, 10.0, spread=Spread(shape=Shape.LOGNORMAL, scale=math.log(1.2), pedigree=(1, 2, 0, 3, 5))
        ),
        exchange(2, OIL, 3.0, spread=Spread(shape=Shape.TRIANGULAR, low=1.0, high=4.0, centre=2.0)),
        exchange(3, CO2, 1.0, Direction.OUTPUT, spread=Spread(shape=Shape.NORMAL, scale=0.25)),
    )
    written = dump(package(makes(STEEL, *inputs)))
    text = written.content.decode("cp1252")
    assert "Slag;kg;10;Lognormal;1.44;0;0;(1,2,na,3,5)" in text
    assert "Carbon dioxide;;kg;1;Normal;0.5;0;0;" in text
    # the mode of SimaPro's triangle is the amount, not 2
    assert codes(written) == {"simapro.uncertainty": 1}
    slag = again(written).processes[0].exchanges[1].spread
    assert slag is not None
    assert slag.pedigree == (1, 2, 0, 3, 5)
    assert slag.scale == pytest.approx(math.log(1.2), rel=1e-12)


def test_documents_without_a_label_stand_in_the_comment() -> None:
    about = Documentation(use_advice=Wording.of("with care"), valid_from="2020", valid_until="2025")
    steel = makes(STEEL, documentation=about)
    steel = replace(
        steel,
        heading=replace(steel.heading, comment=Wording.of("first"), categories=(Category(("Metals",)),)),
    )
    written = dump(package(steel))
    found = again(written).processes[0]
    assert str(found.heading.comment) == "first\n\nUse advice: with care"
    assert str(found.documentation.time) == "2020 - 2025"
    assert found.heading.categories[0].path == ("Metals",)
    assert codes(written) == {"simapro.comment": 1}


def test_what_has_no_place_in_the_format_is_counted_as_dropped() -> None:
    written = dump(
        package(
            makes(STEEL, exchange(1, OIL, None), exchange(2, OIL, 1.0, reminder=True)),
            Process(heading=heading("Nothing"), exchanges=(exchange(1, CO2, 1.0, Direction.OUTPUT),)),
            locations=(Location(heading=heading("China"), code="CN"),),
            models=(LifeCycleModel(heading=heading("Model")),),
            files=(("a.pdf", b"x"),),
        )
    )
    assert {kind: count.dropped for kind, count in written.ledger.counts.items() if count.dropped} == {
        Kind.PROCESS: 1,
        Kind.EXCHANGE: 3,
        Kind.LOCATION: 1,
        Kind.MODEL: 1,
        Kind.FILE: 1,
    }
    assert written.ledger.balanced


def test_methods() -> None:
    def factor(of: Flow, value: float | None, **more: object) -> CharacterisationFactor:
        return CharacterisationFactor(flow=Ref(of.heading.id), value=value, **more)  # type: ignore[arg-type]

    climate = ImpactCategory(
        heading=heading("Climate change"),
        unit="kg CO2 eq",
        factors=(
            factor(CO2, 1.0),
            factor(CO2, 1.2, location="CN"),
            factor(WATER, 0.004, unit=uid("Units of mass/g"), direction=Direction.INPUT),
            factor(STEEL, 1.0),
        ),
    )
    alone = ImpactCategory(
        heading=heading("Water use"), unit="m3", factors=(factor(WATER, 1.0),), method="EF 3.1"
    )
    weighting = WeightingSet(
        id=uid("set"),
        name=Wording.of("Set"),
        unit="Pt",
        factors=(WeightingFactor(category=Ref(climate.heading.id), normalisation=8100.0, weighting=0.21),),
    )
    method = ImpactMethod(
        heading=heading("Method"), categories=(Ref(climate.heading.id),), weighting_sets=(weighting,)
    )
    written = dump(package(impact_methods=(method,), impact_categories=(climate, alone)))
    assert codes(written) == {"simapro.factor.location": 1, "simapro.factor.flow": 1}
    assert written.content.splitlines()[1] == b"{methods}"
    found = again(written)
    assert [str(each.heading.name) for each in found.impact_methods] == ["Method", "EF 3.1"]
    assert [(str(each.flow.name), each.value, each.unit) for each in found.impact_categories[0].factors] == [
        ("Carbon dioxide", 1.0, "kg"),
        ("Water", 0.004, "g"),
    ]
    weights = found.impact_methods[0].weighting_sets[0].factors[0]
    assert (weights.normalisation, weights.weighting) == (8100.0, 0.21)


def test_a_whole_package_reads_back_the_same_from_then_on() -> None:
    first = again(dump(package(makes(STEEL, exchange(1, OIL, 1.0)), two_products())))
    assert load(dump(first).content).package == first


def test_what_flows_lose_is_told() -> None:
    written = dump(package(makes(STEEL)))
    assert written.ledger.number("simapro.flow.reduced") == 6
    assert written.ledger.counts[Kind.FLOW].defaulted == 6
