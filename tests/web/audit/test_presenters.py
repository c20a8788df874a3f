"""An event knows how to be told, in both languages."""

import pytest
from django.utils import translation

from tests.web.factories import accounts
from zuji_web.accounts.actions import members
from zuji_web.accounts.models import Membership
from zuji_web.accounts.permissions import Role
from zuji_web.audit.models import AuditEvent
from zuji_web.audit.presenters import sentence, told_actions

pytestmark = pytest.mark.django_db


def test_a_change_of_role_is_told_with_the_roles_names() -> None:
    home = accounts.organisation()
    clerk = accounts.member(Role.DATA_CLERK, of=home, person=accounts.user(display_name="Wang Fang"))
    membership = Membership.objects.get(user=clerk.user)
    members.change_role(membership=membership, role=Role.MODELLER, by=accounts.owner(home))
    event = AuditEvent.objects.get(action="member.role")
    with translation.override("en"):
        assert sentence(event) == "changed the role of Wang Fang from Data clerk to Modeller"
    with translation.override("zh-hans"):
        assert sentence(event) == "把 Wang Fang 的角色由填报员改为建模员"


def test_what_the_payload_lacks_is_a_dash() -> None:
    assert "–" in sentence(AuditEvent(action="client.revoke", payload={}))


def test_an_action_without_words_is_still_told() -> None:
    event = AuditEvent(action="future.thing", object_type="app.thing", object_id="7")
    assert "future.thing" in sentence(event)


def test_the_platforms_own_actions_have_words() -> None:
    assert set(told_actions()) >= {
        "organisation.register",
        "organisation.describe",
        "member.role",
        "member.join",
        "member.remove",
        "member.leave",
        "invitation.make",
        "invitation.revoke",
        "client.create",
        "client.revoke",
        "job.start",
        "job.cancel",
    }
