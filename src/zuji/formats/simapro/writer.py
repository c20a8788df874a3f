"""Writing: a package of any format as one CSV file, with an account of what SimaPro cannot hold."""

from collections.abc import Iterator, Sequence

from zuji.errors import Place
from zuji.formats.simapro import words
from zuji.formats.simapro.account import Item
from zuji.formats.simapro.exchanges_out import Lexicon, path_of
from zuji.formats.simapro.expressions_out import parameter_rows
from zuji.formats.simapro.identity import content_of, rows_of
from zuji.formats.simapro.labels import Labels
from zuji.formats.simapro.measures import Measures
from zuji.formats.simapro.methods_out import MethodWriter
from zuji.formats.simapro.places import spot_of
from zuji.formats.simapro.processes_out import ProcessWriter, Rows, enter_parameters
from zuji.formats.simapro.reader import BLOCK, HEADER, SCOPE
from zuji.formats.simapro.table import written_row
from zuji.formats.simapro.words import Compartment
from zuji.model.lci.flows import FlowType
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.package import Package, Written
from zuji.model.lci.processes import Direction
from zuji.model.lci.publications import Source
from zuji.model.lci.references import Kind, Ref
from zuji.text import Text

_VERSION = "9.0.0.0"
_USUAL = (
    "CSV Format version: 9.0.0",
    "Date separator: .",
    "Short date format: dd.MM.yyyy",
    "Export platform IDs: Yes",
    "Skip empty fields: No",
    "Convert expressions to constants: No",
    "Related objects (system descriptions, substances, units, etc.): Yes",
    "Include sub product stages and processes: Yes",
)


def dump(package: Package) -> Written:
    """One CSV file with semicolons and decimal points; the same package always gives the same bytes.

    Windows-1252 where every character fits, else UTF-8 with a byte order mark.
    """
    book = LedgerBook()
    rows = [written_row(row) for row in _Writing(package, book).rows()]
    text = "\r\n".join([*_header(package), "", *rows, ""])
    try:
        content = text.encode("cp1252")
        # a reader tells UTF-8 by its being valid; what is valid by accident must say what it is
        if not text.isascii() and _valid_utf8(content):
            content = text.encode("utf-8-sig")
    except UnicodeEncodeError:
        content = text.encode("utf-8-sig")
    return Written(content=content, ledger=book.ledger())


def _valid_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _header(package: Package) -> list[str]:
    kept = rows_of(content_of(package.extras, HEADER))
    if kept and len(kept[0]) >= 2:
        version, kind, *others = kept[0]
    else:
        stages = any(content_of(each.extras, "block") == words.STAGE for each in package.processes)
        methods = bool(package.impact_categories) and not package.processes
        version = _VERSION
        kind = "methods" if methods else "product stages" if stages else "processes"
        others = list(_USUAL)
    lead = 0
    while lead < len(others) and others[lead].startswith(("Date:", "Time:")):
        lead += 1
    project = " ".join(package.name.replace("{", "(").replace("}", ")").split())
    lines = [
        f"SimaPro {version}".strip(),
        kind,
        *others[:lead],
        f"Project: {project}",
        "CSV separator: Semicolon",
        "Decimal separator: .",
        *others[lead:],
    ]
    return [f"{{{line}}}" for line in lines]


