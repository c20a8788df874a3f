"""Allocation by the first method of the rule's order that the data allow (ISO 14067:2018, allocation)."""

from dataclasses import replace

from zuji.errors import ZujiError
from zuji.lca.allocation import shares
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.factors import FactorSource
from zuji.model.studies import AllocationMethod, Study, UnitProcess
from zuji.rules.applying_changes import Change, OpenPoint, Outcome, change, open_point
from zuji.rules.resolving_words import ALLOCATION_NAMES
from zuji.text import Text
from zuji.units import dimension, known

_PROPERTIES: dict[str, tuple[str, ...]] = {
    "mass": ("质量", "重量", "mass", "weight"),
    "energy": ("能量", "热值", "发热量", "energy", "calorific"),
    "volume": ("体积", "容积", "volume"),
    "area": ("面积", "area"),
    "count": ("件数", "数量", "piece", "number"),
}


def allocation(study: Study, rule: ProductCategoryRule, factors: FactorSource) -> Outcome:
    """Every process with several products under the rule's order of methods."""
    changes: list[Change] = []
    open_points: list[OpenPoint] = []
    processes = []
    for process in study.processes:
        made = process
        if len(process.outputs) > 1 and rule.allocation.order:
            made, earlier, fits = _allocated(process, rule, factors)
            if not fits:
                open_points.append(_none_fits(process, rule))
            elif earlier and not made.allocation_reason.strip():
                open_points.append(_earlier(made, earlier, rule))
            if made != process:
                changes.append(_told(process, made, rule))
        processes.append(made)
    done = replace(study, processes=tuple(processes)) if changes else study
    return Outcome(done, tuple(changes), tuple(open_points))


def _allocated(
    process: UnitProcess, rule: ProductCategoryRule, factors: FactorSource
) -> tuple[UnitProcess, tuple[AllocationMethod, ...], bool]:
    """The process under the first method that its data allow, the methods before it that they do not, and
    whether any fits: where none does, the process stays as it is."""
    earlier: list[AllocationMethod] = []
    for method in rule.allocation.order:
        made = _under(process, method, rule, factors)
        if made is not None:
            return made, tuple(earlier), True
        earlier.append(method)
    return process, tuple(earlier), False


def _under(
    process: UnitProcess, method: AllocationMethod, rule: ProductCategoryRule, factors: FactorSource
) -> UnitProcess | None:
    """The process under a method, None where its data do not carry it."""
    made = process
    if process.allocation is not method:
        made = replace(process, allocation=method, allocation_reason="")
        if method is AllocationMethod.ECONOMIC:
            return None  # what the outputs state is another property than a price
        if method is AllocationMethod.PHYSICAL:
            # prices are no physical property: amounts of one dimension stand for it
            if not _by_amount(process, rule):
                return None
            made = replace(
                made, outputs=tuple(replace(output, property_value=None) for output in made.outputs)
            )
    if method is AllocationMethod.SUBSTITUTION and any(
        output.avoided_factor not in factors for output in made.outputs[1:]
    ):
        return None
    try:
        shares(made)
    except ZujiError:
        return None
    return made


def _by_amount(process: UnitProcess, rule: ProductCategoryRule) -> bool:
    """Whether the amounts of the outputs are the physical property that the rule names."""
    units = [output.quantity.unit for output in process.outputs]
    if not all(map(known, units)) or len({dimension(unit) for unit in units}) != 1:
        return False
    wanted = f"{rule.allocation.property} {rule.allocation.property_en}".strip().casefold()
    return not wanted or any(word in wanted for word in _PROPERTIES.get(dimension(units[0]), ()))


def _told(before: UnitProcess, after: UnitProcess, rule: ProductCategoryRule) -> Change:
    old, new = ALLOCATION_NAMES[before.allocation], ALLOCATION_NAMES[after.allocation]
    zh = f"工序“{before.name}”用{new.zh}，不用{old.zh}"
    return change(rule, "allocation.order", zh, f"“{before.name}”: {new.en} instead of {old.en}")


def _earlier(
    process: UnitProcess, methods: tuple[AllocationMethod, ...], rule: ProductCategoryRule
) -> OpenPoint:
    names = [ALLOCATION_NAMES[method] for method in methods]
    used = ALLOCATION_NAMES[process.allocation]
    what = Text(
        f"工序“{process.name}”按{used.zh}；规则在先的方法（{'、'.join(each.zh for each in names)}）缺少数据",
        f"“{process.name}” is under {used.en}; for the methods before it "
        f"({', '.join(each.en for each in names)}) data are missing",
    )
    cure = Text(
        "请说明为何不能用在先的方法，或补充细分、被替代产品或物理量的数据",
        "say why the earlier methods cannot be used, or add the data that they need",
    )
    return open_point(rule, "allocation.order", what, cure)


def _none_fits(process: UnitProcess, rule: ProductCategoryRule) -> OpenPoint:
    names = [ALLOCATION_NAMES[method] for method in rule.allocation.order]
    what = Text(
        f"工序“{process.name}”的数据不足以按规则的任何方法分配（{'、'.join(each.zh for each in names)}）",
        f"“{process.name}” has data for no method: {', '.join(each.en for each in names)}",
    )
    cure = Text(
        "请补充各产出的物理量或价格，或把清单行归到产品",
        "add physical property or price of every output, or give the lines to products",
    )
    return open_point(rule, "allocation.order", what, cure)
