"""The organisation over the API: who is in it, and what happened."""

import pytest

from tests.web.factories import accounts
from zuji_web.accounts.permissions import Role

pytestmark = pytest.mark.django_db


def test_members_are_listed_with_their_roles() -> None:
    home = accounts.organisation(owner=accounts.user(display_name="Li Hua"))
    accounts.member(
        Role.DATA_CLERK, of=home, person=accounts.user("wang@example.com", display_name="Wang Fang")
    )
    listed = accounts.browser(accounts.owner(home)).get("/api/v1/organisation/members").json()
    assert [(item["name"], item["role"]) for item in listed["items"]] == [
        ("Li Hua", "owner"),
        ("Wang Fang", "data_clerk"),
    ]


def test_the_trail_is_told_in_the_callers_language_and_chained() -> None:
    home = accounts.organisation("Shu Aluminium")
    accounts.api_client(of=home)
    accounts.organisation("Elsewhere")
    owner = accounts.browser(accounts.owner(home))
    trail = owner.get("/api/v1/organisation/trail", headers={"accept-language": "en"}).json()["items"]
    assert [item["action"] for item in trail] == ["client.create", "organisation.register"]
    assert trail[1]["sentence"] == "registered the organisation “Shu Aluminium”"
    assert trail[0]["previous_hash"] == trail[1]["hash"]
    only = owner.get("/api/v1/organisation/trail?action=client.").json()
    assert only["count"] == 1


@pytest.mark.parametrize("role", [Role.MODELLER, Role.DATA_CLERK, Role.REVIEWER, Role.SIGNATORY, Role.VIEWER])
def test_the_trail_is_for_owners_and_administrators(role: Role) -> None:
    assert accounts.browser(accounts.member(role)).get("/api/v1/organisation/trail").status_code == 403


def test_a_person_without_organisation_is_refused_in_words() -> None:
    assert accounts.browser(accounts.user()).get("/api/v1/organisation").status_code == 403
