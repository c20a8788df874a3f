"""Upstream paths against bw_graph_tools: the same occurrences, and fewer of them for the same coverage."""

import numpy as np
import pytest

from tests.lca.network.paths.traversal import assessed, traversed
from tests.lca.network.paths.worlds import world
from zuji.lca.network.paths import Search, upstream_tree


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_branch_above_a_cutoff_is_found_by_both(seed):
    it = world(seed)
    demand = {3: 2.0}
    lca = assessed(it.prepared.network, it.direct, demand)
    assert lca.score == pytest.approx(it.total(demand), rel=1e-9)
    theirs = traversed(lca, 5_000, cutoff=1e-3)
    ours = upstream_tree(
        it.prepared, it.intensities, it.direct, demand, Search(max_nodes=100_000, cutoff=1e-3)
    )
    assert len(ours) == len(theirs)
    expected = sorted(
        (node.activity_index, node.cumulative_score, node.direct_emissions_score) for node in theirs
    )
    index = np.array([lca.dicts.activity[int(process) + 1] for process in ours.process])
    found = sorted(zip(index.tolist(), ours.upstream.tolist(), ours.direct.tolist(), strict=True))
    for (at, upstream, direct), (their_at, their_upstream, their_direct) in zip(found, expected, strict=True):
        assert at == their_at
        assert upstream == pytest.approx(their_upstream, rel=1e-8, abs=1e-12)
        production = it.prepared.network.processes.production
        assert direct == pytest.approx(their_direct, rel=1e-8, abs=1e-12 * production.max())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_coverage_takes_no_more_nodes(seed):
    it = world(seed, credits_too=False)
    demand = {3: 2.0}
    lca = assessed(it.prepared.network, it.direct, demand)
    theirs = traversed(lca, 200, cutoff=1e-6)
    coverage = sum(node.direct_emissions_score for node in theirs) / lca.score
    ours = upstream_tree(
        it.prepared, it.intensities, it.direct, demand, Search(max_nodes=len(theirs), coverage=coverage)
    )
    assert ours.coverage >= coverage * (1 - 1e-12)
    assert len(ours) <= len(theirs)
