"""Processes, lines and scenarios of the inventory workbook, gathered into the plain document."""

import math
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from zuji.formats.excel.book import Book
from zuji.formats.excel.columns import Sheet
from zuji.formats.excel.schema import LINE_SHEETS, PROCESSES, SCENARIOS
from zuji.formats.excel.tables import Record, open_table, records
from zuji.model.findings import Finding, Path
from zuji.model.records import mistake, shown
from zuji.model.written import written_number

_NO_ORDER = math.inf


def gather(book: Book) -> dict[str, Any]:
    """Processes with their lines, and scenarios; `lines` alone where the book names no process."""
    processes = _processes(book)
    rows = [record for sheet in LINE_SHEETS for record in records_of(book, sheet)]
    # the sort is stable: lines without a number stay in the order of the sheets, after the others
    rows.sort(key=lambda record: record.values.get("order", _NO_ORDER))
    scenarios = _scenarios(book)
    if not processes:
        for record in rows:
            _refuse_process(record, {})
        lines = [_line(book, record, ("lines", at)) for at, record in enumerate(rows)]
        return {"lines": lines, "scenarios": scenarios}
    position = {process["id"]: at for at, process in enumerate(processes) if "id" in process}
    for record in rows:
        at = _process_of(record, position)
        held = processes[at]["lines"]
        held.append(_line(book, record, ("processes", at, "lines", len(held))))
    return {"processes": processes, "scenarios": scenarios}


def records_of(book: Book, schema: Sheet) -> list[Record]:
    """The rows of a table; none where an earlier template does not have it."""
    if schema.key not in book.sheets:
        return []
    return list(records(open_table(book.sheets[schema.key], schema)))


def own(book: Book, record: Record, path: Path) -> None:
    """From now on the row answers for `path`; its own mistakes move there too."""
    book.owners[path] = (record.table, record.row)
    own = (record.table.schema.key, record.row)
    for finding in book.found.bad_at.pop(own, ()):
        finding.path = (*path, *finding.path[2:])
        book.found.bad.append(finding)


def _line(book: Book, record: Record, path: Path) -> dict[str, Any]:
    own(book, record, path)
    line = {key: value for key, value in record.values.items() if key not in {"order", "process"}}
    kinds = record.table.schema.kinds
    return line if len(kinds) > 1 else {"kind": kinds[0], **line}


def _process_of(record: Record, position: Mapping[str, int]) -> int:
    """The process that a line belongs to; the first where it names none of them."""
    named = record.values.get("process")
    if named is None and len(position) <= 1:
        return 0
    if named in position:
        return position[str(named)]
    _refuse_process(record, position)
    return 0


def _refuse_process(record: Record, position: Mapping[str, int]) -> None:
    named = record.values.get("process")
    if named is None and not position:
        return
    place, _ = record.table.place(record.row, ("process",))
    near = get_close_matches(str(named), list(position), n=1)
    listing = near[0] if near else "、".join(position)
    cure_zh = f"请改为：{listing}" if listing else "请先在“工序与联产”表中建立该工序，或留空"
    cure_en = f"write: {listing}" if listing else "add it to the sheet Processes first, or leave it empty"
    record.table.sheet.found.add(
        mistake(
            "process-missing" if named is None else "unknown-process",
            "有多个工序，但没有写该行属于哪一个"
            if named is None
            else f"“工序与联产”表中没有工序“{shown(named)}”",
            "there are several processes, and the line names none"
            if named is None
            else f"the sheet Processes has no process “{shown(named)}”",
            cure_zh,
            cure_en,
        ),
        place,
    )


def _processes(book: Book) -> list[dict[str, Any]]:
    """One entry a process; further rows with its id are further outputs."""
    processes: list[dict[str, Any]] = []
    first: dict[str, tuple[int, Record]] = {}
    for record in records_of(book, PROCESSES):
        values = dict(record.values)
        output = values.pop("output", {})
        name = values.get("id")
        if name in first:
            at, earlier = first[str(name)]
            _agree(record, earlier, ("name", "allocation", "allocation_reason", "controlled"))
        else:
            at = len(processes)
            processes.append({**values, "outputs": [], "lines": []})
            book.owners["processes", at] = (record.table, record.row)
            if name is not None:
                first[str(name)] = (at, record)
        outputs = processes[at]["outputs"]
        _own_part(book, record, ("processes", at), ("outputs", len(outputs)), "output")
        outputs.append(output)
    return processes


def _scenarios(book: Book) -> list[dict[str, Any]]:
    """One entry a scenario; further rows with its id are further changes."""
    scenarios: list[dict[str, Any]] = []
    first: dict[str, tuple[int, Record]] = {}
    for record in records_of(book, SCENARIOS):
        values = dict(record.values)
        change = values.pop("change", None)
        name = values.get("id")
        if name in first:
            at, earlier = first[str(name)]
            _agree(record, earlier, ("name", "description"))
        else:
            at = len(scenarios)
            scenarios.append({**values, "changes": []})
            book.owners["scenarios", at] = (record.table, record.row)
            if name is not None:
                first[str(name)] = (at, record)
        changes = scenarios[at]["changes"]
        _own_part(book, record, ("scenarios", at), ("changes", len(changes)), "change")
        if change is not None:
            changes.append(change)
    return scenarios


def _own_part(book: Book, record: Record, whole: Path, part: Path, prefix: str) -> None:
    """A row that is both a record and one part of it: outputs of a process, changes of a scenario."""
    book.owners[(*whole, *part)] = (record.table, record.row)
    for finding in book.found.bad_at.pop((record.table.schema.key, record.row), ()):
        rest = finding.path[2:]
        finding.path = (*whole, *part, *rest[1:]) if rest[:1] == (prefix,) else (*whole, *rest)
        book.found.bad.append(finding)


def _agree(record: Record, earlier: Record, keys: tuple[str, ...]) -> None:
    """What is repeated on a further row must say the same."""
    for key in keys:
        value = record.values.get(key)
        if value is not None and value != earlier.values.get(key):
            place, column = record.table.place(record.row, (key,))
            name = column.name if column is not None else None
            record.table.sheet.found.add(_disagrees(earlier.row, str(name or key)), place)


def _disagrees(row: int, name: str) -> Finding:
    return mistake(
        "rows-disagree",
        f"“{name}”与第 {written_number(float(row))} 行同一编号的内容不一致",
        f"“{name}” differs from row {row} of the same id",
        "请改为一致，或只在第一行填写",
        "make them the same, or fill in the first row only",
    )
