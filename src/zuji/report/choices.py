"""Choices of method in section 4: allocation, recycling, gases, electricity, use and end of life."""

from zuji.model.factors import FACTOR_KIND_NAMES
from zuji.model.footprints import LineResult
from zuji.model.lines import LineKind, RecyclingDetail, RecyclingMethod
from zuji.model.stages import Stage
from zuji.model.studies import AllocationMethod
from zuji.report import amounts
from zuji.report.document import Block, Cell, Column, Facts, Paragraph, Points, Row, Table, row
from zuji.report.material import Material
from zuji.text import Text

ALLOCATION_NAMES: dict[str, Text] = {
    AllocationMethod.NONE: Text("未分配", "None"),
    AllocationMethod.SUBDIVISION: Text("细分", "Subdivision"),
    AllocationMethod.SUBSTITUTION: Text("系统扩展（替代）", "System expansion (substitution)"),
    AllocationMethod.PHYSICAL: Text("物理关系", "Physical relation"),
    AllocationMethod.ECONOMIC: Text("经济价值", "Economic value"),
}
LATEST_GWP = "AR6"


def allocation(material: Material) -> tuple[Block, ...]:
    say = material.say
    blocks: list[Block] = []
    if material.footprint.allocations:
        rows = [
            row(
                material.process_names.get(one.process, one.process),
                material.words(ALLOCATION_NAMES.get(one.method, Text(one.method))),
                Cell(
                    "；".join(f"{product} {amounts.share(part)}" for product, part in one.shares.items()),
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
    return tuple(blocks)


def _recycling(material: Material) -> Block:
    say = material.say
    rows = []
    for line in material.study.lines:
        detail = line.detail
        if not isinstance(detail, RecyclingDetail):
            continue
        if detail.method is RecyclingMethod.CFF:
            method = say("循环足迹公式", "Circular Footprint Formula")
            values = (
                f"A {detail.a:g} · B {detail.b:g} · R1 {detail.r1:g} · R2 {detail.r2:g} · R3 {detail.r3:g} · "
                f"Qs,in/Qp {detail.qs_in:g} · Qs,out/Qp {detail.qs_out:g}"
            )
        else:
            method, values = say("截断法", "Cut-off"), f"R1 {detail.r1:g} · R2 {detail.r2:g}"
        rows.append(row(line.item, method, values))
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
    found = "、".join(material.footprint.gases)
    blocks: list[Block] = [
        Facts(
            items=(
                (say("特征化模型", "Characterisation"), f"{material.words(gwp.name)}（{gwp.source}）"),
                (
                    say("计入的气体", "Gases counted"),
                    say(
                        "该模型列出的全部温室气体；因子只给出合计的，按其合计计入",
                        "All gases of the set; where a factor gives only a sum, the sum is counted",
                    ),
                ),
                (say("结果中出现的气体", "Gases in the result"), found or material.missing),
                (
                    say("甲烷", "Methane"),
                    say(
                        f"化石源 {gwp.fossil_ch4:g}，生物源 {gwp.biogenic_ch4:g} kgCO2e/kg",
                        f"Fossil {gwp.fossil_ch4:g}, biogenic {gwp.biogenic_ch4:g} kgCO2e/kg",
                    ),
                ),
            )
        )
    ]
    if gwp.id != LATEST_GWP:
        blocks.append(
            Paragraph(
                text=say(
                    f"采用的 {gwp.id} 不是 IPCC 最新报告（{LATEST_GWP}）的 100 年 GWP。",
                    f"{gwp.id} is not the 100-year set of the latest IPCC report ({LATEST_GWP}).",
                ),
                tone="important",
            )
        )
    if gwp.notes:
        blocks.append(Paragraph(text=material.one_language(gwp.notes)))
    return tuple(blocks)


def electricity_lines(material: Material) -> list[LineResult]:
    """The lines that count electricity, largest first."""
    return [line for line in material.ranked() if line.kind is LineKind.ELECTRICITY]


def electricity(material: Material) -> tuple[Block, ...]:
    say, lines = material.say, electricity_lines(material)
    if not lines:
        return (
            Paragraph(
                text=say(
                    "清单没有单独的用电行；背景数据中的电力按各因子自身的边界计入。",
                    "The inventory has no line of electricity; power in background data is inside each "
                    "factor.",
                )
            ),
        )
    table = Table(
        caption=say("采用的电力因子", "Electricity factors used"),
        columns=(
            Column(say("用电", "Use"), width=22),
            Column(say("因子", "Factor"), width=24),
            Column(say("来源、地域与年份", "Source, place and year"), width=30),
            Column(say("选用理由", "Why this one"), width=24),
        ),
        rows=tuple(_electricity_row(material, line) for line in lines),
    )
    return (
        table,
        Points(
            items=(
                say(
                    "电力按生命周期碳足迹因子计入，含燃料上游、发电与输配损失；只反映燃烧的电网二氧化碳因子"
                    "不用于产品碳足迹。",
                    "Electricity counts with life-cycle factors including fuel supply, generation and "
                    "network losses; grid CO2 factors, which cover combustion only, are not used.",
                ),
                say(
                    "按所在电网计入，清单未记录绿证、直购电等市场工具。",
                    "Electricity is location-based; the inventory records no certificate or contract.",
                ),
                say(
                    "全国因子与省级因子在因子库中并存，互不覆盖；上表列出所用者与理由。",
                    "National and provincial factors stand beside each other and neither overwrites the "
                    "other; the table names the one used, and why.",
                ),
                say(
                    "约束：因子为平均组合，是否已扣除单独出售的环境属性以其来源说明为准（附录 A）。",
                    "Constraint: the factors are average mixes; whether attributes sold separately were "
                    "taken out stands with their source (Annex A).",
                ),
            )
        ),
    )


def _electricity_row(material: Material, line: LineResult) -> Row:
    say, factor = material.say, material.factor_of(line)
    written = material.lines.get(line.line)
    stated = written.stated if written else None
    if factor is not None:
        kind, origin = material.words(FACTOR_KIND_NAMES[factor.kind]), material.words(factor.name)
        place, year = factor.geography, factor.year
    else:
        kind = say("供方自有因子", "Supplier's own factor")
        origin = stated.source if stated else material.missing
        place, year = (stated.geography, stated.year) if stated else ("", "")
    reason = written.note if written and written.note else ""
    if not reason and place and place == material.study.geography:
        reason = say("与研究地域一致", "Agrees with the place of the study")
    return row(
        line.item,
        Cell(f"{amounts.plain(line.intensity)} {material.per(line.activity.unit)}", kind),
        Cell(origin, " · ".join(filter(None, (place, year)))),
        reason or material.missing,
    )


def profiles(material: Material) -> tuple[Block, ...]:
    say, inside = material.say, material.study.boundary.stages
    items = []
    for stage, name in (
        (Stage.USE, say("使用情景", "Use profile")),
        (Stage.END_OF_LIFE, say("废弃情景", "End-of-life scenario")),
    ):
        if stage not in inside:
            text = say("不适用：系统边界不含该阶段", "Does not apply: the stage is outside the boundary")
        else:
            lines = [line for line in material.study.lines if line.stage is stage]
            listed = "；".join(f"{line.item} {material.stated(line.quantity)}" for line in lines)
            text = listed or say("清单无数据", "No lines")
        items.append((name, text))
    names = "、".join(scenario.name for scenario in material.study.scenarios)
    other = (
        say(f"另行比较了：{names}（见第 7 章）", f"Compared: {names} (section 7)")
        if names
        else say("未比较其他情景", "No alternative was compared")
    )
    items.append((say("其他情景的影响", "Effect of alternatives"), other))
    return (Facts(items=tuple(items)),)
