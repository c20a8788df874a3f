"""What a rule asks of the frame of a study: product, unit, boundary, cut-off, allocation, time, GWP."""

import re
from datetime import date

from zuji.errors import InvalidInput
from zuji.lca.publishing import as_stated
from zuji.model.conformity import CheckedItem
from zuji.model.quantities import Quantity
from zuji.model.stages import STAGE_NAMES
from zuji.model.standards import ProductCode, Scheme
from zuji.model.studies import BOUNDARY_NAMES
from zuji.rules.checks.answer import Answer
from zuji.rules.checks.boundary import SPANNED
from zuji.rules.checks.facts import Facts, in_unit, in_words
from zuji.rules.classification import code_of
from zuji.rules.resolving_words import ALLOCATION_NAMES, UNIT_KIND_NAMES
from zuji.text import Text, counted
from zuji.units import same_dimension, shown_unit

_BETWEEN_CODES = re.compile(r"[;,；，、\s]+")
_DAYS_OF_MONTH = 365.25 / 12
_DAYS_OF_YEAR = 365.25


def codes_of(text: str) -> tuple[ProductCode, ...]:
    """The product codes in a study's code, such as `hs:220860`; what is none is left out."""
    found = []
    for part in _BETWEEN_CODES.split(text.strip()):
        try:
            found.append(code_of(part))
        except InvalidInput:
            continue
    return tuple(found)


