"""The yearly selection of key products (陕环发[2025]4号 二（二）4): candidates, scores, decision, reasons."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class KeyProductSelection(models.Model):
    """A year's selection. `criteria` are rows of key, name and weight; it is closed for good."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    criteria = models.JSONField(default=list)
    # Why fewer or more products than usual were chosen; empty where the number is within bounds.
    reason = models.TextField(_("reason"), blank=True)
    document = models.CharField(_("document"), max_length=300, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def closed(self) -> bool:
        return self.closed_at is not None


class SelectionCandidate(models.Model):
    """A product that was considered: its scores by criterion, and what was decided about it and why."""

    selection = models.ForeignKey(KeyProductSelection, on_delete=models.CASCADE, related_name="candidates")
    # A product code as `scheme:code`.
    code = models.CharField(_("product"), max_length=80)
    scores = models.JSONField(default=dict)
    chosen = models.BooleanField(_("chosen"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "code"], name="one_candidate_per_product"),
            models.CheckConstraint(
                condition=Q(chosen__isnull=True) | ~Q(reason=""), name="a_decision_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.selection_id} {self.code}"
