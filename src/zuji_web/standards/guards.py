"""What holds a step of a standard back, guard by guard, over the platform's own rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from zuji.errors import Problem
from zuji.formats.standards import tree
from zuji.model.standards import StandardLevel
from zuji.rules.lifecycle import Guard
from zuji.rules.lifecycle import guards as rules
from zuji.rules.supersession import proposal_blocked, proposal_overlaps
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.standards import refusals
from zuji_web.standards.models import Conflict, Opinion, StandardRecord
from zuji_web.standards.moves import Move
from zuji_web.standards.queries.registry import shelf
from zuji_web.standards.queries.reviews import of_examination
from zuji_web.wording import said, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is brought with a step."""

    on: date
    reason: str = ""
    document: str = ""
    has_file: bool = False
    number: str = ""
    issued: date | None = None
    in_force: date | None = None
    withdrawn: date | None = None
    comments_until: date | None = None


def held_back(record: StandardRecord, move: Move, given: Given, *, by: Actor) -> list[Problem]:
    """Every reason why the step cannot be taken now; empty where it can."""
    problems = list(_independence(record, move, by))
    for guard in move.step.guards:
        problem = _GUARDS[guard](record, given)
        if problem is not None:
            problems.append(problem)
    if move.after == "issued":
        problems += _issuing(record, given)
    if move.after == "examination" and record.state == "consultation":
        problems += _consultation_over(record, given)
    if move.after == "withdrawn" and (missing := rules.reason_given(given.reason)):
        problems.append(missing)
    return list(dict.fromkeys(problems))


def standing(record: StandardRecord, move: Move, *, by: Actor, on: date) -> list[Problem]:
    """What holds a step back whatever is brought with it, so that nobody fills in a form in vain."""
    given = Given(on=on)
    problems = list(_independence(record, move, by))
    problems += [
        problem
        for guard in move.step.guards
        if guard not in _BROUGHT and (problem := _GUARDS[guard](record, given)) is not None
    ]
    if move.after == "examination" and record.state == "consultation":
        problems += _consultation_over(record, given)
    return list(dict.fromkeys(problems))


def covered(record: StandardRecord, on: date) -> Problem | None:
    """The higher standard that covers a scope, as a refusal; None where there is none."""
    others = [each for each in shelf() if each.number != record.label]
    return proposal_blocked(others, tree(), record.codes, on, level=StandardLevel(record.level))


def _independence(record: StandardRecord, move: Move, by: Actor) -> Iterator[Problem]:
    """Whoever submitted takes no part in reviewing or deciding; drafts they hand in themselves."""
    judging = move.right in (Permission.STANDARD_DECIDE, Permission.STANDARD_REVIEW)
    own = by.organisation is not None and by.organisation.pk == record.submitter_id
    if judging and (own or (by.user is not None and by.user.pk == record.submitted_by_id)):
        yield refusals.own_proposal()
    if move.right is Permission.STANDARD_REVIEW:
        reviewers = (
            of_examination(record).exclude(conflict=Conflict.DECLARED).values_list("reviewer_id", flat=True)
        )
        if by.user is None or by.user.pk not in reviewers:
            yield told(
                "not-a-reviewer",
                said(_("Only an expert to whom the review was assigned takes this step")),
                said(_("The secretariat assigns reviews on the page of the procedure")),
            )


def _answered(record: StandardRecord, _given: Given) -> Problem | None:
    comments = (
        rules.Comment(id=str(pk), answer=answer) for pk, answer in record.comments.values_list("pk", "answer")
    )
    return rules.comments_answered(comments)


def _complete(_record: StandardRecord, given: Given) -> Problem | None:
    if (given.document.strip() or given.has_file) and given.comments_until is not None:
        if given.comments_until >= given.on:
            return None
        return told(
            "consultation-in-the-past",
            said(_("The consultation would end before it begins")),
            said(_("Choose a later day")),
        )
    return told(
        "draft-missing",
        said(_("A consultation needs the draft and its last day")),
        said(_("Hand in the draft, or say where it is published, and until when comments are made")),
    )


