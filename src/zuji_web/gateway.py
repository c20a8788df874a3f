"""The way into the API: one kind of problem document (RFC 9457), one way to sign in, one page shape.

An app writes `router = gateway.router("studies")` in its api.py and declares only its good answers; the
documented refusals are added here, so that no route can forget one.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, NoReturn, Protocol

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import Field, NinjaAPI, Router, Schema
from ninja.constants import NOT_SET
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.pagination import PaginationBase, paginate
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from ninja.security.base import AuthBase
from ninja.throttling import SimpleRateThrottle
from ninja.types import DictStrAny
from ninja.utils import check_csrf

from zuji.errors import Problem, ZujiError
from zuji.formats.json_tree import depth_exceeds
from zuji_web.gateway_schema import DocumentedAPI, ReferencePage

PROBLEM_TYPE = "application/problem+json"
TOKEN_PATH = "/identity/o/api/token"  # noqa: S105  a path, no secret
SCOPES: dict[str, Promise] = {
    "studies:read": gettext_lazy("Read studies, results and jobs"),
    "studies:write": gettext_lazy("Create and change studies, start jobs"),
    "factors:read": gettext_lazy("Read the factor library"),
    "databases:read": gettext_lazy("Read inventory databases"),
    "databases:write": gettext_lazy("Import databases, repair and share them, offer products as factors"),
    "standards:read": gettext_lazy("Read standards and which of them govern"),
    "standards:write": gettext_lazy("Propose standards, comment on drafts and thresholds"),
    "organisation:read": gettext_lazy("Read the organisation, its members and its audit trail"),
}
# Which scope a router's routes need; jobs belong to studies, rules to standards.
SCOPE_OF_TAG = {
    "organisation": "organisation",
    "factors": "factors",
    "studies": "studies",
    "jobs": "studies",
    "thresholds": "standards",
    "databases": "databases",
    "standards": "standards",
    "rules": "standards",
}
# A study has some ten levels, and an operation on it a few more.
DEEPEST = 40
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Conflict(ZujiError):
    """The object is not in the state that the request assumes; read it again. Answered with 409."""


class PlaceOut(Schema):
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    field: str = ""
    line: str = ""


class ProblemDetail(Schema):
    """One thing that is wrong, where, and what to do."""

    code: str
    what: str
    cure: str
    place: PlaceOut


class ProblemDocument(Schema):
    """A refusal as RFC 9457 describes it, with every problem that was found."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[ProblemDetail]


PROBLEMS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), ProblemDocument)


class Caller(Protocol):
    """What the gateway needs to know of `request.actor`."""

    @property
    def signed_in(self) -> bool: ...
    @property
    def scopes(self) -> frozenset[str] | None: ...


def language_of(request: HttpRequest) -> str:
    """The caller's language by Accept-Language; Chinese when nothing is said."""
    accepted = request.headers.get("Accept-Language", "")
    for code, _quality in parse_accept_lang_header(accepted.lower()[:500]):
        if code.startswith(("zh", "en")):
            return "zh-hans" if code.startswith("zh") else "en"
    return str(settings.LANGUAGE_CODE)


class ApiLanguageMiddleware:
    """Addresses of the API carry no language, so the header decides."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/"):
            with translation.override(language_of(request)):
                return self.get_response(request)
        return self.get_response(request)


def described(problem: Problem) -> dict[str, Any]:
    """A problem as data, in the language in force."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    place = problem.place
    return {
        "code": problem.code,
        "what": problem.what.in_language(language),
        "cure": problem.cure.in_language(language),
        "place": {
            "file": place.file,
            "sheet": place.sheet,
            "row": place.row,
            "column": place.column,
            "field": place.field,
            "line": place.line,
        },
    }


def refusal(
    status: int, title: str, detail: str = "", problems: Iterable[Mapping[str, Any]] = ()
) -> HttpResponse:
    """A problem document as a response."""
    listed = list(problems)
    body = {
        "type": f"urn:zuji:problem:{HTTPStatus(status).phrase.lower().replace(' ', '-')}",
        "title": title,
        "status": status,
        "detail": detail or "; ".join(str(item["what"]) for item in listed) or title,
        "problems": listed,
    }
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM_TYPE)


