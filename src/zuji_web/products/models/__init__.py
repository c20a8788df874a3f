"""What the platform keeps about studies: drafts and snapshots, their lives and reviews, their standing."""

from zuji_web.products.models.reviews import (
    Conclusion,
    Interest,
    ReviewAnswer,
    ReviewComment,
    StudyReview,
    StudyTransition,
    Weight,
)
from zuji_web.products.models.standing import (
    Assurance,
    Audience,
    CertificateClaim,
    ClaimedCertificate,
    OpinionConclusion,
    OpinionKind,
    StudyConformity,
    StudyDisclosure,
    VerificationOpinion,
)
from zuji_web.products.models.studies import (
    ConfirmedMatch,
    MadeFile,
    ProductStudy,
    StudyEdit,
    StudySnapshot,
    StudyState,
)

__all__ = [
    "Assurance",
    "Audience",
    "CertificateClaim",
    "ClaimedCertificate",
    "Conclusion",
    "ConfirmedMatch",
    "Interest",
    "MadeFile",
    "OpinionConclusion",
    "OpinionKind",
    "ProductStudy",
    "ReviewAnswer",
    "ReviewComment",
    "StudyConformity",
    "StudyDisclosure",
    "StudyEdit",
    "StudyReview",
    "StudySnapshot",
    "StudyState",
    "StudyTransition",
    "VerificationOpinion",
    "Weight",
]
