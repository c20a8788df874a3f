"""What is kept beside a database: the ledger in both languages, the health report whole."""

import dataclasses
import json
import re

import numpy as np
import pytest

from tests.lci.worlds import world
from zuji.errors import Place
from zuji.lca.network.health import Health, Status
from zuji.lci import Database
from zuji.lci.checkup import health_as_data
from zuji.lci.loading import link_package
from zuji.lci.records import Record, ledger_as_data, said_places
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.references import Kind
from zuji.text import Text


def ledger() -> dict[str, object]:
    book = LedgerBook()
    book.read(Kind.EXCHANGE)
    place = Place(file="a.csv", row=7, column="Products")
    book.dropped(Kind.EXCHANGE, "no-amount", Text("没有数量", "it has no amount"), place)
    return ledger_as_data(book.ledger())


def test_places_stand_in_the_ledger_in_both_languages() -> None:
    kept = json.loads(json.dumps(ledger()))
    (reason,) = kept["reasons"]
    assert said_places(reason, "zh") == ["文件 a.csv 第 7 行 Products 列"]
    assert said_places(reason, "en") == ["file a.csv, row 7, column Products"]
    record = Record(ledger=kept)
    assert list(record.reasons_table("en")["first"]) == ["file a.csv, row 7, column Products"]
    assert not re.search("[\u4e00-\u9fff]", str(record.reasons_table("en").rows()))
    assert list(record.reasons_table("zh-hans")["first"]) == ["文件 a.csv 第 7 行 Products 列"]


def test_a_ledger_kept_earlier_still_shows_its_places() -> None:
    reason = {"places": ["文件 a.csv 第 7 行"]}
    assert said_places(reason, "en") == said_places(reason, "zh") == ["文件 a.csv 第 7 行"]
    assert said_places({"places": []}) == []


@pytest.fixture(scope="module")
def sick() -> tuple[Database, Health]:
    database = link_package(world(sick=True))
    return database, database.health()


def test_the_health_report_is_whole(sick: tuple[Database, Health]) -> None:
    database, health = sick
    told = json.loads(json.dumps(health_as_data(database.network, health), allow_nan=False))
    assert len(told["findings"]) == len(health.findings)
    for data, finding in zip(told["findings"], health.findings, strict=True):
        assert set(data["processes"]) == finding.processes
        assert len(data["places"]) == len(finding.places)
    for data, component in zip(told["loops"], health.components, strict=True):
        assert tuple(data["processes"]) == component.processes
        assert tuple(data["links_cut"]) == component.cuts
        assert data["radius_low"] <= data["radius"] <= data["radius_high"]
        assert data["radius_absolute_low"] <= data["radius_absolute"] <= data["radius_absolute_high"]


def test_every_process_without_a_number_names_the_one_it_owes_that_to(sick: tuple[Database, Health]) -> None:
    database, health = sick
    cause = health_as_data(database.network, health)["cause"]
    ids = list(database.network.processes.id)
    assert {ids[int(process)]: ids[owed] for process, owed in cause.items()} == {
        "egg": "egg",
        "hen": "hen",
        "omelette": "egg",
    }
    assert set(cause) == {str(each) for each in np.flatnonzero(health.status != Status.SOLVABLE)}


def test_repairs_and_outliers_keep_every_field(sick: tuple[Database, Health]) -> None:
    """A repair that was kept can be made again: nothing that names its data sets is lost."""
    database, health = sick
    told = health_as_data(database.network, health)
    assert health.repairs
    for data, repair in zip(told["repairs"], health.repairs, strict=True):
        assert {field.name for field in dataclasses.fields(repair)} <= set(data)
        named = ("process", "version", "product", "exchange", "provider", "provider_version")
        assert all(data[name] == getattr(repair, name) for name in named)
        assert data["sets_aside"] == repair.sets_aside
