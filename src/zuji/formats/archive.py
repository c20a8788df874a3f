"""A zip, a folder or a single file as named entries, read one at a time under limits.

An inventory package comes from strangers: a zip may name files outside itself, claim sizes it does not
have, or hold gigabytes in a few bytes. Nothing here trusts what it claims; what is unsafe is refused with
`FileRefused`. Archives inside an archive are entries like any other and are never opened.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from zuji.errors import FileRefused, Place, problem

_EPOCH = (1980, 1, 1, 0, 0, 0)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_ARCHIVES = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "RAR",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
}
_TAR_MARK = slice(257, 262)
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1 | 0x40
_UTF8_NAME = 0x800
_NAME_BYTES = 300
"""What a directory record may take on average; bounds the directory before it is read."""

Window = Callable[[int, int], bytes]
"""`window(start, size)`: those bytes of the stored file, fewer at its end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is opened. Sizes are bytes after inflating; a ratio counts only from `ratio_from` bytes on."""

    entries: int = 400_000
    entry: int = 512 * 1024**2
    total: int = 4 * 1024**3
    ratio: int = 250
    ratio_from: int = 5 * 1024**2


LIMITS = Limits()


class Archive:
    """Entries by relative posix path, in the order stored (a folder: sorted); `read` opens only one.

    `passed_over` names what systems leave behind without being asked (hidden files, `__MACOSX`).
    """

    def __init__(
        self, name: str, readers: Mapping[str, Callable[[], bytes]], passed_over: Iterable[str] = ()
    ):
        self._readers = MappingProxyType(dict(readers))
        self.name = name
        self.names: tuple[str, ...] = tuple(self._readers)
        self.passed_over: tuple[str, ...] = tuple(passed_over)

    def read(self, name: str) -> bytes:
        """The content of one entry. Raises `FileRefused` where it is damaged or not what it claims."""
        return self._readers[name]()

    def place(self, name: str) -> Place:
        """Where an entry is, for a message: the archive's own name leads where it has one."""
        return Place(file=name if self.name in ("", name) else f"{self.name}/{name}")

    def __contains__(self, name: str) -> bool:
        return name in self._readers

    def __len__(self) -> int:
        return len(self.names)


def open_archive(source: Path | bytes, *, name: str = "", limits: Limits = LIMITS) -> Archive:
    """The entries of a zip, a folder, or one file (its only entry is the file itself).

    Raises `FileRefused` for paths that lead outside, links, passwords, names that occur twice, other kinds
    of archive, and whatever is above `limits`.
    """
    if isinstance(source, bytes):
        held = source
        return _opened(lambda start, size: held[start : start + size], len(held), name, limits)
    path = source
    name = name or path.name
    try:
        if path.is_dir():
            return _folder(path, name, limits)
        if not path.is_file():
            raise _refused(
                "no-such-file",
                "文件不存在",
                "there is no such file",
                name,
                cure=("请检查路径", "check the path"),
            )
        return _opened(_file_window(path, name), path.stat().st_size, name, limits)
    except OSError as error:
        raise _unreadable(name) from error


