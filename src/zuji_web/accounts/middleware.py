"""Puts the actor on the request, once, lazily; says in words what was refused."""

from collections.abc import Callable

from allauth.idp.oidc.models import Token
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from zuji.errors import ZujiError
from zuji_web.accounts.actors import VISITOR, Actor, of_client, of_user
from zuji_web.accounts.models import ApiClient, User
from zuji_web.accounts.permissions import PERMISSION_NAMES, ROLES, WORK_AREAS, Denied
from zuji_web.gateway import Conflict

ORGANISATION_KEY = "organisation"


def _of_token(value: str) -> Actor:
    """The client whose unexpired access token this is; a visitor when it is none."""
    token = Token.objects.lookup(Token.Type.ACCESS_TOKEN, value)
    if token is None:
        return VISITOR
    client = (
        ApiClient.objects.select_related("organisation", "client")
        .filter(client_id=token.client_id, revoked_at=None)
        .first()
    )
    return of_client(client, frozenset(token.get_scopes())) if client else VISITOR


def _actor(request: HttpRequest) -> Actor:
    if request.path_info.startswith("/api/") and "Authorization" in request.headers:
        scheme, _space, value = request.headers["Authorization"].partition(" ")
        # A caller who shows a token is nobody else, whatever cookies come along.
        return _of_token(value.strip()) if scheme.lower() == "bearer" else VISITOR
    user = request.user
    if not isinstance(user, User) or not user.is_authenticated:
        return VISITOR
    return of_user(user, str(request.session.get(ORGANISATION_KEY, "")))


class ActorMiddleware:
    """`request.actor` is whoever acts, in the organisation chosen in the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusalMiddleware:
    """Says in words what an action refused, where a page has not done so itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Which right is missing and which roles have it (403), or every problem with its cure (409, 422)."""
        if isinstance(exception, Denied):
            right = exception.permission
            roles = [role.name for role in ROLES.values() if right in role.permissions]
            roles += [area.name for area in WORK_AREAS.values() if right in area.permissions]
            context = {"right": PERMISSION_NAMES[right], "roles": roles}
            return render(request, "accounts/denied.html", context, status=403)
        if isinstance(exception, ZujiError):
            status = 409 if isinstance(exception, Conflict) else 422
            return render(request, "accounts/refused.html", {"problems": exception.problems}, status=status)
        return None
