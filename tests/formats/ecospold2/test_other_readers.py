"""An independent reader finds the same amounts, units, links and uncertainty in what we write."""

import contextlib
import io
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.formats.ecospold2 import spold_files as files
from zuji.formats.archive import open_archive, write_archive
from zuji.formats.ecospold2 import dump, load
from zuji.model.lci.package import Package


def read_by_brightway(content: bytes, folder: Path) -> list[dict[str, Any]]:
    """The data sets of a zip, as bw2io extracts them."""
    with contextlib.redirect_stdout(io.StringIO()):
        from bw2io.extractors.ecospold2 import Ecospold2DataExtractor
    archive = open_archive(content)
    names = [name for name in archive.names if name.endswith(".spold")]
    for name in names:
        (folder / Path(name).name).write_bytes(archive.read(name))
    return [Ecospold2DataExtractor.extract_activity(folder, Path(name).name, "written") for name in names]


@pytest.fixture(scope="module")
def package() -> Package:
    """The files of the tests without stated impact results, which bw2io takes for exchanges and refuses."""
    package = load(write_archive(files.entries()), name="test").package
    return replace(package, processes=tuple(replace(each, results=()) for each in package.processes))


def test_brightway_reads_the_same_inventory(package: Package, tmp_path: Path) -> None:
    read = read_by_brightway(dump(package).content, tmp_path)
    units = {unit.id: unit.name for group in package.unit_groups for unit in group.units}
    for process, found in zip(package.processes, read, strict=True):
        assert found["activity"] == process.heading.id
        assert found["location"] == process.location
        mine = [(exchange.flow.id, exchange.amount, units[exchange.unit]) for exchange in process.exchanges]
        theirs = [(each["flow"], each["amount"], each["unit"]) for each in found["exchanges"] if each["flow"]]
        assert theirs == mine


def test_brightway_reads_the_same_uncertainty(package: Package, tmp_path: Path) -> None:
    steel = read_by_brightway(dump(package).content, tmp_path)[0]
    _, power, carbon, iron = steel["exchanges"][:4]
    assert power["uncertainty type"] == 2
    assert power["loc"] == pytest.approx(math.log(1.5))
    assert power["scale"] == pytest.approx(0.25)
    assert power["scale without pedigree"] == pytest.approx(0.2)
    assert list(power["pedigree"].values()) == [2, 3, 1, 1, 4]
    assert power["activity"] == files.POWER_ACTIVITY
    assert (carbon["uncertainty type"], carbon["loc"]) == (3, 0.9)
    assert carbon["scale"] == pytest.approx(0.1)
    assert (iron["minimum"], iron["loc"], iron["maximum"]) == (2, 3, 5)
    assert steel["parameters"]["demand"]["amount"] == 0.75
