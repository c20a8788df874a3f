"""The tabs of the organisation's pages: only those that the actor may open."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission

_TABS: tuple[tuple[str, Promise, Permission], ...] = (
    ("organisation", _("Organisation"), Permission.MEMBER_VIEW),
    ("members", _("Members"), Permission.MEMBER_VIEW),
    ("roles", _("Roles and rights"), Permission.MEMBER_VIEW),
    ("clients", _("API clients"), Permission.CLIENT_MANAGE),
    ("appointments", _("Appointments"), Permission.APPOINTMENT_MANAGE),
    ("trail", _("Audit trail"), Permission.AUDIT_VIEW),
)


def tabs(request: HttpRequest, active: str) -> list[dict[str, object]]:
    """Rows for ui/components/tabs.html."""
    actor = actor_of(request)
    return [
        {"url": reverse(f"accounts:{name}"), "label": label, "active": name == active}
        for name, label, permission in _TABS
        if actor.may(permission)
    ]
