"""Disclosed studies as others may read them: facts of the report, nothing of the inventory."""

from dataclasses import dataclass

from zuji.model.statements import Review
from zuji_web.accounts.actors import Actor
from zuji_web.products.models import Audience, ProductStudy, StudyDisclosure, StudySnapshot, StudyState
from zuji_web.products.models.standing import StudyConformity
from zuji_web.products.queries import results, reviews, standing
from zuji_web.products.queries.results import Result
from zuji_web.products.queries.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A disclosed study. `result` is None where it was withdrawn: a wrong number is not shown again.

    `later` is the number of the disclosed version that took its place, `reason` why it was withdrawn.
    """

    disclosure: StudyDisclosure
    study: ProductStudy
    snapshot: StudySnapshot
    standing: Standing
    result: Result | None
    conformity: StudyConformity | None
    reviews: tuple[Review, ...]
    later: str = ""
    reason: str = ""

    @property
    def withdrawn(self) -> bool:
        return self.standing.state == StudyState.WITHDRAWN


def disclosed(number: str, *, by: Actor) -> Published | None:
    """The disclosed study of a number, None where there is none that the actor may read."""
    row = (
        StudyDisclosure.objects.select_related("study", "study__organisation", "study__snapshot")
        .filter(number=number)
        .first()
    )
    if row is None or not _may_read(row, by):
        return None
    study = row.study
    stands = standing.of_study(study)
    withdrawn = stands.state == StudyState.WITHDRAWN
    step = study.transitions.filter(after=StudyState.WITHDRAWN).first() if withdrawn else None
    later = StudyDisclosure.objects.filter(study__in=standing.later_standing(study), audience=Audience.PUBLIC)
    successor = later.order_by("-study__version").first()
    return Published(
        disclosure=row,
        study=study,
        snapshot=study.snapshot,
        standing=stands,
        result=None if withdrawn else results.result(study),
        conformity=StudyConformity.objects.filter(study=study).defer("content").first(),
        reviews=reviews.as_model(study),
        later=successor.number if successor else "",
        reason=step.reason if step else "",
    )


def _may_read(row: StudyDisclosure, by: Actor) -> bool:
    if row.audience == Audience.PUBLIC:
        return True
    if by.organisation is None:
        return False
    return (
        by.organisation.pk == row.study.organisation_id or row.readers.filter(pk=by.organisation.pk).exists()
    )
