"""State tables as data, and the guards of the life of a rule."""

from zuji.rules.lifecycle.states import (
    WORK_AREA_NAMES,
    Guard,
    State,
    StateTable,
    Step,
    WorkArea,
)
from zuji.rules.lifecycle.tables import RULE_LIFECYCLE, STUDY_LIFECYCLE, THRESHOLD_LIFECYCLE

__all__ = [
    "RULE_LIFECYCLE",
    "STUDY_LIFECYCLE",
    "THRESHOLD_LIFECYCLE",
    "WORK_AREA_NAMES",
    "Guard",
    "State",
    "StateTable",
    "Step",
    "WorkArea",
]
