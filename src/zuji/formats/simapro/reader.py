"""Reading: one CSV file, or a zip or folder of several, as one package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zuji.errors import FileRefused, InvalidInput, Place, problem
from zuji.formats.archive import open_archive
from zuji.formats.progress import Progress, part, silent, told
from zuji.formats.simapro import words
from zuji.formats.simapro.account import Item
from zuji.formats.simapro.blocks import Block, blocks_of, count
from zuji.formats.simapro.catalogue import Catalogue
from zuji.formats.simapro.identity import category_of, extra, id_of, rows_extra, wording
from zuji.formats.simapro.methods import MethodReader
from zuji.formats.simapro.numbers import number_in
from zuji.formats.simapro.parameters import read_parameters
from zuji.formats.simapro.processes import People, named, read_process
from zuji.formats.simapro.spreading import spread_factors
from zuji.formats.simapro.table import Header, read_table
from zuji.formats.simapro.units import Units
from zuji.model.lci.impacts import ImpactCategory, ImpactMethod
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.package import Loaded, Package
from zuji.model.lci.processes import Parameter, Process
from zuji.model.lci.publications import Source
from zuji.model.lci.references import Extra, Heading, Kind

HEADER = "header"
SCOPE = "scope"
"""Place of the extra that says of which block a parameter is."""
BLOCK = "block:"
"""Begins the place of an unknown block's rows."""
REST = "rest"


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    header: Header
    blocks: tuple[Block, ...]


def load(source: Path | bytes, *, name: str = "", progress: Progress = silent) -> Loaded:
    """The package and the account of a SimaPro CSV file, or of a zip or folder with such files.

    Other files beside them are kept as they are. Raises `FileRefused` for unsafe archives and those without
    any such file, `InvalidInput` where a file has no header at all or a quotation mark is never closed;
    everything else that is wrong is told in the ledger.
    """
    archive = open_archive(source, name=name)
    book = LedgerBook()
    files: list[_File] = []
    beside: list[tuple[str, bytes]] = []
    for entry in told(archive.names, part(progress, 0.0, 0.3)):
        content = archive.read(entry)
        if len(archive) > 1 and not _is_simapro(entry, content):
            beside.append((entry, content))
            book.read(Kind.FILE)
            book.mapped(Kind.FILE)
            continue
        place = archive.place(entry)
        header, rows = read_table(content, place.file)
        if not header.found:
            raise _no_header(place)
        files.append(_File(place.file, header, tuple(blocks_of(rows))))
        _note_header(header, book, place)
    if not files:
        raise _no_csv(archive.name)
    count([block for file in files for block in file.blocks], book)
    package = _Reading(files, book, part(progress, 0.3, 0.95)).package()
    first = next((file.header.project for file in files if file.header.project), "")
    package = replace(package, name=name or first or Path(archive.name).stem, files=tuple(beside))
    return Loaded(package=spread_factors(package), ledger=book.ledger(), format=words.FORMAT)


def _is_simapro(entry: str, content: bytes) -> bool:
    head = content[:400].replace(b"\0", b"").lower()
    return entry.lower().endswith((".csv", ".txt")) and b"{simapro" in head


def _no_header(place: Place) -> InvalidInput:
    return InvalidInput(
        problem(
            "simapro.header",
            "文件开头没有 {SimaPro …} 这样的说明行",
            "the file does not begin with lines such as {SimaPro …}",
            cure_zh="请从 SimaPro 重新导出为 CSV",
            cure_en="export it again from SimaPro as CSV",
            place=place,
        )
    )


def _no_csv(name: str) -> FileRefused:
    return FileRefused(
        problem(
            "simapro.nothing",
            "里面没有 SimaPro CSV 文件（以 {SimaPro …} 开头的 .csv 或 .txt）",
            "there is no SimaPro CSV file in it (.csv or .txt that begins with {SimaPro …})",
            cure_zh="请选择从 SimaPro 导出的 CSV，或装有它的 zip 或文件夹",
            cure_en="choose a CSV exported from SimaPro, or a zip or folder that holds one",
            place=Place(file=name),
        )
    )


def _note_header(header: Header, book: LedgerBook, place: Place) -> None:
    book.read(Kind.FILE)
    item = Item(book, Kind.FILE, place)
    if header.missing:
        listed = ", ".join(header.missing)
        item.default(
            "simapro.header.missing",
            f"文件头缺少：{listed}；已从内容推断",
            f"the header lacks {listed}; what they say was told from the content",
        )
    item.settle()


