"""The way into the API: problem documents, languages, sessions with CSRF, throttling, strict JSON."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpRequest
from django.test import Client as Browser
from django.test import RequestFactory

from tests.web.factories import accounts
from zuji.errors import InvalidInput, Place, problem
from zuji_web import gateway
from zuji_web.api import api
from zuji_web.jobs.models import Job

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def job(**values: Any) -> Job:
    return Job.objects.create(organisation=accounts.organisation(), kind="test", title="铝锭报告", **values)


def told(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == PROBLEM
    document = response.json()
    assert document["status"] == status
    assert document["type"].startswith("urn:zuji:problem:")
    return dict(document)


def test_a_visitor_is_asked_to_sign_in() -> None:
    answer = Browser().get("/api/v1/jobs")
    assert told(answer, 401)["title"] == "请登录或携带令牌"
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_what_does_not_exist_is_a_problem_document_too() -> None:
    browser = accounts.browser(accounts.member())
    told(browser.get(f"/api/v1/jobs/{uuid4()}"), 404)
    told(browser.get("/api/v1/no/such/route"), 404)


def test_a_missing_right_is_named() -> None:
    by = accounts.member()
    waiting = Job.objects.create(organisation=by.organisation, kind="test", title="x")
    assert (
        "member.manage" in told(accounts.browser(by).post(f"/api/v1/jobs/{waiting.pk}/cancel"), 403)["detail"]
    )


def test_a_state_that_does_not_fit_is_a_conflict() -> None:
    ended = job(state="done")
    owner = accounts.browser(accounts.owner(ended.organisation))
    answer = told(owner.post(f"/api/v1/jobs/{ended.pk}/cancel"), 409)
    assert answer["problems"][0]["code"] == "job_finished"


def test_a_wrong_parameter_is_located_and_explained() -> None:
    answer = told(accounts.browser(accounts.member()).get("/api/v1/jobs?limit=0&offset=x"), 422)
    places = {item["place"]["field"]: item["what"] for item in answer["problems"]}
    assert places["limit"] == "数值过小"
    assert "offset" in places


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        ("", "请登录或携带令牌"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "请登录或携带令牌"),
        ("en-GB,en;q=0.9,zh;q=0.1", "Sign in or send a token"),
        ("de,en;q=0.5", "Sign in or send a token"),
        ("fr", "请登录或携带令牌"),
        (";;;,q=", "请登录或携带令牌"),
    ],
)
def test_the_caller_chooses_the_language(accepted: str, title: str) -> None:
    answer = Browser().get("/api/v1/jobs", headers={"accept-language": accepted})
    assert told(answer, 401)["title"] == title


def test_chinese_stays_readable() -> None:
    made = job()
    owner = accounts.browser(accounts.owner(made.organisation))
    assert "铝锭报告".encode() in owner.get("/api/v1/jobs").content


def test_lists_come_in_pages() -> None:
    by = accounts.member()
    for number in range(5):
        Job.objects.create(organisation=by.organisation, kind="test", title=f"Job {number}")
    browser = accounts.browser(by)
    page = browser.get("/api/v1/jobs?limit=2&offset=4").json()
    assert (page["count"], page["limit"], page["offset"], len(page["items"])) == (5, 2, 4, 1)
    assert told(browser.get("/api/v1/jobs?limit=501"), 422)


def test_a_browsers_session_needs_the_csrf_token_for_changes() -> None:
    waiting = job(state="queued")
    browser = accounts.browser(accounts.owner(waiting.organisation), enforce_csrf_checks=True)
    address = f"/api/v1/jobs/{waiting.pk}/cancel"
    told(browser.post(address), 403)
    waiting.refresh_from_db()
    assert waiting.state == "queued"
    browser.get("/accounts/2fa/")
    token = browser.get("/organisation/members/").context["csrf_token"]
    assert browser.post(address, headers={"X-CSRFToken": str(token)}).status_code == 200


def test_a_system_with_a_token_needs_no_csrf_token() -> None:
    home = accounts.organisation()
    client, secret = accounts.api_client(of=home)
    mine = Job.objects.create(organisation=home, kind="test", title="x", client=client)
    token = accounts.token(client, secret)
    system = Browser(enforce_csrf_checks=True, headers={"authorization": f"Bearer {token}"})
    assert system.post(f"/api/v1/jobs/{mine.pk}/cancel").json()["state"] == "cancelled"


def test_visitors_are_slowed_down_and_told_when_to_return(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.throttle, "num_requests", 3)
    visitor = Browser()
    answers = [visitor.get("/api/v1/factors?limit=1").status_code for _time in range(3)]
    assert answers == [200, 200, 200]
    stopped = visitor.get("/api/v1/factors?limit=1")
    told(stopped, 429)
    assert int(stopped["Retry-After"]) > 0
    forwarded = visitor.get("/api/v1/factors?limit=1", headers={"X-Forwarded-For": "192.0.2.7"})
    assert forwarded.status_code == 429
    assert accounts.browser(accounts.member()).get("/api/v1/factors?limit=1").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b'{"x": NaN}',
        b'{"x": Infinity}',
        b'{"x": "\\u0000"}',
        b'{"x": "\\ud800"}',
        b"{",
        b"\xff",
        b"[" * 100_000,
        b"[" * 41 + b"]" * 41,
        b'{"a":' * 900 + b"1" + b"}" * 900,
    ],
)
def test_what_is_no_json_of_ours_is_refused(body: bytes) -> None:
    request = RequestFactory().post("/", data=body, content_type="application/json")
    with pytest.raises(gateway.HttpError) as error:
        gateway.StrictParser().parse_body(request)
    assert error.value.status_code == 400


def test_json_may_be_nested_as_deep_as_a_study_is() -> None:
    request = RequestFactory().post("/", data=b"[" * 40 + b"]" * 40, content_type="application/json")
    assert gateway.StrictParser().parse_body(request)


def test_pairs_of_surrogates_are_letters() -> None:
    request = RequestFactory().post("/", data=b'{"x": "\\ud83d\\udc63"}', content_type="application/json")
    assert gateway.StrictParser().parse_body(request) == {"x": "👣"}


def test_a_problem_keeps_its_place() -> None:
    found = InvalidInput(
        problem(
            "unit",
            "单位不明",
            "Unknown unit",
            cure_zh="改为 kg",
            cure_en="Use kg",
            place=Place(sheet="清单", row=12),
        )
    )
    answer = api.on_exception(HttpRequest(), found)
    (item,) = told(_with_json(answer), 422)["problems"]
    assert (item["code"], item["what"], item["cure"]) == ("unit", "单位不明", "改为 kg")
    assert (item["place"]["sheet"], item["place"]["row"]) == ("清单", 12)


def _with_json(response: Any) -> Any:
    import json

    response.json = lambda: json.loads(response.content)
    return response
