"""Packages as attachments: as they came, and as they have been written."""

from pathlib import Path

from django.http import FileResponse, Http404

from zuji.formats.inventories import FORMATS
from zuji_web.databases import storage
from zuji_web.databases.models import DatabaseVersion


def package(version: DatabaseVersion) -> FileResponse:
    """The package of a version as it came."""
    return _attachment(storage.package_path(version.package_id), version.package.name)


def written(version: DatabaseVersion, format: str) -> FileResponse:  # noqa: A002 - as in the address
    """The package in a format in which it has been written; Http404 before."""
    if not version.files.filter(format=format).exists():
        raise Http404
    name = f"{version.database.name}-v{version.number}-{format}{FORMATS[format].extension}"
    return _attachment(storage.file_path(version.pk, format), name)


def _attachment(path: Path, name: str) -> FileResponse:
    try:
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)
    except FileNotFoundError as gone:
        raise Http404 from gone
