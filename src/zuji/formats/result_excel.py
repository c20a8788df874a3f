"""A footprint as a workbook: summary, stages, lines, gases, quality, scenarios, factors with sources.

Text is always written as text, so that nothing a person typed becomes a formula or a link. The same
result gives the same bytes.
"""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from zuji.formats.result import Frozen
from zuji.formats.result_sheets import Digits, Share, Sheet, Value, sheets
from zuji.model.footprints import Footprint
from zuji.model.studies import Study

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_LONGEST_TEXT = 32_767  # characters in a cell, the limit of Excel
_CUT = "…"


def dump(footprint: Footprint, snapshot: Frozen, study: Study) -> bytes:
    """The workbook of a footprint and the snapshot it stands in."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    # the library has no clock; a fixed time also makes equal results equal files
    book.set_properties({"title": study.product.name, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    styles = _Styles(book)
    for sheet in sheets(study, footprint, snapshot):
        _write(book, sheet, styles)
    book.close()
    return buffer.getvalue()


class _Styles:
    """Formats of the workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}
        self.heading = book.add_format(
            {"bold": True, "bg_color": "#E8F1EC", "text_wrap": True, "valign": "top", "bottom": 1}
        )

    def of(self, number: str, *, bold: bool) -> Any:
        key = (number, bold)
        if key not in self._made:
            properties: dict[str, Any] = {"valign": "top", "bold": bold, "top": int(bold)}
            if number:
                properties["num_format"] = number
            else:
                properties["text_wrap"] = True
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def _write(book: "Workbook", sheet: Sheet, styles: _Styles) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, styles.heading)
    for row, values in enumerate(sheet.rows, start=1):
        bold = sheet.total and row == len(sheet.rows)
        for column, value in enumerate(values):
            _write_cell(page, row, column, value, styles, bold=bold)


def _write_cell(page: Any, row: int, column: int, value: Value, styles: _Styles, *, bold: bool) -> None:
    if isinstance(value, Digits):
        shown = "0." + "0" * value.decimals if value.decimals else "0"
        page.write_number(row, column, float(value.text), styles.of(shown, bold=bold))
    elif isinstance(value, Share):
        page.write_number(row, column, value.value, styles.of("0.0%", bold=bold))
    elif isinstance(value, float):
        page.write_number(row, column, value, styles.of("General", bold=bold))
    elif value is None or value == "":
        page.write_blank(row, column, None, styles.of("", bold=bold))
    else:
        page.write_string(row, column, _fitting(value), styles.of("", bold=bold))


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + _CUT
