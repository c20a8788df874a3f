"""Several products of a process: what openLCA computes with, and what is read again."""

import dataclasses
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.jsonld.packages import written
from zuji.formats.jsonld import dump, load
from zuji.lca.network.linking.stated import stated
from zuji.model.lci.package import Package
from zuji.model.lci.processes import AllocationMethod, AllocationShare, Direction, Exchange, Process
from zuji.model.lci.references import Heading, Kind, Ref

IN, OUT = Direction.INPUT, Direction.OUTPUT
UNSTATED, CAUSAL = AllocationMethod.UNSTATED, AllocationMethod.CAUSAL
PHYSICAL, ECONOMIC = AllocationMethod.PHYSICAL, AllocationMethod.ECONOMIC


def row(number: int, flow: str, direction: Direction = OUT, *, reference: bool = False) -> Exchange:
    """An exchange of two units of a flow."""
    ref = Ref(flow, kind=Kind.FLOW)
    return Exchange(id=str(number), flow=ref, direction=direction, amount=2.0, reference=reference)


PLANT = (
    row(1, "steel", reference=True),
    row(2, "heat", reference=True),
    row(3, "coal", IN),
    row(4, "carbon-dioxide"),
)


def share(
    product: int, part: float, exchange: str = "", method: AllocationMethod = UNSTATED
) -> AllocationShare:
    return AllocationShare(product=str(product), share=part, exchange=exchange, method=method)


def plant(*shares: AllocationShare, rows: tuple[Exchange, ...] = PLANT, **more: Any) -> Package:
    process = Process(heading=Heading(id="plant"), exchanges=rows, allocations=shares, **more)
    return Package(processes=(process,))


def written_plant(package: Package) -> Any:
    return written(dump(package).content)["processes/plant.json"]


def openlca_factor(process: Any, flow: str, exchange: int) -> float:
    """The part of an exchange that goes to a product, as openLCA's AllocationIndex finds it by default."""
    default, found = process.get("defaultAllocationMethod"), 1.0
    for factor in process.get("allocationFactors", ()):
        if factor["allocationType"] != default or factor["product"]["@id"] != flow:
            continue
        if default != "CAUSAL_ALLOCATION" or factor["exchange"]["internalId"] == exchange:
            found = factor.get("value", 0.0)
    return found


def again(package: Package) -> Process:
    (process,) = load(dump(package).content).package.processes
    return process


def test_further_references_are_marked_and_read_again() -> None:
    flags = [one["isQuantitativeReference"] for one in written_plant(plant())["exchanges"]]
    assert flags == [True, False, False, False]
    assert [one.reference for one in again(plant()).exchanges] == [True, True, False, False]
    ledger = dump(plant()).ledger
    assert (ledger.number("co-reference"), ledger.balanced) == (1, True)
    assert load(dump(plant()).content).ledger.number("several-references") == 0


@pytest.mark.parametrize("method", [UNSTATED, PHYSICAL, ECONOMIC])
def test_shares_of_single_exchanges_are_causal_in_openlca(method: AllocationMethod) -> None:
    """EcoSpold 1 names a method with shares of single exchanges, ILCD none; openLCA has causal ones only."""
    shares = [share(1, 0.7, "3", method), share(2, 0.3, "3", method)]
    shares += [share(1, 0.6, "4", method), share(2, 0.4, "4", method)]
    process = written_plant(plant(*shares))
    assert [openlca_factor(process, flow, 3) for flow in ("steel", "heat")] == [0.7, 0.3]
    assert [openlca_factor(process, flow, 4) for flow in ("steel", "heat")] == [0.6, 0.4]


def test_exchanges_that_follow_the_whole_process_get_its_shares_beside_causal_ones() -> None:
    shares = [share(1, 0.8), share(2, 0.2), share(1, 0.7, "3"), share(2, 0.3, "3")]
    process = written_plant(plant(*shares))
    assert [openlca_factor(process, flow, 3) for flow in ("steel", "heat")] == [0.7, 0.3]
    assert [openlca_factor(process, flow, 4) for flow in ("steel", "heat")] == [0.8, 0.2]
    assert dump(plant(*shares)).ledger.number("generated") >= 2


def test_an_exchange_that_nothing_is_said_of_is_told() -> None:
    package = plant(share(1, 0.7, "3"), share(2, 0.3, "3"))
    assert dump(package).ledger.number("unshared-exchange") == 1


