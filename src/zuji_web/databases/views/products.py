"""Products of a version: the list, one of them, and where its footprint comes from."""

from typing import get_args
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zuji.errors import ZujiError
from zuji.model.factors import FactorKind
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.refusals import show_as_message
from zuji_web.databases import charts, labels
from zuji_web.databases.actions import factors
from zuji_web.databases.codes import code_of
from zuji_web.databases.forms import OfferForm
from zuji_web.databases.queries import analysis, opened, products
from zuji_web.databases.queries import databases as reading
from zuji_web.databases.views.pages import frame
from zuji_web.factors.models import OwnFactor
from zuji_web.ui.templatetags.ui import current_language

PAGE_SIZE = 50


@require_GET
def product_list(request: HttpRequest, database_id: UUID, number: int) -> HttpResponse:
    """Products with search and paging; only the table where a script asks for it."""
    version = reading.version(database_id, number, by=actor_of(request))
    search = request.GET.get("q", "").strip()[:200]
    unsolved = request.GET.get("unsolved") == "1"
    found = products.products(version, search=search, unsolved=unsolved)
    context = frame(request, version, "products") | {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "search": search,
        "unsolved": unsolved,
    }
    partial = request.headers.get("HX-Target") == "products"
    response = render(request, f"databases/{'product_table' if partial else 'products'}.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_GET
def product(request: HttpRequest, database_id: UUID, number: int, index: int) -> HttpResponse:
    """One product with its footprint, its provenance and its exchanges: all of it read, nothing solved."""
    by = actor_of(request)
    version = reading.version(database_id, number, by=by)
    shown = products.product(version, index)
    bound = products.bound(version)
    own = opened.opened(version).network.processes
    kept = OwnFactor.objects.filter(
        organisation=by.organisation, code=code_of(version.database_id, shown.id, own.product[index])
    )
    context = frame(request, version, "products") | {
        "product": shown,
        "totals": products.five_totals(version, index),
        "counted": products.counted(version, index),
        "upstream": products.upstream(version, index),
        "categories": products.categories(version, index),
        "bound": f"{bound[0]:.1e}" if bound else "",
        "proved": bound[1] if bound else False,
        "inputs": products.inputs(version, index),
        "elementary": products.elementary(version, index),
        "offered": list(kept.order_by("-pk")) if by.organisation else [],
        "offer": OfferForm(initial={"kind": _kind(shown, own.treats[index])}),
    }
    return render(request, "databases/product.html", context)


def _kind(shown: products.Product, treats: object) -> str:
    """The kind that fits the unit best; whoever offers the product decides."""
    if treats:
        return FactorKind.WASTE_TREATMENT.value
    if shown.unit in ("t*km", "kg*km", "tkm"):
        return FactorKind.TRANSPORT.value
    if shown.unit == "kWh":
        return FactorKind.ELECTRICITY_FOOTPRINT.value
    return FactorKind.PRODUCT_FOOTPRINT.value


@require_GET
def origin(request: HttpRequest, database_id: UUID, number: int, index: int) -> HttpResponse:
    """Where a product's footprint comes from, for one category: parts, and the network around it."""
    version = reading.version(database_id, number, by=actor_of(request))
    shown = products.product(version, index)
    category = products.category(version, request.GET.get("category", ""))
    by = request.GET.get("by", "input")
    by = by if by in get_args(analysis.By) else "input"
    context = {
        "database": version.database,
        "version": version,
        "product": shown,
        "category": category,
        "by": by,
        "names": products.category_names(version),
        "ways": labels.PARTS.items(),
    }
    try:
        around = analysis.around(version, index, category)
        context |= {
            "around": around,
            "chart": charts.network(around, current_language()),
            "chart_height": 160 + 26 * min(len(around.stops), 18),
            "links": [
                {"supply": each, "from": around.stops[each.provider], "to": around.stops[each.consumer]}
                for each in around.supplies
            ],
            "parts": analysis.parts(version, index, category, by),  # type: ignore[arg-type]
        }
    except ZujiError:
        context["problems"] = analysis.why_unsolved(version, index)
    return render(request, "databases/origin.html", context)


@require_POST
@needs(Permission.FACTOR_CREATE)
def offer(request: HttpRequest, database_id: UUID, number: int, index: int) -> HttpResponse:
    """Offer the product as a factor of the organisation."""
    by = actor_of(request)
    version = reading.version(database_id, number, by=by)
    form = OfferForm(request.POST)
    products.product(version, index)
    if form.is_valid():
        try:
            made = factors.offer(
                version=version, index=index, kind=FactorKind(form.cleaned_data["kind"]), by=by
            )
        except ZujiError as refusal:
            show_as_message(refusal, request)
        else:
            told = _(
                "It can now be chosen for inventory lines: search for its name, or use the code %(code)s."
            )
            messages.success(request, told % {"code": made.code})
    return redirect("databases:product", version.database_id, version.number, index)
