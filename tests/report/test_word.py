"""The Word file: the same contents as the PDF, with real headings and tables, repeatable byte by byte."""

import hashlib
import io
import zipfile
from dataclasses import replace
from functools import cache

import docx
import pytest
from defusedxml.ElementTree import fromstring
from docx.document import Document
from docx.oxml.ns import qn
from PIL import Image

from tests.report import made, studies
from zuji.errors import FileRefused
from zuji.report import files, word
from zuji.report.content import compose
from zuji.report.document import Facts, Figure, Table
from zuji.report.rendering import heading
from zuji.trust.snapshot import from_bytes, verify

LANGUAGES = ("zh", "en")


@cache
def content(language: str) -> bytes:
    return word.printed(made.full(language))


@cache
def opened(language: str) -> Document:
    return docx.Document(io.BytesIO(content(language)))


def test_the_same_report_is_the_same_bytes() -> None:
    assert word.printed(made.full("zh")) == content("zh")
    with zipfile.ZipFile(io.BytesIO(content("zh"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_well_formed(language: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content(language))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                fromstring(archive.read(name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_those_of_the_report(language: str) -> None:
    report = compose(made.full(language))
    paragraphs = opened(language).paragraphs
    first = [one.text.strip() for one in paragraphs if one.style and one.style.name == "Heading 1"]
    second = [one.text for one in paragraphs if one.style and one.style.name == "Heading 2"]
    assert first == [heading(section, report.language) for section in report.sections]
    assert second == [part.heading for section in report.sections for part in section.parts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_hold_every_row_and_repeat_their_heading(language: str) -> None:
    report = compose(made.full(language))
    blocks = [block for block in report.blocks() if isinstance(block, Table | Facts)]
    tables = opened(language).tables[1:]  # the first stands on the title page
    assert len(tables) == len(blocks)
    for table, block in zip(tables, blocks, strict=True):
        rows = table._tbl.tr_lst
        if isinstance(block, Facts):
            assert len(rows) == len(block.items)
            continue
        assert len(rows) == len(block.rows) + 1
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rows[1:])
        for row, written in zip(rows[1:], block.rows, strict=True):
            for cell, column, given in zip(row.tc_lst, block.columns, written.cells, strict=True):
                paragraph = cell.p_lst[0]
                shown = "".join(text.text or "" for text in cell.iter(qn("w:t")))
                assert given.text in shown
                if column.numeric:
                    assert paragraph.pPr.jc is not None, block.caption
                    assert paragraph.pPr.jc.get(qn("w:val")) == "right"
                    assert shown or written.kind, (block.caption, given)


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_pictures_with_words(language: str) -> None:
    captions = [block.caption for block in compose(made.full(language)).blocks() if isinstance(block, Figure)]
    shapes = opened(language).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == captions
    assert len({shape._inline.docPr.get("id") for shape in shapes}) == len(captions)
    for related in opened(language).part.related_parts.values():
        if related.content_type == "image/png":
            with Image.open(io.BytesIO(related.blob)) as picture:
                assert picture.width == 2040
                assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 5


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en-GB")])
def test_fonts_and_languages_are_named_for_both_scripts(language: str, tag: str) -> None:
    styles = opened(language).styles
    for name in ("Normal", "Heading 1", "Heading 2", "Caption", "Header"):
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in {"宋体", "黑体"}
        assert not [key for key in fonts.keys() if "heme" in key]  # noqa: SIM118 - an element, no mapping
    defaults = styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == tag


@pytest.mark.parametrize(("language", "numbered"), [("zh", "第 1 页 / 共 1 页"), ("en", "Page 1 of 1")])
def test_pages_are_numbered_and_marked(language: str, numbered: str) -> None:
    section = opened(language).sections[0]
    assert numbered in section.footer.paragraphs[0].text
    assert made.full(language).digest[:16] in section.footer.paragraphs[0].text
    codes = [one.text.strip() for one in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    mark = {"zh": "演示规则", "en": "Demonstration rule"}[language]
    assert mark in section.header.paragraphs[0].text
    assert mark in "".join(one.text for one in opened(language).paragraphs[:3])


def test_properties_say_what_it_is() -> None:
    found, material = opened("zh").core_properties, made.full()
    assert material.product_name in found.title
    assert found.author == "演示编制组"
    assert found.identifier == f"sha256:{material.digest}"
    assert str(found.created).startswith("2026-11-21")
    assert found.language == "zh-Hans"


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_bookmarks(language: str) -> None:
    body = opened(language).element.body
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    numbers = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    targets = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert len(names) == len(set(names))
    assert len(numbers) == len(set(numbers))
    assert len(targets) > 30
    assert targets <= set(names)


def test_every_item_of_the_list_has_a_box_that_can_be_ticked() -> None:
    from zuji.report.contents import GROUPS

    boxes = list(opened("zh").element.body.iter(qn("w14:checkbox")))
    assert len(boxes) == sum(len(group.items) for group in GROUPS)
    labels = [one.get(qn("w:val")) for one in opened("zh").element.body.iter(qn("w:alias"))]
    assert "单位与基准流" in labels


def test_the_machine_readable_study_can_be_taken_out() -> None:
    material = made.full()
    found = word.embedded(content("zh"))
    assert found == files.attached(material)
    snapshot = from_bytes(found[files.SNAPSHOT_NAME])
    assert hashlib.sha256(found[files.SNAPSHOT_NAME]).hexdigest() == material.digest
    assert snapshot.study == material.study
    assert verify(snapshot) == []


def test_it_survives_being_saved_by_a_word_processor() -> None:
    document = docx.Document(io.BytesIO(content("zh")))
    out = io.BytesIO()
    document.save(out)
    assert word.embedded(out.getvalue()) == word.embedded(content("zh"))


def test_what_people_type_becomes_no_markup_and_no_broken_file() -> None:
    hostile = '<w:br/>&amp; "x"\x00\x0b end'
    study = studies.plain()
    line = replace(study.processes[0].lines[0], note=hostile, supplier=hostile)
    process = replace(study.processes[0], lines=(line,))
    study = replace(study, limitations=hostile, processes=(process,))
    document = docx.Document(io.BytesIO(word.printed(made.material(study, runs=0))))
    said = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert '<w:br/>&amp; "x"�� end' in said


def test_other_files_are_refused() -> None:
    with pytest.raises(FileRefused):
        word.embedded(b"no archive")
    empty = io.BytesIO()
    docx.Document().save(empty)
    assert word.embedded(empty.getvalue()) == {}


@pytest.mark.parametrize("odd", ["\x0b\x01\x1b", "\ufffe\uffff", "</w:t>]]>&amp;", "x" * 300])
def test_a_name_that_xml_or_word_cannot_hold_makes_a_sound_document(odd: str) -> None:
    full = made.full("zh")
    product = replace(full.study.product, name=f"托盘{odd}", name_en=f"Tray{odd}", manufacturer=odd)
    issue = replace(full.issue, author=f"李工{odd}", organisation=odd)
    data = word.printed(replace(full, study=replace(full.study, product=product), issue=issue))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                fromstring(archive.read(name))
    shown = odd if odd.isprintable() and odd.isascii() else "\N{REPLACEMENT CHARACTER}" * len(odd)
    assert any(f"托盘{shown}" in one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
