"""The blocks Process and Product stage as unit processes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from zuji.errors import Place
from zuji.formats.simapro import words
from zuji.formats.simapro.account import Item
from zuji.formats.simapro.blocks import Block, Section
from zuji.formats.simapro.catalogue import Catalogue
from zuji.formats.simapro.exchanges import ExchangeReader, columns_of
from zuji.formats.simapro.identity import (
    category_of,
    extra,
    id_of,
    location_in,
    rows_extra,
    wording,
)
from zuji.formats.simapro.numbers import yes_in
from zuji.formats.simapro.parameters import read_parameters
from zuji.formats.simapro.table import Row
from zuji.model.lci.formulas import Dialect
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.processes import AllocationShare, Documentation, Process, ProcessType, Review
from zuji.model.lci.publications import Contact
from zuji.model.lci.references import Extra, Heading, Kind, Ref
from zuji.model.lci.wording import UNSAID, Wording

# Labels with a place in the model.
_HELD = frozenset(
    {
        *("Type", "Process name", "Status", "Time period", "Geography", "Technology", "Infrastructure"),
        *("Date", "Record", "Generator", "Literature references", "Collection method", "Data treatment"),
        *("Verification", "Comment", "Allocation rules"),
    }
)
TYPES = {"": ProcessType.UNIT, words.UNIT_PROCESS: ProcessType.UNIT, words.SYSTEM_PROCESS: ProcessType.RESULT}


@dataclass(frozen=True, slots=True)
class Named:
    """A block with the identity it gets before anything is read: its first product's name."""

    block: Block
    ref: Ref
    file: str
    dialect: Dialect

    @property
    def stage(self) -> bool:
        return self.block.kind == words.STAGE


class People:
    """Those who recorded or generated data, by the text that names them."""

    def __init__(self) -> None:
        self._contacts: dict[str, Contact] = {}

    def ref(self, text: str) -> Ref:
        identity = id_of("contact", text)
        self._contacts.setdefault(text, Contact(heading=Heading(id=identity, name=wording(text))))
        return Ref(identity, name=wording(text), kind=Kind.CONTACT)

    def contacts(self) -> tuple[Contact, ...]:
        return tuple(self._contacts.values())


def named(block: Block, file: str, dialect: Dialect, catalogue: Catalogue, taken: set[str]) -> Named:
    """Names a block and enters what it supplies in the catalogue."""
    rows = _references(block)
    name = rows[0][1].cell(0) if rows else block.text("Process name") or block.text("Process identifier")
    identity = id_of("process", name)
    occurrence = 1
    while identity in taken:
        occurrence += 1
        identity = id_of("process", name, str(occurrence))
    taken.add(identity)
    result = Named(block, Ref(identity, name=wording(name), kind=Kind.PROCESS), file, dialect)
    for section, row in rows:
        columns = columns_of(section.label, stage=result.stage)
        waste = section.label != words.PRODUCTS
        catalogue.define(
            row.cell(0), row.cell(columns.unit), row.cell(columns.category), result.ref, waste=waste
        )
    return result


_PARAMETERS = (words.INPUT_PARAMETERS, words.CALCULATED_PARAMETERS)


def read_process(
    source: Named, catalogue: Catalogue, people: People, given: Mapping[str, float], book: LedgerBook
) -> Process:
    """The unit process of a block; `given` are the numbers of project and database parameters."""
    block = source.block
    place = Place(file=source.file, row=block.number, field=str(source.ref.name))
    item = Item(book, Kind.PROCESS, place)
    parameters, names = read_parameters(
        [section for label in _PARAMETERS for section in block.sections if section.label == label],
        given,
        source.dialect,
        book,
        place,
    )
    reader = ExchangeReader(catalogue, names, source.dialect, book, place, stage=source.stage)
    for label in words.SECTION_ORDER[:-2]:
        for section in block.sections:
            if section.label == label:
                reader.read(section)
    reader.fractions()
    references = [each for each in reader.exchanges if each.reference]
    if not references:
        item.remark("simapro.process.no_product", "过程没有产品", "the process has no product")
    if any(catalogue.provider(each.flow.name.in_language("en")) is None for each in references):
        item.remark(
            "simapro.product.twice",
            "另一个过程有同名的产品，无法判断使用者指的是哪一个",
            "another process has a product of this name; who uses it cannot be told apart",
        )
    shares = _shares(reader.shares, item)
    texts = {section.label: section for section in block.sections}
    name = block.text("Process name") or str(source.ref.name)
    rows = _references(block)
    category = catalogue.category(rows[0][1].cell(0)) if rows else ""
    process = Process(
        heading=Heading(
            id=source.ref.id,
            name=wording(name),
            categories=category_of(category),
            comment=wording(block.text("Comment")),
            changed=block.text("Date"),
        ),
        type=TYPES.get(block.text("Type"), ProcessType.UNIT),
        location=location_in(str(source.ref.name)),
        exchanges=tuple(reader.exchanges),
        parameters=parameters,
        allocations=shares,
        documentation=_documentation(texts, people),
        infrastructure=yes_in(block.text("Infrastructure")) is True,
        extras=_extras(source, book, place),
    )
    item.settle()
    return process


