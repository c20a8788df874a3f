"""Rows grouped into blocks and sections, and a count of their items that knows nothing of the mapping."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from zuji.formats.simapro import words
from zuji.formats.simapro.table import Row
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.references import Kind


@dataclass(slots=True)
class Section:
    """A label with the rows below it; `number` is the line of the label."""

    label: str
    number: int
    rows: list[Row] = field(default_factory=list)

    def text(self) -> str:
        """The first cell of the first row: the value of a label that has one."""
        return self.rows[0].cell(0) if self.rows else ""


@dataclass(slots=True)
class Block:
    """Everything from a header to its End. Blocks of bare rows have one section, labelled as the block."""

    kind: str
    number: int
    sections: list[Section] = field(default_factory=list)

    @property
    def known(self) -> bool:
        return self.kind in words.BLOCKS

    def knows(self, label: str) -> bool:
        """Whether `label` belongs to blocks of this kind."""
        return label in _LABELS.get(self.kind, ()) or label in _SECTIONS.get(self.kind, ())

    def section(self, label: str) -> Section | None:
        return next((section for section in self.sections if section.label == label), None)

    def text(self, label: str) -> str:
        """The value of a label; empty where it is missing."""
        section = self.section(label)
        return section.text() if section else ""


_LABELS = {
    words.PROCESS: frozenset(words.PROCESS_LABELS),
    words.STAGE: frozenset(words.PROCESS_LABELS),
    words.METHOD: frozenset(words.METHOD_LABELS),
    words.LITERATURE: frozenset({"Name", "Documentation link", "Category", "Description"}),
    words.SYSTEM: frozenset(
        {
            *("Name", "Category", "Description", "Sub-systems", "Cut-off rules", "Energy model"),
            *("Transport model", "Waste model", "Other assumptions", "Other information", "Allocation rules"),
        }
    ),
}
_SECTIONS = {
    words.PROCESS: words.PROCESS_SECTIONS,
    words.STAGE: words.PROCESS_SECTIONS,
    words.METHOD: words.METHOD_SECTIONS,
}


def blocks_of(rows: Sequence[Row]) -> Iterator[Block]:
    """The blocks in the order of the file. A block without End goes on to the next sure header."""
    collected: list[Row] = []
    block: Block | None = None
    blank = True
    for row in rows:
        single = row.cells[0] if len(row.cells) == 1 else ""
        if block is None:
            if single and single != "End":
                block, collected = Block(single, row.number), []
            elif row and single != "End":
                block, collected = Block("", row.number), [row]
        elif single == "End":
            yield _sectioned(block, collected)
            block = None
        elif blank and single in words.SURE_BLOCKS:
            yield _sectioned(block, collected)
            block, collected = Block(single, row.number), []
        else:
            collected.append(row)
        blank = not row
    if block is not None:
        yield _sectioned(block, collected)


def _sectioned(block: Block, rows: Iterable[Row]) -> Block:
    if block.kind not in _LABELS:
        block.sections = [Section(block.kind, block.number, [row for row in rows if row])]
        return block
    labels = _LABELS[block.kind]
    sections = _SECTIONS.get(block.kind, frozenset())
    current: Section | None = None
    blank = True
    for row in rows:
        if not row:
            blank = True
            continue
        single = row.cells[0] if len(row.cells) == 1 else ""
        waits = current is not None and current.label in labels and not current.rows and not blank
        begins = not waits and (single in labels or single in sections)
        # an unknown label stands alone after a blank line, its value below it
        unknown = not waits and blank and bool(single)
        if begins or unknown:
            current = Section(single, row.number)
            block.sections.append(current)
        elif current is None:
            current = Section("", row.number, [row])
            block.sections.append(current)
        else:
            current.rows.append(row)
        blank = False
    return block


def count(blocks: Sequence[Block], book: LedgerBook) -> None:
    """Enters what stands in the file, item by item, as read."""
    quantities: set[str] = set()
    for block in blocks:
        if block.kind in (words.PROCESS, words.STAGE):
            book.read(Kind.PROCESS)
            _count_process(block, book)
        elif block.kind == words.METHOD:
            book.read(Kind.IMPACT_METHOD)
            _count_method(block, book)
        elif block.kind == words.QUANTITIES:
            book.read(Kind.FLOW_PROPERTY, _rows(block))
        elif block.kind == words.UNITS:
            quantities.update(row.cell(1) for section in block.sections for row in section.rows)
        elif block.kind in words.PARAMETER_BLOCKS:
            book.read(Kind.PARAMETER, _rows(block))
        elif block.kind in words.SUBSTANCE_BLOCKS:
            book.read(Kind.FLOW, _rows(block))
        elif block.kind == words.LITERATURE:
            book.read(Kind.SOURCE)
        else:
            book.read(Kind.FIELD)
    if quantities:
        book.read(Kind.UNIT_GROUP, len(quantities))


def _rows(block: Block) -> int:
    return sum(len(section.rows) for section in block.sections)


def _count_process(block: Block, book: LedgerBook) -> None:
    for section in block.sections:
        number = len(section.rows)
        if section.label in (words.INPUT_PARAMETERS, words.CALCULATED_PARAMETERS):
            book.read(Kind.PARAMETER, number)
        elif section.label in words.PROCESS_SECTIONS:
            book.read(Kind.EXCHANGE, number)
            if section.label == words.PRODUCTS and block.kind == words.PROCESS:
                book.read(Kind.ALLOCATION, number)
        elif number or not block.knows(section.label):
            book.read(Kind.FIELD)


def _count_method(block: Block, book: LedgerBook) -> None:
    for section in block.sections:
        number = len(section.rows)
        if section.label in (words.IMPACT_CATEGORY, words.DAMAGE_CATEGORY):
            book.read(Kind.IMPACT_CATEGORY)
        elif section.label in (
            *(words.SUBSTANCES, words.IMPACT_CATEGORIES),
            *(words.NORMALIZATION, words.WEIGHTING),
        ):
            book.read(Kind.FACTOR, number)
        elif number or not block.knows(section.label):
            book.read(Kind.FIELD)
