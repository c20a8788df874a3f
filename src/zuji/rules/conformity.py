"""The conformity check: V1 to V37 of the general method, then what the study's rule asks beside it.

Every item says what was looked at, and every shortcoming names the line and field that mend it. A thing is
said once: where a rule states a limit of its own, either the general item uses it or an item `rule.…` does.

Clauses are cited by document. Clause numbers of ISO 14067:2018 carry (R): they are from memory and were not
compared with the text; GB/T 24067-2024 is cited as a whole.
"""

from zuji.model.conformity import Conformity
from zuji.rules.checks import (
    allocation,
    apart,
    boundary,
    carbon,
    claims,
    comparison,
    contracts,
    cut_off,
    data,
    electricity,
    gases,
    goal,
    inclusions,
    interpretation,
    land,
    profiles,
    quality,
    recycling,
    relations,
    ruled,
)
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
    _item(12, "数据验证（平衡）", "Validation of data", "6.4.3", relations.balances),
    _item(13, "与单位相关联", "Relating data to the unit", "6.4.4", relations.relating),
    _item(14, "分配", "Allocation", "6.4.6", allocation.allocation),
    _item(15, "回收", "Recycling", "6.4.6", recycling.recycling),
    _item(16, "温室气体种类", "Greenhouse gases", "6.5", gases.gases),
    _item(17, "全球增温潜势", "Global warming potentials", "6.5", gases.potentials),
    _item(18, "化石与生物源碳", "Fossil and biogenic carbon", "6.4.9.2", carbon.fossil_and_biogenic),
    _item(19, "产品中的生物源碳", "Biogenic carbon in the product", "6.4.9.3", carbon.content),
    _item(20, "延迟排放与碳储存", "Timing and carbon storage", "6.4.8", apart.storage),
    _item(21, "直接土地利用变化", "Direct land-use change", "6.4.9.5", land.direct_change),
    _item(22, "土地利用（土壤碳）", "Land use (soil carbon)", "6.4.9.6", land.soil_carbon),
    _item(23, "航空排放", "Aircraft", "6.4.9.7", apart.aircraft),
    _item(24, "电力与热力的范围", "Scope of electricity and heat", "6.4.9.4", electricity.scope),
    _item(25, "自发电", "Own generation", "6.4.9.4", electricity.own),
    _item(26, "专线供电", "Dedicated line", "6.4.9.4", electricity.direct_line),
    _item(27, "合同与绿证", "Contracts over the grid", "6.4.9.4", contracts.contract),
    _item(28, "电网电力", "Grid electricity", "6.4.9.4", electricity.grid),
    _item(29, "抵消", "Offsets", "6.1", apart.offsets),
    _item(30, "清除单列", "Removals apart", "6.5", carbon.removals),
    _item(31, "绩效追踪", "Performance tracking", "6.4.7", interpretation.tracking),
    _item(32, "不确定性与敏感性", "Uncertainty and sensitivity", "6.6", interpretation.uncertainty),
    _item(33, "解释", "Interpretation", "6.6", interpretation.interpretation),
    _item(34, "比较", "Comparison", "Annex B", comparison.comparison),
    _item(35, "鉴定性评审", "Critical review", "8", comparison.critical_review),
    _item(
        36, "资本货物、差旅、消费者运输", "Capital goods, travel, consumers", "6.3.4", inclusions.inclusions
    ),
    _item(37, "重复计算", "Double counting", "6.4.9", claims.double_counting),
)


def check(grounds: Grounds) -> Conformity:
    """Every item for one study under one rule; pure, and the same for the same grounds.

    Items that need a result are unmet where `grounds.footprint` is None; V13 then carries the problems of
    the calculation. All others are judged as ever.
    """
    facts = Facts(grounds)
    asked = (*REQUIREMENTS, *ruled.requirements(grounds.rule))
    return Conformity(rule=grounds.rule.key, items=tuple(each.answer(facts) for each in asked))
