"""The shipped library, loaded once for the tests that only read it."""

import pytest

from tests.web.factories import factors


@pytest.fixture
def shipped(db: None) -> None:
    factors.load_shipped()
