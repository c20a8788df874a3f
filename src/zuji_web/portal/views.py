"""Pages for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zuji.model.stages import STAGE_NAMES, TOTAL_NAMES
from zuji_web.accounts.guards import actor_of
from zuji_web.portal import policies, queries

_LONGEST = 200


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this is, for whom, and where to begin."""
    return render(
        request,
        "portal/home.html",
        {
            "statistics": queries.statistics(),
            "edition": queries.newest_edition(),
            "demonstrations": queries.demonstrations(),
        },
    )


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """One search over everything the reader may see."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST]
    found = queries.search(text, by=actor_of(request)) if text else None
    return render(request, "portal/search.html", {"text": text, "found": found})


@require_GET
def policy(request: HttpRequest) -> HttpResponse:
    """The provincial plans as facts."""
    plans = [(plan, policies.goals_by_year(plan)) for plan in policies.PLANS]
    context = {"plans": plans, "years": policies.YEARS, "tasks": policies.TASKS}
    return render(request, "portal/policy.html", context)


@require_GET
def learn(request: HttpRequest) -> HttpResponse:
    """The essentials in five minutes."""
    footprint, co2 = (row.factor() if row else None for row in queries.electricity_pair())
    return render(
        request,
        "portal/learn.html",
        {
            "stages": STAGE_NAMES.items(),
            "totals": TOTAL_NAMES.items(),
            "footprint": footprint,
            "co2": co2,
            "ratio": footprint.value / co2.value if footprint and co2 else None,
        },
    )


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Method, sources and limits."""
    return render(
        request,
        "portal/about.html",
        {
            "edition": queries.newest_edition(),
            "confidences": queries.confidences(),
            "sources": queries.sources(),
        },
    )
