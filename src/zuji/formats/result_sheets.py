"""What stands in a workbook of results: sheets of rows, Chinese with English beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from zuji.formats.excel.words import DATA_SOURCES, LINE_KINDS
from zuji.formats.result import Frozen, first_improvements
from zuji.lca.published import published
from zuji.model.factors import FACTOR_KIND_NAMES, Factor
from zuji.model.footprints import Footprint
from zuji.model.stages import STAGE_NAMES, TOTAL_KINDS, TOTAL_NAMES
from zuji.model.studies import BOUNDARY_NAMES, Study
from zuji.quality import Improvement
from zuji.text import Text


@dataclass(frozen=True, slots=True)
class Digits:
    """A number as published: its value is what the text says, shown with just these decimals."""

    text: str

    @property
    def decimals(self) -> int:
        return len(self.text.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction, shown as per cent."""

    value: float


Value = str | float | Digits | Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: headings, their widths in characters, rows; `total` marks the last row as a sum."""

    name: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[tuple[Value, ...]] = field(default=())
    total: bool = False


def sheets(study: Study, footprint: Footprint, snapshot: Frozen) -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in order."""
    digits = published(footprint)
    return (
        Sheet(
            name="结果 Summary",
            headings=("项目 Item", "内容 Value", "单位 Unit"),
            widths=(34, 60, 26),
            rows=[*_summary(study, footprint, digits), *_origin(study, snapshot)],
        ),
        _stages(footprint, digits),
        _lines(study, footprint, digits),
        _splits(footprint),
        _quality(study, footprint, snapshot),
        _scenarios(footprint),
        _factors(snapshot),
    )


def both(text: Text) -> str:
    """Chinese with English after it."""
    return f"{text.zh} {text.en}".strip()


def _summary(study: Study, footprint: Footprint, digits: dict[str, Any]) -> Iterator[tuple[Value, ...]]:
    product, unit = study.product, footprint.unit
    yield "产品 Product", both(Text(product.name, product.name_en)), ""
    for name, value in (
        ("型号 Model", product.model),
        ("规格 Specification", product.specification),
        ("生产者 Manufacturer", product.manufacturer),
        ("地点 Site", product.site),
    ):
        if value:
            yield name, value, ""
    yield "功能/声明单位 Reference unit", str(study.unit.quantity), study.unit.description
    yield "系统边界 System boundary", both(BOUNDARY_NAMES[study.boundary.kind]), ""
    yield "数据期 Period", f"{study.period.start} / {study.period.end}", ""
    yield "地域 Geography", study.geography, ""
    yield "碳足迹 Footprint", Digits(digits["total"]), f"{unit} / {study.unit.quantity}"
    for kind in TOTAL_KINDS:
        yield both(TOTAL_NAMES[kind]), Digits(digits["totals"][kind]), unit
    if footprint.location_based is not None:
        unknown = "、".join(footprint.location_based.unknown)
        note = f"未重算 Not recounted: {unknown}" if unknown else unit
        yield "基于位置的结果 Location-based", Digits(digits["location_based"]), note
    if digits["uncertainty"]:
        yield "95 % 下限 Low", Digits(digits["uncertainty"]["low"]), unit
        yield "95 % 上限 High", Digits(digits["uncertainty"]["high"]), unit
    yield "初级数据占比 Primary data share", Share(footprint.primary_data_share), ""
    if study.rule:
        yield "产品规则（研究声明）Rule as stated", study.rule, ""
    if study.demonstration:
        yield "示例 Demonstration", "示例数据，不代表任何企业 Demonstration, not a company's result", ""
    for cut in footprint.cut_offs:
        yield "截断 Cut-off", f"{cut.item}: {cut.reason}", "" if cut.share is None else f"{cut.share:.2%}"
    for notice in footprint.notices:
        yield "提示 Notice", notice.in_language("zh"), ""


def _origin(study: Study, snapshot: Frozen) -> Iterator[tuple[Value, ...]]:
    yield "研究者 Author", study.goal.author, ""
    yield "冻结 Frozen", f"{snapshot.frozen_at} {snapshot.frozen_by}".strip(), ""
    yield "全球增温潜势 GWP set", f"{snapshot.gwp.id} {snapshot.gwp.version}", ""
    yield "软件版本 Software", snapshot.software_version, ""
    yield "输入摘要 Input digest", snapshot.input_digest, "SHA-256"
    yield "快照摘要 Snapshot digest", snapshot.digest, "SHA-256"


def _stages(footprint: Footprint, digits: dict[str, Any]) -> Sheet:
    names = [both(TOTAL_NAMES[kind]) for kind in TOTAL_KINDS]
    rows: list[tuple[Value, ...]] = [
        (
            both(STAGE_NAMES[stage]),
            Digits(digits["stages"][stage]),
            Digits(digits["stage_percentages"][stage]),
            *footprint.stage_totals[stage],
        )
        for stage in footprint.stages
    ]
    whole = (Digits(digits["totals"][kind]) for kind in TOTAL_KINDS)
    return Sheet(
        name="阶段 Stages",
        headings=("阶段 Stage", f"{footprint.unit}", "占比 Share %", *names),
        widths=(32, 16, 14, *(24 for _name in names)),
        rows=[*rows, ("合计 Total", Digits(digits["total"]), None, *whole)],
        total=True,
    )


