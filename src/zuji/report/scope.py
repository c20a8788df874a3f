"""Sections 1 to 3: what the report covers, what it rests on, what its abbreviations mean."""

from zuji.model.category_rules import STANDING_NAMES, ReportAnnex
from zuji.model.lines import LineKind, RecyclingDetail, RecyclingMethod
from zuji.model.studies import BOUNDARY_NAMES, BoundaryKind
from zuji.report.document import Block, Cell, Column, Paragraph, Points, Row, Section, Table, row
from zuji.report.material import Material
from zuji.report.topics import Topic, told
from zuji.text import Text


def partial(material: Material) -> bool:
    """Whether the result covers only part of the life cycle (V4)."""
    return material.study.boundary.kind is not BoundaryKind.CRADLE_TO_GRAVE


def uses_cff(material: Material) -> bool:
    return any(
        isinstance(line.detail, RecyclingDetail) and line.detail.method is RecyclingMethod.CFF
        for line in material.study.lines
    )


def climate_only(material: Material) -> str:
    """The statement that every report carries."""
    return material.say(
        "本结果只反映气候变化这一种环境影响，不代表产品在其他方面的环境表现。",
        "The result covers climate change only; it says nothing about other environmental effects.",
    )


def scope(material: Material) -> Section:
    say, study = material.say, material.study
    boundary = material.words(BOUNDARY_NAMES[study.boundary.kind])
    name = material.product_name
    points = [climate_only(material)]
    if partial(material):
        points.append(
            say(
                f"系统边界为“{boundary}”，因此这是部分碳足迹，不是产品全生命周期的碳足迹。",
                f"The boundary is {boundary.lower()}: this is a partial footprint, not one of the full "
                "life cycle.",
            )
        )
    points.append(
        say(
            "结果不含碳抵消，也不含任何以购买减排量冲减的数量。",
            "Offsets are not inside the result, in no form.",
        )
    )
    if study.goal.comparison:
        points.append(
            say(
                "本研究拟用于比较。只有产品类别与功能、规则与版本、单位、边界、取舍与分配、GWP、电力核算、"
                "数据质量、时间与核查程度都一致时才可比，否则不可比（ISO 14067:2018 关于比较的规定）。",
                "The study is meant for comparison. Results compare only where category and function, rule "
                "and version, unit, boundary, cut-off and allocation, GWP set, electricity basis, data "
                "quality, period and level of verification agree (ISO 14067:2018 on comparison).",
            )
        )
    else:
        points.append(
            say(
                "本研究不用于产品之间的比较。",
                "The study is not meant for comparing products with each other.",
            )
        )
    if study.demonstration:
        points.append(
            say(
                "这是演示研究，数据来自公开资料，不代表任何企业的产品。",
                "This is a demonstration from public data; it stands for no company's product.",
            )
        )
    if material.demonstration_rule:
        points.append(
            say(
                "所用规则是演示规则，不是标准；结果不得作为符合该产品标准的证明。",
                "The rule is a demonstration and no standard; the result proves no conformity with one.",
            )
        )
    lead = say(
        f"本报告给出“{name}”的产品碳足迹，以每 {material.unit} 计，系统边界为“{boundary}”。",
        f"This report gives the carbon footprint of {name} per {material.unit}, {boundary.lower()}.",
    )
    blocks: list[Block] = [
        Paragraph(text=lead, tells=(Topic.SCOPE,)),
        Points(items=tuple(points), tells=(Topic.CLIMATE_ONLY,)),
    ]
    ruled = _rule_statements(material)
    if ruled:
        intro = say("规则要求声明：", "Statements that the rule requires:")
        blocks += [Paragraph(text=intro), Points(items=ruled, tells=(Topic.RULE_STATEMENTS,))]
    return Section(id="scope", number="1", title=say("范围", "Scope"), blocks=tuple(blocks))


def _rule_statements(material: Material) -> tuple[str, ...]:
    """What the rule wants printed, in the report's language where it gives one."""
    if material.rule is None:
        return ()
    ruled = material.rule.report
    chinese = material.language.startswith("zh")
    return ruled.statements if chinese else ruled.statements_en or ruled.statements


