"""Rules as everybody reads them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from zuji.errors import ZujiError
from zuji.formats import rules
from zuji.model.category_rules import STANDING_NAMES, RuleStanding
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission
from zuji_web.rulebook.actions.versions import wrote
from zuji_web.rulebook.models import RuleState
from zuji_web.rulebook.queries import book, versions
from zuji_web.rulebook.queries.sheets import sheet


@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    """The newest version of every rule, and drafts for those who write or adopt them."""
    by = actor_of(request)
    search = request.GET.get("q", "").strip()[:200].replace("\0", "")
    standing = request.GET.get("standing", "")
    standing = standing if standing in set(RuleStanding) else ""
    context = {
        "rules": versions.rules(by=by, search=search, standing=standing),
        "drafts": versions.drafts(by=by),
        "search": search,
        "standing": standing,
        "standings": [(item.value, name) for item, name in STANDING_NAMES.items()],
        "may_edit": by.may(Permission.RULE_EDIT),
        "may_begin": by.may(Permission.STUDY_CREATE),
        "unreadable": _unreadable(by),
    }
    return render(request, "rulebook/list.html", context)


def _unreadable(by: Actor) -> tuple[book.Unreadable, ...]:
    """Rules that are left out, for those who can do something about it."""
    maintains = by.may(Permission.RULE_EDIT) or by.may(Permission.RULE_ADOPT)
    return book.book().unreadable if maintains else ()


@require_GET
def rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """One version in words: what it asks, by which clause, how surely that is known, and its history."""
    by = actor_of(request)
    row = versions.version(rule_id, by=by)
    context: dict[str, Any] = {
        "row": row,
        "history": versions.history(row, by=by),
        "rows": row.text.splitlines(),
        "may_edit": versions.editable(row, by=by),
        "may_continue": row.state != RuleState.DRAFT and by.may(Permission.RULE_EDIT),
        "may_adopt": versions.adoptable(row, by=by) and not wrote(row, by=by),
        "own": row.state == RuleState.DRAFT and by.may(Permission.RULE_ADOPT) and wrote(row, by=by),
        "may_withdraw": row.state == RuleState.ADOPTED and by.may(Permission.RULE_ADOPT),
        "may_recheck": row.state == RuleState.ADOPTED and by.may(Permission.STUDY_VIEW),
        "may_recheck_all": row.state == RuleState.ADOPTED and by.may(Permission.RULE_ADOPT),
    }
    try:
        read = book.read(row)
        context |= {"rule": read, "groups": sheet(read, book.book())}
    except ZujiError as refusal:
        context["problems"] = refusal.problems
        context["left_out"] = row.state != RuleState.DRAFT
    else:
        context["may_begin"] = row.state == RuleState.ADOPTED and by.may(Permission.STUDY_CREATE)
    return render(request, "rulebook/rule.html", context)


@require_GET
def by_key(request: HttpRequest, key: str) -> HttpResponse:
    """From `id@version`, or an id, to the page of that version."""
    return redirect("rulebook:rule", versions.by_key(key, by=actor_of(request)).pk)


@require_GET
def download(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """The YAML as it was written."""
    row = versions.version(rule_id, by=actor_of(request))
    response = HttpResponse(row.content, content_type="application/yaml; charset=utf-8")
    name = f"{row.rule_id}-{row.version}.yaml" if row.key else "rule.yaml"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


@require_GET
def schema(_request: HttpRequest) -> HttpResponse:
    """The JSON Schema of rule files, for editors outside."""
    response = JsonResponse(rules.schema(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="zuji-rule.schema.json"'
    return response


@require_GET
def difference(request: HttpRequest, rule_id: UUID, other_id: UUID) -> HttpResponse:
    """Item by item what one version says otherwise than another."""
    by = actor_of(request)
    after, before = versions.version(rule_id, by=by), versions.version(other_id, by=by)
    context = {
        "after": after,
        "before": before,
        "differences": versions.differences(before, after),
        "history": versions.history(after, by=by),
    }
    return render(request, "rulebook/difference.html", context)
