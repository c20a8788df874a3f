"""What is looked at before a workbook is parsed: is it one, is it safe, is it of a sane size.

A zip may claim small sizes and hold gigabytes, and one cell in the last corner of a sheet makes a
reader reserve the whole of it. So every part is inflated here under a limit, and every cell address
and shared text is measured first (`scan`).
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from zuji.errors import FileRefused, Place, problem
from zuji.formats.excel.archive import open_archive, refused, too_large, xml_parts
from zuji.formats.excel.scan import Scan, UnsoundXmlError, column_letters, scan_sheet, text_lengths
from zuji.formats.excel.schema import MAX_COLUMNS, MAX_ROWS

MAX_TEXT = 64 * 1024 * 1024
_ROW = re.compile(rb"<(?:[^\s<>/!?:=]+:)?row[\s/>]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OTHERS = frozenset({"sharedStrings", "styles"})
_DATE_1904 = re.compile(rb"\sdate1904\s*=\s*[\"'](?:1|true)[\"']")


@dataclass(frozen=True, slots=True)
class Inspected:
    """A workbook that may be parsed.

    `names` are all its sheets, `scans` what those asked for hold, `data` a workbook made anew from
    exactly the parts that were looked at: whatever else the file hides is not in it.
    """

    names: tuple[str, ...]
    scans: Mapping[str, Scan]
    data: bytes


def inspect(data: bytes, read: Collection[str], name: str = "") -> Inspected:
    """Look at a workbook and at the sheets in `read`; raises `FileRefused` for what is not opened."""
    parts = xml_parts(open_archive(data, name), data, name)
    if "xl/workbook.xml" not in parts:
        raise refused(
            "not-a-workbook",
            "这不是 Excel 工作簿（.xlsx），而是其他种类的文件",
            "this is not an Excel workbook (.xlsx) but a file of another kind",
            name,
        )
    paths, others = _sheets(parts, name)
    # people keep calculations of their own in further sheets; nothing ever reads these
    wanted = {sheet: parts[path] for sheet, path in paths.items() if sheet in read}
    try:
        lengths = text_lengths(parts.get(others.get("sharedStrings", ""), b"<sst/>"))
        scans = {sheet: scan_sheet(content, lengths) for sheet, content in wanted.items()}
    except UnsoundXmlError as error:
        raise refused("damaged", "文件已损坏", "the file is damaged", name) from error
    for sheet, scan in scans.items():
        _check_extent(scan, wanted[sheet], sheet, name)
    if sum(scan.text for scan in scans.values()) > MAX_TEXT:
        raise too_large(name, "表格文字的总量", "the text in its cells")
    return Inspected(tuple(paths), scans, _made_anew(parts, wanted, others))


def _made_anew(parts: Mapping[str, bytes], sheets: Mapping[str, bytes], others: Mapping[str, str]) -> bytes:
    """A workbook of these sheets with the shared texts and number formats of the original."""
    numbered = list(enumerate(sheets.items(), 1))
    listing = "".join(
        f'<sheet name={quoteattr(sheet)} sheetId="{at}" r:id="rId{at}"/>' for at, (sheet, _) in numbered
    )
    links = [("worksheet", f"rId{at}", f"worksheets/sheet{at}.xml") for at, _ in numbered]
    links += [(kind, kind, f"{kind}.xml") for kind in others]
    era = ' date1904="1"' if _DATE_1904.search(parts["xl/workbook.xml"]) else ""
    head = f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><workbookPr{era}/>'
    content = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>'.encode(),
        "_rels/.rels": _relationships([("officeDocument", "rId1", "xl/workbook.xml")]),
        "xl/workbook.xml": f"{head}<sheets>{listing}</sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": _relationships(links),
        **{f"xl/worksheets/sheet{at}.xml": sheet for at, (_, sheet) in numbered},
        **{f"xl/{kind}.xml": parts[path] for kind, path in others.items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, part in content.items():
            archive.writestr(path, part)
    return buffer.getvalue()


def _relationships(links: list[tuple[str, str, str]]) -> bytes:
    """A part that links others by (kind, id, target)."""
    inside = "".join(
        f'<Relationship Id="{label}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for kind, label, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inside}</Relationships>'.encode()


def _sheets(parts: Mapping[str, bytes], name: str) -> tuple[dict[str, str], dict[str, str]]:
    """The part that holds each sheet by the sheet's name, and shared texts and styles by their kind."""
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])
        links = ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    except (ElementTree.ParseError, DefusedXmlException) as error:
        raise refused("damaged", "文件已损坏", "the file is damaged", name) from error
    targets, others = {}, {}
    for link in links:
        path = posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
        targets[link.get("Id")] = path
        kind = link.get("Type", "").rpartition("/")[2]
        if kind in _OTHERS and path in parts:
            others[kind] = path
    sheets = {}
    for element in book.iter():
        if element.tag.rpartition("}")[2] == "sheet":
            label = next((value for key, value in element.items() if key.endswith("}id")), None)
            path = targets.get(label, "")
            if path in parts:
                sheets[element.get("name", "")] = path
    return sheets, others


def _check_extent(scan: Scan, content: bytes, sheet: str, name: str) -> None:
    place = Place(file=name, sheet=sheet)
    if scan.rows > MAX_ROWS + 1:
        rows = max(scan.rows, len(_ROW.findall(content)))
        raise FileRefused(
            problem(
                "too-many-rows",
                f"有 {rows:,} 行，超过每张表 {MAX_ROWS:,} 行的上限",
                f"{rows:,} rows, above the limit of {MAX_ROWS:,} for a sheet",
                cure_zh="请按物料汇总到统计期（例如全年），不要逐笔粘贴流水；底部如有多余内容请删除",
                cure_en="sum up by material over the period instead of pasting every transaction; "
                "delete what stands far below the table",
                place=place,
            )
        )
    if scan.columns > MAX_COLUMNS:
        raise FileRefused(
            problem(
                "too-many-columns",
                f"最右边的内容在 {column_letters(scan.columns)} 列，超过 {MAX_COLUMNS} 列的上限",
                f"there is content in column {column_letters(scan.columns)}, beyond {MAX_COLUMNS} columns",
                cure_zh="请删除表格右侧多余的内容",
                cure_en="delete what stands to the right of the table",
                place=place,
            )
        )
