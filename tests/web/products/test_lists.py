"""Lists cost the same however long they are, and versions however many there are."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.factories import accounts, products
from tests.web.factories import reviews as people
from tests.web.factories.reviews import House
from zuji_web.products.actions import comments, snapshots
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import lineage, reviews, standing

pytestmark = pytest.mark.django_db
MANY = 30


def queries(browser: Browser, address: str) -> int:
    """How many queries an answer takes, once what is remembered is remembered."""
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/products/", "/api/v1/studies?limit=100", "/products/reviews/"])
def test_thirty_studies_cost_as_much_as_two(address: str) -> None:
    house = House()
    browser = accounts.browser(house.owner)
    for _at in range(2):
        people.submitted(house)
    few = queries(browser, address)
    for number in range(MANY - 2):
        people.submitted(house, product={"name": f"产品 {number}"})
    assert queries(browser, address) == few


def lined_up(house: House, number: int) -> ProductStudy:
    """The newest of so many versions, each frozen but the last."""
    study = products.study(by=house.modeller, product={"name": "样品", "model": "1"})
    for at in range(2, number + 1):
        snapshots.freeze(study=study, by=house.signatory)
        study = people.version_of(people.fresh(study), house)
        ProductStudy.objects.filter(pk=study.pk).update(
            document=study.document | {"product": {"name": "样品", "model": f"{at}"}}
        )
        study = people.fresh(study)
    return study


def before(study: ProductStudy) -> ProductStudy:
    """The version that a study continues."""
    assert study.previous is not None
    return study.previous


def test_the_page_of_versions_costs_the_same_for_three_and_for_nine() -> None:
    house = House()
    browser = accounts.browser(house.reviewer)
    few, many = lined_up(house, 3), lined_up(house, 9)
    page: Any = [reverse("products:review", args=[study.pk]) for study in (few, many)]
    assert queries(browser, page[1]) == queries(browser, page[0])


def test_versions_stand_in_their_line() -> None:
    house = House()
    last = lined_up(house, 3)
    middle = before(last)
    first = before(middle)
    side = people.version_of(first, house)
    alone = products.study(by=house.modeller)
    assert lineage.ancestors(last) == [middle, first]
    assert lineage.root(last) == lineage.root(side) == lineage.root(first) == first.pk
    assert set(lineage.descendants(first)) == {middle, last, side}
    assert set(standing.versions(side)) == {first, middle, last, side}
    assert standing.versions(alone) == [alone]
    assert lineage.descendants(last) == []


def test_whoever_wrote_an_earlier_version_is_an_author_of_the_later() -> None:
    house = House()
    last = lined_up(house, 3)
    other = people.version_of(before(last), house)
    assert house.modeller.identity in reviews.authors(last)
    assert reviews.authors(other) == reviews.authors(last)
    assert house.reviewer.identity not in reviews.authors(last)


def test_a_comment_costs_the_workbench_no_query_a_line() -> None:
    house = House()
    study = people.assigned(house, *products.many_lines(20))
    browser = accounts.browser(house.modeller)
    page = reverse("products:workbench", args=[study.pk])
    comments.add(study=study, line="L1", text="One", by=house.reviewer)
    few = queries(browser, page)
    for number in range(2, 12):
        comments.add(study=study, line=f"L{number}", text="More", by=house.reviewer)
    assert queries(browser, page) == few
