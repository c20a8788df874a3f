"""One kWh of a certificate is used once, over all organisations, also when two freeze at once."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.web.factories import products
from tests.web.factories.products import line
from tests.web.factories.reviews import House, fresh, version_of
from zuji_web.gateway import Conflict
from zuji_web.products import drafts
from zuji_web.products.actions import edits, publishing, snapshots
from zuji_web.products.models import CertificateClaim, ProductStudy, StudySnapshot, StudyState
from zuji_web.products.queries import claims

NUMBER = "GEC00000000000000000000000000001"


def green(kwh: float, number: str = NUMBER) -> dict[str, Any]:
    """A line that uses kWh of a certificate, which stands for 1,000 kWh in all."""
    certificate = {
        "number": number,
        "kwh": kwh,
        "cancelled_on": "2024-12-31",
        "cancelled_for": "示范制造有限公司",
        "generated": "2024-06",
    }
    detail = {
        "treatment": "contract",
        "attributes": True,
        "sole_claim": True,
        "tracked": True,
        "close_in_time": True,
        "same_market": True,
        "certificates": [certificate],
    }
    return line(quantity={"amount": kwh, "unit": "kWh"}, factor="elec_cf_wind_2024", electricity=detail)


def study(house: House, kwh: float, number: str = NUMBER) -> ProductStudy:
    return products.study(green(kwh, number), by=house.modeller)


def freeze(of: ProductStudy, house: House) -> ProductStudy:
    snapshots.freeze(study=of, by=house.signatory)
    return fresh(of)


@pytest.mark.django_db
def test_more_than_is_left_is_refused_without_telling_whose_it_is() -> None:
    one, other = House(), House()
    freeze(study(one, 600), one)
    second = study(other, 600, NUMBER.lower().replace("GEC", "gec-"))
    with pytest.raises(Conflict) as refusal:
        freeze(second, other)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.place.line) == (claims.USED_ELSEWHERE, "L1")
    assert "600" in problem.what.en
    assert one.organisation.name not in str(problem)
    assert fresh(second).state == StudyState.DRAFT
    assert not StudySnapshot.objects.filter(study=second).exists()
    assert CertificateClaim.objects.count() == 1
    freeze(study(other, 400), other)


@pytest.mark.django_db
def test_a_draft_sees_what_others_have_taken() -> None:
    one, other = House(), House()
    freeze(study(one, 600), one)
    second = study(other, 400)
    seen = claims.of_study(second, drafts.read(second.document).study)
    assert seen.claimed(NUMBER) == 600
    assert seen.claimed("GEC00000000000000000000000000002") == 0


@pytest.mark.django_db
def test_the_next_version_of_a_study_uses_the_same_kwh() -> None:
    house = House()
    first = freeze(study(house, 900), house)
    later = version_of(first, house)
    assert claims.of_study(later, drafts.read(later.document).study).claimed(NUMBER) == 0
    words = {"op": "set", "path": ["note"], "value": "the same again"}
    edits.edit(study=later, operations=[words], by=house.modeller)
    freeze(fresh(later), house)
    assert CertificateClaim.objects.count() == 2
    # Two versions that replace one another count once.
    stranger = House()
    assert freeze(study(stranger, 100), stranger).state == StudyState.FROZEN
    with pytest.raises(Conflict):
        freeze(study(stranger, 1), stranger)


@pytest.mark.django_db
def test_withdrawing_gives_the_certificate_back() -> None:
    one, other = House(), House()
    first = freeze(study(one, 1000), one)
    publishing.withdraw(study=first, reason="Wrong meter", by=one.signatory)
    assert claims.standing(first)[0].released_at is not None
    assert freeze(study(other, 1000), other).state == StudyState.FROZEN


@pytest.mark.django_db
def test_claims_are_never_rewritten() -> None:
    house = House()
    freeze(study(house, 600), house)
    for statement in (
        "UPDATE products_certificateclaim SET kwh = 1",
        "DELETE FROM products_certificateclaim",
        "UPDATE products_certificateclaim SET number = 'x'",
    ):
        with (
            pytest.raises(DatabaseError, match="written once"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_that_freeze_at_once_one_gets_the_certificate() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs row locks")
    houses = [House(), House()]
    studies = [study(house, 700) for house in houses]
    begin, outcomes = threading.Barrier(2), []

    def go(at: int) -> None:
        try:
            begin.wait(timeout=10)
            freeze(studies[at], houses[at])
            outcomes.append("frozen")
        except Conflict as refusal:
            outcomes.append(refusal.problems[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(at,)) for at in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == [claims.USED_ELSEWHERE, "frozen"]
    assert CertificateClaim.objects.count() == 1
    assert sorted(fresh(each).state for each in studies) == ["draft", "frozen"]
