"""The generator against published answers, and the two roads (compiled float32, NumPy float64) against each
other.
"""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lca.network.sampling import build
from zuji.errors import InvalidInput
from zuji.lca.network.arrays import Spreads
from zuji.lca.network.sampling import distributions, drawing, randomness, transforms

ALL_ONES = 0xFFFFFFFF
ANSWERS = [  # known answers of Threefry-2x32-20 in the Random123 library: counter, key, result
    ((0, 0), (0, 0), (0x6B200159, 0x99BA4EFE)),
    ((ALL_ONES, ALL_ONES), (ALL_ONES, ALL_ONES), (0x1CB996FC, 0xBB002BE7)),
    ((0x243F6A88, 0x85A308D3), (0x13198A2E, 0x03707344), (0xC4923A9C, 0x483DF7A0)),
]


@pytest.mark.parametrize(("counter", "key", "answer"), ANSWERS)
def test_threefry_gives_the_published_words(
    counter: tuple[int, int], key: tuple[int, int], answer: tuple[int, int]
) -> None:
    words = [np.array([x], np.uint32) for x in (*key, *counter)]
    assert tuple(int(x[0]) for x in randomness.threefry(*words)) == answer
    assert tuple(int(x) for x in transforms.threefry(*(np.uint32(x) for x in (*key, *counter)))) == answer


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**30))
@settings(max_examples=200, deadline=None)
def test_uniforms_stay_inside_and_depend_on_nothing_but_seed_entry_and_draw(
    seed: int, identity: int, draw: int
) -> None:
    key = randomness.keys(seed, np.array([identity, identity ^ 1], np.uint64))
    near = np.arange(max(0, draw - 20), draw + 20)
    many = randomness.uniforms(key, near)
    assert np.all((many > 0) & (many < 1))
    alone = randomness.uniforms(key[:1], np.array([draw]))
    assert alone[0, 0] == many[0, np.flatnonzero(near == draw)[0]]
    assert not np.array_equal(many[0], many[1])


@pytest.mark.parametrize("word", [0, 1, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1])
def test_the_ends_of_the_range_are_finite_and_never_zero_or_one(word: int) -> None:
    low, rest = transforms.sides(np.uint32(word))
    assert min(low, rest) > 0
    assert max(low, rest) <= 1
    z = transforms.normal(np.uint32(word))
    assert np.isfinite(z)
    assert abs(z) < 6.4
    exact = (
        scipy.stats.norm.ppf((word + 0.5) / 2**32)
        if word < 2**31
        else scipy.stats.norm.isf((2**32 - word - 0.5) / 2**32)
    )
    assert z == pytest.approx(exact, rel=5e-7)


def test_the_numbers_look_uniform_and_independent() -> None:
    key = randomness.keys(3, randomness.place_identities(0, np.arange(400)))
    u = randomness.uniforms(key, np.arange(500))
    assert scipy.stats.kstest(u.ravel(), "uniform").pvalue > 1e-3
    by_entry = np.corrcoef(u)[np.triu_indices(400, 1)]
    by_draw = np.corrcoef(u.T)[np.triu_indices(500, 1)]
    assert abs(by_entry.std() - 500**-0.5) < 0.002
    assert abs(by_draw.std() - 400**-0.5) < 0.002
    other = randomness.uniforms(
        randomness.keys(4, randomness.place_identities(0, np.arange(400))), np.arange(500)
    )
    assert abs(np.corrcoef(u.ravel(), other.ravel())[0, 1]) < 0.01


def test_the_exponential_is_accurate_and_bounded() -> None:
    x = np.linspace(-86, 86, 20001).astype(np.float32)
    found = np.array([transforms.exponential(value) for value in x], np.float64)
    relative = np.abs(found / np.exp(x.astype(np.float64)) - 1)
    assert relative.max() < 3e-7
    assert transforms.exponential(np.float32(1e9)) < np.inf
    assert transforms.exponential(np.float32(-1e9)) > 0


