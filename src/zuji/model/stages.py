"""Life-cycle stages and the five separate totals."""

from enum import StrEnum

from zuji.text import Text


class Stage(StrEnum):
    """The five life-cycle stages; recycling is shown inside end of life."""

    RAW_MATERIAL = "raw_material"
    MANUFACTURING = "manufacturing"
    DISTRIBUTION = "distribution"
    USE = "use"
    END_OF_LIFE = "end_of_life"


STAGE_NAMES: dict[Stage, Text] = {
    Stage.RAW_MATERIAL: Text("原材料获取", "Raw material acquisition"),
    Stage.MANUFACTURING: Text("生产制造", "Manufacturing"),
    Stage.DISTRIBUTION: Text("分销运输", "Distribution"),
    Stage.USE: Text("使用", "Use"),
    Stage.END_OF_LIFE: Text("废弃处置", "End of life"),
}


class TotalKind(StrEnum):
    """What is reported separately (ISO 14067:2018). The order is the axis order of every array."""

    FOSSIL = "fossil"
    BIOGENIC_EMISSIONS = "biogenic_emissions"
    BIOGENIC_REMOVALS = "biogenic_removals"
    LAND_USE_CHANGE = "land_use_change"
    AIRCRAFT = "aircraft"


TOTAL_KINDS: tuple[TotalKind, ...] = tuple(TotalKind)
TOTAL_NAMES: dict[TotalKind, Text] = {
    TotalKind.FOSSIL: Text("化石排放", "Fossil"),
    TotalKind.BIOGENIC_EMISSIONS: Text("生物源排放", "Biogenic emissions"),
    TotalKind.BIOGENIC_REMOVALS: Text("生物源清除", "Biogenic removals"),
    TotalKind.LAND_USE_CHANGE: Text("直接土地利用变化", "Direct land-use change"),
    TotalKind.AIRCRAFT: Text("航空排放", "Aircraft"),
}
