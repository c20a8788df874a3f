"""The forms of the inventory workbook, one field a row, as data: the product, and what is stated of it."""

from dataclasses import dataclass

from zuji.formats.excel import words
from zuji.formats.excel.columns import Column, column
from zuji.formats.excel.statements import FIELDS as STATEMENT_FIELDS
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.text import Text

NAME = Text("产品", "Product")
FIELD = Text("项目", "Field")
VALUE = Text("填写内容", "Value")
REASON = Text("排除理由", "Reason for exclusion")
NOTE = Text("填写说明", "How to fill in")
STAGE_KEY = "boundary.stage."


FIELDS: tuple[Column, ...] = (
    column("id", "研究编号", "Study id", "自定，例如 2024-001", "your own, such as 2024-001", required=True),
    column("product.name", "产品名称", "Product name", required=True),
    column("product.name_en", "产品英文名称", "Product name in English"),
    column("product.model", "型号", "Model"),
    column(
        "product.code", "产品代码", "Product code", "海关编码或统计分类代码", "customs or statistical code"
    ),
    column("product.specification", "规格", "Specification"),
    column("product.manufacturer", "生产企业", "Manufacturer"),
    column(
        "product.credit_code",
        "统一社会信用代码",
        "Unified social credit code",
        "18 位，与营业执照一致",
        "18 characters, as on the business licence",
    ),
    column("product.site", "生产地址", "Site"),
    column(
        "product.biogenic_carbon_kg",
        "产品含生物碳 kg",
        "Biogenic carbon in the product, kg",
        "每单位产品中的生物碳质量",
        "mass of biogenic carbon in one unit",
        cell="number",
    ),
    column(
        "unit.kind",
        "单位类型",
        "Kind of unit",
        "摇篮到坟墓用功能单位，其他用声明单位；留空按此取",
        "functional from cradle to grave, declared otherwise; so taken where empty",
        cell="choice",
        choices=words.UNIT_KINDS,
    ),
    column(
        "unit.quantity.amount",
        "单位数量",
        "Amount of the unit",
        "例如 1",
        "such as 1",
        cell="number",
        required=True,
    ),
    column(
        "unit.quantity.unit",
        "单位",
        "Unit",
        "例如 kg、kWh、台",
        "such as kg, kWh",
        suggested="units",
        required=True,
    ),
    column("unit.description", "单位说明", "Description of the unit"),
    column(
        "boundary.kind",
        "系统边界",
        "System boundary",
        cell="choice",
        choices=words.BOUNDARIES,
        required=True,
    ),
    *(
        Column(
            key=f"{STAGE_KEY}{stage.value}",
            name=Text(f"阶段：{STAGE_NAMES[stage].zh}", f"Stage: {STAGE_NAMES[stage].en}"),
            note=Text(
                "五个阶段都留空则按系统边界取；排除的阶段请写明理由",
                "where all five stay empty the boundary decides; give the reason of an exclusion",
            ),
            cell="choice",
            choices=words.INSIDE,
        )
        for stage in Stage
    ),
    column("boundary.description", "边界说明", "Description of the boundary"),
    column(
        "period.start",
        "数据期起",
        "Data period from",
        "例如 2024-01-01",
        "such as 2024-01-01",
        cell="date",
        required=True,
    ),
    column(
        "period.end",
        "数据期止",
        "Data period to",
        "例如 2024-12-31",
        "such as 2024-12-31",
        cell="date",
        required=True,
    ),
    column(
        "geography", "生产地域", "Geography", "例如 CN-SC（四川）或 CN", "such as CN-SC or CN", required=True
    ),
    column("gwp", "GWP 来源", "GWP set", "不填为 AR6", "AR6 where empty", suggested="gwp"),
    column(
        "rule",
        "产品种类规则",
        "Product category rule",
        "规则编号，没有可留空",
        "id of the rule; may stay empty",
    ),
    column("goal.reason", "开展研究的理由", "Reason for the study"),
    column("goal.use", "预期用途", "Intended use"),
    column("goal.audience", "目标受众", "Audience"),
    column("goal.comparison", "是否用于对比", "For comparison", cell="truth", choices=words.TRUTHS),
    column("goal.commissioner", "委托方", "Commissioner"),
    column("goal.author", "编制人", "Author"),
    column("assumptions", "主要假设", "Assumptions"),
    column("limitations", "局限性", "Limitations"),
    column(
        "demonstration",
        "是否为演示",
        "Demonstration",
        "演示数据不得对外使用；填写真实数据后改为“否”",
        "a demonstration is not for use; write No once the data are real",
        cell="truth",
        choices=words.TRUTHS,
    ),
    column("note", "备注", "Note"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A sheet with one field a row; `since` as in `zuji.formats.excel.columns.Sheet`."""

    key: str
    name: Text
    fields: tuple[Column, ...]
    since: int = 1


PRODUCT = Form(key="product", name=NAME, fields=FIELDS)
STATEMENTS = Form(key="statements", name=Text("说明与声明", "Statements"), fields=STATEMENT_FIELDS, since=2)
FORMS = (PRODUCT, STATEMENTS)