def _lines(study: Study, footprint: Footprint, digits: dict[str, Any]) -> Sheet:
    stated = {line.id: line for line in study.lines}
    rows: list[tuple[Value, ...]] = []
    for line, written in zip(footprint.lines, digits["lines"], strict=True):
        own = stated.get(line.line)
        rows.append(
            (
                line.line,
                line.process,
                both(STAGE_NAMES[line.stage]),
                both(LINE_KINDS[line.kind]),
                line.item,
                line.supplier,
                line.activity.amount,
                line.activity.unit,
                line.intensity,
                Digits(written["total"]),
                Share(line.share),
                line.total,
                *line.totals,
                line.factor,
                line.factor_version,
                line.formula,
                both(DATA_SOURCES[own.data_source]) if own else "",
                own.source if own else "",
                own.evidence if own else "",
            )
        )
    whole = (None,) * 8
    return Sheet(
        name="清单行 Lines",
        headings=(
            "行 Line",
            "工序 Process",
            "阶段 Stage",
            "类别 Kind",
            "名称 Item",
            "供应商 Supplier",
            "活动量 Activity",
            "单位 Unit",
            "强度 kgCO2e/单位 Intensity",
            "贡献 kgCO2e Contribution",
            "占比 Share",
            "贡献（未修约）Unrounded",
            *(both(TOTAL_NAMES[kind]) for kind in TOTAL_KINDS),
            "因子 Factor",
            "版本 Version",
            "公式 Formula",
            "数据来源类型 Data source",
            "来源 Source",
            "证据 Evidence",
        ),
        widths=(14, 14, 24, 20, 30, 18, 14, 10, 18, 16, 10, 22, *(14,) * 5, 34, 10, 60, 22, 40, 30),
        rows=[*rows, ("合计 Total", *whole, Digits(digits["total"]))],
        total=True,
    )


def _splits(footprint: Footprint) -> Sheet:
    """The total by gas, process and supplier; each part sums to it."""
    parts = (("气体 Gas", footprint.gases), ("工序 Process", footprint.processes))
    rows = [
        (part, name or "未填 Not stated", value, Share(value / footprint.total) if footprint.total else None)
        for part, table in (*parts, ("供应商 Supplier", footprint.suppliers))
        for name, value in sorted(table.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    ]
    return Sheet(
        name="气体与供应商 Gases",
        headings=("分组 Split by", "名称 Name", footprint.unit, "占比 Share"),
        widths=(18, 36, 22, 12),
        rows=rows,
    )


def _quality(study: Study, footprint: Footprint, snapshot: Frozen) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    first = first_improvements(footprint, snapshot, study)
    for rating in footprint.quality:
        scheme = f"{rating.scheme} {rating.version}"
        rows.append((scheme, "评级 Rating", rating.score, rating.level))
        rows.append((scheme, "评价覆盖 Coverage", Share(rating.coverage), ""))
        rows += [(scheme, key, value, "") for key, value in rating.indicators.items()]
        for each in first.get(rating.scheme, ()):
            rows.append((scheme, "最需改进的行 Improve first", f"{each.line} {each.item}", _after(each)))
    band = footprint.uncertainty
    if band is not None:
        rows += [
            ("不确定性 Uncertainty", "方法 Method", band.method, ""),
            ("不确定性 Uncertainty", "模拟次数 Runs", float(band.runs), f"seed {band.seed}"),
            ("不确定性 Uncertainty", "平均 Mean", band.mean, footprint.unit),
            ("不确定性 Uncertainty", "标准差 Standard deviation", band.sd, footprint.unit),
            ("不确定性 Uncertainty", "中位数 Median", band.median, footprint.unit),
        ]
        rows += [
            (
                "敏感性 Sensitivity",
                f"{each.line} {each.item}",
                Share(each.variance_share),
                "方差占比 variance",
            )
            for each in band.sensitivity
        ]
    return Sheet(
        name="质量与不确定性 Quality",
        headings=("方案 Scheme", "项目 Item", "数值 Value", "说明 Note"),
        widths=(24, 44, 22, 26),
        rows=rows,
    )


def _after(improvement: Improvement) -> str:
    """What the whole would be with this line at its best."""
    covered = f"覆盖 coverage {improvement.coverage:.0%}"
    if improvement.after is None:
        return covered
    return f"改到 {improvement.target:g} 分后总分 whole {improvement.after:.2f}，{covered}"


def _scenarios(footprint: Footprint) -> Sheet:
    rows = [
        (each.id, each.name, each.total, each.difference, Share(each.relative), each.low, each.high)
        for each in footprint.scenarios
    ]
    base = ("", "基准 Base", footprint.total, 0.0, Share(0.0), None, None)
    return Sheet(
        name="情景 Scenarios",
        headings=(
            "编号 Id",
            "情景 Scenario",
            footprint.unit,
            "差值 Difference",
            "相对 Relative",
            "差值 95 % 下限 Low",
            "差值 95 % 上限 High",
        ),
        widths=(16, 36, 18, 18, 12, 20, 20),
        rows=[base, *rows],
    )


def _factors(snapshot: Frozen) -> Sheet:
    return Sheet(
        name="因子 Factors",
        headings=(
            "编号 Id",
            "版本 Version",
            "类别 Kind",
            "名称 Name",
            "数值 Value",
            "单位 Unit",
            "年份 Year",
            "地域 Geography",
            "边界 Boundary",
            "可信度 Confidence",
            "来源 Source",
            "表 Table",
            "出版者 Publisher",
            "出处 Document",
            "权利 Licence",
        ),
        widths=(34, 10, 26, 40, 14, 16, 12, 12, 30, 12, 50, 26, 30, 40, 24),
        rows=[_factor(factor) for factor in snapshot.factors],
    )


def _factor(factor: Factor) -> tuple[Value, ...]:
    source = factor.source
    return (
        factor.id,
        factor.version,
        both(FACTOR_KIND_NAMES[factor.kind]),
        both(factor.name),
        factor.value,
        factor.unit,
        factor.year,
        factor.geography,
        factor.boundary,
        factor.confidence.value,
        source.title,
        source.table,
        source.publisher,
        source.document,
        source.licence,
    )
