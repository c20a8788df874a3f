"""What became of studies under rules: the last check of each pair, and runs over many studies."""

import uuid

from django.db import models


class StudyCheck(models.Model):
    """The last kept check of a study under a rule. The page always checks anew; this is for lists."""

    study = models.ForeignKey("products.ProductStudy", on_delete=models.CASCADE, related_name="checks")
    # `id@version` as the rule answers to.
    rule = models.CharField(max_length=200)
    # SHA-256 of everything that was looked at: document, rule, library, registry and day.
    digest = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    passed = models.BooleanField()
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    notes = models.PositiveIntegerField()
    # kgCO2e per reference unit of the study as stated; None where it cannot be calculated.
    total = models.FloatField(null=True, blank=True)
    # `queries.outcomes.as_dict`: every item with its outcome, in both languages.
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["study", "rule"], name="one_check_per_study_and_rule")]

    def __str__(self) -> str:
        return f"{self.study_id} {self.rule}"


class Recheck(models.Model):
    """A run over the open studies of a rule: of one organisation, or of all where it is None.

    Of all organisations only these counts are ever shown to whoever started it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.ForeignKey("rulebook.RuleVersion", on_delete=models.CASCADE, related_name="rechecks")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, null=True, related_name="rechecks"
    )
    # Whose job it is; a run over all organisations belongs to whoever adopted.
    home = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    studies = models.PositiveIntegerField(default=0)
    organisations = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    not_met = models.PositiveIntegerField(default=0)
    uncalculable = models.PositiveIntegerField(default=0)
    # Studies whose answer differs from the one kept before: under the rule's version before, or this one.
    newly_not_met = models.PositiveIntegerField(default=0)
    newly_passed = models.PositiveIntegerField(default=0)
    # How many studies do not meet an item: item id to number.
    items = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.started_at}"
