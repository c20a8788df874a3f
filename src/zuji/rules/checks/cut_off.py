"""V6: what was cut off, how large it is, and whether that is allowed."""

from zuji.model.conformity import CheckedItem
from zuji.model.footprints import CutOffResult, Footprint
from zuji.model.lines import Line, LineKind
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts, in_unit, percent
from zuji.rules.checks.limits import LIMITS
from zuji.text import counted

# A line with one of these tags is never cut, whatever its size.
NEVER_TAGS = frozenset({"toxic", "rare"})


def cut_off(facts: Facts, answer: Answer) -> CheckedItem:
    """V6: every cut has a reason and a size within the limits, and its effect is stated."""
    _hidden(facts, answer)
    if not facts.cut:
        return answer.met(
            f"{len(facts.lines)} 行全部计入，没有取舍",
            f"{counted(len(facts.lines), 'line')} looked at; none is cut",
        )
    for line in facts.cut:
        _line(line, answer)
    if not stated(facts.statements.reasons.cut_off):
        answer.error(
            "cut_off.effect",
            f"有 {len(facts.cut)} 条被取舍，没有说明对结果的影响",
            f"{counted(len(facts.cut), 'flow is', 'flows are')} cut and nothing says what that does to the "
            "result",
            "请在“理由—取舍”中写明被取舍部分约占多少、为什么不影响结论",
            "say under “Reasons: cut-off” how much they are and why the conclusions hold",
            field="statements.reasons.cut_off",
        )
    if facts.footprint is None:
        return answer.without_result(facts)
    return _sizes(facts, facts.footprint, answer)


def _hidden(facts: Facts, answer: Answer) -> None:
    for line in facts.lines:
        if line.quantity.amount == 0 and line.kind is not LineKind.LAND_USE_CHANGE:
            answer.warning(
                "cut_off.hidden",
                f"“{line.item}”的数量为 0 却没有列为取舍：等于不加说明地略去了它",
                f"“{line.item}” has the amount 0 and is not listed as cut: it is left out silently",
                "请填写数量；没有数据时列为取舍并写明理由；确实没有投入时删去该行",
                "enter the amount; list it as cut with a reason where unknown; remove it where there is none",
                line=line.id,
                field="quantity",
            )


def _line(line: Line, answer: Answer) -> None:
    if not stated(line.cut_off):
        answer.error(
            "cut_off.reason",
            f"取舍“{line.item}”没有写明理由",
            f"no reason is given for cutting “{line.item}”",
            "请写明为什么不计，例如“用量低于总质量的 0.1 %”",
            "say why it does not count, such as “below 0.1 % of the mass”",
            line=line.id,
            field="cut_off",
        )
    if NEVER_TAGS & set(line.tags):
        answer.error(
            "cut_off.toxic_or_rare",
            f"“{line.item}”标为有毒或稀有，不得取舍",
            f"“{line.item}” is tagged as toxic or rare and is not to be cut",
            "请计入这一行；标签有误时删去标签",
            "let the line count, or remove the tag if it is wrong",
            line=line.id,
            field="cut_off",
        )


def _sizes(facts: Facts, footprint: Footprint, answer: Answer) -> CheckedItem:
    rule = facts.rule.cut_off
    each = LIMITS.cut_each if rule.each is None else rule.each
    total = LIMITS.cut_total if rule.total is None else rule.total
    masses = _mass_share(facts, footprint)
    known, unknown, whole = 0, 0, 0.0
    for cut in footprint.cut_offs:
        share, how = (abs(cut.share), "GHG") if cut.share is not None else (masses.get(cut.line), "mass")
        if share is None:
            unknown += 1
            _unknown(facts, cut, answer)
            continue
        known, whole = known + 1, whole + share
        if share > each * (1 + 1e-9):
            basis = "按温室气体" if how == "GHG" else "按质量"
            (answer.error if rule.each is not None else answer.warning)(
                "cut_off.each",
                f"“{cut.item}”{basis}估计占 {percent(share)}，超过单项 {percent(each)} 的限值",
                f"“{cut.item}” is about {percent(share)} by {how}, above {percent(each)} for one flow",
                "请计入这一行（选择因子并清空“取舍”），或用更好的数据重新估计",
                "let it count (choose a factor and clear “cut-off”), or estimate it better",
                line=cut.line,
                field="cut_off",
            )
    if whole > total * (1 + 1e-9):
        (answer.error if rule.total is not None else answer.warning)(
            "cut_off.total",
            f"已估计的 {known} 条取舍合计 {percent(whole)}，超过合计 {percent(total)} 的限值",
            f"{counted(known, 'cut')} of known size: {percent(whole)} in total, above {percent(total)}",
            "请从最大的一条开始计入，直到合计低于限值",
            "let the largest ones count until the sum is below the limit",
            line=max(footprint.cut_offs, key=lambda cut: abs(cut.share or 0.0)).line,
            field="cut_off",
        )
    return answer.met(
        f"取舍 {len(footprint.cut_offs)} 条：{known} 条估计合计 {percent(whole)}"
        f"（限值单项 {percent(each)}、合计 {percent(total)}），{unknown} 条大小未知",
        f"{counted(len(footprint.cut_offs), 'cut')}: {known} of known size, {percent(whole)} in total "
        f"(limits {percent(each)} "
        f"for one, {percent(total)} in total), {unknown} of unknown size",
    )


def _unknown(facts: Facts, cut: CutOffResult, answer: Answer) -> None:
    said = stated(facts.statements.reasons.cut_off)
    (answer.warning if said else answer.error)(
        "cut_off.unknown",
        f"“{cut.item}”被取舍，但大小未知：没有可供估计的数量或因子",
        f"“{cut.item}” is cut and its size is unknown: no amount or factor to estimate it by",
        "请填写估计的数量，并选一个相近的因子（只用于估计，不计入结果）",
        "enter an estimated amount and choose a similar factor: it serves the estimate only",
        line=cut.line,
        field="quantity" if not cut.mass_kg else "factor",
    )


def _mass_share(facts: Facts, footprint: Footprint) -> dict[str, float]:
    """Share of each cut flow in the mass of all materials, where it has a mass but no estimate."""
    masses = {cut.line: cut.mass_kg for cut in footprint.cut_offs if cut.share is None and cut.mass_kg}
    if not masses:
        return {}
    materials = (
        in_unit(found.activity.amount, found.activity.unit, "kg")
        for found in footprint.lines
        if found.kind is LineKind.MATERIAL
    )
    whole = sum(mass for mass in materials if mass) + sum(masses.values())
    return {
        line: mass / whole for line, mass in masses.items() if facts.by_id[line].kind is LineKind.MATERIAL
    }
