"""The house stays tidy: sizes, names, words, licences."""

import re
import subprocess
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TRACKED = subprocess.run(
    ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.splitlines()


def test_files_stay_under_about_four_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in SOURCES
        if "migrations" not in path.parts
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > 420
    }
    assert not long


def test_no_drawer_for_everything() -> None:
    drawers = {"utils", "helpers", "common", "managers", "misc"}
    assert not [path for path in SOURCES if path.stem in drawers or path.parent.name in drawers]


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error"])
def test_nothing_is_left_unfinished(word: str) -> None:
    assert not [path for path in SOURCES if word in path.read_text(encoding="utf-8")]


def test_no_chinese_literal_in_the_web_code() -> None:
    # Strings of the platform live in the catalogue; the library is bilingual by `Text`.
    chinese = re.compile(r"[\u4e00-\u9fff]")
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "src" / "zuji_web").rglob("*.py")
        if "migrations" not in path.parts
        and path.name != "base.py"
        and chinese.search(re.sub(r'""".*?"""|#.*', "", path.read_text(encoding="utf-8"), flags=re.S))
    ]
    assert not guilty


def test_no_machine_path_or_download_address_is_tracked() -> None:
    forbidden = re.compile(
        r"(^|[^A-Za-z])/(wor" + r"k|roo" + r't)/|"resolved": *"http|--(extra-)?index-url|^registry *=', re.M
    )
    guilty = []
    for name in TRACKED:
        path = ROOT / name
        if path.is_file() and path.suffix not in {".npy", ".png", ".mo", ".xlsx", ".pdf"}:
            text = path.read_text(encoding="utf-8", errors="replace")
            if forbidden.search(text):
                guilty.append(name)
    assert not guilty


def test_every_production_dependency_says_why() -> None:
    lines = (ROOT / "requirements" / "prod.in").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.strip() and "#" not in line]


def test_production_licences_are_permissive() -> None:
    # The two exceptions are explained in docs/decisions/0004-licences.md.
    accepted = {"psycopg", "psycopg-binary", "pyphen"}
    guilty = []
    pinned = re.compile(r"^([A-Za-z0-9_.-]+)(\[[^]]*\])?==", re.M)
    for name, _ in pinned.findall((ROOT / "requirements" / "prod.txt").read_text(encoding="utf-8")):
        data = distribution(name).metadata
        licence = f"{data.get('License-Expression') or ''} {(data.get('License') or '')[:80]} "
        licence += " ".join(data.get_all("Classifier", []))
        if re.search(r"GPL|General Public", licence) and name not in accepted:
            guilty.append(name)
    assert not guilty


def test_links_in_the_documents_lead_somewhere() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
        if "://" not in target
        and not target.startswith("mailto:")
        and not (document.parent / target).exists()
    ]
    assert not broken
