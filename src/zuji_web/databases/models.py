"""Inventory databases of an organisation, their versions, and the files made of them.

The arrays, the package as it came and the health report lie in files (`databases.storage`); a row says what
they are, and exists only when they are whole.
"""

import uuid
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may read a database."""

    PRIVATE = "private", _("Your organisation only")
    PUBLIC = "public", _("Everybody")


class InventoryDatabase(models.Model):
    """A database as people speak of it; its content stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="databases"
    )
    name = models.CharField(_("name"), max_length=200)
    source = models.CharField(_("source"), max_length=300, blank=True)
    licence = models.TextField(_("licence"))
    visibility = models.CharField(
        _("visible to"), max_length=8, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    created_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values), name="known_database_visibility"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public(self) -> bool:
        return self.visibility == Visibility.PUBLIC


class Package(models.Model):
    """A package as it came, byte for byte; `used` by a version, or waiting for its import."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class DatabaseVersion(models.Model):
    """One state of a database: a package that was read and linked, or a repaired version of another state.

    Written once. `job` makes an import that runs twice end in one version.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    database = models.ForeignKey(InventoryDatabase, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    # What its publisher calls it, and the year its data stand for.
    label = models.CharField(max_length=60, blank=True)
    year = models.CharField(max_length=20, blank=True)
    licence = models.TextField()
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="versions")
    repaired_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="repaired"
    )
    # The links that were cut or processes set aside, as `zuji.lci.checkup` names them.
    repairs = models.JSONField(default=list)
    format = models.CharField(max_length=20)
    allocation = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    # Processes, links, flows, products without a number, findings by severity.
    numbers = models.JSONField(default=dict)
    job = models.UUIDField(unique=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["database", "number"], name="one_database_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.database_id} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermissionError("A version of a database is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionError("A version of a database is never deleted; factors may name it.")

    @property
    def title(self) -> str:
        """Its number, and what its publisher calls it."""
        return f"{self.number} ({self.label})" if self.label else str(self.number)


class PackageFile(models.Model):
    """A package written anew in another format; it can be made again at any time."""

    version = models.ForeignKey(DatabaseVersion, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=20)
    size = models.PositiveBigIntegerField()
    # What the format could not hold: counts by kind and the reasons.
    ledger = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "format"], name="one_package_file_a_format")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.format}"
