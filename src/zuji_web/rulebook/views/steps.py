"""What becomes of a version: continued, deleted, adopted, withdrawn."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zuji.errors import ZujiError
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.refusals import show_as_message
from zuji_web.rulebook.actions import versions as acting
from zuji_web.rulebook.models import RuleVersion
from zuji_web.rulebook.queries import versions
from zuji_web.rulebook.queries.drafting import drafted


@require_POST
@needs(Permission.RULE_EDIT)
def new_version(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """A draft that continues this version."""
    by = actor_of(request)
    row = versions.version(rule_id, by=by)
    try:
        draft = acting.begin_version(rule=row, by=by)
    except ZujiError as refusal:
        show_as_message(refusal, request)
        return redirect("rulebook:rule", row.pk)
    return redirect("rulebook:edit", draft.pk)


@require_POST
@needs(Permission.RULE_EDIT)
def delete(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """A draft is dropped."""
    by = actor_of(request)
    row = versions.version(rule_id, by=by)
    try:
        acting.delete(rule=row, by=by)
    except ZujiError as refusal:
        show_as_message(refusal, request)
        return redirect("rulebook:rule", row.pk)
    messages.success(request, _("The draft is deleted."))
    return redirect("rulebook:list")


@require_http_methods(["GET", "POST"])
@needs(Permission.RULE_ADOPT)
def adopt(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Puts a draft in force, with the reason; what it changes stands beside."""
    return _decide(request, rule_id, acting.adopt, gettext_lazy("The rule is adopted."), "adopt")


@require_http_methods(["GET", "POST"])
@needs(Permission.RULE_ADOPT)
def withdraw(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Takes a version out of force, with the reason."""
    return _decide(request, rule_id, acting.withdraw, gettext_lazy("The rule is withdrawn."), "withdraw")


def _decide(
    request: HttpRequest,
    rule_id: UUID,
    act: Callable[..., RuleVersion],
    done: str | Promise,
    step: str,
) -> HttpResponse:
    by = actor_of(request)
    row = versions.version(rule_id, by=by)
    refused: tuple[object, ...] = ()
    reason = request.POST.get("reason", "").strip()[:2000].replace("\0", "")
    if request.method == "POST":
        try:
            act(rule=row, reason=reason, by=by)
        except ZujiError as refusal:
            refused = refusal.problems
        else:
            messages.success(request, str(done))
            return redirect("rulebook:rule", row.pk)
    context = {
        "row": row,
        "step": step,
        "reason": reason,
        "problems": refused or (drafted(row.text).problems if step == "adopt" else ()),
        "differences": versions.differences(row.previous, row) if row.previous else None,
        "own": acting.wrote(row, by=by),
    }
    return render(request, "rulebook/decide.html", context, status=422 if refused else 200)
