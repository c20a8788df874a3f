"""V31 to V33: results over time, uncertainty and sensitivity, interpretation."""

from zuji.lca.publishing import as_stated, told
from zuji.model.conformity import CheckedItem
from zuji.model.lines import LineKind
from zuji.model.statements import Tracking
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts, in_unit, in_words, percent
from zuji.text import counted

_CERTAIN = frozenset({LineKind.SUB_ASSEMBLY})


def tracking(facts: Facts, answer: Answer) -> CheckedItem:
    """V31: an earlier result has the same rule, unit and boundary, or was recalculated and says why."""
    earlier = facts.statements.tracking
    if earlier is None:
        return answer.does_not_apply("没有与以往结果比较", "no earlier result is followed")
    differs = _differs(facts, earlier)
    if differs and not earlier.recalculated:
        for field, zh, en in differs:
            answer.error(
                f"tracking.{field}",
                f"{earlier.period} 的结果{zh}，没有按现行方法重算",
                f"the result of {earlier.period} {en} and was not recalculated",
                "请按本研究的规则、单位和边界重算以往结果，勾选“已重算”并写明理由",
                "recalculate it by the rule, unit and boundary of this study, tick it and say why",
                field=f"statements.tracking.{field}",
            )
    elif earlier.recalculated and not stated(earlier.reason):
        answer.error(
            "tracking.reason",
            f"{earlier.period} 的结果重算过，没有写明原因",
            f"the result of {earlier.period} was recalculated without saying why",
            "请写明方法、因子或边界的哪项变化引起重算",
            "say which change of method, factor or boundary was the cause",
            field="statements.tracking.reason",
        )
    unit = in_words(earlier.unit)
    return answer.met(
        f"与 {earlier.period} 的 {as_stated(earlier.total)} kgCO2e/{unit.zh} 比较："
        f"不同之处 {len(differs)} 项，{'已' if earlier.recalculated else '未'}重算",
        f"compared with {as_stated(earlier.total)} kgCO2e per {unit.en} of {earlier.period}: "
        f"{counted(len(differs), 'difference')}, "
        f"{'recalculated' if earlier.recalculated else 'not recalculated'}",
    )


def _differs(facts: Facts, earlier: Tracking) -> list[tuple[str, str, str]]:
    study = facts.study
    amount = in_unit(earlier.unit.amount, earlier.unit.unit, study.unit.quantity.unit)
    found = []
    if earlier.rule not in (study.rule, facts.rule.key):
        named = earlier.rule or "—"
        found.append(("rule", f"依据的规则是 {named}，本研究是 {study.rule}", f"follows {named}"))
    if amount is None or abs(amount - study.unit.quantity.amount) > 1e-9 * abs(study.unit.quantity.amount):
        theirs, own = in_words(earlier.unit), in_words(study.unit.quantity)
        found.append(
            (
                "unit",
                f"的单位是 {theirs.zh}，本研究是 {own.zh}",
                f"is per {theirs.en}, this study per {own.en}",
            )
        )
    if earlier.boundary != study.boundary.kind.value:
        named = earlier.boundary or "—"
        found.append(
            (
                "boundary",
                f"的边界是 {named}，本研究是 {study.boundary.kind.value}",
                f"has the boundary {named}",
            )
        )
    return found


def uncertainty(facts: Facts, answer: Answer) -> CheckedItem:
    """V32: important inputs carry an uncertainty, and important choices are tested."""
    if facts.footprint is None:
        return answer.without_result(facts)
    silent = 0
    for line_id in facts.important:
        line, factor = facts.by_id[line_id], facts.factors.get(line_id)
        known = line.uncertainty or line.quality or (factor is not None and factor.uncertainty)
        if not known and line.kind not in _CERTAIN:
            silent += 1
            answer.error(
                "uncertainty.line",
                f"重要行“{line.item}”（占结果 {percent(facts.share(line_id))}）没有不确定性，也没有质量评分",
                f"“{line.item}” ({percent(facts.share(line_id))} of the result) has no uncertainty and no "
                "quality scores",
                "请填写不确定性，或填写数据质量评分，由系统推得",
                "state an uncertainty, or quality scores from which one follows",
                line=line_id,
                field="uncertainty",
            )
    said = stated(facts.statements.interpretation.sensitivity)
    scenarios = len(facts.study.scenarios)
    if not said and not scenarios:
        answer.error(
            "uncertainty.sensitivity",
            "没有敏感性分析：既没有情景，也没有文字说明",
            "there is no sensitivity analysis: neither a scenario nor a statement",
            "请对最重要的一项输入或选择新建一个情景（例如换一种电力），或在“解释—敏感性”中说明",
            "add a scenario for the most important input or choice, or describe it under “Sensitivity”",
            field="statements.interpretation.sensitivity",
        )
    band = facts.footprint.uncertainty
    zh = f"95 % 区间 {told(band.low, 4)} 至 {told(band.high, 4)} kgCO2e" if band else "本次未计算区间"
    en = (
        f"95 % interval {told(band.low, 4)} to {told(band.high, 4)} kgCO2e"
        if band
        else "no interval in this run"
    )
    return answer.met(
        f"{zh}；{len(facts.important)} 个重要行中 {silent} 行没有不确定性；情景 {scenarios} 个",
        f"{en}; {silent} of {counted(len(facts.important), 'important line')} without one; "
        f"{counted(scenarios, 'scenario')}",
    )


def interpretation(facts: Facts, answer: Answer) -> CheckedItem:
    """V33: significant issues, completeness, limitations and conclusions in words of their own."""
    said = facts.statements.interpretation
    texts = {
        "statements.interpretation.significant": (said.significant, "重大问题", "significant issues"),
        "statements.interpretation.completeness": (said.completeness, "完整性", "completeness"),
        "statements.interpretation.conclusions": (said.conclusions, "结论", "conclusions"),
        "limitations": (facts.study.limitations, "局限", "limitations"),
    }
    seen: dict[str, str] = {}
    for field, (text, zh, en) in texts.items():
        name = field.rpartition(".")[2]
        if not stated(text):
            answer.error(
                f"interpretation.{name}",
                f"没有写{zh}",
                f"{en} are not stated" if en.endswith("s") else f"{en} is not stated",
                f"请用一两句话写明{zh}",
                f"write one or two sentences on {en}",
                field=field,
            )
        elif text.strip() in seen:
            answer.warning(
                "interpretation.copied",
                f"“{zh}”与“{seen[text.strip()]}”一字不差",
                f"the text on {en} is the same as another one",
                "请分别写明",
                "write each in its own words",
                field=field,
            )
        else:
            seen[text.strip()] = zh
    if not stated(said.consistency):
        answer.note(
            "interpretation.consistency",
            "没有写一致性检查",
            "the check of consistency is not described",
            "可补充：各工序的数据来源、分配与因子口径是否一致",
            "say whether sources, allocation and factors were handled alike throughout",
            field="statements.interpretation.consistency",
        )
    return answer.met(
        f"看了重大问题、完整性、结论、局限四项文字，其中 {len(seen)} 项已写",
        f"looked at significant issues, completeness, conclusions and limitations; {len(seen)} are written",
    )
