"""Amounts: units, flow properties, signs of waste, credits, nature and uncertainty."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.network.linking.packages import (
    flow,
    goes,
    links,
    makes,
    package,
    process,
    reasons,
    takes,
)
from zuji.lca.network.characterising import weights
from zuji.lca.network.linking import CutReason, link
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import FlowType
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory
from zuji.model.lci.processes import Direction
from zuji.model.lci.references import Heading, Ref

CAR, STEEL, GAS = flow("car", counted="items"), flow("steel"), flow("gas", counted="mass", energy=50.0)
SCRAP = flow("scrap", FlowType.WASTE)
CO2 = flow("co2", FlowType.ELEMENTARY)


@pytest.mark.parametrize(
    ("amount", "unit", "quantity", "expected"),
    [
        (2.0, "u-t", "mass", 2000.0),
        (2.0, "t", "", 2000.0),
        (100.0, "u-mj", "energy", 2.0),
        (10.0, "kWh", "energy", 36 / 50),
        (3.0, "", "", 3.0),
        (3.0, "g", "mass", 0.003),
    ],
)
def test_amounts_arrive_in_the_unit_of_the_provider(
    amount: float, unit: str, quantity: str, expected: float
) -> None:
    """1 kg of gas has 50 MJ; a gram is in no group of the package but in the unit table."""
    car = process("car", makes("car"), takes("gas", amount, unit=unit, property=quantity))
    well = process("well", makes("gas", 1.0, unit="u-t", property="mass"))
    linked = link(package(car, well, flows=(CAR, GAS)))
    assert links(linked.network, "car") == pytest.approx({"well": expected})
    assert linked.network.processes.production.tolist() == [1.0, 1000.0]
    assert linked.network.processes.unit[1] == "kg"
    assert linked.account.converted == (unit not in ("", "kg"))


def test_a_unit_that_does_not_convert_is_cut_off_by_name() -> None:
    car = process("car", makes("car"), takes("steel", 1.0, unit="u-mj", property="energy"))
    network = link(package(car, process("mill", makes("steel")), flows=(CAR, STEEL))).network
    assert reasons(network) == [("car", "steel", CutReason.UNIT)]


def test_without_flow_properties_the_written_units_convert() -> None:
    """A package without unit groups (EcoSpold 1, SimaPro): units are names."""
    bare = flow("steel"), flow("car")
    car = process("car", makes("car", unit="p"), takes("steel", 2.0, unit="t"))
    mill = process("mill", makes("steel", 1.0, unit="kg"))
    whole = package(car, mill, flows=bare)
    network = link(
        type(whole)(
            name="bare",
            processes=whole.processes,
            flows=tuple(type(f)(heading=f.heading, type=f.type) for f in bare),
        )
    ).network
    assert links(network, "car") == {"mill": 2000.0}


@pytest.mark.parametrize(
    ("treatment", "handing_over"),
    [
        (takes("scrap", 1.0, reference=True), goes("scrap", 5.0)),  # ILCD, openLCA
        (makes("scrap", -1.0), takes("scrap", -5.0)),  # EcoSpold 2, allocated
        (makes("scrap", -1.0), goes("scrap", 5.0)),  # EcoSpold 2, by-product
    ],
)
def test_handing_over_waste_consumes_its_treatment_whatever_the_signs(treatment, handing_over) -> None:  # type: ignore[no-untyped-def]
    car = process("car", makes("car"), handing_over)
    network = link(package(car, process("tip", treatment), flows=(CAR, SCRAP))).network
    assert links(network, "car") == {"tip": 5.0}
    assert network.processes.treats.tolist() == [False, True]
    assert network.processes.production.tolist() == [1.0, 1.0]


def test_waste_without_treatment_and_waste_taken_in_are_listed() -> None:
    car = process("car", makes("car"), goes("scrap", 5.0))
    smelter = process("smelter", makes("steel"), takes("scrap", 2.0))
    assert reasons(link(package(car, smelter, flows=(CAR, STEEL, SCRAP))).network) == [
        ("car", "scrap", CutReason.NO_TREATMENT),
        ("smelter", "scrap", CutReason.WASTE_TAKEN_IN),
    ]


@pytest.mark.parametrize("written", [takes, goes])
def test_an_avoided_product_is_a_credit_in_either_direction(written) -> None:  # type: ignore[no-untyped-def]
    car = process("car", makes("car"), written("steel", 4.0, avoided=True))
    linked = link(package(car, process("mill", makes("steel")), flows=(CAR, STEEL)))
    assert links(linked.network, "car") == {"mill": -4.0}
    assert linked.account.credits == 1


def test_a_data_set_without_a_usable_reference_stands_and_supplies_nobody() -> None:
    car = process("car", makes("car"), takes("steel", 1.0))
    for amount, reason in ((0.0, CutReason.REFERENCE_ZERO), (None, CutReason.REFERENCE_UNKNOWN)):
        network = link(package(car, process("mill", makes("steel", amount)), flows=(CAR, STEEL))).network
        assert np.isnan(network.processes.share).tolist() == [False, True]
        assert set(reasons(network)) == {("car", "steel", CutReason.NO_PROVIDER), ("mill", "steel", reason)}
    none = link(package(process("lost", takes("steel", 1.0)), flows=(STEEL,))).network
    assert ("lost", "", CutReason.NO_REFERENCE) in reasons(none)


def test_elementary_flows_keep_direction_and_place_and_meet_their_factors() -> None:
    water = flow("water", FlowType.ELEMENTARY)
    car = process(
        "car",
        makes("car"),
        goes("co2", 2.0, unit="u-t", property="mass"),
        takes("water", 3.0),
        goes("water", 1.0, location="SD-CN"),
    )
    category = ImpactCategory(
        heading=Heading(id="gwp"),
        unit="kg CO2e",
        method="M",
        factors=(
            CharacterisationFactor(
                flow=Ref("co2"), value=1000.0, direction=Direction.OUTPUT, unit="t", property="mass"
            ),
            CharacterisationFactor(flow=Ref("water"), value=7.0, direction=Direction.INPUT),
            CharacterisationFactor(flow=Ref("water"), value=9.0, direction=None, location="CN-SD"),
            CharacterisationFactor(flow=Ref("gold"), value=1.0),
            CharacterisationFactor(flow=Ref("co2"), value=None),
        ),
    )
    linked = link(package(car, flows=(CAR, CO2, water), impact_categories=(category,)))
    network = linked.network
    assert network.interventions.amount.tolist() == [2000.0, 3.0, 1.0]
    assert list(
        zip(network.flows.id, network.flows.inward.tolist(), network.flows.location, strict=True)
    ) == [
        ("co2", False, ""),
        ("water", True, ""),
        ("water", False, "SD-CN"),
    ]
    factors = network.factors
    assert list(zip(factors.flow.tolist(), factors.value.tolist(), factors.location, strict=True)) == [
        (0, 1.0, ""),
        (1, 7.0, ""),
        (1, -9.0, "CN-SD"),
        (2, 9.0, "CN-SD"),
    ]
    assert (linked.account.factors_unused, linked.account.factors_refused) == (1, 1)


FILED = {
    "air": ("Emission to air", "unspecified"),
    "resource": ("Resource", "in ground"),
    "unfiled": (),
}


@given(
    st.sampled_from(sorted(FILED)),
    st.sampled_from([None, Direction.INPUT, Direction.OUTPUT]),
    st.lists(st.tuples(st.booleans(), st.floats(-5, 5).filter(bool)), min_size=1, max_size=4),
    st.floats(-3, 3).filter(bool),
)
def test_factors_without_direction_count_as_in_openlca(
    filed: str, counted: Direction | None, moved: list[tuple[bool, float]], value: float
) -> None:
    """The inventory holds what is taken in as negative, and so does the factor of an input: their product."""
    nature = replace(flow("x", FlowType.ELEMENTARY), compartment=FILED[filed])
    exchanges = [(takes if inward else goes)("x", amount) for inward, amount in moved]
    category = ImpactCategory(
        heading=Heading(id="c"),
        direction=counted,
        factors=(CharacterisationFactor(flow=Ref("x"), value=value),),
    )
    car = process("car", makes("car", 2.0), *exchanges)
    network = link(package(car, flows=(CAR, nature), impact_categories=(category,))).network
    own = filed == "resource" or (filed == "unfiled" and all(inward for inward, _ in moved))
    inward = own if counted is None else counted is Direction.INPUT
    inventory = sum(-amount if taken else amount for taken, amount in moved)
    expected = inventory * (-value if inward else value) / 2.0
    assert weights(network, [0])[0, 0] == pytest.approx(expected, abs=1e-12)


def test_a_flow_the_package_lacks_is_elementary_where_a_method_characterises_it() -> None:
    category = ImpactCategory(
        heading=Heading(id="gwp"), factors=(CharacterisationFactor(flow=Ref("ch4"), value=29.8),)
    )
    car = process("car", makes("car"), goes("ch4", 2.0), goes("who knows", 1.0))
    network = link(package(car, flows=(CAR,), impact_categories=(category,))).network
    assert list(network.flows.id) == ["ch4"]
    assert reasons(network) == [("car", "who knows", CutReason.UNKNOWN_FLOW)]


SPREADS = [
    Spread(shape=Shape.LOGNORMAL, centre=2.0, scale=0.3),
    Spread(shape=Shape.NORMAL, scale=0.5),
    Spread(shape=Shape.TRIANGULAR, low=1.0, centre=2.0, high=4.0),
    Spread(shape=Shape.UNIFORM, low=1.0, high=4.0),
]


@given(st.sampled_from(SPREADS), st.sampled_from(["", "u-t"]), st.booleans(), st.integers(1, 3))
def test_uncertainty_scales_with_unit_share_and_sign(
    spread: Spread, unit: str, avoided: bool, mills: int
) -> None:
    """Oracle: quantities of the scaled amount are the quantities of the amount times the factor."""
    car = process("car", makes("car"), takes("steel", 2.0, unit=unit, spread=spread, avoided=avoided))
    makers = tuple(process(f"mill {i}", makes("steel")) for i in range(mills))
    network = link(package(car, *makers, flows=(CAR, STEEL))).network
    factor = (1000.0 if unit else 1.0) / mills * (-1 if avoided else 1)
    spreads = network.edge_spreads
    assert len(spreads) == mills
    for at in range(mills):
        assert network.edges.amount[spreads.entry[at]] == pytest.approx(2.0 * factor)
        centre, scale, low, high = (getattr(spreads, n)[at] for n in ("centre", "scale", "low", "high"))
        match spread.shape:
            case Shape.LOGNORMAL:
                assert (centre, scale) == pytest.approx((2.0 * factor, 0.3))
            case Shape.NORMAL:
                assert (centre, scale) == pytest.approx((2.0 * factor, 0.5 * abs(factor)))
            case _:
                assert (low, high) == pytest.approx(tuple(sorted((1.0 * factor, 4.0 * factor))))
                assert low <= centre <= high


@pytest.mark.parametrize(
    ("spread", "number"), [(SPREADS[0], 2), (Spread(shape=Shape.LOGNORMAL), 0), (None, 0)]
)
def test_the_uncertainty_of_what_a_process_makes_is_told_and_not_drawn(
    spread: Spread | None, number: int
) -> None:
    """Results are per unit of product: an uncertain production or share would have to be drawn with them."""
    plant = process(
        "plant", makes("steel", 2.0, spread=spread), makes("gas", 1.0, spread=spread), goes("co2", 3.0)
    )
    linked = link(package(plant, flows=(STEEL, GAS, CO2)))
    assert linked.account.spreads_of_products == number
    assert linked.account.spreads == linked.account.spreads_refused == 0
    assert len(linked.network.edge_spreads) == len(linked.network.intervention_spreads) == 0
