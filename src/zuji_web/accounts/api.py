"""The caller's organisation over the API."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema

from zuji_web import gateway
from zuji_web.accounts import queries
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.models import Membership
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.audit.models import AuditEvent
from zuji_web.audit.presenters import sentence

router = gateway.router("organisation")


class OrganisationOut(Schema):
    id: UUID
    name: str
    name_en: str
    credit_code: str
    kind: str
    region: str
    address: str


class CallerOut(Schema):
    """Whoever calls: in which organisation, with which role, and what that allows."""

    name: str
    organisation: OrganisationOut
    role: str
    permissions: list[str]
    scopes: list[str] | None


@router.get("", response=CallerOut, summary="Who am I")
def read_caller(request: HttpRequest) -> dict[str, object]:
    """The organisation that the token or session acts for, its role and rights."""
    actor = actor_of(request)
    if actor.organisation is None or actor.role is None:
        raise Denied(Permission.MEMBER_VIEW)
    return {
        "name": actor.name,
        "organisation": actor.organisation,
        "role": actor.role,
        "permissions": sorted(permission for permission in Permission if actor.may(permission)),
        "scopes": None if actor.scopes is None else sorted(actor.scopes),
    }


class MemberOut(Schema):
    name: str
    email: str
    role: str
    since: datetime

    @staticmethod
    def resolve_name(membership: Membership) -> str:
        return str(membership.user)

    @staticmethod
    def resolve_email(membership: Membership) -> str:
        return membership.user.email

    @staticmethod
    def resolve_since(membership: Membership) -> datetime:
        return membership.created_at


class EventOut(Schema):
    """An event of the audit trail: `sentence` says it in the caller's language; `hash` chains it."""

    sequence: int
    at: datetime
    actor: str
    action: str
    object_type: str
    object_id: str
    payload: dict[str, Any]
    sentence: str
    previous_hash: str
    hash: str

    @staticmethod
    def resolve_sentence(event: AuditEvent) -> str:
        return sentence(event)


@router.get("/members", response=list[MemberOut], summary="List members")
@gateway.paged
def list_members(request: HttpRequest) -> QuerySet[Membership]:
    """Who belongs to the organisation, longest first."""
    return queries.members(by=actor_of(request))


@router.get("/trail", response=list[EventOut], summary="Read the audit trail")
@gateway.paged
def list_events(request: HttpRequest, action: str = "") -> QuerySet[AuditEvent]:
    """What happened in the organisation, newest first; `action` is the beginning of an action's name."""
    return queries.events(by=actor_of(request), action=action)
