"""The annex on conformity: every checked item with clause and outcome, and what is left to mend."""

from collections import Counter

from zuji.model.conformity import OUTCOME_NAMES, Conformity, Outcome, Severity
from zuji.report.document import Block, Cell, Column, Facts, Paragraph, Table, row
from zuji.report.material import Material
from zuji.report.places import place_text
from zuji.report.topics import Topic
from zuji.text import Text, counted

SEVERITY_NAMES: dict[Severity, Text] = {
    Severity.ERROR: Text("错误", "Error"),
    Severity.WARNING: Text("提醒", "Warning"),
    Severity.NOTE: Text("说明", "Note"),
}


def conformity_annex(material: Material) -> tuple[Block, ...]:
    """Outcome of every item and every shortcoming; says so where no check was made."""
    say, found = material.say, material.conformity
    if found is None:
        return (Paragraph(text=say("没有作符合性检查。", "No conformity check was made.")),)
    counts = Counter(item.outcome for item in found.items)
    listed = say("；", "; ").join(
        f"{material.words(OUTCOME_NAMES[outcome])} {counts[outcome]}" for outcome in Outcome
    )
    verdict = (
        say("没有不符合的项目", "No item is unmet")
        if found.passed
        else say(
            f"有 {counts[Outcome.NOT_MET]} 项不符合", f"{counted(counts[Outcome.NOT_MET], 'item')} not met"
        )
    )
    blocks: list[Block] = [
        Facts(
            items=(
                (say("检查依据的规则", "Checked under"), found.rule or material.missing),
                (say("结论", "Verdict"), verdict),
                (say("各种结果的项数", "Items by outcome"), listed),
            )
        ),
        Table(
            caption=say("逐项检查结果", "Outcome by item"),
            columns=(
                Column(say("编号", "Item"), width=16),
                Column(say("要求", "Requirement"), width=18),
                Column(say("条款", "Clause"), width=20),
                Column(say("结果", "Outcome"), width=12),
                Column(say("查看了什么", "What was looked at"), width=34),
            ),
            rows=tuple(
                row(
                    _named(item.id),
                    material.words(item.title),
                    material.clause(item.clause),
                    material.words(OUTCOME_NAMES[item.outcome]),
                    material.words(item.reason) or "—",
                )
                for item in found.items
            ),
            note=say(
                "检查由软件按公开的要求逐项进行，不代替核查机构的结论。",
                "Checked by software against published requirements; no verifier's opinion.",
            ),
            tells=(Topic.CONFORMITY,),
        ),
    ]
    if found.shortcomings:
        blocks.append(_shortcomings(material, found))
    return tuple(blocks)


def _named(item: str) -> Cell:
    """The id of an item; of the rule's own items the last part stands below, so that none is torn."""
    head, _, last = item.rpartition(".")
    return Cell(f"{head}.", last) if "." in head else Cell(item)


def _shortcomings(material: Material, found: Conformity) -> Table:
    say = material.say
    rows = [
        row(
            _named(item.id),
            material.words(SEVERITY_NAMES[one.severity]),
            Cell(material.words(one.problem.what), place_text(material, one.problem.place)),
            material.words(one.problem.cure),
        )
        for item, one in found.shortcomings
    ]
    return Table(
        caption=say("有待处理的事项", "What is left to mend"),
        columns=(
            Column(say("编号", "Item"), width=16),
            Column(say("程度", "Severity"), width=10),
            Column(say("事项与位置", "What and where"), width=40),
            Column(say("处理办法", "Cure"), width=34),
        ),
        rows=tuple(rows),
    )
