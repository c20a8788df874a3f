"""Internal reviews: who may be asked, what is open, what waits for whom, how a report names them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone

from zuji.model.statements import Review, ReviewKind
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Membership, User
from zuji_web.accounts.permissions import ROLES, Permission, Role
from zuji_web.audit.actions import type_name
from zuji_web.audit.models import AuditEvent
from zuji_web.products.models import (
    Conclusion,
    OpinionKind,
    ProductStudy,
    ReviewAnswer,
    ReviewComment,
    StudyEdit,
    StudyReview,
    StudyState,
    StudyTransition,
    VerificationOpinion,
    Weight,
)
from zuji_web.products.queries import lineage, studies

REVIEWING_ROLES = tuple(role for role in Role if Permission.STUDY_REVIEW in ROLES[role].permissions)
# Acts by which somebody becomes an author of a study; the trail keeps them even where an edit was undone.
_AUTHORING = (
    "study.create",
    "study.import",
    "study.copy",
    "study.new_version",
    "study.edit",
    "study.undo",
    "study.redo",
    "match.confirm",
)


def own_study(study_id: UUID, *, by: Actor) -> ProductStudy:
    """A study of the actor's own organisation; raises `Http404` for any other, worked examples too."""
    found = studies.study(study_id, by=by)
    if not by.may(Permission.STUDY_VIEW, found.organisation):
        raise Http404
    return found


def chain(study: ProductStudy) -> list[ProductStudy]:
    """The study and the versions before it, newest first."""
    return [study, *lineage.ancestors(study)]


def authors(study: ProductStudy) -> frozenset[str]:
    """Identities of everybody who had a hand in the study or in a version that it continues."""
    versions = chain(study)
    events = AuditEvent.objects.filter(
        object_type=type_name(study),
        object_id__in=[str(version.pk) for version in versions],
        action__in=_AUTHORING,
    )
    edits = StudyEdit.objects.filter(study__in=[version.pk for version in versions])
    return frozenset(
        {
            *events.order_by().values_list("actor_id", flat=True).distinct(),
            *edits.order_by().values_list("author_id", flat=True).distinct(),
            *(f"user:{version.created_by_id}" for version in versions if version.created_by_id is not None),
        }
    )


def candidates(study: ProductStudy, *, by: Actor) -> list[User]:
    """Members whom the actor may ask to review: with the right, no hand in the study, and not the actor."""
    barred = authors(study) | {by.identity} | _submitter(study)
    members = (
        Membership.objects.filter(organisation=study.organisation, role__in=REVIEWING_ROLES)
        .select_related("user")
        .order_by("created_at")
    )
    return [member.user for member in members if f"user:{member.user_id}" not in barred]


def _submitter(study: ProductStudy) -> set[str]:
    review = current(study)
    return {review.submitter_id} if review else set()


def current(study: ProductStudy) -> StudyReview | None:
    """The round of a study in review: the open one, or the one that passed and waits for freezing."""
    if study.state != StudyState.IN_REVIEW:
        return None
    return study.reviews.select_related("reviewer").order_by("-number").first()


def last(study: ProductStudy) -> StudyReview | None:
    """The newest round of a study, however it ended."""
    return study.reviews.select_related("reviewer").order_by("-number").first()


def reviewed(study: ProductStudy) -> StudyReview | None:
    """The passed review on which a study was frozen; None for drafts and where it was frozen without."""
    if not study.frozen:
        return None
    step = StudyTransition.objects.filter(
        study=study, before=StudyState.IN_REVIEW, after=StudyState.FROZEN
    ).exists()
    if not step:
        return None
    passed = study.reviews.filter(conclusion=Conclusion.PASSED).select_related("reviewer")
    return passed.order_by("-number").first()


def is_reviewer(study: ProductStudy, *, by: Actor) -> bool:
    """Whether the actor is asked to review this study now."""
    review = current(study)
    return (
        review is not None
        and review.conclusion == Conclusion.OPEN
        and by.user is not None
        and review.reviewer_id == by.user.pk
        and by.may(Permission.STUDY_REVIEW, study.organisation)
    )


