"""Differences on common random numbers."""

import dataclasses

import numpy as np
import pytest

from tests.lca.network.sampling import build
from zuji.errors import InvalidInput
from zuji.lca.network.arrays import Network
from zuji.lca.network.prepared import prepare
from zuji.lca.network.sampling import Sampling, Simulation, compare, simulate


def run(net: Network, products: tuple[int, ...], **more: int) -> Simulation:
    factors = np.ones(len(net.interventions))
    direct = build.direct(net, net.interventions.amount, factors) / net.processes.production
    return simulate(prepare(net), direct, Sampling(draws=512, products=products, **more), factors=factors)


def test_two_products_on_one_supplier_differ_less_than_they_vary() -> None:
    """Both buy electricity, whose footprint is very uncertain; 1 needs a tenth more of it."""
    net = build.network(
        [(0, 2, 1.0), (1, 2, 1.1)], [1.0] * 3, [(2, 1.0)], None, build.lognormal([0], [1.0], [0.5])
    )
    both = run(net, (0, 1))
    found = compare(both, 0, both, 1)
    assert found.draws == 512
    assert found.mean == pytest.approx(0.1 * both.mean[0], rel=1e-5)
    assert found.a_below_b == 1.0
    assert found.gain == pytest.approx((1 + 1.1**2) / 0.1**2, rel=1e-3)
    assert found.standard_error == pytest.approx(found.sd / 512**0.5)
    assert compare(both, 0, both, 1, amounts=(1.1, 1.0)).sd < 1e-6


def test_an_edit_changes_no_random_number_of_the_rest() -> None:
    """The same database with one amount cut by a tenth."""
    net = build.tangled(seed=5, credits_share=0.0)
    place = int(np.flatnonzero(net.edge_spreads.shape == 1)[0])
    edge = int(net.edge_spreads.entry[place])
    amount, centre = net.edges.amount.copy(), net.edge_spreads.centre.copy()
    amount[edge] *= 0.9
    centre[place] *= 0.9
    edited = dataclasses.replace(
        net,
        edges=dataclasses.replace(net.edges, amount=amount),
        edge_spreads=dataclasses.replace(net.edge_spreads, centre=centre),
    )
    everything = tuple(range(60))
    before, after = run(net, everything), run(edited, everything)
    touched = np.flatnonzero(before.nominal - after.nominal > 1e-3 * before.nominal)
    assert len(touched)
    for product in touched.tolist():
        found = compare(before, product, after, product)
        assert found.gain > 10
        assert found.a_below_b == 0.0


def test_a_process_more_changes_no_draw_of_the_others() -> None:
    """Random numbers belong to exchanges, not to places in arrays."""
    net = build.tangled(seed=5, credits_share=0.0)
    consumer, edges = net.edges.consumer() + 1, net.edges
    longer = build.network(
        list(zip(consumer.tolist(), (edges.provider + 1).tolist(), edges.amount.tolist(), strict=True)),
        [1.0, *net.processes.production.tolist()],
        list(zip((build.owners(net) + 1).tolist(), net.interventions.amount.tolist(), strict=True)),
        net.edge_spreads,
        net.intervention_spreads,
        names=["new", *net.processes.id],
    )
    before, after = run(net, (0, 30)), run(longer, (1, 31))
    np.testing.assert_allclose(after.samples, before.samples, rtol=2e-5)


def test_draws_that_do_not_belong_together_are_refused() -> None:
    net = build.tangled(seed=5)
    one = run(net, (0, 1))
    with pytest.raises(InvalidInput, match="没有保留"):
        compare(one, 0, one, 2)
    with pytest.raises(InvalidInput, match="不能逐次比较"):
        compare(one, 0, run(net, (0, 1), seed=1), 1)


def test_a_draw_counts_only_where_it_counts_in_both() -> None:
    net = build.network(
        [(0, 1, 0.8), (1, 0, 1.0), (2, 3, 1.0)], [1.0] * 4, [(0, 1.0), (3, 1.0)],
        build.lognormal([0], [0.8], [0.2]),
    )  # fmt: skip
    healthy = dataclasses.replace(net, edge_spreads=build.lognormal([2], [1.0], [0.2]))
    first, second = run(net, (0, 2)), run(healthy, (0, 2))
    assert first.account.counted < second.account.counted == 512
    assert compare(first, 2, second, 2).draws == first.account.counted
