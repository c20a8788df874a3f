"""Sheets as XML, before the workbook's reader sees them: how far they reach, which cells have no value.

The reader that follows reserves memory up to the farthest cell, and reads errors and formulas without
a stored value as empty. A sound XML parser goes first, so that both see the same cells.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from zuji.formats.excel.schema import MAX_COLUMNS, MAX_ROWS

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class UnsoundXmlError(Exception):
    """A part that is not well-formed, has a document type, or has a cell without an address."""


class _FarAwayError(Exception):
    """A cell beyond every limit; nothing further matters."""


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell whose value cannot be used: an error such as #REF!, or "" for a formula never calculated."""

    row: int
    column: int
    error: str


@dataclass(slots=True)
class Scan:
    """What a sheet holds.

    `rows` and `columns` are the last with a value (from 1), `text` the amount of shared text that its
    cells refer to, `bad` the cells without a usable value.
    """

    rows: int = 0
    columns: int = 0
    text: int = 0
    bad: list[BadCell] = field(default_factory=list)


def column_letters(column: int) -> str:
    """The letters of a column, from 1: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column, from 1: A is 1, AB is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def scan_sheet(content: bytes, text_lengths: Sequence[int]) -> Scan:
    """The extent of a sheet; stops at the first cell beyond the limits. Raises `UnsoundXmlError`."""
    scanner = _SheetScanner(text_lengths)
    with suppress(_FarAwayError):
        _parse(content, scanner.start, scanner.end, scanner.characters)
    return scanner.scan


def text_lengths(content: bytes) -> list[int]:
    """The length of every shared text in order. Raises `UnsoundXmlError`."""
    lengths: list[int] = []

    def start(name: str, _attributes: Mapping[str, str]) -> None:
        if _local(name) == "si":
            lengths.append(0)

    def characters(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    _parse(content, start, lambda _name: None, characters)
    return lengths


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parse(
    content: bytes,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the C function takes no keyword
    except expat.ExpatError as error:
        raise UnsoundXmlError from error


def _refuse_document_type(*_: Any) -> None:
    raise UnsoundXmlError


class _SheetScanner:
    """Handlers of one sheet: remembers the cell that is open."""

    def __init__(self, text_lengths: Sequence[int]) -> None:
        self.scan = Scan()
        self._lengths = text_lengths
        self._cell: Mapping[str, str] = {}
        self._open = ""
        self._formula = self._stored = False
        self._value: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._open = _local(name)
        if self._open == "c":
            self._cell, self._formula, self._stored, self._value = attributes, False, False, []
        elif self._open == "f":
            self._formula = True
        elif self._open in {"v", "is"}:
            self._stored = True

    def characters(self, text: str) -> None:
        if self._open == "v":
            self._value.append(text)

    def end(self, name: str) -> None:
        self._open = ""
        if _local(name) == "c" and (self._stored or self._formula):
            self._close()

    def _close(self) -> None:
        address = _ADDRESS.fullmatch(self._cell.get("r", ""))
        if address is None:
            raise UnsoundXmlError
        row, column = int(address[2]), column_number(address[1])
        scan, value, kind = self.scan, "".join(self._value), self._cell.get("t", "n")
        scan.rows, scan.columns = max(scan.rows, row), max(scan.columns, column)
        if scan.rows > MAX_ROWS + 1 or scan.columns > MAX_COLUMNS:
            raise _FarAwayError
        if kind == "e":
            scan.bad.append(BadCell(row, column, value or "#N/A"))
        elif not self._stored or (self._formula and not value and kind != "str"):
            scan.bad.append(BadCell(row, column, ""))
        elif kind == "s":
            index = int(value) if value.isdecimal() else len(self._lengths)
            scan.text += self._lengths[index] if index < len(self._lengths) else 0
