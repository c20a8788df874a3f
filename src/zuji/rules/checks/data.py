"""V7 and V9: whose data they are and which time they speak of."""

from datetime import date

from zuji.lca.publishing import as_stated
from zuji.model.conformity import CheckedItem
from zuji.model.lines import Line, LineKind
from zuji.model.stages import Stage
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts, percent
from zuji.rules.checks.limits import LIMITS
from zuji.text import counted

# Amounts of these follow from others and are no data of their own.
_DERIVED = frozenset({LineKind.SUB_ASSEMBLY, LineKind.BIOGENIC_CARBON, LineKind.LAND_USE_CHANGE})
# What follows is not in the maker's hands.
_OWN_STAGES = frozenset({Stage.RAW_MATERIAL, Stage.MANUFACTURING})
_DAYS_OF_MONTH = 365.25 / 12


def site_specific(facts: Facts, answer: Answer) -> CheckedItem:
    """V7: own data for processes under control and for important ones, others only with a reason."""
    ruled = frozenset(facts.rule.primary.kinds)
    expected = [
        line
        for line in facts.lines
        if facts.process_of[line.id].controlled
        and line.stage in _OWN_STAGES
        and line.kind not in _DERIVED
        and line.kind not in ruled
        and line.id not in facts.demanded
    ]
    secondary = [line for line in expected if not line.primary]
    if facts.footprint is None:
        return answer.without_result(facts)
    important = frozenset(facts.important)
    share = sum(facts.share(line.id) for line in secondary)
    if secondary and stated(facts.statements.reasons.secondary_data):
        largest = max(secondary, key=lambda line: facts.share(line.id))
        answer.warning(
            "data.secondary",
            f"自控工序有 {len(secondary)} 行用了次级数据，占结果 {percent(share)}；已说明理由",
            f"{counted(len(secondary), 'line')} of controlled processes on secondary data, {percent(share)} "
            "of the result; a reason is given",
            f"请尽快以计量或台账数据替换，先换最大的一行“{largest.item}”",
            f"replace them by metered or booked data, “{largest.item}” first",
            line=largest.id,
            field="data_source",
        )
    elif secondary:
        _without_reason(facts, secondary, important, answer)
    if not facts.study.demonstration and not any(each.controlled for each in facts.study.processes):
        # who only trades or imports runs none, and says so
        said = stated(facts.statements.reasons.secondary_data)
        (answer.note if said else answer.warning)(
            "data.nothing_controlled",
            "没有一道工序是自控的：生产者自己的工序应为自控",
            "no process is under control: the maker's own process should be",
            "请把本企业运行的工序标为自控，并用本企业数据；只经销或进口时在“理由—次级数据”中说明",
            "mark the processes that the firm runs as controlled and use its own data; a firm that only "
            "trades or imports says so under “Reasons: secondary data”",
            field="processes[0].controlled",
        )
    _suppliers(facts, important, answer)
    _others(facts, important, answer)
    return answer.met(
        f"自控工序 {len(expected)} 行，其中次级数据 {len(secondary)} 行，占结果 {percent(share)}；"
        f"重要行（占 {percent(LIMITS.important)}）共 {len(important)} 行；初级数据占比 "
        f"{percent(facts.footprint.primary_data_share)}",
        f"{counted(len(expected), 'line')} of controlled processes, {len(secondary)} secondary "
        f"({percent(share)} of the result); {counted(len(important), 'important line')} "
        f"({percent(LIMITS.important)} of the result); primary data share "
        f"{percent(facts.footprint.primary_data_share)}",
    )


def _without_reason(facts: Facts, secondary: list[Line], important: frozenset[str], answer: Answer) -> None:
    for line in secondary:
        if line.id in important:
            answer.error(
                "data.secondary_important",
                f"“{line.item}”占结果 {percent(facts.share(line.id))}，是自控工序的数据，却取自次级来源",
                f"“{line.item}” is {percent(facts.share(line.id))} of the result, from a controlled process, "
                "yet secondary",
                "请改用本厂计量、台账或领料单数据；确实没有时在“理由—次级数据”中说明",
                "use the plant's own meter, ledger or stock record, or give the reason for secondary data",
                line=line.id,
                field="data_source",
            )
    rest = [line for line in secondary if line.id not in important]
    if rest:
        answer.warning(
            "data.secondary_minor",
            f"自控工序另有 {len(rest)} 行用了次级数据（占 {percent(sum(facts.share(x.id) for x in rest))}），"
            "没有说明理由",
            f"{counted(len(rest), 'smaller line')} of controlled processes on secondary data "
            f"({percent(sum(facts.share(x.id) for x in rest))}) without a reason",
            "请在“理由—次级数据”中说明，或换成本厂数据",
            "give the reason for secondary data, or use the plant's own",
            line=rest[0].id,
            field="data_source",
        )


