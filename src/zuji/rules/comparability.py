"""The comparability gate: whether results may be set beside each other, ranked or graded.

ISO 14067:2018, Annex B, as the province applies it: same product category and function, same rule or one
shown to be equivalent, same unit, boundary and stages, cut-off and allocation, GWP set and electricity
basis, data quality at or above the floor, overlapping periods, verified to the same level. Otherwise the
results are not comparable (不可比), and the items that fail are named. Every use asks this one function.

An item that does not arise in a result (nothing to allocate, no electricity) differs from nothing. A gate
over many fails exactly where that of some pair fails.
"""

import unicodedata
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TypeVar

from zuji.lca.publishing import told
from zuji.model.category_rules import QualityFloor
from zuji.model.quantities import Quantity
from zuji.model.stages import STAGE_NAMES
from zuji.model.statements import SWITCH_NAMES, Switch
from zuji.model.studies import BOUNDARY_NAMES
from zuji.rules import comparands as basis
from zuji.rules.comparands import Comparand, comparand, on_location
from zuji.rules.floors import meets
from zuji.text import Text
from zuji.units import conversion, same_dimension

__all__ = ["Comparand", "Equivalence", "Gate", "GateItem", "comparand", "gate", "gate_all", "on_location"]

NOT_COMPARABLE = Text("不可比", "Not comparable")
ITEMS: dict[str, Text] = {
    "product": Text("产品种类与功能", "Product category and function"),
    "rule": Text("规则与版本", "Rule and version"),
    "unit": Text("单位", "Unit"),
    "boundary": Text("边界与阶段", "Boundary and stages"),
    "cut_off": Text("取舍与分配", "Cut-off and allocation"),
    "gwp": Text("全球增温潜势", "GWP set"),
    "electricity": Text("电力核算基础", "Electricity basis"),
    "quality": Text("数据质量", "Data quality"),
    "period": Text("数据期", "Data period"),
    "verification": Text("核查水平", "Level of verification"),
}
_NOT_STATED = Text("未填写", "not stated")
_SAME = Text("一致", "the same")
_SHOWN = 3  # comparands named for each value


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalence:
    """Two rules (`id@version`) shown to give comparable results, and where that is shown."""

    first: str
    second: str
    shown_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateItem:
    """One condition; `offending` are ids of the comparands that differ from most, or that fail alone."""

    id: str
    title: Text
    met: bool
    reason: Text
    offending: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The outcome: ten items in the order of `ITEMS`."""

    items: tuple[GateItem, ...]

    @property
    def comparable(self) -> bool:
        return all(item.met for item in self.items)

    @property
    def failing(self) -> tuple[GateItem, ...]:
        return tuple(item for item in self.items if not item.met)

    @property
    def reason(self) -> Text:
        """不可比 with the failing items named, or that nothing stands against it."""
        if self.comparable:
            return Text("可比", "Comparable")
        zh = "；".join(f"{item.title.zh}：{item.reason.zh}" for item in self.failing)
        en = "; ".join(f"{item.title.en}: {item.reason.en}" for item in self.failing)
        return Text(f"{NOT_COMPARABLE.zh}：{zh}", f"{NOT_COMPARABLE.en}: {en}")


def gate(
    reference: Comparand,
    other: Comparand,
    *,
    floor: QualityFloor | None = None,
    equivalences: Iterable[Equivalence] = (),
) -> Gate:
    """Whether two results are comparable; the order does not matter.

    `floor` replaces the floors of the two rules, both of which must otherwise be met by both.
    """
    return gate_all((reference, other), floor=floor, equivalences=equivalences)


def gate_all(
    comparands: Sequence[Comparand],
    *,
    floor: QualityFloor | None = None,
    equivalences: Iterable[Equivalence] = (),
) -> Gate:
    """Whether results are all comparable with each other: comparable exactly where every pair is.

    What a single result must meet by itself (a category, a rule, a floor, a verification) is asked of each.
    """
    each = tuple(comparands)
    return Gate(
        items=(
            _product(each),
            _rule(each, equivalences),
            _unit(each),
            _boundary(each),
            _cut_off(each),
            _equal("gwp", each, lambda one: one.gwp),
            _electricity(each),
            _quality(each, floor),
            _period(each),
            _equal("verification", each, lambda one: _words(one.verification)),
        )
    )


Several = tuple[Comparand, ...]
Value = TypeVar("Value", bound=Hashable)


def _item(key: str, problem: Text | None, offending: Iterable[str] = (), met: Text = _SAME) -> GateItem:
    return GateItem(
        id=key,
        title=ITEMS[key],
        met=problem is None,
        reason=problem or met,
        offending=tuple(dict.fromkeys(offending)) if problem else (),
    )


def _both(*found: tuple[Text, tuple[str, ...]] | None) -> tuple[Text | None, tuple[str, ...]]:
    """Several findings of one item as one."""
    there = [each for each in found if each is not None]
    if not there:
        return None, ()
    text = Text("；".join(each[0].zh for each in there), "; ".join(each[0].en for each in there))
    return text, tuple(each for one in there for each in one[1])


Finding = tuple[Text, tuple[str, ...]] | None


def _differing(
    each: Several, value: Callable[[Comparand], Value | None], shown: Callable[[Value], Text]
) -> Finding:
    """What differs among the values that are there; None leaves a comparand out."""
    holders: dict[Value, list[str]] = {}
    for one in each:
        found = value(one)
        if found is not None:
            holders.setdefault(found, []).append(one.id)
    if len(holders) < 2:
        return None
    # most hold the usual value; among equals the first comparand's
    usual = max(holders, key=lambda key: len(holders[key]))
    parts = [(shown(key), _named(ids)) for key, ids in holders.items()]
    text = Text(
        "；".join(f"{name.zh}（{ids.zh}）" for name, ids in parts),
        "; ".join(f"{name.en} ({ids.en})" for name, ids in parts),
    )
    return text, tuple(one for key, ids in holders.items() if key != usual for one in ids)


def _unstated(each: Several, value: Callable[[Comparand], str], what: Text) -> Finding:
    silent = [one.id for one in each if not value(one)]
    if not silent:
        return None
    ids = _named(silent)
    return Text(f"{what.zh}{_NOT_STATED.zh}（{ids.zh}）", f"{what.en} {_NOT_STATED.en} ({ids.en})"), tuple(
        silent
    )


def _named(ids: Sequence[str]) -> Text:
    first, rest = ids[:_SHOWN], len(ids) - _SHOWN
    if rest <= 0:
        return Text("、".join(first), ", ".join(first))
    return Text(f"{'、'.join(first)} 等 {len(ids)} 个", f"{', '.join(first)} and {rest} more")


def _plain(value: object) -> Text:
    return Text(str(value), str(value))


def _words(text: str) -> str:
    """Text as it is compared: without case, width of characters or blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _equal(key: str, each: Several, value: Callable[[Comparand], str]) -> GateItem:
    """An item whose text everybody must state, and the same."""
    problem = _both(
        _unstated(each, value, ITEMS[key]), _differing(each, lambda one: value(one) or None, _plain)
    )
    return _item(key, *problem)


