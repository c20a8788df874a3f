"""Section 7: what the numbers mean, how good and how sure they are, and where they end."""

from itertools import accumulate

from zuji.model.category_rules import ReportAnnex
from zuji.model.footprints import QualityResult
from zuji.model.stages import STAGE_NAMES
from zuji.quality.schemes import LEVEL_NAMES, SCHEMES
from zuji.report import amounts
from zuji.report.certainty import sensitivity, uncertainty
from zuji.report.comparisons import alternatives, comparison, tracking
from zuji.report.document import (
    Block,
    Cell,
    Column,
    Facts,
    Paragraph,
    Points,
    Section,
    Table,
    numbered,
    row,
)
from zuji.report.improvements import improvement_table
from zuji.report.material import Material
from zuji.report.scope import climate_only, partial
from zuji.report.topics import Topic
from zuji.text import Text, counted

MAJOR = 0.8


def interpretation(material: Material) -> Section:
    say = material.say
    chapters: list[tuple[str, tuple[Block, ...]]] = [
        (say("主要发现", "Main findings"), _findings(material)),
        (say("数据质量", "Data quality"), _quality(material)),
        (say("完整性与提示", "Completeness and notices"), _completeness(material)),
        (say("不确定性", "Uncertainty"), uncertainty(material)),
        (say("敏感性", "Sensitivity"), sensitivity(material)),
        (say("其他情景的影响", "Effect of alternatives"), alternatives(material)),
        (say("绩效跟踪", "Performance tracking"), tracking(material)),
        (say("比较", "Comparison"), comparison(material)),
        (say("结论与局限", "Conclusions and limitations"), _limits(material)),
    ]
    title = say("解释", "Interpretation")
    return Section(id="interpretation", number="7", title=title, parts=numbered("7", chapters))


def findings(material: Material) -> tuple[str, ...]:
    """The result in a few sentences, each following from the numbers."""
    say, footprint = material.say, material.footprint
    points = []
    figures = material.stage_figures
    if figures and footprint.total > 0:
        stage, _, text, share = max(figures, key=lambda one: one[1])
        name = material.words(STAGE_NAMES[stage])
        points.append(
            say(
                f"“{name}”阶段贡献最大：{text} kgCO2e，占 {share}。",
                f"{name} contributes most: {text} kgCO2e, {share} of the total.",
            )
        )
        ranked = [line for line in material.ranked() if line.total > 0]
        reached = list(accumulate(line.total for line in ranked))
        count = next(
            (i for i, value in enumerate(reached, 1) if value >= MAJOR * footprint.total), len(ranked)
        )
        listed = material.joined(dict.fromkeys(line.item for line in ranked[: min(count, 5)]))
        more = say("等", " and others") if count > 5 else ""
        points.append(
            say(
                f"{count} 行清单（{listed}{more}）合计超过结果的 80 %，是减排与改进数据的重点。",
                f"{counted(count, 'line')} ({listed}{more}) "
                f"{'makes' if count == 1 else 'make'} up more than 80 % of the result; "
                "reduction and better data matter most there.",
            )
        )
    credit = sum(line.total for line in footprint.lines if line.total < 0)
    if credit:
        points.append(
            say(
                f"结果含抵减或清除 {amounts.number(credit)} kgCO2e；不计抵减的毛排放为 "
                f"{amounts.number(footprint.total - credit)} kgCO2e。",
                f"The result holds credits or removals of {amounts.number(credit)} kgCO2e; gross emissions "
                f"are {amounts.number(footprint.total - credit)} kgCO2e.",
            )
        )
    points.append(
        say(
            f"按贡献加权的初级数据占比为 {amounts.share(footprint.primary_data_share)}。",
            "The primary data share, weighted by contribution, is "
            f"{amounts.share(footprint.primary_data_share)}.",
        )
    )
    return tuple(points)


def _findings(material: Material) -> tuple[Block, ...]:
    significant = material.statements.interpretation.significant
    points = Points(items=findings(material), tells=(Topic.FINDINGS,))
    if not significant:
        return (points,)
    lead = material.say("编制人认为的重要事项：", "Significant issues as stated: ")
    return (points, Paragraph(text=lead + significant))


def scheme_name(result: QualityResult, material: Material) -> str:
    """A scheme's name with its version."""
    scheme = SCHEMES.get((result.scheme, result.version))
    return f"{material.words(scheme.name) if scheme else result.scheme} {result.version}"


def indicator_name(result: QualityResult, key: str, material: Material) -> str:
    """An indicator's name in its scheme."""
    scheme = SCHEMES.get((result.scheme, result.version))
    names = {one.key: one.name for one in scheme.indicators} if scheme else {}
    return material.words(names.get(key, Text(key)))


