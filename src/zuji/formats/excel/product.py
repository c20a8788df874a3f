"""The forms of the inventory workbook: fields by the name in their first column."""

from typing import Any

from zuji.formats.excel import form
from zuji.formats.excel.book import Book
from zuji.formats.excel.cells import is_blank, text
from zuji.formats.excel.columns import Column
from zuji.formats.excel.form import Form
from zuji.formats.excel.sheet import FoundSheet
from zuji.model.findings import Finding, Path
from zuji.model.records import mistake, shown
from zuji.model.stages import Stage
from zuji.text import Text


def form_documents(book: Book) -> dict[str, Any]:
    """The parts of the document that the forms hold; takes down their mistakes."""
    document: dict[str, Any] = {}
    for each in form.FORMS:
        if each.key in book.sheets:
            _form_document(book, each, document)
    return document


def _form_document(book: Book, of: Form, document: dict[str, Any]) -> None:
    sheet = book.sheets[of.key]
    titles = (form.FIELD, form.VALUE, form.REASON) if of is form.PRODUCT else (form.FIELD, form.VALUE)
    at = _header(book, sheet, titles, () if of is form.PRODUCT else (of.key,))
    if at is None:
        return
    label_at, book.value_at[of.key] = at[:2]
    sheet.report_merged(1)
    _find_rows(book, sheet, label_at, of)
    states: dict[str, object] = {}
    for column in of.fields:
        row = book.form_rows.get(column.key)
        if row is None:
            if column.required:
                sheet.found.add(_missing_field(column), sheet.place(1), tuple(column.key.split(".")))
        elif column.key.startswith(form.STAGE_KEY):
            stage = column.key.removeprefix(form.STAGE_KEY)
            states[stage] = sheet.read(row, book.value_at[of.key], column, ("boundary", "stages"))
        else:
            _read_field(sheet, column, row, book.value_at[of.key], document)
    if of is form.PRODUCT:
        book.reason_at = at[2]
        _boundary(book, sheet, document, states)


def _header(book: Book, sheet: FoundSheet, titles: tuple[Text, ...], part: Path) -> list[int] | None:
    """Where the titles stand; None, with a mistake each that empties `part`, where one is missing."""
    header = {text(cell): at for at, cell in enumerate(sheet.rows[0] if sheet.rows else [], start=1)}
    places: list[int] = []
    for title in titles:
        at = header.get(title.zh) or header.get(title.en)
        if at is None:
            book.found.add(
                mistake(
                    "missing-column",
                    f"缺少列“{title.zh}”",
                    f"the column “{title.en}” is missing",
                    "请从模板复制列名到第 1 行",
                    "copy its name from the template into row 1",
                ),
                sheet.place(1),
                part,
            )
        else:
            places.append(at)
    return places if len(places) == len(titles) else None


def _find_rows(book: Book, sheet: FoundSheet, label_at: int, of: Form) -> None:
    names = {each: column.key for column in of.fields for each in (column.name.zh, column.name.en)}
    for row in range(2, len(sheet.rows) + 1):
        label = sheet.at(row, label_at)
        written = "" if is_blank(label) else text(label).rstrip("* ").strip()
        key = names.get(written)
        if key is not None and key not in book.form_rows:
            book.form_rows[key] = row
        elif written and (key is not None or not is_blank(sheet.at(row, book.value_at[of.key]))):
            sheet.found.add(_unknown_field(written, twice=key is not None), sheet.place(row, label_at))


def _read_field(sheet: FoundSheet, column: Column, row: int, at: int, document: dict[str, Any]) -> None:
    path: Path = tuple(column.key.split("."))
    value = sheet.read(row, at, column, path)
    if value is None:
        return
    target = document
    for part in path[:-1]:
        target = target.setdefault(str(part), {})
    target[str(path[-1])] = value


def _boundary(book: Book, sheet: FoundSheet, document: dict[str, Any], states: dict[str, object]) -> None:
    """Stages inside and excluded; where no stage is marked, the kind of boundary decides."""
    excluded: list[dict[str, str]] = []
    for stage, state in states.items():
        row = book.form_rows[f"{form.STAGE_KEY}{stage}"]
        cell = sheet.at(row, book.reason_at)
        if state == "excluded":
            if is_blank(cell):
                place = sheet.place(row, book.reason_at, form.REASON.zh)
                sheet.found.add(_no_reason(), place, ("boundary", "excluded", len(excluded), "reason"))
            book.excluded_rows.append(row)
            excluded.append({"stage": stage, "reason": "" if is_blank(cell) else text(cell)})
        elif not is_blank(cell):
            place = sheet.place(row, book.reason_at, form.REASON.zh)
            sheet.found.add(_reason_alone(), place)
    if any(states.values()):
        boundary = document.setdefault("boundary", {})
        boundary["stages"] = [stage.value for stage in Stage if states.get(stage.value) == "inside"]
        boundary["excluded"] = excluded


def _missing_field(column: Column) -> Finding:
    return mistake(
        "missing-field",
        f"缺少项目“{column.name.zh}”",
        f"the field “{column.name.en}” is missing",
        "请从模板复制该行",
        "copy its row from the template",
    )


def _unknown_field(label: str, *, twice: bool) -> Finding:
    return mistake(
        "double-field" if twice else "unknown-field",
        f"项目“{shown(label)}”{'出现了两次' if twice else '不是模板中的项目'}",
        f"the field “{shown(label)}” is {'there twice' if twice else 'not one of the template'}",
        "项目名称请勿改动，每项只保留一行",
        "names of fields must stay, one row each",
    )


def _no_reason() -> Finding:
    return mistake(
        "exclusion-reason",
        "该阶段被排除，但没有写理由",
        "the stage is excluded without a reason",
        "请写明排除理由",
        "give the reason",
    )


def _reason_alone() -> Finding:
    return mistake(
        "reason-without-exclusion",
        "写了排除理由，但该阶段没有选“排除”",
        "a reason stands here, but the stage is not excluded",
        "请把该阶段选为“排除”，或删去理由",
        "set the stage to Excluded, or remove the reason",
    )
