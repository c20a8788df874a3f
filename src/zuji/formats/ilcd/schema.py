"""What the schema says of a package: a report, never a gate."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from zuji.errors import Place, Problem, ZujiError, problem
from zuji.formats.archive import open_archive
from zuji.formats.ilcd.names import DataSetKind, kind_of
from zuji.formats.xml_tree import parse_xml

_SETS = (("tidas_tools", "eilcd/schemas"), ("pyeilcd", "schemas"))
"""Installable packages that ship the schemas, each with the folder they lie in."""


def check(source: Path | bytes, *, name: str = "") -> tuple[Problem, ...]:
    """Every mistake of every data set against the schemas of ILCD 1.1 and eILCD, with its line.

    The schemas are not part of this product: a package that ships them has to be installed. Where none is,
    that is the only problem reported. Nothing is fetched from a network.
    """
    folder = schemas()
    if folder is None:
        return (_no_schemas(name),)
    archive = open_archive(source, name=name)
    found: list[Problem] = []
    for entry in archive.names:
        if not entry.lower().endswith(".xml"):
            continue
        place = archive.place(entry)
        try:
            root = parse_xml(archive.read(entry), place)
        except ZujiError as error:
            found += error.problems
            continue
        kind = kind_of(str(root.tag))
        if kind is not None:
            found += mistakes(root, kind, place, folder)
    return tuple(found)


def schemas() -> Path | None:
    """The folder with the schemas, if a package that ships them is installed."""
    for module, folder in _SETS:
        spec = find_spec(module)
        for location in (spec.submodule_search_locations or ()) if spec else ():
            path = Path(location) / folder
            if (path / "ILCD_ProcessDataSet.xsd").is_file():
                return path
    return None


def mistakes(root: etree._Element, kind: DataSetKind, place: Place, folder: Path) -> tuple[Problem, ...]:
    """What the schema says of one data set."""
    schema = _schema(folder, kind.structure)
    if schema.validate(root):
        return ()
    return tuple(
        problem(
            "ilcd.schema",
            f"不符合 ILCD 模式：{entry.message}",
            f"not valid against the ILCD schema: {entry.message}",
            cure_zh="不影响读取；重新写出的文件符合模式",
            cure_en="it is read all the same; written again it is valid",
            place=Place(file=place.file, row=entry.line),
        )
        for entry in schema.error_log
    )


@cache
def _schema(folder: Path, structure: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(_Local(folder))
    return etree.XMLSchema(etree.parse(folder / f"ILCD_{structure}DataSet.xsd", parser))


class _Local(etree.Resolver):
    """Schemas import each other and xml.xsd; whatever address they name, the folder's own file is used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def resolve(self, url: str, _public_id: str, context: object) -> object:  # type: ignore[override]
        path = self._folder / url.rpartition("/")[2]
        if path.is_file():
            return self.resolve_filename(str(path), context)
        return self.resolve_string("", context)


def _no_schemas(name: str) -> Problem:
    return problem(
        "ilcd.no-schemas",
        "没有安装 ILCD 模式文件，无法检查",
        "no set of ILCD schemas is installed, so nothing can be checked",
        cure_zh="请安装带有这些模式的软件包，例如 tidas-tools",
        cure_en="install a package that ships them, such as tidas-tools",
        place=Place(file=name),
    )
