"""How electricity was treated: the part of section 4, and the annex with conditions and certificates."""

from collections.abc import Iterable
from math import fsum

from zuji.model.category_rules import ReportAnnex
from zuji.model.factors import FACTOR_KIND_NAMES
from zuji.model.footprints import LineResult
from zuji.model.lines import ElectricityDetail, ElectricityTreatment
from zuji.report import amounts
from zuji.report.document import Block, Cell, Column, Paragraph, Points, Row, Table, row
from zuji.report.material import Material
from zuji.report.topics import Topic, told
from zuji.text import Text

TREATMENT_NAMES: dict[ElectricityTreatment, Text] = {
    ElectricityTreatment.GRID: Text("电网（消费地组合）", "Grid, consumption mix"),
    ElectricityTreatment.RESIDUAL: Text("电网（剩余组合）", "Grid, residual mix"),
    ElectricityTreatment.OWN: Text("自发自用", "Own generation"),
    ElectricityTreatment.DIRECT_LINE: Text("专线直供", "Direct line"),
    ElectricityTreatment.CONTRACT: Text("合同工具（绿证、绿电交易）", "Contractual instrument"),
}
_LIMITS: dict[ElectricityTreatment, Text] = {
    ElectricityTreatment.GRID: Text(
        "电网组合为平均值；是否已扣除单独出售的环境属性，以因子来源的说明为准。",
        "The grid mix is an average; whether attributes sold apart were taken out stands with its source.",
    ),
    ElectricityTreatment.RESIDUAL: Text(
        "剩余组合已扣除单独出售的环境属性，限于公布地域与年份。",
        "The residual mix leaves out attributes sold separately, for its region and year only.",
    ),
    ElectricityTreatment.OWN: Text(
        "自发电采用自身的生命周期数据，前提是没有连同环境属性出售给他人。",
        "Own generation counts with its own life-cycle data unless its attributes are sold to others.",
    ),
    ElectricityTreatment.DIRECT_LINE: Text(
        "专线电力采用供方数据，前提是没有就同一电量向他人出售证书。",
        "A direct line counts with the supplier's data as long as no certificate for it is sold to others.",
    ),
    ElectricityTreatment.CONTRACT: Text(
        "合同电力只有在五项条件全部满足且证书已为本用户注销时才可采用其因子。",
        "A contract counts only where five conditions hold and its certificate is cancelled for this user.",
    ),
}
_CONDITIONS: tuple[tuple[str, Text], ...] = (
    ("attributes", Text("含机组属性", "Attributes")),
    ("sole_claim", Text("唯一声明", "Sole claim")),
    ("tracked", Text("追踪并注销", "Tracked")),
    ("close_in_time", Text("时间接近", "Time")),
    ("same_market", Text("同一市场", "Market")),
)


def detail_of(material: Material, line: LineResult) -> ElectricityDetail:
    """How a line of electricity is accounted for; the grid where nothing was said."""
    written = material.lines.get(line.line)
    found = written.detail if written else None
    return found if isinstance(found, ElectricityDetail) else ElectricityDetail()


def _treatments(material: Material) -> list[ElectricityTreatment]:
    used = {detail_of(material, line).treatment for line in material.electricity_lines}
    return [treatment for treatment in ElectricityTreatment if treatment in used]


def electricity(material: Material) -> tuple[Block, ...]:
    """Factor, treatment and limits, and the location-based result beside the total."""
    say, lines = material.say, material.electricity_lines
    if not lines:
        text = say(
            "清单没有单独的用电行；背景数据中的电力按各因子自身的边界计入。",
            "The inventory has no line of electricity; power in background data is inside each factor.",
        )
        return (Paragraph(text=text),)
    table = Table(
        caption=say("采用的电力因子", "Electricity factors used"),
        columns=(
            Column(say("用电", "Use"), width=22),
            Column(say("因子", "Factor"), width=24),
            Column(say("来源、地域与年份", "Source, place and year"), width=30),
            Column(say("选用理由", "Why this one"), width=24),
        ),
        rows=tuple(_factor_row(material, line) for line in lines),
        tells=(Topic.ELECTRICITY, Topic.GRID_FACTOR),
    )
    return (table, _principles(material), *location_based(material))


