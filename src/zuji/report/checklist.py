"""Annex E: what a footprint report must contain, where it stands, and what does not apply."""

from collections.abc import Callable
from dataclasses import dataclass

from zuji.model.stages import Stage
from zuji.report.choices import electricity_lines
from zuji.report.document import Column, Section, Table, row
from zuji.report.material import Material
from zuji.text import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One required content: its name, where it stands, and why it may not apply."""

    name: Text
    where: str
    absent: Callable[[Material], Text | None] | None = None


def _no_scenarios(material: Material) -> Text | None:
    return None if material.study.scenarios else Text("未比较其他情景", "No alternative was compared")


def _no_use_or_end(material: Material) -> Text | None:
    inside = {Stage.USE, Stage.END_OF_LIFE} & set(material.study.boundary.stages)
    return None if inside else Text("不适用：边界不含使用与废弃", "Does not apply: outside the boundary")


def _no_allocation(material: Material) -> Text | None:
    if material.footprint.allocations:
        return None
    return Text("不适用：没有多产出过程", "Does not apply: no process with several products")


def _no_electricity(material: Material) -> Text | None:
    if electricity_lines(material):
        return None
    return Text("不适用：清单没有用电行", "Does not apply: no line of electricity")


def _no_uncertainty(material: Material) -> Text | None:
    return None if material.footprint.uncertainty else Text("未作分析", "Not made")


def _no_rule(material: Material) -> Text | None:
    return None if material.study.rule else Text("未采用产品种类规则", "No product rule was used")


def _no_tracking(_material: Material) -> Text:
    return Text("不适用：不作跨期比较", "Does not apply: periods are not compared")


# The reporting requirements of ISO 14067:2018 with the values of GB/T 24067—2024; numbers point to sections.
ITEMS: tuple[Item, ...] = (
    Item(Text("结果：合计", "Result: total"), "6.2"),
    Item(Text("结果：各阶段绝对值与占比", "Result: stages, absolute and relative"), "6.1"),
    Item(Text("化石、生物源、土地利用变化、航空分列", "The five separate totals"), "6.2"),
    Item(Text("另行报告的项目", "Values reported apart"), "6.7"),
    Item(Text("单位与基准流", "Unit and reference flow"), "4.3"),
    Item(Text("系统边界与基本流", "Boundary and elementary flows"), "4.4"),
    Item(Text("重要单元过程清单", "Important unit processes"), "5.2"),
    Item(Text("数据收集与来源", "Data collection and sources"), "5.1、A"),
    Item(Text("考虑的温室气体", "Greenhouse gases considered"), "4.8、6.3"),
    Item(Text("特征化因子", "Characterisation factors"), "4.8、D"),
    Item(Text("取舍准则与舍去的流", "Cut-off criteria and cuts"), "4.5、5"),
    Item(Text("分配程序", "Allocation"), "4.6", _no_allocation),
    Item(Text("排放与清除的时间", "Timing of emissions and removals"), "4.7"),
    Item(Text("数据说明与数据质量", "Data description and quality"), "5、7.2、C"),
    Item(Text("敏感性与不确定性", "Sensitivity and uncertainty"), "7.4、7.5", _no_uncertainty),
    Item(
        Text("电力的处理、因子与约束", "Electricity: treatment, factor, constraints"), "4.9", _no_electricity
    ),
    Item(Text("解释、结论与局限", "Interpretation, conclusions, limits"), "7"),
    Item(Text("价值选择的披露", "Value choices"), "4.11"),
    Item(Text("范围与变更及理由", "Scope, changes and reasons"), "1、4.11"),
    Item(
        Text("阶段、使用情景与废弃情景", "Stages, use profiles, end-of-life scenarios"),
        "4.10",
        _no_use_or_end,
    ),
    Item(Text("其他情景的影响", "Effect of alternative profiles"), "7.6", _no_scenarios),
    Item(Text("结果代表的期间", "Period represented"), "4.7"),
    Item(Text("产品种类规则与其他要求", "Product rule and other requirements"), "2", _no_rule),
    Item(Text("绩效跟踪", "Performance tracking"), "4.7", _no_tracking),
    Item(Text("委托方、编制人、日期与版本", "Commissioner, author, date, version"), "8.1"),
    Item(Text("评审声明", "Review statement"), "8.2"),
    Item(Text("只反映气候变化的声明", "Statement: climate change only"), "1、7.7"),
)


def checklist(material: Material) -> Section:
    say = material.say
    rows = []
    for index, item in enumerate(ITEMS, 1):
        absent = item.absent(material) if item.absent else None
        remark = material.words(absent) if absent else say("已报告", "Reported")
        where = item.where if material.language.startswith("zh") else item.where.replace("、", ", ")
        rows.append(row(str(index), material.words(item.name), where, remark))
    table = Table(
        caption=say(
            "报告内容对照（ISO 14067:2018 报告要求）", "Required contents (ISO 14067:2018, reporting)"
        ),
        columns=(
            Column("", width=6),
            Column(say("内容", "Content"), width=46),
            Column(say("所在", "Where"), width=16),
            Column(say("情况", "State"), width=32),
        ),
        rows=tuple(rows),
    )
    title = say("报告内容对照", "Required contents")
    return Section(id="checklist", number="E", title=title, blocks=(table,))
