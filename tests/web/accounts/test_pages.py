"""People and organisations on the pages: sign-up, registration, invitations, switching, clients, trail."""

import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from tests.web.factories import accounts
from zuji_web.accounts.actions import invitations
from zuji_web.accounts.models import ApiClient, Membership, Organisation, User
from zuji_web.accounts.permissions import Role

pytestmark = pytest.mark.django_db
PERSON = {
    "display_name": "Li Hua",
    "email": "li@example.com",
    "password1": accounts.PASSWORD,
    "password2": accounts.PASSWORD,
}
FORM = {"name": "Shu Aluminium", "kind": "enterprise", "region": "CN-SC", "name_en": "", "address": ""}


def test_a_newcomer_signs_up_registers_and_owns() -> None:
    browser = accounts.browser()
    asked = browser.get(reverse("accounts:organisation"))
    assert asked["Location"].startswith(reverse("account_login"))
    signed_up = browser.post(reverse("account_signup"), PERSON)
    assert (signed_up.status_code, signed_up["Location"]) == (302, reverse("accounts:register"))
    assert User.objects.get().display_name == "Li Hua"
    registered = browser.post(reverse("accounts:register"), {**FORM, "credit_code": "9144 0300 7084 6113 6t"})
    assert (registered.status_code, registered["Location"]) == (302, reverse("products:list"))
    made = Organisation.objects.get()
    assert (made.credit_code, made.name) == ("91440300708461136T", "Shu Aluminium")
    assert Membership.objects.get(organisation=made).role == Role.OWNER
    assert "Li Hua" in browser.get(reverse("accounts:members")).content.decode()


def test_a_slip_in_the_code_is_explained_at_its_field_and_the_form_keeps_what_was_typed() -> None:
    browser = accounts.browser(accounts.user())
    answer = browser.post(reverse("accounts:register"), {**FORM, "credit_code": "9144030070846113OT"})
    assert answer.status_code == 422
    assert "第 17 位" in answer.context["form"].errors["credit_code"][0]
    assert "Shu Aluminium" in answer.content.decode()
    assert not Organisation.objects.exists()


def test_a_second_registration_is_told_to_ask_for_an_invitation_and_nothing_else() -> None:
    first = accounts.organisation("Hidden Works")
    browser = accounts.browser(accounts.user())
    answer = browser.post(reverse("accounts:register"), {**FORM, "credit_code": first.credit_code})
    assert answer.status_code == 422
    assert "邀请" in answer.context["form"].errors["credit_code"][0]
    assert "Hidden Works" not in answer.content.decode()


def test_a_province_must_be_chosen() -> None:
    browser = accounts.browser(accounts.user())
    code = accounts.credit_code()
    answer = browser.post(reverse("accounts:register"), {**FORM, "region": "", "credit_code": code})
    assert "region" in answer.context["form"].errors


def link_of(answer: Any) -> str:
    found = re.search(r'class="secret[^"]*">(http://testserver[^<]+)<', answer.content.decode())
    assert found
    return found.group(1)


def invite(home: Organisation, **form: str) -> Any:
    owner = accounts.browser(accounts.owner(home))
    return owner.post(reverse("accounts:invite"), {"email": "new@example.com", "role": "modeller", **form})


def test_without_a_mail_server_the_link_is_shown_once_to_pass_on() -> None:
    home = accounts.organisation()
    answer = invite(home)
    link = link_of(answer)
    assert answer["Cache-Control"] == "no-store"
    assert not mail.outbox
    assert (
        link not in accounts.browser(accounts.owner(home)).get(reverse("accounts:members")).content.decode()
    )


def test_with_a_mail_server_the_invitation_is_sent(settings: Any) -> None:
    settings.HAS_MAIL = True
    link = link_of(invite(accounts.organisation("Shu & Sons")))
    (sent,) = mail.outbox
    assert sent.to == ["new@example.com"]
    assert link in sent.body
    assert "Shu & Sons" in sent.subject
    assert "建模员" in sent.body