def _principles(material: Material) -> Points:
    say, used = material.say, _treatments(material)
    points = [
        say(
            "电力按生命周期碳足迹因子计入，含燃料上游、发电与输配损失；只反映燃烧的电网二氧化碳因子"
            "不用于产品碳足迹。",
            "Electricity counts with life-cycle factors including fuel supply, generation and network "
            "losses; grid CO2 factors, which cover combustion only, are not used.",
        ),
    ]
    if used == [ElectricityTreatment.GRID]:
        points.append(
            say(
                "全部按所在电网计入，清单未记录绿证、直购电等市场工具。",
                "Electricity is location-based; the inventory records no certificate or contract.",
            )
        )
    else:
        listed = material.joined(material.words(TREATMENT_NAMES[one]) for one in used)
        points.append(
            say(
                f"处理方式：{listed}；逐行说明见{material.annex(ReportAnnex.ELECTRICITY)}。",
                f"Treatments: {listed}; line by line in {material.annex(ReportAnnex.ELECTRICITY)}.",
            )
        )
    points.append(
        say(
            "全国因子与省级因子在因子库中并存，互不覆盖；上表列出所用者与理由。",
            "National and provincial factors stand beside each other and neither overwrites the other; the "
            "table names the one used, and why.",
        )
    )
    points += [say("约束：", "Constraint: ") + material.words(_LIMITS[one]) for one in used]
    if material.statements.reasons.electricity:
        points.append(say("编制人说明：", "Stated: ") + material.statements.reasons.electricity)
    return Points(items=tuple(points), tells=(Topic.ELECTRICITY_LIMITS,))


def _factor_row(material: Material, line: LineResult) -> Row:
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
    treatment = material.words(TREATMENT_NAMES[detail_of(material, line).treatment])
    return row(
        Cell(line.item, treatment),
        Cell(f"{amounts.plain(line.intensity)} {material.per(line.activity.unit)}", kind),
        Cell(origin, " · ".join(filter(None, (place, year)))),
        reason or material.missing,
    )


def location_based(material: Material) -> tuple[Block, ...]:
    """The location-based result beside the reported one; says so where it was not calculated."""
    say, footprint, found = material.say, material.footprint, material.location_based
    all_grid = _treatments(material) == [ElectricityTreatment.GRID]
    if found is None and not all_grid:
        text = say("未计算按所在地电网的结果。", "The location-based result was not calculated.")
        return (Paragraph(text=text),)
    total = footprint.total if found is None else found.total
    rows = (
        row(say("本报告的结果", "As reported"), amounts.number(footprint.total), amounts.WHOLE),
        row(
            say("全部用电按所在地电网因子", "All electricity at the grid of its place"),
            amounts.number(total),
            amounts.share_of(total, footprint.total),
        ),
    )
    if found is None or not (found.lines or found.unknown):
        note = say(
            "全部用电已按电网计入，两者相同。", "All electricity counts at the grid: both are the same."
        )
    else:
        note = say(
            f"按所在地因子重算 {len(found.lines)} 行",
            f"Recounted at the factor of the place: {len(found.lines)}",
        )
        if found.unknown:
            names = material.joined(_item(material, line) for line in found.unknown)
            note += say(f"；没有所在地因子、保持原值：{names}", f"; kept for want of such a factor: {names}")
        note += say("。", ".")
    table = Table(
        caption=say(f"每 {material.unit} 的按所在地结果", f"Location-based result per {material.unit}"),
        columns=(
            Column(say("核算方式", "Basis"), width=50),
            Column(say("碳足迹", "Footprint"), unit="kgCO2e", numeric=True, width=28),
            Column(say("相对", "Relative"), numeric=True, width=22),
        ),
        rows=rows,
        note=note,
        tells=(Topic.LOCATION_BASED,),
    )
    return (table,)


def _item(material: Material, line: str) -> str:
    written = material.lines.get(line)
    return written.item if written else line


def electricity_annex(material: Material) -> tuple[Block, ...]:
    """Treatment of every line, the conditions of contracts, certificates, factors of the place."""
    say, lines = material.say, material.electricity_lines
    if not lines:
        return (Paragraph(text=say("清单没有用电行。", "The inventory has no line of electricity.")),)
    blocks: list[Block] = [_treatment_table(material)]
    contracts = [one for one in lines if detail_of(material, one).treatment is ElectricityTreatment.CONTRACT]
    if contracts:
        blocks.append(_conditions_table(material, contracts))
    blocks += _certificates(material)
    blocks += _location_factors(material)
    return tuple(blocks)


