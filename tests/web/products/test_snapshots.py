"""A frozen study changes by no door; its snapshot verifies, and tampering is noticed."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.web.factories import accounts, reviews
from tests.web.factories.products import bare, demonstration, line
from tests.web.factories.products import study as draft
from tests.web.factories.results import frozen, signatory, tray
from zuji.errors import IncompleteStudy
from zuji.trust.canonical import canonical, digest
from zuji.trust.snapshot import from_bytes, verify
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.gateway import Conflict
from zuji_web.products.actions import edits, reports, snapshots, studies
from zuji_web.products.models import ProductStudy, StudyConformity, StudySnapshot, StudyState
from zuji_web.products.operations import Operation
from zuji_web.products.queries import results

pytestmark = pytest.mark.django_db


def page(name: str, made: ProductStudy) -> str:
    return reverse(f"products:{name}", args=[made.pk])


def api(made: ProductStudy, what: str) -> str:
    return f"/api/v1/studies/{made.pk}/{what}"


def test_freezing_stores_the_canonical_bytes_and_says_who() -> None:
    made = tray()
    by = signatory(made.organisation)
    row = snapshots.freeze(study=made, by=by)
    content = bytes(row.content)
    assert hashlib.sha256(content).hexdigest() == row.digest
    snapshot = from_bytes(content)
    assert verify(snapshot) == []
    assert snapshot.document["frozen_by"] == by.name
    assert snapshot.published["total"] == row.published_total == "804.18"
    assert row.published_unit == "kgCO2e/件"
    made.refresh_from_db()
    assert made.state == StudyState.FROZEN
    event = AuditEvent.objects.get(action="study.freeze")
    assert event.payload["digest"] == row.digest
    assert event.object_id == str(made.pk)


def test_the_simulation_that_was_seen_is_the_one_that_is_frozen() -> None:
    made = tray()
    reports.simulate(study=made, runs=150, seed=42, by=signatory(made.organisation))
    row = snapshots.freeze(study=made, by=signatory(made.organisation))
    assert from_bytes(bytes(row.content)).document["settings"] == {"uncertainty": 150, "seed": 42}


@pytest.mark.parametrize("role", [Role.MODELLER, Role.DATA_CLERK, Role.REVIEWER, Role.VIEWER, Role.ADMIN])
def test_only_signatories_and_owners_freeze(role: Role) -> None:
    made = tray()
    somebody = accounts.member(role, of=made.organisation)
    with pytest.raises(Denied):
        snapshots.freeze(study=made, by=somebody)
    assert accounts.browser(somebody).post(page("freeze", made)).status_code == 403
    assert accounts.browser(somebody).post(api(made, "freeze")).status_code == 403
    made.refresh_from_db()
    assert made.state == StudyState.DRAFT


def test_an_incomplete_study_is_refused_with_every_problem_located() -> None:
    made = draft(line(), bare("L2"), bare("L3"))
    by = signatory(made.organisation)
    with pytest.raises(IncompleteStudy) as refusal:
        snapshots.freeze(study=made, by=by)
    assert {problem.place.line for problem in refusal.value.problems} == {"L2", "L3"}
    answer = accounts.browser(by).post(page("freeze", made))
    assert answer.status_code == 422
    assert "研究未能冻结" in answer.content.decode()
    answer = accounts.browser(by).post(api(made, "freeze"))
    assert answer.status_code == 422
    assert {item["place"]["line"] for item in answer.json()["problems"]} == {"L2", "L3"}
    assert not StudySnapshot.objects.exists()
    assert not AuditEvent.objects.filter(action="study.freeze").exists()


def test_a_frozen_study_is_not_frozen_again() -> None:
    made = frozen()
    by = signatory(made.organisation)
    with pytest.raises(Conflict):
        snapshots.freeze(study=made, by=by)
    assert accounts.browser(by).post(api(made, "freeze")).status_code == 409


def test_a_twin_of_the_same_second_is_refused_and_frozen_a_second_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = tray()
    second = studies.copy(study=first, by=accounts.member(Role.OWNER, of=first.organisation))
    by = signatory(first.organisation)
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    kept = snapshots.freeze(study=first, by=by)
    with pytest.raises(Conflict) as refusal:
        snapshots.freeze(study=second, by=by)
    assert [problem.code for problem in refusal.value.problems] == ["snapshot-twin"]
    answer = accounts.browser(by).post(page("freeze", second))
    assert answer.status_code == 422
    assert "同一姓名" in answer.content.decode()
    assert accounts.browser(by).post(api(second, "freeze")).status_code == 409
    second.refresh_from_db()
    assert second.state == StudyState.DRAFT
    assert not StudyConformity.objects.filter(study=second).exists()
    assert not second.transitions.exists()
    assert AuditEvent.objects.filter(action="study.freeze").count() == 1
    monkeypatch.setattr(timezone, "now", lambda: noon + timedelta(seconds=1))
    later = snapshots.freeze(study=second, by=by)
    assert later.digest != kept.digest
    assert later.published_total == kept.published_total


def edit_calls(made: ProductStudy) -> list[tuple[str, str, Any]]:
    at = f"/api/v1/studies/{made.pk}"
    operation: Operation = {"op": "set", "path": ["lines", "gas", "item"], "value": "改"}
    return [
        ("post", f"{at}/edits", {"operations": [operation]}),
        ("put", at, {"document": made.document}),
        ("post", f"{at}/undo", {}),
        ("post", f"{at}/lines", {"line": {"item": "x"}}),
        ("patch", f"{at}/lines/gas", {"item": "x"}),
        ("delete", f"{at}/lines/gas", None),
        ("delete", at, None),
        ("post", f"{at}/matches", {"choices": [{"line": "power", "factor": "elec_cf_national_2023"}]}),
        ("post", f"{at}/uncertainty", {"runs": 100, "seed": 1}),
    ]


def test_no_door_of_the_platform_changes_a_frozen_study() -> None:
    made = frozen()
    owner = accounts.browser(accounts.member(Role.OWNER, of=made.organisation))
    before = made.document
    for method, address, body in edit_calls(made):
        answer = getattr(owner, method)(address, json.dumps(body), content_type="application/json")
        assert answer.status_code in {404, 405, 409}, (method, address, answer.content)
    for name in ("delete", "freeze", "simulate"):
        owner.post(page(name, made), {"runs": "100", "seed": "1"})
    by = accounts.member(Role.OWNER, of=made.organisation)
    with pytest.raises(Conflict):
        edits.replace(study=made, document=before, by=by)
    with pytest.raises(Conflict):
        edits.undo(study=made, by=by)
    with pytest.raises(Conflict):
        studies.delete(study=made, by=by)
    made.refresh_from_db()
    assert made.document == before
    assert made.state == StudyState.FROZEN


ROW_CHANGES = [
    "UPDATE products_productstudy SET document = '{}' WHERE state = 'frozen'",
    "UPDATE products_productstudy SET state = 'draft' WHERE state = 'frozen'",
    "UPDATE products_productstudy SET name = 'x', total = 1 WHERE state = 'frozen'",
    "DELETE FROM products_productstudy WHERE state = 'frozen'",
    "UPDATE products_studysnapshot SET digest = 'x'",
    "UPDATE products_studysnapshot SET published_total = '1'",
    "DELETE FROM products_studysnapshot",
]


@pytest.mark.parametrize("statement", ROW_CHANGES)
def test_the_database_itself_refuses(statement: str) -> None:
    made = frozen()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    made.refresh_from_db()
    assert made.state == StudyState.FROZEN
    assert results.verification(made.snapshot).holds


def test_the_orm_refuses_too() -> None:
    made = frozen()
    made.name = "other"
    with pytest.raises(DatabaseError), transaction.atomic():
        made.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        ProductStudy.objects.filter(pk=made.pk).update(document={})
    with pytest.raises(DatabaseError), transaction.atomic():
        StudySnapshot.objects.update(digest="x")
    with pytest.raises(PermissionError):
        made.snapshot.save()
    with pytest.raises(PermissionError):
        made.snapshot.delete()


def test_a_draft_beside_it_stays_free() -> None:
    frozen()
    other = tray()
    ProductStudy.objects.filter(pk=other.pk).update(name="renamed")
    other.refresh_from_db()
    assert other.name == "renamed"


def overwrite(made: ProductStudy, content: bytes, **columns: str) -> StudySnapshot:
    """What somebody with the keys of the database could do: drop the guard, then change the bytes."""
    with connection.cursor() as cursor:
        on_table = " ON products_studysnapshot" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER products_studysnapshot_no_update{on_table}")
    StudySnapshot.objects.filter(study=made).update(content=content, **columns)
    return StudySnapshot.objects.get(study=made)


def changed(row: StudySnapshot) -> dict[str, Any]:
    """The snapshot's content with a smaller amount of aluminium."""
    content = json.loads(bytes(row.content))
    line = next(one for one in content["study"]["processes"][1]["lines"] if one["id"] == "ingot")
    line["quantity"]["amount"] = 1.0
    return content  # type: ignore[no-any-return]


