"""What every page of grades shows around its own content."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zuji.errors import ZujiError
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.refusals import show_as_message
from zuji_web.grades.queries import samples, sets


def frame(request: HttpRequest, active: str) -> dict[str, Any]:
    """The tabs, with how much waits, and what whoever looks may do."""
    by = actor_of(request)
    words = {"list": _("Thresholds")}
    if by.may(Permission.STUDY_VIEW):
        words["products"] = _("Own products")
    officer = sets.officer(by)
    if officer:
        words["samples"] = _("Samples")
    waiting = samples.waiting().count() if by.may(Permission.THRESHOLD_DERIVE) else 0
    return {
        "tabs": [
            {
                "url": reverse(f"grades:{name}"),
                "label": label,
                "active": name == active,
                "count": waiting if name == "samples" else 0,
            }
            for name, label in words.items()
        ],
        "officer": officer,
        "may_derive": by.may(Permission.THRESHOLD_DERIVE),
        "may_approve": by.may(Permission.THRESHOLD_APPROVE),
    }


def answered(request: HttpRequest, call: Callable[..., Any], **arguments: Any) -> bool:
    """Calls an action, and says on the next page what was refused; True where nothing was."""
    try:
        call(by=actor_of(request), **arguments)
    except ZujiError as refusal:
        show_as_message(refusal, request)
        return False
    messages.success(request, _("Saved."))
    return True
