"""Review of suggestions for all lines that still need a factor. A person ticks and confirms."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from zuji.errors import Problem, ZujiError
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.products import payload
from zuji_web.products.actions.matches import Choice, confirm
from zuji_web.products.queries import calculation, matching
from zuji_web.products.queries import studies as reading
from zuji_web.products.views.workbench import frame

PAGE_SIZE = 25


@require_http_methods(["GET", "POST"])
@needs(Permission.MATCH_CONFIRM)
def review(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Suggestions in a table; nothing is taken that a person did not tick."""
    actor = actor_of(request)
    study = reading.study(study_id, by=actor)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        choices = [
            Choice(line=line, factor=request.POST[f"factor-{line}"])
            for line in request.POST.getlist("line")
            if request.POST.get(f"factor-{line}")
        ]
        try:
            if choices:
                confirm(study=study, choices=choices, by=actor)
        except ZujiError as refusal:
            problems = refusal.problems
        else:
            told = ngettext("%(count)s factor confirmed.", "%(count)s factors confirmed.", len(choices))
            messages.success(request, told % {"count": len(choices)})
            return redirect(reverse("products:match", args=[study.pk]))
    page = Paginator(list(matching.unmatched(study.document)), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {
            "line": line,
            "candidates": payload.candidates_data(
                matching.candidates(study=study, line=line, by=actor, limit=6)
            )["candidates"],
        }
        for line in page.object_list
    ]
    context = frame(request, study, "inventory") | {"page": page, "rows": rows, "problems": problems}
    context["uncounted"] = calculation.live(study).uncounted
    return render(request, "products/match.html", context, status=422 if problems else 200)
