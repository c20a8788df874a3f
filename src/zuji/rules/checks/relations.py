"""V12 and V13: balances, and whether everything is related to the unit."""

import math

from zuji.lca.publishing import told
from zuji.model.conformity import CheckedItem, Severity
from zuji.model.lines import EmissionDetail, FuelDetail, Line, LineKind, SubAssemblyDetail
from zuji.model.studies import UnitProcess
from zuji.rules.checks.answer import Answer
from zuji.rules.checks.facts import Facts, in_unit, in_words, percent
from zuji.rules.checks.limits import LIMITS
from zuji.text import counted
from zuji.units import same_dimension

_INPUTS = frozenset({LineKind.MATERIAL, LineKind.SUB_ASSEMBLY, LineKind.RECYCLING, LineKind.FUEL})
_CO2_OF_CARBON = 44 / 12
_ROUNDING = 1e-9


def balances(facts: Facts, answer: Answer) -> CheckedItem:
    """V12: stated balances close; no process makes more mass or carbon than goes into it."""
    balanced = _stated(facts, answer)
    drawn = 0
    for process in facts.study.processes:
        masses = _masses(process)
        if masses is None:
            continue
        into, out = masses
        gap = abs(into - out) / max(into, out)
        drawn += gap <= LIMITS.balance
        if out > into * (1 + LIMITS.gain) and process.id not in balanced:
            answer.warning(
                "balance.mass_gain",
                f"工序“{process.name}”产出与废物共 {told(out, 4)} kg，多于投入的 {told(into, 4)} kg",
                f"“{process.name}” gives {told(out, 4)} kg of products and waste from {told(into, 4)} kg of "
                "inputs",
                "请核对单位和数量，补上缺少的投入（例如水、空气中的氮氧），或填写该工序的质量平衡",
                "check units and amounts, add missing inputs such as water or air, or state its mass balance",
                field=facts.field_of_process(process, "lines"),
            )
        _carbon(process, into, answer)
    for line in facts.by_kind[LineKind.FUEL]:
        _fuel(line, answer)
    if not facts.statements.balances and not drawn:
        answer.error(
            "balance.none",
            "没有质量、能量或碳平衡，也无法由清单自动得出",
            "there is no mass, energy or carbon balance, and the inventory gives none",
            "请至少填写一个主要工序的总投入与总产出（同一单位），例如投料 1050 t、产品与废物 1030 t",
            "state total inputs and outputs of one main process in one unit, e.g. 1050 t in, 1030 t out",
            field="statements.balances",
        )
    return answer.met(
        f"核对了 {len(facts.statements.balances)} 个填报的平衡（容差 {percent(LIMITS.balance)}），"
        f"并由清单自动得出 {drawn} 个闭合的质量平衡",
        f"{counted(len(facts.statements.balances), 'stated balance')} (tolerance {percent(LIMITS.balance)}); "
        f"{counted(drawn, 'mass balance')} closed by the inventory itself",
    )


def _stated(facts: Facts, answer: Answer) -> set[str]:
    known = {process.id for process in facts.study.processes}
    for at, balance in enumerate(facts.statements.balances):
        into, outof = balance.inputs, balance.outputs
        ins, outs = in_words(into), in_words(outof)
        out = in_unit(outof.amount, outof.unit, into.unit)
        place = f"statements.balances[{at}]"
        if balance.process not in known:
            answer.error(
                "balance.unknown_process",
                f"平衡所指的工序“{balance.process}”不存在",
                f"the balance names a process “{balance.process}” that does not exist",
                "请从研究的工序中选择",
                "choose one of the study's processes",
                field=f"{place}.process",
            )
        elif out is None or not (into.amount > 0 and out > 0):
            answer.error(
                "balance.units",
                f"平衡的投入“{ins.zh}”与产出“{outs.zh}”不能比较",
                f"inputs “{ins.en}” and outputs “{outs.en}” of the balance cannot be compared",
                "请用同一种单位填写大于 0 的数",
                "write amounts above 0 in units of one kind",
                field=f"{place}.outputs",
            )
        else:
            gap = abs(into.amount - out) / max(into.amount, out)
            if gap > LIMITS.balance * (1 + _ROUNDING):
                answer.error(
                    "balance.open",
                    f"工序“{balance.process}”投入 {ins.zh}、产出 {outs.zh}，相差 {percent(gap)}，"
                    f"超过 {percent(LIMITS.balance)}",
                    f"“{balance.process}”: {ins.en} in, {outs.en} out, {percent(gap)} apart, more than "
                    f"{percent(LIMITS.balance)}",
                    "请查找漏计的投入、产出、废物或库存变化，或单位错误",
                    "look for inputs, outputs, waste or stock changes left out, or a wrong unit",
                    field=f"{place}.outputs",
                )
    return {balance.process for balance in facts.statements.balances}


def _masses(process: UnitProcess) -> tuple[float, float] | None:
    """Mass that goes in and comes out, kg, where all of it is stated as mass; None otherwise."""
    into = [
        in_unit(line.quantity.amount, line.quantity.unit, "kg")
        for line in process.lines
        if line.kind in _INPUTS
    ]
    out = [in_unit(made.quantity.amount, made.quantity.unit, "kg") for made in process.outputs]
    out += [
        in_unit(line.quantity.amount, line.quantity.unit, "kg")
        for line in process.lines
        if line.kind is LineKind.WASTE
    ]
    known_into = [mass for mass in into if mass is not None]
    known_out = [mass for mass in out if mass is not None]
    if len(known_into) < len(into) or len(known_out) < len(out) or not sum(known_into) > 0:
        return None
    return (math.fsum(known_into), math.fsum(known_out)) if sum(known_out) > 0 else None


