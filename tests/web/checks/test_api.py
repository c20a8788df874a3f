"""Checks over the API."""

from typing import Any

import pytest

from tests.web.factories import accounts, checks, products
from zuji_web.accounts.permissions import Role

pytestmark = pytest.mark.django_db


def test_smoke() -> None:
    by = products.modeller()
    checks.loaded()
    study = checks.whole(by=by)
    rule = checks.adopted()
    browser = accounts.browser(by)
    a = browser.get(f"/api/studies/{study.pk}/check")
    assert a.status_code == 200, a.content
    a = browser.get(f"/api/studies/{study.pk}/rules?rule={rule.key}&rule=pef@2021")
    assert a.status_code == 200, a.content
    print(a.json())
