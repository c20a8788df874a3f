"""ILCD packages: the files of an archive, by folder and root element, and back."""

from pathlib import Path, PurePosixPath

from zuji.errors import FileRefused, InvalidInput, Place, ZujiError, problem
from zuji.formats.archive import Archive, open_archive
from zuji.formats.ilcd.collection import Collection
from zuji.formats.ilcd.locations import LOCATIONS_FILE, read_locations
from zuji.formats.ilcd.names import KINDS
from zuji.formats.progress import Progress, part, silent, told
from zuji.formats.xml_tree import parse_xml
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.package import Loaded
from zuji.model.lci.publications import Location
from zuji.model.lci.references import Kind
from zuji.text import Text

_FOLDERS = frozenset(kind.folder for kind in KINDS)

_NO_DATA_SET = Text(
    "不是 ILCD 数据集，作为附件保留", "no ILCD data set; kept as a document beside the others"
)
_PASSED = Text("系统留下的文件，不读", "left behind by an operating system; not read")


def load(source: Path | bytes, *, name: str = "", progress: Progress = silent) -> Loaded:
    """The package of an ILCD zip, folder or single data set, with the ledger of how it was read.

    Data sets are found by the last folder name, whatever stands above it and however it is spelt, and told
    apart by their root elements; file names are not trusted. A file that is no XML, or unsafe XML, is
    dropped with its place, and the others are read. Raises `FileRefused` for an archive that is not opened
    or in which nothing is an ILCD data set.
    """
    archive = open_archive(source, name=name)
    book = LedgerBook()
    book.read(Kind.FILE, len(archive.names) + len(archive.passed_over))
    for passed in archive.passed_over:
        book.dropped(Kind.FILE, "ilcd.passed-over", _PASSED, archive.place(passed))
    collection = Collection(book)
    base = _base(archive)
    lone = not any(_folder(entry) in _FOLDERS for entry in archive.names)
    files: list[tuple[str, bytes]] = []
    found = 0
    refused: list[ZujiError] = []
    locations: tuple[Location, ...] = ()
    for entry in told(archive.names, part(progress, 0.0, 0.9)):
        place = archive.place(entry)
        try:
            content = archive.read(entry)
            if PurePosixPath(entry).name == LOCATIONS_FILE and (ours := read_locations(content, place)):
                locations = ours
                book.mapped(Kind.FILE)
                continue
            is_xml = entry.lower().endswith(".xml") or (len(archive) == 1 and _begins_as_xml(content))
            if not is_xml or not (lone or _folder(entry) in _FOLDERS):
                files.append((_inside(entry, base), content))
                book.mapped(Kind.FILE)
                continue
            dataset = collection.add(parse_xml(content, place), place.file)
        except ZujiError as error:
            refused.append(error)
            first = next(iter(error))
            book.dropped(Kind.FILE, f"ilcd.{first.code}", first.what, first.place)
            continue
        if dataset is None:
            files.append((_inside(entry, base), content))
            book.remarked(Kind.FILE, "ilcd.no-data-set", _NO_DATA_SET, place)
        else:
            found += 1
            book.mapped(Kind.FILE)
    if not found:
        raise _nothing(archive.name, refused)
    book.read(Kind.LOCATION, len(locations))
    book.mapped(Kind.LOCATION, len(locations))
    return Loaded(
        package=collection.package(name=name or _stem(archive.name), files=files, locations=locations),
        ledger=book.ledger(),
        format="ilcd",
    )


def _begins_as_xml(content: bytes) -> bool:
    """Whether a lone file without a name that says so is a document."""
    return content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _folder(entry: str) -> str:
    return PurePosixPath(entry).parent.name.lower()


def _base(archive: Archive) -> str:
    """The folder that holds the folders of data sets, as "ILCD/"; "" where nothing is above them."""
    for entry in archive.names:
        if _folder(entry) in _FOLDERS:
            above = PurePosixPath(entry).parent.parent.as_posix()
            return "" if above == "." else f"{above}/"
    return ""


def _inside(entry: str, base: str) -> str:
    """The path of a document as data sets refer to it, without the package's own folder."""
    return entry.removeprefix(base)


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _nothing(name: str, refused: list[ZujiError]) -> ZujiError:
    if refused:
        return InvalidInput(*(one for error in refused for one in error))
    return FileRefused(
        problem(
            "ilcd.nothing",
            "里面没有 ILCD 数据集",
            "there is no ILCD data set in it",
            cure_zh="请选择 ILCD 数据包（zip 或文件夹，含 processes、flows 等文件夹）",
            cure_en="choose an ILCD package (zip or folder, with folders such as processes and flows)",
            place=Place(file=name),
        )
    )
