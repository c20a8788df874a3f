"""A report as data: sections of paragraphs, facts, tables and figures, already in one language.

The template (page and PDF alike) knows only these blocks; what they say is decided in `content`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zuji.report.topics import Topic

Say = Callable[[str, str], str]
# Between the number and the words of a heading: half the width of a Chinese character. A whole one looks
# like the gap between two columns to programs that read the PDF.
GAP = "\N{EN SPACE}"


def speaker(language: str) -> Say:
    """Chooses between Chinese and English wording: `say("合计", "Total")`."""
    chinese = language.startswith("zh")
    return lambda zh, en: zh if chinese else en


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: the text and, smaller below it, what belongs to it.

    `links` are (words, anchor) pairs that lead to sections and parts; `tick` is a box for a reader's pen.
    """

    text: str
    sub: str = ""
    links: tuple[tuple[str, str], ...] = ()
    tick: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, its unit, whether it holds numbers, and its share of the width in percent."""

    title: str
    unit: str = ""
    numeric: bool = False
    width: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `kind` is "" for an ordinary row, "total" or "group"."""

    cells: tuple[Cell, ...]
    kind: str = ""


def row(*cells: str | Cell, kind: str = "") -> Row:
    """A row from texts and cells."""
    return Row(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells), kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption and, below, a note."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    tells: tuple[Topic, ...] = ()
    block: str = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names with their values, such as product and model."""

    items: tuple[tuple[str, str], ...]
    tells: tuple[Topic, ...] = ()
    block: str = "facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; `tone` is "" or "important"."""

    text: str
    tone: str = ""
    tells: tuple[Topic, ...] = ()
    block: str = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list of short statements."""

    items: tuple[str, ...]
    tells: tuple[Topic, ...] = ()
    block: str = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing as SVG text, with its caption."""

    caption: str
    svg: str
    tells: tuple[Topic, ...] = ()
    block: str = "figure"


Block = Table | Facts | Paragraph | Points | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A numbered part of a section."""

    number: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def id(self) -> str:
        """Its anchor: part-4-3."""
        return f"part-{self.number.replace('.', '-')}"

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{self.number}{GAP}{self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section: `id` is its anchor, `number` a number or the letter of an annex."""

    id: str
    number: str
    title: str
    parts: tuple[Part, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def annex(self) -> bool:
        return self.number.isalpha()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The title page."""

    title: str
    product: str
    product_sub: str
    label: str
    value: str
    unit: str
    per: str
    facts: tuple[tuple[str, str], ...]
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a report says. `marks` stand visibly on every page (demonstration, draft)."""

    language: str
    title: str
    running: str
    date: str
    author: str
    cover: Cover
    sections: tuple[Section, ...]
    marks: tuple[str, ...]
    digest: str

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order."""
        for section in self.sections:
            yield from section.blocks
            for part in section.parts:
                yield from part.blocks


def numbered(number: str, parts: list[tuple[str, tuple[Block, ...]]]) -> tuple[Part, ...]:
    """Parts numbered under a section: 4.1, 4.2, … or A.1, A.2, …"""
    return tuple(
        Part(number=f"{number}.{index}", title=title, blocks=blocks)
        for index, (title, blocks) in enumerate(parts, 1)
    )
