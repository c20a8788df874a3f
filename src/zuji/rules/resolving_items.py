"""The items of a rule: their paths (cut_off.each, switches.storage, required.grain) and values.

An item is what a clause reference, a difference between two rules and an effect on a result speak of.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from zuji.model.category_rules import ProductCategoryRule
from zuji.model.statements import Switch
from zuji.text import Text

GROUP_NAMES: Mapping[str, Text] = {
    "scope": Text("产品范围", "Product scope"),
    "unit": Text("功能单位或声明单位", "Functional or declared unit"),
    "boundary": Text("系统边界", "System boundary"),
    "cut_off": Text("取舍准则", "Cut-off"),
    "allocation": Text("分配", "Allocation"),
    "required": Text("必填清单项", "Required items"),
    "primary": Text("初级数据", "Primary data"),
    "period": Text("数据期", "Data period"),
    "electricity": Text("电力", "Electricity"),
    "gwp": Text("全球增温潜势", "Global warming potentials"),
    "recycling": Text("回收", "Recycling"),
    "use": Text("使用情景", "Use profile"),
    "end_of_life": Text("废弃处置情景", "End-of-life scenario"),
    "switches": Text("是否包含", "Included or not"),
    "quality": Text("数据质量下限", "Data quality floor"),
    "report": Text("报告", "Report"),
}
"""Groups of items in the order of the schema."""

FIELD_NAMES: Mapping[str, Text] = {
    "scope.products": Text("产品编码", "product codes"),
    "scope.description": Text("说明", "description"),
    "scope.description_en": Text("英文说明", "description in English"),
    "scope.excluded": Text("不适用的产品编码", "product codes not meant"),
    "unit.kind": Text("单位类型", "kind of unit"),
    "unit.units": Text("单位", "unit"),
    "unit.amount": Text("单位数量", "amount of the unit"),
    "unit.description": Text("说明", "description"),
    "unit.description_en": Text("英文说明", "description in English"),
    "boundary.kinds": Text("边界类型", "kind of boundary"),
    "boundary.required": Text("必须包含的阶段", "stages required"),
    "boundary.may_exclude": Text("可以不含的阶段", "stages that may be left out"),
    "cut_off.each": Text("单项上限", "limit for one flow"),
    "cut_off.total": Text("合计上限", "limit for all flows"),
    "cut_off.never": Text("不得舍去", "never cut"),
    "allocation.order": Text("方法顺序", "order of methods"),
    "allocation.property": Text("物理量", "physical property"),
    "allocation.property_en": Text("物理量（英文）", "physical property in English"),
    "primary.kinds": Text("须为初级数据的类别", "kinds that must be primary"),
    "primary.least_share": Text("初级数据占比下限", "least primary share"),
    "period.months": Text("最短月数", "least months"),
    "period.oldest_years": Text("数据最大年龄（年）", "greatest age in years"),
    "electricity.accepted": Text("可用的电力处理方式", "treatments accepted"),
    "electricity.grid_factors": Text("网电因子", "grid factors"),
    "gwp.set": Text("数值集", "set"),
    "gwp.accepted": Text("说明理由后可用的数值集", "sets accepted with a reason"),
    "recycling.methods": Text("方法", "methods"),
    "recycling.a": Text("系数 A", "factor A"),
    "recycling.b": Text("系数 B", "factor B"),
    "use.required": Text("必须指明", "must be named"),
    "use.profiles": Text("可选情景", "profiles offered"),
    "end_of_life.required": Text("必须指明", "must be named"),
    "end_of_life.profiles": Text("可选情景", "scenarios offered"),
    "quality.scheme": Text("评级方案", "scheme"),
    "quality.version": Text("方案版本", "version of the scheme"),
    "quality.worst": Text("最差评级", "worst rating"),
    "quality.coverage": Text("评级覆盖率", "share to be rated"),
    "report.title": Text("标题", "title"),
    "report.title_en": Text("英文标题", "title in English"),
    "report.annexes": Text("附录", "annexes"),
    "report.statements": Text("须印出的声明", "statements to be printed"),
    "report.statements_en": Text("须印出的声明（英文）", "statements to be printed in English"),
}
"""Names of the items that are fields of a group."""


def items(rule: ProductCategoryRule) -> dict[str, Any]:
    """Every item of a rule with its value, stated or not, in the order of the schema."""
    found: dict[str, Any] = {}
    for group in GROUP_NAMES:
        value = getattr(rule, group)
        if group == "required":
            found |= {f"required.{item.id}": item for item in value}
        elif group == "switches":
            found |= {f"switches.{switch}": value.get(switch) for switch in Switch}
        else:
            found |= {f"{group}.{field.name}": getattr(value, field.name) for field in fields(value)}
    return found


def stated(value: object) -> bool:
    """Whether a rule says anything by this value: None, empty text and empty lists say nothing."""
    return not (value is None or value == "" or value == ())


def item_names(rule: ProductCategoryRule, path: str) -> Text:
    """What an item is called: 取舍准则：单项上限 / Cut-off: limit for one flow."""
    group, _, rest = path.partition(".")
    head = GROUP_NAMES.get(group, Text(group, group))
    if not rest:
        return head
    tail = FIELD_NAMES.get(path) or _own_name(rule, group, rest)
    return Text(f"{head.zh}：{tail.zh}", f"{head.en}: {tail.en or tail.zh}")


def _own_name(rule: ProductCategoryRule, group: str, rest: str) -> Text:
    from zuji.model.statements import SWITCH_NAMES

    if group == "switches" and rest in set(Switch):
        return SWITCH_NAMES[Switch(rest)]
    if group == "required":
        found = next((item for item in rule.required if item.id == rest), None)
        if found is not None:
            return Text(found.name, found.name_en)
    return Text(rest, rest)


def known_paths(rule: ProductCategoryRule) -> frozenset[str]:
    """Every path that a clause of this rule may name: groups and their items."""
    return frozenset(GROUP_NAMES) | frozenset(items(rule))


def is_group(value: object) -> bool:
    """Whether a field of a rule is a group of items rather than one value."""
    return is_dataclass(value)
