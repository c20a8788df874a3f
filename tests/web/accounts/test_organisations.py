"""Registering an organisation, once, by whoever signs in."""

import pytest

from tests.web.factories import accounts
from zuji.errors import InvalidInput
from zuji_web.accounts.actions import organisations
from zuji_web.accounts.actors import VISITOR, Actor
from zuji_web.accounts.models import Membership, Organisation
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
WHERE = {"name": "Shu Aluminium", "kind": "enterprise", "region": "CN-SC"}


def test_who_registers_becomes_the_owner() -> None:
    person = accounts.user()
    made = organisations.register(credit_code="9144 0300 7084 6113 6t", by=Actor(user=person), **WHERE)
    assert made.credit_code == "91440300708461136T"
    assert Membership.objects.get(organisation=made, user=person).role == Role.OWNER
    event = AuditEvent.objects.get(action="organisation.register")
    assert (event.organisation_id, event.actor_id) == (str(made.pk), f"user:{person.pk}")


def test_a_wrong_code_registers_nothing() -> None:
    with pytest.raises(InvalidInput) as error:
        organisations.register(credit_code="91440300708461136X", by=Actor(user=accounts.user()), **WHERE)
    assert error.value.problems[0].place.field == "credit_code"
    assert not Organisation.objects.exists()


def test_a_second_registration_is_sent_to_the_administrator_and_told_nothing_more() -> None:
    first = accounts.organisation("Secret Works", address="1 Hidden Road")
    with pytest.raises(organisations.AlreadyRegistered) as error:
        organisations.register(credit_code=first.credit_code, by=Actor(user=accounts.user()), **WHERE)
    said = error.value.in_language("zh") + error.value.in_language("en")
    assert "邀请" in said
    assert not any(secret in said for secret in ("Secret", "Hidden", str(accounts.owner(first).user)))
    assert Membership.objects.filter(organisation=first).count() == 1
    assert Organisation.objects.count() == 1


def test_a_visitor_registers_nothing() -> None:
    with pytest.raises(Denied):
        organisations.register(credit_code=accounts.credit_code(), by=VISITOR, **WHERE)


def test_particulars_change_and_the_trail_says_from_what() -> None:
    home = accounts.organisation("Old name")
    changed = organisations.describe(
        organisation=home, by=accounts.member(Role.ADMIN, of=home), name="New name"
    )
    assert changed.name == "New name"
    event = AuditEvent.objects.get(action="organisation.describe")
    assert event.payload == {"before": {"name": "Old name"}, "after": {"name": "New name"}}


def test_saving_the_same_particulars_is_no_event() -> None:
    home = accounts.organisation("Same")
    organisations.describe(organisation=home, by=accounts.owner(home), name="Same")
    assert not AuditEvent.objects.filter(action="organisation.describe").exists()


@pytest.mark.parametrize("role", [Role.MODELLER, Role.DATA_CLERK, Role.VIEWER, Role.REVIEWER, Role.SIGNATORY])
def test_others_change_no_particulars(role: Role) -> None:
    home = accounts.organisation()
    with pytest.raises(Denied):
        organisations.describe(organisation=home, by=accounts.member(role, of=home), name="Mine")


def test_an_unknown_particular_is_a_mistake_of_the_programmer() -> None:
    home = accounts.organisation()
    with pytest.raises(TypeError):
        organisations.describe(organisation=home, by=accounts.owner(home), credit_code="91440300708461136T")
