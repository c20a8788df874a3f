"""Reports that were made, and how one is written."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Literal

import zuji
from zuji.model.records import write_record
from zuji.report import pdf, word
from zuji.report.content import compose
from zuji.report.document import Report
from zuji.report.material import Material
from zuji_web.products.models import MadeFile, ProductStudy
from zuji_web.products.queries import conformity, results, reviews
from zuji_web.products.queries.results import Result

Form = Literal["pdf", "docx"]
KIND = "report"
LANGUAGES = ("zh", "en")
FORMS: tuple[Form, ...] = ("pdf", "docx")


def material(found: Result, language: str) -> Material | None:
    """What the report is made from; None where there is no result.

    Where the study names a rule that is held: the rule, the check kept at freezing or that of the report's
    date, and the recorded reviews and opinions.
    """
    bare = results.material(found, language)
    if bare is None:
        return None
    bare = replace(bare, recorded_reviews=reviews.as_model(found.study))
    rule = conformity.rule_of(bare.study)
    if bare.study.rule not in (rule.key, rule.id):
        return bare
    kept = conformity.kept(found.study)
    day = date.fromisoformat(bare.issue.date)
    checked = conformity.read(kept) if kept else conformity.of_result(found, on=day)
    return replace(bare, rule=rule, conformity=checked)


def key(material: Material, form: Form) -> str:
    """Under which a report is kept: the same for every request for the same content."""
    checked = {
        "rule": write_record(material.rule) if material.rule else None,
        "conformity": write_record(material.conformity) if material.conformity else None,
        "reviews": [write_record(review) for review in material.reviews],
    }
    basis = hashlib.sha256(json.dumps(checked, sort_keys=True).encode()).hexdigest()
    return f"{material.digest[:32]}-{material.language}-{form}-{zuji.__version__}-{basis[:16]}"


def composed(material: Material) -> Report:
    """The report as data, for the page."""
    return compose(material)


def written(material: Material, form: Form) -> bytes:
    """The report as PDF or Word document; takes seconds."""
    return pdf.printed(material) if form == "pdf" else word.printed(material)


def made(study: ProductStudy, material: Material, form: Form) -> bytes | None:
    """The file of this very content, where it has been made."""
    row = MadeFile.objects.filter(study=study, kind=KIND, key=key(material, form)).first()
    return bytes(row.content) if row else None


def keep(study: ProductStudy, material: Material, form: Form, content: bytes) -> None:
    """Keeps a report; the same content gives the same bytes."""
    MadeFile.objects.update_or_create(
        study=study, kind=KIND, key=key(material, form), defaults={"content": content}
    )
