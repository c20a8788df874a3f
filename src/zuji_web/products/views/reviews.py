"""The review page of a study: standing, internal review with comments, history; and what waits for whom."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zuji.errors import Problem, ZujiError
from zuji.model.conformity import Outcome, Severity
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.guards import actor_of, needs, signed_in
from zuji_web.accounts.permissions import Permission
from zuji_web.products import drafts
from zuji_web.products.actions import comments
from zuji_web.products.actions import reviews as acting
from zuji_web.products.models import Conclusion, Interest, ProductStudy, StudyState
from zuji_web.products.queries import claims, conformity, results, reviews, standing
from zuji_web.products.queries.results import Result
from zuji_web.products.review_forms import (
    AssignForm,
    CommentForm,
    ConcludeForm,
    DeclareForm,
    DiscloseForm,
    FileForm,
    OpinionForm,
    ReasonForm,
    SubmitForm,
    TextForm,
)
from zuji_web.products.states import ATTACHABLE, MOVES, PROGRESS, name_of
from zuji_web.products.views.workbench import answer, frame


@require_GET
@needs(Permission.STUDY_VIEW)
def waiting(request: HttpRequest) -> HttpResponse:
    """Reviews that the person is asked for, and those for which nobody is asked yet."""
    actor = actor_of(request)
    context = {
        "mine": reviews.waiting(by=actor),
        "unassigned": reviews.unassigned(by=actor),
        "may_review": actor.may(Permission.STUDY_REVIEW),
    }
    return render(request, "products/reviews.html", context)


@require_GET
@signed_in
def page(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Where the study stands and what can be done next."""
    return render(request, "products/review.html", review_context(request, own_study(request, study_id)))


