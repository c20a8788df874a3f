"""V1 and V2: why the study is made, and which product rule it follows."""

from zuji.model.category_rules import RuleStanding
from zuji.model.conformity import CheckedItem
from zuji.model.standards import Standard
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts


def goal(facts: Facts, answer: Answer) -> CheckedItem:
    """V1: reason, intended use and audience in words; a comparison that is there is also announced."""
    aim = facts.study.goal
    for field, zh, en, example_zh, example_en in (
        (
            "reason",
            "开展研究的原因",
            "the reason",
            "例如：申请产品碳足迹认证",
            "e.g. to apply for certification",
        ),
        (
            "use",
            "预期用途",
            "the intended use",
            "例如：向客户提供、对外披露",
            "e.g. for customers, disclosure",
        ),
        (
            "audience",
            "预期读者",
            "the audience",
            "例如：采购方、认证机构、公众",
            "e.g. buyers, certifiers, public",
        ),
    ):
        if not stated(getattr(aim, field)):
            answer.error(
                f"goal.{field}",
                f"没有说明{zh}",
                f"{en} of the study is not stated",
                f"请在“研究目的”中用一句话写明{zh}（{example_zh}）",
                f"write one sentence under “Goal” ({example_en})",
                field=f"goal.{field}",
            )
    if facts.statements.comparison is not None and not aim.comparison:
        answer.error(
            "goal.comparison",
            "研究与另一产品作了比较，但研究目的没有说明要比较",
            "the study compares with another product but its goal does not say so",
            "请在“研究目的”中勾选“用于比较”，或删去比较",
            "tick “meant for comparison” under “Goal”, or remove the comparison",
            field="goal.comparison",
        )
    compare = ("用于比较", "for comparison") if aim.comparison else ("不用于比较", "not for comparison")
    return answer.met(
        f"看了原因、用途、读者三项文字；{compare[0]}",
        f"looked at reason, use and audience; {compare[1]}",
    )


def product_rule(facts: Facts, answer: Answer) -> CheckedItem:
    """V2: the product rule that governs is used and named with its version, or it is said why not."""
    _named(facts, answer)
    _standing(facts, answer)
    governing = facts.grounds.governing
    if governing is None:
        return _without_registry(facts, answer)
    on = facts.grounds.on.isoformat()
    standard = governing.standard
    if standard is None:
        return answer.met(
            f"标准登记簿在 {on} 没有适用于本产品的产品规则：{governing.reason.zh}",
            f"the registry knows no product rule on {on}: {governing.reason.en}",
        )
    if not _follows(facts, standard):
        known = f"{standard.number}《{standard.name}》"
        said = stated(facts.statements.reasons.rule)
        (answer.warning if said else answer.error)(
            "rule.governing_not_used",
            f"本产品应适用 {known}，研究依据的却是 {facts.rule.key}（{facts.rule.name}）"
            + ("；已说明理由" if said else ""),
            f"{standard.number} governs this product, but the study follows {facts.rule.key}"
            + ("; a reason is given" if said else ""),
            f"请改用 {standard.rule or standard.number}，或在“理由”中说明为什么不用",
            f"use {standard.rule or standard.number}, or give the reason for another rule",
            field="rule" if said else "statements.reasons.rule",
        )
    return answer.met(
        f"{on} 适用 {standard.number}：{governing.reason.zh}；研究依据 {facts.rule.key}",
        f"on {on} {standard.number} governs: {governing.reason.en}; the study follows {facts.rule.key}",
    )


def _named(facts: Facts, answer: Answer) -> None:
    named, rule = facts.study.rule.strip(), facts.rule
    if not stated(named):
        answer.error(
            "rule.not_named",
            "研究没有写明依据的核算规则及版本",
            "the study does not name the accounting rule and its version",
            f"请在“核算规则”中选择，例如 {rule.key}",
            f"choose it under “Rule”, for example {rule.key}",
            field="rule",
        )
    elif named == rule.id:
        answer.error(
            "rule.no_version",
            f"研究写了规则 {named}，没有写版本",
            f"the study names the rule {named} without its version",
            f"请写成 {rule.key}",
            f"write {rule.key}",
            field="rule",
        )
    elif named != rule.key and not any(named in basis or basis in named for basis in rule.basis if basis):
        answer.warning(
            "rule.other_named",
            f"研究写明依据 {named}，本次按 {rule.key} 检查",
            f"the study names {named}; this check is against {rule.key}",
            f"如要改用本规则，请把“核算规则”改为 {rule.key}；否则请按原规则检查",
            f"set the rule to {rule.key} to follow it, or check against the study's own rule",
            field="rule",
        )


def _standing(facts: Facts, answer: Answer) -> None:
    if facts.rule.standing is RuleStanding.DEMONSTRATION and not facts.study.demonstration:
        answer.warning(
            "rule.demonstration",
            f"{facts.rule.key} 是演示规则，不是标准，不能作为对外声明的依据",
            f"{facts.rule.key} is a demonstration, no standard; nothing may be claimed on it",
            "请改用已发布的规则或通用规则；仅作演示时请把研究标为示范",
            "use an adopted or the general rule; mark the study as a demonstration if it is one",
            field="rule",
        )


def _follows(facts: Facts, standard: Standard) -> bool:
    rule = facts.rule
    return (bool(standard.rule) and standard.rule in (rule.id, rule.key)) or standard.number in rule.basis


def _without_registry(facts: Facts, answer: Answer) -> CheckedItem:
    general = not facts.rule.scope.products
    if general and not stated(facts.statements.reasons.rule):
        answer.warning(
            "rule.existence_unknown",
            "依据的是通用规则，没有说明是否存在本产品的核算规则",
            "a general rule is followed and nothing says whether a product rule exists",
            "请填写产品编码后查询标准登记簿；确无产品规则时在“理由”中写明查询结果",
            "enter the product code to ask the registry, or state under “Reasons” that none was found",
            field="statements.reasons.rule",
        )
    return answer.met(
        f"未查询标准登记簿；研究依据 {facts.rule.key}（{'通用规则' if general else '产品规则'}）",
        f"the registry was not asked; the study follows {facts.rule.key}"
        f" ({'a general' if general else 'a product'} rule)",
    )
