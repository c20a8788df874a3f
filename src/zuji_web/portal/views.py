"""Pages for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this is, for whom, and where to begin."""
    return render(request, "portal/home.html")


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """One search over everything the reader may see."""
    return render(request, "portal/search.html")


@require_GET
def policy(request: HttpRequest) -> HttpResponse:
    """The provincial plans as facts."""
    return render(request, "portal/policy.html")


@require_GET
def learn(request: HttpRequest) -> HttpResponse:
    """The essentials in five minutes."""
    return render(request, "portal/learn.html")


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Method, sources and limits."""
    return render(request, "portal/about.html")