def waiting(*, by: Actor) -> QuerySet[StudyReview]:
    """Open reviews that the actor is asked for, the oldest first."""
    if by.user is None or by.organisation is None:
        return StudyReview.objects.none()
    found = StudyReview.objects.filter(
        reviewer=by.user, conclusion=Conclusion.OPEN, study__organisation=by.organisation
    )
    return (
        found.select_related("study", "study__organisation").defer("study__document").order_by("submitted_at")
    )


def unassigned(*, by: Actor) -> QuerySet[StudyReview]:
    """Open reviews of the organisation that nobody is asked for yet."""
    if by.organisation is None or not by.may(Permission.STUDY_VIEW):
        return StudyReview.objects.none()
    found = StudyReview.objects.filter(
        reviewer=None, conclusion=Conclusion.OPEN, study__organisation=by.organisation
    )
    return found.select_related("study").defer("study__document").order_by("submitted_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A comment with its answers; `version` is the one on which it was made, `carried` where an earlier."""

    comment: ReviewComment
    answers: tuple[ReviewAnswer, ...]
    version: int
    carried: bool

    @property
    def open(self) -> bool:
        return self.comment.settled_at is None

    @property
    def must(self) -> bool:
        return self.comment.weight == Weight.MUST

    @property
    def answered(self) -> bool:
        """Whether somebody other than the one who commented has answered."""
        return any(answer.author_id != self.comment.author_id for answer in self.answers)


def threads(study: ProductStudy) -> list[Thread]:
    """Comments on the study, and those still open on the versions before it; open ones first."""
    numbers = {version.pk: version.version for version in chain(study)}
    rows = (
        ReviewComment.objects.filter(study__in=list(numbers))
        .prefetch_related(Prefetch("answers", queryset=ReviewAnswer.objects.order_by("pk")))
        .order_by("pk")
    )
    found = [
        Thread(
            comment=row,
            answers=tuple(row.answers.all()),
            version=numbers[row.study_id],
            carried=row.study_id != study.pk,
        )
        for row in rows
        if row.study_id == study.pk or row.settled_at is None
    ]
    return sorted(found, key=lambda thread: not thread.open)


def open_musts(study: ProductStudy) -> list[Thread]:
    return [thread for thread in threads(study) if thread.open and thread.must]


def comment(study: ProductStudy, comment_id: int) -> ReviewComment:
    """A comment on the study or carried over to it; raises `Http404` for any other."""
    found = ReviewComment.objects.filter(
        pk=comment_id, study__in=[version.pk for version in chain(study)]
    ).first()
    if found is None:
        raise Http404
    return found


def opinions(study: ProductStudy) -> list[VerificationOpinion]:
    """The opinions of bodies outside on a frozen study, without their files."""
    return list(study.opinions.defer("content").order_by("pk"))


def opinion(study: ProductStudy, opinion_id: int) -> VerificationOpinion:
    """An opinion with its file; raises `Http404` where the study has no such."""
    found = study.opinions.filter(pk=opinion_id).first()
    if found is None:
        raise Http404
    return found


def as_model(study: ProductStudy) -> tuple[Review, ...]:
    """Every review and opinion that is recorded of a frozen study, as reports name them."""
    found = []
    internal = reviewed(study)
    if internal is not None:
        found.append(_internal(internal, study))
    return (*found, *(_opinion(row) for row in opinions(study)))


def _internal(row: StudyReview, study: ProductStudy) -> Review:
    day = timezone.localtime(row.concluded_at).date().isoformat() if row.concluded_at else ""
    return Review(
        kind=ReviewKind.INTERNAL,
        reviewer=str(row.reviewer or ""),
        organisation=study.organisation.name,
        independent=False,
        date=day,
        conclusion=row.reasons,
    )


def _opinion(row: VerificationOpinion) -> Review:
    kind = ReviewKind.VERIFICATION if row.kind == OpinionKind.VERIFICATION else ReviewKind.CRITICAL_REVIEW
    return Review(
        kind=kind,
        reviewer=row.person or row.body,
        organisation=row.body,
        independent=True,
        date=row.date.isoformat(),
        level=row.level,
        standard=row.standard,
        conclusion=row.text,
    )
