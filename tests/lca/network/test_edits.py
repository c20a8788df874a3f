"""Edits, responses and scenarios equal solving the edited database from nothing."""

import numpy as np
import pytest

from tests.lca.network.networks import Matrix, exact, network
from tests.lca.network.test_solving import productive
from zuji.errors import InvalidInput, NonProductiveSystem
from zuji.lca.network.edits import Edit, edited, rank_update, response, scenarios
from zuji.lca.network.prepared import Prepared, prepare
from zuji.lca.network.rules import LinkRule
from zuji.lca.network.solving import Intensities, intensities


@pytest.fixture
def system() -> tuple[Matrix, Matrix, Prepared, Intensities]:
    random = np.random.default_rng(4)
    consumed = productive(random, 90, 0.08, 0.8, 4)
    consumed[7, 7] = 0.02
    weights = random.random(90)
    prepared = prepare(network(consumed))
    return consumed, weights, prepared, intensities(prepared, weights)


def test_an_edit_moves_every_product(system: tuple[Matrix, Matrix, Prepared, Intensities]) -> None:
    consumed, weights, prepared, base = system
    provider = int(np.flatnonzero(consumed[7])[0])
    new = edited(prepared, weights, base, [Edit(7, {provider: consumed[7, provider] * 0.4, 7: 0.05}, (3.0,))])
    consumed[7, provider] *= 0.4
    consumed[7, 7] = 0.05
    weights = weights.copy()
    weights[7] = 3.0
    assert new.intensities.values == pytest.approx(np.asarray(exact(consumed, weights), float), rel=1e-10)
    edges = new.prepared.network.edges
    row = slice(edges.start[7], edges.start[8])
    assert dict(zip(edges.provider[row].tolist(), edges.amount[row].tolist(), strict=True)) == pytest.approx(
        {int(i): consumed[7, i] for i in np.flatnonzero(consumed[7])}
    )


def test_a_new_link_is_ordered_in_and_marked(system: tuple[Matrix, Matrix, Prepared, Intensities]) -> None:
    consumed, weights, prepared, base = system
    stranger = int(np.flatnonzero(consumed[20] == 0)[-1])
    new = edited(prepared, weights, base, [Edit(20, {stranger: 1e-4}), Edit(3, {stranger: 0.0})])
    consumed[20, stranger] = 1e-4
    consumed[3, stranger] = 0.0
    assert new.intensities.values == pytest.approx(np.asarray(exact(consumed, weights), float), rel=1e-10)
    edges = new.prepared.network.edges
    assert (edges.rule == LinkRule.PERSON).sum() == 1


def test_a_thousand_mixes_at_once(system: tuple[Matrix, Matrix, Prepared, Intensities]) -> None:
    consumed, weights, prepared, base = system
    market = 11
    suppliers = np.flatnonzero(consumed[market])
    random = np.random.default_rng(8)
    mixes = consumed[market, suppliers] * random.uniform(0.2, 1.1, (1000, len(suppliers)))
    found = scenarios(prepared, base.values, response(prepared, market), suppliers.tolist(), mixes)
    for number in (0, 500, 999):
        consumed[market, suppliers] = mixes[number]
        wanted = np.asarray(exact(consumed, weights), float)
        assert found.of(40)[number] == pytest.approx(wanted[40], rel=1e-10)
        assert found.all()[number] == pytest.approx(wanted, rel=1e-9)


def test_a_rank_update_equals_solving_again(system: tuple[Matrix, Matrix, Prepared, Intensities]) -> None:
    consumed, weights, prepared, base = system
    edits = [Edit(5, {8: 2e-4}), Edit(8, {5: 1e-4, 60: 3e-5}, (0.5,)), Edit(60, {}, (2.0,))]
    responses = [response(prepared, edit.process) for edit in edits]
    found = rank_update(prepared, weights, base.values, responses, edits)
    changed = weights.copy()
    changed[8], changed[60] = 0.5, 2.0
    for edit in edits:
        for provider, amount in edit.inputs.items():
            consumed[edit.process, provider] = amount
    assert found == pytest.approx(np.asarray(exact(consumed, changed), float), rel=1e-9)


def test_an_edit_that_closes_a_hungry_loop_is_refused() -> None:
    consumed = np.array([[0.0, 0.5], [0.5, 0.0]])
    weights = np.ones(2)
    prepared = prepare(network(consumed))
    base = intensities(prepared, weights)
    with pytest.raises(NonProductiveSystem):
        edited(prepared, weights, base, [Edit(0, {1: 2.5})])
    with pytest.raises(NonProductiveSystem):
        scenarios(prepared, base.values, response(prepared, 0), [1], np.array([[0.2], [2.5]]))
    with pytest.raises(NonProductiveSystem):
        rank_update(prepared, weights, base.values, [response(prepared, 0)], [Edit(0, {1: 2.0})])


@pytest.mark.parametrize("edit", [Edit(9, {}), Edit(0, {5: 1.0}), Edit(0, {1: float("nan")})])
def test_edits_of_nothing_are_told(edit: Edit) -> None:
    prepared = prepare(network(np.zeros((3, 3))))
    base = intensities(prepared, np.ones(3))
    with pytest.raises(InvalidInput):
        edited(prepared, np.ones(3), base, [edit])
