"""Packages that an operator put on the server, in the folder that DATABASES_IMPORT_DIR names."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from zuji.errors import InvalidInput
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.databases import refusals

_ENDINGS = frozenset((".zip", ".xml", ".json", ".spold", ".csv", ".txt"))


@dataclass(frozen=True, slots=True)
class OnServer:
    """A package on the server; `size` in bytes."""

    name: str
    size: int


def server_packages(*, by: Actor) -> list[OnServer]:
    """The packages that may be taken over, by name; none for whoever may not."""
    if not settings.DATABASES_IMPORT_DIR or not by.may(Permission.DATABASE_FETCH):
        return []
    folder = Path(settings.DATABASES_IMPORT_DIR)
    found = [path for path in folder.glob("*") if path.suffix.lower() in _ENDINGS and path.is_file()]
    return [OnServer(path.name, path.stat().st_size) for path in sorted(found)]


def server_package(name: str) -> Path:
    """The path of a listed package; raises `InvalidInput` for anything else, a way out of the folder too."""
    folder = Path(settings.DATABASES_IMPORT_DIR) if settings.DATABASES_IMPORT_DIR else None
    path = folder / name if folder and name == Path(name).name else None
    if path is None or path.suffix.lower() not in _ENDINGS or not path.is_file():
        raise InvalidInput(refusals.not_on_server(name))
    return path
