"""The organisation itself: registration, particulars, switching between several, and who may do what."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zuji.errors import ZujiError
from zuji.model.regions import REGIONS
from zuji_web.accounts import queries
from zuji_web.accounts.actions import organisations
from zuji_web.accounts.forms import ParticularsForm, RegistrationForm
from zuji_web.accounts.guards import actor_of, needs, signed_in
from zuji_web.accounts.middleware import ORGANISATION_KEY
from zuji_web.accounts.permissions import PERMISSION_NAMES, ROLES, WORK_AREAS, Permission
from zuji_web.accounts.views.navigation import tabs
from zuji_web.accounts.views.refusals import show_in_form


@require_GET
@needs(Permission.MEMBER_VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """What the organisation is, and the way to everything about it."""
    actor = actor_of(request)
    organisation = actor.require(Permission.MEMBER_VIEW)
    context = {
        "organisation": organisation,
        "region": REGIONS.get(organisation.region),
        "role": ROLES[actor.role] if actor.role else None,
        "counts": [(ROLES[role].name, count) for role, count in queries.role_counts(by=actor).items()],
        "may_edit": actor.may(Permission.ORGANISATION_EDIT),
        "tabs": tabs(request, "organisation"),
    }
    return render(request, "accounts/overview.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def register(request: HttpRequest) -> HttpResponse:
    """Registers an organisation; whoever does becomes its owner."""
    actor = actor_of(request)
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = organisations.register(by=actor, **form.cleaned_data)
        except ZujiError as error:
            show_in_form(error, form)
        else:
            request.session[ORGANISATION_KEY] = str(organisation.pk)
            messages.success(request, _("%(name)s is registered") % {"name": organisation.name})
            return redirect("products:list")
    context = {"form": form, "first": actor.organisation is None}
    return render(request, "accounts/register.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.ORGANISATION_EDIT)
def edit(request: HttpRequest) -> HttpResponse:
    """Changes the particulars."""
    actor = actor_of(request)
    organisation = actor.require(Permission.ORGANISATION_EDIT)
    form = ParticularsForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        organisation.refresh_from_db()
        organisations.describe(organisation=organisation, by=actor, **form.cleaned_data)
        messages.success(request, _("Saved"))
        return redirect("accounts:organisation")
    context = {"form": form, "organisation": organisation}
    return render(request, "accounts/edit.html", context, status=422 if form.errors else 200)


def _identifier(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("organisation", ""))
    except ValueError as error:
        raise Http404 from error


@require_POST
@signed_in
def switch(request: HttpRequest) -> HttpResponse:
    """Acts for another of one's organisations from now on."""
    own = queries.organisations_of(actor_of(request))
    chosen = get_object_or_404(own, organisation_id=_identifier(request))
    request.session[ORGANISATION_KEY] = str(chosen.organisation_id)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(target if safe else "accounts:organisation")


@require_GET
@needs(Permission.MEMBER_VIEW)
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, as a table."""
    rows = [
        (name, [(role.name, permission in role.permissions) for role in ROLES.values()])
        for permission, name in PERMISSION_NAMES.items()
    ]
    context = {
        "roles": ROLES.values(),
        "rows": rows,
        "work_areas": [area.name for area in WORK_AREAS.values()],
        "tabs": tabs(request, "roles"),
    }
    return render(request, "accounts/roles.html", context)
