"""What becomes of a frozen study: opinions, filing, disclosure, a later version, withdrawal."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.web.factories import accounts, reviews
from tests.web.factories.reviews import PDF, House, attach, fresh
from zuji.errors import InvalidInput, ZujiError
from zuji.model.statements import ReviewKind
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.gateway import Conflict
from zuji_web.products.actions import edits, opinions, publishing, snapshots
from zuji_web.products.actions import reviews as acting
from zuji_web.products.models import ProductStudy, StudyDisclosure, StudyState, VerificationOpinion
from zuji_web.products.queries import reviews as reading
from zuji_web.products.queries import standing

pytestmark = pytest.mark.django_db


def codes(refusal: pytest.ExceptionInfo[ZujiError]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def page(name: str, *values: object) -> str:
    return reverse(f"products:{name}", args=values)


def disclosed(house: House) -> ProductStudy:
    study = reviews.conforming(house)
    publishing.disclose(study=study, audience="public", by=house.signatory)
    return fresh(study)


def test_a_disclosure_cannot_be_rewritten() -> None:
    study = disclosed(House())
    for change in ({"audience": "named"}, {"valid_until": dt.date(2099, 1, 1)}, {"number": "ZJ-0"}):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            StudyDisclosure.objects.filter(study=study).update(**change)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        StudyDisclosure.objects.filter(study=study)._raw_delete("default")


def test_a_positive_opinion_verifies_and_stays_as_it_came() -> None:
    house = House()
    study = reviews.reviewed(house)
    row = attach(study, house, valid_until=timezone.localdate() + dt.timedelta(days=365))
    study = fresh(study)
    assert study.state == StudyState.VERIFIED
    assert row.snapshot_digest == study.snapshot.digest
    answer = accounts.browser(house.modeller).get(page("opinion_file", study.pk, row.pk))
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        VerificationOpinion.objects.update(conclusion="correction")
    internal, outside = reading.as_model(study)
    assert (internal.kind, internal.reviewer) == (ReviewKind.INTERNAL, str(house.reviewer.user))
    assert (outside.kind, outside.independent, outside.level) == (ReviewKind.VERIFICATION, True, "limited")


def test_a_demanded_correction_stops_the_study() -> None:
    house = House()
    study = reviews.conforming(house)
    attach(study, house, conclusion="correction", text="Steam is missing")
    study = fresh(study)
    assert (study.state, standing.of_study(study).code) == ("frozen", "corrective")
    for act in (
        lambda: attach(study, house),
        lambda: publishing.disclose(study=study, audience="public", by=house.signatory),
    ):
        with pytest.raises(Conflict) as refusal:
            act()
        assert codes(refusal) == {"correction-demanded"}


def test_a_study_frozen_without_review_goes_no_further() -> None:
    house = House()
    study = reviews.clean(house)
    snapshots.freeze(study=study, by=house.signatory)
    for act in (
        lambda: attach(study, house),
        lambda: publishing.disclose(study=study, audience="public", by=house.signatory),
    ):
        with pytest.raises(Conflict) as refusal:
            act()
        assert "not-reviewed" in codes(refusal)
    with pytest.raises(Conflict):
        publishing.file(study=study, document="1", by=house.signatory)
    assert fresh(study).state == StudyState.FROZEN


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"independent": False}, "not-independent"),
        ({"level": ""}, "value-missing"),
        ({"kind": "praise"}, "value-missing"),
        ({"text": " "}, "value-missing"),
        ({"date": reviews.yesterday}, "opinion-date"),
        ({"date": dt.date(2999, 1, 1)}, "opinion-date"),
        ({"valid_until": reviews.yesterday}, "opinion-past"),
        ({"body_code": "91510000MA0000000X"}, "credit_code"),
        ({"body": "OWNER"}, "body-is-owner"),
    ],
)
def test_an_opinion_with_a_mistake_is_refused(values: dict[str, object], code: str) -> None:
    house = House()
    study = reviews.reviewed(house)
    given = {name: value() if callable(value) else value for name, value in values.items()}
    if given.get("body") == "OWNER":
        given["body"] = f" {house.organisation.name} "
    with pytest.raises(InvalidInput) as refusal:
        attach(study, house, **given)
    assert any(found.startswith(code) for found in codes(refusal)), codes(refusal)
    assert not VerificationOpinion.objects.exists()
    assert fresh(study).state == StudyState.FROZEN


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("opinion.exe", PDF),
        ("opinion.pdf", b"MZ" + PDF),
        ("opinion.pdf", PDF.replace(b"%%EOF", b"")),
        ("opinion.pdf", b""),
        ("opinion.pdf", PDF[:9] + b" " * (opinions.MOST_BYTES + 1) + PDF[9:]),
    ],
)
def test_only_whole_pdf_files_of_some_size_are_kept(name: str, content: bytes) -> None:
    house = House()
    study = reviews.reviewed(house)
    with pytest.raises(InvalidInput) as refusal:
        opinions.attach(
            study=study, opinion=reviews.opinion(), name=name, content=content, by=house.signatory
        )
    assert codes(refusal) == {"opinion-file"}


@pytest.mark.parametrize("role", [Role.MODELLER, Role.REVIEWER, Role.DATA_CLERK, Role.VIEWER, Role.ADMIN])
def test_only_who_signs_publishes(role: Role) -> None:
    house = House()
    study = reviews.conforming(house)
    by = accounts.member(role, of=house.organisation)
    for act in (
        lambda: opinions.attach(study=study, opinion=reviews.opinion(), name="a.pdf", content=PDF, by=by),
        lambda: publishing.file(study=study, document="1", by=by),
        lambda: publishing.disclose(study=study, audience="public", by=by),
        lambda: publishing.supersede(study=study, by=by),
        lambda: publishing.withdraw(study=study, reason="Wrong", by=by),
    ):
        with pytest.raises(Denied):
            act()
    assert fresh(study).state == StudyState.FROZEN


def test_a_study_that_does_not_conform_is_neither_filed_nor_disclosed() -> None:
    house = House()
    study = reviews.reviewed(house)
    with pytest.raises(Conflict) as refusal:
        publishing.disclose(study=study, audience="public", by=house.signatory)
    assert codes(refusal) == {"not-conforming"}
    attach(study, house)
    with pytest.raises(Conflict) as refusal:
        publishing.file(study=fresh(study), document="1", by=house.signatory)
    assert codes(refusal) == {"not-conforming"}


def test_filing_comes_after_verification_and_has_a_number() -> None:
    house = House()
    study = reviews.conforming(house)
    with pytest.raises(Conflict):
        publishing.file(study=study, document="SC-1", by=house.signatory)
    attach(study, house)
    with pytest.raises(InvalidInput):
        publishing.file(study=study, document=" ", by=house.signatory)
    publishing.file(study=study, document="SC-1", by=house.signatory)
    assert fresh(study).state == StudyState.FILED
    assert study.transitions.last().document == "SC-1"  # type: ignore[union-attr]


def test_a_public_disclosure_is_read_by_everybody_and_shows_no_inventory() -> None:
    house = House()
    study = disclosed(house)
    number = study.disclosure.number
    text = Browser().get(page("published", number)).content.decode()
    assert study.snapshot.digest in text
    assert house.organisation.name in text
    assert study.snapshot.published_total in text.replace("\u202f", "").replace(" ", "")
    for line in study.document["processes"][0]["lines"]:
        assert line["item"] not in text
    assert str(house.reviewer.user) not in text
    assert Browser().get(page("published", "PCF-2026-22222222")).status_code == 404


def test_a_limited_disclosure_is_read_by_the_named_only() -> None:
    house = House()
    study = reviews.conforming(house)
    reader = accounts.member(Role.VIEWER)
    assert reader.organisation
    for audience, readers in (("limited", []), ("public", [reader.organisation]), ("some", [])):
        with pytest.raises(InvalidInput):
            publishing.disclose(study=study, audience=audience, readers=readers, by=house.signatory)
    with pytest.raises(InvalidInput):
        publishing.disclose(
            study=study, audience="public", valid_until=timezone.localdate(), by=house.signatory
        )
    made = publishing.disclose(
        study=study, audience="limited", readers=[reader.organisation], by=house.signatory
    )
    address = page("published", made.number)
    assert accounts.browser(reader).get(address).status_code == 200
    assert accounts.browser(house.modeller).get(address).status_code == 200
    assert accounts.browser(accounts.member()).get(address).status_code == 404
    assert Browser().get(address).status_code == 404


def test_a_withdrawn_study_shows_no_number_and_cannot_come_back() -> None:
    house = House()
    study = disclosed(house)
    with pytest.raises(InvalidInput):
        publishing.withdraw(study=study, reason=" ", by=house.signatory)
    publishing.withdraw(study=study, reason="The meter was wrong", by=house.signatory)
    text = Browser().get(page("published", study.disclosure.number)).content.decode()
    assert "The meter was wrong" in text
    assert "figure-large" not in text
    study = fresh(study)
    for act in (
        lambda: attach(study, house),
        lambda: publishing.file(study=study, document="1", by=house.signatory),
        lambda: publishing.withdraw(study=study, reason="Again", by=house.signatory),
        lambda: snapshots.freeze(study=study, by=house.signatory),
    ):
        with pytest.raises(Conflict):
            act()


def test_a_later_version_takes_the_place() -> None:
    house = House()
    study = disclosed(house)
    with pytest.raises(Conflict) as refusal:
        publishing.supersede(study=study, by=house.signatory)
    assert codes(refusal) == {"no-successor"}
    later = reviews.version_of(study, house)
    twin = reviews.version_of(study, house)
    freeze_reviewed(later, house)
    with pytest.raises(Conflict) as refusal:
        snapshots.freeze(study=twin, by=house.signatory)
    assert codes(refusal) == {"version-frozen"}
    publishing.supersede(study=study, by=house.signatory)
    assert fresh(study).state == StudyState.SUPERSEDED
    assert Browser().get(page("published", study.disclosure.number)).status_code == 200


def test_a_version_without_review_takes_no_reviewed_ones_place() -> None:
    """The disclosed version stays what the public sees until a later one has been reviewed."""
    house = House()
    study = disclosed(house)
    second = reviews.version_of(study, house)
    snapshots.freeze(study=second, by=house.signatory)
    signatory = accounts.browser(house.signatory)
    with pytest.raises(Conflict) as refusal:
        publishing.supersede(study=study, by=house.signatory)
    assert codes(refusal) == {"successor-not-reviewed"}
    assert signatory.post(f"/api/v1/studies/{study.pk}/succession").status_code == 409
    shown = signatory.get(page("review", study.pk)).content.decode()
    assert page("supersede", study.pk) not in shown
    assert "不能代替经过复核的版本" in shown
    public = Browser().get(page("published", study.disclosure.number)).content.decode()
    assert "figure-large" in public
    assert fresh(study).state == StudyState.DISCLOSED
    # The version after it is reviewed, and takes the place of both.
    third = reviews.version_of(fresh(second), house)
    freeze_reviewed(third, house)
    assert page("supersede", study.pk) in signatory.get(page("review", study.pk)).content.decode()
    publishing.supersede(study=study, by=house.signatory)
    publishing.supersede(study=second, by=house.signatory)
    step = fresh(study).transitions.get(after=StudyState.SUPERSEDED)
    assert step.facts == {"successor": str(third.pk), "version": 3}
    made = publishing.disclose(study=fresh(third), audience="public", by=house.signatory)
    assert made.number in Browser().get(page("published", study.disclosure.number)).content.decode()


def test_a_version_that_cannot_be_disclosed_takes_no_disclosed_ones_place() -> None:
    house = House()
    study = disclosed(house)
    later = reviews.version_of(study, house)
    change = {"op": "set", "path": ["statements"], "value": None}
    edits.edit(study=later, operations=[change], by=house.modeller)
    freeze_reviewed(later, house, reasons="Accepted for use inside")
    with pytest.raises(Conflict) as refusal:
        publishing.supersede(study=study, by=house.signatory)
    assert codes(refusal) == {"successor-not-disclosable"}
    assert fresh(study).state == StudyState.DISCLOSED


def test_a_withdrawn_version_is_passed_over() -> None:
    house = House()
    study = disclosed(house)
    second = reviews.version_of(study, house)
    freeze_reviewed(second, house)
    third = reviews.version_of(fresh(second), house)
    publishing.withdraw(study=fresh(second), reason="A wrong meter", by=house.signatory)
    with pytest.raises(Conflict) as refusal:
        publishing.supersede(study=study, by=house.signatory)
    assert codes(refusal) == {"no-successor"}
    freeze_reviewed(third, house)
    publishing.supersede(study=study, by=house.signatory)
    assert fresh(study).state == StudyState.SUPERSEDED


def test_a_draft_kept_inside_is_replaced_by_another_without_review() -> None:
    """Where neither was reviewed, nothing is lost by the step."""
    house = House()
    first = reviews.clean(house)
    snapshots.freeze(study=first, by=house.signatory)
    second = reviews.version_of(fresh(first), house)
    amend(second, house)
    snapshots.freeze(study=second, by=house.signatory)
    publishing.supersede(study=first, by=house.signatory)
    assert fresh(first).state == StudyState.SUPERSEDED


def test_a_study_is_disclosed_once_also_after_it_was_filed() -> None:
    house = House()
    study = reviews.verified(house)
    made = publishing.disclose(study=study, audience="public", by=house.signatory)
    publishing.file(study=fresh(study), document="备 1", by=house.signatory)
    with pytest.raises(Conflict) as refusal:
        publishing.disclose(study=fresh(study), audience="public", by=house.signatory)
    assert codes(refusal) == {"already-disclosed"}
    assert made.number in str(refusal.value)
    browser = accounts.browser(house.signatory)
    shown = browser.get(page("review", study.pk)).content.decode()
    assert page("disclose", study.pk) not in shown
    assert browser.post(page("disclose", study.pk), {"audience": "public"}).status_code == 422
    assert Browser().get(page("published", made.number)).status_code == 200


def amend(study: ProductStudy, house: House) -> None:
    """A version is something else than the one before it."""
    change = {"op": "set", "path": ["product", "model"], "value": f"No. {study.version}"}
    edits.edit(study=study, operations=[change], by=house.modeller)


def freeze_reviewed(study: ProductStudy, house: House, reasons: str = "") -> None:
    """Changes, submits, reviews, passes and freezes a draft."""
    amend(study, house)
    acting.submit(study=study, by=house.modeller)
    reviews.ask(house, study)
    acting.pass_review(study=study, reasons=reasons, by=house.reviewer)
    snapshots.freeze(study=study, by=house.signatory)


def test_expiry_follows_from_the_date() -> None:
    house = House()
    study = reviews.conforming(house)
    end = timezone.localdate() + dt.timedelta(days=30)
    attach(study, house, valid_until=end)
    study = fresh(study)
    assert standing.of_study(study, on=end).code == "verified"
    after = standing.of_study(study, on=end + dt.timedelta(days=1))
    assert (after.code, after.expired_on, after.state) == ("expired", end, "verified")
    assert {p.code for p in standing.hindrances(study, on=end + dt.timedelta(days=1))} == {"study-expired"}


def test_the_forms_publish_and_say_what_is_wrong() -> None:
    house = House()
    study = reviews.conforming(house)
    browser = accounts.browser(house.signatory)
    given = {
        "kind": "verification",
        "body": "Body",
        "standard": "ISO 14064-3:2019",
        "level": "reasonable",
        "date": timezone.localdate().isoformat(),
        "conclusion": "positive",
        "text": "Fine",
        "independent": "on",
    }
    wrong = {**given, "file": SimpleUploadedFile("opinion.pdf", b"not a PDF")}
    assert browser.post(page("opinion_attach", study.pk), wrong).status_code == 422
    right = {**given, "file": SimpleUploadedFile("opinion.pdf", PDF)}
    assert browser.post(page("opinion_attach", study.pk), right).status_code == 302
    assert browser.post(page("file", study.pk), {"document": "SC-7"}).status_code == 302
    unknown = {"audience": "limited", "codes": "91510000MA0000000X"}
    assert browser.post(page("disclose", study.pk), unknown).status_code == 422
    other = accounts.organisation()
    known = {"audience": "limited", "codes": other.credit_code.lower()}
    assert browser.post(page("disclose", study.pk), known).status_code == 302
    assert list(fresh(study).disclosure.readers.all()) == [other]
    assert browser.post(page("supersede", study.pk)).status_code == 422
    assert browser.post(page("withdraw", study.pk), {"reason": ""}).status_code == 422
    assert browser.post(page("withdraw", study.pk), {"reason": "Wrong"}).status_code == 302
    assert browser.get(page("review", study.pk)).status_code == 200
