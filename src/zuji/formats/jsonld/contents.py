"""The files of a package sorted: data sets by type, markers, and documents beside them."""

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from zuji.errors import FileRefused, InvalidInput, Place, problem
from zuji.formats.archive import Archive
from zuji.formats.json_tree import parse_json
from zuji.formats.jsonld.layout import (
    APP_MARKER,
    FOLDER_OF,
    FOLDERS,
    LIBRARY_MARKER,
    SCHEMA_VERSION,
)
from zuji.formats.jsonld.reasons import REASONS
from zuji.formats.jsonld.upgrade import DataSet
from zuji.formats.progress import Progress, silent, told
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.references import Kind
from zuji.text import Text

_ATTACHMENTS = "bin"
_NOT_A_NUMBER = re.compile(rb'("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b', re.DOTALL)


@dataclass(slots=True)
class Contents:
    """What an archive holds. `files` are attachments and whatever is no data set, as they are."""

    data_sets: list[DataSet] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    app_marker: dict[str, object] = field(default_factory=dict)
    version: int = 1


def read_contents(archive: Archive, book: LedgerBook, progress: Progress = silent) -> Contents:
    """Every file accounted for as a FILE. Raises FileRefused where there is no data set at all."""
    book.read(Kind.FILE, len(archive.names) + len(archive.passed_over))
    for name in archive.passed_over:
        book.dropped(Kind.FILE, "hidden-file", REASONS["hidden-file"], archive.place(name))
    root = _root(archive)
    contents = Contents()
    markers: dict[str, dict[str, object]] = {}
    seen: set[tuple[str, str]] = set()
    for name in told(archive.names, progress):
        path = name[len(root) :] if name.startswith(root) else name
        place = archive.place(name)
        folder = path.split("/")[-2].lower() if "/" in path else ""
        data = archive.read(name)
        alone = len(archive) == 1 and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        if not (path.lower().endswith(".json") or alone) or path.startswith(f"{_ATTACHMENTS}/"):
            _keep(contents, book, path, data)
            continue
        try:
            value = _parsed(data, place, book)
        except InvalidInput as error:
            first = next(iter(error))
            why = Text(
                f"{REASONS['not-json'].zh}：{first.what.zh}", f"{REASONS['not-json'].en}: {first.what.en}"
            )
            book.dropped(Kind.FILE, "not-json", why, first.place)
            contents.files.append((path, data))
            continue
        if path in (APP_MARKER, LIBRARY_MARKER) and isinstance(value, dict):
            markers[path] = value
            book.mapped(Kind.FILE)
            continue
        type_ = FOLDERS.get(folder, "")
        if not type_ and isinstance(value, dict) and value.get("@type") in FOLDER_OF:
            type_ = str(value["@type"])
        if not type_ or not isinstance(value, dict):
            _keep(contents, book, path, data)
            continue
        data_set = _data_set(path, type_, value, place, book, seen)
        if data_set is None:
            contents.files.append((path, data))
        else:
            contents.data_sets.append(data_set)
    if all(one.type == "Category" for one in contents.data_sets):
        raise _refused(archive)
    contents.app_marker = markers.get(APP_MARKER, {})
    contents.version = _version(markers, archive, book)
    return contents


def _parsed(data: bytes, place: Place, book: LedgerBook) -> object:
    """The value of a file. Scripts write NaN for what they do not know, which is no JSON: it says nothing."""
    try:
        return parse_json(data, place)
    except InvalidInput as error:
        if next(iter(error)).code != "not-a-number":
            raise
    value = parse_json(_NOT_A_NUMBER.sub(lambda found: found[1] or b"null", data), place)
    book.read(Kind.FIELD)
    book.remarked(Kind.FIELD, "nan", REASONS["nan"], place)
    return value


def _data_set(
    path: str,
    type_: str,
    value: dict[str, object],
    place: Place,
    book: LedgerBook,
    seen: set[tuple[str, str]],
) -> DataSet | None:
    stated = value.get("@id")
    name = PurePosixPath(path).stem
    id_ = stated if isinstance(stated, str) and stated else name
    if (type_, id_) in seen:
        book.dropped(Kind.FILE, "second-of-its-id", REASONS["second-of-its-id"], place)
        return None
    seen.add((type_, id_))
    if type_ in ("Category", "NwSet"):
        return DataSet(path, type_, id_, value)  # what becomes of it shows in the upgrade
    if id_ is not stated:
        value.pop("@id", None)
        book.defaulted(Kind.FILE, "no-id", REASONS["no-id"], place)
    elif name != id_ and "/" in path:
        book.remarked(Kind.FILE, "other-file-name", REASONS["other-file-name"], place)
    else:
        book.mapped(Kind.FILE)
    return DataSet(path, type_, id_, value)


def _keep(contents: Contents, book: LedgerBook, path: str, data: bytes) -> None:
    contents.files.append((path, data))
    book.mapped(Kind.FILE)


def _root(archive: Archive) -> str:
    """The folder that everything is in: packages are zipped with and without one."""
    roots: dict[str, int] = {}
    for name in archive.names:
        parts = name.split("/")
        if parts[-1] in (APP_MARKER, LIBRARY_MARKER):
            known = len(parts) - 1
        else:
            known = next(
                (at for at, part in enumerate(parts[:-1]) if part.lower() in FOLDERS or part == _ATTACHMENTS),
                -1,
            )
        if known >= 0:
            root = "".join(f"{part}/" for part in parts[:known])
            roots[root] = roots.get(root, 0) + 1
    return max(roots, key=lambda root: (roots[root], -len(root)), default="")


def _version(markers: dict[str, dict[str, object]], archive: Archive, book: LedgerBook) -> int:
    """openLCA counts its schema in openlca.json, the Python library in olca-schema.json; none means 1."""
    app = markers.get(APP_MARKER, {}).get("schemaVersion")
    library = markers.get(LIBRARY_MARKER, {}).get("version")
    stated = app if app is not None else library
    version = stated if isinstance(stated, int) and not isinstance(stated, bool) else 1
    if version > SCHEMA_VERSION:
        book.read(Kind.FIELD)
        place = replace(archive.place(APP_MARKER), field="schemaVersion")
        book.remarked(Kind.FIELD, "newer-schema", REASONS["newer-schema"], place)
    return version


def _refused(archive: Archive) -> FileRefused:
    return FileRefused(
        problem(
            "no-jsonld",
            "里面没有 openLCA JSON-LD 数据集",
            "it holds no openLCA JSON-LD data set",
            cure_zh="请在 openLCA 中选择“导出为 JSON-LD”，再上传得到的 zip",
            cure_en="export from openLCA as JSON-LD and give the zip that it makes",
            place=Place(file=archive.name),
        )
    )
