"""Pages of appointments: who opens them, whom they appoint, that nobody appoints themselves."""

from typing import Any

import pytest
from django.urls import reverse as django_reverse
from django.utils.translation import override

from tests.web.factories import accounts
from zuji_web.accounts.actors import of_user
from zuji_web.accounts.models import Appointment
from zuji_web.accounts.permissions import Permission, Role

pytestmark = pytest.mark.django_db


def reverse(name: str, *args: Any) -> str:
    with override("zh-hans"):
        return django_reverse(f"accounts:{name}", args=args)


def form(actor: Any, **values: str) -> dict[str, str]:
    return {
        "email": actor.user.email,
        "credit_code": actor.organisation.credit_code,
        "area": "standards_expert",
        "reason": "Order 12",
        **values,
    }


def test_the_security_administrator_appoints_and_revokes_across_organisations() -> None:
    officer = accounts.appointed("security_administrator")
    expert = accounts.member(Role.VIEWER)
    browser = accounts.browser(officer)
    answer = browser.post(reverse("appoint"), form(expert))
    assert answer.status_code == 302
    acting = of_user(expert.user, str(expert.organisation.pk))
    assert acting.may(Permission.STANDARD_REVIEW)
    for language in ("", "/en"):
        page = browser.get(language + reverse("appointments")).content.decode()
        assert expert.user.email in page
        assert "Order 12" in page
    held = Appointment.objects.get(area="standards_expert")
    assert browser.post(reverse("revoke_appointment", held.pk), {"reason": ""}).status_code == 302
    held.refresh_from_db()
    assert held.revoked_at is None, "an appointment ends for a reason"
    browser.post(reverse("revoke_appointment", held.pk), {"reason": "Order 13"})
    assert not of_user(expert.user, str(expert.organisation.pk)).may(Permission.STANDARD_REVIEW)
    assert (
        expert.user.email
        not in browser.get(reverse("appointments")).content.decode().split("已终止的任命")[0]
    )


def test_nobody_appoints_or_dismisses_themselves() -> None:
    officer = accounts.appointed("security_administrator")
    browser = accounts.browser(officer)
    answer = browser.post(reverse("appoint"), form(officer))
    assert answer.status_code == 422
    own = Appointment.objects.get()
    browser.post(reverse("revoke_appointment", own.pk), {"reason": "Order 1"})
    own.refresh_from_db()
    assert own.revoked_at is None


@pytest.mark.parametrize("role", Role)
def test_no_role_opens_the_pages(role: Role) -> None:
    held = accounts.appointed("standards_secretariat")
    appointment = Appointment.objects.get()
    browser = accounts.browser(accounts.member(role, of=held.organisation))
    assert browser.get(reverse("appointments")).status_code == 403
    assert browser.get(reverse("appoint")).status_code == 403
    assert browser.post(reverse("revoke_appointment", appointment.pk), {"reason": "x"}).status_code == 403
    appointment.refresh_from_db()
    assert appointment.revoked_at is None
    assert reverse("appointments") not in browser.get(reverse("organisation")).content.decode()


def test_who_is_no_member_there_and_a_past_day_are_said_at_their_fields() -> None:
    officer = accounts.appointed("security_administrator")
    stranger, elsewhere = accounts.member(), accounts.organisation()
    browser = accounts.browser(officer)
    answer = browser.post(reverse("appoint"), form(stranger, credit_code=elsewhere.credit_code))
    assert answer.status_code == 422
    assert "该组织没有使用此邮箱的成员" in answer.content.decode()
    answer = browser.post(reverse("appoint"), form(stranger, until="2020-01-01"))
    assert answer.status_code == 422
    assert not Appointment.objects.filter(area="standards_expert").exists()
    answer = browser.post(reverse("appoint"), form(stranger, until="2999-01-01"))
    assert answer.status_code == 302
    assert Appointment.objects.get(area="standards_expert").until is not None
