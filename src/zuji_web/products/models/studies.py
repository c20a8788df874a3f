"""Product studies of an organisation: the draft, its edits, and frozen snapshots.

The draft is one document in the same form as YAML, JSON and the API speak (`zuji.model.documents`),
so that nothing is lost between a file, the grid and the calculation.
"""

import uuid
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyState(models.TextChoices):
    """Where a study stands. Only a draft changes; what is frozen stays, a correction is a new version."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In internal review")
    FROZEN = "frozen", _("Frozen")
    VERIFIED = "verified", _("Verified")
    FILED = "filed", _("Filed")
    DISCLOSED = "disclosed", _("Disclosed")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


UNFROZEN = (StudyState.DRAFT, StudyState.IN_REVIEW)


class ProductStudy(models.Model):
    """A footprint study as its organisation works on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="studies"
    )
    name = models.CharField(_("name"), max_length=200)
    product_name = models.CharField(_("product"), max_length=200)
    document = models.JSONField(default=dict)
    # Rises with every write, undo included: who holds the newest revision has seen everything.
    revision = models.PositiveIntegerField(default=0)
    # The number of the newest edit in force; undo lowers it, redo raises it.
    applied = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=StudyState.choices, default=StudyState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    previous = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="successors"
    )
    demonstration = models.BooleanField(default=False)
    # For lists and search only; a result is always calculated from the document.
    total = models.FloatField(null=True, blank=True)
    total_unit = models.CharField(max_length=40, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=StudyState.values), name="known_study_state")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def frozen(self) -> bool:
        """Whether it has a snapshot, and nothing of its content changes any more."""
        return self.state not in UNFROZEN


class StudyEdit(models.Model):
    """One change of a draft, with what undoes it, as lists of operations (`products.operations`)."""

    study = models.ForeignKey(ProductStudy, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    forward = models.JSONField()
    backward = models.JSONField()
    # Whoever did it, as the audit trail names people and clients.
    author = models.CharField(max_length=200)
    author_id = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="one_edit_per_number")]

    def __str__(self) -> str:
        return f"{self.study_id} {self.number}"


class StudySnapshot(models.Model):
    """A frozen study: the canonical bytes, and their SHA-256. Written once, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.OneToOneField(ProductStudy, on_delete=models.PROTECT, related_name="snapshot")
    content = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    published_total = models.CharField(max_length=40)
    published_unit = models.CharField(max_length=60)
    software_version = models.CharField(max_length=40)
    frozen_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    frozen_at = models.DateTimeField(auto_now_add=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermissionError("A frozen study is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionError("A frozen study is never deleted.")


class ConfirmedMatch(models.Model):
    """A factor that somebody of the organisation confirmed for an item; offered first next time."""

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="confirmed_matches"
    )
    kind = models.CharField(max_length=24)
    text = models.CharField(max_length=200)
    factor_id = models.CharField(max_length=120)
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "text"], name="one_match_per_item")
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.factor_id}"


class MadeFile(models.Model):
    """What a job made of one state of a study: a simulation, a report. It can be made again at any time."""

    study = models.ForeignKey(ProductStudy, on_delete=models.CASCADE, related_name="made_files")
    kind = models.CharField(max_length=20)
    # What it was made of: digests, language, settings, software.
    key = models.CharField(max_length=160)
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "kind", "key"], name="one_made_file_per_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
