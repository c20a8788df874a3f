"""The stored states of a study, seen through the state table of the field (`STUDY_LIFECYCLE`).

The table has more states than are stored: the phases of a draft follow from its document, a verification
that is under way or has demanded a correction follows from the opinions, and expiry follows from the date.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from zuji.rules.lifecycle import STUDY_LIFECYCLE
from zuji.text import Text
from zuji_web.products.models import StudyState


class Phase(StrEnum):
    """How far a draft is, or what became of a frozen study without a stored step."""

    DRAFT = "draft"
    SCOPED = "scoped"
    COLLECTING = "collecting"
    MODELLING = "modelling"
    CALCULATED = "calculated"
    CORRECTIVE = "corrective"
    EXPIRED = "expired"


# The phases of a draft in the order in which they are reached.
PROGRESS = (Phase.SCOPED, Phase.COLLECTING, Phase.MODELLING, Phase.CALCULATED)
# Each stored state with the states of the table that it stands for.
STANDS_FOR: Mapping[StudyState, tuple[str, ...]] = MappingProxyType(
    {
        StudyState.DRAFT: ("draft", "scoped", "collecting", "modelling", "calculated"),
        StudyState.IN_REVIEW: ("internal_review",),
        StudyState.FROZEN: ("frozen", "verification"),
        StudyState.VERIFIED: ("verified",),
        StudyState.FILED: ("filed",),
        StudyState.DISCLOSED: ("disclosed",),
        StudyState.SUPERSEDED: ("superseded",),
        StudyState.WITHDRAWN: ("withdrawn",),
    }
)
_STORED = {code: state for state, codes in STANDS_FOR.items() for code in codes}
# Decision 0009: a firm of one person freezes without review. Such a study is stamped and goes no further.
UNREVIEWED_FREEZE = (StudyState.DRAFT, StudyState.FROZEN)

# An opinion is attached to what still stands; only on a frozen study a positive one is a step.
ATTACHABLE = (StudyState.FROZEN, StudyState.VERIFIED, StudyState.FILED, StudyState.DISCLOSED)


def _moves() -> dict[StudyState, tuple[StudyState, ...]]:
    found: dict[StudyState, dict[StudyState, None]] = {state: {} for state in StudyState}
    for step in STUDY_LIFECYCLE.steps:
        source, target = _STORED.get(step.source), _STORED.get(step.target)
        if source is not None and target is not None and source != target:
            found[source][target] = None
    found[UNREVIEWED_FREEZE[0]][UNREVIEWED_FREEZE[1]] = None
    return {state: tuple(targets) for state, targets in found.items()}


MOVES: Mapping[StudyState, tuple[StudyState, ...]] = MappingProxyType(_moves())


def name_of(code: str) -> Text:
    """What the table calls one of its states, stored or not."""
    return STUDY_LIFECYCLE.state(code).name


def table_code(state: str) -> str:
    """The state of the table that a stored state begins with."""
    return STANDS_FOR[StudyState(state)][0]
