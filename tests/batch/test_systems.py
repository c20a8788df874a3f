"""Product systems over background intensities, against dense algebra and NumPy's own sampling formulas."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from tests.batch.systems import N, dense, made_up
from zuji.batch.systems import evaluate, flat, gather, open_saved, save, simulate
from zuji.errors import FileRefused, InvalidInput
from zuji.lca.network.arrays import Spreads
from zuji.lca.network.sampling.randomness import threefry

Y = np.random.default_rng(5).random((N, 3)) * 10


@given(seed=st.integers(0, 10_000), loops=st.booleans())
@settings(max_examples=40, deadline=None)
def test_any_system_is_what_dense_algebra_says(seed, loops):
    systems = made_up(seed, 12, loops=loops)
    found = evaluate(systems, Y)
    expected = dense(systems, Y)
    assert not found.state.any()
    assert found.values == pytest.approx(expected, rel=1e-9, abs=1e-9 * np.abs(expected).max())
    assert evaluate(systems, Y[:, 1]).values == pytest.approx(found.values[:, 1], rel=1e-12)


def test_threads_and_ranges_change_no_bit():
    systems = made_up(1, 9_000)
    whole = evaluate(systems, Y, threads=1)
    assert evaluate(systems, Y, threads=3).values.tobytes() == whole.values.tobytes()
    assert evaluate(systems, Y, 100, 200).values.tobytes() == whole.values[100:200].tobytes()


def test_a_bill_of_materials_by_hand():
    # 1 kg of product = 2 of part a + 0.5 kg of background 0; part a = 3 kg of background 1, less 1 of 2
    systems = gather([[[(-2, 2.0), (0, 0.5)], [(1, 3.0), (2, -1.0)]]], background=3)
    assert evaluate(systems, np.array([10.0, 1.0, 4.0])).values.tolist() == [0.5 * 10 + 2 * (3 - 4)]


def test_a_loop_that_uses_what_it_makes_has_no_result_and_says_so():
    systems = gather(
        [
            [[(-2, 2.0), (0, 1.0)], [(-1, 0.5)]],  # gain exactly 1
            [[(-2, 3.0), (0, 1.0)], [(-1, 0.5)]],  # gain 1.5
            [[(-2, 1.0), (0, 1.0)], [(-1, 0.5)]],  # gain 0.5
            [[(-1, 1.2), (0, 1.0)]],  # own consumption above 1
            [[(1, 1.0)]],  # a background product without a footprint
        ]
    )
    found = evaluate(systems, np.array([1.0, np.nan]))
    assert found.state.tolist() == [1, 1, 0, 1, 2]
    assert found.values[2] == 2.0
    assert np.isnan(found.values[[0, 1, 3, 4]]).all()
    drawn = simulate(systems, np.array([1.0, np.nan]), draws=130)
    assert drawn.failed.tolist() == [130, 130, 0, 130, 130]
    assert drawn.mean[2] == pytest.approx(2.0, rel=1e-12)


@pytest.mark.parametrize(
    ("system", "word"),
    [
        ([[[(0, 1.0)]], [[(N, 1.0)]]], "背景产品"),
        ([[[(0, 1.0)]], [[(-2, 1.0)]]], "节点"),
        ([[[(0, 1.0)]], [[(0, 1.0), (1, float("inf"))]]], "有限"),
        ([[[(0, 1.0)]], [[(-1 - (i + 1) % 70, 0.1)] for i in range(70)]], "64"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_system(system, word):
    with pytest.raises(InvalidInput, match=word) as refused:
        gather(system, background=N)
    assert "第 2 个系统" in str(refused.value)


def test_arrays_that_do_not_fit_are_refused():
    with pytest.raises(InvalidInput, match="起止位置"):
        flat(np.array([0, 3]), np.array([0, 1]), np.array([1.0, 2.0]))
    with pytest.raises(InvalidInput, match="背景产品"):
        evaluate(gather([[[(5, 1.0)]]]), np.ones(5))


def word(value):
    return np.array([value], np.uint32)


def samples(systems, seed, draws):
    """float64[lines, draws] by NumPy alone: threefry words, SciPy's normal quantile, textbook formulas."""
    taken = np.repeat(systems.amount[:, None], draws, axis=1)
    draw = np.arange(draws)
    group, within = np.divmod(draw, 128)
    counter = (group * 64 + within % 64).astype(np.uint32)
    spreads = systems.spreads
    lines = systems.line_start[systems.node_start]
    for s, line in enumerate(spreads.entry.tolist()):
        system = int(np.searchsorted(lines, line, side="right")) - 1
        key = threefry(word(seed & 0xFFFFFFFF), word(seed >> 32), word(system), word(line - lines[system]))
        words = threefry(key[0], key[1], counter, word(0))
        u = (np.where(within < 64, words[0], words[1]) + 0.5) * 2.0**-32
        c, w, low, high = spreads.centre[s], spreads.scale[s], spreads.low[s], spreads.high[s]
        if spreads.shape[s] == 1:
            taken[line] = c * np.exp(w * ndtri(u))
        elif spreads.shape[s] == 2:
            taken[line] = c + w * ndtri(u)
        elif spreads.shape[s] == 3:
            rising = low + np.sqrt(u * (high - low) * (c - low))
            falling = high - np.sqrt((1 - u) * (high - low) * (high - c))
            taken[line] = np.where(u * (high - low) < c - low, rising, falling)
        else:
            taken[line] = low + (high - low) * u
    return taken


