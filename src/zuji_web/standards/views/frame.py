"""What every page of standards shows around its own content."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission
from zuji_web.standards.queries import effects


def frame(request: HttpRequest, active: str) -> dict[str, Any]:
    """The tabs, with how much waits, and what whoever looks may do."""
    by = actor_of(request)
    words = {
        "list": _("Registry"),
        "governing": _("Which rule governs"),
        "coverage": _("Coverage"),
        "board": _("Procedures"),
        "withdrawals": _("Withdrawals"),
        "targets": _("Targets"),
        "selections": _("Key products"),
    }
    if by.organisation is not None:
        words["notices"] = _("Study notices")
    waiting = {"withdrawals": effects.open_tasks().count(), "notices": effects.unread(by=by)}
    return {
        "tabs": [
            {
                "url": reverse(f"standards:{name}"),
                "label": label,
                "active": name == active,
                "count": waiting.get(name, 0),
            }
            for name, label in words.items()
        ],
        "may_propose": by.may(Permission.STANDARD_PROPOSE),
        "may_register": by.may(Permission.STANDARD_REGISTER),
        "may_decide": by.may(Permission.STANDARD_DECIDE),
    }


def sent_by(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, however empty; None where the page is only read."""
    return request.POST if request.method == "POST" else None
