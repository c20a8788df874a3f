"""Values of a rule's items as people read them, for tables, differences and reasons."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from zuji.lca.publishing import as_stated
from zuji.model.category_rules import (
    PermittedExclusion,
    ReportAnnex,
    RequiredItem,
    RuleProfile,
    SwitchChoice,
)
from zuji.model.lines import ElectricityTreatment, LineKind, RecyclingMethod
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.model.statements import RecyclingProcedure
from zuji.model.studies import BOUNDARY_NAMES, AllocationMethod, BoundaryKind, UnitKind
from zuji.rules.resolving_items import stated
from zuji.text import Text

UNSTATED = Text("未规定", "not ruled")
LINE_KIND_NAMES: dict[LineKind, Text] = {
    LineKind.MATERIAL: Text("物料", "material"),
    LineKind.ELECTRICITY: Text("电力", "electricity"),
    LineKind.HEAT: Text("热力", "heat"),
    LineKind.FUEL: Text("燃料", "fuel"),
    LineKind.TRANSPORT: Text("运输", "transport"),
    LineKind.PROCESS_EMISSION: Text("过程排放", "process emission"),
    LineKind.DIRECT_EMISSION: Text("直接排放", "direct emission"),
    LineKind.WASTE: Text("废弃物", "waste"),
    LineKind.SUB_ASSEMBLY: Text("中间产品", "sub-assembly"),
    LineKind.RECYCLING: Text("回收", "recycling"),
    LineKind.BIOGENIC_CARBON: Text("生物源碳", "biogenic carbon"),
    LineKind.LAND_USE_CHANGE: Text("土地利用变化", "land-use change"),
}
TREATMENT_NAMES: dict[ElectricityTreatment, Text] = {
    ElectricityTreatment.GRID: Text("电网平均", "grid mix"),
    ElectricityTreatment.RESIDUAL: Text("剩余电力结构", "residual mix"),
    ElectricityTreatment.OWN: Text("自发自用", "own generation"),
    ElectricityTreatment.DIRECT_LINE: Text("直供线路", "direct line"),
    ElectricityTreatment.CONTRACT: Text("合同或绿证", "contract or certificates"),
}
RECYCLING_NAMES: dict[RecyclingMethod, Text] = {
    RecyclingMethod.CFF: Text("循环足迹公式", "Circular Footprint Formula"),
    RecyclingMethod.CUT_OFF: Text("截断法", "cut-off"),
}
PROCEDURE_NAMES: dict[RecyclingProcedure, Text] = {
    RecyclingProcedure.CLOSED_LOOP: Text("闭环", "closed loop"),
    RecyclingProcedure.OPEN_LOOP: Text("开环", "open loop"),
    RecyclingProcedure.CUT_OFF: Text("截断", "cut-off"),
}
ALLOCATION_NAMES: dict[AllocationMethod, Text] = {
    AllocationMethod.NONE: Text("不分配", "none"),
    AllocationMethod.SUBDIVISION: Text("细分", "subdivision"),
    AllocationMethod.SUBSTITUTION: Text("替代（系统扩展）", "substitution"),
    AllocationMethod.PHYSICAL: Text("物理分配", "physical allocation"),
    AllocationMethod.ECONOMIC: Text("经济分配", "economic allocation"),
}
_SWITCHED: dict[SwitchChoice, Text] = {
    SwitchChoice.INCLUDE: Text("计入", "included"),
    SwitchChoice.EXCLUDE: Text("不计", "excluded"),
    SwitchChoice.OPTIONAL: Text("可选，须写明", "optional, to be stated"),
}
UNIT_KIND_NAMES: dict[UnitKind, Text] = {
    UnitKind.FUNCTIONAL: Text("功能单位", "functional unit"),
    UnitKind.DECLARED: Text("声明单位", "declared unit"),
}
_ANNEXES: dict[ReportAnnex, Text] = {
    ReportAnnex.DATA_LIST: Text("数据清单", "data list"),
    ReportAnnex.PARAMETERS: Text("参数", "parameters"),
    ReportAnnex.DATA_QUALITY: Text("数据质量评价", "data quality"),
    ReportAnnex.GWP: Text("全球增温潜势", "global warming potentials"),
    ReportAnnex.CONTENTS: Text("内容一览", "contents"),
    ReportAnnex.CONFORMITY: Text("符合性", "conformity"),
    ReportAnnex.ELECTRICITY: Text("电力", "electricity"),
    ReportAnnex.REVIEW: Text("评审", "review"),
}
# Members of different enumerations may be equal as text, so that each type has its own table.
_WORDS: Mapping[type, Mapping[Any, Text]] = {
    Stage: STAGE_NAMES,
    BoundaryKind: BOUNDARY_NAMES,
    AllocationMethod: ALLOCATION_NAMES,
    ElectricityTreatment: TREATMENT_NAMES,
    RecyclingMethod: RECYCLING_NAMES,
    LineKind: LINE_KIND_NAMES,
    UnitKind: UNIT_KIND_NAMES,
    SwitchChoice: _SWITCHED,
    ReportAnnex: _ANNEXES,
}
_SHARES = frozenset({"cut_off.each", "cut_off.total", "primary.least_share", "quality.coverage"})


def words(item: str, value: Any) -> Text:
    """What a rule says by the value of an item: 1 %, 细分 → 物理分配, 未规定."""
    if not stated(value):
        return UNSTATED
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, float):
        plain = f"{as_stated(value * 100)} %" if item in _SHARES else as_stated(value)
        return Text(plain, plain)
    if isinstance(value, tuple):
        arrow = " → " if item == "allocation.order" else ""
        parts = [words(item, each) for each in value]
        zh, en = [part.zh for part in parts], [part.en or part.zh for part in parts]
        return Text((arrow or "、").join(zh), (arrow or ", ").join(en))
    if isinstance(value, StrEnum):
        return _WORDS[type(value)][value]
    return _record(value)


def _record(value: object) -> Text:
    match value:
        case PermittedExclusion():
            name = STAGE_NAMES[value.stage]
            return Text(
                f"{name.zh}（{value.reason}）", f"{name.en.lower()} ({value.reason_en or value.reason})"
            )
        case RuleProfile():
            return Text(value.name, value.name_en)
        case RequiredItem():
            return _required(value)
    return Text(str(value), str(value))


def _required(item: RequiredItem) -> Text:
    """A demand in one line: what, of which kind, at which stage, whether primary, when."""
    zh, en = [item.name], [item.name_en or item.name]
    for named in (words("", item.kind), words("", item.stage)):
        if named != UNSTATED:
            zh.append(named.zh)
            en.append(named.en.lower())
    if item.primary:
        zh.append("初级数据")
        en.append("primary")
    if item.condition:
        zh.append(item.condition)
        en.append(item.condition_en or item.condition)
    return Text("，".join(zh), ", ".join(en))
