"""What the database itself refuses: changes of studies in review or frozen, ways back, rewritten histories."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from zuji_web.audit.immutable import written_once

STUDY = "products_productstudy"
REVIEW = "products_studyreview"
_UNFROZEN = "('draft', 'in_review')"
_CONTENT = "id, organisation_id, name, product_name, document, revision, applied, version, demonstration"
# name: (table, event, condition, what is refused). References to people may be emptied when they leave.
TRIGGERS = {
    "frozen_no_update": (
        STUDY,
        f"UPDATE OF {_CONTENT}, total, total_unit",
        f"OLD.state NOT IN {_UNFROZEN}",
        "a frozen study is never changed",
    ),
    "frozen_no_delete": (STUDY, "DELETE", "OLD.state <> 'draft'", "only drafts are deleted"),
    "review_no_update": (
        STUDY,
        f"UPDATE OF {_CONTENT}",
        "OLD.state = 'in_review'",
        "a study in review is not changed",
    ),
    "no_return": (
        STUDY,
        "UPDATE OF state",
        f"OLD.state NOT IN {_UNFROZEN} AND (NEW.state IN {_UNFROZEN} OR "
        "(OLD.state IN ('superseded', 'withdrawn') AND NEW.state <> OLD.state))",
        "a frozen study does not go back",
    ),
    "concluded_no_update": (
        REVIEW,
        "UPDATE OF study_id, number, submitter, submitter_id, submitted_at, note, revision, digest, "
        "reviewer_id, interest, interest_text, conclusion, reasons, concluded_at",
        "OLD.conclusion <> ''",
        "a concluded review is never changed",
    ),
    "concluded_no_delete": (REVIEW, "DELETE", "OLD.conclusion <> ''", "a concluded review is never deleted"),
}
BEFORE = ("frozen_no_update", "frozen_no_delete")


def _create(editor: BaseDatabaseSchemaEditor, name: str) -> None:
    table, event, condition, refusal = TRIGGERS[name]
    if editor.connection.vendor == "postgresql":
        body = "FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION zuji_written_once()"
    else:
        body = "WHEN {condition} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    editor.execute(
        f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} "
        + body.format(condition=condition, refusal=refusal),
        params=None,
    )


def _drop(editor: BaseDatabaseSchemaEditor, name: str) -> None:
    table = TRIGGERS[name][0]
    on_table = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on_table}", params=None)


def forward(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for name in TRIGGERS:
        _drop(editor, name)
        _create(editor, name)


def backward(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for name in TRIGGERS:
        _drop(editor, name)
    for name in BEFORE:
        _create(editor, name)


class Migration(migrations.Migration):
    dependencies = [("products", "0004_reviews")]
    operations = [
        migrations.RunPython(forward, backward),
        written_once("products_studytransition"),
        written_once("products_studyconformity"),
        written_once("products_verificationopinion"),
        written_once(
            "products_certificateclaim",
            "id",
            "certificate_id",
            "study_id",
            "line",
            "number",
            "market",
            "kwh",
            "use",
            "made_at",
        ),
        written_once("products_reviewanswer"),
        written_once(
            "products_reviewcomment",
            "id",
            "study_id",
            "review_id",
            "line",
            "field",
            "item",
            "weight",
            "text",
            "author",
            "author_id",
            "made_at",
        ),
    ]
