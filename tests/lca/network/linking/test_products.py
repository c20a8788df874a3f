"""Co-products: one column each, the parts summing to the whole; what is no co-product is listed."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.network.linking.packages import (
    column,
    flow,
    goes,
    links,
    makes,
    package,
    process,
    reasons,
    takes,
)
from zuji.lca.network.arrays import Floats, Network
from zuji.lca.network.linking import Allocation, CutReason, LinkOptions, link
from zuji.model.lci.flows import FlowType, PropertyAmount
from zuji.model.lci.processes import AllocationMethod, AllocationShare, Process
from zuji.model.lci.references import Ref

CO2, SCRAP = flow("co2", FlowType.ELEMENTARY), flow("scrap", FlowType.WASTE)
SALT, CHLORINE, LYE = flow("salt"), flow("chlorine", value=0.2), flow("lye", value=0.4)
HYDROGEN = flow("hydrogen", energy=120.0, value=2.0)
STEAM, POWER = flow("steam", counted="energy"), flow("power", counted="energy")
FLOWS = (CO2, SCRAP, SALT, CHLORINE, LYE, HYDROGEN, STEAM, POWER)
MINE = process("mine", makes("salt"), goes("co2", 0.5))


def user(product: str) -> Process:
    return process(f"user of {product}", makes("lye" if product != "lye" else "salt"), takes(product, 1.0))


def intensities(network: Network) -> Floats:
    """kg CO2 per unit of every product, by a dense solve."""
    n = len(network)
    matrix, direct = np.zeros((n, n)), np.zeros(n)
    np.add.at(matrix, (network.edges.consumer(), network.edges.provider), network.edges.amount)
    owner = np.repeat(np.arange(n), np.diff(network.interventions.start))
    np.add.at(direct, owner, network.interventions.amount)
    made = network.processes.production
    return np.asarray(np.linalg.solve(np.eye(n) - matrix / made[:, None], direct / made), np.float64)


CELL = process(
    "cell",
    makes("chlorine", 1.0),
    makes("lye", 1.1),
    makes("hydrogen", 0.03),
    takes("salt", 1.7),
    goes("co2", 0.1),
)


@pytest.mark.parametrize(
    ("method", "weights"),
    [
        (Allocation.STATED, (1.0, 1.1, 0.03)),
        (Allocation.PHYSICAL, (1.0, 1.1, 0.03)),
        (Allocation.MASS, (1.0, 1.1, 0.03)),
        (Allocation.ECONOMIC, (0.2, 0.44, 0.06)),
        (Allocation.EQUAL, (1.0, 1.0, 1.0)),
    ],
)
def test_each_co_product_gets_its_part_of_everything(method: Allocation, weights: tuple[float, ...]) -> None:
    linked = link(package(CELL, MINE, flows=FLOWS), LinkOptions(allocation=method))
    network = linked.network
    parts = np.array(weights) / sum(weights)
    assert network.processes.share[:3] == pytest.approx(parts)
    for product, part in zip(("chlorine", "lye", "hydrogen"), parts, strict=True):
        assert links(network, "cell", product) == pytest.approx({"mine": 1.7 * part})
    total = network.processes.production[:3] @ intensities(network)[:3]
    assert total == pytest.approx(0.1 + 1.7 * 0.5), "what the parts carry is what the whole causes"


@given(
    st.lists(st.floats(0.01, 100), min_size=3, max_size=3),
    st.floats(0.01, 100),
    st.sampled_from([Allocation.MASS, Allocation.ECONOMIC, Allocation.EQUAL]),
)
def test_allocation_loses_and_invents_nothing(
    amounts: list[float], emitted: float, method: Allocation
) -> None:
    products = (
        makes(name, amount) for name, amount in zip(("chlorine", "lye", "hydrogen"), amounts, strict=True)
    )
    cell = process("cell", *products, takes("salt", 1.7), goes("co2", emitted))
    network = link(package(cell, MINE, flows=FLOWS), LinkOptions(allocation=method)).network
    total = network.processes.production[:3] @ intensities(network)[:3]
    assert total == pytest.approx(emitted + 1.7 * 0.5)


def test_shares_that_the_data_set_states_come_first_also_for_single_exchanges() -> None:
    allocations = (
        AllocationShare(product="0", share=0.7, method=AllocationMethod.ECONOMIC),
        AllocationShare(product="1", share=0.3, method=AllocationMethod.ECONOMIC),
        AllocationShare(product="1", share=1.0, method=AllocationMethod.ECONOMIC, exchange="3"),
    )
    cell = process(
        "cell", makes("chlorine"), makes("lye"), takes("salt", 2.0), goes("co2", 4.0), allocations=allocations
    )
    network = link(package(cell, MINE, flows=FLOWS)).network
    assert links(network, "cell", "chlorine") == {"mine": 1.4}
    assert network.interventions.amount.tolist() == [4.0, 0.5], "all CO2 goes to the lye"
    assert network.interventions.start.tolist() == [0, 0, 1, 2]


def test_prices_that_exchanges_state_come_before_those_of_the_flows() -> None:
    """EcoSpold 2 gives price and dry mass with each exchange."""
    price = (PropertyAmount(property=Ref("value"), amount=3.0),)
    cell = process("cell", makes("chlorine", 1.0, properties=price), makes("lye", 5.0))
    linked = link(package(cell, flows=FLOWS), LinkOptions(allocation=Allocation.ECONOMIC))
    assert linked.network.processes.share.tolist() == pytest.approx([3 / 5, 2 / 5])


def test_costs_in_one_currency_divide_where_the_flows_have_no_price() -> None:
    plant = process(
        "plant", makes("power", 10.0, cost=6.0, currency="CNY"), makes("steam", 9.0, cost=2.0, currency="CNY")
    )
    linked = link(package(plant, flows=FLOWS), LinkOptions(allocation=Allocation.ECONOMIC))
    assert linked.network.processes.share.tolist() == [0.75, 0.25]


@pytest.mark.parametrize("shares", [(0.7, 0.7), (-0.2, 1.2)])
def test_shares_that_do_not_add_up_are_not_used(shares: tuple[float, float]) -> None:
    allocations = tuple(AllocationShare(product=str(i), share=share) for i, share in enumerate(shares))
    cell = process("cell", makes("chlorine"), makes("lye", 3.0), allocations=allocations)
    linked = link(package(cell, flows=FLOWS))
    assert linked.network.processes.share.tolist() == [0.25, 0.75]
    assert linked.account.divided == {Allocation.PHYSICAL: 1}


def test_energy_divides_where_mass_does_not_and_nothing_is_guessed_where_neither_does() -> None:
    mixed = process("plant", makes("power", 30.0), makes("hydrogen", 0.25))
    divided = link(package(mixed, flows=FLOWS)).network
    assert divided.processes.share.tolist() == [0.5, 0.5], "0.25 kg of 120 MJ/kg against 30 MJ"
    unlike = process("works", makes("power", 30.0), makes("lye", 1.0))
    linked = link(package(unlike, user("power"), flows=FLOWS))
    assert np.isnan(linked.network.processes.share).tolist() == [True, True, False]
    assert linked.account.barred == {CutReason.UNALLOCATED: 1}
    assert {reason for _, _, reason in reasons(linked.network)} == {CutReason.UNALLOCATED}
    borne = link(package(unlike, flows=FLOWS), LinkOptions(fallback=Allocation.REFERENCE))
    assert borne.network.processes.share.tolist() == [1.0]
    assert reasons(borne.network) == [("works", "lye", CutReason.BORNE)]


def test_a_process_that_cannot_be_divided_supplies_only_where_nobody_else_does() -> None:
    works = process("works", makes("power", 30.0), makes("lye", 1.0))
    plant = process("plant", makes("power"), location="US")
    network = link(package(works, plant, user("power"), flows=FLOWS)).network
    assert links(network, "user of power") == {"plant": 1.0}
    alone = link(package(works, user("power"), flows=FLOWS)).network
    assert links(alone, "user of power") == {"works": 1.0}


def test_substitution_credits_what_the_co_product_displaces() -> None:
    boiler = process("boiler", makes("steam", 2.0), goes("co2", 0.3))
    chp = process("chp", makes("power", 10.0), goes("steam", 4.0), goes("co2", 3.0))
    whole = package(boiler, chp, user("steam"), flows=FLOWS)
    network = link(whole, LinkOptions(allocation=Allocation.SUBSTITUTION)).network
    assert links(network, "chp") == {"boiler": -4.0}
    expected = (3.0 - 4.0 * 0.15) / 10
    assert intensities(network)[column(network, "chp")] == pytest.approx(expected)
    lone = link(
        package(chp, user("steam"), flows=FLOWS), LinkOptions(allocation=Allocation.SUBSTITUTION)
    ).network
    assert ("chp", "steam", CutReason.NOT_DISPLACED) in reasons(lone)


def test_main_products_supply_before_by_products() -> None:
    chp = process("chp", makes("power", 10.0), goes("steam", 10.0))
    boiler = process("boiler", makes("steam"), location="US")
    network = link(package(chp, boiler, user("steam"), flows=FLOWS)).network
    assert links(network, "user of steam") == {"boiler": 1.0}
    without = link(package(chp, user("steam"), flows=FLOWS)).network
    assert links(without, "user of steam") == {"chp": 1.0}
    assert list(without.processes.product)[:2] == ["power", "steam"]


def test_an_output_that_nobody_asks_for_is_a_residue_and_the_main_product_bears_all() -> None:
    gas = flow("flue gas")
    kilns = tuple(
        process(f"kiln {i}", makes("lye"), goes("flue gas", 900.0), goes("co2", 1.0)) for i in range(4)
    )
    network = link(package(*kilns, flows=(*FLOWS, gas))).network
    assert len(network) == 4
    assert set(reasons(network)) == {(f"kiln {i}", "flue gas", CutReason.RESIDUE) for i in range(4)}
    one_taker = (*kilns, process("dryer", makes("salt"), takes("flue gas", 1.0)))
    assert len(link(package(*one_taker, flows=(*FLOWS, gas))).network) == 5, (
        "four give, one takes: still residue"
    )
    options = LinkOptions(residue=math.inf)
    assert len(link(package(*one_taker, flows=(*FLOWS, gas)), options).network) == 9


def test_what_a_treatment_gives_off_leaves_without_burden_or_credit() -> None:
    burner = process("burner", takes("scrap", 1.0, reference=True), goes("power", 5.0), goes("co2", 1.0))
    network = link(package(burner, user("power"), flows=FLOWS)).network
    assert set(reasons(network)) == {
        ("burner", "power", CutReason.FROM_TREATMENT),
        ("user of power", "power", CutReason.NO_PROVIDER),
    }


def test_more_of_the_same_product_is_one_product() -> None:
    mill = process("mill", makes("lye", 1.0), goes("lye", 0.5), goes("co2", 3.0))
    network = link(package(mill, flows=FLOWS)).network
    assert network.processes.production.tolist() == [1.5]
    assert intensities(network).tolist() == [2.0]


def test_the_annual_volume_of_a_co_product_follows_its_amount() -> None:
    cell = process("cell", makes("chlorine"), makes("lye", 1.1), production_volume=1000.0)
    network = link(package(cell, flows=FLOWS)).network
    assert network.processes.volume.tolist() == pytest.approx([1000.0, 1100.0])
