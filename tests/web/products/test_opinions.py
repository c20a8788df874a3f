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
from zuji_web.products.actions import opinions, publishing, snapshots
from zuji_web.products.models import ProductStudy, StudyState, VerificationOpinion
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
    snapshots.freeze(study=later, by=house.signatory)
    with pytest.raises(Conflict) as refusal:
        snapshots.freeze(study=twin, by=house.signatory)
    assert codes(refusal) == {"version-frozen"}
    publishing.supersede(study=study, by=house.signatory)
    assert fresh(study).state == StudyState.SUPERSEDED
    assert Browser().get(page("published", study.disclosure.number)).status_code == 200


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