def compiled(spreads: Spreads, key: np.ndarray, first: int) -> np.ndarray:
    """The sixteen draws from `first` by the compiled kernels, through a plan of nothing else."""
    x = np.zeros((len(spreads), 16), np.float32)
    for i in range(len(spreads)):
        c, s = spreads.centre[i], spreads.scale[i]
        low, high = spreads.low[i], spreads.high[i]
        width = high - low
        kernel, p = {
            1: (drawing.lognormals, [c, s]),
            2: (drawing.normals, [c, s]),
            3: (
                drawing.triangulars,
                [
                    low,
                    (width * (c - low)) ** 0.5,
                    high,
                    (width * (high - c)) ** 0.5,
                    (c - low) / (width or 1),
                ],
            ),
            4: (drawing.uniforms, [low, high, width]),
        }[int(spreads.shape[i])]
        kernel(x, np.array([i], np.uint32), key[i : i + 1], np.array([p], np.float32), np.uint32(first // 2))
    return x


@pytest.mark.parametrize("first", [0, 16, 4096])
def test_compiled_draws_equal_the_reference_in_every_distribution(first: int) -> None:
    amount = np.random.default_rng(2).normal(0, 10, 300)
    spreads = build.spreads_of(amount, 3, share=1.0)
    key = randomness.keys(9, randomness.place_identities(1, spreads.entry))
    wanted = distributions.inverse(spreads, randomness.uniforms(key, np.arange(first, first + 16)))
    found = compiled(spreads, key, first)
    size = np.abs(wanted).max(axis=1, keepdims=True)
    assert set(spreads.shape.tolist()) == {1, 2, 3, 4}
    assert np.abs(found - wanted).max(initial=0, where=size > 0) < np.inf
    assert np.all(np.abs(found - wanted) <= 1.5e-6 * size)


def test_moments_are_those_of_the_draws() -> None:
    spreads = Spreads(
        np.arange(5),
        np.array([1, 1, 2, 3, 4], np.uint8),
        np.array([2.0, -3.0, 5.0, 1.0, 0.0]),
        np.array([0.3, 0.2, 1.5, 0.0, 0.0]),
        np.array([0.0, 0.0, 0.0, 0.5, -1.0]),
        np.array([0.0, 0.0, 0.0, 4.0, 3.0]),
    )
    mean, variance = distributions.moments(spreads)
    grid = (np.arange(400_000) + 0.5)[None, :] / 400_000
    values = distributions.inverse(spreads, np.repeat(grid, 5, axis=0))
    assert mean == pytest.approx(values.mean(axis=1), rel=1e-6)
    assert variance == pytest.approx(values.var(axis=1), rel=1e-3)


@pytest.mark.parametrize(
    ("shape", "centre", "scale", "low", "high"),
    [
        (1, 1.0, -0.1, 0, 0), (1, 1.0, 13.0, 0, 0), (1, 0.0, 0.1, 0, 0), (1, np.nan, 0.1, 0, 0),
        (2, 1.0, np.inf, 0, 0),
        (3, 5.0, 0, 0.0, 4.0), (4, 0, 0, 2.0, 1.0), (0, 1.0, 0.1, 0, 0), (5, 1.0, 0.1, 0, 0),
    ],
)  # fmt: skip
def test_spreads_without_sense_are_refused(
    shape: int, centre: float, scale: float, low: float, high: float
) -> None:
    spreads = Spreads(
        np.array([0]),
        np.array([shape], np.uint8),
        *(np.array([x], float) for x in (centre, scale, low, high)),
    )
    with pytest.raises(InvalidInput, match="不确定性"):
        distributions.check(spreads, 1, "供应关系", "links")


def test_entries_must_ascend_and_exist() -> None:
    good = build.lognormal([0, 1], [1.0, 1.0], [0.1, 0.1])
    distributions.check(good, 2, "供应关系", "links")
    for entry in ([1, 0], [0, 0], [0, 2], [-1, 0]):
        with pytest.raises(InvalidInput):
            distributions.check(build.lognormal(entry, [1.0, 1.0], [0.1, 0.1]), 2, "供应关系", "links")
