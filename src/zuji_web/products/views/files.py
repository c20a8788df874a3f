"""Files in and out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zuji.errors import Problem, ZujiError
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.products import files
from zuji_web.products.actions import imports
from zuji_web.products.forms import UploadForm
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import studies as reading


@require_http_methods(["GET", "POST"])
@needs(Permission.STUDY_CREATE)
def import_page(request: HttpRequest) -> HttpResponse:
    """Upload an inventory; all mistakes are shown at once."""
    return _upload(request, None)


@require_http_methods(["GET", "POST"])
@needs(Permission.STUDY_EDIT)
def import_into(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Upload a new state of a draft."""
    return _upload(request, reading.study(study_id, by=actor_of(request)))


def _upload(request: HttpRequest, study: ProductStudy | None) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        by, upload = actor_of(request), form.cleaned_data["file"]
        try:
            if study is None:
                read = imports.import_file(upload=upload, by=by)
            else:
                read = imports.import_into(study=study, upload=upload, by=by)
        except ZujiError as refusal:
            problems = tuple(sorted(refusal.problems, key=_place))
        else:
            told = _("Read: %(lines)s lines in %(processes)s processes.") % {
                "lines": read.lines,
                "processes": read.processes,
            }
            messages.success(request, told)
            return redirect("products:match" if read.unmatched else "products:workbench", read.study.pk)
    status = 422 if problems or form.errors else 200
    return render(
        request, "products/import.html", {"form": form, "problems": problems, "study": study}, status=status
    )


def _place(problem: Problem) -> tuple[str, int]:
    """Mistakes are read down the sheets."""
    return problem.place.sheet, problem.place.row or 0


@require_GET
def template(_request: HttpRequest) -> HttpResponse:
    """The workbook to fill."""
    return files.template().response()


@require_GET
def export(request: HttpRequest, study_id: UUID, format: str) -> HttpResponse:  # noqa: A002 - as in the address
    """The study as a file."""
    if format not in files.TYPES:
        raise Http404
    study = reading.study(study_id, by=actor_of(request))
    try:
        return files.exported(study, format).response()
    except ZujiError as refusal:
        context = {"study": study, "problems": refusal.problems}
        return render(request, "products/export_refused.html", context, status=422)
