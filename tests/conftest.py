"""What every test has: no network beyond this machine, empty rate limits, a database that can be emptied."""

from collections.abc import Iterator
from typing import Any

import pytest
import pytest_socket
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import settings

# No test is timed: an example may be slow because the machine is busy.
settings.register_profile("untimed", settings.default, deadline=None)
settings.load_profile("untimed")
LOOPBACK = ["127.0.0.1", "localhost", "::1"]


def pytest_runtest_setup() -> None:
    pytest_socket.socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _fresh_start() -> Iterator[None]:
    cache.clear()
    with translation.override("zh-hans"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Tables that are written once refuse the DELETE by which SQLite is emptied after transactional tests."""
    if connection.vendor != "sqlite":
        yield
        return
    flush = connection.ops.execute_sql_flush

    def flush_past_triggers(statements: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers: list[tuple[str, Any]] = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(statements)
            for _name, sql in triggers:
                cursor.execute(sql)

    connection.ops.execute_sql_flush = flush_past_triggers  # type: ignore[method-assign]
    yield
    connection.ops.execute_sql_flush = flush  # type: ignore[method-assign]
