"""V21 and V22: land-use change and land use behind products of fields and forests."""

from zuji.lca.publishing import told
from zuji.model.conformity import CheckedItem
from zuji.model.lines import Line, LineKind
from zuji.model.stages import TOTAL_KINDS, TotalKind
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts, percent
from zuji.rules.checks.words import Subject
from zuji.text import counted

# Tags by which a person says that a bought item was grown.
GROWN_TAGS = frozenset({"agricultural", "forest"})
_CHANGE = TOTAL_KINDS.index(TotalKind.LAND_USE_CHANGE)


def grown(facts: Facts) -> list[Line]:
    """Counted materials of agriculture and forestry, by their words or tags."""
    return [
        line
        for line in facts.by_kind[LineKind.MATERIAL]
        if (facts.speaks(line, Subject.GROWN) or not GROWN_TAGS.isdisjoint(line.tags))
    ]


def direct_change(facts: Facts, answer: Answer) -> CheckedItem:
    """V21: direct land-use change is counted in its own total by a named method; indirect stays out."""
    changes = [line for line in facts.all_lines if line.kind is LineKind.LAND_USE_CHANGE]
    for line in changes:
        if not stated(line.source):
            answer.error(
                "land.method",
                f"“{line.item}”没有写明核算方法与来源",
                f"“{line.item}” names neither method nor source",
                "请写明方法，例如“IPCC 2006 第 4 卷，20 年分摊”，以及地块资料来源",
                "name the method, such as “IPCC 2006 vol. 4, over 20 years”, and where land data are from",
                line=line.id,
                field="source",
            )
        if facts.speaks(line, Subject.INDIRECT) and not line.cut_off:
            answer.error(
                "land.indirect_inside",
                f"“{line.item}”是间接土地利用变化，不得计入结果",
                f"“{line.item}” is indirect land-use change and may not count",
                "请删去该行，数值另填在“另行报告—间接土地利用变化”",
                "remove the line and state the value apart, under indirect land-use change",
                line=line.id,
                field="kind",
            )
    items = grown(facts)
    if not items and not changes:
        return answer.does_not_apply(
            "清单中没有农林产品，也没有土地利用变化的行",
            "the inventory has neither products of fields and forests nor a line of land-use change",
        )
    silent = [line for line in items if not changes and not _inside(facts, line)]
    for line in silent:
        important = line.id in facts.important
        (answer.error if important else answer.warning)(
            "land.change_unknown",
            f"“{line.item}”是农林产品（占结果 {percent(facts.share(line.id))}），没有说明直接土地利用变化",
            f"“{line.item}” was grown ({percent(facts.share(line.id))} of the result) and nothing is said of "
            "direct land-use change",
            "请加一行“土地利用变化”；20 年内没有发生转变的填 0 kgCO2e，并写明依据",
            "add a line of land-use change; 0 kgCO2e with its ground where nothing was converted in 20 years",
            line=line.id,
            field="factor",
        )
    change = facts.footprint.totals[_CHANGE] if facts.footprint else 0.0
    return answer.met(
        f"农林产品 {len(items)} 行，土地利用变化 {len(changes)} 行，单列 {told(change, 4)} kgCO2e",
        f"{counted(len(items), 'grown product')}, {counted(len(changes), 'line')} of land-use change, "
        f"{told(change, 4)} kgCO2e apart",
    )


def _inside(facts: Facts, line: Line) -> bool:
    """Whether the factor itself counts land-use change."""
    factor = facts.factors.get(line.id)
    return factor is not None and factor.totals[_CHANGE] != 0


def soil_carbon(facts: Facts, answer: Answer) -> CheckedItem:
    """V22: changes of soil carbon without a change of use are assessed and shown apart."""
    inside = [line for line in facts.lines if facts.speaks(line, Subject.SOIL)]
    for line in inside:
        answer.warning(
            "land.soil_inside",
            f"“{line.item}”是土壤碳，计入了结果",
            f"“{line.item}” is soil carbon and counts in the result",
            "请删去该行，数值另填在“另行报告—土壤碳”",
            "remove the line and state the value apart, under soil carbon",
            line=line.id,
            field="kind",
        )
    apart = facts.statements.apart.soil_carbon
    items = grown(facts)
    if not items and not inside:
        return answer.does_not_apply(
            "清单中没有农林产品", "the inventory has no products of fields or forests"
        )
    if apart is None:
        answer.note(
            "land.soil_unknown",
            "没有评估土壤碳变化（应当评估，不是必须）",
            "changes of soil carbon are not assessed (they should be, not must)",
            "有资料时请另填在“另行报告—土壤碳”，不计入总量",
            "state them apart under soil carbon if known; they stay out of the total",
            field="statements.apart.soil_carbon",
        )
    value = "未评估" if apart is None else f"{told(apart, 4)} kgCO2e，不在总量内"
    return answer.met(
        f"农林产品 {len(items)} 行；土壤碳：{value}",
        f"{counted(len(items), 'grown product')}; soil carbon: "
        f"{'not assessed' if apart is None else f'{told(apart, 4)} kgCO2e, outside the total'}",
    )
