"""A standard from the proposal to its end: proposing, and taking the steps of the table."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, ZujiError
from zuji.formats.standards import tree
from zuji.model.standards import Certainty, ProductCode, StandardKind, StandardLevel
from zuji.rules.lifecycle import RULE_LIFECYCLE
from zuji.rules.supersession import proposal_blocked
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.gateway import Conflict
from zuji_web.standards import guards, refusals, states
from zuji_web.standards.actions import papers, supersession
from zuji_web.standards.actions.steps import locked, take
from zuji_web.standards.models import StandardRecord, StandardTransition, WithdrawalTask
from zuji_web.standards.moves import Move, allowed, move
from zuji_web.standards.queries.registry import by_number, shelf
from zuji_web.wording import said, told

# Levels that a province's procedure can end in.
PROPOSABLE = (StandardLevel.LOCAL, StandardLevel.GROUP, StandardLevel.ENTERPRISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed, for which products, where, and why."""

    name: str
    level: StandardLevel
    kind: StandardKind
    scope: tuple[ProductCode, ...]
    purpose: str
    name_en: str = ""
    region: str = ""
    converted_from: str = ""


@transaction.atomic
def propose(*, proposal: Proposal, by: Actor) -> StandardRecord:
    """The procedure that a proposal begins.

    Raises `InvalidInput` where something is missing, and with the reason where a national or industry
    standard covers the scope.
    """
    organisation = by.require(Permission.STANDARD_PROPOSE)
    problems = [
        refusals.value_missing(name) for name in ("name", "purpose") if not getattr(proposal, name).strip()
    ]
    if proposal.level not in PROPOSABLE:
        problems.append(refusals.unknown_choice("level", proposal.level.value, map(str, PROPOSABLE)))
    if proposal.level is StandardLevel.LOCAL and not proposal.region:
        problems.append(refusals.value_missing("region"))
    if proposal.kind is StandardKind.PRODUCT and not proposal.scope:
        problems.append(refusals.value_missing("products"))
    if proposal.converted_from and proposal.converted_from not in by_number([proposal.converted_from]):
        problems.append(refusals.unknown_origin(proposal.converted_from))
    today = timezone.localdate()
    blocked = proposal_blocked(shelf(), tree(), proposal.scope, today, level=proposal.level)
    if blocked is not None:
        problems.append(blocked)
    if problems:
        raise InvalidInput(*problems)
    record = StandardRecord(
        name=proposal.name.strip(),
        name_en=proposal.name_en.strip(),
        level=proposal.level.value,
        kind=proposal.kind.value,
        scope=[str(code) for code in proposal.scope],
        region=proposal.region,
        converted_from=proposal.converted_from,
        source=organisation.name,
        # What the platform itself decides is known for sure.
        certainty=Certainty.SEEN.value,
        state=states.PROPOSED,
        submitter=organisation,
        submitted_by=by.user,
        purpose=proposal.purpose.strip(),
    )
    _number(record, today.year)
    take(record, states.PROPOSED, by=by, reason=record.purpose)
    return record


@transaction.atomic
def step(
    *,
    record: StandardRecord,
    after: str,
    by: Actor,
    given: guards.Given,
    file: tuple[str, bytes] | None = None,
) -> StandardTransition:
    """The step of a standard to `after`.

    Raises `Conflict` where the table has no such step from where it stands, `Denied` without the right, and
    `InvalidInput` with every guard that holds it back.
    """
    held = locked(record)
    _settle(held, by)
    found = move(held.state, after)
    if found is None:
        raise Conflict(_no_step(held, after))
    if not allowed(found, held, by=by):
        raise Denied(found.right)
    problems = guards.held_back(held, found, given, by=by)
    if problems:
        raise InvalidInput(*problems)
    paper = papers.keep(record=held, name=file[0], content=file[1], by=by) if file else None
    return _taken(held, found, given, paper, by)


def _taken(
    held: StandardRecord, found: Move, given: guards.Given, paper: Any, by: Actor
) -> StandardTransition:
    after = found.after
    facts: dict[str, Any] = {}
    if after == states.CONSULTATION:
        held.comments_until = given.comments_until
        facts = {"comments_until": given.comments_until.isoformat() if given.comments_until else ""}
    elif after == states.ISSUED:
        held.number = given.number.strip()
        held.issued, held.in_force = given.issued, given.in_force
        facts = states.dates(held)
    elif after == states.WITHDRAWN:
        after = _withdraw(held, given)
        facts = states.dates(held)
    elif after == states.TO_BE_WITHDRAWN:
        facts = _mark(held, given)
    made = take(held, after, by=by, reason=given.reason, document=given.document, file=paper, facts=facts)
    if found.after == states.ISSUED:
        supersession.begin(new=held, by=by)
    return made


def _withdraw(held: StandardRecord, given: guards.Given) -> str:
    """Sets the first day on which it no longer holds; until then it stays to be withdrawn.

    It is the due day at the latest, where a newer standard set one.
    """
    due = min(
        (task.due for task in held.withdrawal_tasks.filter(done_at=None) if task.due is not None),
        default=None,
    )
    day = given.withdrawn or due
    if day is None or (due is not None and day > due) or (held.in_force and day < held.in_force):
        raise InvalidInput(
            told(
                "withdrawal-day",
                said(
                    _("The day of withdrawal lies before the entry into force or after the day that is due")
                ),
                said(_("Choose a day up to %(due)s"), due=due or "–"),
            )
        )
    held.withdrawn = day
    supersession.close_tasks(record=held)
    return states.WITHDRAWN if day <= given.on else states.TO_BE_WITHDRAWN


def _mark(held: StandardRecord, given: guards.Given) -> dict[str, Any]:
    """A higher standard meets the scope in part, and a person decided that this one is to go."""
    number = guards.higher(held, given.on)
    higher = by_number([number]).get(number)
    if higher is None:
        return {}
    WithdrawalTask.objects.get_or_create(record=held, because_of=higher, defaults={"due": higher.in_force})
    return {"because_of": number}


def _settle(held: StandardRecord, by: Actor) -> None:
    """What time has done since the last step becomes a step."""
    reached = states.on(held, timezone.localdate())
    if reached != held.state and RULE_LIFECYCLE.may(held.state, reached):
        take(held, reached, by=by, facts=states.dates(held))


def _no_step(held: StandardRecord, after: str) -> Any:
    try:
        problem = RULE_LIFECYCLE.refusal(held.state, after)
    except ZujiError as unknown:
        return unknown.problems[0]
    return problem or told(
        "step-by-date",
        said(_("This step comes with its day")),
        said(_("Nobody has to take it")),
    )


def _number(record: StandardRecord, year: int) -> None:
    """Saves a new procedure as P2026-001 and so on, also where another one begins at the same moment."""
    head = f"P{year}-"
    taken = StandardRecord.objects.filter(working_number__startswith=head)
    while True:
        numbers = taken.values_list("working_number", flat=True)
        last = max((int(number.removeprefix(head)) for number in numbers), default=0)
        record.working_number = f"{head}{last + 1:03d}"
        try:
            with transaction.atomic():
                record.save(force_insert=True)
        except IntegrityError:
            if not taken.filter(working_number=record.working_number).exists():
                raise
        else:
            return