def test_a_newcomer_follows_the_link_signs_up_and_joins() -> None:
    home = accounts.organisation("Shu Aluminium")
    link = link_of(invite(home))
    browser = accounts.browser()
    assert "Shu Aluminium" in browser.get(link).content.decode()
    signed_up = browser.post(reverse("account_signup"), PERSON)
    assert link.endswith(signed_up["Location"])
    joined = browser.post(f"{signed_up['Location']}accept/")
    assert joined.status_code == 302
    assert Membership.objects.get(user__email="li@example.com").role == Role.MODELLER
    assert browser.get(reverse("accounts:organisation")).context["organisation"] == home


def test_an_existing_member_elsewhere_joins_and_acts_there_from_then_on() -> None:
    home, other = accounts.organisation("New Home"), accounts.member(Role.OWNER)
    link = link_of(invite(home))
    browser = accounts.browser(other)
    browser.get(link)
    browser.post(f"{link}accept/")
    assert browser.get(reverse("accounts:organisation")).context["organisation"] == home
    switched = browser.post(
        reverse("accounts:switch"), {"organisation": str(other.organisation and other.organisation.pk)}
    )
    assert switched.status_code == 302
    assert browser.get(reverse("accounts:organisation")).context["organisation"] == other.organisation


def test_looking_at_an_invitation_joins_nothing() -> None:
    link = link_of(invite(accounts.organisation()))
    person = accounts.user()
    accounts.browser(person).get(link)
    assert not Membership.objects.filter(user=person).exists()


def test_a_dead_link_says_so_and_names_nobody() -> None:
    home = accounts.organisation("Hidden Works")
    invitation, token = invitations.invite(
        organisation=home, email="a@example.com", role=Role.VIEWER, by=accounts.owner(home)
    )
    invitations.revoke(invitation=invitation, by=accounts.owner(home))
    browser = accounts.browser(accounts.user())
    for answer in (
        browser.get(reverse("accounts:join", args=[token])),
        browser.post(reverse("accounts:accept", args=[token])),
        browser.get(reverse("accounts:join", args=["guess"])),
    ):
        assert answer.status_code == 410
        assert "Hidden Works" not in answer.content.decode()


def test_nobody_switches_into_a_foreign_organisation() -> None:
    browser = accounts.browser(accounts.member())
    foreign = accounts.organisation()
    for value in (str(foreign.pk), "", "x", "0"):
        assert browser.post(reverse("accounts:switch"), {"organisation": value}).status_code == 404


def test_a_forged_session_value_leads_to_the_own_organisation() -> None:
    member = accounts.member()
    browser = accounts.browser(member)
    session = browser.session
    session["organisation"] = str(accounts.organisation().pk)
    session.save()
    assert browser.get(reverse("accounts:organisation")).context["organisation"] == member.organisation


def test_the_last_owner_is_told_why_the_page_refuses() -> None:
    home = accounts.organisation()
    owner = accounts.browser(accounts.owner(home))
    answer = owner.post(reverse("accounts:leave"), follow=True)
    assert "最后一位所有者" in answer.content.decode()
    assert Membership.objects.filter(organisation=home, role=Role.OWNER).count() == 1


def test_roles_change_on_the_page_and_the_trail_tells_it_in_words() -> None:
    home = accounts.organisation()
    clerk = accounts.member(Role.DATA_CLERK, of=home, person=accounts.user(display_name="Wang Fang"))
    owner = accounts.browser(accounts.owner(home))
    membership = Membership.objects.get(user=clerk.user)
    owner.post(reverse("accounts:change_role", args=[membership.pk]), {"role": "modeller"})
    membership.refresh_from_db()
    assert membership.role == Role.MODELLER
    trail = owner.get(reverse("accounts:trail")).content.decode()
    assert "把 Wang Fang 的角色由填报员改为建模员" in trail
    english = owner.get("/en/organisation/trail/").content.decode()
    assert "changed the role of Wang Fang from Data clerk to Modeller" in english


