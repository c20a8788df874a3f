"""`zuji template`, `convert` and `verify` on real files."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zuji.formats import document, excel
from zuji.trust.snapshot import from_bytes

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
CELL = next(path for path in EXAMPLES if path.stem == "lfp-cell")


def test_the_template_is_a_workbook_that_calculates(zuji: Run, tmp_path: Path) -> None:
    assert zuji("template", "mine.xlsx").returncode == 0
    assert excel.load((tmp_path / "mine.xlsx").read_bytes()).lines
    answer = zuji("footprint", "mine.xlsx", "--json")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["total"] > 0


def test_a_blank_template_asks_for_what_is_missing(zuji: Run) -> None:
    assert zuji("template", "blank.xlsx", "--blank").returncode == 0
    done = zuji("footprint", "blank.xlsx")
    assert done.returncode == 1
    assert "工作表" in done.stderr


def test_a_template_is_not_written_over_a_filled_one(zuji: Run, tmp_path: Path) -> None:
    filled = tmp_path / "mine.xlsx"
    filled.write_bytes(b"filled")
    assert zuji("template", filled).returncode == 3
    assert filled.read_bytes() == b"filled"


@pytest.mark.parametrize("path", EXAMPLES[::4], ids=lambda path: path.stem)
def test_converting_there_and_back_keeps_the_study(zuji: Run, tmp_path: Path, path: Path) -> None:
    assert zuji("convert", path, "a.xlsx").returncode == 0
    assert zuji("convert", "a.xlsx", "b.json").returncode == 0
    assert zuji("convert", "b.json", "c.yaml").returncode == 0
    study = document.load(path.read_bytes(), name=path.name)
    assert document.load((tmp_path / "c.yaml").read_bytes()) == study


def test_a_format_that_is_not_known_is_refused_and_nothing_written(zuji: Run, tmp_path: Path) -> None:
    done = zuji("convert", CELL, "a.csv")
    assert done.returncode == 1
    assert ".csv" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_snapshot_is_verified_and_a_changed_one_is_not(zuji: Run, tmp_path: Path) -> None:
    zuji("footprint", CELL, "--snapshot", "s.json")
    frozen = from_bytes((tmp_path / "s.json").read_bytes())
    good = zuji("verify", "s.json", "--digest", frozen.digest)
    assert good.returncode == 0
    assert frozen.published["total"] in good.stdout
    assert json.loads(zuji("verify", "s.json", "--json").stdout)["digest"] == frozen.digest
    text = (tmp_path / "s.json").read_text(encoding="utf-8")
    (tmp_path / "s.json").write_text(text.replace("磷酸铁锂", "磷酸锰铁锂", 1), encoding="utf-8")
    bad = zuji("verify", "s.json", "--json")
    assert bad.returncode == 1
    assert "snapshot.changed" in {problem["code"] for problem in json.loads(bad.stdout)["problems"]}


def test_another_digest_than_the_known_one_is_said(zuji: Run) -> None:
    zuji("footprint", CELL, "--snapshot", "s.json")
    done = zuji("verify", "s.json", "--digest", "0" * 64)
    assert done.returncode == 1
    assert "0" * 64 in done.stderr


def test_a_file_that_is_no_snapshot_is_refused(zuji: Run) -> None:
    done = zuji("verify", CELL, "--lang", "en")
    assert done.returncode == 1
    assert "not a snapshot" in done.stderr
