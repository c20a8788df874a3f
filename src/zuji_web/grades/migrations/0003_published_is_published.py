"""The database itself refuses to change a published set of thresholds, and what was said on one."""

from django.db import migrations

from zuji_web.audit.immutable import settled


class Migration(migrations.Migration):
    dependencies = [("grades", "0002_written_once")]
    operations = [
        settled(
            "grades_thresholdset",
            "id",
            "rule",
            "product",
            "number",
            "method",
            "applies_from",
            "applies_until",
            "in_force",
            "replaces_id",
            "created_at",
            when="OLD.state IN ('published', 'in_force', 'revised')",
        ),
        settled("grades_setcomment", "id", "set_id", "organisation_id", "about", "text", "made_at"),
    ]
