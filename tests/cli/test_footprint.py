"""`zuji footprint` on real files: the same digits as the library, everything said, nothing overwritten."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zuji.formats import document, excel, reference
from zuji.lca.published import published
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji.quality import evaluate
from zuji.trust.snapshot import from_bytes, verify

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
CELL = next(path for path in EXAMPLES if path.stem == "lfp-cell")
DATA = reference.load()


def study_of(path: Path) -> Study:
    return document.load(path.read_bytes(), name=path.name)


def result_of(study: Study, runs: int = 0, seed: int = 0) -> Footprint:
    gwp = DATA.gwp[study.gwp]
    return evaluate(study, DATA.catalogue, gwp, DATA.fuels, uncertainty=runs, seed=seed)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_equals_the_library_to_the_last_published_digit(zuji: Run, path: Path) -> None:
    done = zuji("footprint", path, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer, expected = json.loads(done.stdout), result_of(study_of(path))
    assert answer["published"] == json.loads(json.dumps(published(expected)))
    assert answer["total"] == expected.total
    assert answer["snapshot"]["factor_versions"]


def test_the_tables_say_total_band_stages_totals_quality_and_gaps(zuji: Run) -> None:
    done = zuji("footprint", CELL)
    digits = published(result_of(study_of(CELL)))
    assert done.returncode == 0
    for text in (digits["total"], digits["uncertainty"]["low"], digits["uncertainty"]["high"]):
        assert text in done.stdout
    for text in ("原材料获取", "化石排放", "热点", "初级数据占比", "情景", "缺口", "█", "SHA-256"):
        assert text in done.stdout
    for stage in ("raw_material", "manufacturing"):
        assert digits["stages"][stage] in done.stdout


def test_english_tables_hold_the_same_digits(zuji: Run) -> None:
    done = zuji("footprint", CELL, "--lang", "en")
    assert published(result_of(study_of(CELL)))["total"] in done.stdout
    assert "Five totals" in done.stdout
    assert "Raw material acquisition" in done.stdout


def test_runs_seed_and_potentials_are_those_asked_for(zuji: Run) -> None:
    answer = json.loads(zuji("footprint", CELL, "--json", "--runs", 200, "--seed", 5, "--gwp", "AR5").stdout)
    expected = result_of(replace(study_of(CELL), gwp="AR5"), runs=200, seed=5)
    assert answer["published"] == json.loads(json.dumps(published(expected)))
    assert (answer["uncertainty"]["runs"], answer["uncertainty"]["seed"]) == (200, 5)
    assert answer["gwp"] == answer["snapshot"]["gwp"]["id"] == "AR5"


@pytest.mark.parametrize("syntax", ["xlsx", "json", "yaml"])
def test_the_same_study_in_every_format_gives_the_same_answer(zuji: Run, tmp_path: Path, syntax: str) -> None:
    study = study_of(CELL)
    file = tmp_path / f"study.{syntax}"
    file.write_bytes(excel.dump(study) if syntax == "xlsx" else document.dump(study, syntax=syntax))  # type: ignore[arg-type]
    answer = json.loads(zuji("footprint", file, "--json").stdout)
    assert answer["published"] == json.loads(json.dumps(published(result_of(study))))


def test_snapshot_workbook_and_report_are_written_and_hold(zuji: Run, tmp_path: Path) -> None:
    asked = ("--snapshot", "s.json", "--workbook", "r.xlsx", "--report", "r.pdf")
    done = zuji("footprint", CELL, *asked, "--by", "王工", "--date", "2026-11-02")
    assert done.returncode == 0, done.stderr
    frozen = from_bytes((tmp_path / "s.json").read_bytes())
    assert verify(frozen) == []
    assert (frozen.frozen_by, frozen.frozen_at) == ("王工", "2026-11-02")
    assert frozen.digest in done.stdout
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert zipfile.is_zipfile(io.BytesIO((tmp_path / "r.xlsx").read_bytes()))


def test_the_same_command_gives_the_same_snapshot(zuji: Run, tmp_path: Path) -> None:
    zuji("footprint", CELL, "--snapshot", "a.json", "--runs", 20)
    zuji("footprint", CELL, "--snapshot", "b.json", "--runs", 20)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_files_that_exist_are_kept_unless_forced(zuji: Run, tmp_path: Path) -> None:
    kept = tmp_path / "s.json"
    kept.write_text("mine")
    refused = zuji("footprint", CELL, "--snapshot", kept, "--workbook", "new.xlsx")
    assert refused.returncode == 3
    assert "--force" in refused.stderr
    assert kept.read_text() == "mine"
    assert not (tmp_path / "new.xlsx").exists()
    assert zuji("footprint", CELL, "--snapshot", kept, "--force").returncode == 0
    assert verify(from_bytes(kept.read_bytes())) == []


def test_the_input_is_never_overwritten_even_when_forced(zuji: Run, tmp_path: Path) -> None:
    source = tmp_path / "study.json"
    source.write_bytes(document.dump(study_of(CELL), syntax="json"))
    before = source.read_bytes()
    assert zuji("footprint", source, "--snapshot", source, "--force").returncode == 3
    assert source.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(zuji: Run) -> None:
    done = zuji("footprint", CELL, "--snapshot", "nowhere/s.json")
    assert done.returncode == 3
    assert "nowhere" in done.stderr


def broken(tmp_path: Path) -> Path:
    file = tmp_path / "broken.yaml"
    file.write_text(
        "id: x\nproduct: 坏\nunit: 1 kg\nboundary: cradle_to_gate\nperiod: 2024\ngeography: CN\n"
        "lines:\n"
        "  - {stage: manufacturing, kind: material, item: 甲, quantity: many kg}\n"
        "  - {stage: manufacture, kind: material, item: 乙, quantity: 1 kg}\n",
        encoding="utf-8",
    )
    return file


def test_every_mistake_is_located_and_nothing_is_written(zuji: Run, tmp_path: Path) -> None:
    done = zuji("footprint", broken(tmp_path), "--snapshot", "s.json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "第 8 行" in done.stderr
    assert "第 9 行" in done.stderr
    assert "共 2 处" in done.stderr
    assert not (tmp_path / "s.json").exists()


def test_mistakes_in_english_and_as_json(zuji: Run, tmp_path: Path) -> None:
    done = zuji("footprint", broken(tmp_path), "--json", "--lang", "en")
    assert done.returncode == 1
    assert "row 8" in done.stderr
    problems = json.loads(done.stdout)["problems"]
    assert {problem["place"]["row"] for problem in problems} == {8, 9}
    assert all(problem["what"]["zh"] and problem["cure"]["en"] for problem in problems)


def test_unknown_rules_and_potentials_are_refused_with_those_that_there_are(zuji: Run) -> None:
    done = zuji("footprint", CELL, "--rule", "PCR-1")
    assert done.returncode == 1
    assert "PCR-1" in done.stderr
    assert "gbt24067@1" in done.stderr
    done = zuji("footprint", CELL, "--gwp", "AR9")
    assert done.returncode == 1
    assert "AR6" in done.stderr


def test_a_study_is_counted_as_the_rule_wants(zuji: Run) -> None:
    """The rule counts with AR6; what it changed is told, and what it lacks is asked for."""
    plain = json.loads(zuji("footprint", CELL, "--json").stdout)
    ruled = json.loads(
        zuji("footprint", CELL, "--gwp", "AR5", "--rule", "lithium-battery-cell", "--json").stdout
    )
    assert ruled["gwp"] == "AR6"
    assert ruled["rule"] == "lithium-battery-cell@1"
    assert ruled["total"] == plain["total"]
    told = zuji("footprint", CELL, "--gwp", "AR5", "--rule", "lithium-battery-cell").stdout
    assert "按规则所作的改动" in told
    assert "AR5" in told


def test_a_rule_that_the_study_states_is_recorded_and_not_called_checked(zuji: Run, tmp_path: Path) -> None:
    file = tmp_path / "ruled.yaml"
    file.write_bytes(document.dump(replace(study_of(CELL), rule="PCR-1")))
    done = zuji("footprint", file)
    assert done.returncode == 0
    assert "PCR-1（未作符合性检查）" in done.stdout
    assert json.loads(zuji("footprint", file, "--json").stdout)["rule"] == "PCR-1"


@pytest.mark.parametrize("name", ["absent.yaml", "folder.yaml", "notes.txt", "empty.xlsx", "latin.yaml"])
def test_files_that_are_no_inventory_are_refused_plainly(zuji: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "notes.txt").write_text("id: x")
    (tmp_path / "empty.xlsx").touch()
    (tmp_path / "latin.yaml").write_bytes(b"id: caf\xe9")
    done = zuji("footprint", tmp_path / name)
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_cannot_steer_the_terminal(zuji: Run, tmp_path: Path) -> None:
    study = study_of(CELL)
    file = tmp_path / "nasty.json"
    name = "电芯\x1b[31m[bold]红[/bold]"
    file.write_bytes(document.dump(replace(study, product=replace(study.product, name=name)), syntax="json"))
    done = zuji("footprint", file)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "[bold]红[/bold]" in done.stdout


ELECTRICITY = """
id: a
product: 支架
unit: 1 kg
boundary: cradle_to_gate
period: 2024
geography: CN-SC
lines:
"""


def _documented_line() -> str:
    """The line that docs/electricity.md shows."""
    text = (Path(__file__).parents[2] / "docs" / "electricity.md").read_text(encoding="utf-8")
    body = text.split("```yaml\n")[1].split("```")[0]
    return "".join(f"  {row}\n" for row in body.splitlines())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_location_based_result_stands_beside(zuji: Run, tmp_path: Path, language: str) -> None:
    path = tmp_path / "contract.yaml"
    own = "  - {id: pv, stage: manufacturing, item: pv, quantity: 10 kWh, factor: elec_cf_pv_2024, "
    path.write_text(f"{ELECTRICITY}{_documented_line()}{own}electricity: own}}\n", encoding="utf-8")
    done = zuji("footprint", path, "--lang", language)
    assert done.returncode == 0
    assert "578.22" in done.stdout  # 1000 kWh at 0.5777 and 10 kWh of one's own that has no location factor
    name, unknown = {
        "zh": ("基于位置的结果", "没有所在地因子"),
        "en": ("Location-based", "without a location factor"),
    }[language]
    assert name in done.stdout
    assert unknown in done.stdout
    answer = json.loads(zuji("footprint", path, "--json").stdout)
    assert answer["location_based"]["unknown"] == ["pv"]
    assert answer["published"]["location_based"] == "578.22"


def test_a_grid_co2_factor_as_location_factor_is_refused(zuji: Run, tmp_path: Path) -> None:
    grid = next(factor.id for factor in DATA.catalogue if factor.kind == "grid_co2")
    path = tmp_path / "wrong.yaml"
    text = ELECTRICITY + _documented_line().replace("elec_cf_national_2024", grid)
    path.write_text(text, encoding="utf-8")
    done = zuji("footprint", path)
    assert done.returncode == 1
    assert "electricity.location_factor" in done.stderr
