"""Electricity statistics: shares are only shown where they mean something."""

import pytest

from tests.web.factories import factors
from zuji.model.factors import FactorKind
from zuji_web.factors.electricity import SOURCES, electricity, tiles

pytestmark = pytest.mark.django_db


def test_shares_of_every_province_sum_to_one() -> None:
    held = electricity()
    assert held.mixes
    for mixes in held.mixes.values():
        for mix in mixes:
            assert sum(mix.shares) == pytest.approx(1.0)


def test_a_province_with_a_gap_in_its_statistics_is_left_out() -> None:
    # The statistics of 2024 name no wind power, so no share of that year would be right.
    held = electricity()
    assert "2024" not in held.mixes
    assert {mix.region for mix in held.mixes["2023"]} >= {"CN-YN", "CN-SX"}


def test_sichuan_lives_on_water() -> None:
    sichuan = next(mix for mix in electricity().mixes["2023"] if mix.region == "CN-SC")
    assert SOURCES[max(range(len(SOURCES)), key=lambda i: sichuan.shares[i])] == "hydro"


def test_tiles_step_from_the_lowest_to_the_highest() -> None:
    made = {
        region: factors.factor(region, kind=FactorKind.GRID_CO2, value=value)
        for region, value in (("CN-YN", 0.1), ("CN-SC", 0.15), ("CN-HE", 0.6))
    }
    steps = {tile.region: tile.step for tile in tiles(["CN-YN", "CN-SC", "CN-HE", "CN-TW"], made)}
    assert steps == {"CN-YN": 1, "CN-SC": 1, "CN-HE": 5, "CN-TW": 0}


def test_equal_values_have_equal_steps() -> None:
    made = {region: factors.factor(region, value=0.5) for region in ("CN-YN", "CN-SC")}
    assert {tile.step for tile in tiles(made, made)} == {1}
