"""Inventory formats side by side: which there are, which one a file is, reading and writing any of them."""

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from zuji.errors import FileRefused, InvalidInput, Place, problem
from zuji.formats.archive import Archive, open_archive
from zuji.formats.collecting import no_collections
from zuji.formats.progress import Progress, silent
from zuji.model.lci.package import Loaded, Package, Written
from zuji.text import Text

_LOOKED_AT = 3
"""Entries looked at for each folder and suffix; packages are uniform."""
_FOLDERS = 100
_HEAD = 8192
_JSON_HEAD = 1_000_000
_BESIDE = frozenset({"schemas", "stylesheets", "external_docs", "bin"})
_ECOSPOLD = re.compile(rb"http://www\.ecoinvent\.org/EcoSpold0([12])", re.IGNORECASE)
_ILCD = re.compile(
    rb"http://lca\.jrc\.it/ILCD/(Process|Flow|FlowProperty|UnitGroup|LCIAMethod|Source|Contact)\b"
    rb"|http://eplca\.jrc\.ec\.europa\.eu/ILCD/LifeCycleModel/2017"
)
_SIMAPRO = re.compile(rb"^(\xef\xbb\xbf)?[\"\s]*\{SimaPro\b", re.IGNORECASE)
_TIDAS = re.compile(
    rb'^\s*\{\s*"(process|flow|flowProperty|unitGroup|LCIAMethod|lifeCycleModel|source|contact)DataSet"\s*:'
)
_JSONLD_MARKERS = frozenset({"openlca.json", "olca-schema.json"})
_JSONLD = re.compile(
    rb'"@type"\s*:\s*"(Actor|Category|Currency|DQSystem|Epd|Flow|FlowProperty|ImpactCategory|ImpactMethod|'
    rb'Location|NwSet|Parameter|Process|ProductSystem|Project|Result|SocialIndicator|Source|UnitGroup)"'
)


