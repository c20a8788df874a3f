"""EcoSpold 2 files, folders and archives as a package with its ledger."""

from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath

from lxml import etree

from zuji.errors import FileRefused, InvalidInput, Place, Problem, ZujiError, problem
from zuji.formats.archive import Archive, open_archive
from zuji.formats.ecospold2 import master
from zuji.formats.ecospold2.activity import provider_of, read_activity
from zuji.formats.ecospold2.census import Census
from zuji.formats.ecospold2.changes import restore
from zuji.formats.ecospold2.identity import give_uuids, identity
from zuji.formats.ecospold2.impacts import read_method
from zuji.formats.ecospold2.nodes import LANGUAGE, Node, append, content_of, extra, local
from zuji.formats.ecospold2.notes import FORMAT, Notes
from zuji.formats.ecospold2.registry import Registry
from zuji.formats.ecospold2.schema import NAMESPACE
from zuji.formats.progress import Progress, parts, silent, told
from zuji.formats.xml_tree import parse_xml
from zuji.model.lci.impacts import ImpactCategory, ImpactMethod
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.package import Loaded, Package
from zuji.model.lci.processes import Process
from zuji.model.lci.references import Extra, Kind
from zuji.model.lci.wording import Wording
from zuji.text import Text

_XML = (".spold", ".xml")
_DATASETS = ("activityDataset", "childActivityDataset")
ACTIVITY_ID = "activityDescription/activity/@id"
NAME_ID = "activityDescription/activity/@activityNameId"
MASTER = "MasterData/"


def load(source: Path | bytes, *, name: str = "", progress: Progress = silent) -> Loaded:
    """The package in a .spold file, a folder or a zip of them, with master data where there are some.

    A file that is no XML is dropped with row and column, the others are read. Raises `FileRefused` for an
    archive that is not opened, and `InvalidInput` where nothing in it is EcoSpold 2.
    """
    archive = open_archive(source, name=name)
    reading = _Reading(archive)
    # master data first: they say what the data sets only name
    order = sorted(archive.names, key=lambda each: "masterdata" not in each.lower())
    for each, own in parts(order, progress):
        reading.file(each, own)
    return reading.loaded(name or archive.name)


