"""A study as the inventory workbook, and the template to fill in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zuji.formats.excel import form, words
from zuji.formats.excel.book_writer import BookWriter
from zuji.formats.excel.columns import Column, Sheet
from zuji.formats.excel.example import example as example_study
from zuji.formats.excel.help import TITLE, help_rows
from zuji.formats.excel.rows import Row, product_values, statement_values, tables
from zuji.formats.excel.schema import BESIDE, FORMAT, HELP, MARK_SHEET, MAX_ROWS, OPTIONS, TABLES, VERSION
from zuji.formats.reference import load as load_reference
from zuji.model.studies import Study
from zuji.text import Text
from zuji.units import UNITS

_FIRST_SERIAL_DAY = date(1900, 3, 1)  # before it Excel's calendar has a day that never was
_LISTS = {
    "choices": (
        words.STAGES,
        words.LINE_KINDS,
        words.BOUNDARIES,
        words.UNIT_KINDS,
        words.INSIDE,
        words.TRUTHS,
        words.REMOVALS,
        words.DATA_SOURCES,
        words.DISTRIBUTIONS,
        words.ALLOCATIONS,
        words.RECYCLING_METHODS,
        words.TREATMENTS,
        words.BALANCES,
        words.REVIEWS,
        words.PROCEDURES,
    )
}


def template(*, language: str = "zh", example: bool = True) -> bytes:
    """The workbook to fill in, with a worked example or blank."""
    return _write(example_study() if example else None, language, example=example)


def dump(study: Study, *, language: str = "zh") -> bytes:
    """The study as a workbook that reads back to the same study.

    Blanks around texts are not kept. Raises `InvalidInput` for what a cell cannot hold.
    """
    return _write(study, language, example=False)


def _write(study: Study | None, language: str, *, example: bool) -> bytes:
    rows = {table.key: list[Row]() for table in TABLES} if study is None else tables(study)
    writer = BookWriter(TITLE.in_language(language))
    sheets = {HELP: writer.sheet(HELP.in_language(language))}
    middle = [table for table in TABLES if table not in BESIDE]
    names = [form.PRODUCT.name, *(table.name for table in middle), form.STATEMENTS.name]
    for name in (*names, *(table.name for table in BESIDE)):
        sheets[name] = writer.sheet(name.in_language(language))
    sheets[OPTIONS] = writer.sheet(OPTIONS.in_language(language))
    ranges = _write_options(writer, sheets[OPTIONS], language)
    _write_help(writer, sheets[HELP], language, example=example)
    page = _Page(writer, language, ranges)
    page.product(sheets[form.NAME], study)
    page.statements(sheets[form.STATEMENTS.name], study)
    for table in TABLES:
        page.table(sheets[table.name], table, rows[table.key])
    mark = writer.sheet(MARK_SHEET)
    for at, (key, value) in enumerate((("format", FORMAT), ("version", VERSION), ("language", language))):
        writer.put(mark, at, 0, key)
        writer.put(mark, at, 1, value)
    mark.very_hidden()
    sheets[form.NAME].activate()
    return writer.close()


def _write_help(writer: BookWriter, sheet: Any, language: str, *, example: bool) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    for at, (style, text) in enumerate(help_rows(example=example)):
        writer.put(sheet, at, 0, text.in_language(language), "wrapped" if style == "text" else style)


def _options(language: str) -> dict[str, list[str]]:
    """The lists behind the drop-downs by name."""
    lists = {
        _list_name(choices): [text.in_language(language) for text in choices.values()]
        for choices in (*_LISTS["choices"], *_choices_of_sheets())
    }
    data = load_reference()
    lists["units"] = [unit.symbol for group in UNITS for unit in group.units]
    lists["distances"] = [
        unit.symbol for group in UNITS if group.dimension == "length" for unit in group.units
    ]
    lists["fuels"] = [fuel.name.in_language(language) for fuel in data.fuels]
    lists["gases"] = list(data.gwp["AR6"].values)
    lists["gwp"] = list(data.gwp)
    return lists


def _choices_of_sheets() -> list[words.Words]:
    """Kinds of lines differ from sheet to sheet."""
    return [
        column.choices
        for table in TABLES
        for column in table.columns
        if column.key == "kind" and column.choices
    ]


def _list_name(choices: words.Words) -> str:
    return ",".join(choices)


def _write_options(writer: BookWriter, sheet: Any, language: str) -> dict[str, str]:
    """Write the lists and give the range of each by name."""
    note = Text("下拉列表的内容，请勿改动", "Contents of the drop-down lists; do not change")
    writer.put(sheet, 0, 0, note.in_language(language), "heading")
    ranges = {}
    for at, (name, values) in enumerate(_options(language).items()):
        for row, value in enumerate(values, start=1):
            writer.put(sheet, row, at, value)
        letters = _letters(at)
        ranges[name] = f"='{OPTIONS.in_language(language)}'!${letters}$2:${letters}${len(values) + 1}"
    sheet.set_column(0, len(ranges), 14)
    return ranges


def _letters(column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


class _Page:
    """Writes the product sheet and the tables in one language."""

    def __init__(self, writer: BookWriter, language: str, ranges: Mapping[str, str]) -> None:
        self._writer, self._language, self._ranges = writer, language, ranges

    def product(self, sheet: Any, study: Study | None) -> None:
        """The form of the product, with a column of reasons for stages that are left out."""
        self._heads(sheet, (form.FIELD, form.VALUE, form.REASON, form.NOTE), (24, 44, 30, 60))
        reasons = {} if study is None else {each.stage.value: each.reason for each in study.boundary.excluded}
        self._fields(sheet, form.PRODUCT, {} if study is None else product_values(study), 3)
        for row, column in enumerate(form.PRODUCT.fields, start=1):
            if column.key.startswith(form.STAGE_KEY):
                reason = reasons.get(column.key.removeprefix(form.STAGE_KEY))
                self._writer.put(sheet, row, 2, reason)

    def statements(self, sheet: Any, study: Study | None) -> None:
        """The form of what is stated beside the inventory."""
        self._heads(sheet, (form.FIELD, form.VALUE, form.NOTE), (30, 60, 60))
        self._fields(sheet, form.STATEMENTS, {} if study is None else statement_values(study), 2)

    def _heads(self, sheet: Any, titles: tuple[Text, ...], widths: tuple[int, ...]) -> None:
        for at, (title, width) in enumerate(zip(titles, widths, strict=True)):
            self._writer.put(sheet, 0, at, self._say(title), "required" if at < 2 else "optional")
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 1)

    def _fields(self, sheet: Any, of: form.Form, values: Mapping[str, object], note_at: int) -> None:
        """One field a row: name, value, how to fill it in."""
        for row, column in enumerate(of.fields, start=1):
            self._writer.put(
                sheet, row, 0, self._title(column), "required" if column.required else "optional"
            )
            self._cell(sheet, row, 1, column, values.get(column.key))
            self._writer.put(sheet, row, note_at, self._say(column.note), "note")
            self._validate(sheet, column, row, row, 1)

    def table(self, sheet: Any, table: Sheet, rows: list[Row]) -> None:
        """A table: names of columns, rows, drop-downs and notes."""
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 32)
        for at, column in enumerate(table.columns):
            style = "required" if column.required else "advanced" if column.advanced else "optional"
            self._writer.put(sheet, 0, at, self._title(column), style)
            sheet.set_column(at, at, column.width, None, {"level": 1} if column.advanced else {})
            note = self._say(column.note)
            if note:
                sheet.write_comment(0, at, note, {"author": "Zuji", "x_scale": 1.6, "font_size": 9})
            self._validate(sheet, column, 1, MAX_ROWS, at)
        for row, values in enumerate(rows, start=1):
            for at, column in enumerate(table.columns):
                self._cell(sheet, row, at, column, values.get(column.key))

    def _say(self, text: Text) -> str:
        return text.in_language(self._language)

    def _title(self, column: Column) -> str:
        return f"{self._say(column.name)} *" if column.required else self._say(column.name)

    def _cell(self, sheet: Any, row: int, at: int, column: Column, value: object) -> None:
        if value is None:
            return
        if column.choices is not None:
            key = str(value).lower() if column.cell == "truth" else str(value)
            value = self._say(column.choices[key])
        elif column.cell == "list":
            value = "、".join(value) if isinstance(value, list) else value
        elif column.cell == "date":
            value = _day(str(value))
        styles = {"number": "number", "share": "share", "date": "date"}
        style = styles.get(column.cell, "text") if not isinstance(value, str) else "text"
        self._writer.put(sheet, row, at, value, style)

    def _validate(self, sheet: Any, column: Column, first: int, last: int, at: int) -> None:
        """A drop-down where there is a list, otherwise only the note as an input message."""
        name = _list_name(column.choices) if column.choices is not None else column.suggested
        note = self._say(column.note)
        options: dict[str, Any] = {"validate": "any"}
        if name:
            strict = column.choices is not None
            options = {"validate": "list", "source": self._ranges[name], "show_error": strict}
            title = Text("请从列表中选择", "Choose from the list")
            options |= {"error_title": self._say(title), "error_message": self._say(title)}
        if note:
            options |= {"input_title": self._say(column.name)[:32], "input_message": note[:255]}
        if name or note:
            sheet.data_validation(first, at, last, at, options)


def _day(text: str) -> date | str:
    """A date as a date; what a calendar of Excel cannot hold stays text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day >= _FIRST_SERIAL_DAY and day.isoformat() == text else text
