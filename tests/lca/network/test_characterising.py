"""Direct intensities by method and place, and what no factor covers."""

import dataclasses

import numpy as np
import pytest

from tests.lca.network.networks import network
from zuji.errors import InvalidInput
from zuji.lca.network.arrays import Factors, Network, Strings
from zuji.lca.network.characterising import categories, coverage, nearer, weights


@pytest.fixture
def database() -> Network:
    """Three processes in Sichuan, China and Germany; CO2, water (regional) and a flow nobody knows."""
    direct = np.array([[1.0, 10.0, 0.0], [2.0, 10.0, 5.0], [0.0, 10.0, 1.0]])
    made = network(np.zeros((3, 3)), direct, np.array([1.0, 2.0, 1.0]))
    processes = dataclasses.replace(made.processes, location=Strings.of(["SC-CN", "CN", "DE"]))
    names = Strings.of(["GWP", "water"])
    factors = Factors(
        Strings.of(["EF 3.1", "AWARE"]), names, names, Strings.of(["id1", "id2"]),
        Strings.of(["kg CO2 eq", "m3"]),
        np.array([0, 1, 1, 1], np.int32), np.array([0, 1, 1, 1], np.int32),
        Strings.of(["", "", "CN", "SC-CN"]), np.array([1.0, 3.0, 40.0, 60.0]),
    )  # fmt: skip
    return dataclasses.replace(made, processes=processes, factors=factors)


def test_factors_of_the_nearest_place_count(database: Network) -> None:
    found = weights(database, [0, 1])
    assert found[:, 0].tolist() == [1.0, 1.0, 0.0]
    assert found[:, 1].tolist() == [600.0, 200.0, 30.0]


def test_what_no_factor_covers_is_listed_most_used_first(database: Network) -> None:
    found = coverage(database, 0)
    assert [database.flows.name[int(row)] for row in found.uncovered] == ["f1", "f2"]
    assert (found.exchanges, found.counted, found.regional) == (7, 2, 0)
    assert coverage(database, 1).regional == 2


def test_methods_are_found_by_part_of_their_name(database: Network) -> None:
    assert categories(database, "ef") == [0]
    assert categories(database, names=["WATER"]) == [1]
    assert categories(database, "id2") == [1]
    assert categories(database, "WAT") == [1]
    assert categories(database, "gwp") == [0]
    assert categories(database, "aware", ["gwp", "water"]) == [1]
    with pytest.raises(InvalidInput, match="AWARE"):
        categories(database, "ReCiPe")


def test_places_widen_to_their_country() -> None:
    assert nearer("SZ-JS-CN") == ("SZ-JS-CN", "JS-CN", "CN")
    assert nearer("CN-51") == ("CN-51", "CN")
    assert nearer("RER") == ("RER",)
    assert nearer("") == ()