def test_a_changed_amount_is_noticed() -> None:
    made = frozen()
    checked = results.verification(overwrite(made, canonical(changed(made.snapshot))))
    assert not checked.holds
    assert {"snapshot-digest", "snapshot.changed"} <= {problem.code for problem in checked.problems}


def test_a_forger_who_mends_the_digests_inside_is_noticed() -> None:
    made = frozen()
    content = changed(made.snapshot)
    content["input_digest"] = digest(
        {key: content[key] for key in ("study", "factors", "gwp", "fuels", "settings")}
    )
    content["content_digest"] = digest({k: v for k, v in content.items() if k != "content_digest"})
    bytes_now = canonical(content)
    checked = results.verification(overwrite(made, bytes_now, digest=hashlib.sha256(bytes_now).hexdigest()))
    assert not checked.holds
    assert "snapshot.digits" in {problem.code for problem in checked.problems}


def test_a_changed_total_beside_whole_bytes_is_noticed() -> None:
    made = frozen()
    row = overwrite(made, bytes(made.snapshot.content), published_total="700.00")
    checked = results.verification(row)
    assert "snapshot-total" in {problem.code for problem in checked.problems}


def test_rubbish_is_noticed_and_the_pages_still_answer() -> None:
    made = frozen()
    overwrite(made, b"not a snapshot")
    reader = accounts.browser(accounts.member(Role.VIEWER, of=made.organisation))
    answer = reader.post(page("verify", made))
    assert answer.status_code == 200
    assert "快照未通过核验" in answer.content.decode()
    for name in ("snapshot", "result", "report"):
        assert reader.get(page(name, made)).status_code == 200, name
    assert reader.post(api(made, "verify")).json()["holds"] is False


