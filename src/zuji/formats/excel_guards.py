"""What is looked at before a workbook is parsed: is it one, is it safe, is it of a sane size.

A zip may claim small sizes and hold gigabytes, and one cell in the last corner of a sheet makes a
reader reserve the whole of it. So every part is inflated here under a limit, and every cell address
and shared text is measured first. Errors and formulas without a stored value are found on the way:
the parser itself would read both as empty.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from zuji.errors import FileRefused, Place, problem
from zuji.formats.excel_schema import MAX_ROWS

MAX_BYTES = 20 * 1024 * 1024
MAX_MEMBERS = 1000
MAX_INFLATED = 200 * 1024 * 1024
MAX_RATIO = 250
MAX_COLUMNS = 200
MAX_TEXT = 64 * 1024 * 1024
_RATIO_FROM = 5 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAME = rb"(?:[^\s<>/!?:=]+:)?"
_CELL = re.compile(rb"<" + _NAME + rb"c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</" + _NAME + rb"c\s*>)", re.DOTALL)
_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_TYPE = re.compile(rb"\st\s*=\s*[\"'](\w+)[\"']")
_STORED = re.compile(rb"<" + _NAME + rb"v(?:\s[^>]*)?>([^<]*)<|<" + _NAME + rb"is[\s>]")
_FORMULA = re.compile(rb"<" + _NAME + rb"f[\s/>]")
_SHARED = re.compile(rb"<" + _NAME + rb"si(?=[\s/>]).*?(?:/>|</" + _NAME + rb"si\s*>)", re.DOTALL)
_ENCODING = re.compile(rb"^<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']")


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell whose value cannot be used: an error such as #REF!, or "" for a formula never calculated."""

    row: int
    column: int
    error: str


@dataclass(slots=True)
class Scan:
    """What a sheet holds: the last row and column with a value (from 1), and cells without a usable one."""

    rows: int = 0
    columns: int = 0
    bad: list[BadCell] = field(default_factory=list)


def column_letters(column: int) -> str:
    """The letters of a column, from 1: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def inspect(data: bytes, name: str = "") -> Mapping[str, Scan]:
    """The sheets of a workbook by name; raises `FileRefused` for what is not opened."""
    parts = _parts(_archive(data, name), data, name)
    if "xl/workbook.xml" not in parts:
        raise _refused(
            "not-a-workbook",
            "这不是 Excel 工作簿（.xlsx），而是其他种类的文件",
            "this is not an Excel workbook (.xlsx) but a file of another kind",
            name,
        )
    for part, content in parts.items():
        _check_xml(part, content, name)
    lengths = [len(entry) for entry in _SHARED.findall(parts.get("xl/sharedStrings.xml", b""))]
    scans: dict[str, Scan] = {}
    text = 0
    for sheet, path in _sheets(parts, name).items():
        scans[sheet], used = _scan(parts[path], lengths, sheet, name)
        text += used
    if text > MAX_TEXT:
        raise _too_large(name, "表格文字的总量", "the text in its cells")
    return scans


def _archive(data: bytes, name: str) -> zipfile.ZipFile:
    if len(data) > MAX_BYTES:
        raise _too_large(name, f"文件（{len(data) / 1e6:.0f} MB）", f"the file ({len(data) / 1e6:.0f} MB)")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FileRefused(
                problem(
                    "encrypted",
                    "文件有打开密码，无法读取",
                    "the file has a password and cannot be read",
                    cure_zh="请在 Excel 中去掉打开密码后另存为 .xlsx",
                    cure_en="remove the password in Excel and save it as .xlsx",
                    place=Place(file=name),
                )
            )
        raise _refused("old-excel", "这是旧版 .xls 文件", "this is a file of the old .xls format", name)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise _refused(
            "not-a-workbook",
            "文件不是 Excel 工作簿（.xlsx），或已损坏",
            "the file is not an Excel workbook (.xlsx), or it is damaged",
            name,
        ) from error


def _parts(archive: zipfile.ZipFile, data: bytes, name: str) -> dict[str, bytes]:
    """Every XML part, inflated under the limits and compared with what the archive claims."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise _too_large(name, f"内部文件数（{len(members)}）", f"the number of its parts ({len(members)})")
    if sum(member.file_size for member in members) > MAX_INFLATED:
        raise _too_large(name, "解压后的大小", "its size when unpacked")
    parts = {}
    for member in members:
        if member.file_size > _RATIO_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise _too_large(name, f"“{member.filename}”的压缩比", f"the compression of “{member.filename}”")
        content = _inflated(member, data, name)
        if member.filename.lower().endswith((".xml", ".rels")):
            parts[member.filename.lstrip("/")] = content
    return parts


