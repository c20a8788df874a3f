"""The database itself refuses to change or delete a version of an inventory database."""

from django.db import migrations

from zuji_web.audit.immutable import written_once

VERSION = (
    "id",
    "database_id",
    "number",
    "label",
    "year",
    "licence",
    "package_id",
    "repairs",
    "format",
    "allocation",
    "digest",
    "numbers",
    "job",
    "created_at",
)


class Migration(migrations.Migration):
    dependencies = [("databases", "0001_initial")]
    operations = [written_once("databases_databaseversion", *VERSION)]
