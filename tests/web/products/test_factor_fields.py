"""Codes of datasets in forms: the library's, the own organisation's, and nobody else's."""

from typing import Any

import pytest
from django.urls import reverse

from tests.web.factories import accounts, databases, products
from zuji.model.factors import FactorKind
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Role
from zuji_web.databases.actions import factors
from zuji_web.factors.models import OwnFactor
from zuji_web.factors.queries import library
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import calculation

pytestmark = pytest.mark.django_db
REFUSED = "本组织自有因子中都没有这个编码"


def offered(by: Actor) -> OwnFactor:
    """A product of an inventory database that its organisation uses as a factor."""
    version = databases.imported(by=by)
    index = databases.index(version, "steel")
    return factors.offer(version=version, index=index, kind=FactorKind.PRODUCT_FOOTPRINT, by=by)


@pytest.fixture
def by() -> Actor:
    return accounts.member(Role.OWNER)


@pytest.fixture
def made(by: Actor) -> ProductStudy:
    """A study whose process credits a co-product, with a scenario beside it."""
    main = {
        "id": "main",
        "name": "生产",
        "allocation": "substitution",
        "allocation_reason": "ISO 14067 6.4.6",
        "outputs": [
            {"product": "样品", "quantity": {"amount": 1.0, "unit": "kg"}},
            {"product": "钢屑", "quantity": {"amount": 1.0, "unit": "kg"}},
        ],
        "lines": [products.line(quantity={"amount": 100.0, "unit": "kWh"})],
    }
    scenario = {"id": "s1", "name": "绿电", "changes": []}
    return products.study(by=by, processes=[main], scenarios=[scenario])


def seen(made: ProductStudy, page: str, by: Actor) -> str:
    """What the hidden field of the only form of a page says."""
    answer = accounts.browser(by).get(reverse(f"products:{page}", args=[made.pk]))
    return str(answer.context["cards"][0]["form"]["seen"].value())


def credited(made: ProductStudy, code: str, by: Actor) -> Any:
    """The answer to the form of the process, with the co-product replacing a dataset."""
    at = "main-outputs"
    values = {
        "save": "main",
        "main-seen": seen(made, "processes", by),
        "main-name": "生产",
        "main-allocation": "substitution",
        "main-allocation_reason": "ISO 14067 6.4.6",
        "main-controlled": "on",
        f"{at}-TOTAL_FORMS": "2",
        f"{at}-INITIAL_FORMS": "2",
        f"{at}-0-product": "样品",
        f"{at}-0-amount": "1",
        f"{at}-0-unit": "kg",
        f"{at}-1-product": "钢屑",
        f"{at}-1-amount": "1",
        f"{at}-1-unit": "kg",
        f"{at}-1-avoided_factor": code,
    }
    return accounts.browser(by).post(reverse("products:processes", args=[made.pk]), values)


def changed(made: ProductStudy, code: str, by: Actor) -> Any:
    """The answer to the form of the scenario, with another factor for the line."""
    values = {
        "save": "s1",
        "s1-seen": seen(made, "scenarios", by),
        "s1-name": "绿电",
        "s1-changes-TOTAL_FORMS": "1",
        "s1-changes-INITIAL_FORMS": "0",
        "s1-changes-0-line": "L1",
        "s1-changes-0-factor": code,
    }
    return accounts.browser(by).post(reverse("products:scenarios", args=[made.pk]), values)


def stored(made: ProductStudy) -> dict[str, Any]:
    document: dict[str, Any] = ProductStudy.objects.get(pk=made.pk).document
    return document


def test_a_co_product_is_credited_with_an_own_factor(made: ProductStudy, by: Actor) -> None:
    own = offered(by)
    assert credited(made, products.CEMENT, by).status_code == 302
    before = calculation.live(ProductStudy.objects.get(pk=made.pk)).total
    assert credited(made, own.code, by).status_code == 302
    live = calculation.live(ProductStudy.objects.get(pk=made.pk))
    cement = library().source.get(products.CEMENT)
    assert live.complete
    assert before is not None
    assert live.total is not None
    # One kilogram of steel is credited instead of one kilogram of cement.
    assert live.total - before == pytest.approx(_per_kilogram(cement) - own.factor().total)


def _per_kilogram(factor: Any) -> float:
    return float(factor.value) / (1000 if factor.per == "t" else 1)


@pytest.mark.parametrize("enter", [credited, changed])
def test_strangers_factors_and_unknown_codes_are_refused(enter: Any, made: ProductStudy, by: Actor) -> None:
    foreign = offered(accounts.member(Role.OWNER))
    before = stored(made)
    for code in (foreign.code, "no_such_dataset"):
        answer = enter(made, code, by)
        assert answer.status_code == 422
        assert REFUSED in answer.content.decode()
    assert stored(made) == before


def test_a_scenario_takes_an_own_factor(made: ProductStudy, by: Actor) -> None:
    own = offered(by)
    assert changed(made, own.code, by).status_code == 302
    assert stored(made)["scenarios"][0]["changes"] == [{"line": "L1", "factor": own.code}]
