"""The inventory workbook to a study, with every mistake at its cell."""

from zuji.errors import InvalidInput, Place, raise_all
from zuji.formats.excel import form
from zuji.formats.excel.attachments import attach
from zuji.formats.excel.book import Book, open_book
from zuji.formats.excel.columns import Column
from zuji.formats.excel.lines import gather
from zuji.formats.excel.product import form_documents
from zuji.formats.excel.tables import missing_at
from zuji.model import documents
from zuji.model.documents import Reading
from zuji.model.findings import Finding, Path, without_consequences
from zuji.model.studies import Study
from zuji.model.validation import findings_of


def load(data: bytes, *, name: str = "") -> Study:
    """The study in a workbook.

    Raises `FileRefused` for a file that is not opened (not a workbook, unsafe, too large, not our
    template) and `InvalidInput` with every mistake otherwise, each with sheet, row and column.
    """
    book = open_book(data, name)
    document = form_documents(book)
    document |= gather(book)
    attach(book, document)
    reading = documents.read(document)
    _take_down(book, reading)
    order = {sheet.name: at for at, sheet in enumerate(book.sheets.values())}
    problems = [finding.problem(place) for finding, place in book.found.problems]
    problems.sort(key=lambda each: (order.get(each.place.sheet, 0), each.place.row or 0))
    raise_all(problems, InvalidInput)
    return reading.study


def _take_down(book: Book, reading: Reading) -> None:
    """Mistakes of structure and sense, as far as they do not follow from a cell that has no value."""
    structural = without_consequences(reading.findings, book.found.bad)
    semantic = reading.written(findings_of(reading.study))
    later = without_consequences(semantic, [*book.found.bad, *reading.findings])
    for finding in (*structural, *later):
        place, column = _locate(book, finding)
        worded = finding.code == "missing" and column is not None
        book.found.add(missing_at(column, finding) if worded and column else finding, place)


def _locate(book: Book, finding: Finding) -> tuple[Place, Column | None]:
    """The cell of a finding: in the row that owns the longest part of its path."""
    path = finding.path
    for length in range(len(path), 0, -1):
        owner = book.owners.get(path[:length])
        if owner is not None:
            table, row = owner
            rest = path[length:]
            inside = {"outputs": "output", "changes": "change"}.get(
                str(path[length - 2]) if length > 1 else ""
            )
            return table.place(row, (inside, *rest) if inside else rest, finding.line)
    return _locate_field(book, path)


def _locate_field(book: Book, path: Path) -> tuple[Place, Column | None]:
    sheet = book.sheets[form.PRODUCT.key]
    if path[:2] == ("boundary", "excluded") and len(path) > 2 and isinstance(path[2], int):
        return sheet.place(book.excluded_rows[path[2]], book.reason_at, form.REASON.zh), None
    wanted = ".".join(map(str, path)).replace("boundary.stages", "boundary.stage")
    while wanted:
        for each in form.FORMS:
            for column in each.fields:
                inside = column.key == wanted or column.key.startswith(f"{wanted}.")
                if inside and column.key in book.form_rows:
                    row = book.form_rows[column.key]
                    return book.sheets[each.key].place(row, book.value_at[each.key], column.name.zh), column
        wanted = wanted.rpartition(".")[0]
    return sheet.place(1), None
