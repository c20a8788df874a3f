"""EcoSpold 1 files, folders and archives as a package with its ledger."""

from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from lxml import etree

from zuji.errors import FileRefused, InvalidInput, Place, Problem, ZujiError, problem
from zuji.formats.archive import Archive, open_archive
from zuji.formats.ecospold1.census import Census
from zuji.formats.ecospold1.datasets import DatasetDraft, read_dataset
from zuji.formats.ecospold1.exchanges import FlowKey
from zuji.formats.ecospold1.impacts import methods_of, read_category
from zuji.formats.ecospold1.words import FORMAT
from zuji.formats.ecospold2.changes import restore
from zuji.formats.ecospold2.identity import identity
from zuji.formats.ecospold2.nodes import Node, content_of, extra, local
from zuji.formats.ecospold2.notes import Notes
from zuji.formats.ecospold2.registry import Registry
from zuji.formats.progress import Progress, parts, silent, told
from zuji.formats.xml_tree import parse_xml
from zuji.model.lci.impacts import ImpactCategory
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.package import Loaded, Package
from zuji.model.lci.processes import Exchange, Process
from zuji.model.lci.publications import Location
from zuji.model.lci.references import Extra, Heading, Kind
from zuji.model.lci.wording import Wording
from zuji.text import Text

NUMBER = "@number"
_Numbered = TypeVar("_Numbered", Process, ImpactCategory)


def load(source: Path | bytes, *, name: str = "", progress: Progress = silent) -> Loaded:
    """The package in an EcoSpold 1 file, a folder or a zip of them.

    A file that is no XML is dropped with row and column, the others are read. Raises `FileRefused` for an
    archive that is not opened, and `InvalidInput` where nothing in it is EcoSpold 1.
    """
    archive = open_archive(source, name=name)
    reading = _Reading(archive)
    for each, own in parts(archive.names, progress):
        reading.file(each, own)
    return reading.loaded(name or archive.name)


