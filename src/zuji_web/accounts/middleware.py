"""Puts the actor on the request, once, lazily."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from zuji_web.accounts.actors import VISITOR, Actor, of_user
from zuji_web.accounts.models import User

ORGANISATION_KEY = "organisation"


def _actor(request: HttpRequest) -> Actor:
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
