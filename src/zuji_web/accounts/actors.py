"""Whoever acts. Every action takes one as `by`; every query scopes to its organisation."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from zuji_web.accounts.models import ApiClient, Appointment, Membership, Organisation, User
from zuji_web.accounts.permissions import ROLES, WORK_AREAS, Denied, Permission, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or client acting in one organisation, or a visitor in none."""

    user: User | None = None
    client: ApiClient | None = None
    organisation: Organisation | None = None
    role: Role | None = None
    # What a token may be used for; None where no token limits the role.
    scopes: frozenset[str] | None = None
    # Work areas that the province appointed the person to, in this organisation.
    areas: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        if self.client:
            return str(self.client.client.name)
        return str(self.user) if self.user else "visitor"

    @property
    def identity(self) -> str:
        if self.client:
            return f"client:{self.client.client_id}"
        return f"user:{self.user.pk}" if self.user else "visitor"

    @property
    def organisation_key(self) -> str:
        return str(self.organisation.pk) if self.organisation else ""

    @property
    def signed_in(self) -> bool:
        return self.user is not None or self.client is not None

    def may(self, permission: Permission, organisation: Organisation | None = None) -> bool:
        """Whether the actor's role or a work area grants it, in its own organisation only."""
        if self.organisation is None or self.role is None:
            return False
        if organisation is not None and organisation.pk != self.organisation.pk:
            return False
        granted = ROLES[self.role].permissions.union(*(WORK_AREAS[area].permissions for area in self.areas))
        return permission in granted

    def require(self, permission: Permission, organisation: Organisation | None = None) -> Organisation:
        """The organisation acted for; raises `Denied` unless `permission` is granted there."""
        if not self.may(permission, organisation) or self.organisation is None:
            raise Denied(permission)
        return self.organisation


VISITOR = Actor()


def of_user(user: User, organisation_id: str = "") -> Actor:
    """The actor a person is in the chosen organisation, else in the first one they joined."""
    memberships = Membership.objects.filter(user=user).select_related("organisation").order_by("created_at")
    chosen = memberships.filter(organisation_id=organisation_id).first() if organisation_id else None
    membership = chosen or memberships.first()
    if membership is None:
        return Actor(user=user)
    return Actor(
        user=user,
        organisation=membership.organisation,
        role=Role(membership.role),
        areas=_areas(membership),
    )


def _areas(membership: Membership) -> frozenset[str]:
    """Appointments in force; who left and came back has to be appointed again."""
    now = timezone.now()
    held = Appointment.objects.filter(
        user_id=membership.user_id,
        organisation_id=membership.organisation_id,
        since__gte=membership.created_at,
        revoked_at=None,
    )
    return frozenset(held.filter(Q(until=None) | Q(until__gt=now)).values_list("area", flat=True))


def of_client(client: ApiClient, scopes: frozenset[str] | None = None) -> Actor:
    """The actor an OAuth2 client is, within the scopes of its token."""
    return Actor(client=client, organisation=client.organisation, role=Role(client.role), scopes=scopes)
