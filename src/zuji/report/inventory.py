"""Section 5: the inventory, process by process and stage by stage, and what was left out of it."""

from zuji.model.category_rules import ReportAnnex
from zuji.model.footprints import LineResult
from zuji.model.lines import DataSource, LineKind, SubAssemblyDetail
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.report import amounts
from zuji.report.balances import balances
from zuji.report.document import Block, Cell, Column, Paragraph, Row, Section, Table, numbered, row
from zuji.report.material import DATA_SOURCE_NAMES, KIND_NAMES, Material
from zuji.report.topics import Topic
from zuji.text import counted


def inventory(material: Material) -> Section:
    say = material.say
    chapters: list[tuple[str, tuple[Block, ...]]] = [
        (say("数据收集", "Data collection"), _collection(material)),
        (say("单元过程", "Unit processes"), (process_table(material),)),
    ]
    chapters += [
        (material.words(STAGE_NAMES[stage]), _stage(material, stage))
        for stage in Stage
        if stage in material.study.boundary.stages
    ]
    chapters.append((say("取舍清单", "Flows left out"), _cut_offs(material)))
    chapters.append((say("平衡校核", "Balances"), balances(material)))
    if material.sources:
        chapters.append((say("清单数据的来源", "Sources of the inventory"), (_sources(material),)))
    title = say("清单分析", "Inventory analysis")
    return Section(id="inventory", number="5", title=title, parts=numbered("5", chapters))


def _collection(material: Material) -> tuple[Block, ...]:
    say = material.say
    rows = []
    for source in DataSource:
        of_source = [line for line in material.footprint.lines if _source(material, line) is source]
        if of_source:
            weight = sum(abs(line.total) for line in of_source)
            rows.append((source, len(of_source), weight))
    whole = sum(weight for _, _, weight in rows)
    shares = amounts.shares([weight for _, _, weight in rows]) if whole else ("—",) * len(rows)
    table = Table(
        caption=say("活动数据的来源", "Where activity data come from"),
        columns=(
            Column(say("来源", "Source"), width=40),
            Column(say("清单行", "Lines"), numeric=True, width=25),
            Column(say("按排放绝对值的占比", "Share by absolute contribution"), numeric=True, width=35),
        ),
        rows=tuple(
            row(material.words(DATA_SOURCE_NAMES[source]), str(count), part)
            for (source, count, _), part in zip(rows, shares, strict=True)
        ),
        tells=(Topic.COLLECTION, Topic.DATA_DESCRIPTION),
    )
    annex_a, annex_b = material.annex(ReportAnnex.DATA_LIST), material.annex(ReportAnnex.PARAMETERS)
    lead = Paragraph(
        text=say(
            f"清单共 {len(material.footprint.lines)} 行计入结果。现场数据为实测、"
            "现场数据计算与供应商提供者；其余为次级数据。每行的凭证、来源与因子列于本章各表，"
            f"因子的完整出处见{annex_a}，计算过程见{annex_b}。",
            f"{counted(len(material.footprint.lines), 'line')} counted. Measured, calculated and "
            "supplier's data are primary, the others secondary. Evidence, source and factor of each line "
            f"stand in tables of this section, full provenance in {annex_a}, every calculation in {annex_b}.",
        )
    )
    why = material.statements.reasons.secondary_data
    if why:
        because = say(f"采用次级数据的理由：{why}", f"Why secondary data were used: {why}")
        return (lead, table, Paragraph(text=because))
    return (lead, table)


def _source(material: Material, line: LineResult) -> DataSource | None:
    written = material.lines.get(line.line)
    return written.data_source if written else None


def process_table(material: Material) -> Table:
    """Unit processes with what they contribute themselves."""
    say, footprint = material.say, material.footprint
    ids = [process.id for process in material.study.processes]
    values = [footprint.processes.get(process, 0.0) for process in ids]
    written = amounts.parts(values, footprint.total)
    shares = amounts.shares(values)
    count = str(sum(len(process.lines) for process in material.study.processes))
    rows = []
    for process, part, text in zip(material.study.processes, shares, written, strict=True):
        outputs = material.say("；", "; ").join(
            f"{one.product} {material.stated(one.quantity)}" for one in process.outputs
        )
        rows.append(
            row(
                Cell(material.process_names[process.id], outputs),
                str(len(process.lines)),
                text,
                part,
            )
        )
    rows.append(
        row(say("合计", "Total"), count, amounts.number(footprint.total), amounts.WHOLE, kind="total")
    )
    return Table(
        caption=say("单元过程及其直接贡献", "Unit processes and their direct contribution"),
        columns=(
            Column(say("过程与产出", "Process and outputs"), width=52),
            Column(say("清单行", "Lines"), numeric=True, width=12),
            Column(say("贡献", "Contribution"), unit="kgCO2e", numeric=True, width=20),
            Column(say("占比", "Share"), numeric=True, width=16),
        ),
        rows=tuple(rows),
        tells=(Topic.PROCESSES,),
    )


