"""The database itself refuses to change or delete a frozen study."""

from django.db import migrations

from zuji_web.audit.immutable import written_once

FROZEN = (
    "id",
    "study_id",
    "content",
    "digest",
    "published_total",
    "published_unit",
    "software_version",
    "frozen_at",
)


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial")]
    operations = [written_once("products_studysnapshot", *FROZEN)]
