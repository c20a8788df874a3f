"""The way of a standard over the API: the same actions, rights and refusals as the pages."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Status

from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission
from zuji_web.standards import guards
from zuji_web.standards.actions import comments as commenting
from zuji_web.standards.actions import procedures as acting
from zuji_web.standards.models import Comment, StandardRecord, StandardTransition
from zuji_web.standards.procedure_schemas import (
    OpenStandardStepOut,
    ProposalIn,
    StandardAnswerIn,
    StandardCommentIn,
    StandardCommentOut,
    StandardEffectsOut,
    StandardStepIn,
)
from zuji_web.standards.queries import effects, procedures, registry
from zuji_web.standards.queries.supersession import changes_of, stopped_by
from zuji_web.standards.schemas import ProcedureStepOut, StandardDetail, names

router = gateway.router("standards", public=True)


def _record(request: HttpRequest, standard_id: UUID) -> StandardRecord:
    return registry.record(standard_id, by=actor_of(request))


@router.post("/proposals", response={201: StandardDetail}, summary="Propose a standard")
def propose_standard(request: HttpRequest, body: ProposalIn) -> Status[StandardRecord]:
    """By whoever binds the organisation; 422 where a national or industry standard covers the scope."""
    by = actor_of(request)
    by.require(Permission.STANDARD_PROPOSE)
    return Status(201, acting.propose(proposal=body.proposal(), by=by))


@router.get(
    "/{uuid:standard_id}/steps",
    response=list[OpenStandardStepOut],
    summary="List the steps open for a standard",
)
def list_standard_steps(request: HttpRequest, standard_id: UUID) -> list[dict[str, Any]]:
    """Those that the caller has the right to take, each with what holds it back."""
    by, record = actor_of(request), _record(request, standard_id)
    return [
        {
            "after": move.after,
            "name": names(move.name),
            "facts": list(move.facts),
            "needs_reason": move.needs_reason,
            "blocks": [
                gateway.described(problem)
                for problem in guards.standing(record, move, by=by, on=registry.today())
            ],
        }
        for move in procedures.moves(record, by=by)
    ]


@router.post(
    "/{uuid:standard_id}/steps", response={201: ProcedureStepOut}, summary="Take a step with a standard"
)
def take_standard_step(
    request: HttpRequest, standard_id: UUID, body: StandardStepIn
) -> Status[StandardTransition]:
    """409 where the step is not open, 403 without the right, 422 with every guard that holds it back.

    Issuing sets off what follows from the standard; read its `effects`.
    """
    given, paper = body.dict(exclude={"after", "file", "file_name"}), body.paper()
    made = acting.step(
        record=_record(request, standard_id),
        after=body.after,
        by=actor_of(request),
        given=guards.Given(on=registry.today(), has_file=paper is not None, **given),
        file=paper,
    )
    return Status(201, made)


@router.get(
    "/{uuid:standard_id}/comments", response=list[StandardCommentOut], summary="List the comments on a draft"
)
@gateway.paged
def list_standard_comments(request: HttpRequest, standard_id: UUID) -> Any:
    """With their answers, the first one first."""
    return _record(request, standard_id).comments.select_related("organisation")


@router.post("/{uuid:standard_id}/comments", response={201: StandardCommentOut}, summary="Comment on a draft")
def comment_on_standard(request: HttpRequest, standard_id: UUID, body: StandardCommentIn) -> Status[Comment]:
    """During the consultation, under the name of the organisation; 409 outside of it."""
    by, record = actor_of(request), _record(request, standard_id)
    if not record.working_number:
        raise Http404
    return Status(201, commenting.comment(record=record, by=by, **body.dict()))


@router.post(
    "/{uuid:standard_id}/comments/{remark_id}/answer",
    response=StandardCommentOut,
    summary="Answer a comment on a draft",
)
def answer_on_standard(
    request: HttpRequest, standard_id: UUID, remark_id: int, body: StandardAnswerIn
) -> Comment:
    """By the secretariat; it may be corrected until the standard is issued."""
    by = actor_of(request)
    by.require(Permission.STANDARD_REGISTER)
    comment = get_object_or_404(_record(request, standard_id).comments, pk=remark_id)
    return commenting.answer(comment=comment, answer=body.answer, reason=body.reason, by=by)


@router.get(
    "/{uuid:standard_id}/effects", response=StandardEffectsOut, summary="Read what a standard sets off"
)
def read_effects(request: HttpRequest, standard_id: UUID) -> dict[str, Any]:
    """From which day another rule governs what, which standards go, which proposals stop."""
    by, record = actor_of(request), _record(request, standard_id)
    found = changes_of(record)
    told, _own = effects.told(record, by=by)
    return {
        "standard": record.pk,
        "preview": found.preview,
        "blocks": found.blocks,
        "changes": [
            {
                "product": str(change.product),
                "region": change.region,
                "day": change.day,
                "before": change.before,
                "after": change.after,
            }
            for change in found.changes
        ],
        "displaced": list(found.displaced),
        "to_examine": list(found.examined),
        "withdrawals": list(effects.tasks().filter(because_of=record)),
        "stopped": stopped_by(record, by=by),
        "studies_told": told,
    }
