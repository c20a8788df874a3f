"""Where a set of thresholds stands: its state of the table, with what follows from dates alone."""

from datetime import date

from zuji.rules.lifecycle import THRESHOLD_LIFECYCLE
from zuji.text import Text
from zuji_web.grades.models import ThresholdSet

SAMPLED, PROPOSED, CONSULTED = "sampled", "proposed", "consulted"
PUBLISHED, IN_FORCE, REVISED = "published", "in_force", "revised"
# What everybody may read; before its consultation a set is between the officers.
PUBLIC = frozenset({CONSULTED, PUBLISHED, IN_FORCE, REVISED})
DECIDED = frozenset({PUBLISHED, IN_FORCE, REVISED})
ANSWERABLE = frozenset({CONSULTED, PROPOSED, SAMPLED})
_TONES = {IN_FORCE: "good", PUBLISHED: "note", CONSULTED: "warn", REVISED: ""}


def name(state: str) -> Text:
    """The name of a state in the table; its code where an older table knew it."""
    known = THRESHOLD_LIFECYCLE.states.get(state)
    return known.name if known else Text(state, state)


def tone(state: str) -> str:
    """The tone of a state's badge."""
    return _TONES.get(state, "brand")


def on(one: ThresholdSet, day: date) -> str:
    """Its state on a day: time alone brings a published set into force, and a newer one ends it."""
    if one.state != PUBLISHED:
        return one.state
    if one.revised is not None and one.revised <= day:
        return REVISED
    return IN_FORCE if one.in_force is not None and one.in_force <= day else PUBLISHED


def public(one: ThresholdSet) -> bool:
    """Whether everybody may read it: it was laid before the public once."""
    return one.state in PUBLIC or one.comments_until is not None


def open_for_comments(one: ThresholdSet, day: date) -> bool:
    """Whether the public may comment."""
    return one.state == CONSULTED and one.comments_until is not None and day <= one.comments_until
