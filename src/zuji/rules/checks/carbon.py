"""V18, V19 and V30: fossil and biogenic carbon kept apart, carbon in the product, removals."""

import math

from zuji.lca.publishing import as_stated, told
from zuji.model.conformity import CheckedItem
from zuji.model.lines import BiogenicDetail, EmissionDetail, FuelDetail, Line, LineKind
from zuji.model.stages import TOTAL_KINDS, TotalKind
from zuji.model.statements import BalanceKind
from zuji.model.studies import BoundaryKind
from zuji.rules.checks.answer import Answer
from zuji.rules.checks.facts import BIOGENIC, REMOVALS, Facts
from zuji.rules.checks.words import Subject

_BURNED_OR_RELEASED = (LineKind.FUEL, LineKind.DIRECT_EMISSION)
_FOSSIL = TOTAL_KINDS.index(TotalKind.FOSSIL)
_CO2_OF_CARBON = 44 / 12
_ROUNDING = 1e-9
_CONTENT_GAP = 0.1


def fossil_and_biogenic(facts: Facts, answer: Answer) -> CheckedItem:
    """V18: fossil and biogenic emissions in their own totals, uptake -1 and release +1."""
    for kind in _BURNED_OR_RELEASED:
        for line in facts.by_kind[kind]:
            _origin(facts, line, answer)
    for line in facts.by_kind[LineKind.BIOGENIC_CARBON]:
        _sign(facts, line, answer)
    found = facts.footprint
    if found is None:
        return answer.without_result(facts)
    _unpaired(facts, answer)
    fossil, released, removed = (told(found.totals[kind], 4) for kind in (_FOSSIL, BIOGENIC, REMOVALS))
    return answer.met(
        f"分列：化石 {fossil}，生物源排放 {released}，生物源清除 {removed} kgCO2e；"
        "核对了燃料与排放行的碳来源",
        f"apart: fossil {fossil}, biogenic emissions {released}, removals {removed} kgCO2e; "
        "origin of carbon compared in lines of fuel and emission",
    )


def _origin(facts: Facts, line: Line, answer: Answer) -> None:
    detail = line.detail
    if isinstance(detail, FuelDetail):
        flagged, named = detail.biogenic, detail.fuel
    elif isinstance(detail, EmissionDetail) and detail.gas in ("CO2", "CH4"):
        flagged, named = detail.biogenic, ""
    else:
        return
    is_biogenic, is_fossil = facts.speaks(line, Subject.BIOGENIC), facts.speaks(line, Subject.FOSSIL)
    if is_biogenic == is_fossil:
        return  # the words say nothing, or both
    result = facts.results.get(line.id)
    counted = result is not None and abs(result.totals[BIOGENIC]) > 0
    if is_biogenic and not flagged and not (named and counted):
        answer.error(
            "carbon.biogenic_as_fossil",
            f"“{line.item}”像是生物源，却计入化石排放",
            f"“{line.item}” looks biogenic but counts as fossil",
            "请勾选“生物源”；确属化石来源时请在名称中写明",
            "tick “biogenic”; if it is fossil, say so in its name",
            line=line.id,
            field=f"{line.kind.value}.biogenic",
        )
    if is_fossil and flagged:
        answer.error(
            "carbon.fossil_as_biogenic",
            f"“{line.item}”像是化石来源，却标为生物源",
            f"“{line.item}” looks fossil but is marked as biogenic",
            "请取消勾选“生物源”；确属生物源时请在名称中写明",
            "clear “biogenic”; if it is, say so in its name",
            line=line.id,
            field=f"{line.kind.value}.biogenic",
        )


def _sign(facts: Facts, line: Line, answer: Answer) -> None:
    if not isinstance(line.detail, BiogenicDetail):
        return
    uptake, release = facts.speaks(line, Subject.UPTAKE), facts.speaks(line, Subject.RELEASE)
    if uptake != release and uptake != line.detail.removal:
        zh, en = ("释放（+1）", "release (+1)") if release else ("吸收（−1）", "uptake (−1)")
        answer.error(
            "carbon.sign",
            f"“{line.item}”按名称是{zh}，却按相反的符号计",
            f"“{line.item}” is {en} by its name but counts with the other sign",
            f"请把“生物源碳”改为{zh}，或改正名称",
            f"make it {en}, or correct its name",
            line=line.id,
            field="biogenic_carbon.removal",
        )


def _unpaired(facts: Facts, answer: Answer) -> None:
    released = [
        line
        for line in facts.by_kind[LineKind.FUEL]
        if line.id in facts.results and facts.results[line.id].totals[BIOGENIC] > 0
    ]
    removed = math.fsum(result.totals[REMOVALS] for result in facts.results.values())
    if released and not removed:
        answer.warning(
            "carbon.no_uptake",
            f"“{released[0].item}”燃烧的生物源 CO2 计为 +1，清单里没有对应的吸收（−1）",
            f"biogenic CO2 of “{released[0].item}” counts +1 and the inventory has no uptake (−1)",
            "请加一行“生物源碳”，数量与释放的 CO2 相同，阶段为原材料获取",
            "add a line of biogenic carbon with the same amount of CO2, in raw material acquisition",
            line=released[0].id,
            field="fuel.biogenic",
        )


