"""Open studies checked again together: started, watched, and what came out."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zuji.errors import ZujiError
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.refusals import show_as_message
from zuji_web.checks.actions import rechecks as acting
from zuji_web.checks.queries import rechecks
from zuji_web.rulebook.queries import book, versions

PAGE_SIZE = 50


@require_POST
@needs(Permission.STUDY_VIEW)
def begin(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Starts a run and shows how far it is."""
    by = actor_of(request)
    row = versions.version(rule_id, by=by)
    try:
        run = acting.begin(rule=row, by=by, everywhere=request.POST.get("everywhere") == "1")
    except ZujiError as refusal:
        show_as_message(refusal, request)
        return redirect("rulebook:rule", row.pk)
    return redirect("checks:recheck", run.pk)


@require_GET
@needs(Permission.STUDY_VIEW)
def recheck(request: HttpRequest, recheck_id: UUID) -> HttpResponse:
    """The counts of a run, and the own studies among those that it checked."""
    by = actor_of(request)
    run = rechecks.one(recheck_id, by=by)
    page = Paginator(rechecks.own_checks(run, by=by), PAGE_SIZE).get_page(request.GET.get("page"))
    titles = {item.id: item.title for item in titles_of(run.rule.key)}
    context = {
        "run": run,
        "job": run.job if run.finished_at is None else None,
        "page": page,
        "items": [(key, titles.get(key), number) for key, number in run.items.items()],
    }
    return render(request, "checks/recheck.html", context)


def titles_of(key: str) -> tuple[rechecks.Titled, ...]:
    """What the items of a check under a rule are called; nothing where the rule cannot be read any more."""
    return rechecks.titled(book.resolved(key)) if book.known(key) else ()
