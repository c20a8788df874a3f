"""The database itself refuses to change or delete steps and papers of a standard."""

from django.db import migrations

from zuji_web.audit.immutable import written_once


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial")]
    operations = [
        written_once("standards_standardtransition"),
        written_once("standards_standarddocument", "id", "record_id", "name", "content", "size", "sha256", "added_at"),
    ]
