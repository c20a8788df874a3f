"""Choices of method in section 4: allocation, recycling, gases, switches, use and end of life."""

from zuji.model.lines import RecyclingDetail, RecyclingMethod
from zuji.model.stages import Stage
from zuji.model.statements import SWITCH_NAMES, Profile, Switch
from zuji.model.studies import AllocationMethod
from zuji.report import amounts
from zuji.report.document import Block, Cell, Column, Facts, Paragraph, Table, row
from zuji.report.material import Material
from zuji.report.topics import Topic, told
from zuji.rules.resolving_words import PROCEDURE_NAMES
from zuji.text import Text

ALLOCATION_NAMES: dict[str, Text] = {
    AllocationMethod.NONE: Text("未分配", "None"),
    AllocationMethod.SUBDIVISION: Text("细分", "Subdivision"),
    AllocationMethod.SUBSTITUTION: Text("系统扩展（替代）", "System expansion (substitution)"),
    AllocationMethod.PHYSICAL: Text("物理关系", "Physical relation"),
    AllocationMethod.ECONOMIC: Text("经济价值", "Economic value"),
}
LATEST_GWP = "AR6"
RECYCLING_NAMES: dict[RecyclingMethod, Text] = {
    RecyclingMethod.CFF: Text("循环足迹公式", "Circular Footprint Formula"),
    RecyclingMethod.CUT_OFF: Text("截断法", "Cut-off"),
}


def allocation(material: Material) -> tuple[Block, ...]:
    say = material.say
    blocks: list[Block] = []
    if material.footprint.allocations:
        rows = [
            row(
                material.process_names.get(one.process, one.process),
                material.words(ALLOCATION_NAMES.get(one.method, Text(one.method))),
                Cell(
                    say("；", "; ").join(
                        f"{product} {amounts.share(part)}" for product, part in one.shares.items()
                    ),
                    one.reason or material.missing,
                ),
            )
            for one in material.footprint.allocations
        ]
        blocks.append(
            Table(
                caption=say("多产出过程的分配", "Allocation of processes with several products"),
                columns=(
                    Column(say("过程", "Process"), width=28),
                    Column(say("方法", "Method"), width=24),
                    Column(say("份额与理由", "Shares and reason"), width=48),
                ),
                rows=tuple(rows),
                note=say(
                    "每个过程的份额之和为 100 %。优先次序：细分或扩展系统、物理关系、其他关系。",
                    "The shares of each process sum to 100 %. Order of preference: subdivision or "
                    "expansion, physical relation, other relation.",
                ),
                tells=(Topic.ALLOCATION,),
            )
        )
    else:
        blocks.append(
            Paragraph(
                text=say(
                    "没有多产出过程，未作分配。", "No process has several products; nothing was allocated."
                )
            )
        )
    blocks.append(_recycling(material))
    procedure = PROCEDURE_NAMES.get(material.statements.recycling)
    if procedure:
        name = material.words(procedure)
        blocks.append(
            Paragraph(
                text=say(
                    f"回收的处理程序：{name}；同一回收的负荷与抵减只计一次。",
                    f"Procedure for recycling: {name.lower()}; burdens and credits of it count once.",
                )
            )
        )
    return tuple(blocks)


def _recycling(material: Material) -> Block:
    say = material.say
    rows = []
    for line in material.study.lines:
        detail = line.detail
        if not isinstance(detail, RecyclingDetail):
            continue
        if detail.method is RecyclingMethod.CFF:
            values = (
                f"A {detail.a:g} · B {detail.b:g} · R1 {detail.r1:g} · R2 {detail.r2:g} · R3 {detail.r3:g} · "
                f"Qs,in/Qp {detail.qs_in:g} · Qs,out/Qp {detail.qs_out:g}"
            )
        else:
            values = f"R1 {detail.r1:g} · R2 {detail.r2:g}"
        rows.append(row(line.item, material.words(RECYCLING_NAMES[detail.method]), values))
    if not rows:
        return Paragraph(
            text=say(
                "清单没有按再生与回收方法计算的材料，不涉及回收的负荷与抵减。",
                "No material is counted by a recycling method; there are neither burdens nor credits of "
                "recycling.",
            )
        )
    return Table(
        caption=say("再生与回收的方法和参数", "Recycling: method and parameters"),
        columns=(
            Column(say("材料", "Material"), width=28),
            Column(say("方法", "Method"), width=24),
            Column(say("参数", "Parameters"), width=48),
        ),
        rows=tuple(rows),
    )


