"""V10 and V11: how the product is used, and what becomes of it."""

from zuji.model.category_rules import ProfileRule
from zuji.model.conformity import CheckedItem
from zuji.model.stages import Stage
from zuji.model.statements import Profile
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts
from zuji.text import Text, counted

_USE = Text("使用情景", "use profile")
_END = Text("废弃处置情景", "end-of-life scenario")


def use(facts: Facts, answer: Answer) -> CheckedItem:
    """V10: with a use stage, the use profile is described and documented."""
    if Stage.USE not in facts.study.boundary.stages:
        return answer.does_not_apply("使用阶段不在边界内", "the use stage is outside the boundary")
    profile = facts.statements.use
    _documented(facts, profile, facts.rule.use, "use", _USE, answer)
    return answer.met(
        f"使用阶段在边界内；情景“{profile.id or profile.description or '—'}”，"
        f"来源“{profile.source or '—'}”，对照情景 {len(profile.alternatives)} 个",
        f"the use stage is inside; profile “{profile.id or profile.description or '—'}”, "
        f"source “{profile.source or '—'}”, {counted(len(profile.alternatives), 'alternative')}",
    )


def end_of_life(facts: Facts, answer: Answer) -> CheckedItem:
    """V11: with an end of life, its scenario is documented and an alternative is tested."""
    if Stage.END_OF_LIFE not in facts.study.boundary.stages:
        return answer.does_not_apply("废弃处置阶段不在边界内", "the end of life is outside the boundary")
    profile = facts.statements.end_of_life
    _documented(facts, profile, facts.rule.end_of_life, "end_of_life", _END, answer)
    if not profile.alternatives:
        answer.warning(
            "end_of_life.alternative",
            "没有检验其他废弃处置情景",
            "no alternative end-of-life scenario is tested",
            "请新建一个情景（例如改变回收率或改为填埋），并在“废弃处置情景—对照”中选它",
            "add a scenario, such as another recycling rate or landfill, and name it as an alternative",
            field="statements.end_of_life.alternatives",
        )
    return answer.met(
        f"废弃处置在边界内；情景“{profile.id or profile.description or '—'}”，"
        f"来源“{profile.source or '—'}”，对照情景 {len(profile.alternatives)} 个",
        f"the end of life is inside; scenario “{profile.id or profile.description or '—'}”, "
        f"source “{profile.source or '—'}”, {counted(len(profile.alternatives), 'alternative')}",
    )


def _documented(
    facts: Facts, profile: Profile, rule: ProfileRule, field: str, name: Text, answer: Answer
) -> None:
    offered = {each.id: each for each in rule.profiles}
    if not stated(profile.id) and not stated(profile.description):
        answer.error(
            f"{field}.profile",
            f"没有说明{name.zh}",
            f"the {name.en} is not stated",
            f"请在“{name.zh}”中选择规则给出的情景，或描述年限、频率、能耗、去向并注明来源",
            f"choose one of the rule's under “{name.en}”, or describe it with its source",
            field=f"statements.{field}.description",
        )
    elif profile.id not in offered and not stated(profile.source):
        answer.error(
            f"{field}.source",
            f"{name.zh}没有注明来源",
            f"the {name.en} has no documented source",
            "请注明来自哪个规则、标准、统计或厂家说明书",
            "name the rule, standard, statistics or manual that it comes from",
            field=f"statements.{field}.source",
        )
    known = {scenario.id for scenario in facts.study.scenarios}
    for alternative in profile.alternatives:
        if alternative not in known:
            answer.error(
                f"{field}.unknown_scenario",
                f"对照情景“{alternative}”不在研究的情景中",
                f"the alternative “{alternative}” is no scenario of the study",
                "请先在“情景”中建立它，或从已有情景中选择",
                "add it under “Scenarios”, or choose one that is there",
                field=f"statements.{field}.alternatives",
            )
