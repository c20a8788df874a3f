"""The databases there are, importing one, and what is said about it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zuji.errors import ZujiError
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.refusals import show_in_form
from zuji_web.databases.actions import imports, versions
from zuji_web.databases.forms import DescribeForm, ImportForm
from zuji_web.databases.models import InventoryDatabase
from zuji_web.databases.queries import databases as reading
from zuji_web.factors.models import OwnFactor
from zuji_web.jobs.models import OPEN_STATES, Job


@require_GET
def database_list(request: HttpRequest) -> HttpResponse:
    """Databases that the reader may see: those of the organisation first."""
    by = actor_of(request)
    search = request.GET.get("q", "").strip()[:200].replace("\0", "")
    found = reading.visible(by=by)
    for word in search.split():
        found = found.filter(Q(name__icontains=word) | Q(source__icontains=word))
    rows = [(each, each.versions.all()[0]) for each in found]
    rows.sort(key=lambda row: row[0].organisation_id != (by.organisation.pk if by.organisation else None))
    waiting = Job.objects.none()
    if by.organisation is not None and by.may(Permission.DATABASE_IMPORT):
        waiting = Job.objects.filter(
            organisation=by.organisation, kind__startswith="databases.", state__in=OPEN_STATES
        )
    context = {
        "rows": rows,
        "search": search,
        "jobs": waiting,
        "own_factors": OwnFactor.objects.filter(organisation=by.organisation).count()
        if by.organisation
        else 0,
        "may_import": by.may(Permission.DATABASE_IMPORT),
    }
    return render(request, "databases/list.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.DATABASE_IMPORT)
def new(request: HttpRequest) -> HttpResponse:
    """Import a package as a new database."""
    return _import(request, None)


@require_http_methods(["GET", "POST"])
@needs(Permission.DATABASE_IMPORT)
def new_version(request: HttpRequest, database_id: UUID) -> HttpResponse:
    """Import a package as a new version of a database."""
    database = reading.database(database_id, by=actor_of(request))
    actor_of(request).require(Permission.DATABASE_IMPORT, database.organisation)
    return _import(request, database)


def _import(request: HttpRequest, database: InventoryDatabase | None) -> HttpResponse:
    by = actor_of(request)
    last = database.versions.first() if database else None
    initial = {"licence": last.licence, "allocation": last.allocation, "year": last.year} if last else {}
    form = ImportForm(request.POST or None, request.FILES or None, by=by, database=database, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {key: value for key, value in form.cleaned_data.items() if key not in ("file", "on_server")}
        if database is not None:
            given["source"] = database.source
        try:
            job = imports.begin(
                wanted=imports.Wanted(**given),
                by=by,
                upload=form.cleaned_data.get("file"),
                on_server=form.cleaned_data.get("on_server", ""),
                database=database,
            )
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            return redirect("jobs:detail", job.pk)
    status = 422 if form.errors else 200
    return render(request, "databases/import.html", {"form": form, "database": database}, status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.DATABASE_SHARE)
def describe(request: HttpRequest, database_id: UUID) -> HttpResponse:
    """Change what is said about a database, and who may see it."""
    by = actor_of(request)
    database = reading.database(database_id, by=by)
    by.require(Permission.DATABASE_SHARE, database.organisation)
    form = DescribeForm(request.POST or None, instance=database)
    if request.method == "POST" and form.is_valid():
        present = InventoryDatabase.objects.get(pk=database.pk)
        try:
            versions.describe(database=present, by=by, **form.cleaned_data)
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("Saved."))
            return redirect("databases:database", database.pk)
    status = 422 if form.errors else 200
    return render(request, "databases/describe.html", {"form": form, "database": database}, status=status)
