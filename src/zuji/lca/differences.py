"""Why two versions of a study have different results: one change at a time, with what each does to the total.

The walk goes from the earlier to the later version: newer factors first, then unit and potentials,
processes, and lines in the order of the later version. Each effect is the total after a change less the
total before it, so that all effects sum to the whole difference; the order decides how a joint effect is
shared, and is always this.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from zuji.errors import ZujiError
from zuji.model.documents import to_dict
from zuji.model.footprints import Footprint
from zuji.model.lines import Line
from zuji.model.records import write_value
from zuji.model.studies import Study, UnitProcess

Calculate = Callable[[Study], Footprint]
MOST_STEPS = 200
"""Changes that are looked at one by one; of more, the last are taken together."""

_COUNTED = ("unit", "gwp", "boundary")
_PROCESS = ("outputs", "allocation")
_LINE_WORDS = frozenset(
    {"item", "supplier", "evidence", "source", "data_source", "quality", "uncertainty", "note", "tags"}
)


class ChangeKind(StrEnum):
    """What happened to something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    FACTOR = "factor"  # the same factor by its id, in a newer version


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """One altered thing: a line, a process or an item of the study, and its fields before and after.

    `line` and `process` are ids, empty where the alteration is of the study; `before` and `after` hold the
    altered fields in the plain form of `zuji.model.documents`.
    """

    kind: ChangeKind
    name: str
    line: str = ""
    process: str = ""
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What changed together, and what it did: kgCO2e per reference unit, None where no number exists."""

    alterations: tuple[Alteration, ...]
    effect: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two results and the steps between them; `words` are fields that changed without touching a number."""

    before: float | None
    after: float | None
    steps: tuple[Step, ...]
    words: tuple[str, ...]

    @property
    def effect(self) -> float | None:
        """The whole difference."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class _Move:
    alteration: Alteration
    apply: Callable[[Study], Study]


def difference(
    before: Study, after: Study, calculate_before: Calculate, calculate_after: Calculate
) -> Difference:
    """The steps from one version of a study to another.

    `calculate_before` has the factors that the earlier version was counted with, `calculate_after` those of
    the later one; each returns a footprint or raises `ZujiError`. Scenarios are left aside.
    """
    earlier, later = replace(before, scenarios=()), replace(after, scenarios=())
    first, last = _result(earlier, calculate_before), _result(later, calculate_after)
    moves = [*_study_moves(earlier, later), *_process_moves(earlier, later), *_line_moves(earlier, later)]
    words = _words(before, after)
    if first is None or last is None:
        together = Step(alterations=tuple(move.alteration for move in moves), effect=None)
        steps: tuple[Step, ...] = (together,) if moves else ()
        return Difference(before=_total(first), after=_total(last), steps=steps, words=words)
    newer = _result(earlier, calculate_after)
    found = list(_factor_steps(first, newer)) if newer else []
    current = newer.total if newer else first.total
    found += _walk(earlier, moves, current, last.total, calculate_after)
    return Difference(before=first.total, after=last.total, steps=tuple(found), words=words)


def _walk(study: Study, moves: list[_Move], start: float, end: float, calculate: Calculate) -> Iterator[Step]:
    pending: list[Alteration] = []
    current = start
    for number, move in enumerate(moves, 1):
        study = move.apply(study)
        pending.append(move.alteration)
        if number == len(moves):
            break
        # between two changes that belong together there may be no result; they are then one step
        result = _result(study, calculate) if number < MOST_STEPS else None
        if result is not None:
            yield Step(alterations=tuple(pending), effect=result.total - current)
            current, pending = result.total, []
    if pending:
        yield Step(alterations=tuple(pending), effect=end - current)


def _factor_steps(first: Footprint, newer: Footprint) -> Iterator[Step]:
    old = {line.line: line for line in first.lines}
    for line in newer.lines:
        was = old.get(line.line)
        if was is None or was.total == line.total:
            continue
        alteration = Alteration(
            kind=ChangeKind.FACTOR,
            name=line.item,
            line=line.line,
            process=line.process,
            before={"factor": was.factor, "factor_version": was.factor_version, "intensity": was.intensity},
            after={"factor": line.factor, "factor_version": line.factor_version, "intensity": line.intensity},
        )
        yield Step(alterations=(alteration,), effect=line.total - was.total)


def _study_moves(before: Study, after: Study) -> Iterator[_Move]:
    for name in _COUNTED:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield _Move(
                Alteration(
                    kind=ChangeKind.CHANGED,
                    name=name,
                    before={name: write_value(old)},
                    after={name: write_value(new)},
                ),
                _setting(name, new),
            )


def _setting(name: str, value: Any) -> Callable[[Study], Study]:
    return lambda study: replace(study, **{name: value})


def _process_moves(before: Study, after: Study) -> Iterator[_Move]:
    old = {process.id: process for process in before.processes}
    new = {process.id: process for process in after.processes}
    for process in after.processes:
        was = old.get(process.id)
        if was is None:
            bare = replace(process, lines=())
            yield _Move(_of_process(ChangeKind.ADDED, process, (), _PROCESS), _inserting(bare))
        elif changed := _altered(was, process, _PROCESS):
            values = {name: getattr(process, name) for name in changed}
            alteration = _of_process(ChangeKind.CHANGED, process, changed, changed, was)
            yield _Move(alteration, _process_setting(process.id, values))
    for process in before.processes:
        if process.id not in new:
            alteration = _of_process(ChangeKind.REMOVED, process, _PROCESS, ())
            yield _Move(alteration, _removing_process(process.id))


def _of_process(
    kind: ChangeKind,
    process: UnitProcess,
    shown_before: Iterable[str],
    shown_after: Iterable[str],
    was: UnitProcess | None = None,
) -> Alteration:
    return Alteration(
        kind=kind,
        name=process.name,
        process=process.id,
        before={name: write_value(getattr(was or process, name)) for name in shown_before},
        after={name: write_value(getattr(process, name)) for name in shown_after},
    )


def _inserting(process: UnitProcess) -> Callable[[Study], Study]:
    return lambda study: replace(study, processes=(*study.processes, process))


def _removing_process(process_id: str) -> Callable[[Study], Study]:
    return lambda study: replace(
        study, processes=tuple(process for process in study.processes if process.id != process_id)
    )


def _process_setting(process_id: str, values: dict[str, Any]) -> Callable[[Study], Study]:
    return lambda study: replace(
        study,
        processes=tuple(
            replace(process, **values) if process.id == process_id else process for process in study.processes
        ),
    )


def _line_moves(before: Study, after: Study) -> Iterator[_Move]:
    old = {line.id: (process.id, line) for process in before.processes for line in process.lines}
    kept = {process.id for process in after.processes}
    new = {line.id for line in after.lines}
    for process in after.processes:
        for line in process.lines:
            home, was = old.get(line.id, ("", None))
            if was is None:
                alteration = _of_line(ChangeKind.ADDED, process.id, {}, _plain(line), line.item, line.id)
            elif _counts(was, line) or home != process.id:
                old_fields, new_fields = _altered_fields(was, line)
                if home != process.id:
                    old_fields, new_fields = (
                        {**old_fields, "process": home},
                        {**new_fields, "process": process.id},
                    )
                alteration = _of_line(
                    ChangeKind.CHANGED, process.id, old_fields, new_fields, line.item, line.id
                )
            else:
                continue
            yield _Move(alteration, _placing(process.id, line))
    for line_id, (home, was) in old.items():
        # lines of a process that is gone went with it
        if line_id not in new and home in kept:
            alteration = _of_line(ChangeKind.REMOVED, home, _plain(was), {}, was.item, line_id)
            yield _Move(alteration, _placing("", was))


def _of_line(
    kind: ChangeKind, process: str, before: dict[str, Any], after: dict[str, Any], item: str, line_id: str
) -> Alteration:
    return Alteration(kind=kind, name=item, line=line_id, process=process, before=before, after=after)


def _placing(process_id: str, line: Line) -> Callable[[Study], Study]:
    """The line in the process, in its old place where it has one; taken out of every other."""

    def apply(study: Study) -> Study:
        processes = []
        for process in study.processes:
            lines = [line if each.id == line.id else each for each in process.lines]
            if process.id != process_id:
                lines = [each for each in lines if each.id != line.id]
            elif all(each.id != line.id for each in lines):
                lines.append(line)
            processes.append(replace(process, lines=tuple(lines)))
        return replace(study, processes=tuple(processes))

    return apply


def _altered(was: object, now: object, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if getattr(was, name) != getattr(now, name))


def _counts(was: Line, now: Line) -> bool:
    """Whether more than words changed."""
    return any(name not in _LINE_WORDS for name in _altered(was, now, _names(Line)))


def _altered_fields(was: Line, now: Line) -> tuple[dict[str, Any], dict[str, Any]]:
    names = _altered(was, now, _names(Line))
    old, new = ({name: write_value(getattr(line, name)) for name in names} for line in (was, now))
    return old, new


def _plain(line: Line) -> dict[str, Any]:
    return {"quantity": write_value(line.quantity), "factor": line.factor}


def _words(before: Study, after: Study) -> tuple[str, ...]:
    """Fields of the study that no number depends on and that differ, and lines whose words differ."""
    old, new = to_dict(before), to_dict(after)
    keys = dict.fromkeys([*old, *new])
    named = [
        key
        for key in keys
        if key not in {*_COUNTED, "processes", "scenarios"} and old.get(key) != new.get(key)
    ]
    lines = {line.id: line for line in before.lines}
    named += [
        f"lines.{line.id}"
        for line in after.lines
        if line.id in lines and lines[line.id] != line and not _counts(lines[line.id], line)
    ]
    return tuple(named)


def _names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


def _result(study: Study, calculate: Calculate) -> Footprint | None:
    try:
        return calculate(study)
    except ZujiError:
        return None


def _total(result: Footprint | None) -> float | None:
    return result.total if result else None
