"""V20, V23 and V29: what is reported apart or not at all stays out of the sum."""

from zuji.lca.publishing import as_stated, told
from zuji.model.conformity import CheckedItem
from zuji.model.lines import Line, LineKind, TransportDetail
from zuji.model.stages import TOTAL_KINDS, TotalKind
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts
from zuji.rules.checks.words import Subject, speaks_of, subjects
from zuji.text import counted

_AIRCRAFT = TOTAL_KINDS.index(TotalKind.AIRCRAFT)
# Kinds whose credits follow from a formula of their own.
_MAY_CREDIT = frozenset({LineKind.RECYCLING, LineKind.BIOGENIC_CARBON, LineKind.LAND_USE_CHANGE})


def storage(facts: Facts, answer: Answer) -> CheckedItem:
    """V20: everything counts as if emitted at the start; storage and delay are extras outside the sum."""
    inside = [
        line
        for line in facts.lines
        # what is captured from an emission is V30's
        if line.kind is not LineKind.DIRECT_EMISSION and facts.speaks(line, Subject.STORAGE)
    ]
    for line in inside:
        answer.error(
            "apart.storage_inside",
            f"“{line.item}”是碳储存或延迟排放，计入了总量",
            f"“{line.item}” is carbon storage or a delayed emission and counts in the total",
            "请删去该行，数值另填在“另行报告”；总量按排放在期初全部发生计",
            "remove the line and state the value apart; the total counts everything as emitted at the start",
            line=line.id,
            field="kind",
        )
    apart = facts.statements.apart
    given = [value for value in (apart.carbon_storage, apart.delayed_emissions) if value is not None]
    if given and not stated(apart.note):
        answer.warning(
            "apart.storage_method",
            "另行报告了碳储存或延迟排放，没有说明怎样得出",
            "carbon storage or delay is reported apart without saying how it follows",
            "请在“另行报告—说明”中写明方法与年限",
            "name method and years in the note",
            field="statements.apart.note",
        )
    return answer.met(
        f"看了 {len(facts.lines)} 行有无储存或延迟；另行报告 {len(given)} 项，不在总量内",
        f"{counted(len(facts.lines), 'line')} looked through for storage and delay; "
        f"{counted(len(given), 'value')} apart, "
        "outside the total",
    )


def aircraft(facts: Facts, answer: Answer) -> CheckedItem:
    """V23: emissions of aircraft stand apart, without any multiplier for radiative forcing."""
    flown = [line for line in facts.by_kind[LineKind.TRANSPORT] if _flies(facts, line)]
    for line in flown:
        if not (isinstance(line.detail, TransportDetail) and line.detail.aircraft):
            answer.error(
                "aircraft.not_apart",
                f"“{line.item}”是航空运输，没有单列",
                f"“{line.item}” is transport by air and does not stand apart",
                "请在该行勾选“航空”",
                "tick “aircraft” on the line",
                line=line.id,
                field="transport.aircraft",
            )
        if _forced(facts, line):
            answer.error(
                "aircraft.multiplier",
                f"“{line.item}”的因子含辐射强迫乘数，不得进入总量",
                f"the factor of “{line.item}” holds a multiplier for radiative forcing, which may not count",
                "请换用不含辐射强迫（without RF）的因子；乘数可在“另行报告”中说明",
                "choose the factor without radiative forcing; the multiplier may be mentioned apart",
                line=line.id,
                field="factor",
            )
    apart = facts.statements.apart
    if apart.aviation_multiplier is not None and not stated(apart.note):
        answer.warning(
            "aircraft.multiplier_source",
            f"提到航空乘数 {as_stated(apart.aviation_multiplier)}，没有说明出处",
            f"a multiplier of {as_stated(apart.aviation_multiplier)} is mentioned without its source",
            "请在“另行报告—说明”中写明出处",
            "name the source in the note",
            field="statements.apart.note",
        )
    value = facts.footprint.totals[_AIRCRAFT] if facts.footprint else 0.0
    count = len(facts.by_kind[LineKind.TRANSPORT])
    return answer.met(
        f"运输 {count} 行，其中航空 {len(flown)} 行，单列 {told(value, 4)} kgCO2e",
        f"{counted(count, 'line')} of transport, {len(flown)} by air, {told(value, 4)} kgCO2e apart",
    )


