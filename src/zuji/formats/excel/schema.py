"""The sheets of the inventory workbook, as data."""

from collections.abc import Mapping

from zuji.formats.excel import words
from zuji.formats.excel.columns import (
    ELECTRICITY,
    EVIDENCE,
    FACTOR,
    IDENTITY,
    MORE,
    QUALITY,
    STAGE,
    STATED,
    Column,
    Sheet,
    amount,
    column,
)
from zuji.formats.excel.statements import BALANCES, CERTIFICATES, OFFSETS, REVIEWS
from zuji.text import Text

FORMAT = "zuji-inventory"
VERSION = 2  # 2 adds statements, certificates, balances, reviews and offsets
READABLE = frozenset({1, 2})
MARK_SHEET = "_zuji"
MAX_ROWS = 5000
MAX_COLUMNS = 200


def _line_sheet(
    key: str,
    name: Text,
    kinds: tuple[str, ...],
    item: Column,
    *own: Column,
    quantity: tuple[Column, Column],
    last: tuple[Column, ...] = (),
) -> Sheet:
    kind = column(
        "kind",
        "类别",
        "Kind",
        cell="choice",
        choices={kind: words.LINE_KINDS[kind] for kind in kinds},
        required=True,
        width=14,
    )
    columns = (
        *IDENTITY,
        STAGE,
        *((kind,) if len(kinds) > 1 else ()),
        item,
        *quantity,
        *own,
        *FACTOR,
        *EVIDENCE,
        *QUALITY,
        *STATED,
        *MORE,
        *last,
    )
    return Sheet(key=key, name=name, columns=columns, kinds=kinds)


def _item(zh: str, en: str) -> Column:
    return column("item", zh, en, required=True, width=22)


