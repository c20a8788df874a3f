"""Annexes A to D: factors with their provenance, every calculation, ratings by line, GWP values."""

from collections.abc import Callable

from zuji.model.category_rules import ReportAnnex
from zuji.model.factors import FACTOR_KIND_NAMES, Confidence, Factor
from zuji.model.quality import DataQuality
from zuji.report import amounts
from zuji.report.conformity import conformity_annex
from zuji.report.document import Block, Cell, Column, Facts, Paragraph, Section, Table, row
from zuji.report.electricity import electricity_annex
from zuji.report.material import Material
from zuji.report.topics import Topic
from zuji.report.validation import review_annex
from zuji.text import Text

CONFIDENCE_NAMES: dict[Confidence, Text] = {
    Confidence.HIGH: Text("高", "High"),
    Confidence.MEDIUM: Text("中", "Medium"),
    Confidence.DERIVED: Text("推导", "Derived"),
    Confidence.LOW: Text("低", "Low"),
}


def annexes(material: Material) -> tuple[Section, ...]:
    """The annexes that are printed, lettered in the order of a Chinese standard; without the contents."""
    made: dict[ReportAnnex, tuple[str, Text, Callable[[Material], tuple[Block, ...]]]] = {
        ReportAnnex.DATA_LIST: (
            "factors",
            Text("数据清单：因子及出处", "Factors and their provenance"),
            _factors,
        ),
        ReportAnnex.PARAMETERS: ("formulas", Text("计算过程", "Calculations"), _formulas),
        ReportAnnex.DATA_QUALITY: ("quality", Text("数据质量评价", "Data quality by line"), _ratings),
        ReportAnnex.GWP: ("gwp", Text("全球增温潜势", "Global warming potentials"), _gwp),
        ReportAnnex.CONFORMITY: ("conformity", Text("符合性检查", "Conformity"), conformity_annex),
        ReportAnnex.ELECTRICITY: ("electricity", Text("电力的核算", "Electricity"), electricity_annex),
        ReportAnnex.REVIEW: ("review", Text("评审与核查", "Reviews and verification"), review_annex),
    }
    return tuple(
        Section(
            id=made[one][0], number=letter, title=material.words(made[one][1]), blocks=made[one][2](material)
        )
        for one, letter in material.annexes.items()
        if one in made
    )


def _factors(material: Material) -> tuple[Block, ...]:
    say = material.say
    lead = Paragraph(
        text=say(
            "以下为结果所用的全部因子。标识加版本唯一确定一个数据集；“可信度”反映原始出处的可核对程度。",
            "All factors the result uses. Identifier and version name one dataset; confidence tells how "
            "well the original source can be checked.",
        )
    )
    used = sorted(material.factors, key=lambda factor: (factor.kind, factor.id))
    blocks: list[Block] = [lead]
    if used:
        blocks.append(
            Table(
                caption=say("采用的因子", "Factors used"),
                columns=(
                    Column(say("因子", "Factor"), width=29),
                    Column(say("数值", "Value"), numeric=True, width=18),
                    Column(say("年份·地域·边界", "Year, place, boundary"), width=21),
                    Column(say("出处", "Source"), width=32),
                ),
                rows=tuple(row(*_factor_cells(material, factor)) for factor in used),
                tells=(Topic.SOURCES,),
            )
        )
    blocks += _fuels(material)
    own = [line for line in material.study.lines if line.stated is not None]
    if own:
        blocks.append(
            Table(
                caption=say("清单自有因子", "Factors stated in the inventory"),
                columns=(
                    Column(say("项目", "Item"), width=29),
                    Column(say("数值", "Value"), numeric=True, width=18),
                    Column(say("年份·地域", "Year, place"), width=21),
                    Column(say("出处", "Source"), width=32),
                ),
                rows=tuple(
                    row(
                        Cell(line.item, line.supplier),
                        f"{amounts.exact(line.stated.value)} {material.per(line.stated.per)}",
                        " · ".join(filter(None, (line.stated.year, line.stated.geography)))
                        or material.missing,
                        line.stated.source or material.missing,
                    )
                    for line in own
                    if line.stated is not None
                ),
            )
        )
    return tuple(blocks)


def _fuels(material: Material) -> list[Block]:
    """The combustion parameters of the fuels that were burned."""
    say = material.say
    rows = [
        row(
            Cell(material.words(fuel.name), fuel.id),
            "—" if fuel.ncv is None else f"{amounts.exact(fuel.ncv)} GJ/{material.unit_text(fuel.ncv_per)}",
            _parameter(fuel.carbon_content),
            _parameter(fuel.oxidation),
            Cell(_parameter(fuel.ch4), _parameter(fuel.n2o)),
            material.one_language(fuel.source),
        )
        for fuel in material.fuels
    ]
    if not rows:
        return []
    table = Table(
        caption=say("燃料参数", "Fuel parameters"),
        columns=(
            Column(say("燃料", "Fuel"), width=16),
            Column(say("低位发热量", "NCV"), numeric=True, width=18),
            Column(say("含碳量", "Carbon"), unit="tC/TJ", numeric=True, width=12),
            Column(say("氧化率", "Oxidation"), numeric=True, width=12),
            Column("CH4, N2O", unit="kg/TJ", numeric=True, width=12),
            Column(say("出处", "Source"), width=30),
        ),
        rows=tuple(rows),
        note=say(
            f"清单行另行填写的参数优先，算式见{material.annex(ReportAnnex.PARAMETERS)}。",
            f"Parameters stated on a line win; equations in {material.annex(ReportAnnex.PARAMETERS)}.",
        ),
    )
    return [table]


