"""The database itself refuses to change or delete a factor that an organisation made."""

from django.db import migrations

from zuji_web.audit.immutable import written_once

FACTOR = ("id", "organisation_id", "code", "version", "record", "sha256", "page", "origin", "created_at")


class Migration(migrations.Migration):
    dependencies = [("factors", "0003_ownfactor")]
    operations = [written_once("factors_ownfactor", *FACTOR)]
