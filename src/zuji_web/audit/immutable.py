"""Triggers that refuse to change or delete rows, for migrations of tables that are written once."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Truncation is left to the owner of the database: it empties a table visibly instead of rewriting it.
_SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {event} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION zuji_written_once() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME; END $$"
)
_POSTGRESQL = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {event} ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION zuji_written_once()"
)


def written_once(table: str, *columns: str) -> migrations.RunPython:
    """A migration operation after which `table` takes inserts only; reversible.

    With `columns`, only these are frozen, so that a reference to a deleted person can still be emptied.
    """
    events = {"update": f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE", "delete": "DELETE"}

    def forward(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        if vendor == "postgresql":
            editor.execute(_FUNCTION, params=None)
        template = _POSTGRESQL if vendor == "postgresql" else _SQLITE
        for verb, event in events.items():
            editor.execute(template.format(table=table, verb=verb, event=event))

    def backward(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        on_table = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for verb in events:
            editor.execute(f"DROP TRIGGER {table}_no_{verb}{on_table}")

    return migrations.RunPython(forward, backward)
