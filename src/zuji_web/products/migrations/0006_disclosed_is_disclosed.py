"""The database itself refuses to change or delete a disclosure; a study is withdrawn by its state."""

from django.db import migrations

from zuji_web.audit.immutable import settled


class Migration(migrations.Migration):
    dependencies = [("products", "0005_lives_are_locked")]
    operations = [
        settled(
            "products_studydisclosure", "id", "study_id", "number", "audience", "valid_until", "disclosed_at"
        )
    ]
