"""Triggers that refuse to change or delete rows, for migrations of tables that are written once or settle."""

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


def settled(table: str, *columns: str, when: str = "") -> migrations.RunPython:
    """A migration operation after which `columns` of `table` keep their values, and rows stay; reversible.

    With `when`, a condition on the row as it is (`OLD.state = 'published'`), only where it holds. To write
    the same value again changes nothing.
    """

    def forward(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        if vendor == "postgresql":
            editor.execute(_FUNCTION, params=None)
        differs, cast = ("IS DISTINCT FROM", "::text") if vendor == "postgresql" else ("IS NOT", "")
        changed = " OR ".join(f"NEW.{name}{cast} {differs} OLD.{name}{cast}" for name in columns)
        conditions = {
            "update": (f"UPDATE OF {', '.join(columns)}", f"({changed})" + (f" AND {when}" if when else "")),
            "delete": ("DELETE", when or "1 = 1"),
        }
        for verb, (event, condition) in conditions.items():
            head = f"CREATE TRIGGER {table}_settled_no_{verb} BEFORE {event} ON {table}"
            if vendor == "postgresql":
                body = f"FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION zuji_written_once()"
            else:
                body = f"WHEN {condition} BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
            editor.execute(f"{head} {body}", params=None)

    def backward(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        on_table = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for verb in ("update", "delete"):
            editor.execute(f"DROP TRIGGER {table}_settled_no_{verb}{on_table}", params=None)

    return migrations.RunPython(forward, backward)