def level_name(level: str, material: Material) -> str:
    return material.words(LEVEL_NAMES.get(level, Text("—")))


def score(value: float | None) -> str:
    """A rating as it is written: two decimals, or a dash where nothing was rated."""
    return "—" if value is None else f"{value:.2f}"


def _quality(material: Material) -> tuple[Block, ...]:
    say, results = material.say, material.footprint.quality
    if not results:
        return (Paragraph(text=say("未作数据质量评价。", "Data quality was not rated.")),)
    annex = material.annex(ReportAnnex.DATA_QUALITY)
    rows = []
    for one in results:
        indicators = say("　", " · ").join(
            f"{indicator_name(one, name, material)} {score(value)}" for name, value in one.indicators.items()
        )
        rows.append(
            row(
                Cell(scheme_name(one, material), indicators),
                score(one.score),
                level_name(one.level, material),
                amounts.share(one.coverage),
            )
        )
    table = Table(
        caption=say("数据质量评价结果", "Data quality results"),
        columns=(
            Column(say("方法与分项", "Scheme and indicators"), width=52),
            Column(say("评分", "Rating"), numeric=True, width=14),
            Column(say("等级", "Level"), width=16),
            Column(say("评价覆盖", "Coverage"), numeric=True, width=18),
        ),
        rows=tuple(rows),
        note=say(
            f"1 最好、5 最差；按排放贡献加权。逐行评分见{annex}。",
            f"1 is best, 5 worst; weighted by contribution. Ratings by line stand in {annex}.",
        ),
        tells=(Topic.DATA_QUALITY,),
    )
    improve = improvement_table(material)
    return (table, improve) if improve else (table,)


def _completeness(material: Material) -> tuple[Block, ...]:
    say, footprint = material.say, material.footprint
    if footprint.notices:
        notes = tuple(notice.in_language(material.language) for notice in footprint.notices)
    else:
        notes = footprint.warnings
    lead = say(
        f"边界内各阶段均已检查；舍去 {len(footprint.cut_offs)} 个流（第 5 章）。方法、"
        "因子与假设在全部过程中一致采用。",
        f"Every stage inside the boundary was looked at; {counted(len(footprint.cut_offs), 'flow')} left out "
        "(section 5). Methods, factors and assumptions are the same in all processes.",
    )
    stated = material.statements.interpretation
    blocks: list[Block] = [Paragraph(text=lead)]
    checks = (
        (say("完整性检查", "Completeness check"), stated.completeness),
        (say("一致性检查", "Consistency check"), stated.consistency),
    )
    if any(text for _name, text in checks):
        blocks.append(Facts(items=tuple((name, text or material.missing) for name, text in checks)))
    if notes:
        blocks.append(Points(items=tuple(notes)))
    else:
        blocks.append(Paragraph(text=say("核算没有提示。", "The calculation gave no notice.")))
    return tuple(blocks)


def _limits(material: Material) -> tuple[Block, ...]:
    say, study = material.say, material.study
    points = [climate_only(material), *findings(material)[:1]]
    if partial(material):
        points.append(
            say(
                "部分碳足迹不含边界之外的阶段，不能与全生命周期结果直接相比。",
                "A partial footprint leaves out stages and does not compare with a full one.",
            )
        )
    points.append(
        say(
            "结果取决于所列数据期间、工艺与因子；条件变化后应重新核算。",
            "The result belongs to the period, technology and factors stated; changes call for a new "
            "calculation.",
        )
    )
    secondary = 1 - material.footprint.primary_data_share
    if secondary > 0.5:
        points.append(
            say(
                f"结果的 {amounts.share(secondary)} 依赖次级数据，用于决策时应优先取得现场或供应商数据。",
                f"{amounts.share(secondary)} of the result rests on secondary data; obtain site or "
                "supplier data first.",
            )
        )
    points.append(
        say(
            "碳抵消不影响本结果；不同规则下的结果不可直接比较。",
            "Offsets do not change this result; results under other rules do not compare.",
        )
    )
    stated = study.statements.interpretation
    items = (
        (say("编制人的结论", "Conclusions of the author"), stated.conclusions or material.missing),
        (say("建议", "Recommendations"), stated.recommendations or material.missing),
        (say("编制人说明的局限", "Limitations stated by the author"), study.limitations or material.missing),
    )
    return (
        Points(items=tuple(points), tells=(Topic.LIMITS, Topic.CONCLUSIONS, Topic.CLIMATE_ONLY)),
        Facts(items=items),
    )