def _product(each: Several) -> GateItem:
    problem = _both(
        _unstated(each, lambda one: one.category.strip(), Text("产品代码", "product code")),
        _differing(each, lambda one: _words(one.category) or None, _plain),
        _unstated(each, lambda one: one.function.strip(), Text("功能", "function")),
        _differing(each, lambda one: _words(one.function) or None, _plain),
    )
    return _item("product", *problem)


def _rule(each: Several, equivalences: Iterable[Equivalence]) -> GateItem:
    shown = {frozenset((pair.first, pair.second)) for pair in equivalences if pair.shown_by.strip()}
    keys = dict.fromkeys(one.rule for one in each if one.rule)
    strange = [pair for pair in combinations(keys, 2) if frozenset(pair) not in shown]
    unequal = _differing(each, lambda one: one.rule or None, _plain) if strange else None
    problem = _both(_unstated(each, lambda one: one.rule, Text("规则", "rule")), unequal)
    same = _SAME if len(keys) < 2 else Text("已证明等效", "shown to be equivalent")
    return _item("rule", *problem, met=same)


def _unit(each: Several) -> GateItem:
    first = each[0].unit if each else Quantity(1.0, "")

    def size(one: Comparand) -> tuple[str, str]:
        """Amount and unit, in the first comparand's unit where it converts."""
        amount, unit = one.unit.amount, one.unit.unit
        if same_dimension(unit, first.unit):
            amount, unit = amount * conversion(unit, first.unit), first.unit
        return told(amount, 9), unit

    problem = _both(
        _differing(each, lambda one: one.unit_kind.value, _plain),
        _differing(each, size, lambda found: _plain(" ".join(found))),
    )
    return _item("unit", *problem)


def _boundary(each: Several) -> GateItem:
    def stages(found: frozenset[str]) -> Text:
        inside = [name for stage, name in STAGE_NAMES.items() if stage.value in found]
        return Text("、".join(name.zh for name in inside), ", ".join(name.en for name in inside))

    def inside(switch: Switch) -> Finding:
        return _differing(each, lambda one: one.inclusions.of(switch), _included(SWITCH_NAMES[switch]))

    problem = _both(
        _differing(each, lambda one: one.boundary, lambda found: BOUNDARY_NAMES[found]),
        _differing(each, lambda one: frozenset(stage.value for stage in one.stages), stages),
        *map(inside, Switch),
    )
    return _item("boundary", *problem)


