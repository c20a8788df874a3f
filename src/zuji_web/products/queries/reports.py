"""Reports that were made, and how one is written."""

import zuji
from zuji.report.content import compose
from zuji.report.document import Report
from zuji.report.material import Material
from zuji.report.pdf import render
from zuji_web.products.models import MadeFile, ProductStudy
from zuji_web.products.queries import results

KIND = "report"
LANGUAGES = ("zh", "en")


def key(digest: str, language: str) -> str:
    """Under which the report of a state is kept: the same for every request for the same content."""
    return f"{digest}-{language}-{zuji.__version__}"


def composed(material: Material) -> Report:
    """The report as data, for the page."""
    return compose(material)


def written(material: Material) -> bytes:
    """The report as PDF; takes seconds."""
    return render(
        material.study,
        material.footprint,
        material.snapshot,
        issue=material.issue,
        language=material.language,
    )


def made(study: ProductStudy, language: str) -> bytes | None:
    """The PDF of the study's present state, where it has been made."""
    found = results.result(study)
    if found.evaluated is None:
        return None
    row = MadeFile.objects.filter(
        study=study, kind=KIND, key=key(found.evaluated.snapshot.digest, language)
    ).first()
    return bytes(row.content) if row else None


def keep(study: ProductStudy, material: Material, content: bytes) -> None:
    """Keeps a report; the same state gives the same bytes."""
    MadeFile.objects.update_or_create(
        study=study,
        kind=KIND,
        key=key(material.snapshot.digest, material.language),
        defaults={"content": content},
    )
