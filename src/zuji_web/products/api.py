"""Studies over the API: the same actions as the pages."""

import re
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import File, Header, Query, Status
from ninja.files import UploadedFile

from zuji.errors import InvalidInput, Place
from zuji.formats import document as documents
from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission
from zuji_web.products import drafts, files, payload, result_api, review_api
from zuji_web.products.actions import edits, imports, matches, studies
from zuji_web.products.models import ProductStudy, StudyState
from zuji_web.products.operations import DEEPEST, Operation, check_document
from zuji_web.products.queries import calculation, matching
from zuji_web.products.queries import studies as reading
from zuji_web.products.schemas import (
    CandidatesOut,
    EditedOut,
    EditsIn,
    LineAdded,
    LineIn,
    LiveAnswer,
    MatchesIn,
    MergePatch,
    StudyIn,
    StudyOut,
    StudyRow,
)
from zuji_web.wording import said, told

router = gateway.router("studies", public=True)
router.add_router("", result_api.router)
router.add_router("", review_api.router)
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="The revision that the caller saw, as in the ETag of a study"),
]
_REVISION = re.compile(r'(?:W/)?"?(\d{1,9})"?\Z')


@router.get("", response=list[StudyRow], summary="List studies")
@gateway.paged
def list_studies(
    request: HttpRequest, search: str = "", state: StudyState | None = None, *, demonstrations: bool = False
) -> QuerySet[ProductStudy]:
    """Studies of the organisation, newest first; `demonstrations` lists the worked examples instead."""
    if demonstrations:
        return reading.demonstrations(search=search)
    return reading.own(by=actor_of(request), search=search, state=state or "")


@router.post("", response={201: StudyOut}, summary="Create a study")
def create_study(request: HttpRequest, body: StudyIn) -> Status[ProductStudy]:
    """A draft from a whole document; 422 lists every mistake, and nothing is created."""
    by = actor_of(request)
    by.require(Permission.STUDY_CREATE)
    check_document(body.document)
    return Status(201, studies.create_from(study=documents.from_dict(body.document), by=by))


