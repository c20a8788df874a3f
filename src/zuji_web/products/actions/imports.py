"""Studies out of uploaded files. All of a file is taken, or nothing."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from zuji.model.studies import Study
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record
from zuji_web.products import drafts
from zuji_web.products.actions import edits, studies
from zuji_web.products.files import read_file
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import matching


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was read from a file: the new study, its lines, and how many still need a factor."""

    study: ProductStudy
    lines: int
    processes: int
    unmatched: int


@transaction.atomic
def import_file(*, upload: "UploadedFile[Any]", by: Actor) -> Imported:
    """A new draft from an uploaded file; raises with every mistake in it and then changes nothing."""
    by.require(Permission.STUDY_CREATE)
    read = read_file(upload)
    study = studies.create_from(study=read, by=by, origin="file")
    record(action="study.import", subject=study, by=by, payload=_told(study, upload, read))
    return _imported(study, read)


@transaction.atomic
def import_into(*, study: ProductStudy, upload: "UploadedFile[Any]", by: Actor) -> Imported:
    """A draft with the content of a file instead of its own, as one step that undo takes back."""
    by.require(Permission.STUDY_EDIT, study.organisation)
    read = read_file(upload)
    changed = edits.replace(study=study, document=drafts.of_study(read), by=by)
    record(action="study.import", subject=changed, by=by, payload=_told(changed, upload, read))
    return _imported(changed, read)


def _told(study: ProductStudy, upload: "UploadedFile[Any]", read: Study) -> dict[str, object]:
    return {"name": study.name, "file": PurePath(upload.name or "").name[:200], "lines": len(read.lines)}


def _imported(study: ProductStudy, read: Study) -> Imported:
    return Imported(
        study=study,
        lines=len(read.lines),
        processes=len(read.processes),
        unmatched=sum(1 for _line in matching.unmatched(study.document)),
    )