def content(facts: Facts, answer: Answer) -> CheckedItem:
    """V19: biogenic carbon in the product is stated apart and not deducted from a partial footprint."""
    biogenic = facts.by_kind[LineKind.BIOGENIC_CARBON]
    stated = facts.study.product.biogenic_carbon_kg
    partial = facts.study.boundary.kind is not BoundaryKind.CRADLE_TO_GRAVE
    if not biogenic and stated is None:
        return answer.does_not_apply(
            "清单没有生物源碳的吸收或释放", "the inventory has neither uptake nor release of biogenic carbon"
        )
    if biogenic and stated is None:
        answer.error(
            "carbon.content",
            "清单含生物源碳，没有填写产品中的生物源碳含量",
            "the inventory has biogenic carbon but the product's content of it is not stated",
            "请填写每单位产品所含生物源碳的千克数；产品不含时填 0",
            "enter kg of biogenic carbon per unit of product; 0 where it holds none",
            line=biogenic[0].id,
            field="product.biogenic_carbon_kg",
        )
    if facts.footprint is None:
        return answer.without_result(facts)
    net = facts.footprint.totals[BIOGENIC] + facts.footprint.totals[REMOVALS]
    size = math.fsum(abs(value) for value in facts.footprint.totals)
    if partial and net < -_ROUNDING * size:
        _deducted(facts, -net, stated, answer)
    kilograms = "未填" if stated is None else f"{as_stated(stated)} kg"
    return answer.met(
        f"产品中生物源碳 {kilograms}；生物源排放与清除相抵后 {told(net, 4)} kgCO2e",
        f"biogenic carbon in the product: {'not stated' if stated is None else f'{as_stated(stated)} kg'}; "
        f"emissions and removals net {told(net, 4)} kgCO2e",
    )


def _deducted(facts: Facts, uptake: float, content: float | None, answer: Answer) -> None:
    lines = facts.by_kind[LineKind.BIOGENIC_CARBON]
    at = lines[0].id if lines else ""
    balanced = any(balance.kind is BalanceKind.CARBON for balance in facts.statements.balances)
    (answer.warning if balanced else answer.error)(
        "carbon.deducted",
        f"部分碳足迹里扣除了 {told(uptake, 4)} kgCO2e 的净吸收" + ("；已给出碳平衡" if balanced else ""),
        f"a net uptake of {told(uptake, 4)} kgCO2e is deducted from a partial footprint"
        + ("; a carbon balance is given" if balanced else ""),
        "请让吸收与边界内的释放相等，其余只填在“产品中的生物源碳”；规则准许扣除时请填报碳平衡",
        "let uptake equal the release inside the boundary and state the rest as content of the product; "
        "where the rule allows the deduction, state a carbon balance",
        line=at,
        field="quantity",
    )
    if content is not None and content * _CO2_OF_CARBON < uptake * (1 - _CONTENT_GAP):
        net, held = told(uptake, 4), told(content * _CO2_OF_CARBON, 4)
        answer.error(
            "carbon.content_too_small",
            f"净吸收 {net} kgCO2e 多于产品所含碳相当的 {held} kgCO2e",
            f"the net uptake of {net} kgCO2e exceeds what the product holds, {held} kgCO2e",
            "请核对吸收量与含碳量：留在产品里的碳 × 44/12 才是净吸收",
            "compare both: carbon that stays in the product times 44/12 is the net uptake",
            line=at,
            field="quantity",
        )


def removals(facts: Facts, answer: Answer) -> CheckedItem:
    """V30: removals stand in their own total; nothing captured or stored is netted inside an emission."""
    for line in facts.by_kind[LineKind.DIRECT_EMISSION]:
        # what escapes from a capture is an emission
        if facts.speaks(line, Subject.CAPTURE) and not facts.speaks(line, Subject.RELEASE):
            answer.error(
                "removal.as_emission",
                f"“{line.item}”是捕集或清除，却作为直接排放填报",
                f"“{line.item}” is a capture or removal but is entered as a direct emission",
                "请把排放按净排放填报并说明捕集量；生物源清除用“生物源碳—吸收”行",
                "enter emissions after capture and say how much; use a line of biogenic uptake for removals",
                line=line.id,
                field="kind",
            )
    found = facts.footprint
    if found is None:
        return answer.without_result(facts)
    return answer.met(
        f"清除单列 {told(found.totals[REMOVALS], 4)} kgCO2e，没有与排放相抵",
        f"removals stand apart at {told(found.totals[REMOVALS], 4)} kgCO2e, netted with no emission",
    )