INVENTORY = _line_sheet(
    "inventory",
    Text("清单", "Inventory"),
    ("material", "electricity", "heat", "waste", "sub_assembly"),
    _item("项目", "Item"),
    column(
        "sub_assembly.process",
        "来源工序",
        "From process",
        "仅中间产品：由本研究哪个工序生产",
        "sub-assemblies only: the process of this study that makes it",
        width=11,
    ),
    column(
        "sub_assembly.product",
        "来源产出",
        "From product",
        "仅中间产品：该工序有多个产出时填写",
        "sub-assemblies only: where that process has several products",
        width=11,
    ),
    quantity=amount(),
    last=ELECTRICITY,
)
TRANSPORT = _line_sheet(
    "transport",
    Text("运输", "Transport"),
    ("transport",),
    _item("运输内容与方式", "Leg"),
    column("transport.distance.amount", "单程距离", "Distance", cell="number", width=11),
    column("transport.distance.unit", "距离单位", "Distance unit", suggested="distances", width=10),
    column(
        "transport.aircraft",
        "航空",
        "By air",
        "航空排放单独列出",
        "reported separately",
        cell="truth",
        choices=words.TRUTHS,
        width=7,
    ),
    quantity=amount(
        "运输质量",
        "Mass",
        "货物质量；已是 t·km 的周转量直接填，距离留空",
        "mass moved; or transport work in t·km with the distance left empty",
    ),
)
FUEL = _line_sheet(
    "fuel",
    Text("燃料", "Fuel"),
    ("fuel",),
    _item("项目", "Item"),
    column(
        "fuel.fuel",
        "燃料",
        "Fuel",
        "选中后使用燃料表的热值、含碳量和氧化率",
        "its net calorific value, carbon content and oxidation come from the fuel table",
        suggested="fuels",
        width=16,
    ),
    column(
        "fuel.ncv",
        "低位发热量 GJ",
        "NCV GJ",
        "实测值；不填用燃料表",
        "measured; else the table",
        cell="number",
    ),
    column("fuel.ncv_per", "发热量每单位", "NCV per", "t 或 万Nm3", "t or 万Nm3", suggested="units"),
    column("fuel.carbon_content", "单位热值含碳量 tC/TJ", "Carbon content tC/TJ", cell="number"),
    column("fuel.oxidation", "碳氧化率", "Oxidation", "0 到 1", "0 to 1", cell="share", width=10),
    column("fuel.ch4", "CH4 kg/TJ", "CH4 kg/TJ", cell="number", width=10),
    column("fuel.n2o", "N2O kg/TJ", "N2O kg/TJ", cell="number", width=10),
    column("fuel.biogenic", "生物质燃料", "Biogenic", cell="truth", choices=words.TRUTHS, width=10),
    quantity=amount("消耗量", "Amount"),
)
EMISSIONS = _line_sheet(
    "emissions",
    Text("过程与直接排放", "Emissions"),
    ("process_emission", "direct_emission", "biogenic_carbon", "land_use_change"),
    _item("项目", "Item"),
    column(
        "direct_emission.gas",
        "气体",
        "Gas",
        "仅气体直接排放，例如 CH4、SF6、HFC-134a",
        "direct emissions only, such as CH4, SF6, HFC-134a",
        suggested="gases",
        width=11,
    ),
    column(
        "direct_emission.biogenic",
        "生物源气体",
        "Biogenic gas",
        cell="truth",
        choices=words.TRUTHS,
        width=11,
    ),
    column(
        "biogenic_carbon.removal",
        "吸收或释放",
        "Uptake or release",
        "仅生物碳",
        "biogenic carbon only",
        cell="truth",
        choices=words.REMOVALS,
        width=11,
    ),
    quantity=amount(),
)
_CFF = tuple(
    column(f"recycling.{key}", zh, en, note, note_en, cell=cell, width=12)
    for key, zh, en, note, note_en, cell in (
        ("r1", "再生料比例 R1", "Recycled content R1", "0 到 1", "0 to 1", "share"),
        ("r2", "回收率 R2", "Recycling rate R2", "0 到 1", "0 to 1", "share"),
        ("r3", "能量回收率 R3", "Energy recovery R3", "0 到 1", "0 to 1", "share"),
        ("a", "分配系数 A", "Allocation A", "不填为 0.5", "0.5 where empty", "share"),
        ("b", "分配系数 B", "Allocation B", "不填为 0", "0 where empty", "share"),
        ("qs_in", "质量比 Qsin/Qp", "Quality Qsin/Qp", "不填为 1", "1 where empty", "number"),
        ("qs_out", "质量比 Qsout/Qp", "Quality Qsout/Qp", "不填为 1", "1 where empty", "number"),
        ("virgin", "原生料因子 Ev", "Virgin Ev", "因子编号", "factor id", "text"),
        ("recycled", "再生料因子", "Recycled", "因子编号", "factor id", "text"),
        ("end_recycling", "末端再生因子", "End-of-life recycling", "因子编号", "factor id", "text"),
        ("avoided", "替代原生料因子 E*v", "Avoided E*v", "因子编号", "factor id", "text"),
        ("energy_recovery", "能量回收因子", "Energy recovery factor", "因子编号", "factor id", "text"),
        ("disposal", "处置因子 ED", "Disposal ED", "因子编号", "factor id", "text"),
        ("avoided_heat", "替代热力因子", "Avoided heat", "因子编号", "factor id", "text"),
        ("avoided_electricity", "替代电力因子", "Avoided electricity", "因子编号", "factor id", "text"),
        ("lhv", "热值 MJ/kg", "LHV MJ/kg", "", "", "number"),
        ("heat_efficiency", "产热效率", "Heat efficiency", "0 到 1", "0 to 1", "share"),
        ("electricity_efficiency", "发电效率", "Electricity efficiency", "0 到 1", "0 to 1", "share"),
    )
)
RECYCLING = _line_sheet(
    "recycling",
    Text("循环利用", "Recycling"),
    ("recycling",),
    _item("材料", "Material"),
    column(
        "recycling.method",
        "方法",
        "Method",
        cell="choice",
        choices=words.RECYCLING_METHODS,
        width=14,
    ),
    *_CFF,
    quantity=amount(),
)
PROCESSES = Sheet(
    key="processes",
    name=Text("工序与联产", "Processes"),
    columns=(
        column("id", "工序编号", "Process id", required=True, width=11),
        column("name", "工序名称", "Process name", "留空为工序编号", "the id where empty", width=18),
        column("output.product", "产出", "Product", required=True, width=22),
        column("output.quantity.amount", "产量", "Amount", cell="number", required=True, width=12),
        column("output.quantity.unit", "单位", "Unit", suggested="units", required=True, width=10),
        column(
            "output.property_value",
            "分配属性值",
            "Allocation property",
            "单位产出的质量、能量或价格",
            "mass, energy or price per unit of product",
            cell="number",
            width=12,
        ),
        column(
            "output.avoided_factor",
            "替代因子",
            "Avoided factor",
            "替代法：被替代产品的因子编号",
            "substitution: factor id of what is replaced",
            width=18,
        ),
        column(
            "allocation",
            "分配方法",
            "Allocation",
            "有多个产出时在第一行填写",
            "on the first row, where there are several products",
            cell="choice",
            choices=words.ALLOCATIONS,
            width=12,
        ),
        column("allocation_reason", "分配理由", "Allocation reason", width=24),
        column(
            "controlled",
            "本企业控制",
            "Controlled",
            "该工序是否由本企业运行；不填为是，在第一行填写",
            "whether the firm runs the process; yes where empty, on the first row",
            cell="truth",
            choices=words.TRUTHS,
            width=11,
        ),
    ),
)
SCENARIOS = Sheet(
    key="scenarios",
    name=Text("情景", "Scenarios"),
    columns=(
        column("id", "情景编号", "Scenario id", required=True, width=11),
        column("name", "情景名称", "Scenario name", "在第一行填写", "on the first row", width=20),
        column("description", "说明", "Description", width=28),
        column("change.line", "改动的行编号", "Changed line", width=13),
        column("change.amount", "新数量", "New amount", cell="number", width=11),
        column(
            "change.scale",
            "倍数",
            "Multiple",
            "0.9 表示减少 10 %",
            "0.9 is 10 % less",
            cell="number",
            width=9,
        ),
        column("change.factor", "新因子编号", "New factor id", width=24),
        column("change.stated_value", "新自有因子 kgCO2e", "New own factor kgCO2e", cell="number", width=13),
    ),
)
LINE_SHEETS = (INVENTORY, TRANSPORT, FUEL, EMISSIONS, RECYCLING)
BESIDE = (CERTIFICATES, BALANCES, REVIEWS, OFFSETS)
TABLES = (INVENTORY, TRANSPORT, FUEL, EMISSIONS, PROCESSES, RECYCLING, SCENARIOS, *BESIDE)
SHEET_OF_KIND: Mapping[str, Sheet] = {kind: sheet for sheet in LINE_SHEETS for kind in sheet.kinds}
HELP = Text("说明", "Help")
OPTIONS = Text("选项", "Options")