class _Module(Protocol):
    def load(self, source: Path | bytes, *, name: str = "", progress: Progress = silent) -> Loaded: ...
    def dump(self, package: Package) -> Written: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One inventory format. `suffixes` are what its files end in; `extension` is what `dump` writes."""

    key: str
    name: Text
    suffixes: tuple[str, ...]
    extension: str

    def load(self, source: Path | bytes, *, name: str = "", progress: Progress = silent) -> Loaded:
        """The package and the account of how it was read; raises `ZujiError` where nothing can be.

        `progress` is told shares from 0 to 1; what it raises ends the reading (`zuji.formats.progress`).
        """
        with no_collections():
            return self._module().load(source, name=name, progress=progress)

    def dump(self, package: Package) -> Written:
        """The package as bytes of this format, and the account of what the format could not hold."""
        return self._module().dump(package)

    def _module(self) -> _Module:
        return cast("_Module", importlib.import_module(f"zuji.formats.{self.key}"))


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.key: one
        for one in (
            Format(
                key="ilcd",
                name=Text("ILCD / eILCD 数据包", "ILCD / eILCD package"),
                suffixes=(".zip", ".xml"),
                extension=".zip",
            ),
            Format(
                key="tidas",
                name=Text("TIDAS 数据包（天工 JSON）", "TIDAS package (TianGong JSON)"),
                suffixes=(".zip", ".json"),
                extension=".zip",
            ),
            Format(
                key="jsonld",
                name=Text("openLCA JSON-LD", "openLCA JSON-LD"),
                suffixes=(".zip", ".json"),
                extension=".zip",
            ),
            Format(
                key="ecospold1",
                name=Text("EcoSpold 1", "EcoSpold 1"),
                suffixes=(".zip", ".xml"),
                extension=".zip",
            ),
            Format(
                key="ecospold2",
                name=Text("EcoSpold 2", "EcoSpold 2"),
                suffixes=(".zip", ".spold", ".xml"),
                extension=".zip",
            ),
            Format(
                key="simapro",
                name=Text("SimaPro CSV", "SimaPro CSV"),
                suffixes=(".csv", ".txt"),
                extension=".csv",
            ),
        )
    }
)


def load(
    source: Path | bytes,
    *,
    format: str | None = None,  # noqa: A002
    name: str = "",
    progress: Progress = silent,
) -> Loaded:
    """Read an inventory package; `format` is a key of `FORMATS`, or None to tell by its content.

    `progress` is told shares of the reading from 0 to 1; what it raises ends it.
    Raises `FileRefused` for what is none of them or is unsafe, `InvalidInput` for an unknown format.
    """
    key = detect(open_archive(source, name=name)) if format is None else format
    return _format(key).load(source, name=name, progress=progress)


def dump(package: Package, format: str) -> Written:  # noqa: A002
    """Write a package in the format with that key; raises `InvalidInput` for an unknown one."""
    return _format(format).dump(package)


def detect(archive: Archive) -> str:
    """The key of the format an archive holds, told by its content and never by its name alone.

    Raises `FileRefused` where it holds none that can be read, or several at once.
    """
    found = {key for key in (_format_of(name, archive) for name in _sample(archive)) if key}
    if len(found) == 1:
        return found.pop()
    readable_zh = "、".join(one.name.zh for one in FORMATS.values())
    readable_en = ", ".join(one.name.en for one in FORMATS.values())
    place = Place(file=archive.name)
    if found:
        listed = ", ".join(sorted(found))
        raise FileRefused(
            problem(
                "several-formats",
                f"里面有几种格式的数据：{listed}",
                f"it holds data of several formats: {listed}",
                cure_zh="请指明要读哪一种，或分开打包",
                cure_en="say which one to read, or pack them separately",
                place=place,
            )
        )
    what, cure = _recognised(archive)
    raise FileRefused(
        problem(
            "unknown-format",
            what.zh,
            what.en,
            cure_zh=f"{cure.zh}；能读取的格式：{readable_zh}",
            cure_en=f"{cure.en}; what can be read: {readable_en}",
            place=place,
        )
    )


def _format(key: str) -> Format:
    if key not in FORMATS:
        raise InvalidInput(
            problem(
                "unknown-format",
                f"没有名为“{key}”的格式",
                f"there is no format “{key}”",
                cure_zh=f"请用其中之一：{'、'.join(FORMATS)}",
                cure_en=f"use one of {', '.join(FORMATS)}",
            )
        )
    return FORMATS[key]


def _sample(archive: Archive) -> Iterator[str]:
    """A few entries of every folder and suffix, without what packages carry beside their data."""
    seen: dict[tuple[str, str], int] = {}
    for name in archive.names:
        folder, _, file = name.rpartition("/")
        if _BESIDE & {part.lower() for part in folder.split("/")}:
            continue
        group = (folder, Path(file).suffix.lower())
        number = seen.get(group, 0)
        if number < _LOOKED_AT and (number or len(seen) < _FOLDERS):
            seen[group] = number + 1
            yield name


def _format_of(name: str, archive: Archive) -> str:
    """The format of one entry, or nothing where it is of none."""
    file = name.rpartition("/")[2].lower()
    if file in _JSONLD_MARKERS:
        return "jsonld"
    if not file.endswith((".xml", ".spold", ".json", ".csv", ".txt")) and len(archive) > 1:
        return ""
    content = archive.read(name)
    # UTF-16 shows as UTF-8 with a zero beside every sign
    head = content[:_HEAD].replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _SIMAPRO.search(head):
        return "simapro"
    stripped = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if stripped.startswith(b"<"):
        if spold := _ECOSPOLD.search(head):
            return f"ecospold{spold[1].decode()}"
        return "ilcd" if _ILCD.search(head) else ""
    if stripped.startswith(b"{"):
        if _TIDAS.search(stripped):
            return "tidas"
        return "jsonld" if _JSONLD.search(content[:_JSON_HEAD].replace(b"\0", b"")) else ""
    return ""


def _recognised(archive: Archive) -> tuple[Text, Text]:
    """What a file of no inventory format seems to be, and what its owner can do."""
    names = archive.names
    if any(name == "service.properties" or name.startswith("seg0/") for name in names):
        return (
            Text("这是 openLCA 数据库备份（.zolca）", "this is a backup of an openLCA database (.zolca)"),
            Text("请在 openLCA 中导出为 JSON-LD", "export it from openLCA as JSON-LD"),
        )
    if "[Content_Types].xml" in names:
        return (
            Text("这是 Office 文档（例如 Excel）", "this is an Office document such as Excel"),
            Text("企业清单请在产品页面上传", "upload a company's inventory on the page of its product"),
        )
    if names != (archive.name,) and names and all(name.lower().endswith(".zip") for name in names):
        return (
            Text("压缩包里只有压缩包", "the archive holds only archives"),
            Text("请先解压一层", "unpack it once"),
        )
    return (
        Text("不是能识别的清单数据格式", "it is of no inventory format that is known"),
        Text("请确认选对了文件", "check that it is the right file"),
    )
