"""A draft of a rule tried out on a study, inside the editor."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.checks import presenting
from zuji_web.checks.queries import checking
from zuji_web.checks.queries.trials import rule_beside, rules_beside, trial
from zuji_web.products.queries import calculation
from zuji_web.products.queries import studies as reading
from zuji_web.rulebook.actions.versions import MOST_CHARACTERS

_MOST_STUDIES = 200


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """The form with the studies to choose from; by POST what the text makes of the chosen one."""
    by = actor_of(request)
    if not (by.may(Permission.RULE_EDIT) or by.may(Permission.RULE_ADOPT)):
        raise Denied(Permission.RULE_EDIT)
    against = (request.POST.get("against") or request.GET.get("against", ""))[:200]
    if request.method == "GET":
        studies = reading.visible(by=by).defer("document").order_by("-demonstration", "product_name")
        held, drafts = rules_beside(against, by=by)
        offered = {"studies": studies[:_MOST_STUDIES], "against": against, "held": held, "drafts": drafts}
        return render(request, "checks/preview_form.html", offered)
    study = reading.study(_identity(request), by=by)
    text = request.POST.get("text", "")[:MOST_CHARACTERS].replace("\r\n", "\n")
    registry = checking.Registry(checking.today())
    made = trial(text, study, rule_beside(against, by=by), registry=registry)
    shown = [
        (made.draft, presenting.counts(made.draft.conformity)) if made.draft else None,
        (made.before, presenting.counts(made.before.conformity)) if made.before else None,
    ]
    context: dict[str, Any] = {
        "study": study,
        "trial": made,
        "columns": [each for each in shown if each is not None],
        "unit": calculation.unit_text(made.draft.column.study.unit.quantity) if made.draft else "",
        "problems": () if made.draft else made.problems,
    }
    return render(request, "checks/preview.html", context)


def _identity(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("study", ""))
    except ValueError as unreadable:
        raise Http404 from unreadable
