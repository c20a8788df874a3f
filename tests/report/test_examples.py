"""A reviewer's walk through the report of every worked example: each item found where the list says."""

import io
import json
import re
import subprocess
from decimal import Decimal
from functools import cache
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from tests.report import made
from zuji.formats import document, reference, rules, standards
from zuji.lca.published import published
from zuji.report import files, pdf, word
from zuji.report.checklist import State, completeness
from zuji.report.content import compose
from zuji.report.contents import GROUPS
from zuji.report.document import Report, Section, Table
from zuji.report.material import Issue, Material
from zuji.report.ruled import under
from zuji.trust.snapshot import from_bytes, recalculate

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
ISSUE = Issue(date="2026-11-21", organisation="示例单位", author="李工")


@cache
def material(name: str, language: str = "zh") -> Material:
    study = document.load((EXAMPLES / f"{name}.yaml").read_bytes(), name=name)
    book, data = rules.shipped(), reference.load()
    rule = book.get(study.rule)
    footprint, snapshot = made.evaluated(study, runs=100)
    bare = Material(study=study, footprint=footprint, snapshot=snapshot, issue=ISSUE, language=language)
    return under(bare, rule, book, gwp=data.gwp, factors=data.catalogue, tree=standards.tree())


@cache
def report(name: str, language: str = "zh") -> Report:
    return compose(material(name, language))


def parts(found: Report) -> dict[str, str]:
    """The heading of every section and part by its anchor."""
    headings = {section.id: section.title for section in found.sections}
    return headings | {part.id: part.title for section in found.sections for part in section.parts}


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def written(name: str, language: str, folder: Path) -> tuple[bytes, str]:
    """The PDF and what pdftotext reads in it, without the spaces."""
    content = pdf.printed(material(name, language))
    path = folder / "report.pdf"
    path.write_bytes(content)
    answer = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    return content, plain(answer.stdout.decode())


@pytest.mark.parametrize("name", NAMES)
def test_a_reviewer_finds_every_item_in_the_pdf(name: str, tmp_path: Path) -> None:
    found, headings = report(name), parts(report(name))
    content, said = written(name, "zh", tmp_path)
    entries = completeness(material(name), found.sections)
    assert len(entries) == sum(len(group.items) for group in GROUPS)
    for entry in entries:
        if entry.state is State.MISSING:
            # nobody balanced processes that were taken from databases
            assert entry.item.number == "R3", entry.item
        for words, anchor in entry.places:
            assert plain(f"{words} {headings[anchor]}") in said, entry.item
        if entry.state is State.NOT_APPLICABLE:
            assert entry.reason is not None
            assert plain(entry.reason.zh) in said
        assert plain(entry.item.name.zh) in said
    digits = published(material(name).footprint)
    assert not [
        text for text in (digits["total"], *digits["stages"].values()) if text.replace("-", "−") not in said
    ]
    opened = PdfReader(io.BytesIO(content))
    metadata = opened.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part[^0-9]*3", metadata)
    assert re.search(r"pdfaid:conformance[^A-Z]*U", metadata)
    assert "/OutputIntents" in opened.trailer["/Root"]
    taken = {key: values[0] for key, values in opened.attachments.items()}
    assert taken == files.attached(material(name))
    snapshot = from_bytes(taken[files.SNAPSHOT_NAME])
    assert snapshot.study == material(name).study
    assert published(recalculate(snapshot)) == digits
    assert json.loads(taken[files.CONFORMITY_NAME])["rule"] == material(name).study.rule
    assert rules.load(taken[files.RULE_NAME]) == material(name).rule


@pytest.mark.parametrize("name", ["baijiu", "battery-electric-car", "pv-module"])
def test_the_english_report_is_as_complete(name: str, tmp_path: Path) -> None:
    _content, said = written(name, "en", tmp_path)
    for entry in completeness(material(name, "en"), report(name, "en").sections):
        assert plain(entry.item.name.en) in said
        for words, anchor in entry.places:
            assert plain(f"{words} {parts(report(name, 'en'))[anchor]}") in said
    states = {one.item.number: one.state for one in completeness(material(name), report(name).sections)}
    english = completeness(material(name, "en"), report(name, "en").sections)
    assert states == {one.item.number: one.state for one in english}


@pytest.mark.parametrize("name", NAMES)
def test_the_word_file_holds_the_same(name: str) -> None:
    found = report(name)
    opened = docx.Document(io.BytesIO(word.printed(material(name))))
    texts = [one.text for one in opened.paragraphs if one.style and one.style.name.startswith("Heading")]
    wanted = [title for section in found.sections for title in _titles(section)]
    assert [plain(text) for text in texts] == [plain(text) for text in wanted]
    for table, block in zip(
        [one for one in opened.tables if one._tbl.tr_lst[0].trPr.findall("{*}tblHeader")],
        [block for block in found.blocks() if isinstance(block, Table)],
        strict=True,
    ):
        assert len(table._tbl.tr_lst) == len(block.rows) + 1
    assert word.embedded(word.printed(material(name))) == files.attached(material(name))


def _titles(section: Section) -> list[str]:
    head = f"附录 {section.number}" if section.annex else section.number
    return [head + section.title, *(part.number + part.title for part in section.parts)]


@pytest.mark.parametrize("name", NAMES)
def test_no_number_that_is_due_is_empty(name: str) -> None:
    for block in report(name).blocks():
        if isinstance(block, Table):
            for row in block.rows:
                due = zip(block.columns, row.cells, strict=True)
                empty = [column.title for column, cell in due if column.numeric and not cell.text]
                assert not empty or row.kind in {"total", "group"}, (block.caption, row)


@pytest.mark.parametrize("name", NAMES)
def test_tables_with_a_total_sum_to_it(name: str) -> None:
    """Every column of kgCO2e above a total row sums to it, or a note says by how much it does not."""
    summed = 0
    for block in report(name).blocks():
        if not isinstance(block, Table) or not block.rows or block.rows[-1].kind != "total":
            continue
        for index, column in enumerate(block.columns):
            texts = [row.cells[index].text.replace("−", "-") for row in block.rows]
            if column.unit != "kgCO2e" or not texts[-1]:
                continue
            above = sum(Decimal(text) for text in texts[:-1] if text != "—")
            if above != Decimal(texts[-1]):
                assert f"{above:f}".replace("-", "−") in block.note, block.caption
            summed += 1
    assert summed >= 6
