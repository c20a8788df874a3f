"""Pages of the factor library; anybody may read them."""

from collections.abc import Iterable, Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zuji.model.factors import Factor, FactorKind
from zuji.model.stages import TOTAL_KINDS, TOTAL_NAMES
from zuji_web.accounts.guards import actor_of
from zuji_web.factors import charts, comparison, exports, listing
from zuji_web.factors.labels import region_name
from zuji_web.factors.models import FactorDataset
from zuji_web.factors.queries import library, own_factor
from zuji_web.ui.templatetags.ui import current_language

PAGE_SIZE = 50


@require_GET
def dataset_list(request: HttpRequest) -> HttpResponse:
    """The library with search and filters; only the results where a script asks for them."""
    wanted = listing.Wanted.of(request.GET.dict())
    page = Paginator(listing.found(wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "wanted": wanted,
        "page": page,
        "choices": listing.choices(wanted),
        "own": listing.own(wanted, by=actor_of(request)) if page.number == 1 else [],
    }
    partial = request.headers.get("HX-Target") == "results"
    response = render(request, "factors/results.html" if partial else "factors/list.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _download(request: HttpRequest) -> tuple[listing.Wanted, Iterable[FactorDataset]]:
    wanted = listing.Wanted.of(request.GET.dict())
    return wanted, listing.found(wanted)


@require_GET
def download_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the list shows, all pages, as CSV."""
    _wanted, rows = _download(request)
    return _file(exports.csv_rows(rows), "text/csv; charset=utf-8", "csv")


@require_GET
def download_json(request: HttpRequest) -> StreamingHttpResponse:
    """What the list shows, all pages, as JSON."""
    _wanted, rows = _download(request)
    return _file(exports.json_rows(rows, library().edition), "application/json", "json")


def _file(rows: Iterable[str], content_type: str, ending: str) -> StreamingHttpResponse:
    name = f"zuji-factors-{library().edition}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(rows, content_type=content_type, headers=headers)


@require_GET
def dataset(request: HttpRequest, code: str, version: str = "") -> HttpResponse:
    """One dataset: its value, what it is, where it comes from, and what is like it."""
    versions = list(FactorDataset.objects.filter(code=code).select_related("edition").order_by("-pk"))
    shown = next((row for row in versions if (row.version == version if version else row.current)), None)
    if shown is None and versions and not version:
        shown = versions[0]
    if shown is None:
        own = own_factor(code, version, by=actor_of(request))
        return redirect(translate_url(own.page, current_language()))
    factor = shown.factor()
    near = comparison.similar(factor)
    return render(
        request,
        "factors/dataset.html",
        {
            "dataset": shown,
            "factor": factor,
            "versions": versions,
            "totals": [
                (TOTAL_NAMES[kind], value) for kind, value in zip(TOTAL_KINDS, factor.totals, strict=True)
            ],
            "similar": near,
            "unit_of_similar": _compared_unit(factor),
            "chart": _similar_chart(factor, near),
            "converted": comparison.converted(factor),
            "barred": factor.kind is FactorKind.GRID_CO2,
            "edition": library().edition,
        },
    )


def _compared_unit(factor: Factor) -> str:
    return f"kgCO2e/{factor.per}" if factor.usable else factor.unit


def _label(factor: Factor) -> str:
    parts = (factor.name.in_language(current_language()), factor.year, region_name(factor.geography))
    return " · ".join(part for part in parts if part)


def _point(factor: Factor, value: float, *, chosen: bool) -> tuple[str, float, str, bool]:
    return _label(factor), value, reverse("factors:dataset", args=[factor.id]), chosen


def _similar_chart(factor: Factor, near: Sequence[comparison.Neighbour]) -> charts.Option | None:
    if not near:
        return None
    own = factor.total if factor.usable else factor.value
    rows = [_point(factor, own, chosen=True)]
    rows += [_point(item.factor, item.value, chosen=False) for item in near]
    return charts.points(sorted(rows, key=lambda row: row[1]), _compared_unit(factor))


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Two to six datasets side by side."""
    codes = list(dict.fromkeys(request.GET.getlist("id")))[: comparison.MOST]
    held = {row.code: row for row in FactorDataset.objects.filter(code__in=codes, current=True)}
    factors = [held[code].factor() for code in codes if code in held]
    spread = comparison.spread(factors)
    chart = None
    if spread is not None:
        rows = [_point(one, value, chosen=False) for one, value in zip(factors, spread.values, strict=True)]
        unit = spread.unit if not factors[0].usable else f"kgCO2e/{spread.unit}"
        chart = charts.points(rows, unit)
    return render(
        request,
        "factors/compare.html",
        {
            "factors": factors,
            "missing": [code for code in codes if code not in held],
            "spread": spread,
            "chart": chart,
            "totals": _total_rows(factors),
            "why_not": "" if spread or len(factors) < 2 else _why_not(factors),
        },
    )


def _total_rows(factors: Sequence[Factor]) -> list[tuple[object, list[float | None]]]:
    return [
        (TOTAL_NAMES[kind], [factor.totals[i] if factor.usable else None for factor in factors])
        for i, kind in enumerate(TOTAL_KINDS)
    ]


def _why_not(factors: Sequence[Factor]) -> str:
    if len({factor.kind for factor in factors}) > 1:
        return _("These datasets are of different kinds: their values are not the same quantity.")
    return _("The units of these datasets do not convert into each other.")
