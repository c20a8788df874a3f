"""Direct contributions, flows, groups and first tiers against a dense inverse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.network.paths.worlds import world
from zuji.errors import InvalidInput
from zuji.lca.network.paths import (
    by_flow,
    by_flow_and_process,
    by_group,
    by_intervention,
    by_process,
    first_tier,
    ranked,
    shares,
)

DEMAND = {3: 2.5, 0: -0.5}


@pytest.mark.parametrize("seed", range(8))
def test_every_split_adds_up_to_the_footprint(seed):
    it = world(seed)
    supply, total = it.supply(DEMAND), it.total(DEMAND)
    processes = by_process(supply, it.direct)
    size = np.abs(processes).sum()
    caused = by_intervention(it.prepared.network, supply, it.characterised)
    flows = by_flow(it.prepared.network, caused)
    crossing = by_flow_and_process(it.prepared.network, caused, limit=5)
    groups = by_group(processes, it.prepared.network.processes.location)
    for found in (
        processes.sum(),
        caused.sum(),
        flows.sum(),
        crossing.total,
        groups.total,
        groups.value.sum(),
    ):
        assert found == pytest.approx(total, rel=1e-9, abs=1e-9 * size)
    assert crossing.value.sum() + crossing.rest == pytest.approx(crossing.total, rel=1e-12, abs=1e-12 * size)


def test_processes_and_flows_are_what_the_dense_inverse_says():
    it = world(1)
    supply = it.supply(DEMAND)
    net = it.prepared.network
    caused = by_intervention(net, supply, it.characterised)
    process = np.repeat(np.arange(len(net)), np.diff(net.interventions.start))
    for j in range(len(net)):
        expected = supply[j] * it.direct[j]
        assert by_process(supply, it.direct)[j] == pytest.approx(expected, rel=1e-12)
        assert caused[process == j].sum() == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert by_flow(net, caused)[3] == 0.0  # the flow without a factor


def test_many_categories_at_once():
    it = world(2)
    both = np.column_stack([it.direct, 3 * it.direct])
    assert by_process(it.supply(DEMAND), both).sum(axis=0) == pytest.approx(
        [it.total(DEMAND), 3 * it.total(DEMAND)], rel=1e-9
    )


def test_credits_rank_by_size_not_by_sign():
    ranking = ranked(np.array([1.0, -5.0, 0.0, 3.0, -0.5]), limit=3)
    assert ranking.index.tolist() == [1, 3, 0]
    assert ranking.value.tolist() == [-5.0, 3.0, 1.0]
    assert (ranking.total, ranking.rest) == (-1.5, -0.5)


def test_exact_zeros_are_never_listed_and_ties_go_by_index():
    assert ranked(np.array([0.0, 2.0, -2.0, 2.0])).index.tolist() == [1, 2, 3]
    assert ranked(np.array([0.0, 2.0, -2.0, 2.0]), limit=2).index.tolist() == [1, 2]
    assert len(ranked(np.zeros(4))) == 0
    assert len(ranked(np.array([1.0]), limit=0)) == 0


@given(
    values=st.lists(st.floats(-1e12, 1e12, allow_subnormal=False), max_size=40),
    limit=st.integers(0, 45),
    least=st.floats(0, 1),
)
def test_a_ranking_and_its_rest_are_the_total(values, limit, least):
    array = np.array(values, np.float64)
    ranking = ranked(array, limit, least)
    assert ranking.value.sum() + ranking.rest == pytest.approx(
        ranking.total, rel=1e-12, abs=1e-12 * np.abs(array).sum()
    )
    sizes = np.abs(ranking.value)
    assert (np.diff(sizes) <= 0).all()
    assert len(ranking) <= limit


def test_a_flow_and_process_pair_that_repeats_is_one():
    it = world(3)
    net = it.prepared.network
    caused = by_intervention(net, it.supply(DEMAND), it.characterised)
    crossing = by_flow_and_process(net, caused)
    pairs = list(zip(crossing.flow.tolist(), crossing.process.tolist(), strict=True))
    assert len(pairs) == len(set(pairs))
    assert crossing.rest == 0.0
    flow, process = pairs[0]
    rows = slice(net.interventions.start[process], net.interventions.start[process + 1])
    expected = caused[rows][net.interventions.flow[rows] == flow].sum()
    assert crossing.value[0] == pytest.approx(expected, rel=1e-12)


def test_groups_keep_what_cancels_and_leave_out_what_is_nothing():
    groups = by_group(np.array([2.0, -2.0, 0.0, -7.0]), ["a", "a", "b", "c"])
    assert groups.label == ("c", "a")
    assert groups.value.tolist() == [-7.0, 0.0]


@pytest.mark.parametrize("seed", range(8))
def test_the_first_tier_is_own_part_and_inputs_with_their_upstream(seed):
    it = world(seed)
    for j in range(len(it.prepared)):
        tier = first_tier(it.prepared, it.intensities, it.direct, j, 3.0)
        size = abs(tier.own) + np.abs(tier.value).sum()
        assert tier.total == pytest.approx(3.0 * it.intensities[j], rel=1e-12)
        assert tier.own + tier.value.sum() == pytest.approx(tier.total, rel=1e-9, abs=1e-9 * size)
        gross = 3.0 / (1.0 - it.inputs[j, j])
        for provider, amount, value in zip(tier.provider, tier.amount, tier.value, strict=True):
            assert provider != j
            assert amount == pytest.approx(gross * it.inputs[provider, j], rel=1e-12)
            assert value == pytest.approx(amount * it.intensities[provider], rel=1e-12)
        assert (np.diff(np.abs(tier.value)) <= 0).all()


def test_all_first_tiers_at_once_are_the_first_tiers():
    it = world(4)
    both = np.column_stack([it.intensities, 2 * it.intensities])
    weights = np.column_stack([it.direct, 2 * it.direct])
    at_once, doubled = (
        shares(it.prepared, it.intensities, it.direct),
        shares(it.prepared, both, weights),
    )
    own, part = at_once.fractions()
    for row, j in enumerate(at_once.consumer.tolist()):
        tier = first_tier(it.prepared, it.intensities, it.direct, j)
        links = slice(at_once.start[row], at_once.start[row + 1])
        assert dict(zip(at_once.provider[links].tolist(), at_once.value[links].tolist(), strict=True)) == (
            pytest.approx(dict(zip(tier.provider.tolist(), tier.value.tolist(), strict=True)), rel=1e-12)
        )
        assert at_once.own[j] == pytest.approx(tier.own, rel=1e-12)
        assert own[j] + part[links].sum() == pytest.approx(1.0, rel=1e-9)
        assert doubled.value[links, 1] == pytest.approx(2 * at_once.value[links], rel=1e-12)
        assert doubled.own[j, 1] == pytest.approx(2 * at_once.own[j], rel=1e-12)


def test_a_product_without_footprint_has_no_fractions():
    it = world(5, n=3, clean=(0, 1, 2))
    own, part = shares(it.prepared, it.intensities, it.direct).fractions()
    assert not own.any()
    assert not part.any()


def test_arrays_of_different_systems_are_refused():
    it, other = world(6), world(7)
    with pytest.raises(InvalidInput) as refused:
        first_tier(it.prepared, other.intensities, it.direct, 0)
    assert refused.value.problems[0].code == "paths.sums_differ"


def test_a_ranking_of_several_categories_is_refused():
    with pytest.raises(InvalidInput, match="一个指标"):
        ranked(np.ones((2, 2)))
