"""A reviewer's walk through the report of every worked example: each item found where the list says."""

import html
import io
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from tests.report import made
from zuji.formats import document, reference, rules, standards
from zuji.lca.published import published
from zuji.report import files, pdf, rendering, word
from zuji.report.checklist import State, completeness
from zuji.report.content import compose
from zuji.report.contents import GROUPS
from zuji.report.document import Facts, Figure, Paragraph, Points, Report, Section, Table
from zuji.report.material import Issue, Material
from zuji.report.ruled import under
from zuji.trust.snapshot import from_bytes, recalculate

LANGUAGES = ("zh", "en")
WIDE = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
MANY_OF_ONE = re.compile(r"\b1 (lines|flows|items|stages|processes|factors|scenarios|months|days)\b")
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_word_file_holds_the_same(name: str, language: str) -> None:
    found = report(name, language)
    content = word.printed(material(name, language))
    opened = docx.Document(io.BytesIO(content))
    texts = [one.text for one in opened.paragraphs if one.style and one.style.name.startswith("Heading")]
    wanted = [title for section in found.sections for title in _titles(section, language)]
    assert [plain(text) for text in texts] == [plain(text) for text in wanted]
    for table, block in zip(
        [one for one in opened.tables if one._tbl.tr_lst[0].trPr.findall("{*}tblHeader")],
        [block for block in found.blocks() if isinstance(block, Table)],
        strict=True,
    ):
        assert len(table._tbl.tr_lst) == len(block.rows) + 1
    taken = word.embedded(content)
    assert taken == files.attached(material(name, language))
    assert from_bytes(taken[files.SNAPSHOT_NAME]).study == material(name, language).study
    assert word.printed(material(name, language)) == content


def _titles(section: Section, language: str) -> list[str]:
    annex = "附录" if language == "zh" else "Annex"
    head = f"{annex} {section.number}" if section.annex else section.number
    return [head + section.title, *(part.number + part.title for part in section.parts)]


def leaves(node: object) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        yield from (text for value in node.values() for text in leaves(value))
    elif isinstance(node, list):
        yield from (text for value in node for text in leaves(value))


def texts(found: Report) -> Iterator[str]:
    """Every text of a report that people read, those in drawings too."""
    yield from (found.title, found.running, *found.marks)
    yield from (found.cover.title, found.cover.label, found.cover.per, found.cover.statement)
    yield from (text for fact in found.cover.facts for text in fact)
    yield from parts(found).values()
    for block in found.blocks():
        match block:
            case Table():
                yield from (block.caption, block.note)
                yield from (text for column in block.columns for text in (column.title, column.unit))
                yield from (t for row in block.rows for cell in row.cells for t in (cell.text, cell.sub))
            case Facts():
                yield from (text for fact in block.items for text in fact)
            case Points():
                yield from block.items
            case Figure():
                yield from (block.caption, *re.findall(r">([^<]+)<", block.svg))
            case Paragraph():
                yield block.text


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_english_report_is_chinese_but_what_people_and_sources_wrote(name: str) -> None:
    found = material(name, "en")
    assert found.rule is not None
    stated = {*leaves(dict(found.snapshot.document)), *leaves(rules.to_dict(found.rule))}
    stated |= {ISSUE.organisation, ISSUE.author}
    # a text may be shown in part: cut to its column, or one half of a text in two languages
    pieces = {piece for text in stated for piece in re.split(r" / |[\n;]", text) if WIDE.search(piece)}
    known = sorted(pieces, key=len, reverse=True)
    for text in texts(report(name, "en")):
        left = html.unescape(text)
        shown, cut, _rest = left.partition("…")
        if not WIDE.search(left) or (cut and any(piece.startswith(shown.strip()) for piece in known)):
            continue
        for piece in known:
            left = left.replace(piece, "").replace(piece.strip(), "")
        assert not WIDE.search(left), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_numbers_and_counts_read_like_people_write_them(name: str, language: str) -> None:
    for text in texts(report(name, language)):
        assert not re.search(r"\d[eE][+-]\d", text), text
        assert not re.search(r"\b(nan|inf|True|False)\b", text), text
        assert not re.search(r"\b1 (lines|flows|items|stages|processes|factors|scenarios|months)\b", text), (
            text
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_heading_without_content_and_no_table_without_rows(name: str, language: str) -> None:
    for section in report(name, language).sections:
        assert section.title
        assert section.blocks or section.parts
        for part in section.parts:
            assert part.title
            assert part.blocks, part.number
    for block in report(name, language).blocks():
        if isinstance(block, Table):
            assert block.caption
            assert block.rows, block.caption
        if isinstance(block, Figure):
            assert block.caption
            assert "<text" in block.svg


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_hold_the_same_items_in_the_same_state(name: str) -> None:
    chinese, english = (completeness(material(name, one), report(name, one).sections) for one in LANGUAGES)
    assert [(one.item.number, one.state) for one in chinese] == [
        (one.item.number, one.state) for one in english
    ]
    assert {one.item.number for one in english if one.state is State.MISSING} <= {"R3"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_study_gives_the_same_bytes(language: str) -> None:
    assert pdf.printed(material("baijiu", language)) == pdf.printed(material("baijiu", language))


@pytest.mark.parametrize("name", NAMES)
def test_chinese_inside_an_english_page_says_its_language(name: str) -> None:
    body = rendering.body(report(name, "en"))
    marked = re.sub(r'<span lang="zh-Hans">[^<]*</span>', "", body)
    drawn = re.sub(r"<svg.*?</svg>", "", marked, flags=re.S)
    assert not WIDE.search(re.sub(r"<[^>]*>", "", drawn))
    assert re.sub(r"<[^>]*>", "", body) == re.sub(r"<[^>]*>", "", body.replace(' lang="zh-Hans"', ""))
    assert 'lang="zh-Hans"' in body
    assert '<span lang="zh-Hans">' not in rendering.body(report(name))


def test_english_quotation_marks_are_as_narrow_as_letters(tmp_path: Path) -> None:
    """Of the fonts for Chinese only those for Korean draw them so; Chinese keeps its own forms."""
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf.printed(material("clinker", "en")))
    answer = subprocess.run(["pdffonts", path], capture_output=True, check=True).stdout.decode()
    assert "CJK-KR" in answer
    assert "CJK-SC" in answer


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_number_that_is_due_is_empty(name: str, language: str) -> None:
    for block in report(name, language).blocks():
        if isinstance(block, Table):
            for row in block.rows:
                due = zip(block.columns, row.cells, strict=True)
                empty = [column.title for column, cell in due if column.numeric and not cell.text]
                assert not empty or row.kind in {"total", "group"}, (block.caption, row)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_tables_with_a_total_sum_to_it(name: str, language: str) -> None:
    """Every column of kgCO2e above a total row sums to it, or a note says by how much it does not."""
    summed = 0
    for block in report(name, language).blocks():
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
