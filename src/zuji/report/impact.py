"""Section 6: the result by stage, by the five totals, by gas, line and supplier."""

from zuji.model.stages import STAGE_NAMES, TOTAL_KINDS, TOTAL_NAMES, Stage
from zuji.report import amounts
from zuji.report.apart import apart
from zuji.report.document import Block, Cell, Column, Figure, Paragraph, Section, Table, numbered, row
from zuji.report.drawings import Bar, bars
from zuji.report.flows import Flows, flows
from zuji.report.material import KIND_NAMES, Material
from zuji.report.sankey import drawn
from zuji.report.svg import BRAND, CREDIT, STAGE_COLOURS
from zuji.report.topics import Topic

HOT_SPOTS = 15
CHART_SPOTS = 8


def impact(material: Material) -> Section:
    say = material.say
    chapters: list[tuple[str, tuple[Block, ...]]] = [
        (say("各阶段结果", "Result by stage"), _stages(material)),
        (say("五项分列", "The five separate totals"), (totals_table(material),)),
        (say("各温室气体", "By greenhouse gas"), (gas_table(material),)),
        (say("排放的流向", "Where emissions come from"), _flow(material)),
        (say("热点", "Hot spots"), _hot_spots(material)),
        (say("供应商", "Suppliers"), _suppliers(material)),
        (say("另行报告的项目", "Reported apart"), apart(material)),
    ]
    title = say("影响评价", "Impact assessment")
    return Section(id="impact", number="6", title=title, parts=numbered("6", chapters))


def stage_bars(material: Material, name: str = "stages") -> str:
    """The drawing of the stages; those left out say so."""
    known = {stage: (value, text, share) for stage, value, text, share in material.stage_figures}
    rows = []
    for stage in Stage:
        label = material.words(STAGE_NAMES[stage])
        if stage in known:
            value, text, share = known[stage]
            colour = STAGE_COLOURS[stage]
            rows.append(Bar(label=label, value=value, text=f"{text}  ({share})", colour=colour))
        else:
            absent = material.say("未包括在系统边界内", "Outside the boundary")
            rows.append(Bar(label=label, value=0.0, text="", absent=absent))
    title = material.say("各阶段碳足迹（kgCO2e）", "Footprint by stage (kgCO2e)")
    return bars(rows, name=name, title=title)


def _stages(material: Material) -> tuple[Block, ...]:
    say = material.say
    rows = [
        row(material.words(STAGE_NAMES[stage]), text, share)
        for stage, _, text, share in material.stage_figures
    ]
    rows.append(
        row(say("合计", "Total"), amounts.number(material.footprint.total), amounts.WHOLE, kind="total")
    )
    table = Table(
        caption=say(
            f"每 {material.unit} 各阶段的绝对值与占比", f"Absolute values and shares per {material.unit}"
        ),
        columns=(
            Column(say("阶段", "Stage"), width=50),
            Column(say("碳足迹", "Footprint"), unit="kgCO2e", numeric=True, width=28),
            Column(say("占比", "Share"), numeric=True, width=22),
        ),
        rows=tuple(rows),
        note=amounts.rounding_note(say),
        tells=(Topic.STAGES,),
    )
    figure = Figure(caption=say("各阶段碳足迹", "Footprint by stage"), svg=stage_bars(material))
    return (figure, table)


def totals_table(material: Material) -> Table:
    """The five totals, which sum to the net total."""
    say, footprint = material.say, material.footprint
    texts = material.published["totals"]
    rows = [row(material.words(TOTAL_NAMES[kind]), amounts.typeset(texts[kind])) for kind in TOTAL_KINDS]
    rows.append(row(say("净合计", "Net total"), amounts.number(footprint.total), kind="total"))
    return Table(
        caption=say(f"每 {material.unit} 的五项结果", f"The five totals per {material.unit}"),
        columns=(
            Column(say("项目", "Total"), width=66),
            Column(say("碳足迹", "Footprint"), unit="kgCO2e", numeric=True, width=34),
        ),
        rows=tuple(rows),
        note=say(
            "化石、生物源排放与清除、直接土地利用变化和航空分列报告；净合计为五项之和。"
            "航空不乘辐射强迫倍数。",
            "Reported apart; the net total is their sum. No radiative-forcing multiplier is applied to "
            "aircraft.",
        ),
        tells=(Topic.TOTAL, Topic.FOSSIL, Topic.BIOGENIC, Topic.LAND_USE_CHANGE, Topic.AIRCRAFT),
    )


