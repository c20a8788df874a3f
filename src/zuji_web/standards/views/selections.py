"""The yearly selection of key products."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zuji.errors import ZujiError
from zuji.formats.standards import bounds
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.refusals import show_as_message
from zuji_web.standards.actions import selections as acting
from zuji_web.standards.forms import product_choices
from zuji_web.standards.queries import registry
from zuji_web.standards.queries import selections as reading
from zuji_web.standards.views.frame import frame


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
        "may_prepare": by.may(Permission.SELECTION_PREPARE),
        "next_year": registry.today().year,
    }
    return render(request, "standards/selections.html", context)


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
    by = actor_of(request)
    found = reading.selection(year)
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
    }
    return render(request, "standards/selection.html", context)


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
        if written:
            scores[criterion.id] = (_number(written), request.POST.get(f"reason-{criterion.id}", "")[:1000])
    _said(request, acting.score, candidate=candidate, scores=scores)
    return redirect("standards:selection", year)


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
    candidate = get_object_or_404(reading.selection(year).candidates, pk=candidate_id)
    chosen = request.POST.get("chosen") == "yes"
    _said(
        request,
        acting.decide,
        candidate=candidate,
        chosen=chosen,
        reason=request.POST.get("reason", "")[:2000],
    )
    return redirect("standards:selection", year)


@require_POST
@needs(Permission.SELECTION_DECIDE)
def close_selection(request: HttpRequest, year: int) -> HttpResponse:
    """Close the year."""
    found = reading.selection(year)
    reason, document = request.POST.get("reason", "")[:2000], request.POST.get("document", "")[:300]
    _said(request, acting.close, selection=found, reason=reason, document=document)
    return redirect("standards:selection", year)
