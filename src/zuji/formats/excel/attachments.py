"""What stands on sheets of its own and belongs elsewhere: certificates to lines, tables to statements."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from zuji.formats.excel.book import Book
from zuji.formats.excel.lines import own, records_of
from zuji.formats.excel.statements import BALANCES, CERTIFICATES, OFFSETS, REVIEWS
from zuji.formats.excel.tables import Record
from zuji.model.findings import Path
from zuji.model.records import mistake, shown

_ELECTRICITY = "electricity"


def attach(book: Book, document: dict[str, Any]) -> None:
    """Put certificates on their lines, and balances, reviews and offsets among the statements."""
    lines: dict[str, tuple[Path, dict[str, Any]]] = {}
    for path, line in _lines(document):
        lines.setdefault(str(line.get("id", "")), (path, line))
    for record in records_of(book, CERTIFICATES):
        _certificate(book, record, lines)
    for table in (BALANCES, REVIEWS, OFFSETS):
        found = list(records_of(book, table))
        if found:
            document.setdefault("statements", {})[table.key] = [dict(record.values) for record in found]
        for at, record in enumerate(found):
            own(book, record, ("statements", table.key, at))


def _lines(document: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for at, line in enumerate(document.get("lines", ())):
        yield ("lines", at), line
    for number, process in enumerate(document.get("processes", ())):
        for at, line in enumerate(process["lines"]):
            yield ("processes", number, "lines", at), line


def _certificate(book: Book, record: Record, lines: Mapping[str, tuple[Path, dict[str, Any]]]) -> None:
    values = dict(record.values)
    named = str(values.pop("line", ""))
    if not named:
        return  # that the line is missing was said
    if named not in lines:
        _unknown_line(record, named, lines)
        return
    path, line = lines[named]
    held = line.setdefault(_ELECTRICITY, {}).setdefault("certificates", [])
    own(book, record, (*path, _ELECTRICITY, "certificates", len(held)))
    held.append(values)


def _unknown_line(record: Record, named: str, lines: Mapping[str, object]) -> None:
    place, _ = record.table.place(record.row, ("line",))
    near = get_close_matches(named, [name for name in lines if name], n=1)
    record.table.sheet.found.add(
        mistake(
            "unknown-line",
            f"“清单”表中没有行编号“{shown(named)}”",
            f"the sheet Inventory has no line “{shown(named)}”",
            f"是否为“{near[0]}”？" if near else "请在“清单”表中给该电力行填写编号",
            f"did you mean “{near[0]}”?" if near else "give the line of electricity its id first",
        ),
        place,
    )