@pytest.mark.parametrize("seed", [0, 2**40 + 17])
def test_statistics_are_those_of_the_same_draws_by_another_road(seed):
    systems = made_up(11, 8, uncertain=True)
    found = simulate(systems, Y[:, 0], draws=300, seed=seed, quantiles=(0.05, 0.5, 0.95))
    drawn = samples(systems, seed, 300)
    expected = np.array([dense(systems, Y[:, 0], drawn[:, d]) for d in range(300)]).T
    size = np.abs(expected).max(axis=1)
    assert (np.abs(found.mean - expected.mean(axis=1)) <= 2e-6 * size).all()
    assert (np.abs(found.sd - expected.std(axis=1, ddof=1)) <= 1e-5 * size).all()
    quantiles = np.quantile(expected, (0.05, 0.5, 0.95), axis=1).T
    assert (np.abs(found.quantiles - quantiles) <= 1e-5 * size[:, None]).all()
    assert not found.failed.any()


def test_draws_depend_on_seed_and_system_but_not_on_ranges_or_threads():
    systems = made_up(12, 40, uncertain=True)
    whole = simulate(systems, Y[:, 0], draws=200, seed=3, threads=1)
    threaded = simulate(systems, Y[:, 0], draws=200, seed=3, threads=4)
    part = simulate(systems, Y[:, 0], draws=200, seed=3, first=10, last=17)
    assert whole.quantiles.tobytes() == threaded.quantiles.tobytes()
    assert whole.mean[10:17].tobytes() == part.mean.tobytes()
    assert (simulate(systems, Y[:, 0], draws=200, seed=4).mean != whole.mean).any()
    same = gather([[[(0, 1.0)]], [[(0, 1.0)]]])
    spread = Spreads(
        np.arange(2), np.ones(2, np.uint8), np.ones(2), np.full(2, 0.3), np.zeros(2), np.zeros(2)
    )
    twins = simulate(flat(np.arange(3), same.item, same.amount, spread), np.ones(1), draws=64)
    assert twins.mean[0] != twins.mean[1]


def test_a_lognormal_line_has_the_moments_it_states():
    spread = Spreads(
        np.arange(1), np.ones(1, np.uint8), np.full(1, 2.0), np.full(1, 0.4), np.zeros(1), np.zeros(1)
    )
    systems = flat(np.array([0, 1]), np.array([0]), np.array([2.0]), spread)
    found = simulate(systems, np.ones(1), draws=200_000, quantiles=(0.5, 0.9))
    assert found.mean[0] == pytest.approx(2 * np.exp(0.08), rel=5e-3)
    assert found.quantiles[0] == pytest.approx([2.0, 2 * np.exp(0.4 * ndtri(0.9))], rel=5e-3)


@pytest.mark.parametrize(
    "wrong", [{"draws": 1}, {"seed": -1}, {"seed": 2**63}, {"quantiles": (1.5,)}, {"intensities": Y}]
)
def test_sampling_options_out_of_range_are_refused(wrong):
    systems = gather([[[(0, 1.0)]]])
    with pytest.raises(InvalidInput, match=next(iter(wrong))):
        simulate(systems, **({"intensities": Y[:, 0]} | wrong))


def test_saved_systems_are_opened_as_memory_maps_with_the_same_digest(tmp_path):
    systems = made_up(2, 30, uncertain=True)
    digest = save(systems, tmp_path / "systems")
    found, stated = open_saved(tmp_path / "systems")
    assert stated == digest
    assert isinstance(found.amount, np.memmap)
    assert evaluate(found, Y).values.tobytes() == evaluate(systems, Y).values.tobytes()
    assert (
        simulate(found, Y[:, 0], draws=64).mean.tobytes()
        == simulate(systems, Y[:, 0], draws=64).mean.tobytes()
    )
    assert save(systems, tmp_path / "systems") == digest
    with pytest.raises(FileRefused):
        open_saved(tmp_path / "nothing")


def test_a_live_system_takes_less_than_a_millisecond():
    system = [[[(i % N, 1.0 + i) for i in range(50)]]]
    evaluate(gather(system, background=N), Y[:, 0])
    best = min(_timed(lambda: evaluate(gather(system, background=N), Y[:, 0])) for _ in range(20))
    assert best < 1e-3


def _timed(call):
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin
