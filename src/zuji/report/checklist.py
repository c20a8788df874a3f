"""The list of contents: each required item, where it stands, its state, and a box to tick.

States are computed from the blocks of the report itself: an item whose block is gone is missing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from zuji.model.category_rules import ReportAnnex
from zuji.report.contents import GROUPS, Item
from zuji.report.document import Block, Cell, Column, Facts, Paragraph, Points, Row, Section, Table, row
from zuji.report.material import Material
from zuji.report.topics import Topic
from zuji.text import Text


class State(StrEnum):
    """What became of a required item."""

    REPORTED = "reported"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


STATE_NAMES: dict[State, Text] = {
    State.REPORTED: Text("已报告", "Reported"),
    State.NOT_APPLICABLE: Text("不适用", "Does not apply"),
    State.MISSING: Text("缺少", "Missing"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with its state; `places` are (words, anchor), `reason` why it does not apply."""

    item: Item
    state: State
    places: tuple[tuple[str, str], ...]
    reason: Text | None = None


def completeness(material: Material, sections: Iterable[Section]) -> tuple[Entry, ...]:
    """The state of every required item, from what the sections really hold."""
    found: dict[Topic, dict[str, str]] = {}
    for words, anchor, block in _placed(sections):
        if _says_something(block):
            for topic in block.tells:
                found.setdefault(topic, {})[anchor] = words
    return tuple(_entry(material, item, found) for group in GROUPS for item in group.items)


def _placed(sections: Iterable[Section]) -> Iterator[tuple[str, str, Block]]:
    """Every block with the number and the anchor of the part or section that holds it."""
    for section in sections:
        for block in section.blocks:
            yield section.number or section.title, section.id, block
        for part in section.parts:
            for block in part.blocks:
                yield part.number, part.id, block


def _says_something(block: Block) -> bool:
    match block:
        case Table():
            return bool(block.rows)
        case Facts() | Points():
            return bool(block.items)
        case Paragraph():
            return bool(block.text)
        case _:
            return bool(block.svg)


def _entry(material: Material, item: Item, found: dict[Topic, dict[str, str]]) -> Entry:
    places: dict[str, str] = {}
    for topic in item.topics:
        places |= found.get(topic, {})
    listed = tuple((words, anchor) for anchor, words in places.items())
    if all(topic in found for topic in item.topics):
        return Entry(item, State.REPORTED, listed)
    reason = item.absent(material) if item.absent else None
    if reason is not None:
        return Entry(item, State.NOT_APPLICABLE, listed, reason)
    return Entry(item, State.MISSING, listed)


def checklist(material: Material, sections: Iterable[Section]) -> Section:
    """The annex with the list, for a reviewer to tick."""
    say = material.say
    entries = completeness(material, sections)
    counts = Counter(entry.state for entry in entries)
    listed = say("，", ", ").join(
        f"{material.words(STATE_NAMES[state])} {counts[state]}" for state in State if counts[state]
    )
    lead = Paragraph(
        text=say(
            f"共 {len(entries)} 项：{listed}。“所在”与“情况”由报告实际内容得出；最后一栏供评审人勾选。",
            f"{len(entries)} items: {listed}. Place and state follow from what the report really holds; the "
            "last column is for the reviewer's tick.",
        ),
        tone="important" if counts[State.MISSING] else "",
    )
    rows = []
    position = iter(entries)
    for group in GROUPS:
        rows.append(row("", material.words(group.name), "", "", "", kind="group"))
        rows += [_row(material, next(position)) for _item in group.items]
    table = Table(
        caption=say(
            "报告内容对照（ISO 14067:2018 第 7 章、GB/T 24067—2024 报告模板）",
            "Required contents (ISO 14067:2018 clause 7, report template of GB/T 24067—2024)",
        ),
        columns=(
            Column(say("项", "No."), width=6),
            Column(say("内容", "Content"), width=36),
            Column(say("所在", "Where"), width=20),
            Column(say("情况", "State"), width=28),
            Column(say("勾选", "Tick"), width=10),
        ),
        rows=tuple(rows),
    )
    title = say("报告内容对照", "Required contents")
    letter = material.annexes[ReportAnnex.CONTENTS]
    return Section(id="checklist", number=letter, title=title, blocks=(lead, table))


def _row(material: Material, entry: Entry) -> Row:
    if entry.state is State.NOT_APPLICABLE and entry.reason is not None:
        state = material.words(entry.reason)
    else:
        state = material.words(STATE_NAMES[entry.state])
    where = Cell("" if entry.places else "—", links=entry.places)
    return row(entry.item.number, material.words(entry.item.name), where, state, Cell("☐", tick=True))
