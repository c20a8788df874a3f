"""Columns of the inventory workbook: what a cell may hold, and the columns every line sheet shares.

A column's `key` is the path of the field in the plain dictionary of `zuji.model.documents`; writer
and reader both follow it, so a column exists once. Names are in both languages: the reader takes a
workbook in either.
"""

from dataclasses import dataclass, replace
from typing import Literal

from zuji.formats.excel import words
from zuji.formats.excel.words import Words
from zuji.text import Text

NO_NOTE = Text("")
Cell = Literal["text", "number", "share", "date", "choice", "truth", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `suggested` names a list of the options sheet that a cell need not keep to."""

    key: str
    name: Text
    cell: Cell = "text"
    choices: Words | None = None
    suggested: str = ""
    required: bool = False
    advanced: bool = False
    width: int = 14
    note: Text = NO_NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table: one header row, then one row a record. `kinds` are the line kinds it may hold, `since` the
    version of the template that first has it."""

    key: str
    name: Text
    columns: tuple[Column, ...]
    kinds: tuple[str, ...] = ()
    since: int = 1


def column(key: str, zh: str, en: str, note: str = "", note_en: str = "", **options: object) -> Column:
    return Column(key=key, name=Text(zh, en), note=Text(note, note_en), **options)  # type: ignore[arg-type]


def _advanced(*columns: Column) -> tuple[Column, ...]:
    return tuple(replace(each, advanced=True) for each in columns)


IDENTITY = (
    column(
        "order",
        "序号",
        "No.",
        "显示顺序，可留空",
        "order of the lines; may stay empty",
        cell="number",
        width=6,
    ),
    column(
        "id",
        "行编号",
        "Line id",
        "情景引用用；留空则自动编号",
        "scenarios refer to it; numbered where empty",
        width=10,
    ),
    column(
        "process",
        "工序",
        "Process",
        "“工序与联产”表中的工序编号；只有一个工序时可留空",
        "the process id of the sheet Processes; may stay empty where there is one process",
        width=10,
    ),
)
STAGE = column("stage", "阶段", "Stage", cell="choice", choices=words.STAGES, required=True, width=13)


def amount(zh: str = "数量", en: str = "Amount", note: str = "", note_en: str = "") -> tuple[Column, Column]:
    return (
        column(
            "quantity.amount",
            zh,
            en,
            note or "与工序产出同一统计口径的实际用量（例如全年用量）",
            note_en or "as measured for the outputs of the process, for example of the whole year",
            cell="number",
            required=True,
            width=13,
        ),
        column("quantity.unit", "单位", "Unit", suggested="units", required=True, width=10),
    )


FACTOR = (
    column(
        "factor",
        "因子编号",
        "Factor id",
        "因子库中的编号；不知道可先留空，在网页上按项目名称匹配",
        "id in the factor library; may stay empty and be matched on the page",
        width=26,
    ),
)
EVIDENCE = (
    column("supplier", "供应商", "Supplier", width=16),
    column(
        "evidence",
        "证据",
        "Evidence",
        "台账、发票、磅单或检测报告的编号",
        "number of the ledger, invoice, weighbridge note or test report",
        width=20,
    ),
    column(
        "data_source",
        "数据来源",
        "Data source",
        "不填为实测",
        "measured where empty",
        cell="choice",
        choices=words.DATA_SOURCES,
        width=13,
    ),
    column("source", "出处", "Reference", "文献或说明", "literature or explanation", width=20),
    column("note", "备注", "Note", width=20),
)
QUALITY = tuple(
    column(
        f"quality.{key}",
        zh,
        en,
        "1 最好，5 最差；未评可留空",
        "1 is best, 5 is worst; may stay empty",
        cell="number",
        width=9,
    )
    for key, zh, en in (
        ("technology", "技术代表性", "Technology (TeR)"),
        ("geography", "地域代表性", "Geography (GeR)"),
        ("time", "时间代表性", "Time (TiR)"),
        ("precision", "精确性", "Precision (P)"),
    )
)
STATED = _advanced(
    column(
        "stated.value",
        "自有因子 kgCO2e",
        "Own factor kgCO2e",
        "供应商或本厂自己的因子；与因子编号二选一",
        "of the supplier or the plant; instead of a factor id",
        cell="number",
    ),
    column("stated.per", "自有因子每单位", "Own factor per", suggested="units"),
    column("stated.source", "自有因子来源", "Own factor source"),
    column("stated.year", "自有因子年份", "Own factor year"),
    column("stated.geography", "自有因子地域", "Own factor geography"),
    column(
        "stated.primary",
        "供应商核算值",
        "Supplier's own result",
        cell="truth",
        choices=words.TRUTHS,
    ),
    column("stated.primary_share", "供应商初级数据占比", "Supplier's primary share", cell="share"),
    column("stated.life_cycle", "是否全生命周期", "Life cycle", cell="truth", choices=words.TRUTHS),
)
MORE = _advanced(
    column("factor_version", "因子版本", "Factor version", "留空为最新版", "newest where empty"),
    column(
        "uncertainty.distribution", "不确定性分布", "Distribution", cell="choice", choices=words.DISTRIBUTIONS
    ),
    column(
        "uncertainty.spread",
        "离散程度",
        "Spread",
        "对数正态填几何标准差（不小于 1），正态填变异系数",
        "lognormal: geometric standard deviation (at least 1); normal: coefficient of variation",
        cell="number",
    ),
    column(
        "uncertainty.low",
        "下限倍数",
        "Low multiple",
        "三角、均匀分布用",
        "for triangular, uniform",
        cell="number",
    ),
    column(
        "uncertainty.high",
        "上限倍数",
        "High multiple",
        "三角、均匀分布用",
        "for triangular, uniform",
        cell="number",
    ),
    column(
        "cut_off",
        "舍去理由",
        "Cut-off reason",
        "填写后该行只列出、不计入结果",
        "where filled the line is listed but not counted",
        width=18,
    ),
    column(
        "allocate_to",
        "归属产出",
        "Belongs to product",
        "细分：该行只属于这一种产出",
        "subdivision: the line belongs to this product alone",
    ),
    column("tags", "标签", "Tags", "多个标签用顿号隔开", "separate by 、", cell="list"),
)
_CONDITION = Text("仅合同：是才能按合同核算", "contracts only: needed for a contract to count")
ELECTRICITY = _advanced(
    column(
        "electricity.treatment",
        "电力处理方式",
        "Electricity treatment",
        "仅电力；不填为电网。证书在“绿证”表中填写",
        "electricity only; the grid where empty. Certificates have a sheet of their own",
        cell="choice",
        choices=words.TREATMENTS,
        width=13,
    ),
    column(
        "electricity.location_factor",
        "所在地电网因子",
        "Location factor",
        "处理方式不是电网时填写用电地区的电力碳足迹因子编号，用于并列给出基于位置的结果",
        "where it is not the grid: id of the footprint factor of the consuming region, for the result beside",
        width=22,
    ),
    *(
        replace(
            column(f"electricity.{key}", zh, en, cell="truth", choices=words.TRUTHS, width=9),
            note=_CONDITION,
        )
        for key, zh, en in (
            ("attributes", "含机组属性", "Carries attributes"),
            ("sole_claim", "唯一声明", "Sole claim"),
            ("tracked", "追踪并核销", "Tracked and cancelled"),
            ("close_in_time", "时间相近", "Close in time"),
            ("same_market", "同一市场", "Same market"),
        )
    ),
    column(
        "electricity.attributes_sold",
        "属性已售出",
        "Attributes sold",
        "仅自发自用和直供线路：这些电量的证书是否卖给了别人",
        "own generation and direct lines: whether certificates of it were sold to others",
        cell="truth",
        choices=words.TRUTHS,
        width=9,
    ),
)
