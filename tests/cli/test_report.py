"""`zuji report` as a person's shell runs it: three forms, the rule, what is missing, refusals."""

from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {
    "id": "plain",
    "product": "螺栓",
    "unit": "1 kg",
    "boundary": "cradle_to_gate",
    "period": "2024",
    "geography": "CN",
    "lines": [
        {
            "stage": "raw_material",
            "kind": "material",
            "item": "碳钢棒材",
            "quantity": "1.02 kg",
            "factor": "mat_gbt51366_bar",
        }
    ],
}
ON = ("--date", "2026-11-21", "--by", "李工")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.yaml"
    path.write_text(yaml.safe_dump(PLAIN, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize(("form", "beginning"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!DOCTYPE")])
def test_it_writes_each_form_alike_each_time(zuji: Run, study: Path, form: str, beginning: bytes) -> None:
    contents = []
    for number in range(2):
        out = study.parent / f"{number}.{form}"
        done = zuji("report", study, "--to", out, *ON)
        assert done.returncode == 0, done.stderr
        contents.append(out.read_bytes())
    assert contents[0].startswith(beginning)
    assert contents[0] == contents[1]


def test_it_says_what_a_reviewer_will_find_missing(zuji: Run, study: Path) -> None:
    done = zuji("report", study, "--to", study.parent / "a.html", *ON, "--lang", "en")
    assert "the report lacks" in done.stderr
    assert "Goal, use and audience" in done.stderr


def test_under_a_rule_the_report_holds_its_demands_and_its_check(zuji: Run, study: Path) -> None:
    out = study.parent / "ruled.html"
    done = zuji("report", study, "--rule", "gbt24067", "--to", out, *ON)
    assert done.returncode == 0, done.stderr
    said = out.read_text(encoding="utf-8")
    assert "规则的要求与本研究" in said
    assert "V27" in said
    assert "取舍准则：单项上限" in said
    assert "<script" not in said


def test_the_rule_that_the_study_names_is_taken(zuji: Run, study: Path) -> None:
    study.write_text(yaml.safe_dump({**PLAIN, "rule": "gbt24067@1"}, allow_unicode=True), encoding="utf-8")
    out = study.parent / "own.html"
    assert zuji("report", study, "--to", out, *ON).returncode == 0
    assert "规则的要求与本研究" in out.read_text(encoding="utf-8")
    other = zuji("report", study, "--rule", "pef", "--to", study.parent / "b.html", *ON)
    assert other.returncode == 1
    assert "gbt24067@1" in other.stderr
    assert not (study.parent / "b.html").exists()


def test_refusals_name_the_cure_and_write_nothing(zuji: Run, study: Path) -> None:
    odd = zuji("report", study, "--to", study.parent / "a.rtf")
    assert odd.returncode == 1
    assert ".docx" in odd.stderr
    unknown = zuji("report", study, "--rule", "no-such", "--to", study.parent / "a.pdf")
    assert unknown.returncode == 1
    assert "no-such" in unknown.stderr
    taken = study.parent / "taken.html"
    taken.write_text("mine", encoding="utf-8")
    assert zuji("report", study, "--to", taken).returncode == 3
    assert taken.read_text(encoding="utf-8") == "mine"
    assert not list(study.parent.glob("a.*"))
