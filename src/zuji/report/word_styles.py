"""Look of the Word report: fonts by script, headings, page, header and footer.

Fonts are named for both scripts (`w:eastAsia`), as Word and WPS choose by character; the names are those
that Windows, macOS and WPS carry, and LibreOffice replaces them by what it has.
"""

from typing import TYPE_CHECKING, Any

from zuji.report.document import Report, speaker
from zuji.report.word_marks import attribute, element, field, run

if TYPE_CHECKING:
    from docx.document import Document

LATIN, BODY, HEADING = "Arial", "宋体", "黑体"
INK, QUIET, ALERT = "1B2B29", "5C6B68", "A3211B"
TEXT_WIDTH = 9638  # twentieths of a point: 170 mm
_MARGINS = {"top": 27, "bottom": 20, "left": 20, "right": 20}
# style: size in points, space before and after in points, bold
_SIZES: dict[str, tuple[float, float, float, bool]] = {
    "Normal": (10.5, 0, 6, False),
    "Title": (24, 6, 6, True),
    "Subtitle": (15, 0, 10, True),
    "Heading 1": (15, 18, 8, True),
    "Heading 2": (12, 12, 6, True),
    "Caption": (9, 6, 3, True),
    "List Bullet": (10.5, 0, 3, False),
    "Header": (8, 0, 0, False),
    "Footer": (8, 0, 0, False),
}
_THEMED = ("w:rFonts", "w:color", "w:i", "w:iCs", "w:spacing")
_HEADINGS = frozenset({"Title", "Subtitle", "Heading 1", "Heading 2"})


def dress(document: "Document", report: Report) -> None:
    """Styles, bullets, page, language, header and footer."""
    _bullets(document)
    _styles(document, chinese=report.language.startswith("zh"))
    _page(document)
    _header(document, report)
    _footer(document, report)


def _styles(document: "Document", *, chinese: bool) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    themed = {attribute(name) for name in _THEMED}
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()
        elif style.element.rPr is not None:
            # fonts and colours of the theme would win over ours, there and in linked character styles
            for child in list(style.element.rPr):
                if child.tag in themed:
                    style.element.rPr.remove(child)
    for name, (size, before, after, bold) in _SIZES.items():
        style = document.styles[name]
        font = style.font
        font.size, font.bold, font.italic = Pt(size), bold, False
        font.color.rgb = RGBColor.from_string(INK)
        _fonts(style.element.get_or_add_rPr(), HEADING if name in _HEADINGS else BODY)
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after = Pt(before), Pt(after)
        spacing.line_spacing = 1.25
    for name in ("Title", "Heading 1"):
        borders = document.styles[name].element.pPr.find(attribute("w:pBdr"))
        if borders is not None:
            document.styles[name].element.pPr.remove(borders)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    defaults = document.styles.element.find(attribute("w:docDefaults"))
    properties = defaults.find(f"{attribute('w:rPrDefault')}/{attribute('w:rPr')}")
    for child in list(properties):
        if child.tag in (attribute("w:rFonts"), attribute("w:lang")):
            properties.remove(child)
    _fonts(properties, BODY)
    properties.append(element("w:lang", val="zh-CN" if chinese else "en-GB", eastAsia="zh-CN", bidi="ar-SA"))


def _bullets(document: "Document") -> None:
    """Bullets as a character of every font; the template's is a private one of the font Symbol."""
    for level in document.part.numbering_part.element.iter(attribute("w:lvl")):
        sign, properties = level.find(attribute("w:lvlText")), level.find(attribute("w:rPr"))
        if sign is not None and sign.get(attribute("w:val")) == "\uf0b7" and properties is not None:
            sign.set(attribute("w:val"), "•")
            _fonts(properties, LATIN)


def _fonts(properties: Any, east_asian: str) -> None:
    """Names the fonts of all scripts; a font of the theme would win over them."""
    found = properties.find(attribute("w:rFonts"))
    if found is not None:
        properties.remove(found)
    properties.insert(0, element("w:rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=east_asian, cs=LATIN))


def _page(document: "Document") -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.header_distance = section.footer_distance = Mm(11)
    for side, size in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.different_first_page_header_footer = True


def _tabbed(paragraph: Any) -> None:
    """One tab stop at the right edge, nothing else."""
    properties = paragraph.get_or_add_pPr()
    tabs = element("w:tabs")
    tabs.append(element("w:tab", val="clear", pos="4320"))
    tabs.append(element("w:tab", val="clear", pos="8640"))
    tabs.append(element("w:tab", val="right", pos=str(TEXT_WIDTH)))
    properties.append(tabs)


def _header(document: "Document", report: Report) -> None:
    section = document.sections[0]
    paragraph = section.header.paragraphs[0]._p  # noqa: SLF001 - python-docx has no other door to the XML
    _tabbed(paragraph)
    paragraph.append(run(report.running, colour=QUIET))
    paragraph.append(run(tab=True))
    paragraph.append(run(" · ".join(report.marks), colour=ALERT, bold=True))


def _footer(document: "Document", report: Report) -> None:
    say = speaker(report.language)
    section = document.sections[0]
    paragraph = section.footer.paragraphs[0]._p  # noqa: SLF001
    _tabbed(paragraph)
    paragraph.append(run(f"SHA-256 {report.digest[:16]}…", colour=QUIET))
    paragraph.append(run(tab=True))
    for text, code in (
        (say("第 ", "Page "), "PAGE"),
        (say(" 页 / 共 ", " of "), "NUMPAGES"),
    ):
        paragraph.append(run(text, colour=QUIET))
        paragraph.extend(field(code))
    if say(" 页", ""):
        paragraph.append(run(say(" 页", ""), colour=QUIET))
