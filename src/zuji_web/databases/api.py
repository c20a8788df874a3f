"""Databases over the API: public ones are read by anybody, an organisation's own by its members."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from ninja import File, Form, Status
from ninja.files import UploadedFile

from zuji.errors import InvalidInput
from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.databases import downloads, product_api, refusals
from zuji_web.databases.actions import factors, files, imports, versions
from zuji_web.databases.models import DatabaseVersion, InventoryDatabase
from zuji_web.databases.queries import changes as differences
from zuji_web.databases.queries import databases as reading
from zuji_web.databases.queries import opened
from zuji_web.databases.queries.server import OnServer, server_packages
from zuji_web.databases.schemas import (
    CertificateOut,
    ChangesOut,
    DatabaseIn,
    DatabaseOut,
    OnServerOut,
    OrderIn,
    OwnFactorOut,
    ParticularsIn,
    VersionIn,
    VersionRow,
    change_row,
    touched_row,
)
from zuji_web.factors.models import OwnFactor
from zuji_web.jobs.api import JobOut
from zuji_web.jobs.models import Job

router = gateway.router("databases", public=True)
router.add_router("", product_api.router)
Package = Annotated[UploadedFile | None, File()]
_VERSION = "/{uuid:database_id}/versions/{int:number}"


@router.get("", response=list[DatabaseOut], summary="List databases")
@gateway.paged
def list_databases(request: HttpRequest) -> QuerySet[InventoryDatabase]:
    """Public databases, and those of the organisation."""
    return reading.visible(by=actor_of(request))


@router.post("", response={202: JobOut}, summary="Import a database")
def import_database(request: HttpRequest, body: Form[DatabaseIn], file: Package = None) -> Status[Job]:
    """The job that imports a package as a new database; its `result_url` leads to the version."""
    wanted = body.dict(exclude={"on_server"})
    return Status(202, _begin(request, wanted, file, body.on_server, None))


@router.get("/server", response=list[OnServerOut], summary="List packages on the server")
def list_server_packages(request: HttpRequest) -> list[OnServer]:
    """Packages that an operator put there, for whoever may take them over."""
    return server_packages(by=actor_of(request))


@router.get("/factors", response=list[OwnFactorOut], summary="List own factors")
@gateway.paged
def list_own_factors(request: HttpRequest) -> QuerySet[OwnFactor]:
    """Products of databases that the organisation offers as factors, every version."""
    organisation = actor_of(request).organisation
    return OwnFactor.objects.filter(organisation=organisation) if organisation else OwnFactor.objects.none()


@router.get("/{uuid:database_id}", response=DatabaseOut, summary="Read a database")
def read_database(request: HttpRequest, database_id: UUID) -> InventoryDatabase:
    """A database; 404 for one that the caller may not see."""
    return reading.database(database_id, by=actor_of(request))


@router.patch("/{uuid:database_id}", response=DatabaseOut, summary="Change what is said about a database")
def describe_database(request: HttpRequest, database_id: UUID, body: ParticularsIn) -> InventoryDatabase:
    """Name, source, licence and visibility; public only where the licence allows it."""
    by = actor_of(request)
    database = reading.database(database_id, by=by)
    versions.describe(database=database, by=by, **body.dict(exclude_none=True))
    return reading.database(database_id, by=by)


@router.get("/{uuid:database_id}/versions", response=list[VersionRow], summary="List versions of a database")
def list_versions(request: HttpRequest, database_id: UUID) -> QuerySet[DatabaseVersion]:
    """Every version, the newest first."""
    database = reading.database(database_id, by=actor_of(request))
    return DatabaseVersion.objects.filter(database=database).select_related("package", "repaired_from")


@router.post("/{uuid:database_id}/versions", response={202: JobOut}, summary="Import a new version")
def import_version(
    request: HttpRequest, database_id: UUID, body: Form[VersionIn], file: Package = None
) -> Status[Job]:
    """The job that imports a package as the next version of a database."""
    database = reading.database(database_id, by=actor_of(request))
    wanted = {**body.dict(exclude={"on_server"}), "source": database.source}
    return Status(202, _begin(request, wanted, file, body.on_server, database))


def _begin(
    request: HttpRequest,
    wanted: dict[str, Any],
    file: UploadedFile | None,
    on_server: str,
    database: InventoryDatabase | None,
) -> Job:
    return imports.begin(
        wanted=imports.Wanted(**wanted),
        by=actor_of(request),
        upload=file,
        on_server=on_server,
        database=database,
    )


def _found(request: HttpRequest, database_id: UUID, number: int) -> DatabaseVersion:
    return reading.version(database_id, number, by=actor_of(request))


@router.get(_VERSION, response=VersionRow, summary="Read a version")
def read_version(request: HttpRequest, database_id: UUID, number: int) -> DatabaseVersion:
    """A version: package, digests, numbers, and the repairs that stand behind its numbers."""
    return _found(request, database_id, number)


@router.get(f"{_VERSION}/certificate", response=CertificateOut | None, summary="Accuracy of a version")
def read_certificate(request: HttpRequest, database_id: UUID, number: int) -> dict[str, Any] | None:
    """How exact its numbers are; null where the package brought no category."""
    kept = opened.results(_found(request, database_id, number))
    return asdict(kept.certificate) if kept else None


@router.get(f"{_VERSION}/ledger", response=dict[str, Any], summary="Ledger of a version")
def read_ledger(request: HttpRequest, database_id: UUID, number: int) -> dict[str, Any]:
    """What was read and what became of it (`ledger`), and how exchanges found providers (`linking`)."""
    record = opened.opened(_found(request, database_id, number)).record
    return {"format": record.format, "ledger": record.ledger, "linking": record.linking}


@router.get(f"{_VERSION}/health", response=dict[str, Any], summary="Health of a version")
def read_health(request: HttpRequest, database_id: UUID, number: int) -> dict[str, Any]:
    """Findings with places and cures, loops, outliers and suggested repairs, in both languages."""
    return opened.health(_found(request, database_id, number))


@router.post(f"{_VERSION}/repair", response={202: JobOut}, summary="Repair a version")
def repair_version(request: HttpRequest, database_id: UUID, number: int) -> Status[Job]:
    """The job that makes a repaired version; 422 where the health report suggests nothing."""
    version = _found(request, database_id, number)
    return Status(202, versions.repair(version=version, by=actor_of(request)))


@router.get(f"{_VERSION}/changes", response=ChangesOut, summary="What a version changes")
def read_changes(
    request: HttpRequest, database_id: UUID, number: int, since: int | None = None
) -> dict[str, Any]:
    """Products added, removed and changed since another version (the one before, unless `since` names one),
    and the lines of the organisation's open studies that it concerns."""
    by = actor_of(request)
    new = _found(request, database_id, number)
    old = _found(request, database_id, number - 1 if since is None else since)
    if old.pk == new.pk:
        raise InvalidInput(refusals.same_version())
    told = differences.changes(old, new)
    return {
        "since": old.number,
        "added": list(map(change_row, told.added)),
        "removed": list(map(change_row, told.removed)),
        "changed": list(map(change_row, told.changed)),
        "same": told.same,
        "touched": list(map(touched_row, differences.touched(new, by=by))),
    }


