"""What a frozen study rests on and who may read it: conformity, certificates, opinions, disclosure."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zuji_web.products.models.studies import ProductStudy


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


class StudyConformity(_Kept):
    """What the conformity check said on the day of freezing, item by item, under one version of a rule."""

    study = models.OneToOneField(ProductStudy, on_delete=models.PROTECT, related_name="conformity")
    rule = models.CharField(max_length=200)
    on = models.DateField()
    passed = models.BooleanField()
    # A `zuji.model.conformity.Conformity` in plain form.
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.study_id} {self.rule}"


class ClaimedCertificate(models.Model):
    """An energy certificate that some study has used. Freezing locks its row, so that claims queue up."""

    # The number without blanks, hyphens and difference of case or width.
    key = models.CharField(max_length=200, primary_key=True)

    def __str__(self) -> str:
        return self.key


class CertificateClaim(models.Model):
    """kWh of a certificate that a line of a frozen study uses.

    `use` is the same for the versions of one study over one data period: they replace one another, and
    count once. Withdrawing a study releases its claims.
    """

    certificate = models.ForeignKey(ClaimedCertificate, on_delete=models.PROTECT, related_name="claims")
    study = models.ForeignKey(ProductStudy, on_delete=models.PROTECT, related_name="certificate_claims")
    line = models.CharField(max_length=120)
    number = models.CharField(max_length=200)
    market = models.CharField(max_length=12, blank=True)
    kwh = models.FloatField()
    use = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "line", "certificate"], name="one_claim_per_line_and_certificate"
            ),
            models.CheckConstraint(condition=Q(kwh__gt=0), name="a_claim_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kwh} kWh"


class OpinionKind(models.TextChoices):
    """Which kind of third party looked at a study."""

    VERIFICATION = "verification", _("Verification")
    CRITICAL_REVIEW = "critical_review", _("Critical review")


class Assurance(models.TextChoices):
    """How sure a verification is (ISO 14064-3)."""

    NONE = "", _("not stated")
    LIMITED = "limited", _("Limited assurance")
    REASONABLE = "reasonable", _("Reasonable assurance")


class OpinionConclusion(models.TextChoices):
    """What the third party concludes."""

    POSITIVE = "positive", _("Positive")
    CORRECTION = "correction", _("Correction demanded")


class VerificationOpinion(_Kept):
    """The opinion of a body outside on a frozen study, with its document; about one snapshot by its digest.

    `valid_until` is the last day on which the opinion holds, as its body states it.
    """

    study = models.ForeignKey(ProductStudy, on_delete=models.PROTECT, related_name="opinions")
    kind = models.CharField(max_length=16, choices=OpinionKind.choices)
    body = models.CharField(_("body"), max_length=200)
    body_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    person = models.CharField(_("responsible person"), max_length=120, blank=True)
    level = models.CharField(_("level of assurance"), max_length=12, choices=Assurance.choices, blank=True)
    standard = models.CharField(_("standard"), max_length=120)
    number = models.CharField(_("number of the opinion"), max_length=120, blank=True)
    date = models.DateField(_("date"))
    valid_until = models.DateField(_("valid until"), null=True)
    conclusion = models.CharField(max_length=12, choices=OpinionConclusion.choices)
    text = models.TextField(_("conclusion in words"))
    snapshot_digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    attached_by = models.CharField(max_length=200)
    attached_by_id = models.CharField(max_length=64)
    attached_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("date")), name="an_opinion_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.date}"


class Audience(models.TextChoices):
    """Who may read a disclosed study."""

    PUBLIC = "public", _("Everybody")
    LIMITED = "limited", _("Named organisations")


class StudyDisclosure(models.Model):
    """A frozen study as others may read it, under a number of its own; for all or for named organisations."""

    study = models.OneToOneField(ProductStudy, on_delete=models.PROTECT, related_name="disclosure")
    number = models.CharField(max_length=24, unique=True)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    readers = models.ManyToManyField("accounts.Organisation", related_name="+")
    valid_until = models.DateField(_("valid until"), null=True)
    disclosed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.number
