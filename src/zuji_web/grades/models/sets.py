"""Threshold sets: derivations, steps, papers and comments. Derivations, steps and papers are written once."""

import uuid
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zuji_web.grades.models.samples import StoredSample

FIRST_HASH = "0" * 64


class _Kept(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermissionError("This record is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionError("This record is never deleted.")


class ThresholdSet(models.Model):
    """Limit, base and benchmark value of one product under one version of a rule, from sampling to revision.

    `rule` is `id@version`, `product` a product code as samples state it. `state` is where people brought it;
    time alone brings a published set into force and ends one that a newer set replaces (`states.on`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(_("rule"), max_length=200)
    product = models.CharField(_("product"), max_length=80)
    number = models.PositiveIntegerField()
    # A `zuji.rules.grading.ThresholdMethod` in plain form, with the parameters of this set.
    method = models.JSONField()
    applies_from = models.DateField(_("data period from"), null=True)
    applies_until = models.DateField(_("data period until"), null=True)
    state = models.CharField(max_length=12)
    comments_until = models.DateField(_("comments until"), null=True)
    in_force = models.DateField(_("in force from"), null=True)
    revised = models.DateField(_("revised on"), null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["rule", "product", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "product", "number"], name="one_set_per_number"),
            models.CheckConstraint(
                condition=Q(applies_from=None, applies_until=None) | Q(applies_from__lte=F("applies_until")),
                name="a_period_of_application_has_two_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.rule} #{self.number}"


class SetDerivation(_Kept):
    """One derivation of a set: the canonical bytes with all samples, every check, and who derived it."""

    set = models.ForeignKey(ThresholdSet, on_delete=models.PROTECT, related_name="derivations")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    # Of the content, and of samples, method and period as the library names them.
    sha256 = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    # Every check in plain form, and the three statistics before rounding.
    checks = models.JSONField()
    values = models.JSONField()
    met = models.BooleanField()
    software = models.CharField(max_length=40)
    derived_by = models.CharField(max_length=200)
    derived_by_id = models.CharField(max_length=64)
    derived_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["set", "number"], name="one_derivation_per_number")]

    def __str__(self) -> str:
        return f"{self.set_id} {self.number}"


class SampleUse(_Kept):
    """That a sample went into a derivation; the owner sees every use."""

    sample = models.ForeignKey(StoredSample, on_delete=models.PROTECT, related_name="uses")
    derivation = models.ForeignKey(SetDerivation, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "derivation"], name="one_use_per_derivation")
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.derivation_id}"


class SetPaper(_Kept):
    """A paper that a step rests on, as it came."""

    set = models.ForeignKey(ThresholdSet, on_delete=models.PROTECT, related_name="papers")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class SetTransition(_Kept):
    """One step of a set: who, when, why, on which document; `hash` covers the step and the one before it.

    Nothing refers to people by key: they may leave, their steps stay.
    """

    set = models.ForeignKey(ThresholdSet, on_delete=models.PROTECT, related_name="transitions")
    number = models.PositiveIntegerField()
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    actor_id = models.CharField(max_length=64)
    organisation = models.CharField(max_length=160, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    document = models.CharField(_("document"), max_length=300, blank=True)
    file = models.ForeignKey(SetPaper, on_delete=models.PROTECT, null=True, related_name="+")
    # What the step fixed: the derivation it speaks of, dates, the set that replaces this one.
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["set", "number"], name="one_set_transition_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.set_id} {self.number} {self.after}"


class SetAnswer(models.TextChoices):
    """What became of a comment."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Accepted in part")
    REFUSED = "refused", _("Not accepted")


class SetComment(models.Model):
    """What an organisation says on proposed thresholds, and the answer; everybody sees both."""

    set = models.ForeignKey(ThresholdSet, on_delete=models.PROTECT, related_name="comments")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    # Which value it is about, empty for all of them.
    about = models.CharField(_("about"), max_length=12, blank=True)
    text = models.TextField(_("comment"))
    made_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=8, choices=SetAnswer.choices, blank=True)
    answer_reason = models.TextField(_("reason"), blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (Q(answer__in=SetAnswer.values) & ~Q(answer_reason="") & Q(answered_at__isnull=False)),
                name="a_threshold_answer_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.set_id} {self.pk}"
