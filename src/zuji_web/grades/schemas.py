"""What the API says of thresholds and grades."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from zuji.rules.grades_methods import Threshold
from zuji.rules.grading import Thresholds
from zuji.text import Text
from zuji_web.grades import states
from zuji_web.grades.models import ThresholdSet
from zuji_web.grades.queries import sets
from zuji_web.grades.queries.grading import StudyGrade


class Names(Schema):
    """A text in both languages."""

    zh: str
    en: str = ""


def names(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


class ThresholdFilter(Schema):
    """Exact product code (`scheme:code`), exact rule (`id@version`), today's state."""

    product: str = Field("", max_length=80)
    rule: str = Field("", max_length=200)
    state: str = Field("", max_length=12)


class InForceIn(Schema):
    """A product under a rule, on a day; today where none is given."""

    product: str = Field(max_length=80)
    rule: str = Field(max_length=200)
    on: date | None = None


class ValuesOut(Schema):
    """The three values in kgCO2e per `unit`; lower is better."""

    benchmark: float
    base: float
    limit: float
    unit: str
    period_start: str
    period_end: str
    samples: int
    firms: int

    @staticmethod
    def of(thresholds: Thresholds) -> dict[str, Any]:
        return {name.value: thresholds.of(name) for name in Threshold} | {
            "unit": str(thresholds.unit),
            "period_start": thresholds.terms.period.start,
            "period_end": thresholds.terms.period.end,
            "samples": thresholds.samples,
            "firms": thresholds.firms,
        }


class ThresholdRow(Schema):
    """A set of thresholds; `state` is today's, dates included, and `values` are null before they exist."""

    id: UUID
    product: str
    rule: str
    number: int
    state: str
    in_force: date | None
    revised: date | None
    comments_until: date | None
    values: ValuesOut | None

    @staticmethod
    def resolve_state(one: ThresholdSet) -> str:
        return states.on(one, sets.today())

    @staticmethod
    def resolve_values(one: ThresholdSet) -> dict[str, Any] | None:
        found = sets.thresholds_of(one)
        return None if found is None else ValuesOut.of(found)


class ThresholdStep(Schema):
    """A step of its history; `hash` covers it and the step before."""

    number: int
    before: str
    after: str
    at: datetime
    organisation: str
    reason: str
    document: str
    facts: dict[str, Any]
    hash: str


class ThresholdComment(Schema):
    """A comment with its answer; `about` is a value, or empty for all."""

    id: int
    organisation: str
    about: str
    text: str
    made_at: datetime
    answer: str
    answer_reason: str
    answered_at: datetime | None

    @staticmethod
    def resolve_organisation(comment: Any) -> str:
        return str(comment.organisation.name)


class ThresholdDetail(ThresholdRow):
    """A set with its method, the digests of its derivation, its history and the comments."""

    method: dict[str, Any]
    digest: str
    sha256: str
    history: list[ThresholdStep]
    comments: list[ThresholdComment]

    @staticmethod
    def resolve_digest(one: ThresholdSet) -> str:
        row = sets.derivation_of(one)
        return row.digest if row else ""

    @staticmethod
    def resolve_sha256(one: ThresholdSet) -> str:
        row = sets.derivation_of(one)
        return row.sha256 if row else ""

    @staticmethod
    def resolve_history(one: ThresholdSet) -> list[Any]:
        return list(one.transitions.all())

    @staticmethod
    def resolve_comments(one: ThresholdSet) -> list[Any]:
        return list(one.comments.select_related("organisation"))


class GateItemOut(Schema):
    """One condition of comparison."""

    id: str
    title: Names
    met: bool
    reason: Names


class GradeOut(Schema):
    """What is said of a study. `reached` is benchmark, base, limit, beyond_limit, not_comparable or none.

    `gate` holds every condition wherever thresholds were asked; without them `told` says what is missing.
    """

    study: UUID
    on: date
    reached: str
    told: Names
    value: float | None = Field(description="kgCO2e per unit of the thresholds")
    distances: dict[str, float | None] = Field(description="from each value as a part of it; below 0: better")
    thresholds: UUID | None
    gate: list[GateItemOut]

    @staticmethod
    def of(found: StudyGrade) -> dict[str, Any]:
        reached = "not_comparable" if found.outcome is not None else "none"
        if found.grade is not None:
            reached = found.grade.reached.value if found.grade.reached else "beyond_limit"
        items = found.gate.items if found.gate else ()
        return {
            "study": found.study.pk,
            "on": found.on,
            "reached": reached,
            "told": names(found.told),
            "value": found.grade.value if found.grade else None,
            "distances": found.grade.distances if found.grade else {},
            "thresholds": found.set.pk if found.set else None,
            "gate": [
                {"id": item.id, "title": names(item.title), "met": item.met, "reason": names(item.reason)}
                for item in items
            ],
        }
