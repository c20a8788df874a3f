"""The words of the inventory workbook for the values of the model, in both languages."""

from collections.abc import Mapping
from enum import StrEnum

from zuji.model.lines import DataSource, ElectricityTreatment, LineKind, RecyclingMethod
from zuji.model.quantities import Distribution
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.model.statements import BalanceKind, RecyclingProcedure, ReviewKind
from zuji.model.studies import BOUNDARY_NAMES, AllocationMethod, BoundaryKind, UnitKind
from zuji.text import Text

Words = Mapping[str, Text]


def _of(names: Mapping[StrEnum, Text]) -> Words:
    return {member.value: text for member, text in names.items()}


LINE_KINDS: Words = _of(
    {
        LineKind.MATERIAL: Text("原辅材料", "Material"),
        LineKind.ELECTRICITY: Text("电力", "Electricity"),
        LineKind.HEAT: Text("热力", "Heat"),
        LineKind.WASTE: Text("废弃物与废水", "Waste"),
        LineKind.SUB_ASSEMBLY: Text("中间产品", "Sub-assembly"),
        LineKind.FUEL: Text("燃料燃烧", "Fuel"),
        LineKind.TRANSPORT: Text("运输", "Transport"),
        LineKind.PROCESS_EMISSION: Text("过程排放", "Process emission"),
        LineKind.DIRECT_EMISSION: Text("气体直接排放", "Direct emission"),
        LineKind.BIOGENIC_CARBON: Text("生物碳", "Biogenic carbon"),
        LineKind.LAND_USE_CHANGE: Text("土地利用变化", "Land-use change"),
        LineKind.RECYCLING: Text("循环利用", "Recycling"),
    }
)
STAGES: Words = _of({stage: STAGE_NAMES[stage] for stage in Stage})
BOUNDARIES: Words = _of({kind: BOUNDARY_NAMES[kind] for kind in BoundaryKind})
UNIT_KINDS: Words = _of(
    {
        UnitKind.DECLARED: Text("声明单位", "Declared unit"),
        UnitKind.FUNCTIONAL: Text("功能单位", "Functional unit"),
    }
)
INSIDE: Words = {"inside": Text("包含", "Included"), "excluded": Text("排除", "Excluded")}
TRUTHS: Words = {"true": Text("是", "Yes"), "false": Text("否", "No")}
REMOVALS: Words = {"true": Text("吸收", "Uptake"), "false": Text("释放", "Release")}
DATA_SOURCES: Words = _of(
    {
        DataSource.MEASURED: Text("实测", "Measured"),
        DataSource.CALCULATED: Text("现场数据计算", "Calculated on site"),
        DataSource.SUPPLIER: Text("供应商提供", "Supplier"),
        DataSource.LITERATURE: Text("文献", "Literature"),
        DataSource.ESTIMATED: Text("估算", "Estimated"),
    }
)
DISTRIBUTIONS: Words = _of(
    {
        Distribution.LOGNORMAL: Text("对数正态", "Lognormal"),
        Distribution.NORMAL: Text("正态", "Normal"),
        Distribution.TRIANGULAR: Text("三角", "Triangular"),
        Distribution.UNIFORM: Text("均匀", "Uniform"),
    }
)
ALLOCATIONS: Words = _of(
    {
        AllocationMethod.NONE: Text("不分配", "None"),
        AllocationMethod.SUBDIVISION: Text("细分", "Subdivision"),
        AllocationMethod.SUBSTITUTION: Text("替代", "Substitution"),
        AllocationMethod.PHYSICAL: Text("物理关系", "Physical"),
        AllocationMethod.ECONOMIC: Text("经济价值", "Economic"),
    }
)
RECYCLING_METHODS: Words = _of(
    {
        RecyclingMethod.CFF: Text("循环足迹公式", "Circular Footprint Formula"),
        RecyclingMethod.CUT_OFF: Text("截断法", "Cut-off"),
    }
)
TREATMENTS: Words = _of(
    {
        ElectricityTreatment.GRID: Text("电网", "Grid"),
        ElectricityTreatment.RESIDUAL: Text("剩余混合", "Residual mix"),
        ElectricityTreatment.OWN: Text("自发自用", "Own generation"),
        ElectricityTreatment.DIRECT_LINE: Text("直供线路", "Direct line"),
        ElectricityTreatment.CONTRACT: Text("合同或绿证", "Contract or certificates"),
    }
)
BALANCES: Words = _of(
    {
        BalanceKind.MASS: Text("质量", "Mass"),
        BalanceKind.ENERGY: Text("能量", "Energy"),
        BalanceKind.CARBON: Text("碳", "Carbon"),
    }
)
REVIEWS: Words = _of(
    {
        ReviewKind.INTERNAL: Text("内部复核", "Internal review"),
        ReviewKind.CRITICAL_REVIEW: Text("鉴定性评审", "Critical review"),
        ReviewKind.VERIFICATION: Text("第三方核查", "Verification"),
    }
)
PROCEDURES: Words = _of(
    {
        RecyclingProcedure.CLOSED_LOOP: Text("闭环", "Closed loop"),
        RecyclingProcedure.OPEN_LOOP: Text("开环", "Open loop"),
        RecyclingProcedure.CUT_OFF: Text("截断", "Cut-off"),
    }
)
