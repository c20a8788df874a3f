"""V16 and V17: which gases count, and by which potentials."""

import re
from collections.abc import Mapping

from zuji.model.conformity import CheckedItem
from zuji.model.factors import Factor, FactorKind
from zuji.model.gwp import GwpSet
from zuji.model.lines import EmissionDetail, FuelDetail, Line
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts, percent
from zuji.text import counted

_ALWAYS = ("CO2", "CH4", "N2O")
_FAMILIES = {"HFC": ("HFC",), "PFC": ("CF4", "C2F6", "PFC", "C3F8"), "SF6": ("SF6",), "NF3": ("NF3",)}
_HEATED = frozenset({FactorKind.HEAT, FactorKind.FUEL_COMBUSTION})
_REPORT = re.compile(r"AR(\d+)")
_MENTIONED = re.compile(r"\bAR([2-9])\b")


def gases(facts: Facts, answer: Answer) -> CheckedItem:
    """V16: all gases of the IPCC list; CO2 alone, in the list or in a factor, is not enough."""
    listed = {gas.strip().upper() for gas in facts.statements.gases if gas.strip()}
    if listed:
        _list(facts, listed, answer)
    only = [line for line in facts.lines if _only_co2(line, facts.factors.get(line.id))]
    important = frozenset(facts.important)
    for line in only:
        (answer.error if line.id in important else answer.warning)(
            "gases.only_co2",
            f"“{line.item}”（占结果 {percent(facts.share(line.id))}）的因子只含燃烧的 CO2，缺 CH4、N2O",
            f"the factor of “{line.item}” ({percent(facts.share(line.id))} of the result) holds CO2 of "
            "combustion only, no CH4 or N2O",
            "请换用含全部温室气体的因子，或在“燃料”中选择燃料，由系统补上 CH4 与 N2O",
            "choose a factor of all gases, or name the fuel so that CH4 and N2O are added",
            line=line.id,
            field="factor",
        )
    found = ", ".join(sorted(facts.footprint.gases)) if facts.footprint else "—"
    scope = "、".join(sorted(listed)) or "GWP 表中的全部气体"
    return answer.met(
        f"考虑的气体：{scope}；结果按 {found} 分列；只含 CO2 的因子 {len(only)} 个",
        f"gases considered: {', '.join(sorted(listed)) or 'all of the GWP set'}; the result is split into "
        f"{found}; {counted(len(only), 'factor')} of CO2 alone",
    )


def _list(facts: Facts, listed: set[str], answer: Answer) -> None:
    missing = [gas for gas in _ALWAYS if gas not in listed]
    for family, members in _FAMILIES.items():
        if not any(gas.startswith(members) for gas in listed):
            missing.append(family)
    if missing:
        names = "、".join(missing)
        answer.error(
            "gases.list",
            f"考虑的温室气体缺少 {names}",
            f"the gases considered lack {', '.join(missing)}",
            "请清空该项（即考虑 GWP 表中的全部气体），或把缺少的加上",
            "clear the list, which means all gases of the GWP set, or add what is missing",
            field="statements.gases",
        )
    for line in facts.lines:
        gas = line.detail.gas if isinstance(line.detail, EmissionDetail) else ""
        family = next((name for name, members in _FAMILIES.items() if gas.upper().startswith(members)), "")
        if gas and gas.upper() not in listed | set(missing) and family not in listed | set(missing):
            answer.error(
                "gases.not_listed",
                f"清单排放了 {gas}，它却不在考虑的气体之列",
                f"the inventory emits {gas}, which is not among the gases considered",
                f"请在“考虑的气体”中加上 {gas}",
                f"add {gas} to the gases considered",
                line=line.id,
                field="direct_emission.gas",
            )


def _only_co2(line: Line, factor: Factor | None) -> bool:
    if factor is None or factor.kind not in _HEATED or isinstance(line.detail, FuelDetail):
        return False
    return bool(factor.gases) and {amount.gas for amount in factor.gases} == {"CO2"}


def latest(sets: Mapping[str, GwpSet]) -> str:
    """The id of the 100-year set of the newest IPCC report among `sets`; empty where there is none."""
    known = {int(match[1]): name for name in sets if (match := _REPORT.fullmatch(name))}
    return known[max(known)] if known else ""


def potentials(facts: Facts, answer: Answer) -> CheckedItem:
    """V17: 100-year potentials of the latest report, or a reason; one set for everything."""
    used, newest = facts.study.gwp, latest(facts.grounds.gwp)
    if not _REPORT.fullmatch(used):
        answer.error(
            "gwp.horizon",
            f"“{used}”不是 IPCC 报告的 100 年增温潜势",
            f"“{used}” is no set of 100-year potentials of an IPCC report",
            f"请改用 {newest or 'AR6'}；其他时间尺度只能另行报告",
            f"use {newest or 'AR6'}; other horizons may only be reported apart",
            field="gwp",
        )
    elif newest and used != newest and not stated(facts.statements.reasons.gwp):
        answer.error(
            "gwp.not_latest",
            f"用的是 {used}，最新的是 {newest}，没有说明理由",
            f"{used} is used though {newest} is the latest, without a reason",
            f"请改用 {newest}，或在“理由—GWP”中说明（例如规则要求）",
            f"use {newest}, or give the reason under “Reasons: GWP”, such as a rule that asks for it",
            field="gwp",
        )
    if facts.footprint is not None and facts.footprint.gwp != used:
        answer.error(
            "gwp.result_of_another",
            f"结果是按 {facts.footprint.gwp} 算的，研究写的是 {used}",
            f"the result was calculated with {facts.footprint.gwp}, the study says {used}",
            "请重新计算",
            "calculate again",
            field="gwp",
        )
    mixed = _mixed(facts, used, answer)
    return answer.met(
        f"采用 {used}，最新 {newest or '未知'}；因子自述采用其他版本的 {mixed} 行",
        f"{used} is used, the latest is {newest or 'unknown'}; {counted(mixed, 'line')} whose factor names "
        "another set",
    )


def _mixed(facts: Facts, used: str, answer: Answer) -> int:
    """Lines whose factor, unsplit by gas, says that it was characterised with another report."""
    important, count = frozenset(facts.important), 0
    for line in facts.lines:
        factor, own = facts.factors.get(line.id), line.stated
        if factor is not None and not factor.gases:
            text, field = f"{factor.boundary} {factor.notes}", "factor"
        elif own is not None:
            text, field = own.source, "stated.source"
        else:
            continue
        named = {f"AR{number}" for number in _MENTIONED.findall(text)}
        if len(named) == 1 and used not in named and _REPORT.fullmatch(used):
            count += 1
            (answer.warning if line.id in important else answer.note)(
                "gwp.mixed",
                f"“{line.item}”的因子按 {min(named)} 得出，研究用 {used}",
                f"the factor of “{line.item}” rests on {min(named)}, the study on {used}",
                f"请向提供方索取按 {used} 的数值，或选按气体分列的因子",
                f"ask for the value by {used}, or choose a factor that is split by gas",
                line=line.id,
                field=field,
            )
    return count
