"""The help sheet of the inventory workbook."""

from collections.abc import Iterator
from typing import Literal

from zuji.formats.excel.schema import TABLES
from zuji.text import Text
from zuji.units import UNITS

Style = Literal["title", "heading", "text", "required", "optional", "advanced"]
TITLE = Text("产品碳足迹清单", "Product carbon footprint inventory")
_STEPS = (
    Text(
        "1. “产品”表：填写产品、单位、边界和数据期。带 * 的必须填写。",
        "1. Sheet Product: product, unit, boundary and data period. Fields with * are required.",
    ),
    Text(
        "2. “清单”表：每种原辅材料、电力、热力、水、废弃物一行，填写数据期内的总用量。",
        "2. Sheet Inventory: one row for each material, electricity, heat, water and waste of the period.",
    ),
    Text(
        "3. “运输”“燃料”“过程与直接排放”“循环利用”表：有就填，没有留空。",
        "3. Sheets Transport, Fuel, Emissions, Recycling: where there is something; else leave them empty.",
    ),
    Text(
        "4. “工序与联产”表：填写每个工序在数据期内的产量；用量与产量必须是同一时期、同一口径。"
        "整张表留空时，用量按“产品”表中的单位数量理解。",
        "4. Sheet Processes: what each process made in the period; amounts and outputs belong to the same "
        "period. Where it is empty, amounts are per the unit on the sheet Product.",
    ),
    Text(
        "5. “说明与声明”表及“绿证”“平衡”“评审与核查”“抵消”表：规则与报告要求说明的内容，没有就留空。",
        "5. Sheets Statements, Certificates, Balances, Reviews, Offsets: what a rule or report asks for; "
        "empty where there is nothing.",
    ),
    Text(
        "6. 保存为 .xlsx，在网页上传，或运行 zuji footprint 文件.xlsx。所有错误会一次列出，指明表、行、列。",
        "6. Save as .xlsx and upload it, or run zuji footprint FILE.xlsx. All mistakes are listed at once.",
    ),
)
_COLOURS: tuple[tuple[Style, Text], ...] = (
    ("required", Text("深色列名：必填", "Dark column names: required")),
    ("optional", Text("浅色列名：有就填", "Light column names: where you have it")),
    ("advanced", Text("灰色列名：专业人员使用，可忽略", "Grey column names: for practitioners")),
)
_RULES = (
    Text(
        "因子编号不知道可以留空：上传后在网页上按项目名称匹配，由人确认。",
        "A factor id may stay empty: it is matched by the item's name after the upload; a person confirms.",
    ),
    Text(
        "请不要合并单元格，不要改动工作表名和列名，可以用公式。",
        "Do not merge cells, do not rename sheets or columns; formulas are fine.",
    ),
    Text(
        "数据质量评分：1 很好，2 好，3 一般，4 较差，5 差；没有评分请留空，不要猜。",
        "Data quality: 1 very good, 2 good, 3 fair, 4 poor, 5 very poor; leave it empty rather than guess.",
    ),
    Text(
        "电力请用电力碳足迹因子（全生命周期，kgCO2e/kWh），不要用电网排放因子（只含发电燃烧的 CO2）。",
        "Electricity takes a footprint factor (life cycle, kgCO2e/kWh), never a grid CO2 factor.",
    ),
    Text(
        "自发自用、直供、合同或绿证、剩余混合的电力：在“清单”表右侧灰色列选处理方式并填所在地电网因子，"
        "证书逐个填在“绿证”表；软件同时给出基于位置的结果。",
        "Electricity of one's own, by direct line, contract or residual mix: choose the treatment in the "
        "grey columns, name the location factor, list certificates on their sheet; the location-based result "
        "is shown beside.",
    ),
    Text(
        "废弃物按正数填写；副产品填到“工序与联产”表并选分配方法。",
        "State waste as a positive amount; a by-product is a further output with an allocation.",
    ),
)
_EXAMPLE = Text(
    "本文件带有示例产品（非真实企业）。填写自己的产品时请替换或删除示例内容，并把“是否为演示”改为“否”。",
    "This file holds an example of no real company. Replace or delete it and set Demonstration to No.",
)


def help_rows(*, example: bool) -> Iterator[tuple[Style, Text]]:
    """The rows of the help sheet with their style."""
    yield "title", TITLE
    if example:
        yield "required", _EXAMPLE
    yield "heading", Text("怎么填", "How to fill it in")
    yield from (("text", step) for step in _STEPS)
    yield "heading", Text("颜色", "Colours")
    yield from _COLOURS
    yield "heading", Text("要点", "Mind")
    yield from (("text", rule) for rule in _RULES)
    yield "heading", Text("工作表", "Sheets")
    for table in TABLES:
        needed = [column.name for column in table.columns if column.required]
        yield (
            "text",
            Text(
                f"{table.name.zh}：必填 {'、'.join(name.zh for name in needed)}",
                f"{table.name.en}: required {', '.join(name.en for name in needed)}",
            ),
        )
    yield "heading", Text("可用的单位", "Units")
    for group in UNITS:
        symbols = "、".join(unit.symbol for unit in group.units)
        yield "text", Text(f"{group.name.zh}：{symbols}", f"{group.name.en}: {symbols}")
    yield (
        "text",
        Text("可加“万”“亿”等倍数，例如 万kWh、万Nm3。", "Multiples such as 万kWh (10,000 kWh) work."),
    )