@router.post(f"{_VERSION}/factors", response=list[OwnFactorOut], summary="Bring own factors up to a version")
def bring_up_factors(request: HttpRequest, database_id: UUID, number: int) -> list[OwnFactor]:
    """Offers the organisation's factors of older versions anew; studies keep the version that they name."""
    return factors.bring_up(version=_found(request, database_id, number), by=actor_of(request))


@router.get(f"{_VERSION}/package", response={200: None}, summary="Download a package")
def download_package(request: HttpRequest, database_id: UUID, number: int) -> FileResponse:
    """The package as it came, byte for byte."""
    return downloads.package(_found(request, database_id, number))


@router.post(f"{_VERSION}/files", response={202: JobOut}, summary="Write a package in another format")
def order_file(request: HttpRequest, database_id: UUID, number: int, body: OrderIn) -> Status[Job]:
    """The job that writes it; afterwards it is downloaded below."""
    version = _found(request, database_id, number)
    return Status(202, files.order(version=version, format=body.format, by=actor_of(request)))


@router.get(_VERSION + "/files/{str:format}", response={200: None}, summary="Download a written package")
def download_file(
    request: HttpRequest,
    database_id: UUID,
    number: int,
    format: str,  # noqa: A002 - as in the address
) -> FileResponse:
    """The package in a format in which it has been written; 404 before."""
    return downloads.written(_found(request, database_id, number), format)
