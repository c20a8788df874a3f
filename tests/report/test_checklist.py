"""The list of contents follows from the blocks of the report: what is taken out is missing."""

from dataclasses import replace

import pytest

from tests.report import made
from zuji.model.category_rules import ReportAnnex
from zuji.report.checklist import Entry, State, completeness
from zuji.report.content import compose
from zuji.report.contents import GROUPS
from zuji.report.document import Block, Report, Section, Table
from zuji.report.material import Material
from zuji.report.topics import Topic

LANGUAGES = ("zh", "en")


def without(report: Report, topic: Topic) -> tuple[Section, ...]:
    """The report's sections without the blocks that tell a topic."""

    def kept(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(block for block in blocks if topic not in block.tells)

    return tuple(
        replace(
            section,
            blocks=kept(section.blocks),
            parts=tuple(replace(part, blocks=kept(part.blocks)) for part in section.parts),
        )
        for section in report.sections
    )


def state(material: Material, sections: tuple[Section, ...], number: str) -> State:
    return next(one.state for one in completeness(material, sections) if one.item.number == number)


def entries(material: Material) -> dict[str, Entry]:
    return {one.item.number: one for one in completeness(material, compose(material).sections)}


def test_it_asks_for_every_value_and_every_content_of_the_standard() -> None:
    numbers = [item.number for group in GROUPS for item in group.items]
    assert numbers[:11] == list("abcdefghijk")
    assert numbers[11:31] == [str(number) for number in range(1, 21)]
    assert len(numbers) == len(set(numbers))
    assert {topic for group in GROUPS for item in group.items for topic in item.topics} == set(Topic)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_study_that_states_everything_has_everything_reported(language: str) -> None:
    material = made.full(language)
    open_items = [one for one in entries(material).values() if one.state is not State.REPORTED]
    assert not open_items


@pytest.mark.parametrize("number", [item.number for group in GROUPS for item in group.items])
def test_an_item_whose_block_is_taken_out_is_no_longer_reported(number: str) -> None:
    material = made.full()
    report = compose(material)
    item = next(item for group in GROUPS for item in group.items if item.number == number)
    for topic in item.topics:
        found = state(material, without(report, topic), number)
        optional = number in "ghijk"
        assert found is (State.NOT_APPLICABLE if optional else State.MISSING), topic


def test_an_emptied_table_reports_nothing() -> None:
    material = made.full()
    report = compose(material)
    sections = tuple(
        replace(
            section,
            parts=tuple(
                replace(
                    part,
                    blocks=tuple(
                        replace(block, rows=()) if isinstance(block, Table) else block
                        for block in part.blocks
                    ),
                )
                for part in section.parts
            ),
        )
        for section in report.sections
    )
    assert state(material, sections, "3") is State.MISSING


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_exists(language: str) -> None:
    report = compose(made.full(language))
    anchors = {section.id: section.number for section in report.sections}
    anchors |= {part.id: part.number for section in report.sections for part in section.parts}
    for one in entries(made.full(language)).values():
        assert one.places
        assert all(anchors[anchor] == words for words, anchor in one.places)


def test_what_nobody_stated_is_missing_and_what_does_not_apply_says_why() -> None:
    found = entries(made.plain())
    missing = {number for number, one in found.items() if one.state is State.MISSING}
    assert missing == {"11", "+2", "R1", "R2", "R3"}
    assert found["12"].state is State.NOT_APPLICABLE
    assert found["12"].reason is not None
    assert "用电" in found["12"].reason.zh


def test_every_item_has_a_box_to_tick() -> None:
    contents = next(one for one in compose(made.full()).sections if one.id == "checklist")
    table = next(block for block in contents.blocks if isinstance(block, Table))
    items = [row for row in table.rows if row.kind != "group"]
    assert len(items) == sum(len(group.items) for group in GROUPS)
    assert all(row.cells[-1].tick and row.cells[-1].text == "☐" for row in items)


def test_the_rule_decides_title_annexes_and_statements() -> None:
    material = made.full()
    assert material.rule is not None
    only = (ReportAnnex.GWP, ReportAnnex.ELECTRICITY)
    rule = replace(material.rule, report=replace(material.rule.report, annexes=only))
    report = compose(replace(material, rule=rule))
    assert report.cover.title == "电池托盘产品碳足迹报告"
    letters = {section.number: section.id for section in report.sections if section.annex}
    assert letters == {"A": "gwp", "B": "checklist", "C": "electricity"}
    texts = str(report)
    assert "规则要求的声明一。" in texts
    assert "随附的机器可读快照" in texts  # what an annex that is not printed would hold
    assert "附录 D" not in texts
    assert state(replace(material, rule=rule), report.sections, "R8") is State.MISSING


def test_a_rule_cannot_call_a_partial_footprint_a_full_one() -> None:
    material = replace(made.plain(), rule=made.RULE)
    assert compose(material).cover.title == "电池托盘产品碳足迹报告（部分碳足迹）"


def test_a_demonstration_rule_is_marked_on_every_page() -> None:
    assert compose(made.full()).marks == ("演示", "演示规则")
    assert compose(made.full("en")).marks == ("Demonstration", "Demonstration rule")