def _carbon(process: UnitProcess, into: float, answer: Answer) -> None:
    """Carbon released cannot be more than all mass that goes in."""
    for line in process.lines:
        is_co2 = isinstance(line.detail, EmissionDetail) and line.detail.gas == "CO2"
        mass = in_unit(line.quantity.amount, line.quantity.unit, "kg") if is_co2 else None
        if mass is not None and not line.cut_off and mass > into * _CO2_OF_CARBON:
            answer.error(
                "balance.carbon",
                f"“{line.item}”排放 {told(mass, 4)} kg CO2，超过全部投入 {told(into, 4)} kg 都是碳时的 "
                f"{told(into * _CO2_OF_CARBON, 4)} kg",
                f"“{line.item}” emits {told(mass, 4)} kg of CO2, more than {told(into, 4)} kg of inputs "
                f"could give if all were carbon ({told(into * _CO2_OF_CARBON, 4)} kg)",
                "请核对单位（kg 与 t）和数量，或补上缺少的含碳投入",
                "check the unit (kg or t) and the amount, or add the missing input that holds the carbon",
                line=line.id,
                field="quantity",
            )


def _fuel(line: Line, answer: Answer) -> None:
    """A stated fuel cannot hold more carbon than it weighs: NCV (GJ/t) · CC (tC/TJ) / 1000 ≤ 1."""
    detail = line.detail
    if not isinstance(detail, FuelDetail) or detail.ncv is None or detail.carbon_content is None:
        return
    carbon = detail.ncv * detail.carbon_content / 1000
    if same_dimension(detail.ncv_per, "t"):
        carbon /= in_unit(1.0, detail.ncv_per, "t") or 1.0
        if carbon > 1:
            answer.error(
                "balance.fuel_carbon",
                f"“{line.item}”的热值与含碳量相乘得每吨燃料含碳 {told(carbon, 3)} t，多于燃料本身",
                f"NCV times carbon content of “{line.item}” gives {told(carbon, 3)} t of carbon per t of "
                "fuel",
                "请核对低位热值（GJ/t）与单位热值含碳量（tC/TJ）的单位",
                "check the units of NCV (GJ/t) and carbon content (tC/TJ)",
                line=line.id,
                field="fuel.carbon_content",
            )


def relating(facts: Facts, answer: Answer) -> CheckedItem:
    """V13: a positive reference flow, every process reached, and lines that sum to the total."""
    study, found = facts.study, facts.footprint
    own = in_words(study.unit.quantity)
    for problem in facts.grounds.problems:
        answer.carry(Severity.ERROR, problem)
    reached = _reached(facts)
    for process in study.processes:
        if process.id not in reached:
            answer.error(
                "relation.unused_process",
                f"工序“{process.name}”没有被所研究的产品用到，没有计入",
                f"the process “{process.name}” is not used by the product and does not count",
                "请在使用它的工序里加一行“部件”，或删去该工序",
                "add a sub-assembly line where it is used, or remove it",
                field=facts.field_of_process(process, "outputs"),
            )
    if found is None:
        count = len(facts.grounds.problems)
        if answer.clean:
            return answer.without_result(facts)
        return answer.met(
            f"计算没有完成：{count} 处问题", f"the calculation did not finish: {counted(count, 'problem')}"
        )
    if found.reference != study.unit:
        answer.error(
            "relation.other_unit",
            f"结果按 {in_words(found.reference.quantity).zh} 计算，研究的单位是 {own.zh}",
            f"the result is per {in_words(found.reference.quantity).en}, the study's unit is {own.en}",
            "请重新计算",
            "calculate again",
            field="unit.quantity",
        )
    size = math.fsum(abs(line.total) for line in found.lines)
    if abs(math.fsum(line.total for line in found.lines) - found.total) > _ROUNDING * max(size, 1e-300):
        answer.error(
            "relation.sum",
            f"各行合计不等于总量 {told(found.total, 6)} kgCO2e",
            f"the lines do not sum to the total of {told(found.total, 6)} kgCO2e",
            "请重新计算；仍不相等时请联系软件维护方",
            "calculate again; report it if it persists",
        )
    return answer.met(
        f"{len(reached)} 道工序全部换算到 {own.zh}；{len(found.lines)} 行合计等于总量 "
        f"{told(found.total)} kgCO2e",
        f"{counted(len(reached), 'process', 'processes')} related to {own.en}; "
        f"{counted(len(found.lines), 'line')} with the sum of {told(found.total)} kgCO2e, the total",
    )


def _reached(facts: Facts) -> set[str]:
    """Processes that the first one needs, itself included."""
    needs = {
        process.id: [
            line.detail.process
            for line in process.lines
            if isinstance(line.detail, SubAssemblyDetail) and line.quantity.amount > 0 and not line.cut_off
        ]
        for process in facts.study.processes
    }
    waiting = [process.id for process in facts.study.processes[:1]]
    reached: set[str] = set()
    while waiting:
        process = waiting.pop()
        if process in needs and process not in reached:
            reached.add(process)
            waiting += needs[process]
    return reached