def _reviewed(record: StandardRecord, _given: Given) -> Problem | None:
    """Every expert without a conflict has passed the draft, and there is at least one."""
    reviews = [each for each in of_examination(record) if each.conflict != Conflict.DECLARED]
    passed = [each for each in reviews if each.opinion == Opinion.PASS]
    if reviews and len(passed) == len(reviews):
        return None
    return told(
        "not-passed",
        said(
            _("%(passed)s of %(asked)s experts have passed the draft"),
            passed=len(passed),
            asked=len(reviews),
        ),
        said(_("Every expert who was asked gives an opinion; a draft to be revised goes back")),
    )


def _linked(record: StandardRecord, _given: Given) -> Problem | None:
    """Some issued standard names this one as what it was converted from or replaces."""
    before = record.to_standard()
    if any(rules.linked(before, each) is None for each in shelf() if each.number != before.number):
        return None
    return told(
        "link-missing",
        said(
            _("No standard of the registry says that it comes from %(number)s or replaces it"),
            number=record.label,
        ),
        said(_("Enter the newer standard first, with the number of this one")),
    )


def _higher(record: StandardRecord, given: Given) -> Problem | None:
    if covered(record, given.on) or higher(record, given.on):
        return None
    return told(
        "no-higher-standard",
        said(_("No national or industry standard meets the scope of %(number)s"), number=record.label),
        said(_("Register the higher standard first")),
    )


def higher(record: StandardRecord, on: date) -> str:
    """The number of a national or industry standard that meets the scope, empty where there is none."""
    others = [each for each in shelf() if each.number != record.label]
    met = proposal_overlaps(others, tree(), record.codes, on)
    return met[0].number if met else ""


def _reason(_record: StandardRecord, given: Given) -> Problem | None:
    return rules.reason_given(given.reason)


def _not_covered(record: StandardRecord, given: Given) -> Problem | None:
    return covered(record, given.on)


def _withdrawal_day(_record: StandardRecord, given: Given) -> Problem | None:
    return None if given.withdrawn is not None else refusals.value_missing("withdrawn")


def _no_guard(_record: StandardRecord, _given: Given) -> Problem | None:
    """A review may begin at any time; five years is the latest, which the page shows."""
    return None


_GUARDS: Mapping[Guard, Callable[[StandardRecord, Given], Problem | None]] = {
    Guard.NOT_COVERED: _not_covered,
    Guard.REASON: _reason,
    Guard.COMPLETE: _complete,
    Guard.COMMENTS_ANSWERED: _answered,
    Guard.OTHER_PERSON: _reviewed,
    Guard.LINKED: _linked,
    Guard.HIGHER_ISSUED: _higher,
    Guard.WITHDRAWAL_DAY: _withdrawal_day,
    Guard.REVIEW_DUE: _no_guard,
}


# Guards that are met by what comes with the step.
_BROUGHT = frozenset({Guard.REASON, Guard.COMPLETE, Guard.WITHDRAWAL_DAY})


def _consultation_over(record: StandardRecord, given: Given) -> Iterator[Problem]:
    if record.comments_until is not None and given.on <= record.comments_until:
        yield told(
            "consultation-open",
            said(_("The consultation runs until %(day)s"), day=record.comments_until),
            said(_("Wait for its last day; the public was promised it")),
        )


def _issuing(record: StandardRecord, given: Given) -> Iterator[Problem]:
    if not given.number.strip():
        yield refusals.value_missing("number")
    elif StandardRecord.objects.filter(number=given.number.strip()).exclude(pk=record.pk).exists():
        yield refusals.number_taken(given.number.strip())
    for name in ("issued", "in_force"):
        day = getattr(given, name)
        if day is None:
            yield refusals.value_missing(name)
        elif not refusals.EARLIEST <= day.year <= refusals.LATEST:
            yield refusals.day_unlikely(name)
    if given.issued and given.in_force and given.in_force < given.issued:
        yield refusals.dates_out_of_order()
