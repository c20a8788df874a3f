"""The items of a rule as requirements, each with the clause that the rule gives for it."""

from functools import partial

from zuji.model.category_rules import ProductCategoryRule
from zuji.rules.checks import ruled_data, ruled_frame
from zuji.rules.checks.answer import Check, Requirement
from zuji.text import Text

_BEFORE: tuple[tuple[str, Text, Check], ...] = (
    ("unit", Text("规则：单位", "Rule: unit"), ruled_frame.unit),
    ("boundary", Text("规则：系统边界", "Rule: system boundary"), ruled_frame.boundary),
    ("cut_off", Text("规则：取舍", "Rule: cut-off"), ruled_frame.cut_off),
    ("allocation", Text("规则：分配", "Rule: allocation"), ruled_frame.allocation),
)
_AFTER: tuple[tuple[str, Text, Check], ...] = (
    ("primary", Text("规则：初级数据", "Rule: primary data"), ruled_data.primary),
    ("period", Text("规则：数据期", "Rule: data period"), ruled_frame.period),
    ("electricity", Text("规则：电力", "Rule: electricity"), ruled_data.electricity),
    ("gwp", Text("规则：GWP", "Rule: potentials"), ruled_frame.gwp),
    ("recycling", Text("规则：回收", "Rule: recycling"), ruled_data.recycling),
    ("use", Text("规则：使用情景", "Rule: use profile"), ruled_data.use),
    ("end_of_life", Text("规则：废弃处置情景", "Rule: end-of-life scenario"), ruled_data.end_of_life),
    ("switches", Text("规则：计入与否", "Rule: what is inside"), ruled_data.switches),
    ("quality", Text("规则：数据质量", "Rule: data quality"), ruled_data.quality),
    ("scope", Text("规则：适用产品", "Rule: products"), ruled_frame.scope),
)


def requirements(rule: ProductCategoryRule) -> tuple[Requirement, ...]:
    """What a resolved rule asks, in a fixed order; its required items stand after allocation."""
    clauses = {each.item: each.clause for each in rule.clauses}

    def made(path: str, title: Text, check: Check) -> Requirement:
        return Requirement(f"rule.{path}", title, _clause(rule, clauses, path), check)

    items = (
        made(
            f"required.{item.id}",
            Text(f"规则：{item.name}", f"Rule: {item.name_en or item.name}"),
            partial(ruled_data.required, item),
        )
        for item in rule.required
    )
    return (*(made(*each) for each in _BEFORE), *items, *(made(*each) for each in _AFTER))


def _clause(rule: ProductCategoryRule, clauses: dict[str, str], path: str) -> str:
    """The clause of an item, of the first of its parts, or of its group; the rule itself if none."""
    group = path.partition(".")[0]
    part = next((text for item, text in clauses.items() if item.startswith(f"{path}.")), "")
    found = clauses.get(path) or part or clauses.get(group, "")
    return f"{rule.key}: {found}" if found else rule.key