def _others(facts: Facts, important: frozenset[str], answer: Answer) -> None:
    """Secondary data of processes that somebody else runs are right, with a reason."""
    found = [
        line
        for line in facts.lines
        if line.id in important
        and not line.primary
        and not facts.process_of[line.id].controlled
        and line.kind not in _DERIVED
    ]
    if found and not stated(facts.statements.reasons.secondary_data):
        answer.warning(
            "data.secondary_elsewhere",
            f"他人工序的 {len(found)} 个重要行用了次级数据，没有说明理由",
            f"{counted(len(found), 'important line')} of processes run by others on secondary data without a "
            "reason",
            "请在“理由—次级数据”中说明为什么没有供应商数据",
            "say under “Reasons: secondary data” why the suppliers' own data are not used",
            line=found[0].id,
            field="data_source",
        )


def _suppliers(facts: Facts, important: frozenset[str], answer: Answer) -> None:
    bought = [line for line in facts.by_kind[LineKind.MATERIAL] if line.id in important and line.factor]
    if bought:
        share = sum(facts.share(line.id) for line in bought)
        answer.note(
            "data.generic_factor",
            f"{len(bought)} 种重要外购材料用的是通用因子，占结果 {percent(share)}",
            f"{counted(len(bought), 'important purchase')} on generic factors, {percent(share)} of the "
            "result",
            "可向供应商索取其产品碳足迹，结果会更可靠",
            "ask the suppliers for their footprints: the result will be firmer",
            line=max(bought, key=lambda line: facts.share(line.id)).id,
            field="factor",
        )


def period(facts: Facts, answer: Answer) -> CheckedItem:
    """V9: a stated data period of whole years, over and done, or with the reason and how seasons average."""
    stretch = facts.study.period
    days: dict[str, date] = {}
    for key in ("start", "end"):
        try:
            days[key] = date.fromisoformat(getattr(stretch, key))
        except ValueError:
            answer.error(
                "period.date",
                f"数据期{'开始' if key == 'start' else '结束'}“{getattr(stretch, key)}”不是日期",
                f"the {key} of the data period “{getattr(stretch, key)}” is no date",
                "请写成 2024-01-31 的形式",
                "write it like 2024-01-31",
                field=f"period.{key}",
            )
    if len(days) < 2:
        return answer.met("数据期不完整", "the data period is incomplete")
    start, end = days["start"], days["end"]
    length = (end - start).days + 1
    months = round(length / _DAYS_OF_MONTH, 1)
    said = stated(facts.statements.reasons.period)
    if end < start:
        answer.error(
            "period.reversed",
            f"数据期从 {start} 到 {end}，起止颠倒",
            f"the data period from {start} to {end} is reversed",
            "请对调起止日期",
            "swap the two dates",
            field="period.end",
        )
    elif end > facts.grounds.on:
        answer.error(
            "period.future",
            f"数据期结束于 {end}，晚于检查日 {facts.grounds.on}：还没有发生的数据不能是实测",
            f"the data period ends on {end}, after the day of the check {facts.grounds.on}",
            "请改正结束日期，或等数据期结束后再提交",
            "correct the end, or wait until the period is over",
            field="period.end",
        )
    elif months < LIMITS.months - 0.5 and facts.rule.period.months is None and not said:
        answer.error(
            "period.short",
            f"数据期 {as_stated(months)} 个月，少于一般要求的 {LIMITS.months} 个月，没有说明理由",
            f"the data period has {as_stated(months)} months, fewer than the "
            f"usual {LIMITS.months}, without a reason",
            "请改用一个完整年度；做不到时在“理由—数据期”中说明季节波动怎样平均",
            "take a whole year, or say under “Reasons: period” how seasons were averaged",
            field="period",
        )
    elif months > LIMITS.months + 0.5 and abs(months - 12 * round(months / 12)) > 0.5 and not said:
        answer.warning(
            "period.seasons",
            f"数据期 {as_stated(months)} 个月，不是整年：有的季节算了两次",
            f"the data period of {as_stated(months)} months is no whole year: some seasons count twice",
            "请改为整年，或在“理由—数据期”中说明怎样平均季节波动",
            "take whole years, or say under “Reasons: period” how seasons were averaged",
            field="period",
        )
    return answer.met(
        f"数据期 {start} 至 {end}，{length} 天，约 {as_stated(months)} 个月；"
        f"{'已' if said else '未'}说明理由",
        f"{start} to {end}, {counted(length, 'day')}, about {as_stated(months)} months; "
        f"{'a reason is given' if said else 'no reason is given'}",
    )
