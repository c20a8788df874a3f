"""All products at once, against extended precision and bw2calc, in easy and in hard systems."""

import bw_processing as bwp
import numpy as np
import pytest
import scipy.sparse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lca import oracle
from tests.lca.network.networks import Matrix, exact, network
from zuji.errors import InvalidInput, NonProductiveSystem
from zuji.lca.network.prepared import prepare
from zuji.lca.network.solving import intensities, supply


def productive(random: np.random.Generator, n: int, density: float, spent: float, decades: float) -> Matrix:
    """A random system whose processes spend the part `spent` of their value, prices over some decades."""
    value = random.random((n, n)) * (random.random((n, n)) < density)
    total = value.sum(axis=1, keepdims=True)
    share = np.divide(value, total, out=np.zeros_like(value), where=total > 0) * spent
    price = 10 ** random.uniform(-decades / 2, decades / 2, n)
    return np.asarray(share * price[:, None] / price[None, :])


def relative(found: Matrix, wanted: np.ndarray) -> float:  # type: ignore[type-arg]
    shown = wanted != 0
    return float((np.abs(found - wanted)[shown] / np.abs(wanted)[shown]).max(initial=0.0))


def test_three_processes_by_hand() -> None:
    """Steel needs 0.5 electricity; electricity needs 0.1 steel; a car needs 2 steel and 1 electricity."""
    consumed = np.array([[0.0, 0.5, 0.0], [0.1, 0.0, 0.0], [2.0, 1.0, 0.0]])
    found = intensities(prepare(network(consumed)), np.array([1.0, 0.4, 0.0]))
    steel = (1 + 0.5 * 0.4) / (1 - 0.05)
    electricity = 0.4 + 0.1 * steel
    assert found.values == pytest.approx([steel, electricity, 2 * steel + electricity], rel=1e-14)
    assert found.certificate.proved
    assert found.certificate.error < 1e-9


HARD = 0.999999  # a millionth of what goes round leaves the loop: here double precision has ten digits


@pytest.mark.parametrize("gain", [0.9, 0.99, 0.999, HARD])
def test_strong_loops_keep_their_digits(gain: float) -> None:
    random = np.random.default_rng(3)
    consumed = productive(random, 120, 0.05, 0.6, 8)
    consumed[5] = consumed[6] = 0.0
    consumed[5, 6] = gain * 4.0
    consumed[6, 5] = 0.25
    weights = random.random(120)
    found = intensities(prepare(network(consumed)), weights)
    error = relative(found.values, exact(consumed, weights))
    assert error <= found.certificate.error
    assert found.certificate.error < 1e-9 or gain == HARD
    assert error < 1e-9


def test_a_large_loop_is_factorised_and_says_so() -> None:
    random = np.random.default_rng(5)
    n = 900
    consumed = productive(random, n, 0.01, 0.999995, 2)
    weights = random.random(n)
    found = intensities(prepare(network(consumed)), weights)
    assert "sparse" in found.certificate.method
    error = relative(found.values, exact(consumed, weights))
    assert error < 1e-9
    assert error <= found.certificate.error


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32 - 1),
    n=st.integers(1, 40),
    density=st.floats(0.02, 0.6),
    spent=st.sampled_from([0.3, 0.7, 0.95, 0.999]),
    decades=st.floats(0, 14),
    credit=st.floats(0, 0.3),
    losses=st.booleans(),
)
def test_the_certificate_never_understates(
    seed: int, n: int, density: float, spent: float, decades: float, credit: float, *, losses: bool
) -> None:
    random = np.random.default_rng(seed)
    consumed = productive(random, n, density, spent, decades)
    consumed *= np.where(random.random((n, n)) < credit, -1.0, 1.0)
    if losses:
        consumed[np.diag_indices(n)] = random.random(n) * (1 - spent)
    weights = random.normal(size=(n, 3)) if credit else random.random((n, 3))
    made = 10 ** random.uniform(-3, 3, n)
    found = intensities(prepare(network(consumed * made[:, None], production=made)), weights)
    wanted = exact(consumed * made[:, None], weights, made)
    assert np.all(np.abs(found.values - wanted) <= found.error * (1 + 1e-12))
    assert relative(found.values, wanted) <= found.certificate.error * (1 + 1e-12)
    if not credit:
        assert found.certificate.proved
        assert found.certificate.error < 1e-9


def test_many_categories_equal_one_at_a_time() -> None:
    random = np.random.default_rng(11)
    prepared = prepare(network(productive(random, 80, 0.1, 0.8, 6)))
    weights = random.random((80, 24))
    together = intensities(prepared, weights)
    for category in (0, 13, 23):
        alone = intensities(prepared, weights[:, category])
        assert together.values[:, category] == pytest.approx(alone.values, rel=1e-11)
    assert intensities(prepared, weights, threads=1).certificate.error < 1e-9


def test_supply_is_the_other_side_of_the_same_system() -> None:
    random = np.random.default_rng(12)
    consumed = productive(random, 60, 0.1, 0.8, 6)
    consumed[3, 3] = 0.04
    prepared = prepare(network(consumed))
    weights = random.random(60)
    found = intensities(prepared, weights)
    for product in (0, 7, 59):
        needed = supply(prepared, {product: 2.5})
        assert needed.values @ weights == pytest.approx(2.5 * found.values[product], rel=1e-11)
        assert needed.certificate.error < 1e-8


def test_what_nobody_reaches_is_exactly_zero() -> None:
    consumed = np.zeros((4, 4))
    consumed[1, 0] = 3.0
    consumed[3, 2] = 1.0
    prepared = prepare(network(consumed))
    assert supply(prepared, {1: 1.0}).values.tolist() == [3.0, 1.0, 0.0, 0.0]
    assert intensities(prepared, np.array([0.0, 0.0, 5.0, 0.0])).values.tolist() == [0.0, 0.0, 5.0, 5.0]


