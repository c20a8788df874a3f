"""API clients: no more rights than their maker has."""

import pytest

from tests.web.factories import accounts
from zuji_web.accounts.actions import clients
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import ApiClient
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def create(by: Actor, role: Role) -> ApiClient:
    assert by.organisation
    return clients.create(
        organisation=by.organisation, name="ERP", role=role, scopes=["studies:read"], by=by
    )[0]


def test_an_owner_creates_a_client_that_models() -> None:
    assert create(accounts.owner(accounts.organisation()), Role.MODELLER).role == Role.MODELLER


@pytest.mark.parametrize("role", [Role.MODELLER, Role.DATA_CLERK])
def test_an_administrator_cannot_reach_studies_through_a_client(role: Role) -> None:
    with pytest.raises(clients.ClientRefused):
        create(accounts.member(Role.ADMIN), role)
    assert not ApiClient.objects.exists()


def test_an_administrator_creates_a_reading_client() -> None:
    assert create(accounts.member(Role.ADMIN), Role.VIEWER).role == Role.VIEWER


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN, Role.SIGNATORY, Role.REVIEWER])
def test_no_client_manages_signs_or_reviews(role: Role) -> None:
    with pytest.raises(clients.ClientRefused):
        create(accounts.owner(accounts.organisation()), role)


def test_others_create_none() -> None:
    with pytest.raises(Denied):
        create(accounts.member(Role.MODELLER), Role.VIEWER)


def test_the_trail_knows_the_client_and_not_its_secret() -> None:
    home = accounts.organisation()
    made, secret = accounts.api_client(of=home)
    event = AuditEvent.objects.get(action="client.create")
    assert event.payload["client_id"] == made.client_id
    assert secret not in str(event.payload)


def test_only_known_scopes_are_given() -> None:
    made, _secret = accounts.api_client(scopes=["studies:read", "everything:write"])
    assert made.client.get_scopes() == ["studies:read"]


def test_revoking_twice_is_one_event() -> None:
    home = accounts.organisation()
    made, _secret = accounts.api_client(of=home)
    for _time in range(2):
        clients.revoke(api_client=made, by=accounts.owner(home))
    assert AuditEvent.objects.filter(action="client.revoke").count() == 1