class _Reading:
    """One call of `load`: what is shared by its files, and what they gave."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._book = LedgerBook()
        self._census = Census(self._book)
        self._registry = Registry()
        self._processes: list[Process] = []
        self._methods: list[ImpactMethod] = []
        self._categories: list[ImpactCategory] = []
        self._names: list[str] = []
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
            if PurePosixPath(name).suffix.lower() not in _XML and not single:
                self._keep(name, content)
                return
            root = parse_xml(content, place)
        except (InvalidInput, FileRefused) as error:
            self._problems.append(error)
            first = next(iter(error))
            self._book.dropped(Kind.FILE, first.code, first.what, first.place)
            return
        if not self._take(root, Notes(self._book, place), progress):
            self._keep(name, content)
            return
        self._understood += 1
        self._book.mapped(Kind.FILE)

    def _keep(self, name: str, content: bytes) -> None:
        self._files.append((name, content))
        self._book.mapped(Kind.FILE)

    def _take(self, root: etree._Element, notes: Notes, progress: Progress) -> bool:
        kind = local(str(root.tag))
        if kind in master.ROOTS:
            file = MASTER + master.FILES[master.ROOTS[kind]][0]
            self._extras += [
                Extra(FORMAT, f"{file}/@{key}", str(value)) for key, value in root.attrib.items()
            ]
            for child in self._prepared(root, notes):
                self._entry(child, notes, file)
            return True
        if kind != "ecoSpold" or "EcoSpold01" in str(root.tag):
            return False
        found = self._prepared(root, notes)
        for node in found:
            if node.kind == "usedUserMasterData":
                for entry in node.nodes:
                    self._entry(entry, notes, "usedUserMasterData")
        for node in told(found, progress):
            if node.kind in _DATASETS:
                self._activity(node, Notes(self._book, notes.place))
            elif node.kind == "impactMethod":
                self._method(node, notes)
            elif node.kind != "usedUserMasterData":
                content = content_of(node.element)
                self._extras += notes.kept((Extra(FORMAT, f"ecoSpold/{node.kind}", content),))
        return bool(found)

    def _prepared(self, root: etree._Element, notes: Notes) -> list[Node]:
        """What stands in a file, with what writing changed undone, and every id a UUID."""
        found = []
        for child in root:
            if local(str(child.tag)) in _DATASETS and restore(child):
                notes.detail(
                    "changed-since",
                    "写入时调整过的内容后来被修改，按修改后的读取",
                    "what was fitted to the schema when it was written has been edited since; read as edited",
                )
            node = Node(child)
            if give_uuids(node.within()):
                notes.detail(
                    "id-not-uuid",
                    "有不是 UUID 的标识，已换成由其生成的 UUID",
                    "ids that are no UUIDs were replaced by UUIDs made from them",
                )
            found.append(node)
        return found

    def _entry(self, node: Node, notes: Notes, place: str) -> None:
        self._census.master(node.kind, node.seen("id"))
        if node.kind == "activityName":
            self._names.append(content_of(node.element))
        elif not master.read_entry(node, self._registry, notes):
            self._extras += notes.kept((Extra(FORMAT, place, content_of(node.element)),))

    def _method(self, node: Node, notes: Notes) -> None:
        self._book.read(Kind.IMPACT_METHOD)
        method, categories = read_method(node, self._registry, notes)
        self._methods.append(method)
        self._categories += categories
        self._book.mapped(Kind.IMPACT_METHOD)

    def _activity(self, node: Node, notes: Notes) -> None:
        self._book.read(Kind.PROCESS)
        numbers = self._census.data_set(node.within())
        inner = next((str(child.tag) for child in node.element), "")
        process = read_activity(node, self._registry, notes, inner[1:].partition("}")[0])
        for kind, number in numbers.items():
            for _ in range(number - notes.told[kind]):
                self._book.dropped(
                    kind,
                    "misplaced",
                    Text(
                        "位置不合格式，按原样保留但不使用",
                        "it stands where it does not belong; kept, not used",
                    ),
                    notes.place,
                )
        if process.heading.id:
            self._book.mapped(Kind.PROCESS)
        else:
            name = str(process.heading.name)
            process = replace(
                process, heading=replace(process.heading, id=identity("activity", name, process.location))
            )
            self._book.defaulted(
                Kind.PROCESS,
                "id-from-name",
                Text(
                    "活动没有标识，由名称和地点生成",
                    "the activity has no id; one was made from name and place",
                ),
                notes.place,
            )
        self._processes.append(process)

    def loaded(self, name: str) -> Loaded:
        """The package, once all files are read."""
        if not self._understood:
            if self._problems:
                raise self._problems[0]
            raise InvalidInput(_nothing(self._archive.place(next(iter(self._archive.names), ""))))
        processes = _identified(self._processes, Notes(self._book, Place()))
        for kind, found in (
            (Kind.FLOW, self._registry.flows),
            (Kind.UNIT_GROUP, self._registry.units),
            (Kind.FLOW_PROPERTY, self._registry.properties),
            (Kind.CONTACT, self._registry.contacts),
            (Kind.SOURCE, self._registry.sources),
            (Kind.LOCATION, self._registry.locations),
        ):
            self._census.settle(kind, found)
        known = {activity_name(process) for process in processes}
        names = [
            Extra(FORMAT, f"{MASTER}ActivityNames.xml", each) for each in self._names if each not in known
        ]
        package = Package(
            name=name,
            processes=processes,
            flows=self._registry.packaged_flows(),
            flow_properties=self._registry.packaged_properties(),
            unit_groups=self._registry.packaged_groups(),
            impact_methods=tuple(self._methods),
            impact_categories=tuple(self._categories),
            sources=tuple(self._registry.sources.values()),
            contacts=self._registry.packaged_contacts(),
            locations=tuple(self._registry.locations.values()),
            files=tuple(self._files),
            extras=tuple(sorted((*self._extras, *names), key=lambda each: each.place)),
        )
        return Loaded(package=package, ledger=self._book.ledger(), format=FORMAT)


def activity_name(process: Process) -> str:
    """The entry of the master data for the name of an activity."""
    identifier = extra(process.extras, FORMAT, NAME_ID) or identity(
        "activity name", str(process.heading.name)
    )
    element = etree.Element(f"{{{NAMESPACE}}}activityName", id=identifier)
    for language, text in process.heading.name:
        append(element, "name", text).set(LANGUAGE, language)
    return content_of(element)


def _identified(processes: list[Process], notes: Notes) -> tuple[Process, ...]:
    """Processes under ids of their own, with their providers by those ids.

    Allocated data sets share the id of their activity; theirs is made from activity and product.
    """
    counts = Counter(process.heading.id for process in processes)
    owners: dict[tuple[str, str], str] = {}
    named: list[Process] = []
    names: dict[str, Wording] = {}
    for process in processes:
        activity = process.heading.id
        product = next((each.flow.id for each in process.exchanges if each.reference), "")
        identifier = activity if counts[activity] == 1 else identity("data set", activity, product)
        owners[activity, "" if counts[activity] == 1 else product] = identifier
        names[identifier] = process.heading.name
        named.append(process if identifier == activity else _renamed(process, identifier))
    for (identifier, version), number in Counter(process.heading.identity for process in named).items():
        if number > 1:
            notes.detail(
                "data-set-twice",
                "同一活动和产品的数据集出现多次，都已保留",
                "the same activity and product occurs more than once; all are kept",
                field=f"{identifier} {version}",
            )
    linked = []
    for process in named:
        exchanges = tuple(provider_of(exchange, owners, names) for exchange in process.exchanges)
        lost = sum(
            exchange.provider is not None and exchange.provider.id not in names for exchange in exchanges
        )
        if lost:
            notes.detail(
                "provider-elsewhere",
                "活动链接指向包外的数据集",
                "an activity link leads to a data set that is not in the package",
                field=str(process.heading.name),
            )
        linked.append(replace(process, exchanges=exchanges))
    return tuple(linked)


def _renamed(process: Process, identifier: str) -> Process:
    return replace(
        process,
        heading=replace(process.heading, id=identifier),
        extras=(Extra(FORMAT, ACTIVITY_ID, process.heading.id), *process.extras),
    )


def _nothing(place: Place) -> Problem:
    return problem(
        "not-ecospold2",
        "文件里没有 EcoSpold 2 数据集",
        "there is no EcoSpold 2 data set in it",
        cure_zh="请确认格式：EcoSpold 2 文件的扩展名通常是 .spold",
        cure_en="check the format; files of EcoSpold 2 usually end in .spold",
        place=place,
    )
