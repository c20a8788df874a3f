"""V15: recycling is related to the product by one stated procedure, and nothing is credited twice."""

from zuji.model.conformity import CheckedItem
from zuji.model.lines import Line, LineKind, RecyclingDetail, RecyclingMethod
from zuji.model.statements import RecyclingProcedure
from zuji.rules.checks.answer import Answer
from zuji.rules.checks.facts import Facts
from zuji.rules.resolving_words import PROCEDURE_NAMES, RECYCLING_NAMES
from zuji.text import Text, counted

_UNSAID = Text("未说明", "not stated")
Recycled = tuple[Line, RecyclingDetail]
_SUITS = {
    RecyclingProcedure.CUT_OFF: frozenset({RecyclingMethod.CUT_OFF}),
    RecyclingProcedure.CLOSED_LOOP: frozenset({RecyclingMethod.CFF}),
    RecyclingProcedure.OPEN_LOOP: frozenset({RecyclingMethod.CFF, RecyclingMethod.CUT_OFF}),
}


def recycling(facts: Facts, answer: Answer) -> CheckedItem:
    """V15: closed loop, open loop or cut-off is stated and fits; burdens and credits count once."""
    lines = recycled(facts)
    if not lines:
        return answer.does_not_apply("清单中没有再生或回收的行", "the inventory has no line of recycling")
    procedure = facts.statements.recycling
    named = PROCEDURE_NAMES.get(procedure, _UNSAID)
    if procedure is RecyclingProcedure.NOT_STATED:
        answer.error(
            "recycling.procedure",
            f"有 {len(lines)} 行涉及回收，没有说明采用闭环、开环还是截断程序",
            f"{counted(len(lines), 'line')} of recycling and nothing says whether by closed loop, open loop "
            "or cut-off",
            "请在“回收程序”中选择一种：材料回到同一产品且性质不变选闭环，其余选开环，不计再生抵扣选截断",
            "choose closed loop where the material returns unchanged, else open loop; cut-off without credit",
            field="statements.recycling",
        )
    for line, detail in lines:
        if procedure in _SUITS and detail.method not in _SUITS[procedure]:
            answer.error(
                "recycling.method",
                f"“{line.item}”用的是{RECYCLING_NAMES[detail.method].zh}，与所述程序“{named.zh}”不符",
                f"“{line.item}” is by {RECYCLING_NAMES[detail.method].en}, which does not fit the stated "
                f"procedure, {named.en}",
                "请改正该行的方法或所述程序，使两者一致",
                "correct the line's method or the stated procedure",
                line=line.id,
                field="recycling.method",
            )
        _twice(facts, line, detail, answer)
    return answer.met(
        f"{len(lines)} 行涉及回收；程序：{named.zh}；核对了负荷与抵扣有无重复",
        f"{counted(len(lines), 'line')} of recycling; procedure: {named.en}; burdens and credits compared",
    )


def recycled(facts: Facts) -> list[Recycled]:
    return [
        (line, line.detail)
        for line in facts.by_kind[LineKind.RECYCLING]
        if isinstance(line.detail, RecyclingDetail)
    ]


def _twice(facts: Facts, line: Line, detail: RecyclingDetail, answer: Answer) -> None:
    process = facts.process_of[line.id]
    for other in process.lines:
        same = other.item == line.item and not other.cut_off
        if same and other.kind is LineKind.MATERIAL and other.factor and other.factor == detail.virgin:
            answer.error(
                "recycling.burden_twice",
                f"“{line.item}”的原生料负荷在本行和行 {other.id} 各计了一次",
                f"the virgin burden of “{line.item}” counts here and again in line {other.id}",
                f"请删去行 {other.id}：回收公式已含原生料，按 1 − R1 计",
                f"remove line {other.id}: the formula already counts virgin material as 1 − R1",
                line=other.id,
                field="factor",
            )
        if same and other.kind is LineKind.WASTE and detail.disposal and other.factor == detail.disposal:
            answer.error(
                "recycling.disposal_twice",
                f"“{line.item}”的处置负荷在本行和行 {other.id} 各计了一次",
                f"the disposal of “{line.item}” counts here and again in line {other.id}",
                f"请删去行 {other.id}，或清空本行的处置因子",
                f"remove line {other.id}, or clear the disposal factor here",
                line=other.id,
                field="factor",
            )
