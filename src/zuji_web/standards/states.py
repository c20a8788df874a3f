"""Where a standard stands: its state of `zuji.rules.lifecycle`, with what follows from dates alone."""

from datetime import date
from typing import Any

from zuji.model.standards import Certainty, Standard
from zuji.rules.lifecycle import RULE_LIFECYCLE
from zuji.text import Text
from zuji_web.standards.models import StandardRecord

PROPOSED, REFUSED = "proposed", "refused"
CONSULTATION, EXAMINATION, APPROVAL = "consultation", "examination", "approval"
ISSUED, IN_FORCE, CONFIRMED = "issued", "in_force", "confirmed"
TO_BE_WITHDRAWN, WITHDRAWN = "to_be_withdrawn", "withdrawn"
CONVERTED, SUPERSEDED = "converted", "superseded"
# A proposal that nobody accepted is between its organisation and the work areas.
PRIVATE = frozenset({PROPOSED, REFUSED})
ANSWERABLE = frozenset({CONSULTATION, EXAMINATION, APPROVAL})
REVIEWABLE = frozenset({EXAMINATION})
# States of a procedure, in the order of the board, and those in which one ended without a standard.
UNDER_WAY = ("proposed", "approved", "drafting", "consultation", "examination", "approval", "suspended")
# States of a standard that was issued, for the registry's filter.
REGISTERED = (
    *("issued", "in_force", "review", "confirmed", "revised"),
    *("to_be_withdrawn", "withdrawn", "converted", "superseded"),
)
# States that a date alone does not end, because somebody decided something else.
_ENDED = frozenset({CONVERTED, SUPERSEDED, WITHDRAWN})
_TONES = {
    IN_FORCE: "good",
    CONFIRMED: "good",
    ISSUED: "note",
    TO_BE_WITHDRAWN: "warn",
    "suspended": "warn",
    REFUSED: "bad",
    "terminated": "",
    WITHDRAWN: "",
    CONVERTED: "",
    SUPERSEDED: "",
}


def name(state: str) -> Text:
    """The name of a state in the table; its code where an older table knew it."""
    known = RULE_LIFECYCLE.states.get(state)
    return known.name if known else Text(state, state)


def tone(state: str) -> str:
    """The tone of a state's badge."""
    return _TONES.get(state, "brand")


def of_dates(standard: Standard, on: date) -> str:
    """The state in which a standard enters the registry."""
    if standard.withdrawn is not None and standard.withdrawn <= on:
        return WITHDRAWN
    return IN_FORCE if standard.holds(on) else ISSUED


def on(record: StandardRecord, day: date) -> str:
    """Its state on a day: time alone brings an issued standard into force, and ends one that has an end."""
    if not record.number or record.state in _ENDED:
        return record.state
    if record.withdrawn is not None and record.withdrawn <= day:
        return WITHDRAWN
    if record.state == ISSUED and record.holds(day):
        return IN_FORCE
    return record.state


def open_for_comments(record: StandardRecord, day: date) -> bool:
    """Whether the public may comment."""
    return record.state == CONSULTATION and (record.comments_until is None or day <= record.comments_until)


def dates(record: StandardRecord) -> dict[str, Any]:
    """What a step fixed, for its history."""
    days = {name: getattr(record, name) for name in ("issued", "in_force", "withdrawn")}
    return {"number": record.number} | {key: day.isoformat() for key, day in days.items() if day is not None}


def is_law(standard: Standard) -> bool:
    """Whether a standard sets anything off: issued, and neither a demonstration nor unconfirmed."""
    issued = standard.issued is not None or standard.in_force is not None
    return issued and not standard.demonstration and standard.certainty is not Certainty.UNCONFIRMED