def references(material: Material) -> Section:
    say = material.say
    rows = [
        row(
            "GB/T 24067—2024",
            say("温室气体 产品碳足迹 量化要求和指南", "Greenhouse gases, carbon footprint of products"),
            say("量化方法与报告内容", "Quantification and reporting"),
        ),
        row(
            "ISO 14067:2018",
            say("温室气体 产品碳足迹 量化要求和指南", "Carbon footprint of products, quantification"),
            say("本报告标注的条款号", "The clauses named in this report"),
        ),
        row(
            say("GB/T 24040、24044", "GB/T 24040, 24044"),
            say("生命周期评价 原则与框架；要求与指南", "Life cycle assessment: principles, requirements"),
            say("系统边界、分配与解释", "Boundary, allocation, interpretation"),
        ),
        row(material.gwp.id, material.words(material.gwp.name), say("特征化因子", "Characterisation")),
    ]
    if uses_cff(material):
        rows.append(
            row(
                "(EU) 2021/2279",
                say("欧盟委员会建议：产品环境足迹方法", "Commission Recommendation, environmental footprint"),
                say("循环足迹公式", "Circular Footprint Formula"),
            )
        )
    rows += _rule_rows(material)
    if material.issue.edition:
        rows.append(
            row(
                material.issue.edition,
                say("因子库版本", "Edition of the factor library"),
                say("背景数据；逐项来源见", "Background data; sources in ")
                + material.annex(ReportAnnex.DATA_LIST),
            )
        )
    table = Table(
        caption=say("引用文件与数据", "Documents and data referred to"),
        columns=(
            Column(say("编号", "Number"), width=24),
            Column(say("名称", "Name"), width=46),
            Column(say("用途", "Used for"), width=30),
        ),
        rows=tuple(rows),
        tells=told(rules=material.study.rule or material.rule or material.statements.reasons.rule),
    )
    return Section(id="references", number="2", title=say("引用文件", "References"), blocks=(table,))


def _rule_rows(material: Material) -> list[Row]:
    """The product rule and what it rests on, or why there is none."""
    say, rule = material.say, material.rule
    name = say("产品种类规则", "Product category rule")
    why = material.statements.reasons.rule
    if rule is None:
        stated = material.study.rule
        used = (
            say("按规则执行", "Followed") if stated else say("未采用产品种类规则", "No product rule was used")
        )
        return [row(stated or "—", name, Cell(used, why))]
    standing = material.words(STANDING_NAMES[rule.standing])
    named = Cell(material.words(Text(rule.name, rule.name_en)), standing)
    followed = say("按规则执行，见 4.12", "Followed, see 4.12")
    rows = [row(rule.key, named, Cell(followed, why))]
    rows += [row(basis, say("规则的依据", "Basis of the rule"), "—") for basis in rule.basis]
    return rows


def terms(material: Material) -> Section:
    say = material.say
    rows = [
        row("kgCO2e", say("千克二氧化碳当量", "Kilograms of carbon dioxide equivalent")),
        row("CFP", say("产品碳足迹", "Carbon footprint of a product")),
        row("GWP", say("全球增温潜势，100 年时间尺度", "Global warming potential over 100 years")),
        row("DQR", say("数据质量评分，1 最好、5 最差", "Data quality rating, 1 best to 5 worst")),
        row("PDS", say("初级数据占比，按排放贡献加权", "Primary data share, weighted by contribution")),
    ]
    if uses_cff(material):
        rows.append(row("CFF", say("循环足迹公式", "Circular Footprint Formula")))
    if any(line.kind is LineKind.FUEL for line in material.study.lines):
        rows.append(row("NCV", say("低位发热量", "Net calorific value")))
    table = Table(
        caption=say("缩略语", "Abbreviations"),
        columns=(Column(say("缩略语", "Abbreviation"), width=20), Column(say("含义", "Meaning"), width=80)),
        rows=tuple(rows),
        note=say(
            "术语采用 ISO 14067:2018 与 GB/T 24067—2024 的含义。",
            "Terms have the meaning of ISO 14067:2018 and GB/T 24067—2024.",
        ),
    )
    return Section(id="terms", number="3", title=say("术语与缩略语", "Terms"), blocks=(table,))
