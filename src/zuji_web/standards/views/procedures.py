"""The board, proposals, steps, comments, reviews and papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zuji.errors import ZujiError
from zuji.model.standards import StandardKind, StandardLevel
from zuji_web.accounts.guards import actor_of, needs, signed_in
from zuji_web.accounts.models import Membership
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.accounts.views.refusals import show_as_message, show_in_form
from zuji_web.standards import guards, states
from zuji_web.standards.actions import comments as commenting
from zuji_web.standards.actions import procedures as acting
from zuji_web.standards.actions import reviews as reviewing
from zuji_web.standards.forms import AnswerForm, CommentForm, ProposalForm, StepForm
from zuji_web.standards.models import Answer, StandardRecord
from zuji_web.standards.moves import allowed
from zuji_web.standards.moves import move as find_move
from zuji_web.standards.queries import procedures, registry
from zuji_web.standards.views.frame import frame, sent_by


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Procedures under way by state, and those that ended."""
    by = actor_of(request)
    columns = procedures.board(by=by)
    context = frame(request, "board") | {
        "columns": columns,
        "total": sum(len(rows) for _state, rows in columns),
        "closed": procedures.concluded(by=by)[:50],
        "own_reviews": procedures.waiting_reviews(by=by),
    }
    return render(request, "standards/board.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.STANDARD_PROPOSE)
def propose(request: HttpRequest) -> HttpResponse:
    """Submit a proposal for a standard."""
    by = actor_of(request)
    initial = {"region": by.organisation.region if by.organisation else ""}
    form = ProposalForm(sent_by(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        proposal = acting.Proposal(
            name=given["name"],
            name_en=given["name_en"],
            level=StandardLevel(given["level"]),
            kind=StandardKind(given["kind"]),
            scope=form.scope(),
            region=given["region"] if given["level"] == StandardLevel.LOCAL else "",
            converted_from=given["converted_from"].strip(),
            purpose=given["purpose"],
        )
        try:
            record = acting.propose(proposal=proposal, by=by)
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            told = _("The proposal is submitted as %(number)s") % {"number": record.working_number}
            messages.success(request, told)
            return redirect("standards:standard", record.pk)
    status = 422 if form.errors else 200
    context = frame(request, "board") | {"form": form}
    return render(request, "standards/propose.html", context, status=status)


def _record(request: HttpRequest, standard_id: UUID) -> StandardRecord:
    return registry.record(standard_id, by=actor_of(request))


@require_http_methods(["GET", "POST"])
@signed_in
def move(request: HttpRequest, standard_id: UUID, after: str) -> HttpResponse:
    """Take a step of the table, with its reason and its paper."""
    by = actor_of(request)
    record = _record(request, standard_id)
    found = find_move(states.on(record, registry.today()), after)
    if found is None:
        messages.error(request, _("This step is not open; the standard has moved on meanwhile."))
        return redirect("standards:standard", record.pk)
    if not allowed(found, record, by=by):
        raise Denied(found.right)
    initial = {
        "withdrawn": min((task.due for task in record.withdrawal_tasks.all() if task.due), default=None)
    }
    form = StepForm(
        sent_by(request),
        request.FILES or None,
        facts=found.facts,
        needs_reason=found.needs_reason,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        upload = given.pop("file")
        file = (upload.name or "", upload.read()) if upload else None
        try:
            acting.step(
                record=record,
                after=after,
                by=by,
                given=guards.Given(on=registry.today(), has_file=file is not None, **given),
                file=file,
            )
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("Done."))
            record.refresh_from_db()
            leads = "changes" if after == states.ISSUED and record.displaces.exists() else "standard"
            return redirect(f"standards:{leads}", record.pk)
    status = 422 if form.errors else 200
    context = frame(request, "board") | {
        "form": form,
        "record": record,
        "move": found,
        "blocks": [] if form.is_bound else guards.standing(record, found, by=by, on=registry.today()),
        "paper_again": bool(form.errors) and bool(request.FILES),
    }
    return render(request, "standards/move.html", context, status=status)


@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, standard_id: UUID) -> HttpResponse:
    """The comments of a procedure with their answers, and the form to comment."""
    by = actor_of(request)
    record = _record(request, standard_id)
    if not record.working_number:
        raise Http404
    form = CommentForm(sent_by(request))
    if request.method == "POST":
        by.require(Permission.STANDARD_COMMENT)
        if form.is_valid():
            try:
                made = commenting.comment(record=record, by=by, **form.cleaned_data)
            except ZujiError as refusal:
                show_in_form(refusal, form)
            else:
                messages.success(
                    request, _("Your comment is with the draft; its answer will appear below it.")
                )
                return redirect(f"{request.path}#comment-{made.pk}")
    return _comments_page(request, record, form)


def _comments_page(
    request: HttpRequest,
    record: StandardRecord,
    form: CommentForm,
    *,
    answering: tuple[int, AnswerForm] | None = None,
) -> HttpResponse:
    """`answering` is a comment with the answer that was refused, as it was typed."""
    by = actor_of(request)
    context = frame(request, "board") | {
        "record": record,
        "form": form,
        "answered": answering[0] if answering else None,
        "refused": answering[1] if answering else None,
        "remarks": record.comments.select_related("organisation"),
        "papers": record.documents.defer("content"),
        "open": states.open_for_comments(record, registry.today()),
        "may_comment": by.may(Permission.STANDARD_COMMENT),
        "may_answer": by.may(Permission.STANDARD_REGISTER) and record.state in states.ANSWERABLE,
        "answers": Answer.choices,
    }
    status = 422 if form.errors or answering else 200
    return render(request, "standards/comments.html", context, status=status)


def _answered(request: HttpRequest, call: Any, **arguments: Any) -> None:
    """An action's refusal as a message of the next page."""
    try:
        call(by=actor_of(request), **arguments)
    except ZujiError as refusal:
        show_as_message(refusal, request)
    else:
        messages.success(request, _("Saved."))


@require_POST
@needs(Permission.STANDARD_REGISTER)
def answer(request: HttpRequest, standard_id: UUID, comment_id: int) -> HttpResponse:
    """Answer a comment."""
    record = _record(request, standard_id)
    comment = get_object_or_404(record.comments, pk=comment_id)
    form = AnswerForm(request.POST)
    given = str(int(comment.answered_at.timestamp())) if comment.answered_at else ""
    if request.POST.get("seen", given) != given:
        form.add_error(
            None, _("Somebody answered meanwhile; that answer stands above. Save again only to replace it.")
        )
    if form.is_valid():
        try:
            commenting.answer(comment=comment, by=actor_of(request), **form.cleaned_data)
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('standards:comments', args=[record.pk])}#comment-{comment.pk}")
    return _comments_page(request, record, CommentForm(), answering=(comment.pk, form))


@require_POST
@needs(Permission.STANDARD_REGISTER)
def assign(request: HttpRequest, standard_id: UUID) -> HttpResponse:
    """Ask an expert for a review."""
    by = actor_of(request)
    record = _record(request, standard_id)
    wanted = request.POST.get("expert", "")
    known = {str(row.pk): row for row in procedures.experts(record, by=by)}
    expert: Membership | None = known.get(wanted)
    if expert is None:
        messages.error(request, _("Choose an expert of the list."))
    else:
        _answered(request, reviewing.assign, record=record, expert=expert)
    return redirect("standards:standard", record.pk)


@require_POST
@needs(Permission.STANDARD_REVIEW)
def declare(request: HttpRequest, standard_id: UUID, review_id: int) -> HttpResponse:
    """Declare interests before a review."""
    record = _record(request, standard_id)
    review = get_object_or_404(record.reviews, pk=review_id)
    conflict, text = request.POST.get("conflict", ""), request.POST.get("text", "")[:4000]
    _answered(request, reviewing.declare, review=review, conflict=conflict, text=text)
    return redirect("standards:standard", record.pk)


@require_POST
@needs(Permission.STANDARD_REVIEW)
def opinion(request: HttpRequest, standard_id: UUID, review_id: int) -> HttpResponse:
    """Give the opinion of a review."""
    record = _record(request, standard_id)
    review = get_object_or_404(record.reviews, pk=review_id)
    given, text = request.POST.get("opinion", ""), request.POST.get("text", "")[:4000]
    _answered(request, reviewing.give, review=review, opinion=given, text=text)
    return redirect("standards:standard", record.pk)


@require_GET
def paper(request: HttpRequest, standard_id: UUID, paper_id: int) -> HttpResponse:
    """A paper as it came; a browser saves it and does not open it."""
    found = get_object_or_404(_record(request, standard_id).documents, pk=paper_id)
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    )
    return answer
