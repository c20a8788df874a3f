"""API clients of the organisation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zuji.errors import ZujiError
from zuji_web.accounts import queries
from zuji_web.accounts.actions import clients as client_actions
from zuji_web.accounts.forms import ClientForm
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.models import ApiClient
from zuji_web.accounts.permissions import ROLES, Permission, Role
from zuji_web.accounts.views.navigation import tabs
from zuji_web.accounts.views.refusals import show_in_form
from zuji_web.gateway import TOKEN_PATH


def _page(
    request: HttpRequest, form: ClientForm, created: ApiClient | None = None, secret: str = ""
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "form": form,
        "clients": [(item, ROLES[Role(item.role)].name) for item in queries.clients(by=actor)],
        "created": created,
        "secret": secret,
        "token_url": request.build_absolute_uri(TOKEN_PATH),
        "tabs": tabs(request, "clients"),
    }
    response = render(request, "accounts/clients.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@needs(Permission.CLIENT_MANAGE)
def clients(request: HttpRequest) -> HttpResponse:
    """Lists the clients; a POST creates one and shows its secret this once."""
    actor = actor_of(request)
    form = ClientForm(request.POST or None, by=actor)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        created, secret = client_actions.create(
            organisation=actor.require(Permission.CLIENT_MANAGE),
            name=form.cleaned_data["name"],
            role=Role(form.cleaned_data["role"]),
            scopes=form.cleaned_data["scopes"],
            by=actor,
        )
    except ZujiError as error:
        show_in_form(error, form)
        return _page(request, form)
    return _page(request, ClientForm(by=actor), created, secret)


@require_POST
@needs(Permission.CLIENT_MANAGE)
def revoke(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Switches a client off, at once."""
    actor = actor_of(request)
    revoked = client_actions.revoke(api_client=queries.client(client_id, by=actor), by=actor)
    messages.success(request, _("The API client “%(name)s” is revoked") % {"name": revoked.client.name})
    return redirect("accounts:clients")
