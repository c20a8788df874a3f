"""Sections 1 to 3: what the report covers, what it rests on, what its abbreviations mean."""

from zuji.model.lines import LineKind, RecyclingDetail, RecyclingMethod
from zuji.model.studies import BOUNDARY_NAMES, BoundaryKind
from zuji.report.document import Column, Paragraph, Points, Section, Table, row
from zuji.report.material import Material


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
    lead = say(
        f"本报告给出“{name}”的产品碳足迹，以每 {material.unit} 计，系统边界为“{boundary}”。",
        f"This report gives the carbon footprint of {name} per {material.unit}, {boundary.lower()}.",
    )
    blocks = (Paragraph(text=lead), Points(items=tuple(points)))
    return Section(id="scope", number="1", title=say("范围", "Scope"), blocks=blocks)


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
            "GB/T 24040、24044",
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
    rule = material.study.rule
    rows.append(
        row(
            rule or "—",
            say("产品种类规则", "Product category rule"),
            say("按规则执行", "Followed") if rule else say("未采用产品种类规则", "No product rule was used"),
        )
    )
    if material.issue.edition:
        rows.append(
            row(
                material.issue.edition,
                say("因子库版本", "Edition of the factor library"),
                say("背景数据；逐项来源见附录 A", "Background data; sources in Annex A"),
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
    )
    return Section(id="references", number="2", title=say("引用文件", "References"), blocks=(table,))


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
