"""The full-text index, as each database has it."""

from django.db import migrations

from zuji_web.factors.search import postgres, sqlite


def _backend(editor):
    return postgres if editor.connection.vendor == "postgresql" else sqlite


def create(_apps, editor):
    editor.execute(_backend(editor).CREATE)


def drop(_apps, editor):
    editor.execute(_backend(editor).DROP)


class Migration(migrations.Migration):
    dependencies = [("factors", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