def _treatment_table(material: Material) -> Table:
    say, lines = material.say, material.electricity_lines
    rows = []
    for line in lines:
        detail = detail_of(material, line)
        process = material.process_names.get(line.process, line.process)
        sold = _sold(material, detail)
        rows.append(
            row(
                Cell(line.item, process),
                Cell(material.words(TREATMENT_NAMES[detail.treatment]), sold),
                material.amount(line.activity),
                f"{amounts.plain(line.intensity)} {material.per(line.activity.unit)}",
                material.contributions[line.line],
            )
        )
    rows.append(
        row(
            say("合计", "Total"),
            "",
            "",
            "",
            amounts.summed(material.contributions[line.line] for line in lines),
            kind="total",
        )
    )
    return Table(
        caption=say(f"逐行处理（每 {material.unit}）", f"Treatment by line, per {material.unit}"),
        columns=(
            Column(say("用电", "Use"), width=25),
            Column(say("处理方式", "Treatment"), width=25),
            Column(say("电量", "Amount"), numeric=True, width=16),
            Column(say("因子", "Factor"), numeric=True, width=18),
            Column(say("贡献", "Contribution"), unit="kgCO2e", numeric=True, width=16),
        ),
        rows=tuple(rows),
        tells=told(electricity=rows),
    )


def _sold(material: Material, detail: ElectricityDetail) -> str:
    """For own generation and direct lines: whether certificates of it were sold to others."""
    say = material.say
    if detail.treatment not in (ElectricityTreatment.OWN, ElectricityTreatment.DIRECT_LINE):
        return ""
    if detail.attributes_sold is None:
        return say("是否出售证书：未说明", "certificates sold: not stated")
    return (
        say("证书已售与他人", "certificates sold")
        if detail.attributes_sold
        else say("未向他人出售证书", "no certificate sold")
    )


def _conditions_table(material: Material, lines: Iterable[LineResult]) -> Table:
    say = material.say
    yes, no = say("是", "Yes"), say("否", "No")
    rows = [
        row(
            line.item,
            *(yes if getattr(detail_of(material, line), name) else no for name, _title in _CONDITIONS),
        )
        for line in lines
    ]
    return Table(
        caption=say("合同电力的五项条件", "The five conditions of contracts"),
        columns=(
            Column(say("用电", "Use"), width=30),
            *(Column(material.words(title), width=14) for _name, title in _CONDITIONS),
        ),
        rows=tuple(rows),
        note=say(
            "条件见 ISO 14067:2018 关于电力的规定；任一项为“否”即不得采用合同的因子。",
            "Conditions of ISO 14067:2018 on electricity; one “no” rules the contract's factor out.",
        ),
    )


def _certificates(material: Material) -> list[Block]:
    say = material.say
    rows, sizes = [], []
    for line in material.electricity_lines:
        for one in detail_of(material, line).certificates:
            sizes.append(one.kwh)
            rows.append(
                row(
                    one.number or material.missing,
                    line.item,
                    amounts.exact(one.kwh),
                    Cell(
                        one.cancelled_on or material.missing,
                        say(f"发电 {one.generated}", f"generated {one.generated}") if one.generated else "",
                    ),
                    one.cancelled_for or material.missing,
                )
            )
    if not rows:
        return []
    rows.append(row(say("合计", "Total"), "", amounts.exact(fsum(sizes)), "", "", kind="total"))
    table = Table(
        caption=say("已注销的证书", "Cancelled certificates"),
        columns=(
            Column(say("证书编号", "Number"), width=34),
            Column(say("用电", "Use"), width=20),
            Column(say("本研究使用", "Used here"), unit="kWh", numeric=True, width=16),
            Column(say("注销日期", "Cancelled on"), width=14),
            Column(say("为谁注销", "Cancelled for"), width=16),
        ),
        rows=tuple(rows),
        note=say(
            "电量按过程填报的产出计，不是每单位产品的电量；同一编号的电量不得重复使用。",
            "kWh as stated per output of the process, not per unit; no kWh of a number counts twice.",
        ),
    )
    return [table]


def _location_factors(material: Material) -> list[Block]:
    say, rows = material.say, []
    for line in material.electricity_lines:
        factor = detail_of(material, line).location_factor
        if not factor:
            continue
        known = material.factors.get(factor) if factor in material.factors else None
        rows.append(
            row(
                line.item,
                Cell(material.words(known.name) if known else factor, factor if known else ""),
                f"{amounts.exact(known.value)} {material.unit_text(known.unit)}" if known else "—",
                " · ".join(filter(None, (known.geography, known.year))) if known else "—",
            )
        )
    if not rows:
        return []
    table = Table(
        caption=say("按所在地核算采用的因子", "Factors of the location-based result"),
        columns=(
            Column(say("用电", "Use"), width=28),
            Column(say("因子", "Factor"), width=32),
            Column(say("数值", "Value"), numeric=True, width=22),
            Column(say("地域与年份", "Place and year"), width=18),
        ),
        rows=tuple(rows),
    )
    return [table]
