"""Coverage of products by standards, and the province's targets."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zuji.formats.standards import sources
from zuji.model.regions import REGIONS
from zuji.model.standards import KIND_NAMES
from zuji.rules.coverage import COVER_NAMES, Cover
from zuji_web.standards import exports
from zuji_web.standards.forms import region_choices
from zuji_web.standards.queries import overview, registry
from zuji_web.standards.views.frame import frame
from zuji_web.standards.views.registry import asked_day, no_day
from zuji_web.ui.templatetags.ui import current_language

TONES = {
    Cover.IN_FORCE: "good",
    Cover.COMING: "note",
    Cover.UNSURE: "warn",
    Cover.PARTLY: "brand",
    Cover.GAP: "",
}
# Every number of the targets page: its name and its definition.
DEFINITIONS = {
    "developed": (
        _("Developed"),
        _(
            "Accounting rules for products, issued by this day, that bodies of the province led or joined, "
            "by their number. A superseded one still counts."
        ),
    ),
    "led": (_("Led"), _("Developed ones for which a body of the province is recorded as leading.")),
    "joined": (_("Joined"), _("Developed ones in which bodies of the province took part without leading.")),
    "in_force": (
        _("In force on this day"),
        _("Developed ones that have come into force and are not withdrawn."),
    ),
    "superseded": (_("No longer in force"), _("Developed ones that were withdrawn by this day.")),
}


def _region(request: HttpRequest) -> str:
    region = request.GET.get("region", "")
    return region if region in REGIONS else ""


def _list(request: HttpRequest) -> str:
    named = request.GET.get("list", "")
    return named if named in overview.plan_lists() else ""


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Product by kind: what there is, and the gaps."""
    on, region, named = asked_day(request), _region(request), _list(request)
    found = overview.matrix(on, region, named=named)
    only_gaps = request.GET.get("gaps") == "1"
    rows = [
        (row, overview.depth(row))
        for row in found.rows
        if not only_gaps or any(cell.cover is Cover.GAP for cell in row.cells)
    ]
    numbers = registry.by_number(
        each.number for row in found.rows for cell in row.cells for each in cell.standards
    )
    context = frame(request, "coverage") | {
        "on": on,
        "no_day": no_day(request),
        "region": region,
        "regions": region_choices(_("National (no local standards)")),
        "list": named,
        "lists": overview.plan_lists().items(),
        "only_gaps": only_gaps,
        "kinds": list(KIND_NAMES.values()),
        "rows": rows,
        "gaps": len(found.gaps),
        "records": numbers,
        "tones": TONES,
        "names": COVER_NAMES,
        "covers": [COVER_NAMES[cover] for cover in Cover],
        "counts": [
            (name, [found.count(kind, cover) for cover in Cover]) for kind, name in KIND_NAMES.items()
        ],
    }
    return render(request, "standards/coverage.html", context)


@require_GET
def coverage_file(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002 - as in the address
    """The matrix as CSV or workbook."""
    if format not in exports.MEDIA:
        raise Http404
    on, region = asked_day(request), _region(request)
    table = overview.matrix(on, region, named=_list(request)).table(current_language())
    content = exports.as_csv(table) if format == "csv" else exports.as_workbook(table, "coverage")
    answer = HttpResponse(content, content_type=exports.MEDIA[format])
    answer["Content-Disposition"] = f'attachment; filename="coverage-{on.isoformat()}.{format}"'
    return answer


@require_GET
def targets(request: HttpRequest) -> HttpResponse:
    """Rules that a province led or joined, every number with its rows and its definition."""
    on = asked_day(request)
    region = _region(request) or overview.regions()[0]
    counted = overview.count(region, on)
    context = frame(request, "targets") | {
        "on": on,
        "no_day": no_day(request),
        "sources": sources(),
        "region": region,
        "regions": [choice for choice in region_choices() if choice[0]],
        "standings": counted.standings,
        "figures": [(figure, *DEFINITIONS[figure.key]) for figure in overview.figures(counted)],
        "records": overview.rows_of((*counted.counted, *counted.not_counted)),
        "not_counted": counted.not_counted,
        "unattributed": overview.unattributed(counted),
    }
    return render(request, "standards/targets.html", context)