def test_anybody_of_the_organisation_verifies_on_page_and_interface() -> None:
    made = frozen()
    reader = accounts.browser(accounts.member(Role.VIEWER, of=made.organisation))
    text = reader.post(page("verify", made)).content.decode()
    assert "核验通过" in text
    assert "804.18" in text
    told = reader.post(api(made, "verify")).json()
    assert told["holds"] is True
    assert told["published_total"] == told["recalculated_total"] == "804.18"
    assert told["digest"] == made.snapshot.digest


def test_the_snapshot_is_downloaded_byte_for_byte() -> None:
    made = frozen()
    reader = accounts.browser(accounts.member(Role.VIEWER, of=made.organisation))
    assert reader.get(page("snapshot_json", made)).content == bytes(made.snapshot.content)
    told = reader.get(api(made, "snapshot")).json()
    assert canonical(told["content"]) == bytes(made.snapshot.content)
    assert told["digest"] == made.snapshot.digest


def test_a_draft_has_no_snapshot() -> None:
    made = tray()
    reader = accounts.browser(accounts.member(Role.VIEWER, of=made.organisation))
    assert reader.get(page("snapshot", made)).status_code == 404
    assert reader.get(api(made, "snapshot")).status_code == 409
    assert reader.post(api(made, "verify")).status_code == 409


def test_a_new_version_begins_from_the_frozen_one_and_leaves_it() -> None:
    made = frozen()
    owner = accounts.member(Role.OWNER, of=made.organisation)
    new = studies.new_version(study=made, by=owner)
    operation: Operation = {"op": "set", "path": ["lines", "gas", "quantity", "amount"], "value": 1.0}
    edits.edit(study=new, operations=[operation], by=owner)
    assert results.result(made).evaluated is not None
    assert results.verification(made.snapshot).holds
    browser = accounts.browser(owner)
    text = browser.get(page("snapshot", made)).content.decode()
    assert page("workbench", new) in text
    assert "804.18" in browser.get(page("result", made)).content.decode()


def test_a_study_in_review_is_not_told_to_be_a_draft() -> None:
    house = reviews.House()
    with pytest.raises(Conflict) as refusal:
        studies.new_version(study=reviews.submitted(house), by=house.modeller)
    assert [problem.code for problem in refusal.value.problems] == ["study-in-review"]


def test_a_verified_study_is_not_simulated_again() -> None:
    house = reviews.House()
    study = reviews.verified(house)
    with pytest.raises(Conflict):
        reports.simulate(study=study, runs=100, seed=1, by=house.modeller)


def test_a_study_that_somebody_deleted_meanwhile_is_not_there() -> None:
    made = tray()
    owner = accounts.member(Role.OWNER, of=made.organisation)
    studies.delete(study=ProductStudy.objects.get(pk=made.pk), by=owner)
    for act in (
        lambda: edits.replace(study=made, document=made.document, by=owner),
        lambda: snapshots.freeze(study=made, by=owner),
        lambda: studies.delete(study=made, by=owner),
    ):
        with pytest.raises(Http404):
            act()


def test_a_frozen_result_does_not_follow_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Superseding a factor changes no frozen study: its result comes from the snapshot alone."""
    made = frozen()

    def no_library() -> None:
        raise AssertionError("a frozen study read the library")

    monkeypatch.setattr(results, "library", no_library)
    results._thawed.cache_clear()
    found = results.result(made)
    assert found.evaluated is not None
    assert found.agrees


def test_the_owner_of_a_worked_example_is_nobody() -> None:
    example = demonstration()
    for role in (Role.OWNER, Role.SIGNATORY):
        guest = accounts.browser(accounts.member(role))
        assert guest.post(page("freeze", example)).status_code == 403
        assert guest.post(api(example, "freeze")).status_code == 403


def test_a_visitor_cannot_freeze() -> None:
    assert Browser().post(page("freeze", demonstration())).status_code == 302
