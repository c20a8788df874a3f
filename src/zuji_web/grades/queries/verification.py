"""What shows that a frozen study was verified: the opinion of a body outside on this very snapshot."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zuji_web.products.models import (
    OpinionConclusion,
    OpinionKind,
    ProductStudy,
    StudySnapshot,
    VerificationOpinion,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A verification statement in its particulars; `level` is the level of assurance."""

    body: str
    level: str
    date: date
    standard: str = ""
    number: str = ""
    document_digest: str = ""


def evidence_of(study: ProductStudy, on: date) -> Evidence | None:
    """The newest positive verification of a study's snapshot that holds on a day; None without one.

    What the study itself states about reviews does not count: nobody attached a statement to it.
    """
    snapshot = StudySnapshot.objects.filter(study=study).values_list("digest", flat=True).first()
    held = VerificationOpinion.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), study=study, kind=OpinionKind.VERIFICATION
    ).filter(snapshot_digest=snapshot or "-")
    newest = held.order_by("-date", "-pk").first()
    if newest is None or newest.conclusion != OpinionConclusion.POSITIVE or not newest.level:
        return None
    return Evidence(
        body=newest.body,
        level=newest.level,
        date=newest.date,
        standard=newest.standard,
        number=newest.number,
        document_digest=newest.sha256,
    )
