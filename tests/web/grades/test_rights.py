"""Who sees and does what on the pages: the public, firms, officers, approvers."""

from typing import Any

import pytest
from django.utils import timezone

from tests.web.factories import accounts, grades
from zuji_web.accounts.permissions import Role
from zuji_web.grades.actions import sets
from zuji_web.grades.models import SetPaper, StoredSample
from zuji_web.grades.queries import sets as reading

pytestmark = pytest.mark.django_db
OFFICERS_ONLY = ("/grades/samples/", "/grades/samples/enter/", "/grades/new/")


@pytest.fixture
def offices() -> grades.Offices:
    made = grades.Offices()
    made.eleven()
    return made


def test_sets_in_preparation_are_for_officers(offices: grades.Offices) -> None:
    one = offices.begun()
    given = grades.given()
    sets.step(one=one, after="proposed", by=offices.deriver, given=given, file=("d.pdf", grades.PDF))
    paper = SetPaper.objects.get()
    hidden = (f"/grades/{one.pk}/", f"/grades/{one.pk}/comments/", f"/grades/{one.pk}/papers/{paper.pk}")
    for actor in (None, accounts.member(Role.OWNER), accounts.appointed("standards_expert")):
        browser = accounts.browser(actor)
        assert str(one.pk) not in browser.get("/grades/").content.decode()
        assert {browser.get(address).status_code for address in hidden} == {404}
    for officer in (offices.deriver, offices.approver):
        browser = accounts.browser(officer)
        assert str(one.pk) in browser.get("/grades/").content.decode()
        assert browser.get(hidden[0]).status_code == 200
    answer = accounts.browser(offices.approver).get(hidden[2])
    assert b"".join([answer.content]) == grades.PDF
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("role", list(Role))
def test_firms_reach_no_page_of_the_store(offices: grades.Offices, role: Role) -> None:
    one = offices.consulted()
    browser = accounts.browser(accounts.member(role))
    for address in (*OFFICERS_ONLY, f"/grades/{one.pk}/simulation/", f"/grades/{one.pk}/derivation.json"):
        assert browser.get(address).status_code == 403, address
    sample = StoredSample.objects.all()[0]
    posts = [
        (f"/grades/samples/{sample.pk}/examine/", {"finding": "no", "reason": "x"}),
        (f"/grades/samples/{sample.pk}/retire/", {"reason": "x"}),
        (f"/grades/{one.pk}/derive/", {"method": "percentile@1"}),
        (f"/grades/{one.pk}/steps/published/", {"reason": "x"}),
    ]
    for address, body in posts:
        assert browser.post(address, body).status_code == 403, address
    sample.refresh_from_db()
    assert sample.revoked_at is None
    assert sample.examinations.count() == 1


def test_a_visitor_is_asked_to_sign_in(offices: grades.Offices) -> None:
    one = offices.consulted()
    browser = accounts.browser()
    for address in (*OFFICERS_ONLY, "/grades/products/", f"/grades/{one.pk}/simulation/"):
        answer = browser.get(address)
        assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)
    assert browser.get(f"/grades/{one.pk}/").status_code == 200


def test_approvers_read_the_store_and_do_not_derive(offices: grades.Offices) -> None:
    browser = accounts.browser(offices.approver)
    assert browser.get("/grades/samples/").status_code == 200
    assert browser.get("/grades/new/").status_code == 403
    deriver = accounts.browser(offices.deriver)
    one = offices.over()
    assert deriver.get(f"/grades/{one.pk}/steps/published/").status_code == 403
    assert browser.get(f"/grades/{one.pk}/steps/published/").status_code == 200


def test_officers_see_neither_firms_nor_their_production() -> None:
    offices = grades.Offices()
    home = accounts.organisation("Distillery of Tests")
    sample = grades.lent(grades.verified(of=home), tonnes=123.456)
    browser = accounts.browser(offices.deriver)
    waiting = browser.get("/grades/samples/").content.decode()
    assert sample.alias in waiting
    offices.eleven()
    grades.confirm(offices, sample)
    one = offices.begun("production-weighted@1")
    pages = [
        f"/grades/samples/?rule={grades.RULE}&product={grades.PRODUCT}",
        f"/grades/{one.pk}/",
        f"/grades/{one.pk}/simulation/",
        f"/grades/{one.pk}/derivation.json",
    ]
    texts = [waiting, *(browser.get(page).content.decode() for page in pages)]
    assert sample.alias in texts[1]
    assert sample.alias in texts[-1]
    study = sample.study
    assert study is not None
    for text in texts:
        for secret in (home.name, home.credit_code, "123.456", str(study.pk), study.name):
            assert secret not in text


def test_values_of_few_firms_appear_on_no_page() -> None:
    offices = grades.Offices()
    for n in range(2):
        offices.confirmed(1.2345 + n)
    one = offices.begun()
    browser = accounts.browser(offices.deriver)
    for page in (
        f"/grades/samples/?rule={grades.RULE}&product={grades.PRODUCT}",
        f"/grades/{one.pk}/",
        f"/grades/{one.pk}/simulation/",
    ):
        answer = browser.get(page)
        assert answer.status_code == 200
        for value in ("1.2345", "2.2345", "1.7345"):
            assert value not in answer.content.decode(), page
    assert browser.get(f"/grades/{one.pk}/derivation.json").status_code == 404


def test_a_foreign_sample_is_not_found() -> None:
    sample = grades.lent()
    for actor in (accounts.member(Role.OWNER), grades.Offices().deriver):
        browser = accounts.browser(actor)
        for method in (browser.get, browser.post):
            refused: Any = method(f"/grades/lent/{sample.pk}/revoke/")
            assert refused.status_code in (403, 404)
    sample.refresh_from_db()
    assert sample.revoked_at is None


def test_the_public_reads_no_names_of_officers(offices: grades.Offices) -> None:
    one = offices.published()
    assert reading.in_force(grades.RULE, grades.PRODUCT, timezone.localdate()) == one
    public = accounts.browser(accounts.member(Role.OWNER)).get(f"/grades/{one.pk}/").content.decode()
    inside = accounts.browser(offices.approver).get(f"/grades/{one.pk}/").content.decode()
    assert offices.deriver.name in inside
    assert offices.deriver.name not in public
    assert offices.approver.name not in public
