"""Thresholds and grades over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.factories import accounts, grades
from zuji_web.grades.queries import sets as reading

pytestmark = pytest.mark.django_db
BASE = "/api/v1/thresholds"


@pytest.fixture
def offices() -> grades.Offices:
    made = grades.Offices()
    made.eleven()
    return made


def test_anybody_reads_thresholds_in_force_today_and_before(offices: grades.Offices) -> None:
    one = offices.published()
    visitor = accounts.browser()
    asked = {"product": grades.PRODUCT, "rule": grades.RULE}
    found = visitor.get(f"{BASE}/in-force", asked).json()
    row = reading.derivation_of(one)
    assert row is not None
    assert (found["id"], found["state"], found["digest"]) == (str(one.pk), "in_force", row.digest)
    values = found["values"]
    assert [values[name] for name in ("benchmark", "base", "limit")] == [1.2, 1.5, 1.8]
    assert (values["unit"], values["samples"], values["firms"]) == ("1 L", 11, 11)
    assert [step["after"] for step in found["history"]][-1] == "published"
    before = timezone.localdate() - timedelta(days=1)
    assert visitor.get(f"{BASE}/in-force", {**asked, "on": before.isoformat()}).status_code == 404
    assert visitor.get(f"{BASE}/in-force", {**asked, "rule": "gbt24067@1"}).status_code == 404


def test_sets_in_preparation_are_not_listed_for_others(offices: grades.Offices) -> None:
    draft, public = offices.begun(), offices.consulted()
    offices.commented(public)
    visitor, officer = accounts.browser(), accounts.browser(offices.deriver)
    assert [each["id"] for each in visitor.get(BASE).json()["items"]] == [str(public.pk)]
    assert officer.get(BASE).json()["count"] == 2
    assert visitor.get(f"{BASE}/{draft.pk}").status_code == 404
    assert visitor.get(f"{BASE}/{public.pk}").json()["comments"][0]["text"] == "The limit is too strict."
    assert visitor.get(BASE, {"state": "in_force"}).json()["items"] == []
    assert visitor.get(BASE, {"product": "zuji:tea"}).json()["count"] == 0
    assert "actor" not in visitor.get(f"{BASE}/{public.pk}").content.decode()


def test_the_grade_of_a_study_comes_with_its_gate(offices: grades.Offices) -> None:
    offices.published()
    study = grades.verified(2.0)
    owner = accounts.browser(accounts.owner(study.organisation))
    found = owner.get(f"/api/v1/studies/{study.pk}/grade").json()
    assert (found["reached"], found["told"]["en"]) == ("benchmark", "Meets the benchmark value")
    assert [item["met"] for item in found["gate"]] == [True] * 10
    other = grades.verified(2.0, level="reasonable")
    owner = accounts.browser(accounts.owner(other.organisation))
    found = owner.get(f"/api/v1/studies/{other.pk}/grade").json()
    assert (found["reached"], found["value"], found["distances"]) == ("not_comparable", None, {})
    assert [item["id"] for item in found["gate"] if not item["met"]] == ["verification"]
    assert owner.get(f"/api/v1/studies/{study.pk}/grade").status_code == 404
    assert accounts.browser().get(f"/api/v1/studies/{other.pk}/grade").status_code == 401
