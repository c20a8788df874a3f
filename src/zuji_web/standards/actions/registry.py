"""The registry's entries: the shipped ones, those that the secretariat enters, and amendments."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from zuji.errors import InvalidInput, Problem
from zuji.model.standards import Standard, StandardLevel
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import Actor as Anybody
from zuji_web.audit.actions import record as audit
from zuji_web.standards import refusals, states
from zuji_web.standards.actions import supersession
from zuji_web.standards.actions.steps import locked, take
from zuji_web.standards.models import StandardBody, StandardRecord
from zuji_web.standards.models.registry import digest_of
from zuji_web.standards.queries.registry import by_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a loading of the shipped registry did; `kept` are entries that were amended here."""

    added: int
    renewed: int
    unchanged: int
    kept: tuple[str, ...]


@transaction.atomic
def load_shipped(*, standards: Iterable[Standard], by: Anybody) -> Loaded:
    """The shipped standards in the registry, once: an entry that was amended on the platform stays so."""
    held = {row.number: row for row in StandardRecord.objects.exclude(number="").prefetch_related("bodies")}
    added = renewed = unchanged = 0
    kept = []
    for standard in standards:
        digest = digest_of(standard)
        row = held.get(standard.number)
        if row is None:
            row = StandardRecord(state=states.of_dates(standard, timezone.localdate()))
            _write(row, standard, shipped=digest)
            added += 1
        elif row.shipped == digest:
            unchanged += 1
        elif row.shipped and digest_of(row.to_standard()) == row.shipped:
            row.state = states.of_dates(standard, timezone.localdate())
            _write(row, standard, shipped=digest)
            renewed += 1
        else:
            kept.append(standard.number)
    if added or renewed:
        first = StandardRecord.objects.order_by("created_at")[0]
        audit(
            action="standards.load",
            subject=first,
            by=by,
            payload={"added": added, "renewed": renewed, "kept": kept},
        )
    return Loaded(added=added, renewed=renewed, unchanged=unchanged, kept=tuple(kept))


@transaction.atomic
def register(*, standard: Standard, by: Actor, reason: str = "") -> StandardRecord:
    """A standard that was issued elsewhere, entered by the secretariat, with everything that it sets off.

    Raises `InvalidInput` where the number is there already or the dates contradict each other.
    """
    by.require(Permission.STANDARD_REGISTER)
    _check(standard)
    if StandardRecord.objects.filter(number=standard.number).exists():
        raise InvalidInput(refusals.number_taken(standard.number))
    row = StandardRecord(state=states.of_dates(standard, timezone.localdate()))
    _write(row, standard)
    take(row, row.state, by=by, reason=reason, document=standard.source, facts=states.dates(row))
    supersession.begin(new=row, by=by)
    return row


@transaction.atomic
def amend(*, record: StandardRecord, standard: Standard, reason: str, by: Actor) -> StandardRecord:
    """The entry with other facts. What it was stands in the trail; effects of the new facts follow."""
    by.require(Permission.STANDARD_REGISTER)
    _check(standard)
    if not reason.strip():
        raise InvalidInput(refusals.value_missing("reason"))
    row = locked(record)
    taken = StandardRecord.objects.filter(number=standard.number).exclude(pk=row.pk)
    if taken.exists():
        raise InvalidInput(refusals.number_taken(standard.number))
    before = row.to_standard()
    changed = sorted(name for name in _FACTS if getattr(before, name) != getattr(standard, name))
    if not changed:
        return row
    _write(row, standard, shipped=row.shipped)
    audit(
        action="standard.amend",
        subject=row,
        by=by,
        payload={
            "number": row.label,
            "name": row.name,
            "fields": ", ".join(changed),
            "before": {name: _plain(getattr(before, name)) for name in changed},
            "reason": reason.strip(),
        },
    )
    supersession.begin(new=row, by=by)
    return row


_FACTS = tuple(Standard.__dataclass_fields__)


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return value if isinstance(value, bool) else str(value or "")


def _write(row: StandardRecord, standard: Standard, *, shipped: str = "") -> None:
    row.take(standard)
    row.shipped = shipped
    row.save()
    StandardBody.write(row, standard.bodies)
    # Bodies read before are forgotten.
    row._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # noqa: SLF001


def _check(standard: Standard) -> None:
    missing = [name for name in ("number", "name", "source") if not getattr(standard, name).strip()]
    if missing:
        raise InvalidInput(*map(refusals.value_missing, missing))
    problems = [*_dates(standard), *_region(standard), *_predecessors(standard)]
    if problems:
        raise InvalidInput(*problems)


def _dates(standard: Standard) -> Iterator[Problem]:
    named = {name: getattr(standard, name) for name in ("issued", "in_force", "withdrawn")}
    for name, day in named.items():
        if day is not None and not refusals.EARLIEST <= day.year <= refusals.LATEST:
            yield refusals.day_unlikely(name)
    last = None
    for name, day in named.items():
        if day is not None and last is not None and day < last:
            yield refusals.dates_out_of_order(name)
            return
        last = day or last


def _region(standard: Standard) -> Iterator[Problem]:
    """A local standard holds in a province, any other in none."""
    if standard.level is StandardLevel.LOCAL and not standard.region:
        yield refusals.value_missing("region")
    elif standard.level is not StandardLevel.LOCAL and standard.region:
        yield refusals.region_not_meant()


def _predecessors(standard: Standard) -> Iterator[Problem]:
    """Standards that it replaces or comes from are in the registry, or the note says why they are not."""
    named = [("replaces", number) for number in standard.replaces]
    named += [("converted_from", standard.converted_from)] if standard.converted_from else []
    known = by_number(number for _field, number in named)
    for field, number in named:
        if number == standard.number or (number not in known and number not in standard.note):
            yield refusals.unknown_standard(field, number)
