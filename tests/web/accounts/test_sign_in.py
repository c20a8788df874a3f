"""Signing in: second factor, password reset, sessions, and what attackers try."""

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

import pytest
from django.conf import global_settings
from django.conf import settings as platform
from django.contrib.auth.hashers import identify_hasher
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse

from tests.web.factories import accounts
from zuji_web.accounts.models import User
from zuji_web.settings import base

pytestmark = pytest.mark.django_db


def sign_in(browser: Browser, person: User, password: str = accounts.PASSWORD, **form: str) -> Any:
    return browser.post(reverse("account_login"), {"login": person.email, "password": password, **form})


def one_time_code(secret: str) -> str:
    """RFC 6238 with SHA-1, 30 seconds, six digits."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def test_a_member_lands_on_the_products_and_others_on_registration() -> None:
    member, homeless = accounts.member(), accounts.user()
    assert member.user
    assert sign_in(Browser(), member.user)["Location"] == reverse("products:list")
    assert sign_in(Browser(), homeless)["Location"] == reverse("accounts:register")


def test_the_page_asked_for_comes_after_the_login() -> None:
    member = accounts.member()
    assert member.user
    browser = Browser()
    asked = browser.get(reverse("accounts:trail"))["Location"]
    answer = browser.post(
        asked, {"login": member.user.email, "password": accounts.PASSWORD, "next": "/jobs/"}
    )
    assert answer["Location"] == "/jobs/"


def test_a_second_factor_is_set_up_and_asked_for() -> None:
    person = accounts.user()
    browser = Browser()
    sign_in(browser, person)
    asked_again = browser.get(reverse("mfa_activate_totp"))["Location"]
    browser.post(asked_again, {"password": accounts.PASSWORD})
    page = browser.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml" in page.content.decode()
    secret = page.context["form"].secret
    activated = browser.post(reverse("mfa_activate_totp"), {"code": one_time_code(secret)})
    assert activated["Location"] == reverse("mfa_view_recovery_codes")
    codes = browser.get(activated["Location"]).context["unused_codes"]
    assert len(codes) == 10

    second = Browser()
    asked = sign_in(second, person)
    assert asked["Location"] == reverse("mfa_authenticate")
    assert second.get(reverse("accounts:profile"))["Location"].startswith(reverse("account_login"))
    assert second.post(asked["Location"], {"code": "000000"}).status_code == 200
    assert second.post(asked["Location"], {"code": codes[0]})["Location"] == reverse("accounts:register")

    third = Browser()
    sign_in(third, person)
    assert third.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200


def test_a_forgotten_password_is_reset_by_mail_and_other_sessions_end() -> None:
    person = accounts.user("li@example.com")
    elsewhere = accounts.browser(person)
    browser = Browser()
    browser.post(reverse("account_reset_password"), {"email": "li@example.com"})
    (sent,) = mail.outbox
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", sent.body)
    assert link
    form = browser.get(link.group(1))["Location"]
    new = "a completely other phrase"
    browser.post(form, {"password1": new, "password2": new})
    assert sign_in(Browser(), person, new).status_code == 302
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302
    assert browser.get(link.group(1)).status_code == 200


def test_resetting_an_unknown_address_looks_the_same() -> None:
    known = Browser().post(reverse("account_reset_password"), {"email": accounts.user().email})
    unknown = Browser().post(reverse("account_reset_password"), {"email": "nobody@example.com"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_signed_in_devices_are_listed() -> None:
    person = accounts.user()
    browser = Browser()
    sign_in(browser, person)
    assert "127.0.0.1" in browser.get(reverse("usersessions_list")).content.decode()


def test_the_session_changes_its_key_at_login() -> None:
    # Otherwise a key planted in a victim's browser would become a signed-in one.
    browser = Browser()
    session = browser.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    sign_in(browser, accounts.user())
    assert browser.session.session_key != planted
    assert (
        Browser(headers={"cookie": f"sessionid={planted}"}).get(reverse("accounts:profile")).status_code
        == 302
    )


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_never_leads_away(target: str) -> None:
    member = accounts.member()
    assert member.user
    signed_in = sign_in(Browser(), member.user, next=target)
    browser = accounts.browser(member)
    own = str(member.organisation and member.organisation.pk)
    answers = [
        signed_in,
        browser.post(reverse("accounts:switch"), {"organisation": own, "next": target}),
        browser.post(reverse("set_language"), {"language": "en", "next": target}),
        browser.post(reverse("account_logout"), {"next": target}),
    ]
    assert all(
        "evil" not in answer["Location"] and "javascript" not in answer["Location"] for answer in answers
    )


def test_guessing_passwords_is_stopped(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    person = accounts.user()
    browser = Browser()
    for _guess in range(5):
        sign_in(browser, person, "wrong")
    stopped = sign_in(browser, person)
    assert stopped.status_code != 302
    assert browser.get(reverse("accounts:profile")).status_code == 302


def test_passwords_are_stored_slowly_hashed(settings: Any) -> None:
    assert not hasattr(base, "PASSWORD_HASHERS")
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    stored = accounts.user().password
    assert identify_hasher(stored).algorithm == "pbkdf2_sha256"
    assert int(stored.split("$")[1]) >= 600_000


@pytest.mark.parametrize("weak", ["12345678", "password", "short", "li@example.com"])
def test_weak_passwords_are_refused(weak: str) -> None:
    form = {"display_name": "Li", "email": "li@example.com", "password1": weak, "password2": weak}
    assert Browser().post(reverse("account_signup"), form).status_code == 200
    assert not User.objects.exists()


def test_cookies_cannot_be_read_by_scripts_or_sent_along_from_elsewhere() -> None:
    browser = Browser()
    cookie = sign_in(browser, accounts.user()).cookies[platform.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_logout",
        "account_email",
        "account_change_password",
        "mfa_index",
        "usersessions_list",
    ],
)
def test_the_pages_of_the_account_wear_our_look_in_both_languages(name: str) -> None:
    browser = Browser()
    if name not in {"account_login", "account_signup", "account_reset_password"}:
        sign_in(browser, accounts.user())
    chinese = browser.get(reverse(name))
    assert chinese.status_code == 200
    page = chinese.content.decode()
    assert "ui/app.css" in page
    assert re.search("<h1>[^<]*[\u4e00-\u9fff]", page), name
    assert browser.get(f"/en{reverse(name)}").status_code == 200
