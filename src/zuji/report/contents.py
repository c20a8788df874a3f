"""What a footprint report must contain, item by item, and why an item may not apply.

The numbers are those of the values and of the list that ISO 14067:2018 clause 7 and the report template
of GB/T 24067-2024 ask for; the last group is what accounting rules and comparison add to them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from zuji.model.conformity import Outcome
from zuji.model.stages import Stage
from zuji.report.material import Material
from zuji.report.topics import Topic
from zuji.text import Text

Absence = Callable[[Material], Text | None]


@dataclass(frozen=True, slots=True)
class Item:
    """One required content: its topics, all of which must be told, and why it may not apply."""

    number: str
    name: Text
    topics: tuple[Topic, ...]
    absent: Absence | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading."""

    name: Text
    items: tuple[Item, ...]


def _not_calculated(_material: Material) -> Text:
    return Text("未计算（不强制，计算时须分列）", "Not calculated (optional; apart where it is)")


def _no_scenarios(material: Material) -> Text | None:
    if {Stage.USE, Stage.END_OF_LIFE} & set(material.study.boundary.stages):
        return None
    return Text("不适用：边界不含使用与废弃", "Does not apply: outside the boundary")


def _no_use_or_end(material: Material) -> Text | None:
    inside = {Stage.USE, Stage.END_OF_LIFE} & set(material.study.boundary.stages)
    return None if inside else Text("不适用：边界不含使用与废弃", "Does not apply: outside the boundary")


def _no_allocation(material: Material) -> Text | None:
    if material.footprint.allocations:
        return None
    return Text("不适用：没有多产出过程", "Does not apply: no process with several products")


def _no_electricity(material: Material) -> Text | None:
    if material.electricity_lines:
        return None
    return Text("不适用：清单没有用电行", "Does not apply: no line of electricity")


def _no_rule(material: Material) -> Text | None:
    if material.study.rule or material.rule:
        return None
    return Text("未采用产品种类规则", "No product rule was used")


def _no_rule_at_hand(material: Material) -> Text | None:
    if material.rule is not None:
        return None
    return Text("未采用产品种类规则", "No product rule was used")


def _no_statements(material: Material) -> Text | None:
    if material.rule is not None and material.rule.report.statements:
        return None
    return Text("规则没有要求另作声明", "No rule asks for statements")


def _no_tracking(material: Material) -> Text | None:
    if material.statements.tracking is not None:
        return None
    return Text("不适用：不作跨期比较", "Does not apply: periods are not compared")


def _no_balances(material: Material) -> Text | None:
    """What the check says where it asks for none, such as for processes that others run."""
    checked = material.conformity.items if material.conformity else ()
    return next(
        (one.reason for one in checked if one.id == "V12" and one.outcome is Outcome.NOT_APPLICABLE), None
    )


def _no_comparison(material: Material) -> Text | None:
    if material.statements.comparison is not None or material.study.goal.comparison:
        return None
    return Text("不适用：不与其他产品比较", "Does not apply: no other product is compared")


def _no_check(material: Material) -> Text | None:
    return None if material.conformity else Text("没有作符合性检查", "No check was made")


