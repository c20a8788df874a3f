"""Joining by a link: hashed, once, for seven days, revocable."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.factories import accounts
from zuji_web.accounts import queries
from zuji_web.accounts.actions import invitations
from zuji_web.accounts.actions.members import RoleRefused
from zuji_web.accounts.actors import VISITOR, Actor
from zuji_web.accounts.models import Invitation, Membership
from zuji_web.accounts.permissions import Denied, Role

pytestmark = pytest.mark.django_db


def invited(role: Role = Role.MODELLER, email: str = "New@Example.com") -> tuple[Invitation, str]:
    home = accounts.organisation()
    return invitations.invite(organisation=home, email=email, role=role, by=accounts.owner(home))


def test_whoever_holds_the_link_joins_in_the_promised_role() -> None:
    invitation, token = invited()
    person = accounts.user()
    found = queries.invitation_of(token)
    assert found == invitation
    joined = invitations.accept(invitation=invitation, by=Actor(user=person))
    assert (joined.user, joined.organisation, joined.role) == (person, invitation.organisation, Role.MODELLER)
    assert queries.invitation_of(token) is None


def test_the_token_itself_is_not_stored() -> None:
    invitation, token = invited()
    stored = [str(getattr(invitation, field.attname)) for field in Invitation._meta.concrete_fields]
    assert not any(token in value for value in stored)


def test_a_link_works_once() -> None:
    invitation, _token = invited()
    invitations.accept(invitation=invitation, by=Actor(user=accounts.user()))
    with pytest.raises(invitations.InvitationRefused):
        invitations.accept(invitation=invitation, by=Actor(user=accounts.user()))
    assert Membership.objects.filter(organisation=invitation.organisation).count() == 2


def test_a_link_is_good_for_seven_days() -> None:
    invitation, token = invited()
    assert (
        timedelta(days=7) - timedelta(minutes=1) < invitation.expires_at - timezone.now() <= timedelta(days=7)
    )
    Invitation.objects.update(expires_at=timezone.now())
    assert queries.invitation_of(token) is None
    with pytest.raises(invitations.InvitationRefused):
        invitations.accept(invitation=invitation, by=Actor(user=accounts.user()))


def test_a_revoked_link_is_dead() -> None:
    invitation, token = invited()
    invitations.revoke(invitation=invitation, by=accounts.owner(invitation.organisation))
    assert queries.invitation_of(token) is None
    with pytest.raises(invitations.InvitationRefused):
        invitations.accept(invitation=invitation, by=Actor(user=accounts.user()))


def test_a_new_invitation_replaces_the_old_one() -> None:
    invitation, old = invited()
    _new, token = invitations.invite(
        organisation=invitation.organisation,
        email="new@example.com",
        role=Role.VIEWER,
        by=accounts.owner(invitation.organisation),
    )
    assert queries.invitation_of(old) is None
    assert queries.invitation_of(token)


def test_a_member_is_not_invited_again() -> None:
    home = accounts.organisation()
    clerk = accounts.member(Role.DATA_CLERK, of=home)
    assert clerk.user
    with pytest.raises(invitations.InvitationRefused):
        invitations.invite(
            organisation=home, email=clerk.user.email, role=Role.VIEWER, by=accounts.owner(home)
        )


def test_accepting_as_a_member_keeps_the_role_one_has() -> None:
    invitation, _token = invited(Role.OWNER)
    clerk = accounts.member(Role.DATA_CLERK, of=invitation.organisation)
    assert invitations.accept(invitation=invitation, by=clerk).role == Role.DATA_CLERK


def test_only_an_owner_invites_an_owner() -> None:
    home = accounts.organisation()
    with pytest.raises(RoleRefused):
        invitations.invite(
            organisation=home, email="a@example.com", role=Role.OWNER, by=accounts.member(Role.ADMIN, of=home)
        )


def test_others_invite_nobody() -> None:
    home = accounts.organisation()
    for actor in (accounts.member(Role.MODELLER, of=home), accounts.owner(accounts.organisation()), VISITOR):
        with pytest.raises(Denied):
            invitations.invite(organisation=home, email="a@example.com", role=Role.VIEWER, by=actor)


def test_a_visitor_accepts_nothing() -> None:
    invitation, _token = invited()
    with pytest.raises(Denied):
        invitations.accept(invitation=invitation, by=VISITOR)
    assert queries.invitations(by=accounts.owner(invitation.organisation)).count() == 1
