"""Alternatives, performance over time and comparison with other products, for section 7."""

from zuji.model.conformity import OUTCOME_NAMES, CheckedItem
from zuji.model.statements import Tracking
from zuji.model.studies import BOUNDARY_NAMES, Scenario
from zuji.report import amounts
from zuji.report.certainty import scenario_table, scenarios
from zuji.report.document import Block, Column, Facts, Paragraph, Points, Table, row
from zuji.report.material import Material
from zuji.report.topics import Topic

_COMPARISON_ITEM = "V34"


def alternatives(material: Material) -> tuple[Block, ...]:
    """Scenarios of the study, and which of them test another use or end-of-life profile."""
    say, blocks = material.say, list(scenarios(material))
    if scenario_table(material) is None:
        return tuple(blocks)
    known: dict[str, Scenario] = {one.id: one for one in material.study.scenarios}
    for name, profile in (
        (say("使用情景", "Use profile"), material.statements.use),
        (say("废弃情景", "End-of-life scenario"), material.statements.end_of_life),
    ):
        tested = material.joined(known[one].name for one in profile.alternatives if one in known)
        if tested:
            text = say(f"检验其他{name}的情景：{tested}。", f"Testing another {name.lower()}: {tested}.")
            blocks.append(Paragraph(text=text))
    return tuple(blocks)


def tracking(material: Material) -> tuple[Block, ...]:
    """The earlier result beside this one, and whether the two may be compared."""
    say, found = material.say, material.statements.tracking
    if found is None:
        text = say("不适用：本报告不作跨期比较。", "Does not apply: periods are not compared.")
        return (Paragraph(text=text),)
    size = material.footprint.total
    rows = [
        row(found.period, amounts.number(found.total), f"{material.stated(found.unit)}"),
        row(
            say("本报告", "This report"),
            amounts.number(size),
            material.stated(material.study.unit.quantity),
        ),
    ]
    if found.unit == material.study.unit.quantity:
        rows.append(
            row(
                say("变化", "Change"),
                amounts.signed(size - found.total),
                amounts.signed_share((size - found.total) / abs(found.total)) if found.total else "—",
                kind="total",
            )
        )
    table = Table(
        caption=say("与以前结果的比较", "Beside the earlier result"),
        columns=(
            Column(say("期间", "Period"), width=46),
            Column(say("碳足迹", "Footprint"), unit="kgCO2e", numeric=True, width=28),
            Column(say("单位", "Unit"), numeric=True, width=26),
        ),
        rows=tuple(rows),
        tells=(Topic.TRACKING,),
    )
    return (table, Facts(items=_same(material, found)))


def _same(material: Material, found: Tracking) -> tuple[tuple[str, str], ...]:
    say, missing = material.say, material.missing
    return (
        (say("以前采用的规则", "Earlier rule"), found.rule or missing),
        (say("以前的系统边界", "Earlier boundary"), found.boundary or missing),
        (
            say("方法变更后是否重算", "Recalculated after a change of method"),
            say("是", "Yes") if found.recalculated else say("否", "No"),
        ),
        (say("变化的原因", "Reason"), found.reason or missing),
    )


def comparison(material: Material) -> tuple[Block, ...]:
    """What is compared with what, and whether the conditions for it hold."""
    say, found = material.say, material.statements.comparison
    if found is None:
        text = say("本报告不与其他产品比较。", "No other product is compared.")
        return (Paragraph(text=text, tells=() if material.study.goal.comparison else (Topic.COMPARISON,)),)
    facts = Facts(
        items=(
            (say("比较的产品", "Compared with"), found.product),
            (
                say("其结果", "Its result"),
                f"{amounts.number(found.total)} kgCO2e / {material.stated(found.unit)}",
            ),
            (say("其规则", "Its rule"), found.rule or material.missing),
            (say("其系统边界", "Its boundary"), _boundary(material, found.boundary)),
            (say("其 GWP", "Its GWP set"), found.gwp or material.missing),
            (say("出处", "Source"), found.source or material.missing),
            (say("是否公开", "Disclosed"), say("是", "Yes") if found.disclosed else say("否", "No")),
        )
    )
    return (facts, *_gate(material))


def _boundary(material: Material, kind: str) -> str:
    known = {one.value: name for one, name in BOUNDARY_NAMES.items()}
    return material.words(known[kind]) if kind in known else kind or material.missing


def _checked(material: Material, item: CheckedItem) -> Points:
    """What the conformity check says of the comparison."""
    say, outcome = material.say, material.words(OUTCOME_NAMES[item.outcome])
    lead = say(f"符合性检查 {item.id}：{outcome}。", f"Conformity check {item.id}: {outcome.lower()}.")
    found = [material.words(one.problem.what) for one in item.shortcomings]
    return Points(items=(lead + material.words(item.reason), *found), tells=(Topic.COMPARISON,))


def _gate(material: Material) -> tuple[Block, ...]:
    say, gate = material.say, material.gate
    if gate is None:
        checked = material.conformity.items if material.conformity else ()
        item = next((one for one in checked if one.id == _COMPARISON_ITEM), None)
        if item is not None:
            return (_checked(material, item),)
        text = say(
            "没有作可比性检验，上面两个数值不得据以排序或评级。",
            "Comparability was not checked; the two values may be neither ranked nor graded.",
        )
        return (Paragraph(text=text, tone="important"),)
    verdict = say("可比", "Comparable") if gate.comparable else say("不可比", "Not comparable")
    lead = Paragraph(
        text=say(f"可比性检验：{verdict}。", f"Comparability: {verdict.lower()}."), tone="important"
    )
    met, unmet = say("满足", "Met"), say("不满足", "Not met")
    table = Table(
        caption=say("可比性的十项条件", "The ten conditions of comparability"),
        columns=(
            Column(say("条件", "Condition"), width=28),
            Column(say("结果", "Outcome"), width=14),
            Column(say("查看了什么", "What was looked at"), width=58),
        ),
        rows=tuple(
            row(material.words(one.title), met if one.met else unmet, material.words(one.reason))
            for one in gate.items
        ),
        tells=(Topic.COMPARISON,),
    )
    return (lead, table)
