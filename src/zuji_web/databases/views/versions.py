"""Pages of one version: what it is, how it was read, how healthy it is, what it changes, its files."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zuji.formats.inventories import FORMATS
from zuji.lci.records import said_places
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.databases import downloads, labels
from zuji_web.databases.actions import factors, files, versions
from zuji_web.databases.models import DatabaseVersion
from zuji_web.databases.queries import changes as differences
from zuji_web.databases.queries import databases as reading
from zuji_web.databases.queries import opened
from zuji_web.databases.views.pages import frame
from zuji_web.ui.templatetags.ui import current_language

PAGE_SIZE = 50


@require_GET
def database(request: HttpRequest, database_id: UUID) -> HttpResponse:
    """The newest version."""
    newest = reading.version(database_id, None, by=actor_of(request))
    return redirect("databases:version", newest.database_id, newest.number)


def _version(request: HttpRequest, database_id: UUID, number: int) -> DatabaseVersion:
    return reading.version(database_id, number, by=actor_of(request))


@require_GET
def version(request: HttpRequest, database_id: UUID, number: int) -> HttpResponse:
    """What it is, in numbers, and its versions."""
    found = _version(request, database_id, number)
    kept = opened.results(found)
    factors_of = opened.opened(found).network.factors
    context = frame(request, found, "version") | {
        "numbers": [(words, found.numbers.get(key)) for key, words in labels.NUMBERS.items()],
        "format": FORMATS[found.format].name if found.format in FORMATS else found.format,
        "allocation": labels.ALLOCATIONS.get(found.allocation, found.allocation),
        "certificate": kept.certificate if kept else None,
        "bound": f"{kept.certificate.error:.1e}" if kept else "",
        "ways": kept.certificate.ways(current_language()) if kept else "",
        "zeros": opened.zeros(found),
        "methods": sorted(set(factors_of.method)),
        "versions": found.database.versions.select_related("package"),
    }
    return render(request, "databases/version.html", context)


@require_GET
def ledger(request: HttpRequest, database_id: UUID, number: int) -> HttpResponse:
    """What was read and what became of it, and how exchanges found their providers."""
    found = _version(request, database_id, number)
    record = opened.opened(found).record
    linking = record.linking
    exchanges = linking.get("exchanges", 0)
    language = "en" if current_language() == "en" else "zh"
    context = frame(request, found, "ledger") | {
        "counts": [(labels.ITEMS.get(row["kind"], row["kind"]), row) for row in record.ledger_table().rows()],
        "reasons": [
            {
                **reason,
                "item": labels.ITEMS.get(reason["kind"], reason["kind"]),
                "said": labels.OUTCOMES.get(reason["outcome"], reason["outcome"]),
                "words": reason["why"][language] or reason["why"]["zh"],
                "places": said_places(reason, language),
            }
            for reason in sorted(record.ledger.get("reasons", []), key=lambda each: -each["number"])
        ],
        "exchanges": exchanges,
        "rules": [(labels.rule(name), count) for name, count in linking.get("by_rule", {}).items()],
        "cuts": sorted(
            ((labels.cut(name), count) for name, count in linking.get("cut", {}).items()),
            key=lambda row: -row[1],
        ),
        "others": [(words, linking[key]) for key, words in labels.ACCOUNT.items() if linking.get(key)],
        "more": [(words, linking[key]) for key, words in labels.COUNTS.items() if linking.get(key)],
    }
    return render(request, "databases/ledger.html", context)


@require_GET
def ledger_file(
    request: HttpRequest,
    database_id: UUID,
    number: int,
    table: str,
    format: str,  # noqa: A002 - as in the address
) -> HttpResponse:
    """Counts or reasons of the ledger as CSV or JSON."""
    found = _version(request, database_id, number)
    record = opened.opened(found).record
    if table not in ("counts", "reasons") or format not in ("csv", "json"):
        raise Http404
    rows = record.ledger_table() if table == "counts" else record.reasons_table(current_language())
    media = "text/csv; charset=utf-8" if format == "csv" else "application/json"
    answer = HttpResponse(rows.as_bytes(f".{format}"), content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="ledger-{table}-v{found.number}.{format}"'
    return answer


@require_GET
def health(request: HttpRequest, database_id: UUID, number: int) -> HttpResponse:
    """Findings with places and cures, loops explained, outliers, suggested repairs."""
    found = _version(request, database_id, number)
    report = opened.health(found)
    grouped = [
        (name, words, tone, [each for each in report["findings"] if each["severity"] == name])
        for name, (words, tone) in labels.SEVERITIES.items()
    ]
    loops = sorted(report["loops"], key=lambda each: (not each["sick"], -(each["gain"] or 0)))
    context = frame(request, found, "health") | {
        "report": report,
        "groups": [
            (labels.SEVERITY_NAMES[name], words, tone, rows) for name, words, tone, rows in grouped if rows
        ],
        "loops": loops,
        "outliers": report["outliers"],
        "repairs": report["repairs"],
    }
    return render(request, "databases/health.html", context)


@require_POST
@needs(Permission.DATABASE_IMPORT)
def repair(request: HttpRequest, database_id: UUID, number: int) -> HttpResponse:
    """Have a repaired version made."""
    found = _version(request, database_id, number)
    return redirect("jobs:detail", versions.repair(version=found, by=actor_of(request)).pk)


@require_GET
def changes(request: HttpRequest, database_id: UUID, number: int) -> HttpResponse:
    """What this version changes against another one: for products, and for the reader's open studies."""
    found = _version(request, database_id, number)
    by = actor_of(request)
    others = found.database.versions.exclude(pk=found.pk)
    since = request.GET.get("since", "")
    old = others.filter(number=int(since)).first() if since.isdecimal() and len(since) < 9 else None
    old = old or others.filter(number__lt=found.number).first()
    context = frame(request, found, "changes") | {"old": old, "others": others}
    if old is not None:
        told = differences.changes(old, found)
        kind = request.GET.get("kind", "changed")
        rows = {"changed": told.changed, "added": told.added, "removed": told.removed}
        kind = kind if kind in rows else "changed"
        context |= {
            "told": told,
            "kind": kind,
            "page": Paginator(rows[kind], PAGE_SIZE).get_page(request.GET.get("page")),
        }
    if by.organisation is not None:
        context["touched"] = differences.touched(found, by=by)
    return render(request, "databases/changes.html", context)