def not_found(_request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """404 as a problem document."""
    return refusal(404, _("Not found"), _("There is no such object, or it belongs to another organisation."))


def _zuji_error(_request: HttpRequest, error: ZujiError) -> HttpResponse:
    status, title = (409, _("Conflict")) if isinstance(error, Conflict) else (422, _("Not accepted"))
    return refusal(status, title, problems=[described(problem) for problem in error.problems])


def _denied(_request: HttpRequest, error: Exception) -> HttpResponse:
    permission = str(getattr(error, "permission", ""))
    return refusal(
        403, _("Not allowed"), _("Your role does not include the right “%(right)s”.") % {"right": permission}
    )


_HTTP_TITLES = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("Sign in or send a token"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    429: gettext_lazy("Too many requests"),
}


def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    known = _HTTP_TITLES.get(error.status_code)
    response = refusal(error.status_code, str(known or error.message))
    if isinstance(error, Throttled) and error.wait:
        response["Retry-After"] = str(int(error.wait) + 1)
    if error.status_code == 401:
        response["WWW-Authenticate"] = 'Bearer realm="zuji"'
    return response


_INVALID = {
    "missing": gettext_lazy("This value is missing"),
    "extra_forbidden": gettext_lazy("This field is not known"),
    "greater_than_equal": gettext_lazy("The value is too small"),
    "less_than_equal": gettext_lazy("The value is too large"),
    "string_too_long": gettext_lazy("The text is too long"),
    "string_too_short": gettext_lazy("The text is too short"),
}


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = []
    for item in error.errors:
        source, *inside = item["loc"]
        problems.append(
            {
                "code": f"invalid_{item['type']}",
                "what": str(_INVALID.get(item["type"]) or _("The value does not have the expected form")),
                "cure": _("Expected (%(source)s): %(message)s") % {"source": source, "message": item["msg"]},
                "place": PlaceOut(field=".".join(str(part) for part in inside)).dict(),
            }
        )
    return refusal(422, _("Not accepted"), problems=problems)


def _too_big(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return refusal(413, _("The request is too large"))


class StrictParser(Parser):
    """JSON as RFC 8259 means it: no NaN, no text that a database cannot hold, no nesting without end."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        try:
            data = json.loads(request.body, parse_constant=_refuse)
            if depth_exceeds(data, DEEPEST):
                _refuse(f"nested deeper than {DEEPEST} levels")
            if b"\\u" in request.body:
                # NUL and lone surrogates can be written as escapes, but not be stored.
                json.dumps(data, ensure_ascii=False).encode()
                if b"\\u0000" in request.body:
                    _refuse("NUL")
        except (ValueError, RecursionError) as error:
            raise HttpError(400, str(error)) from error
        return data  # type: ignore[no-any-return]

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> DictStrAny:
        if any("\0" in value for key in data for value in (key, *data.getlist(key))):
            raise HttpError(400, "NUL")
        return super().parse_querydict(data, list_fields, request)


def _refuse(what: str) -> NoReturn:
    raise ValueError(what)


class Renderer(JSONRenderer):
    """Chinese stays readable."""

    json_dumps_params = {"ensure_ascii": False}


def caller(request: HttpRequest) -> Caller:
    """Whoever calls, as the middleware found out."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


class OAuth2(AuthBase):
    """A bearer token of an API client (client credentials), within its scopes."""

    openapi_type = "oauth2"
    openapi_flows = {"clientCredentials": {"tokenUrl": TOKEN_PATH, "scopes": {name: name for name in SCOPES}}}

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Caller | None:
        if "Authorization" not in request.headers:
            return None
        actor = caller(request)
        if not actor.signed_in or actor.scopes is None:
            raise HttpError(401, "invalid token")
        if f"{self.scope}:{self.access(request)}" not in actor.scopes:
            raise HttpError(403, "insufficient scope")
        return actor

    def access(self, request: HttpRequest) -> str:
        """Which right a request needs; a route that asks by POST and changes nothing says "read"."""
        return "read" if request.method in SAFE_METHODS else "write"


class Session(AuthBase):
    """The signed-in browser; changes need the CSRF token."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Caller | None:
        actor = caller(request)
        if not actor.signed_in:
            return None
        if check_csrf(request):
            raise HttpError(403, "CSRF")
        return actor


class Visitor(AuthBase):
    """Nobody in particular, reading what is public."""

    openapi_type = "http"
    openapi_scheme = "anonymous"

    def __call__(self, request: HttpRequest) -> Caller | None:
        return caller(request) if request.method in SAFE_METHODS else None


class VisitorThrottle(SimpleRateThrottle):
    """A visitor may ask so often a minute, counted by address; whoever signed in is not counted."""

    scope = "visitor"

    def get_rate(self) -> str:
        return str(settings.API_VISITOR_RATE)

    def get_cache_key(self, request: HttpRequest) -> str | None:
        if caller(request).signed_in:
            return None
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class Pages(PaginationBase):
    """Lists come in pages: `items`, how many there are in all, and where this page begins."""

    class Input(Schema):
        limit: int = Field(50, ge=1, le=500)
        offset: int = Field(0, ge=0, le=1_000_000)

    class Output(Schema):
        items: list[Any]
        count: int
        limit: int
        offset: int

    def paginate_queryset(
        self,
        queryset: Any,
        pagination: Any,
        request: HttpRequest,  # noqa: ARG002 - ninja's signature
        **params: Any,  # noqa: ARG002 - ninja's signature
    ) -> dict[str, Any]:
        start, stop = pagination.offset, pagination.offset + pagination.limit
        count = queryset.count() if isinstance(queryset, QuerySet) else len(queryset)
        return {
            "items": list(queryset[start:stop]),
            "count": count,
            "limit": pagination.limit,
            "offset": start,
        }


paged = paginate(Pages)


class GatewayRouter(Router):
    """A router whose every route documents the refusals."""

    def add_api_operation(self, path: str, methods: list[str], view_func: Any, **options: Any) -> None:
        response = options.pop("response", NOT_SET)
        good = response if isinstance(response, dict) else {200: response}
        super().add_api_operation(path, methods, view_func, response={**good, **PROBLEMS}, **options)


def router(tag: str, *, public: bool = False) -> GatewayRouter:
    """A router for an app; with `public`, visitors may read."""
    auth: list[AuthBase] = [OAuth2(SCOPE_OF_TAG[tag]), Session()]
    return GatewayRouter(tags=[tag], auth=[*auth, Visitor()] if public else auth)


def make_api(*, denied: type[Exception]) -> NinjaAPI:
    """The API, empty. `denied` is what actions raise when a right is missing."""
    api = DocumentedAPI(
        title="Zuji API",
        version="1",
        urls_namespace="api",
        docs=ReferencePage(token_path=TOKEN_PATH, scopes=SCOPES),
        about=gettext_lazy(
            "Product carbon footprints: factor library, studies, results and jobs. "
            "Refusals are problem documents (RFC 9457) that name every problem, its place and its cure."
        ),
        renderer=Renderer(),
        parser=StrictParser(),
        throttle=VisitorThrottle(),
    )
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        denied: _denied,
        ZujiError: _zuji_error,
        Http404: not_found,
        HttpError: _http_error,
        ValidationError: _invalid,
        RequestDataTooBig: _too_big,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
    return api
