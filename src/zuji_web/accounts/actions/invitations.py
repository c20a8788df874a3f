"""Inviting people by a link that is good for some days, once."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import Place, ZujiError
from zuji_web.accounts.actions.members import refuse_unless_owner
from zuji_web.accounts.actors import Actor, of_user
from zuji_web.accounts.models import Invitation, Membership, Organisation
from zuji_web.accounts.permissions import Denied, Permission, Role
from zuji_web.audit.actions import record
from zuji_web.wording import said, told


class InvitationRefused(ZujiError):
    """An invitation that cannot be made or is no longer good."""


def hashed(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: Role, by: Actor) -> tuple[Invitation, str]:
    """A new invitation and its token, which is known only now. An earlier open one is revoked."""
    by.require(Permission.MEMBER_MANAGE, organisation)
    if role == Role.OWNER:
        refuse_unless_owner(by)
    address = email.strip().lower()
    if Membership.objects.filter(organisation=organisation, user__email=address).exists():
        raise InvitationRefused(
            told(
                "already_member",
                said(_("%(email)s is a member already"), email=address),
                said(_("Change the role in the list of members")),
                Place(field="email"),
            )
        )
    now = timezone.now()
    Invitation.objects.filter(
        organisation=organisation, email=address, accepted_at=None, revoked_at=None
    ).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        role=role,
        token_hash=hashed(token),
        invited_by=by.user,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    record(action="invitation.make", subject=invitation, by=by, payload={"email": address, "role": role})
    return invitation, token


@transaction.atomic
def revoke(*, invitation: Invitation, by: Actor) -> Invitation:
    """The invitation, no longer good. One that was accepted stays as it is."""
    by.require(Permission.MEMBER_MANAGE, invitation.organisation)
    revoked = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    if revoked:
        record(action="invitation.revoke", subject=invitation, by=by, payload={"email": invitation.email})
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, by: Actor) -> Membership:
    """The membership that the invitation promised to whoever holds its link."""
    if by.user is None:
        raise Denied(Permission.MEMBER_VIEW)
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    ).update(accepted_at=timezone.now())
    if not taken:
        raise InvitationRefused(
            told(
                "invitation_over",
                said(_("This invitation is no longer good")),
                said(_("Ask whoever invited you for a new one")),
            )
        )
    membership, created = Membership.objects.get_or_create(
        user=by.user, organisation=invitation.organisation, defaults={"role": invitation.role}
    )
    member = of_user(by.user, str(invitation.organisation_id))
    if created:
        record(
            action="member.join",
            subject=membership,
            by=member,
            payload={"invited": invitation.email, "role": invitation.role},
        )
    return membership
