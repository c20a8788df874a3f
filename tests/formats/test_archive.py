"""Archives that strangers send: what is read, and everything that is refused."""

import contextlib
import io
import os
import stat
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.errors import FileRefused
from zuji.formats.archive import Limits, open_archive, write_archive


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content, compress_type=method)
    return buffer.getvalue()


def read_all(source: Path | bytes, **keywords: object) -> None:
    archive = open_archive(source, name="package.zip", **keywords)  # type: ignore[arg-type]
    for name in archive.names:
        archive.read(name)


def refusal(source: Path | bytes, **keywords: object) -> str:
    with pytest.raises(FileRefused) as caught:
        read_all(source, **keywords)
    (problem,) = caught.value.problems
    assert problem.place.file == "package.zip"
    assert all((problem.what.zh, problem.what.en, problem.cure.zh, problem.cure.en))
    return problem.code


def test_a_zip_is_its_entries_in_the_order_stored() -> None:
    archive = open_archive(zipped(("b/x.xml", b"<x/>"), ("a.txt", b"hello"), ("empty/", b"")), name="p.zip")
    assert archive.names == ("b/x.xml", "a.txt")
    assert archive.name == "p.zip"
    assert archive.read("a.txt") == b"hello"
    assert "a.txt" in archive
    assert len(archive) == 2
    assert archive.place("b/x.xml").file == "p.zip/b/x.xml"


def test_a_zip_on_disk_reads_like_its_bytes(tmp_path: Path) -> None:
    data = zipped(("b/x.xml", b"<x/>" * 1000), ("a.txt", b"hello"))
    path = tmp_path / "p.zip"
    path.write_bytes(data)
    on_disk, held = open_archive(path), open_archive(data, name="p.zip")
    assert (on_disk.name, on_disk.names) == (held.name, held.names)
    assert [on_disk.read(name) for name in on_disk.names] == [held.read(name) for name in held.names]


@pytest.mark.parametrize("extra", [0, 40, 255, 256, 257, 60_000])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_local_headers_may_be_longer_than_the_directory_says(extra: int, method: int, tmp_path: Path) -> None:
    """Some programs write time stamps and padding into the local header only."""
    info = zipfile.ZipInfo("中文/數據集.xml")
    # one field of an unknown kind, with its length
    info.extra = b"" if extra < 4 else b"\xfe\xca" + (extra - 4).to_bytes(2, "little") + bytes(extra - 4)
    content = os.urandom(5000)
    stored = zipped((info, content), ("last.xml", b"<a/>"), method=method)
    path = tmp_path / "package.zip"
    path.write_bytes(stored)
    for source in (stored, path):
        archive = open_archive(source, name="package.zip")
        assert archive.read("中文/數據集.xml") == content
        assert archive.read("last.xml") == b"<a/>"


def test_a_folder_is_its_files_sorted(tmp_path: Path) -> None:
    for name in ("z.txt", "a/b.xml", "a/.hidden", ".git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    archive = open_archive(tmp_path)
    assert archive.names == ("a/b.xml", "z.txt")
    assert archive.passed_over == (".git", "a/.hidden")
    assert archive.read("a/b.xml") == b"a/b.xml"


def test_a_single_file_is_an_archive_of_one_entry(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"{SimaPro 9.0}")
    assert open_archive(path).names == ("export.csv",)
    assert open_archive(path).read("export.csv") == b"{SimaPro 9.0}"
    assert open_archive(b"{}", name="up/load.json").names == ("load.json",)
    assert open_archive(b"").read("file") == b""


def test_what_systems_leave_behind_is_named_but_not_read() -> None:
    archive = open_archive(zipped(("a.xml", b"1"), ("__MACOSX/._a.xml", b"2"), ("x/.DS_Store", b"3")))
    assert archive.names == ("a.xml",)
    assert archive.passed_over == ("__MACOSX/._a.xml", "x/.DS_Store")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_names_are_read_in_the_encoding_they_were_written_in(encoding: str) -> None:
    data = zipped(("AAAA.xml", b"1")).replace(b"AAAA.xml", "钢铁.xml".encode(encoding).ljust(8, b"x")[:8])
    if encoding == "utf-8":
        data = zipped(("钢铁.xml", b"1"))
    assert open_archive(data).names == ("钢铁.xml",)


def test_paths_of_windows_are_paths() -> None:
    data = zipped(("a/b.xml", b"1")).replace(b"a/b.xml", b"a\\b.xml")
    assert open_archive(data).names == ("a/b.xml",)


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/passwd", "C:/x", "c:x", "..\\evil", "\\\\host\\x"]
)
def test_paths_that_lead_outside_are_refused(name: str) -> None:
    assert refusal(zipped((name, b"1"))) == "unsafe-path"


def test_a_name_that_hides_its_end_is_refused() -> None:
    assert refusal(zipped(("a.xmlX.exe", b"1")).replace(b"a.xmlX.exe", b"a.xml\0.exe")) == "unsafe-path"


def test_links_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert refusal(zipped((link, b"/etc/passwd"))) == "link"
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "out").symlink_to("/etc/passwd")
    assert refusal(tmp_path / "real") == "link"
    (tmp_path / "real" / "out").unlink()
    os.mkfifo(tmp_path / "real" / "pipe")
    assert refusal(tmp_path / "real") == "link"


def test_a_link_that_appears_after_opening_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine")
    archive = open_archive(tmp_path)
    (tmp_path / "a.txt").unlink()
    (tmp_path / "a.txt").symlink_to("/etc/passwd")
    with pytest.raises(FileRefused):
        archive.read("a.txt")


