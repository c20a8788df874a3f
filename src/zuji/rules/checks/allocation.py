"""V14: how processes with several products are shared."""

import math

from zuji.lca.publishing import told
from zuji.model.conformity import CheckedItem
from zuji.model.studies import AllocationMethod, UnitProcess
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts
from zuji.rules.checks.words import Subject, speaks_of
from zuji.rules.resolving_words import ALLOCATION_NAMES
from zuji.text import counted
from zuji.units import same_dimension

_SHARED = frozenset({AllocationMethod.PHYSICAL, AllocationMethod.ECONOMIC})
_ROUNDING = 1e-9


def allocation(facts: Facts, answer: Answer) -> CheckedItem:
    """V14: avoided first, then by physical relation, then otherwise; justified, whole, tested, alike."""
    several = [process for process in facts.study.processes if len(process.outputs) > 1]
    if not several:
        return answer.does_not_apply("没有多产出的工序，不需要分配", "no process has several products")
    for process in several:
        _process(facts, process, answer)
    _sums(facts, answer)
    _alike(facts, several, answer)
    if any(process.allocation in _SHARED for process in several) and not _tested(facts):
        answer.warning(
            "allocation.sensitivity",
            "用了分配，没有说明换一种分配方法结果会怎样",
            "burdens are shared and nothing says what another way of sharing would give",
            "请用另一种适用的方法重算一次，把差异写入“解释—敏感性”",
            "calculate once with another suitable method and write the difference under “Sensitivity”",
            field="statements.interpretation.sensitivity",
        )
    methods = "、".join(f"{process.name}：{ALLOCATION_NAMES[process.allocation].zh}" for process in several)
    english = ", ".join(f"{process.name}: {ALLOCATION_NAMES[process.allocation].en}" for process in several)
    return answer.met(
        f"看了 {len(several)} 道多产出工序（{methods}）的理由、份额与敏感性",
        f"reason, shares and sensitivity of {counted(len(several), 'process', 'processes')} with several "
        f"products ({english})",
    )


def _process(facts: Facts, process: UnitProcess, answer: Answer) -> None:
    method = process.allocation
    if method is AllocationMethod.NONE:
        answer.error(
            "allocation.method",
            f"工序“{process.name}”有 {len(process.outputs)} 种产出，没有选择分配方法",
            f"“{process.name}” has {counted(len(process.outputs), 'product')} and no allocation",
            "请先看能否细分；不能时选物理关系，再不能时选经济价值",
            "subdivide if possible, else allocate physically, else economically",
            field=facts.field_of_process(process, "allocation"),
        )
    elif not stated(process.allocation_reason):
        answer.error(
            "allocation.reason",
            f"工序“{process.name}”采用{ALLOCATION_NAMES[method].zh}，没有说明理由",
            f"“{process.name}” is handled by {ALLOCATION_NAMES[method].en} without a reason",
            "请写明为什么用这种方法、为什么排在前面的方法不适用",
            "say why this method and why those before it do not fit",
            field=facts.field_of_process(process, "allocation_reason"),
        )
    elif (
        method is AllocationMethod.ECONOMIC
        and _one_dimension(process)
        and len(process.allocation_reason) < 10
    ):
        answer.warning(
            "allocation.physical_possible",
            f"工序“{process.name}”的产出可用同一物理量相比，却按经济价值分配，理由过于简单",
            f"products of “{process.name}” share a physical measure, yet it is allocated by value, barely "
            "justified",
            "请说明为什么物理关系不反映因果，例如产品价格相差悬殊",
            "say why the physical relation does not reflect the cause, such as very different prices",
            field=facts.field_of_process(process, "allocation_reason"),
        )


def _one_dimension(process: UnitProcess) -> bool:
    first = process.outputs[0].quantity.unit
    return all(same_dimension(output.quantity.unit, first) for output in process.outputs)


def _sums(facts: Facts, answer: Answer) -> None:
    named = {process.id: process for process in facts.study.processes}
    for result in facts.footprint.allocations if facts.footprint else ():
        whole = math.fsum(result.shares.values())
        if abs(whole - 1) > _ROUNDING:
            answer.error(
                "allocation.sum",
                f"工序“{result.process}”的分配份额合计 {told(whole, 6)}，不等于 1",
                f"the shares of “{result.process}” sum to {told(whole, 6)}, not 1",
                "请核对各产出的分配依据后重新计算",
                "check the allocation properties and calculate again",
                field=facts.field_of_process(named[result.process], "outputs"),
            )


def _alike(facts: Facts, several: list[UnitProcess], answer: Answer) -> None:
    """The same products are treated by the same procedure wherever they are made."""
    methods: dict[frozenset[str], UnitProcess] = {}
    for process in several:
        first = methods.setdefault(frozenset(output.product for output in process.outputs), process)
        if first.allocation is not process.allocation:
            answer.error(
                "allocation.unlike",
                f"工序“{first.name}”与“{process.name}”产出相同，分配方法却不同",
                f"“{first.name}” and “{process.name}” make the same products but are allocated differently",
                "请对相同的产品采用同一种分配方法",
                "use one method for the same products",
                field=facts.field_of_process(process, "allocation"),
            )


def _tested(facts: Facts) -> bool:
    texts = (facts.statements.interpretation.sensitivity, facts.statements.reasons.value_choices)
    return any(speaks_of(text, Subject.ALLOCATION) for text in texts)