@require_POST
@signed_in
def submit(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Hands the draft in."""

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        acting.submit(study=study, note=form.cleaned_data["note"], by=by)
        return _("Submitted. Now somebody is asked to review it.")

    return carried_out(request, study_id, "submit", SubmitForm(request.POST), act)


@require_POST
@signed_in
def assign(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Asks a member."""
    actor = actor_of(request)
    people = reviews.candidates(own_study(request, study_id), by=actor)

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        acting.assign(study=study, reviewer=form.cleaned_data["reviewer"], by=by)
        return _("%(name)s is asked to review the study.") % {"name": form.cleaned_data["reviewer"]}

    return carried_out(request, study_id, "assign", AssignForm(request.POST, people=people), act)


@require_POST
@signed_in
def declare(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The reviewer on interests of their own."""

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        given = form.cleaned_data
        acting.declare(study=study, conflict=given["conflict"] == "yes", text=given["text"], by=by)
        return _("Declared.")

    return carried_out(request, study_id, "declare", DeclareForm(request.POST), act)


@require_POST
@signed_in
def comment(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """A comment of the reviewer."""
    form = CommentForm(request.POST, lines=lines_of(own_study(request, study_id)))

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        comments.add(study=study, by=by, **form.cleaned_data)
        return _("The comment is kept.")

    return carried_out(request, study_id, "comment", form, act, "comments")


@require_POST
@signed_in
def answer_comment(request: HttpRequest, study_id: UUID, comment_id: int) -> HttpResponse:
    """An answer to a comment."""
    row = reviews.comment(own_study(request, study_id), comment_id)

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        comments.answer(study=study, comment=row, text=form.cleaned_data["text"], by=by)
        return _("The answer is kept.")

    return carried_out(request, study_id, "answer", TextForm(request.POST), act, f"comment-{row.pk}")


@require_POST
@signed_in
def settle(request: HttpRequest, study_id: UUID, comment_id: int) -> HttpResponse:
    """The reviewer closes a comment."""
    row = reviews.comment(own_study(request, study_id), comment_id)

    def act(study: ProductStudy, _form: Form, by: Actor) -> str:
        comments.settle(study=study, comment=row, by=by)
        return _("The comment is settled.")

    return carried_out(request, study_id, "settle", Form(request.POST), act, f"comment-{row.pk}")


@require_POST
@signed_in
def conclude(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The reviewer passes or returns the study."""

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        reasons = form.cleaned_data["reasons"]
        if form.cleaned_data["conclusion"] == "pass":
            acting.pass_review(study=study, reasons=reasons, by=by)
            return _("The review has passed. A signatory can freeze the study now.")
        acting.return_study(study=study, reasons=reasons, by=by)
        return _("The study is returned; it can be changed again.")

    return carried_out(request, study_id, "conclude", ConcludeForm(request.POST), act)


@require_POST
@signed_in
def recall(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Takes the study back out of review."""

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        acting.recall(study=study, reason=form.cleaned_data["reason"], by=by)
        return _("The study is a draft again.")

    return carried_out(request, study_id, "recall", ReasonForm(request.POST), act)


def own_study(request: HttpRequest, study_id: UUID) -> ProductStudy:
    """A study of the actor's own organisation; raises `Http404` for any other, worked examples too."""
    return reviews.own_study(study_id, by=actor_of(request))


def lines_of(study: ProductStudy) -> list[tuple[str, str]]:
    """The lines of a study as choices."""
    return [
        (row["id"], f"{row['id']} {row.get('item', '')}") for _process, row in drafts.lines(study.document)
    ]


def carried_out(
    request: HttpRequest,
    study_id: UUID,
    name: str,
    form: Form,
    act: Callable[[ProductStudy, Form, Actor], str],
    anchor: str = "",
) -> HttpResponse:
    """Does what a form means and goes back to the page; with 422 and the form where something is wrong."""
    study = own_study(request, study_id)
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        try:
            messages.success(request, act(study, form, actor_of(request)))
        except ZujiError as refusal:
            problems = refusal.problems
        else:
            address = reverse("products:review", args=[study.pk])
            return redirect(f"{address}#{anchor}" if anchor else address)
    study.refresh_from_db()
    context = review_context(request, study) | {
        "problems": problems,
        f"{name}_form": form,
        "wrong_form": name,
    }
    return answer(request, "products/review.html", context, wrong=True)


def review_context(request: HttpRequest, study: ProductStudy) -> dict[str, Any]:
    """Everything that the review page shows."""
    actor = actor_of(request)
    review = reviews.current(study)
    mine = reviews.is_reviewer(study, by=actor)
    may_sign = actor.may(Permission.STUDY_FREEZE, study.organisation)
    may_edit = actor.may(Permission.STUDY_EDIT, study.organisation)
    stands = standing.of_study(study)
    people = reviews.candidates(study, by=actor) if review and (may_edit or may_sign) else []
    moves = set(MOVES[StudyState(study.state)]) if not stands.expired_on else set()
    today = timezone.localdate()
    found = results.result(study)
    disclosure = getattr(study, "disclosure", None)
    is_open = review is not None and review.conclusion == Conclusion.OPEN
    refused = standing.verification_hindrances(study, on=today) if study.frozen else []
    hindered = standing.hindrances(study, on=today) if study.frozen else []
    successor, refused_succession = standing.successor(study, on=today) if study.frozen else (None, [])
    return frame(request, study, "review") | {
        "standing": stands,
        "progress": _progress(study),
        "review": review,
        "passed": review is not None and review.conclusion == Conclusion.PASSED,
        "mine": mine,
        "declared": mine and review is not None and review.interest == Interest.NONE,
        "may_submit": may_edit and study.state == StudyState.DRAFT,
        "may_sign": may_sign,
        "may_edit": may_edit,
        "calculable": found.evaluated is not None,
        "may_assign": is_open and (may_edit or may_sign),
        "may_recall": bool(review) and (may_edit or may_sign),
        "may_answer": may_edit or mine,
        "people": people,
        "check": _check(found),
        "threads": reviews.threads(study),
        "open_musts": len(reviews.open_musts(study)),
        "rounds": list(study.reviews.select_related("reviewer").order_by("number")),
        "history": standing.history(study),
        "versions": standing.versions(study),
        "claims": claims.standing(study) if study.frozen else [],
        "opinions": reviews.opinions(study) if study.frozen else [],
        "disclosure": disclosure,
        "readers": disclosure.readers.order_by("name") if disclosure else (),
        "hindered": hindered,
        "may_attach": may_sign and study.state in ATTACHABLE and not refused,
        "verification_hindered": refused,
        "moves": {str(move) for move in moves},
        "successor": successor,
        "succession_refused": refused_succession,
        "submit_form": SubmitForm(),
        "assign_form": AssignForm(people=people),
        "declare_form": DeclareForm(),
        "comment_form": CommentForm(lines=lines_of(study), initial={"line": request.GET.get("line", "")}),
        "conclude_form": ConcludeForm(),
        "recall_form": ReasonForm(),
        "opinion_form": OpinionForm(),
        "file_form": FileForm(),
        "disclose_form": DiscloseForm(),
        "withdraw_form": ReasonForm(),
    }


def _progress(study: ProductStudy) -> list[dict[str, Any]]:
    """The phases up to review and freezing, each with whether it is behind."""
    if study.state == StudyState.DRAFT:
        done = dict(standing.progress(study))
    else:
        done = dict.fromkeys(PROGRESS, True)
    steps = [(phase.value, fulfilled) for phase, fulfilled in done.items()]
    stepped = study.frozen and reviews.reviewed(study) is not None
    steps += [("internal_review", stepped), ("frozen", study.frozen)]
    current = {"in_review": "internal_review"}.get(study.state, "")
    return [{"name": name_of(code), "done": fulfilled, "here": code == current} for code, fulfilled in steps]


def _check(result: Result) -> dict[str, Any]:
    """What the conformity check says: as kept on freezing, else as of now."""
    study = result.study
    kept = conformity.kept(study)
    if study.frozen and kept is None:
        return {}
    found = conformity.read(kept) if kept else conformity.of_result(result, on=timezone.localdate())
    unmet = [item for item in found.items if item.outcome is Outcome.NOT_MET]
    return {
        "rule": found.rule,
        "on": kept.on if kept else None,
        "passed": found.passed,
        "unmet": unmet,
        "warnings": found.count(Severity.WARNING),
        "items": len(found.items),
    }