def scope(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.scope: the product is one that the rule is for."""
    wanted = facts.rule.scope
    if not wanted.products:
        return answer.does_not_apply("规则不限产品", "the rule is for every product")
    listed = ", ".join(map(str, wanted.products))
    own = codes_of(facts.study.product.code)
    if not own:
        answer.warning(
            "scope.no_code",
            f"产品没有可识别的编码，无法判断是否属于规则的适用范围（{listed}）",
            f"the product has no known code, so that nothing says whether the rule ({listed}) is for it",
            "请在“产品编码”中填写，例如 hs:220890",
            "enter the product code, such as hs:220890",
            field="product.code",
        )
    elif not _inside(facts, wanted.products, own) or _inside(facts, wanted.excluded, own):
        answer.error(
            "scope.other_product",
            f"产品编码 {facts.study.product.code} 不属于规则的适用范围（{listed}）",
            f"the product code {facts.study.product.code} is not what the rule is for ({listed})",
            "请换用适用于本产品的规则，或改正产品编码",
            "choose the rule for this product, or correct its code",
            field="product.code",
        )
    return answer.met(
        f"产品编码 {facts.study.product.code or '—'}，规则适用于 {listed}",
        f"product code {facts.study.product.code or '—'}, the rule is for {listed}",
    )


def _inside(facts: Facts, scopes: tuple[ProductCode, ...], own: tuple[ProductCode, ...]) -> bool:
    tree = facts.grounds.tree
    if tree is not None:
        return bool(scopes) and tree.covers_any(scopes, own)
    return any(
        code == wide or (code.scheme is wide.scheme is not Scheme.ZUJI and code.code.startswith(wide.code))
        for wide in scopes
        for code in own
    )


def unit(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.unit: the kind, the unit and the amount that the rule prescribes."""
    wanted, own = facts.rule.unit, facts.study.unit
    if wanted.kind is None and not wanted.units:
        return answer.does_not_apply("规则没有规定单位", "the rule prescribes no unit")
    here = in_words(own.quantity)
    there = in_words(Quantity(wanted.amount or 1, wanted.units[0])) if wanted.units else Text("—", "—")
    if wanted.kind is not None and own.kind is not wanted.kind:
        answer.error(
            "unit.kind_ruled",
            f"规则要求{UNIT_KIND_NAMES[wanted.kind].zh}，研究用的是{UNIT_KIND_NAMES[own.kind].zh}",
            f"the rule asks for a {wanted.kind.value} unit, the study has a {own.kind.value} one",
            "请改正单位类型",
            "correct the kind of unit",
            field="unit.kind",
        )
    if wanted.units and not any(same_dimension(own.quantity.unit, each) for each in wanted.units):
        names = "、".join(shown_unit(each) for each in wanted.units)
        english = ", ".join(shown_unit(each, "en") for each in wanted.units)
        answer.error(
            "unit.ruled",
            f"规则的单位是 {names}，研究的单位是 {here.zh}",
            f"the rule's unit is {english}, the study's {here.en}",
            f"请把单位改为 {there.zh}，并按新单位换算清单",
            f"make it {there.en} and convert the inventory",
            field="unit.quantity",
        )
    elif wanted.units and wanted.amount is not None:
        amounts = (in_unit(own.quantity.amount, own.quantity.unit, each) for each in wanted.units)
        given = [amount for amount in amounts if amount is not None]
        if not any(abs(amount - wanted.amount) <= 1e-9 * abs(wanted.amount) for amount in given):
            answer.error(
                "unit.amount_ruled",
                f"规则的单位是 {there.zh}，研究的是 {here.zh}",
                f"the rule's unit is {there.en}, the study's {here.en}",
                f"请把单位改为 {there.zh}",
                f"make it {there.en}",
                field="unit.quantity",
            )
    return answer.met(
        f"规则：{there.zh}；研究：{here.zh}",
        f"rule: {there.en}; study: {here.en}",
    )


def boundary(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.boundary: an allowed boundary, required stages inside, only permitted ones left out."""
    wanted, own = facts.rule.boundary, facts.study.boundary
    if not wanted.kinds and not wanted.required:
        return answer.does_not_apply("规则没有规定边界", "the rule prescribes no boundary")
    if wanted.kinds and own.kind not in wanted.kinds:
        names = "、".join(BOUNDARY_NAMES[kind].zh for kind in wanted.kinds)
        answer.error(
            "boundary.kind_ruled",
            f"规则要求{names}，研究是{BOUNDARY_NAMES[own.kind].zh}",
            f"the rule asks for {', '.join(BOUNDARY_NAMES[kind].en.lower() for kind in wanted.kinds)}",
            f"请把边界改为{names}，并补充相应阶段",
            "change the boundary and add its stages",
            field="boundary.kind",
        )
    permitted = {each.stage for each in wanted.may_exclude}
    for stage in wanted.required:
        if stage not in own.stages and stage not in permitted:
            answer.error(
                "boundary.stage_ruled",
                f"规则要求包含“{STAGE_NAMES[stage].zh}”，它不在边界内",
                f"the rule asks for “{STAGE_NAMES[stage].en}”, which is not inside",
                "请把这一阶段加入边界并补充清单",
                "put the stage inside and add its lines",
                field="boundary.stages",
            )
    for at, exclusion in enumerate(own.excluded):
        spanned = exclusion.stage in SPANNED[own.kind] and exclusion.stage not in wanted.required
        if spanned and wanted.may_exclude and exclusion.stage not in permitted:
            answer.error(
                "boundary.exclusion_ruled",
                f"规则没有准许排除“{STAGE_NAMES[exclusion.stage].zh}”",
                f"the rule does not permit leaving out “{STAGE_NAMES[exclusion.stage].en}”",
                "请把这一阶段加入边界并补充清单",
                "put the stage inside and add its lines",
                field=f"boundary.excluded[{at}]",
            )
    allowed = "、".join(BOUNDARY_NAMES[kind].zh for kind in wanted.kinds) or "不限"
    english = ", ".join(BOUNDARY_NAMES[kind].en.lower() for kind in wanted.kinds) or "any"
    return answer.met(
        f"允许的边界：{allowed}；必含 {len(wanted.required)} 个阶段，可排除 {len(permitted)} 个",
        f"allowed: {english}; {counted(len(wanted.required), 'stage')} required, "
        f"{len(permitted)} may be left out",
    )


def cut_off(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.cut_off: what the rule never lets be cut; its limits are applied in V6."""
    wanted = facts.rule.cut_off
    if wanted.each is None and wanted.total is None and not wanted.never:
        return answer.does_not_apply("规则没有规定取舍", "the rule says nothing of cut-off")
    words = tuple(word.casefold() for word in wanted.never)
    for line in facts.cut:
        item = "\n".join((line.item, *line.tags)).casefold()
        hit = next((word for word in words if word in item), None)
        if hit is not None:
            answer.error(
                "cut_off.never",
                f"“{line.item}”被取舍；规则规定含“{hit}”的投入不得取舍",
                f"“{line.item}” is cut; the rule never lets “{hit}” be cut",
                "请填写数量与因子并清空“取舍”",
                "enter amount and factor and clear “cut-off”",
                line=line.id,
                field="cut_off",
            )
    limits = [
        "—" if value is None else f"{as_stated(value * 100)} %" for value in (wanted.each, wanted.total)
    ]
    never, never_en = "、".join(wanted.never) or "—", ", ".join(wanted.never) or "—"
    return answer.met(
        f"限值单项 {limits[0]}、合计 {limits[1]}（见 V6）；不得取舍：{never}；核对了 {len(facts.cut)} 条取舍",
        f"limits {limits[0]} for one, {limits[1]} in all (see V6); never: {never_en}; {len(facts.cut)} cut",
    )


def allocation(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.allocation: only methods that the rule lists; a later one is noted."""
    order = facts.rule.allocation.order
    several = [process for process in facts.study.processes if len(process.outputs) > 1]
    if not order:
        return answer.does_not_apply("规则没有规定分配方法", "the rule prescribes no allocation")
    names = " → ".join(ALLOCATION_NAMES[method].zh for method in order)
    english = " → ".join(ALLOCATION_NAMES[method].en for method in order)
    if not several:
        return answer.does_not_apply("没有多产出的工序", "no process has several products")
    for process in several:
        if process.allocation not in order:
            answer.error(
                "allocation.method_ruled",
                f"工序“{process.name}”采用{ALLOCATION_NAMES[process.allocation].zh}，规则只准许 {names}",
                f"“{process.name}” uses {ALLOCATION_NAMES[process.allocation].en}; the rule allows {english}",
                f"请改用{ALLOCATION_NAMES[order[0]].zh}，不适用时按顺序选下一种",
                f"use {ALLOCATION_NAMES[order[0]].en}, or the next in order where it does not fit",
                field=facts.field_of_process(process, "allocation"),
            )
    return answer.met(
        f"规则的顺序：{names}；多产出工序 {len(several)} 道",
        f"the rule's order: {english}; {counted(len(several), 'process', 'processes')} with several products",
    )


def period(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.period: long enough, and not too old on the day of the check."""
    wanted = facts.rule.period
    if wanted.months is None and wanted.oldest_years is None:
        return answer.does_not_apply("规则没有规定数据期", "the rule prescribes no data period")
    try:
        start, end = (
            date.fromisoformat(facts.study.period.start),
            date.fromisoformat(facts.study.period.end),
        )
    except ValueError:
        return answer.does_not_apply("数据期不是日期，见 V9", "the data period is no date, see V9")
    months = ((end - start).days + 1) / _DAYS_OF_MONTH
    age = (facts.grounds.on - end).days / _DAYS_OF_YEAR
    if wanted.months is not None and 0 < months < wanted.months - 0.5:
        answer.error(
            "period.months_ruled",
            f"数据期 {months:.1f} 个月，规则要求至少 {wanted.months} 个月",
            f"the data period has {months:.1f} months, the rule asks for {wanted.months}",
            f"请补足 {wanted.months} 个月的数据",
            f"bring the data to {wanted.months} months",
            field="period",
        )
    if wanted.oldest_years is not None and age > wanted.oldest_years:
        answer.error(
            "period.too_old",
            f"数据期结束于 {end}，距检查日 {age:.1f} 年，规则要求不超过 {as_stated(wanted.oldest_years)} 年",
            f"the data end on {end}, {age:.1f} years ago; the rule allows {as_stated(wanted.oldest_years)}",
            "请用较近年度的数据更新研究",
            "update the study with data of a later year",
            field="period.end",
        )
    limits = []
    if wanted.months is not None:
        limits.append(Text(f"至少 {wanted.months} 个月", f"at least {counted(wanted.months, 'month')}"))
    if wanted.oldest_years is not None:
        years = as_stated(wanted.oldest_years)
        limits.append(Text(f"结束不超过 {years} 年", f"ended at most {years} years ago"))
    return answer.met(
        f"数据期 {months:.1f} 个月，结束于检查日前 {age:.1f} 年；规则：{'、'.join(one.zh for one in limits)}",
        f"{months:.1f} months that ended {age:.1f} years ago; rule: {', '.join(one.en for one in limits)}",
    )


def gwp(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.gwp: the rule's set of potentials, or one that it accepts."""
    wanted, used = facts.rule.gwp, facts.study.gwp
    if not wanted.set:
        return answer.does_not_apply("规则没有规定 GWP", "the rule prescribes no potentials")
    if used not in (wanted.set, *wanted.accepted):
        answer.error(
            "gwp.ruled",
            f"规则采用 {wanted.set}，研究用的是 {used}",
            f"the rule uses {wanted.set}, the study {used}",
            f"请改用 {wanted.set} 后重新计算",
            f"use {wanted.set} and calculate again",
            field="gwp",
        )
    accepted = "、".join(wanted.accepted) or "—"
    return answer.met(
        f"规则采用 {wanted.set}，有理由时接受 {accepted}；研究用 {used}",
        f"the rule uses {wanted.set}, accepts {', '.join(wanted.accepted) or '—'}; the study uses {used}",
    )
