"""The yearly selection of key products."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zuji.errors import Problem, ZujiError
from zuji.formats.standards import bounds, parameters, sources
from zuji.rules.selection import Criterion
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.refusals import show_as_message
from zuji_web.standards.actions import selections as acting
from zuji_web.standards.forms import product_choices
from zuji_web.standards.models import KeyProductSelection
from zuji_web.standards.queries import registry
from zuji_web.standards.queries import selections as reading
from zuji_web.standards.views.frame import frame


def _taken(
    request: HttpRequest,
    found: KeyProductSelection,
    call: Callable[..., Any],
    *,
    opened: int = 0,
    **arguments: Any,
) -> HttpResponse:
    """The year after an action; where it is refused, with the reasons and with everything as it was typed."""
    try:
        call(by=actor_of(request), **arguments)
    except ZujiError as refusal:
        return _page(request, found, problems=list(refusal), opened=opened)
    messages.success(request, _("Saved."))
    return redirect("standards:selection", found.year)


def _said(request: HttpRequest, call: Callable[..., Any], **arguments: Any) -> None:
    try:
        call(by=actor_of(request), **arguments)
    except ZujiError as refusal:
        show_as_message(refusal, request)
    else:
        messages.success(request, _("Saved."))


@require_GET
def selections(request: HttpRequest) -> HttpResponse:
    """Every year with the products that were chosen."""
    by = actor_of(request)
    context = frame(request, "selections") | {
        "rows": [
            (row, [each for each in row.candidates.all() if each.chosen]) for row in reading.selections()
        ],
        "bounds": bounds(),
        "plan": _plan(),
        "may_prepare": by.may(Permission.SELECTION_PREPARE),
        "next_year": registry.today().year,
    }
    return render(request, "standards/selections.html", context)


def _plan() -> str:
    """The plan that fixes how many products a year, with its clause."""
    given = parameters()["selection.least"]
    _province, _blank, clause = given.clause.partition(" ")
    return f"{sources()[given.source]} {clause}"


@require_POST
@needs(Permission.SELECTION_PREPARE)
def begin_selection(request: HttpRequest) -> HttpResponse:
    """Open a year."""
    written = request.POST.get("year", "")
    year = int(written) if written.isdecimal() and len(written) == 4 else 0
    _said(request, acting.begin, year=year)
    return redirect("standards:selections")


@require_GET
def selection(request: HttpRequest, year: int) -> HttpResponse:
    """A year's candidates, their scores, and what was decided."""
    return _page(request, reading.selection(year))


def _page(
    request: HttpRequest, found: KeyProductSelection, *, problems: Sequence[Problem] = (), opened: int = 0
) -> HttpResponse:
    """`opened` is the candidate whose form was sent, 0 for the form that closes the year."""
    by = actor_of(request)
    listed = reading.standings(found)
    context = frame(request, "selections") | {
        "selection": found,
        "criteria": reading.as_criteria(found),
        "demonstration": any(each.demonstration for each in reading.as_criteria(found)),
        "standings": listed,
        "chosen": sum(bool(each.row.chosen) for each in listed),
        "bounds": bounds(),
        "products": product_choices(),
        "may_prepare": by.may(Permission.SELECTION_PREPARE) and not found.closed,
        "may_decide_selection": by.may(Permission.SELECTION_DECIDE) and not found.closed,
        "problems": problems,
        "opened": opened,
        "forms": [_written(request.POST if each.row.pk == opened else QueryDict(), each) for each in listed],
        "closing": request.POST if problems and not opened else {},
    }
    return render(request, "standards/selection.html", context, status=422 if problems else 200)


@require_POST
@needs(Permission.SELECTION_PREPARE)
def enter_candidate(request: HttpRequest, year: int) -> HttpResponse:
    """Add a candidate."""
    found = reading.selection(year)
    _said(request, acting.enter, selection=found, code=request.POST.get("code", "")[:80])
    return redirect("standards:selection", year)


@require_POST
@needs(Permission.SELECTION_PREPARE)
def score_candidate(request: HttpRequest, year: int, candidate_id: int) -> HttpResponse:
    """Score a candidate by every criterion."""
    found = reading.selection(year)
    candidate = get_object_or_404(found.candidates, pk=candidate_id)
    scores: dict[str, tuple[float, str]] = {}
    for criterion in reading.as_criteria(found):
        written = request.POST.get(f"score-{criterion.id}", "").strip()
        reason = request.POST.get(f"reason-{criterion.id}", "").strip()[:1000]
        if written or reason:
            scores[criterion.id] = (_number(written), reason)
    return _taken(request, found, acting.score, opened=candidate.pk, candidate=candidate, scores=scores)


def _written(
    sent: QueryDict, each: reading.Standing
) -> tuple[reading.Standing, list[tuple[Criterion, str, str]], dict[str, str]]:
    """A candidate with what its forms show: what was just sent, else what is kept."""
    cells = [
        (
            criterion,
            sent.get(f"score-{criterion.id}", "" if value is None else f"{value:g}"),
            sent.get(f"reason-{criterion.id}", reason),
        )
        for criterion, value, reason in each.cells
    ]
    decision = {
        "chosen": sent.get("chosen", {True: "yes", False: "no", None: ""}[each.row.chosen]),
        "reason": each.row.reason if "chosen" not in sent else sent.get("reason", ""),
    }
    return each, cells, decision


def _number(written: str) -> float:
    """A score as written; what is no number lies outside every bound and is refused with them."""
    try:
        value = float(written)
    except ValueError:
        return -1.0
    return value if value == value else -1.0


@require_POST
@needs(Permission.SELECTION_DECIDE)
def decide_candidate(request: HttpRequest, year: int, candidate_id: int) -> HttpResponse:
    """Choose a candidate or not, for a reason."""
    found = reading.selection(year)
    candidate = get_object_or_404(found.candidates, pk=candidate_id)
    return _taken(
        request,
        found,
        acting.decide,
        opened=candidate.pk,
        candidate=candidate,
        chosen=request.POST.get("chosen") == "yes",
        reason=request.POST.get("reason", "")[:2000],
    )


@require_POST
@needs(Permission.SELECTION_DECIDE)
def close_selection(request: HttpRequest, year: int) -> HttpResponse:
    """Close the year."""
    found = reading.selection(year)
    reason, document = request.POST.get("reason", "")[:2000], request.POST.get("document", "")[:300]
    return _taken(request, found, acting.close, selection=found, reason=reason, document=document)
