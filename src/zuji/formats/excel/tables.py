"""Tables of the inventory workbook: header row and records, as parts of the plain document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from zuji.errors import Place
from zuji.formats.excel.cells import is_blank, text
from zuji.formats.excel.columns import Column, Sheet
from zuji.formats.excel.sheet import FoundSheet, missing
from zuji.model.findings import Finding, Path
from zuji.model.records import mistake, shown
from zuji.model.written import split_number


@dataclass(slots=True)
class Table:
    """A sheet with its columns found: the position of each column by key."""

    sheet: FoundSheet
    schema: Sheet
    at: dict[str, int] = field(default_factory=dict)

    def place(self, row: int, path: Path, line: str = "") -> tuple[Place, Column | None]:
        """The cell that holds a field, or the first cell of a group of fields; else the row alone."""
        wanted = ".".join(str(part) for part in path)
        while wanted:
            for column in self.schema.columns:
                inside = column.key == wanted or column.key.startswith(f"{wanted}.")
                if inside and column.key in self.at:
                    return self.sheet.place(row, self.at[column.key], column.name.zh, line), column
            wanted = wanted.rpartition(".")[0]
        return self.sheet.place(row, line=line), None


@dataclass(slots=True)
class Record:
    """One row as a nested dictionary that follows the keys of the columns."""

    table: Table
    row: int
    values: dict[str, Any]


def open_table(sheet: FoundSheet, schema: Sheet) -> Table:
    """Find the columns by their names; takes down what is unknown, double or missing."""
    table = Table(sheet, schema)
    names = {name: column for column in schema.columns for name in (column.name.zh, column.name.en)}
    for at, cell in enumerate(sheet.rows[0] if sheet.rows else [], start=1):
        if is_blank(cell):
            continue
        header = text(cell).rstrip("* ").strip()
        column = names.get(header)
        if column is None:
            sheet.found.add(_unknown_column(header, names), sheet.place(1, at))
        elif column.key in table.at:
            sheet.found.add(_double_column(header), sheet.place(1, at))
        else:
            table.at[column.key] = at
    for column in schema.columns:
        if column.required and column.key not in table.at:
            sheet.found.add(_missing_column(column), sheet.place(1))
    sheet.report_merged(1)
    _report_stray(sheet)
    return table


def _report_stray(sheet: FoundSheet) -> None:
    """Values under no column name, once a column."""
    header = sheet.rows[0] if sheet.rows else []
    named = {at for at, cell in enumerate(header, start=1) if not is_blank(cell)}
    stray: dict[int, int] = {}
    for row, cells in enumerate(sheet.rows[1:], start=2):
        for at, cell in enumerate(cells, start=1):
            if at not in named and not is_blank(cell):
                stray.setdefault(at, row)
    for at, row in stray.items():
        finding = mistake(
            "no-column",
            "此处有内容，但该列没有列名",
            "there is a value here in a column without a name",
            "请移到正确的列，或删除",
            "move it to its column, or delete it",
        )
        sheet.found.add(finding, sheet.place(row, at))


def records(table: Table) -> Iterator[Record]:
    """Every row that is not empty; until it finds its place, its path is the sheet's key and the row."""
    sheet = table.sheet
    for row in range(2, len(sheet.rows) + 1):
        if sheet.is_empty_row(row):
            continue
        yield Record(table, row, _read_row(table, row, (table.schema.key, row)))


def _read_row(table: Table, row: int, path: Path) -> dict[str, Any]:
    values: dict[str, Any] = {}
    bare = _Units(table, row)
    for column in table.schema.columns:
        at = table.at.get(column.key)
        if at is None:
            continue
        value: object = bare.amount(column, at) if bare.concerns(column) else bare.unit(column)
        if value is None:
            value = table.sheet.read(row, at, column, (*path, *column.key.split(".")))
        if value is not None:
            _put(values, column.key, value)
    return values


def _put(values: dict[str, Any], key: str, value: object) -> None:
    *outer, last = key.split(".")
    for part in outer:
        values = values.setdefault(part, {})
    values[last] = value


class _Units:
    """Amounts typed with their unit ("12 kg"): taken where the unit column agrees or is empty."""

    def __init__(self, table: Table, row: int) -> None:
        self._table, self._row = table, row
        self._units: dict[str, str] = {}

    def concerns(self, column: Column) -> bool:
        return column.key.endswith("amount") and column.cell == "number"

    def amount(self, column: Column, at: int) -> float | None:
        """The number of "12 kg", or None where the cell is anything else."""
        sheet, cell = self._table.sheet, self._table.sheet.at(self._row, at)
        split = split_number(cell) if isinstance(cell, str) and not sheet.unusable(self._row, at) else None
        if split is None or not split[1] or split[1] in {"%", "％"}:
            return None
        number, unit = split
        unit_key = f"{column.key.removesuffix('amount')}unit"
        unit_at = self._table.at.get(unit_key)
        beside = None if unit_at is None else sheet.at(self._row, unit_at)
        if unit_at is None or not (is_blank(beside) or text(beside) == unit):
            return None
        self._units[unit_key] = unit
        return number

    def unit(self, column: Column) -> str | None:
        """The unit that the amount beside it brought along."""
        return self._units.get(column.key)


def _unknown_column(header: str, names: Mapping[str, Column]) -> Finding:
    near = get_close_matches(header, list(names), n=1)
    return mistake(
        "unknown-column",
        f"不认识的列“{shown(header)}”",
        f"the column “{shown(header)}” is not known",
        f"是否为“{near[0]}”？列名请勿改动" if near else "请删除该列；说明性内容可写在“备注”列",
        f"did you mean “{near[0]}”? column names must stay"
        if near
        else "delete it; remarks have their column",
    )


def _double_column(header: str) -> Finding:
    return mistake(
        "double-column",
        f"列“{shown(header)}”出现了两次",
        f"the column “{shown(header)}” is there twice",
        "请只保留一列",
        "keep one of them",
    )


def _missing_column(column: Column) -> Finding:
    return mistake(
        "missing-column",
        f"缺少列“{column.name.zh}”",
        f"the column “{column.name.en}” is missing",
        "请从模板复制该列的列名到第 1 行",
        "copy the name of the column from the template into row 1",
    )


def missing_at(column: Column, finding: Finding) -> Finding:
    """A structural “missing” in the words of the workbook."""
    worded = missing(column)
    return Finding(worded.code, worded.what, worded.cure, finding.path, finding.line, finding.depends)