@require_POST
@needs(Permission.FACTOR_CREATE)
def bring_up(request: HttpRequest, database_id: UUID, number: int) -> HttpResponse:
    """Offer the organisation's factors of older versions anew from this one."""
    found = _version(request, database_id, number)
    made = len(factors.bring_up(version=found, by=actor_of(request)))
    told = ngettext(
        "%(count)s factor now has a version from this database version.",
        "%(count)s factors now have a version from this database version.",
        made,
    )
    messages.success(request, told % {"count": made})
    return redirect("databases:changes", found.database_id, found.number)


@require_GET
def file_list(request: HttpRequest, database_id: UUID, number: int) -> HttpResponse:
    """The package as it came, and in other formats."""
    found = _version(request, database_id, number)
    made = {each.format: each for each in found.files.all()}
    context = frame(request, found, "files") | {
        "formats": [
            (key, one.name, made.get(key), _lost(made[key].ledger) if key in made else ())
            for key, one in FORMATS.items()
        ],
        "signed_in": actor_of(request).organisation is not None,
    }
    return render(request, "databases/files.html", context)


def _lost(account: dict[str, object]) -> list[tuple[object, int, str]]:
    """What a format could not hold: (kind, number, why)."""
    language = "en" if current_language() == "en" else "zh"
    reasons = account.get("reasons", [])
    if not isinstance(reasons, list):
        return []
    return [
        (
            labels.ITEMS.get(each["kind"], each["kind"]),
            each["number"],
            each["why"][language] or each["why"]["zh"],
        )
        for each in reasons
        if each["outcome"] != "mapped"
    ]


@require_POST
@needs(Permission.FACTOR_VIEW)
def order_file(request: HttpRequest, database_id: UUID, number: int, format: str) -> HttpResponse:  # noqa: A002
    """Have the package written in a format."""
    found = _version(request, database_id, number)
    return redirect("jobs:detail", files.order(version=found, format=format, by=actor_of(request)).pk)


@require_GET
def package(request: HttpRequest, database_id: UUID, number: int) -> FileResponse:
    """The package as it came."""
    return downloads.package(_version(request, database_id, number))


@require_GET
def package_file(request: HttpRequest, database_id: UUID, number: int, format: str) -> FileResponse:  # noqa: A002
    """The package in a format in which it has been written."""
    return downloads.written(_version(request, database_id, number), format)
