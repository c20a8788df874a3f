"""What the API takes and says of samples and of the way of a set of thresholds."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import Base64Bytes

from zuji.model.quantities import Quantity
from zuji.rules.grades_methods import Threshold
from zuji.rules.grading import Simulation
from zuji_web.gateway import ProblemDetail, described
from zuji_web.grades.actions.sets import Parameters, Plan
from zuji_web.grades.models import Purpose, SetDerivation, StoredSample
from zuji_web.grades.moves import Move
from zuji_web.grades.queries import samples, sets
from zuji_web.grades.queries.simulations import Alternative, Trial
from zuji_web.grades.schemas import Names, ValuesOut, names


class LoanIn(Schema):
    """The consent with which a frozen, verified study becomes a sample, for its organisation.

    `until` is the last day, null until revoked. `production` is that of the data period.
    """

    agreed: Literal[True] = Field(description="The caller may decide this for the organisation, and does")
    purpose: Purpose
    until: dt.date | None = None
    production: float | None = None
    production_unit: str = Field("t", max_length=40)

    def quantity(self) -> Quantity | None:
        return None if self.production is None else Quantity(self.production, self.production_unit.strip())


class LoanReasonIn(Schema):
    """Why."""

    reason: str = Field("", max_length=4000)


class SampleUseOut(Schema):
    """A derivation that a sample went into."""

    thresholds: UUID
    derivation: int
    at: dt.datetime


class LoanOut(Schema):
    """A lent sample as its owner sees it: under which alias, for what, whether it counts, every use."""

    id: UUID
    alias: str
    purpose: Purpose
    until: dt.date | None
    given_at: dt.datetime
    revoked_at: dt.datetime | None
    counts: bool
    standing: Names
    digest: str
    uses: list[SampleUseOut]

    @staticmethod
    def of(sample: StoredSample) -> dict[str, Any]:
        standing, counts = samples.standing(sample, sets.today())
        return {
            "id": sample.pk,
            "alias": sample.alias,
            "purpose": sample.purpose,
            "until": sample.until,
            "given_at": sample.given_at,
            "revoked_at": sample.revoked_at,
            "counts": counts,
            "standing": names(standing),
            "digest": sample.digest,
            "uses": [
                {
                    "thresholds": use.derivation.set_id,
                    "derivation": use.derivation.number,
                    "at": use.derivation.derived_at,
                }
                for use in samples.uses(sample)
            ],
        }


class CollectedSamplesOut(Schema):
    """The store for one product under one rule; the spread is null below three firms.

    `low`, `middle` and `high` are the quartiles in kgCO2e per `unit`.
    """

    rule: str
    product: str
    samples: int
    counting: int
    firms: int
    waiting: int
    unit: str
    low: float | None
    middle: float | None
    high: float | None


class WaitingSampleOut(Schema):
    """A sample whose verification nobody has looked at yet, as far as it takes to look the statement up."""

    id: UUID
    alias: str
    rule: str
    product: str
    origin: str
    source: str
    body: str
    level: str
    standard: str
    number: str
    verified_on: dt.date
    document_digest: str


class SampleFindingIn(Schema):
    """Whether the verification behind a sample was found at its body, and where it was looked up."""

    confirmed: bool
    reason: str = Field(max_length=4000)


class SampleFindingOut(Schema):
    """A finding, kept for good."""

    confirmed: bool
    reason: str
    examined_at: dt.datetime


class ThresholdMethodIn(Schema):
    """A shipped method and what is changed of it, with the reason; shares and dominances are parts of one.

    `applies_from` and `applies_until` are the data periods for which the values hold, null for the samples'.
    """

    method: str = Field("percentile@1", max_length=80)
    shares: dict[Threshold, float] = {}
    samples: int | None = None
    firms: int | None = None
    sample_dominance: float | None = None
    production_dominance: float | None = None
    note: str = Field("", max_length=1000)
    applies_from: dt.date | None = None
    applies_until: dt.date | None = None

    def plan(self, rule: str, product: str) -> Plan:
        return Plan(
            rule=rule,
            product=product,
            method=self.method,
            applies_from=self.applies_from,
            applies_until=self.applies_until,
            parameters=Parameters(
                shares=self.shares,
                samples=self.samples,
                firms=self.firms,
                sample_dominance=self.sample_dominance,
                production_dominance=self.production_dominance,
                note=self.note,
            ),
        )


class ThresholdPlanIn(ThresholdMethodIn):
    """For which product (`scheme:code`) under which rule (`id@version`) thresholds are derived, and how."""

    rule: str = Field(max_length=200)
    product: str = Field(max_length=80)


class SampleCheckOut(Schema):
    """A condition on samples or values."""

    id: str
    title: Names
    met: bool
    reason: Names


class ThresholdDerivationOut(Schema):
    """A derivation: whether every check is met, and what recomputing it must give again."""

    number: int
    met: bool
    digest: str
    sha256: str
    software: str
    derived_at: dt.datetime
    checks: list[SampleCheckOut]
    values: ValuesOut | None

    @staticmethod
    def of(row: SetDerivation) -> dict[str, Any]:
        found = sets.stored(row).thresholds
        shown = ("number", "met", "digest", "sha256", "software", "derived_at")
        return {name: getattr(row, name) for name in shown} | {
            "checks": [{key: check[key] for key in ("id", "title", "met", "reason")} for check in row.checks],
            "values": None if found is None else ValuesOut.of(found),
        }


class ThresholdTrialIn(Schema):
    """Values to try in the place of the derived ones, kgCO2e per unit."""

    benchmark: float | None = Field(None, allow_inf_nan=False)
    base: float | None = Field(None, allow_inf_nan=False)
    limit: float | None = Field(None, allow_inf_nan=False)

    def wanted(self) -> dict[Threshold, float]:
        return {name: value for name in Threshold if (value := getattr(self, name.value)) is not None}


class PassingProductsOut(Schema):
    """Values with how many products would lie at or below each of them."""

    values: ValuesOut
    benchmark: int
    base: int
    limit: int
    beyond: int
    not_comparable: int

    @staticmethod
    def of(made: Simulation) -> dict[str, Any]:
        return {name.value: made.passing(name) for name in Threshold} | {
            "values": ValuesOut.of(made.thresholds),
            "beyond": made.beyond,
            "not_comparable": len(made.not_graded),
        }


class AlternativeMethodOut(Schema):
    """What another method would give, or the conditions that stop it."""

    method: str
    passing: PassingProductsOut | None
    refused: list[SampleCheckOut]

    @staticmethod
    def of(each: Alternative) -> dict[str, Any]:
        return {
            "method": each.method.key,
            "passing": PassingProductsOut.of(each.simulation) if each.simulation else None,
            "refused": [
                {
                    "id": check.id,
                    "title": names(check.title),
                    "met": check.met,
                    "reason": names(check.reason),
                }
                for check in each.refused
            ],
        }


class ThresholdSimulationOut(Schema):
    """How many products would pass. `problems` say why the wanted values cannot be tried."""

    products: int
    changed: bool
    passing: PassingProductsOut
    alternatives: list[AlternativeMethodOut]
    problems: list[ProblemDetail]

    @staticmethod
    def of(found: Trial) -> dict[str, Any]:
        return {
            "products": found.products,
            "changed": found.changed,
            "passing": PassingProductsOut.of(found.simulation),
            "alternatives": [AlternativeMethodOut.of(each) for each in found.alternatives],
            "problems": [described(problem) for problem in found.problems],
        }


class OpenThresholdStepOut(Schema):
    """A step that the caller may take now; `facts` are the fields that it fixes."""

    after: str
    name: Names
    facts: list[str]

    @staticmethod
    def of(move: Move) -> dict[str, Any]:
        return {"after": move.after, "name": names(move.name), "facts": list(move.facts)}


class ThresholdStepIn(Schema):
    """A step: where to, why, on which document or file (base64), and what it fixes.

    `comments_until` belongs to `consulted`, `in_force` to `published`.
    """

    after: str = Field(max_length=12)
    reason: str = Field(max_length=4000)
    document: str = Field("", max_length=300)
    comments_until: dt.date | None = None
    in_force: dt.date | None = None
    file_name: str = Field("", max_length=200)
    file: Base64Bytes | None = None

    def paper(self) -> tuple[str, bytes] | None:
        return None if self.file is None else (self.file_name, self.file)


class ThresholdCommentIn(Schema):
    """A comment on a value, or on all of them."""

    text: str = Field(max_length=4000)
    about: Threshold | Literal[""] = ""


class ThresholdAnswerIn(Schema):
    """What becomes of a comment, and why."""

    answer: Literal["accepted", "partly", "refused"]
    reason: str = Field(max_length=4000)
