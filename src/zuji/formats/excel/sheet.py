"""One sheet of a workbook as it was found: rows, merged cells, unusable cells, and where all that is."""

from dataclasses import dataclass, field
from typing import Any

from zuji.errors import Place
from zuji.formats.excel.cells import CellMistakeError, is_blank, read_cell
from zuji.formats.excel.columns import Column
from zuji.formats.excel.scan import BadCell, column_letters
from zuji.model.findings import Finding, Path
from zuji.model.records import mistake
from zuji.text import Text


@dataclass(slots=True)
class Found:
    """Mistakes with their places, while a workbook is being read."""

    file: str
    problems: list[tuple[Finding, Place]] = field(default_factory=list)
    bad: list[Finding] = field(default_factory=list)
    bad_at: dict[Path, list[Finding]] = field(default_factory=dict)

    def add(self, finding: Finding, place: Place, path: Path | None = None) -> None:
        """Take a mistake down; `path` is the field that has no value because of it.

        Fields of tables are kept by sheet and row until it is known where the row stands in the
        document; then they move to `bad`.
        """
        self.problems.append((finding, place))
        if path is not None:
            self.without_value(path)

    def without_value(self, path: Path) -> None:
        """A field has no value for a reason that is reported already."""
        finding = Finding("no-value", Text(""), Text(""), path)
        if len(path) > 2 and isinstance(path[1], int):
            self.bad_at.setdefault(path[:2], []).append(finding)
        else:
            self.bad.append(finding)


@dataclass(slots=True)
class FoundSheet:
    """Cells by row and column from 1; `name` is as in the file."""

    name: str
    rows: list[list[Any]]
    bad: dict[tuple[int, int], BadCell]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    found: Found
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for first, last in self.merged:
            for row in range(first[0], min(last[0], len(self.rows)) + 1):
                for column in range(first[1], min(last[1], 200) + 1):
                    self.covered[row, column] = first

    def at(self, row: int, column: int) -> object:
        """The value of a cell, None where the sheet does not reach."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return None
        return self.rows[row - 1][column - 1]

    def place(self, row: int, column: int | None = None, name: str = "", line: str = "") -> Place:
        letters = "" if column is None else column_letters(column)
        return Place(file=self.found.file, sheet=self.name, row=row, column=letters, field=name, line=line)

    def is_empty_row(self, row: int) -> bool:
        touched = any((row, column) in self.bad for column in range(1, 201)) if self.bad else False
        return not touched and all(is_blank(value) for value in self.rows[row - 1])

    def unusable(self, row: int, column: int) -> bool:
        """Whether a cell is an error, was never calculated, or is swallowed by a merged one."""
        return (row, column) in self.bad or (row, column) in self.covered

    def read(self, row: int, at: int, column: Column, path: Path) -> object:
        """The value of a cell, None where it is blank or wrong; what is wrong is taken down."""
        bad = self.bad.get((row, at))
        if bad is not None:
            self.found.add(_bad_cell(bad), self._named(row, at, column), path)
            return None
        if (row, at) in self.covered:
            # reported once for the merged area
            self.found.without_value(path)
            return None
        value = self.at(row, at)
        if is_blank(value):
            if column.required:
                self.found.add(missing(column), self._named(row, at, column), path)
            return None
        try:
            return read_cell(column, value)
        except CellMistakeError as error:
            self.found.add(error.finding, self._named(row, at, column), path)
            return None

    def report_merged(self, first_row: int) -> None:
        """Take down every merged area at or below `first_row`."""
        for (row, column), last in self.merged:
            if last[0] >= first_row:
                area = f"{column_letters(column)}{row}:{column_letters(last[1])}{last[0]}"
                self.found.add(_merged(area), self.place(row, column))

    def _named(self, row: int, at: int, column: Column) -> Place:
        return self.place(row, at, column.name.zh)


def missing(column: Column) -> Finding:
    """A required cell that is empty, with how to fill it."""
    note_zh, note_en = column.note.zh, column.note.en
    return mistake(
        "missing",
        f"“{column.name.zh}”没有填写",
        f"“{column.name.en}” is empty",
        f"请填写{f'：{note_zh}' if note_zh else ''}",
        f"fill it in{f': {note_en}' if note_en else ''}",
    )


def _bad_cell(bad: BadCell) -> Finding:
    if bad.error:
        return mistake(
            "cell-error",
            f"公式的结果是错误值 {bad.error}",
            f"the formula results in {bad.error}",
            "请修正公式，或直接填写数值",
            "correct the formula, or type the value",
        )
    return mistake(
        "formula-without-value",
        "公式还没有计算结果",
        "the formula has never been calculated",
        "请在 Excel 或 WPS 中打开、重新计算并保存，或直接填写数值",
        "open it in Excel or WPS, recalculate and save, or type the value",
    )


def _merged(area: str) -> Finding:
    return mistake(
        "merged-cells",
        f"数据区有合并单元格 {area}",
        f"there are merged cells {area} among the data",
        "请取消合并，并在每一行填写完整",
        "unmerge them and fill in every row",
    )