def _references(block: Block) -> list[tuple[Section, Row]]:
    return [
        (section, row)
        for label in words.SECTION_ORDER[:3]
        for section in block.sections
        if section.label == label
        for row in section.rows
    ]


def _shares(shares: list[AllocationShare], item: Item) -> tuple[AllocationShare, ...]:
    if len(shares) == 1 and shares[0].share == 1.0 and not shares[0].formula:
        return ()
    total = sum(share.share for share in shares)
    if shares and abs(total - 1) > 1e-6:
        item.remark(
            "simapro.shares",
            "各产品的分配比例之和不是 100%",
            "the shares of allocation of the products do not add up to 100 %",
        )
    return tuple(shares)


def _documentation(texts: Mapping[str, Section], people: People) -> Documentation:
    def value(label: str) -> str:
        section = texts.get(label)
        return section.text() if section else ""

    def said(label: str) -> Wording:
        return UNSAID if value(label) == words.UNSPECIFIED else wording(value(label))

    literature = texts.get("Literature references")
    return Documentation(
        time=said("Time period"),
        geography=said("Geography"),
        technology=said("Technology"),
        method=said("Allocation rules"),
        collection=said("Collection method"),
        treatment=said("Data treatment"),
        publication_status=value("Status"),
        reviews=(Review(details=said("Verification")),) if said("Verification") else (),
        documentor=people.ref(value("Record")) if value("Record") else None,
        generators=(people.ref(value("Generator")),) if value("Generator") else (),
        sources=tuple(
            Ref(id_of("source", row.cell(0)), name=wording(row.cell(0)), kind=Kind.SOURCE)
            for row in (literature.rows if literature else ())
        ),
    )


def _extras(source: Named, book: LedgerBook, place: Place) -> tuple[Extra, ...]:
    """What a block says beyond the model, one extra a label; the category type always."""
    found = [extra("block", words.STAGE)] if source.stage else []
    found.append(extra(words.CATEGORY_TYPE, source.block.text(words.CATEGORY_TYPE)))
    for section in source.block.sections:
        known = source.block.knows(section.label)
        if section.label in words.PROCESS_SECTIONS or (known and not section.rows):
            continue
        item = Item(book, Kind.FIELD, replace(place, row=section.number, column=section.label))
        if not known:
            item.remark(
                "simapro.label.unknown",
                "这一栏不在已知的格式中，已原样保留",
                "the format as known has no such label; it is kept as written",
            )
        if not known or not _held(section):
            found.append(rows_extra(section.label, section.rows))
        item.settle()
    order = {label: index for index, label in enumerate(("block", *words.PROCESS_LABELS))}
    return tuple(sorted(found, key=lambda each: order.get(each.place, len(order))))


def _held(section: Section) -> bool:
    """Whether the model holds all that a known label says here."""
    text = section.text()
    if section.label == "Literature references":
        return all(len(row.cells) == 1 for row in section.rows)
    if len(section.rows) > 1 or len(section.rows[0].cells) > 1:
        return False
    if section.label == "Type":
        return text in TYPES
    if section.label == "Infrastructure":
        return yes_in(text) is not None
    return section.label in _HELD or section.label == words.CATEGORY_TYPE or text == words.UNSPECIFIED