def _stage(material: Material, stage: Stage) -> tuple[Block, ...]:
    say = material.say
    lines = [line for line in material.ranked() if line.stage is stage]
    name = material.words(STAGE_NAMES[stage])
    if not lines:
        return (
            Paragraph(text=say(f"清单没有“{name}”的数据。", f"The inventory has no line of {name.lower()}.")),
        )
    rows = [_line_row(material, line) for line in lines]
    subtotal = stage_text(material, stage)
    rows.append(row(say("小计", "Subtotal"), "", "", "", subtotal, kind="total"))
    above = amounts.summed(
        material.contributions[line.line] for line in lines if line.kind is not LineKind.SUB_ASSEMBLY
    )
    note = (
        ""
        if above == subtotal
        else say(
            f"各行按全部清单修约，相加为 {above}；小计按阶段修约，差在末位。",
            f"Lines are rounded over the whole inventory and come to {above}; the subtotal is rounded by "
            "stage: they differ in the last digit.",
        )
    )
    table = Table(
        caption=say(f"{name}：清单与贡献（每 {material.unit}）", f"{name}: inventory per {material.unit}"),
        columns=(
            Column(say("项目", "Item"), width=27),
            Column(say("数量", "Quantity"), numeric=True, width=17),
            Column(say("因子", "Factor"), width=27),
            Column(say("数据来源", "Data"), width=14),
            Column(say("贡献", "Contribution"), unit="kgCO2e", numeric=True, width=15),
        ),
        rows=tuple(rows),
        note=note,
        tells=(Topic.SOURCES,),
    )
    return (table,)


def stage_text(material: Material, stage: Stage) -> str:
    """The published digits of one stage, as in section 6.1."""
    return next(text for known, _, text, _ in material.stage_figures if known is stage)


def _line_row(material: Material, line: LineResult) -> Row:
    say, written = material.say, material.lines.get(line.line)
    about = [material.words(KIND_NAMES[line.kind])]
    if len(material.study.processes) > 1:
        about.append(material.process_names.get(line.process, line.process))
    if line.supplier:
        about.append(line.supplier)
    if written and written.evidence:
        about.append(say(f"凭证：{written.evidence}", f"evidence: {written.evidence}"))
    stated = ""
    if written and str(written.quantity) != str(line.activity):
        stated = say(
            f"填报 {material.stated(written.quantity)}", f"stated {material.stated(written.quantity)}"
        )
    if written is None:
        source = Cell(say("系统扩展", "System expansion"))
    else:
        number = material.sources.get(written.source)
        where = say(f"来源 [{number}]", f"source [{number}]") if number else ""
        source = Cell(material.words(DATA_SOURCE_NAMES[written.data_source]), where)
    return row(
        Cell(material.item(line), " · ".join(about)),
        Cell(material.amount(line.activity), stated),
        factor_cell(material, line),
        source,
        _contribution(material, line),
    )


def _contribution(material: Material, line: LineResult) -> Cell:
    if line.kind is LineKind.SUB_ASSEMBLY:
        return Cell("—", material.say("在其过程计入", "counted there"))
    return Cell(material.contributions[line.line], material.share(line))


def factor_cell(material: Material, line: LineResult) -> Cell:
    """The intensity of a line, and below it where that comes from."""
    factor, written = material.factor_of(line), material.lines.get(line.line)
    if written and isinstance(written.detail, SubAssemblyDetail):
        process = written.detail.process
        name = material.process_names.get(process, process)
        return Cell(material.say(f"由“{name}”供给", f"from “{name}”"))
    annex = material.annex(ReportAnnex.PARAMETERS)
    value = f"{amounts.plain(line.intensity)} {material.per(line.activity.unit)}"
    if factor is not None:
        parts = (material.words(factor.name), factor.geography, factor.year)
    elif written and written.stated:
        parts = (written.stated.source, written.stated.geography, written.stated.year)
    elif "+" in line.factor:
        parts = (material.say(f"多个因子，见{annex}", f"Several factors, see {annex}"), "", "")
    else:
        parts = (material.say(f"按公式，见{annex}", f"By formula, see {annex}"), "", "")
    return Cell(value, " · ".join(part for part in parts if part))


def _sources(material: Material) -> Table:
    say = material.say
    return Table(
        caption=say("数量的出处", "Where amounts come from"),
        columns=(Column(say("编号", "Number"), width=12), Column(say("来源", "Source"), width=88)),
        rows=tuple(row(f"[{number}]", source) for source, number in material.sources.items()),
    )


def _cut_offs(material: Material) -> tuple[Block, ...]:
    table = cut_off_table(material)
    if table is None:
        text = material.say("没有舍去任何流。", "Nothing was left out.")
        return (Paragraph(text=text, tells=(Topic.CUTS,)),)
    return (table,)


def cut_off_table(material: Material) -> Table | None:
    """What was left out with its estimated size, or None where nothing was."""
    say, cuts = material.say, material.footprint.cut_offs
    if not cuts:
        return None
    rows = [
        row(
            Cell(cut.item, cut.reason or material.missing),
            "—" if not cut.mass_kg else f"{amounts.number(cut.mass_kg)} kg",
            say("无法估算", "Cannot be estimated") if cut.estimate is None else amounts.number(cut.estimate),
            "—" if cut.share is None else amounts.share(cut.share),
        )
        for cut in cuts
    ]
    return Table(
        caption=say("舍去的流及其估计影响", "Flows left out and their estimated effect"),
        columns=(
            Column(say("流与理由", "Flow and reason"), width=50),
            Column(say("质量", "Mass"), numeric=True, width=16),
            Column(say("估计", "Estimate"), unit="kgCO2e", numeric=True, width=18),
            Column(say("占结果", "Of the result"), numeric=True, width=16),
        ),
        rows=tuple(rows),
        note=say("估计值未计入结果。", "Estimates are not inside the result."),
        tells=(Topic.CUTS,),
    )
