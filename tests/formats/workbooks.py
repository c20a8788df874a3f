"""Changing cells of a workbook the way a person or another program would: by its XML."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from zuji.formats.excel.scan import column_letters

_SHEETS = re.compile(r'<sheet name="([^"]+)" sheetId="\d+"[^>]*r:id="rId(\d+)"')


@dataclass(frozen=True)
class filled:  # noqa: N801 - reads as a word in a table of cells
    """A formula with the value stored for it; None where it was never calculated."""

    formula: str
    value: float | str | None

    @property
    def xml(self) -> str:
        formula = f"<f>{escape(self.formula.lstrip('='))}</f>"
        if self.value is None:
            return f">{formula}"
        kind = ' t="str"' if isinstance(self.value, str) else ""
        return f"{kind}>{formula}<v>{escape(str(self.value))}</v>"


@dataclass(frozen=True)
class error:  # noqa: N801 - reads as a word in a table of cells
    """A formula that ended in an error value."""

    code: str

    @property
    def xml(self) -> str:
        return f' t="e"><f>A1</f><v>{self.code}</v>'


def edited(
    data: bytes,
    cells: Mapping[tuple[str, int, int], object],
    *,
    merged: Mapping[str, str] | None = None,
    replaced: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """The workbook with other cells by (sheet, row, column), merged areas by sheet, parts replaced.

    `replaced` gives (old, new) text by the name of a part of the file.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    book = archive.read("xl/workbook.xml").decode()
    parts = {name: f"xl/worksheets/sheet{number}.xml" for name, number in _SHEETS.findall(book)}
    content = {name: archive.read(name) for name in archive.namelist()}
    by_part: dict[str, dict[tuple[int, int], object]] = {}
    for (sheet, row, column), value in cells.items():
        by_part.setdefault(parts[sheet], {})[row, column] = value
    for part, changes in by_part.items():
        content[part] = _with_cells(content[part].decode(), changes).encode()
    for sheet, area in (merged or {}).items():
        text = content[parts[sheet]].decode()
        tag = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
        content[parts[sheet]] = text.replace("</sheetData>", f"</sheetData>{tag}").encode()
    for part, (old, new) in (replaced or {}).items():
        text = content[part].decode()
        if old not in text:
            raise AssertionError(f"{part} has no {old}")
        content[part] = text.replace(old, new).encode()
    return zipped(content)


def zipped(content: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, part in content.items():
            out.writestr(name, part)
    return buffer.getvalue()


def _with_cells(xml: str, changes: Mapping[tuple[int, int], object]) -> str:
    rows: dict[int, dict[int, str]] = {}
    for number, body in re.findall(r'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', xml, re.DOTALL):
        cells = re.findall(r'(<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>))', body, re.DOTALL)
        rows[int(number)] = {_number(letters): cell for cell, letters in cells}
    for (row, column), value in changes.items():
        cells_of = rows.setdefault(row, {})
        if value is None:
            cells_of.pop(column, None)
        else:
            cells_of[column] = _cell(row, column, value)
    body = "".join(
        f'<row r="{row}">{"".join(cells[at] for at in sorted(cells))}</row>'
        for row, cells in sorted(rows.items())
    )
    return re.sub(
        r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{body}</sheetData>", xml, flags=re.DOTALL
    )


def _cell(row: int, column: int, value: object) -> str:
    head = f'<c r="{column_letters(column)}{row}"'
    if isinstance(value, (filled, error)):
        return f"{head}{value.xml}</c>"
    if isinstance(value, bool):
        return f'{head} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"{head}><v>{value}</v></c>"
    if isinstance(value, date):
        return f'{head} t="d"><v>{value.isoformat()}</v></c>'
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
