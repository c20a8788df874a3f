"""Blocks of the report as paragraphs, tables and pictures of a Word document."""

import io
from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING, Any

from zuji.report.document import Block, Cell, Column, Facts, Figure, Paragraph, Points, Row, Say, Table
from zuji.report.raster import png
from zuji.report.word_marks import attribute, element, link, paragraph, run, tick_box, writable
from zuji.report.word_styles import ALERT, QUIET, TEXT_WIDTH

if TYPE_CHECKING:
    from docx.document import Document

_SMALL, _SMALLER = 9.0, 8.0
_RULE, _INK, _TINT = "C9D2CF", "1B2B29", "F1F6F4"
_NAMES_WIDTH = 28  # percent of a table of facts


class Writer:
    """Writes blocks at the end of a document; numbers of boxes and pictures are its own."""

    def __init__(self, document: "Document", say: Say) -> None:
        self._document, self._say = document, say
        self._body = document.element.body
        self._boxes = count(1)

    def add(self, *elements: Any) -> None:
        """Adds elements before the properties of the section."""
        for one in elements:
            self._body.insert(len(self._body) - 1, one)

    def block(self, block: Block) -> None:
        """Adds one block."""
        match block:
            case Paragraph():
                important = block.tone == "important"
                self.add(paragraph(run(block.text, bold=important), shade=_TINT if important else ""))
            case Points():
                self.add(*(paragraph(run(item), style="ListBullet") for item in block.items))
            case Facts():
                self.facts(block.items)
            case Table():
                self.table(block)
            case Figure():
                self.figure(block)

    def facts(self, items: Iterable[tuple[str, str]]) -> None:
        """Names and values as a table of two columns; the names are its row headings."""
        widths = (TEXT_WIDTH * _NAMES_WIDTH // 100, TEXT_WIDTH - TEXT_WIDTH * _NAMES_WIDTH // 100)
        table = _table(widths, self._say("项目与内容", "Names and values"), first_column=True)
        for name, value in items:
            made = _row_element()
            made.append(_cell(widths[0], [paragraph(run(name, colour=QUIET, size=_SMALL), after=40)]))
            made.append(_cell(widths[1], [paragraph(run(value, size=_SMALL), after=40)]))
            table.append(made)
        self.add(table, _gap())

    def table(self, block: Table) -> None:
        """A table with its caption above, a heading row that repeats, and its note below."""
        widths = _widths(block.columns)
        table = _table(widths, block.caption)
        heading = _row_element(heading=True)
        for column, width in zip(block.columns, widths, strict=True):
            heading.append(_heading_cell(column, width))
        table.append(heading)
        for one in block.rows:
            table.append(self._row(one, block.columns, widths))
        self.add(paragraph(run(block.caption), style="Caption", keep=True), table)
        if block.note:
            self.add(paragraph(run(block.note, colour=QUIET, size=_SMALLER)))
        else:
            self.add(_gap())

    def figure(self, block: Figure) -> None:
        """A drawing as a picture with words for those who cannot see it, and its caption below."""
        from docx.shared import Mm

        made = self._document.add_picture(io.BytesIO(png(block.svg)), width=Mm(170))
        properties = made._inline.docPr  # noqa: SLF001 - python-docx has no other door to the words
        properties.set("descr", writable(block.caption))
        properties.set("title", writable(block.caption))
        holder = self._document.paragraphs[-1]
        holder.paragraph_format.keep_with_next = True
        self.add(paragraph(run(block.caption, colour=QUIET, size=_SMALL), align="center"))

    def _row(self, one: Row, columns: tuple[Column, ...], widths: tuple[int, ...]) -> Any:
        made = _row_element()
        bold = one.kind in ("total", "group")
        shade = _TINT if one.kind == "group" else ""
        label = one.cells[1].text if len(one.cells) > 1 else ""
        for cell, column, width in zip(one.cells, columns, widths, strict=True):
            align = "right" if column.numeric else ""
            runs = [*self._runs(cell, label, bold=bold)]
            if cell.sub:
                runs.append(run(cell.sub, colour=QUIET, size=_SMALLER, line_break=True))
            made.append(
                _cell(
                    width,
                    [paragraph(*runs, align=align, after=30)],
                    shade=shade,
                    above=one.kind == "total",
                )
            )
        return made

    def _runs(self, cell: Cell, label: str, *, bold: bool) -> Iterable[Any]:
        if cell.tick:
            yield tick_box(next(self._boxes), label)
            return
        if cell.text:
            yield run(cell.text, bold=bold, size=_SMALL)
        for index, (words, anchor) in enumerate(cell.links):
            if index:
                yield run(self._say("、", ", "), size=_SMALL)
            yield link(anchor, run(words, colour="0F5E55", size=_SMALL))


def marks(texts: Iterable[str]) -> Any:
    """The marks of a report (demonstration, draft) on its title page."""
    return paragraph(run("　".join(texts), bold=True, colour=ALERT, size=14))


def _gap() -> Any:
    return paragraph(after=60)


def _widths(columns: tuple[Column, ...]) -> tuple[int, ...]:
    return tuple(TEXT_WIDTH * column.width // 100 for column in columns)


def _table(widths: tuple[int, ...], words: str, *, first_column: bool = False) -> Any:
    """An empty table of three rules, of fixed widths, with words for those who cannot see it."""
    table, properties = element("w:tbl"), element("w:tblPr")
    properties.append(element("w:tblW", w=str(sum(widths)), type="dxa"))
    borders = element("w:tblBorders")
    for side, size, colour in (("top", 12, _INK), ("bottom", 12, _INK), ("insideH", 4, _RULE)):
        borders.append(element(f"w:{side}", val="single", sz=str(size), space="0", color=colour))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w="70", type="dxa"))
    properties.append(margins)
    looks = {"firstRow": "0" if first_column else "1", "firstColumn": "1" if first_column else "0"}
    properties.append(
        element("w:tblLook", val="0080" if first_column else "0020", **looks, noHBand="1", noVBand="1")
    )
    properties.append(element("w:tblCaption", val=words))
    table.append(properties)
    grid = element("w:tblGrid")
    for width in widths:
        grid.append(element("w:gridCol", w=str(width)))
    table.append(grid)
    return table


def _row_element(*, heading: bool = False) -> Any:
    """A row that stays in one piece; a heading is repeated on every page."""
    made, properties = element("w:tr"), element("w:trPr")
    properties.append(element("w:cantSplit"))
    if heading:
        properties.append(element("w:tblHeader"))
    made.append(properties)
    return made


def _cell(
    width: int, paragraphs: list[Any], *, shade: str = "", above: bool = False, below: bool = False
) -> Any:
    """A cell; `above` and `below` draw a strong rule there."""
    made, properties = element("w:tc"), element("w:tcPr")
    properties.append(element("w:tcW", w=str(width), type="dxa"))
    if above or below:
        borders = element("w:tcBorders")
        borders.append(element("w:top" if above else "w:bottom", val="single", sz="8", space="0", color=_INK))
        properties.append(borders)
    if shade:
        properties.append(element("w:shd", val="clear", color="auto", fill=shade))
    made.append(properties)
    made.extend(paragraphs)
    return made


def _heading_cell(column: Column, width: int) -> Any:
    runs = [run(column.title, bold=True, size=_SMALL)]
    if column.unit:
        runs.append(run(column.unit, colour=QUIET, size=_SMALLER, line_break=True))
    align = "right" if column.numeric else ""
    made = _cell(width, [paragraph(*runs, align=align, keep=True, after=30)], below=True)
    made.find(attribute("w:tcPr")).append(element("w:vAlign", val="bottom"))
    return made
