"""The report as a Word document (.docx), from the same composed blocks as page and PDF.

Headings carry Word's heading styles and the numbers of the PDF as text, so that a reference to 4.9 means
the same in both and survives editing. Figures are pictures at print resolution (`zuji.report.raster`).
The machine-readable files stand in a custom XML part, which Word keeps when the document is saved. The same
report gives the same bytes with the same software and fonts.
"""

import base64
import binascii
import io
import re
import zipfile
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

import zuji
from zuji.errors import FileRefused, ZujiError, problem
from zuji.report.content import compose
from zuji.report.document import Report, speaker
from zuji.report.files import attached
from zuji.report.material import Material
from zuji.report.rendering import heading
from zuji.report.word_blocks import Writer, marks
from zuji.report.word_marks import bookmarked, element, field, link, paragraph, run, writable
from zuji.report.word_styles import QUIET, dress

if TYPE_CHECKING:
    from docx.document import Document

_NAMESPACE = "urn:zuji:report:files"
_ATTACHED = "/customXml/item1.xml"
_CUSTOM = re.compile(r"customXml/item\d+\.xml")
_LONGEST_PROPERTY = 255
_NOTHING_OLDER = (1980, 1, 1, 0, 0, 0)  # the first date of the ZIP format


def printed(material: Material) -> bytes:
    """The report of a study as a Word document with the snapshot inside."""
    return write(compose(material), files=attached(material))


def write(report: Report, *, files: dict[str, bytes]) -> bytes:
    """A composed report as a Word document with `files` embedded by name."""
    document = _document()
    dress(document, report)
    _properties(document, report)
    say = speaker(report.language)
    writer, numbers = Writer(document, say), count(1)
    _cover(writer, report)
    _contents(writer, report)
    for section in report.sections:
        title = heading(section, report.language)
        begin = [_page_break()] if section.id in ("scope", "factors") else []
        words = bookmarked(section.id, next(numbers), *begin, run(title))
        writer.add(paragraph(*words, style="Heading1"))
        for block in section.blocks:
            writer.block(block)
        for part in section.parts:
            words = bookmarked(part.id, next(numbers), run(part.heading))
            writer.add(paragraph(*words, style="Heading2"))
            for block in part.blocks:
                writer.block(block)
    _embed(document, files)
    out = io.BytesIO()
    document.save(out)
    return _packed(out.getvalue())


def embedded(data: bytes) -> dict[str, bytes]:
    """The files in a Word report by name, none where it has none.

    A word processor may number the part anew, so it is known by its namespace. Raises `FileRefused` where
    `data` is no Word document or the part is damaged.
    """
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(name) for name in archive.namelist() if _CUSTOM.fullmatch(name)]
        roots = [root for root in map(fromstring, parts) if root.tag == f"{{{_NAMESPACE}}}files"]
        return {
            str(one.get("name")): base64.b64decode(one.text or "", validate=True)
            for root in roots
            for one in root
        }
    except (zipfile.BadZipFile, ParseError, binascii.Error) as damaged:
        raise FileRefused(
            problem(
                "report.word_unreadable",
                "这不是可读的 Word 报告",
                "this is no readable Word report",
                cure_zh="请使用 Zuji 生成的 .docx 文件",
                cure_en="use a .docx file that Zuji made",
            )
        ) from damaged


def _document() -> "Document":
    """An empty document without what the library's template brings along."""
    try:
        from docx import Document
    except ImportError as absent:
        raise ZujiError(
            problem(
                "report.no_word",
                "这个环境没有安装生成 Word 的部分",
                "this environment lacks what writes Word documents",
                cure_zh="请安装 zuji[report]，或使用 ./run 建立的环境",
                cure_en="install zuji[report], or use the environment that ./run makes",
            )
        ) from absent
    document = Document()
    for package in (document.part, document.part.package):
        for identity, relation in list(package.rels.items()):
            if relation.reltype.rpartition("/")[2] in ("customXml", "stylesWithEffects", "thumbnail"):
                del package.rels[identity]
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = _application()  # noqa: SLF001 - the part has no door for its content
    return document


def _application() -> bytes:
    name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    major, minor = zuji.__version__.split(".")[:2]
    content = f"<Application>Zuji</Application><AppVersion>{int(major):02}.{int(minor):04}</AppVersion>"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<Properties xmlns="{name}">{content}</Properties>'.encode()


def _properties(document: "Document", report: Report) -> None:
    moment = datetime.fromisoformat(report.date).replace(tzinfo=UTC)
    found = document.core_properties
    # a property of a document holds so much and no more (python-docx)
    title, author, statement = (
        writable(text)[:_LONGEST_PROPERTY] for text in (report.title, report.author, report.cover.statement)
    )
    found.title, found.author, found.subject = title, author, statement
    found.comments = f"Zuji {zuji.__version__}"
    found.keywords, found.identifier = " · ".join(report.marks), f"sha256:{report.digest}"
    found.language, found.last_modified_by = report.language, author
    found.created = found.modified = moment
    found.revision = 1


def _cover(writer: Writer, report: Report) -> None:
    cover = report.cover
    if report.marks:
        writer.add(marks(report.marks))
    writer.add(
        paragraph(run(cover.title), style="Subtitle"),
        paragraph(run(cover.product), style="Title"),
        paragraph(run(cover.product_sub, colour=QUIET)),
        paragraph(run(cover.label, colour=QUIET), after=0),
        paragraph(
            run(cover.value, bold=True, colour="0F5E55", size=36), run(f" {cover.unit}", size=14), after=0
        ),
        paragraph(run(cover.per, colour=QUIET)),
    )
    writer.facts(cover.facts)
    writer.add(paragraph(run(cover.statement, bold=True)))


def _contents(writer: Writer, report: Report) -> None:
    """A table of contents: links at once, with page numbers when the reader updates it."""
    say = speaker(report.language)
    title = run(say("目录", "Contents"), bold=True, size=15)
    writer.add(paragraph(_page_break(), title))
    entries = [
        paragraph(link(section.id, run(heading(section, report.language))), after=60)
        for section in report.sections
    ]
    begin, instruction, separate, _shown, end = field('TOC \\o "1-2" \\h \\z \\u')
    begin[0].set(f"{{{begin.nsmap['w']}}}dirty", "true")
    first, last = entries[0], entries[-1]
    for position, one in enumerate((begin, instruction, separate), 1):
        first.insert(position, one)
    last.append(end)
    writer.add(*entries)


def _page_break() -> Any:
    made = element("w:r")
    made.append(element("w:br", type="page"))
    return made


def _embed(document: "Document", files: dict[str, bytes]) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    root = etree.Element(f"{{{_NAMESPACE}}}files", nsmap={None: _NAMESPACE})
    for name, content in files.items():
        one = etree.SubElement(root, f"{{{_NAMESPACE}}}file", name=name, encoding="base64")
        one.text = base64.b64encode(content).decode()
    blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    part = Part(PackURI(_ATTACHED), "application/xml", blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _packed(data: bytes) -> bytes:
    """The same package with one date on every entry, so that the same report is the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _NOTHING_OLDER)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
