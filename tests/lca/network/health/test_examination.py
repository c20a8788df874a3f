"""What an examination says, and that its repairs leave a network that has numbers."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lca.network.linking.packages import column, flow, goes, makes, package, process, takes
from tests.lca.network.networks import Matrix, network
from zuji.errors import InvalidInput, NonProductiveSystem
from zuji.lca.network.arrays import Network
from zuji.lca.network.health import (
    Finding,
    Severity,
    Status,
    document,
    examine,
    refusal,
    repair,
    suggest,
)
from zuji.lca.network.linking import CutReason, link
from zuji.model.lci.flows import FlowType


def finding(of: Network, code: str) -> Finding:
    return next(found for found in examine(of).findings if found.code == code)


def matrix(size: int, *entries: tuple[int, int, float]) -> Matrix:
    result = np.zeros((size, size))
    for consumer, provider, amount in entries:
        result[consumer, provider] += amount
    return result


LOOP = matrix(5, (0, 1, 0.5), (1, 2, 2.0), (2, 1, 0.6), (3, 4, 1.0), (1, 4, 0.1))
"""0 buys from the loop 1-2 of gain 1.2; 3 and 4 have nothing to do with it."""


def test_a_loop_that_consumes_itself_is_refused_with_its_cycle_and_its_dependants() -> None:
    of = network(LOOP, np.ones((5, 1)))
    health = examine(of)
    assert not health.productive
    assert [Status(s).name for s in health.status] == [
        "TOUCHED",
        "UNSOLVABLE",
        "UNSOLVABLE",
        "SOLVABLE",
        "SOLVABLE",
    ]
    (component,) = health.components
    assert (component.processes, set(component.loop)) == ((1, 2), {1, 2})
    assert component.gain == pytest.approx(1.2)
    assert component.radius.value == pytest.approx(1.2**0.5)
    found = finding(of, "health.sick_loop")
    assert (found.severity, found.number) == (Severity.ERROR, 2)
    assert "谱半径 1.0954" in found.what.zh
    refused = refusal(of, health, 0)
    assert isinstance(refused, NonProductiveSystem)
    assert [problem.code for problem in refused] == ["health.touched", "health.sick_loop"]
    assert refusal(of, health, 3) is None
    assert refusal(of, health, 1) is not None
    with pytest.raises(IndexError):
        refusal(of, health, 5)


def test_products_apart_from_a_sick_loop_have_the_numbers_of_the_raw_network() -> None:
    of = network(LOOP, np.ones((5, 1)))
    health = examine(of)
    repaired = repair(of, suggest(health))
    assert examine(repaired).productive
    for solvable in np.flatnonzero(health.status == Status.SOLVABLE):
        low, high = of.edges.start[solvable : solvable + 2]
        new = repaired.edges.start[solvable : solvable + 2]
        assert of.edges.amount[low:high].tolist() == repaired.edges.amount[slice(*new)].tolist()


def test_a_repair_is_named_listed_and_can_be_applied_once() -> None:
    of = network(LOOP, np.ones((5, 1)))
    (cut,) = suggest(examine(of))
    assert {cut.process, cut.provider} == {"p1", "p2"}
    assert (cut.amount, cut.unit) in ((2.0, "kg"), (0.6, "kg"))
    repaired = repair(of, [cut])
    assert len(repaired.edges) == len(of.edges) - 1
    assert list(repaired.cut_offs.reason) == [CutReason.REPAIR]
    assert json.loads(repaired.about["repairs"])[0]["process"] == cut.process
    with pytest.raises(InvalidInput, match="找不到"):
        repair(repaired, [cut])
    assert repair(of, []) is of


def test_a_report_is_json_without_loss_of_words() -> None:
    of = network(LOOP, np.ones((5, 1)))
    health = examine(of)
    read = json.loads(json.dumps(document(health), allow_nan=False))
    assert read["products"] == {"solvable": 2, "touched": 1, "unsolvable": 2}
    assert read["findings"][0]["what"]["zh"] == health.findings[0].what.zh
    assert read["loops"][0]["radius"]["certainty"] == "proven"
    assert read["repairs"][0]["process"] == suggest(health)[0].process


def test_the_link_far_above_its_flows_median_is_the_one_to_cut() -> None:
    """Twenty processes use 0.01 of product 0; one uses 10,000 times that, and closes a loop."""
    size = 22
    entries = [(user, 0, 0.01) for user in range(1, 21)]
    of = network(matrix(size, *entries, (21, 0, 100.0), (0, 21, 0.5)), np.ones((size, 1)))
    (cut,) = suggest(examine(of))
    assert (cut.process, cut.provider, cut.amount) == ("p21", "p0", 100.0)
    assert cut.slip == 1e4


def test_processes_whose_reference_cannot_belong_to_their_inputs_are_set_aside() -> None:
    """A table of sector totals in kg, with 1 kg as each reference."""
    random = np.random.default_rng(7)
    table = np.zeros((8, 8))
    table[:6, :6] = random.uniform(1e6, 1e8, (6, 6))
    table[6, 0] = 0.3
    table[7, 7] = 0.1
    of = network(table, np.ones((8, 1)))
    health = examine(of)
    repaired = repair(of, suggest(health))
    assert {one.process for one in suggest(health) if one.sets_aside} == {f"p{i}" for i in range(6)}
    after = examine(repaired)
    assert after.productive
    assert after.status.tolist() == [Status.UNSOLVABLE] * 6 + [Status.SOLVABLE] * 2
    assert finding(of, "health.reference_too_small").number == 6
    assert finding(repaired, "health.set_aside").number == 6


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(2, 14), st.floats(0.02, 0.6), st.floats(0.01, 3.0), st.booleans())
def test_the_repaired_network_is_productive_and_no_cut_is_in_vain(
    seed: int,
    size: int,
    density: float,
    strength: float,
    crediting: bool,
) -> None:
    random = np.random.default_rng(seed)
    table = np.where(random.random((size, size)) < density, random.exponential(strength, (size, size)), 0.0)
    if crediting:
        table *= random.choice([-1.0, 1.0, 1.0], (size, size))
    of = network(table, np.ones((size, 1)))
    health = examine(of)
    repaired = repair(of, suggest(health))
    assert examine(repaired).productive
    left = np.zeros((size, size))
    np.add.at(left, (repaired.edges.consumer(), repaired.edges.provider), repaired.edges.amount)
    assert np.abs(np.linalg.eigvals(left)).max() < 1
    if not crediting:
        assert np.linalg.solve(np.eye(size) - left, np.ones(size)).min() > 0
    assert health.productive == (np.abs(np.linalg.eigvals(table)).max() < 1 - 1e-10)
    cuts = suggest(health)
    for spared in cuts if len(cuts) <= 4 else ():
        others = [one for one in cuts if one is not spared]
        assert not examine(repair(of, others)).productive, "every cut is needed"


def test_a_strong_but_productive_loop_is_a_warning_and_credits_are_named() -> None:
    near = network(matrix(2, (0, 1, 0.999), (1, 0, 0.999)), np.ones((2, 1)))
    assert examine(near).productive
    assert finding(near, "health.near_loop").severity is Severity.WARNING
    credited = network(matrix(2, (0, 0, -0.9), (0, 1, 1.0), (1, 0, -0.6), (1, 1, 0.3)), np.ones((2, 1)))
    health = examine(credited)
    (component,) = health.components
    assert component.absolute.value > 1 > component.radius.value
    assert not component.sick
    assert finding(credited, "health.credited_loop").severity is Severity.WARNING


def test_amounts_a_million_times_the_median_are_named_with_a_suspicion() -> None:
    size = 12
    entries = [(user, 0, 0.5) for user in range(1, 11)]
    direct = np.ones((size, 1))
    direct[5] = 1.2e6
    of = network(matrix(size, *entries, (11, 0, 0.5 * 3.6e6)), direct)
    found = examine(of).outliers
    assert [(o.process, o.elementary, o.slip) for o in found] == [(11, False, 3.6e6), (5, True, 1e6)]
    assert found[0].ratio == pytest.approx(3.6e6)
    assert finding(of, "health.outliers").places[0].amount == pytest.approx(1.8e6)


def test_numbers_that_are_none_and_productions_that_are_not_positive_bar_their_process() -> None:
    of = network(matrix(4, (0, 1, 1.0), (2, 3, 1.0)), np.ones((4, 1)))
    of = replace(
        of,
        edges=replace(of.edges, amount=np.array([np.nan, 1.0])),
        processes=replace(of.processes, production=np.array([1.0, 1.0, 1.0, 0.0])),
    )
    assert examine(of).status.tolist() == [
        Status.UNSOLVABLE,
        Status.SOLVABLE,
        Status.TOUCHED,
        Status.UNSOLVABLE,
    ]
    assert finding(of, "health.not_finite").number == 2


def test_gaps_of_a_package_are_findings_with_places_and_cures() -> None:
    flows = (
        flow("car", counted="items"),
        flow("steel"),
        flow("glass"),
        flow("power", counted="energy"),
        flow("scrap", FlowType.WASTE),
        flow("co2", FlowType.ELEMENTARY),
    )
    whole = package(
        process("car", makes("car"), takes("steel", 1.0), takes("glass", 1.0), goes("scrap", 1.0)),
        process("mill", makes("steel", 0.0), goes("co2", 1.0)),
        process("works", makes("power"), makes("glass"), goes("co2", 1.0)),
        process("other", makes("car")),
        process("lost", goes("co2", 1.0)),
        flows=flows,
    )
    of = link(whole).network
    health = examine(of)
    found = {one.code: one for one in health.findings}
    expected = {
        "health.reference_zero": (Severity.ERROR, 1),
        "health.unallocated": (Severity.ERROR, 2),
        "health.no_reference": (Severity.ERROR, 1),
        "health.no_provider": (Severity.WARNING, 1),
        "health.no_treatment": (Severity.WARNING, 1),
        "health.nothing_upstream": (Severity.WARNING, 1),
        "health.duplicate_products": (Severity.NOTE, 1),
    }
    assert {code: (found[code].severity, found[code].number) for code in expected} == expected
    for one in health.findings:
        assert one.what.zh
        assert one.what.en
        assert one.cure.zh
        assert one.cure.en
        assert one.places
    assert found["health.no_provider"].places[0].flow.zh == "steel"
    names = ("car", "mill", "works", "other", "lost")
    assert [Status(health.status[column(of, name)]).name for name in names] == [
        "TOUCHED", "UNSOLVABLE", "UNSOLVABLE", "SOLVABLE", "UNSOLVABLE",
    ]  # fmt: skip
    severities = [one.severity for one in health.findings]
    assert severities == sorted(severities, key=list(Severity).index)
