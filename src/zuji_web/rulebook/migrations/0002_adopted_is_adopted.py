"""The database itself refuses to change or delete a rule that was adopted; it may only be withdrawn."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "rulebook_ruleversion"
# References to people and to earlier versions may be emptied when those are deleted.
COLUMNS = (
    "id",
    "text",
    "digest",
    "document",
    "rule_id",
    "version",
    "name",
    "name_en",
    "standing",
    "certainty",
    "origin",
    "revision",
    "created_at",
    "adopted_at",
    "adoption_reason",
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION zuji_written_once() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME; END $$"
)
_ABORT = "BEGIN SELECT RAISE(ABORT, 'an adopted rule is never changed'); END"
_CALL = "EXECUTE FUNCTION zuji_written_once()"
_BACK = "OLD.state <> 'draft' AND NOT (NEW.state = OLD.state OR (OLD.state = 'adopted' AND NEW.state = 'withdrawn'))"
TRIGGERS = {
    "update": (f"UPDATE OF {', '.join(COLUMNS)}", None),
    "return": ("UPDATE OF state", _BACK),
    "delete": ("DELETE", "OLD.state <> 'draft'"),
}


def _changed(vendor: str) -> str:
    """A column of an adopted rule has another value; to write the same one again changes nothing."""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    cast = "::text" if vendor == "postgresql" else ""
    either = " OR ".join(f"NEW.{name}{cast} {differs} OLD.{name}{cast}" for name in COLUMNS)
    return f"OLD.state <> 'draft' AND ({either})"


def forward(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    vendor = editor.connection.vendor
    if vendor == "postgresql":
        editor.execute(_FUNCTION, params=None)
    for verb, (event, when) in TRIGGERS.items():
        condition = when or _changed(vendor)
        head = f"CREATE TRIGGER {TABLE}_adopted_no_{verb} BEFORE {event} ON {TABLE}"
        if vendor == "postgresql":
            editor.execute(f"{head} FOR EACH ROW WHEN ({condition}) {_CALL}")
        else:
            editor.execute(f"{head} WHEN {condition} {_ABORT}")


def backward(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    on_table = f" ON {TABLE}" if editor.connection.vendor == "postgresql" else ""
    for verb in TRIGGERS:
        editor.execute(f"DROP TRIGGER {TABLE}_adopted_no_{verb}{on_table}")


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
