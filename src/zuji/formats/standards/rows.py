"""Rows of CSV files about products and standards, and where in them a mistake is."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from zuji.errors import InvalidInput, Place, Problem, ZujiError, problem
from zuji.formats.yaml_tree import FLOAT
from zuji.model.standards import ProductCode
from zuji.rules.classification import code_of

_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass(slots=True)
class Row:
    """One row: its fields by column, and the problems found while they are read."""

    file: str
    number: int
    fields: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def place(self, column: str = "") -> Place:
        return Place(file=self.file, row=self.number, field=column)

    def text(self, column: str, *, required: bool = False) -> str:
        """The words of a field without blanks around them."""
        words = self.fields.get(column, "").strip()
        if required and not words:
            self.refuse(
                "missing", column, "不能为空", "must not be empty", cure=("请填写该栏", "fill the field in")
            )
        return words

    def parts(self, column: str) -> tuple[str, ...]:
        """Words divided by semicolons."""
        return tuple(part.strip() for part in self.text(column).split(";") if part.strip())

    def day(self, column: str) -> date | None:
        """A date written 2025-03-01; None where the field is empty."""
        words = self.text(column)
        if not words:
            return None
        try:
            return date.fromisoformat(words)
        except ValueError:
            cure = ("请写成 2025-03-01", "write it as 2025-03-01")
            self.refuse("date", column, f"“{words}”不是日期", f"“{words}” is no date", cure=cure)
            return None

    def choice(self, column: str, kind: type[_Kind], otherwise: _Kind) -> _Kind:
        """One value of an enumeration; `otherwise` stands in where it is refused."""
        words = self.text(column, required=True)
        try:
            return kind(words) if words else otherwise
        except ValueError:
            listing = ", ".join(kind)
            cure = (f"请从以下选择：{listing}", f"choose one of: {listing}")
            self.refuse("choice", column, f"没有“{words}”这一项", f"there is no “{words}”", cure=cure)
            return otherwise

    def figure(self, column: str) -> float:
        """A figure; 0 stands in where it is refused."""
        words = self.text(column, required=True)
        if words and not FLOAT.match(words):
            cure = ("请写一个数", "write a number")
            self.refuse("number", column, f"“{words}”不是数", f"“{words}” is no number", cure=cure)
            return 0.0
        return float(words or 0)

    def whole(self, column: str) -> int:
        """A whole figure from 0; 0 stands in where it is refused."""
        value = self.figure(column)
        if value < 0 or not value.is_integer():
            cure = ("请写一个非负整数", "write a whole number from 0")
            self.refuse("number", column, "不是非负整数", "it is no whole number from 0", cure=cure)
            return 0
        return int(value)

    def codes(self, column: str, scheme: str = "") -> tuple[ProductCode, ...]:
        """Product codes divided by semicolons, with `scheme:` before each unless the column says it."""
        found = []
        for part in self.parts(column):
            try:
                found.append(code_of(f"{scheme}:{part}" if scheme else part))
            except ZujiError as refusal:
                self.problems += [
                    Problem(code=each.code, what=each.what, cure=each.cure, place=self.place(column))
                    for each in refusal
                ]
        return tuple(found)

    def yes(self, column: str) -> bool:
        """Whether the field says true; empty means false."""
        words = self.text(column)
        if words not in {"", "true", "false"}:
            cure = ("请写 true 或 false，或留空", "write true or false, or leave it empty")
            self.refuse("choice", column, f"“{words}”不是是或否", f"“{words}” is neither", cure=cure)
        return words == "true"

    def refuse(self, code: str, column: str, zh: str, en: str, *, cure: tuple[str, str]) -> None:
        """Note a problem of one field."""
        self.problems.append(
            problem(code, zh, en, cure_zh=cure[0], cure_en=cure[1], place=self.place(column))
        )


def read_rows(content: bytes, columns: Sequence[str], *, name: str) -> Iterator[Row]:
    """The rows of a UTF-8 CSV file with exactly these columns; raises `InvalidInput`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(_unreadable(name, "UTF-8")) from error
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InvalidInput(_unreadable(name, "CSV")) from error
    heading = lines[0] if lines else []
    if sorted(heading) != sorted(columns):
        differing = ", ".join(sorted(set(heading).symmetric_difference(columns))) or "-"
        raise InvalidInput(
            problem(
                "columns",
                f"列与预期不同：{differing}",
                f"the columns differ: {differing}",
                cure_zh=f"首行应为：{','.join(columns)}",
                cure_en=f"the first row is: {','.join(columns)}",
                place=Place(file=name, row=1),
            )
        )
    for number, line in enumerate(lines[1:], start=2):
        row = Row(name, number, dict(zip(heading, line, strict=False)))
        if len(line) != len(heading):
            cure = ("请检查引号与逗号", "check quotation marks and commas")
            row.refuse("width", "", "栏数与首行不同", "it has not as many fields as the heading", cure=cure)
        yield row


def _unreadable(name: str, form: str) -> Problem:
    return problem(
        "unreadable",
        f"不是 {form} 文件",
        f"the file is not {form}",
        cure_zh="请另存为 UTF-8 编码的 CSV",
        cure_en="save it as CSV in UTF-8",
        place=Place(file=name),
    )
