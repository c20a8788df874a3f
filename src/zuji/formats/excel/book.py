"""The inventory workbook as a file: opened, recognised as our template, its sheets found."""

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

from zuji.errors import FileRefused, InvalidInput, Place, Problem, problem, raise_all
from zuji.formats.excel import form
from zuji.formats.excel.columns import Sheet
from zuji.formats.excel.guards import inspect
from zuji.formats.excel.scan import Scan
from zuji.formats.excel.schema import FORMAT, MARK_SHEET, READABLE, TABLES, VERSION
from zuji.formats.excel.sheet import Found, FoundSheet
from zuji.formats.excel.tables import Table
from zuji.model.findings import Path
from zuji.model.records import shown
from zuji.text import Text

_ERRORS = (CalamineError, PasswordError, XmlError, ZipError)


@dataclass(slots=True)
class Book:
    """A workbook while it is being read.

    `owners` tells which row of which table a part of the document came from; `form_rows` the row of
    each field of a form, `value_at` the column of its values by the form's key.
    """

    sheets: Mapping[str, FoundSheet]
    found: Found
    owners: dict[Path, tuple[Table, int]] = field(default_factory=dict)
    form_rows: dict[str, int] = field(default_factory=dict)
    excluded_rows: list[int] = field(default_factory=list)
    value_at: dict[str, int] = field(default_factory=dict)
    reason_at: int = 3


def open_book(data: bytes, name: str) -> Book:
    """The template in `data`; raises `FileRefused` for another file, `InvalidInput` for lost sheets."""
    sheets_of: tuple[form.Form | Sheet, ...] = (*form.FORMS, *TABLES)
    wanted = {each.key: each.name for each in sheets_of}
    names = {MARK_SHEET, *(each for title in wanted.values() for each in (title.zh, title.en))}
    inspected = inspect(data, names, name)
    scans = inspected.scans
    try:
        workbook = CalamineWorkbook.from_object(io.BytesIO(inspected.data))
        version = _check_mark(workbook, name)
        found = Found(name)
        sheets = {}
        for key, title in wanted.items():
            sheet_name = next((each for each in (title.zh, title.en) if each in scans), None)
            if sheet_name is not None:
                sheets[key] = _found_sheet(workbook, sheet_name, scans[sheet_name], found)
    except _ERRORS as error:
        raise FileRefused(
            problem(
                "damaged",
                "文件已损坏，无法读取",
                "the file is damaged and cannot be read",
                cure_zh="请用 Excel 或 WPS 打开后另存为 .xlsx",
                cure_en="open it with Excel or WPS and save it as .xlsx",
                place=Place(file=name),
            )
        ) from error
    absent = [each.name for each in sheets_of if each.key not in sheets and each.since <= version]
    copied = tuple(f"{title.zh}{bracket}" for title in wanted.values() for bracket in (" (", "（"))
    copies = [each for each in inspected.names if each.startswith(copied)]
    raise_all(
        [
            *(_absent_sheet(title, inspected.names, name) for title in absent),
            *(_copied_sheet(each, name) for each in copies),
        ],
        InvalidInput,
    )
    return Book(sheets, found)


def _found_sheet(workbook: CalamineWorkbook, name: str, scan: Scan, found: Found) -> FoundSheet:
    sheet = workbook.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    merged = [
        ((first[0] + 1, first[1] + 1), (last[0] + 1, last[1] + 1))
        for first, last in sheet.merged_cell_ranges or ()
    ]
    return FoundSheet(name, rows, {(bad.row, bad.column): bad for bad in scan.bad}, merged, found)


def _check_mark(workbook: CalamineWorkbook, name: str) -> int:
    """The version of the template; refuses other workbooks, and versions that are not read."""
    if MARK_SHEET not in workbook.sheet_names:
        raise FileRefused(
            problem(
                "not-the-template",
                "这个工作簿不是足迹清单模板，或模板的隐藏标记已丢失",
                "this workbook is not the inventory template, or it lost its hidden mark",
                cure_zh="请下载模板（网页“下载模板”或命令 zuji template），把数据粘贴到模板中再上传",
                cure_en="download the template (on the page, or by zuji template) and paste the data into it",
                place=Place(file=name),
            )
        )
    rows = workbook.get_sheet_by_name(MARK_SHEET).to_python(skip_empty_area=False)
    mark = {str(row[0]): row[1] for row in rows if len(row) > 1}
    version = mark.get("version")
    if mark.get("format") == FORMAT and isinstance(version, float) and version in READABLE:
        return int(version)
    newer = isinstance(version, float) and version > VERSION
    raise FileRefused(
        problem(
            "template-version",
            f"模板版本为 {shown(version)}，本软件使用版本 {VERSION}",
            f"the template has version {shown(version)}; this software uses version {VERSION}",
            cure_zh="请升级本软件" if newer else "请下载新模板，把数据粘贴过去",
            cure_en="update the software"
            if newer
            else "download the new template and paste the data into it",
            place=Place(file=name, sheet=MARK_SHEET),
        )
    )


def _absent_sheet(title: Text, names: Collection[str], name: str) -> Problem:
    near = get_close_matches(title.zh, list(names), n=1, cutoff=0.5)
    return problem(
        "missing-sheet",
        f"缺少工作表“{title.zh}”",
        f"the sheet “{title.en}” is missing",
        cure_zh=f"是否被改名为“{near[0]}”？请改回原名"
        if near
        else "请勿删除或改名模板中的工作表，没有内容时留空即可",
        cure_en=f"was it renamed “{near[0]}”? give it its name back"
        if near
        else "keep every sheet of the template, empty where there is nothing",
        place=Place(file=name, sheet=title.zh),
    )


def _copied_sheet(sheet: str, name: str) -> Problem:
    return problem(
        "copied-sheet",
        f"工作表“{sheet}”是模板工作表的副本，其中的数据不会被读取",
        f"the sheet “{sheet}” is a copy of one of the template; it would not be read",
        cure_zh="请把数据并入原工作表后删除副本，或把副本改为其他名称",
        cure_en="move its data to the original and delete it, or give it another name",
        place=Place(file=name, sheet=sheet),
    )
