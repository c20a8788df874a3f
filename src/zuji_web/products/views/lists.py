"""The list of studies, beginning one, copying, deleting."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zuji.units import UNITS
from zuji_web.accounts.guards import actor_of, needs, signed_in
from zuji_web.accounts.permissions import Permission
from zuji_web.products.actions import studies
from zuji_web.products.forms import BOUNDARY_EXPLANATIONS, NewStudyForm
from zuji_web.products.models import StudyState
from zuji_web.products.queries import reviews
from zuji_web.products.queries import studies as reading

PAGE_SIZE = 25


@require_GET
def study_list(request: HttpRequest) -> HttpResponse:
    """Studies of the organisation and the worked examples; visitors see the examples."""
    actor = actor_of(request)
    search, state = request.GET.get("q", "").strip()[:200], request.GET.get("state", "")
    counts = reading.counts(by=actor)
    own = reading.own(by=actor, search=search, state=state)
    context = {
        "page": Paginator(own, PAGE_SIZE).get_page(request.GET.get("page")),
        "demonstrations": reading.demonstrations(search=search),
        "search": search,
        "state": state,
        "states": [(value, label, counts.get(value, 0)) for value, label in StudyState.choices],
        "waiting": reviews.waiting(by=actor).count(),
        "may_create": actor.may(Permission.STUDY_CREATE),
    }
    partial = request.headers.get("HX-Target") == "studies"
    return render(request, "products/studies.html" if partial else "products/list.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.STUDY_CREATE)
def create(request: HttpRequest) -> HttpResponse:
    """A study begun with a few questions."""
    actor = actor_of(request)
    organisation = actor.require(Permission.STUDY_CREATE)
    form = NewStudyForm(request.POST or None, organisation=organisation, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        study = studies.create(document=form.document(str(uuid4())), by=actor)
        return redirect("products:workbench", study.pk)
    context = {"form": form, "boundaries": BOUNDARY_EXPLANATIONS, "units": UNITS}
    return render(request, "products/create.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def copy(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """A copy in the own organisation."""
    actor = actor_of(request)
    if actor.organisation is None:
        return redirect("accounts:register")
    study = studies.copy(study=reading.study(study_id, by=actor), by=actor)
    messages.success(request, _("Copied. This is your own draft now."))
    return redirect("products:workbench", study.pk)


@require_POST
@needs(Permission.STUDY_CREATE)
def new_version(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """A draft that continues a frozen study."""
    actor = actor_of(request)
    study = studies.new_version(study=reading.study(study_id, by=actor), by=actor)
    messages.success(request, _("A new version has begun; the frozen one stays as it is."))
    return redirect("products:workbench", study.pk)


@require_POST
@needs(Permission.STUDY_DELETE)
def delete(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Deletes a draft."""
    actor = actor_of(request)
    study = reading.study(study_id, by=actor)
    studies.delete(study=study, by=actor)
    messages.success(request, _("The draft “%(name)s” is deleted.") % {"name": study.name})
    return redirect("products:list")
