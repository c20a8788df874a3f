"""SimaPro CSV as rows of cells with line numbers, and the lines in braces before them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zuji.errors import InvalidInput, Place, problem
from zuji.formats.simapro.words import EXPORT_KINDS, PROJECT_LABELS, SEPARATORS
from zuji.model.lci.formulas import Dialect

BREAK = "\x7f"
"""Stands for a line break inside a cell."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LINES = re.compile("\r\n|\n|\r")
# Every one of the 256 bytes has a meaning here, as in Windows itself: five of them are control characters.
_CP1252 = bytes(range(256)).decode("cp1252", errors="replace")
_WINDOWS = "".join(chr(i) if char == "\ufffd" else char for i, char in enumerate(_CP1252))


@dataclass(frozen=True, slots=True)
class Row:
    """Cells without trailing empty ones, blanks trimmed; `number` is the line of the file, from 1."""

    number: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """The cell, empty where the row is shorter."""
        return self.cells[index] if index < len(self.cells) else ""

    def __bool__(self) -> bool:
        return bool(self.cells)


@dataclass(frozen=True, slots=True)
class Header:
    """The lines in braces. `missing` names those that had to be guessed from the rest of the file."""

    version: str = ""
    kind: str = "processes"
    project: str = ""
    separator: str = ";"
    decimal_comma: bool = False
    others: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    lines: int = 0

    @property
    def found(self) -> bool:
        """Whether there is any line in braces."""
        return bool(self.version or self.project or self.others) or len(self.missing) < 4

    @property
    def dialect(self) -> Dialect:
        """How expressions of the file are written."""
        return Dialect.SIMAPRO_COMMA if self.decimal_comma else Dialect.SIMAPRO


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, as UTF-8 where it is valid UTF-8, else as Windows-1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            body = content[len(mark) :] if encoding == "utf-8" else content
            return body.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1").translate(_WINDOWS)


def read_table(content: bytes, file: str) -> tuple[Header, list[Row]]:
    """The header and all rows after it. InvalidInput where a quotation mark is never closed."""
    lines = _LINES.split(decoded(content))
    header = _header(lines)
    return header, list(_rows(lines, header, file))


def _header(lines: Sequence[str]) -> Header:
    found: dict[str, str] = {}
    others: list[str] = []
    count = 0
    for line in lines:
        text = line.strip().strip(";,\t").strip().removeprefix('"')
        if text and not text.startswith("{"):
            break
        count += 1
        if text:
            _header_line(text[1:].removesuffix('"').strip().removesuffix("}").strip(), found, others)
    missing = []
    body = lines[count : count + 2000]
    if "separator" not in found:
        missing.append("CSV separator")
        tallies = {mark: sum(line.count(mark) for line in body) for mark in (";", "\t", ",")}
        found["separator"] = max(tallies, key=lambda mark: tallies[mark])
    if "decimal" not in found:
        missing.append("Decimal separator")
        comma = found["separator"] != "," and _decimal_commas(body, found["separator"])
        found["decimal"] = "," if comma else "."
    missing.extend(
        label for key, label in (("version", "SimaPro"), ("kind", "processes")) if key not in found
    )
    return Header(
        version=found.get("version", ""),
        kind=found.get("kind", "processes"),
        project=found.get("project", ""),
        separator=found["separator"],
        decimal_comma=found["decimal"] == ",",
        others=tuple(others),
        missing=tuple(missing),
        lines=count,
    )


def _header_line(text: str, found: dict[str, str], others: list[str]) -> None:
    label, colon, value = (part.strip() for part in text.partition(":"))
    low = label.lower()
    if low.startswith("simapro") and not colon:
        found.setdefault("version", label[len("simapro") :].strip())
    elif not colon and low in EXPORT_KINDS:
        found["kind"] = EXPORT_KINDS[low]
    elif low == "csv separator":
        found["separator"] = SEPARATORS.get(value.lower(), value[:1] or ";")
    elif low == "decimal separator":
        found["decimal"] = value
    elif low in PROJECT_LABELS:
        found["project"] = value
    else:
        others.append(text)


def _decimal_commas(lines: Sequence[str], separator: str) -> bool:
    numbers = [cell for line in lines for cell in line.split(separator)]
    commas = sum(bool(re.fullmatch(r"-?\d+,\d+(E-?\d+)?", cell)) for cell in numbers)
    points = sum(bool(re.fullmatch(r"-?\d+\.\d+(E-?\d+)?", cell)) for cell in numbers)
    return commas > points


def _rows(lines: Sequence[str], header: Header, file: str) -> Iterator[Row]:
    at = header.lines
    while at < len(lines):
        number, line = at + 1, lines[at]
        at += 1
        if '"' not in line:
            cells = line.split(header.separator)
        else:
            cells, at = _quoted(lines, at - 1, header.separator, file)
        yield Row(number, _trimmed(cells))


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    clean = [cell.replace(BREAK, "\n").replace("\xa0", " ").strip() for cell in cells]
    while clean and not clean[-1]:
        clean.pop()
    return tuple(clean)


def _quoted(lines: Sequence[str], at: int, separator: str, file: str) -> tuple[list[str], int]:
    """The cells of a row with quotation marks, which may go on over several lines; and the line after it."""
    cells: list[str] = []
    start = at
    text = lines[at]
    at += 1
    position = 0
    while True:
        if not text.startswith('"', position):
            # a mark inside a cell that does not begin with one is a mark and nothing else: 3" pipe
            end = text.find(separator, position)
            cells.append(text[position:] if end < 0 else text[position:end])
            if end < 0:
                return cells, at
            position = end + 1
            continue
        pieces: list[str] = []
        position += 1
        while True:
            end = text.find('"', position)
            if end < 0:
                if at >= len(lines):
                    raise _unclosed(file, start + 1)
                pieces.append(text[position:] + "\n")
                text, position = lines[at], 0
                at += 1
            elif text.startswith('""', end):
                pieces.append(text[position : end + 1])
                position = end + 2
            else:
                pieces.append(text[position:end])
                position = end + 1
                break
        end = text.find(separator, position)
        cells.append("".join(pieces) + (text[position:] if end < 0 else text[position:end]))
        if end < 0:
            return cells, at
        position = end + 1


def _unclosed(file: str, row: int) -> InvalidInput:
    return InvalidInput(
        problem(
            "simapro.quotes",
            "引号没有结束",
            "a quotation mark is never closed",
            cure_zh="请检查这一行的引号，或重新导出",
            cure_en="check the quotation marks of this row, or export again",
            place=Place(file=file, row=row),
        )
    )


def written_row(cells: Sequence[str]) -> str:
    """One line of a file that uses semicolons."""
    return ";".join(_cell(cell) for cell in cells)


def _cell(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", BREAK)
    if ";" in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text
