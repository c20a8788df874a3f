"""Accounting rules on the platform: the YAML as somebody wrote it, and what became of it.

An adopted rule is never changed, neither here nor by raw SQL (migration 0002): a change is a new version.
"""

import hashlib
import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zuji.model.category_rules import RuleStanding
from zuji.model.standards import Certainty


class RuleState(models.TextChoices):
    """Where a version stands. Adopted and withdrawn ones are for good."""

    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("Adopted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Origin(models.TextChoices):
    """Where a rule came from."""

    SHIPPED = "shipped", _("Shipped with the software")
    WRITTEN = "written", _("Written on this platform")


class RuleVersion(models.Model):
    """One version of one rule. The columns beside `text` repeat what it says, for lists and search."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.TextField(_("rule as YAML"))
    # SHA-256 of the text in UTF-8.
    digest = models.CharField(max_length=64)
    # The text as plain data; empty while a draft cannot be read.
    document = models.JSONField(default=dict)
    rule_id = models.CharField(max_length=120, blank=True)
    version = models.CharField(max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=300, blank=True)
    name_en = models.CharField(max_length=300, blank=True)
    standing = models.CharField(max_length=20, blank=True)
    certainty = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=12, choices=RuleState.choices, default=RuleState.DRAFT)
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.WRITTEN)
    previous = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="successors"
    )
    # Rises with every write of a draft, so that two people do not overwrite each other.
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.SET_NULL, null=True, related_name="rules"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    adopted_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True, blank=True)
    adoption_reason = models.TextField(blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["rule_id", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_id", "version"],
                condition=~models.Q(state="draft"),
                name="one_adopted_rule_per_key",
            ),
            models.CheckConstraint(condition=models.Q(state__in=RuleState.values), name="known_rule_state"),
            models.CheckConstraint(
                condition=models.Q(standing__in=["", *(item.value for item in RuleStanding)]),
                name="known_rule_standing",
            ),
            models.CheckConstraint(
                condition=models.Q(certainty__in=["", *(item.value for item in Certainty)]),
                name="known_rule_certainty",
            ),
        ]

    def __str__(self) -> str:
        return self.key or self.name or str(self.pk)

    @property
    def key(self) -> str:
        """`id@version`; empty where a draft has none yet."""
        return f"{self.rule_id}@{self.version}" if self.rule_id and self.version else ""

    @property
    def content(self) -> bytes:
        return self.text.encode()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            held = type(self).objects.filter(pk=self.pk).values("state", "digest").first()
            kept = (
                held is None
                or held["state"] == RuleState.DRAFT
                or self._continues(held["state"], held["digest"])
            )
            if not kept:
                raise PermissionError("An adopted rule is never changed.")
        super().save(*args, **kwargs)

    def _continues(self, state: str, digest: str) -> bool:
        """Whether only the state moves on, from adopted to withdrawn."""
        step = (state, self.state)
        onward = {(RuleState.ADOPTED, RuleState.ADOPTED), (RuleState.ADOPTED, RuleState.WITHDRAWN)}
        return digest == self.digest == digest_of(self.text) and step in onward

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.state != RuleState.DRAFT:
            raise PermissionError("An adopted rule is never deleted.")
        return super().delete(*args, **kwargs)


def digest_of(text: str) -> str:
    """SHA-256 of a rule's text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
