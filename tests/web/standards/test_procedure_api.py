"""A standard from proposal to issue over the API, its comments and what it sets off: as on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from tests.web.factories import accounts, products, standards
from zuji_web.accounts.permissions import Role
from zuji_web.audit.models import AuditEvent
from zuji_web.standards.models import StandardRecord

pytestmark = pytest.mark.django_db
BASE = "/api/v1/standards"
PROPOSAL = {
    "name": "钒钛产品碳足迹",
    "level": "local",
    "scope": ["zuji:vanadium-titanium"],
    "region": "CN-SC",
    "purpose": "No rule covers these products.",
}


def post(browser: Browser, path: str, body: Any, status: int = 201) -> Any:
    answer = browser.post(path, body, content_type="application/json")
    assert answer.status_code == status, answer.content
    if status >= 400:
        assert answer["Content-Type"].startswith("application/problem+json")
    return answer.json()


def codes(document: Any) -> set[str]:
    return {problem["code"] for problem in document["problems"]}


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_proposal_goes_to_its_issue_and_its_effects_are_read() -> None:
    offices = standards.Offices()
    home = accounts.organisation()
    owner = accounts.browser(accounts.owner(home))
    secretary, approver = accounts.browser(offices.secretary), accounts.browser(offices.approver)
    made = post(owner, f"{BASE}/proposals", PROPOSAL)
    address = f"{BASE}/{made['id']}"
    assert (made["state"], made["scope"]) == ("proposed", PROPOSAL["scope"])
    assert accounts.browser(accounts.member()).get(f"{address}/steps").status_code == 404
    assert owner.get(f"{address}/steps").json() == []
    steps = {each["after"]: each for each in approver.get(f"{address}/steps").json()}
    assert set(steps) >= {"approved", "refused"}
    assert steps["approved"]["blocks"] == []
    post(secretary, f"{address}/steps", {"after": "approved"}, 403)
    post(approver, f"{address}/steps", {"after": "approved", "reason": "Needed"})
    post(owner, f"{address}/steps", {"after": "drafting"})
    assert codes(post(secretary, f"{address}/steps", {"after": "consultation"}, 422)) == {"draft-missing"}
    consult = {
        "after": "consultation",
        "comments_until": day(30),
        "file_name": "draft.pdf",
        "file": "JVBERi0lJUVPRg==",
    }
    assert post(secretary, f"{address}/steps", consult)["facts"] == {"comments_until": day(30)}
    commenter = accounts.member()
    remark = post(
        accounts.browser(commenter), f"{address}/comments", {"text": "Say what a bottle is.", "clause": "3.2"}
    )
    listed = accounts.browser().get(f"{address}/comments").json()
    assert (listed["count"], listed["items"]) == (1, [remark])
    assert commenter.organisation is not None
    assert (remark["organisation"], remark["answer"]) == (commenter.organisation.name, "")
    blocked = {each["after"]: each["blocks"] for each in secretary.get(f"{address}/steps").json()}
    assert {each["code"] for each in blocked["examination"]} >= {"consultation-open"}
    post(owner, f"{address}/comments/{remark['id']}/answer", {"answer": "accepted", "reason": "Yes"}, 403)
    answered = {"answer": "accepted", "reason": "Done in 3.2."}
    assert post(secretary, f"{address}/comments/{remark['id']}/answer", answered, 200)["answered_at"]
    record = StandardRecord.objects.get(pk=made["id"])
    StandardRecord.objects.filter(pk=record.pk).update(
        comments_until=timezone.localdate() - timedelta(days=1)
    )
    offices.reviewed(record)
    issue = {"after": "issued", "number": "DB51/T 9999-2026", "issued": day(0), "in_force": day(30)}
    wrong = post(approver, f"{address}/steps", issue | {"in_force": day(-1)}, 422)
    assert codes(wrong) == {"dates-out-of-order"}
    assert post(approver, f"{address}/steps", issue | {"reason": "Decision"})["after"] == "issued"
    found = accounts.browser().get(f"{address}/effects").json()
    assert {change["after"] for change in found["changes"]} == {"DB51/T 9999-2026"}
    assert (found["preview"], found["blocks"], found["displaced"]) == (False, False, [])
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"standard.step", "standard.comment", "standard.answer"} <= actions


def test_a_national_standard_shows_what_it_sets_off() -> None:
    owner = accounts.member(Role.OWNER)
    products.study(product={"name": "Baijiu", "code": str(standards.STRONG_AROMA)}, by=owner)
    old = standards.registered(standards.local())
    new = standards.registered()
    found = accounts.browser().get(f"{BASE}/{new.pk}/effects").json()
    assert [each["number"] for each in found["displaced"]] == [old.number]
    assert [(each["standard"]["number"], each["due"], each["done"]) for each in found["withdrawals"]] == [
        (old.number, "2027-01-01", False)
    ]
    assert (found["blocks"], found["studies_told"], found["stopped"]) == (True, 1, [])
    assert (old.number, new.number) in {(each["before"], each["after"]) for each in found["changes"]}
    refused = post(
        accounts.browser(owner), f"{BASE}/proposals", PROPOSAL | {"scope": [str(standards.STRONG_AROMA)]}, 422
    )
    assert new.number in refused["problems"][0]["what"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"scope": ["zuji:nonsense"]}, None),
        ({"region": "CN-XX"}, "region"),
        ({"region": ""}, "region"),
        ({"level": "national"}, "level"),
        ({"purpose": " "}, "purpose"),
        ({"converted_from": "T/NONE 1"}, "converted_from"),
        ({"scope": []}, "products"),
    ],
)
def test_a_wrong_proposal_is_refused_at_its_field(body: dict[str, Any], field: str | None) -> None:
    owner = accounts.browser(accounts.member(Role.OWNER))
    refused = post(owner, f"{BASE}/proposals", PROPOSAL | body, 422)
    assert field is None or field in {problem["place"]["field"] for problem in refused["problems"]}
    assert not StandardRecord.objects.exists()


def test_rights_are_those_of_the_pages_and_a_token_holds_no_appointment() -> None:
    offices = standards.Offices()
    record = offices.to_consultation(standards.proposed())
    home = accounts.organisation()
    system = accounts.caller(accounts.token(*accounts.api_client(of=home)))
    assert post(system, f"{BASE}/{record.pk}/comments", {"text": "?"})["organisation"] == home.name
    post(system, f"{BASE}/{record.pk}/steps", {"after": "examination"}, 403)
    post(system, f"{BASE}/proposals", PROPOSAL, 403)
    remark = record.comments.get()
    answer = {"answer": "refused", "reason": "No"}
    post(system, f"{BASE}/{record.pk}/comments/{remark.pk}/answer", answer, 403)
    reader = accounts.caller(accounts.token(*accounts.api_client(of=home, scopes=["standards:read"])))
    post(reader, f"{BASE}/{record.pk}/comments", {"text": "?"}, 403)
    visitor = accounts.browser()
    for path, body in (("comments", {"text": "?"}), ("steps", {"after": "examination"})):
        answered = visitor.post(f"{BASE}/{record.pk}/{path}", body, content_type="application/json")
        assert answered.status_code == 401
    post(accounts.browser(accounts.member(Role.VIEWER)), f"{BASE}/{record.pk}/comments", {"text": "?"}, 403)
    assert record.comments.count() == 1


def test_comments_end_with_the_last_day_and_no_step_is_skipped() -> None:
    offices = standards.Offices()
    record = offices.consulted(standards.proposed())
    late = post(accounts.browser(accounts.member()), f"{BASE}/{record.pk}/comments", {"text": "?"}, 409)
    assert codes(late) == {"not-in-consultation"}
    post(accounts.browser(offices.approver), f"{BASE}/{record.pk}/steps", {"after": "issued"}, 409)
    entry = standards.registered()
    post(accounts.browser(accounts.member()), f"{BASE}/{entry.pk}/comments", {"text": "?"}, 404)
    other = standards.proposed()
    for path in ("steps", "comments", "effects"):
        assert accounts.browser(accounts.member()).get(f"{BASE}/{other.pk}/{path}").status_code == 404