def _included(name: Text) -> Callable[[bool], Text]:
    def shown(inside: bool) -> Text:  # noqa: FBT001 - a value that is shown
        return Text(
            f"{'含' if inside else '不含'}{name.zh}", f"{'with' if inside else 'without'} {name.en.lower()}"
        )

    return shown


def _cut_off(each: Several) -> GateItem:
    def limits(found: tuple[float | None, float | None]) -> Text:
        one, all_ = ("—" if part is None else f"{part:.1%}" for part in found)
        return Text(f"单项 {one}、合计 {all_}", f"{one} each, {all_} together")

    def methods(found: tuple[str, ...]) -> Text:
        return _plain(" + ".join(found))

    strictest = min((one.cut_off.total for one in each if one.cut_off.total is not None), default=None)
    above = [one.id for one in each if strictest is not None and one.cut_share > strictest]
    over: Finding = None
    if above and strictest is not None:
        ids = _named(above)
        over = (
            Text(f"取舍合计超过 {strictest:.1%}（{ids.zh}）", f"more than {strictest:.1%} cut ({ids.en})"),
            tuple(above),
        )
    problem = _both(
        _differing(each, lambda one: (one.cut_off.each, one.cut_off.total), limits),
        over,
        _differing(each, lambda one: one.allocation or None, methods),
        _differing(each, lambda one: one.recycling or None, methods),
    )
    return _item("cut_off", *problem)


_ACCOUNTING = {
    basis.GRID: Text("电网平均", "grid mix"),
    basis.PHYSICAL: Text("含自发电或直供电", "with own generation or direct lines"),
    basis.MARKET: Text("含合同电量或剩余混合", "with contracts or residual mix"),
    basis.LOCATION: Text("按所在地电网", "location-based"),
}
_SCOPES = {
    "country": Text("全国因子", "national factor"),
    "province": Text("省级因子", "provincial factor"),
    "other": Text("其他因子", "other factor"),
    "stated": Text("自报因子", "stated factor"),
}


def _electricity(each: Several) -> GateItem:
    """Grid mixes alone read the same on the physical and on the location basis, never on a market one."""
    used = {one.electricity.accounting for one in each} - {basis.NONE}
    alone = used <= {basis.GRID, basis.PHYSICAL} or used <= {basis.GRID, basis.LOCATION}

    def scopes(found: tuple[str, ...]) -> Text:
        names = [_SCOPES.get(scope, _plain(scope)) for scope in found]
        return Text(" + ".join(name.zh for name in names), " + ".join(name.en for name in names))

    accounting = (
        None
        if alone
        else _differing(
            each, lambda one: one.electricity.accounting or None, lambda found: _ACCOUNTING[found]
        )
    )
    problem = _both(accounting, _differing(each, lambda one: one.electricity.grid or None, scopes))
    return _item("electricity", *problem)


def _quality(each: Several, floor: QualityFloor | None) -> GateItem:
    floors = [floor] if floor else list(dict.fromkeys(one.floor for one in each))
    outcomes = [(one, meets(limit, one.quality)) for limit in floors for one in each]
    below = [(one, outcome) for one, outcome in outcomes if not outcome.met]
    if not below:
        reason = outcomes[0][1].reason if len(outcomes) == 1 else Text("均不低于底线", "none below the floor")
        return _item("quality", None, met=reason)
    first = below[:_SHOWN]
    text = Text(
        "；".join(f"{outcome.reason.zh}（{one.id}）" for one, outcome in first),
        "; ".join(f"{outcome.reason.en} ({one.id})" for one, outcome in first),
    )
    return _item("quality", text, [one.id for one, _outcome in below])


def _period(each: Several) -> GateItem:
    read = [(one, _days(one)) for one in each]
    wrong = [one.id for one, days in read if days is None]
    if wrong:
        ids = _named(wrong)
        return _item(
            "period", Text(f"数据期不是有效日期（{ids.zh}）", f"not a period of dates ({ids.en})"), wrong
        )
    spans = [(one, days) for one, days in read if days is not None]
    if not spans:
        return _item("period", None)
    # pairwise overlapping periods have a day in common
    latest, earliest = max(spans, key=lambda pair: pair[1][0]), min(spans, key=lambda pair: pair[1][1])
    if latest[1][0] <= earliest[1][1]:
        return _item("period", None, met=Text("有重叠", "overlapping"))
    early, late = (f"{one.period.start}/{one.period.end}" for one in (earliest[0], latest[0]))
    text = Text(
        f"没有重叠：{early}（{earliest[0].id}）与 {late}（{latest[0].id}）",
        f"no overlap: {early} ({earliest[0].id}) and {late} ({latest[0].id})",
    )
    return _item("period", text, [earliest[0].id, latest[0].id])


def _days(of: Comparand) -> tuple[date, date] | None:
    try:
        start, end = date.fromisoformat(of.period.start), date.fromisoformat(of.period.end)
    except ValueError:
        return None
    return (start, end) if start <= end else None
