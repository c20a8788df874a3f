"""Procedures under way: the board, one procedure, and what an actor may do next."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Appointment, Membership
from zuji_web.accounts.permissions import WORK_AREAS, Permission
from zuji_web.standards import states
from zuji_web.standards.models import Opinion, Review, StandardRecord
from zuji_web.standards.moves import Move, allowed, open_moves
from zuji_web.standards.queries.registry import today, visible
from zuji_web.standards.queries.reviews import examination_of, of_examination

_EXPERT_AREAS = [key for key, area in WORK_AREAS.items() if Permission.STANDARD_REVIEW in area.permissions]


def board(*, by: Actor) -> list[tuple[str, list[StandardRecord]]]:
    """Procedures under way by state, in the order of the table; states without one are left out."""
    rows = list(visible(by=by).filter(state__in=states.UNDER_WAY).order_by("working_number"))
    columns = [(state, [row for row in rows if row.state == state]) for state in states.UNDER_WAY]
    return [(state, held) for state, held in columns if held]


def concluded(*, by: Actor) -> QuerySet[StandardRecord]:
    """Procedures that ended: issued, refused or given up."""
    return (
        visible(by=by).exclude(working_number="").exclude(state__in=states.UNDER_WAY).order_by("-updated_at")
    )


def moves(record: StandardRecord, *, by: Actor) -> list[Move]:
    """The steps that the actor has the right to take; guards are told when one is tried."""
    if not record.working_number and record.level != "local" and record.state != states.TO_BE_WITHDRAWN:
        # What others issued is amended, not decided here.
        return []
    found = [each for each in open_moves(states.on(record, today())) if allowed(each, record, by=by)]
    if not _reviewed_by(record, by=by):
        found = [each for each in found if each.right is not Permission.STANDARD_REVIEW]
    return sorted(found, key=lambda each: not each.forward)


def _reviewed_by(record: StandardRecord, *, by: Actor) -> bool:
    """Whether the actor gave an opinion on the draft; before that an expert has no step to take."""
    return (
        by.user is not None and of_examination(record).filter(reviewer=by.user).exclude(opinion="").exists()
    )


def procedure(record: StandardRecord, *, by: Actor) -> dict[str, Any]:
    """Comments and reviews of a procedure, with what the actor may do about them."""
    comments = list(record.comments.select_related("organisation"))
    may_assign = by.may(Permission.STANDARD_REGISTER) and record.state in states.REVIEWABLE
    return {
        "comments": comments,
        "unanswered": sum(not each.answer for each in comments),
        "reviews": record.reviews.select_related("reviewer", "organisation"),
        "examination": examination_of(record),
        "reviewable": states.REVIEWABLE,
        "open": states.open_for_comments(record, today()),
        "opinions": Opinion.choices,
        "may_assign": may_assign,
        "experts": experts(record, by=by) if may_assign else (),
    }


def experts(record: StandardRecord, *, by: Actor) -> Sequence[Membership]:
    """Members who hold an expert's area now, of another organisation than the proposal's, not asked yet."""
    now = timezone.now()
    held = Appointment.objects.filter(area__in=_EXPERT_AREAS, revoked_at=None).filter(
        Q(until=None) | Q(until__gt=now)
    )
    asked = set(of_examination(record).values_list("reviewer_id", flat=True))
    pairs = set(held.values_list("user_id", "organisation_id"))
    rows = Membership.objects.filter(user__in=[user for user, _home in pairs]).select_related(
        "user", "organisation"
    )
    own = by.user.pk if by.user else None
    return [
        row
        for row in rows.order_by("user__display_name")
        if (row.user_id, row.organisation_id) in pairs
        and row.organisation_id != record.submitter_id
        and row.user_id not in asked
        and row.user_id != own
    ]


def waiting_reviews(*, by: Actor) -> list[Review]:
    """Reviews that wait for the actor; those of a draft that went back wait no longer."""
    if by.user is None or not by.may(Permission.STANDARD_REVIEW):
        return []
    asked = (
        Review.objects.filter(
            reviewer=by.user, organisation=by.organisation, opinion="", record__state__in=states.REVIEWABLE
        )
        .exclude(conflict="declared")
        .select_related("record")
    )
    return [each for each in asked if each.examination == examination_of(each.record)]
