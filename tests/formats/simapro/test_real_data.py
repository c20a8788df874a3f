"""The open Chinese inventory data, thousands of processes in ILCD, written as SimaPro CSV and read again."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from zuji.formats import ilcd
from zuji.formats.simapro import dump, load
from zuji.model.lci.ledger import Outcome
from zuji.model.lci.package import Package

DATA = Path(__file__).parents[4] / "shared" / "data" / "lci" / "tiangong-ilcd.zip"


@pytest.fixture(scope="module")
def tiangong() -> Package:
    if not DATA.exists():
        pytest.skip("the TianGong package is not on this machine")
    return ilcd.load(DATA).package


def test_a_real_database(tiangong: Package) -> None:
    package = replace(tiangong, processes=tiangong.processes[:600])
    written = dump(package)
    assert written.ledger.balanced
    assert dump(package).content == written.content

    result = load(written.content)
    assert result.ledger.balanced
    # whatever could not be written was told when writing; what is written reads without a fault
    assert not [reason for reason in result.ledger.reasons if reason.outcome is not Outcome.MAPPED]
    assert not [reason.code for reason in result.ledger.reasons if reason.code != "simapro.comment"]
    found = result.package
    number = written.ledger.counts
    assert len(found.processes) == 600 - next(c.dropped for k, c in number.items() if k.value == "process")
    rows = sum(len(process.exchanges) for process in found.processes)
    assert rows == next(c.read - c.dropped for k, c in number.items() if k.value == "exchange")
    products = Counter(
        each.flow.id for process in found.processes for each in process.exchanges if each.reference
    )
    assert max(products.values()) == 1
    assert load(dump(found).content).package == found


def test_amounts_survive(tiangong: Package) -> None:
    flows = {flow.heading.id: flow for flow in tiangong.flows}
    chosen = [
        process
        for process in tiangong.processes[:300]
        if all(each.flow.id in flows and each.amount is not None for each in process.exchanges)
        and sum(each.reference for each in process.exchanges) == 1
    ][:20]
    assert chosen
    found = load(dump(replace(tiangong, processes=tuple(chosen))).content).package.processes
    written = Counter(f"{abs(each.amount or 0.0):.9g}" for process in found for each in process.exchanges)
    source = Counter(f"{abs(each.amount or 0.0):.9g}" for process in chosen for each in process.exchanges)
    assert written <= source
    assert sum(written.values()) > 0.9 * sum(source.values())
