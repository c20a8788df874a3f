"""V36: activities that rules handle differently are said to be inside or outside, and are."""

from zuji.model.conformity import CheckedItem
from zuji.model.stages import Stage
from zuji.model.statements import SWITCH_NAMES, Switch
from zuji.rules.checks.answer import Answer
from zuji.rules.checks.facts import Facts


def concerned(facts: Facts) -> list[Switch]:
    """Switches that the boundary can reach: consumers travel only after the gate."""
    after = {Stage.DISTRIBUTION, Stage.USE} & set(facts.study.boundary.stages)
    return [switch for switch in Switch if switch is not Switch.CONSUMER_TRANSPORT or after]


def inclusions(facts: Facts, answer: Answer) -> CheckedItem:
    """V36: an explicit yes or no for each, which the tags of the lines bear out."""
    said = []
    for switch in concerned(facts):
        name, choice = SWITCH_NAMES[switch], facts.statements.inclusions.of(switch)
        field = f"statements.inclusions.{switch.value}"
        tagged = [line for line in facts.lines if switch.value in line.tags]
        if choice is None:
            answer.error(
                "inclusion.unsaid",
                f"没有说明是否包含“{name.zh}”",
                f"nothing says whether “{name.en}” is inside",
                "请选择“包含”或“不包含”，按规则的要求",
                "choose yes or no, as the rule asks",
                field=field,
            )
        elif choice and not tagged:
            answer.error(
                "inclusion.no_line",
                f"说明包含“{name.zh}”，清单里没有标为 {switch.value} 的行",
                f"“{name.en}” is said to be inside but no line has the tag {switch.value}",
                f"请补充这些行，或在已有的行上加标签 {switch.value}；没有时改为“不包含”",
                f"add such lines, put the tag {switch.value} on those there are, or say no",
                field=field,
            )
        elif choice is False and tagged:
            answer.error(
                "inclusion.line_inside",
                f"说明不包含“{name.zh}”，“{tagged[0].item}”却标为 {switch.value} 并计入",
                f"“{name.en}” is said to be outside but “{tagged[0].item}” has its tag and counts",
                "请改为“包含”，或把该行列为取舍或删去",
                "say yes, or cut or remove the line",
                line=tagged[0].id,
                field="tags",
            )
        said.append((name, choice))
    shown = {True: ("包含", "inside"), False: ("不包含", "outside"), None: ("未说明", "unsaid")}
    return answer.met(
        "；".join(f"{name.zh}：{shown[choice][0]}" for name, choice in said),
        "; ".join(f"{name.en}: {shown[choice][1]}" for name, choice in said),
    )
