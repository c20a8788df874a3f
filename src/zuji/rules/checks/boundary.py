"""V3 to V5: unit, system boundary, and stages left out."""

import re

from zuji.model.conformity import CheckedItem
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.model.studies import BOUNDARY_NAMES, BoundaryKind, UnitKind
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts, in_words
from zuji.rules.checks.words import Subject, speaks_of
from zuji.text import counted

# Stages that a boundary spans by its name.
SPANNED = {
    BoundaryKind.CRADLE_TO_GRAVE: frozenset(Stage),
    BoundaryKind.CRADLE_TO_GATE: frozenset({Stage.RAW_MATERIAL, Stage.MANUFACTURING}),
    BoundaryKind.GATE_TO_GATE: frozenset({Stage.MANUFACTURING}),
}
_NUMBER = re.compile(r"[0-9０-９一二三四五六七八九十百千万]")


def unit(facts: Facts, answer: Answer) -> CheckedItem:
    """V3: a functional unit for the whole life, a declared unit for a part of it, described and positive."""
    reference, kind = facts.study.unit, facts.study.boundary.kind
    whole = kind is BoundaryKind.CRADLE_TO_GRAVE
    functional = reference.kind is UnitKind.FUNCTIONAL
    quantity = in_words(reference.quantity)
    if whole != functional:
        zh, en = ("功能单位", "a functional unit") if whole else ("声明单位", "a declared unit")
        answer.error(
            "unit.kind",
            f"边界为{BOUNDARY_NAMES[kind].zh}，单位应为{zh}",
            f"the boundary is {BOUNDARY_NAMES[kind].en.lower()}, which needs {en}",
            f"请把单位类型改为{zh}，或改正系统边界",
            f"make it {en}, or correct the boundary",
            field="unit.kind",
        )
    if not reference.quantity.amount > 0 or not reference.quantity.unit.strip():
        answer.error(
            "unit.quantity",
            f"单位的数量“{quantity.zh}”不是正数或没有计量单位",
            f"the unit's quantity “{quantity.en}” is not positive or has no unit",
            "请填写正数和计量单位，例如 1 kg、1 kWh",
            "write a positive number with its unit, such as 1 kg or 1 kWh",
            field="unit.quantity",
        )
    if not stated(reference.description):
        answer.error(
            "unit.description",
            "没有描述单位：是什么产品的多少、什么规格",
            "the unit is not described: how much of which product, of which grade",
            "请补一句描述，例如“1 kg 含水率 8 % 的纸浆，出厂，散装”",
            "add a sentence, such as “1 kg of pulp at 8 % moisture, at the gate, in bulk”",
            field="unit.description",
        )
    elif functional and not _NUMBER.search(reference.description):
        answer.warning(
            "unit.performance",
            "功能单位的描述里没有性能或使用期限的数值",
            "the description of the functional unit has no figure for performance or lifetime",
            "请写明性能与年限，例如“行驶 200000 km”“照明 10000 h”",
            "state performance and lifetime, such as “driven for 200000 km”",
            field="unit.description",
        )
    return answer.met(
        f"单位 {quantity.zh}（{'功能' if functional else '声明'}单位），边界{BOUNDARY_NAMES[kind].zh}",
        f"unit {quantity.en} ({reference.kind.value}), boundary {BOUNDARY_NAMES[kind].en.lower()}",
    )


