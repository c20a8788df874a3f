"""The open Chinese database as it is: every fault named, nothing lost, valid when written again."""

from functools import cache
from pathlib import Path

import pytest

from zuji.formats.ilcd import check, dump, load
from zuji.formats.ilcd.schema import schemas
from zuji.model.lci.package import Loaded
from zuji.model.lci.references import Kind

TIANGONG = Path(__file__).parents[3] / ".." / "shared" / "data" / "lci" / "tiangong-ilcd.zip"

pytestmark = pytest.mark.skipif(not TIANGONG.is_file(), reason="the TianGong package is not on this machine")


@cache
def tiangong() -> Loaded:
    return load(TIANGONG)


def test_every_data_set_is_read_and_accounted_for() -> None:
    ledger = tiangong().ledger
    assert ledger.balanced
    counted = {
        kind: ledger.counts[kind].mapped for kind in (Kind.PROCESS, Kind.FLOW, Kind.EXCHANGE, Kind.FILE)
    }
    assert counted == {Kind.PROCESS: 4133, Kind.FLOW: 4086, Kind.EXCHANGE: 72719, Kind.FILE: 11092}
    package = tiangong().package
    assert sum(len(process.exchanges) for process in package.processes) == 72719
    assert [len(category.factors) for category in package.impact_categories]
    assert str(package.impact_methods[0].heading.name) == "Environmental Footprint"


def test_its_known_faults_are_named() -> None:
    number = tiangong().ledger.number
    # 17 processes state no reference flow, and 10 reference exchanges no amount
    assert number("ilcd.no-reference") == 17
    assert number("ilcd.no-reference-amount") == 10
    assert number("ilcd.no-amount") == 133
    assert number("ilcd.no-allocation") == 1850
    # of 4,546 uses without a flow 3 name none at all, and one is right but for a blank at its end
    assert number("ilcd.dangling-flow") == 4542
    assert number("ilcd.no-flow") == 3
    known = {flow.heading.id for flow in tiangong().package.flows}
    stubs = {
        exchange.flow.id
        for process in tiangong().package.processes
        for exchange in process.exchanges
        if exchange.flow.id and exchange.flow.id not in known
    }
    assert len(stubs) == 193


def test_every_reason_has_a_place_to_look_at() -> None:
    for reason in tiangong().ledger.reasons:
        assert reason.places[0].file
        assert reason.why.zh
        assert reason.why.en


def test_written_again_it_is_equal_and_valid() -> None:
    package = tiangong().package
    kept = package.processes[::40]
    written = dump(type(package)(name=package.name, processes=kept, flows=package.flows[::40]))
    again = load(written.content, name=package.name)
    assert again.package.processes == kept
    assert again.package.flows == package.flows[::40]
    if schemas() is None:
        pytest.skip("no package with the ILCD schemas is installed")
    assert check(written.content) == ()
