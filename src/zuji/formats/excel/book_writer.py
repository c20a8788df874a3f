"""Workbooks with the same bytes for the same content."""

import io
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from zuji.formats.excel.styles import STYLES
from zuji.model.written import written_number

_CREATED = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_FORMULA_STARTS = ("=", "+", "-", "@")


class ExactNumber(float):
    """A number that the writer prints with every digit it has, not with sixteen."""

    def __format__(self, _specification: str) -> str:
        return written_number(float(self))


class BookWriter:
    """A workbook being written; text is always text, never a formula or a link."""

    def __init__(self, title: str) -> None:
        self._buffer = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(self._buffer, options)
        self.book.set_properties({"title": title, "created": _CREATED, "author": "Zuji", "company": ""})
        self.styles = {name: self.book.add_format(style) for name, style in STYLES.items()}

    def sheet(self, name: str) -> Any:
        """A new worksheet."""
        return self.book.add_worksheet(name)

    def put(self, sheet: Any, row: int, column: int, value: object, style: str = "text") -> None:
        """Write one cell, rows and columns from 0; None leaves it empty."""
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.styles[style])
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, ExactNumber(value), self.styles[style])
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime(*value.timetuple()[:3]), self.styles[style])  # noqa: DTZ001 - a cell has no time zone
        elif isinstance(value, str) and value:
            looks = "quoted" if style == "text" and value.startswith(_FORMULA_STARTS) else style
            sheet.write_string(row, column, value, self.styles[looks])

    def close(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self._buffer.getvalue()
