"""What a package says is the same in every format, and on the way through several of them."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings

from tests.formats.inventories.packages import Line, meaning, packages, shares
from tests.formats.inventories.samples import PLAIN, RICH
from zuji.formats import inventories
from zuji.formats.archive import open_archive
from zuji.formats.inventories import FORMATS
from zuji.model.lci.package import Package
from zuji.model.lci.references import Kind

CHAINS = (
    ("ilcd", "jsonld", "ecospold2", "simapro"),
    ("simapro", "tidas", "ecospold1", "jsonld"),
    ("ecospold1", "ilcd", "simapro", "ecospold2"),
    ("jsonld", "tidas", "simapro", "ilcd"),
    ("ecospold2", "ecospold1", "tidas", "jsonld"),
)
few = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def through(package: Package, key: str) -> Package:
    """The package written and read back; both accounts are complete and nothing of the inventory is lost."""
    written = inventories.dump(package, key)
    assert written.content == inventories.dump(package, key).content
    assert written.ledger.balanced
    loaded = inventories.load(written.content, name="round")
    assert loaded.format == key
    assert loaded.ledger.balanced
    for ledger in (written.ledger, loaded.ledger):
        for kind in (Kind.PROCESS, Kind.EXCHANGE):
            count = ledger.counts.get(kind)
            assert count is None or not count.dropped, ledger.reasons
    return loaded.package


def assert_alike(found: Package, expected: Package) -> None:
    """The same processes with the same exchanges, numbers to a relative 1e-12."""
    mine, theirs = meaning(found), meaning(expected)
    assert mine.keys() == theirs.keys()
    for key, lines in theirs.items():
        unlike = [
            pair for pair in itertools.zip_longest(mine[key], lines) if None in pair or not Line.like(*pair)
        ]
        assert not unlike


@pytest.mark.parametrize("key", FORMATS)
@few
@given(package=packages())
def test_amounts_directions_references_and_uncertainty_survive(key: str, package: Package) -> None:
    assert_alike(through(package, key), package)


@pytest.mark.parametrize("key", FORMATS)
@few
@given(package=packages())
def test_a_second_round_changes_nothing(key: str, package: Package) -> None:
    once = through(package, key)
    assert through(once, key) == once


@pytest.mark.parametrize("key", FORMATS)
@few
@given(package=packages())
def test_what_each_product_bears_survives(key: str, package: Package) -> None:
    expected = shares(package)
    assert shares(through(package, key)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("chain", CHAINS, ids=" > ".join)
@few
@given(package=packages(parameters=False))
def test_conversions_in_a_row_keep_the_meaning(chain: tuple[str, ...], package: Package) -> None:
    found = package
    for key in chain:
        found = through(found, key)
    assert_alike(found, package)


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize("package", [RICH, PLAIN, Package(name="empty")], ids=lambda one: one.name)
def test_what_a_format_cannot_hold_is_in_the_account_of_its_writer(key: str, package: Package) -> None:
    written = inventories.dump(package, key)
    found = inventories.load(written.content, format=key).package if package.processes else package
    for kind, number in held(package).items():
        count = written.ledger.counts.get(kind)
        dropped = count.dropped if count else 0
        assert held(found)[kind] + dropped >= number, kind


def held(package: Package) -> dict[Kind, int]:
    """How many things of each kind a package holds."""
    return {
        Kind.PROCESS: len(package.processes),
        Kind.EXCHANGE: sum(len(process.exchanges) for process in package.processes),
        Kind.PARAMETER: len(package.parameters) + sum(len(one.parameters) for one in package.processes),
        Kind.ALLOCATION: sum(len(process.allocations) for process in package.processes),
        Kind.IMPACT_CATEGORY: len(package.impact_categories),
        Kind.FACTOR: sum(len(one.factors) for one in package.impact_categories),
        Kind.MODEL: len(package.models),
        Kind.SOURCE: len(package.sources),
        Kind.CONTACT: len(package.contacts),
        Kind.FILE: len(package.files),
    }


@pytest.mark.parametrize("key", FORMATS)
def test_what_is_written_is_told_for_what_it_is(key: str) -> None:
    assert inventories.detect(open_archive(inventories.dump(RICH, key).content)) == key
