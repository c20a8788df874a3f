"""Writing a rule: the text, its mistakes while one types, and what it means."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zuji.errors import ZujiError
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.rulebook.actions import versions as acting
from zuji_web.rulebook.models import RuleVersion
from zuji_web.rulebook.queries import drafting, versions


@require_http_methods(["GET", "POST"])
@needs(Permission.RULE_EDIT)
def create(request: HttpRequest) -> HttpResponse:
    """A new rule from a short beginning, or from the text of another rule."""
    text = drafting.beginning(request.GET.get("like", "")[:200], by=actor_of(request))
    if request.method == "POST":
        text = _text(request)
        try:
            row = acting.create(text=text, by=actor_of(request))
        except ZujiError as refusal:
            return _page(request, None, text, refusal)
        messages.success(request, _("The draft is kept."))
        return redirect("rulebook:edit", row.pk)
    return _page(request, None, text)


@require_http_methods(["GET", "POST"])
@needs(Permission.RULE_EDIT)
def edit(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """A draft of the own organisation."""
    by = actor_of(request)
    row = versions.version(rule_id, by=by)
    if not versions.editable(row, by=by):
        return redirect("rulebook:rule", row.pk)
    if request.method == "POST":
        text = _text(request)
        try:
            acting.edit(rule=row, text=text, revision=_revision(request), by=by)
        except ZujiError as refusal:
            return _page(request, row, text, refusal)
        messages.success(request, _("The draft is kept."))
        return redirect("rulebook:edit", row.pk)
    return _page(request, row, row.text)


@require_POST
def problems(request: HttpRequest) -> HttpResponse:
    """The mistakes of a text and its outline, for the editor that asks while one types."""
    by = actor_of(request)
    if not (by.may(Permission.RULE_EDIT) or by.may(Permission.RULE_ADOPT)):
        raise Denied(Permission.RULE_EDIT)
    return render(request, "rulebook/drafted.html", {"drafted": drafting.drafted(_text(request))})


def _page(
    request: HttpRequest, row: RuleVersion | None, text: str, refusal: ZujiError | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "row": row,
        "text": text,
        "drafted": drafting.drafted(text),
        "revision": _revision(request) if refusal else (row.revision if row else 0),
        "problems": refusal.problems if refusal else (),
        "models": () if row else versions.rules(by=actor_of(request)),
        "like": request.GET.get("like", ""),
    }
    return render(request, "rulebook/editor.html", context, status=422 if refusal else 200)


def _text(request: HttpRequest) -> str:
    return request.POST.get("text", "")[: acting.MOST_CHARACTERS + 1].replace("\r\n", "\n")


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