def boundary(facts: Facts, answer: Answer) -> CheckedItem:
    """V4: the stages agree with what the footprint is called; what is left out is listed."""
    stated_boundary = facts.study.boundary
    inside, kind = frozenset(stated_boundary.stages), stated_boundary.kind
    out = frozenset(exclusion.stage for exclusion in stated_boundary.excluded)
    for stage in Stage:
        name = STAGE_NAMES[stage]
        if stage not in inside | out:
            answer.error(
                "boundary.stage_unaccounted",
                f"“{name.zh}”阶段既不在边界内，也没有列为排除",
                f"the stage “{name.en}” is neither inside nor listed as left out",
                "请把它加入边界，或列入“排除的阶段”并写明理由",
                "put it inside, or list it under stages left out with the reason",
                field="boundary.excluded",
            )
        elif stage in inside and not any(line.stage is stage for line in facts.all_lines):
            answer.error(
                "boundary.stage_empty",
                f"“{name.zh}”在边界内，但清单里没有这一阶段的任何行",
                f"the stage “{name.en}” is inside but the inventory has no line in it",
                "请补充这一阶段的清单；确实没有投入时列为排除并写明理由",
                "add its lines, or list it as left out with the reason",
                field="boundary.stages",
            )
    for line in facts.lines:
        if line.stage not in inside:
            answer.error(
                "boundary.line_outside",
                f"“{line.item}”属于“{STAGE_NAMES[line.stage].zh}”，该阶段在边界之外，却计入了结果",
                f"“{line.item}” belongs to “{STAGE_NAMES[line.stage].en}”, outside, yet it counts",
                "请改正该行的阶段，或把这一阶段加入边界",
                "correct the line's stage, or put the stage inside",
                line=line.id,
                field="stage",
            )
    _claims(facts, answer)
    return answer.met(
        f"{BOUNDARY_NAMES[kind].zh}：边界内 {len(inside)} 个阶段，列明排除 {len(out)} 个，共 {len(Stage)} 个",
        f"{BOUNDARY_NAMES[kind].en}: {counted(len(inside), 'stage')} inside, "
        f"{len(out)} listed out, of {len(Stage)}",
    )


def _claims(facts: Facts, answer: Answer) -> None:
    study = facts.study
    whole = study.boundary.kind is BoundaryKind.CRADLE_TO_GRAVE
    wrong = Subject.PARTIAL if whole else Subject.FULL_LIFE
    for field, text in (
        ("product.name", study.product.name),
        ("product.name_en", study.product.name_en),
        ("unit.description", study.unit.description),
        ("statements.interpretation.conclusions", facts.statements.interpretation.conclusions),
    ):
        if speaks_of(text, wrong):
            is_kind = BOUNDARY_NAMES[study.boundary.kind]
            answer.error(
                "boundary.called_partial" if whole else "boundary.called_full",
                f"边界是{is_kind.zh}，这里的文字却把结果称作{'部分' if whole else '完整生命周期'}碳足迹",
                f"the boundary is {is_kind.en.lower()} but the text here calls the result a "
                f"{'partial' if whole else 'full life-cycle'} footprint",
                f"请把文字改为“{is_kind.zh}”，或改正系统边界",
                f"write “{is_kind.en.lower()}”, or correct the boundary",
                field=field,
            )


def exclusions(facts: Facts, answer: Answer) -> CheckedItem:
    """V5: a stage is left out for a reason; where the boundary would span it, its effect is stated."""
    study = facts.study
    effect = stated(facts.statements.reasons.boundary)
    permitted = {allowed.stage for allowed in facts.rule.boundary.may_exclude}
    for at, exclusion in enumerate(study.boundary.excluded):
        name = STAGE_NAMES[exclusion.stage]
        if not stated(exclusion.reason):
            answer.error(
                "exclusion.reason",
                f"排除“{name.zh}”没有写明理由",
                f"no reason is given for leaving out “{name.en}”",
                "请写明理由，例如“部分碳足迹，止于出厂”",
                "give it, such as “partial footprint, ends at the gate”",
                field=f"boundary.excluded[{at}].reason",
            )
        spanned = exclusion.stage in SPANNED[study.boundary.kind]
        if spanned and exclusion.stage not in permitted and not effect:
            answer.error(
                "exclusion.effect",
                f"{BOUNDARY_NAMES[study.boundary.kind].zh}本应包含“{name.zh}”；没有说明排除它不改变结论",
                f"{BOUNDARY_NAMES[study.boundary.kind].en} spans “{name.en}”; nothing says that leaving it "
                "out does not change the conclusions",
                "请在“理由—边界”中估计被排除阶段的大小，并说明为什么不影响结论；否则请把它加入边界",
                "estimate its size under “Reasons: boundary” and say why conclusions hold, or put it inside",
                field="statements.reasons.boundary",
            )
    count = len(study.boundary.excluded)
    said = ("已说明", "stated") if effect else ("未说明", "not stated")
    return answer.met(
        f"看了 {count} 个被排除的阶段及其理由；对结论的影响{said[0]}，规则准许排除 {len(permitted)} 个",
        f"looked at {counted(count, 'stage')} left out and the reasons; effect on conclusions {said[1]}, "
        f"the rule permits {len(permitted)}",
    )
