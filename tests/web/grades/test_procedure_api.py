"""Lending samples, deriving, trying, consulting and publishing over the API: as on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from tests.web.factories import accounts, grades
from zuji_web.accounts.actions import appointments
from zuji_web.accounts.models import Membership
from zuji_web.accounts.permissions import Role
from zuji_web.audit.models import AuditEvent
from zuji_web.grades.models import StoredSample, ThresholdSet

pytestmark = pytest.mark.django_db
BASE = "/api/v1/thresholds"
PLAN = {"rule": grades.RULE, "product": grades.PRODUCT, "method": "percentile@1"}


@pytest.fixture
def offices() -> grades.Offices:
    made = grades.Offices()
    made.eleven()
    return made


def post(browser: Browser, path: str, body: Any, status: int = 201) -> Any:
    answer = browser.post(path, body, content_type="application/json")
    assert answer.status_code == status, answer.content
    if status >= 400:
        assert answer["Content-Type"].startswith("application/problem+json")
    return answer.json()


def codes(document: Any) -> set[str]:
    return {problem["code"] for problem in document["problems"]}


def test_a_set_goes_its_whole_way_over_the_api(offices: grades.Offices) -> None:
    deriver, approver = accounts.browser(offices.deriver), accounts.browser(offices.approver)
    made = post(deriver, BASE, PLAN)
    address = f"{BASE}/{made['id']}"
    assert (made["state"], made["values"]["benchmark"], made["values"]["firms"]) == ("sampled", 1.2, 11)
    again = post(
        deriver, f"{address}/derivations", {"shares": {"benchmark": 0.1}, "note": "A stricter benchmark"}
    )
    assert (again["number"], again["met"], again["values"]["benchmark"]) == (2, True, 1.1)
    assert all(check["met"] and check["title"]["en"] for check in again["checks"])
    assert deriver.get(f"{address}/derivation").json() == again
    tried = deriver.get(f"{address}/simulation", {"limit": "1.6"}).json()
    assert (tried["products"], tried["changed"], tried["passing"]["limit"]) == (11, True, 7)
    assert tried["passing"]["beyond"] == 4
    assert [step["after"] for step in deriver.get(f"{address}/steps").json()] == ["proposed"]
    post(deriver, f"{address}/steps", {"after": "proposed", "reason": "Fit"})
    until = timezone.localdate() + timedelta(days=30)
    step = {"after": "consulted", "reason": "Notice", "comments_until": until.isoformat()}
    assert codes(post(deriver, f"{address}/steps", step, 422)) == {"value-missing"}
    paper = {"file_name": "draft.pdf", "file": "JVBERi0lJUVPRg=="}
    assert post(deriver, f"{address}/steps", step | paper)["facts"]["comments_until"] == until.isoformat()
    remark = post(
        accounts.browser(accounts.member()), f"{address}/comments", {"text": "Too strict", "about": "limit"}
    )
    publish = {
        "after": "published",
        "reason": "Decision",
        "document": "Decision 7",
        "in_force": timezone.localdate().isoformat(),
    }
    held = post(approver, f"{address}/steps", publish, 422)
    assert len(codes(held)) == 2, "a comment without answer, and the consultation runs"
    answered = {"answer": "refused", "reason": "It is what nine of ten meet."}
    assert post(deriver, f"{address}/comments/{remark['id']}/answer", answered, 200)["answer"] == "refused"
    ThresholdSet.objects.filter(pk=made["id"]).update(comments_until=timezone.localdate() - timedelta(days=1))
    post(deriver, f"{address}/steps", publish, 403)
    assert post(approver, f"{address}/steps", publish)["after"] == "published"
    found = (
        accounts.browser().get(f"{BASE}/in-force", {"product": grades.PRODUCT, "rule": grades.RULE}).json()
    )
    assert found["id"] == made["id"]
    assert [each["after"] for each in found["history"]] == ["sampled", "proposed", "consulted", "published"]
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"grades.set.derive", "grades.set.step", "grades.set.comment", "grades.set.answer"} <= actions


def test_whoever_derived_does_not_publish_under_another_appointment(offices: grades.Offices) -> None:
    one = offices.over()
    both = offices.deriver.user
    assert both is not None
    person = accounts.member(Role.VIEWER, person=both)
    home = Membership.objects.get(user=both, organisation=person.organisation)
    appointments.appoint(
        membership=home, area="standards_approver", reason="Letter", by=appointments.OPERATOR
    )
    publish = {
        "after": "published",
        "reason": "Decision",
        "document": "Decision 7",
        "in_force": timezone.localdate().isoformat(),
    }
    refused = post(accounts.browser(person), f"{BASE}/{one.pk}/steps", publish, 422)
    assert "own-derivation" in codes(refused)
    one.refresh_from_db()
    assert one.state == "consulted"


def test_rights_are_peoples_and_never_a_tokens(offices: grades.Offices) -> None:
    one = offices.consulted()
    home = accounts.organisation()
    owner = accounts.browser(accounts.owner(home))
    system = accounts.caller(accounts.token(*accounts.api_client(Role.MODELLER, of=home)))
    before = ThresholdSet.objects.count(), one.transitions.count()
    for caller in (owner, system):
        post(caller, BASE, PLAN, 403)
        post(caller, f"{BASE}/{one.pk}/derivations", {}, 403)
        post(caller, f"{BASE}/{one.pk}/steps", {"after": "proposed", "reason": "Back"}, 403)
        assert caller.get(f"{BASE}/{one.pk}/simulation").status_code == 403
        assert caller.get(f"{BASE}/samples").status_code == 403
        assert caller.get(f"{BASE}/samples/waiting").status_code == 403
        assert caller.get(f"{BASE}/{one.pk}/steps").json() == []
    assert (ThresholdSet.objects.count(), one.transitions.count()) == before
    assert accounts.browser().post(BASE, PLAN, content_type="application/json").status_code == 401
    assert post(system, f"{BASE}/{one.pk}/comments", {"text": "From our system"})["organisation"] == home.name
    reader = accounts.caller(accounts.token(*accounts.api_client(of=home, scopes=["standards:read"])))
    post(reader, f"{BASE}/{one.pk}/comments", {"text": "?"}, 403)


def test_a_set_in_preparation_is_not_there_for_others(offices: grades.Offices) -> None:
    one = offices.begun()
    other = accounts.browser(accounts.member())
    for path in ("derivation", "simulation", "steps"):
        assert other.get(f"{BASE}/{one.pk}/{path}").status_code == 404
    post(other, f"{BASE}/{one.pk}/comments", {"text": "?"}, 404)
    post(accounts.browser(offices.deriver), f"{BASE}/{one.pk}/comments", {"text": "?"}, 403)


def test_a_firm_lends_and_revokes_and_another_officer_confirms() -> None:
    offices = grades.Offices()
    study = grades.verified()
    owner = accounts.browser(accounts.owner(study.organisation))
    address = f"/api/v1/studies/{study.pk}/sample"
    assert owner.get(address).status_code == 404
    body = {"agreed": True, "purpose": "thresholds", "production": 100.0, "production_unit": "t"}
    post(owner, address, body | {"agreed": False}, 422)
    post(accounts.browser(accounts.member(Role.MODELLER, of=study.organisation)), address, body, 403)
    post(accounts.browser(accounts.member(Role.OWNER)), address, body, 404)
    lent = post(owner, address, body)
    assert (lent["counts"], lent["standing"]["en"]) == (False, "Verification to be confirmed")
    post(owner, address, body, 409)
    second = accounts.browser(offices.second)
    (waiting,) = second.get(f"{BASE}/samples/waiting").json()
    assert (waiting["id"], waiting["alias"]) == (lent["id"], lent["alias"])
    assert study.organisation.name not in str(waiting)
    found = {"confirmed": True, "reason": "In the register"}
    post(owner, f"{BASE}/samples/{lent['id']}/findings", found, 403)
    assert post(second, f"{BASE}/samples/{lent['id']}/findings", found)["confirmed"] is True
    (held,) = second.get(f"{BASE}/samples").json()
    assert (held["counting"], held["firms"], held["middle"]) == (1, 1, None)
    assert owner.get(address).json()["counts"] is True
    revoked = post(owner, f"{address}/revoke", {"reason": "No more"}, 200)
    assert (revoked["counts"], revoked["revoked_at"] is not None) == (False, True)
    post(owner, f"{address}/revoke", {}, 409)
    assert StoredSample.objects.count() == 1


def test_a_trial_needs_values_and_enough_firms() -> None:
    offices = grades.Offices()
    one = offices.begun()
    answer = accounts.browser(offices.deriver).get(f"{BASE}/{one.pk}/simulation")
    assert answer.status_code == 409
    assert codes(answer.json()) == {"nothing-to-try"}
    tried = accounts.browser(offices.deriver).get(f"{BASE}/{one.pk}/simulation", {"limit": "NaN"})
    assert tried.status_code == 422


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"rule": "nothing@1"}, "unknown-choice"),
        ({"method": "nothing@1"}, "unknown-choice"),
        ({"product": " "}, "value-missing"),
        ({"firms": 1, "note": "few"}, None),
        ({"shares": {"limit": 0.5}}, None),
        ({"applies_from": "2026-01-01"}, "day-out-of-bounds"),
    ],
)
def test_a_wrong_plan_is_refused_and_begins_nothing(body: dict[str, Any], code: str | None) -> None:
    offices = grades.Offices()
    refused = post(accounts.browser(offices.deriver), BASE, PLAN | body, 422)
    assert refused["problems"]
    assert code is None or codes(refused) == {code}
    assert not ThresholdSet.objects.exists()
