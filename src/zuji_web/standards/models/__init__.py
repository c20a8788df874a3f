"""What the platform keeps about standards: registry, procedures, what a new standard sets off, selections."""

from zuji_web.standards.models.effects import Notice, NoticeKind, WithdrawalTask
from zuji_web.standards.models.procedures import (
    Answer,
    Comment,
    Conflict,
    Opinion,
    Review,
    StandardDocument,
    StandardTransition,
)
from zuji_web.standards.models.registry import StandardBody, StandardRecord
from zuji_web.standards.models.selections import KeyProductSelection, SelectionCandidate

__all__ = [
    "Answer",
    "Comment",
    "Conflict",
    "KeyProductSelection",
    "Notice",
    "NoticeKind",
    "Opinion",
    "Review",
    "SelectionCandidate",
    "StandardBody",
    "StandardDocument",
    "StandardRecord",
    "StandardTransition",
    "WithdrawalTask",
]
