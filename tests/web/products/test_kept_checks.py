"""The check that was kept on freezing counts; a check of today stands beside it as such."""

from dataclasses import replace
from typing import Any

import pytest

from tests.web.factories import accounts, products, standards
from tests.web.factories import reviews as people
from tests.web.factories.reviews import House
from zuji.model.conformity import CheckedItem, Conformity, Outcome
from zuji.text import Text
from zuji_web.products.models import ProductStudy, StudyConformity
from zuji_web.products.queries import conformity

pytestmark = pytest.mark.django_db


def page(house: House, study: ProductStudy, query: str = "") -> Any:
    answer = accounts.browser(house.reviewer).get(f"/products/{study.pk}/check/{query}")
    assert answer.status_code == 200
    return answer


@pytest.fixture
def house() -> House:
    return House()


def test_the_kept_check_stands_first_with_its_day_and_digest(house: House) -> None:
    study = people.conforming(house)
    row = StudyConformity.objects.get(study=study)
    answer = page(house, study)
    text = answer.content.decode()
    assert row.digest in text
    assert f"{row.on:%Y-%m-%d}" in text or f"{row.on.year}年" in text
    assert text.index("冻结时符合") < text.index("今天的检查") < text.index('id="check-verdict"')
    assert answer.context["rule"].key == row.rule
    assert answer.context["frozen_with"].differing == ()
    assert "各条目结果相同" in text


def test_where_today_says_otherwise_is_said_and_the_kept_one_stays(house: House) -> None:
    """A standard that came into force after freezing changes what a check of today finds."""
    study = people.reviewed(house, product={"name": "酒", "code": "zuji:baijiu-strong-aroma"})
    kept = conformity.read(StudyConformity.objects.get(study=study))
    standards.registered(standards.standard(rule="baijiu-strong-aroma", in_force=standards.standard().issued))
    answer = page(house, study)
    found = answer.context["frozen_with"]
    assert found.conformity == kept
    assert found.differing
    (each,) = found.differing
    assert each.item.id == "V2"
    codes = [[one.problem.code for one in item.shortcomings] for item in (each.then, each.now)]
    assert codes == [["rule.not_named"], ["rule.not_named", "rule.governing_not_used"]]
    assert "今天检查结果不同之处" in answer.content.decode()
    # Going by today's rule instead is still possible, and said to be another one.
    assert page(house, study, "?rule=gbt24067@1").context["frozen_with"].differing == found.differing


def test_another_rule_is_not_compared(house: House) -> None:
    answer = page(house, people.conforming(house), "?rule=pef@2021")
    assert answer.context["frozen_with"].differing is None
    assert "两者的条目不作比较" in answer.content.decode()


def test_a_draft_has_only_the_check_of_now(house: House) -> None:
    answer = page(house, products.study(by=house.modeller))
    assert answer.context["frozen_with"] is None
    assert 'id="kept"' not in answer.content.decode()


def item(name: str, outcome: Outcome) -> CheckedItem:
    return CheckedItem(id=name, title=Text(name, name), clause="", outcome=outcome, reason=Text("", ""))


def test_items_that_one_check_does_not_have_differ() -> None:
    then = Conformity(rule="r@1", items=(item("a", Outcome.MET), item("b", Outcome.MET)))
    now = Conformity(rule="r@1", items=(item("a", Outcome.MET), item("c", Outcome.NOT_MET)))
    gone, new = conformity.differing(then, now)[::-1]
    assert (new.item.id, new.then, new.now) == ("c", None, now.items[1])
    assert (gone.item.id, gone.then, gone.now) == ("b", then.items[1], None)


def test_other_words_alone_are_no_difference() -> None:
    then = Conformity(rule="r@1", items=(item("a", Outcome.MET),))
    now = Conformity(rule="r@1", items=(replace(item("a", Outcome.MET), reason=Text("另写", "reworded")),))
    assert conformity.differing(then, now) == ()
