"""Forms that no page would send: answered in words, never with a failure."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from tests.web.factories import accounts, products
from zuji_web.site import SoundTextMiddleware

pytestmark = pytest.mark.django_db
DEEP = '{"product__name": ' + "[" * 900 + "]" * 900 + "}"
NO_LISTS = ["-1", "null", "[]", '"a"', "NaN", "{", "[" * 2000, DEEP]


@pytest.mark.parametrize("page", ["product", "statements"])
@pytest.mark.parametrize("seen", NO_LISTS)
def test_what_somebody_says_they_saw_may_be_anything(page: str, seen: str) -> None:
    owner = accounts.owner(accounts.organisation())
    study = products.study(by=owner)
    address = reverse(f"products:{page}", args=[study.pk])
    answer = accounts.browser(owner).post(address, {"seen": seen, "product__name": "Other"})
    assert answer.status_code in {200, 302, 409, 422}


def test_a_form_loses_the_sign_that_no_database_holds_and_nothing_else() -> None:
    request = RequestFactory().post("/", {"text": "a\0b", "line": ["1\0", "\0", "2"], "sound": " ü\n"})
    SoundTextMiddleware(lambda _request: pytest.fail("not asked")).process_view(request)
    assert dict(request.POST.lists()) == {"text": ["ab"], "line": ["1", "", "2"], "sound": [" ü\n"]}