GROUPS: tuple[Group, ...] = (
    Group(
        Text("应给出的数值", "Values to give"),
        (
            Item("a", Text("结果：合计", "Result: total"), (Topic.TOTAL,)),
            Item("b", Text("各阶段绝对值与占比", "Stages, absolute and relative"), (Topic.STAGES,)),
            Item("c", Text("化石排放（净）", "Net fossil emissions"), (Topic.FOSSIL,)),
            Item("d", Text("生物源排放与清除", "Biogenic emissions and removals"), (Topic.BIOGENIC,)),
            Item("e", Text("直接土地利用变化", "Direct land-use change"), (Topic.LAND_USE_CHANGE,)),
            Item("f", Text("航空排放", "Aircraft emissions"), (Topic.AIRCRAFT,)),
        ),
    ),
    Group(
        Text("计算时须另行列出的数值", "Values reported apart where calculated"),
        (
            Item(
                "g",
                Text("间接土地利用变化", "Indirect land-use change"),
                (Topic.INDIRECT_LAND_USE,),
                _not_calculated,
            ),
            Item(
                "h",
                Text("土壤碳", "Soil carbon"),
                (Topic.SOIL_CARBON,),
                _not_calculated,
            ),
            Item("i", Text("碳储存与延迟排放", "Carbon storage, timing"), (Topic.STORAGE,), _not_calculated),
            Item(
                "j",
                Text("产品中的生物源碳", "Biogenic carbon content"),
                (Topic.BIOGENIC_CONTENT,),
                _not_calculated,
            ),
            Item("k", Text("其他指标", "Other metrics"), (Topic.OTHER_METRICS,), _not_calculated),
        ),
    ),
    Group(
        Text("应报告的内容", "Contents to report"),
        (
            Item("1", Text("单位与基准流", "Unit and reference flow"), (Topic.UNIT, Topic.REFERENCE_FLOW)),
            Item(
                "2",
                Text("系统边界与基本流", "Boundary and elementary flows"),
                (Topic.BOUNDARY, Topic.ELEMENTARY_FLOWS),
            ),
            Item("3", Text("重要单元过程清单", "Important unit processes"), (Topic.PROCESSES,)),
            Item(
                "4",
                Text("数据收集与来源", "Data collection and sources"),
                (Topic.COLLECTION, Topic.SOURCES),
            ),
            Item("5", Text("考虑的温室气体", "Greenhouse gases considered"), (Topic.GASES,)),
            Item("6", Text("特征化因子", "Characterisation factors"), (Topic.CHARACTERISATION,)),
            Item(
                "7",
                Text("取舍准则与舍去的流", "Cut-off criteria and cuts"),
                (Topic.CUT_OFF_CRITERIA, Topic.CUTS),
            ),
            Item("8", Text("分配程序", "Allocation"), (Topic.ALLOCATION,), _no_allocation),
            Item("9", Text("排放与清除的时间", "Timing of emissions and removals"), (Topic.TIMING,)),
            Item(
                "10",
                Text("数据说明与数据质量", "Data description and quality"),
                (Topic.DATA_DESCRIPTION, Topic.DATA_QUALITY),
            ),
            Item(
                "11",
                Text("敏感性与不确定性", "Sensitivity and uncertainty"),
                (Topic.SENSITIVITY, Topic.UNCERTAINTY),
            ),
            Item(
                "12",
                Text("电力的处理、因子与约束", "Electricity: treatment, factor, constraints"),
                (Topic.ELECTRICITY, Topic.GRID_FACTOR, Topic.ELECTRICITY_LIMITS),
                _no_electricity,
            ),
            Item(
                "13",
                Text("解释、结论与局限", "Interpretation, conclusions, limits"),
                (Topic.FINDINGS, Topic.CONCLUSIONS, Topic.LIMITS),
            ),
            Item("14", Text("价值选择的披露", "Value choices"), (Topic.VALUE_CHOICES,)),
            Item(
                "15",
                Text("范围、变更及理由", "Scope, changes, reasons"),
                (Topic.SCOPE, Topic.SCOPE_CHANGES),
            ),
            Item(
                "16",
                Text("阶段、使用情景与废弃情景", "Stages, use profiles, end-of-life scenarios"),
                (Topic.PROFILES,),
                _no_use_or_end,
            ),
            Item(
                "17",
                Text("其他情景的影响", "Effect of alternative profiles"),
                (Topic.ALTERNATIVES,),
                _no_scenarios,
            ),
            Item("18", Text("结果代表的期间", "Period represented"), (Topic.PERIOD,)),
            Item(
                "19",
                Text("产品种类规则与其他要求", "Product rule and other requirements"),
                (Topic.RULES,),
                _no_rule,
            ),
            Item("20", Text("绩效跟踪", "Performance tracking"), (Topic.TRACKING,), _no_tracking),
        ),
    ),
    Group(
        Text("报告本身", "The report itself"),
        (
            Item("+1", Text("委托方", "Commissioner"), (Topic.COMMISSIONER,)),
            Item("+2", Text("编制人", "Author"), (Topic.AUTHOR,)),
            Item("+3", Text("日期与版本", "Date and version"), (Topic.DATE, Topic.VERSION)),
            Item("+4", Text("评审声明", "Review statement"), (Topic.REVIEW,)),
            Item("+5", Text("只反映气候变化的声明", "Statement: climate change only"), (Topic.CLIMATE_ONLY,)),
        ),
    ),
    Group(
        Text("规则与核查另需的内容", "What rules and verification add"),
        (
            Item("R1", Text("目的、用途与受众", "Goal, use and audience"), (Topic.GOAL,)),
            Item(
                "R2",
                Text("资本货物等活动是否包括", "Capital goods and the like"),
                (Topic.SWITCHES,),
            ),
            Item("R3", Text("数据的平衡校核", "Balances of the data"), (Topic.BALANCES,), _no_balances),
            Item(
                "R4",
                Text("按所在地电网的结果", "Location-based result"),
                (Topic.LOCATION_BASED,),
                _no_electricity,
            ),
            Item("R5", Text("比较声明", "Comparison statement"), (Topic.COMPARISON,), _no_comparison),
            Item(
                "R6",
                Text("规则的要求与本研究的做法", "Demands of the rule and what was done"),
                (Topic.RULE_DEMANDS,),
                _no_rule_at_hand,
            ),
            Item(
                "R7",
                Text("规则要求的声明", "Statements of the rule"),
                (Topic.RULE_STATEMENTS,),
                _no_statements,
            ),
            Item("R8", Text("符合性检查", "Conformity check"), (Topic.CONFORMITY,), _no_check),
        ),
    ),
)
