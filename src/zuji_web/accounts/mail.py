"""Mail about people and organisations."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zuji_web.accounts.models import Invitation
from zuji_web.accounts.permissions import ROLES, Role

logger = logging.getLogger(__name__)


def send_invitation(*, invitation: Invitation, link: str) -> bool:
    """Whether the invitation was sent; without a mail server the inviter passes on the link."""
    if not settings.HAS_MAIL:
        return False
    role = ROLES[Role(invitation.role)].name.in_language(get_language() or "zh")
    text = render_to_string(
        "accounts/mail/invitation.txt", {"invitation": invitation, "link": link, "role": role}
    )
    # A name over several rows would be another header.
    name = " ".join(str(invitation.organisation).split())
    subject = _("Invitation to %(organisation)s") % {"organisation": name}
    try:
        send_mail(subject, text, None, [invitation.email])
    except (SMTPException, OSError):
        logger.exception("an invitation could not be sent")
        return False
    return True
