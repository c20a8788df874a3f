"""Files that jobs make, and a database that refuses to change a frozen study's row."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "products_productstudy"
# References to people and to earlier versions may be emptied when those are deleted.
COLUMNS = (
    "id",
    "organisation_id",
    "name",
    "product_name",
    "document",
    "revision",
    "applied",
    "state",
    "version",
    "demonstration",
    "total",
    "total_unit",
)
_SQLITE = (
    "CREATE TRIGGER {table}_frozen_no_{verb} BEFORE {event} ON {table} WHEN OLD.state = 'frozen' "
    "BEGIN SELECT RAISE(ABORT, 'a frozen study is never changed'); END"
)
# The function comes from the migration before.
_POSTGRESQL = (
    "CREATE TRIGGER {table}_frozen_no_{verb} BEFORE {event} ON {table} FOR EACH ROW "
    "WHEN (OLD.state = 'frozen') EXECUTE FUNCTION zuji_written_once()"
)
EVENTS = {"update": f"UPDATE OF {', '.join(COLUMNS)}", "delete": "DELETE"}


def forward(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    template = _POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE
    for verb, event in EVENTS.items():
        editor.execute(template.format(table=TABLE, verb=verb, event=event))


def backward(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    on_table = f" ON {TABLE}" if editor.connection.vendor == "postgresql" else ""
    for verb in EVENTS:
        editor.execute(f"DROP TRIGGER {TABLE}_frozen_no_{verb}{on_table}")


class Migration(migrations.Migration):
    dependencies = [("products", "0002_written_once")]
    operations = [
        migrations.CreateModel(
            name="MadeFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=160)),
                ("content", models.BinaryField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="made_files",
                        to="products.productstudy",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("study", "kind", "key"), name="one_made_file_per_key")
                ]
            },
        ),
        migrations.RunPython(forward, backward),
    ]
