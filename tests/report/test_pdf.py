"""The PDF: archival, tagged, repeatable byte by byte, with the snapshot inside, in both languages."""

import hashlib
import io
import json
import re
from functools import cache

import pytest
from pypdf import PdfReader

from tests.report import made
from zuji.lca.published import published
from zuji.report.content import compose
from zuji.report.files import RESULT_NAME, SNAPSHOT_NAME
from zuji.report.pdf import render
from zuji.trust.snapshot import from_bytes, recalculate, verify


@cache
def pdf(name: str, language: str) -> bytes:
    material = made.tray(language) if name == "tray" else made.plain(language)
    return render(
        material.study, material.footprint, material.snapshot, issue=material.issue, language=language
    )


@cache
def reader(name: str, language: str) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(name, language)))


def text(name: str, language: str) -> str:
    """All text, without the spaces that line breaks leave in Chinese."""
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in reader(name, language).pages))


def test_the_same_report_is_the_same_bytes() -> None:
    material = made.tray("zh")
    again = render(material.study, material.footprint, material.snapshot, issue=material.issue, language="zh")
    assert again == pdf("tray", "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_archival_tagged_titled_and_bookmarked(language: str) -> None:
    root = reader("tray", language).trailer["/Root"]
    assert root["/Lang"] == {"zh": "zh-Hans", "en": "en"}[language]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part[^0-9]*3", metadata)
    assert re.search(r"pdfaid:conformance[^A-Z]*U", metadata)
    material = made.tray(language)
    assert material.product_name in str(reader("tray", language).metadata.title)  # type: ignore[union-attr]
    titles = [item.title for item in reader("tray", language).outline if not isinstance(item, list)]
    assert len(titles) == len(compose(material).sections)
    assert {"zh": "附录 E\u2002报告内容对照", "en": "Annex E\u2002Required contents"}[language] in titles


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_shows_the_published_digits(language: str) -> None:
    digits, said = published(made.tray(language).footprint), text("tray", language)
    shown = [digits["total"], *digits["stages"].values(), *digits["totals"].values()]
    shown += [digits["uncertainty"]["low"], digits["uncertainty"]["high"], *digits["scenarios"].values()]
    assert not [digit for digit in shown if digit.replace("-", "−") not in said]


@pytest.mark.parametrize(("language", "numbered"), [("zh", "第{}页/共{}页"), ("en", "Page{}of{}")])
def test_pages_are_numbered_and_marked(language: str, numbered: str) -> None:
    pages = reader("tray", language).pages
    mark = {"zh": "演示", "en": "Demonstration"}[language]
    for number, page in enumerate(pages, 1):
        said = re.sub(r"\s+", "", page.extract_text())
        assert mark in said, number
        if number > 1:
            assert numbered.format(number, len(pages)) in said


def test_a_draft_says_so_on_every_page() -> None:
    for page in reader("plain", "zh").pages:
        assert "草稿" in page.extract_text()
    assert "演示" not in text("plain", "zh")


def test_the_embedded_snapshot_recalculates_to_the_printed_digits() -> None:
    material = made.tray("zh")
    files = reader("tray", "zh").attachments
    assert set(files) == {SNAPSHOT_NAME, RESULT_NAME}
    content = files[SNAPSHOT_NAME][0]
    assert hashlib.sha256(content).hexdigest() == material.snapshot.digest
    snapshot = from_bytes(content)
    assert verify(snapshot) == []
    assert published(recalculate(snapshot)) == published(material.footprint)
    result = json.loads(files[RESULT_NAME][0])
    assert result["published"] == published(material.footprint)
    assert result["snapshot"]["digest"] == material.snapshot.digest


def test_figures_have_words_for_those_who_cannot_see_them() -> None:
    opened = reader("tray", "zh")
    objects = (opened.get_object(number) for number in range(1, int(opened.trailer["/Size"])))
    found = [item["/Alt"] for item in objects if isinstance(item, dict) and item.get("/S") == "/Figure"]
    assert len(found) >= 6
    assert all(found)


def test_fonts_are_embedded() -> None:
    for page in reader("plain", "zh").pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in descriptor)
