"""What another version of a database changes: for its products, and for an organisation's open studies."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from zuji.errors import ZujiError
from zuji.text import Text
from zuji.units import conversion
from zuji_web.accounts.actors import Actor
from zuji_web.databases.codes import code_of, origin
from zuji_web.databases.models import DatabaseVersion
from zuji_web.databases.queries import opened
from zuji_web.factors.models import OwnFactor
from zuji_web.products import drafts
from zuji_web.products.models import ProductStudy, StudyState
from zuji_web.products.queries import studies
from zuji_web.products.queries.matching import RECYCLING_ROLES

_SAME = 1e-9
"""Relative difference below which two totals are the same number."""
_KEY = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One product in both versions: `old` and `new` kgCO2e per `unit`, None where it has no number there.

    `unit` is the newer version's; where the older one counts in another unit, `old` is converted.
    `before` and `after` are its indices, None where a version lacks it; `relative` is new/old - 1.
    """

    name: Text
    location: str
    unit: str
    before: int | None
    after: int | None
    old: float | None
    new: float | None
    relative: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Every product that differs, the largest relative change first; `same` counts the others."""

    added: tuple[Change, ...]
    removed: tuple[Change, ...]
    changed: tuple[Change, ...]
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A line of an open study that names a factor of the database in an older version than the new one.

    `old` and `new` are kgCO2e per unit of the factor that the line names; `new` is None where the version
    has no such product, or none that can be counted in that unit.
    """

    study: ProductStudy
    line: str
    item: str
    factor: str
    unit: str
    old: float
    new: float | None
    relative: float | None


def changes(old: DatabaseVersion, new: DatabaseVersion) -> Changes:
    """The difference between two versions, by data set and reference flow.

    A product whose units do not convert into each other (kg, then m³) is removed and added.
    """
    return _changes(old.pk, new.pk)


@lru_cache(maxsize=16)
def _changes(old_id: UUID, new_id: UUID) -> Changes:
    after = _totals(new_id)
    before = {key: _in_unit_of(after.get(key), one) for key, one in _totals(old_id).items()}
    shared = [key for key, one in before.items() if key in after and one.unit == after[key].unit]
    added = [_change(None, after[key], new_id) for key in after.keys() - set(shared)]
    removed = [_change(before[key], None, old_id) for key in before.keys() - set(shared)]
    changed = [
        _change(before[key], after[key], new_id)
        for key in shared
        if _differ(before[key].value, after[key].value)
    ]
    changed.sort(key=lambda each: -(math.inf if each.relative is None else abs(each.relative)))
    return Changes(
        added=tuple(sorted(added, key=lambda each: each.after or 0)),
        removed=tuple(sorted(removed, key=lambda each: each.before or 0)),
        changed=tuple(changed),
        same=len(shared) - len(changed),
    )


@dataclass(frozen=True, slots=True)
class _Total:
    """Index of a product in a version, and its total over the five kinds per `unit`, NaN without a number."""

    index: int
    value: float
    unit: str


def _totals(version_id: UUID) -> dict[_KEY, _Total]:
    """(data set, reference flow) -> its total."""
    own = opened.by_id(version_id).network.processes
    values = opened.totals_by_id(version_id)
    sums = [math.nan] * len(own) if values is None else values.sum(axis=1).tolist()
    rows = zip(own.id, own.product, sums, own.unit, strict=True)
    return {
        (dataset, flow): _Total(index, value, unit) for index, (dataset, flow, value, unit) in enumerate(rows)
    }


def _in_unit_of(other: _Total | None, one: _Total) -> _Total:
    """The total per unit of the other one, as it is where the units do not convert."""
    value = None if other is None else _per(other.unit, one.value, one.unit)
    return one if other is None or value is None else _Total(one.index, value, other.unit)


def _per(wanted: str, value: float, unit: str) -> float | None:
    """A total per `unit` as one per `wanted`; None where the units do not convert."""
    if wanted == unit:
        return value
    try:
        return value * conversion(wanted, unit)
    except ZujiError:
        return None


def _differ(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) != math.isnan(other)
    return abs(one - other) > _SAME * max(abs(one), abs(other))


def _change(before: _Total | None, after: _Total | None, shown: UUID) -> Change:
    """Names are those of the version `shown`, the one that has the product."""
    own = opened.by_id(shown).network.processes
    found = after or before
    index, unit = (found.index, found.unit) if found else (0, "")
    old, new = _number(before), _number(after)
    return Change(
        name=Text(own.name[index], own.name_en[index]),
        location=own.location[index],
        unit=unit,
        before=before.index if before else None,
        after=after.index if after else None,
        old=old,
        new=new,
        relative=_relative(old, new),
    )


def _number(found: _Total | None) -> float | None:
    return found.value if found and math.isfinite(found.value) else None


def _relative(old: float | None, new: float | None) -> float | None:
    return new / old - 1 if old and new is not None else None


def touched(version: DatabaseVersion, *, by: Actor) -> list[Touched]:
    """Lines of the organisation's open studies whose factor this version gives another value, or none."""
    rows = OwnFactor.objects.filter(organisation=by.organisation, origin=origin(version.database))
    older = {(row.code, row.version): row for row in rows if int(row.version) < version.number}
    if not older or by.organisation is None:
        return []
    present = _by_code(version)
    newest = {code: row for (code, _version), row in sorted(older.items(), key=lambda item: item[1].pk)}
    found = []
    for study in studies.own(by=by, state=StudyState.DRAFT).defer(None):
        for line, item, code, number in _named(study.document):
            row = older.get((code, number)) if number else newest.get(code)
            if row is None:
                continue
            factor = row.factor()
            there = present.get(code)
            new = None if there is None else _per(factor.per, there.value, there.unit)
            if new is not None and not _differ(factor.total, new):
                continue
            found.append(
                Touched(
                    study=study,
                    line=line,
                    item=item,
                    factor=factor.name.zh or factor.name.en,
                    unit=factor.unit,
                    old=factor.total,
                    new=new,
                    relative=_relative(factor.total, new),
                )
            )
    return found


def _by_code(version: DatabaseVersion) -> Mapping[str, _Total]:
    """Code of an own factor -> the total of this version, where it has one."""
    return {
        code_of(version.database_id, *key): found
        for key, found in _totals(version.pk).items()
        if math.isfinite(found.value)
    }


def _named(document: dict[str, object]) -> Iterator[tuple[str, str, str, str]]:
    """(line, item, code, version) of every factor that a draft names."""
    for _process, line in drafts.lines(document):
        item = str(line.get("item", ""))
        if isinstance(line.get("factor"), str):
            yield line["id"], item, line["factor"], str(line.get("factor_version") or "")
        detail = line.get("recycling")
        if isinstance(detail, dict):
            for role in RECYCLING_ROLES:
                if isinstance(detail.get(role), str):
                    yield line["id"], item, detail[role], ""
