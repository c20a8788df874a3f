"""How a study comes to be frozen and what becomes of it: steps, internal reviews, comments.

Steps and concluded reviews are written once; the database refuses to change them.
"""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zuji_web.products.models.studies import ProductStudy, StudyState

FIRST_HASH = "0" * 64


class StudyTransition(models.Model):
    """One step of a study from a state to the next: who, when, why, on which document.

    `digest` is the SHA-256 of what the step was about: the inputs submitted, the snapshot, the opinion.
    `hash` covers the step and the hash of the step before it, so that the history cannot be rewritten
    unseen. Nothing refers to people by key: they may leave, their steps stay.
    """

    study = models.ForeignKey(ProductStudy, on_delete=models.PROTECT, related_name="transitions")
    number = models.PositiveIntegerField()
    before = models.CharField(max_length=12, choices=StudyState.choices)
    after = models.CharField(max_length=12, choices=StudyState.choices)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    actor_id = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    document = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    # What the step fixed beside the state, such as whether the frozen study had been reviewed.
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="one_study_transition_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.study_id} {self.number} {self.after}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermissionError("A step of a study is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionError("A step of a study is never deleted.")


class Interest(models.TextChoices):
    """What a reviewer says about interests of their own."""

    UNKNOWN = "", _("not yet declared")
    NONE = "none", _("No conflict of interest")
    DECLARED = "declared", _("Conflict of interest")


class Conclusion(models.TextChoices):
    """How a review ended; empty while it goes on."""

    OPEN = "", _("going on")
    PASSED = "passed", _("Passed")
    RETURNED = "returned", _("Returned")
    RECALLED = "recalled", _("Taken back by the submitter")


class StudyReview(models.Model):
    """One round of internal review: submitted by somebody, assigned to somebody else, concluded.

    `digest` is the SHA-256 of what went into the calculation that was submitted.
    """

    study = models.ForeignKey(ProductStudy, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    submitter = models.CharField(max_length=200)
    submitter_id = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(_("note to the reviewer"), blank=True)
    revision = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    reviewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    assigned_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    interest = models.CharField(max_length=8, choices=Interest.choices, blank=True)
    interest_text = models.TextField(blank=True)
    declared_at = models.DateTimeField(null=True)
    conclusion = models.CharField(max_length=8, choices=Conclusion.choices, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="one_review_per_number"),
            models.UniqueConstraint(fields=["study"], condition=Q(conclusion=""), name="one_open_review"),
            models.CheckConstraint(
                condition=Q(conclusion__in=["", "recalled"])
                | Q(reviewer__isnull=False, interest="none", concluded_at__isnull=False),
                name="a_conclusion_has_an_independent_reviewer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} {self.number}"


class Weight(models.TextChoices):
    """Whether a comment must be settled before the review passes."""

    MUST = "must", _("Must be settled")
    SHOULD = "should", _("Should be looked at")


class ReviewComment(models.Model):
    """What a reviewer says on a line or a field of a study; it stays open until the reviewer settles it.

    `line` and `field` are as in the document; both empty where the comment is on the study as a whole.
    `item` is what the line was called when the comment was made.
    """

    study = models.ForeignKey(ProductStudy, on_delete=models.PROTECT, related_name="review_comments")
    review = models.ForeignKey(StudyReview, on_delete=models.PROTECT, related_name="comments")
    line = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=120, blank=True)
    item = models.CharField(max_length=200, blank=True)
    weight = models.CharField(max_length=6, choices=Weight.choices)
    text = models.TextField()
    author = models.CharField(max_length=200)
    author_id = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_by_id = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__in=Weight.values), name="known_comment_weight")
        ]

    def __str__(self) -> str:
        return f"{self.study_id} {self.pk}"


class ReviewAnswer(models.Model):
    """An answer in the thread of a comment."""

    comment = models.ForeignKey(ReviewComment, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    author = models.CharField(max_length=200)
    author_id = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.pk}"
