"""Who may open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Denied, Permission

View = TypeVar("View", bound=Callable[..., HttpResponse])


def actor_of(request: HttpRequest) -> Actor:
    """Whoever acts, as the middleware found out."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


def _to_login(request: HttpRequest) -> HttpResponse:
    response = redirect_to_login(request.get_full_path())
    if request.headers.get("HX-Request"):
        # A fragment must not show the login page inside a card: the whole page goes there.
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response


def signed_in(view: View) -> View:
    """The view for people who signed in; visitors are sent to the login page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if actor_of(request).user else _to_login(request)

    return guarded  # type: ignore[return-value]


def needs(permission: Permission) -> Callable[[View], View]:
    """The view for members whose role grants `permission`: else login, registration, or 403 in words."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = actor_of(request)
            if actor.user is None:
                return _to_login(request)
            if actor.organisation is None:
                return redirect("accounts:register")
            if not actor.may(permission):
                raise Denied(permission)
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate
