"""An independent reader finds the same amounts, units and uncertainty in what we write."""

import contextlib
import io
import math
import warnings
from pathlib import Path

import pytest

from tests.formats.ecospold1 import spold1_files as files
from zuji.formats.ecospold1 import dump, load


def test_brightway_reads_the_same_inventory(tmp_path: Path) -> None:
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from bw2io.extractors.ecospold1 import Ecospold1DataExtractor
    package = load(files.THREE.encode()).package
    path = tmp_path / "written.xml"
    path.write_bytes(dump(package).content)
    read = Ecospold1DataExtractor.process_file(path, "written")
    units = {unit.id: unit.name for group in package.unit_groups for unit in group.units}
    for process, found in zip(package.processes, read, strict=True):
        assert (found["name"], found["location"]) == (str(process.heading.name), process.location)
        mine = [
            (int(each.id), str(each.flow.name), each.amount, units[each.unit]) for each in process.exchanges
        ]
        theirs = [(each["code"], each["name"], each["amount"], each["unit"]) for each in found["exchanges"]]
        assert theirs == mine
    power, carbon = read[0]["exchanges"][1:3]
    assert (power["uncertainty type"], power["loc"]) == (2, pytest.approx(math.log(1.5)))
    assert power["scale"] == pytest.approx(math.log(1.25))
    assert (carbon["uncertainty type"], carbon["scale"]) == (3, pytest.approx(0.1))
    assert [(each["reference"], each["fraction"]) for each in read[1]["allocations"]] == [(12, 70), (13, 30)]
