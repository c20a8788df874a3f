"""The trail: appended only, chained, and not to be rewritten, not even by raw SQL."""

from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests.web.factories import accounts
from zuji_web.accounts.actors import Actor
from zuji_web.audit import queries
from zuji_web.audit.actions import event_hash, record
from zuji_web.audit.models import AuditEvent, AuditHead

pytestmark = pytest.mark.django_db


def some_events() -> list[AuditEvent]:
    home = accounts.organisation()
    owner = accounts.owner(home)
    for number in range(3):
        record(action="test.note", subject=home, by=owner, payload={"number": number, "word": "铝"})
    return list(AuditEvent.objects.all())


def without_triggers(statement: str, *parameters: object) -> None:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_auditevent_no_update")
            cursor.execute("DROP TRIGGER audit_auditevent_no_delete")
        cursor.execute(statement, parameters)


def test_events_are_numbered_and_chained() -> None:
    events = some_events()
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert events[0].previous_hash == "0" * 64
    assert all(later.previous_hash == earlier.hash for earlier, later in pairwise(events))
    assert all(event.hash == event_hash(event) for event in events)


def test_a_whole_chain_is_found_whole() -> None:
    events = some_events()
    found = queries.verify()
    assert (found.events, found.last_hash, found.broken_at) == (len(events), events[-1].hash, None)


def test_an_empty_chain_is_whole() -> None:
    assert queries.verify().broken_at is None


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_auditevent SET actor = 'x'", "DELETE FROM audit_auditevent"]
)
def test_raw_sql_is_refused_by_the_database(statement: str) -> None:
    before = [(event.pk, event.hash) for event in some_events()]
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert [(event.pk, event.hash) for event in AuditEvent.objects.all()] == before


def test_the_models_refuse_as_well() -> None:
    event = some_events()[0]
    for deed in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(actor="x"),
        lambda: AuditEvent.objects.bulk_update([event], ["actor"]),
    ):
        with pytest.raises(PermissionError):
            deed()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "somebody else"),
        ("payload", '{"number": 9}'),
        ("object_id", "9"),
        ("previous_hash", "1" * 64),
    ],
)
def test_tampering_is_found_where_it_happened(column: str, value: str) -> None:
    events = some_events()
    without_triggers(f"UPDATE audit_auditevent SET {column} = %s WHERE sequence = 2", value)
    assert queries.verify().broken_at == 2
    with pytest.raises(CommandError, match="2"):
        call_command("audit_verify")
    assert len(events) == AuditEvent.objects.count()


def test_a_removed_event_and_a_cut_off_tail_are_found() -> None:
    events = some_events()
    without_triggers("DELETE FROM audit_auditevent WHERE sequence = %s", len(events))
    assert queries.verify().broken_at == len(events)


def test_a_consistent_forgery_of_one_event_breaks_its_successor() -> None:
    forged = some_events()[1]
    forged.actor = "somebody else"
    without_triggers(
        "UPDATE audit_auditevent SET actor = %s, hash = %s WHERE sequence = 2",
        forged.actor,
        event_hash(forged),
    )
    assert queries.verify().broken_at == 3


def test_the_command_says_how_long_the_chain_is() -> None:
    events = some_events()
    said = StringIO()
    call_command("audit_verify", stdout=said)
    assert str(len(events)) in said.getvalue()
    assert events[-1].hash in said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    home = accounts.organisation()
    with pytest.raises(RuntimeError):
        record(action="test.note", subject=home, by=Actor())


def test_a_change_that_is_rolled_back_leaves_no_event() -> None:
    home = accounts.organisation()
    head = AuditHead.objects.get()

    def change_and_fail() -> None:
        with transaction.atomic():
            record(action="test.note", subject=home, by=accounts.owner(home))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert AuditHead.objects.get().sequence == head.sequence
    assert queries.verify().broken_at is None


def test_the_trail_of_an_object_outlives_it() -> None:
    home = accounts.organisation()
    key = str(home.pk)
    home.delete()
    assert AuditEvent.objects.filter(object_id=key, action="organisation.register").exists()
