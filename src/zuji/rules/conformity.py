"""The conformity check: V1 to V37 of the general method, then what the study's rule asks beside it.

Every item says what was looked at, and every shortcoming names the line and field that mend it. A thing is
said once: where a rule states a limit of its own, either the general item uses it or an item `rule.…` does.

Clauses are cited by document. Clause numbers of ISO 14067:2018 carry (R): they are from memory and were not
compared with the text; GB/T 24067-2024 is cited as a whole.
"""

from zuji.model.conformity import Conformity
from zuji.rules.checks import boundary, cut_off, data, goal, profiles, quality
from zuji.rules.checks.answer import Check, Requirement
from zuji.rules.checks.facts import Facts
from zuji.rules.grounds import Grounds
from zuji.text import Text


def _item(number: int, zh: str, en: str, clause: str, check: Check) -> Requirement:
    return Requirement(f"V{number}", Text(zh, en), f"ISO 14067:2018 {clause} (R); GB/T 24067-2024", check)


REQUIREMENTS: tuple[Requirement, ...] = (
    _item(1, "研究目的", "Goal", "6.3.1", goal.goal),
    _item(2, "产品核算规则", "Product category rule", "6.2", goal.product_rule),
    _item(3, "功能单位或声明单位", "Functional or declared unit", "6.3.3", boundary.unit),
    _item(4, "系统边界与名称", "System boundary and claim", "6.3.4", boundary.boundary),
    _item(5, "阶段的排除", "Stages left out", "6.3.4", boundary.exclusions),
    _item(6, "取舍", "Cut-off", "6.3.4", cut_off.cut_off),
    _item(7, "现场数据与次级数据", "Site-specific and secondary data", "6.3.5", data.site_specific),
    _item(8, "数据质量", "Data quality", "6.3.5", quality.quality),
    _item(9, "数据期", "Time boundary of data", "6.3.6", data.period),
    _item(10, "使用情景", "Use stage and use profile", "6.3.7", profiles.use),
    _item(11, "废弃处置情景", "End-of-life scenario", "6.3.8", profiles.end_of_life),
)


def check(grounds: Grounds) -> Conformity:
    """Every item for one study under one rule; pure, and the same for the same grounds.

    Items that need a result are unmet where `grounds.footprint` is None; V13 then carries the problems of
    the calculation. All others are judged as ever.
    """
    facts = Facts(grounds)
    general = tuple(requirement.answer(facts) for requirement in REQUIREMENTS)
    return Conformity(rule=grounds.rule.key, items=general)
