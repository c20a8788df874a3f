"""The database itself refuses to change or delete what an organisation said on a draft."""

from django.db import migrations

from zuji_web.audit.immutable import settled


class Migration(migrations.Migration):
    dependencies = [("standards", "0002_written_once")]
    operations = [
        settled(
            "standards_comment", "id", "record_id", "organisation_id", "clause", "text", "proposal", "made_at"
        )
    ]
