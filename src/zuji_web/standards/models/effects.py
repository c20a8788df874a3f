"""What a new standard sets off: older standards to withdraw, and notices to whoever works by them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zuji_web.standards.models.registry import StandardRecord


class WithdrawalTask(models.Model):
    """An older standard that a newer one displaces and that is to be withdrawn by a day."""

    record = models.ForeignKey(StandardRecord, on_delete=models.PROTECT, related_name="withdrawal_tasks")
    because_of = models.ForeignKey(StandardRecord, on_delete=models.PROTECT, related_name="displaces")
    # The day on which the newer one comes into force; None while that day is unknown.
    due = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["done_at", "due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "because_of"], name="one_withdrawal_task_each")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.due}"

    @property
    def done(self) -> bool:
        return self.done_at is not None


class NoticeKind(models.TextChoices):
    """Why an open study is told."""

    RULE = "rule", _("The study follows a rule of the older standard")
    SCOPE = "scope", _("The new standard covers the product of the study")


class Notice(models.Model):
    """What an organisation is told about one of its open studies; a frozen study gets none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    study = models.ForeignKey("products.ProductStudy", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=NoticeKind.choices)
    new = models.ForeignKey(StandardRecord, on_delete=models.PROTECT, related_name="+")
    old = models.ForeignKey(StandardRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "new"], name="one_notice_per_study_and_standard"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="known_notice_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} {self.new_id}"
