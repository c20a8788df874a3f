"""Products of databases over the API."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Status

from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.databases.actions import factors
from zuji_web.databases.models import DatabaseVersion
from zuji_web.databases.queries import analysis, products
from zuji_web.databases.queries import databases as reading
from zuji_web.databases.schemas import (
    NetworkOut,
    OfferIn,
    OwnFactorOut,
    PartsOut,
    ProductOut,
    ProductRow,
    both,
    product_row,
)
from zuji_web.factors.models import OwnFactor

router = gateway.router("databases", public=True)
_PRODUCTS = "/{uuid:database_id}/versions/{int:number}/products"
_PRODUCT = _PRODUCTS + "/{int:index}"


class _Page:
    """Products as the API shows them, described only for the page that is asked for."""

    def __init__(self, found: products.Products) -> None:
        self._found = found

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        return [product_row(each) for each in self._found[part]]


def _version(request: HttpRequest, database_id: UUID, number: int) -> DatabaseVersion:
    return reading.version(database_id, number, by=actor_of(request))


@router.get(_PRODUCTS, response=list[ProductRow], summary="List products of a version")
@gateway.paged
def list_products(
    request: HttpRequest, database_id: UUID, number: int, q: str = "", *, unsolved: bool = False
) -> _Page:
    """Products that hold every word of `q` in name, product, place or id; `unsolved`: without number."""
    found = products.products(_version(request, database_id, number), search=q[:200], unsolved=unsolved)
    return _Page(found)


@router.get(_PRODUCT, response=ProductOut, summary="Read a product")
def read_product(request: HttpRequest, database_id: UUID, number: int, index: int) -> dict[str, Any]:
    """Footprint in every category with its bound, exchanges with provider and rule, elementary flows."""
    version = _version(request, database_id, number)
    bound = products.bound(version)
    return {
        **product_row(products.product(version, index)),
        "totals": [value for _name, value in products.five_totals(version, index)],
        "categories": [
            {**asdict(each), "name": both(each.name)} for each in products.categories(version, index)
        ],
        "error": bound[0] if bound else None,
        "proved": bool(bound and bound[1]),
        "repairs": version.repairs,
        "inputs": [_input(each) for each in products.inputs(version, index)],
        "elementary": [
            {**asdict(each), "name": both(each.name)} for each in products.elementary(version, index)
        ],
    }


def _input(found: products.Input) -> dict[str, Any]:
    told = found.explanation
    return {
        "exchange": told.exchange,
        "product": both(told.product),
        "amount": found.amount,
        "unit": told.unit,
        "provider": told.provider,
        "rule": told.rule.name.lower() if told.rule is not None else "",
        "why": both(told.why),
        "share": told.share if told.provider is not None else None,
    }


@router.get(_PRODUCT + "/contributions", response=PartsOut, summary="Contributions to a product's footprint")
def read_contributions(
    request: HttpRequest,
    database_id: UUID,
    number: int,
    index: int,
    category: str = "",
    by: analysis.By = "input",
    limit: int = 15,
) -> dict[str, Any]:
    """The largest parts by input, process, elementary flow or place, for one category (the fossil total,
    unless an id is given); 422 where the product has no number."""
    version = _version(request, database_id, number)
    products.product(version, index)
    chosen = products.category(version, category)
    parts = analysis.parts(version, index, chosen, by, limit=min(max(limit, 1), 500))
    return {"category": chosen, "by": by, "parts": [asdict(part) for part in parts]}


@router.get(_PRODUCT + "/network", response=NetworkOut, summary="The network around a product")
def read_network(
    request: HttpRequest, database_id: UUID, number: int, index: int, category: str = "", nodes: int = 25
) -> dict[str, Any]:
    """Who supplies whom around a product and what part of the footprint passes along."""
    version = _version(request, database_id, number)
    products.product(version, index)
    chosen = products.category(version, category)
    around = analysis.around(version, index, chosen, min(max(nodes, 1), 200))
    return {
        "category": chosen,
        "unit": around.unit,
        "total": around.total,
        "stops": [{**asdict(each), "name": both(each.name)} for each in around.stops],
        "supplies": [asdict(each) for each in around.supplies],
    }


@router.post(_PRODUCT + "/factor", response={201: OwnFactorOut}, summary="Offer a product as a factor")
def offer_product(
    request: HttpRequest, database_id: UUID, number: int, index: int, body: OfferIn
) -> Status[OwnFactor]:
    """An own factor of the organisation with the five totals and where they come from; its `code` is what
    inventory lines name."""
    version = _version(request, database_id, number)
    return Status(201, factors.offer(version=version, index=index, kind=body.kind, by=actor_of(request)))
