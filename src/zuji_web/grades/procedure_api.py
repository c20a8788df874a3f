"""Samples and the way of thresholds over the API: the same actions, rights and refusals as the pages."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Status

from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.gateway import Conflict
from zuji_web.grades import guards, refusals, states
from zuji_web.grades.actions import comments as commenting
from zuji_web.grades.actions import samples as lending
from zuji_web.grades.actions import sets as acting
from zuji_web.grades.models import SampleExamination, SetComment, SetTransition, StoredSample, ThresholdSet
from zuji_web.grades.moves import moves
from zuji_web.grades.procedure_schemas import (
    CollectedSamplesOut,
    LoanIn,
    LoanOut,
    LoanReasonIn,
    OpenThresholdStepOut,
    SampleFindingIn,
    SampleFindingOut,
    ThresholdAnswerIn,
    ThresholdCommentIn,
    ThresholdDerivationOut,
    ThresholdMethodIn,
    ThresholdSimulationOut,
    ThresholdStepIn,
    ThresholdTrialIn,
    WaitingSampleOut,
)
from zuji_web.grades.queries import samples, sets, simulations
from zuji_web.grades.schemas import ThresholdComment, ThresholdStep
from zuji_web.products.queries import studies

router = gateway.router("thresholds", public=True)
lent = gateway.router("studies")


@lent.post("/{uuid:study_id}/sample", response={201: LoanOut}, summary="Lend a result as a sample")
def lend_sample(request: HttpRequest, study_id: UUID, body: LoanIn) -> Status[dict[str, Any]]:
    """By whoever freezes for the organisation; 409 where it is not frozen or lent already, 422 unverified."""
    by = actor_of(request)
    sample = lending.offer(
        study=studies.study(study_id, by=by),
        purpose=body.purpose,
        until=body.until,
        production=body.quantity(),
        by=by,
    )
    return Status(201, LoanOut.of(sample))


@lent.get("/{uuid:study_id}/sample", response=LoanOut, summary="Read what a study lends")
def read_loan(request: HttpRequest, study_id: UUID) -> dict[str, Any]:
    """The newest sample of the study with every use; 404 where it never lent one."""
    return LoanOut.of(_loan(request, study_id))


@lent.post("/{uuid:study_id}/sample/revoke", response=LoanOut, summary="Take the consent to a sample back")
def revoke_loan(request: HttpRequest, study_id: UUID, body: LoanReasonIn) -> dict[str, Any]:
    """No later derivation uses it; a proposal that rests on it is derived again, published values stay."""
    sample = lending.revoke(sample=_loan(request, study_id), reason=body.reason, by=actor_of(request))
    return LoanOut.of(sample)


def _loan(request: HttpRequest, study_id: UUID) -> StoredSample:
    by = actor_of(request)
    by.require(Permission.STUDY_VIEW)
    study = studies.study(study_id, by=by)
    found = samples.offered(by=by).filter(study=study).order_by("-given_at").first()
    if found is None:
        raise Http404
    return found


def _officer(request: HttpRequest) -> None:
    if not sets.officer(actor_of(request)):
        raise Denied(Permission.THRESHOLD_DERIVE)


@router.get("/samples", response=list[CollectedSamplesOut], summary="Read what there is in the sample store")
def read_samples(request: HttpRequest) -> list[samples.Collected]:
    """By product and rule, for officers; no value is told below three firms."""
    _officer(request)
    return samples.collected(sets.today())


@router.get("/samples/waiting", response=list[WaitingSampleOut], summary="List samples to be confirmed")
def list_waiting(request: HttpRequest) -> list[StoredSample]:
    """Samples whose verification an officer has to look up."""
    actor_of(request).require(Permission.THRESHOLD_DERIVE)
    return list(samples.waiting())


@router.post(
    "/samples/{uuid:stored_id}/findings",
    response={201: SampleFindingOut},
    summary="Say whether a verification is confirmed",
)
def examine_sample(request: HttpRequest, stored_id: UUID, body: SampleFindingIn) -> Status[SampleExamination]:
    """Never by whoever brought the sample, nor by its own organisation."""
    by = actor_of(request)
    by.require(Permission.THRESHOLD_DERIVE)
    sample = get_object_or_404(samples.visible(by=by), pk=stored_id)
    made = lending.examine(sample=sample, confirmed=body.confirmed, reason=body.reason, by=by)
    return Status(201, made)


@router.post(
    "/{uuid:set_id}/derivations",
    response={201: ThresholdDerivationOut},
    summary="Derive a set of thresholds again",
)
def derive_thresholds(request: HttpRequest, set_id: UUID, body: ThresholdMethodIn) -> Status[dict[str, Any]]:
    """From the samples that count today, by this method; 409 once the values are proposed."""
    one = _set(request, set_id)
    row = acting.derive_again(one=one, plan=body.plan(one.rule, one.product), by=actor_of(request))
    return Status(201, ThresholdDerivationOut.of(row))


@router.get(
    "/{uuid:set_id}/derivation", response=ThresholdDerivationOut, summary="Read the derivation of a set"
)
def read_derivation(request: HttpRequest, set_id: UUID) -> dict[str, Any]:
    """The newest one, on which the set stands, with every check."""
    row = sets.derivation_of(_set(request, set_id))
    if row is None:
        raise Http404
    return ThresholdDerivationOut.of(row)


@router.get(
    "/{uuid:set_id}/simulation", response=ThresholdSimulationOut, summary="Try values on the sampled products"
)
def simulate_thresholds(
    request: HttpRequest, set_id: UUID, wanted: Query[ThresholdTrialIn]
) -> dict[str, Any]:
    """How many would pass, and by each method; 409 without values or below three firms. For officers."""
    one = _set(request, set_id)
    _officer(request)
    found = simulations.trial(one, sets.today(), wanted.wanted())
    if found is None:
        raise Conflict(refusals.nothing_to_try(samples.FEWEST_FIRMS))
    return ThresholdSimulationOut.of(found)


@router.get(
    "/{uuid:set_id}/steps", response=list[OpenThresholdStepOut], summary="List the steps open for a set"
)
def list_threshold_steps(request: HttpRequest, set_id: UUID) -> list[dict[str, Any]]:
    """Those that the caller has the right to take now; what guards them is told when one is tried."""
    one = _set(request, set_id)
    return [
        OpenThresholdStepOut.of(move) for move in moves(states.on(one, sets.today()), by=actor_of(request))
    ]


@router.post("/{uuid:set_id}/steps", response={201: ThresholdStep}, summary="Take a step with thresholds")
def take_threshold_step(request: HttpRequest, set_id: UUID, body: ThresholdStepIn) -> Status[SetTransition]:
    """To `proposed`, `consulted`, `published` or back; whoever derived or consulted does not publish.

    422 with every guard that holds the step back, 409 where it is not open.
    """
    one, paper = _set(request, set_id), body.paper()
    given = guards.Given(
        on=sets.today(),
        reason=body.reason,
        document=body.document,
        has_file=paper is not None,
        comments_until=body.comments_until,
        in_force=body.in_force,
    )
    return Status(201, acting.step(one=one, after=body.after, by=actor_of(request), given=given, file=paper))


@router.post(
    "/{uuid:set_id}/comments", response={201: ThresholdComment}, summary="Comment on proposed thresholds"
)
def comment_on_thresholds(request: HttpRequest, set_id: UUID, body: ThresholdCommentIn) -> Status[SetComment]:
    """During the consultation, under the name of the organisation; 409 outside of it."""
    by = actor_of(request)
    by.require(Permission.STANDARD_COMMENT)
    made = commenting.comment(one=_set(request, set_id), text=body.text, about=body.about, by=by)
    return Status(201, made)


@router.post(
    "/{uuid:set_id}/comments/{remark_id}/answer",
    response=ThresholdComment,
    summary="Answer a comment on thresholds",
)
def answer_on_thresholds(
    request: HttpRequest, set_id: UUID, remark_id: int, body: ThresholdAnswerIn
) -> SetComment:
    """It may be corrected until the set is published."""
    by = actor_of(request)
    by.require(Permission.THRESHOLD_DERIVE)
    comment = get_object_or_404(_set(request, set_id).comments, pk=remark_id)
    return commenting.answer(comment=comment, answer=body.answer, reason=body.reason, by=by)


def _set(request: HttpRequest, set_id: UUID) -> ThresholdSet:
    return sets.threshold_set(set_id, by=actor_of(request))
