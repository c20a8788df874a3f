"""Appointing people to work areas of the province. Nobody appoints themselves."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji_web.accounts.actions.members import RoleRefused
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Appointment, Membership
from zuji_web.accounts.permissions import WORK_AREAS, Permission
from zuji_web.audit.actions import record
from zuji_web.wording import said, told

OPERATOR = Actor()  # whoever runs commands on the server; the first appointment has no other source


@transaction.atomic
def appoint(
    *, membership: Membership, area: str, reason: str, by: Actor, until: datetime | None = None
) -> Appointment:
    """The appointment of a member; an appointment that holds already is given back as it is."""
    _refuse(membership, by)
    if area not in WORK_AREAS or not reason.strip():
        raise RoleRefused(
            told(
                "appointment_incomplete",
                said(_("An appointment needs a work area and a reason or document")),
                said(_("Choose one of: %(areas)s"), areas=", ".join(WORK_AREAS)),
            )
        )
    if until is not None and until <= timezone.now():
        raise RoleRefused(
            told(
                "appointment_past",
                said(_("The appointment would end before it begins")),
                said(_("Choose a later day, or leave it open")),
            )
        )
    # What ran out by its date makes room for the new one.
    Appointment.objects.filter(
        user=membership.user,
        organisation=membership.organisation,
        area=area,
        revoked_at=None,
        until__lte=timezone.now(),
    ).update(revoked_at=timezone.now())
    appointment, made = Appointment.objects.get_or_create(
        user=membership.user,
        organisation=membership.organisation,
        area=area,
        revoked_at=None,
        defaults={"reason": reason.strip(), "until": until, "appointed_by": by.user},
    )
    if made:
        record(
            action="appointment.make",
            subject=appointment,
            by=by,
            payload={"member": str(membership.user), "area": area, "reason": reason.strip()},
        )
    return appointment


@transaction.atomic
def revoke(*, appointment: Appointment, reason: str, by: Actor) -> Appointment:
    """The appointment, ended now."""
    membership = Membership.objects.filter(
        user=appointment.user, organisation=appointment.organisation
    ).first()
    if membership is not None:
        _refuse(membership, by)
    elif by is not OPERATOR:
        by.require(Permission.APPOINTMENT_MANAGE)
    held = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if held.revoked_at is None:
        held.revoked_at = timezone.now()
        held.save(update_fields=["revoked_at"])
        record(
            action="appointment.revoke",
            subject=held,
            by=by,
            payload={"member": str(held.user), "area": held.area, "reason": reason.strip()},
        )
    return held


def _refuse(membership: Membership, by: Actor) -> None:
    if by is OPERATOR:
        return
    by.require(Permission.APPOINTMENT_MANAGE)
    if by.user is not None and membership.user_id == by.user.pk:
        raise RoleRefused(
            told(
                "own_appointment",
                said(_("Nobody appoints themselves")),
                said(_("Ask another security administrator")),
            )
        )