class _Reading:
    """One call of `load`: what is shared by its files, and what they gave."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._book = LedgerBook()
        self._census = Census(self._book)
        self._registry = Registry()
        self._drafts: list[DatasetDraft] = []
        self._categories: list[ImpactCategory] = []
        self._extras: list[Extra] = []
        self._files: list[tuple[str, bytes]] = []
        self._problems: list[ZujiError] = []
        self._understood = 0

    def file(self, name: str, progress: Progress) -> None:
        """Reads one entry of the archive."""
        self._book.read(Kind.FILE)
        place = self._archive.place(name)
        single = len(self._archive) == 1
        try:
            content = self._archive.read(name)
            if PurePosixPath(name).suffix.lower() not in (".xml", ".spold") and not single:
                self._files.append((name, content))
                self._book.mapped(Kind.FILE)
                return
            root = parse_xml(content, place)
        except (InvalidInput, FileRefused) as error:
            self._problems.append(error)
            first = next(iter(error))
            self._book.dropped(Kind.FILE, first.code, first.what, first.place)
            return
        if self._take(root, place, progress):
            self._understood += 1
        else:
            self._files.append((name, content))
        self._book.mapped(Kind.FILE)

    def _take(self, root: etree._Element, place: Place, progress: Progress) -> bool:
        namespace = str(root.tag)[1:].partition("}")[0] if str(root.tag).startswith("{") else ""
        named = "EcoSpold01" in namespace or not namespace
        if local(str(root.tag)) != "ecoSpold" or not named or namespace.endswith("Elementary"):
            return False
        sets = [child for child in root if local(str(child.tag)) == "dataset"]
        if not sets:
            return False
        for key, value in root.attrib.items():
            if key in ("validationId", "validationStatus"):
                self._extras.append(Extra(FORMAT, f"ecoSpold/@{key}", str(value)))
        for child in told(list(root), progress):
            notes = Notes(self._book, place)
            name = local(str(child.tag))
            if name != "dataset" and name.startswith("{"):
                self._extras += notes.kept((Extra(FORMAT, f"ecoSpold/{name}", content_of(child)),))
            elif name != "dataset":
                notes.lost(
                    Kind.FIELD,
                    "unknown-element",
                    "数据集之外的未知元素，未保留",
                    "an unknown element outside the data sets; it was not kept",
                    name,
                )
            else:
                self._dataset(child, notes, impact=namespace.endswith("Impact"))
        return True

    def _dataset(self, element: etree._Element, notes: Notes, *, impact: bool) -> None:
        kind = Kind.IMPACT_CATEGORY if impact else Kind.PROCESS
        self._book.read(kind)
        if restore(element):
            notes.detail(
                "changed-since",
                "写入时调整过的内容后来被修改，按修改后的读取",
                "what was fitted to the schema when it was written has been edited since; read as edited",
            )
        numbers = self._census.data_set(element, impact=impact)
        if impact:
            self._categories.append(read_category(Node(element), self._registry, notes))
        else:
            self._drafts.append(read_dataset(Node(element), self._registry, notes))
        for item, number in numbers.items():
            for _ in range(number - notes.told[item]):
                self._book.dropped(
                    item,
                    "misplaced",
                    Text(
                        "位置不合格式，按原样保留但不使用",
                        "it stands where it does not belong; kept, not used",
                    ),
                    notes.place,
                )
        self._book.mapped(kind)

    def loaded(self, name: str) -> Loaded:
        """The package, once all files are read."""
        if not self._understood:
            if self._problems:
                raise self._problems[0]
            raise InvalidInput(_nothing(self._archive.place(next(iter(self._archive.names), ""))))
        notes = Notes(self._book, Place())
        self._settle_products()
        self._categories = list(_numbered(self._categories, notes))
        processes = _numbered(_identified(self._drafts), notes)
        places = dict.fromkeys(
            place
            for process in processes
            for place in (process.location, *(exchange.location for exchange in process.exchanges))
            if place
        )
        places |= dict.fromkeys(
            factor.location for each in self._categories for factor in each.factors if factor.location
        )
        self._census.settle(Kind.UNIT_GROUP, [unit.name for unit in self._registry.units.values()])
        self._census.settle(Kind.LOCATION, places)
        self._census.settle_number(Kind.CONTACT, len(self._registry.contacts))
        self._census.settle_number(Kind.SOURCE, len(self._registry.sources))
        package = Package(
            name=name,
            processes=processes,
            flows=self._registry.packaged_flows(),
            flow_properties=self._registry.packaged_properties(),
            unit_groups=self._registry.packaged_groups(),
            impact_methods=methods_of(self._categories),
            impact_categories=tuple(self._categories),
            sources=tuple(self._registry.sources.values()),
            contacts=tuple(self._registry.contacts.values()),
            locations=tuple(
                Location(heading=Heading(id=identity("geography", code), name=Wording.of(code)), code=code)
                for code in places
            ),
            files=tuple(self._files),
            extras=tuple(dict.fromkeys(self._extras)),
        )
        return Loaded(package=package, ledger=self._book.ledger(), format=FORMAT)

    def _settle_products(self) -> None:
        """Inputs that name a product without its place or category get the only product they can mean."""
        supplied: dict[tuple[str, str], list[FlowKey]] = {}
        for draft in self._drafts:
            for key, exchange in zip(draft.keys, draft.process.exchanges, strict=True):
                if exchange.reference and key not in supplied.setdefault((key.name, key.unit), []):
                    supplied[key.name, key.unit].append(key)
        made = {key.id for keys in supplied.values() for key in keys}
        meant: dict[str, str] = {}
        for draft in self._drafts:
            for key in draft.keys:
                if not key.elementary and key.id not in made and key.id not in meant:
                    found = {each.id for each in supplied.get((key.name, key.unit), []) if key.may_be(each)}
                    if len(found) == 1:
                        meant[key.id] = found.pop()
        self._book.read(Kind.FLOW, len(self._registry.flows))
        self._book.mapped(Kind.FLOW, len(self._registry.flows) - len(meant))
        for old, new in meant.items():
            self._book.remarked(
                Kind.FLOW,
                "product-completed",
                Text(
                    "投入没有写明产品的地点或类别，取唯一相符的产品",
                    "an input leaves out the place or category of its product; the only match was taken",
                ),
                Place(field=str(self._registry.flows[old].name)),
            )
            twin, gone = self._registry.flows[new], self._registry.flows.pop(old)
            twin.cas, twin.formula = twin.cas or gone.cas, twin.formula or gone.formula
        for draft in self._drafts:
            draft.process = replace(
                draft.process,
                exchanges=tuple(_renamed(exchange, meant) for exchange in draft.process.exchanges),
            )


def _renamed(exchange: Exchange, meant: dict[str, str]) -> Exchange:
    target = meant.get(exchange.flow.id)
    return exchange if target is None else replace(exchange, flow=replace(exchange.flow, id=target))


def _identified(drafts: list[DatasetDraft]) -> list[Process]:
    """Processes with ids made from their words; where those repeat, from their order too."""
    met: Counter[tuple[str, ...]] = Counter()
    processes = []
    for draft in drafts:
        words = (*draft.identity, draft.process.location)
        met[words] += 1
        order = () if met[words] == 1 else (str(met[words]),)
        heading = replace(draft.process.heading, id=identity("process", *words, *order))
        processes.append(replace(draft.process, heading=heading))
    return processes


def _numbered(processes: list[_Numbered], notes: Notes) -> tuple[_Numbered, ...]:
    """Every data set keeps its number where that is its own, and gets a new one otherwise."""
    stated = [extra(process.extras, FORMAT, NUMBER) for process in processes]
    largest = max((int(each) for each in stated if _is_number(each)), default=0)
    used: set[str] = set()
    numbered: list[_Numbered] = []
    for process, number in zip(processes, stated, strict=True):
        if not _is_number(number) or number in used:
            largest += 1
            own = str(largest)
            notes.filled(
                "number-given",
                "数据集没有编号或编号重复，已给出新编号",
                "the data set had no number, or one that occurs twice; it got a new one",
                str(process.heading.name),
            )
            others: list[Extra] = [
                each for each in process.extras if (each.format, each.place) != (FORMAT, NUMBER)
            ]
            extras = sorted([Extra(FORMAT, NUMBER, own), *others], key=lambda each: each.place)
            numbered.append(replace(process, extras=tuple(extras)))
        else:
            own = number
            numbered.append(process)
        used.add(own)
    return tuple(numbered)


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 10 and int(text) > 0 and str(int(text)) == text


def _nothing(place: Place) -> Problem:
    return problem(
        "not-ecospold1",
        "文件里没有 EcoSpold 1 数据集",
        "there is no EcoSpold 1 data set in it",
        cure_zh="请确认格式：EcoSpold 1 是 .xml 文件，根元素为 ecoSpold",
        cure_en="check the format; EcoSpold 1 is an .xml file with the root ecoSpold",
        place=place,
    )
