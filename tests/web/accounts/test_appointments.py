"""Appointments to work areas: who gives them, what they grant, when they end."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.web.factories import accounts
from zuji_web.accounts.actions import appointments, members
from zuji_web.accounts.actions.members import RoleRefused
from zuji_web.accounts.actors import of_user
from zuji_web.accounts.models import Appointment, Membership
from zuji_web.accounts.permissions import Denied, Permission, Role
from zuji_web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_an_appointment_grants_its_rights_in_that_organisation_only() -> None:
    actor = accounts.appointed("standards_secretariat")
    assert actor.may(Permission.STANDARD_REGISTER)
    assert not actor.may(Permission.STANDARD_DECIDE)
    elsewhere = accounts.organisation()
    Membership.objects.create(user=actor.user, organisation=elsewhere, role=Role.VIEWER)
    assert not of_user(actor.user, str(elsewhere.pk)).may(Permission.STANDARD_REGISTER)


def test_a_department_by_its_own_word_may_nothing() -> None:
    """Anybody can register as a department; only an appointment gives a work area."""
    owner = accounts.owner(accounts.organisation(kind="department"))
    assert not owner.may(Permission.STANDARD_REGISTER)
    assert not owner.may(Permission.APPOINTMENT_MANAGE)


def test_the_security_administrator_appoints_others_and_never_themselves() -> None:
    officer = accounts.appointed("security_administrator")
    other = Membership.objects.get(user=accounts.member(of=officer.organisation).user)
    made = appointments.appoint(membership=other, area="rule_editor", reason="Order 7", by=officer)
    assert of_user(other.user, str(officer.organisation.pk)).may(Permission.RULE_EDIT)
    event = AuditEvent.objects.get(action="appointment.make", actor_id=officer.identity)
    assert event.payload["area"] == "rule_editor"
    own = Membership.objects.get(user=officer.user)
    with pytest.raises(RoleRefused, match=r"."):
        appointments.appoint(membership=own, area="rule_editor", reason="Order 8", by=officer)
    appointments.revoke(appointment=made, reason="Order 9", by=officer)
    assert not of_user(other.user, str(officer.organisation.pk)).may(Permission.RULE_EDIT)


def test_an_owner_without_the_right_appoints_nobody() -> None:
    home = accounts.organisation()
    other = Membership.objects.get(user=accounts.member(of=home).user)
    with pytest.raises(Denied):
        appointments.appoint(membership=other, area="rule_editor", reason="x", by=accounts.owner(home))
    assert not Appointment.objects.exists()


def test_an_appointment_ends_by_its_date_and_with_the_membership() -> None:
    actor = accounts.appointed("rule_editor")
    Appointment.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert not of_user(actor.user).may(Permission.RULE_EDIT)
    again = appointments.appoint(
        membership=Membership.objects.get(user=actor.user),
        area="rule_editor",
        reason="Renewed",
        by=appointments.OPERATOR,
    )
    assert again.until is None
    assert of_user(actor.user).may(Permission.RULE_EDIT)
    members.remove(membership=Membership.objects.get(user=actor.user), by=accounts.owner(actor.organisation))
    Membership.objects.create(user=actor.user, organisation=actor.organisation, role=Role.VIEWER)
    assert not of_user(actor.user).may(Permission.RULE_EDIT)


def test_the_command_appoints_members_only() -> None:
    home = accounts.organisation(kind="department")
    person = accounts.member(of=home).user
    call_command("appoint", person.email, home.credit_code, "security_administrator", reason="First")
    assert of_user(person).may(Permission.APPOINTMENT_MANAGE)
    with pytest.raises(CommandError):
        call_command("appoint", "nobody@example.com", home.credit_code, "rule_editor", reason="x")