def test_passwords_are_refused() -> None:
    data = bytearray(zipped(("a.xml", b"secret")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "encrypted"


def test_names_that_occur_twice_are_refused() -> None:
    data = zipped(("a/x.xml", b"1"), ("a/y.xml", b"2")).replace(b"a/y.xml", b"a/x.xml")
    assert refusal(data) == "duplicate-name"


def test_other_archives_and_compressions_are_refused() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.xml"))
    assert refusal(buffer.getvalue()) == "other-archive"
    assert refusal(b"7z\xbc\xaf\x27\x1c" + bytes(100)) == "other-archive"
    assert refusal(b"\x1f\x8b\x08" + bytes(100)) == "other-archive"
    assert refusal(zipped(("a.xml", b"1"), method=zipfile.ZIP_BZIP2)) == "other-compression"


def test_an_archive_in_an_archive_is_an_entry_like_any_other() -> None:
    inner = zipped(("../evil", b"1"))
    archive = open_archive(zipped(("inner.zip", inner)))
    assert archive.names == ("inner.zip",)
    assert archive.read("inner.zip") == inner


def test_limits_hold(tmp_path: Path) -> None:
    many = zipped(*((f"{at}.txt", b"x" * 100) for at in range(20)))
    assert refusal(many, limits=Limits(entries=19)) == "file-too-large"
    assert refusal(many, limits=Limits(entry=99)) == "file-too-large"
    assert refusal(many, limits=Limits(total=1999)) == "file-too-large"
    assert len(open_archive(many, limits=Limits(entries=20, entry=100, total=2000))) == 20
    for at in range(20):
        (tmp_path / f"{at}.txt").write_bytes(b"x" * 100)
    assert refusal(tmp_path, limits=Limits(entries=19)) == "file-too-large"
    assert refusal(tmp_path, limits=Limits(entry=99)) == "file-too-large"
    assert refusal(tmp_path, limits=Limits(total=1999)) == "file-too-large"
    assert refusal(b"x" * 100, limits=Limits(entry=99)) == "file-too-large"


def test_a_directory_that_claims_to_be_huge_is_refused_before_it_is_read() -> None:
    data = bytearray(zipped(("a.xml", b"1")))
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = (2**31).to_bytes(4, "little")
    assert refusal(bytes(data)) == "file-too-large"


def test_bombs_are_refused() -> None:
    honest = zipped(("bomb.xml", bytes(20_000_000)))
    assert len(honest) < 40_000
    assert refusal(honest) == "file-too-large"
    # the same with a claim of 100 bytes: what is inflated is held to it
    lying = honest.replace((20_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert refusal(lying) == "damaged"


def test_entries_that_share_their_bytes_are_refused() -> None:
    body = zlib.compress(bytes(100_000), 9)[2:-4]
    head = b"PK\x03\x04" + bytes(22) + (1).to_bytes(2, "little") + b"\0\0" + b"a" + body
    crc, packed, full = zlib.crc32(bytes(100_000)), len(body), 100_000
    directory = b""
    for at in range(200):
        name = f"{at}.txt".encode()
        directory += b"PK\x01\x02" + b"\x14\0\x14\0\0\0\x08\0\0\0\0\0"
        directory += b"".join(number.to_bytes(4, "little") for number in (crc, packed, full))
        directory += len(name).to_bytes(2, "little") + bytes(16) + name
    end = b"PK\x05\x06" + bytes(4) + (200).to_bytes(2, "little") * 2
    end += len(directory).to_bytes(4, "little") + len(head).to_bytes(4, "little") + bytes(2)
    overlapping = head + directory + end
    assert len(zipfile.ZipFile(io.BytesIO(overlapping)).infolist()) == 200
    # the reserve of 60 KB of packed bytes makes only the sharing wrong, not the ratio
    assert refusal(overlapping, limits=Limits(ratio=10**6, entries=200)) == "damaged"


def test_a_damaged_entry_is_told_by_its_name() -> None:
    data = zipped(("good.xml", b"1"), ("bad.xml", b"some text"), method=zipfile.ZIP_STORED)
    archive = open_archive(data.replace(b"some text", b"some TEXT"), name="p.zip")
    assert archive.read("good.xml") == b"1"
    with pytest.raises(FileRefused) as caught:
        archive.read("bad.xml")
    assert caught.value.problems[0].place.field == "bad.xml"


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing.zip") == "no-such-file"


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}(/[a-z文]{1,5}\.xml)?", fullmatch=True), st.binary(max_size=200)
    )
)
def test_what_is_written_reads_back_and_is_the_same_every_time(entries: dict[str, bytes]) -> None:
    data = write_archive(entries.items())
    assert data == write_archive(entries.items())
    archive = open_archive(data)
    assert {name: archive.read(name) for name in archive.names} == entries
    assert archive.names == tuple(entries)


@pytest.mark.parametrize("entries", [[("../a", b"")], [("/a", b"")], [("a", b""), ("a", b"")], [("a/", b"")]])
def test_unsafe_names_are_not_written(entries: list[tuple[str, bytes]]) -> None:
    with pytest.raises(FileRefused):
        write_archive(entries)


@given(st.data())
def test_a_mutated_zip_is_read_or_refused(data: st.DataObject) -> None:
    sound = bytearray(zipped(("a/x.xml", b"<x/>" * 20), ("b.txt", b"hello")))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(sound) - 1))
        sound[at] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FileRefused):
        read_all(bytes(sound[: data.draw(st.integers(0, len(sound)))]))
