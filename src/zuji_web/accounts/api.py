"""The caller's organisation over the API."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Denied, Permission

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
