"""New versions of a database: what an import read, and repaired ones."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zuji.errors import InvalidInput
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record
from zuji_web.databases import refusals, storage
from zuji_web.databases.models import DatabaseVersion, InventoryDatabase, Visibility
from zuji_web.jobs.actions import enqueue
from zuji_web.jobs.models import Job


@transaction.atomic
def add(
    *, version: DatabaseVersion, database: InventoryDatabase | None, name: str, by: Actor
) -> DatabaseVersion:
    """The version as the next one of `database`, or as the first one of the new database it belongs to.

    Its files are whole before this is called.
    """
    organisation = by.require(Permission.DATABASE_IMPORT, version.database.organisation)
    if database is None:
        if version.database.visibility == Visibility.PUBLIC:
            by.require(Permission.DATABASE_SHARE)
        version.database.save()
    else:
        version.database = InventoryDatabase.objects.select_for_update().get(
            pk=database.pk, organisation=organisation
        )
    version.number = (version.database.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version.save()
    record(
        action="database.repair" if version.repaired_from_id else "database.import",
        subject=version.database,
        by=by,
        payload={
            "name": version.database.name,
            "number": version.number,
            "file": name,
            "digest": version.digest,
            "repairs": len(version.repairs),
        },
    )
    return version


def repair(*, version: DatabaseVersion, by: Actor) -> Job:
    """The job that makes a repaired version, as the health report suggests.

    Raises `InvalidInput` where it suggests nothing.
    """
    by.require(Permission.DATABASE_IMPORT, version.database.organisation)
    if not storage.kept_health(storage.version_path(version.pk))["repairs"]:
        raise InvalidInput(refusals.nothing_to_repair())
    return enqueue(
        kind="databases.repair",
        title=_("Repair a database: %(name)s") % {"name": version.database.name},
        arguments={"version": str(version.pk)},
        by=by,
        idempotency_key=f"repair:{version.pk}",
    )


@transaction.atomic
def describe(
    *, database: InventoryDatabase, by: Actor, visibility: str | None = None, **words: str
) -> InventoryDatabase:
    """The database with another name, source, licence or visibility; what is not given stays.

    Only whoever answers for the licence (`database.share`) may change what others see. Factors that were
    offered from it keep the licence under which they were taken.
    """
    by.require(Permission.DATABASE_SHARE, database.organisation)
    present = InventoryDatabase.objects.select_for_update().get(pk=database.pk)
    changes: dict[str, Any] = {key: value for key, value in words.items() if value != getattr(present, key)}
    if visibility is not None and visibility != present.visibility:
        if visibility not in Visibility.values:
            raise InvalidInput(
                refusals.unknown_choice("visibility", visibility, ", ".join(Visibility.values))
            )
        changes["visibility"] = visibility
    if not changes.get("name", present.name).strip():
        raise InvalidInput(refusals.name_missing())
    if not changes.get("licence", present.licence).strip():
        raise InvalidInput(refusals.value_missing("licence"))
    for key, value in changes.items():
        setattr(present, key, value)
    if changes:
        present.save(update_fields=list(changes))
        record(
            action="database.describe",
            subject=present,
            by=by,
            payload={"name": present.name, "visibility": present.visibility, "fields": sorted(changes)},
        )
    return present


def made_by(job_id: UUID) -> DatabaseVersion | None:
    """The version that a job has already made, should it run again."""
    return DatabaseVersion.objects.filter(job=job_id).select_related("database").first()
