"""The report as PDF/A-3u: tagged, bookmarked, with the machine-readable snapshot inside.

The same arguments give the same bytes with the same software and fonts: every date comes from the
issue, and the document's identifier follows from its content.
"""

from datetime import UTC, datetime
from typing import Any

import zuji
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji.report.content import compose
from zuji.report.document import Report
from zuji.report.files import attached
from zuji.report.material import Issue, Material
from zuji.report.rendering import document, running, stylesheet
from zuji.report.watermark import background
from zuji.trust.snapshot import Snapshot


def render(
    study: Study, footprint: Footprint, snapshot: Snapshot, *, issue: Issue, language: str = "zh"
) -> bytes:
    """The report of a footprint as PDF, in "zh" or "en".

    Inside are `zuji-snapshot.json` (recalculates to the same digits) and `zuji-footprint.json`.
    """
    material = Material(study=study, footprint=footprint, snapshot=snapshot, issue=issue, language=language)
    return printed(material)


def printed(material: Material) -> bytes:
    """The report of a study as PDF, with `zuji.report.files` inside."""
    return write(compose(material), files=attached(material))


def write(report: Report, *, files: dict[str, bytes]) -> bytes:
    """A composed report as PDF with `files` embedded by name."""
    from weasyprint import CSS, HTML, Attachment

    moment = datetime.fromisoformat(report.date).replace(tzinfo=UTC)
    attachments: list[Any] = [
        Attachment(
            string=content, name=name, description=name, created=moment, modified=moment, relationship="Data"
        )
        for name, content in files.items()
    ]
    texts = (
        stylesheet("report.css"),
        stylesheet("paged.css"),
        running(report),
        background(report.marks),
    )
    sheets = [CSS(string=text) for text in texts]
    html = HTML(string=document(report, generator=f"Zuji {zuji.__version__}"))
    pdf: bytes = html.write_pdf(
        stylesheets=sheets, attachments=attachments, pdf_variant="pdf/a-3u", pdf_tags=True
    )
    return pdf