def test_an_unknown_role_is_refused() -> None:
    home = accounts.organisation()
    clerk = accounts.member(Role.DATA_CLERK, of=home)
    membership = Membership.objects.get(user=clerk.user)
    accounts.browser(accounts.owner(home)).post(
        reverse("accounts:change_role", args=[membership.pk]), {"role": "emperor"}
    )
    membership.refresh_from_db()
    assert membership.role == Role.DATA_CLERK


@pytest.mark.parametrize("role", [Role.MODELLER, Role.DATA_CLERK, Role.REVIEWER, Role.SIGNATORY, Role.VIEWER])
def test_who_does_not_manage_sees_members_and_reads_why_no_more(role: Role) -> None:
    browser = accounts.browser(accounts.member(role))
    members = browser.get(reverse("accounts:members")).content.decode()
    assert reverse("accounts:invite") not in members
    for name in ("accounts:clients", "accounts:trail", "accounts:edit"):
        answer = browser.get(reverse(name))
        assert answer.status_code == 403
        assert "所有者、管理员" in answer.content.decode()


def test_the_trail_is_filtered_by_subject_and_person() -> None:
    home = accounts.organisation()
    owner = accounts.owner(home)
    accounts.api_client(of=home)
    browser = accounts.browser(owner)
    only = browser.get(reverse("accounts:trail"), {"subject": "client."}).context["events"]
    assert [event.action for event, _told in only] == ["client.create"]
    assert browser.get(reverse("accounts:trail"), {"who": "user:0"}).context["events"] == []
    assert len(browser.get(reverse("accounts:trail"), {"who": owner.identity}).context["events"]) == 2


def test_a_clients_secret_is_shown_once() -> None:
    home = accounts.organisation()
    browser = accounts.browser(accounts.owner(home))
    form = {"name": "ERP", "role": "modeller", "scopes": ["studies:read", "studies:write"]}
    answer = browser.post(reverse("accounts:clients"), form)
    secret = answer.context["secret"]
    made = ApiClient.objects.get(organisation=home)
    assert made.client.check_secret(secret)
    assert answer["Cache-Control"] == "no-store"
    assert secret not in browser.get(reverse("accounts:clients")).content.decode()
    browser.post(reverse("accounts:revoke_client", args=[made.pk]))
    made.refresh_from_db()
    assert made.revoked_at


def test_an_administrator_is_offered_reading_clients_only() -> None:
    browser = accounts.browser(accounts.member(Role.ADMIN))
    form = browser.get(reverse("accounts:clients")).context["form"]
    assert [value for value, _label in form.fields["role"].choices] == ["viewer"]


def test_particulars_are_edited() -> None:
    home = accounts.organisation()
    browser = accounts.browser(accounts.owner(home))
    browser.post(reverse("accounts:edit"), {**FORM, "address": "1 Works Road", "credit_code": "x"})
    home.refresh_from_db()
    assert (home.name, home.address) == ("Shu Aluminium", "1 Works Road")
    assert home.credit_code != "x"


def test_a_person_changes_their_name() -> None:
    person = accounts.user()
    accounts.browser(person).post(reverse("accounts:profile"), {"display_name": "Li Hua"})
    person.refresh_from_db()
    assert person.display_name == "Li Hua"


def test_whoever_belongs_to_nothing_is_led_to_registration() -> None:
    browser = accounts.browser(accounts.user())
    for name in ("accounts:organisation", "accounts:members", "jobs:list"):
        assert browser.get(reverse(name))["Location"] == reverse("accounts:register")


def test_a_fragment_asked_by_a_visitor_moves_the_whole_page_to_the_login() -> None:
    answer = accounts.browser().get(reverse("jobs:list"), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith(reverse("account_login"))
