"""What belongs to the site as a whole: health, robots, the security contact, errors outside of any app."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import defaults
from django.views.decorators.http import require_safe

from zuji import __version__
from zuji_web import gateway
from zuji_web.jobs import queries

CLOSED_TO_ROBOTS = ("/organisation/", "/products/", "/jobs/", "/accounts/", "/api/", "/identity/")


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """For a load balancer or monitor: 200 while the database answers, with how long jobs have waited."""
    try:
        waited = queries.oldest_wait().total_seconds()
    except DatabaseError:
        return JsonResponse({"database": "unreachable", "version": __version__}, status=503)
    answer = {"database": "ok", "oldest_job_wait_seconds": round(waited, 1), "version": __version__}
    response = JsonResponse(answer)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines read the public library and leave people's work alone."""
    lines = ["User-agent: *", *(f"Disallow: {path}\nDisallow: /en{path}" for path in CLOSED_TO_ROBOTS)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116), where the operator has said so."""
    contact = settings.SITE["security_contact"]
    if not contact:
        raise Http404
    until = (timezone.now() + timedelta(days=180)).replace(microsecond=0).isoformat()
    text = f"Contact: {contact}\nExpires: {until}\nPreferred-Languages: zh, en\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


class SoundTextMiddleware:
    """NUL, which no database holds as text: an address with it names nothing (404), a form loses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """After the CSRF check, which reads the form as well."""
        if any("\0" in value for _name, values in request.POST.lists() for value in values):
            sound = request.POST.copy()
            for name, values in request.POST.lists():
                sound.setlist(name, [value.replace("\0", "") for value in values])
            request.POST = sound  # type: ignore[assignment]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: a problem document for programs, a page for people."""
    if not _is_api(request):
        return defaults.page_not_found(request, exception)
    with override(gateway.language_of(request)):
        return gateway.not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """500: a problem document for programs, a page for people."""
    if not _is_api(request):
        return defaults.server_error(request)
    with override(gateway.language_of(request)):
        return gateway.refusal(500, _("Something unexpected went wrong"))
