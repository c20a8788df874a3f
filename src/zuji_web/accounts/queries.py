"""Reading organisations, always the actor's own."""

from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from zuji_web.accounts.actions.invitations import hashed
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import ApiClient, Appointment, Invitation, Membership
from zuji_web.accounts.permissions import Permission, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.audit.queries import of_organisation


def members(*, by: Actor) -> QuerySet[Membership]:
    """Who belongs to the organisation, longest first."""
    organisation = by.require(Permission.MEMBER_VIEW)
    return (
        Membership.objects.filter(organisation=organisation)
        .select_related("user", "organisation")
        .order_by("created_at")
    )


def membership(membership_id: int, *, by: Actor) -> Membership:
    """One membership of the organisation; Http404 otherwise."""
    return get_object_or_404(members(by=by), pk=membership_id)


def own_membership(*, by: Actor) -> Membership:
    """The actor's own membership in the organisation acted for."""
    return get_object_or_404(members(by=by), user=by.user)


def organisations_of(by: Actor) -> QuerySet[Membership]:
    """Every organisation a person belongs to, for the switcher."""
    return Membership.objects.filter(user=by.user).select_related("organisation").order_by("created_at")


def invitations(*, by: Actor) -> QuerySet[Invitation]:
    """Invitations that nobody has accepted or revoked, expired ones included."""
    organisation = by.require(Permission.MEMBER_MANAGE)
    return Invitation.objects.filter(
        organisation=organisation, accepted_at=None, revoked_at=None
    ).select_related("invited_by", "organisation")


def invitation(invitation_id: UUID, *, by: Actor) -> Invitation:
    """One invitation of the organisation; Http404 otherwise."""
    return get_object_or_404(invitations(by=by), pk=invitation_id)


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link leads to, while it is good."""
    return (
        Invitation.objects.filter(
            token_hash=hashed(token), accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
        )
        .select_related("organisation", "invited_by")
        .first()
    )


def clients(*, by: Actor) -> QuerySet[ApiClient]:
    """The organisation's API clients, revoked ones last."""
    organisation = by.require(Permission.CLIENT_MANAGE)
    return (
        ApiClient.objects.filter(organisation=organisation)
        .select_related("client", "created_by", "organisation")
        .order_by(F("revoked_at").asc(nulls_first=True), "-created_at")
    )


def client(client_id: UUID, *, by: Actor) -> ApiClient:
    """One API client of the organisation; Http404 otherwise."""
    return get_object_or_404(clients(by=by), pk=client_id)


def role_counts(*, by: Actor) -> dict[Role, int]:
    """How many members have each role."""
    counted = members(by=by).order_by().values_list("role").annotate(Count("pk"))
    return {Role(role): count for role, count in counted}


def events(*, by: Actor, action: str = "", actor_id: str = "") -> QuerySet[AuditEvent]:
    """What happened in the organisation, newest first; by kind of action and by whom."""
    organisation = by.require(Permission.AUDIT_VIEW)
    found = of_organisation(str(organisation.pk))
    if action:
        found = found.filter(action__startswith=action)
    return found.filter(actor_id=actor_id) if actor_id else found


def who_acted(*, by: Actor) -> list[tuple[str, str]]:
    """Everyone in the organisation's trail: identity and the newest name."""
    organisation = by.require(Permission.AUDIT_VIEW)
    newest = of_organisation(str(organisation.pk)).order_by("sequence").values_list("actor_id", "actor")
    return sorted(dict(newest.distinct()).items(), key=lambda item: item[1])


def appointments(*, by: Actor) -> QuerySet[Appointment]:
    """Every appointment of the province, those that ended included; newest first."""
    by.require(Permission.APPOINTMENT_MANAGE)
    return Appointment.objects.select_related("user", "organisation", "appointed_by")


def appointment(appointment_id: UUID, *, by: Actor) -> Appointment:
    """One appointment; Http404 otherwise."""
    return get_object_or_404(appointments(by=by), pk=appointment_id)


def member_by(*, email: str, credit_code: str, by: Actor) -> Membership | None:
    """Whom to appoint: the member of an organisation with this address, None where there is none."""
    by.require(Permission.APPOINTMENT_MANAGE)
    return Membership.objects.filter(
        user__email=email.lower(), organisation__credit_code=credit_code.upper()
    ).first()
