"""What another version of a database changes: for its products, and for an organisation's open studies."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from zuji.text import Text
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
    """A line of an open study that names a factor of the database in an older version than the new one."""

    study: ProductStudy
    line: str
    item: str
    factor: str
    unit: str
    old: float
    new: float | None
    relative: float | None


def changes(old: DatabaseVersion, new: DatabaseVersion) -> Changes:
    """The difference between two versions, by data set and reference flow."""
    return _changes(old.pk, new.pk)


@lru_cache(maxsize=16)
def _changes(old_id: UUID, new_id: UUID) -> Changes:
    before, after = _totals(old_id), _totals(new_id)
    added = [_change(old_id, None, new_id, after[key]) for key in after if key not in before]
    removed = [_change(old_id, before[key], new_id, None) for key in before if key not in after]
    both = [
        (before[key], after[key]) for key in before if key in after and _differ(before[key][1], after[key][1])
    ]
    changed = [_change(old_id, one, new_id, other) for one, other in both]
    changed.sort(key=lambda each: -(math.inf if each.relative is None else abs(each.relative)))
    shared = sum(1 for key in before if key in after)
    return Changes(
        added=tuple(added), removed=tuple(removed), changed=tuple(changed), same=shared - len(changed)
    )


def _totals(version_id: UUID) -> dict[_KEY, tuple[int, float]]:
    """(data set, reference flow) -> index and total over the five kinds, NaN without a number."""
    own = opened.by_id(version_id).network.processes
    values = opened.totals_by_id(version_id)
    sums = [math.nan] * len(own) if values is None else values.sum(axis=1).tolist()
    return {key: (index, sums[index]) for index, key in enumerate(zip(own.id, own.product, strict=True))}


def _differ(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) != math.isnan(other)
    return abs(one - other) > _SAME * max(abs(one), abs(other))


def _change(
    old_id: UUID, before: tuple[int, float] | None, new_id: UUID, after: tuple[int, float] | None
) -> Change:
    shown = (new_id, after) if after else (old_id, before)
    own = opened.by_id(shown[0]).network.processes
    index = shown[1][0] if shown[1] else 0
    old, new = _number(before), _number(after)
    return Change(
        name=Text(own.name[index], own.name_en[index]),
        location=own.location[index],
        unit=own.unit[index],
        before=before[0] if before else None,
        after=after[0] if after else None,
        old=old,
        new=new,
        relative=_relative(old, new),
    )


def _number(found: tuple[int, float] | None) -> float | None:
    return found[1] if found and math.isfinite(found[1]) else None


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
            new = present.get(code)
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


def _by_code(version: DatabaseVersion) -> Mapping[str, float]:
    """Code of an own factor -> the total of this version, where it has one."""
    return {
        code_of(version.database_id, *key): value
        for key, (_index, value) in _totals(version.pk).items()
        if math.isfinite(value)
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