def _flies(facts: Facts, line: Line) -> bool:
    if isinstance(line.detail, TransportDetail) and line.detail.aircraft:
        return True
    factor = facts.factors.get(line.id)
    named = factor is not None and speaks_of(f"{factor.name.zh}\n{factor.name.en}", Subject.AIR)
    return named or facts.speaks(line, Subject.AIR)


def _forced(facts: Facts, line: Line) -> bool:
    factor = facts.factors.get(line.id)
    if factor is not None:
        found = subjects(f"{factor.id}\n{factor.name.en}")
        return Subject.FORCING in found
    return line.stated is not None and speaks_of(line.stated.source, Subject.FORCING)


def offsets(facts: Facts, answer: Answer) -> CheckedItem:
    """V29: no offset is inside the footprint, by its name or by its sign, and none is claimed."""
    for line in facts.lines:
        if facts.speaks(line, Subject.OFFSET):
            answer.error(
                "offset.inside",
                f"“{line.item}”像是碳抵消或碳信用，计入了足迹",
                f"“{line.item}” looks like an offset or carbon credit and counts in the footprint",
                "请删去该行；需要说明的抵消填在“抵消”中，不参与计算",
                "remove the line; offsets may be listed under “Offsets”, where they do not count",
                line=line.id,
                field="kind",
            )
        elif line.kind not in _MAY_CREDIT:
            _negative(facts, line, answer)
    _claimed(facts, answer)
    listed = facts.statements.offsets
    amount = sum(offset.amount for offset in listed)
    return answer.met(
        f"看了 {len(facts.lines)} 行的名称、数量与因子符号；另列抵消 {len(listed)} 笔"
        f"（{told(amount, 4)} kgCO2e），不在足迹内",
        f"names, amounts and signs of {counted(len(facts.lines), 'line')}; "
        f"{counted(len(listed), 'offset')} listed "
        f"({told(amount, 4)} kgCO2e), outside the footprint",
    )


def _negative(facts: Facts, line: Line, answer: Answer) -> None:
    factor = facts.factors.get(line.id)
    if line.quantity.amount < 0:
        field, zh, en = (
            "quantity",
            f"数量为 {as_stated(line.quantity.amount)}",
            f"has the amount {as_stated(line.quantity.amount)}",
        )
    elif line.stated is not None and line.stated.value < 0:
        field, zh = "stated.value", f"自有因子为 {as_stated(line.stated.value)}"
        en = f"states a factor of {as_stated(line.stated.value)}"
    elif factor is not None and factor.usable and factor.total < 0:
        field, zh = "factor", f"因子为 {as_stated(factor.total)}"
        en = f"has a factor of {as_stated(factor.total)}"
    else:
        return
    answer.error(
        "offset.negative",
        f"“{line.item}”{zh}，等于从足迹中扣减",
        f"“{line.item}” {en}, which deducts from the footprint",
        "副产品请列为工序产出并分配；回收用“回收”行；吸收用“生物源碳”行；抵消不得计入",
        "allocate a by-product as an output; use lines of recycling or biogenic uptake; offsets never count",
        line=line.id,
        field=field,
    )


def _claimed(facts: Facts, answer: Answer) -> None:
    for field, text in (
        ("product.name", facts.study.product.name),
        ("statements.interpretation.conclusions", facts.statements.interpretation.conclusions),
    ):
        if speaks_of(text, Subject.NEUTRAL):
            answer.error(
                "offset.claim",
                "文字把产品称为碳中和、零碳或净零：足迹不含抵消，不能得出这样的结论",
                "the text calls the product carbon neutral or net zero, which a footprint cannot say",
                "请只写足迹数值；中和声明须另依相应标准作出",
                "state the footprint only; neutrality is another claim under another standard",
                field=field,
            )