class _Writing:
    def __init__(self, package: Package, book: LedgerBook) -> None:
        self._package = package
        self._book = book
        self._flows = {flow.heading.id: flow for flow in package.flows}
        self._measures = Measures(package)
        self._lexicon = Lexicon(self._flows, Labels(package), self._measures)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Everything after the header, in the order that SimaPro writes."""
        parameters, given = self._parameters()
        sources = {source.heading.id: source for source in self._package.sources}
        writer = ProcessWriter(self._lexicon, sources, given, self._book)
        for process in self._package.processes:
            yield from writer.rows(process)
        for block in MethodWriter(self._package, self._flows, self._measures, self._book).rows():
            yield from block
        yield from self._units()
        yield from self._substances()
        for source in self._package.sources:
            yield from self._literature(source)
        yield from parameters
        yield from self._kept_blocks()
        self._say_what_is_lost()

    def _parameters(self) -> tuple[Rows, dict[str, float]]:
        rows: Rows = []
        given: dict[str, float] = {}
        for scope in ("Database", "Project"):
            found = tuple(
                each
                for each in self._package.parameters
                if (content_of(each.extras, SCOPE) or "Project") == scope
            )
            ours = bool(found) and all(content_of(each.extras, SCOPE) for each in found)
            written = parameter_rows(found, given, ours=ours)
            enter_parameters(found, written, self._book, Place(line=scope))
            given = written.names
            for label, block in (("Input", written.inputs), ("Calculated", written.calculated)):
                rows.extend(_block(f"{scope} {label} parameters", block))
        return rows, given

    def _units(self) -> Iterator[tuple[str, ...]]:
        self._book.read(Kind.FLOW_PROPERTY, len(self._package.flow_properties))
        for property_ in self._package.flow_properties:
            item = Item(self._book, Kind.FLOW_PROPERTY, Place(field=str(property_.heading.name)))
            if not self._measures.shown(property_):
                item.default(
                    "simapro.quantity",
                    "SimaPro 中共用单位的流属性是同一个计量量",
                    "flow properties that share their units are one quantity in SimaPro",
                )
            item.settle()
        self._book.read(Kind.UNIT_GROUP, len(self._package.unit_groups))
        for group in self._package.unit_groups:
            item = Item(self._book, Kind.UNIT_GROUP, Place(field=str(group.heading.name)))
            if self._measures.renamed(group):
                item.default(
                    "simapro.unit.renamed",
                    "与另一计量量的单位重名，单位名后加了计量量",
                    "a unit has the name of another quantity's; the quantity was added to its name",
                )
            elif self._measures.joined(group):
                item.default(
                    "simapro.quantity.joined",
                    "与另一单位组的基准单位相同，在 SimaPro 中是同一个计量量",
                    "it has the reference unit of another group and is one quantity with it in SimaPro",
                )
            item.settle()
        yield from _block(words.QUANTITIES, self._measures.quantity_rows())
        yield from _block(words.UNITS, self._measures.unit_rows())

    def _substances(self) -> Iterator[tuple[str, ...]]:
        """name; unit; CAS; comment, once for every name and quantity of a compartment."""
        lists: dict[Compartment, dict[tuple[str, str], tuple[str, ...]]] = {}
        self._book.read(Kind.FLOW, len(self._package.flows))
        inward = self._resources()
        for flow in self._package.flows:
            item = Item(self._book, Kind.FLOW, Place(field=str(flow.heading.name), line=flow.heading.id))
            if len(flow.properties) > 1 or flow.heading.synonyms or flow.formula or flow.location:
                item.default(
                    "simapro.flow.reduced",
                    "SimaPro 的流只有名称、单位、CAS 号：其他属性、同义词、分子式和地点未写出",
                    "SimaPro has name, unit and CAS number: other properties, synonyms, formula and place "
                    "of the flow are left out",
                )
            if flow.type is not FlowType.ELEMENTARY:
                item.settle()
                continue
            spot = spot_of(flow, Direction.INPUT if flow.heading.id in inward else None)
            if spot is None:
                self._book.dropped(
                    Kind.FLOW,
                    "simapro.no_compartment",
                    Text("无法判断属于哪个环境分区", "which compartment it belongs to cannot be told"),
                    Place(field=str(flow.heading.name), line=flow.heading.id),
                )
                continue
            unit = content_of(flow.extras, "unit") or self._measures.reference_unit(flow)
            rest = rows_of(content_of(flow.extras, "rest"))
            comment = flow.heading.comment.in_language("en")
            name = flow.heading.name.in_language("en") or flow.heading.id
            row = (name, unit, flow.cas, comment, *(rest[0] if rest else ()))
            listed = lists.setdefault(spot.compartment, {})
            if (name, unit) not in listed or not spot.sub:
                listed[name, unit] = _fuller(listed.get((name, unit)), row)
            item.settle()
        for compartment in Compartment:
            if compartment in lists:
                yield from _block(words.SUBSTANCE_BLOCK_OF[compartment], list(lists[compartment].values()))

    def _resources(self) -> frozenset[str]:
        """Flows that some process or method takes from nature."""
        taken: list[Ref] = [
            each.flow
            for process in self._package.processes
            for each in process.exchanges
            if each.direction is Direction.INPUT
        ]
        taken.extend(
            factor.flow
            for category in self._package.impact_categories
            for factor in category.factors
            if factor.direction is Direction.INPUT
        )
        return frozenset(each.id for each in taken)

    def _literature(self, source: Source) -> Iterator[tuple[str, ...]]:
        self._book.read(Kind.SOURCE)
        self._book.mapped(Kind.SOURCE)
        values = {
            "Name": source.heading.name.in_language("en") or source.heading.id,
            "Documentation link": source.url,
            "Category": path_of(source.heading.categories),
            "Description": source.citation,
        }
        yield (words.LITERATURE,)
        for label, value in values.items():
            yield from ((), (label,), (value,))
        for extra in source.extras:
            if extra.format == words.FORMAT:
                yield from ((), (extra.place,))
                yield from (tuple(row) for row in rows_of(extra.content))
        yield from ((), ("End",), ())

    def _kept_blocks(self) -> Iterator[tuple[str, ...]]:
        """Blocks that were kept as they were read; of other formats' extras nothing can be written."""
        header_seen = False
        for extra in self._package.extras:
            self._book.read(Kind.FIELD)
            if extra.format == words.FORMAT and extra.place.startswith(BLOCK):
                kind = extra.place.removeprefix(BLOCK)
                yield from _block(kind, [tuple(row) for row in rows_of(extra.content)])
                self._book.mapped(Kind.FIELD)
            elif extra.format == words.FORMAT and extra.place == HEADER and not header_seen:
                header_seen = True
                self._book.mapped(Kind.FIELD)
            else:
                self._book.dropped(
                    Kind.FIELD,
                    "simapro.extra",
                    Text("另一种格式或另一个文件的内容", "it belongs to another format or to another file"),
                    Place(field=f"{extra.format}: {extra.place}"),
                )

    def _say_what_is_lost(self) -> None:
        package = self._package
        named = {
            ref.id
            for process in package.processes
            for ref in (process.documentation.documentor, *process.documentation.generators)
            if ref is not None
        }
        for contact in package.contacts:
            self._book.read(Kind.CONTACT)
            if contact.heading.id in named:
                self._book.mapped(Kind.CONTACT)
            else:
                self._drop(Kind.CONTACT, str(contact.heading.name))
        for location in package.locations:
            self._book.read(Kind.LOCATION)
            self._drop(Kind.LOCATION, location.code)
        for model in package.models:
            self._book.read(Kind.MODEL)
            self._drop(Kind.MODEL, str(model.heading.name))
        for name, _ in package.files:
            self._book.read(Kind.FILE)
            self._drop(Kind.FILE, name)

    def _drop(self, kind: Kind, name: str) -> None:
        why = Text("SimaPro CSV 没有对应的内容", "SimaPro CSV has nothing of the kind")
        self._book.dropped(kind, "simapro.no_such_thing", why, Place(field=name))


def _block(header: str, rows: Sequence[tuple[str, ...]]) -> Rows:
    return [(header,), *rows, (), ("End",), ()] if header else [*rows, (), ("End",), ()]


def _fuller(first: tuple[str, ...] | None, second: tuple[str, ...]) -> tuple[str, ...]:
    """Two rows of one substance as one: the flow without a sub-compartment leads, gaps are filled."""
    if first is None:
        return second
    return tuple(b or a for a, b in zip(first, second, strict=False)) + second[len(first) :]
