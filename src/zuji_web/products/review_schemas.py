"""What the API says and hears of reviews, versions and publications."""

import datetime as dt
from typing import Any, Literal

from ninja import Schema
from pydantic import Base64Bytes

from zuji_web.gateway import ProblemDetail


class StepOut(Schema):
    """One step of a study: who, when, why, on which document; `hash` covers the step before it too."""

    number: int
    before: str
    after: str
    at: dt.datetime
    actor: str
    reason: str
    document: str
    digest: str
    hash: str


class AnswerOut(Schema):
    text: str
    author: str
    made_at: dt.datetime


class CommentOut(Schema):
    """A comment; `line` and `field` are empty where it is on the study as a whole."""

    id: int
    line: str
    field: str
    weight: str
    text: str
    author: str
    open: bool
    version: int
    answers: list[AnswerOut]


class ReviewOut(Schema):
    """One round of internal review; the conclusion is empty while it goes on."""

    number: int
    submitter: str
    submitted_at: dt.datetime
    reviewer: str
    interest: str
    conclusion: str
    reasons: str


class OpinionOut(Schema):
    """The opinion of a body outside; `sha256` is that of its document."""

    id: int
    kind: str
    body: str
    standard: str
    level: str
    number: str
    date: dt.date
    valid_until: dt.date | None
    conclusion: str
    text: str
    sha256: str


class StandingOut(Schema):
    """Where a study stands; `code` is its state in the table of states, expiry and phases included."""

    state: str
    code: str
    reviewed: bool
    expired_on: dt.date | None
    disclosed_as: str
    rounds: list[ReviewOut]
    comments: list[CommentOut]
    opinions: list[OpinionOut]
    history: list[StepOut]
    hindrances: list[ProblemDetail]


class SubmitIn(Schema):
    note: str = ""


class ReviewerIn(Schema):
    """The address with which the member signs in."""

    email: str


class DeclarationIn(Schema):
    conflict: bool
    text: str = ""


class CommentIn(Schema):
    text: str
    line: str = ""
    field: str = ""
    weight: Literal["must", "should"] = "must"


class AnswerIn(Schema):
    text: str


class ConclusionIn(Schema):
    conclusion: Literal["pass", "return"]
    reasons: str = ""


class ReasonIn(Schema):
    reason: str


class OpinionIn(Schema):
    """An opinion as its body states it, with its document: one PDF in base64."""

    kind: Literal["verification", "critical_review"]
    body: str
    standard: str
    date: dt.date
    conclusion: Literal["positive", "correction"]
    text: str
    independent: bool
    level: Literal["", "limited", "reasonable"] = ""
    body_code: str = ""
    person: str = ""
    number: str = ""
    valid_until: dt.date | None = None
    file_name: str
    file: Base64Bytes


class FilingIn(Schema):
    document: str
    reason: str = ""


class DisclosureIn(Schema):
    """`readers` are unified social credit codes, empty for everybody."""

    audience: Literal["public", "limited"]
    readers: list[str] = []
    valid_until: dt.date | None = None


class AlterationOut(Schema):
    kind: str
    name: str
    line: str
    process: str
    before: dict[str, Any]
    after: dict[str, Any]


class DifferenceStepOut(Schema):
    """What changed together, and kgCO2e per reference unit that it did; null where no number exists."""

    effect: float | None
    alterations: list[AlterationOut]


class DifferenceOut(Schema):
    """The effects of the steps sum to `effect`; `words` changed without touching a number."""

    before_version: int
    after_version: int
    before: float | None
    after: float | None
    effect: float | None
    steps: list[DifferenceStepOut]
    words: list[str]
