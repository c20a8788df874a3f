"""Mail whose header somebody else's name would break."""

from typing import Any

import pytest
from django.core import mail

from tests.web.factories import accounts
from zuji_web.accounts.actions import invitations
from zuji_web.accounts.mail import send_invitation
from zuji_web.accounts.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Works\r\nBcc: all@example.com", "Works\nBcc: all@example.com"])
def test_a_name_over_several_rows_makes_no_header(settings: Any, name: str) -> None:
    settings.HAS_MAIL = True
    home = accounts.organisation(name)
    made, _token = invitations.invite(
        organisation=home, email="guest@example.com", role=Role.VIEWER, by=accounts.owner(home)
    )
    assert send_invitation(invitation=made, link="https://example.com/")
    (sent,) = mail.outbox
    assert sent.subject.endswith("Works Bcc: all@example.com")
    assert sent.recipients() == ["guest@example.com"]
    assert sent.message()["Bcc"] is None
