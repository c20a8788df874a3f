"""Tables of standards as files: CSV for every program, a workbook for Excel."""

import csv
import io
from collections.abc import Sequence

from zuji.formats.cells import safe_cell

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    """Rows with a byte order mark, so that Excel reads the Chinese; no cell runs as a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[safe_cell(cell) for cell in row] for row in table])
    return ("\ufeff" + out.getvalue()).encode()


def as_workbook(table: Sequence[Sequence[str]], title: str) -> bytes:
    """Rows on one sheet, the first as its heading; cells are text whatever they begin with."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True})
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, None if number else bold)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, max(map(len, table), default=1), 22)
    book.close()
    return out.getvalue()
