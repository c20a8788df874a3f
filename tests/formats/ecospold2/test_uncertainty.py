"""Uncertainty of EcoSpold 2 as the reader understands it, and what it leaves alone."""

import math

import pytest

from tests.formats.ecospold2 import spold_files as files
from zuji.formats.ecospold2 import dump, load
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.package import Loaded
from zuji.model.lci.processes import Exchange

_NORMAL = '<normal meanValue="0.9" variance="0.0025" varianceWithPedigreeUncertainty="0.01"/>'


def read(distribution: str) -> Loaded:
    """The steel works with another uncertainty of its carbon dioxide (0.9 kg)."""
    loaded = load(files.STEEL.replace(_NORMAL, distribution).encode())
    assert loaded.ledger.balanced
    return loaded


def carbon(loaded: Loaded) -> Exchange:
    return next(each for each in loaded.package.processes[0].exchanges if each.flow.id == files.CARBON)


def test_a_normal_variance_without_pedigree_counts_where_the_one_with_it_is_zero() -> None:
    loaded = read('<normal meanValue="0.9" variance="0.0025" varianceWithPedigreeUncertainty="0"/>')
    assert carbon(loaded).spread == Spread(shape=Shape.NORMAL, scale=math.sqrt(0.0025))
    assert carbon(load(dump(loaded.package).content)) == carbon(loaded)


@pytest.mark.parametrize(
    "impossible",
    [
        '<triangular minValue="5" mostLikelyValue="0.9" maxValue="2"/>',
        '<triangular minValue="0.5" mostLikelyValue="3" maxValue="2"/>',
        '<uniform minValue="5" maxValue="2"/>',
        '<lognormal meanValue="0.9" mu="-0.1" variance="-1" varianceWithPedigreeUncertainty="-1"/>',
        '<normal meanValue="0.9" variance="-1"/>',
    ],
)
def test_an_impossible_distribution_is_kept_and_not_used(impossible: str) -> None:
    loaded = read(impossible)
    assert carbon(loaded).spread is None
    assert loaded.ledger.number("uncertainty-incomplete") == 1
    assert any(extra.place.startswith("uncertainty/") for extra in carbon(loaded).extras)
    assert carbon(load(dump(loaded.package).content)).spread is None


def test_a_triangle_of_one_point_is_one() -> None:
    spread = carbon(read('<triangular minValue="0.9" mostLikelyValue="0.9" maxValue="0.9"/>')).spread
    assert spread == Spread(shape=Shape.TRIANGULAR, low=0.9, high=0.9)