def test_a_second_method_by_exchange_is_left_out_and_told() -> None:
    shares = [share(1, 1.0, "3", PHYSICAL), share(2, 1.0, "3", ECONOMIC), share(2, 1.0, method=ECONOMIC)]
    ledger = dump(plant(*shares)).ledger
    assert (ledger.number("second-by-exchange"), ledger.number("by-exchange")) == (1, 1)
    assert ledger.counts[Kind.ALLOCATION].dropped == 1
    assert ledger.balanced


def test_a_product_made_twice_has_the_sum_of_its_shares() -> None:
    rows = (*PLANT[:2], row(5, "steel", reference=True), *PLANT[2:])
    package = plant(share(1, 0.5), share(2, 0.3), share(5, 0.2), rows=rows)
    process = written_plant(package)
    assert [openlca_factor(process, flow, 3) for flow in ("steel", "heat")] == [0.7, 0.3]
    assert dump(package).ledger.number("same-product") == 1
    assert sum(one.share for one in again(package).allocations) == 1.0


def test_the_share_of_a_product_on_itself_is_one_of_the_whole_process() -> None:
    process = written_plant(plant(share(1, 0.6, "1"), share(2, 0.4, "2")))
    assert process["defaultAllocationMethod"] == "PHYSICAL_ALLOCATION"
    assert [openlca_factor(process, flow, 4) for flow in ("steel", "heat")] == [0.6, 0.4]


def test_a_mark_on_the_reference_itself_says_nothing_more() -> None:
    package = load(dump(plant()).content).package
    assert not any(
        extra.place.startswith("zuji") for one in package.processes[0].exchanges for extra in one.extras
    )


def _vectors(process: Process) -> dict[str, tuple[float, ...]]:
    """The shares of the products for each exchange that is none, as the library links them."""
    products = {
        one.id: number for number, one in enumerate(one for one in process.exchanges if one.reference)
    }
    found = stated(process, products, len(products))
    assert found is not None
    return {
        one.flow.id: found.by_exchange.get(one.id, found.overall or ())
        for one in process.exchanges
        if not one.reference
    }


_whole = st.lists(st.integers(1, 9), min_size=3, max_size=3).map(
    lambda parts: [part / sum(parts) for part in parts]
)


def _shares(parts: Iterable[float], exchange: str, method: AllocationMethod) -> list[AllocationShare]:
    return [share(number, part, exchange, method) for number, part in enumerate(parts, start=1)]


@settings(deadline=None)
@given(
    method=st.sampled_from((UNSTATED, PHYSICAL, ECONOMIC, CAUSAL)),
    overall=st.none() | _whole,
    single=st.dictionaries(st.sampled_from(("4", "5")), _whole, max_size=2),
)
def test_any_shares_mean_the_same_in_openlca_and_when_they_are_read_again(
    method: AllocationMethod, overall: list[float] | None, single: dict[str, list[float]]
) -> None:
    if overall is None or (method is CAUSAL and single):
        single = {"4": [0.2, 0.3, 0.5], "5": [0.5, 0.25, 0.25]} | single
        overall = None if method is CAUSAL else overall
    if method is CAUSAL and overall is not None:
        method = PHYSICAL
    rows = (
        *(row(number, f"product-{number}", reference=True) for number in (1, 2, 3)),
        row(4, "coal", IN),
        row(5, "carbon-dioxide"),
    )
    shares = _shares(overall or (), "", method)
    for exchange, parts in single.items():
        shares += _shares(parts, exchange, method)
    default = method if single or method is not UNSTATED else UNSTATED
    package = plant(*shares, rows=rows, allocation_method=default)
    expected = _vectors(package.processes[0])
    assert _vectors(again(package)) == {flow: pytest.approx(parts) for flow, parts in expected.items()}
    process = written_plant(package)
    for number, flow in ((4, "coal"), (5, "carbon-dioxide")):
        given_parts = [openlca_factor(process, f"product-{product}", number) for product in (1, 2, 3)]
        assert given_parts == pytest.approx(expected[flow])
    assert dump(package).ledger.balanced


def test_marks_survive_beside_other_extras() -> None:
    process = again(plant())
    edited = dataclasses.replace(process.exchanges[1], reference=False)
    package = Package(
        processes=(
            dataclasses.replace(process, exchanges=(process.exchanges[0], edited, *process.exchanges[2:])),
        )
    )
    assert [one.reference for one in again(package).exchanges] == [True, False, False, False]
