"""The members of a zip, held to what its directory claims and its claims to the limits."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from zuji.errors import FileRefused
from zuji.formats.archive_refusals import damaged, link, refused, too_large, unreadable

_ENCRYPTED = 0x1 | 0x40
_UTF8_NAME = 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_EXTRA = 256
"""Bytes of a local header that may follow the name; more of them cost a second look."""
_NAME_BYTES = 300
"""What a directory record may take on average; bounds the directory before it is read."""

Window = Callable[[int, int], bytes]
"""`window(start, size)`: those bytes of the stored file, fewer at its end."""
Reader = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is opened. Sizes are bytes after inflating; a ratio counts only from `ratio_from` bytes on."""

    entries: int = 400_000
    entry: int = 512 * 1024**2
    total: int = 4 * 1024**3
    ratio: int = 250
    ratio_from: int = 5 * 1024**2


LIMITS = Limits()


def zip_readers(window: Window, size: int, name: str, limits: Limits) -> tuple[dict[str, Reader], list[str]]:
    """What reads each member by its path, and the paths passed over; raises `FileRefused`."""
    if _directory_size(window, size) > limits.entries * _NAME_BYTES:
        raise too_large(name, "文件目录", "its directory")
    try:
        with zipfile.ZipFile(_Stored(window, size)) as archive:
            members = archive.infolist()
    except FileRefused:
        raise
    except Exception as error:
        # zipfile answers a damaged directory with many kinds: BadZipFile, ValueError, struct.error…
        raise damaged(name) from error
    if len(members) > limits.entries:
        raise too_large(name, f"文件数（{len(members):,}）", f"the number of its files ({len(members):,})")
    _check_claims(members, size, name, limits)
    readers: dict[str, Reader] = {}
    passed_over: list[str] = []
    for member in members:
        stored = _name_of(member)
        path = relative_path(stored, name)
        _check_member(member, path, name)
        if stored.endswith(("/", "\\")) or not path:
            continue
        if left_behind(path):
            passed_over.append(path)
            continue
        if path in readers:
            raise refused(
                "duplicate-name",
                "压缩包里有两个同名文件，不知道该用哪一个",
                "two files of the archive have the same name",
                name,
                path,
                cure=("请解压检查后重新打包", "unpack it, look at both, and pack it again"),
            )
        readers[path] = _member_reader(member, window, path, name)
    return readers, passed_over


def _check_claims(members: list[zipfile.ZipInfo], size: int, name: str, limits: Limits) -> None:
    """Claimed sizes are inside the limits; each is then held to its claim when it is inflated."""
    for member in members:
        packed, full = member.compress_size, member.file_size
        if full > limits.entry:
            raise too_large(name, "这个文件", "this file", member.filename)
        if full > limits.ratio_from and full > limits.ratio * max(packed, 1):
            raise too_large(name, "压缩比", "its compression", member.filename)
    total = sum(member.file_size for member in members)
    if total > limits.total or (total > limits.ratio_from and total > limits.ratio * size):
        raise too_large(name, "解压后的大小", "its size when unpacked")
    if sum(member.compress_size for member in members) > size:
        # entries that share their bytes make a small archive hold a large one
        raise damaged(name)


def _check_member(member: zipfile.ZipInfo, path: str, name: str) -> None:
    mode = member.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise link(name, path)
    if member.flag_bits & _ENCRYPTED:
        raise refused(
            "encrypted",
            "压缩包有密码，无法读取",
            "the archive has a password and cannot be read",
            name,
            path,
            cure=("请去掉密码后重新打包", "pack it again without a password"),
        )
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refused(
            "other-compression",
            "压缩方法不是普通 zip 的 Deflate",
            "it is not compressed by the ordinary method of zip, deflate",
            name,
            path,
            cure=("请用普通 zip 方式重新打包", "pack it again as an ordinary zip"),
        )


def _member_reader(member: zipfile.ZipInfo, window: Window, path: str, name: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            content = inflated(member, window)
        except OSError as error:
            raise unreadable(name, path) from error
        if content is None:
            raise damaged(name, path)
        return content

    return read


def inflated(member: zipfile.ZipInfo, window: Window) -> bytes | None:
    """The content of a zip's member, or None where it is damaged or is not exactly as long as it claims.

    Never inflates more than one byte beyond the claimed size, so the caller's check of claims holds.
    """
    # a local header is seldom much longer than the name in it, so that one look takes all
    piece = window(member.header_offset, 30 + len(member.filename) + _EXTRA + member.compress_size)
    if len(piece) < 30 or piece[:4] != b"PK\x03\x04":
        return None
    start = 30 + int.from_bytes(piece[26:28], "little") + int.from_bytes(piece[28:30], "little")
    raw = piece[start : start + member.compress_size]
    if len(raw) < member.compress_size:
        raw = window(member.header_offset + start, member.compress_size)
    if member.compress_type == zipfile.ZIP_STORED:
        content, complete = raw, True
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-15)
        try:
            content = inflater.decompress(raw, member.file_size + 1)
        except zlib.error:
            return None
        complete = inflater.eof or not raw
    else:
        return None
    # a member that holds more than it claims is how a small file hides a large one
    if len(content) != member.file_size or not complete or zlib.crc32(content) != member.CRC:
        return None
    return content


class _Stored(io.RawIOBase):
    """The stored file as zipfile wants to see it; the directory at its end is read in large pieces."""

    def __init__(self, window: Window, size: int) -> None:
        self._window, self._size, self._at = window, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        at = offset + (0, self._at, self._size)[whence]
        if at < 0:
            # the kind zipfile expects of a file too small to hold what it looks for
            raise OSError("before the beginning of the file")
        self._at = at
        return at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        content = self._window(self._at, max(self._size - self._at, 0) if size < 0 else size)
        self._at += len(content)
        return content


def _directory_size(window: Window, size: int) -> int:
    """Bytes of a zip's directory as its end record claims; 0 where there is none (zipfile then refuses)."""
    tail = window(max(size - 65_557, 0), 65_557)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0
    claimed = int.from_bytes(tail[at + 12 : at + 16], "little")
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if claimed == 0xFFFFFFFF and wide >= 0:
        claimed = int.from_bytes(tail[wide + 40 : wide + 48], "little")
    return claimed


def _name_of(member: zipfile.ZipInfo) -> str:
    """The name as its author wrote it: Chinese Windows stores GBK without saying so."""
    name = member.orig_filename
    if member.flag_bits & _UTF8_NAME or name.isascii():
        return name
    raw = name.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def relative_path(stored: str, name: str) -> str:
    """A path inside the archive, or a refusal for one that leads outside or hides its end."""
    path = stored.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or _DRIVE.match(path) or ".." in parts or "\0" in path:
        raise refused(
            "unsafe-path",
            "压缩包里有指向包外的路径",
            "the archive holds a path that leads outside of it",
            name,
            stored.replace("\0", "␀"),
            cure=("请向提供者索取重新打包的文件", "ask whoever provided it to pack it again"),
        )
    return "/".join(parts)


def left_behind(path: str) -> bool:
    """Whether systems leave such a file behind without being asked."""
    parts = path.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts) or parts[-1] == "Thumbs.db"
