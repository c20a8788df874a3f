"""Systems sign in with OAuth 2 client credentials."""

import pytest
from django.test import Client as Browser

from tests.web.factories import accounts
from zuji_web.accounts.actions import clients
from zuji_web.accounts.permissions import Role

pytestmark = pytest.mark.django_db
WHO = "/api/v1/organisation"


def test_a_token_acts_for_the_clients_organisation_in_its_role() -> None:
    home = accounts.organisation("Shu Aluminium")
    client, secret = accounts.api_client(Role.DATA_CLERK, of=home)
    answer = accounts.caller(accounts.token(client, secret)).get(WHO)
    assert answer.status_code == 200
    told = answer.json()
    assert told["organisation"]["id"] == str(home.pk)
    assert told["role"] == "data_clerk"
    assert "study.edit" in told["permissions"]
    assert "study.freeze" not in told["permissions"]


def test_a_token_does_only_what_its_scopes_allow() -> None:
    client, secret = accounts.api_client(scopes=["studies:read"])
    answer = accounts.caller(accounts.token(client, secret)).get(WHO)
    assert answer.status_code == 403
    assert answer["Content-Type"].startswith("application/problem+json")


def test_a_token_asks_for_less_than_the_client_may() -> None:
    client, secret = accounts.api_client()
    reader = accounts.caller(accounts.token(client, secret, scope="studies:read"))
    assert reader.get(WHO).status_code == 403
    assert reader.get("/api/v1/jobs").status_code == 200


def test_a_client_cannot_ask_for_a_scope_it_was_not_given() -> None:
    client, secret = accounts.api_client(scopes=["studies:read"])
    form = {
        "grant_type": "client_credentials",
        "client_id": client.client_id,
        "client_secret": secret,
        "scope": "organisation:read",
    }
    assert Browser().post("/identity/o/api/token", form).status_code == 400


def test_a_wrong_secret_gets_nothing() -> None:
    client, _secret = accounts.api_client()
    form = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": "guess"}
    assert Browser().post("/identity/o/api/token", form).status_code == 401


def test_a_revoked_client_stops_at_once() -> None:
    home = accounts.organisation()
    client, secret = accounts.api_client(of=home)
    system = accounts.caller(accounts.token(client, secret))
    assert system.get(WHO).status_code == 200
    clients.revoke(api_client=client, by=accounts.owner(home))
    assert system.get(WHO).status_code == 401
    form = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": secret}
    assert Browser().post("/identity/o/api/token", form).status_code == 400


def test_a_wrong_token_beside_a_good_session_is_refused() -> None:
    browser = accounts.browser(accounts.member())
    assert browser.get(WHO).status_code == 200
    assert browser.get(WHO, headers={"authorization": "Bearer nonsense"}).status_code == 401


def test_the_secret_is_stored_hashed() -> None:
    client, secret = accounts.api_client()
    assert secret not in client.client.secret
    assert client.client.check_secret(secret)
