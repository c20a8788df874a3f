"""Open studies checked again: who may, what is kept, and what is told to whom."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.web.factories import accounts, checks, products
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.checks.actions import rechecks, running
from zuji_web.checks.models import Recheck, StudyCheck
from zuji_web.checks.queries import checking
from zuji_web.gateway import Conflict
from zuji_web.jobs.models import Job, JobState
from zuji_web.products.actions import edits
from zuji_web.products.models import ProductStudy
from zuji_web.rulebook.models import RuleVersion

pytestmark = pytest.mark.django_db
NOTHING_ACCEPTED = "period: 600\n"


def run(by: Actor, rule: RuleVersion, **options: Any) -> Recheck:
    return rechecks.begin(rule=rule, by=by, **options)


def fresh(by: Actor, rule: RuleVersion) -> Recheck:
    """A run that has not begun."""
    assert by.organisation is not None
    return Recheck.objects.create(rule=rule, organisation=by.organisation, home=by.organisation)


def job_of(found: Recheck) -> Job:
    assert found.job_id is not None
    return Job.objects.get(pk=found.job_id)


def test_adoption_checks_the_open_studies_of_every_organisation() -> None:
    first = checks.adopted()
    homes = [products.modeller() for _ in range(3)]
    for by in homes:
        checks.naming(first.key, by=by)
    checks.naming("test-electricity", by=homes[0])
    checks.naming("gbt24067@1", by=homes[0])
    second = checks.adopted("primary: [electricity]\n", version="2")
    found = Recheck.objects.get(rule=second)
    assert found.organisation is None
    assert (found.studies, found.organisations) == (4, 3)
    assert found.passed + found.not_met == 4
    assert found.finished_at is not None
    assert set(StudyCheck.objects.values_list("rule", flat=True)) == {second.key}


def test_what_is_kept_is_what_the_page_says() -> None:
    by = products.modeller()
    rule = checks.adopted()
    study = checks.naming(rule.key, by=by)
    run(by, rule)
    kept = StudyCheck.objects.get(study=study)
    conformity = accounts.browser(by).get(f"/products/{study.pk}/check/").context["conformity"]
    assert kept.passed == conformity.passed
    assert [item["outcome"] for item in kept.outcome["items"]] == [item.outcome for item in conformity.items]
    assert kept.errors == sum(each.severity == "error" for _item, each in conformity.shortcomings)
    assert kept.total == pytest.approx(2 * 0.5777)
    assert kept.revision == study.revision


def test_frozen_studies_stay_as_they_are() -> None:
    from zuji_web.products.actions import snapshots

    by = accounts.owner(accounts.organisation())
    rule = checks.adopted()
    study = checks.naming(rule.key, by=by)
    snapshots.freeze(study=study, by=by)
    assert run(by, rule).studies == 0
    assert not StudyCheck.objects.exists()


def test_only_what_changed_is_calculated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    by = products.modeller()
    rule = checks.adopted()
    studies = [checks.naming(rule.key, by=by) for _ in range(4)]
    asked: list[str] = []
    honest = checking.counted

    def counted(document: dict[str, Any], using: Any) -> checking.Examined:
        asked.append(document["id"])
        return honest(document, using)

    monkeypatch.setattr(running, "counted", counted)
    run(by, rule)
    assert len(asked) == 4
    before = run(by, rule)
    assert len(asked) == 4
    edits.edit(study=studies[0], operations=[{"op": "set", "path": ["note"], "value": "x"}], by=by)
    after = run(by, rule)
    assert asked[4:] == [studies[0].document["id"]]
    assert (after.passed, after.not_met, after.items) == (before.passed, before.not_met, before.items)
    assert StudyCheck.objects.count() == 4


def test_certificates_are_looked_at_again_though_the_study_did_not_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by = products.modeller()
    rule = checks.adopted()
    certificate = {"number": "GEC-1", "kwh": 2.0}
    power = products.line(electricity={"treatment": "contract", "certificates": [certificate]})
    checks.naming(rule.key, by=by)
    products.study(power, rule=rule.key, by=by)
    asked: list[object] = []
    honest = checking.counted

    def counted(document: dict[str, Any], using: Any) -> checking.Examined:
        asked.append(document)
        return honest(document, using)

    monkeypatch.setattr(running, "counted", counted)
    run(by, rule)
    run(by, rule)
    assert len(asked) == 3


def test_queries_do_not_grow_with_the_studies() -> None:
    by = products.modeller()
    rule = checks.adopted()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            running.run(fresh(by, rule), lambda _share: None)
        return len(queries)

    checks.naming(rule.key, by=by)
    one = asked()
    for _ in range(12):
        checks.naming(rule.key, by=by)
    StudyCheck.objects.all().delete()
    assert asked() <= one


def test_a_stricter_version_tells_how_many_no_longer_conform() -> None:
    by = products.modeller()
    rule = checks.adopted()
    study = checks.naming(rule.key, by=by)
    run(by, rule)
    # As if it had conformed to the version that it names.
    StudyCheck.objects.filter(study=study).update(passed=True)
    stricter = checks.adopted(version="2")
    found = Recheck.objects.get(rule=stricter)
    assert (found.newly_not_met, found.newly_passed) == (1, 0)


def test_progress_is_told_and_ends_at_the_whole() -> None:
    by = products.modeller()
    rule = checks.adopted()
    for _ in range(3):
        checks.naming(rule.key, by=by)
    told: list[float] = []
    found = fresh(by, rule)
    running.run(found, told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_run_is_a_job_that_leads_to_its_counts() -> None:
    by = products.modeller()
    found = checks.recheck(by)
    job = job_of(found)
    assert job.state == JobState.DONE
    assert job.organisation == by.organisation
    assert job.result_url.endswith(f"/rules/rechecks/{found.pk}/")
    assert accounts.browser(by).get(job.result_url).status_code == 200


def test_drafts_are_tried_not_run_and_only_adopters_run_over_everybody() -> None:
    with pytest.raises(Conflict):
        run(products.modeller(), checks.draft(version="7"))
    rule = checks.adopted()
    for role in Role:
        with pytest.raises(Denied):
            run(accounts.member(role), rule, everywhere=True)
    with pytest.raises(Denied):
        run(accounts.appointed("rule_editor"), rule, everywhere=True)
    with pytest.raises(Denied):
        run(Actor(user=accounts.user()), rule)


def test_who_no_longer_adopts_does_not_run_over_everybody(settings: Any) -> None:
    from zuji_web.accounts.models import Appointment
    from zuji_web.jobs import runner

    rule = checks.adopted()
    approver = accounts.appointed("standards_approver")
    checks.naming(rule.key)
    settings.JOBS_RUN_AT_ONCE = False
    found = run(approver, rule, everywhere=True)
    Appointment.objects.filter(user=approver.user).update(revoked_at=timezone.now())
    runner.run(str(found.job_id))
    assert job_of(found).state == JobState.FAILED
    assert not StudyCheck.objects.exists()


def test_the_approver_sees_counts_and_nobodys_studies() -> None:
    rule = checks.adopted()
    secret = products.study(rule=rule.key, product={"name": "秘密产品"})
    approver = accounts.appointed("standards_approver")
    found = run(approver, rule, everywhere=True)
    page = accounts.browser(approver).get(f"/rules/rechecks/{found.pk}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert found.studies == 1
    assert "秘密产品" not in text
    assert str(secret.pk) not in text
    assert secret.organisation.name not in text
    assert "仅计数" in text


def test_the_page_of_a_run_lists_the_own_studies() -> None:
    by = products.modeller()
    found = checks.recheck(by)
    study = ProductStudy.objects.get(organisation=by.organisation)
    text = accounts.browser(by).get(f"/rules/rechecks/{found.pk}/").content.decode()
    assert f"/products/{study.pk}/check/" in text
    other = accounts.browser(products.modeller())
    assert other.get(f"/rules/rechecks/{found.pk}/").status_code == 404


def test_it_is_begun_from_the_page_of_the_rule() -> None:
    by = products.modeller()
    rule = checks.adopted()
    browser = accounts.browser(by)
    answer = browser.post(f"/rules/{rule.pk}/recheck/")
    assert answer.status_code == 302
    assert "没有未冻结的研究采用此规则" in browser.get(answer["Location"]).content.decode()
    assert browser.post(f"/rules/{rule.pk}/recheck/", {"everywhere": "1"}).status_code == 403
    assert browser.get(f"/rules/{rule.pk}/recheck/").status_code == 405
    assert accounts.browser().post(f"/rules/{rule.pk}/recheck/").status_code == 302
