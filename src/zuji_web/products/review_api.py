"""Review, versions and publication over the API: the same actions as the pages."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Status

from zuji.lca.differences import Difference
from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.models import Organisation, User
from zuji_web.gateway import Conflict, described
from zuji_web.products import files
from zuji_web.products.actions import comments, opinions, publishing
from zuji_web.products.actions import reviews as acting
from zuji_web.products.actions.opinions import Opinion
from zuji_web.products.models import ProductStudy, VerificationOpinion
from zuji_web.products.queries import differences, reviews, standing
from zuji_web.products.review_refusals import not_eligible, unknown_readers
from zuji_web.products.review_schemas import (
    AlterationOut,
    AnswerIn,
    CommentIn,
    ConclusionIn,
    DeclarationIn,
    DifferenceOut,
    DisclosureIn,
    FilingIn,
    OpinionIn,
    OpinionOut,
    ReasonIn,
    ReviewerIn,
    StandingOut,
    SubmitIn,
)

router = gateway.router("studies", public=True)


def own_study(request: HttpRequest, study_id: UUID) -> ProductStudy:
    return reviews.own_study(study_id, by=actor_of(request))


@router.get("/{uuid:study_id}/standing", response=StandingOut, summary="Read where a study stands")
def read_standing(request: HttpRequest, study_id: UUID) -> dict[str, Any]:
    """State, rounds of review, comments, opinions, history, and what hinders filing and disclosure."""
    return _standing(own_study(request, study_id))


@router.post("/{uuid:study_id}/review", response=StandingOut, summary="Submit for internal review")
def submit_study(request: HttpRequest, study_id: UUID, body: SubmitIn) -> dict[str, Any]:
    """Nobody changes the study until it is returned; 422 names what is missing in the inventory."""
    study = own_study(request, study_id)
    acting.submit(study=study, note=body.note, by=actor_of(request))
    return _standing(study)


@router.post("/{uuid:study_id}/review/reviewer", response=StandingOut, summary="Ask a reviewer")
def ask_reviewer(request: HttpRequest, study_id: UUID, body: ReviewerIn) -> dict[str, Any]:
    """409 where the member submitted or edited the study, is the caller, or has no right to review."""
    study, by = own_study(request, study_id), actor_of(request)
    asked = User.objects.filter(email__iexact=body.email, memberships__organisation=study.organisation)
    person = asked.first()
    if person is None:
        raise Conflict(not_eligible(body.email))
    acting.assign(study=study, reviewer=person, by=by)
    return _standing(study)


@router.post("/{uuid:study_id}/review/declaration", response=StandingOut, summary="Declare interests")
def declare_interest(request: HttpRequest, study_id: UUID, body: DeclarationIn) -> dict[str, Any]:
    """The reviewer says whether they have an interest of their own."""
    study = own_study(request, study_id)
    acting.declare(study=study, conflict=body.conflict, text=body.text, by=actor_of(request))
    return _standing(study)


@router.post("/{uuid:study_id}/review/comments", response={201: StandingOut}, summary="Comment")
def add_comment(request: HttpRequest, study_id: UUID, body: CommentIn) -> Status[dict[str, Any]]:
    """A comment of the reviewer on a line, a field or the whole."""
    study = own_study(request, study_id)
    comments.add(study=study, by=actor_of(request), **body.dict())
    return Status(201, _standing(study))


@router.post(
    "/{uuid:study_id}/review/comments/{comment_id}/answers",
    response={201: StandingOut},
    summary="Answer a comment",
)
def answer_comment(
    request: HttpRequest, study_id: UUID, comment_id: int, body: AnswerIn
) -> Status[dict[str, Any]]:
    """By whoever works on the study, or by its reviewer."""
    study = own_study(request, study_id)
    row = reviews.comment(study, comment_id)
    comments.answer(study=study, comment=row, text=body.text, by=actor_of(request))
    return Status(201, _standing(study))


@router.post(
    "/{uuid:study_id}/review/comments/{comment_id}/settle", response=StandingOut, summary="Settle a comment"
)
def settle_comment(request: HttpRequest, study_id: UUID, comment_id: int) -> dict[str, Any]:
    """Only the reviewer of the present round settles."""
    study = own_study(request, study_id)
    comments.settle(study=study, comment=reviews.comment(study, comment_id), by=actor_of(request))
    return _standing(study)


@router.post("/{uuid:study_id}/review/conclusion", response=StandingOut, summary="Conclude a review")
def conclude_review(request: HttpRequest, study_id: UUID, body: ConclusionIn) -> dict[str, Any]:
    """Passed, so that a signatory may freeze the study, or returned with reasons."""
    study, by = own_study(request, study_id), actor_of(request)
    conclude = acting.pass_review if body.conclusion == "pass" else acting.return_study
    conclude(study=study, reasons=body.reasons, by=by)
    return _standing(study)


@router.post("/{uuid:study_id}/review/recall", response=StandingOut, summary="Take a study out of review")
def recall_study(request: HttpRequest, study_id: UUID, body: ReasonIn) -> dict[str, Any]:
    """The study is a draft again; what was commented stays."""
    study = own_study(request, study_id)
    acting.recall(study=study, reason=body.reason, by=actor_of(request))
    return _standing(study)


@router.get("/{uuid:study_id}/differences", response=DifferenceOut, summary="Compare two versions")
def read_differences(request: HttpRequest, study_id: UUID, against: UUID | None = None) -> dict[str, Any]:
    """What changed since the version that this one continues, or since `against`; 404 for a lone one."""
    study = own_study(request, study_id)
    others = differences.comparable_versions(study)
    if against is None:
        base = differences.base_of(study, others)
    else:
        base = next((version for version in others if version.pk == against), None)
    if base is None:
        raise Http404
    return _difference(base, study, differences.between(base, study).difference)


@router.post("/{uuid:study_id}/opinions", response={201: StandingOut}, summary="Attach an opinion")
def attach_opinion(request: HttpRequest, study_id: UUID, body: OpinionIn) -> Status[dict[str, Any]]:
    """A positive opinion on a frozen, reviewed study makes it verified; larger documents go by the page."""
    study = own_study(request, study_id)
    opinions.attach(
        study=study,
        opinion=Opinion(**body.dict(exclude={"file", "file_name"})),
        name=body.file_name,
        content=body.file,
        by=actor_of(request),
    )
    return Status(201, _standing(study))


@router.get(
    "/{uuid:study_id}/opinions/{opinion_id}", response={200: None}, summary="Download an opinion's document"
)
def read_opinion(request: HttpRequest, study_id: UUID, opinion_id: int) -> HttpResponse:
    """The PDF as it was attached."""
    row = reviews.opinion(own_study(request, study_id), opinion_id)
    return files.Exported(name=row.name, content=bytes(row.content), media_type="application/pdf").response()


@router.post("/{uuid:study_id}/filing", response=StandingOut, summary="Keep a filing")
def file_study(request: HttpRequest, study_id: UUID, body: FilingIn) -> dict[str, Any]:
    """A verified or disclosed study was filed with the authority under a number."""
    study = own_study(request, study_id)
    publishing.file(study=study, document=body.document, reason=body.reason, by=actor_of(request))
    return _standing(study)


@router.post("/{uuid:study_id}/disclosure", response={201: StandingOut}, summary="Disclose a study")
def disclose_study(request: HttpRequest, study_id: UUID, body: DisclosureIn) -> Status[dict[str, Any]]:
    """Everybody, or the named organisations, may read it under a number of its own."""
    study = own_study(request, study_id)
    codes = {code.strip().upper() for code in body.readers}
    readers = list(Organisation.objects.filter(credit_code__in=codes))
    if missing := codes - {reader.credit_code for reader in readers}:
        raise Conflict(unknown_readers(", ".join(sorted(missing))))
    publishing.disclose(
        study=study,
        audience=body.audience,
        readers=readers,
        valid_until=body.valid_until,
        by=actor_of(request),
    )
    return Status(201, _standing(study))


@router.post("/{uuid:study_id}/succession", response=StandingOut, summary="Give place to a later version")
def supersede_study(request: HttpRequest, study_id: UUID) -> dict[str, Any]:
    """409 unless a later version is frozen that is no less trustworthy: reviewed where this one is."""
    study = own_study(request, study_id)
    publishing.supersede(study=study, by=actor_of(request))
    return _standing(study)


@router.post("/{uuid:study_id}/withdrawal", response=StandingOut, summary="Withdraw a study")
def withdraw_study(request: HttpRequest, study_id: UUID, body: ReasonIn) -> dict[str, Any]:
    """For a study that is wrong; its energy certificates can be used again."""
    study = own_study(request, study_id)
    publishing.withdraw(study=study, reason=body.reason, by=actor_of(request))
    return _standing(study)


def _standing(study: ProductStudy) -> dict[str, Any]:
    study.refresh_from_db()
    stands = standing.of_study(study)
    disclosure = getattr(study, "disclosure", None)
    hindered = standing.hindrances(study, on=timezone.localdate()) if study.frozen else []
    rounds = study.reviews.select_related("reviewer").order_by("number")
    return {
        "state": study.state,
        "code": stands.code,
        "reviewed": stands.reviewed,
        "expired_on": stands.expired_on,
        "disclosed_as": disclosure.number if disclosure else "",
        "rounds": [
            {
                "number": row.number,
                "submitter": row.submitter,
                "submitted_at": row.submitted_at,
                "reviewer": str(row.reviewer or ""),
                "interest": row.interest,
                "conclusion": row.conclusion,
                "reasons": row.reasons,
            }
            for row in rounds
        ],
        "comments": [_comment(thread) for thread in reviews.threads(study)],
        "opinions": [_opinion(row) for row in reviews.opinions(study)],
        "history": standing.history(study),
        "hindrances": [described(problem) for problem in hindered],
    }


def _comment(thread: reviews.Thread) -> dict[str, Any]:
    row = thread.comment
    return {
        **{name: getattr(row, name) for name in ("id", "line", "field", "weight", "text", "author")},
        "open": thread.open,
        "version": thread.version,
        "answers": list(thread.answers),
    }


def _opinion(row: VerificationOpinion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in OpinionOut.model_fields}


def _difference(before: ProductStudy, after: ProductStudy, found: Difference) -> dict[str, Any]:
    return {
        "before_version": before.version,
        "after_version": after.version,
        "before": found.before,
        "after": found.after,
        "effect": found.effect,
        "words": list(found.words),
        "steps": [
            {
                "effect": step.effect,
                "alterations": [
                    {name: getattr(each, name) for name in AlterationOut.model_fields}
                    for each in step.alterations
                ],
            }
            for step in found.steps
        ],
    }
