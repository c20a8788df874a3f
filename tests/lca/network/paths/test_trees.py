"""Upstream trees and Sankey graphs: sums, coverage, loops, credits, zeros."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lca.network.paths.worlds import network, world
from zuji.errors import InvalidInput
from zuji.lca.network.paths import Search, View, ZeroReason, first_tier, needed, reach, sankey, upstream_tree
from zuji.lca.network.prepared import prepare

DEMAND = {3: 2.5}


def all_paths(it, demand, depth):
    """Direct part of every path of at most `depth` links, by brute force: {path of processes: direct}."""
    found = {}
    inputs = it.inputs * (1 - np.eye(len(it.inputs)))
    pivot = 1 / (1 - np.diag(it.inputs))
    open_paths = [((j,), amount) for j, amount in demand.items()]
    for _ in range(depth + 1):
        following = []
        for path, amount in open_paths:
            j = path[-1]
            found[path] = amount * pivot[j] * it.direct[j]
            following += [
                ((*path, i), amount * pivot[j] * inputs[i, j]) for i in np.flatnonzero(inputs[:, j]).tolist()
            ]
        open_paths = following
    return found


@pytest.mark.parametrize("seed", range(4))
def test_every_path_up_to_a_depth_is_there_once_with_its_direct_part(seed):
    it = world(seed, n=6)
    expected = all_paths(it, DEMAND, 3)
    tree = upstream_tree(
        it.prepared, it.intensities, it.direct, DEMAND, Search(max_nodes=10_000, max_depth=3)
    )
    found = {tuple(tree.process[list(tree.path(node))].tolist()): node for node in range(len(tree))}
    assert found.keys() == {path for path in expected if it.intensities[path[-1]] != 0.0}
    for path, node in found.items():
        assert tree.direct[node] == pytest.approx(expected[path], rel=1e-9, abs=1e-12)


@given(
    seed=st.integers(0, 10_000),
    nodes=st.integers(1, 200),
    depth=st.none() | st.integers(0, 6),
    cutoff=st.sampled_from([0.0, 1e-4, 0.05]),
    coverage=st.sampled_from([1.0, 0.8]),
)
@settings(max_examples=60, deadline=None)
def test_sums_hold_at_every_node_and_for_the_whole(seed, nodes, depth, cutoff, coverage):
    it = world(seed)
    demand = {3: 2.5, 7: -1.0}
    search = Search(max_nodes=nodes, max_depth=depth, cutoff=cutoff, coverage=coverage)
    tree = upstream_tree(it.prepared, it.intensities, it.direct, demand, search)
    size = np.abs(tree.upstream).max()
    assert len(tree) <= nodes
    assert tree.total == pytest.approx(it.total(demand), rel=1e-9, abs=1e-9 * size)
    assert tree.explained + tree.remainder == pytest.approx(tree.total, rel=1e-9, abs=1e-9 * size)
    assert abs(tree.remainder) <= tree.unlisted * (1 + 1e-9) + 1e-9 * size
    assert 0.0 <= tree.coverage <= 1.0
    for node in range(len(tree)):
        children = tree.children(node)
        parts = tree.direct[node] + tree.rest[node] + tree.upstream[children].sum()
        assert parts == pytest.approx(tree.upstream[node], rel=1e-9, abs=1e-9 * size)
        assert tree.upstream[node] == pytest.approx(
            tree.amount[node] * it.intensities[tree.process[node]], rel=1e-12
        )
        assert tree.parent[node] < node
        assert depth is None or tree.depth[node] <= depth


def test_without_credits_coverage_is_the_part_explained_and_the_largest_branch_comes_first():
    it = world(1, credits_too=False)
    tree = upstream_tree(it.prepared, it.intensities, it.direct, DEMAND, Search(max_nodes=50))
    assert tree.coverage == pytest.approx(tree.explained / tree.total, rel=1e-9)
    assert tree.unlisted == pytest.approx(tree.remainder, rel=1e-9)
    assert (np.diff(tree.upstream) <= 1e-12 * tree.total).all()
    more = upstream_tree(it.prepared, it.intensities, it.direct, DEMAND, Search(max_nodes=500))
    assert more.coverage > tree.coverage
    assert more.process[:50].tolist() == tree.process.tolist()


def test_it_stops_at_the_coverage_asked_for():
    it = world(1, credits_too=False)
    tree = upstream_tree(
        it.prepared, it.intensities, it.direct, DEMAND, Search(max_nodes=100_000, coverage=0.7)
    )
    assert 0.7 <= tree.coverage < 0.75
    one_less = upstream_tree(it.prepared, it.intensities, it.direct, DEMAND, Search(max_nodes=len(tree) - 1))
    assert one_less.coverage < 0.7


def test_a_loop_brings_a_process_back_on_its_own_path():
    # 0 takes half a unit of 1, 1 takes half a unit of 0; only 1 emits
    inputs = np.array([[0.0, 0.5], [0.5, 0.0]])
    net = network(inputs, np.ones(2), np.array([[0.0], [1.0]]))
    direct = np.array([0.0, 1.0])
    intensities = np.linalg.solve((np.eye(2) - inputs).T, direct)
    tree = upstream_tree(prepare(net), intensities, direct, {0: 1.0}, Search(max_nodes=8))
    assert tree.process.tolist() == [0, 1, 0, 1, 0, 1, 0, 1]
    assert tree.amount.tolist() == [0.5**i for i in range(8)]
    assert tree.total == pytest.approx(2 / 3, rel=1e-12)
    assert tree.explained == pytest.approx(sum(0.5**i for i in (1, 3, 5, 7)), rel=1e-12)
    assert tree.paths(1) == ((0, 1),)


def test_own_consumption_is_inside_the_node():
    inputs = np.array([[0.2]])
    net = network(inputs, np.array([10.0]), np.array([[4.0]]))
    tree = upstream_tree(prepare(net), np.array([5.0]), np.array([4.0]), {0: 1.0})
    assert len(tree) == 1
    assert tree.direct.tolist() == [5.0]
    assert tree.coverage == 1.0


def test_credits_are_listed_by_size():
    # product 0 avoids 3 units of 1 and uses one of 2
    inputs = np.array([[0.0, 0.0, 0.0], [-3.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    net = network(inputs, np.ones(3), np.array([[1.0], [1.0], [2.0]]))
    direct = np.array([1.0, 1.0, 2.0])
    tree = upstream_tree(prepare(net), np.array([0.0, 1.0, 2.0]), direct, {0: 1.0})
    assert tree.process.tolist() == [0, 1, 2]
    assert tree.upstream.tolist() == [0.0, -3.0, 2.0]
    assert tree.total == tree.explained == 0.0
    assert tree.coverage == 1.0
    assert [tree.process[list(path)].tolist() for path in tree.paths()] == [[0, 1], [0, 2], [0]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_nodes": 0},
        {"max_depth": -1},
        {"cutoff": 1.0},
        {"cutoff": -0.1},
        {"coverage": 0.0},
        {"coverage": 2.0},
    ],
)
def test_search_options_out_of_range_are_refused(wrong):
    with pytest.raises(InvalidInput, match=next(iter(wrong))):
        Search(**wrong)


@pytest.mark.parametrize("demand", [{}, {99: 1.0}, {-1: 1.0}, {0: float("nan")}])
def test_a_demand_outside_the_network_is_refused(demand):
    it = world(0)
    with pytest.raises(InvalidInput):
        upstream_tree(it.prepared, it.intensities, it.direct, demand)


def test_intensities_of_another_system_are_refused():
    it = world(0)
    with pytest.raises(InvalidInput, match="不一致"):
        upstream_tree(it.prepared, it.intensities * 1.01, it.direct, DEMAND)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "view", [View(), View(max_nodes=4, min_share=0.0), View(max_nodes=100, min_share=0.0)]
)
def test_what_enters_a_sankey_node_leaves_it(seed, view):
    it = world(seed)
    demand = {3: 2.5, 8: 1.0}
    supply = it.supply(demand)
    graph = sankey(it.prepared, it.intensities, it.direct, supply, demand, view)
    size = max(abs(node.total) for node in graph.nodes)
    assert graph.total == pytest.approx(it.total(demand), rel=1e-9)
    assert len(graph.nodes) <= view.max_nodes
    for i, node in enumerate(graph.nodes):
        into = sum(edge.value for edge in graph.edges if edge.consumer == i)
        out = sum(edge.value for edge in graph.edges if edge.provider == i)
        assert node.direct + into + node.hidden_in == pytest.approx(node.total, rel=1e-9, abs=1e-9 * size)
        assert out + node.demanded + node.hidden_out == pytest.approx(node.total, rel=1e-9, abs=1e-9 * size)
        assert node.supply == pytest.approx(supply[node.process], rel=1e-12)
    if view.max_nodes == 100:
        for node in graph.nodes:
            assert node.hidden_in == pytest.approx(0.0, abs=1e-9 * size)
            assert node.hidden_out == pytest.approx(0.0, abs=1e-9 * size)
        assert sum(node.direct for node in graph.nodes) == pytest.approx(graph.total, rel=1e-9)
    for edge in graph.edges:
        assert abs(edge.value) >= view.min_share * abs(graph.total)
        consumer, provider = graph.nodes[edge.consumer].process, graph.nodes[edge.provider].process
        assert edge.amount == pytest.approx(supply[consumer] * it.inputs[provider, consumer], rel=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_a_drawing_without_the_loop_closing_edges_has_no_cycle(seed):
    it = world(seed)
    graph = sankey(
        it.prepared, it.intensities, it.direct, it.supply(DEMAND), DEMAND, View(max_nodes=99, min_share=0.0)
    )
    forward = np.zeros((len(graph.nodes), len(graph.nodes)))
    for edge in graph.edges:
        if not edge.closes_loop:
            forward[edge.consumer, edge.provider] = 1.0
    assert not np.linalg.matrix_power(forward, len(graph.nodes)).any()
    assert any(edge.closes_loop for edge in graph.edges)


def test_a_sankey_of_another_supply_is_refused():
    it = world(0)
    with pytest.raises(InvalidInput, match="不一致"):
        sankey(it.prepared, it.intensities, it.direct, 2 * it.supply(DEMAND), DEMAND)


@pytest.mark.parametrize("wrong", [{"max_nodes": 0}, {"min_share": 1.0}, {"min_share": -0.1}])
def test_view_options_out_of_range_are_refused(wrong):
    with pytest.raises(InvalidInput, match=next(iter(wrong))):
        View(**wrong)


def chain_and_island(names=range(6)):
    """0 buys from 1, 1 and 2 buy from each other; 3 buys 4 which has an uncharacterised flow; 5 has none."""
    inputs = np.zeros((6, 6))
    for consumer, provider in ((0, 1), (1, 2), (2, 1), (3, 4)):
        inputs[names[provider], names[consumer]] = 0.3
    exchanged = np.zeros((6, 2))
    exchanged[names[2], 0], exchanged[names[4], 1] = 5.0, 7.0
    net = network(inputs, np.ones(6), exchanged)
    return net, net.interventions.amount * np.array([1.0, 0.0])[net.interventions.flow]


@pytest.mark.parametrize("names", itertools.islice(itertools.permutations(range(6)), 0, 720, 37))
def test_links_decide_which_footprint_is_exactly_zero_and_why(names):
    net, characterised = chain_and_island(names)
    found = reach(prepare(net), characterised)
    reasons = [found.reason(j) for j in names]
    assert reasons == [None] * 3 + [ZeroReason.NOT_CHARACTERISED] * 2 + [ZeroReason.NO_ELEMENTARY_FLOW]
    noise = found.exact(np.full(6, 1.3e-22))
    assert [noise[j] for j in names] == [1.3e-22] * 3 + [0.0] * 3
    assert all(reason.text.zh and reason.text.en for reason in ZeroReason)


def test_emissions_that_cancel_are_no_structural_zero():
    net = network(np.zeros((1, 1)), np.ones(1), np.array([[1.0, -1.0]]))
    found = reach(prepare(net), net.interventions.amount)
    assert found.reason(0) is None


def test_what_a_demand_cannot_call_upon_is_supplied_exactly_zero():
    net, _ = chain_and_island()
    prepared = prepare(net)
    assert needed(prepared, {0: 1.0}).tolist() == [True, True, True, False, False, False]
    assert needed(prepared, {3: 1.0, 0: 0.0}).tolist() == [False, False, False, True, True, False]


def test_a_product_without_a_finite_footprint_is_refused_and_does_not_spoil_the_others():
    it = world(1, loops=False)
    lonely = next(j for j in range(12) if not it.inputs[j].any())  # nobody buys from it
    asked = next(j for j in range(12) if j != lonely)
    intensities = it.intensities.copy()
    intensities[lonely] = np.nan
    supply = it.supply({asked: 1.0})
    graph = sankey(it.prepared, intensities, it.direct, supply, {asked: 1.0})
    assert graph.total == pytest.approx(it.intensities[asked], rel=1e-12)
    for ask in (
        lambda: upstream_tree(it.prepared, intensities, it.direct, {lonely: 1.0}),
        lambda: sankey(it.prepared, intensities, it.direct, it.supply({lonely: 1.0}), {lonely: 1.0}),
        lambda: first_tier(it.prepared, intensities, it.direct, lonely),
    ):
        with pytest.raises(InvalidInput, match="没有有限的足迹"):
            ask()