def write_archive(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of (name, content) in the order given; the same entries always give the same bytes."""
    buffer = io.BytesIO()
    seen: set[str] = set()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            if _relative(name, name) != name or name in seen:
                raise _refused(
                    "unsafe-name",
                    f"“{name}”不能作为压缩包内的文件名",
                    f"“{name}” cannot name an entry of an archive",
                    name,
                    cure=("请改用相对路径且不重复的文件名", "use a relative path that occurs once"),
                )
            seen.add(name)
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(member, content, compresslevel=6)
    return buffer.getvalue()


def inflated(member: zipfile.ZipInfo, window: Window) -> bytes | None:
    """The content of a zip's member, or None where it is damaged or is not exactly as long as it claims.

    Never inflates more than one byte beyond the claimed size, so the caller's check of claims holds.
    """
    head = window(member.header_offset, 30)
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        return None
    start = member.header_offset + 30 + int.from_bytes(head[26:28], "little")
    start += int.from_bytes(head[28:30], "little")
    raw = window(start, member.compress_size)
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


def _opened(window: Window, size: int, name: str, limits: Limits) -> Archive:
    head = window(0, 512)
    if head.startswith(_ZIP):
        return _zip(window, size, name, limits)
    kind = next((kind for mark, kind in _OTHER_ARCHIVES.items() if head.startswith(mark)), "")
    if head[_TAR_MARK] == b"ustar":
        kind = "tar"
    if kind:
        raise _refused(
            "other-archive",
            f"这是 {kind} 压缩包，不能直接读取",
            f"this is a {kind} archive, which is not read",
            name,
            cure=(
                "请解压后直接选择文件夹，或重新打包为 .zip",
                "unpack it and give the folder, or pack it as .zip",
            ),
        )
    if size > limits.entry:
        raise _too_large(name, f"文件（{size / 1e6:,.0f} MB）", f"the file ({size / 1e6:,.0f} MB)")
    return Archive(name, {Path(name).name or "file": lambda: window(0, size)})


def _zip(window: Window, size: int, name: str, limits: Limits) -> Archive:
    if _directory_size(window, size) > limits.entries * _NAME_BYTES:
        raise _too_large(name, "文件目录", "its directory")
    try:
        with zipfile.ZipFile(_Stored(window, size)) as archive:
            members = archive.infolist()
    except FileRefused:
        raise
    except Exception as error:
        # zipfile answers a damaged directory with many kinds: BadZipFile, ValueError, struct.error…
        raise _damaged(name) from error
    if len(members) > limits.entries:
        raise _too_large(name, f"文件数（{len(members):,}）", f"the number of its files ({len(members):,})")
    _check_claims(members, size, name, limits)
    readers: dict[str, Callable[[], bytes]] = {}
    passed_over = []
    for member in members:
        stored = _name_of(member)
        path = _relative(stored, name)
        _check_member(member, path, name)
        if stored.endswith(("/", "\\")) or not path:
            continue
        if _left_behind(path):
            passed_over.append(path)
            continue
        if path in readers:
            raise _refused(
                "duplicate-name",
                "压缩包里有两个同名文件，不知道该用哪一个",
                "two files of the archive have the same name",
                name,
                path,
                cure=("请解压检查后重新打包", "unpack it, look at both, and pack it again"),
            )
        readers[path] = _member_reader(member, window, path, name)
    return Archive(name, readers, passed_over)


def _check_claims(members: list[zipfile.ZipInfo], size: int, name: str, limits: Limits) -> None:
    """Claimed sizes are inside the limits; each is then held to its claim when it is inflated."""
    for member in members:
        packed, full = member.compress_size, member.file_size
        if full > limits.entry:
            raise _too_large(name, "这个文件", "this file", member.filename)
        if full > limits.ratio_from and full > limits.ratio * max(packed, 1):
            raise _too_large(name, "压缩比", "its compression", member.filename)
    total = sum(member.file_size for member in members)
    if total > limits.total or (total > limits.ratio_from and total > limits.ratio * size):
        raise _too_large(name, "解压后的大小", "its size when unpacked")
    if sum(member.compress_size for member in members) > size:
        # entries that share their bytes make a small archive hold a large one
        raise _damaged(name)


def _check_member(member: zipfile.ZipInfo, path: str, name: str) -> None:
    mode = member.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _link(name, path)
    if member.flag_bits & _ENCRYPTED:
        raise _refused(
            "encrypted",
            "压缩包有密码，无法读取",
            "the archive has a password and cannot be read",
            name,
            path,
            cure=("请去掉密码后重新打包", "pack it again without a password"),
        )
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refused(
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
            raise _unreadable(name, path) from error
        if content is None:
            raise _damaged(name, path)
        return content

    return read


def _folder(root: Path, name: str, limits: Limits) -> Archive:
    found: list[tuple[str, Path]] = []
    passed_over: list[str] = []
    total = 0
    waiting = [root]
    while waiting:
        for path in waiting.pop().iterdir():
            relative = path.relative_to(root).as_posix()
            mode = path.lstat().st_mode
            if _left_behind(relative):
                passed_over.append(relative)
            elif stat.S_ISDIR(mode):
                waiting.append(path)
            elif stat.S_ISREG(mode):
                size = path.lstat().st_size
                total += size
                if size > limits.entry:
                    raise _too_large(name, "这个文件", "this file", relative)
                found.append((relative, path))
            else:
                raise _link(name, relative)
        if len(found) + len(waiting) > limits.entries:
            raise _too_large(name, "文件数", "the number of its files")
    if total > limits.total:
        raise _too_large(name, "文件总量", "its size")
    found.sort()
    readers = {relative: _file_reader(path, relative, name, limits) for relative, path in found}
    return Archive(name, readers, sorted(passed_over))


def _file_reader(path: Path, relative: str, name: str, limits: Limits) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            if path.is_symlink():
                raise _link(name, relative)
            with path.open("rb") as file:
                content = file.read(limits.entry + 1)
        except OSError as error:
            raise _unreadable(name, relative) from error
        if len(content) > limits.entry:
            raise _too_large(name, "这个文件", "this file", relative)
        return content

    return read


def _file_window(path: Path, name: str) -> Window:
    def window(start: int, size: int) -> bytes:
        try:
            with path.open("rb") as file:
                file.seek(start)
                return file.read(size)
        except OSError as error:
            raise _unreadable(name) from error

    return window


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


def _relative(stored: str, name: str) -> str:
    """A path inside the archive, or a refusal for one that leads outside or hides its end."""
    path = stored.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or _DRIVE.match(path) or ".." in parts or "\0" in path:
        raise _refused(
            "unsafe-path",
            "压缩包里有指向包外的路径",
            "the archive holds a path that leads outside of it",
            name,
            stored.replace("\0", "␀"),
            cure=("请向提供者索取重新打包的文件", "ask whoever provided it to pack it again"),
        )
    return "/".join(parts)


def _left_behind(path: str) -> bool:
    parts = path.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts) or parts[-1] == "Thumbs.db"


def _refused(
    code: str, zh: str, en: str, name: str, entry: str = "", *, cure: tuple[str, str]
) -> FileRefused:
    place = Place(file=name, field=entry)
    return FileRefused(problem(code, zh, en, cure_zh=cure[0], cure_en=cure[1], place=place))


def _too_large(name: str, zh: str, en: str, entry: str = "") -> FileRefused:
    return _refused(
        "file-too-large",
        f"{zh}超过上限，未打开",
        f"{en} is above the limit; it was not opened",
        name,
        entry,
        cure=("请确认选对了文件；确实这么大时请分成几个包", "check that it is the right file, or split it"),
    )


def _link(name: str, entry: str) -> FileRefused:
    return _refused(
        "link",
        "这是链接或特殊文件，不会跟随",
        "this is a link or a special file, which is not followed",
        name,
        entry,
        cure=("请用文件本身替换链接", "put the file itself in its place"),
    )


def _damaged(name: str, entry: str = "") -> FileRefused:
    return _refused(
        "damaged",
        "压缩包已损坏，或内容与目录不符",
        "the archive is damaged, or is not what it claims to hold",
        name,
        entry,
        cure=("请重新下载或重新打包", "download it or pack it again"),
    )


def _unreadable(name: str, entry: str = "") -> FileRefused:
    return _refused(
        "unreadable",
        "文件无法读取",
        "the file cannot be read",
        name,
        entry,
        cure=("请检查文件是否存在、是否有读取权限", "check that it exists and that you may read it"),
    )