def gases(material: Material) -> tuple[Block, ...]:
    say, gwp = material.say, material.gwp
    found = material.joined(amounts.gas_names(say).get(gas, gas) for gas in material.footprint.gases)
    considered = material.joined(material.statements.gases) or say(
        "该模型列出的全部温室气体；因子只给出合计的，按其合计计入",
        "All gases of the set; where a factor gives only a sum, the sum is counted",
    )
    blocks: list[Block] = [
        Facts(
            items=(
                (
                    say("特征化模型", "Characterisation"),
                    material.bracketed(material.words(gwp.name), gwp.source),
                ),
                (say("计入的气体", "Gases counted"), considered),
                (say("结果中出现的气体", "Gases in the result"), found or material.missing),
                (
                    say("甲烷", "Methane"),
                    say(
                        f"化石源 {gwp.fossil_ch4:g}，生物源 {gwp.biogenic_ch4:g} kgCO2e/kg",
                        f"Fossil {gwp.fossil_ch4:g}, biogenic {gwp.biogenic_ch4:g} kgCO2e/kg",
                    ),
                ),
            ),
            tells=(Topic.GASES, Topic.CHARACTERISATION),
        )
    ]
    if gwp.id != LATEST_GWP:
        why = material.statements.reasons.gwp
        reason = say(f"理由：{why or material.missing}。", f" Reason: {why or material.missing}.")
        blocks.append(
            Paragraph(
                text=say(
                    f"采用的 {gwp.id} 不是 IPCC 最新报告（{LATEST_GWP}）的 100 年 GWP。",
                    f"{gwp.id} is not the 100-year set of the latest IPCC report ({LATEST_GWP}).",
                )
                + reason,
                tone="important",
            )
        )
    if gwp.notes:
        blocks.append(Paragraph(text=material.one_language(gwp.notes)))
    return tuple(blocks)


def switches(material: Material) -> Table:
    """Activities that rules handle otherwise: whether they are inside, in words."""
    say, inside = material.say, material.statements.inclusions
    rows = []
    for switch in Switch:
        tagged = sum(switch.value in line.tags for line in material.study.lines)
        chosen = inside.of(switch)
        text = (
            material.missing
            if chosen is None
            else say("包括", "Included")
            if chosen
            else say("不包括", "Not included")
        )
        rows.append(row(material.words(SWITCH_NAMES[switch]), text, str(tagged)))
    return Table(
        caption=say("规则之间处理不同的活动", "Activities that rules handle otherwise"),
        columns=(
            Column(say("活动", "Activity"), width=50),
            Column(say("是否包括", "Included"), width=26),
            Column(say("清单行", "Lines"), numeric=True, width=24),
        ),
        rows=tuple(rows),
        tells=told(switches=all(inside.of(switch) is not None for switch in Switch)),
    )


def profiles(material: Material) -> tuple[Block, ...]:
    """Use profile and end-of-life scenario, and which alternatives were tried."""
    say, statements = material.say, material.statements
    items, complete = [], True
    for stage, name, profile in (
        (Stage.USE, say("使用情景", "Use profile"), statements.use),
        (Stage.END_OF_LIFE, say("废弃情景", "End-of-life scenario"), statements.end_of_life),
    ):
        text, known = _profile(material, stage, profile)
        complete = complete and known
        items.append((name, text))
        if profile.source:
            items.append((say("情景的出处", "Where it is documented"), profile.source))
    names = material.joined(scenario.name for scenario in material.study.scenarios)
    other = (
        say(f"另行比较了：{names}（见第 7 章）", f"Compared: {names} (section 7)")
        if names
        else say("未比较其他情景", "No alternative was compared")
    )
    items.append((say("其他情景的影响", "Effect of alternatives"), other))
    return (Facts(items=tuple(items), tells=told(profiles=complete)),)


def _profile(material: Material, stage: Stage, profile: Profile) -> tuple[str, bool]:
    """The profile of a stage in words, and whether there is one."""
    say = material.say
    if stage not in material.study.boundary.stages:
        return say("不适用：系统边界不含该阶段", "Does not apply: the stage is outside the boundary"), True
    lines = [line for line in material.study.lines if line.stage is stage]
    listed = say("；", "; ").join(f"{line.item} {material.stated(line.quantity)}" for line in lines)
    named = " · ".join(filter(None, (profile.id, profile.description)))
    text = say("。", ". ").join(filter(None, (named, listed)))
    return text or say("清单无数据", "No lines"), bool(text)