def _inflated(member: zipfile.ZipInfo, data: bytes, name: str) -> bytes:
    head = data[member.header_offset : member.header_offset + 30]
    damaged = _refused("damaged", "文件已损坏", "the file is damaged", name)
    if len(head) < 30 or head[:4] != b"PK\x03\x04" or member.flag_bits & 1:
        raise damaged
    start = member.header_offset + 30 + int.from_bytes(head[26:28], "little")
    start += int.from_bytes(head[28:30], "little")
    raw = data[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        content, complete = raw, True
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-15)
        try:
            content = inflater.decompress(raw, member.file_size + 1)
        except zlib.error as error:
            raise damaged from error
        complete = inflater.eof or not raw
    else:
        raise damaged
    # a member that holds more than it claims is how a small file hides a large one
    if len(content) != member.file_size or not complete or zlib.crc32(content) != member.CRC:
        raise damaged
    return content


def _check_xml(part: str, content: bytes, name: str) -> None:
    encoding = _ENCODING.match(content)
    foreign = encoding is not None and encoding[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}
    if foreign or b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _refused(
            "unsafe-xml",
            f"文件内部的“{part}”含有不安全的内容",
            f"the part “{part}” of the file holds what is not safe",
            name,
        )


def _sheets(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])
        links = ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    except (ElementTree.ParseError, DefusedXmlException) as error:
        raise _refused("damaged", "文件已损坏", "the file is damaged", name) from error
    targets = {
        link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
        for link in links
    }
    found = {}
    for element in book.iter():
        if element.tag.rpartition("}")[2] == "sheet":
            link = next((value for key, value in element.items() if key.endswith("}id")), None)
            path = targets.get(link, "")
            if path in parts:
                found[element.get("name", "")] = path
    return found


def _scan(content: bytes, lengths: list[int], sheet: str, name: str) -> tuple[Scan, int]:
    """The extent of one sheet and the amount of shared text its cells refer to."""
    scan, text = Scan(), 0
    for match in _CELL.finditer(content):
        body = match[2] or b""
        stored = _STORED.search(body)
        if stored is None and not _FORMULA.search(body):
            continue
        address = _ADDRESS.search(match[1])
        if address is None:
            raise _refused("damaged", "文件已损坏", "the file is damaged", name)
        row, column = int(address[2]), _column_number(address[1])
        scan.rows, scan.columns = max(scan.rows, row), max(scan.columns, column)
        kind = _TYPE.search(match[1])
        if kind is not None and kind[1] == b"e":
            scan.bad.append(BadCell(row, column, (stored[1] or b"").decode() if stored else "#N/A"))
        elif stored is None or (stored[1] == b"" and _FORMULA.search(body)):
            scan.bad.append(BadCell(row, column, ""))
        elif kind is not None and kind[1] == b"s" and stored[1] and stored[1].strip().isdigit():
            index = int(stored[1])
            text += lengths[index] if index < len(lengths) else 0
    _check_extent(scan, sheet, name)
    return scan, text


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_extent(scan: Scan, sheet: str, name: str) -> None:
    place = Place(file=name, sheet=sheet)
    if scan.rows > MAX_ROWS + 1:
        raise FileRefused(
            problem(
                "too-many-rows",
                f"有 {scan.rows:,} 行，超过每张表 {MAX_ROWS:,} 行的上限",
                f"{scan.rows:,} rows, above the limit of {MAX_ROWS:,} for a sheet",
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


def _refused(code: str, zh: str, en: str, name: str) -> FileRefused:
    return FileRefused(
        problem(
            code,
            zh,
            en,
            cure_zh="请下载清单模板，用 Excel 或 WPS 填写后保存为 .xlsx",
            cure_en="download the template, fill it in with Excel or WPS and save it as .xlsx",
            place=Place(file=name),
        )
    )


def _too_large(name: str, zh: str, en: str) -> FileRefused:
    return FileRefused(
        problem(
            "file-too-large",
            f"{zh}超过上限，文件未打开",
            f"{en} is above the limit; the file was not opened",
            cure_zh="请确认选对了文件；清单工作簿通常不到 1 MB，图片和附件请另存",
            cure_en="check that it is the right file; an inventory is usually below 1 MB without pictures",
            place=Place(file=name),
        )
    )
