"""Codes of datasets in forms are found by words, the organisation's own among them."""

from typing import Any

from playwright.sync_api import expect

from tests.web.factories import accounts, databases, products
from zuji.model.factors import FactorKind
from zuji_web.accounts.permissions import Role
from zuji_web.databases.actions import factors


def test_words_offer_the_library_and_ones_own_factors(
    enter: Any, live_server: Any, library: None, complaints: list[str]
) -> None:
    by = accounts.member(Role.OWNER)
    version = databases.imported(by=by)
    own = factors.offer(
        version=version, index=databases.index(version, "steel"), kind=FactorKind.PRODUCT_FOOTPRINT, by=by
    )
    study = products.study(by=by)
    page = enter(by)
    page.goto(f"{live_server.url}/products/{study.pk}/processes/")
    field = page.locator("zuji-factor-field input").first
    field.press_sequentially("steel process")
    offers = page.locator("zuji-factor-field").first.locator("datalist option")
    expect(page.locator(f"zuji-factor-field option[value='{own.code}']").first).to_be_attached(
        timeout=60_000  # the first answer of a process reads what it matches with
    )
    assert offers.count() > 1
    field.fill(products.CEMENT[:12])
    expect(page.locator(f"zuji-factor-field option[value='{products.CEMENT}']").first).to_be_attached()
