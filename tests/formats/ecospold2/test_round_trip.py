"""Reading, writing and reading again: the same package, the same bytes, valid by the schema."""

from collections.abc import Iterable
from pathlib import Path

import pyecospold
import pytest
from lxml import etree

from tests.formats.ecospold2 import spold_files as files
from zuji.formats.archive import open_archive, write_archive
from zuji.formats.ecospold2 import dump, load
from zuji.model.lci.package import Package

SCHEMA = Path(pyecospold.__file__).parent / "schemas" / "v2" / "EcoSpold02.xsd"


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def mistakes(schema: etree.XMLSchema, content: bytes) -> list[str]:
    """What the schema says against the data sets of a zip."""
    archive = open_archive(content)
    said = []
    for name in archive.names:
        if name.endswith(".spold"):
            schema.validate(etree.fromstring(archive.read(name)))
            said += [f"{name}: {error.line}: {error.message}" for error in schema.error_log]
    return said


def load_entries(entries: Iterable[tuple[str, bytes]]) -> Package:
    return load(write_archive(entries), name="test").package


def test_the_files_of_the_tests_are_valid_themselves(schema: etree.XMLSchema) -> None:
    for text in (files.STEEL, files.POWER_SET, files.ASH_SET):
        assert schema.validate(etree.fromstring(text.encode())), schema.error_log


def test_a_database_comes_back_equal_and_valid(schema: etree.XMLSchema) -> None:
    first = load_entries(files.entries())
    written = dump(first)
    second = load(written.content, name="test").package
    assert second == first
    assert mistakes(schema, written.content) == []
    assert not written.ledger.reasons, "a valid file needs no change to be written"


def test_the_same_package_gives_the_same_bytes() -> None:
    first = dump(load_entries(files.entries())).content
    assert first == dump(load_entries(files.entries())).content
    assert dump(load(first, name="test").package).content == first
