"""Packages in other formats: ordered here, made by a job, kept until they are made again."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zuji.errors import InvalidInput
from zuji.formats.inventories import FORMATS
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.databases import refusals, storage
from zuji_web.databases.models import DatabaseVersion, PackageFile
from zuji_web.jobs.actions import enqueue
from zuji_web.jobs.models import Job


def order(*, version: DatabaseVersion, format: str, by: Actor) -> Job:  # noqa: A002 - the word of the interface
    """The job that writes a version's package in a format; done at once where that file exists."""
    by.require(Permission.FACTOR_VIEW)
    if format not in FORMATS:
        raise InvalidInput(refusals.unknown_choice("format", format, ", ".join(FORMATS)))
    return enqueue(
        kind="databases.write",
        title=_("Write a package as %(format)s: %(name)s")
        % {"format": FORMATS[format].name.en, "name": version.database.name},
        arguments={"version": str(version.pk), "format": format},
        by=by,
        idempotency_key=f"write:{version.pk}:{format}",
    )


@transaction.atomic
def keep(
    *,
    version: DatabaseVersion,
    format: str,  # noqa: A002 - the word of the interface
    content: bytes,
    ledger: dict[str, Any],
) -> PackageFile:
    """The file of a version in a format."""
    size, _digest = storage.keep(storage.file_path(version.pk, format), [content])
    made, _created = PackageFile.objects.update_or_create(
        version=version, format=format, defaults={"size": size, "ledger": ledger}
    )
    return made
