"""Where the files of databases lie: everything below `MEDIA_ROOT/databases`, one folder a kind.

packages/ID            a package as it came
versions/ID/           the saved network, its footprints, and health.json
files/ID.FORMAT        the package of a version in another format
"""

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

_HEALTH = "health.json"


def root() -> Path:
    """The folder of all databases."""
    return Path(settings.MEDIA_ROOT) / "databases"


def package_path(package_id: UUID) -> Path:
    """The package as it came."""
    return root() / "packages" / str(package_id)


def version_path(version_id: UUID) -> Path:
    """The folder of a version's arrays."""
    return root() / "versions" / str(version_id)


def file_path(version_id: UUID, format: str) -> Path:  # noqa: A002 - the word of the interface
    """The package of a version in another format."""
    return root() / "files" / f"{version_id}.{format}"


def keep(path: Path, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Writes a file whole or not at all; returns its size and SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    digest, size = hashlib.sha256(), 0
    try:
        with new.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return size, digest.hexdigest()


def discard(*paths: Path) -> None:
    """Removes files and folders; what is not there is no matter."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def keep_health(folder: Path, report: dict[str, Any]) -> None:
    """Puts the health report beside the arrays."""
    (folder / _HEALTH).write_text(json.dumps(report, ensure_ascii=False), "utf-8")


def kept_health(folder: Path) -> dict[str, Any]:
    """The health report beside the arrays."""
    found: dict[str, Any] = json.loads((folder / _HEALTH).read_text("utf-8"))
    return found
