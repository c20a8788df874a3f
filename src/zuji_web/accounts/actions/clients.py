"""OAuth2 clients: how an organisation's systems call the API."""

from collections.abc import Collection

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client, Token
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import Place, ZujiError
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import ApiClient, Organisation
from zuji_web.accounts.permissions import ROLES, Permission, Role
from zuji_web.audit.actions import record
from zuji_web.gateway import SCOPES
from zuji_web.wording import said, told

# Systems fill in, calculate or read; managing people and signing is for people.
CLIENT_ROLES = (Role.VIEWER, Role.DATA_CLERK, Role.MODELLER)


class ClientRefused(ZujiError):
    """A client with more rights than its maker may give."""


def grantable_roles(by: Actor) -> list[Role]:
    """The roles that the actor may give a client: none with a right that they lack themselves."""
    if by.role is None:
        return []
    own = ROLES[by.role].permissions
    return [role for role in CLIENT_ROLES if ROLES[role].permissions <= own]


@transaction.atomic
def create(
    *, organisation: Organisation, name: str, role: Role, scopes: Collection[str], by: Actor
) -> tuple[ApiClient, str]:
    """A new client and its secret, which is known only now."""
    by.require(Permission.CLIENT_MANAGE, organisation)
    if role not in grantable_roles(by):
        raise ClientRefused(
            told(
                "client_role",
                said(_("A client cannot have rights that you do not have")),
                said(_("Choose another role, or ask an owner")),
                Place(field="role"),
            )
        )
    chosen = [scope for scope in SCOPES if scope in scopes]
    secret = get_adapter().generate_client_secret()
    client = Client(name=name.strip()[:100], type=Client.Type.CONFIDENTIAL)
    client.set_secret(secret)
    client.set_scopes(chosen)
    client.set_default_scopes(chosen)
    client.set_grant_types([Client.GrantType.CLIENT_CREDENTIALS])
    client.set_response_types([])
    client.save()
    api_client = ApiClient.objects.create(
        client=client, organisation=organisation, role=role, created_by=by.user
    )
    record(
        action="client.create",
        subject=api_client,
        by=by,
        payload={"name": client.name, "client_id": client.pk, "role": role, "scopes": chosen},
    )
    return api_client, secret


@transaction.atomic
def revoke(*, api_client: ApiClient, by: Actor) -> ApiClient:
    """The client, which gets no token any more; those it holds stop working now."""
    by.require(Permission.CLIENT_MANAGE, api_client.organisation)
    if ApiClient.objects.filter(pk=api_client.pk, revoked_at=None).update(revoked_at=timezone.now()):
        Token.objects.filter(client=api_client.client).delete()
        api_client.client.set_grant_types([])
        api_client.client.save(update_fields=["grant_types"])
        record(
            action="client.revoke",
            subject=api_client,
            by=by,
            payload={"name": api_client.client.name, "client_id": api_client.client_id},
        )
    api_client.refresh_from_db()
    return api_client
