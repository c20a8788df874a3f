"""What the platform keeps about grades: the sample store, and sets of thresholds with their procedure."""

from zuji_web.grades.models.samples import Origin, Purpose, SampledFirm, SampleExamination, StoredSample
from zuji_web.grades.models.sets import (
    SampleUse,
    SetAnswer,
    SetComment,
    SetDerivation,
    SetPaper,
    SetTransition,
    ThresholdSet,
)

__all__ = [
    "Origin",
    "Purpose",
    "SampleExamination",
    "SampleUse",
    "SampledFirm",
    "SetAnswer",
    "SetComment",
    "SetDerivation",
    "SetPaper",
    "SetTransition",
    "StoredSample",
    "ThresholdSet",
]