def _parameter(value: float | None) -> str:
    return "—" if value is None else amounts.exact(value)


def _factor_cells(material: Material, factor: Factor) -> tuple[Cell, ...]:
    say, missing = material.say, material.missing
    confidence = material.words(CONFIDENCE_NAMES[factor.confidence])
    source = factor.source
    where = " · ".join(
        filter(
            None,
            (source.publisher, material.one_language(source.table), material.one_language(source.document)),
        )
    )
    about = " · ".join(filter(None, (factor.year, factor.geography)))
    return (
        Cell(material.words(factor.name), f"{factor.id} · v{factor.version}"),
        Cell(
            f"{amounts.exact(factor.value)} {material.unit_text(factor.unit)}",
            material.words(FACTOR_KIND_NAMES[factor.kind]),
        ),
        Cell(about or missing, material.one_language(factor.boundary) or missing),
        Cell(
            source.title or missing,
            " · ".join(
                filter(None, (where, say(f"可信度 {confidence}", f"confidence: {confidence.lower()}")))
            ),
        ),
    )


def _formulas(material: Material) -> tuple[Block, ...]:
    say = material.say
    rows = []
    for line in material.footprint.lines:
        process = material.process_names.get(line.process, line.process)
        rows.append(
            row(
                Cell(material.item(line), f"{line.line} · {process}"),
                Cell(amounts.equation(line.formula), material.scaled(line)),
            )
        )
    return (
        Paragraph(
            text=say(
                "上一行是按过程产出填报的算式，下一行是折算到单位并分配之后的算式。",
                "First the equation as stated per output of the process, below it the one scaled to the "
                "unit and allocated.",
            )
        ),
        Table(
            caption=say("逐行计算", "Calculation by line"),
            columns=(Column(say("项目", "Item"), width=32), Column(say("算式", "Equation"), width=68)),
            rows=tuple(rows),
        ),
    )


def _ratings(material: Material) -> tuple[Block, ...]:
    say = material.say
    rows = []
    for line in material.ranked():
        written, factor = material.lines.get(line.line), material.factor_of(line)
        own = _scores(written.quality if written else None)
        background = _scores(factor.quality if factor else None)
        rows.append(
            row(
                material.item(line),
                say("初级", "Primary") if line.primary else say("次级", "Secondary"),
                own,
                background,
                material.share(line),
            )
        )
    return (
        Paragraph(
            text=say(
                "四项评分依次为技术、地理、时间代表性与精确度，1 最好、5 最差，“—”为未评。"
                "评分按贡献加权得出第 7 章的结果；评价至少应覆盖结果的 80 %。",
                "Four ratings: technology, geography, time, precision; 1 best, 5 worst, a dash where not "
                "rated. Weighted by contribution they give section 7; at least 80 % of the result should "
                "be rated.",
            )
        ),
        Table(
            caption=say("逐行数据质量", "Data quality by line"),
            columns=(
                Column(say("项目", "Item"), width=36),
                Column(say("数据", "Data"), width=14),
                Column(say("活动数据", "Activity data"), numeric=True, width=18),
                Column(say("因子", "Factor"), numeric=True, width=18),
                Column(say("占比", "Share"), numeric=True, width=14),
            ),
            rows=tuple(rows),
            tells=(Topic.DATA_QUALITY,),
        ),
    )


def _scores(quality: DataQuality | None) -> str:
    if quality is None:
        return "—"
    values = (quality.technology, quality.geography, quality.time, quality.precision)
    return " / ".join("—" if value is None else f"{value:g}" for value in values)


def _gwp(material: Material) -> tuple[Block, ...]:
    say, gwp = material.say, material.gwp
    gases = [gas for gas in material.footprint.gases if gas in gwp.values]
    principal = dict.fromkeys([*gases, "CO2", "CH4", "N2O", "SF6", "NF3", "CF4"])
    rows = [row(gas, amounts.exact(gwp.values[gas])) for gas in principal if gas in gwp.values]
    rows += [
        row(say("CH4（化石源）", "CH4 (fossil)"), amounts.exact(gwp.fossil_ch4)),
        row(say("CH4（生物源）", "CH4 (biogenic)"), amounts.exact(gwp.biogenic_ch4)),
    ]
    return (
        Facts(
            items=(
                (say("集合", "Set"), f"{material.words(gwp.name)} · {gwp.id} · v{gwp.version}"),
                (say("出处", "Source"), gwp.source),
                (say("气体数", "Gases"), str(len(gwp.values))),
            )
        ),
        Table(
            caption=say("结果涉及的与主要的气体", "Gases in the result, and the main ones"),
            columns=(
                Column(say("气体", "Gas"), width=60),
                Column("GWP100", unit="kgCO2e/kg", numeric=True, width=40),
            ),
            rows=tuple(rows),
            note=material.one_language(gwp.notes),
            tells=(Topic.CHARACTERISATION,),
        ),
    )
