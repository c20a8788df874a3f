"""The audit trail: append-only, hash-chained, without foreign keys.

An audited object may be deleted and its trail must stay, so objects are named, not referenced.
The database refuses changes as well (migration 0002: triggers), so that raw SQL cannot rewrite the past.
"""

from typing import Any, NoReturn

from django.db import models

FIRST_HASH = "0" * 64


class AppendOnlyQuerySet(models.QuerySet["AuditEvent", "AuditEvent"]):
    """Reads and appends; everything else is refused."""

    def update(self, **_values: Any) -> NoReturn:
        raise PermissionError("An audit event is never changed.")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionError("An audit event is never changed.")

    def delete(self) -> NoReturn:
        raise PermissionError("An audit event is never deleted.")


class AuditEvent(models.Model):
    """One thing that somebody did. Written by `audit.actions.record` inside the action's transaction."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    actor_id = models.CharField(max_length=64, db_index=True)
    organisation_id = models.CharField(max_length=64, blank=True, db_index=True)
    action = models.CharField(max_length=80, db_index=True)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64, db_index=True)
    payload = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["object_type", "object_id", "sequence"])]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermissionError("An audit event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionError("An audit event is never deleted.")


class AuditHead(models.Model):
    """The end of the chain: one row, locked while an event is appended."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=FIRST_HASH)
