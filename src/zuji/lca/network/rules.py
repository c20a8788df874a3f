"""The decision table of provider selection: how an exchange found the process that supplies it."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType

from zuji.text import Text


class LinkRule(IntEnum):
    """Why a link leads where it leads; the first rule that finds someone decides."""

    EXPLICIT = 1
    """The exchange names its provider (defaultProvider, activityLinkId, a model's connection)."""
    ONLY = 2
    """One process in the database supplies this product."""
    SAME_PLACE = 3
    """A supplier at the very place of the consumer (or of the exchange, where that is stated)."""
    SAME_PROVINCE = 4
    SAME_REGION = 5
    """A grid region, or a group of provinces or countries, that contains the consumer's."""
    SAME_COUNTRY = 6
    WORLD = 7
    """A market of the world, or of rest of world."""
    ANYWHERE = 8
    """Nobody nearer: all suppliers there are."""
    CO_PRODUCT = 9
    """Substitution: the co-product displaces the supply of this provider."""
    PERSON = 10
    """A person chose it, or accepted a suggested repair."""
    OWN = 11
    """The process uses up part of what it makes itself."""

    @property
    def words(self) -> Text:
        """The rule for people."""
        return _RULES[self]


class CutReason(StrEnum):
    """Why a product or waste exchange ends at the edge of the network."""

    NO_PROVIDER = "no provider"
    NO_TREATMENT = "no treatment"
    PASSED_ON = "passed on"
    NO_NAMED_PROVIDER = "no named provider"
    UNKNOWN_FLOW = "unknown flow"
    NO_AMOUNT = "no amount"
    UNIT = "unit"
    PERSON = "person"
    REPAIR = "repair"
    RESIDUE = "residue"
    WASTE_TAKEN_IN = "waste taken in"
    FROM_TREATMENT = "from treatment"
    NOT_DISPLACED = "not displaced"
    BORNE = "borne by the reference"
    SET_ASIDE = "set aside"
    UNALLOCATED = "unallocated"
    NO_REFERENCE = "no reference"
    REFERENCE_ZERO = "reference zero"
    REFERENCE_UNKNOWN = "reference unknown"

    @property
    def words(self) -> Text:
        """The reason for people."""
        return _REASONS[self]

    @property
    def bars(self) -> bool:
        """Whether the process it stands at has no footprint because of it."""
        return self in _BARRING

    @property
    def lacking(self) -> bool:
        """Whether results lack something because of it that the inventory asks for."""
        return self in _LACKING


_LACKING = frozenset(
    (
        CutReason.NO_PROVIDER,
        CutReason.NO_NAMED_PROVIDER,
        CutReason.NO_TREATMENT,
        CutReason.PASSED_ON,
        CutReason.UNKNOWN_FLOW,
        CutReason.NO_AMOUNT,
        CutReason.UNIT,
        CutReason.REPAIR,
        CutReason.NOT_DISPLACED,
    )
)
_BARRING = frozenset(
    (
        CutReason.SET_ASIDE,
        CutReason.UNALLOCATED,
        CutReason.NO_REFERENCE,
        CutReason.REFERENCE_ZERO,
        CutReason.REFERENCE_UNKNOWN,
    )
)

_RULES: Mapping[LinkRule, Text] = MappingProxyType(
    {
        LinkRule.EXPLICIT: Text("数据集指定的供应方", "the provider that the data set names"),
        LinkRule.ONLY: Text("库中唯一的供应方", "the only supplier in the database"),
        LinkRule.SAME_PLACE: Text("同一地点的供应方", "a supplier at the same place"),
        LinkRule.SAME_PROVINCE: Text("同一省份的供应方", "a supplier in the same province"),
        LinkRule.SAME_REGION: Text(
            "同一电网区域或地区的供应方", "a supplier of the same grid region or region"
        ),
        LinkRule.SAME_COUNTRY: Text("同一国家的供应方", "a supplier in the same country"),
        LinkRule.WORLD: Text("全球市场的供应方", "a supplier for the world"),
        LinkRule.ANYWHERE: Text("没有更近的，取所有供应方", "nobody nearer: all suppliers there are"),
        LinkRule.CO_PRODUCT: Text("副产品替代该供应方的产品", "the co-product displaces this supply"),
        LinkRule.PERSON: Text("由人指定", "a person chose it"),
        LinkRule.OWN: Text("过程自用其产品", "the process uses its own product"),
    }
)

_REASONS: Mapping[CutReason, Text] = MappingProxyType(
    {
        CutReason.NO_PROVIDER: Text(
            "库中没有过程供应该产品", "no process in the database supplies this product"
        ),
        CutReason.NO_TREATMENT: Text(
            "库中没有过程处理该废物", "no process in the database treats this waste"
        ),
        CutReason.PASSED_ON: Text(
            "过程投入自己的产品以继续加工或转运，而库中没有过程从头生产它",
            "the process takes in its own product to pass it on, and no process in the database makes it",
        ),
        CutReason.NO_NAMED_PROVIDER: Text(
            "指定的供应方不在库中，且只允许指定的供应方",
            "the named provider is not in the database, and only named ones are allowed",
        ),
        CutReason.UNKNOWN_FLOW: Text(
            "流不在数据包中，不知是产品、废物还是基本流",
            "the flow is not in the package: product, waste or elementary is unknown",
        ),
        CutReason.NO_AMOUNT: Text("没有可用的数量", "there is no usable amount"),
        CutReason.UNIT: Text("单位不能换算", "the unit does not convert"),
        CutReason.PERSON: Text("由人截断", "a person cut it"),
        CutReason.REPAIR: Text(
            "为修复不可生产的循环而截断", "cut to repair a loop that consumes as much as it makes"
        ),
        CutReason.RESIDUE: Text(
            "无人需要的产出：不参与分配，主产品承担全部",
            "an output nobody asks for: not allocated to, the main product bears all",
        ),
        CutReason.WASTE_TAKEN_IN: Text(
            "投入的废物：不带上游负荷", "waste taken in: it brings no burden of its first life"
        ),
        CutReason.FROM_TREATMENT: Text(
            "废物处理的产出：处理承担全部，不计抵扣",
            "an output of waste treatment: the treatment bears all, no credit is given",
        ),
        CutReason.NOT_DISPLACED: Text(
            "副产品没有可替代的供应方：不计抵扣",
            "no supply that the co-product displaces: no credit is given",
        ),
        CutReason.BORNE: Text(
            "按选定的方法，主产品承担全部，副产品不计",
            "as chosen, the main product bears all and this co-product none",
        ),
        CutReason.SET_ASIDE: Text(
            "基准量与投入不相称，为修复循环而搁置该过程",
            "set aside to repair a loop: its reference amount cannot belong to its inputs",
        ),
        CutReason.UNALLOCATED: Text(
            "多产出过程没有可用的分配依据", "a multi-output process without any basis for allocation"
        ),
        CutReason.NO_REFERENCE: Text("过程没有基准流", "the process has no reference flow"),
        CutReason.REFERENCE_ZERO: Text("基准流的数量为零", "the amount of the reference flow is zero"),
        CutReason.REFERENCE_UNKNOWN: Text("基准流没有可用的数量", "the reference flow has no usable amount"),
    }
)
