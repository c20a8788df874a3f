"""The open Chinese database, linked, explained and repaired. Facts of the package, not of our taste."""

from pathlib import Path

import numpy as np
import pytest
import scipy.sparse
import scipy.sparse.linalg

from zuji.lca.network.arrays import Floats, Network
from zuji.lca.network.health import Certainty, Health, Status, examine, refusal, repair, suggest
from zuji.lca.network.health.consumption import consumption
from zuji.lca.network.linking import CutReason, Linked, link

PACKAGE = Path(__file__).parents[5] / "shared/data/lci/tiangong-ilcd.zip"
ROUNDING = 1e-9
"""Of a factorisation with entries between 1e-12 and 1e12."""


@pytest.fixture(scope="module")
def linked() -> Linked:
    if not PACKAGE.exists():
        pytest.skip("the TianGong package is not on this machine")
    from zuji.formats import ilcd

    return link(ilcd.load(PACKAGE).package)


@pytest.fixture(scope="module")
def health(linked: Linked) -> Health:
    return examine(linked.network)


def intensities(network: Network, chosen: np.ndarray) -> Floats:
    """What the elementary flows of `chosen` processes add up to, per unit of product; they need no others."""
    matrix = consumption(network)[chosen][:, chosen]
    direct = np.diff(network.interventions.start)[chosen].astype(np.float64)
    system = scipy.sparse.identity(len(chosen), format="csc") - matrix
    return np.asarray(scipy.sparse.linalg.spsolve(system.tocsc(), direct), np.float64)


def test_every_exchange_is_accounted_for(linked: Linked) -> None:
    account = linked.account
    assert account.balanced
    assert account.exchanges == 72_719
    assert account.datasets == 4_133
    assert account.barred[CutReason.NO_REFERENCE] == 17
    assert account.cut[CutReason.NO_AMOUNT] + account.cut[CutReason.REFERENCE_UNKNOWN] == 133


def test_sick_loops_are_few_and_proven(health: Health) -> None:
    """An equal split over all providers made sixteen components of several processes, six of them sick."""
    sick = [component for component in health.components if component.sick]
    assert [len(component.processes) for component in sick] == [145, 87, 14]
    assert all(component.radius.certainty is Certainty.PROVEN for component in sick)
    assert [component.radius.value for component in sick] == pytest.approx([1.786e8, 4.357, 3.861], rel=1e-3)


def test_the_table_of_sector_totals_is_recognised_by_its_references(linked: Linked, health: Health) -> None:
    """145 sectors with inputs of a whole year against a reference of 1,333 EUR each."""
    aside = {one.process_name.en for one in suggest(health) if one.sets_aside}
    assert len(aside) == 145
    assert all("CEEIO" in name for name in aside)
    assert sum(not one.sets_aside for one in suggest(health)) <= 6


def test_products_apart_from_sick_loops_have_numbers_from_the_raw_network(
    linked: Linked, health: Health
) -> None:
    solvable = np.flatnonzero(health.status == Status.SOLVABLE)
    assert len(solvable) > 2_600
    found = intensities(linked.network, solvable)
    assert np.isfinite(found).all()
    assert found.min() >= -ROUNDING


def test_the_repaired_network_is_productive_and_nearly_everything_has_a_number(
    linked: Linked, health: Health
) -> None:
    repaired = repair(linked.network, suggest(health))
    after = examine(repaired)
    assert after.productive
    assert after.count(Status.SOLVABLE) > 4_000
    found = intensities(repaired, np.flatnonzero(after.status == Status.SOLVABLE))
    assert np.isfinite(found).all()
    assert found.min() >= -ROUNDING


def test_whoever_has_no_number_is_told_why(linked: Linked, health: Health) -> None:
    for process in np.flatnonzero(health.status != Status.SOLVABLE):
        refused = refusal(linked.network, health, int(process))
        assert refused is not None
        assert all(problem.what.zh and problem.what.en and problem.cure.zh for problem in refused)


def test_outliers_name_process_exchange_and_ratio(linked: Linked, health: Health) -> None:
    assert len(health.outliers) > 20
    worst = health.outliers[0]
    assert worst.ratio > 1e9
    assert linked.network.processes.name[worst.process]
    assert worst.name.zh
    assert worst.unit
