"""Two people at the same moment. Needs a database that several connections share."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from tests.web.factories import accounts, grades, standards
from zuji.errors import ZujiError
from zuji_web.gateway import Conflict
from zuji_web.grades.actions import sets
from zuji_web.grades.models import ThresholdSet
from zuji_web.standards.models import StandardRecord

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the test database of SQLite lives in one connection")


def together(*calls: Callable[[], object]) -> list[object]:
    """What each call returned or refused, all begun at the same moment."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return call()
        except ZujiError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def refused(found: list[object]) -> Iterator[object]:
    return (each for each in found if isinstance(each, Conflict))


def test_two_proposals_get_two_numbers() -> None:
    people = [accounts.owner(accounts.organisation()) for _ in range(4)]
    found = together(*(lambda by=by: standards.proposed(by=by) for by in people))
    assert all(isinstance(each, StandardRecord) for each in found), found
    numbers = sorted(each.working_number for each in found)  # type: ignore[attr-defined]
    assert [number[-3:] for number in numbers] == ["001", "002", "003", "004"]


def test_two_secretaries_derive_two_sets() -> None:
    offices = grades.Offices()
    offices.confirmed()
    plan = sets.Plan(rule=grades.RULE, product=grades.PRODUCT, method="percentile@1")
    officers = (offices.deriver, offices.second)
    found = together(*(lambda by=by: sets.begin(plan=plan, by=by) for by in officers))
    assert all(isinstance(each, ThresholdSet) for each in found), found
    assert sorted(ThresholdSet.objects.values_list("number", flat=True)) == [1, 2]


def test_a_set_is_published_once_and_a_step_taken_once() -> None:
    offices = grades.Offices()
    offices.eleven()
    one = offices.over()
    people = (offices.approver, accounts.appointed("standards_approver"))
    given = grades.given(in_force=timezone.localdate())
    publish = (lambda by=by: sets.step(one=one, after="published", by=by, given=given) for by in people)
    assert len(list(refused(together(*publish)))) == 1
    assert [each.after for each in one.transitions.all()].count("published") == 1
    record = standards.proposed()
    chair = standards.Offices()
    approve = (lambda: chair.take(record, "approved", by=chair.approver),) * 2
    assert len(list(refused(together(*approve)))) == 1
    assert [each.after for each in record.transitions.all()] == ["proposed", "approved"]
