"""A zip, a folder or a single file as named entries, read one at a time under limits.

An inventory package comes from strangers: a zip may name files outside itself, claim sizes it does not
have, or hold gigabytes in a few bytes. Nothing here trusts what it claims; what is unsafe is refused with
`FileRefused`. Archives inside an archive are entries like any other and are never opened.
"""

import io
import stat
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from zuji.errors import Place
from zuji.formats.archive_refusals import link, refused, too_large, unreadable
from zuji.formats.archive_zip import LIMITS, Limits, Reader, Window, left_behind, relative_path, zip_readers

__all__ = ["LIMITS", "Archive", "Limits", "open_archive", "write_archive"]

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


class Archive:
    """Entries by relative posix path, in the order stored (a folder: sorted); `read` opens only one.

    `passed_over` names what systems leave behind without being asked (hidden files, `__MACOSX`).
    """

    def __init__(self, name: str, readers: Mapping[str, Reader], passed_over: Iterable[str] = ()):
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
            raise refused(
                "no-such-file",
                "文件不存在",
                "there is no such file",
                name,
                cure=("请检查路径", "check the path"),
            )
        return _opened(_file_window(path, name), path.stat().st_size, name, limits)
    except OSError as error:
        raise unreadable(name) from error


def write_archive(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of (name, content) in the order given; the same entries always give the same bytes."""
    buffer = io.BytesIO()
    seen: set[str] = set()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            if relative_path(name, name) != name or name in seen:
                raise refused(
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


def _opened(window: Window, size: int, name: str, limits: Limits) -> Archive:
    head = window(0, 512)
    if head.startswith(_ZIP):
        return Archive(name, *zip_readers(window, size, name, limits))
    kind = next((kind for mark, kind in _OTHER_ARCHIVES.items() if head.startswith(mark)), "")
    if head[_TAR_MARK] == b"ustar":
        kind = "tar"
    if kind:
        raise refused(
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
        raise too_large(name, f"文件（{size / 1e6:,.0f} MB）", f"the file ({size / 1e6:,.0f} MB)")
    return Archive(name, {Path(name).name or "file": lambda: window(0, size)})


def _folder(root: Path, name: str, limits: Limits) -> Archive:
    found: list[tuple[str, Path]] = []
    passed_over: list[str] = []
    total = 0
    waiting = [root]
    while waiting:
        for path in waiting.pop().iterdir():
            relative = path.relative_to(root).as_posix()
            mode = path.lstat().st_mode
            if left_behind(relative):
                passed_over.append(relative)
            elif stat.S_ISDIR(mode):
                waiting.append(path)
            elif stat.S_ISREG(mode):
                size = path.lstat().st_size
                total += size
                if size > limits.entry:
                    raise too_large(name, "这个文件", "this file", relative)
                found.append((relative, path))
            else:
                raise link(name, relative)
        if len(found) + len(waiting) > limits.entries:
            raise too_large(name, "文件数", "the number of its files")
    if total > limits.total:
        raise too_large(name, "文件总量", "its size")
    found.sort()
    readers = {relative: _file_reader(path, relative, name, limits) for relative, path in found}
    return Archive(name, readers, sorted(passed_over))


def _file_reader(path: Path, relative: str, name: str, limits: Limits) -> Reader:
    def read() -> bytes:
        try:
            if path.is_symlink():
                raise link(name, relative)
            with path.open("rb") as file:
                content = file.read(limits.entry + 1)
        except OSError as error:
            raise unreadable(name, relative) from error
        if len(content) > limits.entry:
            raise too_large(name, "这个文件", "this file", relative)
        return content

    return read


def _file_window(path: Path, name: str) -> Window:
    def window(start: int, size: int) -> bytes:
        try:
            with path.open("rb") as file:
                file.seek(start)
                return file.read(size)
        except OSError as error:
            raise unreadable(name) from error

    return window
