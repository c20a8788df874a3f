"""The factor library as it is kept: every version of every dataset, and which edition brought it."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from zuji.model.factors import Confidence, Factor, FactorKind
from zuji.model.records import Readers

_read = Readers().of(Factor)


class LibraryEdition(models.Model):
    """One loading of reference data; equal digests are equal data."""

    edition = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)
    # How many datasets of each kind the edition holds.
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.edition


class FactorDataset(models.Model):
    """One version of one dataset. `record` is the dataset; the other columns are for finding it.

    A version is written once. What changes gets a new version, and the old one stays for the studies
    that use it.
    """

    code = models.CharField(_("code"), max_length=120)
    version = models.CharField(_("version"), max_length=20)
    record = models.JSONField()
    sha256 = models.CharField(max_length=64)
    edition = models.ForeignKey(LibraryEdition, on_delete=models.PROTECT, related_name="datasets")
    # Whether the newest edition holds it as its newest version.
    current = models.BooleanField(default=True)

    kind = models.CharField(_("kind"), max_length=30)
    category = models.CharField(_("category"), max_length=200)
    name = models.CharField(_("name"), max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    geography = models.CharField(_("region"), max_length=40)
    year = models.CharField(_("year"), max_length=40)
    last_year = models.PositiveSmallIntegerField(null=True)
    confidence = models.CharField(_("confidence"), max_length=12)
    usable = models.BooleanField(default=False)
    # Words and pairs of characters, as `zuji.search.tokens.index_text` makes them.
    tokens = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_dataset_per_version"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in FactorKind]), name="known_factor_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__in=[item.value for item in Confidence]),
                name="known_confidence",
            ),
        ]
        indexes = [
            models.Index(fields=["current", "kind"], name="factors_current_kind"),
            models.Index(fields=["name"], name="factors_name"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionError("A dataset is never deleted; studies may rest on it.")

    def factor(self) -> Factor:
        """The dataset as the library's own record."""
        factor: Factor = _read(self.record, [])
        return factor


class OwnFactor(models.Model):
    """A factor that an organisation made for itself, for instance of a product of a database.

    It stands beside the library for this organisation alone. A version is written once, like a dataset.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="own_factors"
    )
    code = models.CharField(max_length=120)
    version = models.CharField(max_length=20)
    record = models.JSONField()
    sha256 = models.CharField(max_length=64)
    # Where it was made, as an address without a language, and what it was made of ("database:…").
    page = models.CharField(max_length=300)
    origin = models.CharField(max_length=120, db_index=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code", "version"], name="one_own_factor_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermissionError("A factor is never changed; what changes gets a new version.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionError("A factor is never deleted; studies may rest on it.")

    def factor(self) -> Factor:
        """The factor as the library's own record."""
        factor: Factor = _read(self.record, [])
        return factor
