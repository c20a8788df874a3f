"""The database itself refuses to change or delete an audit event."""

from django.db import migrations

from zuji_web.audit.immutable import written_once


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [written_once("audit_auditevent")]