def gas_table(material: Material) -> Table:
    """The footprint by gas."""
    say, footprint = material.say, material.footprint
    ranked = sorted(footprint.gases.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    texts = amounts.parts([value for _, value in ranked], footprint.total)
    rows = [
        row(gas_name(gas, material), text, amounts.share_of(value, footprint.total))
        for (gas, value), text in zip(ranked, texts, strict=True)
    ]
    rows.append(row(say("合计", "Total"), amounts.number(footprint.total), amounts.WHOLE, kind="total"))
    return Table(
        caption=say("按气体的碳足迹", "Footprint by gas"),
        columns=(
            Column(say("气体", "Gas"), width=50),
            Column(say("碳足迹", "Footprint"), unit="kgCO2e", numeric=True, width=28),
            Column(say("占比", "Share"), numeric=True, width=22),
        ),
        rows=tuple(rows),
        note=say(
            "背景因子只公布二氧化碳当量合计的，列为“未分气体”。",
            "Factors that publish only a sum in CO2 equivalents stand as “not split by gas”.",
        ),
        tells=(Topic.GASES,),
    )


def gas_name(gas: str, material: Material) -> str:
    """A gas as people write it; what a factor does not split has words of its own."""
    return amounts.gas_names(material.say).get(gas, gas)


def flow_labels(found: Flows, total: float) -> dict[str, str]:
    """What is written beside each node: lines and stages by share, the right side by value."""
    last = found.columns - 1
    labels = {}
    for node in found.nodes:
        if node.column == last:
            sign = "−" if node.role == "credit" else ""
            value = total if node.role == "net" else node.value
            labels[node.id] = f"{node.label}\n{sign}{amounts.number(value)} kgCO2e"
        elif total and node.role in {"line", "stage"}:
            labels[node.id] = f"{node.label}  {amounts.share(node.value / abs(total))}"
        else:
            labels[node.id] = node.label
    return labels


def _flow(material: Material) -> tuple[Block, ...]:
    say = material.say
    found = flows(material.study, material.footprint, material.language)
    if found is None:
        return (Paragraph(text=say("结果没有正的贡献。", "Nothing is emitted.")),)
    caption = say("从清单行到合计", "From the lines to the total")
    svg = drawn(found, flow_labels(found, material.footprint.total), name="flow", title=caption)
    blocks: list[Block] = [Figure(caption=caption, svg=svg)]
    if any(node.role == "credit" for node in found.nodes):
        blocks.append(
            Paragraph(
                text=say(
                    "左侧为全部正贡献之和（毛排放）；毛排放分为净合计与抵减（斜线），抵减不在图中隐去。"
                    "图中百分比均以净合计为 100 %，阶段为抵减之前的数值，因此可能大于 6.1 的占比。",
                    "Left: everything emitted (gross). It divides into the net total and credits "
                    "(hatched), which are not hidden in a difference. Percentages are of the net total; "
                    "stages stand before credits and may exceed the shares of 6.1.",
                )
            )
        )
    return tuple(blocks)


def _hot_spots(material: Material) -> tuple[Block, ...]:
    say, footprint = material.say, material.footprint
    ranked = [line for line in material.ranked() if line.total]
    shown = ranked[:HOT_SPOTS]
    cumulative = 0.0
    rows = []
    for index, line in enumerate(shown, 1):
        cumulative += line.total
        rows.append(
            row(
                str(index),
                Cell(
                    material.item(line),
                    f"{material.words(STAGE_NAMES[line.stage])} · {material.words(KIND_NAMES[line.kind])}",
                ),
                material.contributions[line.line],
                material.share(line),
                amounts.share_of(cumulative, footprint.total),
                say("是", "Yes") if line.primary else say("否", "No"),
            )
        )
    rest, whole = ranked[HOT_SPOTS:], amounts.number(footprint.total)
    if rest:
        value = sum(line.total for line in rest)
        rows.append(
            row(
                "",
                say(f"其余 {len(rest)} 行", f"{len(rest)} other lines"),
                amounts.rest_of(whole, (material.contributions[line.line] for line in shown)),
                amounts.share_of(value, footprint.total),
                amounts.share_of(footprint.total, footprint.total),
                "",
            )
        )
    rows.append(row("", say("合计", "Total"), whole, amounts.WHOLE, "", "", kind="total"))
    table = Table(
        caption=say("贡献最大的清单行", "The lines that matter most"),
        columns=(
            Column("", width=6),
            Column(say("项目", "Item"), width=38),
            Column(say("贡献", "Contribution"), unit="kgCO2e", numeric=True, width=18),
            Column(say("占比", "Share"), numeric=True, width=13),
            Column(say("累计", "Cumulative"), numeric=True, width=13),
            Column(say("初级数据", "Primary"), width=12),
        ),
        rows=tuple(rows),
    )
    chart = bars(
        [
            Bar(
                label=material.item(line),
                value=line.total,
                text=f"{material.contributions[line.line]}  ({material.share(line)})",
                colour=CREDIT if line.total < 0 else BRAND,
            )
            for line in shown[:CHART_SPOTS]
        ],
        name="hot",
        title=say("贡献最大的清单行（kgCO2e）", "The lines that matter most (kgCO2e)"),
    )
    return (Figure(caption=say("热点", "Hot spots"), svg=chart), table)


def _suppliers(material: Material) -> tuple[Block, ...]:
    table = supplier_table(material)
    if table is None:
        return (Paragraph(text=material.say("清单没有填写供应商。", "The inventory names no supplier.")),)
    return (table,)


def supplier_table(material: Material) -> Table | None:
    """The footprint by supplier, or None where the inventory names none."""
    say, footprint = material.say, material.footprint
    named = {name: value for name, value in footprint.suppliers.items() if name}
    if not named:
        return None
    ranked = sorted(named.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    rest = footprint.total - sum(named.values())
    pairs = [*ranked, (say("未填写供应商", "No supplier named"), rest)]
    texts = amounts.parts([value for _, value in pairs], footprint.total)
    rows = [
        row(name, text, amounts.share_of(value, footprint.total))
        for (name, value), text in zip(pairs, texts, strict=True)
    ]
    rows.append(row(say("合计", "Total"), amounts.number(footprint.total), amounts.WHOLE, kind="total"))
    return Table(
        caption=say("按供应商的碳足迹", "Footprint by supplier"),
        columns=(
            Column(say("供应商", "Supplier"), width=50),
            Column(say("碳足迹", "Footprint"), unit="kgCO2e", numeric=True, width=28),
            Column(say("占比", "Share"), numeric=True, width=22),
        ),
        rows=tuple(rows),
    )
