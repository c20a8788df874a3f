"""The report: as a page, and as PDF and Word document that a job makes."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from zuji.errors import ZujiError
from zuji.report.rendering import body
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.jobs.models import JobState
from zuji_web.jobs.queries import job as find_job
from zuji_web.products import result_files
from zuji_web.products.actions import reports as making
from zuji_web.products.queries import reports, results
from zuji_web.products.queries import studies as reading
from zuji_web.products.views.workbench import answer, frame


def _language(request: HttpRequest) -> str:
    """The language asked for, else that of the page."""
    asked = request.GET.get("language") or request.POST.get("language")
    return asked if asked in reports.LANGUAGES else results.report_language()


def _form(request: HttpRequest) -> reports.Form:
    """The form asked for, PDF where none or an unknown one is."""
    return "docx" if request.POST.get("form") == "docx" else "pdf"


@require_GET
def page(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The report in the page's frame, from the template that the PDF is made of."""
    actor = actor_of(request)
    study = reading.study(study_id, by=actor)
    language = _language(request)
    found = results.result(study)
    material = reports.material(found, language)
    context = frame(request, study, "report") | {"found": found, "language": language}
    if material is None:
        return render(request, "products/result_incomplete.html", context | {"problems": found.problems})
    watched = request.GET.get("job", "")
    try:
        context["job"] = find_job(UUID(watched), by=actor) if watched else None
    except ValueError as unreadable:
        raise Http404 from unreadable
    context |= {
        "body": mark_safe(body(reports.composed(material))),  # noqa: S308 - escaped by its own template
        "made": {form for form in reports.FORMS if reports.made(study, material, form) is not None},
        "may_make": actor.may(Permission.REPORT_MAKE),
    }
    return render(request, "products/report.html", context)


@require_POST
@needs(Permission.REPORT_MAKE)
def make(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Has the PDF or Word document made, and shows how far it is."""
    actor = actor_of(request)
    study = reading.study(study_id, by=actor)
    language = _language(request)
    try:
        job = making.make_report(study=study, language=language, form=_form(request), by=actor)
    except ZujiError as refusal:
        context = frame(request, study, "report") | {"problems": refusal.problems, "found": None}
        return answer(request, "products/result_incomplete.html", context, wrong=True)
    if job.state == JobState.DONE:
        return redirect(job.result_url)
    return redirect(f"{reverse('products:report', args=[study.pk])}?language={language}&job={job.pk}")


@require_GET
def download(request: HttpRequest, study_id: UUID, form: reports.Form) -> HttpResponse:
    """The file, where it has been made; otherwise the page where it can be."""
    study = reading.study(study_id, by=actor_of(request))
    language = _language(request)
    material = reports.material(results.result(study), language)
    content = reports.made(study, material, form) if material else None
    if content is None:
        return redirect(f"{reverse('products:report', args=[study.pk])}?language={language}")
    return result_files.report(study, content, language, form).response()