def test_a_loop_that_eats_itself_is_refused_and_the_others_have_their_number() -> None:
    """0 and 1 consume 1.2 of each other per round; 2 depends on them; 3 and 4 do not."""
    consumed = np.zeros((5, 5))
    consumed[0, 1], consumed[1, 0] = 2.0, 0.6
    consumed[2, 0] = 1.0
    consumed[4, 3] = 0.5
    prepared = prepare(network(consumed))
    with pytest.raises(NonProductiveSystem) as refused:
        intensities(prepared, np.ones(5))
    assert "p0" in str(refused.value) or "p1" in str(refused.value)
    found = intensities(prepared, np.ones(5), partial=True)
    assert np.isnan(found.values[:3]).all()
    assert found.values[3:].tolist() == [1.0, 1.5]
    assert found.certificate.unsolved == 3


def test_a_hungry_loop_without_burden_is_no_zero() -> None:
    consumed = np.zeros((3, 3))
    consumed[0, 1], consumed[1, 0] = 2.0, 0.6
    prepared = prepare(network(consumed))
    found = intensities(prepared, np.array([0.0, 0.0, 1.0]), partial=True)
    assert np.isnan(found.values).tolist() == [True, True, False]
    assert supply(prepared, {2: 1.0}).values.tolist() == [0.0, 0.0, 1.0]


@pytest.mark.parametrize("own", [1.0, 1.5])
def test_a_process_that_consumes_all_it_makes_has_no_footprint(own: float) -> None:
    consumed = np.zeros((3, 3))
    consumed[0, 0] = own
    consumed[1, 0] = 1.0
    found = intensities(prepare(network(consumed)), np.ones(3), partial=True)
    assert np.isnan(found.values[:2]).all()
    assert found.values[2] == 1.0
    with pytest.raises(NonProductiveSystem):
        intensities(prepare(network(consumed)), np.ones(3))


def test_exactly_singular_is_refused() -> None:
    consumed = np.array([[0.0, 1.0], [1.0, 0.0]])
    with pytest.raises(NonProductiveSystem):
        intensities(prepare(network(consumed)), np.ones(2))


def test_a_credit_loop_without_productive_answer_is_refused() -> None:
    """Gain -1.4 around the loop: solvable as equations, but no process network behaves so."""
    consumed = np.array([[0.0, 2.0], [-0.7, 0.0]])
    with pytest.raises(NonProductiveSystem):
        intensities(prepare(network(consumed)), np.ones(2))


@pytest.mark.parametrize("nothing", [0.0, -1.0, np.nan])
def test_a_process_that_supplies_nothing_has_no_footprint(nothing: float) -> None:
    consumed = np.array([[0.0, 0.0, 0.0], [0.5, 0.0, 0.0], [0.0, 0.5, 0.0]])
    prepared = prepare(network(consumed, production=np.array([1.0, nothing, 2.0])))
    with pytest.raises(InvalidInput, match="p1"):
        intensities(prepared, np.ones(3))
    found = intensities(prepared, np.ones(3), partial=True)
    assert np.isnan(found.values).tolist() == [False, True, True]


def test_an_amount_that_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidInput, match="p1"):
        prepare(network(np.array([[0.0, 0.0], [np.inf, 0.0]])))


def test_equal_to_bw2calc() -> None:
    random = np.random.default_rng(21)
    n = 150
    consumed = productive(random, n, 0.05, 0.8, 8)
    consumed[4] *= -0.3
    made = 10 ** random.uniform(-2, 2, n)
    consumed *= made[:, None]
    direct = random.random(n)
    consumer, provider = np.nonzero(consumed)
    package = bwp.create_datapackage()
    index = [(i, i) for i in range(n)] + list(zip(provider.tolist(), consumer.tolist(), strict=True))
    package.add_persistent_vector(
        matrix="technosphere_matrix",
        indices_array=np.array(index, dtype=bwp.INDICES_DTYPE),
        data_array=np.concatenate([made, consumed[consumer, provider]]),
        flip_array=np.array([False] * n + [True] * len(consumer)),
    )
    flow = [(1000, i) for i in range(n)]
    package.add_persistent_vector(
        matrix="biosphere_matrix",
        indices_array=np.array(flow, dtype=bwp.INDICES_DTYPE),
        data_array=direct,
    )
    package.add_persistent_vector(
        matrix="characterization_matrix",
        indices_array=np.array([(1000, 1000)], dtype=bwp.INDICES_DTYPE),
        data_array=np.array([1.0]),
    )
    found = intensities(prepare(network(consumed, production=made)), direct / made)
    for product in (0, 4, 77):
        lca = oracle.bw2calc.LCA({product: 1.0}, data_objs=[package])
        lca.lci()
        lca.lcia()
        assert found.values[product] == pytest.approx(lca.score, rel=1e-9)


def test_the_order_puts_suppliers_first_and_loops_together() -> None:
    random = np.random.default_rng(31)
    consumed = productive(random, 200, 0.008, 0.7, 2)
    prepared = prepare(network(consumed))
    _, labels = scipy.sparse.csgraph.connected_components(
        scipy.sparse.csr_array(consumed), connection="strong"
    )
    block = np.searchsorted(prepared.block, np.arange(200), side="right") - 1
    own = labels[prepared.order]
    for first, second in zip(range(199), range(1, 200), strict=True):
        assert (block[first] == block[second]) == (own[first] == own[second])
    rows = np.repeat(np.arange(200), np.diff(prepared.start))
    assert np.all(block[prepared.provider] <= block[rows])
