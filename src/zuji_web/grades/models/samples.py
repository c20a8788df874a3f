"""The sample store: verified results that their organisations lend, or that officers enter from declarations.

What is kept of a sample is its result with the terms of comparison, its production and its verification;
never an inventory. Firms stand under an alias. What a sample says is written once; only its consent ends.
"""

import uuid
from typing import NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SampledFirm(models.Model):
    """A maker under a random alias, so that samples of one firm are known as one and the firm is not.

    `code` is its unified social credit code; it is read only to find the alias again.
    """

    code = models.CharField(max_length=18, unique=True)
    alias = models.CharField(max_length=16, unique=True)

    def __str__(self) -> str:
        return self.alias


class Origin(models.TextChoices):
    """Where a sample comes from."""

    OFFERED = "offered", _("Offered by its organisation")
    ENTERED = "entered", _("Entered from a declaration")


class Purpose(models.TextChoices):
    """What the owner of a result consents to."""

    THRESHOLDS = "thresholds", _("Deriving grade thresholds")
    TRIALS = "trials", _("Deriving grade thresholds, and trying them out")


class StoredSample(models.Model):
    """A sample as it was stored: its content, what it was verified by, and the consent it rests on.

    `content` is a `zuji.rules.grading.Sample` in plain form, with `digest` its SHA-256; `lineage` is the
    first version of the study, or empty for a declaration, so that versions of one study count once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alias = models.CharField(max_length=16, unique=True)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="samples"
    )
    study = models.ForeignKey(
        "products.ProductStudy", on_delete=models.PROTECT, null=True, related_name="samples"
    )
    snapshot_digest = models.CharField(max_length=64, blank=True)
    lineage = models.CharField(max_length=200)
    firm = models.ForeignKey(SampledFirm, on_delete=models.PROTECT, related_name="samples")
    rule = models.CharField(_("rule"), max_length=200)
    product = models.CharField(_("product"), max_length=80)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    # The title of the declaration and where it is found; empty for an offered sample.
    source = models.CharField(_("source"), max_length=300, blank=True)
    body = models.CharField(_("verification body"), max_length=200)
    level = models.CharField(_("level of assurance"), max_length=60)
    standard = models.CharField(_("standard of verification"), max_length=160, blank=True)
    number = models.CharField(_("number of the statement"), max_length=120, blank=True)
    verified_on = models.DateField(_("date of the statement"))
    document_digest = models.CharField(_("SHA-256 of the statement"), max_length=64, blank=True)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    until = models.DateField(_("consent until"), null=True)
    given_by = models.CharField(max_length=200)
    given_by_id = models.CharField(max_length=64)
    given_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=200, blank=True)
    revoked_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["lineage"], condition=Q(revoked_at=None), name="one_live_sample_per_lineage"
            ),
            models.CheckConstraint(
                condition=Q(origin="offered", organisation__isnull=False, study__isnull=False)
                | (Q(origin="entered", organisation=None, study=None) & ~Q(source="")),
                name="a_sample_has_an_owner_or_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.alias

    def delete(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise PermissionError("A sample is never deleted; its consent ends.")


class SampleExamination(models.Model):
    """An officer's finding on the verification behind a sample. Written once; the newest counts."""

    sample = models.ForeignKey(StoredSample, on_delete=models.PROTECT, related_name="examinations")
    confirmed = models.BooleanField()
    reason = models.TextField(_("reason"))
    examined_by = models.CharField(max_length=200)
    examined_by_id = models.CharField(max_length=64)
    organisation = models.CharField(max_length=160)
    examined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.confirmed}"