@router.post("/import", response={201: StudyOut}, summary="Import a file")
def import_study(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> Status[ProductStudy]:
    """A draft from an Excel workbook, YAML or JSON file; 422 lists every mistake with its cell or row."""
    return Status(201, imports.import_file(upload=file, by=actor_of(request)).study)


@router.get("/{uuid:study_id}", response=StudyOut, summary="Read a study")
def read_study(request: HttpRequest, study_id: UUID, response: HttpResponse) -> ProductStudy:
    """The study with its document; the ETag is its revision."""
    study = reading.study(study_id, by=actor_of(request))
    response["ETag"] = f'"{study.revision}"'
    return study


@router.put("/{uuid:study_id}", response=EditedOut, summary="Replace a study's document")
def replace_study(
    request: HttpRequest, study_id: UUID, body: StudyIn, if_match: IfMatch = None
) -> dict[str, Any]:
    """A whole new document as one step, which undo takes back."""
    by = actor_of(request)
    study = _own(study_id, request)
    check_document(body.document)
    draft = drafts.of_study(documents.from_dict(body.document))
    return _edited(edits.replace(study=study, document=draft, by=by, base=_revision(if_match)))


@router.patch("/{uuid:study_id}", response=EditedOut, summary="Change a study")
def change_study(
    request: HttpRequest, study_id: UUID, body: MergePatch, if_match: IfMatch = None
) -> dict[str, Any]:
    """A merge patch (RFC 7396) of the document's own fields; records in lists have their own routes."""
    return _edit(request, study_id, _merge((), body.root), if_match)


@router.delete("/{uuid:study_id}", response={204: None}, summary="Delete a draft")
def delete_study(request: HttpRequest, study_id: UUID) -> Status[None]:
    """Deletes a draft for good; frozen studies stay (409)."""
    studies.delete(study=_own(study_id, request), by=actor_of(request))
    return Status(204, None)


@router.post("/{uuid:study_id}/copy", response={201: StudyOut}, summary="Copy a study")
def copy_study(request: HttpRequest, study_id: UUID) -> Status[ProductStudy]:
    """A draft of the caller's organisation with the same content; worked examples may be copied too."""
    by = actor_of(request)
    return Status(201, studies.copy(study=reading.study(study_id, by=by), by=by))


@router.post("/{uuid:study_id}/versions", response={201: StudyOut}, summary="Begin a new version")
def begin_version(request: HttpRequest, study_id: UUID) -> Status[ProductStudy]:
    """A draft that continues a frozen study; 409 for a draft."""
    return Status(201, studies.new_version(study=_own(study_id, request), by=actor_of(request)))


@router.get("/{uuid:study_id}/export", response={200: None}, summary="Export a study")
def export_study(
    request: HttpRequest,
    study_id: UUID,
    format: Literal["xlsx", "yaml", "json"] = "xlsx",  # noqa: A002 - as in the address
) -> HttpResponse:
    """The study as a file that imports to the same study; 422 while cells are wrong."""
    study = reading.study(study_id, by=actor_of(request))
    return files.exported(study, format).response()


@router.post("/{uuid:study_id}/lines", response={201: LineAdded}, summary="Add a line")
def add_line(
    request: HttpRequest, study_id: UUID, body: LineIn, if_match: IfMatch = None
) -> Status[dict[str, Any]]:
    """A line with whatever is known so far; it gets an id if it has none."""
    study = _own(study_id, request)
    operation, line = drafts.insertion(study.document, body.line, process=body.process, after=body.after)
    return Status(201, {**_edit(request, study_id, [operation], if_match), "line": line})


@router.patch("/{uuid:study_id}/lines/{line}", response=EditedOut, summary="Change a line")
def change_line(
    request: HttpRequest, study_id: UUID, line: str, body: MergePatch, if_match: IfMatch = None
) -> dict[str, Any]:
    """A merge patch (RFC 7396) of one line."""
    _line(_own(study_id, request), line)
    return _edit(request, study_id, _merge(("lines", line), body.root), if_match)


@router.delete("/{uuid:study_id}/lines/{line}", response=EditedOut, summary="Delete a line")
def delete_line(request: HttpRequest, study_id: UUID, line: str, if_match: IfMatch = None) -> dict[str, Any]:
    """Takes a line out; undo brings it back."""
    _line(_own(study_id, request), line)
    return _edit(request, study_id, [{"op": "remove", "path": ["lines", line]}], if_match)


@router.post("/{uuid:study_id}/edits", response=EditedOut, summary="Edit")
def edit_study(
    request: HttpRequest, study_id: UUID, body: EditsIn, if_match: IfMatch = None
) -> dict[str, Any]:
    """Operations as one step. With `If-Match` of an older revision the change is merged where every
    `set` and `remove` says what it `was` and that still holds; otherwise 409 and nothing happens."""
    operations: list[Operation] = [operation.dict(exclude_unset=True) for operation in body.operations]
    return _edit(request, study_id, operations, if_match)


@router.post("/{uuid:study_id}/undo", response=EditedOut, summary="Undo")
def undo(
    request: HttpRequest, study_id: UUID, if_match: IfMatch = None, *, of_others: bool = False
) -> dict[str, Any]:
    """Takes back the newest edit; 409 when there is none, or when it is another person's and `of_others`
    does not say that this is meant."""
    study, by = _own(study_id, request), actor_of(request)
    return _edited(edits.undo(study=study, by=by, base=_revision(if_match), of_others=of_others), whole=True)


@router.post("/{uuid:study_id}/redo", response=EditedOut, summary="Redo")
def redo(request: HttpRequest, study_id: UUID, if_match: IfMatch = None) -> dict[str, Any]:
    """Brings back the edit that was undone last."""
    study, by = _own(study_id, request), actor_of(request)
    return _edited(edits.redo(study=study, by=by, base=_revision(if_match)), whole=True)


@router.get("/{uuid:study_id}/live", response=LiveAnswer, summary="Live numbers")
def read_live(request: HttpRequest, study_id: UUID) -> dict[str, Any]:
    """Total, stages, contributions and located problems of the study as it stands."""
    study = reading.study(study_id, by=actor_of(request))
    return {"revision": study.revision, "live": payload.live_data(calculation.live(study), study)}


@router.get("/{uuid:study_id}/candidates", response=CandidatesOut, summary="Candidates for a line")
def read_candidates(
    request: HttpRequest,
    study_id: UUID,
    line: str,
    search: Annotated[str, Query(max_length=200)] = "",
    role: str = "",
) -> dict[str, Any]:
    """Factors that the line may mean, best first, by its wording or by `search`."""
    by = actor_of(request)
    study = reading.study(study_id, by=by)
    return payload.candidates_data(
        matching.candidates(study=study, line=_line(study, line), by=by, search=search, role=role)
    )


@router.post("/{uuid:study_id}/matches", response=EditedOut, summary="Confirm factors")
def confirm_matches(
    request: HttpRequest, study_id: UUID, body: MatchesIn, if_match: IfMatch = None
) -> dict[str, Any]:
    """Sets the chosen factors as one step and remembers them for the organisation."""
    study, by = _own(study_id, request), actor_of(request)
    choices = [matches.Choice(line=each.line, factor=each.factor, role=each.role) for each in body.choices]
    return _edited(matches.confirm(study=study, choices=choices, by=by, base=_revision(if_match)), whole=True)


def _own(study_id: UUID, request: HttpRequest) -> ProductStudy:
    """A study to be changed; reading alone does not allow it, which the action checks."""
    return reading.study(study_id, by=actor_of(request))


def _line(study: ProductStudy, line_id: str) -> dict[str, Any]:
    """A line of the study; raises `Http404` where there is none."""
    for _process, line in drafts.lines(study.document):
        if line["id"] == line_id:
            return line
    raise Http404


def _edit(
    request: HttpRequest, study_id: UUID, operations: list[Operation], if_match: str | None
) -> dict[str, Any]:
    study, base = _own(study_id, request), _revision(if_match)
    changed = edits.edit(study=study, operations=operations, by=actor_of(request), base=base)
    merged = base is not None and changed.revision != base + 1
    return _edited(changed, whole=merged, merged=merged)


def _edited(study: ProductStudy, *, whole: bool = False, merged: bool = False) -> dict[str, Any]:
    undo_step, redo_step = reading.steps(study)
    return {
        "id": study.pk,
        "revision": study.revision,
        "undo": undo_step is not None,
        "redo": redo_step is not None,
        "merged": merged,
        "live": payload.live_data(calculation.live(study), study),
        "document": study.document if whole else None,
    }


def _merge(path: tuple[str, ...], patch: dict[str, Any]) -> list[Operation]:
    """Set operations for a merge patch."""
    operations: list[Operation] = []
    for key, value in patch.items():
        if isinstance(value, dict) and value and len(path) < DEEPEST:
            operations += _merge((*path, key), value)
        else:
            operations.append({"op": "set", "path": [*path, key], "value": value})
    return operations


def _revision(if_match: str | None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    found = _REVISION.match(if_match.strip())
    if found is None:
        raise InvalidInput(
            told(
                "if-match",
                said(_("If-Match does not name a revision")),
                said(_("Send the ETag of the study, for example “17” in quotation marks")),
                Place(field="If-Match"),
            )
        )
    return int(found[1])
