"""What holds a step of a threshold set back, guard by guard."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zuji.errors import Problem
from zuji.rules.lifecycle import Guard
from zuji.rules.lifecycle import guards as rules
from zuji_web.accounts.actors import Actor
from zuji_web.grades import refusals, states
from zuji_web.grades.models import ThresholdSet
from zuji_web.grades.moves import Move
from zuji_web.grades.queries import samples, sets


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is brought with a step."""

    on: date
    reason: str = ""
    document: str = ""
    has_file: bool = False
    comments_until: date | None = None
    in_force: date | None = None


def held_back(one: ThresholdSet, move: Move, given: Given, *, by: Actor) -> list[Problem]:
    """Every reason why the step cannot be taken now; empty where it can."""
    problems: list[Problem] = []
    if (missing := rules.reason_given(given.reason)) is not None:
        problems.append(missing)
    guarded = set(move.step.guards)
    if guarded & {Guard.ENOUGH_SAMPLES, Guard.ORDERED} or move.after in (states.CONSULTED, states.PUBLISHED):
        problems += _derivation(one, given.on)
    if Guard.COMMENTS_ANSWERED in guarded:
        comments = (
            rules.Comment(id=str(pk), answer=answer)
            for pk, answer in one.comments.values_list("pk", "answer")
        )
        if (unanswered := rules.comments_answered(comments)) is not None:
            problems.append(unanswered)
    if move.after == states.CONSULTED:
        problems += _consulting(given)
    if move.after == states.PUBLISHED:
        problems += _publishing(one, given, by)
    return list(dict.fromkeys(problems))


def _derivation(one: ThresholdSet, on: date) -> Iterator[Problem]:
    """Every check of the newest derivation is met, its samples still count, and it is reproduced."""
    row = sets.derivation_of(one)
    if row is None or not row.met:
        yield refusals.no_derivation()
        return
    lost = [
        use.sample.alias
        for use in row.uses.select_related("sample", "sample__study")
        if not samples.standing(use.sample, on)[1]
    ]
    if lost:
        yield refusals.samples_changed(sorted(lost))
    if not sets.recomputed(row).same:
        yield refusals.not_reproduced()


def _consulting(given: Given) -> Iterator[Problem]:
    if not given.document.strip() and not given.has_file:
        yield refusals.value_missing("document")
    if given.comments_until is None:
        yield refusals.value_missing("comments_until")
    elif given.comments_until < given.on:
        yield refusals.day_out_of_bounds("comments_until")


def _publishing(one: ThresholdSet, given: Given, by: Actor) -> Iterator[Problem]:
    if one.comments_until is not None and given.on <= one.comments_until:
        yield refusals.consultation_open(one.comments_until)
    if by.identity in involved(one):
        yield refusals.own_derivation()
    if not given.document.strip() and not given.has_file:
        yield refusals.value_missing("document")
    if given.in_force is None:
        yield refusals.value_missing("in_force")
        return
    before = sets.live(one.rule, one.product)
    late = before is not None and before.in_force is not None and given.in_force <= before.in_force
    if given.in_force < given.on or late:
        yield refusals.day_out_of_bounds("in_force")


def involved(one: ThresholdSet) -> set[str]:
    """Who derived, proposed or led the consultation of a set."""
    return {
        *one.derivations.values_list("derived_by_id", flat=True),
        *one.transitions.values_list("actor_id", flat=True),
    }
