"""What the API says of standards."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from zuji.model.standards import Certainty, DraftingRole, StandardKind, StandardLevel
from zuji.rules.coverage import Cover
from zuji.text import Text
from zuji_web.standards import states
from zuji_web.standards.models import StandardRecord
from zuji_web.standards.queries.registry import today


class Names(Schema):
    """A text in both languages."""

    zh: str
    en: str = ""


def names(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


class DraftingBodyOut(Schema):
    """A body that led or joined, and where that is said."""

    name: str
    role: DraftingRole
    region: str = ""
    evidence: str = ""


class StandardRow(Schema):
    """A standard. `scope` are product codes as `scheme:code`; `state` is today's, dates included."""

    id: UUID
    number: str
    name: Names
    level: StandardLevel
    kind: StandardKind
    scope: list[str]
    region: str
    issued: date | None
    in_force: date | None
    withdrawn: date | None
    state: str
    certainty: Certainty
    demonstration: bool
    rule: str

    @staticmethod
    def resolve_number(record: StandardRecord) -> str:
        return record.label

    @staticmethod
    def resolve_name(record: StandardRecord) -> dict[str, str]:
        return {"zh": record.name, "en": record.name_en}

    @staticmethod
    def resolve_state(record: StandardRecord) -> str:
        return states.on(record, today())


class ProcedureStepOut(Schema):
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


class StandardDetail(StandardRow):
    """A standard with its bodies, source and history."""

    replaces: list[str]
    converted_from: str
    converted_into: list[str]
    bodies: list[DraftingBodyOut]
    source: str
    note: str
    comments_until: date | None
    history: list[ProcedureStepOut]

    @staticmethod
    def resolve_bodies(record: StandardRecord) -> list[Any]:
        return list(record.bodies.all())

    @staticmethod
    def resolve_converted_into(record: StandardRecord) -> list[str]:
        if not record.number:
            return []
        later = StandardRecord.objects.filter(converted_from=record.number).exclude(number="")
        return list(later.values_list("number", flat=True))

    @staticmethod
    def resolve_history(record: StandardRecord) -> list[Any]:
        return list(record.transitions.all())


class StandardFilter(Schema):
    """What the list may be narrowed by; `product` is a code such as zuji:baijiu or hs:7601."""

    q: str = Field("", max_length=200)
    level: StandardLevel | None = None
    kind: StandardKind | None = None
    state: str = Field("", max_length=40)
    product: str = Field("", max_length=80)
    demonstrations: bool = False


class GoverningIn(Schema):
    """A product by its code, a day (today unless said) and a province such as CN-SC."""

    product: str = Field(min_length=1, max_length=80)
    on: date | None = None
    region: str = Field("", max_length=12)
    demonstrations: bool = False


class GoverningOut(Schema):
    """Exactly one standard or none, and why. `general` applies where there is none."""

    product: str
    on: date
    region: str
    standard: StandardRow | None
    reason: Names
    candidates: list[StandardRow]
    general: StandardRow | None


class CoverageIn(Schema):
    """The day and province of the matrix."""

    on: date | None = None
    region: str = Field("", max_length=12)


class CoverageCellOut(Schema):
    """One kind of standard for a product."""

    kind: StandardKind
    cover: Cover
    standards: list[str]


class CoverageRowOut(Schema):
    """A product with one cell a kind."""

    product: str
    name: Names
    cells: list[CoverageCellOut]


class CoverageOut(Schema):
    """Products by kinds of standard, and how many pairs are empty."""

    on: date
    region: str
    gaps: int
    rows: list[CoverageRowOut]


class CountedOut(Schema):
    """A rule that counts, with the province's bodies."""

    number: str
    in_force: bool
    led: bool
    bodies: list[DraftingBodyOut]


class NotCountedOut(Schema):
    """A rule that does not count, why, and what would make it count."""

    number: str
    because: Names
    needs: Names


class TargetStandingOut(Schema):
    """A target and what was reached."""

    name: Names
    by: date
    number: int
    reached: int
    missing: int
    clause: str
    source: str


class TargetsIn(Schema):
    """The province, and the day of the count."""

    region: str = Field("CN-SC", max_length=12)
    on: date | None = None


class TargetsOut(Schema):
    """Rules that a province led or joined; every number is the length of a list of rows.

    `unattributed` are numbers of issued rules whose drafting bodies nobody has registered; some may count.
    """

    region: str
    on: date
    standings: list[TargetStandingOut]
    counted: list[CountedOut]
    not_counted: list[NotCountedOut]
    unattributed: list[str]
