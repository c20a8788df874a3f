"""Who belongs to an organisation, in which role. Nobody changes their own; an owner always remains."""

from django.db import transaction
from django.utils.translation import gettext_noop as _

from zuji.errors import ZujiError
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Membership, Organisation
from zuji_web.accounts.permissions import Permission, Role
from zuji_web.audit.actions import record
from zuji_web.wording import said, told


class RoleRefused(ZujiError):
    """A change of roles that the rules of separation forbid."""


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: Actor) -> Membership:
    """The membership in its new role."""
    membership = _locked(membership, by)
    refuse_own(membership, by)
    old = Role(membership.role)
    if Role.OWNER in (old, role):
        refuse_unless_owner(by)
    if old == role:
        return membership
    if old == Role.OWNER:
        _refuse_last_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    record(
        action="member.role",
        subject=membership,
        by=by,
        payload={"member": str(membership.user), "before": old, "after": role},
    )
    return membership


@transaction.atomic
def remove(*, membership: Membership, by: Actor) -> None:
    """Ends somebody else's membership."""
    membership = _locked(membership, by)
    refuse_own(membership, by)
    if membership.role == Role.OWNER:
        refuse_unless_owner(by)
        _refuse_last_owner(membership)
    record(
        action="member.remove",
        subject=membership,
        by=by,
        payload={"member": str(membership.user), "role": membership.role},
    )
    membership.delete()


@transaction.atomic
def leave(*, membership: Membership, by: Actor) -> None:
    """Ends one's own membership."""
    organisation = by.require(Permission.MEMBER_VIEW, membership.organisation)
    _lock(organisation)
    if by.user is None or membership.user_id != by.user.pk:
        raise RoleRefused(
            told(
                "not_own_membership",
                said(_("Only your own membership can be left")),
                said(_("To end somebody else's, remove the member")),
            )
        )
    if membership.role == Role.OWNER:
        _refuse_last_owner(membership)
    record(action="member.leave", subject=membership, by=by, payload={"role": membership.role})
    membership.delete()


def refuse_unless_owner(by: Actor) -> None:
    """Owners are made, changed and removed by owners only."""
    if by.role != Role.OWNER:
        raise RoleRefused(
            told(
                "owner_only",
                said(_("Only an owner decides who is an owner")),
                said(_("Ask an owner of the organisation")),
            )
        )


def refuse_own(membership: Membership, by: Actor) -> None:
    """Nobody changes their own role."""
    if by.user is not None and membership.user_id == by.user.pk:
        raise RoleRefused(
            told(
                "own_role",
                said(_("Nobody changes their own role")),
                said(_("Ask another owner or administrator")),
            )
        )


def _refuse_last_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(organisation=membership.organisation, role=Role.OWNER)
    if not owners.exclude(pk=membership.pk).exists():
        raise RoleRefused(
            told(
                "last_owner",
                said(_("The last owner stays")),
                said(_("Make another member an owner first")),
            )
        )


def _lock(organisation: Organisation) -> None:
    # Two owners who remove each other at the same time must not both succeed.
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _locked(membership: Membership, by: Actor) -> Membership:
    _lock(by.require(Permission.MEMBER_MANAGE, membership.organisation))
    return Membership.objects.select_related("user", "organisation").get(pk=membership.pk)
