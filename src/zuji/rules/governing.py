"""Which product rule governs a product on a day: exactly one, or none with the reason.

Order inside China: national, industry, local (only in its region), group, enterprise; then the narrower
scope; then the later entry into force. What remains equal is not decided here: two rules that stand
level are a fault of the registry, and the answer says so instead of guessing. International and foreign
standards do not govern by themselves and are listed. Sources: plan SC 二（一） and the five ministries' guide
to drafting such standards of 28 December 2024.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zuji.model.standards import (
    LEVEL_NAMES,
    Certainty,
    Governing,
    ProductCode,
    Standard,
    StandardKind,
    StandardLevel,
)
from zuji.rules.classification import Tree
from zuji.text import Text

_RANK = {level: at for at, level in enumerate(StandardLevel)}
ABROAD = frozenset({StandardLevel.INTERNATIONAL, StandardLevel.FOREIGN})


@dataclass(frozen=True, slots=True)
class _Field:
    """Standards that cover the product, sorted by what keeps or lets them govern."""

    able: tuple[Standard, ...]
    abroad: tuple[Standard, ...]
    replaced: tuple[Standard, ...]
    unsure: tuple[Standard, ...]
    undated: tuple[Standard, ...]
    coming: tuple[Standard, ...]
    elsewhere: tuple[Standard, ...]
    partly: tuple[Standard, ...]


def governing(
    standards: Iterable[Standard],
    tree: Tree,
    codes: Collection[ProductCode],
    on: date,
    region: str = "",
    *,
    including_unconfirmed: bool = False,
    including_demonstrations: bool = False,
) -> Governing:
    """The rule for a product that bears all of `codes`, on a day, in a region such as CN-SC.

    Past days are answered as the registry knows them. The order of `standards` does not matter.
    """
    every = sorted(standards, key=lambda standard: standard.number)

    def trusted(standard: Standard) -> bool:
        return (including_unconfirmed or standard.certainty is not Certainty.UNCONFIRMED) and (
            including_demonstrations or not standard.demonstration
        )

    general = _general([each for each in every if trusted(each)], on)
    if not codes:
        reason = Text(
            "产品没有编码，无法查找核算规则", "the product has no code, so that no rule can be looked up"
        )
        return Governing(standard=None, reason=reason, general=general)
    field = _sort(every, trusted, tree, codes, on, region)
    candidates = tuple(sorted((*field.able, *field.abroad), key=lambda each: _strength(each, tree, codes)))
    chosen, reason = _choose(field.able, tree, codes, on)
    reason = _joined(reason, _asides(field))
    return Governing(
        standard=chosen,
        reason=reason,
        candidates=candidates,
        general=general if chosen is None else None,
    )


def applies_in(standard: Standard, region: str) -> bool:
    """Whether a standard holds in a region; a local one only in its own, a province's also in its cities.

    A city is its province's code with the number of GB/T 2260, such as CN-ZJ-3306.
    """
    if standard.level is not StandardLevel.LOCAL:
        return True
    return region == standard.region or region.startswith(f"{standard.region}-")


def province_of(region: str) -> str:
    """CN-ZJ of CN-ZJ-3306."""
    return "-".join(region.split("-")[:2])


def narrower(one: Standard, other: Standard, tree: Tree, codes: Collection[ProductCode]) -> bool:
    """Whether `one` reaches the product by a scope that lies strictly inside every such scope of `other`."""
    mine, theirs = _matched(one, tree, codes), _matched(other, tree, codes)
    return any(
        all(tree.covers(wide, scope) and not tree.covers(scope, wide) for wide in theirs) for scope in mine
    )


def _matched(standard: Standard, tree: Tree, codes: Collection[ProductCode]) -> tuple[ProductCode, ...]:
    return tuple(scope for scope in standard.scope if tree.covers_any((scope,), codes))


def _sort(
    every: Sequence[Standard],
    trusted: Callable[[Standard], bool],
    tree: Tree,
    codes: Collection[ProductCode],
    on: date,
    region: str,
) -> _Field:
    alive = [
        each
        for each in every
        if each.kind is StandardKind.PRODUCT and (each.withdrawn is None or on < each.withdrawn)
    ]
    above = frozenset[ProductCode]().union(*(tree.above(code) for code in codes))
    covering = [each for each in alive if not above.isdisjoint(each.scope)]
    inside = [each for each in covering if each.level not in ABROAD]
    here = [each for each in inside if applies_in(each, region)]
    known = [each for each in here if trusted(each)]
    held = [each for each in known if each.holds(on)]
    gone = {
        number
        for each in every
        if each.replaces and trusted(each) and each.holds(on) and applies_in(each, region)
        for number in each.replaces
    }
    return _Field(
        able=tuple(each for each in held if each.number not in gone),
        abroad=tuple(each for each in covering if each.level in ABROAD and trusted(each) and each.holds(on)),
        replaced=tuple(each for each in held if each.number in gone),
        unsure=tuple(each for each in here if not trusted(each)),
        undated=tuple(each for each in known if each.in_force is None),
        coming=tuple(
            each for each in known if each.issued and each.in_force and each.issued <= on < each.in_force
        ),
        elsewhere=tuple(
            each for each in inside if not applies_in(each, region) and trusted(each) and each.holds(on)
        ),
        partly=tuple(
            each
            for each in alive
            if each.level not in ABROAD
            and trusted(each)
            and each.holds(on)
            and applies_in(each, region)
            and above.isdisjoint(each.scope)
            and any(tree.overlap(scope, code) for scope in each.scope for code in codes)
        ),
    )


def _choose(
    able: Sequence[Standard], tree: Tree, codes: Collection[ProductCode], on: date
) -> tuple[Standard | None, Text]:
    """The winner among standards that hold, and the sentence that names what decided."""
    if not able:
        return None, Text(
            f"{on} 没有已实施并覆盖该产品的核算规则",
            f"on {on} no product rule that covers the product is in force",
        )
    best = min(_RANK[each.level] for each in able)
    level = [each for each in able if _RANK[each.level] == best]
    name = LEVEL_NAMES[level[0].level]
    if len(level) == 1:
        if len(able) == 1:
            return level[0], Text(
                f"{level[0].number} 是 {on} 唯一覆盖该产品的规则（{name.zh}）",
                f"{level[0].number} is the only rule that covers the product on {on} ({name.en.lower()})",
            )
        weaker = [each for each in able if each not in level]
        return level[0], Text(
            f"{name.zh} {level[0].number} 优先于 {_numbers(weaker, '、')}",
            f"{level[0].number} ({name.en.lower()}) comes before {_numbers(weaker, ', ')}",
        )
    narrow = [each for each in level if not any(narrower(other, each, tree, codes) for other in level)]
    if len(narrow) == 1:
        wider = [each for each in level if each not in narrow]
        return narrow[0], Text(
            f"同为{name.zh}，{narrow[0].number} 的范围比 {_numbers(wider, '、')} 更具体",
            f"both are {name.en.lower()}; the scope of {narrow[0].number} is narrower than that of "
            f"{_numbers(wider, ', ')}",
        )
    latest = max(each.in_force or date.min for each in narrow)
    newest = [each for each in narrow if each.in_force == latest]
    if len(newest) == 1:
        older = [each for each in narrow if each not in newest]
        return newest[0], Text(
            f"同为{name.zh}且范围相当，{newest[0].number} 实施（{latest}）晚于 {_numbers(older, '、')}",
            f"both are {name.en.lower()} with scopes that stand level; {newest[0].number} entered into force "
            f"later ({latest}) than {_numbers(older, ', ')}",
        )
    return None, Text(
        f"{_numbers(newest, ' 与 ')} 级别、范围与实施日期相当，不能判定适用哪一个",
        f"{_numbers(newest, ' and ')} stand level in rank, scope and date, so that neither can be chosen",
    )


def _asides(field: _Field) -> list[Text]:
    asides = []
    for group, zh, en in (
        (field.replaced, "已被代替", "replaced"),
        (field.unsure, "未确认或演示条目，不适用", "unconfirmed or demonstration, not applied"),
        (field.undated, "实施日期不明，不适用", "day of entry into force unknown, not applied"),
        (field.coming, "已发布，尚未实施", "issued, not yet in force"),
        (field.elsewhere, "只在其地区适用的地方标准", "local, in force only in its own region"),
        (field.abroad, "国际或国外标准，列出供参考", "international or foreign, listed for reference"),
        (field.partly, "范围只与该产品部分相交", "covers the product only in part"),
    ):
        if group:
            asides.append(Text(f"{zh}：{_numbers(group, '、')}", f"{en}: {_numbers(group, ', ')}"))
    return asides


def _joined(reason: Text, asides: Sequence[Text]) -> Text:
    zh = "；".join([reason.zh, *(each.zh for each in asides)])
    en = "; ".join([reason.en, *(each.en for each in asides)])
    return Text(zh, en)


def _numbers(standards: Sequence[Standard], between: str) -> str:
    return between.join(each.number for each in standards)


def _general(standards: Sequence[Standard], on: date) -> Standard | None:
    """The general standard in force: the highest level inside China, then the latest, then by number."""
    held = [
        each
        for each in standards
        if each.kind is StandardKind.GENERAL
        and each.level not in ABROAD
        and each.level is not StandardLevel.LOCAL
        and not each.scope
        and each.holds(on)
    ]
    replaced = {number for each in held for number in each.replaces}
    left = [each for each in held if each.number not in replaced]
    return min(left, key=lambda each: (_RANK[each.level], -_day(each), each.number), default=None)


def _strength(standard: Standard, tree: Tree, codes: Collection[ProductCode]) -> tuple[int, int, int, str]:
    """Sorts the strongest first; scopes with more above them are the narrower ones."""
    depth = max((len(tree.above(scope)) for scope in _matched(standard, tree, codes)), default=0)
    return _RANK[standard.level], -depth, -_day(standard), standard.number


def _day(standard: Standard) -> int:
    return standard.in_force.toordinal() if standard.in_force else 0
