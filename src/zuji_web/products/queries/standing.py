"""How a study stands: phase of a draft, expiry by date, what hinders its next steps, its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from zuji.errors import Problem
from zuji.text import Text
from zuji_web.products import drafts
from zuji_web.products.models import (
    OpinionConclusion,
    ProductStudy,
    StudyDisclosure,
    StudyState,
    StudyTransition,
)
from zuji_web.products.models.studies import UNFROZEN
from zuji_web.products.queries import calculation, conformity, lineage, reviews
from zuji_web.products.review_refusals import (
    correction_demanded,
    expired,
    later_not_disclosable,
    later_not_reviewed,
    not_conforming,
    not_reviewed,
)
from zuji_web.products.states import PROGRESS, Phase, name_of, table_code

_SCOPE = ("product", "unit", "boundary", "period")
_ENDING = (StudyState.FROZEN, StudyState.VERIFIED, StudyState.FILED, StudyState.DISCLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a study stands: its stored state, and the phase that follows from document, opinions or date.

    `code` is the state of the table (`STUDY_LIFECYCLE`), `expired_on` the last day on which the study held.
    """

    state: StudyState
    code: str
    reviewed: bool
    expired_on: date | None = None

    @property
    def name(self) -> Text:
        return name_of(self.code)


def of_study(study: ProductStudy, *, on: date | None = None) -> Standing:
    """The standing of a study on a day, today where none is given."""
    day = on or timezone.localdate()
    state = StudyState(study.state)
    end = valid_until(study)
    over = end if state in _ENDING and end is not None and end < day else None
    code = table_code(state)
    if state == StudyState.DRAFT:
        code = phase(study)
    elif over is not None:
        code = Phase.EXPIRED
    elif state == StudyState.FROZEN and correction_asked(study):
        code = Phase.CORRECTIVE
    return Standing(state=state, code=code, reviewed=reviews.reviewed(study) is not None, expired_on=over)


def phase(study: ProductStudy) -> Phase:
    """How far a draft is, each phase only after the one before it."""
    reached = Phase.DRAFT
    for step, done in progress(study).items():
        if not done:
            break
        reached = step
    return reached


def progress(study: ProductStudy) -> Mapping[Phase, bool]:
    """Which phases a draft fulfils: scope stated, every line with an amount and a factor, a whole result."""
    live = calculation.live(study)
    gaps = {problem.field.partition(".")[0] for problem in live.problems if not problem.line}
    rows = [line for _process, line in drafts.lines(study.document)]
    amounts = bool(rows) and all(isinstance(row.get("quantity"), dict | str) for row in rows)
    done = (
        not gaps & set(_SCOPE) and all(study.document.get(part) for part in _SCOPE),
        amounts,
        bool(rows) and not live.uncounted,
        live.complete and not live.problems,
    )
    return dict(zip(PROGRESS, done, strict=True))


def valid_until(study: ProductStudy) -> date | None:
    """The last day on which a frozen study holds, by its disclosure and its positive opinions."""
    if not study.frozen:
        return None
    days = list(
        study.opinions.filter(conclusion=OpinionConclusion.POSITIVE)
        .exclude(valid_until=None)
        .values_list("valid_until", flat=True)
    )
    disclosure = StudyDisclosure.objects.filter(study=study).first()
    if disclosure is not None and disclosure.valid_until is not None:
        days.append(disclosure.valid_until)
    return min((day for day in days if day is not None), default=None)


def correction_asked(study: ProductStudy) -> bool:
    """Whether an opinion demands a correction; that is made in a new version."""
    return study.opinions.filter(conclusion=OpinionConclusion.CORRECTION).exists()


def verification_hindrances(study: ProductStudy, *, on: date) -> list[Problem]:
    """Why no opinion can be attached; empty where one can."""
    found = []
    if reviews.reviewed(study) is None:
        found.append(not_reviewed())
    end = valid_until(study)
    if end is not None and end < on:
        found.append(expired(end))
    if correction_asked(study):
        found.append(correction_demanded())
    return found


def hindrances(study: ProductStudy, *, on: date) -> list[Problem]:
    """Why a frozen study can neither be filed nor disclosed; empty where it can."""
    found = verification_hindrances(study, on=on)
    kept = conformity.kept(study)
    if kept is None or not kept.passed:
        found.append(not_conforming())
    return found


def history(study: ProductStudy) -> list[StudyTransition]:
    """Every step of a study, the first one first."""
    return list(study.transitions.order_by("number"))


def versions(study: ProductStudy) -> list[ProductStudy]:
    """All versions that hang together with a study, by number and age."""
    found = [study, *lineage.relatives(study)]
    return sorted(found, key=lambda version: (version.version, version.created_at))


def later_standing(study: ProductStudy) -> list[ProductStudy]:
    """Frozen versions that continue a study, at whatever distance, and still stand; the newest first."""
    over = (*UNFROZEN, StudyState.SUPERSEDED, StudyState.WITHDRAWN)
    standing = [each for each in lineage.descendants(study) if each.state not in over]
    return sorted(standing, key=lambda version: version.version, reverse=True)


def successor(study: ProductStudy, *, on: date) -> tuple[ProductStudy | None, list[Problem]]:
    """The newest later version that may take the place of a frozen study; else None, and why none may.

    Nothing takes the place of a reviewed study without a review of its own, nor of a filed or disclosed one
    unless it may be disclosed itself: until then the earlier one stays what the public sees.
    """
    refused: list[Problem] = []
    for later in later_standing(study):
        problem = _unfit(study, later, on)
        if problem is None:
            return later, []
        refused.append(problem)
    return None, refused[:1]


def _unfit(study: ProductStudy, later: ProductStudy, on: date) -> Problem | None:
    if reviews.reviewed(study) is not None and reviews.reviewed(later) is None:
        return later_not_reviewed(later.version)
    if study.state in (StudyState.FILED, StudyState.DISCLOSED) and hindrances(later, on=on):
        return later_not_disclosable(later.version)
    return None
