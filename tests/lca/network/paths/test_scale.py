"""The same identities and the stated speed on a database of realistic shape."""

import time

import numpy as np
import pytest

from benchmarks.lca.generator import Shape
from benchmarks.lca.generator import network as generated
from zuji.lca.network import characterising
from zuji.lca.network.paths import (
    Search,
    View,
    by_flow,
    by_intervention,
    by_process,
    first_tier,
    needed,
    reach,
    sankey,
    shares,
    upstream_tree,
)
from zuji.lca.network.prepared import prepare
from zuji.lca.network.solving import intensities, supply


@pytest.fixture(scope="module")
def database():
    network = generated(Shape(processes=4_000, categories=2, seed=5))
    prepared = prepare(network)
    direct = characterising.weights(network, [0])[:, 0]
    return prepared, direct, intensities(prepared, direct).values


def test_every_split_agrees_with_the_solver_to_a_billionth(database):
    prepared, direct, y = database
    network = prepared.network
    characterised = network.interventions.amount * characterising.factor_values(network, 0)
    everything = shares(prepared, y, direct)
    rows = np.add.reduceat(np.append(everything.value, 0.0), everything.start[:-1])
    rows[np.diff(everything.start) == 0] = 0.0
    assert everything.own[everything.consumer] + rows == pytest.approx(y[everything.consumer], rel=1e-9)
    for product in (7, 1_234, 3_999):
        demand = {product: 2.0}
        x = supply(prepared, demand).values
        total = 2.0 * y[product]
        caused = by_intervention(network, x, characterised)
        assert by_process(x, direct).sum() == pytest.approx(total, rel=1e-9)
        assert by_flow(network, caused).sum() == pytest.approx(total, rel=1e-9)
        tier = first_tier(prepared, y, direct, product, 2.0)
        assert tier.own + tier.value.sum() == pytest.approx(total, rel=1e-9)
        tree = upstream_tree(prepared, y, direct, demand)
        assert tree.explained + tree.remainder == pytest.approx(total, rel=1e-9)
        graph = sankey(prepared, y, direct, x, demand, View(max_nodes=40))
        assert graph.total == pytest.approx(total, rel=1e-9)
        assert not x[~needed(prepared, demand)].any()
    assert not y[~reach(prepared, characterised).characterised].any()


def test_a_thousand_nodes_take_less_than_ten_milliseconds(database):
    prepared, direct, y = database
    times = []
    for _ in range(20):
        begin = time.perf_counter()
        tree = upstream_tree(prepared, y, direct, {1_234: 1.0}, Search(max_nodes=1_000))
        times.append(time.perf_counter() - begin)
    assert len(tree) == 1_000
    assert min(times) < 0.010
