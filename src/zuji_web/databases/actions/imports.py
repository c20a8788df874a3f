"""Having a package imported: kept as it came, then read by a job. A failed import leaves nothing behind."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zuji.errors import FileRefused, InvalidInput
from zuji.formats.inventories import FORMATS
from zuji.lca.network.linking.options import Allocation
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.databases import refusals, storage
from zuji_web.databases.models import InventoryDatabase, Package, Visibility
from zuji_web.databases.queries.server import server_package
from zuji_web.jobs.actions import enqueue
from zuji_web.jobs.models import OPEN_STATES, Job

_CHUNK = 1024 * 1024
_STALE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is said about a package. For a new version of a database, name and visibility stay as they are.

    `format` empty: told by content. `allocation` is one of `zuji.lca.network.linking.Allocation`.
    """

    licence: str
    name: str = ""
    source: str = ""
    visibility: str = Visibility.PRIVATE
    label: str = ""
    year: str = ""
    format: str = ""
    allocation: str = field(default=Allocation.STATED.value)


def begin(
    *,
    wanted: Wanted,
    by: Actor,
    upload: "UploadedFile[Any] | None" = None,
    on_server: str = "",
    database: InventoryDatabase | None = None,
) -> Job:
    """The job that imports a package, as a new database or as a new version of `database`.

    Raises `InvalidInput` for what is missing or unknown, `FileRefused` for a package that is too large, or
    that cannot be read or kept.
    """
    organisation = by.require(Permission.DATABASE_IMPORT, database.organisation if database else None)
    if database is None and wanted.visibility == Visibility.PUBLIC:
        by.require(Permission.DATABASE_SHARE)
    if on_server:
        by.require(Permission.DATABASE_FETCH)
    _check(wanted, database)
    if (upload is None) == (not on_server):
        raise InvalidInput(refusals.one_package())
    name, chunks = _package(upload, on_server)
    discard_stale()
    package = Package(organisation=organisation, name=name[:200], size=0, digest="")
    path = storage.package_path(package.pk)
    try:
        package.size, package.digest = storage.keep(path, chunks)
    except OSError as error:
        raise FileRefused(refusals.not_kept(name, error.strerror or str(error))) from error
    try:
        with transaction.atomic():
            package.save()
            return enqueue(
                kind="databases.import",
                title=_("Import a database: %(name)s") % {"name": database or wanted.name or name},
                arguments={
                    "package": str(package.pk),
                    "database": str(database.pk) if database else "",
                    **asdict(wanted),
                },
                by=by,
            )
    except BaseException:
        storage.discard(path)
        raise


def discard(package: Package) -> None:
    """Forgets a package that no version uses."""
    if not package.versions.exists():
        path = storage.package_path(package.pk)
        package.delete()
        storage.discard(path)


def discard_stale() -> None:
    """Forgets packages whose import was cancelled before it began."""
    waiting = Job.objects.filter(kind="databases.import", state__in=OPEN_STATES)
    needed = {job.arguments["package"] for job in waiting}
    old = Package.objects.filter(versions=None, created_at__lt=timezone.now() - _STALE)
    for package in old:
        if str(package.pk) not in needed:
            discard(package)


def _check(wanted: Wanted, database: InventoryDatabase | None) -> None:
    problems = []
    if not wanted.licence.strip():
        problems.append(refusals.value_missing("licence"))
    if database is None and not wanted.name.strip():
        problems.append(refusals.name_missing())
    for name, value, known in (
        ("visibility", wanted.visibility, tuple(Visibility.values)),
        ("format", wanted.format, ("", *FORMATS)),
        ("allocation", wanted.allocation, tuple(each.value for each in Allocation)),
    ):
        if value not in known:
            problems.append(refusals.unknown_choice(name, value, ", ".join(filter(None, known))))
    if problems:
        raise InvalidInput(*problems)


def _package(upload: "UploadedFile[Any] | None", on_server: str) -> tuple[str, Iterable[bytes]]:
    """The name of a package and its bytes."""
    if upload is None:
        path = server_package(on_server)
        return path.name, _read(path)
    name = PurePath(upload.name or "package").name
    if (upload.size or 0) > settings.DATABASE_UPLOAD_LIMIT:
        raise FileRefused(refusals.too_large(name, settings.DATABASE_UPLOAD_LIMIT))
    return name, upload.chunks(_CHUNK)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
