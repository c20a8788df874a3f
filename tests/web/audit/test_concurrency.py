"""Many at once: the chain stays one chain. Needs a database that several connections share."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.web.factories import accounts
from zuji_web.accounts.models import Organisation
from zuji_web.audit import queries
from zuji_web.audit.actions import record

pytestmark = pytest.mark.django_db(transaction=True)


def note(home: Organisation) -> None:
    try:
        with transaction.atomic():
            record(action="test.note", subject=home, by=accounts.owner(home))
    finally:
        connection.close()


def test_events_written_at_the_same_time_are_chained_one_after_the_other() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the test database of SQLite lives in one connection")
    home = accounts.organisation()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(note, [home] * 40))
    found = queries.verify()
    assert (found.events, found.broken_at) == (41, None)
