"""The database itself refuses to change or delete samples, findings, derivations, steps and papers."""

from django.db import migrations

from zuji_web.audit.immutable import written_once

SAMPLE = (
    "id",
    "alias",
    "origin",
    "organisation_id",
    "study_id",
    "snapshot_digest",
    "lineage",
    "firm_id",
    "rule",
    "product",
    "content",
    "digest",
    "source",
    "body",
    "level",
    "standard",
    "number",
    "verified_on",
    "document_digest",
    "purpose",
    "until",
    "given_by",
    "given_by_id",
    "given_at",
)


class Migration(migrations.Migration):
    dependencies = [("grades", "0001_initial")]
    operations = [
        written_once("grades_storedsample", *SAMPLE),
        written_once("grades_sampledfirm"),
        written_once("grades_sampleexamination"),
        written_once("grades_setderivation"),
        written_once("grades_sampleuse"),
        written_once("grades_setpaper"),
        written_once("grades_settransition"),
    ]
