"""Every route of the project, pages and API, as found in the URL configuration."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from zuji_web.api import api

PAGE_METHODS = ("get", "post")


@dataclass(frozen=True)
class Route:
    """A named route: its first namespace, its parameters, and the methods it may be called with."""

    name: str
    namespace: str
    parameters: tuple[str, ...]
    methods: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def _api_methods() -> dict[str, tuple[str, ...]]:
    """The methods of the API's operations by the name of their route."""
    return {
        api.get_operation_url_name(operation, router=bound.template): tuple(map(str.lower, operation.methods))
        for bound in api._get_bound_routers()
        for view in bound.path_operations.values()
        for operation in view.operations
    }


def _walk(
    patterns: Sequence[URLPattern | URLResolver], spaces: tuple[str, ...], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for pattern in patterns:
        inherited = above + tuple(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            deeper = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, deeper, inherited)
        else:
            yield (*spaces, pattern.name or str(pattern.pattern)), inherited


def all_routes() -> list[Route]:
    """Every route, in the order of the configuration."""
    of_api = _api_methods()
    found = {}
    for parts, parameters in _walk(get_resolver().url_patterns, (), ()):
        namespace = parts[0] if len(parts) > 1 else ""
        methods = of_api.get(parts[-1], PAGE_METHODS) if namespace == "api" else PAGE_METHODS
        route = Route(":".join(parts), namespace, tuple(dict.fromkeys(parameters)), methods)
        found[route.name, route.parameters] = route
    return list(found.values())
