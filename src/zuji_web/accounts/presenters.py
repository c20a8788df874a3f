"""The trail of people, roles, invitations and clients, in words."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zuji_web.accounts.permissions import ROLES, WORK_AREAS, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.audit.presenters import presenter, say


def role_name(role: str) -> str:
    """A role in the language in force; a role of the past by its key."""
    if role not in set(Role):
        return role
    return ROLES[Role(role)].name.in_language(get_language() or "zh")


@presenter("member.role")
def _role_changed(event: AuditEvent) -> str:
    return _("changed the role of %(member)s from %(before)s to %(after)s") % {
        "member": event.payload["member"],
        "before": role_name(event.payload["before"]),
        "after": role_name(event.payload["after"]),
    }


@presenter("member.join")
def _joined(event: AuditEvent) -> str:
    return _("joined as %(role)s by the invitation for %(invited)s") % {
        "role": role_name(event.payload["role"]),
        "invited": event.payload["invited"],
    }


@presenter("invitation.make")
def _invited(event: AuditEvent) -> str:
    return _("invited %(email)s as %(role)s") % {
        "email": event.payload["email"],
        "role": role_name(event.payload["role"]),
    }


@presenter("client.create")
def _client_created(event: AuditEvent) -> str:
    return _("created the API client “%(name)s” as %(role)s") % {
        "name": event.payload["name"],
        "role": role_name(event.payload["role"]),
    }


say("organisation.register", gettext_lazy("registered the organisation “%(name)s”"))
say("organisation.describe", gettext_lazy("changed the organisation's particulars"))
say("member.remove", gettext_lazy("removed the member %(member)s"))
say("member.leave", gettext_lazy("left the organisation"))
say("invitation.revoke", gettext_lazy("revoked the invitation for %(email)s"))
say("client.revoke", gettext_lazy("revoked the API client “%(name)s”"))


def _area_name(area: str) -> str:
    definition = WORK_AREAS.get(area)
    return definition.name.in_language(get_language() or "zh") if definition else area


@presenter("appointment.make")
def _appointed(event: AuditEvent) -> str:
    return _("appointed %(member)s as %(area)s: %(reason)s") % {
        "member": event.payload["member"],
        "area": _area_name(event.payload["area"]),
        "reason": event.payload["reason"],
    }


@presenter("appointment.revoke")
def _appointment_revoked(event: AuditEvent) -> str:
    return _("ended the appointment of %(member)s as %(area)s: %(reason)s") % {
        "member": event.payload["member"],
        "area": _area_name(event.payload["area"]),
        "reason": event.payload["reason"],
    }
