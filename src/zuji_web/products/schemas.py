"""Shapes of the studies' API."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import RootModel

from zuji_web.products.models import StudyState


class StudyRow(Schema):
    """A study in a list. `total` is kgCO2e in `total_unit`, null while lines are not countable."""

    id: UUID
    name: str
    product_name: str
    state: StudyState
    version: int
    revision: int
    demonstration: bool
    total: float | None
    total_unit: str
    updated_at: datetime


class StudyOut(StudyRow):
    """A study with its document, in the same form as YAML and JSON files."""

    document: dict[str, Any]


class StudyIn(Schema):
    """A whole study; the short forms of files are understood."""

    document: dict[str, Any]


class MergePatch(RootModel[dict[str, Any]]):
    """Keys with their new values; null takes a value away (RFC 7396)."""


class StageOut(Schema):
    stage: str
    total: float
    share: float | None


class LineResultOut(Schema):
    """A line's contribution, kgCO2e per reference unit; `passed_on` where another process carries it."""

    total: float
    share: float
    formula: str
    primary: bool
    passed_on: bool
    stage: str


class DraftProblemOut(Schema):
    """A mistake or gap: of a line, or with an empty `line` of the study."""

    line: str
    field: str
    code: str
    what: str
    cure: str
    text: str


class FactorOut(Schema):
    """A dataset of the factor library."""

    id: str
    version: str
    newest: str
    name: str
    kind: str
    value: float
    value_text: str
    unit: str
    per: str
    year: str
    geography: str
    geography_text: str
    confidence: str
    confidence_text: str
    source: str
    url: str


class LocationOut(Schema):
    """The result with electricity at the grid factors of its place, kgCO2e per reference unit.

    `unknown` are lines that count otherwise and name no such factor; they keep their value.
    """

    total: float
    total_text: str
    unknown: list[str]


class LiveOut(Schema):
    """Live numbers: `complete` is false while some lines cannot be counted; `uncounted` says how many.

    `doubts` are certificates of electricity that do not hold; they keep nothing from being counted.
    """

    total: float | None
    total_text: str
    unit: str
    complete: bool
    uncounted: int
    stages: list[StageOut]
    totals: dict[str, float]
    lines: dict[str, LineResultOut]
    problems: list[DraftProblemOut]
    doubts: list[DraftProblemOut]
    location: LocationOut | None
    factors: dict[str, FactorOut]


class LiveAnswer(Schema):
    """The live numbers of one revision."""

    revision: int
    live: LiveOut


class EditedOut(Schema):
    """What came of a change. `document` is given where the caller has not seen everything in it."""

    id: UUID
    revision: int
    undo: bool
    redo: bool
    merged: bool
    live: LiveOut
    document: dict[str, Any] | None = None


class OperationIn(Schema):
    """One operation; paths name keys and ids, `["lines", id, …]` finds a line in any process."""

    op: Literal["set", "insert", "remove", "move"]
    path: list[str] = Field(min_length=1, max_length=12)
    value: Any = None
    was: Any = None
    after: str | None = None


class EditsIn(Schema):
    """Operations that become one step, which undo takes back as a whole."""

    operations: list[OperationIn] = Field(min_length=1, max_length=20_000)


class LineIn(Schema):
    """A new line: in `process` (the first one if empty), behind the line `after` (the last one if null)."""

    line: dict[str, Any]
    process: str = ""
    after: str | None = None


class LineAdded(EditedOut):
    line: str


class ReasonedCandidate(FactorOut):
    """A factor offered for a line. A person confirms it with POST /matches; nothing is taken by itself."""

    score: float
    good: bool
    may_be_default: bool
    remembered: bool
    reasons: list[str]
    unit_ok: bool | None
    unit_note: str
    flags: list[str]
    barred: str


class CandidatesOut(Schema):
    line: str
    candidates: list[ReasonedCandidate]


class ChoiceIn(Schema):
    """A line, the chosen dataset's id, and for the recycling formula which factor it is."""

    line: str
    factor: str
    role: str = ""


class MatchesIn(Schema):
    choices: list[ChoiceIn] = Field(min_length=1, max_length=5000)
