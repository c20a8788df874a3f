"""Reading tells how far it is, within a large file too, and whatever the report raises ends it."""

import zipfile
from io import BytesIO

import pytest

from tests.formats.inventories.samples import RICH
from zuji.errors import FileRefused, ZujiError
from zuji.formats import simapro
from zuji.formats.archive import write_archive
from zuji.formats.inventories import FORMATS, dump, load
from zuji.formats.progress import part, parts, told


class Stopped(Exception):
    """What the platform raises where a job was cancelled."""


def shares_of(content: bytes, key: str) -> list[float]:
    shares: list[float] = []
    load(content, format=key, progress=shares.append)
    return shares


@pytest.mark.parametrize("key", FORMATS)
def test_shares_rise_from_nothing_to_all(key: str) -> None:
    shares = shares_of(dump(RICH, key).content, key)
    assert len(shares) >= 3
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.89 < shares[-1] <= 1


@pytest.mark.parametrize("key", FORMATS)
def test_a_cancelled_reading_stops_where_it_is(key: str) -> None:
    content = dump(RICH, key).content
    number = len(shares_of(content, key))
    for after in (1, number // 2 + 1, number):
        told_of: list[float] = []

        def stop(share: float, after: int = after, told_of: list[float] = told_of) -> None:
            told_of.append(share)
            if len(told_of) == after:
                raise Stopped

        with pytest.raises(Stopped):
            load(content, format=key, progress=stop)
        assert len(told_of) == after


@pytest.mark.parametrize("key", ["ecospold1", "simapro"])
def test_one_large_file_is_reported_data_set_by_data_set(key: str) -> None:
    """All processes of a package stand in one file of these formats."""
    content = dump(RICH, key).content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            sizes = [len(archive.read(name)) for name in archive.namelist()]
        assert len(sizes) <= 2
    assert len(set(shares_of(content, key))) > len(RICH.processes)


def test_shares_of_parts() -> None:
    shares: list[float] = []
    for _, own in parts(["a", "b"], part(shares.append, 0.0, 0.5)):
        list(told([1, 2], own))
    assert shares == [0, 0, 0.125, 0.25, 0.25, 0.25, 0.375, 0.5, 0.5]
    assert list(told([], shares.append)) == []
    assert shares[-1] == 1


@pytest.mark.parametrize("entries", [{}, {"readme.txt": b"hello", "data.xml": b"<x/>"}])
def test_a_zip_without_a_simapro_file_is_refused_with_its_name(entries: dict[str, bytes]) -> None:
    with pytest.raises(FileRefused) as refused:
        simapro.load(write_archive(entries.items()), name="all.zip")
    (problem,) = refused.value
    assert (problem.code, problem.place.file) == ("simapro.nothing", "all.zip")
    assert "CSV" in problem.cure.zh
    assert "CSV" in problem.cure.en


def test_a_lone_file_that_is_no_export_is_refused_for_its_header() -> None:
    with pytest.raises(ZujiError) as refused:
        simapro.load(b"a;b;c\n", name="a.csv")
    assert next(iter(refused.value)).code == "simapro.header"
