"""What a new standard does to the others: which are to be withdrawn, what is blocked, what governs when.

A province issues no rule where a national one exists and withdraws its own in time (SC 二（一）). An industry
standard is withdrawn once the national one is in force, and no local standard is proposed where a national
or industry one exists (the five ministries' guide of 28 December 2024). Studies are not touched here.
"""

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zuji.errors import Problem, problem
from zuji.model.standards import (
    LEVEL_NAMES,
    Certainty,
    ProductCode,
    Standard,
    StandardKind,
    StandardLevel,
)
from zuji.rules.classification import Tree
from zuji.rules.governing import ABROAD, governing
from zuji.text import Text

PLAN = "SC 二（一）"
GUIDE = "《产品碳足迹核算标准编制工作指引》"
# Which levels a new standard displaces, and where that is said.
_DISPLACED = {
    StandardLevel.NATIONAL: {StandardLevel.LOCAL: PLAN, StandardLevel.INDUSTRY: GUIDE},
    StandardLevel.INDUSTRY: {StandardLevel.LOCAL: GUIDE},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A standard that is to be withdrawn; `on` is the first day it no longer holds, None where unknown."""

    standard: Standard
    on: date | None
    reason: Text
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Days from `begin` up to, not including, `end`, with the rule that governs before and after."""

    begin: date | None
    end: date | None
    before: Standard | None
    after: Standard | None

    @property
    def changed(self) -> bool:
        return _number(self.before) != _number(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedDifference:
    """What governs one product in one region over time; the intervals follow each other without gaps."""

    product: ProductCode
    region: str
    intervals: tuple[Interval, ...]

    @property
    def changed(self) -> bool:
        return any(each.changed for each in self.intervals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supersession:
    """The effects of a new standard.

    `withdrawals` lie wholly in its scope or are replaced by it; `examined` overlap it in part, and a person
    decides. `blocked` are scopes in which no new local proposal is taken from `blocked_from` on. `after` is
    the registry with the new standard and the days of withdrawal entered.
    """

    new: Standard
    withdrawals: tuple[Withdrawal, ...]
    examined: tuple[Standard, ...]
    blocked: tuple[ProductCode, ...]
    blocked_from: date | None
    after: tuple[Standard, ...]
    differences: tuple[DatedDifference, ...]


def effects(
    standards: Iterable[Standard],
    tree: Tree,
    new: Standard,
    *,
    products: Collection[ProductCode] = (),
    regions: Collection[str] = (),
) -> Supersession:
    """What follows when `new` is issued, or stands in the registry by its number.

    Differences are shown for `products`, otherwise for the scopes that are touched, in the country, in
    `regions`, and in the regions of the local standards that are touched. A new standard that is a
    demonstration or unconfirmed is shown as if it governed: this is what asking for its effects means.
    """
    others = [each for each in standards if each.number != new.number]
    withdrawals = tuple(found for each in others if (found := _withdrawal(each, new, tree)) is not None)
    going = {each.standard.number: each.on for each in withdrawals}
    examined = tuple(
        each
        for each in others
        if each.number not in going
        and _displaces(new, each)
        and not _ended(each, new)
        and _overlaps(each.scope, new.scope, tree)
    )
    after = (
        *(replace(each, withdrawn=going[each.number]) if going.get(each.number) else each for each in others),
        new,
    )
    touched = [each.standard for each in withdrawals] + list(examined)
    scopes = products or {*new.scope, *(code for each in touched for code in each.scope)}
    places = {"", *regions, *(each.region for each in touched)}
    blocks = new.level in _DISPLACED and new.kind is StandardKind.PRODUCT
    return Supersession(
        new=new,
        withdrawals=withdrawals,
        examined=examined,
        blocked=new.scope if blocks else (),
        blocked_from=(new.issued or new.in_force) if blocks else None,
        after=after,
        differences=dated_difference(
            others,
            after,
            tree,
            scopes,
            regions=places,
            including_unconfirmed=new.certainty is Certainty.UNCONFIRMED,
            including_demonstrations=new.demonstration,
        ),
    )


def dated_difference(
    before: Iterable[Standard],
    after: Iterable[Standard],
    tree: Tree,
    products: Iterable[ProductCode],
    *,
    regions: Iterable[str] = ("",),
    including_unconfirmed: bool = False,
    including_demonstrations: bool = False,
) -> tuple[DatedDifference, ...]:
    """Which rule governs each product in each region on which days, before and after."""
    first, second = list(before), list(after)
    found = []
    for product, region in itertools.product(sorted(set(products)), sorted(set(regions))):
        old = _touching(first, product, tree)
        new = _touching(second, product, tree)

        def governs(
            among: Sequence[Standard], on: date, product: ProductCode = product, region: str = region
        ) -> Standard | None:
            return governing(
                among,
                tree,
                (product,),
                on,
                region,
                including_unconfirmed=including_unconfirmed,
                including_demonstrations=including_demonstrations,
            ).standard

        events = sorted({day for each in (*old, *new) for day in (each.in_force, each.withdrawn) if day})
        if not events:
            intervals = [Interval(begin=None, end=None, before=None, after=None)]
        else:
            eve = events[0] - timedelta(days=1)
            intervals = [
                Interval(
                    begin=begin,
                    end=end,
                    before=governs(old, begin or eve),
                    after=governs(new, begin or eve),
                )
                for begin, end in itertools.pairwise([None, *events, None])
            ]
        found.append(DatedDifference(product=product, region=region, intervals=_merged(intervals)))
    return tuple(found)


def proposal_blocked(
    standards: Iterable[Standard],
    tree: Tree,
    scope: Collection[ProductCode],
    on: date,
    *,
    level: StandardLevel = StandardLevel.LOCAL,
) -> Problem | None:
    """Why a proposal for a new standard of `level` is not taken on a day; None where it may be.

    It is refused where one standard of a displacing level, issued by then and not withdrawn, covers all of
    the proposed scope. A demonstration or unconfirmed standard refuses nothing.
    """
    for each in sorted(standards, key=lambda standard: standard.number):
        clause = _DISPLACED.get(each.level, {}).get(level)
        if clause is None or not _existing(each, on):
            continue
        if scope and _inside(scope, each.scope, tree):
            name = LEVEL_NAMES[each.level]
            return problem(
                "covered-by-higher",
                f"{name.zh} {each.number} 已覆盖拟立项范围",
                f"the {name.en.lower()} standard {each.number} covers the proposed scope",
                cure_zh=f"请采用 {each.number}；确有不同产品时缩小范围（依据：{clause}）",
                cure_en=f"apply {each.number}; for a different product, narrow the scope (source: {clause})",
            )
    return None


def proposal_overlaps(
    standards: Iterable[Standard], tree: Tree, scope: Collection[ProductCode], on: date
) -> tuple[Standard, ...]:
    """National and industry rules that meet a proposed scope in part, or whose day of issue is unknown."""
    return tuple(
        each
        for each in sorted(standards, key=lambda standard: standard.number)
        if each.level in _DISPLACED
        and each.kind is StandardKind.PRODUCT
        and (each.withdrawn is None or on < each.withdrawn)
        and _overlaps(scope, each.scope, tree)
        and not (_existing(each, on) and _inside(scope, each.scope, tree))
    )


def _withdrawal(standard: Standard, new: Standard, tree: Tree) -> Withdrawal | None:
    if _ended(standard, new):
        return None
    if standard.number in new.replaces:
        clause, zh, en = new.number, "代替", "replaces"
    elif _displaces(new, standard) and _inside(standard.scope, new.scope, tree):
        clause, zh, en = _DISPLACED[new.level][standard.level], "覆盖", "covers the scope of"
    else:
        return None
    days = [day for day in (standard.withdrawn, new.in_force) if day is not None]
    last = min(days, default=None)
    when = (
        Text(f"自 {last} 起废止", f"withdrawn from {last}")
        if last
        else Text("实施日期未定，拟废止", "to be withdrawn; no day of entry into force is set")
    )
    return Withdrawal(
        standard=standard,
        on=last,
        reason=Text(
            f"{new.number} {zh} {standard.number}；{when.zh}",
            f"{new.number} {en} {standard.number}; {when.en}",
        ),
        clause=clause,
    )


def _displaces(new: Standard, other: Standard) -> bool:
    product = StandardKind.PRODUCT
    return new.kind is product and other.kind is product and other.level in _DISPLACED.get(new.level, {})


def _ended(standard: Standard, new: Standard) -> bool:
    """Whether a standard was withdrawn before the new one was heard of."""
    heard = new.issued or new.in_force
    return standard.withdrawn is not None and heard is not None and standard.withdrawn <= heard


def _existing(standard: Standard, on: date) -> bool:
    known = standard.issued or standard.in_force
    return (
        standard.kind is StandardKind.PRODUCT
        and known is not None
        and known <= on
        and (standard.withdrawn is None or on < standard.withdrawn)
        and standard.certainty is not Certainty.UNCONFIRMED
        and not standard.demonstration
    )


def _inside(inner: Collection[ProductCode], outer: Collection[ProductCode], tree: Tree) -> bool:
    return bool(inner) and all(tree.covers_any(outer, (code,)) for code in inner)


def _overlaps(one: Collection[ProductCode], other: Collection[ProductCode], tree: Tree) -> bool:
    return any(tree.overlap(first, second) for first in one for second in other)


def _touching(standards: Sequence[Standard], product: ProductCode, tree: Tree) -> list[Standard]:
    """Standards that can decide what governs a product, with those that replace them."""
    near = [
        each for each in standards if each.level not in ABROAD and tree.covers_any(each.scope, (product,))
    ]
    numbers = {each.number for each in near}
    return near + [
        each for each in standards if each.number not in numbers and not numbers.isdisjoint(each.replaces)
    ]


def _merged(intervals: Sequence[Interval]) -> tuple[Interval, ...]:
    merged: list[Interval] = []
    for each in intervals:
        if merged and _pair(merged[-1]) == _pair(each):
            merged[-1] = replace(merged[-1], end=each.end)
        else:
            merged.append(each)
    return tuple(merged)


def _pair(interval: Interval) -> tuple[str, str]:
    return _number(interval.before), _number(interval.after)


def _number(standard: Standard | None) -> str:
    return standard.number if standard else ""
