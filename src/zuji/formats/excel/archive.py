"""The zip around a workbook, opened under limits: a small file may claim to be smaller than it is."""

import io
import re
import zipfile

from zuji.errors import FileRefused, Place, problem
from zuji.formats.archive_zip import inflated

MAX_BYTES = 20 * 1024 * 1024
MAX_MEMBERS = 1000
MAX_INFLATED = 150 * 1024 * 1024
MAX_RATIO = 250
_RATIO_FROM = 5 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODING = re.compile(rb"^<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']")


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    if len(data) > MAX_BYTES:
        raise too_large(name, f"文件（{len(data) / 1e6:.0f} MB）", f"the file ({len(data) / 1e6:.0f} MB)")
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
        raise refused("old-excel", "这是旧版 .xls 文件", "this is a file of the old .xls format", name)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, RuntimeError, OverflowError) as error:
        raise refused(
            "not-a-workbook",
            "文件不是 Excel 工作簿（.xlsx），或已损坏",
            "the file is not an Excel workbook (.xlsx), or it is damaged",
            name,
        ) from error


def xml_parts(archive: zipfile.ZipFile, data: bytes, name: str) -> dict[str, bytes]:
    """Every XML part, inflated under the limits and compared with what the archive claims."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise too_large(name, f"内部文件数（{len(members)}）", f"the number of its parts ({len(members)})")
    if sum(member.file_size for member in members) > MAX_INFLATED:
        raise too_large(name, "解压后的大小", "its size when unpacked")
    parts = {}
    for member in members:
        if member.file_size > _RATIO_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise too_large(name, f"“{member.filename}”的压缩比", f"the compression of “{member.filename}”")
        encrypted = member.flag_bits & 1
        content = None if encrypted else inflated(member, lambda start, size: data[start : start + size])
        if content is None:
            raise refused("damaged", "文件已损坏", "the file is damaged", name)
        path = member.filename.replace("\\", "/").lstrip("/")
        if path.lower().endswith((".xml", ".rels")):
            _check_xml(path, content, name)
            parts[path] = content
    return parts


def _check_xml(part: str, content: bytes, name: str) -> None:
    """What a part may hold: text in UTF-8 without a document type."""
    encoding = _ENCODING.match(content)
    foreign = encoding is not None and encoding[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}
    if foreign or b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refused(
            "unsafe-xml",
            f"文件内部的“{part}”含有不安全的内容",
            f"the part “{part}” of the file holds what is not safe",
            name,
        )


def refused(code: str, zh: str, en: str, name: str) -> FileRefused:
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


def too_large(name: str, zh: str, en: str) -> FileRefused:
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
