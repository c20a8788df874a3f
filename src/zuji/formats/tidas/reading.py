"""TIDAS packages read: each JSON document becomes an ILCD element, which the ILCD mapping reads."""

from pathlib import Path, PurePosixPath
from typing import Any

from zuji.errors import FileRefused, InvalidInput, Place, ZujiError, problem
from zuji.formats.archive import open_archive
from zuji.formats.ilcd.collection import Collection
from zuji.formats.ilcd.locations import LOCATIONS_FILE, read_locations
from zuji.formats.ilcd.names import KINDS
from zuji.formats.json_tree import parse_json
from zuji.formats.progress import Progress, part, silent, told
from zuji.formats.tidas.required import OTHER, uncomplete
from zuji.formats.tidas.trees import BESIDE, ROOTS, element_of
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.package import Loaded
from zuji.model.lci.publications import Location
from zuji.model.lci.references import Kind
from zuji.text import Text

_FOLDERS = frozenset(kind.folder for kind in KINDS)
_NO_DATA_SET = Text(
    "不是 TIDAS 数据集，作为附件保留", "no TIDAS data set; kept as a document beside the others"
)
_PASSED = Text("系统留下的文件，不读", "left behind by an operating system; not read")


def load(source: Path | bytes, *, name: str = "", progress: Progress = silent) -> Loaded:
    """The package of a TIDAS zip, folder or single data set, with the ledger of how it was read.

    A document is told by its root key, wherever it stands. One that is no JSON is dropped with its place and
    the others are read. Raises `FileRefused` for an archive that is not opened or holds no TIDAS data set,
    `InvalidInput` with every fault where all documents are faulty.
    """
    archive = open_archive(source, name=name)
    book = LedgerBook()
    book.read(Kind.FILE, len(archive.names) + len(archive.passed_over))
    for passed in archive.passed_over:
        book.dropped(Kind.FILE, "tidas.passed-over", _PASSED, archive.place(passed))
    collection = Collection(book)
    files: list[tuple[str, bytes]] = []
    refused: list[ZujiError] = []
    locations: tuple[Location, ...] = ()
    base = _base(archive.names)
    found = 0
    for entry in told(archive.names, part(progress, 0.0, 0.9)):
        place = archive.place(entry)
        try:
            content = archive.read(entry)
            if PurePosixPath(entry).name == LOCATIONS_FILE and (ours := read_locations(content, place)):
                locations = ours
                book.mapped(Kind.FILE)
                continue
            added = _add(content, place, collection) if _may_hold_data(entry) else None
        except ZujiError as error:
            refused.append(error)
            first = next(iter(error))
            book.dropped(Kind.FILE, f"tidas.{first.code}", first.what, first.place)
            continue
        found += bool(added)
        if added or added is None:
            book.mapped(Kind.FILE)
        else:
            book.remarked(Kind.FILE, "tidas.no-data-set", _NO_DATA_SET, place)
        if not added:
            files.append((entry.removeprefix(base), content))
    if not found:
        raise _nothing(archive.name, refused)
    book.read(Kind.LOCATION, len(locations))
    book.mapped(Kind.LOCATION, len(locations))
    package = collection.package(
        name=name or PurePosixPath(archive.name).stem, files=files, locations=locations
    )
    return Loaded(package=package, ledger=book.ledger(), format="tidas")


def _add(content: bytes, place: Place, collection: Collection) -> int:
    """How many data sets of one document went into the collection."""
    document = parse_json(content, place)
    if not isinstance(document, dict):
        return 0
    roots = [key for key, body in document.items() if key in ROOTS and isinstance(body, dict)]
    for at, root in enumerate(roots):
        body: dict[str, Any] = document[root]
        ours = uncomplete(body)
        beside = {key: value for key, value in document.items() if key not in roots}
        if beside and not at and isinstance(body.setdefault(OTHER, {}), dict):
            body[OTHER][BESIDE] = beside
        collection.add(element_of(root, body, empty=ours), place.file)
    return len(roots)


def _may_hold_data(entry: str) -> bool:
    return entry.lower().endswith(".json") and "external_docs" not in entry.lower().split("/")


def _base(names: tuple[str, ...]) -> str:
    """The folder that holds the folders of data sets, with its slash; nothing where none is above them."""
    for name in names:
        path = PurePosixPath(name)
        if path.parent.name.lower() in _FOLDERS:
            above = path.parent.parent.as_posix()
            return "" if above == "." else f"{above}/"
    return ""


def _nothing(name: str, refused: list[ZujiError]) -> ZujiError:
    if refused:
        return InvalidInput(*(one for error in refused for one in error))
    return FileRefused(
        problem(
            "tidas.nothing",
            "里面没有 TIDAS 数据集",
            "there is no TIDAS data set in it",
            cure_zh="请选择 TIDAS 数据包（zip 或文件夹，含 processes、flows 等文件夹）",
            cure_en="choose a TIDAS package (zip or folder, with folders such as processes and flows)",
            place=Place(file=name),
        )
    )