class _Reading:
    """All files of one source; what others refer to is read first, whatever the order in the files."""

    def __init__(self, files: Sequence[_File], book: LedgerBook, progress: Progress) -> None:
        self._files = files
        self._book = book
        self._progress = progress
        self._units = Units()
        self._catalogue = Catalogue(self._units)
        self._people = People()

    def package(self) -> Package:
        self._read_units()
        self._read_substances()
        parameters, given = self._read_parameters()
        processes = self._read_processes(given)
        methods, categories = self._read_methods()
        sources, extras = self._read_others()
        return Package(
            processes=processes,
            flows=self._catalogue.flows(),
            flow_properties=self._units.flow_properties(),
            unit_groups=self._units.unit_groups(),
            impact_methods=methods,
            impact_categories=categories,
            sources=sources,
            contacts=self._people.contacts(),
            parameters=parameters,
            extras=(*self._headers(), *extras),
        )

    def _blocks(self, *kinds: str) -> list[tuple[_File, Block]]:
        return [(file, block) for file in self._files for block in file.blocks if block.kind in kinds]

    def _rows(self, kind: str) -> list[tuple[_File, Place, tuple[str, ...]]]:
        return [
            (file, Place(file=file.name, row=row.number, column=kind, field=row.cell(0)), row.cells)
            for file, block in self._blocks(kind)
            for section in block.sections
            for row in section.rows
        ]

    def _read_units(self) -> None:
        for _, place, cells in self._rows(words.QUANTITIES):
            self._units.learn_quantity(cells[0], cells[1] if len(cells) > 1 else "Yes")
            Item(self._book, Kind.FLOW_PROPERTY, place).settle()
        groups: dict[str, Item] = {}
        for file, place, cells in self._rows(words.UNITS):
            name, quantity, factor, reference = (*cells, "", "", "")[:4]
            item = groups.setdefault(quantity, Item(self._book, Kind.UNIT_GROUP, place))
            number = number_in(factor, file.header.dialect)
            if number is None or number <= 0:
                item.default(
                    "simapro.unit.factor",
                    "有单位没有换算系数，未收入",
                    "a unit has no factor to convert by; it is left out",
                    place,
                )
            elif not self._units.learn_unit(name, quantity, number, reference):
                item.default(
                    "simapro.unit.twice",
                    "有单位出现两次且含义不同，以第一个为准",
                    "a unit occurs twice with different meanings; the first one counts",
                    place,
                )
        for item in groups.values():
            item.settle()

    def _read_substances(self) -> None:
        for kind, compartment in words.SUBSTANCE_BLOCKS.items():
            for _, place, cells in self._rows(kind):
                item = Item(self._book, Kind.FLOW, place)
                name, unit, cas, comment = (*cells, "", "", "")[:4]
                if not self._catalogue.list_substance(compartment, name, unit, cas, comment, cells[4:]):
                    item.remark(
                        "simapro.substance.twice",
                        "物质重复列出，以第一行为准",
                        "the substance is listed twice; the first row counts",
                    )
                item.settle()

    def _read_parameters(self) -> tuple[tuple[Parameter, ...], dict[str, float]]:
        """Those of the database, then those of the project, which may use and hide them."""
        found: list[Parameter] = []
        given: dict[str, float] = {}
        for scope in ("Database", "Project"):
            for file in self._files:
                sections = [
                    section
                    for kind in (f"{scope} Input parameters", f"{scope} Calculated parameters")
                    for block in file.blocks
                    if block.kind == kind
                    for section in block.sections
                ]
                parameters, given = read_parameters(
                    sections,
                    given,
                    file.header.dialect,
                    self._book,
                    Place(file=file.name),
                    (extra(SCOPE, scope),),
                )
                found.extend(parameters)
        return tuple(found), given

    def _read_processes(self, given: Mapping[str, float]) -> tuple[Process, ...]:
        taken: set[str] = set()
        sources = [
            named(block, file.name, file.header.dialect, self._catalogue, taken)
            for file, block in self._blocks(words.PROCESS, words.STAGE)
        ]
        return tuple(
            read_process(source, self._catalogue, self._people, given, self._book)
            for source in told(sources, self._progress)
        )

    def _read_methods(self) -> tuple[tuple[ImpactMethod, ...], tuple[ImpactCategory, ...]]:
        methods: list[ImpactMethod] = []
        categories: list[ImpactCategory] = []
        for file, block in self._blocks(words.METHOD):
            reader = MethodReader(block, self._catalogue, file.header.dialect, self._book, file.name)
            method, found = reader.read()
            methods.append(method)
            categories.extend(found)
        return tuple(methods), tuple(categories)

    def _read_others(self) -> tuple[tuple[Source, ...], tuple[Extra, ...]]:
        """Literature, and every block that is no noun of the model, kept as it is written."""
        sources: list[Source] = []
        extras: list[Extra] = []
        for file in self._files:
            for block in file.blocks:
                place = Place(file=file.name, row=block.number, column=block.kind)
                if block.kind == words.LITERATURE:
                    sources.append(_source(block))
                    Item(self._book, Kind.SOURCE, place).settle()
                elif block.kind == words.SYSTEM or not block.known:
                    item = Item(self._book, Kind.FIELD, place)
                    if not block.known:
                        item.remark(
                            "simapro.block.unknown",
                            "这一段不在已知的格式中，已原样保留",
                            "the format as known has no such block; it is kept as written",
                        )
                    extras.append(rows_extra(BLOCK + block.kind, _kept_rows(block)))
                    item.settle()
        return tuple(sources), tuple(extras)

    def _headers(self) -> tuple[Extra, ...]:
        """The lines in braces of each file, without what writing decides anew; equal ones once."""
        found = {
            rows_extra(HEADER, [(file.header.version, file.header.kind, *file.header.others)]): None
            for file in self._files
        }
        return tuple(found)


def _source(block: Block) -> Source:
    name = block.text("Name")
    held = {"Name", "Documentation link", "Category", "Description"}
    return Source(
        heading=Heading(
            id=id_of("source", name), name=wording(name), categories=category_of(block.text("Category"))
        ),
        citation=block.text("Description"),
        url=block.text("Documentation link"),
        extras=tuple(rows_extra(each.label, each.rows) for each in block.sections if each.label not in held),
    )


def _kept_rows(block: Block) -> list[tuple[str, ...]]:
    """The rows of a block as they stand, with an empty one before each label."""
    rows: list[tuple[str, ...]] = []
    for section in block.sections:
        if section.label != block.kind:
            rows.extend(((), (section.label,)))
        rows.extend(row.cells for row in section.rows)
    return rows
