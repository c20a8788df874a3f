"""Rules of separation: nobody changes their own role, an owner remains, owners make owners."""

import pytest

from tests.web.factories import accounts
from zuji_web.accounts.actions import members
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Membership
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def membership(actor: Actor) -> Membership:
    return Membership.objects.get(user=actor.user, organisation=actor.organisation)


def code_of(error: pytest.ExceptionInfo[members.RoleRefused]) -> str:
    return error.value.problems[0].code


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN])
def test_nobody_changes_their_own_role(role: Role) -> None:
    actor = accounts.member(role)
    with pytest.raises(members.RoleRefused) as error:
        members.change_role(membership=membership(actor), role=Role.VIEWER, by=actor)
    assert code_of(error) == "own_role"
    assert membership(actor).role == role


def test_nobody_removes_themselves_by_way_of_managing() -> None:
    actor = accounts.member(Role.ADMIN)
    with pytest.raises(members.RoleRefused):
        members.remove(membership=membership(actor), by=actor)


def test_an_administrator_gives_roles_but_not_the_owners() -> None:
    home = accounts.organisation()
    admin, clerk = accounts.member(Role.ADMIN, of=home), accounts.member(Role.DATA_CLERK, of=home)
    assert (
        members.change_role(membership=membership(clerk), role=Role.MODELLER, by=admin).role == Role.MODELLER
    )
    with pytest.raises(members.RoleRefused) as error:
        members.change_role(membership=membership(clerk), role=Role.OWNER, by=admin)
    assert code_of(error) == "owner_only"


def test_an_administrator_touches_no_owner() -> None:
    home = accounts.organisation()
    admin, second = accounts.member(Role.ADMIN, of=home), accounts.member(Role.OWNER, of=home)
    with pytest.raises(members.RoleRefused) as demoting:
        members.change_role(membership=membership(second), role=Role.VIEWER, by=admin)
    with pytest.raises(members.RoleRefused) as removing:
        members.remove(membership=membership(second), by=admin)
    assert code_of(demoting) == code_of(removing) == "owner_only"
    assert membership(second).role == Role.OWNER


def test_the_last_owner_cannot_leave() -> None:
    home = accounts.organisation()
    owner = accounts.owner(home)
    with pytest.raises(members.RoleRefused) as error:
        members.leave(membership=membership(owner), by=owner)
    assert code_of(error) == "last_owner"
    second = accounts.member(Role.OWNER, of=home)
    members.leave(membership=membership(owner), by=owner)
    with pytest.raises(members.RoleRefused):
        members.leave(membership=membership(second), by=second)


def test_an_owner_who_was_demoted_meanwhile_decides_nothing() -> None:
    # The actor of a request is who they were at its start; the rule is checked on what is stored.
    home = accounts.organisation()
    first, second = accounts.owner(home), accounts.member(Role.OWNER, of=home)
    members.change_role(membership=membership(second), role=Role.VIEWER, by=first)
    with pytest.raises(members.RoleRefused):
        members.remove(membership=membership(first), by=second)
    assert membership(first).role == Role.OWNER


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OWNER, Role.ADMIN)])
def test_others_manage_nobody(role: Role) -> None:
    home = accounts.organisation()
    actor, other = accounts.member(role, of=home), accounts.member(Role.VIEWER, of=home)
    with pytest.raises(Denied):
        members.change_role(membership=membership(other), role=Role.MODELLER, by=actor)
    with pytest.raises(Denied):
        members.remove(membership=membership(other), by=actor)


def test_managers_of_another_organisation_are_denied() -> None:
    stranger, clerk = accounts.owner(accounts.organisation()), accounts.member(Role.DATA_CLERK)
    with pytest.raises(Denied):
        members.change_role(membership=membership(clerk), role=Role.VIEWER, by=stranger)
    with pytest.raises(Denied):
        members.remove(membership=membership(clerk), by=stranger)


def test_nobody_leaves_for_somebody_else() -> None:
    home = accounts.organisation()
    one, other = accounts.member(Role.VIEWER, of=home), accounts.member(Role.VIEWER, of=home)
    with pytest.raises(members.RoleRefused):
        members.leave(membership=membership(other), by=one)


def test_every_change_is_in_the_trail_and_none_that_was_refused() -> None:
    home = accounts.organisation()
    owner, clerk = accounts.owner(home), accounts.member(Role.DATA_CLERK, of=home)
    members.change_role(membership=membership(clerk), role=Role.MODELLER, by=owner)
    with pytest.raises(members.RoleRefused):
        members.change_role(membership=membership(owner), role=Role.VIEWER, by=owner)
    members.remove(membership=membership(clerk), by=owner)
    told = list(AuditEvent.objects.filter(action__startswith="member.").values_list("action", "payload"))
    assert [action for action, _payload in told] == ["member.role", "member.remove"]
    assert told[0][1] == {"member": str(clerk.user), "before": "data_clerk", "after": "modeller"}
