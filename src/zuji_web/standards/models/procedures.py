"""How a standard comes about: transitions, documents, comments and reviews. Transitions are written once."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zuji_web.standards.models.registry import StandardRecord

FIRST_HASH = "0" * 64


class StandardDocument(models.Model):
    """A paper of a procedure as it came: a draft, minutes, a decision. Written once."""

    record = models.ForeignKey(StandardRecord, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class StandardTransition(models.Model):
    """One step of a standard from a state to the next: who, when, why, on which document.

    `hash` covers the step and the hash of the step before it, so that the history cannot be rewritten
    unseen. Nothing refers to people by key: they may leave, their steps stay.
    """

    record = models.ForeignKey(StandardRecord, on_delete=models.PROTECT, related_name="transitions")
    number = models.PositiveIntegerField()
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    actor_id = models.CharField(max_length=64)
    organisation = models.CharField(max_length=160, blank=True)
    organisation_id_then = models.CharField(max_length=64, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    # The paper it rests on, as people cite it, and the file where one was handed in.
    document = models.CharField(_("document"), max_length=300, blank=True)
    file = models.ForeignKey(
        StandardDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What the step fixed: number and dates.
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_transition_per_number")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.number} {self.after}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermissionError("A step of a standard is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionError("A step of a standard is never deleted.")


class Answer(models.TextChoices):
    """What became of a comment."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Accepted in part")
    REFUSED = "refused", _("Declined")


class Comment(models.Model):
    """What an organisation says on a draft, and the secretariat's answer; everybody sees both."""

    record = models.ForeignKey(StandardRecord, on_delete=models.PROTECT, related_name="comments")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    clause = models.CharField(_("clause"), max_length=80, blank=True)
    text = models.TextField(_("comment"))
    proposal = models.TextField(_("proposed wording or value"), blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, blank=True)
    answer_reason = models.TextField(_("reason"), blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (Q(answer__in=Answer.values) & ~Q(answer_reason="") & Q(answered_at__isnull=False)),
                name="an_answer_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.pk}"


class Conflict(models.TextChoices):
    """What a reviewer says about interests of their own."""

    UNKNOWN = "", _("not yet declared")
    NONE = "none", _("No conflict of interest")
    DECLARED = "declared", _("Conflict of interest")


class Opinion(models.TextChoices):
    """What a reviewer concludes."""

    PASS = "pass", _("Pass")
    REVISE = "revise", _("Revise")
    REJECT = "reject", _("Reject")


class Review(models.Model):
    """An expert's review of a draft: assigned by the secretariat, never chosen by the expert.

    A draft that went back and comes again is another one: its reviews are asked for and given anew.
    """

    record = models.ForeignKey(StandardRecord, on_delete=models.PROTECT, related_name="reviews")
    # The number of the step that opened the examination.
    examination = models.PositiveIntegerField()
    reviewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField(auto_now_add=True)
    conflict = models.CharField(max_length=8, choices=Conflict.choices, blank=True)
    conflict_text = models.TextField(blank=True)
    opinion = models.CharField(max_length=8, choices=Opinion.choices, blank=True)
    text = models.TextField(_("reasons"), blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "reviewer", "examination"], name="one_review_each"),
            models.CheckConstraint(
                condition=Q(opinion="") | Q(conflict="none"), name="no_opinion_without_a_declaration"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.reviewer_id}"
